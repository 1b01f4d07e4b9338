"""Section 3.3: what firms of each productivity choose among all strategies, and which strategies exclude one another.

Proved: below the first cutoff every strategy loses; between two cutoffs, and above the last, one strategy beats all
others. Assumed: A.1-A.3, through which the cutoffs are ordered.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.claims import Finding, proved
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.facts import ORDERING, SPARE_L, SPARE_S, above_one, offshoring_gains, ordered_cutoffs
from symhet.papers.kz.notation import phi, v
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import (
    INDIFFERENCE,
    STRATEGIES,
    define_variable_profit,
    profits_in_labour,
    survivors_profit,
)
from symhet.papers.kz.symbols import other_phi, other_v
from symhet.papers.kz.terms import efficiency, revenue
from symhet.propositions import And, Implies, Or, Prop, Rel, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

EARNED = {name: profit for name, (profit, _) in STRATEGIES.items()}
STEPS: Mapping[Step, tuple[sp.Symbol, sp.Expr, sp.Expr]] = {
    h.survive: (m.phi_min, sp.Integer(1), m.f_p),
    h.offshore: (m.phi_off, m.Lambda - 1, m.f_I),
    h.export: (m.phi_ex, m.Lambda, m.tau**m.k * m.f_ex),
}
"""Of each step: its cutoff, what it adds to variable profit in units of v, and what that must cover."""

Uses = dict[Step, sp.Expr | int]


def _firms() -> Derivation:
    """Return a derivation with ordered cutoffs and, as steps, the profits of all strategies in terms of v."""
    context = m.offshoring_first().context(*ORDERING)
    d = Derivation(context.having(h.marginal_producer, INDIFFERENCE[h.marginal_producer]))
    define_variable_profit(d)
    ordered_cutoffs(d)
    profits_in_labour(d)
    survivors_profit(d, "The least productive survivor earns nothing:")
    says = "By (12) the fixed cost of offshoring is"
    d.step(h.f_I, eq(m.f_I, m.f_p * (m.Lambda - 1) * (m.phi_off / m.phi_min) ** m.k), says)
    says = "and by (14) that of exporting is"
    d.step(h.f_ex, eq(m.f_ex, m.f_p * m.Lambda * (m.phi_ex / (m.tau * m.phi_min)) ** m.k), says)
    return d


def _order(known: Step, low: sp.Symbol, high: sp.Symbol) -> dict[Step, sp.Expr | int]:
    """Return the inequalities that add up to an order of two cutoffs."""
    steps = {h.min_below_off: (m.phi_min, m.phi_off), h.off_below_ex: (m.phi_off, m.phi_ex)}
    names = list(steps)
    first = next((place for place, name in enumerate(names) if steps[name][0] == low), len(names))
    last = next((place for place, name in enumerate(names) if steps[name][1] == high), -1)
    return {known: 1, **dict.fromkeys(names[first : last + 1], 1)}


def _pays(step: Step, known: Step, at: sp.Symbol, above: bool) -> list[tuple[Step, Prop, via.Tactic]]:
    """Return the proof that a step pays above a cutoff, or does not pay below one, under the step's own name."""
    cutoff, gain, cost = STEPS[step]
    relative = phi / cutoff
    if above:
        base, name = gt(relative, 1), "pow_gt_one"
        order = _order(known, cutoff, at)
        paid = lt(cost, gain * v)
    else:
        base, name = lt(relative, 1), "pow_lt_one"
        order = _order(known, at, cutoff)
        paid = lt(gain * v, cost)
    power = via.fact(name, relative, m.k)
    scale = m.f_p if step == h.survive else m.f_p * gain * (cutoff / m.phi_min) ** m.k
    charted = scale.xreplace({m.k + 1: 1 + SPARE_S}).xreplace({m.Lambda: 1 + SPARE_L})
    using = (h.size, *{h.survive: (), h.offshore: (h.f_I,), h.export: (h.f_ex,)}[step])
    return [
        (h.base_for(step), base, via.combine(dict.fromkeys(order, 1 / cutoff))),
        (h.power_for(step), power, via.lemma(name, relative, m.k)),
        (step, paid, above_one(via.combine({h.power_for(step): charted}, *using))),
    ]


_MARKET = m.n / m.tau**SPARE_S
_BELOW: Mapping[Step, Uses] = {
    h.home: {h.survive: m.w},
    h.offshoring: {h.survive: m.w, h.offshore: m.w},
    h.exporting: {h.survive: m.w, h.offshore: m.w, h.export: m.w * _MARKET},
    h.export_only: {h.survive: m.w, h.export: m.w * _MARKET},
}
"""How the losses of the steps add up to the loss of each strategy, where no step pays."""


