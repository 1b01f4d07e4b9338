"""What commands print about many claims: a row for each, and what to take away at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from symhet.cli.folding import fold
from symhet.render.briefs import BESIDE_PRINT, ERROR, Brief

if TYPE_CHECKING:
    from rich.console import Console

STYLES = {
    "given": "dim", "proved": "green", "proved-with": "yellow", "refuted": "red", "inconsistent": "magenta",
    "open": "cyan", ERROR: "bold red",
}  # fmt: skip
ORDER = tuple(STYLES)
FEW = 20
"""Up to so many claims, the end of a run says of each why it is not simply proved."""
_EVIDENCE, _KIND = 34, 12
"""Columns that the evidence needs to be worth a place, and those of the kinds."""


def list_rows(briefs: Sequence[Brief], out: Console, depth: int = 0) -> None:
    """Print claims and their parts: ID, kind, title, and below them the print."""
    for entry in briefs:
        _heading(entry, depth, out)
        list_rows(entry.parts, out, depth + 1)


def list_with(verdicts: Sequence[str], briefs: Sequence[Brief], out: Console) -> None:
    """Print the claims that have one of these verdicts."""
    for each in briefs:
        for entry in each.walk():
            if entry.verdict in verdicts:
                _heading(entry, 0, out)


def _heading(entry: Brief, depth: int, out: Console) -> None:
    said = f"{entry.id}  {entry.kind}  {f'{entry.verdict}  ' if entry.verdict else ''}{entry.title}"
    for place, line in enumerate(fold(said, out.width, 2 * depth)):
        text = Text(line)
        if not place:
            text.stylize("bold", 0, 2 * depth + len(entry.id))
        if entry.verdict:
            text.highlight_words([entry.verdict], STYLES[entry.verdict])
        out.print(text)
    for line in fold(entry.shown, out.width, 2 * depth + 4):
        out.print(Text(line))


def _indented(claim: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    yield depth, claim
    for part in claim.parts:
        yield from _indented(part, depth + 1)


class VerdictRows:
    """Prints a row for each verdict, as verdicts come.

    Parameters
    ----------
    claims : sequence of Claim or Brief
        Those that are judged: their longest ID sets the first column.
    out : Console
        Where rows go.
    """

    def __init__(self, claims: Sequence[Any], out: Console) -> None:
        self.out = out
        names = [2 * depth + len(entry.id) for claim in claims for depth, entry in _indented(claim)]
        self.named = max([*names, len("claim")])
        fixed = self.named + 2 + max(map(len, ORDER)) + 2 + len("seconds")
        self.kinds = fixed + 2 + _KIND <= out.width
        self.evidence = out.width - fixed - 2 - _KIND - 2
        self._print("claim", "kind", Text("verdict"), "seconds", "evidence", "bold")

    def add(self, told: Brief, depth: int = 0) -> None:
        """Print the row of a claim, and those of its parts."""
        verdict = Text(told.verdict, STYLES[told.verdict])
        evidence = " ".join(told.evidence.split())
        self._print("  " * depth + told.id, told.kind, verdict, f"{told.seconds:7.2f}", evidence)
        for part in told.parts:
            self.add(part, depth + 1)

    def _print(self, name: str, kind: str, verdict: Text, seconds: str, evidence: str, style: str = "") -> None:
        row = Text(f"{name:<{self.named}}  ", style)
        if self.kinds:
            row.append(f"{kind:<{_KIND}}  ")
        row.append_text(verdict).append(" " * (max(map(len, ORDER)) + 2 - len(verdict)))
        row.append(seconds)
        if self.evidence >= _EVIDENCE:
            short = evidence if len(evidence) <= self.evidence else f"{evidence[: self.evidence - 1].rstrip()}…"
            row.append(f"  {short}")
        self.out.print(row, no_wrap=True, overflow="ignore", crop=False)


def conclude(told: Sequence[Brief], out: Console) -> None:
    """Print what to take away: of few claims why each has its verdict, of many the faults of substance."""
    entries = [entry for each in told for entry in each.walk()]
    judged = [entry for entry in entries if not entry.by_parts]
    missing = [entry for entry in judged if entry.verdict in ("open", ERROR)]
    if len(entries) <= FEW:
        missing = [entry for entry in judged if entry.verdict not in ("given", "proved")]
    if missing:
        out.print()
    for entry in missing:
        _reason(entry, out)
    faults = [entry for entry in entries if entry.headline] if len(entries) > FEW else []
    if faults:
        out.print(Text("\nfaults of substance", "bold"))
        for entry in faults:
            for folded in fold(f"{entry.id}  {entry.headline}", out.width, 2):
                out.print(Text(folded))
    out.print()
    for line in fold(summary_line(told), out.width):
        out.print(Text(line))


def _reason(entry: Brief, out: Console) -> None:
    for line in fold(f"{entry.id}  {entry.verdict}  {entry.why}", out.width):
        text = Text(line)
        text.highlight_words([f"  {entry.verdict}  "], STYLES[entry.verdict])
        out.print(text)


def counts(told: Sequence[Brief], origin: str = "printed") -> dict[str, int]:
    """Return how many claims of one origin, parts included, have each verdict."""
    counted = Counter(entry.verdict for each in told for entry in each.walk() if entry.origin == origin)
    return {verdict: counted[verdict] for verdict in ORDER if counted[verdict]}


def summary_line(told: Sequence[Brief]) -> str:
    """Return one line with the number of claims by verdict; reconstructions and additions are counted apart."""
    number = sum(counts(told).values())
    line = f"{number} {'claim' if number == 1 else 'claims'}: {_by_verdict(counts(told))}"
    for origin, words in BESIDE_PRINT.items():
        if those := counts(told, origin):
            line += f"; {sum(those.values())} {words}: {_by_verdict(those)}"
    return line


def _by_verdict(counted: dict[str, int]) -> str:
    return ", ".join(f"{number} {verdict}" for verdict, number in counted.items())
