"""Average costs by checked steps: after relocation, with entry restored, and when trade opens and nobody has moved."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.before_facts import STAY
from symhet.papers.bo.relocation_facts import RATIO, D, R, X, balance
from symhet.papers.bo.shortrun_model import integrate, moment, total_cost
from symhet.papers.bo.symbols import cost_N, cost_S, share_N, share_S
from symhet.papers.bo.symbols import p as size
from symhet.propositions import eq, gt, le, lt
from symhet.provers.tactics import Tactic, auto, by, combine, identity, lemma, linear, transported
from symhet.steps import Step

p = m.s_E / (1 - m.s_E)
"""North's size relative to the South's."""

C0 = m.alpha / (m.alpha + 1)
"""Average cost of all producers relative to the least efficient: autarky's average is C0 a_D."""

D1, X1, R1 = m.a_D ** (m.alpha + 1), m.a_X ** (m.alpha + 1), m.a_R ** (m.alpha + 1)
"""The cutoffs in the units in which costs add up."""

PARTS = {
    m.Phase.XX: (
        (
            m.s_E * (D1 + m.phi * X1) + (1 - m.s_E) * (1 + m.phi) * R1,
            m.s_E * (D + m.phi * X) + (1 - m.s_E) * (1 + m.phi) * R,
        ),
        (m.phi * X1 - (1 + m.phi) * R1 + D1, m.phi * X - (1 + m.phi) * R + D),
    ),
    m.Phase.DD: (
        (m.s_E * D1 + (1 - m.s_E) * R1 + m.phi * X1, m.s_E * D + (1 - m.s_E) * R + m.phi * X),
        (D1 - R1, D - R),
    ),
}
"""Costs and sales of North and South in each phase at s_n = s_E, up to a common factor."""

AVERAGES = {phase: tuple(C0 * costs / sold for costs, sold in nations) for phase, nations in PARTS.items()}
"""Average costs of North and South at s_n = s_E in each phase."""

RESETTLED = (
    h.s_n_is_s_E,
    h.n,
    h.n_star,
    h.mbar,
    h.mbar_star,
    h.B,
    h.B_star,
    h.location,
    h.home,
    h.export,
    h.free_entry,
    h.phase,
)
"""Hypotheses of relocation followed by entry and exit."""


def settled(phase: m.Phase, *more: Step, whole: bool = False, smooth: bool = False) -> Derivation:
    """Return an empty derivation from relocation and entry; ``smooth`` if its equations are to be differentiated."""
    model = sr.resettled(phase)
    names = (*RESETTLED, *more)
    return (sr.Smooth if smooth else Derivation)(
        model.whole_domain(*names) if whole else model.context(*sr.CORE, *names)
    )


def averages(d: Derivation, phase: m.Phase, north: bool = True, south: bool = True) -> None:
    """Add, after the weights of `masses` and ``a_X<=a_D``, the steps ``average`` and ``average*``: closed forms.

    The South has an average only where it has firms: the hypothesis ``a_R<a_D``.
    """
    one, two, zero = 1 - m.sigma, 2 - m.sigma, sp.S.Zero
    ends = {"D": m.a_D, "X": m.a_X, "R": m.a_R}
    pairs = ("RD",) if phase is m.Phase.DD else ("XD", "RX")
    names: dict[Step, list[Step]] = {h.sales: [], h.cost: []}
    for name, power in ((h.sales, one), (h.cost, two)):
        sr.integrate(d, *((h.integral(name, end), power, zero, high) for end, high in ends.items()))
        sr.integrate(d, *((h.integral(name, pair), power, ends[pair[0]], ends[pair[1]]) for pair in pairs))
        names[name] = [h.integral(name, end) for end in (*ends, *pairs)]
    d.step(h.one_plus_alpha_above_0, gt(1 + m.alpha, 0), "Costs converge as sales do:")
    if north:
        made = PARTS[phase][0][1]
        d.step(h.made, gt(made, 0), "The North produces:")
        _average(d, phase, 0, names, (h.n, h.n_star, h.s_n_is_s_E))
    if south:
        southern_sales(d, phase)
        _average(d, phase, 1, names, ())


