"""What freer trade does to welfare in both nations (section 4), without relocation and with it, in every phase."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import sympy as sp

from symhet.claims import Finding, Severity, Verdict, Witness, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import effects
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import parameters, ratio, traded
from symhet.papers.bo.effects import FREER
from symhet.papers.bo.facts import World, integrate, with_second
from symhet.papers.bo.longrun_facts import CORE, LONG, phase_holds, solve
from symhet.papers.bo.migration import FULL
from symhet.papers.bo.shortrun_pairs import LATER, freer, rise_with_freeness
from symhet.papers.bo.shortrun_pairs import solve as solve_short
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import C_M, P, income
from symhet.papers.bo.trade import EQUATIONS, FREE
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step
from symhet.theorems import Theorem

LONG_FREER = World("2", tuple(sorted({m.phi, m.s_n, *m.long_run().endogenous}, key=str)))
"""A long run with freer trade, perhaps with another share of births."""

FULL_FREER = World("2", (m.phi, m.a_X, m.B, m.B_star, m.mbar, m.mbar_star))
"""Full agglomeration before entry and exit, with freer trade."""


SOLD = eq(m.mbar_star, m.a_D_star ** (1 - m.sigma) * (1 - m.s_E) / m.f)
USEFUL = income - m.mu + m.mu * sp.log(C_M)
POWER = m.mbar_star ** (1 / (m.sigma - 1))


@section("4").derived(
    "bo.welfare",
    And((eq(USEFUL, income - m.mu + m.mu * sp.log(m.mu * POWER)), SOLD)),
    title="welfare per head",
    printed=r"U^*=E-\mu+\mu\ln\left(\mu\,\bar m^{*\,1/(\sigma-1)}\right),\quad \bar "
    r"m^*=a_D^{1-\sigma}\frac{1-s_E}{f}",
)
def _level(printed: Prop) -> Finding:
    hypotheses = {
        **m.trade().whole_domain(*EQUATIONS).hypotheses,
        h.choice: eq(C_M, m.mu / P),
        h.index: eq(P ** (1 - m.sigma), (1 - 1 / m.sigma) ** (m.sigma - 1) * m.mbar_star),
    }
    names = (h.sigma_above_1, h.cutoff_D_star, h.demand_star, h.choice, h.index)
    d = Derivation(Context({name: hypotheses[name] for name in names}))
    d.recall(h.choice, "Spending mu on manufactures buys")
    d.recall(h.index, "of the aggregate, whose price index is the constant mark-up over marginal selling costs:")
    price = eq(P, m.mbar_star ** (1 / (1 - m.sigma)) / (1 - 1 / m.sigma))
    d.step(h.margin, gt(1 - 1 / m.sigma, 0), "With a positive margin")
    P_step = d.step(h.P, price, "the index is")
    sold_step = d.step(h.sold, SOLD, "The domestic cutoff of the South gives")
    true = And((eq(USEFUL, income - m.mu + m.mu * sp.log(m.mu * (1 - 1 / m.sigma) * POWER)), SOLD))
    holding = proved(d, true, via.split(via.identity(h.choice, P_step), via.by(sold_step)), "This is welfare per head.")
    point = traded(ratio(3, 5), ratio(3, 4), ratio(1))
    weight = point[m.mbar_star]
    point |= {m.mu: ratio(1, 2), income: sp.S(1), P: 2 / weight, C_M: weight / 4}
    reason = (
        "The level lacks the constant mu ln(1 - 1/sigma), since m* is a sum of marginal costs and prices carry the "
        "mark-up; comparisons of welfare are not touched. The formula for m* is right wherever the South has firms of "
        "its own after entry and exit; before, a_D is fixed and B* falls below its cutoff value, and past the sustain "
        "point there is no Southern cutoff."
    )
    return refuted(
        Derivation(Context(hypotheses)), printed, Witness(point), reason, corrected=holding, severity=Severity.MISPRINT
    )


def rises(d: Derivation, w: World, mark: str, weight: sp.Expr, demand: sp.Expr, spent: Step, share: sp.Expr) -> Prop:
    """Add the step that a sum of selling costs rises, from the step that demand per firm falls."""
    for world in (World(), w):
        value = eq(world(weight), share / world(demand))
        says = "The sum of selling costs is"
        d.step(world.name(h.m_in(mark)), value, says, by=via.linear({world.name(spent): 1 / world(demand)}))
    goal = lt(weight, w(weight))
    factors = {h.falls_in(mark): 1} | ({h.s_E_below_1: 1} if mark else {})
    scale = 1 / (demand * w(demand)) * (1 if mark else m.s_E)
    d.step(
        h.up_in(mark),
        goal,
        "and rises:",
        by=via.product(factors, h.m_in(mark), w.name(h.m_in(mark)), coefficient=scale),
    )
    return goal


PRINTED = r"\frac{d\bar m}{d\phi}>0"


@section("4").claim(
    "bo.large-welfare.no-relocation",
    lt(m.mbar, FREER(m.mbar)),
    title="freer trade is good for the large nation, without relocation",
    printed=PRINTED,
)
def _large_alone(statement: Prop) -> Finding:
    d = effects.freer()
    low, high = m.kappa / (1 + effects.Omega_2), m.kappa / (1 + m.Omega)
    d.step(h.D_power, via.fact("pow_mono", low, high, 1 / m.rho), "so that")
    d.step(h.D_falls, lt(FREER(m.a_D), m.a_D), "the domestic cutoff falls,")
    less = via.fact("pow_mono", FREER(m.a_D), m.a_D, m.sigma - 1)
    B_power = d.step(h.B_power, less, "then")
    d.step(h.falls, lt(FREER(m.B), m.B), "and demand per firm with it.", by=via.combine({B_power: m.f}, h.B, h.B_2))
    rises(d, FREER, "", m.mbar, m.B, h.demand, m.s_E)
    holding = proved(d, statement, via.by(h.up), "The price index of the North falls.")
    share, innovation = ratio(4, 5), ratio(5, 9)
    point = traded(share, ratio(4, 5), innovation, FREER) | traded(share, ratio(3, 5), innovation)
    conditions = (FREE, (FREER.name(FREE[0]), FREER.prop(FREE[1])))
    reason = (
        "Strictly true below the sustain point. Past it the North has all firms and imports nothing, so that its "
        "welfare does not depend on trade costs."
    )
    return proved_with(
        holding, conditions, effects.anywhere(), Witness(point), reason, severity=Severity.SUBSTANCE, root="bo.eq9"
    )


@cache
def long_pair(phase: m.Phase) -> Derivation:
    """Solve two long runs, the second with freer trade, and add ``up`` and ``up*``."""
    names = (*CORE, *LONG, *phase_holds(phase))
    d = Derivation(with_second(m.long_run(phase), names, LONG_FREER, {h.freer: lt(m.phi, LONG_FREER(m.phi))}))
    solve(d, phase, World())
    solve(d, phase, LONG_FREER)
    W, X = m.Omega, LONG_FREER(m.Omega)
    d.step(h.Omega_up, lt(W, X), "Freer trade raises")
    low, high = m.kappa / (1 + X), m.kappa / (1 + W)
    d.step(h.D_base, lt(low, high), "and lowers")
    d.step(h.D_power, via.fact("pow_mono", low, high, 1 / m.rho), "so that")
    d.step(h.D_falls, lt(LONG_FREER(m.a_D), m.a_D), "the domestic cutoff falls,")
    less = via.fact("pow_mono", LONG_FREER(m.a_D), m.a_D, m.sigma - 1)
    B_power = d.step(h.B_power, less, "then")
    d.step(h.falls, lt(LONG_FREER(m.B), m.B), "and demand per firm", by=via.combine({B_power: m.f}, h.B, h.B_2))
    d.step(h.falls_star, lt(LONG_FREER(m.B_star), m.B_star), "in both nations.")
    rises(d, LONG_FREER, "", m.mbar, m.B, h.demand, m.s_E)
    rises(d, LONG_FREER, "*", m.mbar_star, m.B_star, h.demand_star, 1 - m.s_E)
    return d


@cache
def _short_pair(phase: m.Phase) -> Derivation:
    """Solve two short runs of a phase, the second with freer trade, and add ``up`` and ``up*``."""
    d = Derivation(freer(phase))
    solve_short(d, phase, World())
    solve_short(d, phase, LATER)
    rise_with_freeness(d)
    scale = m.f * m.a_D ** (m.sigma - 1)
    falls = d.step(
        h.falls, lt(LATER(m.B), m.B), "Demand per firm falls", by=via.combine({h.share: scale}, h.level, h.level_2)
    )
    equal = h.location if phase is m.Phase.XX else h.equal_demand
    star = via.combine({falls: 1}, equations={equal: 1, LATER.name(equal): -1})
    d.step(h.falls_star, lt(LATER(m.B_star), m.B_star), "in both nations.", by=star)
    for mark, demand, weight, share in (("", m.B, m.mbar, m.s_E), ("*", m.B_star, m.mbar_star, 1 - m.s_E)):
        for w in (World(), LATER):
            sold = eq(w(demand * weight), share)
            d.step(w.name(h.sold_in(mark)), sold, "The market clears.")
        rises(d, LATER, mark, weight, demand, h.sold_in(mark), share)
    return d


@cache
def _full_pair() -> Derivation:
    """Solve full agglomeration at two freenesses of trade and add ``up*``: imports get cheaper in the South."""
    names = (
        h.sigma_above_1,
        h.beta_above_1,
        h.s_E_below_1,
        h.kappa_at_most_1,
        *(name for name in FULL if name != h.stays),
    )
    d = Derivation(with_second(m.short_run_full(), names, FULL_FREER, {h.freer: lt(m.phi, FULL_FREER(m.phi))}))
    for w in (World(), FULL_FREER):
        integrate(d, w(m.a_X))
        name = w.name
        exported = eq(w(m.phi * m.B_star), w(m.f * m.a_X ** (m.sigma - 1)))
        d.step(name(h.exported), exported, "With all firms in the North")
        sold = via.transported(
            name(h.demand_star), name(h.mbar_star), h.J_of(w(m.a_X).name), h.autarky_n, factor=m.f * m.a_D**m.rho
        )
        imports = eq(w(m.phi * m.B_star * m.a_X**m.alpha), (1 - m.s_E) * m.f * m.a_D**m.rho)
        d.step(name(h.sold), imports, "imports make up all sales:", by=sold)
        d.step(name(h.Y), eq(w(m.a_X) ** m.rho, (1 - m.s_E) * m.a_D**m.rho), "so that the export cutoff is")
        d.step(name(h.a_X), eq(w(m.a_X), (1 - m.s_E) ** (1 / m.rho) * m.a_D), "constant,")
    goal = eq(FULL_FREER(m.phi * m.B_star), m.phi * m.B_star)
    d.step(h.delivered, goal, "and so is demand at the mill:")
    d.step(h.falls_star, lt(FULL_FREER(m.B_star), m.B_star), "Demand per firm falls in the South,")
    rises(d, FULL_FREER, "*", m.mbar_star, m.B_star, h.demand_star, 1 - m.s_E)
    return d


def _constant_north() -> tuple[Theorem, Witness]:
    """Return the theorem, and its witness, that under full agglomeration the North gains nothing from freer trade."""
    model = m.short_run_full()
    moved = with_second(model, (*model.domain.hypotheses(), *FULL), FULL_FREER, {h.freer: lt(m.phi, FULL_FREER(m.phi))})
    share = ratio(16, 25)
    point = parameters(share, ratio(15, 16), ratio(1)) | {m.a_D: ratio(1), m.n_w: ratio(1, 2)}
    for w, freeness in ((World(), ratio(15, 16)), (FULL_FREER, ratio(31, 32))):
        demand = ratio(3, 5) / freeness
        values = {
            m.phi: freeness,
            m.a_X: ratio(3, 5),
            m.B: share,
            m.B_star: demand,
            m.mbar: sp.S(1),
            m.mbar_star: (1 - share) / demand,
        }
        point |= {w(symbol): value for symbol, value in values.items()}
    return Derivation(moved).refute(lt(m.mbar, FULL_FREER(m.mbar)), point), Witness(point)


def _within(d: Derivation, goal: Prop, says: str, reason: str, others: tuple[Theorem, ...]) -> Finding:
    """Return the finding for a statement proved in one phase, with the theorems of the other phases."""
    finding = proved(d, goal, via.by(_name_of(d, goal)), says, reason)
    for theorem in others:
        finding = with_theorem(finding, theorem)
    return finding


def _name_of(d: Derivation, goal: Prop) -> Step:
    return next(name for name, prop in d.context.hypotheses.items() if prop == goal)


NORTH_2, SOUTH_2 = lt(m.mbar, LATER(m.mbar)), lt(m.mbar_star, LATER(m.mbar_star))
"""Freer trade lowers the price index of the North, and that of the South."""


@section("4").claim(
    "bo.large-welfare.before",
    NORTH_2,
    title="freer trade is good for the large nation, before entry and exit",
    printed=PRINTED,
)
def _large_before(statement: Prop) -> Finding:
    other = _short_pair(m.Phase.DD).fork().prove(statement, via.by(h.up))
    reason = (
        "Strictly true while Southern firms remain, in phase XX and, with portable footholds, in phase DD. Once all "
        "firms are Northern, which can happen for phi >= (1-s_E)^(1/beta)/s_E, the North's price index no longer "
        "depends on trade costs."
    )
    constant, witness = _constant_north()
    return _while_southern(_short_pair(m.Phase.XX), statement, (other, constant), witness, reason)


def _while_southern(
    pair: Derivation, statement: Prop, others: tuple[Theorem, ...], witness: Witness, reason: str
) -> Finding:
    """Return the finding for the North: both phases have equal demands at both freenesses, full agglomeration not."""
    finding = _within(pair.fork(), statement, "The Northern price index falls.", reason, others)
    known = finding.theorems[0].context.hypotheses
    return replace(
        finding,
        verdict=Verdict.PROVED_WITH,
        conditions=tuple((name, known[name]) for name in (h.location, h.location_2)),
        witness=witness,
        severity=Severity.SUBSTANCE,
        root="bo.eq9",
    )


@section("4").claim(
    "bo.large-welfare.after",
    NORTH_2,
    title="freer trade is good for the large nation, after entry and exit",
    printed=PRINTED,
)
def _large_after(statement: Prop) -> Finding:
    other = long_pair(m.Phase.DD).fork().prove(statement, via.by(h.up))
    share, innovation = ratio(4, 5), ratio(5, 9)
    point = traded(share, ratio(4, 5), innovation, FREER) | traded(share, ratio(3, 5), innovation)
    constant = effects.anywhere().refute(lt(m.mbar, FREER(m.mbar)), point)
    reason = (
        "Strictly true below the sustain point, in both phases and for any two shares of births. Past it all firms are "
        "Northern with or without relocation, and the North's welfare no longer depends on trade costs."
    )
    return _while_southern(long_pair(m.Phase.XX), statement, (other, constant), Witness(point), reason)


@section("4", "result 6").result(
    "bo.result6.before",
    SOUTH_2,
    title="freer trade is good for the small nation, before entry and exit",
    printed=r"\frac{d\bar m^*}{d\phi}>0",
)
def small_before(statement: Prop) -> Finding:
    """Judge whether freer trade helps the small nation before entry and exit."""
    others = (
        _short_pair(m.Phase.DD).fork().prove(statement, via.by(h.up_star)),
        _full_pair().fork().prove(statement, via.by(h.up_star)),
    )
    reason = (
        "Proved for two freenesses in phase XX, in phase DD with portable footholds, and under full agglomeration, "
        "where all of it comes from cheaper imports. The phases meet at common equilibria, so the ranking holds across "
        "them."
    )
    return _within(_short_pair(m.Phase.XX).fork(), statement, "The Southern price index falls.", reason, others)


CLAIMS = (
    _level,
    section("4").row(
        "claim",
        "bo.large-welfare",
        PRINTED,
        parts=(
            _large_alone,
            _large_before,
            _large_after,
        ),
        title="freer trade is good for the large nation",
    ),
)
