"""Section 3.2 and the appendix: while firms move the gain from moving shrinks, and at free trade there is none.

Masses and the domestic cutoff are autarky's. Demands per firm differ until the process ends, and with them the export
cutoffs: `a_X` is the one into the South, `a_X_star` the one into the North.
"""

from __future__ import annotations

from functools import cache, partial

import sympy as sp

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation
from symhet.model.regime import Model
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.facts import World
from symhet.papers.bo.gains import GAIN_D, GAIN_X, PROPORTION
from symhet.papers.bo.shortrun_pairs import beside
from symhet.papers.bo.sources import section
from symhet.propositions import And, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

D, R = (x**m.alpha for x in (m.a_D, m.a_R))
HERE = World()
LATER = World("2", (m.a_X, m.a_X_star, m.a_R, m.B, m.B_star, m.mbar, m.mbar_star))
"""The same firms when more of them have moved."""
MOVES = (
    *sr.INHERITED,
    h.mbar,
    h.mbar_star,
    h.B,
    h.B_star,
    h.export,
    h.export_star,
    h.phase,
    h.a_R_at_most_a_D,
    h.a_R_below_a_D,
)
TAKEN = {m.Phase.XX: 1 - m.phi, m.Phase.DD: sp.S.One}
"""What a mover adds to sales in the North and takes from those in the South, as a part of its home sales."""


@cache
def moving(phase: m.Phase) -> Model:
    """Return the economy while Southern firms move, in phase ``"XX"`` or ``"DD"``: those below a_R have moved.

    In DD all exporters have, and the D-types take their beachhead along.
    """
    north = m.n * sr.moment(0, m.a_D) + m.n_star * sr.moment(0, m.a_R)
    south = m.n_star * sr.moment(m.a_R, m.a_D)
    if phase is m.Phase.XX:
        north += m.phi * m.n_star * sr.moment(m.a_R, m.a_X_star)
        south += m.phi * m.n * sr.moment(0, m.a_X) + m.phi * m.n_star * sr.moment(0, m.a_R)
    else:
        south += m.phi * (m.n + m.n_star) * sr.moment(0, m.a_X)
    definitions = {**sr.inherited(), **sr.markets(north, south)}
    conditions = {
        h.export: eq(m.phi * m.a_X ** (1 - m.sigma) * m.B_star, m.f),
        h.export_star: eq(m.phi * m.a_X_star ** (1 - m.sigma) * m.B, m.f),
    }
    order = le(m.a_R, m.a_X_star) if phase is m.Phase.XX else le(m.a_X, m.a_R)
    facts: dict[Step, Prop] = {h.phase: order, h.a_R_at_most_a_D: le(m.a_R, m.a_D), h.a_R_below_a_D: lt(m.a_R, m.a_D)}
    settled = frozenset(
        {m.a_D, m.n, m.n_star, m.n_w, m.s_n, m.mbar, m.mbar_star, m.B, m.B_star, m.a_X, m.a_X_star, m.a_R}
    )
    return Model(f"Baldwin-Okubo, firms on the move, {phase}", m.domain(), definitions, conditions, settled, facts)


def _sales(d: Derivation, phase: m.Phase, w: World) -> tuple[Step, ...]:
    """Add the integrals over the firms that sell at one stage; return the names of the steps."""
    power = 1 - m.sigma
    whole = (("D", m.a_D), ("R", w(m.a_R)), ("X", w(m.a_X)))
    spans = [("RD", w(m.a_R), m.a_D)]
    if phase is m.Phase.XX:
        spans.append(("RX*", w(m.a_R), w(m.a_X_star)))
    names = []
    for label, high in whole:
        names.append(h.sales_D if label == "D" else w.name(h.sales_of(label)))
        sr.integrate(d, (names[-1], power, 0, high))
    for label, low, high in spans:
        names.append(w.name(h.sales_of(label)))
        sr.integrate(d, (names[-1], power, low, high))
    return tuple(names)


