"""Whether relocation is good for the small nation, before and after entry and exit."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, refuted
from symhet.claims import proved as conclude
from symhet.derivation import Derivation, Step
from symhet.papers.bo import model as m
from symhet.papers.bo.economies import parameters, ratio
from symhet.papers.bo.facts import World, integrate
from symhet.papers.bo.phases import IMPORTS_STEP
from symhet.papers.bo.relocation_facts import SHARE, TOP
from symhet.papers.bo.shortrun_model import CORE, opening
from symhet.papers.bo.shortrun_pairs import STAY, against_staying, beside, rise_with_relocation, solve, solve_unmoved
from symhet.papers.bo.welfare import better_after, with_theorem
from symhet.propositions import Or, eq, gt, lt
from symhet.provers import tactics as via
from symhet.theorems import Theorem

EXPORTED_STEP = Step("exported")
HIGH_DEMAND_STEP = Step("high demand")
LOW_STEP = Step("low")
TOP_STEP = Step("top")
WORSE_STEP = Step("worse")


SECTION = "Baldwin and Okubo, abstract and section 5"
FULL = ("autarky a_D", "autarky n", "mbar", "mbar*", "demand", "demand*", "cutoff_X", "stays")
worse = lt(m.mbar_star, STAY(m.mbar_star))
"""With relocation the South's sum of selling costs is lower, hence its price index higher."""


def _worse(d: Derivation, equal: str) -> None:
    """Add the step ``worse`` from ``top``: easier to export to means less competition, so higher prices."""
    ratio_of = via.product({TOP_STEP: 1}, LOW_STEP, HIGH_DEMAND_STEP, coefficient=m.f * m.a_D ** (m.sigma - 1) / m.phi)
    stayed = eq(STAY(m.B_star), m.f * m.a_D ** (m.sigma - 1) * STAY(TOP) / m.phi)
    d.step(LOW_STEP, stayed, "Without moves Southern demand per firm is")
    moved = eq(m.B_star, m.f * m.a_D ** (m.sigma - 1) * TOP / m.phi)
    d.step(HIGH_DEMAND_STEP, moved, "and with moves")
    more_demand = d.step("more demand", lt(STAY(m.B_star), m.B_star), "so it is higher with moves:", by=ratio_of)
    if "B*" in d.context.hypotheses:
        d.step("spent", eq(m.B_star * m.mbar_star, 1 - m.s_E), "The market clears,")
    for w in (World(), STAY):
        value = eq(w(m.mbar_star), (1 - m.s_E) / w(m.B_star))
        d.step(w.name("weight"), value, "The sum of selling costs is")
    scale = 1 / (m.B_star * STAY(m.B_star))
    less = via.product({more_demand: 1, "s_E<1": 1}, "weight", "weight 0", coefficient=scale)
    d.step(WORSE_STEP, worse, "and lower with moves.", by=less)


@cache
def _moved(phase: m.Phase) -> Derivation:
    d = Derivation(against_staying(phase))
    solve(d, phase, World())
    solve_unmoved(d)
    rise_with_relocation(d)
    _worse(d, "location" if phase is m.Phase.XX else "equal demand")
    return d


