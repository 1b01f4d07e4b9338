"""Hostile certificates: each of these would prove something false, and the kernel must refuse it."""

from __future__ import annotations

from importlib import import_module

import pytest
import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.algebra.total import total
from symhet.context import Context
from symhet.core.lemmas import instance
from symhet.core.records import Hypothesis
from symhet.derivation import Derivation
from symhet.errors import CertificateError, SymhetError
from symhet.language.sympy_door import from_sympy
from symhet.propositions import And, ForAll, Iff, Implies, Maximiser, Or, Prop, Rel, UniqueRoot, eq, ge, gt, le, lt, ne
from symhet.provers.base import Tactic
from symhet.provers.tactics import auto, implicit
from symhet.theorems import Place, Theorem, genuine, prove, refute
from symhet.valuation import PiecewiseUniform
from tests.core.forged import by, forged, known, proved, refused

kernel = import_module("symhet.core.kernel")

x, y, z = sp.symbols("x y z", real=True)
p, q, r, a, b = sp.symbols("p q r a b", positive=True)
IDENTITY = forged("identity")
SIGN = forged("sign")
FALSE = lt(0, 0)


# --- division by zero that cancels before anyone looks ------------------------------------------------------


def test_a_cofactor_may_not_divide_by_the_equation_it_multiplies() -> None:
    refused(known(h=eq(x, 0)), eq(1, 0), forged("linear", {"terms": (("h", 1 / x),)}))


def test_nor_in_a_combination_of_inequalities() -> None:
    args = {"terms": (), "equations": (("h", -1 / x),), "rest": sp.S.Zero}
    refused(known(h=eq(x, 0)), le(1, 0), forged("combine", args))


def test_nor_in_the_differentiated_system() -> None:
    context = Context({"y": eq(p, 2 * q)}, frozenset({"y"}), frozenset({p}))
    gap = 2 * q - p
    args = {
        "unknowns": (p,),
        "parameter": q,
        "values": (sp.Integer(7),),
        "cofactors": (("y", (("y", 5 / gap),)),),
        "equations": ("y",),
        "regular": forged("sign", {"flip": True}),
    }
    refused(context, eq(total(p, q), 7), forged("implicit", args))


def test_a_ratio_of_zeros_is_no_power() -> None:
    refused(known(h=eq(0, x)), eq(0, 5), forged("powers", {"factors": (("h", 1),)}))
    refused(known(h=eq(x, 0)), eq(5, 0), forged("powers", {"factors": (("h", -1),)}))


def test_powers_need_positive_sides() -> None:
    refused(known(h=eq(x**2, y**2)), eq(x, y), forged("powers", {"factors": (("h", sp.S.Half),)}))


def test_rewriting_may_not_cancel_a_pole() -> None:
    """x/y = 1 and x/y = 0 both follow by rewriting when x = y = 0; together they say 0 = 1."""
    context = known(zero=eq(x, 0), same=eq(y, x))
    one = ("one", eq(x / y, 1), forged("rewrite", {"using": ("same",), "then": IDENTITY}))
    nil = ("nil", eq(x / y, 0), forged("rewrite", {"using": ("zero",), "then": IDENTITY}))
    end = forged("linear", {"terms": (("one", 1), ("nil", -1))})
    refused(context, eq(0, 1), forged("cut", {"steps": (one, nil), "then": end}))
    refused(context, *one[1:])
    refused(
        known(one=eq(x / y, 1), same=eq(z, x)),
        eq(x / z, 1),
        forged("rewrite", {"using": ("same",), "then": IDENTITY}),
    )


def test_rewriting_may_not_cancel_a_pole_in_a_hypothesis() -> None:
    context = known(same=eq(y, x), order=lt(0, 1))
    args = {"name": "order", "using": ("same",), "factor": sp.S.One}
    refused(context, lt(0, 1 + 1 / (x - y) - 1 / (x - y + 0 * z)), forged("transported", {**args, "name": "missing"}))
    refused(known(one=eq(1, 1)), eq(x / z, 0 + x / z), forged("transported", {"name": "one", "using": ()}))


