"""Documents of a paper: claims as sentence, formula, sentence, with what they assume and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from symhet.claims import Verdict
from symhet.derivation import Line
from symhet.model.letters import GREEK
from symhet.propositions import And, Prop, free_symbols
from symhet.render.accounts import Account
from symhet.render.blocks import Block, Document, Figure, Formula, Heading, Listing, Paragraph
from symhet.render.briefs import BESIDE_PRINT, ERROR
from symhet.render.differences import difference, further
from symhet.render.displays import Namer, displays
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation
from symhet.render.planning import PaperPlan, Plan
from symhet.render.prints import number_of, place_of, print_of
from symhet.render.prose import finished, listed
from symhet.render.remarks import side_conditions, tidy, used_assumptions
from symhet.render.rows import in_rows
from symhet.render.setting import Setting
from symhet.render.witnesses import told_witness

READING = (
    '"Proved" means: for every admissible parameter, by a certificate that the kernel of symhet replayed. "Refuted" '
    "means that the kernel evaluated a counterexample in exact numbers, at which every hypothesis holds and the "
    "statement fails."
)
VERDICT_WORDS = {
    Verdict.GIVEN: "Given",
    Verdict.PROVED: "Proved",
    Verdict.PROVED_WITH: "Proved under a condition",
    Verdict.REFUTED: "Refuted",
    Verdict.INCONSISTENT: "Inconsistent",
    Verdict.OPEN: "Open",
}


def document(plan: Plan, paper: PaperPlan, title: str, accounts: Mapping[str, Account], notation: Notation) -> Document:
    """Return one document of a paper from the accounts of its rows.

    Parameters
    ----------
    plan, paper : Plan, PaperPlan
        What goes into the document.
    title : str
        Title of the paper.
    accounts : Mapping[str, Account]
        Accounts of the rows by ID; rows without one are left out.
    notation : Notation
        How symbols are written.
    """
    known = {entry.id: entry for row in accounts.values() for entry in row.walk()}
    told = [known[claim] for claim in plan.claims if claim in known]
    rooms = {
        entry.id: f'"{section.heading}"'
        for section in plan.sections
        for claim in section.claims
        if claim in known
        for entry in known[claim].walk()
    }
    teller = Teller(LatexWriter(notation), Setting.of(told, LatexWriter(notation), rooms))
    said = [Paragraph(paper.setting)] if paper.setting else []
    setting: list[Block] = [*said, *teller.setting(), *symbols(told, notation)]
    blocks: list[Block] = [Paragraph(f"{plan.opening} {READING}")]
    blocks += [Heading(1, "Setting"), *setting] if setting else []
    for section in plan.sections:
        rows = [known[claim] for claim in section.claims if claim in known]
        if rows:
            blocks += [Heading(1, section.heading), *(block for row in rows for block in teller.row(row))]
            blocks += [Figure(picture.name, picture.label, picture.caption) for picture in section.pictures]
    return Document(plan.name, plan.title, title, in_rows(blocks))


def symbols(told: Sequence[Account], notation: Notation, level: int = 2) -> Iterator[Block]:
    """Yield the table of the symbols that the derivations use, as far as they have a meaning of their own."""
    props = [prop for row in told for entry in row.walk() for prop in entry.statements]
    used = frozenset().union(*map(free_symbols, props))
    listed_ = sorted((s for s in used if notation.meanings.get(s.name)), key=notation.rank)
    rows = {(f"${notation.latex(symbol)}$", notation.meanings[symbol.name]): None for symbol in listed_}
    if rows:
        yield Heading(level, "Symbols")
        yield Listing(("symbol", "meaning"), tuple(rows))


def single(told: Account, title: str, notation: Notation) -> Document:
    """Return a document about one claim."""
    teller = Teller(LatexWriter(notation), Setting.of([told], LatexWriter(notation)))
    return Document(told.id, capitalised(told.title) or told.id, title, in_rows([*teller.setting(), *teller.row(told)]))


class Teller:
    """Tells claims one after another; what was derived above is referred to, not repeated."""

    def __init__(self, writer: LatexWriter, setting: Setting) -> None:
        self.writer = writer
        self.notation = writer.notation
        self.environment = setting
        self.namer = Namer()
        self.derived: dict[tuple[str, Prop], str] = {}
        self.stated: set[str] = set()
        self.conditions = set(setting.tidied)

    def setting(self) -> Iterator[Block]:
        """Yield what the claims of the document share."""
        if self.environment.distribution:
            yield Paragraph(self.environment.distribution)
        if self.environment.common:
            yield Paragraph(f"All derivations suppose {self.inline(self.environment.common)}; each names what it uses.")
        first = self.environment.stated_first
        if first:
            for group, equations in groupby(first, key=lambda pair: self.environment.places.get(pair[1], ())):
                where = (
                    f"Derivations in {listed(group)} also start from" if group else "The derivations below start from"
                )
                yield Paragraph(where)
                yield from self.numbered(tuple(equations))
        if len(first) < len(self.environment.numbered):
            yield Paragraph("Equations that several derivations start from are numbered where they are first used.")

    def numbered(self, equations: Sequence[tuple[str, Prop]]) -> Iterator[Block]:
        """Yield hypotheses with the numbers under which claims refer to them."""
        for tag, prop in equations:
            self.stated.add(tag)
            yield from self.formulas(prop, tag)

    def row(self, told: Account) -> Iterator[Block]:
        """Yield a row of the ledger with its parts."""
        yield Heading(2, capitalised(told.title) or told.id)
        number = number_of(told.source)
        yield from print_of(told, f"Claimed in {place_of(told.source)} ({told.id}):", number)
        if not told.by_parts:
            yield from self.argument(told)
        for part in told.parts:
            yield from self.part(part)
        if told.by_parts and told.verdict not in (Verdict.GIVEN, Verdict.PROVED):
            yield Paragraph(_sum_of_parts(told), "The row.")

    def part(self, told: Account) -> Iterator[Block]:
        """Yield one part of a row."""
        yield Heading(3, f"{capitalised(told.title) or told.id} ({told.id})")
        yield from print_of(told, "Claimed:")
        yield from self.argument(told)

    def argument(self, told: Account) -> Iterator[Block]:
        """Yield the derivation of a claim and its verdict."""
        self.namer.forget()
        if told.verdict in (Verdict.REFUTED, Verdict.PROVED_WITH):
            yield from self.failure(told)
        if told.lines:
            yield from self.starting_points(told)
        elif told.failing:
            yield from self.starting_points(told, "The hypotheses are", ".", " and")
        yield from self.steps(told)
        yield from self.conclusion(told)
        yield from further(told, self)

    def starting_points(
        self, told: Account, lead: str = "From", end: str = ":", more: str = ", and from"
    ) -> Iterator[Block]:
        """Yield what a claim starts from: references to the setting, then what only this claim supposes."""
        references, fresh, own = self.environment.split(used_assumptions(told), self.stated)
        if references:
            yield Paragraph(f"{lead} {listed(references)}{more if own or fresh else end}")
        elif own or fresh:
            yield Paragraph(lead)
        yield from self.numbered(fresh)
        yield from self.together(own)

    def together(self, props: Sequence[Prop]) -> Iterator[Block]:
        """Yield statements, several short ones in a row."""
        if props:
            yield from self.formulas(And(tuple(props)) if len(props) > 1 else props[0])

    def steps(self, told: Account) -> Iterator[Block]:
        """Yield the lines of the derivation; a run of lines that stands above already is one reference."""
        repeated: list[Line] = []
        before: Line | None = None
        shown: set[Prop] = set()
        for line in told.lines:
            if line.kind == "conclude" and shown.issuperset(_parts(line.prop)):
                continue
            shown.add(line.prop)
            if line.kind not in ("given", "define", "conclude") and self._key(line) in self.derived:
                repeated.append(line)
                continue
            yield from self.reminder(repeated)
            said = "" if repeated or not before else before.says
            repeated, before = [], line
            self.derived.setdefault(self._key(line), told.id)
            yield from self.line(line, told, said)
        yield from self.reminder(repeated)

    def reminder(self, repeated: Sequence[Line]) -> Iterator[Block]:
        """Yield where lines stand that were derived above, and the last of each run of them."""
        places = [self.derived[self._key(line)] for line in repeated]
        if not places:
            return
        yield Paragraph(f"As derived above ({listed(list(dict.fromkeys(places)))}),")
        for line, place, following in zip(repeated, places, [*places[1:], ""], strict=True):
            if place != following:
                yield from self.formulas(line.prop, line.number)

    def line(self, line: Line, told: Account, said: str = "") -> Iterator[Block]:
        """Yield a sentence, unless it was said just before, a formula and the side conditions of the step."""
        if (says := line.says.strip() or "Hence").strip(",.;:") and line.says != said:
            yield Paragraph(says)
        yield from self.formulas(line.prop, line.number)
        conditions = [prop for prop in side_conditions(line, told) if prop not in self.conditions]
        if conditions:
            self.conditions.update(conditions)
            yield Paragraph(f"where {self.inline(conditions)}.")

    def conclusion(self, told: Account) -> Iterator[Block]:
        """Yield the statement, unless the derivation ends with it, and the verdict."""
        target = told.corrected if told.verdict == Verdict.REFUTED else told.statement
        shown = {line.prop for line in told.lines}
        if (
            target is not None
            and not shown.issuperset(_parts(target))
            and target not in shown
            and told.verdict in (*_HOLDING, Verdict.REFUTED)
        ):
            yield Paragraph("Altogether,")
            yield from self.formulas(target)
        if told.verdict == Verdict.REFUTED:
            if told.corrected is not None:
                yield Paragraph("The corrected statement is proved for every admissible parameter.", "Corrected.")
            return
        yield Paragraph(_verdict_text(told), _verdict_lead(told))

    def failure(self, told: Account) -> Iterator[Block]:
        """Yield why the printed form fails and where."""
        yield Paragraph(_reason(told), _verdict_lead(told))
        if told.statement is not None:
            yield Paragraph("Formally, the statement that fails is")
            yield from self.formulas(told.statement)
        if told.witness is not None:
            yield Paragraph(told_witness(told.witness, self.notation), "Counterexample.")
        yield from self.elsewhere(told)
        if told.conditions:
            yield Paragraph(f"It holds under the added condition{'s' if len(told.conditions) > 1 else ''}")
            yield from self.together([prop for _, prop in told.conditions])
        if told.verdict == Verdict.REFUTED and told.corrected is not None:
            yield Paragraph("What is true instead is derived as follows.")

    def elsewhere(self, told: Account) -> Iterator[Block]:
        """Yield what holds at a counterexample, where that is not what the derivation starts from."""
        if told.failure is None or told.derived is None:
            return
        conditions = {prop for _, prop in told.conditions}
        there = {prop: None for _, prop in told.failure.context}
        if there.keys() != {prop for _, prop in told.derived.context} - conditions:
            yield Paragraph("At it hold" if there else "It is not restricted by any hypothesis.")
            yield from self.together(tuple(there))

    def formulas(self, prop: Prop, number: str = "") -> Iterator[Block]:
        """Yield the display of a statement, and those of names that it introduces."""
        shown, explained = displays(prop, self.writer, self.namer, number.strip("()"))
        yield from map(Formula, shown)
        if explained:
            yield Paragraph("where")
            yield from map(Formula, explained)

    def inline(self, props: Sequence[Prop]) -> str:
        """Return statements as a list within a sentence."""
        return listed([f"${self.writer.inline_statement(tidy(prop))}$" for prop in props])

    @staticmethod
    def reason(told: Account) -> str:
        """Return the remark on a claim as a sentence."""
        return _reason(told)

    @staticmethod
    def _key(line: Line) -> tuple[str, Prop]:
        return line.name, line.prop


_HOLDING = (Verdict.PROVED, Verdict.PROVED_WITH)


def _parts(prop: Prop) -> tuple[Prop, ...]:
    return prop.parts if isinstance(prop, And) else (prop,)


def capitalised(title: str) -> str:
    """Begin a heading with a capital, unless it begins with a symbol or with the name of a claim.

    Examples
    --------
    >>> capitalised("two parts"), capitalised("result3.before: refuted")
    ('Two parts', 'result3.before: refuted')
    """
    first = title.split(" ")[0]
    symbol = first in GREEK or "_" in first or not first[1:2].isalpha() or "." in first.rstrip(".")
    return title if symbol else title[:1].upper() + title[1:]


def _reason(told: Account) -> str:
    return finished(capitalised(told.reason))


def _verdict_lead(told: Account) -> str:
    return f"{VERDICT_WORDS[Verdict(told.verdict)]}." if told.verdict != ERROR else "No verdict."


def _verdict_text(told: Account) -> str:
    if told.verdict == ERROR:
        return told.evidence
    if told.verdict == Verdict.GIVEN:
        return _reason(told) or "This is where the derivations start."
    if told.verdict == Verdict.OPEN:
        return f"{_reason(told)} Points tried: {told.tried}."
    if told.verdict in (Verdict.PROVED, Verdict.INCONSISTENT):
        return _reason(told)
    return "It holds under the added condition; without it, it fails at the counterexample."


def _sum_of_parts(told: Account) -> str:
    return f"The verdict of {told.id} is that of its weakest part: {told.verdict}."


def verdict_listing(accounts: Sequence[Account]) -> Listing:
    """Return the table of all rows and parts with their verdicts."""
    rows = [
        (entry.id, entry.title, entry.kind, entry.verdict, entry.severity or "", entry.root or "", _first_line(entry))
        for row in accounts
        for entry in row.walk()
    ]
    return Listing(("claim", "what", "kind", "verdict", "severity", "root", "evidence"), tuple(rows))


def _first_line(told: Account) -> str:
    return told.evidence.partition("\n")[0]


def _counted(entries: Sequence[Account]) -> str:
    numbers = {verdict: sum(entry.verdict == verdict for entry in entries) for verdict in VERDICT_WORDS}
    return listed([f"{number} {verdict.value}" for verdict, number in numbers.items() if number])


def verdicts(accounts: Sequence[Account], title: str, notation: Notation) -> Document:
    """Return the document with every verdict and every difference between print and derivation."""
    writer = LatexWriter(notation)
    teller = Teller(writer, Setting((), (), writer))
    entries = [entry for row in accounts for entry in row.walk()]
    from_print = [entry for entry in entries if entry.origin == "printed"]
    beside = [
        Paragraph(f"{len(those)} {words}: {_counted(those)}.")
        for origin, words in BESIDE_PRINT.items()
        if (those := [entry for entry in entries if entry.origin == origin])
    ]
    differing = [entry for entry in entries if entry.differs and entry.verdict != Verdict.GIVEN]
    corrections = [entry for entry in differing if entry.verdict != Verdict.PROVED]
    readings = [entry for entry in differing if entry.verdict == Verdict.PROVED]
    blocks: list[Block] = [
        Paragraph(f"{len(from_print)} claims, parts included: {_counted(from_print)}."),
        *beside,
        Heading(1, "All verdicts"),
        verdict_listing(accounts),
        Heading(1, "Where the print and the derivation differ"),
        Paragraph("Claims that do not hold as printed, and those that hold only under a condition."),
        *(block for entry in corrections for block in difference(entry, teller)),
        Heading(1, "Slips and readings"),
        Paragraph("Claims that are proved, but whose print needed a correction, a reading or a remark."),
        *(block for entry in readings for block in difference(entry, teller)),
        *symbols(accounts, notation, 1),
    ]
    return Document("verdicts", "Verdicts", title, tuple(blocks))
