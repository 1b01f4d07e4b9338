"""What is said of a statement that is not proved: it is false, it does not follow, or nothing was found."""

import pytest
import sympy as sp

from symhet.context import Context
from symhet.derivation import Derivation
from symhet.errors import DerivationError, TermError
from symhet.propositions import And, Or, eq, gt, le, lt, ne, stated
from symhet.provers.failing import FALSE, NOT_IMPLIED, UNDECIDED
from symhet.provers.tactics import auto, combine, identity, sign
from symhet.theorems import proof_by, prove

x, y = sp.symbols("x y", positive=True)
# A name that no paper has: steps in a context of theirs wait for the theorem that is kept.
sigma = sp.Symbol("sigma_here", positive=True)
ABOVE = Context({"sigma>1": gt(sigma, 1)})


@pytest.mark.parametrize(("goal", "tactic", "verdict"), [
    (gt(sp.exp(x), 1 + x), sign(), UNDECIDED),
    (gt(x, y), auto(), NOT_IMPLIED),
    (eq(x * y, x + y), identity(), NOT_IMPLIED),
    (gt(sigma, 2), sign(), NOT_IMPLIED),
    (lt(sigma, 1), auto(), FALSE),
    (eq(x, x + 1), identity(), FALSE),
])  # fmt: skip
def test_three_sentences(goal, tactic, verdict):
    with pytest.raises(DerivationError) as raised:
        Derivation(ABOVE).step("last", goal, "So", by=tactic)
    assert raised.value.what == f"step 'last' {verdict}"
    assert raised.value.why.startswith("this was tried: " if verdict == UNDECIDED else "at ")
    assert ("its contrary follows" in raised.value.why) == (verdict == FALSE)


def test_a_true_statement_is_not_called_false():
    with pytest.raises(DerivationError) as raised:
        Derivation(Context()).step("root", eq(sp.sqrt(x + 1) * sp.sqrt(x + 1), x + 1), "So", by=sign())
    assert "not settled" in raised.value.what
    assert "does not follow" not in str(raised.value)


def test_the_point_meets_what_is_given():
    d = Derivation(Context({"sum": eq(x + y, 3), "x>y": gt(x, y)}))
    d.step("twice", gt(2 * x, 2 * y), "So", by=auto())
    with pytest.raises(DerivationError) as raised:
        d.step("far", gt(x, 2), "So", by=auto())
    point = dict(part.split(" = ") for part in raised.value.why.split(" all ")[0].removeprefix("at ").split(", "))
    values = {name: sp.Rational(value) for name, value in point.items()}
    assert values["x"] + values["y"] == 3
    assert values["y"] < values["x"] <= 2


def test_relations_of_sympy_are_statements():
    d = Derivation(Context({"a": sp.Gt(sigma, 1), "b": sp.Ne(x, y)}))
    assert d.context.hypotheses["a"] == gt(sigma, 1)
    d.step("one", sp.Gt(sigma, 1), "As given,", by=auto())
    assert d.prove(sp.Lt(1, sigma, evaluate=False), auto()).goal == lt(1, sigma)
    assert stated(sp.And(sp.Le(x, y), sp.Gt(x, 1))).parts
    assert isinstance(stated(sp.Or(sp.Le(x, y), sp.Gt(x, 1))), Or)
    assert isinstance(stated(And((gt(x, 1),))), And)
    assert [stated(sp.Eq(x, y)), stated(sp.Ne(x, y)), stated(sp.Le(x, y))] == [eq(x, y), ne(x, y), le(x, y)]


@pytest.mark.parametrize("goal", [sp.Gt(x + 1, x), sp.Eq(x, x), sp.Gt(0, x), True, x])
def test_what_is_no_statement_any_more_is_refused_in_words(goal):
    with pytest.raises(TermError, match=r"before symhet saw it|is no statement"):
        Derivation(Context()).step("last", goal, "So", by=auto())


def test_contradictory_hypotheses_are_said_and_shown(caplog):
    context = Context({"low": lt(sigma, 1), "high": gt(sigma, 2)})
    theorem = prove(context, lt(sigma, sigma), proof_by(context, lt(sigma, sigma), combine({"low": 1, "high": 1})))
    assert "contradicts itself" in caplog.text
    assert repr(theorem) == "<Theorem holds: sigma_here < sigma_here, given low: sigma_here < 1; high: 2 < sigma_here>"


def test_a_theorem_shows_what_it_supposes():
    assert repr(Derivation(Context()).prove(gt(x + 1, 1), auto())) == "<Theorem holds: 1 < x + 1, given nothing>"
    many = Context({f"h{i}": gt(x, i) for i in range(9)})
    assert repr(Derivation(many).prove(gt(x, 8), auto())).endswith("h5: 5 < x and 3 more>")
