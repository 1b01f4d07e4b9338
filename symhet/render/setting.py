"""What the claims of a document start from: inequalities named in a sentence, equations numbered once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from symhet.propositions import Prop, Rel
from symhet.render.accounts import Account
from symhet.render.latex import LatexWriter
from symhet.render.remarks import tidy, used_assumptions
from symhet.render.widths import width

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
    numbered : tuple of (str, Prop)
        Other hypotheses with the tag under which claims refer to them.
    """

    simple: tuple[Prop, ...]
    numbered: tuple[tuple[str, Prop], ...]
    writer: LatexWriter

    @staticmethod
    def of(accounts: Sequence[Account], writer: LatexWriter) -> Setting:
        """Collect what at least two claims use, or an assumption of the paper."""
        entries = [entry for row in accounts for entry in row.walk() if entry.lines]
        uses = Counter(pair for entry in entries for pair in used_assumptions(entry))
        simple, numbered = [], []
        for (name, prop), count in uses.items():
            if _is_short(prop, writer) and not ASSUMPTION.fullmatch(name):
                simple.append(prop)
            elif count > 1 or ASSUMPTION.fullmatch(name):
                numbered.append((name, prop))
        numbered.sort(
            key=lambda item: (not ASSUMPTION.fullmatch(item[0]), item[0] if ASSUMPTION.fullmatch(item[0]) else "")
        )
        tags = _tags([name for name, _ in numbered])
        pairs = tuple(dict.fromkeys((tag, prop) for tag, (_, prop) in zip(tags, numbered, strict=True)))
        return Setting(tuple(dict.fromkeys(simple)), pairs, writer)

    @property
    def tidied(self) -> frozenset[Prop]:
        """The short inequalities as side conditions are written."""
        return frozenset(map(tidy, self.simple))

    def split(self, used: Sequence[tuple[str, Prop]]) -> tuple[list[str], list[Prop]]:
        """Return references to what is stated once, and the hypotheses that are not."""
        tag_of = {prop: tag for tag, prop in self.numbered}
        references = [f"${self.writer.inline_statement(tidy(p))}$" for _, p in used if p in self.simple]
        references += _ranges([tag_of[p] for _, p in used if p in tag_of])
        return references, [p for _, p in used if p not in self.simple and p not in tag_of]


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
