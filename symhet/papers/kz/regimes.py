"""Section 4.2: the regime in which only exporters offshore, with its own cutoffs and free-entry condition."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import TailMoment
from symhet.claims import Finding, Severity, Witness, beside_print, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.equilibrium import UNIT_D, UNIT_OFF, solve_layers
from symhet.papers.kz.facts import PRICES, SPARE_L, SPARE_S, above_one, elastic, offshoring_gains
from symhet.papers.kz.flows import charted
from symhet.papers.kz.groups import over_firms
from symhet.papers.kz.points import PRICES as DETERMINED
from symhet.papers.kz.points import example
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import ABROAD, export_only_profit, exporting_profit, home_profit
from symhet.papers.kz.terms import having
from symhet.propositions import And, Iff, Prop, Rel, eq, ge, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

REACH = 1 + m.n * m.tau**-m.k
"""Sales of an exporter in all markets as a multiple of its sales at home."""

EARLY: dict[Step, Prop] = {
    h.ex_pays: lt(m.f_p, m.tau**m.k * m.f_ex),
    h.off_late: lt(m.tau**m.k * m.f_ex * (m.Lambda - 1) * REACH, m.f_I),
}
"""Exporting takes a higher productivity than producing, and offshoring a higher one than exporting."""

CUTOFFS: dict[Step, Rel] = {
    h.cutoff_ex: eq(m.phi_ex, m.phi_min * m.tau * (m.f_ex / m.f_p) ** (1 / m.k)),
    h.cutoff_off: eq(m.phi_off, m.phi_min * (m.f_I / (m.f_p * (m.Lambda - 1) * REACH)) ** (1 / m.k)),
}
FREE_ENTRY = m.offshoring_first().conditions[h.free_entry]

INDIFFERENCE: dict[Step, Rel] = {
    h.marginal_producer: eq(home_profit(m.phi_min), 0),
    h.marginal_exporter: eq(export_only_profit(m.phi_ex), home_profit(m.phi_ex)),
    h.marginal_offshorer: eq(exporting_profit(m.phi_off), export_only_profit(m.phi_off)),
}
TAILS = {x: TailMoment(x, m.k) for x in (m.phi_min, m.phi_ex, m.phi_off)}
LAYERS = {
    h.producing: (h.marginal_producer, "The least productive survivor earns nothing:", UNIT_D, m.f_p, m.phi_min),
    h.exporting: (
        h.marginal_exporter,
        "At the export cutoff a firm that sources at home gains nothing by exporting:",
        m.n * m.tau**-m.k * UNIT_D,
        m.n * m.f_ex,
        m.phi_ex,
    ),
    h.offshoring: (
        h.marginal_offshorer,
        "At the offshoring cutoff both sourcing modes of an exporter pay the same:",
        REACH * (UNIT_OFF - UNIT_D),
        m.f_I,
        m.phi_off,
    ),
}


@beside_print
@section("4.2").remark(
    "kz.A3-violated.cutoffs",
    And(tuple(CUTOFFS.values())),
    title="cutoffs where only exporters offshore",
    printed=r"\hat\varphi_{ex} = \hat\varphi_{min}\tau\left(\frac{f_{ex}}{f_p}\right)"
    r"^{\frac{1}{\sigma-1}},\quad \hat\varphi_{off} = \hat\varphi_{min}\left(\frac{f_I}{f_p"
    r"(1+n\tau^{1-\sigma})}\right)^{\frac{1}{\sigma-1}}\left[\left(\frac{p_I^{off}}{p_I^d}\right)"
    r"^{\alpha(1-\sigma)}-1\right]^{\frac{1}{1-\sigma}}",
)
def cutoffs(statement: Prop) -> Finding:
    """Indifference gives the cutoffs of this regime."""
    context = m.offshoring_first().context(*PRICES, h.A_1)
    d = Derivation(having(context, INDIFFERENCE))
    offshoring_gains(d)
    solve_layers(d, LAYERS)
    gain = eq(UNIT_OFF - UNIT_D, (m.Lambda - 1) * UNIT_D)
    says = "Offshoring multiplies variable profit by the offshoring factor:"
    factor = d.step(h.factor, gain, says, by=elastic(via.identity(h.Lambda)))
    rise = eq(REACH * (m.Lambda - 1) * UNIT_D, m.f_I * m.w / m.phi_off**m.k)
    d.step(h.late, rise, "so that", by=via.linear({h.offshoring: 1, factor: -REACH}))
    divided = (via.powers({name: 1 / SPARE_S, h.producing: -1 / SPARE_S}) for name in (h.exporting, h.late))
    says = "Divide by the first of these equations and solve:"
    return proved(d, statement, via.split(*map(above_one, divided)), says)


def ordered_reversed(d: Derivation) -> None:
    """Add the steps ``min<ex`` and ``ex<off`` from the conditions `EARLY`."""
    ex, off = m.tau**m.k * m.f_ex / m.f_p, m.f_I / (m.f_p * (m.Lambda - 1) * REACH)
    d.step(h.ex_base, gt(ex, 1), "Exporting costs enough for")
    d.step(h.ex_power, gt(ex ** (1 / m.k), 1), "and so")
    d.step(h.min_below_ex, lt(m.phi_min, m.phi_ex), "Some survivors do not export:")
    d.step(h.off_base, lt(ex, off), "Offshoring costs enough for")
    d.step(h.off_power, lt(ex ** (1 / m.k), off ** (1 / m.k)), "and so")
    d.step(h.ex_below_off, lt(m.phi_ex, m.phi_off), "Some exporters do not offshore:")


_ORDERS = And((lt(m.phi_min, m.phi_ex), lt(m.phi_ex, m.phi_off)))
ORDER = Iff(_ORDERS, And(tuple(EARLY.values())))


def _in_order(statement: Prop) -> Finding:
    """Exporters come first, and then offshorers, exactly under the conditions `EARLY`."""
    d = Derivation(having(m.offshoring_first().context(*PRICES, h.A_1), CUTOFFS))
    offshoring_gains(d)
    ex, off = m.tau**m.k * m.f_ex / m.f_p, m.f_I / (m.f_p * (m.Lambda - 1) * REACH)
    says = "In powers the cutoffs of this regime are"
    ex_power = d.step(h.ex_power, eq(m.phi_ex**m.k, m.phi_min**m.k * ex), says)
    off_power = d.step(h.off_power, eq(m.phi_off**m.k, m.phi_min**m.k * off), "and")
    unit = m.f_p / m.phi_min**SPARE_S
    later = unit * SPARE_L * (1 + m.n * m.tau**-SPARE_S)
    raised: list[tuple[Step, Prop, via.Tactic]] = [
        (h.first, _ORDERS.parts[0], via.use(h.premise)),
        (h.second, _ORDERS.parts[1], via.use(h.premise, 1)),
        (h.min_raised, via.fact("pow_mono", m.phi_min, m.phi_ex, m.k), via.lemma("pow_mono", m.phi_min, m.phi_ex, m.k)),
        (h.ex_raised, via.fact("pow_mono", m.phi_ex, m.phi_off, m.k), via.lemma("pow_mono", m.phi_ex, m.phi_off, m.k)),
    ]
    forward = via.cut(
        raised,
        via.split(
            above_one(via.combine({h.min_raised: unit}, equations={ex_power: unit})),
            above_one(via.combine({h.ex_raised: later}, equations={off_power: later, ex_power: -later})),
        ),
    )
    lowered: list[tuple[Step, Prop, via.Tactic]] = [
        (h.ex_pays, EARLY[h.ex_pays], via.use(h.premise)),
        (h.off_late, EARLY[h.off_late], via.use(h.premise, 1)),
        (h.ex_base, gt(ex, 1), via.combine({h.ex_pays: 1 / m.f_p})),
        (h.ex_root, gt(ex ** (1 / m.k), 1), via.lemma("pow_gt_one", ex, 1 / m.k)),
        (
            h.off_base,
            lt(ex, off),
            above_one(via.combine({h.off_late: 1 / (m.f_p * SPARE_L * (1 + m.n * m.tau**-SPARE_S))})),
        ),
        (h.off_root, lt(ex ** (1 / m.k), off ** (1 / m.k)), via.lemma("pow_mono", ex, off, 1 / m.k)),
    ]
    backward = via.cut(
        lowered,
        via.split(
            elastic(via.combine({h.ex_root: m.phi_min}, h.cutoff_ex)),
            above_one(via.combine({h.off_root: m.phi_min}, h.cutoff_ex, h.cutoff_off)),
        ),
    )
    says = "So some firms only export exactly where exporting is costly enough, and offshoring more so:"
    reason = (
        "The regime is defined by the order of its cutoffs. That A.3 fails is neither necessary (A3-violated.only-if) "
        "nor sufficient (A.2-violations.A.3-groups)."
    )
    return proved(d, statement, via.both(forward, backward), says, reason)


order = beside_print(
    section("4.2").stated(
        "remark",
        "kz.A3-violated.order",
        ORDER,
        _in_order,
        title="when only exporters offshore",
        printed=r"\hat\varphi_{min} < \hat\varphi_{ex} < \hat\varphi_{off} \;\Leftrightarrow\; "
        r"f_p < f_{ex}\tau^{\sigma-1} \text{ and } "
        r"f_{ex}\tau^{\sigma-1}(1+n\tau^{1-\sigma})(\Lambda-1) < f_I",
    )
)


@section("4.2").remark(
    "kz.A3-violated.only-if",
    ge(m.f_p + m.f_I, m.f_ex * m.tau**m.k),
    title="exporters first although A.3 holds",
    printed=r"\text{offshoring-only requires higher productivity than exporting-only} \;\Rightarrow\; "
    r"\text{A.3 is violated}",
)
def although_a_3_holds(violated: Prop) -> Finding:
    """Exporters come first in an economy in which A.3 holds: its failure is not necessary."""
    model = m.offshoring_first()
    names = [name for name in model.domain.hypotheses() if not name.startswith(("A.2", "A.3"))]
    ranking = {h.min_below_ex: lt(m.phi_min, m.phi_ex), h.ex_below_off: lt(m.phi_ex, m.phi_off)}
    failing = Derivation(having(model.context(*names, *DETERMINED), {**CUTOFFS, **ranking}))
    changes = {m.f_I: sp.Integer(16), m.phi_I_w: sp.Rational(3, 4), m.phi_min: 1, m.phi_ex: 6, m.phi_off: 8}
    reason = (
        "Exporters can come first although A.3 holds, when foreign intermediates are only a little cheaper. In the "
        "counterexample f_p + f_I = 17 and f_ex tau^(sigma-1) = 36."
    )
    at = Witness({**example(*DETERMINED, changes=changes)})
    return refuted(
        failing,
        violated,
        at,
        reason,
        corrected=_in_order(ORDER),
        severity=Severity.SUBSTANCE,
        root="kz.A.2-violations.A.3-groups",
    )


@beside_print
@section("4.2").remark(
    "kz.A3-violated.free-entry",
    FREE_ENTRY,
    title="free entry where only exporters offshore",
    printed=r"f_pj(\hat\varphi_{min})+nf_{ex}j(\hat\varphi_{ex})+f_Ij(\hat\varphi_{off}) = f_e",
)
def free_entry(statement: Prop) -> Finding:
    """Free entry has the same form in this regime, at its own cutoffs."""
    fixed = (-m.f_p * m.w, -(m.f_p + m.n * m.f_ex) * m.w, -(m.f_p + m.n * m.f_ex + m.f_I) * m.w)
    groups = (
        over_firms(UNIT_D, fixed[0], m.phi_min, m.phi_ex),
        over_firms(ABROAD * UNIT_D, fixed[1], m.phi_ex, m.phi_off),
        over_firms(ABROAD * UNIT_OFF, fixed[2], m.phi_off),
    )
    entry = {**INDIFFERENCE, h.entry: eq(m.f_e * m.w, sum(groups))}
    d = Derivation(having(m.offshoring_first().context(h.sigma_above_1), entry))
    solve_layers(d, LAYERS)
    d.recall(h.entry, "An entrant expects the profits of the three groups, and just recoups the cost of entry:")
    tails = {h.producing: m.phi_min, h.exporting: m.phi_ex, h.offshoring: m.phi_off}
    terms = {name: -TAILS[x] / m.w for name, x in tails.items()}
    by_layers = elastic(via.linear(charted({h.entry: -1 / m.w, **terms})))
    says = "Sum the gains of each step over the firms that take it:"
    reason = "Each step pays on its own and is linear in productivity to the power sigma - 1, as in the other regime."
    return proved(d, statement, by_layers, says, reason)
