"""Attacks: each test tries to get something false past the kernel, most of them by ways that once succeeded.

A statement here is false somewhere, or its context has a point at which the statement fails; no certificate may prove
it. Where a rule was mended, a test next to the attack shows that the rule still does what it is for.
"""

from __future__ import annotations

import pytest
import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, Survival
from symhet.algebra.total import total
from symhet.context import Context
from symhet.errors import CertificateError, KernelError
from symhet.findings import Finding, Verdict
from symhet.propositions import And, Dense, ForAll, Iff, Implies, Or, Rel, UniqueRoot, eq, gt, lt, ne
from symhet.provers.base import Tactic
from symhet.theorems import Place, refute
from tests.core.forged import by, forged, known, proved, refused

x, y, z = sp.symbols("x y z", real=True)
p, q, r, a, b = sp.symbols("p q r a b", positive=True)
ONE = sp.S.One
IDENTITY, SIGN = forged("identity"), forged("sign")
WEAK = forged("weaken", {"proof": SIGN})
FALSE = lt(0, 0)


def rewrite(using: tuple[str, ...], then: Tactic, side: tuple = ()) -> Tactic:
    return forged("rewrite", {"using": using, "then": then, "side": side})


def cut(*steps: tuple, then: Tactic) -> Tactic:
    return forged("cut", {"steps": steps, "then": then})


def unevaluated(*factors: sp.Expr) -> sp.Expr:
    return sp.Mul(*factors, evaluate=False)


# --- poles that vanish while a goal is rewritten --------------------------------------------------------------


def test_a_pole_over_a_bound_variable_is_not_excluded_by_what_is_known_of_its_namesake() -> None:
    """x = 0 turns x/(p - 1) into 0; that p, the one of the context, is not 1 says nothing of every p."""
    goal = ForAll(p, eq(x / (p - 1), 0))
    then = forged("generalise", {"symbol": q, "then": IDENTITY})
    for fact in (ne(p, 1), gt(p, 1), eq(p, 5)):
        side = ((ne(p - 1, 0), by("h")),)
        refused(known(h=fact, zero=eq(x, 0)), goal, rewrite(("zero",), then, side))
        refused(known(h=fact, zero=eq(x, 0)), goal, rewrite(("zero",) + ("h",) * (fact.op == "="), then))


def test_nor_when_a_chart_moves_the_namesake() -> None:
    kept = a * (2 * r + 2 * b) - 2 * a * (r + b)
    goal = ForAll(p, eq(kept / (p - 1), 0))
    then = forged("generalise", {"symbol": sp.Symbol("s", positive=True), "then": IDENTITY})
    u, v = sp.symbols("u v", positive=True)
    args = {
        "coordinates": {u: p - 1, v: r + b},
        "map": {p: 1 + u, r: v - b},
        "positive": (forged("combine", {"terms": (("h", ONE),)}), SIGN),
        "then": then,
    }
    refused(known(h=gt(p, 1)), goal, forged("chart", args))


def test_a_pole_is_not_excluded_by_another_part_of_the_goal() -> None:
    """At y = 0 neither x/y = 0 nor 1/y = 1/y holds; in 0 = 0 or 1/y = 1/y nothing of the pole is left."""
    lost, defined = eq(x / y, 0), eq(1 / y, 1 / y)
    context = known(zero=eq(x, 0))
    refused(context, Or((lost, defined)), rewrite(("zero",), forged("choose", {"part": 0, "proof": IDENTITY})))
    vacuous = Implies(FALSE, defined)
    arrow = forged("intro", {"name": "no", "then": forged("absurd", {"proof": by("no")})})
    refused(context, And((lost, vacuous)), rewrite(("zero",), forged("split", {"parts": (IDENTITY, arrow)})))
    there = forged("intro", {"name": "left", "then": arrow})
    back = forged("intro", {"name": "right", "then": IDENTITY})
    both = forged("both", {"forward": there, "backward": back})
    refused(context, Iff(lost, vacuous), rewrite(("zero",), both))


def test_a_pole_in_a_premise_of_a_premise() -> None:
    """That it is not so that x/y = 0 is absurd says that y differs from zero."""
    goal = Implies(Implies(eq(x / y, 0), FALSE), FALSE)
    used = forged("use", {"name": "h", "premise": IDENTITY})
    refused(known(zero=eq(x, 0)), goal, rewrite(("zero",), forged("intro", {"name": "h", "then": used})))


