"""Whether relocation is good for the small nation, before and after entry and exit."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.claims import Finding, Severity, Witness, refuted
from symhet.claims import proved as conclude
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import parameters, ratio
from symhet.papers.bo.facts import World, integrate
from symhet.papers.bo.relocation_facts import SHARE, TOP
from symhet.papers.bo.shortrun_model import CORE, opening
from symhet.papers.bo.shortrun_pairs import STAY, against_staying, beside, rise_with_relocation, solve, solve_unmoved
from symhet.papers.bo.sources import PAPER
from symhet.papers.bo.sunk import sunk_against_staying
from symhet.papers.bo.welfare import BETTER, better_after, with_theorem
from symhet.propositions import Or, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.render.stating import Place
from symhet.theorems import Theorem

ENDS = Place(f"{PAPER}, abstract and section 5")
FULL = (h.autarky_a_D, h.autarky_n, h.mbar, h.mbar_star, h.demand, h.demand_star, h.cutoff_X, h.stays)
worse = lt(m.mbar_star, STAY(m.mbar_star))
"""With relocation the South's sum of selling costs is lower, hence its price index higher."""


def _worse(d: Derivation) -> None:
    """Add the step ``worse`` from ``top``: easier to export to means less competition, so higher prices."""
    ratio_of = via.product({h.top: 1}, h.low, h.high_demand, coefficient=m.f * m.a_D ** (m.sigma - 1) / m.phi)
    stayed = eq(STAY(m.B_star), m.f * m.a_D ** (m.sigma - 1) * STAY(TOP) / m.phi)
    d.step(h.low, stayed, "Without moves Southern demand per firm is")
    moved = eq(m.B_star, m.f * m.a_D ** (m.sigma - 1) * TOP / m.phi)
    d.step(h.high_demand, moved, "and with moves")
    more_demand = d.step(h.more_demand, lt(STAY(m.B_star), m.B_star), "so it is higher with moves:", by=ratio_of)
    if h.B_star in d.context.hypotheses and h.sold_South not in d.context.hypotheses:
        d.step(h.spent, eq(m.B_star * m.mbar_star, 1 - m.s_E), "The market clears,")
    for w in (World(), STAY):
        value = eq(w(m.mbar_star), (1 - m.s_E) / w(m.B_star))
        d.step(w.name(h.weight), value, "The sum of selling costs is")
    scale = 1 / (m.B_star * STAY(m.B_star))
    less = via.product({more_demand: 1, h.s_E_below_1: 1}, h.weight, h.weight_0, coefficient=scale)
    d.step(h.worse, worse, "and lower with moves.", by=less)


@cache
def _moved(phase: m.Phase) -> Derivation:
    d = Derivation(against_staying(phase))
    solve(d, phase, World())
    solve_unmoved(d)
    rise_with_relocation(d)
    _worse(d)
    return d


