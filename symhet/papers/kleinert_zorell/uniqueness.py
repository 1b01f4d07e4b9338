"""Appendix C: free entry has one root, where the zero-cutoff-profit curve crosses free entry from above."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import Survival, TailMoment
from symhet.claims import Claim, Finding, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kleinert_zorell.economies import economy, witness
from symhet.papers.kleinert_zorell.equilibrium import EVEN
from symhet.papers.kleinert_zorell.facts import PRICES, SPARE_S, above_one, offshoring_gains
from symhet.papers.kleinert_zorell.flows import charted
from symhet.papers.kleinert_zorell.model import (
    Lambda,
    f_e,
    f_ex,
    f_I,
    f_p,
    k,
    n,
    offshoring_first,
    phi_min,
    phi_off,
    tau,
)
from symhet.papers.kleinert_zorell.points import CUTOFFS
from symhet.papers.kleinert_zorell.sources import appendix
from symhet.propositions import And, ForAll, Implies, UniqueRoot, eq, ge, gt, le, lt
from symhet.provers.tactics import (
    auto,
    combine,
    cut,
    falling_tails,
    generalise,
    intro,
    lemma,
    monotone,
    sign,
    split,
)
from symhet.rules.base import Context

OFF_SCALE = (f_I / (f_p * (Lambda - 1))) ** (1 / k)
EX_SCALE = tau * (f_ex / (f_p * Lambda)) ** (1 / k)
"""The other cutoffs relative to the lowest, by (12) and (14)."""
x, y = sp.symbols("x y", positive=True)


def _layer(cutoff: sp.Expr) -> sp.Expr:
    """Return j at one price: what firms above a cutoff earn by a step, over its fixed cost."""
    return cutoff**-k * TailMoment(cutoff, k) - Survival(cutoff)


def _expected(lowest: sp.Expr) -> sp.Expr:
    """Return expected profit in units of labour with the lowest cutoff anywhere, the others moving with it."""
    return f_p * _layer(lowest) + f_I * _layer(OFF_SCALE * lowest) + n * f_ex * _layer(EX_SCALE * lowest)


def _curves() -> Derivation:
    d = Derivation(offshoring_first().context(*PRICES, "A.1"))
    offshoring_gains(d)
    return d


def _layers_of(lowest: sp.Expr) -> tuple[tuple[sp.Expr, sp.Expr], ...]:
    """Return fixed cost and cutoff of each step, in the coordinates of `above_one`."""
    scales = charted({"off": OFF_SCALE, "ex": EX_SCALE})
    return (f_p, lowest), (f_I, scales["off"] * lowest), (n * f_ex, scales["ex"] * lowest)


def _root() -> Finding:
    d = _curves()
    once = UniqueRoot(_expected(x) - f_e, x)
    tails = tuple((cost, cutoff, SPARE_S) for cost, cutoff in _layers_of(sp.Integer(1)))
    says = "Expected profit falls from infinity to zero as all cutoffs rise together; it meets the cost of entry once:"
    return proved(d, once, above_one(falling_tails(tails, f_e)), says)


def _crossing() -> Finding:
    """Average profit of survivors less its value under free entry has the sign of expected profit less f_e."""
    d = Derivation(_curves_at_equilibrium())
    offshoring_gains(d)
    d.recall("equilibrium", "In equilibrium expected profit is the cost of entry:")
    excess = _expected(y) - f_e
    falls, rises = above_one(sign()), above_one(sign())
    before = monotone(excess, y, phi_min, x, rising=False, slope=falls, base=combine({}, equations={"equilibrium": -1}))
    after = monotone(-excess, y, phi_min, x, slope=rises, base=combine({}, equations={"equilibrium": 1}))
    zcp, fe = _expected(x) / Survival(x), f_e / Survival(x)
    weight = {"gap": 1 / Survival(x)}
    left = cut([("gap", gt(_expected(x) - f_e, 0), before)], combine(weight))
    right = cut([("gap", gt(f_e - _expected(x), 0), after)], combine(weight))
    parts = (
        ForAll(x, Implies(lt(x, phi_min), gt(zcp, fe))),
        ForAll(x, Implies(lt(phi_min, x), lt(zcp, fe))),
    )
    tactic = split(*(generalise(intro("side", then)) for then in (left, right)))
    says = "So average profit exceeds what free entry asks for to the left of the root, and falls short to its right:"
    return proved(d, And(parts), tactic, says)


def _curves_at_equilibrium() -> Context:
    return offshoring_first().context(*PRICES, "A.1").having("equilibrium", eq(_expected(phi_min), f_e))


def _continuity() -> Finding:
    """A bound on how far expected profit falls between two cutoffs, which tends to zero with their distance."""
    d = _curves()
    slope = k / x * (_expected_sales(x))
    bound = ForAll(x, ForAll(y, Implies(lt(x, y), lt(_expected(x) - _expected(y), slope * (y - x)))))
    z = sp.Symbol("z", positive=True)
    table = charted({"slope": slope, "x": _expected(x), "z": _expected(z)})
    function = table["slope"] * (z - x) - table["x"] + table["z"]
    steps, terms = [("power", lt(x ** (1 + SPARE_S), z ** (1 + SPARE_S)), lemma("pow_mono", x, z, 1 + SPARE_S))], {}
    terms["power"] = sp.S.Zero
    for place, ((cost, low), (_, high)) in enumerate(zip(_layers_of(x), _layers_of(z), strict=True)):
        name = f"moment {place}"
        scale = low / x
        ordered = combine({"between_low": scale})
        shrinks = lemma("tail_moment_shrinks", low, high, SPARE_S, premises=(auto(), ordered))
        steps.append((name, le(TailMoment(high, SPARE_S), TailMoment(low, SPARE_S)), shrinks))
        terms[name] = SPARE_S * cost * low**-SPARE_S / x
        terms["power"] += SPARE_S * cost * scale**-SPARE_S * TailMoment(high, SPARE_S) / (x * z) ** (1 + SPARE_S)
    rises = cut(steps, combine(terms))
    tactic = above_one(generalise(generalise(intro("order", monotone(function, z, x, y, slope=rises)))))
    says = "Between two cutoffs expected profit falls by less than a multiple of their distance, so it never jumps:"
    return proved(d, bound, tactic, says)


def _expected_sales(lowest: sp.Expr) -> sp.Expr:
    layers = ((f_p, lowest), (f_I, OFF_SCALE * lowest), (n * f_ex, EX_SCALE * lowest))
    return sum(cost * at**-k * TailMoment(at, k) for cost, at in layers)


def _jump() -> Finding:
    d = Derivation(offshoring_first().whole_domain(*PRICES, *CUTOFFS, "support"))
    jump = f_p * (Lambda - 1) * phi_off**-k * TailMoment(phi_off, k)
    around = And((lt(x, phi_off), lt(phi_off, y)))
    statement = ForAll(x, ForAll(y, Implies(around, ge(_expected(x) - _expected(y), jump))))
    reason = (
        "Along the curve the other cutoffs move with the lowest one by (12) and (14), so the marginal survivor always "
        "sources at home and nothing switches: expected profit is continuous everywhere (the proved bound tends to "
        "zero with y - x). A jump by the size at which j switches price does not occur in the example."
    )
    point = {**economy(EVEN, 2, 3, 4), x: sp.Rational(199, 100), y: sp.Rational(201, 100)}
    values = witness(d, EVEN, point).point
    at = Witness({**values, x: point[x], y: point[y]}, EVEN)
    return refuted(d, statement, at, reason, corrected=_continuity())


CLAIMS = (
    Claim(
        "kz.C-unique",
        "claim",
        appendix("C"),
        r"\text{(C.3) identifies a unique cutoff } \hat\varphi_{min} \text{; the ZCP curve cuts FE from above; it has "
        r"a discontinuity at } \hat\varphi_{off}",
        parts=(
            Claim(
                "kz.C-unique.root",
                "claim",
                appendix("C"),
                r"\text{(C.3) identifies a unique cutoff } \hat\varphi_{min}",
                _root,
                title="existence and uniqueness",
            ),
            Claim(
                "kz.C-unique.cuts",
                "claim",
                appendix("C"),
                r"\text{the ZCP curve cuts the FE curve from above}",
                _crossing,
                title="crossing of the curves",
            ),
            Claim(
                "kz.C-unique.discontinuity",
                "claim",
                appendix("C"),
                r"\text{the ZCP curve has a discontinuity at } \hat\varphi_{off} \text{, where } \phi(\varphi) "
                r"\text{ switches price}",
                _jump,
                title="discontinuity of ZCP",
            ),
        ),
        title="unique equilibrium",
    ),
)