def test_a_pole_in_an_assumed_premise() -> None:
    """What follows from an undefined premise need not follow from what the premise becomes."""
    fact = ForAll(p, Implies(eq((p - q) / y, 0), FALSE))
    specialise = forged("specialise", {"name": "h", "term": q, "positive": SIGN})
    used = forged("use", {"name": "here", "premise": IDENTITY})
    context = known(h=fact, pole=eq(y, 0))
    refused(context, FALSE, cut(("here", Implies(eq(0, 0), FALSE), specialise), then=used))
    kept = a * (2 * r + 2 * b) - 2 * a * (r + b)
    args = {
        "coordinates": {p: r + b},
        "map": {r: p - b},
        "positive": (SIGN,),
        "then": forged("use", {"name": "h", "premise": IDENTITY}),
    }
    refused(known(h=Implies(eq(kept / y, 0), FALSE), pole=eq(y, 0)), FALSE, forged("chart", args))


def test_an_instance_is_not_about_its_own_bound_variable() -> None:
    """At 2p the p of the fact is not the p of the context: that p differs from 1 does not make 2p - 1 other than 0."""
    pole = unevaluated(sp.S.Zero, 1 / (p - 1))
    premise = eq(sp.Add(pole, 1 / (p / 2 - 1), evaluate=False), 1 / (p / 2 - 1))
    fact = ForAll(p, Implies(premise, FALSE))
    instance = Implies(eq(1 / (p - 1), 1 / (p - 1)), FALSE)
    specialise = forged("specialise", {"name": "h", "term": 2 * p, "positive": SIGN})
    refused(known(h=fact, half=eq(p, sp.S.Half)), instance, specialise)


def test_a_pole_in_the_premise_of_what_is_refuted() -> None:
    """At x = y = 0 the premise has no value, so that the implication holds."""
    context, goal = known(zero=eq(x, 0), pole=eq(y, 0)), Implies(eq(x / y, 0), FALSE)
    point = {x: sp.S.Zero, y: sp.S.Zero}
    with pytest.raises(CertificateError):
        refute(context, goal, Place(point, None, goal))
    elsewhere = Place({**point, y: ONE}, None, goal)
    assert refute(known(zero=eq(x, 0)), goal, elsewhere).polarity == "fails"


def test_a_pole_that_goes_when_a_quantified_statement_is_opened() -> None:
    """0/(p - 1), kept as it is written, has no value at p = 1; SymPy makes it 0 when p gets another name."""
    pole = unevaluated(sp.S.Zero, 1 / (p - 1))
    assert pole != 0
    refused(Context(), ForAll(p, eq(pole, 0)), forged("generalise", {"symbol": q, "then": IDENTITY}))
    refused(Context(), ForAll(p, eq(pole, 0)), forged("generalise", {"then": IDENTITY}))
    harmless = unevaluated(sp.S.Zero, 1 / (p + 1))
    opened = forged("generalise", {"symbol": q, "then": IDENTITY})
    assert proved(Context(), ForAll(p, eq(harmless, 0)), opened).says == "holds"


# --- whole exponents that become others -----------------------------------------------------------------------


def test_a_number_is_not_replaced() -> None:
    """y squared exists for a negative y, y to the power x does not, though x is two."""
    two = eq(2, x)
    root = forged("powers", {"factors": (("power", 1 / x),), "side": ((gt(x, 0), by("positive")),)})
    positive = ("positive", gt(x, 0), forged("rewrite", {"using": ("back",), "then": SIGN}))
    back = ("back", eq(x, 2), forged("linear", {"terms": (("two", -ONE),)}))
    moved = ("power", eq(y**x, 4), forged("transported", {"name": "square", "using": ("two",)}))
    context = known(two=two, square=eq(y**2, 4))
    refused(context, eq(y**x, 4), moved[2])
    refused(context, eq(y, 4 ** (1 / x)), cut(back, positive, moved, then=root))
    goal = Implies(eq(y**2, 9), eq(y, 3))
    premise = forged("intro", {"name": "power", "then": root})
    refused(known(two=two, positive=gt(x, 0)), Implies(eq(y**2, 9), eq(y, 9**sp.S.Half)), rewrite(("two",), premise))
    refused(known(two=two), goal, rewrite(("two",), premise))


# --- integrals that diverge -----------------------------------------------------------------------------------


def _pole(low: sp.Expr) -> sp.Expr:
    return PowerIntegral(-2, low, 2)


def _above(end: sp.Expr, **other: object) -> Tactic:
    """Prove that the integral from zero exceeds the one from ``end``, by moving the lower end up from zero."""
    args: dict[str, object] = {
        "function": _pole(sp.S.Zero) - _pole(p),
        "variable": p,
        "start": sp.S.Zero,
        "end": end,
        "rising": True,
        "name": "n",
        "order": SIGN,
        "nonnegative": forged("weaken", {"equal": True, "proof": IDENTITY}),
        "slope": SIGN,
        "base": forged("weaken", {"equal": True, "proof": IDENTITY}),
    }
    return forged("monotone", {**args, **other})


