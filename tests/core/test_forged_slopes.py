"""Hostile certificates: the mean value theorem, and systems that are differentiated."""

from __future__ import annotations

import pytest
import sympy as sp

from symhet.algebra.tails import SUPPORT, Survival
from symhet.algebra.total import total
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.errors import SymhetError
from symhet.propositions import Prop, eq, gt, lt
from symhet.provers.base import Tactic
from symhet.provers.tactics import auto, implicit
from tests.core.forged import IDENTITY, SIGN, a, b, forged, known, p, proved, q, r, refused


def _monotone(function: sp.Expr, start: sp.Expr, end: sp.Expr, rising: bool = True, **proofs: Tactic) -> Tactic:
    args = {
        "function": function,
        "variable": p,
        "start": sp.S(start),
        "end": sp.S(end),
        "rising": rising,
        "name": "n",
        "order": SIGN,
        "nonnegative": forged("weaken", {"proof": SIGN}),
        "slope": SIGN,
        "base": forged("weaken", {"equal": True, "proof": IDENTITY}),
    }
    return forged("monotone", {**args, **proofs})


def test_a_function_rises_in_the_right_direction() -> None:
    good = _monotone(p**2 - 1, 1, 2)
    assert proved(Context(), gt(3, 0), good).says == "holds"
    refused(Context(), lt(3, 0), good)
    refused(Context(), gt(sp.Rational(-3, 4), 0), _monotone(p**2 - 1, 1, sp.S.Half))
    refused(Context(), gt(sp.Rational(-3, 4), 0), _monotone(p**2 - 1, 1, sp.S.Half, rising=False))
    refused(Context(), gt(-3, 0), _monotone(1 - p**2, 1, 2))


def test_a_function_may_not_jump_between_start_and_end() -> None:
    weak = forged("weaken", {"proof": SIGN})
    refused(Context(), gt(-1, 0), _monotone(1 / (3 - p), 2, 4, base=weak))
    refused(Context(), gt(-1, 0), _monotone(1 / (3 - p) + 1 / (p - 3) - 1 + p / q * 0, 2, 4, base=weak))


def test_a_function_may_not_jump_at_its_start() -> None:
    jumping = (p - 1) ** (-1 / sp.log(p - 1)) + p - 2
    end = sp.Rational(3, 2)
    refused(Context(), gt(jumping.xreplace({p: end}), 0), _monotone(jumping, 1, end))
    vanishing = 1 / (1 + 1 / (p - 1))
    assert vanishing.xreplace({p: sp.S.One}) == 0
    refused(Context(), gt(vanishing.xreplace({p: sp.Integer(2)}), 0), _monotone(vanishing, 1, 2))


def test_the_variable_of_the_mean_value_theorem_is_fresh() -> None:
    context = known(h=lt(p, 0))
    refused(context, gt(1, 0), _monotone(p - 1, 1, 2, slope=forged("combine", {"terms": (("h", sp.S.One),)})))
    refused(Context(), gt(p, 0), _monotone(q - p, p, 2 * p))


SYSTEM = Context({"price": eq(q, 2 * p), "output": eq(r, q * p)}, frozenset({"price", "output"}), frozenset({q, r}))
REGULAR, SINGLE = forged("sign", {"flip": True}), forged("sign")
"""That the Jacobian of two equations does not vanish, and that of one."""


def _implicit(goal: Prop, context: Context = SYSTEM, **args: object) -> tuple[Context, Prop, Tactic]:
    base = {"unknowns": (r,), "parameter": p, "values": (q,), "equations": ("output",), "regular": SINGLE}
    return context, goal, forged("implicit", {**base, **args})


def test_what_moves_with_the_parameter_is_no_constant() -> None:
    refused(*_implicit(eq(total(r, p), q)))


def test_only_identities_are_differentiated() -> None:
    context = Context({"here": eq(r, 6 * p)}, frozenset(), frozenset({r}))
    refused(*_implicit(eq(total(r, p), 6), context, values=(sp.Integer(6),), equations=("here",)))


def test_an_exogenous_symbol_that_an_identity_ties_down_is_not_exogenous() -> None:
    """q = 2p holds identically, so q moves with p whatever the context calls it."""
    context = Context(SYSTEM.hypotheses, SYSTEM.system, frozenset({r}))
    refused(*_implicit(eq(total(r, p), q), context))


def test_definitions_move_with_their_parameters() -> None:
    d = Derivation(Context({"output": eq(r, p * a)}, frozenset({"output"}), frozenset({r})))
    d.define("b", b, 2 * p, "A definition.")
    d.context = d.start = d.context.having("copy", eq(q, b), identically=True)
    d.context = d.start = Context(d.context.hypotheses, d.context.system, d.context.endogenous | {q})
    with pytest.raises(SymhetError):
        d.step("D", eq(total(q, p), 0), "", by=implicit({q: sp.S.Zero}, p, ("copy",), regular=auto()))


def test_singular_systems_determine_nothing() -> None:
    context = Context({"one": eq(q, q * p / p), "two": eq(0, 0 * r)}, frozenset({"one", "two"}), frozenset({q}))
    refused(*_implicit(eq(total(q, p), 5), context, unknowns=(q,), values=(sp.Integer(5),), equations=("one",)))
    squared = Context({"one": eq((r - p) ** 2, 0)}, frozenset({"one"}), frozenset({r}))
    refused(*_implicit(eq(total(r, p), 5), squared, values=(sp.Integer(5),), equations=("one",)))


def test_derivatives_are_of_symbols_with_names_that_can_be_told_apart() -> None:
    comma, bracket = sp.Symbol("a,b", positive=True), sp.Symbol("b,c", positive=True)
    assert total(comma, sp.Symbol("c")) == total(sp.Symbol("a"), bracket)
    context = Context({"one": eq(comma, 2 * p)}, frozenset({"one"}), frozenset({comma}))
    refused(*_implicit(eq(total(comma, p), 2), context, unknowns=(comma,), values=(sp.Integer(2),), equations=("one",)))


def test_namesakes_do_not_meet_in_one_theorem() -> None:
    twin = sp.Symbol("p", real=True)
    refused(Context(), gt(p + twin**2 + 1, twin**2), SIGN)


def test_the_support_is_not_a_parameter() -> None:
    context = Context({"one": eq(Survival(r), sp.S.Half + SUPPORT * 0)}, frozenset({"one"}), frozenset({r}))
    args = {"parameter": SUPPORT, "values": (sp.S.Zero,), "equations": ("one",)}
    refused(*_implicit(eq(total(r, SUPPORT), 0), context, **args))


def test_a_derivative_is_of_something_endogenous() -> None:
    args = {"unknowns": (q, a), "equations": ("price", "twin"), "values": (sp.Integer(2), sp.Integer(2))}
    context = SYSTEM.having("twin", eq(a, q), identically=True)
    refused(*_implicit(eq(total(a, p), 2), context, regular=REGULAR, **args))
