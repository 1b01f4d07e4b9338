"""What freer trade does without relocation: cutoffs, sales and masses of firms, and average productivity."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, proved_with, refuted
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import ratio, traded
from symhet.papers.bo.facts import TRADE, World, firms, trade_interior, with_second
from symhet.papers.bo.primitives import workers
from symhet.papers.bo.sources import section
from symhet.papers.bo.trade import EQUATIONS, FREE
from symhet.propositions import And, Implies, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

MOVING = tuple(sorted({m.phi, *m.trade().endogenous}, key=str))
FREER = World("2", MOVING)
"""The same economy with freer trade."""

phi_2 = FREER(m.phi)
Omega_2 = FREER(m.Omega)


@cache
def _both(*more: Step) -> Derivation:
    names = (*TRADE, h.s_E_above_half, h.phi_below_phi_S, *more)
    d = Derivation(with_second(m.trade(), names, FREER, {h.freer: lt(m.phi, phi_2)}))
    trade_interior(d, World())
    trade_interior(d, FREER)
    d.step(h.Omega_up, lt(m.Omega, Omega_2), "Freer trade raises")
    d.step(h.D_base, lt(m.kappa / (1 + Omega_2), m.kappa / (1 + m.Omega)), "and lowers")
    return d


def freer(*more: Step) -> Derivation:
    """Return a derivation that has solved two equilibria, the second with freer trade, with named further facts."""
    return _both(*more).fork()


def anywhere(*conditions: Step) -> Derivation:
    """Return a derivation from the whole domain, the equilibrium conditions of both economies, and named facts."""
    domain = tuple(m.trade().domain.hypotheses())
    return Derivation(with_second(m.trade(), (*domain, *EQUATIONS, *conditions), FREER, {h.freer: lt(m.phi, phi_2)}))


def exports(mass: sp.Expr, demand: sp.Expr, cutoff: sp.Expr, home: sp.Expr) -> sp.Expr:
    """Return the value of what a nation exports, given its mass of firms and the demand and cutoffs that they meet."""
    return mass * m.phi * demand * m.sales(0, cutoff) / home**m.rho


north_exports = exports(m.n, m.B_star, m.a_X, m.a_D)
south_exports = exports(m.N_star, m.B, m.a_X_star, m.a_D_star)


SOUTH, W, X = 1 - m.s_E, m.Omega, Omega_2
BOTH_BELOW = (FREE, (FREER.name(FREE[0]), FREER.prop(FREE[1])))
"""Trade is below the sustain point in both economies."""


def _rising_cutoffs(d: Derivation) -> tuple[Step, ...]:
    """Add what freer trade does to cutoffs and to demand per firm; return the names of the steps."""
    bases = via.fact("pow_mono", m.kappa / (1 + X), m.kappa / (1 + W), 1 / m.rho)
    D_power = d.step(h.D_power, bases, "so that")
    for star, own in (("", m.a_D), ("*", m.a_D_star)):
        falls = via.combine({D_power: 1}, h.of(own), h.two_for(own))
        d.step(h.a_D_falls_in(star), lt(FREER(own), own), "The domestic cutoff falls:", by=falls)
    low, high = W * m.kappa / (1 + W), X * m.kappa / (1 + X)
    d.step(h.X_base, lt(low, high), "Since")
    X_power = d.step(h.X_power, via.fact("pow_mono", low, high, 1 / m.rho), "we have")
    for star, out, foreign in (("", m.a_X, h.a_D_star), ("*", m.a_X_star, h.a_D)):
        rises = via.combine({X_power: 1}, h.of(out), h.two_for(out), foreign, h.two_for(foreign))
        d.step(h.a_X_rises_in(star), lt(out, FREER(out)), "The export cutoff rises:", by=rises)
    for star, own, demand in (("", m.a_D, m.B), ("*", m.a_D_star, m.B_star)):
        less = via.fact("pow_mono", FREER(own), own, m.sigma - 1)
        B_power = d.step(h.B_power_in(star), less, "Then")
        says = "Demand per firm falls, and with it the sales of firms that do not export:"
        falls = via.combine({B_power: m.f}, h.of(demand), h.two_for(demand))
        d.step(h.B_falls_in(star), lt(FREER(demand), demand), says, by=falls)
    effects = (h.a_X_rises_in, h.a_D_falls_in, h.B_falls_in)
    return tuple(effect(star) for effect in effects for star in ("", "*"))


def _size(d: Derivation) -> None:
    """Add the step ``size``: the North is large enough for its firms to gain on the South's."""
    d.step(h.apart, gt(SOUTH * (1 - W) * (1 - X), 0), "Because")
    d.step(h.size, gt(m.s_E * (1 + W * X) - SOUTH * (W + X), 0), "North is larger,")


