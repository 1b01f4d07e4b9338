"""What claims say: as a display, as a sentence in the words of the ledger, reconstructed where lost, or added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symhet.language.tex import depth_after, groups_of, tokens, trimmed
from symhet.render.accounts import Account
from symhet.render.blocks import Block, Formula, Paragraph
from symhet.render.displays import display_latex

LONGEST_WORDS = 24
"""A printed form with more letters of text than this is a sentence."""

EQUATION = re.compile(r"(?:eq\.|, equation) \(?([A-Z0-9.]+)\)?")


def number_of(source: str) -> str:
    """Return the equation number that a source names, or nothing.

    Examples
    --------
    >>> number_of("Kleinert and Zorell, section 3.3, eq. (12)")
    '12'
    """
    found = EQUATION.search(source)
    return found[1] if found else ""


def place_of(source: str) -> str:
    """Return where in a paper a claim stands, without the paper.

    Examples
    --------
    >>> place_of("Kleinert and Zorell, section 3.3, eq. (12)")
    'section 3.3, eq. (12)'
    """
    return source.partition(", ")[2] or source


def printed(words: str, latex: str, number: str = "") -> Iterator[Block]:
    """Yield what a claim says after some words: as a display, or within the paragraph where it is a sentence.

    Sentences are told in the words of the ledger, which need not be the paper's: they stand without quotation marks.
    """
    if not latex.strip():
        return
    if not is_sentence(latex):
        yield Paragraph(words)
        yield Formula(display_latex(latex, number))
    else:
        yield Paragraph(f"{words.removesuffix(':')}: {as_sentence(latex)}" + (f" ({number})" if number else ""))


def print_of(told: Account, words: str, number: str = "") -> Iterator[Block]:
    """Yield what a claim says after some words, which tell what is reconstructed and what the paper does not say."""
    if told.origin == "added":
        words = "The paper does not say so; beside its own statement is judged:"
    elif told.origin == "reconstructed":
        words = f"The display{f' of ({number})' if number else ''} is lost. It is reconstructed as"
    yield from printed(words, told.shown, number if told.printed is not None else "")


def is_sentence(latex: str) -> bool:
    r"""Tell whether a printed form is told in words rather than set as a display.

    Examples
    --------
    >>> is_sentence(r"\text{firms with high costs leave}"), is_sentence(r"a < b \text{ for } b > 0")
    (True, False)
    """
    return r"\begin" not in latex and sum(map(len, groups_of(latex, r"\text"))) > LONGEST_WORDS


def as_sentence(latex: str) -> str:
    """Return a printed form as a sentence, its formulas between dollar signs."""
    spoken = (
        piece[6:-1].replace("\\ ", " ") if piece.startswith(r"\text{") else _as_math(piece) for piece in _cut(latex)
    )
    return re.sub(r" +([,;.:])", r"\1", " ".join("".join(spoken).replace("--", "-").split()))


def _cut(latex: str) -> list[str]:
    """Cut a formula into its words and the rest; words inside braces stay where they are."""
    pieces, depth = [""], 0
    for token in tokens(latex):
        if depth == 0 and (token == r"\text" or (pieces[-1].startswith(r"\text") and pieces[-1].endswith("}"))):
            pieces.append("")
        pieces[-1] += token
        depth = depth_after(token, depth)
    return pieces


def _as_math(piece: str) -> str:
    bare = trimmed(piece)
    return f" ${bare}$ " if bare.strip(",;") else f"{bare.strip()} "
