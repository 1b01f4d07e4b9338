r"""LaTeX that a model brings: formulas and nothing else, since documents made of it are run through TeX.

TeX reads files and defines commands (``\input``, ``\def``, ``^^5c``). What is not among the commands that formulas are
made of is refused, wherever it would reach a document as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symhet.errors import nearest
from symhet.language import tex
from symhet.language.mistakes import Source
from symhet.model.letters import ACCENTS, GREEK
from symhet.model.mistakes import NotMathematics

ENVIRONMENTS = frozenset(("aligned", "array", "bmatrix", "cases", "matrix", "pmatrix", "split", "smallmatrix"))
_OTHERS = """
    varepsilon vartheta varpi varrho varsigma varphi varkappa digamma ell hbar imath jmath nabla partial infty
    widehat widetilde overline overbrace underbrace vec dot ddot breve acute grave mathring
    mathrm mathit mathbf mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol
    text textit textrm textbf mbox operatorname
    frac dfrac tfrac binom sqrt sum prod int iint oint cup cap bigcup bigcap
    leq le geq ge neq ne lt gt equiv in ni notin to gets mapsto approx propto sim simeq cong ll gg
    lesssim gtrsim lessgtr gtrless lesseqgtr gtreqless perp parallel subset subseteq supset supseteq
    Rightarrow Longrightarrow Leftarrow Leftrightarrow Longleftrightarrow iff implies
    rightarrow longrightarrow leftarrow leftrightarrow uparrow downarrow nearrow searrow
    land lor lnot neg wedge vee forall exists nexists emptyset varnothing setminus
    cdot cdots ldots dots vdots ddots times div pm mp circ ast star dagger prime bullet oplus otimes
    ln log exp min max sup inf lim sin cos tan det dim arg Pr gcd limsup liminf
    left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm
    langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert mid
    limits nolimits displaystyle textstyle scriptstyle allowbreak quad qquad substack underset overset stackrel
    begin end
"""
COMMANDS = GREEK | ACCENTS.keys() | frozenset(_OTHERS.split()) | frozenset("\\,;:! {}|%&$#_")
"""What formulas are made of, without the backslash."""


def require_mathematics(text: str, field: str, source: Source) -> None:
    r"""Fail unless a text is a formula.

    Raises
    ------
    NotMathematics
        With the command that no formula is made of, or the sign that stands alone.

    Examples
    --------
    >>> require_mathematics(r"\hat\varphi_{\min}^*", "latex", Source(""))
    >>> require_mathematics(r"\input{secrets}", "latex", Source(""))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    symhet.model.mistakes.NotMathematics: [SH737] latex has \input in it, of which no formula is made
    ...
    """
    stream = tex.tokens(text)
    for command in (token.removeprefix("\\").removesuffix("*") for token in stream if token.startswith("\\")):
        if command not in COMMANDS:
            close = " or ".join(rf"\{name}" for name in nearest(command, COMMANDS))
            fix = (
                f"did you mean {close}?"
                if close
                else "write it with the commands of formulas, such as \\frac and \\hat"
            )
            raise NotMathematics(rf"{field} has \{command} in it, of which no formula is made", source, 0, fix=fix)
    odd = "^^" if "^^" in text else next((token for token in stream if token in ("%", "#", "$")), None)
    if odd or not tex.is_balanced(text):
        what = f"{field} has {odd} in it" if odd else f"the braces of {field} do not match"
        fix = "it is the inside of a formula, without dollars" if odd == "$" else ""
        raise NotMathematics(what, source, 0, fix=fix)
    for name in _begun(stream):
        if name not in ENVIRONMENTS:
            fix = f"known: {', '.join(sorted(ENVIRONMENTS))}"
            raise NotMathematics(f"{field} begins {name!r}, of which no formula is made", source, 0, fix=fix)


def require_prose(text: str, field: str, source: Source) -> None:
    """Fail unless what stands between dollars is a formula; other text is written out sign by sign in documents."""
    if "$" in text:
        require_mathematics(text.replace("$", " "), field, source)


def _begun(stream: Sequence[str]) -> Iterator[str]:
    """Yield the names of the environments that begin or end; nothing where none is said in braces."""
    for at, token in enumerate(stream):
        if token in (r"\begin", r"\end"):
            start = next((i for i in range(at + 1, len(stream)) if not stream[i].isspace()), len(stream))
            said = start < len(stream) and stream[start] == "{"
            yield "".join(stream[start + 1 : tex.group_end(stream, start) - 1]) if said else ""