@section("3.1.2").claim(
    "bo.trade-effects.cutoffs",
    And(
        (
            lt(m.a_X, FREER(m.a_X)),
            lt(m.a_X_star, FREER(m.a_X_star)),
            lt(FREER(m.a_D), m.a_D),
            lt(FREER(m.a_D_star), m.a_D_star),
            lt(FREER(m.B), m.B),
            lt(FREER(m.B_star), m.B_star),
        )
    ),
    title="share-shifting and selection",
    printed=r"\phi\uparrow:\quad a_X\uparrow,\ a_D\downarrow,\ \text{sales of D-types}\downarrow",
)
def _cutoffs(statement: Prop) -> Finding:
    d = freer()
    names = _rising_cutoffs(d)
    holding = proved(d, statement, via.split(*map(via.by, names)), "This holds in both nations.")
    reason = "Below the sustain point. Past it the North's cutoffs and sales do not depend on trade costs."
    share, innovation = ratio(4, 5), ratio(5, 9)
    point = traded(share, ratio(4, 5), innovation, FREER) | traded(share, ratio(3, 5), innovation)
    return proved_with(
        holding, BOTH_BELOW, anywhere(), Witness(point), reason, severity=Severity.SUBSTANCE, root="bo.eq9"
    )


@section("3.1.2").claim(
    "bo.trade-effects.masses",
    And((lt(m.n, FREER(m.n)), lt(FREER(m.N_star), m.N_star))),
    title="masses of firms",
    printed=r"\phi\uparrow:\quad n\uparrow,\ n^*\downarrow",
)
def _masses(statement: Prop) -> Finding:
    d = freer()
    _size(d)
    k = 1 / (m.beta * m.f)
    scale = k / ((1 + W) * (1 + X))
    fewer = {h.Omega_up: 1, h.size: 1, h.beta_above_1: 1, h.Omega_below_1: -1, h.Omega_below_1_2: -1}
    lost = via.product({h.phi_below_phi_S: 1, h.beta_above_1: 1, h.Omega_below_1: -1}, h.n, coefficient=k * W / (1 + W))
    shares = via.product(
        {h.Omega_up: 1, h.s_E_above_half: 1, h.Omega_below_1: -1, h.Omega_below_1_2: -1}, h.s_n, h.s_n_2, coefficient=2
    )
    true: tuple[tuple[Prop, via.Tactic], ...] = (
        (lt(FREER(m.N_star), m.N_star), via.product(fewer, h.N_star, h.N_star_2, coefficient=scale)),
        (
            lt(FREER(m.n + m.N_star), m.n + m.N_star),
            via.product({h.Omega_up: 1, h.beta_above_1: 1}, h.n_w, h.n_w_2, coefficient=scale),
        ),
        (lt(m.n / (m.n + m.N_star), FREER(m.n / (m.n + m.N_star))), shares),
        (lt(m.n, firms * m.s_E), lost),
    )
    says = "The South loses firms, as does the world; the North's share rises, but it has fewer firms than in autarky."
    holding = proved(d, And(tuple(prop for prop, _ in true)), via.split(*(proof for _, proof in true)), says)
    share, innovation = ratio(3, 5), ratio(1)
    point = traded(share, ratio(8, 15), innovation, FREER) | traded(share, ratio(5, 12), innovation)
    reason = (
        "The mass of Southern firms falls, but that of Northern firms need not rise: it is below its value of autarky, "
        "s_E (1-1/beta)/f, at every phi below the sustain point. What rises is the North's share of firms."
    )
    return refuted(
        anywhere(h.phi_below_phi_S), statement, Witness(point), reason, corrected=holding, severity=Severity.SUBSTANCE
    )