def test_undefined_terms_are_not_ordered() -> None:
    """Trichotomy at 1/x excludes x = 0 in each of its three cases."""
    inverse = 1 / x
    step = (
        "order",
        Or((lt(inverse, 0), eq(inverse, 0), gt(inverse, 0))),
        forged("lemma", {"name": "trichotomy", "arguments": (inverse, sp.S.Zero), "premises": ()}),
    )
    below = forged("apart", {"below": True, "proof": forged("product", {"factors": (("case", -1),)})})
    equal = forged("absurd", {"proof": forged("weaken", {"equal": True, "proof": SIGN})})
    above = forged("apart", {"below": False, "proof": forged("product", {"factors": (("case", -1),)})})
    end = forged("cases", {"name": "order", "as": "case", "proofs": (below, equal, above)})
    refused(Context(), ne(x, 0), forged("cut", {"steps": (step,), "then": end}))
    refused(Context(), *step[1:])


def test_equations_and_inequalities_claim_that_their_sides_exist() -> None:
    refused(Context(), eq(1 / x, 1 / x), IDENTITY)
    refused(Context(), lt(1 / x, 1 / x + 1), SIGN)
    refused(Context(), eq(sp.log(x), sp.log(x)), IDENTITY)
    refused(Context(), eq(Survival(x), Survival(x)), IDENTITY)
    refused(known(h=lt(0, 1)), lt(1 / x, 1 / x + 1), by("h"))
    refused(known(h=lt(0, 1)), lt(1 / x, 1 / x + 1), forged("combine", {"terms": (("h", sp.S.One),)}))
    refused(known(h=lt(0, 1)), lt(1 / x, 1 / x + 1), forged("product", {"factors": (("h", 1),)}))
    refused(known(h=eq(1, 1)), eq(1 / x, 1 / x), forged("linear", {"terms": (("h", sp.S.One),)}))


def test_a_substitution_may_not_create_or_lose_poles_in_a_chart() -> None:
    args = {"coordinates": {}, "map": {y: x}, "positive": (), "then": IDENTITY}
    refused(Context(), eq(x / y, 1), forged("chart", args))


def test_zero_to_a_power() -> None:
    refused(known(h=eq(x, 0)), eq(x**a, 0), forged("rewrite", {"using": ("h",), "then": IDENTITY}))
    refused(known(h=eq(y, 0)), eq(x**y, 1), forged("rewrite", {"using": ("h",), "then": IDENTITY}))


def test_negative_bases() -> None:
    refused(Context(), eq((x**2) ** a, x ** (2 * a)), IDENTITY)
    refused(known(h=lt(x, 0)), eq((-x) ** a * (-1) ** a, x**a), IDENTITY)
    refused(Context(), eq(sp.sqrt(x) * sp.sqrt(y), sp.sqrt(x * y)), IDENTITY)
    refused(Context(), eq(sp.log(x**2), 2 * sp.log(x)), IDENTITY)


# --- charts, names, quantifiers -------------------------------------------------------------------------------


def _chart(coordinates: dict, mapping: dict, then: Tactic, *positive: Tactic) -> Tactic:
    return forged("chart", {"coordinates": coordinates, "map": mapping, "positive": positive, "then": then})


def test_a_coordinate_must_be_positive() -> None:
    refused(Context(), gt(p, 1), _chart({q: p - 1}, {p: 1 + q}, SIGN, SIGN))


def test_a_coordinate_must_be_fresh() -> None:
    context = known(h=gt(p, 1), bound=lt(q, 1))
    positive = forged("combine", {"terms": (("h", sp.S.One),)})
    refused(
        context,
        lt(p, 2),
        _chart({q: p - 1}, {p: 1 + q}, forged("combine", {"terms": (("bound", sp.S.One),)}), positive),
    )


def test_a_coordinate_may_not_be_a_real_symbol_or_a_derivative() -> None:
    refused(Context(), gt(p, 0), _chart({z: p}, {p: z}, SIGN, SIGN))
    refused(Context(), gt(p, 0), _chart({total(q, r): p}, {p: total(q, r)}, SIGN, SIGN))


def test_coordinates_may_not_define_each_other() -> None:
    u, v = sp.symbols("u v", positive=True)
    refused(Context(), gt(p, 0), _chart({u: v + 1, v: u + 1}, {p: p}, SIGN, SIGN, SIGN))


def test_the_old_symbols_must_come_back() -> None:
    refused(
        known(h=gt(p, 1)),
        gt(p, 2),
        _chart({q: p - 1}, {p: 2 + q}, SIGN, forged("combine", {"terms": (("h", sp.S.One),)})),
    )


