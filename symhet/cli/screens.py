"""What commands print: tables of claims and verdicts, and one claim in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from symhet.render.accounts import ERROR, Account
from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for
from symhet.render.plain import PlainWriter
from symhet.render.readable import readable
from symhet.render.remarks import side_conditions, used_assumptions
from symhet.render.supposed import of_distribution

if TYPE_CHECKING:
    from rich.console import Console

    from symhet.claims import Claim

STYLES = {
    "given": "dim", "proved": "green", "proved-with": "yellow", "refuted": "red", "inconsistent": "magenta",
    "open": "cyan", ERROR: "bold red",
}  # fmt: skip
ORDER = tuple(STYLES)


def claims_table(claims: Sequence[Claim]) -> Table:
    """Return a table of claims: ID, kind and print."""
    table = _table("claim", "kind", "what", "printed")
    for claim in claims:
        for depth, entry in _indented(claim):
            table.add_row("  " * depth + entry.id, entry.kind, entry.title, _print_text(entry))
    return table


def _print_text(entry: Claim | Account) -> str:
    """Return a printed form as text; what is lost is marked."""
    return readable(entry.shown) if entry.printed is not None else f"[lost; reconstructed] {readable(entry.shown)}"


def _indented(claim: Claim, depth: int = 0) -> Iterator[tuple[int, Claim]]:
    yield depth, claim
    for part in claim.parts:
        yield from _indented(part, depth + 1)


def verdicts_table(told: Sequence[Account]) -> Table:
    """Return the table of verdicts."""
    table = _table("claim", "kind", "verdict", "evidence", "seconds")
    table.columns[-1].justify = "right"
    for depth, entry in (item for each in told for item in _levels(each)):
        verdict = Text(entry.verdict, STYLES[entry.verdict])
        first_line = entry.evidence.partition("\n")[0]
        table.add_row("  " * depth + entry.id, entry.kind, verdict, first_line, f"{entry.seconds:.2f}")
    return table


def reasons(told: Sequence[Account]) -> list[Text]:
    """Return a line for everything that is not simply proved or given: what is wrong, added or missing."""
    entries = [entry for each in told for _, entry in _levels(each)]
    listed = [e for e in entries if not (e.parts and e.statement is None) and e.verdict not in ("given", "proved")]
    return [
        Text.assemble((entry.id, "bold"), "  ", (entry.verdict, STYLES[entry.verdict]), f"  {readable_reason(entry)}")
        for entry in listed
    ]


def readable_reason(told: Account) -> str:
    """Return why a claim has its verdict, in plain text."""
    return " ".join((told.reason or told.evidence).split())


def _levels(told: Account, depth: int = 0) -> Iterator[tuple[int, Account]]:
    yield depth, told
    for part in told.parts:
        yield from _levels(part, depth + 1)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name in columns:
        fixed = name in ("claim", "kind", "verdict", "seconds")
        table.add_column(name, overflow="fold", no_wrap=fixed, ratio=None if fixed else 1)
    return table


def counts(told: Sequence[Account], lost: bool = False) -> dict[str, int]:
    """Return how many claims, parts included, have each verdict: printed ones, or reconstructions of lost displays."""
    counted = Counter(entry.verdict for each in told for entry in each.walk() if (entry.printed is None) == lost)
    return {verdict: counted[verdict] for verdict in ORDER if counted[verdict]}


def summary_line(told: Sequence[Account]) -> str:
    """Return one line with the number of claims by verdict; reconstructions are counted apart."""
    printed, rebuilt = counts(told), counts(told, lost=True)
    line = f"{sum(printed.values())} claims: {_by_verdict(printed)}"
    if rebuilt:
        line += f"; {sum(rebuilt.values())} reconstructions of lost displays: {_by_verdict(rebuilt)}"
    return line


def _by_verdict(counted: dict[str, int]) -> str:
    return ", ".join(f"{number} {verdict}" for verdict, number in counted.items())


def print_account(told: Account, out: Console, key: str) -> None:
    """Print everything there is to tell about a claim."""
    writer = PlainWriter(notation_for(key))
    title = Text(told.id, "bold") + Text(f"  {told.title}" if told.title else "")
    out.print(title + Text(f"  ({told.kind}; {told.source})", "dim"))
    _print_block(
        out, "printed" if told.printed is not None else "reconstructed; the print is lost", [readable(told.shown)]
    )
    out.print(Text("\nverdict  ", "bold") + Text(told.verdict, STYLES[told.verdict]))
    _print_block(
        out, "evidence", [told.evidence, *([f"kernel rules: {', '.join(told.methods)}"] if told.methods else [])]
    )
    if told.severity is not None:
        follows = f"; follows from {told.root}" if told.root != told.id else ""
        _print_block(out, "severity", [f"{told.severity}{follows}"])
    summed_up = bool(told.parts) and told.statement is None
    _print_block(out, "remark", [told.reason] if told.reason and not summed_up else [])
    _print_block(out, "parts", [f"{part.id}: {part.verdict}    symhet show {part.id}" for part in told.parts])
    _print_block(out, "judged as", [writer.statement(told.statement)] if told.statement is not None else [])
    _print_block(out, "holds under", [f"{name}: {writer.statement(prop)}" for name, prop in told.conditions])
    _print_block(out, "counterexample", [f"{name} = {value}" for name, value in told.witness or ()])
    if told.failure is not None and told.failure != told.derived:
        _print_block(
            out, "where there hold", [f"{name}: {writer.statement(prop)}" for name, prop in told.failure.context]
        )
    _print_block(out, "true instead", [writer.statement(told.corrected)] if told.corrected is not None else [])
    _print_block(
        out,
        "from",
        [*(f"{name}: {writer.statement(prop)}" for name, prop in used_assumptions(told)), *_of_g(told, key)],
    )
    _print_derivation(told, out, writer)


def _of_g(told: Account, key: str) -> list[str]:
    """Return what is assumed of the distribution of productivity, as text."""
    sentence = of_distribution([told], LatexWriter(notation_for(key)))
    return (
        ["".join(readable(piece) if place % 2 else piece for place, piece in enumerate(sentence.split("$")))]
        if sentence
        else []
    )


def _print_derivation(told: Account, out: Console, writer: PlainWriter) -> None:
    if not told.lines:
        return
    out.print(Text("\nderivation", "bold"))
    for line in told.lines:
        out.print(Text(f"  {line.says}"))
        number = f"    {line.number}" if line.number else ""
        out.print(Text(f"      {writer.statement(line.prop)}{number}"))
        if conditions := side_conditions(line, told):
            out.print(Text(f"      provided {', '.join(map(writer.statement, conditions))}", "dim"))


def _print_block(out: Console, name: str, lines: Sequence[str]) -> None:
    if lines:
        out.print(Text(f"\n{name}", "bold"))
        for line in lines:
            out.print(Text(f"  {line}"))