north_exporters, south_exporters = m.n * (m.a_X / m.a_D) ** m.rho, m.N_star * (m.a_X_star / m.a_D_star) ** m.rho
"""Masses of firms that export."""


@section("3.1.2").claim(
    "bo.trade-effects.exporters",
    And(
        (
            lt(north_exporters, FREER(north_exporters)),
            lt(south_exporters, FREER(south_exporters)),
            lt(north_exports + south_exports, FREER(north_exports + south_exports)),
        )
    ),
    title="exporters and exports",
    printed=r"\phi\uparrow:\quad\text{more firms in both nations export},\ \text{exports}\uparrow",
)
def _exporters(statement: Prop) -> Finding:
    d = freer()
    _size(d)
    for w in (World(), FREER):
        _exports(d, w)
    turn = lt(SOUTH * (1 + W * X), m.s_E * (W + X))
    bounded_by = {h.Omega_up: 1, h.Omega_below_1: -1, h.Omega_below_1_2: -1}
    north = via.product({**bounded_by, h.size: 1}, h.exports, h.exports_2, coefficient=1 / ((1 + W) * (1 + X)))
    world = via.product({h.Omega_up: 1}, h.all_exports, h.all_exports_2, coefficient=1 / ((1 + W) * (1 + X)))
    scale = 1 / ((1 + W) * (1 + X))
    lost = via.product({**bounded_by, h.turn: 1}, h.exports_star, h.exports_star_2, coefficient=scale)
    fewer = via.product(
        {**bounded_by, h.turn: 1, h.beta_above_1: 1},
        h.exporters_star,
        h.exporters_star_2,
        coefficient=scale / (m.beta * m.f),
    )
    more = via.product(
        {**bounded_by, h.size: 1, h.beta_above_1: 1}, h.exporters, h.exporters_2, coefficient=scale / (m.beta * m.f)
    )
    fallen = And((lt(FREER(south_exporters), south_exporters), lt(FREER(south_exports), south_exports)))
    true: tuple[tuple[Prop, via.Tactic], ...] = (
        (lt(north_exporters, FREER(north_exporters)), more),
        (lt(north_exports, FREER(north_exports)), north),
        (lt(north_exports + south_exports, FREER(north_exports + south_exports)), world),
        (Implies(turn, fallen), via.intro(h.turn, via.split(fewer, lost))),
    )
    says = "More Northern firms export, exports of the North and of the world rise; the South's fall in the end."
    holding = proved(d, And(tuple(prop for prop, _ in true)), via.split(*(proof for _, proof in true)), says)
    share, innovation = ratio(3, 5), ratio(1)
    point = traded(share, ratio(3, 4), innovation, FREER) | traded(share, ratio(8, 15), innovation)
    reason = (
        "In the South the share of firms that export rises, but so many firms exit that the mass of exporters and "
        "their sales abroad first rise and then fall, to zero at the sustain point: from phi to phi' they fall exactly "
        "where (1-s_E)(1 + phi^beta phi'^beta) < s_E (phi^beta + phi'^beta)."
    )
    return refuted(
        anywhere(h.phi_below_phi_S), statement, Witness(point), reason, corrected=holding, severity=Severity.SUBSTANCE
    )


def _exports(d: Derivation, w: World) -> None:
    """Add the masses of exporters and the value of exports, of the South, the North and both."""
    name, power = w.name, w(m.Omega)
    solved = [name(x) for x in (h.B, h.solved_B_star, h.a_X, h.a_X_star, h.a_D, h.a_D_star, h.n, h.N_star)]
    integrals = tuple(h.J_of(w(x).name) for x in (m.a_X, m.a_X_star))
    north, south = (power * (x - power * (1 - x)) / (1 - power**2) for x in (m.s_E, 1 - m.s_E))
    says = "Exports of the North are"
    d.step(name(h.exports), eq(w(north_exports), north), says, by=via.identity(*integrals, *solved))
    says = "those of the South"
    d.step(name(h.exports_star), eq(w(south_exports), south), says, by=via.identity(*integrals, *solved))
    total = eq(w(north_exports + south_exports), power / (1 + power))
    d.step(
        name(h.all_exports), total, "and of both nations", by=via.linear({name(h.exports): 1, name(h.exports_star): 1})
    )
    says = "The mass of exporters is, in the North,"
    d.step(name(h.exporters), eq(w(north_exporters), firms * north), says, by=via.identity(*solved))
    d.step(name(h.exporters_star), eq(w(south_exporters), firms * south), "and in the South", by=via.identity(*solved))