def test_a_tail_is_not_a_constant() -> None:
    """Replacing a symbol must reach inside tails."""
    context = known(h=eq(p, 2 * q))
    refused(context, eq(Survival(p), Survival(q)), forged("rewrite", {"using": ("h",), "then": IDENTITY}))


def test_a_name_must_be_fresh_and_for_something_positive() -> None:
    refused(
        known(h=eq(q, 2)),
        eq(p, 2),
        forged(
            "name",
            {
                "symbol": q,
                "term": p,
                "as": "n",
                "positive": SIGN,
                "then": forged("linear", {"terms": (("h", 1), ("n", -1))}),
            },
        ),
    )
    refused(
        Context(),
        gt(x, 0),
        forged(
            "name",
            {
                "symbol": q,
                "term": x,
                "as": "n",
                "positive": SIGN,
                "then": forged("combine", {"terms": (), "equations": (("n", -1),), "rest": q}),
            },
        ),
    )


def test_what_is_proved_for_all_is_proved_for_a_fresh_symbol() -> None:
    body = lt(p, 2)
    refused(known(h=body), ForAll(p, body), forged("generalise", {"symbol": p, "then": by("h")}))
    refused(known(h=lt(q, 2)), ForAll(p, body), forged("generalise", {"symbol": q, "then": by("h")}))
    refused(Context(), ForAll(p, eq(p, q)), forged("generalise", {"symbol": q, "then": IDENTITY}))
    refused(Context(), ForAll(x, gt(x, -1)), forged("generalise", {"symbol": p, "then": SIGN}))


def test_an_instance_is_positive_and_captures_nothing() -> None:
    everywhere = ForAll(p, gt(p, 0))
    refused(known(h=everywhere), gt(x, 0), forged("specialise", {"name": "h", "term": x, "positive": SIGN}))
    nested = ForAll(p, ForAll(q, ne(p, 2 * q)))
    refused(known(h=nested), ForAll(q, ne(q, 2 * q)), forged("specialise", {"name": "h", "term": q, "positive": SIGN}))


def test_rewriting_captures_nothing() -> None:
    refused(
        known(h=eq(r, p)),
        ForAll(p, eq(r, p)),
        forged("rewrite", {"using": ("h",), "then": forged("generalise", {"then": IDENTITY})}),
    )
    inner = UniqueRoot(r - p, p)
    refused(known(h=eq(r, 2 * p)), inner, forged("rewrite", {"using": ("h",), "then": SIGN}))


def test_a_bound_variable_may_not_occur_in_the_maximiser_or_its_bounds() -> None:
    """Under 2p < p everything is concave; the p of the bound is another p."""
    args = {
        "nonnegative": forged("weaken", {"proof": SIGN}),
        "above": SIGN,
        "stationary": IDENTITY,
        "curvature": forged("combine", {"terms": (("within_low", sp.S.One / p),), "rest": sp.S.One}),
    }
    refused(Context(), Maximiser(q, p, 3 * p, 2 * p, sp.oo), forged("concave", args))


@pytest.mark.parametrize(
    "function",
    [
        pytest.param((p - 1) ** 2, id="convex"),
        pytest.param(1 / x - (p - 1) ** 2, id="without a value at x = 0"),
    ],
)
def test_what_has_no_maximum_is_refused_one(function: sp.Expr) -> None:
    args = {
        "nonnegative": forged("weaken", {"equal": True, "proof": IDENTITY}),
        "above": SIGN,
        "stationary": IDENTITY,
        "curvature": SIGN,
    }
    refused(Context(), Maximiser(function, p, sp.S.One, sp.S.Zero, sp.oo), forged("concave", args))


def test_a_root_needs_a_function_that_changes_sign_and_exists() -> None:
    flat = {
        "left": sp.S.One,
        "right": sp.Integer(2),
        "slope": SIGN,
        "above": SIGN,
        "below": SIGN,
        "left_positive": SIGN,
        "right_positive": SIGN,
    }
    refused(Context(), UniqueRoot(1 / p, p), forged("unique_root", flat))
    falling = {"slope": SIGN, "level": sp.S.Zero, "tails": (), "level_positive": SIGN}
    refused(Context(), UniqueRoot(-p, p), forged("unique_root", falling))
    pole = {**flat, "left": sp.Rational(1, 2), "right": sp.Integer(2)}
    refused(Context(), UniqueRoot(1 / (1 - p) - 1, p), forged("unique_root", pole))