def _levels(d: Derivation, phase: m.Phase, w: World) -> None:
    """Add, at one stage, the steps ``North`` and ``South``: what determines demand per firm in each market."""
    name, taken, known = w.name, TAKEN[phase], _sales(d, phase, w)
    own = {"": m.s_E * D + (1 - m.s_E) * taken * R, "*": (1 - m.s_E) * (D - taken * R)}
    foreign = {"": (1 - m.s_E) if phase is m.Phase.XX else sp.S.Zero, "*": m.s_E if phase is m.Phase.XX else sp.S.One}
    markets = (("", m.mbar, m.B, m.s_E, m.a_X_star), ("*", m.mbar_star, m.B_star, 1 - m.s_E, m.a_X))
    for star, weight, demand, spending, cutoff in markets:
        where, cut_name = (h.South, h.export) if star else (h.North, h.export_star)
        sums = (own[star] + m.phi * foreign[star] * cutoff**m.alpha) * m.rho * m.n_w / (m.alpha * m.a_D**m.rho)
        says = f"The weights of the firms that sell in the {where} add up to"
        by_sales = via.identity(name(h.mbar_in(star)), *known, h.n, h.n_star, h.s_n_is_s_E)
        d.step(name(h.weights_in(star)), eq(w(weight), w(sums)), says, by=by_sales)
        d.step(name(h.sold_in(star)), eq(w(demand * weight), spending), "and the market clears,")
        spent = eq(w(demand * (own[star] + m.phi * foreign[star] * cutoff**m.alpha)), spending * m.f * m.a_D**m.rho)
        counted = via.transported(name(h.sold_in(star)), name(h.weights_in(star)), h.n_w, factor=m.f * m.a_D**m.rho)
        d.step(name(h.spent_in(star)), spent, "that is,", by=counted)
        earned = eq(w(m.phi * demand * cutoff**m.alpha), m.f * w(cutoff) ** m.rho)
        d.step(
            name(h.earned_in(star)),
            earned,
            "Exporters sell",
            by=via.transported(name(cut_name), factor=w(cutoff) ** m.rho),
        )
        reach = eq(w(cutoff) ** m.rho, w((m.phi * demand / m.f) ** m.beta))
        d.step(name(h.reach_in(star)), reach, "up to the cutoff", by=via.powers({name(cut_name): -m.beta}))
        level = eq(
            w(demand * own[star] + foreign[star] * m.f * (m.phi * demand / m.f) ** m.beta),
            spending * m.f * m.a_D**m.rho,
        )
        used = {
            name(h.spent_in(star)): 1,
            name(h.earned_in(star)): -foreign[star],
            name(h.reach_in(star)): -foreign[star] * m.f,
        }
        d.step(name(where), level, "so that demand per firm there solves", by=via.linear(used))


def _powered(low: sp.Expr, high: sp.Expr, exponent: sp.Expr, order: via.Tactic) -> via.Tactic:
    """Prove that powers are ordered as their bases, of a positive exponent."""
    power = via.lemma("pow_mono", low, high, exponent, premises=(via.sign(), order, via.by(h.alpha_above_0)))
    return via.cut(((h.power, via.fact("pow_mono", low, high, exponent), power),), via.combine({h.power: 1}))


def _more_exporters(low: sp.Symbol, high: sp.Symbol) -> tuple[Step, Prop, via.Tactic]:
    """Return the step ``high``: where demand per firm is higher, more exporters reach a market."""
    base = tuple(m.phi * demand / m.f for demand in (low, high))
    scaled = (h.scaled, lt(*base), via.combine({h.case: m.phi / m.f}))
    power = via.lemma("pow_mono", *base, m.beta, premises=(via.sign(), via.by(h.scaled), via.sign()))
    return h.high, lt(base[0] ** m.beta, base[1] ** m.beta), via.cut((scaled,), power)


