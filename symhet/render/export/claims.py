"""One claim as LaTeX for a manuscript: what is true of it in an align environment, with the paper's number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symhet.algebra.total import PREFIX, is_total
from symhet.claims import Verdict
from symhet.propositions import And, Prop, free_symbols
from symhet.render.accounts import Account, Told
from symhet.render.displays import NUMBER_WIDTH, Display, Namer, displays
from symhet.render.documents import capitalised
from symhet.render.export.renaming import RenamedWriter
from symhet.render.lines import break_lines
from symhet.render.prints import number_of
from symhet.render.prose import finished, to_latex, with_words
from symhet.render.remarks import stated, unstated
from symhet.render.supposed import of_distribution, of_one
from symhet.render.widths import TEXTWIDTH
from symhet.render.witnesses import FAILS, HOLDS, told_witness

WORDS = {
    Verdict.GIVEN: "given",
    Verdict.PROVED: "proved",
    Verdict.PROVED_WITH: "proved under an added condition; the printed form fails without it",
    Verdict.REFUTED: "the printed form is refuted",
    Verdict.INCONSISTENT: "its assumptions exclude one another",
    Verdict.OPEN: "open",
}
INSTEAD = {
    Verdict.REFUTED: "The printed form is refuted",
    Verdict.INCONSISTENT: "What the print says cannot hold together",
}
UNSETTLED = {
    Verdict.INCONSISTENT: "The assumptions of this claim exclude one another:",
    Verdict.OPEN: "This is open:",
}


class Exporter:
    """Writes claims one after another; a name for a wide sum is explained in each claim that uses it.

    Parameters
    ----------
    writer : RenamedWriter
        Writes formulas in the notation that was asked for.
    labels : bool
        Whether equations get labels.
    """

    def __init__(self, writer: RenamedWriter, labels: bool = False) -> None:
        self.writer = writer
        self.labels = labels
        self.namer = Namer()

    def claim(self, told: Account) -> str:
        """Return a claim with its parts; the row's equation number stands at its first formula."""
        return "\n".join(self._lines(told, number_of(told.source))) + "\n"

    def _lines(self, told: Account, number: str) -> Iterator[str]:
        title = f": {self.heading(told.title)}" if told.title else ""
        yield f"% {told.id}{title} ({WORDS.get(Verdict(told.verdict), told.verdict)})"
        self.namer.forget()
        if told.by_parts:
            for part in told.parts:
                yield from self._part(part, number)
                number = ""
            return
        yield from self._told(told, number)
        for part in told.parts:
            yield from self._part(part, "")

    def _part(self, told: Account, number: str) -> Iterator[str]:
        """Yield a part of a row under its title: parts may differ in nothing but the regime that they speak of."""
        comment, *lines = self._lines(told, number)
        yield comment
        if told.title:
            yield r"\par"
            yield rf"\textit{{{self.heading(capitalised(told.title))}:}}"
        yield from lines

    def _told(self, told: Account, number: str) -> Iterator[str]:
        if told.verdict in INSTEAD and told.corrected is not None:
            yield f"{INSTEAD[Verdict(told.verdict)]}; what is proved instead is"
            yield from self._formula(told.corrected, told.id, number)
            yield from self._supposed(told)
            yield from self._others(told)
        elif told.verdict == Verdict.PROVED and told.statement is not None:
            yield from self._formula(told.statement, told.id, number)
            yield from self._supposed(told)
            yield from self._others(told)
        elif told.verdict == Verdict.PROVED_WITH and told.statement is not None:
            yield from self._formula(told.statement, told.id, number)
            yield "provided that"
            yield from self._formula(And(tuple(prop for _, prop in told.conditions)), "", "")
            yield from self._supposed(told)
            yield from self._others(told)
        elif told.verdict == Verdict.REFUTED:
            yield from self._printed(told, number, "It is not true in general that")
            if told.witness is not None and not told.theorems:
                yield self.sentence(told_witness(told.witness, self.writer.notation))
            yield from self._others(told)
        elif told.verdict in (Verdict.GIVEN, Verdict.PROVED):
            yield from self._printed(told, number)
            yield from self._others(told)
        else:
            yield from self._printed(told, number, UNSETTLED[Verdict(told.verdict)])

    def _others(self, told: Account) -> Iterator[str]:
        """Yield the theorems beside the one above: where what the print says fails if nothing holds instead of it."""
        derived = told.derived
        for theorem in told.theorems:
            if theorem is derived and theorem.says == "holds":
                continue
            if theorem.says == "holds":
                same = derived is not None and theorem.goal == derived.goal
                yield "The same is proved under other hypotheses." if same else "Proved as well:"
                if not same:
                    yield from self._formula(theorem.goal, "", "")
            elif derived is not None and derived.says == "holds" and theorem is told.failure:
                continue
            elif theorem.example is not None:
                yield "There is an economy in which"
                yield from self._formula(theorem.example, "", "")
                yield self.sentence(told_witness(theorem.at, self.writer.notation, HOLDS))
            else:
                yield "This fails:"
                yield from self._formula(theorem.goal, "", "")
                yield self.sentence(told_witness(theorem.at, self.writer.notation, FAILS))
            yield from self._supposed(told, theorem)

    def _supposed(self, told: Account, theorem: Told | None = None) -> Iterator[str]:
        """Yield what a theorem supposes beside the conditions above; of the model, what it says of terms in them."""
        left = unstated(told, self.writer, theorem)
        spoken = _spoken(told) if theorem is None else _names((theorem.goal,))
        if named := tuple(dict.fromkeys(prop for prop in left if prop.lhs.is_Symbol and prop.lhs.name in spoken)):
            yield "with"
            yield from self._formula(And(named), "", "")
        short, long = stated(told, self.writer, theorem)
        words = "It supposes" if theorem is None or theorem.says == "holds" else "The hypotheses are"
        if short or long:
            yield f"{words} the model's equations and" if left else words
            yield from self._formula(And((*short, *long)), "", "")
        elif left:
            yield f"{words} the model's equations."
        sentence = of_distribution([told], self.writer) if theorem is None else of_one(theorem, self.writer)
        if sentence:
            yield self.sentence(sentence)

    def sentence(self, text: str) -> str:
        """Return a sentence as LaTeX."""
        return self.heading(finished(text))

    def heading(self, text: str) -> str:
        """Return words that need not be a sentence as LaTeX."""
        return self.writer.rename.sentence(to_latex(text, self.writer.notation))

    def _formula(self, prop: Prop, identifier: str, number: str) -> Iterator[str]:
        if isinstance(prop, And) and len(prop.parts) == 1:
            prop = prop.parts[0]
        room = number or ("S.00" if self.labels and identifier else "")
        shown, explained = displays(prop, self.writer, self.namer, room)
        yield from self._align(shown, identifier, number)
        if explained:
            yield "where"
            yield from self._align(explained, "", "")

    def _printed(self, told: Account, number: str, words: str = "") -> Iterator[str]:
        if words:
            yield words
        latex = self.writer.rename.latex(told.shown)
        broken = break_lines(latex, TEXTWIDTH - (NUMBER_WIDTH if number or self.labels else 0.0))
        yield from self._align((Display(broken.lines, number),), told.id, number)

    def _align(self, shown: Sequence[Display], identifier: str, number: str) -> Iterator[str]:
        label = rf"\label{{eq:{identifier}}}" if self.labels and identifier else ""
        for display in shown:
            last = display is shown[-1]
            yield _environment(display.lines, (rf" \tag{{{number}}}" if number else "") + label if last else "")


def _spoken(told: Account) -> set[str]:
    """Return the names of what a theorem and its conditions speak of; a derivative speaks of what it is one of."""
    true = told.corrected or told.statement
    return _names([*([true] if true is not None else []), *(prop for _, prop in told.conditions)])


def _names(shown: Sequence[Prop]) -> set[str]:
    symbols = {symbol for prop in shown for symbol in free_symbols(prop)}
    return {symbol.name[len(PREFIX) :].partition(",")[0] if is_total(symbol) else symbol.name for symbol in symbols}


def _environment(lines: Sequence[str], end: str) -> str:
    rows = [with_words(line.strip()) for line in lines]
    rows = [row if "&" in row or len(rows) == 1 else f"& {row}" for row in rows]
    if not end:
        body = " \\\\\n".join(rows)
        return f"\\begin{{align*}}\n{body}\n\\end{{align*}}"
    body = " \\notag \\\\\n".join(rows)
    return f"\\begin{{align}}\n{body}{end}\n\\end{{align}}"
