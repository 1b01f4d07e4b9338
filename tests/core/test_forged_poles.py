"""Hostile certificates: of what has no value, as where a division by zero cancels, nothing is proved."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import Survival
from symhet.algebra.total import total
from symhet.context import Context
from symhet.propositions import Or, eq, gt, le, lt, ne
from tests.core.forged import IDENTITY, SIGN, a, by, forged, known, p, q, refused, x, y, z


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