def test_falling_tails_have_constant_weights_and_a_level() -> None:
    def root(weight: sp.Expr, level: sp.Expr) -> tuple[UniqueRoot, Tactic]:
        f = weight * (p**-a * TailMoment(p, a) - Survival(p)) - level
        args = {
            "slope": SIGN,
            "level": level,
            "tails": ((weight, sp.S.One, a, (SIGN, SIGN, SIGN)),),
            "level_positive": SIGN,
        }
        return UniqueRoot(f, p), forged("unique_root", args)

    refused(Context(), *root(q, sp.S.Zero))
    refused(Context(), *root(p, sp.S.One))
    refused(Context(), *root(-q, -sp.S.One))
    refused(Context(), *root(q, p))


# --- the mean value theorem -----------------------------------------------------------------------------------


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


# --- implicit differentiation ---------------------------------------------------------------------------------

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


# --- lemmas ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments", "goal"),
    [
        ("pow_gt_one", (p, q), gt(p**q, 1)),
        ("pow_lt_one", (p, q), lt(p**q, 1)),
        ("pow_mono", (p, q, a), lt(p**a, q**a)),
        ("pow_exponent", (p, a, b), lt(p**a, p**b)),
        ("bernoulli_above", (p, a), gt(p**a, 1 + a * (p - 1))),
        ("bernoulli_above", (sp.S.One, sp.Integer(2)), gt(1, 1)),
        ("bernoulli_below", (p, a), lt(p**a, 1 + a * (p - 1))),
        ("bernoulli_negative", (p, a), gt(p**a, 1 + a * (p - 1))),
        ("log_below_tangent", (p,), lt(sp.log(p), p - 1)),
        ("log_positive", (p,), gt(sp.log(p), 0)),
        ("log_negative", (p,), lt(sp.log(p), 0)),
        ("tail_excess", (p, x), gt(TailMoment(p, x), p**x * Survival(p))),
        ("tail_survival_falls", (p, p + 1), lt(Survival(p + 1), Survival(p))),
        (
            "tail_between_lower",
            (p, p + 1, a),
            lt(p**a * (Survival(p) - Survival(p + 1)), TailMoment(p, a) - TailMoment(p + 1, a)),
        ),
        (
            "tail_between_upper",
            (p, p + 1, a),
            lt(TailMoment(p, a) - TailMoment(p + 1, a), (p + 1) ** a * (Survival(p) - Survival(p + 1))),
        ),
        ("tail_moment_falls", (p, p + 1, a), lt(TailMoment(p + 1, a), TailMoment(p, a))),
        ("density_positive", (p,), gt(Density(p), 0)),
        ("power_integral", (-sp.S.One, p, q), eq(PowerIntegral(-1, p, q), 0)),
        ("power_integral", (a, x, q), eq(PowerIntegral(a, x, q), (q ** (a + 1) - x ** (a + 1)) / (a + 1))),
        ("power_integral_from_zero", (x, q), eq(PowerIntegral(x, 0, q), q ** (x + 1) / (x + 1))),
    ],
)
def test_lemmas_need_their_premises(name: str, arguments: tuple, goal: Prop) -> None:
    count = len(instance(name, tuple(map(from_sympy, arguments)))[0])
    for attempt in (SIGN, forged("weaken", {"proof": SIGN}), IDENTITY):
        refused(
            Context(),
            goal,
            forged("lemma", {"name": name, "arguments": arguments, "premises": (attempt,) * count}),
        )
    refused(Context(), goal, forged("lemma", {"name": name, "arguments": arguments, "premises": ()}))


def test_a_lemma_gives_its_own_conclusion_only() -> None:
    args = {"name": "pow_gt_one", "arguments": (1 + p, q), "premises": (SIGN, SIGN)}
    assert proved(Context(), gt((1 + p) ** q, 1), forged("lemma", args)).says == "holds"
    refused(Context(), lt((1 + p) ** q, 1), forged("lemma", args))
    refused(Context(), gt((1 + p) ** q, 2), forged("lemma", args))
    refused(Context(), gt((1 + p) ** q + 1 / x, 1 + 1 / x), forged("lemma", args))


# --- logic ----------------------------------------------------------------------------------------------------