def _diverging() -> Tactic:
    end, half = 1 / (q + 1), sp.Rational(1, 2)

    def value(low: sp.Expr) -> Tactic:
        premises = (SIGN, forged("weaken", {"equal": low == 2, "proof": IDENTITY if low == 2 else SIGN}), SIGN)
        return forged(
            "lemma", {"name": "power_integral", "arguments": (sp.Integer(-2), low, sp.S(2)), "premises": premises}
        )

    whole = _pole(sp.S.Zero)
    more = ("more", lt(_pole(sp.Integer(2)), whole), _above(sp.Integer(2)))
    nothing = ("nothing", eq(_pole(sp.Integer(2)), 0), value(sp.S(2)))
    first = forged("combine", {"terms": (("more", ONE),), "equations": (("nothing", -ONE),)})
    beyond = ("beyond", lt(_pole(end), whole), _above(end))
    part = ("part", eq(_pole(end), q + half), value(end))
    last = forged("combine", {"terms": (("beyond", ONE),), "equations": (("part", -ONE), ("name", ONE)), "rest": half})
    inner = cut(beyond, part, then=last)
    positive = cut(more, nothing, then=first)
    return forged("name", {"symbol": q, "term": whole, "as": "name", "positive": positive, "then": inner})


def test_an_integral_that_diverges_is_no_number() -> None:
    """If it were one it would exceed 1/e - 1/2 for every e, in particular for the reciprocal of itself plus one."""
    whole = _pole(sp.S.Zero)
    refused(Context(), lt(_pole(sp.Integer(2)), whole), _above(sp.Integer(2)))
    refused(Context(), lt(_pole(q), whole), _above(q))
    refused(Context(), FALSE, _diverging())
    for low in (sp.S.Zero, sp.Integer(-1), y):
        refused(Context(), eq(_pole(low), _pole(low)), IDENTITY)
        refused(Context(), lt(_pole(low), _pole(low) + 1), SIGN)
    refused(Context(), eq(PowerIntegral(x, 0, a), PowerIntegral(x, 0, a)), IDENTITY)
    refused(Context(), eq(PowerIntegral(x, 1, y), PowerIntegral(x, 1, y)), IDENTITY)


def test_an_integral_that_diverges_at_one_end_of_an_interval() -> None:
    shifted = _pole(sp.S.Zero) - _pole(p - 1)
    inside = ((gt(p - 1, 0), by("n_low")),)
    falls = forged("product", {"factors": (("n_low", -2),), "side": inside})
    shift = {"function": shifted, "start": ONE, "nonnegative": WEAK, "slope": falls, "domain": inside}
    refused(Context(), lt(_pole(sp.Integer(2)), _pole(sp.S.Zero)), _above(sp.Integer(3), **shift))
    domain = ((gt(p - 1, 0), forged("combine", {"terms": (("n_low", ONE),), "rest": ONE})),)
    step = ("above", gt(p, 1), forged("combine", {"terms": (("n_low", ONE),), "rest": ONE}))
    slope = cut(step, then=forged("product", {"factors": (("above", -2),), "side": domain}))
    shift |= {"function": _pole(ONE) - _pole(p - 1), "start": sp.Integer(2), "domain": domain, "slope": slope}
    good = _above(sp.Integer(3), **shift)
    assert proved(Context(), lt(_pole(sp.Integer(2)), _pole(ONE)), good).says == "holds"


def test_integrals_that_converge_are_numbers() -> None:
    for integral in (PowerIntegral(x, p, q), PowerIntegral(a - 1, 0, q), PowerIntegral(-sp.S.Half, 0, q)):
        assert proved(Context(), eq(integral, integral), IDENTITY).says == "holds"
    args = {"name": "power_integral_from_zero", "arguments": (a - 1, q), "premises": (SIGN, SIGN)}
    assert proved(Context(), eq(PowerIntegral(a - 1, 0, q), q**a / a), forged("lemma", args)).says == "holds"


# --- roots ----------------------------------------------------------------------------------------------------


def test_a_falling_function_without_tails_need_not_have_a_root() -> None:
    """-p falls from zero and has no positive root; as a level it may not depend on p."""
    args = {"slope": SIGN, "level": p, "tails": (), "level_positive": SIGN}
    refused(Context(), UniqueRoot(-p, p), forged("unique_root", args))
    refused(Context(), UniqueRoot(-p - 1, p), forged("unique_root", {**args, "level": p + 1}))
    refused(Context(), UniqueRoot(-ONE, p), forged("unique_root", {**args, "level": ONE}))


