"""Statement first: the print comes from what a claim states, and its argument is held to it."""

import pickle

import pytest
import sympy as sp

from symhet.claims import Finding, Verdict, judge, opened, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.errors import KernelError
from symhet.propositions import Prop, gt, lt
from symhet.provers.tactics import auto
from symhet.render.stating import Place

tau = sp.Symbol("tau_I", positive=True)
POSITIVE = gt(1 + tau, 1)
HERE = Place("A paper, section 1")


def argued(says: Prop) -> Finding:
    return proved(Derivation(Context()), says, auto(), "It exceeds one.")


def argued_otherwise(says: Prop) -> Finding:
    return argued(POSITIVE)


@HERE.claim("kz.y", POSITIVE, title="a claim", printed="y", lost=True)
def over_its_argument(says: Prop) -> Finding:
    return argued(says)


def declared(states, argue=argued, **more):
    return HERE.stated("claim", "kz.x", states, argue, title="a claim", **more)


def test_the_print_is_printed_from_the_statement_in_the_notation_of_the_paper():
    assert declared(POSITIVE).printed == r"1+\tau_I > 1"
    assert declared(POSITIVE, printed="x").printed == "x"


def test_what_is_stated_is_what_is_judged():
    assert judge(declared(POSITIVE)).finding.verdict is Verdict.PROVED


def test_an_argument_about_something_else_is_refused():
    with pytest.raises(KernelError, match="argued by something else than it states") as raised:
        judge(declared(lt(tau, 1), argued_otherwise))
    assert raised.value.where == "kz.x"


def test_an_argument_that_leaves_the_claim_open_says_nothing_else():
    assert judge(declared(POSITIVE, lambda says: opened(None, "nobody tried", 0))).finding.verdict is Verdict.OPEN


def test_a_claim_declared_over_its_argument_is_judged_and_sent_to_other_processes():
    assert (over_its_argument.id, over_its_argument.printed, over_its_argument.shown) == ("kz.y", None, "y")
    assert judge(pickle.loads(pickle.dumps(over_its_argument))).finding.statement == POSITIVE
