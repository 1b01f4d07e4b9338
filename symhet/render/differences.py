"""Where a print and what is derived differ: both forms, why, and each theorem with the hypotheses that are its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symhet.claims import Verdict
from symhet.render.accounts import Account, Told
from symhet.render.blocks import Block, Heading, Paragraph
from symhet.render.prints import number_of, place_of, print_of
from symhet.render.remarks import stated, unstated
from symhet.render.supposed import of_one
from symhet.render.witnesses import FAILS, HOLDS, told_witness

if TYPE_CHECKING:
    from symhet.render.documents import Teller

SUPPOSES, GIVEN_THERE = "It supposes", "The hypotheses there are"
FAULTY = (Verdict.REFUTED, Verdict.PROVED_WITH)


def difference(told: Account, teller: Teller) -> Iterator[Block]:
    """Yield one place where the print and the derivation differ: both forms, why, and every theorem behind them."""
    teller.namer.forget()
    yield Heading(2, f"{told.id}: {told.title}" if told.title else told.id)
    yield Paragraph(f"{place_of(told.source)}: {told.verdict}. {teller.reason(told)}")
    yield from print_of(told, "Claimed:", number_of(told.source))
    if told.failure is not None and told.verdict in FAULTY:
        yield from counterexample(told, teller)
    if told.derived is not None and told.derived.says == "holds":
        yield Paragraph("Derived, under the condition below:" if told.conditions else "Derived:")
        yield from teller.formulas(told.derived.goal)
        yield from supposed(told, told.derived, teller)
    if told.conditions:
        yield Paragraph("Condition:" if len(told.conditions) == 1 else "Conditions:")
        yield from teller.together([prop for _, prop in told.conditions])
    yield from further(told, teller)


def counterexample(told: Account, teller: Teller) -> Iterator[Block]:
    """Yield where the print fails, what it is in symbols that fails there, and what holds there."""
    if told.failure is None:
        return
    if told.witness is not None:
        yield Paragraph(told_witness(told.witness, teller.notation), "Counterexample.")
    if teller.writer.statement(told.failure.goal) != told.shown:
        yield Paragraph("What fails there is")
        yield from teller.formulas(told.failure.goal)
    if told.derived is None or told.derived is told.failure:
        yield from supposed(told, told.failure, teller)
    elif told.failure.context != told.derived.context:
        yield from supposed(told, told.failure, teller, of_one(told.derived, teller.writer))


def further(told: Account, teller: Teller) -> Iterator[Block]:
    """Yield the other theorems on which a claim rests, each with its own hypotheses; all of them if none is derived."""
    shown = [told.derived] if told.derived is not None and told.derived.says == "holds" else []
    shown += [told.failure] if told.failure is not None and told.verdict in FAULTY else []
    for theorem in (theorem for theorem in told.theorems if not any(theorem is each for each in shown)):
        if any(theorem.goal == each.goal for each in shown):
            yield Paragraph("The same is proved under other hypotheses.")
        else:
            yield Paragraph(_said_of(theorem))
            yield from teller.formulas(theorem.example or theorem.goal)
        if theorem.at:
            said = HOLDS if theorem.example is not None else FAILS
            yield Paragraph(told_witness(theorem.at, teller.notation, said), "Example.")
        yield from supposed(told, theorem, teller)


def _said_of(theorem: Told) -> str:
    if theorem.example is not None:
        return "There is an economy in which"
    return "Proved as well:" if theorem.says == "holds" else "This does not follow:"


def supposed(told: Account, theorem: Told, teller: Teller, follows: str = "") -> Iterator[Block]:
    """Yield the hypotheses of a theorem, the long equations of the model in a word; not a sentence that follows."""
    other = theorem if theorem is not told.derived else None
    short, long = stated(told, teller.writer, other)
    words = SUPPOSES if theorem.says == "holds" else GIVEN_THERE
    named = [teller.inline(short)] if short else []
    if unstated(told, teller.writer, other):
        named.append("the other equations of the model" if short or long else "the equations of the model")
    if named:
        yield Paragraph(f"{words} {', and '.join(named)}{', and also' if long else '.'}")
    elif long:
        yield Paragraph(words)
    yield from teller.together(long)
    if (sentence := of_one(theorem, teller.writer)) != follows:
        yield Paragraph(sentence)
