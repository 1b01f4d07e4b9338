"""Hostile certificates: lemmas, logic, the language, witnesses and the seal are not abused."""

from __future__ import annotations

import pytest
import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.algebra.total import total
from symhet.context import Context
from symhet.core.corollaries import instance
from symhet.core.records import Hypothesis
from symhet.errors import CertificateError
from symhet.language.sympy_door import from_sympy
from symhet.propositions import And, ForAll, Iff, Implies, Or, Prop, Rel, eq, ge, gt, le, lt, ne
from symhet.provers.base import Tactic
from symhet.theorems import Place, Theorem, genuine, prove, refute
from symhet.valuation import PiecewiseUniform
from tests.core.forged import IDENTITY, SIGN, a, b, by, forged, known, p, proved, q, refused, x, y

FALSE = lt(0, 0)


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
