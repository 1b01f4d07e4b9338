"""Section 3.2 before anyone moves: what relocation would pay whom, (13) and (14), figure 3 and Result 2."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, Witness, proved, proved_with, refuted
from symhet.derivation import Derivation
from symhet.papers.baldwin_okubo.model import (
    B,
    B_star,
    a_D,
    a_X,
    a_X_star,
    beta,
    delta,
    f,
    f_I,
    mbar,
    mbar_star,
    n,
    n_star,
    n_w,
    phi,
    s_E,
    s_n,
    sigma,
)
from symhet.papers.baldwin_okubo.shortrun import OPEN, larger_demand
from symhet.papers.baldwin_okubo.shortrun_model import (
    CORE,
    PORTABLE,
    SUNK,
    kept,
    opening,
    toll,
)
from symhet.propositions import And, Implies, Or, Prop, eq, gt, lt
from symhet.provers.tactics import (
    auto,
    combine,
    cut,
    identity,
    intro,
    lemma,
    linear,
    product,
    split,
    use,
)
from symhet.rules.base import Context

SOURCE = "Baldwin and Okubo, section 3.2"
R = sp.Rational
a, a_low = sp.symbols("a a_low", positive=True)

ACCOUNTS = {"footholds": Or((PORTABLE, SUNK))}
PROPORTION = a ** (1 - sigma) / (sigma * delta)
NORTH = PROPORTION * (B + phi * B_star)
SOUTH = PROPORTION * (B_star + phi * B)
GAIN_X = PROPORTION * (1 - phi) * (B - B_star)
GAIN_D = PROPORTION * (B - B_star)
GAIN_D_ANY = PROPORTION * (B + kept * phi * B_star) - toll / (sigma * delta) - PROPORTION * B_star
"""Gain of a D-type under either account of footholds."""

EXAMPLE = {
    sigma: 2, beta: 2, phi: R(1, 2), s_E: R(16, 25), f: 1, f_I: 1, a_D: 1, n_w: R(1, 2), s_n: R(16, 25),
    n: R(8, 25), n_star: R(9, 50), a_X: R(3, 8), a_X_star: R(4, 9), B: R(8, 9), B_star: R(3, 4),
    mbar: R(18, 25), mbar_star: R(12, 25), delta: R(1, 2),
}  # fmt: skip
"""An opening with whole exponents and rational cutoffs."""


def _opened(*more: str) -> Derivation:
    d = Derivation(opening().context(*CORE, *OPEN, *more))
    larger_demand(d)
    return d


def _general(extra: dict[str, Prop], whole: bool = False) -> Context:
    model = opening()
    start = model.whole_domain(*OPEN) if whole else model.context(*CORE, *OPEN)
    return Context({**start.hypotheses, **extra}, start.system, start.endogenous)


def _gain_exporter() -> Finding:
    d = Derivation(opening().context(*CORE, *OPEN))
    larger_demand(d)
    goal = And((eq(NORTH - SOUTH, GAIN_X), gt(GAIN_X, 0)))
    by_parts = split(auto(), product({"phi<1": 1, "B>B*": 1}, coefficient=PROPORTION))
    says = "An exporter keeps both beachheads, so moving changes only which demand bears the trade cost:"
    return proved(
        d, goal, by_parts, says, "the exporters meant are those of the South, a < a_X* with phi a_X*^(1-sigma) B = f"
    )


def _within() -> dict[str, Prop]:
    return {"a_X*<a": lt(a_X_star, a), "a<a_D": lt(a, a_D)}


def _gain_domestic() -> Finding:
    d = Derivation(_general({**ACCOUNTS, **_within(), "portable foothold": PORTABLE}))
    larger_demand(d)
    d.step("toll", eq(toll, 0), use("portable foothold"), "The beachhead moves along at no cost")
    d.step("kept", eq(kept, 0), use("portable foothold"), "and the Southern market is given up:")
    goal = And((eq(GAIN_D_ANY, GAIN_D), gt(GAIN_D, 0)))
    by_parts = split(identity("toll", "kept"), product({"B>B*": 1}, coefficient=PROPORTION))
    holding = proved(d, goal, by_parts, "A D-type that moves changes one market for the other:")
    failing = Derivation(_general({**ACCOUNTS, **_within()}, whole=True))
    witness = Witness({**EXAMPLE, a: R(1, 2), toll: 1, kept: 1})
    reason = (
        "holds if the beachhead is portable; with F sunk per market, as the text and Result 1 have it, the gain is "
        "a^(1-sigma)(B-(1-phi)B*)/(sigma delta) - F, lower, and negative for the least efficient firms"
    )
    return proved_with(holding, (("portable foothold", PORTABLE),), failing, witness, reason)


def _figure3() -> Finding:
    a_1, a_2 = a_low, a
    ends = {"a_low<a_X*": lt(a_low, a_X_star), **_within()}
    d = Derivation(_general({**ACCOUNTS, **ends, "sunk": SUNK}))
    larger_demand(d)
    d.step("toll", eq(toll, f), use("sunk"), "With footholds sunk, a mover pays for its Northern beachhead")
    d.step("kept", eq(kept, 1), use("sunk"), "and keeps the Southern one.")
    at = {a: a_X_star}
    touch = eq(GAIN_D_ANY.xreplace(at), GAIN_X.xreplace(at))
    d.step(
        "f",
        eq(f, phi * a_X_star ** (1 - sigma) * B),
        linear({"export*": -1}),
        "At the export cutoff the beachhead just pays:",
    )
    for name, low, high in (("fall X", a_1, a_X_star), ("fall D", a_X_star, a_2)):
        rising = lt(low ** (sigma - 1), high ** (sigma - 1))
        d.step(
            f"{name} root",
            rising,
            lemma("pow_mono", low, high, sigma - 1),
            "Lower costs mean larger sales:",
            kind="bound",
        )
        d.step(
            name,
            lt(high ** (1 - sigma), low ** (1 - sigma)),
            combine({f"{name} root": (low * high) ** (1 - sigma)}),
            "that is",
            kind="bound",
        )
    slope = gt(B - (1 - phi) * B_star, 0)
    d.step("slope", slope, combine({"B>B*": 1}), "A D-type's gain rises with its sales:", kind="bound")
    scale = 1 / (sigma * delta)
    low_side = lt(GAIN_X.xreplace(at), GAIN_X.xreplace({a: a_low}))
    high_side = lt(GAIN_D_ANY, GAIN_D_ANY.xreplace(at))
    by_parts = split(
        identity("toll", "kept", "f"),
        product({"phi<1": 1, "B>B*": 1, "fall X": 1}, coefficient=scale),
        product({"slope": 1, "fall D": 1}, "toll", "kept", coefficient=scale),
    )
    holding = proved(
        d, And((touch, low_side, high_side)), by_parts, "The two gains meet at the export cutoff and fall:"
    )
    printed = eq(GAIN_D.xreplace(at), GAIN_X.xreplace(at))
    failing = Derivation(opening().whole_domain(*OPEN))
    reason = (
        "with (13) and (14) as printed v_D/v_X = 1/(1-phi) at the export cutoff: the gain jumps up there, it neither "
        "touches nor falls throughout; with F charged to the mover it is continuous and falls, as the figure shows"
    )
    return refuted(failing, printed, Witness(EXAMPLE), reason, corrected=holding)


def _result2() -> Finding:
    order = {"a_low<a": lt(a_low, a), "a_low<a_X*": lt(a_low, a_X_star)}
    top = gt((1 - phi) * a_low ** (1 - sigma), a_X_star ** (1 - sigma))
    start = opening().context(*CORE, *OPEN)
    context = Context({**start.hypotheses, **order, "top": top}, start.system, start.endogenous)
    d = Derivation(context)
    larger_demand(d)
    rising = lt(a_low ** (sigma - 1), a ** (sigma - 1))
    d.step("sizes", rising, lemma("pow_mono", a_low, a, sigma - 1), "A more efficient firm sells more:", kind="bound")
    d.step(
        "sales",
        lt(a ** (1 - sigma), a_low ** (1 - sigma)),
        combine({"sizes": (a * a_low) ** (1 - sigma)}),
        "that is",
        kind="bound",
    )
    at = {a: a_low}
    gain = GAIN_X.xreplace(at)
    goal = And((Implies(lt(a, a_X_star), gt(gain, GAIN_X)), Implies(gt(a, a_X_star), gt(gain, GAIN_D))))
    beyond = cut(
        [
            ("root", lt(a_X_star ** (sigma - 1), a ** (sigma - 1)), lemma("pow_mono", a_X_star, a, sigma - 1)),
            ("less", lt(a ** (1 - sigma), a_X_star ** (1 - sigma)), combine({"root": (a * a_X_star) ** (1 - sigma)})),
            ("least", lt(a ** (1 - sigma), (1 - phi) * a_low ** (1 - sigma)), combine({"less": 1, "top": 1})),
        ],
        product({"least": 1, "B>B*": 1}, coefficient=1 / (sigma * delta)),
    )
    within = product({"phi<1": 1, "B>B*": 1, "sales": 1}, coefficient=1 / (sigma * delta))
    says = "The most efficient exporters gain more than any less efficient firm:"
    holding = proved(d, goal, split(intro("X", within), intro("D", beyond)), says)
    failing_context = opening().whole_domain(*OPEN)
    known = {**failing_context.hypotheses, **order}
    failing = Derivation(Context(known, failing_context.system, failing_context.endogenous))
    witness = Witness({**EXAMPLE, a_low: R(1, 3), a: R(1, 2)})
    reason = (
        "with (13) and (14) true of the firms below (1-phi)^(1/(sigma-1)) a_X*; less efficient exporters gain less "
        "than the D-types just above the export cutoff"
    )
    return proved_with(holding, (("top", top),), failing, witness, reason)


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "bo.eq13", "derived", f"{SOURCE}, equation (13)",
        r"v_X[a]=\frac{a^{1-\sigma}}{\delta\sigma}(1-\phi)(B-B^*)>0,\quad 0\le a\le a_X", _gain_exporter,
        title="gain of an exporter",
    ),
    Claim(
        "bo.eq14", "derived", f"{SOURCE}, equation (14)",
        r"v_D[a]=\frac{a^{1-\sigma}}{\delta\sigma}(B-B^*)>0,\quad a_X\le a\le a_D", _gain_domestic,
        title="gain of a D-type",
    ),
    Claim(
        "bo.fig3", "claim", f"{SOURCE}, figure 3", r"v_D[a_X]=v_X[a_X],\ v\text{ falls on }(0,a_D)", _figure3,
        title="gains touch at the export cutoff",
    ),
    Claim(
        "bo.result2", "result", f"{SOURCE}, Result 2",
        r"v_X[a]>v[a']\quad\text{for } a<a_X,\ a<a'", _result2,
        title="the most efficient exporters gain most",
    ),
)  # fmt: skip