def _loses(name: Step) -> via.Tactic:
    return above_one(via.combine(_BELOW[name], name))


def _worse(name: Step, than: Step, uses: Uses) -> via.Tactic:
    """Prove that a strategy earns less than another, from the steps that pay or do not."""
    return above_one(via.combine(uses, name, than))


def _side(steps: list[tuple[Step, Prop, via.Tactic]], *parts: via.Tactic) -> via.Tactic:
    """Prove what holds on one side of a cutoff."""
    return via.intro(h.side, via.cut(steps, via.split(*parts)))


def _less(*pairs: tuple[Step, Step]) -> tuple[Rel, ...]:
    """Return that the first strategy of each pair earns less than the second."""
    return tuple(lt(EARNED[worse], EARNED[better]) for worse, better in pairs)


@section("3.3").derived(
    "kz.eq11.survivors",
    And(
        (
            Implies(lt(phi, m.phi_min), And(tuple(lt(EARNED[name], 0) for name in EARNED))),
            Implies(lt(m.phi_min, phi), And((gt(EARNED[h.home], 0),))),
        )
    ),
    title="who produces",
    printed=r"\text{firms whose productivity is too low to recoup the fixed costs } f_p \text{ have to leave}",
)
def survivors(statement: Prop) -> Finding:
    """Below the first cutoff every strategy loses, above it staying at home earns something."""
    d = _firms()
    below = [step for name in STEPS for step in _pays(name, h.side, m.phi_min, above=False)]
    above = _pays(h.survive, h.side, m.phi_min, above=True)
    earns = above_one(via.combine({h.survive: m.w}, h.home))
    says = "A firm below the first cutoff would lose under every strategy, one above it earns something at home:"
    return proved(d, statement, via.split(_side(below, *map(_loses, EARNED)), _side(above, earns)), says)


OFFSHORERS = And(
    (
        Implies(lt(phi, m.phi_off), And(_less((h.offshoring, h.home), (h.exporting, h.home), (h.export_only, h.home)))),
        Implies(
            lt(m.phi_off, phi),
            And((gt(EARNED[h.offshoring], 0), *_less((h.home, h.offshoring), (h.export_only, h.exporting)))),
        ),
    )
)
"""Below the offshoring cutoff no strategy with foreign intermediates is best, above it one is."""


def who_offshores(statement: Prop) -> Finding:
    """Argue `OFFSHORERS`."""
    d = _firms()
    below = [step for name in (h.offshore, h.export) for step in _pays(name, h.side, m.phi_off, above=False)]
    stay = (
        _worse(h.offshoring, h.home, {h.offshore: m.w}),
        _worse(h.exporting, h.home, {h.offshore: m.w, h.export: m.w * _MARKET}),
        _worse(h.export_only, h.home, {h.export: m.w * _MARKET}),
    )
    above = [step for name in (h.survive, h.offshore) for step in _pays(name, h.side, m.phi_off, above=True)]
    go = (
        above_one(via.combine({h.survive: m.w, h.offshore: m.w}, h.offshoring)),
        _worse(h.home, h.offshoring, {h.offshore: m.w}),
        _worse(h.export_only, h.exporting, {h.offshore: m.w}),
    )
    says = (
        "Below the offshoring cutoff home sales with domestic intermediates are better than any other strategy; above "
        "it each strategy with domestic intermediates is worse than the same one with foreign intermediates:"
    )
    return proved(d, statement, via.split(_side(below, *stay), _side(above, *go)), says)


offshorers = section("3.3").stated(
    "derived",
    "kz.eq12.offshorers",
    OFFSHORERS,
    who_offshores,
    title="who offshores",
    printed=r"\text{offshoring is only profitable for firms passing a certain threshold productivity}",
)


