"""The SymPy door reads what stands there, refuses what the language does not have, and gives back what it read."""

import pytest
import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, DensitySlope, Survival, TailMoment
from symhet.algebra.total import total
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.sympy_door import Door, from_sympy, statement_from_sympy, statement_to_sympy, to_sympy
from symhet.papers.bo.model import long_run, short_run_full
from symhet.papers.kz.model import offshoring_first as kleinert_zorell
from symhet.propositions import And, ForAll, Iff, Implies, Maximiser, Or, Rel, UniqueRoot, eq, lt

x, y = sp.symbols("x y", positive=True)
b = sp.Symbol("b", real=True)
X, Y, B = t.symbol("x"), t.symbol("y"), t.symbol("b", positive=False)
f = sp.Function("f")


class Sly(sp.Add):
    """A sum that means something else."""


TERMS = [
    (sp.Rational(-3, 4), t.number(-3, 4)),
    (x**2, t.whole_power(X, 2)),
    (b**-1, t.whole_power(B, -1)),
    (sp.sqrt(x), t.power(X, t.number(1, 2))),
    (x**b, t.power(X, B)),
    (sp.E, t.exp(t.ONE)),
    (sp.exp(b), t.exp(B)),
    (sp.log(x), t.log(X)),
    (sp.Pow(sp.E, b, evaluate=False), t.exp(B)),
    (Survival(x), t.survival(X)),
    (TailMoment(x, b), t.tail(X, B)),
    (Density(x), t.density(X)),
    (PowerIntegral(b, x, y), t.integral(B, X, Y)),
    (PowerIntegral(b, 0, y), t.integral_from_zero(B, Y)),
    (SUPPORT, t.SUPPORT),
    (total(x, y), t.total(X, Y)),
    (f(x, y), t.unspecified("f", (0, 0), X, Y)),
    (f(x, y).diff(y, 2), t.unspecified("f", (0, 2), X, Y)),
    (f(x**2).diff(x).args[-1], t.unspecified("f", (1,), t.whole_power(X, 2))),
    (sp.Mul(2, 3, evaluate=False), t.multiply(t.number(2), t.number(3))),
]


@pytest.mark.parametrize(("expr", "term"), TERMS, ids=str)
def test_a_term_crosses_and_comes_back(expr, term):
    assert from_sympy(expr) is term
    assert from_sympy(to_sympy(term, evaluate=False)) is term


STATEMENTS = [
    lt(x, y),
    Rel("!=", x, b),
    And((lt(x, y), eq(x, y))),
    Or((lt(x, y), eq(x, y))),
    Implies(lt(x, y), eq(x, y)),
    Iff(lt(x, y), eq(x, y)),
    ForAll(x, Or((lt(x, y), ForAll(y, lt(b, x + y))))),
    UniqueRoot(y - x**b, x),
    Maximiser(y * x - x**2, x, y / 2, sp.S.Zero, y),
    Maximiser(y * x - x**2, x, y / 2, sp.S.Zero, sp.oo),
]


@pytest.mark.parametrize("prop", STATEMENTS, ids=str)
def test_a_statement_crosses_and_comes_back(prop):
    read = statement_from_sympy(prop)
    assert statement_from_sympy(statement_to_sympy(read, evaluate=False)) is read


def test_nested_binders_lose_their_names():
    read = statement_from_sympy(ForAll(x, ForAll(y, lt(x, y))))
    assert read is s.forall(s.forall(s.lt(t.bound(1), t.bound(0))))


def test_relations_and_boolean_functions_of_sympy_are_statements():
    assert statement_from_sympy(sp.Lt(x, y)) is statement_from_sympy(sp.Gt(y, x)) is s.lt(X, Y)
    assert statement_from_sympy(sp.Implies(sp.Lt(x, y), sp.Ge(b, x))) is s.implies(s.lt(X, Y), s.le(X, B))
    assert statement_from_sympy(sp.Equivalent(sp.Lt(x, y), sp.Ne(b, x))).op is s.Op.IFF


@pytest.mark.parametrize(
    "expr",
    [
        sp.oo,
        sp.nan,
        sp.I,
        sp.pi,
        sp.Float(1.5),
        sp.Symbol("x"),
        sp.Symbol("x", positive=True, integer=True),
        sp.Symbol("x", negative=True),
        sp.Dummy("x", positive=True),
        sp.Symbol("x'", positive=True),
        sp.Symbol("D[x]", real=True),
        sp.Symbol("D[x,y]", positive=True),
        sp.log(8, 2, evaluate=False),
        sp.Add(evaluate=False) + sp.Max(x, y),
        sp.Abs(b),
        sp.sin(x),
        DensitySlope(x),
        Sly(x, y, evaluate=False),
        sp.Piecewise((x, x > 1), (y, True)),
        sp.Integral(x, (x, 0, 1)),
        sp.Derivative(f(x, x**2), x, evaluate=False),
        sp.Derivative(x**2 * y, x),
        sp.Integer(10) ** 4300,
        sp.Pow(x, 10**7),
        x + sp.Symbol("z", integer=True),
        "x + 1",
        1,
        None,
    ],
    ids=lambda expr: type(expr).__name__,
)
def test_what_the_language_does_not_have_is_refused(expr):
    with pytest.raises(Refusal):
        from_sympy(expr)


@pytest.mark.parametrize(
    "prop",
    [
        ForAll(b, lt(b, x)),
        ForAll(x + y, lt(b, x)),
        Maximiser(x, x, x, sp.S.Zero, y),
        Rel("<>", x, y),
        sp.Xor(sp.Lt(x, y), sp.Lt(x, b)),
        x,
    ],
    ids=str,
)
def test_what_is_no_statement_is_refused(prop):
    with pytest.raises(Refusal):
        statement_from_sympy(prop)


def test_totals_name_symbols_that_the_door_is_told():
    assert Door([b]).term(total(b, x)) is t.total(B, X)


def test_equal_looking_objects_are_told_apart():
    assert from_sympy(sp.Integer(1)) is t.ONE
    with pytest.raises(Refusal):
        from_sympy(sp.Float(1))


def test_deep_nesting_is_refused():
    deep = x
    for _ in range(400):
        deep = sp.exp(deep + 1, evaluate=False)
    with pytest.raises(Refusal):
        from_sympy(deep)


def test_what_the_papers_suppose_crosses_and_comes_back():
    for model in (kleinert_zorell(), long_run(), short_run_full()):
        door = Door(parameter.symbol for parameter in model.domain.parameters)
        props = [*model.domain.hypotheses().values(), *model.definitions.values(), *model.conditions.values()]
        assert len(props) > 10
        for prop in [*props, *model.facts.values()]:
            assert door.statement(statement_to_sympy(door.statement(prop))) is door.statement(prop)
