"""Section 3.2 below (20): the relocation cutoff goes on rising as trade gets freer, in each phase and reading."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import sympy as sp

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.existence import MOVED
from symhet.papers.bo.facts import World, with_second
from symhet.papers.bo.liberalisation import LONG_FREER
from symhet.papers.bo.longrun_facts import CORE, LONG, phase_holds
from symhet.papers.bo.longrun_facts import solve as solve_long
from symhet.papers.bo.readings import by_reading
from symhet.papers.bo.relocation_facts import RATIO, SHARE
from symhet.papers.bo.shortrun_pairs import LATER, MASSES, freer, rise_with_freeness, solve
from symhet.papers.bo.sources import section
from symhet.papers.bo.sunk import SETTLED, stop, sunk
from symhet.propositions import Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

PLACE = section("3.2", "below (20)")
PRINTED = r"\text{as before, }a_R\text{ continues to rise gradually as trade gets freer}"
D = m.a_D**m.alpha
SUNK_LATER = World("2", tuple(sorted({m.phi, *sunk().endogenous} - {m.a_D, m.n, m.n_star, m.n_w, m.s_n}, key=str)))
"""The same firms with freer trade, when footholds are sunk in each market."""


def _moved(d: Derivation, phase: m.Phase, w: World) -> None:
    """Add the step ``moved share``: (a_R/a_D)^alpha in terms of the share of exporters."""
    name, R, X, free, Y = w.name, w(m.a_R**m.alpha), w(m.a_X**m.alpha), w(m.phi), w(SHARE)
    south = 1 - m.s_E
    carried: tuple[Step, ...] = ()
    if phase is m.Phase.XX:
        spans, taken, foreign = [(m.a_R, m.a_D)], 1 - free, m.s_E
    else:
        spans, carried, taken, foreign = [(m.a_R, m.a_D), (m.a_X, m.a_R)], sr.CARRIED, sp.S.One, sp.S.One
    counted = [h.J_of(w(x).name) for x in (m.a_D, m.a_X, m.a_R)] + [h.J_between(w(x).name, w(y).name) for x, y in spans]
    d.step(name(h.sold_in("*")), eq(w(m.B_star * m.mbar_star), south), "The Southern market clears:")
    scale, equal = m.f * m.a_D**m.rho, h.location if phase is m.Phase.XX else h.equal_demand
    sellers = south * (D - taken * R) + foreign * free * X
    sums = via.transported(name(h.sold_in("*")), name(h.mbar_star), *counted, *carried, *MASSES, factor=scale)
    spent = eq(w(m.B_star) * sellers, south * scale)
    d.step(name(h.spent_in("*")), spent, "firms that produce there and exporters sell what is spent,", by=sums)
    d.step(name(h.one_minus_Y), gt(1 - Y, 0), "and not all firms export,")
    kept = eq(south * (1 - Y) * (1 - taken * (w(m.a_R) / m.a_D) ** m.alpha), south - foreign * Y)
    sold = {name(h.spent_in("*")): 1 / scale, name(equal): sellers / scale, name(h.exported): -foreign * X / scale}
    own = -south * (D - taken * R) / scale
    d.step(name(h.kept), kept, "so that", by=via.linear({**sold, name(h.level): own}))
    value = eq((w(m.a_R) / m.a_D) ** m.alpha, w(RATIO[phase] * SHARE / (m.phi * (1 - SHARE))))
    share = via.linear({name(h.kept): -1 / (south * taken * (1 - Y))})
    d.step(name(h.moved_share), value, "and the share of sales that moves is", by=share)


def _before(phase: m.Phase, statement: Prop) -> Finding:
    d = Derivation(freer(phase))
    for w in (World(), LATER):
        solve(d, phase, w)
        _moved(d, phase, w)
    rise_with_freeness(d)
    odds = SHARE / (1 - SHARE)
    apart = via.product({h.share: 1, h.one_minus_Y: -1, LATER.name(h.one_minus_Y): -1})
    d.step(h.odds, lt(odds, LATER(odds)), "More firms export, also relative to those that do not:", by=apart)
    moved = (m.a_R / m.a_D) ** m.alpha
    more = via.product({h.odds: 1, h.s_E_below_1: -1}, h.moved_share, LATER.name(h.moved_share), coefficient=m.s_E)
    if phase is m.Phase.XX:
        dear, part = 1 / (1 - m.phi), (2 * m.s_E - 1) / (1 - m.s_E)
        d.step(h.less, lt(dear, LATER(dear)), "Movers gain less each, so that more of them are needed,")
        d.step(h.size, gt(part, 0), "and the North is larger:")
        many = via.product({h.odds: 1, h.size: 1, h.phi_below_1: -1})
        steps = (
            (h.rest, gt((LATER(odds) - odds) * part * dear, 0), many),
            (
                h.room,
                gt((LATER(dear) - dear) * part * LATER(odds), 0),
                via.product({h.less: 1, h.size: 1, LATER.name(h.one_minus_Y): -1}, coefficient=LATER(SHARE)),
            ),
        )
        known = {h.moved_share: 1, LATER.name(h.moved_share): -1}
        more = via.cut(steps, via.combine({h.rest: 1, h.room: 1}, equations=known))
    d.step(h.more, lt(moved, LATER(moved)), "So more sales move,", by=more)
    roots = (moved, LATER(moved), 1 / m.alpha)
    d.step(h.power, via.fact("pow_mono", *roots), "and, taking roots,", by=via.lemma("pow_mono", *roots))
    reason = (
        "The paper reads it off (9), which has free entry; before entry and exit a_D is autarky's, and a_X solves the "
        "condition in (17)."
    )
    says = "the relocation cutoff is higher:"
    return proved(d, statement, via.combine({h.power: m.a_D}), says, reason)


def _after(phase: m.Phase, statement: Prop) -> Finding:
    w = LONG_FREER
    shares = {h.freer: lt(m.phi, w(m.phi)), h.s_n_is_s_E: eq(m.s_n, m.s_E), w.name(h.s_n_is_s_E): eq(w(m.s_n), m.s_E)}
    d = Derivation(with_second(m.long_run(phase), (*CORE, *LONG, *phase_holds(phase)), w, shares))
    moved, output = MOVED[phase], m.Omega / (1 + m.Omega)
    for world in (World(), w):
        solve_long(d, phase, world)
        share = eq(world(m.a_R) ** m.alpha, world(moved * m.a_D**m.alpha))
        same = via.transported(world.name(h.R), world.name(h.s_n_is_s_E))
        d.step(world.name(h.moved), share, "With unchanged shares of births", by=same)
        raised = eq(world(m.a_R) ** m.rho, world(moved ** (m.rho / m.alpha) * m.a_D**m.rho))
        d.step(world.name(h.power), raised, "that is,", by=via.powers({world.name(h.moved): m.rho / m.alpha}))
        level = eq(world(m.a_R) ** m.rho, world(moved ** (m.rho / m.alpha) * m.kappa / (1 + m.Omega)))
        d.step(world.name(h.level), level, "or", by=via.transported(world.name(h.power), world.name(h.a_D_to_rho)))
    d.step(h.Omega_up, lt(m.Omega, w(m.Omega)), "Freer trade raises")
    scale = 1 / ((1 + m.Omega) * (1 + w(m.Omega)))
    d.step(h.output, lt(output, w(output)), "and with it", by=via.product({h.Omega_up: 1}, coefficient=scale))
    if phase is m.Phase.XX:
        d.step(h.less, lt(1 / (1 - m.phi), w(1 / (1 - m.phi))), "Movers gain less each, so that more of them move,")
    more, many = _larger(phase, h.Omega_up, m.Omega), _larger(phase, h.output, output)
    d.step(h.more, lt(moved, w(moved)), "so that more sales move,", by=more)
    d.step(h.many, lt(moved / (1 + m.Omega), w(moved / (1 + m.Omega))), "also relative to those of all firms,", by=many)
    e = m.rho / m.alpha - 1
    d.step(h.exponent_above_0, gt(e, 0), "As the exponent is positive,")
    ends = (moved, w(moved), e)
    d.step(h.raised, via.fact("pow_mono", *ends), "taking powers,", by=via.lemma("pow_mono", *ends))
    d.step(h.some, gt(moved**e, 0), "where")
    unit, firm = m.f_I / m.f, moved / (1 + m.Omega)
    north: dict[Step, int] = {h.beta_above_1: 1, h.s_E_below_1: -1}
    if phase is m.Phase.XX:
        north |= {h.s_E_above_half: 1, w.name(h.phi_below_1): -1}
    weight = unit * w(output) * (2 if phase is m.Phase.XX else m.s_E)
    wider = gt(m.kappa * w(firm) * (w(moved**e) - moved**e), 0)
    denser = gt(m.kappa * moved**e * (w(firm) - firm), 0)
    steps = (
        (h.rest, wider, via.product({h.raised: 1, **north}, coefficient=weight)),
        (h.room, denser, via.product({h.many: 1, h.some: 1, h.beta_above_1: 1}, coefficient=unit)),
    )
    both = via.combine({h.rest: 1, h.room: 1}, equations={h.level: 1, w.name(h.level): -1})
    d.step(
        h.high,
        lt(m.a_R**m.rho, w(m.a_R) ** m.rho),
        "the firms that move are a larger part of all draws:",
        by=via.cut(steps, both),
    )
    roots = (m.a_R**m.rho, w(m.a_R) ** m.rho, 1 / m.rho)
    d.step(h.root, via.fact("pow_mono", *roots), "Taking roots,", by=via.lemma("pow_mono", *roots))
    reason = "At s_n = s_E: selection lowers a_D, but the part of all firms that moves rises by more."
    says = "the relocation cutoff is higher:"
    return proved(d, statement, via.combine({h.root: 1}), says, reason)


def _larger(phase: m.Phase, rises: Step, factor: sp.Expr) -> via.Tactic:
    """Prove that a factor times the share of movers at a given factor rises, from the step that the factor rises."""
    w = LONG_FREER
    if phase is m.Phase.DD:
        return via.product({rises: 1, h.s_E_below_1: -1}, coefficient=m.s_E)
    part, dear = (2 * m.s_E - 1) / (1 - m.s_E), 1 / (1 - m.phi)
    north = {h.s_E_above_half: 1, h.s_E_below_1: -1}
    steps = (
        (
            h.rest,
            gt((w(factor) - factor) * part * dear, 0),
            via.product({rises: 1, **north, h.phi_below_1: -1}, coefficient=2),
        ),
        (
            h.room,
            gt((w(dear) - dear) * part * w(factor), 0),
            via.product({h.less: 1, **north}, coefficient=2 * w(factor)),
        ),
    )
    return via.cut(steps, via.combine({h.rest: 1, h.room: 1}))


def _southern(d: Derivation, w: World) -> None:
    """Add the step ``South``: what determines demand per firm there when movers go on selling."""
    name, B_star, R, scale = w.name, w(m.B_star), w(m.a_R**m.alpha), m.f * m.a_D**m.rho
    left = (1 - m.s_E) * (D - (1 - w(m.phi)) * R)
    d.step(name(h.sold_in("*")), eq(B_star * w(m.mbar_star), 1 - m.s_E), "The Southern market clears,")
    spent = eq(B_star * (left + m.s_E * w(m.phi * m.a_X**m.alpha)), (1 - m.s_E) * scale)
    counted = via.transported(name(h.sold_in("*")), name(h.weights_star), *MASSES, factor=scale)
    d.step(name(h.spent_in("*")), spent, "that is,", by=counted)
    exported = eq(w(m.phi * m.B_star * m.a_X**m.alpha), m.f * w(m.a_X) ** m.rho)
    earned = via.transported(name(h.export), factor=w(m.a_X) ** m.rho)
    d.step(name(h.exported), exported, "Exporters from the North sell", by=earned)
    reach = eq(w(m.a_X) ** m.rho, w((m.phi * m.B_star / m.f) ** m.beta))
    d.step(name(h.reach_in("*")), reach, "up to the cutoff", by=via.powers({name(h.export): -m.beta}))
    level = eq(B_star * left + m.s_E * m.f * w((m.phi * m.B_star / m.f) ** m.beta), (1 - m.s_E) * scale)
    used = {name(h.spent_in("*")): 1, name(h.exported): -m.s_E, name(h.reach_in("*")): -m.s_E * m.f}
    d.step(name(h.South), level, "so that demand per firm there solves", by=via.linear(used))
    inside = (w(m.a_R), m.a_D, m.alpha)
    d.step(name(h.R_below_D), lt(R, D), "Movers are among the firms of autarky,", by=via.lemma("pow_mono", *inside))
    left_over = via.combine({name(h.R_below_D): 1})
    d.step(name(h.room), gt(D - (1 - w(m.phi)) * R, 0), "so that sales are left in the South.", by=left_over)
    margin = eq(m.f * w(m.a_R) ** (m.sigma - 1), w(m.B - (1 - m.phi) * m.B_star))
    d.step(
        name(h.mover),
        margin,
        "The last mover is indifferent:",
        by=via.transported(name(h.location), factor=-(w(m.a_R) ** (m.sigma - 1))),
    )


def _no_less(w: World) -> via.Tactic:
    """Derive 0 < 0 from ``few``: with freer trade and no more movers the last mover would gain."""
    later, R, R_2 = w(m.phi), m.a_R**m.alpha, w(m.a_R) ** m.alpha
    costly = sp.Symbol("v", positive=True)
    sales = via.combine({h.freer: R, h.R_power: costly})
    ends = (w(m.a_R), m.a_R)
    steps = (
        (h.R_power, le(R_2, R), via.lemma("pow_mono_weak", *ends, m.alpha)),
        (h.power, via.fact("pow_mono_weak", *ends, m.sigma - 1), via.lemma("pow_mono_weak", *ends, m.sigma - 1)),
        (
            h.wider,
            lt(D - (1 - m.phi) * R, D - (1 - later) * R_2),
            via.chart({costly: 1 - later}, {later: 1 - costly}, sales),
        ),
        (h.up, le(m.B, w(m.B)), _north(w)),
        (h.falls_star, lt(w((1 - m.phi) * m.B_star), (1 - m.phi) * m.B_star), _south(w)),
    )
    known = {h.mover: 1, w.name(h.mover): -1}
    return via.cut(steps, via.absurd(via.combine({h.up: 1, h.falls_star: 1, h.power: m.f}, equations=known)))


def _north(w: World) -> via.Tactic:
    q = 1 / (2 + sr.U)
    sellers = (1 + sr.U) * q * D + q * w(m.a_R) ** m.alpha
    known = {h.spent: 1, w.name(h.spent): -1}
    return sr.larger(via.combine({h.R_power: m.B * q}, multiplier=sellers, equations=known))


def _south(w: World) -> via.Tactic:
    low, high, later, South_2 = m.B_star, w(m.B_star), w(m.phi), w.name(h.South)
    room = D - (1 - m.phi) * m.a_R**m.alpha
    south = 1 - m.s_E
    order = via.fact("trichotomy", high, low)
    dearer = (h.met, gt((1 - later) * (low - high), 0), via.product({h.side: 1, w.name(h.phi_below_1): 1}))
    falls = via.cut((dearer,), via.combine({h.met: 1, h.freer: low}))
    bases = (m.phi * low / m.f, later * high / m.f)
    raised = (h.raised, via.fact("pow_mono", *bases, m.beta), via.lemma("pow_mono", *bases, m.beta))
    more = (
        h.more,
        gt(south * high * (w(room) - room), 0),
        via.product({h.s_E_below_1: 1, h.wider: 1}, coefficient=high),
    )
    equations = {h.South: -1, South_2: 1}
    same = via.cut(
        ((h.scaled, lt(*bases), via.combine({h.freer: high / m.f}, equations={h.side: -m.phi / m.f})), raised, more),
        via.absurd(via.combine({h.raised: m.s_E * m.f, h.more: 1}, equations={**equations, h.side: -south * room})),
    )
    left = (h.left, gt(south * room * (high - low), 0), via.product({h.s_E_below_1: 1, h.room: 1, h.side: 1}))
    above = via.cut(
        ((h.scaled, lt(*bases), via.combine({h.freer: high / m.f, h.side: m.phi / m.f})), raised, more, left),
        via.absurd(via.combine({h.raised: m.s_E * m.f, h.more: 1, h.left: 1}, equations=equations)),
    )
    known = (h.order_star, order, via.lemma("trichotomy", high, low))
    return via.cut((known,), via.cases(h.order_star, falls, same, above, name=h.side))


def _sunk(goal: Prop) -> Finding:
    w = SUNK_LATER
    d = Derivation(with_second(sunk(), (*sr.CORE, *SETTLED), w, {h.freer: lt(m.phi, w(m.phi))}))
    for world in (World(), w):
        stop(d, world)
        _southern(d, world)
    order = d.step(
        h.order,
        via.fact("trichotomy", m.a_R, w(m.a_R)),
        "Compare the last movers:",
        by=via.lemma("trichotomy", m.a_R, w(m.a_R)),
    )
    fewer = via.cut(((h.few, le(w(m.a_R), m.a_R), via.combine({h.case: 1})),), _no_less(w))
    level = via.cut(((h.few, le(w(m.a_R), m.a_R), via.combine({}, equations={h.case: -1})),), _no_less(w))
    rises = via.cases(order, via.by(h.case), level, fewer)
    says = (
        "Were there no more movers, demand would be no lower in the North and lower in the South, and more would gain:"
    )
    reason = "(20) does not hold with footholds sunk (bo.eq20.sunk), but the cost of the last mover rises all the same."
    return proved(d, goal, rises, says, reason)


def _part(phase: m.Phase, entry: str, says: Prop, argue: Callable[[m.Phase, Prop], Finding]) -> Claim:
    title = f"the relocation cutoff rises in {phase} {entry} entry and exit"
    identifier = f"bo.rising.{phase}.{entry}"
    return PLACE.stated("claim", identifier, says, partial(argue, phase), title=title, printed=PRINTED)


BEFORE, AFTER, SUNK = (lt(m.a_R, w(m.a_R)) for w in (LATER, LONG_FREER, SUNK_LATER))
"""The relocation cutoff rises with freer trade: before entry and exit, after, and with footholds sunk."""

CLAIMS: tuple[Claim, ...] = (
    PLACE.row(
        "claim",
        "bo.rising",
        PRINTED,
        parts=(
            _part(m.Phase.XX, "before", BEFORE, _before),
            by_reading(
                "bo.rising.DD.before",
                "claim",
                PLACE,
                PRINTED,
                ((BEFORE, partial(_before, m.Phase.DD)), (SUNK, _sunk)),
                "the relocation cutoff rises in DD before entry and exit",
            ),
            _part(m.Phase.XX, "after", AFTER, _after),
            _part(m.Phase.DD, "after", AFTER, _after),
        ),
        title="the relocation cutoff keeps rising",
    ),
)
