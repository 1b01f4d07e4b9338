"""The verdicts that the papers' claims are expected to have: a text a paper, one claim or part a line."""

from functools import cache
from pathlib import Path


@cache
def expected(key: str) -> dict[str, str]:
    """Return the expected verdicts of a paper by the ID of the claim, in the paper's order."""
    lines = (Path(__file__).parent / key / "verdicts.txt").read_text("utf-8").splitlines()
    return {f"{key}.{row}": verdict for row, verdict in (line.split() for line in lines)}


def words(text: str) -> list[str]:
    """Return the words of a text: rows of a ledger, listed without quotation marks."""
    return text.split()
