"""Result 3 and full agglomeration: which phase of relocation prevails, before and after entry and exit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.agglomeration import economy, phi_S_after, phi_S_before
from symhet.papers.bo.economies import parameters, ratio
from symhet.papers.bo.existence import EXISTS, EXISTS_FULL, GRADUAL, exists, exists_full, gradual
from symhet.papers.bo.facts import World, Worlds, integrate
from symhet.papers.bo.longrun import AUTARKIC
from symhet.papers.bo.longrun_facts import CORE, LONG, phase_holds, solve
from symhet.papers.bo.readings import by_reading
from symhet.papers.bo.relocation_facts import SHARE, TOP, last_phase, short
from symhet.papers.bo.shortrun_model import CORE as SHORT_CORE
from symhet.papers.bo.sources import section
from symhet.papers.bo.sunk import ALL_GONE, phases_sunk, sustain_sunk
from symhet.propositions import And, Iff, Implies, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

LATER = World("DD", tuple(sorted({m.phi, *m.long_run().endogenous}, key=str)))
"""A long run in phase DD, at a freeness of its own."""

FULL = World("full", tuple(sorted({m.phi, *m.long_run_full().endogenous}, key=str)))
"""A long run in which all firms produce in the North, at a freeness of its own."""

FULL_LONG = (h.mbar, h.mbar_star, h.demand, h.demand_star, h.cutoff_D, h.cutoff_X, h.free_entry, h.stays)
FULL_SHORT = (h.autarky_a_D, h.autarky_n, h.mbar, h.mbar_star, h.demand, h.demand_star, h.cutoff_X)


def _three_phases() -> Derivation:
    xx = m.long_run(m.Phase.XX).context(*CORE, *LONG, *phase_holds(m.Phase.XX)).hypotheses
    dd = m.long_run(m.Phase.DD).context(*CORE, *LONG, *phase_holds(m.Phase.DD)).hypotheses
    full = m.long_run_full().context(h.phi_below_1, *FULL_LONG).hypotheses
    return Derivation(Worlds({**xx, **dict([AUTARKIC])}).beside(LATER, dd).beside(FULL, full).context())


def solve_full(d: Derivation, w: World) -> None:
    """Add, under full agglomeration with free entry, the steps ``B``, ``n_w``, ``a_X share`` and ``exported``."""
    name = w.name
    for cutoff in (m.a_D, m.a_X):
        integrate(d, w(cutoff))
    own = eq(w(m.B), w(m.f * m.a_D ** (m.sigma - 1)))
    d.step(name(h.B), own, "With all firms North, demand per firm there is")
    exported = eq(w(m.phi * m.B_star), w(m.f * m.a_X ** (m.sigma - 1)))
    d.step(name(h.exported), exported, "and in the South")
    integrals = [h.J_of(w(x).name) for x in (m.a_D, m.a_X)]
    firms = eq(w(m.n_w) * m.f * m.rho / m.alpha, m.s_E)
    cleared = via.transported(name(h.demand), name(h.mbar), *integrals, name(h.B))
    d.step(name(h.n_w), firms, "The Northern market fixes the mass of firms,", by=cleared)
    imports = eq(w(m.phi * m.B_star * m.n_w * m.a_X**m.alpha * m.a_D**-m.rho) * m.rho / m.alpha, 1 - m.s_E)
    d.step(name(h.imports), imports, "the Southern one")
    share = eq(m.s_E * w(m.a_X**m.rho), (1 - m.s_E) * w(m.a_D**m.rho))
    unit, whole = w(m.a_D**m.rho), w(m.a_X**m.rho)
    terms = {name(h.imports): unit, name(h.exported): -w(m.n_w * m.a_X**m.alpha) * m.rho / m.alpha, name(h.n_w): -whole}
    d.step(name(h.a_X_share), share, "the share of exporters:", by=via.linear(terms))


def _phases_after(statement: Prop) -> Finding:
    d = _three_phases()
    solve(d, m.Phase.XX, World())
    solve(d, m.Phase.DD, LATER)
    solve_full(d, FULL)
    a_above_0 = d.step(h.a_above_0, gt(m.alpha, 0), "The exponent of sales is positive.")
    scale = (1 - m.s_E) * (1 - m.phi) * m.phi ** (1 - m.beta) / m.a_D**m.alpha
    bounds = (
        (h.XX_ends, h.R_at_most_X, m.a_R, m.a_X, le(m.phi * m.s_E, 1 - m.s_E), scale, World()),
        (h.DD_starts, h.X_at_most_R, m.a_X, m.a_R, le(1 - m.s_E, m.phi * m.s_E), scale / (1 - m.phi), LATER),
        (h.DD_ends, h.R_at_most_D, m.a_R, m.a_D, le(m.Omega * m.s_E, 1 - m.s_E), (1 - m.s_E) / m.a_D**m.alpha, LATER),
    )
    for name, order, small, large, goal, factor, w in bounds:
        weak = via.lemma(
            "pow_mono_weak",
            w(small),
            w(large),
            m.alpha,
            premises=(via.sign(), via.by(w.name(order)), via.by(a_above_0)),
        )
        power = d.step(
            h.power_for(name), via.fact("pow_mono_weak", w(small), w(large), m.alpha), "In this phase", by=weak
        )
        bound = via.transported(power, w.name(h.R), h.s_n_is_s_E, w.name(h.a_X), factor=w(factor))
        d.step(name, w.prop(goal), "that is,", by=bound)
    full_needs(d, FULL)
    names = (h.XX_ends, h.DD_starts, h.DD_ends, h.full_starts)
    reason = (
        "At s_n = s_E. With demands equal every firm is indifferent, so that the order of moves is not part of the "
        "equilibrium: a_R is a cutoff because the most efficient are taken to move first."
    )
    says = "So the phases meet at the partitioning point and end at the sustain point, past which all firms are North."
    return proved(d, statement, via.split(*map(via.by, names)), says, reason)


def full_needs(d: Derivation, w: World) -> None:
    """Add the step ``full starts``: all firms North is an equilibrium past the sustain point only."""
    low, high = w(m.a_X ** (m.sigma - 1)), w(m.phi * m.a_D ** (m.sigma - 1))
    known = {w.name(h.exported): -1 / m.f, w.name(h.B): w(m.phi) / m.f}
    order = via.combine({w.name(h.stays): w(m.phi) / m.f}, equations=known)
    d.step(h.full_order, le(low, high), "Nobody gains by going South:", by=order)
    weak = via.lemma("pow_mono_weak", low, high, m.beta)
    d.step(h.full_power, via.fact("pow_mono_weak", low, high, m.beta), "so that", by=weak)
    scale = {h.full_power: m.s_E / w(m.a_D**m.rho)}
    bound = via.combine(scale, equations={w.name(h.a_X_share): -1 / w(m.a_D**m.rho)})
    d.step(h.full_starts, w.prop(le(1 - m.s_E, m.Omega * m.s_E)), "that is,", by=bound)


def _phases_before(printed: Prop) -> Finding:
    d = last_phase()
    low = (1 - m.s_E) ** (1 / m.beta)
    d.step(h.a_above_0, gt(m.alpha, 0), "As the exponent of sales is positive")
    weak = via.lemma("pow_mono_weak", m.a_X, m.a_R, m.alpha)
    X_at_most_R_power = d.step(
        h.X_at_most_R_power, via.fact("pow_mono_weak", m.a_X, m.a_R, m.alpha), "and exporters move first,", by=weak
    )
    start = via.transported(X_at_most_R_power, h.relocation, factor=(1 - m.s_E) / m.a_X**m.alpha)
    DD_starts = d.step(
        h.DD_starts, le(1 - m.s_E, m.phi * m.s_E), "this phase lies above the partitioning point:", by=start
    )
    still = via.cut(
        (
            (h.share_below_1, lt(m.a_R / m.a_D, 1), via.combine({h.left: 1 / m.a_D})),
            (h.moved_below_1, lt((m.a_R / m.a_D) ** m.alpha, 1), via.lemma("pow_lt_one", m.a_R / m.a_D, m.alpha)),
            (
                h.few,
                lt(SHARE, 1 - m.s_E),
                via.transported(h.moved_below_1, h.moved_share, factor=(1 - m.s_E) * (1 - SHARE)),
            ),
            (h.y, lt(TOP, low), _smaller_root()),
        ),
        _smaller_freeness(),
    )
    statement = And((le(1 - m.s_E, m.phi * m.s_E), Implies(lt(m.a_R, m.a_D), lt(m.phi, phi_S_before))))
    says = "Southern firms remain up to the sustain point."
    holding = proved(d, statement, via.split(via.by(DD_starts), via.intro(h.left, still)), says)
    witness = economy(ratio(16, 25), ratio(28, 33), ratio(4, 7), ratio(256, 297))
    reason = (
        "The partitioning point is right, but a_D is fixed before entry and exit, so the printed sustain point is too "
        "low: at s_E = 16/25, beta = 2 it is 3/4, yet at phi = 28/33 a part of the Southern firms has not moved. All "
        "have moved at (1-s_E)^(1/beta)/s_E, if that is below one. The order of moves does not hold throughout either "
        "(bo.order.portable)."
    )
    return refuted(
        short(m.Phase.DD, whole=True), printed, witness, reason, corrected=holding, severity=Severity.SUBSTANCE,
        root="bo.sustain.before.portable",
    )  # fmt: skip


def _smaller_root() -> via.Tactic:
    root = via.fact("pow_mono", SHARE, 1 - m.s_E, 1 / m.beta)
    return via.cut(((h.root, root, via.lemma("pow_mono", SHARE, 1 - m.s_E, 1 / m.beta)),), via.combine({h.root: 1}))


def _smaller_freeness() -> via.Tactic:
    few = (h.few_phi, gt(m.phi * (1 - m.s_E - SHARE), 0), via.product({h.few: 1}, coefficient=m.phi))
    return via.cut((few,), via.combine({h.few_phi: 1 / m.s_E, h.y: 1 / m.s_E}, equations={h.cut: -1 / m.s_E}))


def _all_gone(statement: Prop) -> Finding:
    """Judge whether full agglomeration comes at some freeness below one, when footholds are portable."""
    last: dict[Step, Prop] = {h.last_mover: eq(m.B, m.B_star)}
    core = tuple(name for name in SHORT_CORE if name != h.phi_below_1)
    start = m.short_run_full().context(*core, *FULL_SHORT)
    d = Derivation(Context({**start.hypotheses, **last}, start.system, start.endogenous))
    for cutoff in (m.a_D, m.a_X):
        integrate(d, cutoff)
    exported = eq(m.phi * m.B_star, m.f * m.a_X ** (m.sigma - 1))
    d.step(h.exported, exported, "When the last firm leaves, the Southern market is served by exports,")
    imports = via.transported(h.demand_star, h.mbar_star, h.J_a_X, h.autarky_n, factor=m.f * m.a_D**m.rho)
    goal = eq(m.phi * m.B_star * m.a_X**m.alpha, (1 - m.s_E) * m.f * m.a_D**m.rho)
    d.step(h.imports, goal, "which make up all sales:", by=imports)
    d.step(h.own, eq(m.B, m.s_E * m.f * m.a_D ** (m.sigma - 1)), "while in the North")
    d.step(h.share, eq(SHARE, 1 - m.s_E), "so that the share of exporters is")
    d.step(h.top, eq(TOP, (1 - m.s_E) ** (1 / m.beta)), "or, in units of sales,")
    phi_step = d.step(h.phi, eq(m.phi, phi_S_before), "This takes place at")
    d.step(h.south_below_1, lt(1 - m.s_E, 1), "The South is a part of the world.")
    reached = Iff(lt(m.phi, 1), lt(1 - m.s_E, m.s_E**m.beta))
    says = "The last firm leaves at a freeness that lies below one only for large nations and small beta."
    holding = proved(d, And((d.context.hypotheses[phi_step], reached)), via.split(via.by(phi_step), _reached()), says)
    whole = {k: v for k, v in m.short_run_full().whole_domain(*FULL_SHORT).hypotheses.items() if k != h.phi_below_1}
    failing = Derivation(Context({**whole, **last}, start.system, start.endogenous))
    witness = Witness(
        parameters(ratio(5, 9), ratio(6, 5), ratio(1))
        | {
            m.a_D: sp.S(1), m.a_X: ratio(2, 3), m.B: ratio(5, 9), m.B_star: ratio(5, 9), m.mbar: sp.S(1),
            m.mbar_star: ratio(4, 5), m.n_w: ratio(1, 2),
        }
    )  # fmt: skip
    reason = (
        "Before entry and exit the last firm leaves at (1-s_E)^(1/beta)/s_E, which is below one only if s_E^beta > "
        "1-s_E. At s_E = 5/9, beta = 2 it would be at 6/5: no trade cost makes all firms leave."
    )
    return refuted(
        failing, statement, witness, reason, corrected=holding, severity=Severity.SUBSTANCE,
        root="bo.sustain.before.portable",
    )  # fmt: skip


def _reached() -> via.Tactic:
    """Prove that (1-s)^(1/beta) < s just when 1 - s < s^beta."""
    low = (1 - m.s_E) ** (1 / m.beta)
    steps = (
        (h.root, lt(low, m.s_E), via.combine({h.premise: m.s_E}, equations={h.phi: -m.s_E})),
        (h.level, lt(low**m.beta, m.s_E**m.beta), via.lemma("pow_mono", low, m.s_E, m.beta)),
    )
    root = via.fact("pow_mono", 1 - m.s_E, m.s_E**m.beta, 1 / m.beta)
    back = via.cut(
        ((h.level, root, via.lemma("pow_mono", 1 - m.s_E, m.s_E**m.beta, 1 / m.beta)),),
        via.combine({h.level: 1 / m.s_E}, equations={h.phi: 1}),
    )
    return via.both(via.cut(steps, via.combine({h.level: 1})), back)


RESULT = r"\text{XX for }\phi<\phi_P,\ \text{DD for }\phi_P<\phi<\phi_S,\ \text{all firms North for }\phi>\phi_S"
AGGLOMERATION = r"\text{full agglomeration occurs as }\phi\to1"


def _part(name: str, printed: str, says: Prop, argue: Callable[[Prop], Finding], title: str) -> Claim:
    row = f"bo.result3.after.{name}"
    return section("3.2", "result 3").stated("result", row, says, argue, title=title, printed=printed)


PHASES = And(
    (
        le(m.phi * m.s_E, 1 - m.s_E),
        LATER.prop(le(1 - m.s_E, m.phi * m.s_E)),
        LATER.prop(le(m.Omega * m.s_E, 1 - m.s_E)),
        FULL.prop(le(1 - m.s_E, m.Omega * m.s_E)),
    )
)
"""The freeness of trade in each phase: of XX, of DD from below and above, and with all firms in the North."""

RESULT3_AFTER = section("3.2", "result 3").row(
    "result",
    "bo.result3.after",
    RESULT,
    parts=(
        _part("phases", RESULT, PHASES, _phases_after, "where each phase can be"),
        _part("XX", r"\text{XX for }\phi<\phi_P", EXISTS[m.Phase.XX], partial(exists, m.Phase.XX), "phase XX exists"),
        _part(
            "DD",
            r"\text{DD for }\phi_P<\phi<\phi_S",
            EXISTS[m.Phase.DD],
            partial(exists, m.Phase.DD),
            "phase DD exists",
        ),
        _part("full", r"\text{all firms North for }\phi>\phi_S", EXISTS_FULL, exists_full, "full agglomeration exists"),
        _part("gradual", r"a_R/a_D\text{ rises gradually with }\phi", GRADUAL, gradual, "gradual relocation"),
    ),
    title="two phases after entry and exit",
)

CLAIMS: tuple[Claim, ...] = (
    section("3.2", "below the sustain point").row(
        "claim",
        "bo.full-agglomeration",
        AGGLOMERATION,
        parts=(
            by_reading(
                "bo.full-agglomeration.before",
                "claim",
                section("3.2", "below the sustain point"),
                AGGLOMERATION,
                ((lt(m.phi, 1), _all_gone), (ALL_GONE, sustain_sunk)),
                "full agglomeration before entry and exit",
            ),
            section("3.2", "below the sustain point").stated(
                "claim",
                "bo.full-agglomeration.after",
                EXISTS_FULL,
                exists_full,
                title="full agglomeration after entry and exit",
                printed=AGGLOMERATION,
            ),
        ),
        title="full agglomeration when trade is free enough",
    ),
    section("3.2", "result 3").row(
        "result",
        "bo.result3",
        RESULT,
        parts=(
            by_reading(
                "bo.result3.before",
                "result",
                section("3.2", "result 3"),
                RESULT,
                ((Implies(lt(phi_S_after, m.phi), eq(m.a_R, m.a_D)), _phases_before), (ALL_GONE, phases_sunk)),
                "two phases before entry and exit",
            ),
            RESULT3_AFTER,
        ),
        title="two phases of relocation",
    ),
)
