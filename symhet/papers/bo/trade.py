"""Section 3.1 of Baldwin and Okubo: trade with instantaneous entry and exit, and no relocation."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, proved_with
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import ratio, traded
from symhet.papers.bo.facts import TRADE, World, firms, integrate, trade_interior
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import a
from symhet.propositions import And, Implies, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

EQUATIONS = tuple(name for name in TRADE if name not in m.trade().domain.hypotheses())
FREE = (h.phi_below_phi_S, m.trade().facts[h.phi_below_phi_S])
"""Trade is not so free that the South loses its last firm: phi below the sustain point."""

share = m.n / (m.n + m.N_star)
spread = (1 + m.Omega) / (1 - m.Omega)


@cache
def _interior() -> Derivation:
    d = Derivation(m.trade().context(*TRADE, h.s_E_above_half, h.phi_below_phi_S))
    trade_interior(d, World())
    return d


def interior() -> Derivation:
    """Return a derivation that has solved the equilibrium with firms in both nations."""
    return _interior().fork()


def anywhere(*names: Step) -> Derivation:
    """Return a derivation from the whole domain and every equilibrium condition, to be refuted."""
    return Derivation(m.trade().whole_domain(*EQUATIONS, *names))


def one_nation() -> Witness:
    """Return the equilibrium at s_E = 4/5, phi = 3/4, past the sustain point 1/2: all firms are Northern."""
    return Witness(traded(ratio(4, 5), ratio(3, 4), ratio(5, 9)) | {a: ratio(1, 4)})


def bounded(holding: Finding, reason: str, *names: Step, root: str | None = "bo.eq9") -> Finding:
    """Return the verdict on a claim that needs phi < phi_S, with the economy of one nation against it otherwise."""
    failing = anywhere(*names)
    return proved_with(holding, (FREE,), failing, one_nation(), reason, severity=Severity.SUBSTANCE, root=root)


def _sells(low: sp.Expr, high: sp.Expr, cutoff: Step, demand: sp.Expr) -> via.Tactic:
    """Prove that a firm on one side of its cutoff covers the beachhead, or does not on the other."""
    order = (h.power, via.fact("pow_mono", low, high, m.sigma - 1), via.lemma("pow_mono", low, high, m.sigma - 1))
    weight = demand * low ** (1 - m.sigma) * high ** (1 - m.sigma)
    gain = via.combine({h.power: weight}, equations={cutoff: -1 if low == a else 1})
    return via.intro(h.order, via.cut((order,), gain))


EARNS = a ** (1 - m.sigma) * m.B
WEIGHT = m.beta / (m.beta - 1)
NORTH = eq(m.mbar, WEIGHT * (m.n * m.a_D ** (1 - m.sigma) + m.phi * m.N_star * m.a_X_star**m.alpha / m.a_D_star**m.rho))
SOUTH = eq(m.mbar_star, WEIGHT * (m.N_star * m.a_D_star ** (1 - m.sigma) + m.phi * m.n * m.a_X**m.alpha / m.a_D**m.rho))


@section("3.1", "equation 7").derived(
    "bo.eq7",
    And(
        (
            Implies(lt(a, m.a_D), lt(m.f, EARNS)),
            Implies(lt(m.a_D, a), lt(EARNS, m.f)),
            Implies(lt(a, m.a_X_star), lt(m.f, m.phi * EARNS)),
            Implies(lt(m.a_X_star, a), lt(m.phi * EARNS, m.f)),
            NORTH,
            SOUTH,
        )
    ),
    title="cutoffs and sums of selling costs",
    printed=r"a_D^{1-\sigma}B=f,\quad \phi a_X^{1-\sigma}B=f,\quad "
    r"\bar m=n\int_0^{a_D}a^{1-\sigma}dG[a|a_D]+\phi n^*\int_0^{a_X}a^{1-\sigma}dG[a|a_D]",
)
def _cutoffs(statement: Prop) -> Finding:
    d = Derivation(m.trade().context(h.sigma_above_1, h.beta_above_1, h.kappa_at_most_1, *EQUATIONS))
    for cutoff in (m.a_D, m.a_D_star, m.a_X, m.a_X_star):
        integrate(d, cutoff)
    weights = d.step(h.m, NORTH, "Every firm below its cutoff sells, which sums to", number="(7)")
    m_star = d.step(h.m_star, SOUTH, "and, in the South,", number="(7)")

    proof = via.split(
        _sells(a, m.a_D, h.cutoff_D, m.B),
        _sells(m.a_D, a, h.cutoff_D, m.B),
        _sells(a, m.a_X_star, h.cutoff_X_star, m.phi * m.B),
        _sells(m.a_X_star, a, h.cutoff_X_star, m.phi * m.B),
        via.by(weights),
        via.by(m_star),
    )
    return proved(d, statement, proof, "So the cutoffs part those who sell from those who do not.")


@section("3.1", "footnote 7").claim(
    "bo.eq7-same", And((eq(m.a_D, m.a_D_star), eq(m.a_X, m.a_X_star))), title="four cutoffs are two"
)
def _same_cutoffs(statement: Prop) -> Finding:
    d = interior()
    cutoffs = via.split(
        via.powers({h.a_D: 1, h.a_D_star: -1}), via.powers({h.a_X: 1, h.a_X_star: -1, h.a_D: -1, h.a_D_star: 1})
    )
    holding = proved(d, statement, cutoffs, "Firms in both nations face the same cutoffs.")
    reason = (
        "The two free entry conditions make the cutoffs coincide as long as firms are born in both nations, that is "
        "for phi below the sustain point ((1-s_E)/s_E)^(1/beta); past it the South has no firm and its market is "
        "served at another cutoff. The paper states no such bound."
    )
    return bounded(holding, reason)


@section("3.1").claim("bo.B-equal", eq(m.B, m.B_star), title="demand per firm is equal")
def _same_demand(statement: Prop) -> Finding:
    holding = proved(interior(), statement, via.by(h.B_is_B_star), "Demand per firm is the same in both nations.")
    reason = (
        "True while firms are born in both nations. Past the sustain point only Northern free entry binds, B exceeds "
        "B*, and innovation in the South would lose money."
    )
    return bounded(holding, reason)


@section("3.1", "equation 9").derived(
    "bo.eq9",
    And(
        (
            eq(m.a_D, (m.kappa / (1 + m.Omega)) ** (1 / m.rho)),
            eq(m.a_X, (m.Omega * m.kappa / (1 + m.Omega)) ** (1 / m.rho)),
            eq(m.n + m.N_star, firms / (1 + m.Omega)),
            eq(share, sp.Rational(1, 2) + spread * (m.s_E - sp.Rational(1, 2))),
        )
    ),
    title="equilibrium without relocation",
    printed=r"a_D=\left(\frac{f_I(\beta-1)}{f(1+\phi^\beta)}\right)^{1/\rho},\quad "
    r"a_X=\left(\frac{f_I\phi^\beta(\beta-1)}{f(1+\phi^\beta)}\right)^{1/\rho},\quad "
    r"n^w=\frac{1-1/\beta}{f(1+\phi^\beta)},\quad "
    r"s_n=\frac12+\frac{1+\phi^\beta}{1-\phi^\beta}\left(s_E-\frac12\right)",
)
def _solution(statement: Prop) -> Finding:
    d = interior()
    solved = via.split(via.by(h.a_D), via.identity(h.a_X, h.a_D_star), via.by(h.n_w), via.transported(h.s_n))
    holding = proved(d, statement, solved, "This is the whole equilibrium.")
    reason = (
        "Every formula of (9) follows from the four cutoffs and two free entry conditions, on phi < "
        "((1-s_E)/s_E)^(1/beta) only: beyond, the printed share exceeds one (11/7 at the counterexample) and all "
        "firms are Northern, with a_D^rho = s_E kappa."
    )
    return bounded(holding, reason, root=None)


HALF = sp.Rational(1, 2)
SLOPE = eq(share - HALF, spread * (m.s_E - HALF))


@section("3.1").claim(
    "bo.HME",
    And((gt(share, m.s_E), SLOPE, lt(spread, (1 + m.phi) / (1 - m.phi)))),
    title="home market effect",
    printed=r"s_n>s_E,\quad \frac{ds_n}{ds_E}=\frac{1+\phi^\beta}{1-\phi^\beta}<\frac{1+\phi}{1-\phi}",
)
def _home_market(statement: Prop) -> Finding:
    d = interior()
    slope_step = d.step(h.slope, SLOPE, "North's share of firms is linear in its share of expenditure:")
    gain = via.product({h.s_E_above_half: 1, h.Omega_below_1: -1}, coefficient=2 * m.Omega)
    more = d.step(
        h.more,
        gt(share, m.s_E),
        "so that",
        by=via.cut(((h.gap, gt(spread * (m.s_E - HALF) + HALF, m.s_E), gain),), _from_share()),
    )
    says = "A firm's power of the freeness is below the freeness itself:"
    phi_beta = d.step(h.phi_to_beta, lt(m.Omega, m.phi), says)
    slopes = via.product({phi_beta: 1, h.phi_below_1: -1, h.Omega_below_1: -1}, coefficient=2)
    holding = proved(
        d,
        statement,
        via.split(via.by(more), via.by(slope_step), slopes),
        "The home market effect is there, but dampened.",
    )
    reason = (
        "All three parts hold while firms are born in both nations. At the corner s_n = 1, which still exceeds s_E, "
        "but the slope is zero. The slope of homogeneous firms is an equilibrium slope only for phi < (1-s_E)/s_E "
        "(bo.fn9)."
    )
    return bounded(holding, reason)


def _from_share() -> via.Tactic:
    return via.combine({h.gap: 1}, equations={h.slope: -1})


POWER = a ** (1 - m.sigma)
EXPORTER = eq(POWER * (m.B + m.phi * m.B_star), POWER * (m.phi * m.B + m.B_star))
BORN = And((eq(POWER * m.B - m.f, POWER * m.B_star - m.f), EXPORTER, eq(m.V, m.V_star)))


@section("3.1", "result 1").result(
    "bo.result1",
    And((EXPORTER, lt(POWER * m.B - m.f, POWER * m.B_star), lt(POWER * m.B_star - m.f, POWER * m.B), BORN)),
    title="entry and exit remove every incentive to relocate",
    printed=r"a^{1-\sigma}(B+\phi B^*)=a^{1-\sigma}(\phi B+B^*),\ \text{no D-type gains by moving, "
    r"newborn firms are indifferent}",
)
def _no_pressure(statement: Prop) -> Finding:
    d = interior()
    same = via.linear({h.B_is_B_star: POWER * (1 - m.phi)})
    newborn = via.split(via.linear({h.B_is_B_star: POWER}), same, via.linear({h.free_entry: 1, h.free_entry_star: -1}))
    loses, other = (via.combine({}, equations={h.B_is_B_star: sign * POWER}) for sign in (1, -1))
    says = (
        "An exporter earns the same in both nations, a firm that would sink another beachhead loses by moving, and a "
        "newborn firm is indifferent whatever its cost, as is an innovator."
    )
    holding = proved(d, statement, via.split(same, loses, other, newborn), says)
    reason = (
        "Exact indifference of exporters holds while firms are born in both nations. Past the sustain point all firms "
        "are Northern and an exporter would lose (1-phi)(B-B*)a^(1-sigma) by moving, so there is no incentive to "
        "relocate there either."
    )
    return bounded(holding, reason)


CLAIMS = (
    _cutoffs,
    _same_cutoffs,
    section("3.1", "equation 8").row(
        "condition",
        "bo.eq8",
        r"\int_0^{a_D}(a^{1-\sigma}B-f)\,dG+\int_0^{a_X}(\phi a^{1-\sigma}B^*-f)\,dG=f_I",
        title="free entry in both nations",
    ),
    _solution,
    _same_demand,
    _home_market,
    _no_pressure,
)