# --- what an equation that holds identically may be differentiated for ----------------------------------------


def _implicit(
    unknown: sp.Symbol, parameter: sp.Symbol, value: sp.Expr, equation: str, regular: Tactic = SIGN
) -> Tactic:
    args = {
        "unknowns": (unknown,),
        "parameter": parameter,
        "values": (value,),
        "equations": (equation,),
        "regular": regular,
    }
    return forged("implicit", args)


def test_the_support_does_not_move() -> None:
    """The median of a Pareto distribution moves with the lower end of its support."""
    system = {"support": eq(SUPPORT, p), "median": eq(Survival(r), sp.S.Half)}
    context = Context(system, frozenset(system), frozenset({SUPPORT, r}))
    inside = (
        "inside",
        gt(Density(r), 0),
        forged("lemma", {"name": "density_positive", "arguments": (r,), "premises": (by("dense"), by("in"))}),
    )
    sided = forged("apart", {"below": False, "proof": forged("combine", {"terms": (("inside", ONE),)})})
    context = context.having("in", lt(SUPPORT, r)).having("dense", Dense())
    refused(context, eq(total(r, p), 0), cut(inside, then=_implicit(r, p, sp.S.Zero, "median", sided)))


def test_an_unknown_function_need_not_be_continuous() -> None:
    """f(p) > 0 at a point says nothing of the points near by, where the system need not determine q then."""
    f = sp.Function("f")(p)
    context = Context({"one": eq((q - 2 * p) * f, 0), "in": gt(f, 0)}, frozenset({"one"}), frozenset({q}))
    side = ((gt(f, 0), by("in")),)
    step = ("two", eq(q, 2 * p), forged("linear", {"terms": (("one", 1 / f),), "side": side}), True)
    refused(context, eq(total(q, p), 2), cut(step, then=_implicit(q, p, sp.Integer(2), "two")))


def test_more_equations_than_unknowns_tie_down_the_parameters() -> None:
    """x = 2y and x = 3y meet in one point, not near it: what follows from their derivatives is not refuted there."""
    system = {"two": eq(x, 2 * y), "three": eq(x, 3 * y)}
    context = Context(system, frozenset(system), frozenset({x}))
    first = ("first", eq(total(x, y), 2), _implicit(x, y, sp.Integer(2), "two"))
    second = ("second", eq(total(x, y), 3), _implicit(x, y, sp.Integer(3), "three"))
    end = forged("combine", {"terms": (), "equations": (("first", ONE), ("second", -ONE)), "rest": ONE})
    refused(context, FALSE, cut(first, second, then=end))
    point = Place({x: sp.S.Zero, y: sp.S.Zero, z: sp.S.Zero}, None, FALSE)
    for determined in ({x}, {x, z}):
        with pytest.raises(CertificateError):
            refute(Context(system, frozenset(system), frozenset(determined)), FALSE, point)
    assert refute(Context(system), FALSE, point).polarity == "fails"


def test_a_system_that_holds_at_a_point_only_is_no_witness() -> None:
    """x = 2y and x = 3y + z^2 hold where all are zero, for no y above: nothing is known of derivatives there."""
    system = {"two": eq(x, 2 * y), "three": eq(x, 3 * y + z**2)}
    context = Context(system, frozenset(system), frozenset({x, z}))
    with pytest.raises(CertificateError):
        refute(context, ne(y, 0), Place({x: sp.S.Zero, y: sp.S.Zero, z: sp.S.Zero}, None, ne(y, 0)))
    below = {x: sp.Integer(-2), y: -ONE, z: ONE}
    assert refute(context, gt(y, 0), Place(below, None, gt(y, 0))).polarity == "fails"


# --- the seal -------------------------------------------------------------------------------------------------


def test_a_float_is_not_taken_for_a_rational_that_was_seen_before() -> None:
    for exact, odd in ((sp.S.Zero, sp.Float(0)), (ONE, sp.Float(1)), (ONE, sp.true), (sp.S.Half, sp.Float(0.5))):
        assert proved(Context(), eq(exact + p, exact + p), IDENTITY).says == "holds"
        refused(Context(), Rel("=", odd, odd), IDENTITY)


def test_a_finding_rests_on_theorems() -> None:
    for verdict in (Verdict.INCONSISTENT, Verdict.PROVED, Verdict.REFUTED, Verdict.PROVED_WITH):
        with pytest.raises(KernelError):
            Finding(verdict)
