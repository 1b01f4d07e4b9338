"""What documents say is assumed of the distribution is what the kernel and the theorem's hypotheses assume."""

import sympy as sp

from symhet.algebra.tails import Density, TailMoment
from symhet.claims import Claim, judge, proved
from symhet.context import Context
from symhet.core import distribution
from symhet.derivation import Derivation
from symhet.propositions import Dense, exists, gt
from symhet.provers.tactics import by, sign
from symhet.render.accounts import account
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation
from symhet.render.plain import PlainWriter
from symhet.render.remarks import used_assumptions
from symhet.render.supposed import CLASS, of_distribution

x, k = sp.symbols("x k", positive=True)
WRITER = LatexWriter(Notation())


def told(goal, tactic, **hypotheses):
    claim = Claim("kz.x", "claim", "A paper", "x", lambda: proved(Derivation(Context(hypotheses)), goal, tactic, "So"))
    return account(judge(claim))


def test_the_kernels_class_is_told():
    assert "no upper end" in CLASS
    assert "no upper end, S(x) > 0 everywhere" in distribution.__doc__
    assert "a\ndensity that is continuous off the breaks" in distribution.__doc__


def test_hypotheses_on_the_distribution_are_told_in_a_sentence():
    supposed = {"moment": exists(TailMoment(1, k)), "dense": Dense(), "at x": exists(Density(x)), "k>1": gt(k, 1)}
    shown = told(gt(TailMoment(x, k), 0), sign(), **supposed)
    sentence = of_distribution([shown], WRITER)
    for part in (CLASS, "a moment of an order above $k$ is finite", "$g$ is positive above", "a value at $x$"):
        assert part in sentence
    assert [name for name, _ in used_assumptions(shown)] == ["k>1"]


def test_nothing_is_told_that_a_theorem_does_not_suppose():
    sentence = of_distribution([told(gt(TailMoment(x, k), 0), sign(), moment=exists(TailMoment(1, k)))], WRITER)
    assert "positive above" not in sentence
    assert "a value at" not in sentence


def test_claims_without_a_distribution_suppose_nothing_of_it():
    assert of_distribution([told(gt(x, 1), by("x>1"), **{"x>1": gt(x, 1)})], WRITER) == ""


def test_what_is_supposed_of_the_distribution_can_be_printed():
    plain = PlainWriter(Notation())
    assert plain.statement(exists(TailMoment(1, k))) == "a moment of an order above k is finite"
    assert plain.statement(exists(Density(x))) == "g(x) has a value"
    assert plain.statement(Dense()).startswith("g > 0 above")
    assert WRITER.statement(exists(Density(x))) == r"g(x) \text{ has a value}"
    assert "is finite" in WRITER.statement(exists(TailMoment(1, k)))
    assert WRITER.statement(Dense()).startswith("g > 0")