def _average(
    d: Derivation, phase: m.Phase, nation: int, names: dict[Step, list[Step]], shares: tuple[Step, ...]
) -> None:
    star = "*" if nation else ""
    mass = m.n_star if nation else m.n_w
    where = "South" if nation else "North"
    for kind, raw, value, exponent in zip(
        (h.cost, h.sales), sr.produced(phase)[nation], PARTS[phase][nation], (m.alpha + 1, m.alpha), strict=True
    ):
        goal = eq(raw, value * mass * m.rho / (exponent * m.a_D**m.rho))
        says = f"In the {where} {'costs' if kind is h.cost else 'sales'} add up to"
        d.step(h.all_between(kind, star), goal, says, by=identity(*names[kind], *shares))
    between = (h.cost_RD, h.sales_RD) if phase is m.Phase.DD and nation else ()
    average = identity(h.abar_in(star), h.all_cost_in(star), h.all_sales_in(star), *between)
    symbol = m.abar_star if nation else m.abar
    d.step(h.average_in(star), eq(symbol, AVERAGES[phase][nation]), "so that", by=average)


def southern_sales(d: Derivation, phase: m.Phase) -> None:
    """Add the steps ``R<D`` and, in XX, ``R<=X`` and ``made*``: the South produces, given ``a_R<a_D``."""
    d.step(h.R_below_D, lt(R, D), "Some firms stay South:")
    if phase is m.Phase.XX:
        weak = lemma("pow_mono_weak", m.a_R, m.a_X, m.alpha, premises=(auto(), by(h.phase), by(h.alpha_above_0)))
        if h.R_at_most_X not in d.context.hypotheses:
            d.step(h.R_at_most_X, le(R, X), "and no exporter below a_R:", by=weak)
        d.step(h.made_star, gt(m.phi * X - (1 + m.phi) * R + D, 0), "The South produces:")


def entry(d: Derivation, phase: m.Phase) -> None:
    """Add, to entry restored, ``ratio``, ``a_X<a_D``, ``a_D^rho``, ``a_D``, ``relocation`` and ``moved share``."""
    balance(d, phase)
    t = 1 / (m.sigma - 1)
    says = "The two cutoffs of a market stand in a fixed ratio:"
    ratio = d.step(h.ratio, eq(m.a_X, m.phi**t * m.a_D), says)
    d.step(h.xi_below_1, lt(m.phi**t, 1), "which lies below one;")
    d.step(h.a_X_below_a_D, lt(m.a_X, m.a_D), "exporters are a part of the producers:")
    d.step(h.a_X_at_most_a_D, le(m.a_X, m.a_D), "hence also")
    sr.integrate(d, (h.sales_D, 1 - m.sigma, 0, m.a_D), (h.firms_D, sp.S.Zero, 0, m.a_D))
    sr.integrate(d, (h.sales_X, 1 - m.sigma, 0, m.a_X), (h.firms_X, sp.S.Zero, 0, m.a_X))
    d.step(h.demand, eq(m.B, m.f * m.a_D ** (m.sigma - 1)), "Demand per firm is")
    known = (h.location_star, h.demand, h.sales_D, h.sales_X, h.firms_D, h.firms_X, h.ratio)
    d.step(h.location_star, eq(m.B_star, m.B), "the same in both nations;")
    free = transported(h.free_entry, *known, factor=(m.beta - 1) / m.f)
    d.step(h.power, eq(m.a_D**m.rho * (1 + m.Omega), m.kappa), "Free entry becomes", by=free)
    d.step(h.a_D_to_rho, eq(m.a_D**m.rho, m.kappa / (1 + m.Omega)), "so that")
    d.step(h.a_D, eq(m.a_D, (m.kappa / (1 + m.Omega)) ** (1 / m.rho)), "and")
    scale = (1 - m.s_E) * (1 - m.phi) if phase is m.Phase.XX else 1 - m.s_E
    says = "With the shares of autarky the cutoff of relocation is"
    moved = transported(h.shares, h.s_n_is_s_E, factor=-1 / scale)
    relocation = d.step(h.relocation, eq(R, RATIO[phase] * X), says, by=moved)
    share = eq(R, (p * m.Omega if phase is m.Phase.DD else RATIO[phase] * m.phi ** (m.beta - 1)) * D)
    d.step(h.moved_share, share, "or, relative to all sales,", by=transported(relocation, ratio))


