"""What the claims of a document start from: inequalities named in a sentence, equations numbered once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from symhet.propositions import Prop, Rel
from symhet.render.accounts import Account
from symhet.render.latex import LatexWriter
from symhet.render.remarks import tidy, used_assumptions
from symhet.render.supposed import of_distribution
from symhet.render.widths import width

MANY = 20
"""With more numbered hypotheses than this, a document states each where it is first used."""

SHORT = 7.0
"""Inequalities up to this width, in em, are named by writing them out."""

ASSUMPTION = re.compile(r"[A-Z]\.\d.*")


@dataclass(frozen=True)
class Setting:
    """Hypotheses that a document states once.

    Parameters
    ----------
    simple : tuple of Prop
        Short inequalities, named by writing them out.
    common : tuple of Prop
        Those of them that every derivation supposes.
    numbered : tuple of (str, Prop)
        Other hypotheses with the tag under which claims refer to them.
    places : Mapping[Prop, tuple of str]
        Where a numbered hypothesis is used, if there are others for the same symbol; empty for what all use.
    distribution : str
        A sentence on what is assumed of the distribution of productivity.
    """

    simple: tuple[Prop, ...]
    numbered: tuple[tuple[str, Prop], ...]
    writer: LatexWriter
    common: tuple[Prop, ...] = ()
    places: Mapping[Prop, tuple[str, ...]] = field(default_factory=dict)
    distribution: str = ""

    @staticmethod
    def of(accounts: Sequence[Account], writer: LatexWriter, rooms: Mapping[str, str] | None = None) -> Setting:
        """Collect what at least two claims use, or an assumption of the paper.

        Parameters
        ----------
        accounts : sequence of Account
            The claims that are told.
        writer : LatexWriter
            How they are written.
        rooms : Mapping[str, str], optional
            By the ID of a claim what to call the part of the document where it stands; the ID itself by default.
        """
        entries = [entry for row in accounts for entry in row.walk() if entry.lines or entry.failing]
        pairs_used = [pair for entry in entries for pair in used_assumptions(entry)]
        uses = Counter(prop for _, prop in pairs_used)
        names: dict[Prop, str] = {}
        for name, prop in pairs_used:
            if prop not in names or (ASSUMPTION.fullmatch(name) and not ASSUMPTION.fullmatch(names[prop])):
                names[prop] = name
        simple: list[Prop] = []
        numbered: list[tuple[str, Prop]] = []
        for prop, count in uses.items():
            name = names[prop]
            if _is_short(prop, writer) and not ASSUMPTION.fullmatch(name):
                simple.append(prop)
            elif count > 1 or ASSUMPTION.fullmatch(name):
                numbered.append((name, prop))
        own = [prop for name, prop in numbered if not ASSUMPTION.fullmatch(name)]
        places = _places(entries, own, rooms or {}) if len(numbered) <= MANY else {}
        groups = list(places.values())
        numbered.sort(
            key=lambda item: (
                not ASSUMPTION.fullmatch(item[0]),
                item[0] if ASSUMPTION.fullmatch(item[0]) else "",
                groups.index(places[item[1]]) if item[1] in places else 0,
            )
        )
        tags = _tags([name for name, _ in numbered])
        pairs = tuple(dict.fromkeys((tag, prop) for tag, (_, prop) in zip(tags, numbered, strict=True)))
        supposed = [frozenset(prop for _, prop in used_assumptions(entry)) for entry in entries]
        common = tuple(prop for prop in dict.fromkeys(simple) if all(prop in props for props in supposed))
        return Setting(tuple(dict.fromkeys(simple)), pairs, writer, common, places, of_distribution(accounts, writer))

    @property
    def tidied(self) -> frozenset[Prop]:
        """The short inequalities as side conditions are written."""
        return frozenset(map(tidy, self.simple))

    @property
    def stated_first(self) -> tuple[tuple[str, Prop], ...]:
        """What the document states before its claims: assumptions of the paper, and the rest unless it is long."""
        named = tuple(pair for pair in self.numbered if ASSUMPTION.fullmatch(pair[0]) and not pair[0].startswith("S."))
        return self.numbered if len(self.numbered) <= MANY else named

    def split(
        self, used: Sequence[tuple[str, Prop]], stated: Collection[str]
    ) -> tuple[list[str], list[tuple[str, Prop]], list[Prop]]:
        """Return references to what is stated, numbered hypotheses that are not stated yet, and the others."""
        tag_of = {prop: tag for tag, prop in self.numbered}
        references = [f"${self.writer.inline_statement(tidy(p))}$" for _, p in used if p in self.simple]
        tags = {tag_of[p]: p for _, p in used if p in tag_of}
        references += _ranges([tag for tag in tags if tag in stated])
        fresh = [(tag, p) for tag, p in tags.items() if tag not in stated]
        return references, fresh, [p for _, p in used if p not in self.simple and p not in tag_of]


def _places(
    entries: Sequence[Account], numbered: Sequence[Prop], rooms: Mapping[str, str]
) -> dict[Prop, tuple[str, ...]]:
    """Return where each hypothesis is used, if some symbol has several: they belong to different regimes."""
    defined = Counter(prop.lhs for prop in numbered if isinstance(prop, Rel) and prop.op == "=")
    everywhere = tuple(dict.fromkeys(rooms.get(entry.id, entry.id) for entry in entries))
    if not defined or max(defined.values()) < 2 or len(everywhere) < 2:
        return {}
    found: dict[Prop, tuple[str, ...]] = {}
    for prop in numbered:
        using = [entry for entry in entries if any(known == prop for _, known in used_assumptions(entry))]
        there = tuple(dict.fromkeys(rooms.get(entry.id, entry.id) for entry in using))
        found[prop] = there if there != everywhere else ()
    order = sorted(found.items(), key=lambda item: [everywhere.index(room) for room in item[1]])
    return dict(order)


def _is_short(prop: Prop, writer: LatexWriter) -> bool:
    return isinstance(prop, Rel) and prop.op != "=" and width(writer.statement(prop)) <= SHORT


def _ranges(tags: Sequence[str]) -> list[str]:
    """Return references in order, neighbours among the numbered equations joined.

    Examples
    --------
    >>> _ranges(["S.2", "A.1", "S.1", "S.3", "S.7"])
    ['(A.1)', '(S.1)-(S.3)', '(S.7)']
    """
    named = [f"({tag})" for tag in sorted(tags) if not tag.startswith("S.")]
    numbers = sorted(int(tag[2:]) for tag in tags if tag.startswith("S."))
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    joined = [f"(S.{run[0]})" if len(run) == 1 else f"(S.{run[0]})-(S.{run[-1]})" for run in runs]
    return [*named, *joined]


def _tags(names: Sequence[str]) -> list[str]:
    """Keep the paper's names of assumptions and number the rest."""
    tags: list[str] = []
    count = 0
    for name in names:
        if ASSUMPTION.fullmatch(name):
            tags.append(name)
        else:
            count += 1
            tags.append(f"S.{count}")
    return tags