def _all_moved() -> Theorem:
    """Return the theorem that full agglomeration lowers the South's sum of selling costs."""
    model, start = m.short_run_full(), opening()
    names = tuple(name for name in FULL if name != "stays")
    told = (*start.definitions, *start.conditions)
    d = Derivation(beside(model.context(*CORE, *names), start.context(*told), STAY, {}))
    integrate(d, m.a_D)
    integrate(d, m.a_X)
    solve_unmoved(d)
    south = 1 - m.s_E
    exported = eq(m.phi * m.B_star, m.f * m.a_X ** (m.sigma - 1))
    d.step(EXPORTED_STEP, exported, "With everybody gone")
    sold = via.transported("demand*", "mbar*", "J a_X", "autarky n", factor=m.f * m.a_D**m.rho)
    d.step(
        "sold", eq(m.phi * m.B_star * m.a_X**m.alpha, south * m.f * m.a_D**m.rho), "imports make up all sales:", by=sold
    )
    d.step("Y", eq(SHARE, south), "so that the share of exporters is")
    y_step = d.step("y", eq(TOP, south ** (1 / m.beta)), "and in units of sales")
    d.step("1/beta<1", lt(1 / m.beta, 1), "Since beta exceeds one")
    d.step("south<1", lt(south, 1), "and the South is small,")
    d.step(
        "root", lt(south, south ** (1 / m.beta)), "we have", by=via.lemma("pow_exponent_below", south, 1 / m.beta, 1)
    )
    d.step("little", gt(south * (1 - m.phi), 0), "while trade is costly:")
    y, r, size = STAY(TOP), south ** (1 / m.beta), m.s_E / south
    order = d.step("order", Or((lt(y, r), eq(y, r), gt(y, r))), "Compare the two export cutoffs.")
    power = via.lemma("pow_mono", r, y, m.beta, premises=(via.sign(), via.by("side"), via.sign()))
    room = {"root": sp.S.One, "little": sp.S.One}
    imports = via.product({"high": 1, "s_E<1": -1}, coefficient=m.s_E * m.phi)
    same = via.cut(
        (("high", eq(STAY(SHARE), south), via.powers({"side": m.beta})),),
        via.absurd(via.combine(room, equations={"cut 0": 1, "side": -1, "high": -size * m.phi})),
    )
    more = via.cut(
        (
            ("raised", via.fact("pow_mono", r, y, m.beta), power),
            ("high", lt(south, STAY(SHARE)), via.combine({"raised": 1})),
            ("imports", gt(size * m.phi * (STAY(SHARE) - south), 0), imports),
        ),
        via.absurd(via.combine({**room, "side": 1, IMPORTS_STEP: 1}, equations={"cut 0": 1})),
    )
    low_top = d.step(
        "low top", lt(y, r), "It must be that", by=via.cases(order, via.by("side"), same, more, name="side")
    )
    d.step(
        TOP_STEP,
        lt(y, TOP),
        "so exporting is easier once all moved:",
        by=via.combine({low_top: 1}, equations={y_step: -1}),
    )
    _worse(d, "")
    return d.prove(worse, via.by(WORSE_STEP), "The South loses.")


def _better_before() -> Finding:
    d = _moved(m.Phase.XX).fork()
    holding = conclude(d, worse, via.by(WORSE_STEP), "Relocation leaves the South worse off.")
    model, start = m.short_run_full(), opening()
    told = (*start.definitions, *start.conditions)
    failing = Derivation(beside(model.whole_domain(*FULL), start.context(*told), STAY, {}))
    share, freeness, out, back = ratio(144, 169), ratio(1, 2), ratio(5, 18), ratio(12, 25)
    south = 1 - share
    point = parameters(share, freeness, ratio(1)) | {
        m.a_D: ratio(1),
        m.a_X: ratio(5, 13),
        m.B: share,
        m.B_star: ratio(10, 13),
        m.mbar: ratio(1),
        m.mbar_star: south * ratio(13, 10),
        m.n_w: ratio(1, 2),
        m.s_n: share,
        m.n: share / 2,
        m.n_star: south / 2,
        STAY(m.a_X): out,
        STAY(m.a_X_star): back,
        STAY(m.B): back / freeness,
        STAY(m.B_star): out / freeness,
        STAY(m.mbar): share * freeness / back,
        STAY(m.mbar_star): south * freeness / out,
    }
    reason = (
        "Before entry and exit relocation makes the small nation strictly worse off at every trade cost, in phase XX, "
        "in phase DD with portable footholds and under full agglomeration (each proved): m* is lower and the price "
        "index higher. With footholds sunk in each market it was worse off in each of 200 drawn economies of phase DD. "
        "In exact numbers, at s_E = 144/169 and phi = 1/2, where all firms end up North, m* is 5/26 instead of 45/169."
    )
    found = refuted(
        failing,
        lt(STAY(m.mbar_star), m.mbar_star),
        Witness(point),
        reason,
        corrected=holding,
        severity=Severity.SUBSTANCE,
    )
    others = (_moved(m.Phase.DD).fork().prove(worse, via.by(WORSE_STEP)), _all_moved())
    return with_theorem(with_theorem(found, others[0]), others[1])


CLAIMS = (
    Claim(
        "bo.migration-better",
        "claim",
        SECTION,
        r"\bar m^*_{\text{reloc}}>\bar m^*_{\text{no reloc}}",
        parts=(
            Claim(
                "bo.migration-better.before",
                "claim",
                SECTION,
                r"\bar m^*_{\text{reloc}}>\bar m^*_{\text{no reloc}}",
                _better_before,
                title="the small nation gains from relocation, before entry and exit",
            ),
            Claim(
                "bo.migration-better.after",
                "claim",
                SECTION,
                r"\bar m^*_{\text{reloc}}>\bar m^*_{\text{no reloc}}",
                better_after,
                title="the small nation gains from relocation, after entry and exit",
            ),
        ),
        title="the small nation is always better off allowing relocation",
    ),
)
