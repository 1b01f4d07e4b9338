"""Result 6 of Baldwin and Okubo: freer trade and the small nation, over the whole range of trade costs."""

from __future__ import annotations

from functools import cache

from symhet.claims import Finding, proved
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.effects import FREER
from symhet.papers.bo.facts import TRADE, World, firms, nobody_born, southern_value, trade_cutoffs, with_second
from symhet.papers.bo.liberalisation import SOUTH_2, long_pair, rises, small_before
from symhet.papers.bo.sources import section
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import And, Or, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step
from symhet.theorems import Theorem

PRINTED = r"\frac{d\bar m^*}{d\phi}>0"


def _regimes(d: Derivation, w: World) -> None:
    """Add ``own``, ``foreign`` and ``one of``: own firms and imports both bound the Southern cutoff, one attains it."""
    trade_cutoffs(d, w)
    name, W, south = w.name, w(m.Omega), w(m.a_D_star**m.rho)
    own, foreign = le(south * (1 + W), m.kappa), le(W * south, (1 - m.s_E) * m.kappa)
    attained = Or((eq(south * (1 + W), m.kappa), eq(W * south, (1 - m.s_E) * m.kappa)))
    says = "Own firms and imports each keep the Southern cutoff down, and one of them sets it:"
    both = via.cases(name(h.South), _no_firm(w), _some_firm(w))
    d.step(name(h.regime), And((own, foreign, attained)), says, by=both)
    for label, prop in ((h.own, own), (h.foreign, foreign), (h.one_of, attained)):
        d.step(name(label), prop, "that is,", by=via.use(name(h.regime)))


def _no_firm(w: World) -> via.Tactic:
    name, W, south, north = w.name, w(m.Omega), w(m.a_D_star**m.rho), w(m.a_D**m.rho)
    scale = m.kappa * (1 - W)
    lost = le(0, scale * (W * m.s_E - 1 + m.s_E))
    past = via.cut(
        ((h.gain, lost, via.combine({h.value: W}, equations={h.imports: -1})),),
        via.transported(h.gain, factor=1 / scale),
    )
    steps = (
        *nobody_born(w),
        (h.imports, eq(W * south, (1 - m.s_E) * m.kappa), via.linear({name(h.FE): 1, h.north: -1})),
        (
            h.entry,
            le(south + W * north, m.kappa),
            via.transported(h.unprofitable, *southern_value(w), factor=(m.beta - 1) / m.f),
        ),
        (h.value, le(south + W * m.s_E * m.kappa, m.kappa), via.combine({h.entry: 1}, equations={h.north: -W})),
        (h.past, le(1 - m.s_E, W * m.s_E), past),
        (h.past_scaled, le(m.kappa * (1 - m.s_E), m.kappa * W * m.s_E), via.transported(h.past, factor=m.kappa)),
        (
            h.bound_own,
            le(south * (1 + W), m.kappa),
            via.combine({h.past_scaled: 1 / W}, equations={h.imports: 1 + 1 / W}),
        ),
        (h.bound_foreign, le(W * south, (1 - m.s_E) * m.kappa), via.combine({}, equations={h.imports: 1})),
    )
    return via.cut(steps, via.split(via.by(h.bound_own), via.by(h.bound_foreign), via.choose(1, via.by(h.imports))))


def _some_firm(w: World) -> via.Tactic:
    name, W, south, north = w.name, w(m.Omega), w(m.a_D_star**m.rho), w(m.a_D**m.rho)
    square = 1 - W**2
    more = via.product({h.firms: 1, name(h.Omega_below_1): 1}, coefficient=1 + W)
    steps = (
        (h.firms, w.prop(lt(0, m.N_star)), via.use(h.case)),
        (h.entry, w.prop(eq(m.V_star, m.f_I)), via.use(h.case)),
        (
            h.FE_star,
            eq(south + W * north, m.kappa),
            via.transported(h.entry, *southern_value(w), factor=(m.beta - 1) / m.f),
        ),
        (h.same, eq(south * (1 + W), m.kappa), via.linear({h.FE_star: 1 / (1 - W), name(h.FE): -W / (1 - W)})),
        (h.equal, eq(north, south), via.linear({name(h.FE): 1 / (1 - W), h.FE_star: -1 / (1 - W)})),
        (h.home, eq(w(m.n) + w(m.N_star) * W, firms * m.s_E), _equal_market(w, h.market)),
        (h.away, eq(w(m.N_star) + w(m.n) * W, firms * (1 - m.s_E)), _equal_market(w, h.market_star)),
        (h.masses, eq(w(m.N_star) * square, firms * (1 - m.s_E - W * m.s_E)), via.linear({h.away: 1, h.home: -W})),
        (h.some, gt(w(m.N_star) * square, 0), more),
        (h.some_scaled, gt(firms * (1 - m.s_E - W * m.s_E), 0), via.combine({h.some: 1}, equations={h.masses: 1})),
        (h.few, gt(m.kappa * (1 - m.s_E - W * m.s_E), 0), via.transported(h.some_scaled, factor=m.kappa / firms)),
        (
            h.bound_foreign,
            le(W * south, (1 - m.s_E) * m.kappa),
            via.combine({h.few: 1 / (1 + W)}, equations={h.same: W / (1 + W)}),
        ),
        (h.bound_own, le(south * (1 + W), m.kappa), via.combine({}, equations={h.same: 1})),
    )
    return via.cut(steps, via.split(via.by(h.bound_own), via.by(h.bound_foreign), via.choose(0, via.by(h.same))))