@section("3.3").derived(
    "kz.eq14.exporters",
    And(
        (
            Implies(lt(phi, m.phi_ex), And(_less((h.exporting, h.offshoring), (h.export_only, h.home)))),
            Implies(
                lt(m.phi_ex, phi),
                And(
                    (
                        gt(EARNED[h.exporting], 0),
                        *_less((h.home, h.exporting), (h.offshoring, h.exporting), (h.export_only, h.exporting)),
                    )
                ),
            ),
        )
    ),
    title="who exports",
    printed=r"\text{only the most productive firms find it profitable to export}",
)
def exporters(statement: Prop) -> Finding:
    """Below the export cutoff no strategy with exports is best, above it offshoring and exporting is."""
    d = _firms()
    below = _pays(h.export, h.side, m.phi_ex, above=False)
    stay = (
        _worse(h.exporting, h.offshoring, {h.export: m.w * _MARKET}),
        _worse(h.export_only, h.home, {h.export: m.w * _MARKET}),
    )
    above = [step for name in STEPS for step in _pays(name, h.side, m.phi_ex, above=True)]
    go = (
        above_one(via.combine(_BELOW[h.exporting], h.exporting)),
        _worse(h.home, h.exporting, {h.offshore: m.w, h.export: m.w * _MARKET}),
        _worse(h.offshoring, h.exporting, {h.export: m.w * _MARKET}),
        _worse(h.export_only, h.exporting, {h.offshore: m.w}),
    )
    says = (
        "Below the export cutoff either strategy with exports is worse than the same one without; above it offshoring "
        "and exporting is better than any other strategy:"
    )
    return proved(d, statement, via.split(_side(below, *stay), _side(above, *go)), says)


def _difference(known: Step, scale: sp.Expr, better: Step, worse: Step) -> via.Tactic:
    """Use a known order of two profits, a multiple of it, in terms of v."""
    return via.combine({known: scale}, equations={better: scale, worse: -scale})


_OTHER = {name: profit.xreplace({phi: other_phi}) for name, profit in EARNED.items()}
"""Profits of another firm."""


@section("3.3").claim(
    "kz.exclusive",
    Implies(
        lt(EARNED[h.home], EARNED[h.offshoring]),
        Implies(
            lt(EARNED[h.exporting], EARNED[h.offshoring]),
            Or((lt(_OTHER[h.export_only], _OTHER[h.home]), lt(_OTHER[h.export_only], _OTHER[h.exporting]))),
        ),
    ),
    title="the two incomplete strategies",
    printed=r"\text{only exporting and only offshoring cannot occur simultaneously in equilibrium}",
)
def one_incomplete_strategy(statement: Prop) -> Finding:
    """If offshoring alone is best for some firm, then exporting alone is best for none."""
    d = Derivation(m.offshoring_first().context(h.sigma_above_1, h.w, h.p_I_d, h.p_I_w, h.p_I_off, h.Lambda, h.A_1))
    define_variable_profit(d)
    v_prime = d.define(
        h.v_new, other_v, revenue(efficiency(other_phi, m.p_I_d)) / (m.sigma * m.w), "and of another firm"
    )
    offshoring_gains(d)
    profits_in_labour(d, h.home, h.offshoring, h.exporting)
    for name in (h.home, h.exporting, h.export_only):
        short = STRATEGIES[name][1].xreplace({v: other_v})
        d.step(h.other_of(name), eq(_OTHER[name], short), "The other firm earns", by=via.identity(h.Lambda, v_prime))
    level = m.tau**m.k * m.f_ex
    size_step = d.step(h.size, via.fact("trichotomy", other_v, level), "Either")
    scale = m.w * SPARE_L * (1 + m.n / m.tau**SPARE_S)
    costly = lt(m.f_I * m.Lambda, level * (m.Lambda - 1))
    market = m.n / m.tau**SPARE_S
    steps: list[tuple[Step, Prop, via.Tactic]] = [
        (h.pays, lt(m.f_I, (m.Lambda - 1) * v), above_one(_difference(h.offshores, 1 / m.w, h.offshoring, h.home))),
        (
            h.stays,
            lt(m.Lambda * v, level),
            above_one(_difference(h.alone, 1 / (m.w * market), h.offshoring, h.exporting)),
        ),
        (h.costly, costly, above_one(via.combine({h.pays: 1 + SPARE_L, h.stays: SPARE_L}))),
    ]
    names = (h.other_export_only, h.other_exporting)
    smaller = via.choose(0, via.combine({h.case: m.w * m.n / m.tau**m.k}, h.other_export_only, h.other_home))
    equal = via.choose(1, above_one(via.combine({h.costly: m.w}, *names, equations={h.case: -scale})))
    larger = via.choose(1, above_one(via.combine({h.case: scale, h.costly: m.w}, *names)))
    tactic = via.intro(h.offshores, via.intro(h.alone, via.cut(steps, via.cases(size_step, smaller, equal, larger))))
    says = (
        "So if offshoring without exporting is better than staying at home and than doing both for some firm, "
        "exporting without offshoring is worse than one of these for every firm, and the other way round:"
    )
    reason = "Proved from A.1 alone: it holds whichever of the two strategies takes the higher productivity."
    return proved(d, statement, tactic, says, reason)
