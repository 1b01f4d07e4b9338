"""Two short runs side by side: with freer trade, or with and without relocation."""

from __future__ import annotations

import sympy as sp

from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.facts import World, Worlds, integrate, integrate_between
from symhet.papers.bo.relocation_facts import SHARE, SHORT, TOP, cut, export_cutoff, exported, portable
from symhet.papers.bo.shortrun_model import CORE, opening, relocated
from symhet.propositions import Or, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

LATER = World("2", (m.phi, m.a_X, m.a_R, m.B, m.B_star, m.mbar, m.mbar_star))
"""The same firms with freer trade."""

STAY = World("0", (m.a_X, m.a_X_star, m.B, m.B_star, m.mbar, m.mbar_star))
"""The same firms, none of which has moved."""

MASSES = (h.n, h.n_star, h.n_w, h.s_n_is_s_E)

FREER: dict[Step, Prop] = {h.freer: lt(m.phi, LATER(m.phi))}


def names(phase: m.Phase) -> tuple[Step, ...]:
    """Return the names of the hypotheses of a phase."""
    return (*CORE, *SHORT[phase])


def beside(context: Context, other: Context, w: World, extra: dict[Step, Prop]) -> Context:
    """Return two contexts in one; what the second says differently carries its mark."""
    return Worlds(context.hypotheses).beside(w, other.hypotheses).context(extra)


def freer(phase: m.Phase, whole: bool = False) -> Context:
    """Return the short run of a phase at two freenesses of trade."""
    model = relocated(phase)
    start = model.whole_domain(*SHORT[phase]) if whole else model.context(*names(phase))
    return beside(start, start, LATER, FREER)


def against_staying(phase: m.Phase, whole: bool = False) -> Context:
    """Return the short run of a phase beside the opening of trade, before anybody moved."""
    model, start = relocated(phase), opening()
    told = (*start.definitions, *start.conditions)
    if whole:
        return beside(model.whole_domain(*SHORT[phase]), start.context(*told), STAY, {})
    return beside(model.context(*names(phase)), start.context(*told), STAY, {})


def solve(d: Derivation, phase: m.Phase, w: World) -> None:
    """Add, in one of the two short runs, the steps ``cut`` (the export cutoff) and ``level`` (demand per firm)."""
    name = w.name
    for cutoff in (m.a_D, m.a_X, m.a_R):
        if h.J_of(w(cutoff).name) not in d.context.hypotheses:
            integrate(d, w(cutoff))
    spans = [(m.a_R, m.a_X), (m.a_R, m.a_D)] if phase is m.Phase.XX else [(m.a_X, m.a_R), (m.a_R, m.a_D)]
    for low, high in spans:
        integrate_between(d, w(low), w(high))
    integrals = [h.J_of(w(x).name) for x in (m.a_D, m.a_X, m.a_R)] + [
        h.J_between(w(x).name, w(y).name) for x, y in spans
    ]
    export_cutoff(d, (name(h.mbar), name(h.mbar_star), *portable(d), *integrals, *MASSES), w)
    level = eq(w(m.B), w(m.f * m.a_D ** (m.sigma - 1) * (1 - SHARE)))
    value = via.linear({name(h.exported): 1 / w(m.phi), name(h.cut): m.f * m.a_D ** (m.sigma - 1) / w(m.phi)})
    d.step(name(h.level), level, "Demand per firm is", by=value)


def compare(d: Derivation, small: World, large: World, equal: via.Tactic, above: via.Tactic) -> None:
    """Add the steps ``top`` and ``share``: the export cutoff is lower in one world than in the other.

    Each tactic derives 0 < 0 when it is not, from ``side`` (the cutoffs) and ``high`` (their powers).
    """
    y, z = small(TOP), large(TOP)
    Y, Z = small(SHARE), large(SHARE)
    order = Or((lt(y, z), eq(y, z), gt(y, z)))
    order_step = d.step(h.order, order, "Compare the two export cutoffs.", by=via.lemma("trichotomy", y, z))
    same = via.cut(((h.high, eq(Z, Y), via.powers({h.side: -m.beta})),), via.absurd(equal))
    more = via.cut(((h.high, lt(Z, Y), _raised(z, y, h.side)),), via.absurd(above))
    d.step(h.top, lt(y, z), "It must be that", by=via.cases(order_step, via.by(h.side), same, more, name=h.side))
    d.step(h.share, lt(Y, Z), "and so")


def _raised(low: sp.Expr, high: sp.Expr, order: Step) -> via.Tactic:
    power = via.lemma("pow_mono", low, high, m.beta, premises=(via.sign(), via.by(order), via.by(h.beta_above_0)))
    return via.cut(
        ((h.beta_above_0, gt(m.beta, 0), via.sign()), (h.raised, via.fact("pow_mono", low, high, m.beta), power)),
        via.combine({h.raised: 1}),
    )


def rise_with_freeness(d: Derivation) -> None:
    """Add the steps ``top`` and ``share`` for two freenesses of trade: more firms export when trade is freer."""
    later, now = LATER(m.phi), m.phi
    weights = {h.cut: sp.S.One, h.cut_2: -now / later}
    room = {h.freer: LATER(TOP) / later}
    equal = via.combine(room, equations={**weights, h.side: -1, h.high: now})
    above = via.combine({**room, h.side: 1, h.high: now}, equations=weights)
    compare(d, World(), LATER, equal, above)


def rise_with_relocation(d: Derivation) -> None:
    """Add the steps ``top`` and ``share``: relocation makes the South easier to export to."""
    size = m.s_E / (1 - m.s_E)
    d.step(h.size, lt(1, size), "North is the larger nation,")
    weights = {h.cut: sp.S.NegativeOne, h.cut_0: sp.S.One}
    room = {h.size: m.phi * STAY(SHARE)}
    equal = via.combine(room, equations={**weights, h.side: -1, h.high: m.phi})
    above = via.combine({**room, h.side: 1, h.high: m.phi}, equations=weights)
    compare(d, STAY, World(), equal, above)


def solve_unmoved(d: Derivation) -> None:
    """Add, for the South before anybody moves, the steps ``exported 0`` and ``cut 0``."""
    name, w = STAY.name, STAY
    integrate(d, w(m.a_X))
    sold = eq(w(m.B_star * m.mbar_star), 1 - m.s_E)
    d.step(name(h.sold), sold, "Before anybody moves, the Southern market clears,")
    integrals = (h.J_a_D, h.J_of(w(m.a_X).name), *MASSES)
    scale = m.f * m.a_D**m.rho / (1 - m.s_E)
    weight = m.s_E / (1 - m.s_E)
    total = eq(w(m.B_star * (m.a_D**m.alpha + weight * m.phi * m.a_X**m.alpha)), m.f * m.a_D**m.rho)
    counted = via.transported(name(h.sold), name(h.mbar_star), *integrals, factor=scale)
    d.step(name(h.demand), total, "which fixes demand per firm there:", by=counted)
    exported(d, w, m.B_star)
    cut(d, w, weight)
