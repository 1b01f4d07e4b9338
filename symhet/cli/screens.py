"""What ``symhet show`` prints: one claim in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from symhet.cli.folding import fold
from symhet.cli.tables import STYLES
from symhet.render.accounts import Account
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation, notation_for
from symhet.render.plain import PlainWriter
from symhet.render.prose import to_plain
from symhet.render.readable import readable
from symhet.render.remarks import side_conditions, used_assumptions
from symhet.render.supposed import of_distribution
from symhet.render.witnesses import sides

if TYPE_CHECKING:
    from rich.console import Console

    from symhet.propositions import Prop

ORIGINS = {
    "printed": "printed",
    "reconstructed": "reconstructed; the print is lost",
    "added": "added; the paper does not say so",
}
"""What stands over a statement, by where it is from."""


def print_account(told: Account, out: Console, key: str) -> None:
    """Print everything there is to tell about a claim."""
    _Screen(told, out, notation_for(key)).everything()


class _Screen:
    """Prints one account, block by block."""

    def __init__(self, told: Account, out: Console, notation: Notation) -> None:
        self.told = told
        self.out = out
        self.notation = notation
        self.writer = PlainWriter(notation)

    def everything(self) -> None:
        told = self.told
        self._heading()
        self.block(ORIGINS[told.origin], [readable(told.shown, self.notation.letters)])
        self.out.print(Text("\nverdict  ", "bold") + Text(told.verdict, STYLES[told.verdict]))
        rules = [f"kernel rules: {', '.join(told.methods)}"] if told.methods else []
        self.block("evidence", [self.said(told.evidence), *rules])
        if told.severity is not None:
            follows = f"; follows from {told.root}" if told.root != told.id else ""
            self.block("severity", [f"{told.severity}{follows}"])
        summed_up = bool(told.parts) and told.statement is None
        self.block("remark", [self.said(told.reason)] if told.reason and not summed_up else [])
        self.block("parts", [f"{part.id}: {part.verdict}    symhet show {part.id}" for part in told.parts])
        self.block("judged as", self.statements([told.statement]))
        self.block("holds under", self.named(told.conditions))
        self.block("counterexample", [f"{name} = {value}" for name, value in told.witness or ()])
        at = [each for example in told.failing for each in sides(example)]
        said = (f"{self.writer.statement(relation)}: {left} and {right}" for relation, left, right in at)
        self.block("both sides there", list(dict.fromkeys(said)))
        if told.failure is not None and told.failure != told.derived:
            self.block("where there hold", self.named(told.failure.context))
        self.block("true instead", self.statements([told.corrected]))
        self.block("from", [*self.named(used_assumptions(told)), *self._of_g()])
        self._derivation()

    def _heading(self) -> None:
        title = f"  {self.said(self.told.title)}" if self.told.title else ""
        first, *rest = fold(f"{self.told.id}{title}  ({self.told.kind}; {self.told.source})", self.out.width)
        shown = Text("\n".join([first, *rest]), "dim")
        shown.stylize("not dim", 0, len(self.told.id + title))
        shown.stylize("bold", 0, len(self.told.id))
        self.out.print(shown)

    def said(self, sentence: str) -> str:
        """Return a sentence with its formulas as text."""
        return to_plain(" ".join(sentence.split()), self.notation)

    def statements(self, props: Sequence[Prop | None]) -> list[str]:
        return [self.writer.statement(prop) for prop in props if prop is not None]

    def named(self, props: Sequence[tuple[str, Prop]]) -> list[str]:
        """Return statements behind their names."""
        return [f"{name}: {self.writer.statement(prop)}" for name, prop in props]

    def block(self, name: str, lines: Sequence[str]) -> None:
        if lines:
            self.out.print(Text(f"\n{name}", "bold"))
            for line in lines:
                self._line(line, 2)

    def _line(self, line: str, indent: int, style: str = "") -> None:
        for folded in fold(line, self.out.width, indent):
            self.out.print(Text(folded, style))

    def _of_g(self) -> list[str]:
        """Return what is assumed of the distribution of productivity, as text."""
        sentence = of_distribution([self.told], LatexWriter(self.notation))
        return [to_plain(sentence, self.notation)] if sentence else []

    def _derivation(self) -> None:
        if not self.told.lines:
            return
        self.out.print(Text("\nderivation", "bold"))
        for line in self.told.lines:
            self._line(self.said(line.says), 2)
            number = f"    {line.number}" if line.number else ""
            self._line(f"{self.writer.statement(line.prop)}{number}", 6)
            if conditions := side_conditions(line, self.told):
                self._line(f"provided {', '.join(self.statements(conditions))}", 6, "dim")
