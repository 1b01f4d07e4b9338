"""Hostile certificates: coordinates, names and bound variables capture nothing, and maxima and roots are such."""

from __future__ import annotations

import pytest
import sympy as sp

from symhet.algebra.tails import Survival, TailMoment
from symhet.algebra.total import total
from symhet.context import Context
from symhet.propositions import ForAll, Maximiser, UniqueRoot, eq, gt, lt, ne
from symhet.provers.base import Tactic
from tests.core.forged import IDENTITY, SIGN, a, by, forged, known, p, q, r, refused, x, z


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
