"""Expressions survive the way to JSON and back, node by node, and bad data are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symhet.algebra.tails import Density, DensitySlope, Survival, TailMoment
from symhet.algebra.terms import from_json, to_json
from symhet.errors import TermError

x, y = sp.symbols("x y", positive=True)
r = sp.Symbol("r", real=True)
SYMBOLS = {symbol.name: symbol for symbol in (x, y, r)}
FUNCTIONS = {cls.__name__: cls for cls in (Survival, Density, DensitySlope, TailMoment)}
FUNCTIONS["f"] = sp.Function("f")

_leaves = st.sampled_from([x, y, r, sp.E, sp.S.Zero, sp.S.Half, sp.Integer(-7)]) | st.fractions(
    -9, 9, max_denominator=99
).map(lambda q: sp.Rational(q.numerator, q.denominator))


def _operations(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    evaluated = st.booleans()
    pair = st.tuples(inner, inner)
    return (
        st.builds(lambda p, e: sp.Add(*p, evaluate=e), pair, evaluated)
        | st.builds(lambda p, e: sp.Mul(*p, evaluate=e), pair, evaluated)
        | st.builds(lambda b, e: sp.Pow(b, e, evaluate=False), inner, inner)
        | st.builds(lambda u: sp.log(u, evaluate=False), inner)
        | st.builds(lambda u: sp.exp(u, evaluate=False), inner)
        | st.builds(lambda u: Survival(u), inner)
        | st.builds(lambda p: TailMoment(*p), pair)
        | st.builds(lambda u: FUNCTIONS["f"](u, x), inner)
    )


expressions = st.recursive(_leaves, _operations, max_leaves=12).filter(
    lambda e: not e.has(sp.nan, sp.zoo, sp.oo, sp.I, sp.Abs)
)


@given(expressions)
def test_round_trip(expr: sp.Expr) -> None:
    data = json.loads(json.dumps(to_json(expr)))
    again = from_json(data, SYMBOLS, FUNCTIONS)
    assert again == expr
    assert sp.srepr(again) == sp.srepr(expr)


@given(expressions, expressions)
@pytest.mark.parametrize("relation", [sp.Eq, sp.Ne, sp.Lt, sp.Le, sp.Gt, sp.Ge])
def test_round_trip_of_relations(relation: Any, left: sp.Expr, right: sp.Expr) -> None:
    statement = relation(left, right, evaluate=False)
    assert from_json(to_json(statement), SYMBOLS, FUNCTIONS) == statement


@pytest.mark.parametrize(
    "expr",
    [2 * (x + y), sp.Mul(2, x + y, evaluate=False), x / x**y, sp.oo, sp.sqrt(x * y), sp.exp(1), sp.exp(-x), x**2 / y],
)
def test_round_trip_of_what_sympy_likes_to_rewrite(expr: sp.Expr) -> None:
    assert sp.srepr(from_json(to_json(expr), SYMBOLS, FUNCTIONS)) == sp.srepr(expr)


@pytest.mark.parametrize(
    "expr",
    [
        sp.Float(0.5),
        sp.pi,
        sp.I,
        sp.nan,
        sp.zoo,
        -sp.oo,
        sp.sin(x),
        sp.Abs(r),
        sp.Piecewise((x, x > 1), (1, True)),
        sp.Integral(x, x),
        sp.Dummy("x"),
        sp.Wild("w"),
        sp.true,
    ],
)
def test_other_expressions_are_not_written(expr: sp.Basic) -> None:
    with pytest.raises(TermError, match="cannot be written"):
        to_json(expr)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ("x", "outermost"),
        ("", "outermost"),
        ("1/0", "outermost"),
        ("1.5", "outermost"),
        ("1e400", "outermost"),
        ("--1", "outermost"),
        ("1/-2", "outermost"),
        ("１", "outermost"),
        (" 1", "outermost"),
        ("1\n", "outermost"),
        ("9" * 5000, "outermost"),
        ("__import__('os')", "outermost"),
        (1, "outermost"),
        (None, "outermost"),
        (True, "outermost"),
        ({}, "outermost"),
        ([], "outermost"),
        ([[]], "outermost"),
        (["symbol"], "outermost"),
        (["symbol", "z"], "outermost"),
        (["symbol", "x", "y"], "outermost"),
        (["symbol", ["symbol", "x"]], "outermost"),
        (["call"], "outermost"),
        (["call", "eval", "1"], "outermost"),
        (["call", "Survival"], "outermost"),
        (["call", "Survival", "1", "2"], "outermost"),
        (["call", ["Survival"], "1"], "outermost"),
        (["add", "1"], "outermost"),
        (["add"], "outermost"),
        (["pow", "1", "2", "3"], "outermost"),
        (["log", "1", "2"], "outermost"),
        (["eq", "1"], "outermost"),
        (["sin", "1"], "item 0"),
        (["add", "1", ["mul", "2", "x"]], "item 2.2"),
        (["add", "1", ["pow", ["symbol", "z"], "2"]], "item 2.1"),
        (["add", "1", ["eq", "1", "2"]], "outermost"),
        (["call", "TailMoment", "1", "q"], "item 3"),
    ],
)
def test_malformed_data_are_refused(data: Any, where: str) -> None:
    with pytest.raises(TermError) as caught:
        from_json(data, SYMBOLS, FUNCTIONS)
    assert where in caught.value.where


def test_deep_data_are_refused_before_the_stack_overflows() -> None:
    data: Any = "1"
    for _ in range(5000):
        data = ["log", data]
    with pytest.raises(TermError, match="not an expression"):
        from_json(data, SYMBOLS, FUNCTIONS)


def test_relation_inside_a_function_is_refused() -> None:
    with pytest.raises(TermError, match="not an expression"):
        from_json(["call", "Survival", ["lt", "1", "2"]], SYMBOLS, FUNCTIONS)