def test_logic_is_not_abused() -> None:
    either = Or((lt(x, 0), gt(x, 0)))
    refused(known(h=either), gt(x, 0), forged("use", {"name": "h", "part": 1}))
    refused(known(h=either), gt(x, 0), forged("cases", {"name": "h", "as": "c", "proofs": (by("c"), by("c"))}))
    refused(known(h=either), gt(x, 0), forged("cases", {"name": "h", "as": "c", "proofs": (by("c"),)}))
    arrow = Implies(gt(x, 0), gt(x, 1))
    refused(known(h=arrow), gt(x, 1), forged("use", {"name": "h", "premise": SIGN}))
    refused(known(h=Iff(gt(x, 0), gt(x, 1))), gt(x, 0), forged("use", {"name": "h", "forward": True, "premise": SIGN}))
    refused(Context(), arrow, forged("intro", {"name": "h", "then": by("h")}))
    refused(
        Context(),
        Iff(gt(x, 0), gt(x, 1)),
        forged(
            "both",
            {
                "forward": forged("intro", {"name": "h", "then": by("h")}),
                "backward": forged(
                    "intro",
                    {"name": "h", "then": forged("combine", {"terms": (("h", sp.S.One),), "rest": sp.S.One})},
                ),
            },
        ),
    )
    refused(Context(), And((gt(p, 0), gt(x, 0))), forged("split", {"parts": (SIGN,)}))
    refused(known(h=le(0, 0)), FALSE, by("h"))
    refused(known(h=ge(x, 0)), gt(x, 0), forged("combine", {"terms": (("h", sp.S.One),)}))
    refused(known(h=gt(x, 0)), lt(x, 0), forged("combine", {"terms": (("h", -sp.S.One),)}))
    refused(known(h=gt(x, 0)), lt(x, 0), forged("product", {"factors": (("h", 1),), "coefficient": -sp.S.One}))
    refused(known(h=gt(x, 0)), gt(x * y, 0), forged("product", {"factors": (("h", 1),), "coefficient": y}))
    refused(known(h=gt(x, 0)), gt(x * y, 0), forged("combine", {"terms": (("h", y),)}))
    refused(known(h=gt(x * y, 0)), gt(x, 0), forged("combine", {"terms": (("h", sp.S.One),), "multiplier": y}))
    refused(known(h=lt(0, y)), eq(y, 0), by("h"))


def test_signs_are_of_manifestly_positive_things() -> None:
    refused(Context(), gt(x**2, 0), SIGN)
    refused(Context(), gt(p - q, 0), SIGN)
    refused(Context(), gt(Density(p), 0), SIGN)
    refused(Context(), gt(total(p, q), 0), SIGN)
    refused(Context(), gt(p * (q - 1) ** 2, 0), forged("sign", {"multiplier": (q - 1) ** -2}))
    refused(Context(), gt(SUPPORT, 0), SIGN)
    refused(Context(), gt(-p, 0), forged("sign", {"multiplier": -sp.S.One}))
    refused(Context(), gt(-p, 0), forged("sign", {"flip": True}))


# --- the language ---------------------------------------------------------------------------------------------


def test_terms_outside_the_language_are_refused() -> None:
    """y = x makes the integral of x y over x look like that of x squared: the language has no other binders."""
    integral = sp.Integral(x * y, (x, 0, 1))
    capture = forged("rewrite", {"using": ("h",), "then": IDENTITY})
    refused(known(h=eq(y, x)), eq(integral, sp.Integral(x**2, (x, 0, 1))), capture)
    refused(known(h=eq(integral, y)), eq(integral, y), by("h"))
    for odd in (sp.I, sp.oo, sp.nan, sp.zoo, sp.Float(0.1), sp.pi, sp.Abs(x), sp.sin(x), sp.floor(p)):
        refused(Context(), eq(odd, odd), IDENTITY)


@pytest.mark.parametrize("assumption", ["integer", "negative", "nonnegative", "even", "zero", "irrational", "complex"])
def test_symbols_have_no_assumptions_that_points_could_break(assumption: str) -> None:
    odd = sp.Symbol("m", **{assumption: True})
    refused(Context(), eq(odd, odd), IDENTITY)


