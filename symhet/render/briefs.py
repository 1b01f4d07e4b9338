"""Briefs: what commands print of a judged claim, as text; nothing here loads SymPy, so that one that is kept is quick.

What is kept of a claim (`symhet.cli.kept`) is a brief; what is judged anew becomes one (`symhet.cli.telling`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["BESIDE_PRINT", "ERROR", "Block", "Brief", "Row"]

ERROR = "error"
"""What stands in the place of a verdict where judging raised an error."""

BESIDE_PRINT = {
    "reconstructed": "reconstructions of lost displays",
    "added": "statements that the paper does not make, judged beside its own",
}
"""What is counted apart from the prints, by origin."""

Row = tuple[str, int, str]
"""A line of a screen: text, blanks before it, style."""
Block = tuple[str, tuple[Row, ...]]
"""A part of a screen: its heading and its lines."""


@dataclass(frozen=True)
class Brief:
    """What commands print of a claim, as text that any terminal can fold.

    Parameters
    ----------
    id, kind, source : str
        As in the claim.
    verdict : str
        A verdict, `ERROR`, or empty where the claim is not judged.
    evidence : str
        How the verdict was obtained.
    title, shown : str
        The title and the print; what is lost is marked.
    why : str
        The remark on the verdict, or else the evidence.
    severity, root : str, optional
        How much is wrong, and where the fault begins.
    origin : str
        Where the statement is from: ``"printed"``, ``"reconstructed"`` or ``"added"``.
    by_parts : bool
        Whether its parts judge it.
    headline : str
        A fault of substance in one line.
    seconds : float
        Time that it took.
    parts : tuple of Brief
        Those of the parts.
    exported : tuple of str
        Its theorems as lines of data, where they were asked for.
    screen : tuple of Block
        All there is to tell, block by block.
    record : Mapping
        What is written of it as JSON.

    Examples
    --------
    >>> row = Brief("kz.R", "result", "", "proved", "", parts=(Brief("kz.R.a", "result", "", "proved", ""),))
    >>> [entry.id for entry in row.walk()]
    ['kz.R', 'kz.R.a']
    """

    id: str
    kind: str
    source: str
    verdict: str
    evidence: str
    title: str = ""
    shown: str = ""
    why: str = ""
    severity: str | None = None
    root: str | None = None
    origin: str = "printed"
    by_parts: bool = False
    headline: str = ""
    seconds: float = 0.0
    parts: tuple[Brief, ...] = ()
    exported: tuple[str, ...] = ()
    screen: tuple[Block, ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict)

    def walk(self) -> Iterator[Brief]:
        """Yield the brief and those of its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()