net, traded_value = north_exports - south_exports, north_exports + south_exports


EMPLOYED = workers(m.N_star, m.B_star, m.a_D_star, m.B, m.a_X_star)
"""Labour in the South's manufactures."""


@section("3.1.2").claim(
    "bo.inter-industry",
    And((lt(FREER(EMPLOYED), EMPLOYED), lt(net / traded_value, FREER(net / traded_value)))),
    title="inter-industry trade",
    printed=r"\phi\uparrow:\quad\text{inter-industry trade}\uparrow,\ "
    r"\text{labour in the South's manufactures}\downarrow",
)
def _inter_industry(statement: Prop) -> Finding:
    d = freer()
    _size(d)
    solved = (h.J_a_D, h.J_a_D_star, h.J_a_X, h.J_a_X_star, h.K_a_D, h.K_a_D_star, h.K_a_X, h.K_a_X_star)
    for w in (World(), FREER):
        _exports(d, w)
        known = tuple(w.name(x) for x in (h.B, h.solved_B_star, h.a_X, h.a_X_star, h.a_D, h.a_D_star, h.n, h.N_star))
        integrals = tuple(h.of(f"{x[:2]}{w(sp.Symbol(x[2:], positive=True)).name}") for x in solved)
        value = (1 - m.s_E) - w(m.Omega) * (2 * m.s_E - 1) / (1 - w(m.Omega))
        says = "The labour in Southern manufactures is paid by their sales, which are"
        d.step(w.name(h.employed), eq(w(EMPLOYED), value), says, by=via.identity(*integrals, *known))
        both = w(traded_value)
        d.step(w.name(h.trade_above_0), gt(both, 0), "Both nations export,")
        ratio_of = w((2 * m.s_E - 1) * (1 + m.Omega) / (1 - m.Omega))
        one_way = via.linear(
            {w.name(h.exports): 1 / both, w.name(h.exports_star): -1 / both, w.name(h.all_exports): -ratio_of / both}
        )
        d.step(w.name(h.one_way), eq(w(net) / both, ratio_of), "Net exports relative to trade are", by=one_way)
    below = {h.Omega_below_1: -1, h.Omega_below_1_2: -1}
    shrinks = via.product({h.Omega_up: 1, h.s_E_above_half: 1, **below}, h.employed, h.employed_2, coefficient=2)
    one_way = via.product({h.Omega_up: 1, h.s_E_above_half: 1, **below}, h.one_way, h.one_way_2, coefficient=4)
    says = "Labour leaves the South's manufactures, and a larger part of trade in them is one-way."
    holding = proved(d, statement, via.split(shrinks, one_way), says)
    share_of, innovation = ratio(4, 5), ratio(5, 9)
    point = traded(share_of, ratio(4, 5), innovation, FREER) | traded(share_of, ratio(3, 5), innovation)
    reason = (
        "Inter-industry trade is measured by net exports of manufactures relative to trade in them. Past the sustain "
        "point the South makes none, and neither measure moves any more."
    )
    return proved_with(
        holding, BOTH_BELOW, anywhere(), Witness(point), reason, severity=Severity.SUBSTANCE, root="bo.eq9"
    )


