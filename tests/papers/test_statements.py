"""What a claim is judged by says something, is told as whose statement it is, and in whole sentences."""

import re

import pytest

from symhet.claims import Verdict, given
from symhet.papers import ledger
from symhet.propositions import And, Dense, Prop, Rel, says_existence
from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for
from symhet.render.remarks import stated, tidy
from symhet.render.supposed import of_distribution
from tests.judged import accounts

PAPERS = ("kz", "bo")
WHOLE = [pytest.param(key, marks=pytest.mark.slow) for key in PAPERS]
SHARPER = re.compile(r"\.(exactly|thinning|pareto|equality|open)$")
"""Parts of claims that say more, or say when: no paper has them."""


def entries(key):
    return [entry for row in accounts(key) for entry in row.walk()]


def conjuncts(prop: Prop):
    if isinstance(prop, And):
        for part in prop.parts:
            yield from conjuncts(part)
    else:
        yield prop


def relations(prop):
    """Yield the relations of a statement, at whatever depth."""
    if isinstance(prop, Rel):
        yield prop
    elif isinstance(prop, tuple):
        for part in prop:
            yield from relations(part)
    elif isinstance(prop, Prop):
        for part in vars(prop).values():
            yield from relations(part)


@pytest.mark.parametrize("key", WHOLE)
def test_no_relation_of_a_statement_has_the_same_on_both_sides(key):
    judged = [entry for entry in entries(key) if entry.statement is not None]
    assert [entry.id for entry in judged if any(part.lhs == part.rhs for part in relations(entry.statement))] == []
    assert len(judged) > 100


@pytest.mark.parametrize("key", WHOLE)
def test_no_conclusion_is_a_hypothesis(key):
    for entry in entries(key):
        for theorem in entry.theorems:
            supposed = [prop for _, prop in theorem.context]
            assert theorem.says != "holds" or not any(part in supposed for part in conjuncts(theorem.goal)), entry.id


@pytest.mark.parametrize("key", WHOLE)
def test_conditions_are_hypotheses_of_the_theorem_that_is_shown(key):
    conditional = [entry for entry in entries(key) if entry.verdict == Verdict.PROVED_WITH and entry.conditions]
    for entry in conditional:
        [shown, *_] = [theorem for theorem in entry.theorems if theorem.says == "holds"]
        assert {prop for _, prop in entry.conditions} <= {prop for _, prop in shown.context}, entry.id
        assert any(theorem.says == "fails" and theorem.goal == shown.goal for theorem in entry.theorems), entry.id
    assert conditional


@pytest.mark.parametrize("key", WHOLE)
def test_every_hypothesis_that_is_no_equation_is_told_beside_the_statement(key):
    writer = LatexWriter(notation_for(key))
    proved = [entry for entry in entries(key) if any(theorem.says == "holds" for theorem in entry.theorems)]
    for entry in proved:
        told = {prop for props in stated(entry, writer) for prop in props} | {
            tidy(prop) for _, prop in entry.conditions
        }
        for _, hypothesis in entry.assumptions:
            for prop in conjuncts(hypothesis):
                if isinstance(prop, Dense) or says_existence(prop):
                    assert of_distribution([entry], writer), entry.id
                elif not (isinstance(prop, Rel) and prop.op == "="):
                    assert told & {prop, tidy(prop)}, (entry.id, str(prop))
    assert len(proved) > 100


@pytest.mark.parametrize("key", WHOLE)
def test_remarks_are_whole_sentences(key):
    remarks = {entry.id: entry.reason for entry in entries(key) if entry.reason and not entry.parts}
    for identifier, text in remarks.items():
        first = text.strip()[0]
        assert first.isupper() or not first.isalpha() or re.match(r"[a-z](\^|_| \d)", text), identifier
        assert text.rstrip().endswith((".", "!", "?")), identifier


SIGNS = {
    "kz": {"kz.exporters-mass", "kz.margins", "kz.share.open", "kz.R.4-variety.mass", "kz.fI-trade"},
    "bo": {"bo.fig5-south"},
}
"""Signs that are open: two statements fail, and none is claimed."""
TAKEN = {"bo.pro-rata", "bo.six-equations"}
"""Rows that are taken as given, for a reason."""


@pytest.mark.parametrize("key", PAPERS)
def test_what_is_argued_is_stated_first(key):
    argued = {claim.id for claim in ledger(key).walk() if claim.argue not in (None, given) and claim.states is None}
    assert argued - TAKEN == SIGNS[key]


@pytest.mark.parametrize("key", PAPERS)
def test_what_no_paper_says_is_told_as_added(key):
    for claim in ledger(key).walk():
        if SHARPER.search(claim.id):
            assert claim.added, claim.id
            assert claim.printed is None
        assert claim.shown