def _compared(
    d: Derivation, name: Step, one: sp.Symbol, other: sp.Symbol, says: str
) -> tuple[Step, tuple[Step, Prop, via.Tactic]]:
    """Add the step that two demands are ordered or the same; return it, and what follows where they are the same."""
    order = d.step(name, via.fact("trichotomy", one, other), says, by=via.lemma("trichotomy", one, other))
    above, below = ((m.phi * demand / m.f) ** m.beta for demand in (one, other))
    return order, (h.same, eq(above, below), via.identity(h.case))


def _compare(d: Derivation, phase: m.Phase) -> None:
    """Add the steps ``B falls`` and ``B* rises``: demands per firm when more firms have moved."""
    more, taken = LATER(R), TAKEN[phase]
    inside = {h.phi_below_1: 1, h.s_E_below_1: 1} if phase is m.Phase.XX else {h.s_E_below_1: 1}
    says = "Let more firms have moved:"
    R_up = d.step(h.R_up, lt(R, more), says, by=_powered(m.a_R, LATER(m.a_R), m.alpha, via.by(h.more)))
    says = "Movers are among the firms of autarky,"
    R_below_D = d.step(h.R_below_D, lt(R, D), says)
    d.step(h.room, gt(D - taken * R, 0), "so that sales are left in the South:", by=via.combine({R_below_D: 1}))
    for star, at in (("", m.B), ("*", LATER(m.B_star))):
        moved = via.product({R_up: 1, **inside}, coefficient=at)
        says = "What they sell in their new market is positive:"
        d.step(h.moved_in(star), gt(at * (1 - m.s_E) * taken * (more - R), 0), says, by=moved)
    _falls(d, phase, inside)
    _rises(d, phase)


def _falls(d: Derivation, phase: m.Phase, inside: dict[Step, int]) -> None:
    low, high, more = m.B, LATER(m.B), LATER(R)
    foreign = 1 - m.s_E if phase is m.Phase.XX else sp.S.Zero
    order_step, same = _compared(d, h.order, high, low, "Compare demands in the North:")
    own = m.s_E * D + (1 - m.s_E) * TAKEN[phase] * more
    known = {h.North_2: 1, h.North: -1, h.case: -own, h.same: -foreign * m.f}
    equal = via.combine({h.moved: 1}, equations=known)
    sold: tuple[Step, Prop, via.Tactic] = (
        h.earned_more,
        gt((high - low) * (1 - m.s_E) * TAKEN[phase] * more, 0),
        via.product({h.case: 1, **inside}, coefficient=more),
    )
    steps = [sold]
    parts = {h.moved: 1, h.earned_more: 1, h.case: m.s_E * D}
    if phase is m.Phase.XX:
        gap = (m.phi * high / m.f) ** m.beta - (m.phi * low / m.f) ** m.beta
        steps += [
            _more_exporters(low, high),
            (h.met, gt(gap * (1 - m.s_E) * m.f, 0), via.product({h.high: 1, h.s_E_below_1: 1}, coefficient=m.f)),
        ]
        parts[h.met] = 1
    above = via.cut(steps, via.absurd(via.combine(parts, equations={h.North_2: 1, h.North: -1})))
    says = "Were it no lower with more firms, more would be sold there than is spent:"
    d.step(
        h.B_falls,
        lt(high, low),
        says,
        by=via.cases(order_step, via.by(h.case), via.cut((same,), via.absurd(equal)), above),
    )


def _rises(d: Derivation, phase: m.Phase) -> None:
    low, high = m.B_star, LATER(m.B_star)
    foreign = m.s_E if phase is m.Phase.XX else sp.S.One
    order_star, same = _compared(d, h.order_star, low, high, "Compare demands in the South:")
    own = (1 - m.s_E) * (D - TAKEN[phase] * R)
    known = {h.South: 1, h.South_2: -1, h.case: -own, h.same: -foreign * m.f}
    equal = via.combine({h.moved_star: 1}, equations=known)
    left = (low - high) * (1 - m.s_E) * (D - TAKEN[phase] * R)
    steps = [(h.left, gt(left, 0), via.product({h.case: 1, h.s_E_below_1: 1, h.room: 1})), _more_exporters(high, low)]
    parts = {h.moved_star: 1, h.left: 1, h.high: foreign * m.f}
    below = via.cut(steps, via.absurd(via.combine(parts, equations={h.South: 1, h.South_2: -1})))
    says = "Were it no higher, less would be sold there than is spent:"
    d.step(
        h.B_star_rises,
        lt(low, high),
        says,
        by=via.cases(order_star, via.by(h.case), via.cut((same,), via.absurd(equal)), below),
    )