@section("3.1.2").claim(
    "bo.pro-productivity",
    And((lt(FREER(m.abar), m.abar), lt(FREER(m.abar_star), m.abar_star))),
    title="freer trade raises productivity without relocation",
    printed=r"\frac{d\bar a}{d\phi}<0,\quad \frac{d\bar a^*}{d\phi}<0",
)
def _productivity(statement: Prop) -> Finding:
    d = freer(h.abar, h.abar_star)
    e = 1 / m.rho
    x = sp.Symbol("x", positive=True)
    level = (1 + m.Omega ** (1 + e)) / (1 + m.Omega) ** (1 + e)

    def at(value: sp.Expr) -> sp.Expr:
        return (1 + value ** (1 + e)) / (1 + value) ** (1 + e)

    scale = (m.rho - m.sigma + 1) / (m.rho - m.sigma + 2) * m.kappa**e
    for w in (World(), FREER):
        _averages(d, w, scale * w(level))
    d.step(h.e_above_0, gt(e, 0), "The exponent 1/rho is positive,")
    eq_1_plus_e_above_0 = d.step(h.one_plus_e_above_0, gt(1 + e, 0), "and so is")
    inner = via.cut(
        (
            (h.x_below_1, lt(x, 1), via.combine({h.between_high: 1, h.Omega_below_1_2: 1})),
            (h.x_to_e_below_1, lt(x**e, 1), via.lemma("pow_lt_one", x, e)),
        ),
        via.product({h.x_to_e_below_1: 1, eq_1_plus_e_above_0: 1}, coefficient=(1 + x) ** (-2 - e)),
    )
    falls = via.monotone(
        at(m.Omega) - at(x), x, m.Omega, Omega_2, slope=inner, base=via.sign(), order=via.by(h.Omega_up)
    )
    says = (
        "The average is a falling function of phi^beta, for its logarithmic slope has the sign of phi^(beta/rho) - 1:"
    )
    d.step(h.level, lt(at(Omega_2), at(m.Omega)), says, by=falls)
    factors = {h.level: 1, h.alpha_above_0: 1, h.alpha_plus_1_above_0: -1}
    north = via.product(factors, h.abar_solved, h.abar_solved_2, coefficient=m.kappa**e)
    south = via.product(factors, h.abar_star_solved, h.abar_star_solved_2, coefficient=m.kappa**e)
    holding = proved(d, statement, via.split(north, south), "So the average cost falls in both nations.")
    reason = (
        "Proved for every pair phi < phi' below the sustain point ((1-s_E)/s_E)^(1/beta). Past it only Northern firms "
        "are left, selling in both markets with cutoffs that do not depend on phi, and the average is constant."
    )
    share, innovation = ratio(4, 5), ratio(5, 9)
    point = traded(share, ratio(4, 5), innovation, FREER) | traded(share, ratio(3, 5), innovation)
    return proved_with(
        holding,
        BOTH_BELOW,
        anywhere(h.abar, h.abar_star),
        Witness(point),
        reason,
        severity=Severity.SUBSTANCE,
        root="bo.eq9",
    )


def _averages(d: Derivation, w: World, value: sp.Expr) -> None:
    """Add the steps ``abar solved`` and ``abar* solved``: both nations have the same average cost."""
    name = w.name
    if h.alpha_plus_1_above_0 not in d.context.hypotheses:
        says = "The integral of costs converges as well:"
        d.step(h.alpha_plus_1_above_0, lt(-1, m.rho - m.sigma + 1), says)
    for cutoff in (m.a_D, m.a_D_star, m.a_X, m.a_X_star):
        arguments = (m.rho - m.sigma + 1, w(cutoff))
        value_of = via.lemma(
            "power_integral_from_zero", *arguments, premises=(via.sign(), via.by(h.alpha_plus_1_above_0))
        )
        label = f"C {w(cutoff).name}"
        d.step(label, via.fact("power_integral_from_zero", *arguments), "Costs sum to", by=value_of)
    integrals = tuple(h.integral(kind, w(x).name) for x in (m.a_D, m.a_D_star, m.a_X, m.a_X_star) for kind in "JC")
    solved = tuple(name(x) for x in (h.B, h.solved_B_star, h.a_X, h.a_X_star, h.a_D, h.a_D_star))
    for label, symbol in ((h.abar, m.abar), (h.abar_star, m.abar_star)):
        closed = via.identity(name(label), *integrals, *solved)
        d.step(name(h.solved_for(label)), eq(w(symbol), value), "The average cost is", by=closed)


CLAIMS = (
    section("3.1.2").row(
        "claim",
        "bo.trade-effects",
        r"\phi\uparrow:\quad a_X\uparrow,\ a_D\downarrow,\ \text{more firms in both nations export},\ "
        r"\text{exports}\uparrow,\ \text{sales of D-types}\downarrow,\ n\uparrow,\ n^*\downarrow",
        parts=(
            _cutoffs,
            _exporters,
            _masses,
        ),
        title="effects of freer trade without relocation",
    ),
    _inter_industry,
    _productivity,
)