z = p * m.Omega
"""(a_R/a_D)^alpha in DD once entry is restored."""

DD_AVERAGE = (1 - z ** (1 + 1 / m.alpha)) / (1 - z) * C0 * (m.kappa / (1 + m.Omega)) ** (1 / m.rho)


def dd_average(d: Derivation) -> None:
    """Add, to entry restored in DD, the steps ``z<1`` and ``closed``: the South's average cost in parameters."""
    entry(d, m.Phase.DD)
    averages(d, m.Phase.DD, north=False)
    d.step(h.z_below_1, lt(z, 1), "Some firms stay South:")
    d.step(h.share, gt(R / (z * D), 0), "and some move:")
    relative = (1 - z ** (1 + 1 / m.alpha)) / (1 - z) * C0 * m.a_D
    d.step(h.stay, gt(D - z * D, 0), "Southern sales are")
    d.step(h.R1, eq(R1, z ** (1 + 1 / m.alpha) * D1), "In the units of costs")
    scaled = d.step(h.scaled, eq(m.abar_star, relative), "Then")
    d.step(h.closed, eq(m.abar_star, DD_AVERAGE), "and with the cutoff", by=identity(scaled, h.a_D))


def mean_stay(d: Derivation, nation: str) -> None:
    """Add the step ``mean stay``: the average cost at the opening, each firm weighted with the value of its sales."""
    north = nation == "N"
    home, away = (STAY(m.B), STAY(m.B_star)) if north else (STAY(m.B_star), STAY(m.B))
    cutoff = STAY(m.a_X if north else m.a_X_star)
    exports, market, abroad = (h.exports_stay, h.North_stay, h.exporters_South_stay)
    own, other, xi, rival = share_N, share_S, cost_N, 1 / size
    if not north:
        exports, market, abroad = (h.exports_star_stay, h.South_stay, h.exporters_North_stay)
        own, other, xi, rival = share_S, share_N, cost_S, size
    names = (h.Y_S, h.Y_N, h.xi_N, h.xi_S, h.p)
    integrate(d, (h.cost_D, 2 - m.sigma, sp.S.Zero, m.a_D), (h.cost_X_stay, 2 - m.sigma, sp.S.Zero, cutoff))
    sold = home * moment(0, m.a_D) + m.phi * away * moment(0, cutoff)
    paid = home * total_cost(0, m.a_D) + m.phi * away * total_cost(0, cutoff)
    unit = m.rho / m.a_D**m.rho
    made = 1 - rival * other + own
    add = {h.sales_D: home * unit, exports: m.phi * away * unit, market: unit / m.alpha, abroad: unit / m.alpha}
    sold_stay = d.step(
        h.sold_stay, eq(sold, m.rho * m.f / m.alpha * made), "Without relocation sales are", by=linear(add, *names)
    )
    top_ = {
        h.cost_D: home * unit,
        h.cost_X_stay: m.phi * away * unit,
        market: m.a_D * unit / (m.alpha + 1),
        abroad: cutoff * unit / (m.alpha + 1),
    }
    value = m.rho * m.f / (m.alpha + 1) * m.a_D * (made - own + own * xi)
    paid_stay = d.step(h.paid_stay, eq(paid, value), "and costs", by=linear(top_, *names))
    average = h.abar if north else h.abar_star
    d.step(h.made_stay, gt(made, 0), "where sales are positive:", by=stay_positive(north))
    goal = eq(STAY(m.abar if north else m.abar_star), C0 * m.a_D * (made - own + own * xi) / made)
    d.step(h.mean_stay, goal, "The average is", by=identity(h.stay_of(average), paid_stay, sold_stay))


def stay_positive(north: bool) -> Tactic:
    """Sales at the opening are positive, for the home market's cutoff condition says so."""
    return combine({}, equations={h.cut_S if north else h.cut_N: 1 / m.phi})
