"""Each theorem behind a verdict is told with hypotheses of its own, in the table of verdicts and in the export."""

from functools import cache

import pytest
import sympy as sp

from symhet.claims import Verdict
from symhet.propositions import NEVER, And, Dense, Implies, Rel, gt, says_existence
from symhet.render.accounts import Account, Told
from symhet.render.blocks import Paragraph
from symhet.render.differences import counterexample, difference, further
from symhet.render.documents import Teller
from symhet.render.export.claims import Exporter
from symhet.render.export.renaming import RenamedWriter, Renaming
from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for
from symhet.render.remarks import stated, tidy, unstated
from symhet.render.setting import Setting
from symhet.render.witnesses import HOLDS, PRINT_FAILS
from tests.judged import accounts

PAPERS = ("kz", "bo")
FAULTY = (Verdict.REFUTED, Verdict.PROVED_WITH)


@cache
def rows(paper):
    return [entry for row in accounts(paper) for entry in row.walk() if entry.theorems]


class Recording(Teller):
    """Tells claims, and notes the statements that it displays and those that it names in a sentence."""

    def __init__(self, paper):
        writer = LatexWriter(notation_for(paper))
        super().__init__(writer, Setting((), (), writer))
        self.shown = []

    def formulas(self, prop, number=""):
        self.shown += [prop, *(prop.parts if isinstance(prop, And) else ())]
        return super().formulas(prop, number)

    def inline(self, props):
        self.shown += props
        return super().inline(props)


def told(teller, blocks):
    return " ".join(block.text for block in blocks if isinstance(block, Paragraph))


def single(props):
    return [part for prop in props for part in (prop.parts if isinstance(prop, And) else (prop,))]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_table_tells_each_theorem_with_its_own_hypotheses(paper):
    """An equation of the model may be referred to, and what is supposed of every distribution is one sentence."""
    for entry in rows(paper):
        teller = Recording(paper)
        text = told(teller, difference(entry, teller))
        for theorem in entry.theorems:
            assert theorem.goal in teller.shown or teller.writer.statement(theorem.goal) == entry.shown, entry.id
            conditions = {prop for _, prop in entry.conditions} if theorem is entry.derived else set()
            for prop in single(prop for _, prop in theorem.context if prop not in conditions):
                if isinstance(prop, Dense) or says_existence(prop):
                    assert "The distribution $G$" in text, entry.id
                elif prop not in teller.shown and tidy(prop) not in teller.shown:
                    assert isinstance(prop, Rel), (entry.id, str(prop))
                    assert prop.op == "=", (entry.id, str(prop))
                    assert "equations of the model" in text, entry.id


@pytest.mark.parametrize("paper", PAPERS)
def test_each_point_at_which_something_fails_is_told(paper):
    examples = 0
    for entry in rows(paper):
        teller = Recording(paper)
        text = told(teller, difference(entry, teller))
        failing = [theorem for theorem in entry.theorems if theorem.says == "fails"]
        assert all(theorem.at for theorem in failing), entry.id
        assert text.count(" at $") >= len({theorem.at for theorem in failing}), entry.id
        assert (PRINT_FAILS in text) == (entry.verdict in FAULTY), entry.id
        examples += len(failing)
    assert examples > 30


@pytest.mark.parametrize("paper", PAPERS)
def test_the_export_tells_all_that_holds_and_what_fails_where_nothing_does(paper):
    """Of a print that is put right the export shows what is true; of another it shows where it fails."""
    writer = RenamedWriter(notation_for(paper), Renaming())
    for entry in rows(paper):
        exporter, shown = Exporter(writer), []
        display = exporter._formula
        exporter._formula = lambda prop, *rest, shown=shown, display=display: (
            shown.extend((prop, *single([prop]))) or display(prop, *rest)
        )
        text = exporter.claim(entry)
        holding = [theorem for theorem in entry.theorems if theorem.says == "holds"]
        for theorem in holding or entry.theorems:
            assert theorem.goal in shown, entry.id
            short, long = stated(entry, writer, theorem if theorem is not entry.derived else None)
            assert {*short, *long} <= {*shown}, entry.id
            if unstated(entry, writer, theorem):
                assert "the model's equations" in text, entry.id
        if not holding:
            assert text.count("All hypotheses hold") == len(entry.theorems), entry.id


def test_a_claim_with_a_theorem_and_a_part_is_not_judged_by_the_part():
    [entry] = [entry for entry in rows("kz") if entry.id == "kz.fI-trade"]
    assert entry.parts
    assert not entry.by_parts
    assert entry.differs
    teller = Recording("kz")
    assert entry.reason
    assert told(teller, difference(entry, teller)).count("Both signs occur") == 1
    assert len([block for block in further(entry, teller) if getattr(block, "lead", "") == "Example."]) == 2
    assert not [*counterexample(entry, teller)] or entry.failure is not None


def test_what_is_proved_by_two_examples_is_not_told_as_a_print_that_fails():
    [entry] = [entry for entry in rows("kz") if entry.id == "kz.exporters-mass"]
    teller = Recording("kz")
    text = told(teller, difference(entry, teller))
    assert "printed form fails" not in text
    assert text.count("All hypotheses hold and it fails at") == 2


def test_an_example_is_told_as_one_and_not_as_what_fails():
    """That a claim holds somewhere is the theorem that its contrary fails: in the table and in the export alike."""
    a, b = sp.symbols("a b", positive=True)
    fails = Told("fails", gt(a, b), (), (("a", "1"), ("b", "2")))
    holds = Told("fails", Implies(gt(a, b), NEVER), (), (("a", "2"), ("b", "1")))
    entry = Account("kz.x", "claim", "A paper", "a > b", "", "refuted", "e", theorems=(fails, holds))
    for text in (
        told(teller := Recording("kz"), further(entry, teller)),
        Exporter(RenamedWriter(notation_for("kz"), Renaming())).claim(entry),
    ):
        assert "There is an economy in which" in text
        assert HOLDS in text
        assert "0 < 0" not in text
    assert teller.shown == [gt(a, b)]
