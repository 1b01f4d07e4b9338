"""What ``symhet show`` prints of a claim, block by block: everything there is to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from symhet.render.accounts import Account
from symhet.render.briefs import Block, Row
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation
from symhet.render.plain import PlainWriter
from symhet.render.prose import to_plain
from symhet.render.readable import readable
from symhet.render.remarks import side_conditions, used_assumptions
from symhet.render.supposed import of_distribution
from symhet.render.witnesses import sides

if TYPE_CHECKING:
    from symhet.propositions import Prop

ORIGINS = {
    "printed": "printed",
    "reconstructed": "reconstructed; the print is lost",
    "added": "added; the paper does not say so",
}
"""What stands over a statement, by where it is from."""


def screen(told: Account, notation: Notation) -> tuple[Block, ...]:
    """Return everything there is to tell about a claim beside its heading and its verdict; the print comes first."""
    return tuple(_Screen(told, notation).blocks())


class _Screen:
    """Tells one account, block by block."""

    def __init__(self, told: Account, notation: Notation) -> None:
        self.told = told
        self.notation = notation
        self.writer = PlainWriter(notation)

    def blocks(self) -> Iterator[Block]:
        """Yield what there is to tell; what has no lines is left out."""
        for name, lines in self._told():
            if lines:
                yield name, tuple((line, 2, "") for line in lines)
        if derivation := tuple(self._derivation()):
            yield "derivation", derivation

    def _told(self) -> Iterator[tuple[str, Sequence[str]]]:
        told = self.told
        yield ORIGINS[told.origin], [readable(told.shown, self.notation.letters)]
        rules = [f"kernel rules: {', '.join(told.methods)}"] if told.methods else []
        yield "evidence", [self.said(told.evidence), *rules]
        if told.severity is not None:
            follows = f"; follows from {told.root}" if told.root != told.id else ""
            yield "severity", [f"{told.severity}{follows}"]
        yield "remark", [self.said(told.reason)] if told.reason and not told.by_parts else []
        yield "parts", [f"{part.id}: {part.verdict}    symhet show {part.id}" for part in told.parts]
        yield "judged as", self.statements([told.statement])
        yield "holds under", self.named(told.conditions)
        yield "counterexample", [f"{name} = {value}" for name, value in told.witness or ()]
        at = [each for example in told.failing for each in sides(example)]
        said = (f"{self.writer.statement(relation)}: {left} and {right}" for relation, left, right in at)
        yield "both sides there", list(dict.fromkeys(said))
        if told.failure is not None and told.failure != told.derived:
            yield "where there hold", self.named(told.failure.context)
        yield "true instead", self.statements([told.corrected])
        yield "from", [*self.named(used_assumptions(told)), *self._of_g()]

    def said(self, sentence: str) -> str:
        """Return a sentence with its formulas as text."""
        return to_plain(" ".join(sentence.split()), self.notation)

    def statements(self, props: Sequence[Prop | None]) -> list[str]:
        return [self.writer.statement(prop) for prop in props if prop is not None]

    def named(self, props: Sequence[tuple[str, Prop]]) -> list[str]:
        """Return statements behind their names."""
        return [f"{name}: {self.writer.statement(prop)}" for name, prop in props]

    def _of_g(self) -> list[str]:
        """Return what is assumed of the distribution of productivity, as text."""
        sentence = of_distribution([self.told], LatexWriter(self.notation))
        return [to_plain(sentence, self.notation)] if sentence else []

    def _derivation(self) -> Iterator[Row]:
        for line in self.told.lines:
            yield self.said(line.says), 2, ""
            number = f"    {line.number}" if line.number else ""
            yield f"{self.writer.statement(line.prop)}{number}", 6, ""
            if conditions := side_conditions(line, self.told):
                yield f"provided {', '.join(self.statements(conditions))}", 6, "dim"