def _all_moved() -> Theorem:
    """Return the theorem that full agglomeration lowers the South's sum of selling costs."""
    model, start = m.short_run_full(), opening()
    names = tuple(name for name in FULL if name != h.stays)
    told = (*start.definitions, *start.conditions)
    d = Derivation(beside(model.context(*CORE, *names), start.context(*told), STAY, {}))
    integrate(d, m.a_D)
    integrate(d, m.a_X)
    solve_unmoved(d)
    south = 1 - m.s_E
    exported = eq(m.phi * m.B_star, m.f * m.a_X ** (m.sigma - 1))
    d.step(h.exported, exported, "With everybody gone")
    sold = via.transported(h.demand_star, h.mbar_star, h.J_a_X, h.autarky_n, factor=m.f * m.a_D**m.rho)
    d.step(
        h.sold, eq(m.phi * m.B_star * m.a_X**m.alpha, south * m.f * m.a_D**m.rho), "imports make up all sales:", by=sold
    )
    d.step(h.Y, eq(SHARE, south), "so that the share of exporters is")
    y_step = d.step(h.y, eq(TOP, south ** (1 / m.beta)), "and in units of sales")
    d.step(h.one_over_beta_below_1, lt(1 / m.beta, 1), "Since beta exceeds one")
    d.step(h.south_below_1, lt(south, 1), "and the South is small,")
    d.step(
        h.root, lt(south, south ** (1 / m.beta)), "we have", by=via.lemma("pow_exponent_below", south, 1 / m.beta, 1)
    )
    d.step(h.little, gt(south * (1 - m.phi), 0), "while trade is costly:")
    y, r, size = STAY(TOP), south ** (1 / m.beta), m.s_E / south
    order = d.step(h.order, Or((lt(y, r), eq(y, r), gt(y, r))), "Compare the two export cutoffs.")
    power = via.lemma("pow_mono", r, y, m.beta, premises=(via.sign(), via.by(h.side), via.sign()))
    room = {h.root: sp.S.One, h.little: sp.S.One}
    imports = via.product({h.high: 1, h.s_E_below_1: -1}, coefficient=m.s_E * m.phi)
    same = via.cut(
        ((h.high, eq(STAY(SHARE), south), via.powers({h.side: m.beta})),),
        via.absurd(via.combine(room, equations={h.cut_0: 1, h.side: -1, h.high: -size * m.phi})),
    )
    more = via.cut(
        (
            (h.raised, via.fact("pow_mono", r, y, m.beta), power),
            (h.high, lt(south, STAY(SHARE)), via.combine({h.raised: 1})),
            (h.imports, gt(size * m.phi * (STAY(SHARE) - south), 0), imports),
        ),
        via.absurd(via.combine({**room, h.side: 1, h.imports: 1}, equations={h.cut_0: 1})),
    )
    low_top = d.step(
        h.low_top, lt(y, r), "It must be that", by=via.cases(order, via.by(h.side), same, more, name=h.side)
    )
    d.step(
        h.top,
        lt(y, TOP),
        "so exporting is easier once all moved:",
        by=via.combine({low_top: 1}, equations={y_step: -1}),
    )
    _worse(d)
    return d.prove(worse, via.by(h.worse), "The South loses.")


def _moved_sunk() -> Theorem:
    """Return the theorem that relocation lowers the South's sum of selling costs with footholds sunk in each market."""
    d = sunk_against_staying()
    _worse(d)
    return d.prove(worse, via.by(h.worse), "The South loses.")


@ENDS.claim(
    "bo.migration-better.before",
    lt(STAY(m.mbar_star), m.mbar_star),
    title="the small nation gains from relocation, before entry and exit",
    printed=r"\bar m^*_{\text{reloc}}>\bar m^*_{\text{no reloc}}",
)
def _better_before(statement: Prop) -> Finding:
    d = _moved(m.Phase.XX).fork()
    holding = conclude(d, worse, via.by(h.worse), "Relocation leaves the South worse off.")
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
        "in phase DD whether footholds are portable or sunk in each market, and under full agglomeration (each "
        "proved): m* is lower and the price index higher. In exact numbers, at s_E = 144/169 and phi = 1/2, where all "
        "firms end up North, m* is 5/26 instead of 45/169."
    )
    found = refuted(
        failing,
        statement,
        Witness(point),
        reason,
        corrected=holding,
        severity=Severity.SUBSTANCE,
    )
    for other in (_moved(m.Phase.DD).fork().prove(worse, via.by(h.worse)), _moved_sunk(), _all_moved()):
        found = with_theorem(found, other)
    return found


CLAIMS = (
    ENDS.row(
        "claim",
        "bo.migration-better",
        r"\bar m^*_{\text{reloc}}>\bar m^*_{\text{no reloc}}",
        parts=(
            _better_before,
            ENDS.stated(
                "claim",
                "bo.migration-better.after",
                BETTER,
                better_after,
                title="the small nation gains from relocation, after entry and exit",
                printed=r"\bar m^*_{\text{reloc}}>\bar m^*_{\text{no reloc}}",
            ),
        ),
        title="the small nation is always better off allowing relocation",
    ),
)
