r"""LaTeX that a model brings: formulas and nothing else, since documents made of it are run through TeX.

TeX reads files and defines commands (``\input``, ``\def``, ``^^5c``). What is not among the commands that formulas are
made of is refused, wherever it would reach a document as it was written.
"""

from __future__ import annotations

import re

from symhet.errors import nearest
from symhet.language.mistakes import Source
from symhet.model.letters import ACCENTS, GREEK
from symhet.model.mistakes import NotMathematics

_COMMAND = re.compile(r"\\([A-Za-z@]+|.?)", re.DOTALL)
_BEGUN = re.compile(r"\\(?:begin|end)\s*\{([^{}]*)\}")
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
    for command in _COMMAND.findall(text):
        if command not in COMMANDS:
            close = " or ".join(rf"\{name}" for name in nearest(command, COMMANDS))
            fix = (
                f"did you mean {close}?"
                if close
                else "write it with the commands of formulas, such as \\frac and \\hat"
            )
            raise NotMathematics(rf"{field} has \{command} in it, of which no formula is made", source, 0, fix=fix)
    for name in _BEGUN.findall(text):
        if name not in ENVIRONMENTS:
            fix = f"known: {', '.join(sorted(ENVIRONMENTS))}"
            raise NotMathematics(f"{field} begins {name!r}, of which no formula is made", source, 0, fix=fix)
    plain = _BEGUN.sub("", _COMMAND.sub("", text))
    odd = next((sign for sign in ("^^", "%", "#", "$") if sign in plain), None)
    if odd or not _balanced(plain):
        what = f"{field} has {odd} in it" if odd else f"the braces of {field} do not match"
        fix = "it is the inside of a formula, without dollars" if odd == "$" else ""
        raise NotMathematics(what, source, 0, fix=fix)


def require_prose(text: str, field: str, source: Source) -> None:
    """Fail unless what stands between dollars is a formula; other text is written out sign by sign in documents."""
    if "$" in text:
        require_mathematics(text.replace("$", " "), field, source)


def _balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return not depth
