"""Section 4.2: the regime in which only exporters offshore, with its own cutoffs and free-entry condition."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import SUPPORT, Survival, TailMoment
from symhet.algebra.total import total
from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kleinert_zorell.aggregates import PRIMITIVES, accounting, price_index
from symhet.papers.kleinert_zorell.comparative import SYSTEM, WEIGHTS, joined, weight
from symhet.papers.kleinert_zorell.equilibrium import UNIT_D, UNIT_OFF, solve_layers
from symhet.papers.kleinert_zorell.facts import (
    PRICES,
    RELATIVE_PRICE,
    SPARE_L,
    SPARE_S,
    above_one,
    elastic,
    offshoring_gains,
)
from symhet.papers.kleinert_zorell.flows import charted
from symhet.papers.kleinert_zorell.groups import over_firms
from symhet.papers.kleinert_zorell.model import (
    Lambda,
    alpha,
    f_e,
    f_ex,
    f_I,
    f_p,
    k,
    n,
    offshoring_first,
    phi_ex,
    phi_I_w,
    phi_min,
    phi_off,
    phi_Y,
    sigma,
    tau,
    tau_I,
    w,
)
from symhet.papers.kleinert_zorell.notation import phi, r_F
from symhet.papers.kleinert_zorell.points import PRICES as DETERMINED
from symhet.papers.kleinert_zorell.points import example
from symhet.papers.kleinert_zorell.revenues import REVENUES
from symhet.papers.kleinert_zorell.sources import section
from symhet.papers.kleinert_zorell.strategies import ABROAD, export_only_profit, exporting_profit, home_profit
from symhet.papers.kleinert_zorell.terms import having
from symhet.propositions import And, Iff, Prop, Rel, eq, ge, gt, lt
from symhet.provers.tactics import (
    Tactic,
    both,
    combine,
    cut,
    fact,
    identity,
    implicit,
    lemma,
    linear,
    powers,
    sign,
    split,
    use,
)
from symhet.rules.base import Context

REACH = 1 + n * tau**-k
"""Sales of an exporter in all markets as a multiple of its sales at home."""

EARLY: dict[str, Prop] = {
    "ex pays": lt(f_p, tau**k * f_ex),
    "off late": lt(tau**k * f_ex * (Lambda - 1) * REACH, f_I),
}
"""Exporting takes a higher productivity than producing, and offshoring a higher one than exporting."""

CUTOFFS: dict[str, Rel] = {
    "cutoff_ex": eq(phi_ex, phi_min * tau * (f_ex / f_p) ** (1 / k)),
    "cutoff_off": eq(phi_off, phi_min * (f_I / (f_p * (Lambda - 1) * REACH)) ** (1 / k)),
}
FREE_ENTRY = offshoring_first().conditions["free entry"]

INDIFFERENCE: dict[str, Rel] = {
    "marginal producer": eq(home_profit(phi_min), 0),
    "marginal exporter": eq(export_only_profit(phi_ex), home_profit(phi_ex)),
    "marginal offshorer": eq(exporting_profit(phi_off), export_only_profit(phi_off)),
}
TAILS = {x: TailMoment(x, k) for x in (phi_min, phi_ex, phi_off)}
LAYERS = {
    "producing": ("marginal producer", "The least productive survivor earns nothing:", UNIT_D, f_p, phi_min),
    "exporting": (
        "marginal exporter",
        "At the export cutoff a firm that sources at home gains nothing by exporting:",
        n * tau**-k * UNIT_D,
        n * f_ex,
        phi_ex,
    ),
    "offshoring": (
        "marginal offshorer",
        "At the offshoring cutoff both sourcing modes of an exporter pay the same:",
        REACH * (UNIT_OFF - UNIT_D),
        f_I,
        phi_off,
    ),
}


def _cutoffs() -> Finding:
    context = offshoring_first().context(*PRICES, "A.1")
    d = Derivation(having(context, INDIFFERENCE))
    offshoring_gains(d)
    solve_layers(d, LAYERS)
    gain = eq(UNIT_OFF - UNIT_D, (Lambda - 1) * UNIT_D)
    says = "Offshoring multiplies variable profit by the offshoring factor:"
    d.step("factor", gain, elastic(identity("Lambda")), says, kind="substitute")
    rise = eq(REACH * (Lambda - 1) * UNIT_D, f_I * w / phi_off**k)
    d.step("late", rise, linear({"offshoring": 1, "factor": -REACH}), "so that", kind="substitute")
    divided = (powers({name: 1 / SPARE_S, "producing": -1 / SPARE_S}) for name in ("exporting", "late"))
    says = "Divide by the first of these equations and solve:"
    return proved(d, And(tuple(CUTOFFS.values())), split(*map(above_one, divided)), says)


def _ordered(d: Derivation) -> None:
    """Add the steps ``min<ex`` and ``ex<off`` from the conditions `EARLY`."""
    ex, off = tau**k * f_ex / f_p, f_I / (f_p * (Lambda - 1) * REACH)
    d.step("ex base", gt(ex, 1), combine({"ex pays": 1 / f_p}), "Exporting costs enough for", kind="bound")
    d.step("ex power", gt(ex ** (1 / k), 1), lemma("pow_gt_one", ex, 1 / k), "and so", kind="bound")
    ordered = elastic(combine({"ex power": phi_min}, "cutoff_ex"))
    d.step("min<ex", lt(phi_min, phi_ex), ordered, "Some survivors do not export:", kind="bound")
    later = combine({"off late": 1 / (f_p * SPARE_L * (1 + n * tau**-SPARE_S))})
    d.step("off base", lt(ex, off), above_one(later), "Offshoring costs enough for", kind="bound")
    d.step("off power", lt(ex ** (1 / k), off ** (1 / k)), lemma("pow_mono", ex, off, 1 / k), "and so", kind="bound")
    ordered = above_one(combine({"off power": phi_min}, "cutoff_ex", "cutoff_off"))
    d.step("ex<off", lt(phi_ex, phi_off), ordered, "Some exporters do not offshore:", kind="bound")


def _order() -> Finding:
    """Exporters come first, and then offshorers, exactly under the conditions `EARLY`."""
    d = Derivation(having(offshoring_first().context(*PRICES, "A.1"), CUTOFFS))
    offshoring_gains(d)
    ex, off = tau**k * f_ex / f_p, f_I / (f_p * (Lambda - 1) * REACH)
    says = "In powers the cutoffs of this regime are"
    d.step("ex power", eq(phi_ex**k, phi_min**k * ex), powers({"cutoff_ex": k}), says, kind="substitute")
    last = above_one(powers({"cutoff_off": SPARE_S}))
    d.step("off power", eq(phi_off**k, phi_min**k * off), last, "and", kind="substitute")
    pays, late = EARLY.values()
    unit = f_p / phi_min**SPARE_S
    later = unit * SPARE_L * (1 + n * tau**-SPARE_S)
    orders = And((lt(phi_min, phi_ex), lt(phi_ex, phi_off)))
    raised: list[tuple[str, Prop, Tactic]] = [
        ("first", orders.parts[0], use("premise")),
        ("second", orders.parts[1], use("premise", 1)),
        ("min raised", fact("pow_mono", phi_min, phi_ex, k), lemma("pow_mono", phi_min, phi_ex, k)),
        ("ex raised", fact("pow_mono", phi_ex, phi_off, k), lemma("pow_mono", phi_ex, phi_off, k)),
    ]
    forward = cut(
        raised,
        split(
            above_one(combine({"min raised": unit}, equations={"ex power": unit})),
            above_one(combine({"ex raised": later}, equations={"off power": later, "ex power": -later})),
        ),
    )
    lowered: list[tuple[str, Prop, Tactic]] = [
        ("ex pays", pays, use("premise")),
        ("off late", late, use("premise", 1)),
        ("ex base", gt(ex, 1), combine({"ex pays": 1 / f_p})),
        ("ex root", gt(ex ** (1 / k), 1), lemma("pow_gt_one", ex, 1 / k)),
        (
            "off base",
            lt(ex, off),
            above_one(combine({"off late": 1 / (f_p * SPARE_L * (1 + n * tau**-SPARE_S))})),
        ),
        ("off root", lt(ex ** (1 / k), off ** (1 / k)), lemma("pow_mono", ex, off, 1 / k)),
    ]
    backward = cut(
        lowered,
        split(
            elastic(combine({"ex root": phi_min}, "cutoff_ex")),
            above_one(combine({"off root": phi_min}, "cutoff_ex", "cutoff_off")),
        ),
    )
    says = "So some firms only export exactly where exporting is costly enough, and offshoring more so:"
    reason = "The regime is defined by the order of its cutoffs. That A.3 fails is neither necessary nor sufficient."
    return proved(d, Iff(orders, And((pays, late))), both(forward, backward), says, reason)


def _although_a_3_holds() -> Finding:
    model = offshoring_first()
    names = [name for name in model.domain.hypotheses() if not name.startswith(("A.2", "A.3"))]
    order = {"min<ex": lt(phi_min, phi_ex), "ex<off": lt(phi_ex, phi_off)}
    failing = Derivation(having(model.context(*names, *DETERMINED), {**CUTOFFS, **order}))
    changes = {f_I: sp.Integer(16), phi_I_w: sp.Rational(3, 4), phi_min: 1, phi_ex: 6, phi_off: 8}
    reason = (
        "Exporters can come first although A.3 holds, when foreign intermediates are only a little cheaper. In the "
        "counterexample f_p + f_I = 17 and f_ex tau^(sigma-1) = 36."
    )
    at = Witness({**example(*DETERMINED, changes=changes)})
    violated = ge(f_p + f_I, f_ex * tau**k)
    return refuted(
        failing,
        violated,
        at,
        reason,
        corrected=_order(),
        severity=Severity.SUBSTANCE,
        root="kz.A.2-violations.A.3-groups",
    )


def _free_entry() -> Finding:
    fixed = (-f_p * w, -(f_p + n * f_ex) * w, -(f_p + n * f_ex + f_I) * w)
    groups = (
        over_firms(UNIT_D, fixed[0], phi_min, phi_ex),
        over_firms(ABROAD * UNIT_D, fixed[1], phi_ex, phi_off),
        over_firms(ABROAD * UNIT_OFF, fixed[2], phi_off),
    )
    entry = {**INDIFFERENCE, "entry": eq(f_e * w, sum(groups))}
    d = Derivation(having(offshoring_first().context("sigma>1"), entry))
    solve_layers(d, LAYERS)
    d.recall("entry", "An entrant expects the profits of the three groups, and just recoups the cost of entry:")
    tails = {"producing": phi_min, "exporting": phi_ex, "offshoring": phi_off}
    terms = {name: -TAILS[x] / w for name, x in tails.items()}
    by_layers = elastic(linear(charted({"entry": -1 / w, **terms})))
    says = "Sum the gains of each step over the firms that take it:"
    reason = "Each step pays on its own and is linear in productivity to the power sigma - 1, as in the other regime."
    return proved(d, FREE_ENTRY, by_layers, says, reason)


def _start(*accounts: sp.Symbol) -> Derivation:
    """Return a derivation in this regime with ``gain``, ordered cutoffs, and moments compared."""
    model = offshoring_first()
    conditions = {**CUTOFFS, "free entry": FREE_ENTRY}
    given = {f"{symbol} def": eq(symbol, REVENUES[symbol]) for symbol in accounts}
    system = Context({**conditions, **given}, frozenset({*conditions, *given}), frozenset(accounts))
    context = joined(model.context(*PRICES, "A.1", "E_X", "support"), accounting(), system, Context(EARLY))
    d = Derivation(context)
    offshoring_gains(d)
    gain = eq(Lambda, RELATIVE_PRICE ** (-alpha * k))
    says = "In terms of technology and trade costs the factor is"
    by_prices = identity("Lambda", "p_I_off", "p_I_w", "p_I_d")
    d.step("gain", gain, by_prices, says, kind="substitute", identically=True)
    return d


def _moves(d: Derivation, parameter: sp.Symbol, *cutoffs: sp.Symbol) -> dict[sp.Symbol, sp.Expr]:
    """Add the derivatives of cutoffs (and the offshoring factor) as steps; return all slopes."""
    share = 1 - 1 / Lambda
    e = -alpha * weight(phi_off) / share / WEIGHTS if parameter == tau_I else -f_I * Survival(phi_off) / (k * WEIGHTS)
    shift = alpha / share if parameter == tau_I else 1 / k
    gain = -alpha * k * Lambda / tau_I if parameter == tau_I else sp.S.Zero
    rates = {phi_min: e, phi_ex: e, phi_off: e + shift}
    values = {Lambda: gain, **{x: x / parameter * rate for x, rate in rates.items()}}
    solved = implicit(values, parameter, SYSTEM, regular=above_one(sign()))
    says = "Differentiate the cutoffs and free entry of this regime, and solve:"
    for x in cutoffs:
        d.step(f"d{x}", eq(total(x, parameter), values[x]), solved, says, kind="differentiate")
        says = "and"
    return values


def _offshoring_cost() -> Finding:
    d = _start()
    _moves(d, tau_I, phi_min, phi_ex, phi_off)
    parts = (lt(total(phi_min, tau_I), 0), lt(total(phi_ex, tau_I), 0), gt(total(phi_off, tau_I), 0))
    signs = split(*(above_one(sign(f"d{x}")) for x in (phi_min, phi_ex, phi_off)))
    says = "Cheaper offshoring raises the cutoffs of production and of exporting, and lowers that of offshoring:"
    return proved(d, And(parts), signs, says)


def _fixed_cost() -> Finding:
    d = _start()
    _moves(d, f_I, phi_min, phi_ex)
    parts = (lt(total(phi_min, f_I), 0), lt(total(phi_ex, f_I), 0))
    signs = split(*(above_one(sign(f"d{x}")) for x in (phi_min, phi_ex)))
    return proved(d, And(parts), signs, "A lower fixed cost of offshoring raises both cutoffs too:")


def _exports() -> Finding:
    d = _start(r_F)
    price_index(d)
    d.recall(f"{r_F} def", "A firm of productivity phi that exports and offshores sells in a foreign market")
    unit = sigma * f_p * phi_Y * (phi / phi_min) ** k * Lambda * tau**-k
    solved = elastic(identity(f"{r_F} def", "P_X form", "p_off form", *PRIMITIVES))
    d.step("r_F", eq(r_F, unit), solved, "that is,", kind="substitute", identically=True)
    values = _moves(d, tau_I, phi_min)
    rate = r_F / tau_I * k * (-alpha - tau_I / phi_min * total(phi_min, tau_I))
    by_parts = implicit({**values, r_F: rate}, tau_I, (*SYSTEM, "r_F"), regular=above_one(sign()), using=("dphi_min",))
    d.step("dr_F", eq(total(r_F, tau_I), rate), by_parts, "It moves by", kind="differentiate")
    _ordered(d)
    fixed = eq(f_I, f_p * (Lambda - 1) * REACH * (phi_off / phi_min) ** k)
    says = "The cutoffs give the fixed costs of offshoring"
    d.step("f_I", fixed, above_one(powers({"cutoff_off": -SPARE_S})), says, kind="solve")
    fixed = eq(f_ex, f_p * (phi_ex / (tau * phi_min)) ** k)
    d.step("f_ex", fixed, powers({"cutoff_ex": -k}), "and of exporting,", kind="solve")
    for low, high in ((phi_min, phi_ex), (phi_ex, phi_off)):
        inside = {"support": 1, "min<ex": 1} if high == phi_ex else {"b<phi_ex": 1, "ex<off": 1}
        d.step(f"b<{high}", lt(SUPPORT, high), combine(inside), "Inside the support", kind="bound")
        falls = lemma("tail_moment_falls", low, high, k)
        d.step(
            f"T({high}) falls", fact("tail_moment_falls", low, high, k), falls, "fewer firms sell less:", kind="bound"
        )
    sales = TAILS[phi_min] + n * tau**-k * TAILS[phi_ex] + (Lambda - 1) * REACH * TAILS[phi_off]
    scale = alpha * r_F * k / (tau_I * sales)
    terms = {"T(phi_ex) falls": scale, "T(phi_off) falls": scale * REACH}
    falls = above_one(combine(charted(terms), "dr_F", "dphi_min", "f_I", "f_ex"))
    says = "Their exports rise when the cost falls, because firms that source at home lose:"
    return proved(d, lt(total(r_F, tau_I), 0), falls, says)


_PART = section("4.2")

CLAIMS = (
    Claim(
        "kz.A3-violated",
        "remark",
        _PART,
        r"\text{if only exporters offshore, lower } \tau_I \text{ still reallocates to the more productive, but raises "
        r"the export cutoff; lower } f_I \text{ does too; exports of the most productive rise}",
        parts=(
            Claim(
                "kz.A3-violated.cutoffs",
                "remark",
                _PART,
                None,
                _cutoffs,
                title="cutoffs where only exporters offshore",
                reconstruction=r"\hat\varphi_{ex} = \hat\varphi_{min}\tau\left(\frac{f_{ex}}{f_p}\right)"
                r"^{\frac{1}{\sigma-1}},\quad \hat\varphi_{off} = \hat\varphi_{min}\left(\frac{f_I}{f_p"
                r"(1+n\tau^{1-\sigma})}\right)^{\frac{1}{\sigma-1}}\left[\left(\frac{p_I^{off}}{p_I^d}\right)"
                r"^{\alpha(1-\sigma)}-1\right]^{\frac{1}{1-\sigma}}",
            ),
            Claim(
                "kz.A3-violated.order",
                "remark",
                _PART,
                r"\text{offshoring-only requires higher productivity than exporting-only}",
                _order,
                title="when only exporters offshore",
            ),
            Claim(
                "kz.A3-violated.only-if",
                "remark",
                _PART,
                r"\text{offshoring-only requires higher productivity than exporting-only} \;\Rightarrow\; "
                r"\text{A.3 is violated}",
                _although_a_3_holds,
                title="exporters first although A.3 holds",
            ),
            Claim(
                "kz.A3-violated.free-entry",
                "remark",
                _PART,
                None,
                _free_entry,
                title="free entry where only exporters offshore",
                reconstruction=r"f_pj(\hat\varphi_{min})+nf_{ex}j(\hat\varphi_{ex})+f_Ij(\hat\varphi_{off}) = f_e",
            ),
            Claim(
                "kz.A3-violated.tau_I-ex",
                "remark",
                _PART,
                r"\text{lower } \tau_I \text{ raises } \hat\varphi_{min} \text{ and the export cutoff}",
                _offshoring_cost,
                title="cutoffs and the cost of trading intermediates",
            ),
            Claim(
                "kz.A3-violated.f_I-ex",
                "remark",
                _PART,
                r"\text{lower } f_I \text{ raises the export cutoff}",
                _fixed_cost,
                title="export cutoff and the fixed cost of offshoring",
            ),
            Claim(
                "kz.A3-violated.exports",
                "remark",
                _PART,
                r"\text{exports of the most productive exporters rise when } \tau_I \text{ falls}",
                _exports,
                title="exports of the most productive",
            ),
        ),
        title="only exporters offshore",
    ),
)