def _value_falls(phase: m.Phase, goal: Prop) -> Finding:
    start = moving(phase).context(*sr.CORE, *MOVES)
    d = Derivation(beside(start, start, LATER, {h.more: lt(m.a_R, LATER(m.a_R))}))
    sr.shape_facts(d)
    for w in (HERE, LATER):
        _levels(d, phase, w)
    _compare(d, phase)
    gap = gt(m.B - m.B_star - LATER(m.B - m.B_star), 0)
    d.step(h.apart, gap, "The two markets have come closer:", by=via.combine({h.B_falls: 1, h.B_star_rises: 1}))
    parts = {h.apart: 1, h.phi_below_1: 1} if phase is m.Phase.XX else {h.apart: 1}
    less = via.product(parts, coefficient=PROPORTION)
    says = "So the North is more competitive, the South less, and any given firm gains less by moving:"
    return proved(d, goal, via.split(via.by(h.B_falls), via.by(h.B_star_rises), less), says)


NORTH = m.n * sr.moment(0, m.a_D) + m.n_star * sr.moment(0, m.a_X_star)
SOUTH = m.n * sr.moment(0, m.a_X) + m.n_star * sr.moment(0, m.a_D)
SERVED = ((PROPORTION * m.B, PROPORTION * m.B_star), (PROPORTION * m.B, 0), (0, PROPORTION * m.B_star))
SAME = [eq(north_ + m.phi * south_, m.phi * north_ + south_) for north_, south_ in SERVED]


@section("3.2").claim(
    "bo.costless",
    And((*SAME, eq(m.mbar, NORTH), eq(m.mbar_star, SOUTH))),
    title="costless trade",
    printed=r"\phi=1\Rightarrow\text{any spatial location of production is an equilibrium, including full "
    r"agglomeration}",
)
def _costless(goal: Prop) -> Finding:
    model = moving(m.Phase.XX)
    core = [name for name in sr.CORE if name != h.phi_below_1]
    d = Derivation(model.context(*core, *MOVES).having(h.free, eq(m.phi, 1)))
    sr.shape_facts(d)
    known = (*_sales(d, m.Phase.XX, HERE), h.sales_X_star)
    sr.integrate(d, (h.sales_X_star, 1 - m.sigma, 0, m.a_X_star))
    sums = [via.identity(h.mbar_in(star), *known, h.free) for star in ("", "*")]
    says = (
        "A firm earns the same in both nations, whichever markets it serves, and where it is does not matter to others:"
    )
    return proved(d, goal, via.split(*(via.identity(h.free) for _ in SAME), *sums), says)


def _declines(phase: m.Phase, who: str) -> Claim:
    printed = r"\text{the value to any given firm of moving declines as the range of firms that have moved expands}"
    title = f"the gain from moving declines while {who} move"
    gain = GAIN_X if phase is m.Phase.XX else GAIN_D
    says = And((lt(LATER(m.B), m.B), lt(m.B_star, LATER(m.B_star)), lt(LATER(gain), gain)))
    argue = partial(_value_falls, phase)
    return section("3.2").stated("claim", f"bo.value-declines.{phase}", says, argue, title=title, printed=printed)


CLAIMS: tuple[Claim, ...] = (
    section("3.2").row(
        "claim",
        "bo.value-declines",
        r"\text{relocation raises competition in the North and lowers it in the South: the value of moving declines}",
        parts=(_declines(m.Phase.XX, h.exporters), _declines(m.Phase.DD, h.D_types)),
        title="the gain from moving declines",
    ),
    _costless,
)