def test_statements_are_of_the_known_classes() -> None:
    class Lie(Rel):
        @property
        def gap(self) -> sp.Expr:
            return sp.S.One

    refused(Context(), Lie("<", sp.S.One, sp.S.Zero), SIGN)
    refused(Context(), Rel(">", sp.S.Zero, sp.S.One), SIGN)
    refused(Context(), And([gt(p, 0)]), forged("split", {"parts": (SIGN,)}))  # type: ignore[arg-type]


# --- witnesses ------------------------------------------------------------------------------------------------


def denied(context: Context, goal: Prop, point: dict, distribution: PiecewiseUniform | None = None) -> None:
    with pytest.raises(CertificateError):
        refute(context, goal, Place(point, distribution, goal))


def test_a_witness_is_admissible() -> None:
    half = sp.Rational(1, 2)
    assert refute(known(h=lt(p, 1)), gt(p, half), Place({p: half}, None, gt(p, half))).polarity == "fails"
    denied(Context(), gt(p, 0), {p: sp.S.Zero})
    denied(Context(), gt(p, 0), {p: -half})
    denied(known(h=lt(p, 1)), lt(p, 1), {p: sp.Integer(2)})
    denied(Context(), gt(p + x, 0), {p: half})
    denied(Context(), gt(p, 1), {p: sp.Float(0.5)})
    denied(Context(), lt(p, 3), {p: sp.sqrt(5)})
    assert refute(Context(), lt(p, 2), Place({p: sp.sqrt(5)}, None, lt(p, 2))).polarity == "fails"
    denied(Context(), gt(p, 1), {p: sp.Integer(2)})


def test_hypotheses_exist_at_a_witness() -> None:
    denied(known(h=eq(1 / x, 1 / x)), ne(x, 0), {x: sp.S.Zero})
    denied(known(h=lt(1 / (1 + 1 / x), 1)), ne(x, 0), {x: sp.S.Zero})
    denied(known(h=eq(sp.sqrt(x) * sp.sqrt(y), -1)), gt(x, 0), {x: -sp.S.One, y: -sp.S.One})
    denied(known(h=eq(x**y, x**y)), gt(x, 0), {x: -sp.S.One, y: sp.S.Half})


def test_a_quantified_statement_fails_at_a_positive_value() -> None:
    denied(Context(), ForAll(x, gt(x, 0)), {x: -sp.S.One})
    goal = ForAll(p, gt(p, 1))
    assert refute(Context(), goal, Place({p: sp.S.Half}, None, goal)).polarity == "fails"


# --- the seal -------------------------------------------------------------------------------------------------


def _theorem() -> Theorem:
    return prove(known(h=gt(x, 0)), gt(x, 0), Hypothesis("h"))


def test_a_context_is_not_changed_through_the_mapping_it_was_made_from() -> None:
    given = {"h": gt(x, 0)}
    theorem = prove(Context(given), gt(x, 0), Hypothesis("h"))
    given.clear()
    assert "h" in theorem.context.hypotheses


def test_a_changed_field_is_noticed() -> None:
    theorem = _theorem()
    try:
        object.__setattr__(theorem, "goal", FALSE)
    except (AttributeError, TypeError):
        return
    assert not genuine(theorem)


@pytest.mark.parametrize(
    "malformed",
    [
        forged("no such rule"),
        forged("cut"),
        forged("linear", {"terms": 3}),
        forged("linear", {"terms": (("missing", 1),)}),
        forged("rewrite", {"using": ("h",), "then": None}),
        forged("chart", {"coordinates": None, "map": {}, "positive": (), "then": SIGN}),
        forged("specialise", {"name": "h"}),
        forged("lemma", {"name": "pow_gt_one", "arguments": (p,), "premises": ()}),
        forged("lemma", {"name": "pow_gt_one", "arguments": ("p", "q"), "premises": (SIGN, SIGN)}),
        forged("choose", {"part": 7, "proof": SIGN}),
        forged("implicit", {"unknowns": (1,), "parameter": p, "values": (1,), "equations": ("h",)}),
    ],
)
def test_malformed_certificates_are_certificate_errors(malformed: Tactic) -> None:
    refused(known(h=eq(p, q)), eq(q, p), malformed)
    refused(known(h=eq(p, q)), Or((eq(p, 3),)), malformed)


def test_identity_itself_still_works() -> None:
    assert proved(known(h=gt(p, 1)), eq(1 / (p - 1) * (p**2 - 1), p + 1), IDENTITY)
