"""Which claims rest on which: read off the lines of their derivations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from symhet.claims import Verdict
from symhet.propositions import And, Prop, Rel
from symhet.render.accounts import Account
from symhet.render.prints import number_of

_ASSUMPTION = re.compile(r"[A-Z]\.\d+")


@dataclass(frozen=True)
class Dependencies:
    """For each row the rows whose equation, assumption or conclusion its derivation contains.

    Parameters
    ----------
    uses : Mapping[str, tuple of str]
        IDs by ID, in the order of the ledger.
    """

    uses: Mapping[str, tuple[str, ...]]

    @cached_property
    def used_by(self) -> dict[str, tuple[str, ...]]:
        """The same, turned round."""
        return {name: tuple(other for other, used in self.uses.items() if name in used) for name in self.uses}

    @cached_property
    def layers(self) -> dict[str, int]:
        """The layer of each row: one more than the deepest row that it uses; what closes a circle does not count."""
        found: dict[str, int] = {}

        def depth(name: str, path: frozenset[str]) -> int:
            if name not in found:
                below = [depth(used, path | {name}) for used in self.uses[name] if used not in path | {name}]
                found[name] = 1 + max(below, default=-1)
            return found[name]

        for name in self.uses:
            depth(name, frozenset())
        return found

    @cached_property
    def direct(self) -> tuple[tuple[str, str], ...]:
        """Pairs (user, used) between layers that no longer way leads to: enough to draw."""
        down = {
            name: tuple(other for other in used if self.layers[other] < self.layers[name])
            for name, used in self.uses.items()
        }
        reached: dict[str, frozenset[str]] = {}
        for name in sorted(down, key=lambda name: self.layers[name]):
            reached[name] = frozenset(down[name]).union(*(reached[other] for other in down[name]))
        return tuple(
            (name, used)
            for name, below in down.items()
            for used in below
            if not any(used in reached[other] for other in below if other != used)
        )


def dependencies(rows: Sequence[Account]) -> Dependencies:
    """Read the dependencies of a paper's rows off their derivations.

    A row uses another when a line or hypothesis of its derivation has the other's equation number, is named after it,
    or says what the other concludes.
    """
    numbers = {number: row.id for row in rows if (number := number_of(row.source))}
    names = {row.id.partition(".")[2]: row.id for row in rows}
    concluded: dict[Prop, str] = {}
    for row in rows:
        for prop in _conclusions(row):
            concluded.setdefault(prop, row.id)
    order = {row.id: place for place, row in enumerate(rows)}
    uses = {}
    for row in rows:
        found = {
            other
            for name, number, prop in _ingredients(row)
            for other in (numbers.get(number), names.get(_paper_name(name)), concluded.get(prop) if prop else None)
            if other and other != row.id
        }
        uses[row.id] = tuple(sorted(found, key=order.__getitem__))
    return Dependencies(uses)


def _conclusions(row: Account) -> Iterator[Prop]:
    for entry in row.walk():
        told = entry.corrected if entry.verdict == Verdict.REFUTED else entry.statement
        if told is not None:
            yield told
            yield from told.parts if isinstance(told, And) else ()


def _paper_name(name: str) -> str:
    """Return the name that the paper has for an assumption: A.2-low is half of A.2."""
    found = _ASSUMPTION.match(name)
    return found[0] if found else name


def _ingredients(row: Account) -> Iterator[tuple[str, str, Prop | None]]:
    """Yield name, number and statement of lines and hypotheses; inequalities of the domain are nobody's conclusion."""
    for entry in row.walk():
        for line in entry.lines:
            if line.kind != "conclude":
                yield line.name, line.number.strip("()"), line.prop
        for name, prop in entry.assumptions:
            yield name, "", prop if isinstance(prop, Rel) and prop.op == "=" else None