def _equal_market(w: World, market: Step) -> via.Tactic:
    """Clear a market when the domestic cutoffs are equal: the ratio of their powers is one."""
    south, north = w(m.a_D_star**m.rho), w(m.a_D**m.rho)
    other = w(m.N_star) if market == h.market else w(m.n)
    weight = w(m.Omega) * other / (-south if market == h.market else north)
    return via.linear({w.name(market): 1, h.equal: weight})


@cache
def _pair() -> Derivation:
    names = tuple(name for name in TRADE)
    d = Derivation(with_second(m.trade(), names, FREER, {h.freer: lt(m.phi, FREER(m.phi))}))
    _regimes(d, World())
    _regimes(d, FREER)
    W, X, south, later = m.Omega, FREER(m.Omega), m.a_D_star**m.rho, FREER(m.a_D_star**m.rho)
    Omega_up = d.step(h.Omega_up, lt(W, X), "Freer trade raises")
    own = via.combine({Omega_up: south / (1 + X), h.own_2: 1 / (1 + X)}, equations={h.attained: -1 / (1 + X)})
    foreign = via.combine({Omega_up: south / X, h.foreign_2: 1 / X}, equations={h.attained: -1 / X})
    lower = via.cases(h.one_of, own, foreign, name=h.attained)
    d.step(h.S_falls, lt(later, south), "so the power of the Southern cutoff falls,", by=lower)
    power = via.fact("pow_mono", later, south, 1 / m.beta)
    d.step(h.root, power, "hence")
    d.step(h.falls_star, lt(FREER(m.B_star), m.B_star), "and Southern demand per firm falls.")
    rises(d, FREER, "*", m.mbar_star, m.B_star, h.demand_star, 1 - m.s_E)
    return d


@section("4", "result 6").result(
    "bo.result6.no-relocation",
    SOUTH_2,
    title="freer trade is good for the small nation, without relocation",
    printed=PRINTED,
)
def _alone(statement: Prop) -> Finding:
    reason = (
        "Proved for any two freenesses, whether or not the South has firms at either: while it has, the cutoff is set "
        "by its own free entry, past the sustain point by the price of imports, and it is always the lower of the "
        "two."
    )
    return proved(
        _pair().fork(), statement, via.by(h.up_star), "The Southern price index falls with freer trade.", reason
    )


@section("4", "result 6").result(
    "bo.result6.after", SOUTH_2, title="freer trade is good for the small nation, after entry and exit", printed=PRINTED
)
def _after(statement: Prop) -> Finding:
    d = long_pair(m.Phase.XX).fork()
    others: tuple[Theorem, ...] = (
        long_pair(m.Phase.DD).fork().prove(SOUTH_2, via.by(h.up_star)),
        _pair().fork().prove(SOUTH_2, via.by(h.up_star)),
    )
    reason = (
        "Proved in phases XX and DD for any two shares of births, and past the sustain point, where relocation has "
        "nothing left to move and the economy is the one without relocation."
    )
    finding = proved(d, statement, via.by(h.up_star), "The Southern price index falls with freer trade.", reason)
    for theorem in others:
        finding = with_theorem(finding, theorem)
    return finding


CLAIMS = (
    section("4", "result 6").row(
        "result",
        "bo.result6",
        PRINTED,
        parts=(
            _alone,
            small_before,
            _after,
        ),
        title="freer trade always raises the small nation's welfare",
    ),
)
