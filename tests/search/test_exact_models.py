"""Exact models of systems with powers: numbers for the exponents, elimination, lines through known points of conics."""

import re

from symhet.core.context import Context
from symhet.language import terms as t
from symhet.language.reading import Names
from symhet.language.statements import Op
from symhet.language.text import read_statement
from symhet.model.file import model_of
from symhet.model.toml import parse_document
from symhet.search import refute
from symhet.search.triangular import triangular


def asked(*lines):
    names = Names({name: t.symbol(name) for line in lines for name in re.findall(r"[A-Za-z]\w*", line)})
    *given, goal = [read_statement(line, names) for line in lines]
    return Context({f"given {index}": statement for index, statement in enumerate(given)}), goal


def test_a_second_point_of_a_circle_is_found_from_the_first():
    context, goal = asked("x^2 + y^2 = u^2 + v^2", "x < u")
    [plan] = triangular(context)
    assert len(plan.solved) == 2
    found = refute(context, goal)
    assert found is not None
    assert found.theorem.says == "fails"


def test_plans_leave_no_equation_and_each_value_needs_only_what_is_known_before():
    context, _ = asked("a*x = b", "x*y = a + b", "y^2*z = x", "x < y")
    for plan in triangular(context):
        known = set(plan.drawn)
        for symbol, value in plan.solved:
            assert set(value.leaves) <= known
            known.add(symbol)
        assert all(check.op is not Op.EQUAL for check in plan.checks)


def test_powers_to_symbols_become_whole_where_a_model_is_looked_for():
    context, goal = asked("1 < sigma", "B*a^(1-sigma) = f", "B*p*c^(1-sigma) = f", "p < 1", "a < 2*c")
    found = refute(context, goal)
    assert found is not None
    assert found.theorem.says == "fails"


ROOT = """title = "A root above a bound"
[parameters]
k = { above = 1 }
low = {}
high = { above = "low" }
[claims]
once = "exactly one x > low: x^k = high^k, rising"
"""


def test_a_root_above_a_bound_is_found_around_a_sum(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path))
    assert model_of(parse_document(ROOT)).check()["once"].verdict == "proved"
