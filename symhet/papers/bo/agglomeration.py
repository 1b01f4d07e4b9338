"""Section 3.2 before entry and exit: when all firms have left the small nation."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.readings import by_reading
from symhet.papers.bo.relocation_facts import SHARE, TOP, last_phase, short
from symhet.papers.bo.sources import section
from symhet.papers.bo.sunk import ALL_GONE, sustain_sunk
from symhet.papers.bo.symbols import kept, toll
from symhet.propositions import And, Iff, Prop, eq, gt, lt
from symhet.provers import tactics as via

Q = sp.Rational
phi_P = (1 - m.s_E) / m.s_E
phi_S_after = ((1 - m.s_E) / m.s_E) ** (1 / m.beta)
phi_S_before = (1 - m.s_E) ** (1 / m.beta) / m.s_E


def economy(
    size: sp.Rational, freeness: sp.Rational, top: sp.Rational, moved: sp.Rational, **more: sp.Rational
) -> Witness:
    """Return a short run with sigma = beta = 2 and a_D = f = 1, all its variables rational."""
    share = more.get(h.s_n, size)
    demand = 1 / (1 + freeness * top)
    point = {
        m.sigma: 2, m.beta: 2, m.phi: freeness, m.s_E: size, m.s_n: share, m.f: 1, m.f_I: 1, m.a_D: 1, m.n_w: Q(1, 2),
        m.n: share / 2, m.n_star: (1 - share) / 2, m.a_X: top, m.a_R: moved, m.B: demand, m.B_star: demand,
        m.mbar: size / demand, m.mbar_star: (1 - size) / demand, toll: 0, kept: 0,
    }  # fmt: skip
    return Witness(point)


def _sustain(printed: Prop) -> Finding:
    d = last_phase()
    low = (1 - m.s_E) ** (1 / m.beta)
    d.step(h.small, gt(low, 0), "Write")
    forward = via.cut(
        [
            (h.whole, eq((m.a_R / m.a_D) ** m.alpha, 1), via.identity(h.premise)),
            (
                h.share,
                eq(SHARE, 1 - m.s_E),
                via.linear({h.moved_share: -(1 - SHARE) * (1 - m.s_E), h.whole: (1 - SHARE) * (1 - m.s_E)}),
            ),
            (h.top, eq(TOP, low), via.powers({h.share: 1 / m.beta})),
        ],
        via.linear({h.cut: -1 / m.s_E, h.top: 1 / m.s_E, h.share: m.phi / m.s_E}),
    )
    order = via.fact("trichotomy", TOP, low)

    share = eq(SHARE, 1 - m.s_E)
    below = absurd_case(TOP, low, 1)
    above = absurd_case(low, TOP, -1)
    level = via.powers({h.case: m.beta})
    backward = via.cut(
        [
            (h.order, order, via.lemma("trichotomy", TOP, low)),
            (h.share, share, via.cases(h.order, below, level, above)),
            (
                h.whole,
                eq((m.a_R / m.a_D) ** m.alpha, 1),
                via.linear({h.moved_share: 1, h.share: 1 / ((1 - m.s_E) * (1 - SHARE))}),
            ),
        ],
        via.powers({h.whole: 1 / m.alpha}),
    )
    exists = via.both(
        via.cut(
            [
                (h.root, lt(low, m.s_E), via.combine({h.premise: m.s_E})),
                (
                    h.power,
                    lt(low**m.beta, m.s_E**m.beta),
                    via.lemma("pow_mono", low, m.s_E, m.beta, premises=(via.auto(), via.by(h.root), via.auto())),
                ),
            ],
            via.combine({h.power: 1}),
        ),
        via.cut(
            [
                (
                    h.power,
                    lt((1 - m.s_E) ** (1 / m.beta), (m.s_E**m.beta) ** (1 / m.beta)),
                    via.lemma(
                        "pow_mono",
                        1 - m.s_E,
                        m.s_E**m.beta,
                        1 / m.beta,
                        premises=(via.auto(), via.by(h.premise), via.auto()),
                    ),
                )
            ],
            via.combine({h.power: 1 / m.s_E}),
        ),
    )
    goal = And((Iff(eq(m.a_R, m.a_D), eq(m.phi, phi_S_before)), Iff(lt(phi_S_before, 1), lt(1 - m.s_E, m.s_E**m.beta))))
    says = "All Southern firms have moved exactly at phi_S = (1-s_E)^(1/beta)/s_E, which costly trade reaches only if"
    holding = proved(d, goal, via.split(via.both(forward, backward), exists), says)
    reason = (
        "Before entry and exit a_D is fixed at autarky and a_X/a_D is not phi^(1/(sigma-1)); full agglomeration starts "
        "at (1-s_E)^(1/beta)/s_E, above the printed point, and never if s_E^beta <= 1-s_E."
    )
    witness = economy(Q(16, 25), Q(15, 16), Q(3, 5), Q(1))
    return refuted(
        short(m.Phase.DD, whole=True), printed, witness, reason, corrected=holding, severity=Severity.SUBSTANCE
    )


def absurd_case(small: sp.Expr, large: sp.Expr, direction: int):  # type: ignore[no-untyped-def]
    """Rule out that the export cutoff lies on one side of its value at the sustain point."""
    power = via.lemma("pow_mono", small, large, m.beta, premises=(via.auto(), via.by(h.case), via.auto()))
    contradiction = via.combine(
        {h.case: 1, h.power: m.phi}, equations={h.cut: -direction, h.premise: -direction * m.s_E}
    )
    return via.cut([(h.power, lt(small**m.beta, large**m.beta), power)], via.absurd(contradiction))


SUSTAIN_BEFORE = by_reading(
    "bo.sustain.before",
    "derived",
    section("3.2", "below (20)"),
    r"a_R=a_D\text{ at }\phi_S=\left(\frac{1-s_E}{s_E}\right)^{1/\beta}",
    ((Iff(eq(m.a_R, m.a_D), eq(m.phi, phi_S_after)), _sustain), (ALL_GONE, sustain_sunk)),
    "sustain point before entry and exit",
)

CLAIMS: tuple[Claim, ...] = ()
