"""The close of section 4: what relocation and entry do to shares of births, imports and the small nation's firms.

Proved: the South's imports rise with the freeness of trade. Refuted: that without relocation births keep the nations'
shares, and that more births in the North leave the small nation more firms.
"""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import ratio, traded
from symhet.papers.bo.facts import World, with_second
from symhet.papers.bo.longrun import OTHER, even, settled, uneven
from symhet.papers.bo.longrun_facts import CORE, LONG, phase_holds, solve
from symhet.papers.bo.sources import section
from symhet.papers.bo.trade import EQUATIONS, FREE, interior
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

SHARE = m.n / (m.n + m.N_star)


@section("4", "below Result 7").claim(
    "bo.close.share",
    eq(SHARE, m.s_E),
    title="the share of births in the polar cases",
    printed=r"\text{both polar cases maintain }s_n=s_E",
)
def _kept_share(statement: Prop) -> Finding:
    d = interior()
    more = via.product({h.s_E_above_half: 1, h.Omega_below_1: -1}, h.s_n, coefficient=2 * m.Omega)
    holding = proved(d, gt(SHARE, m.s_E), more, "Without relocation the North's share of firms exceeds its size.")
    failing = Derivation(m.trade().whole_domain(*EQUATIONS, FREE[0]))
    point = traded(ratio(3, 5), ratio(3, 4), ratio(1))
    reason = (
        "With instantaneous entry and exit the home market effect is the whole of the adjustment: s_n > s_E by (9). "
        "The two polar cases agree in cutoffs, mass of firms and welfare, not in the share of births."
    )
    return refuted(failing, statement, Witness(point), reason, corrected=holding, severity=Severity.SUBSTANCE)


def _imports(phase: m.Phase) -> sp.Expr:
    """Return the value of what the South imports, with relocation."""
    born = m.s_n * m.sales(0, m.a_X) + (1 - m.s_n) * m.sales(0, m.a_R) if phase is m.Phase.XX else m.sales(0, m.a_X)
    return m.phi * m.B_star * m.n_w * born / m.a_D**m.rho


VALUES = {
    phase: m.Omega / (1 + m.Omega) * part
    for phase, part in (
        (m.Phase.XX, m.s_E + m.phi * (2 * m.s_E - 1) / (1 - m.phi)),
        (m.Phase.DD, 1),
    )
}
"""What the South imports in equilibrium, by phase."""


def _rises(phase: m.Phase) -> And:
    """Return what the South's imports come to, and that they rise with the freeness of trade."""
    return And((eq(_imports(phase), VALUES[phase]), gt(derivative(VALUES[phase], m.phi), 0)))


@section("4", "below Result 7").claim(
    "bo.close.imports",
    _rises(m.Phase.XX),
    title="imports of the small nation",
    printed=r"\phi\uparrow:\ \text{imports of the South}\uparrow",
)
def _more_imports(statement: Prop) -> Finding:
    found = []
    for phase in (m.Phase.XX, m.Phase.DD):
        d, value = settled(phase), VALUES[phase]
        known = (h.J_a_X, h.J_a_R, h.R, h.solved_B_star, h.n_w, h.a_X, h.s_n_is_s_E)
        says = "The South's imports come to"
        imports = d.step(h.imports, eq(_imports(phase), value), says, by=via.identity(*known))
        slope = derivative(value, m.phi)
        if phase is m.Phase.XX:
            explicit = (
                m.beta * m.Omega / (m.phi * (1 + m.Omega) ** 2) * (m.s_E + m.phi * (2 * m.s_E - 1) / (1 - m.phi))
                + m.Omega / (1 + m.Omega) * (2 * m.s_E - 1) / (1 - m.phi) ** 2
            )
            d.step(h.form, eq(slope, explicit), "They change by")
            first = m.beta * m.Omega / (1 + m.Omega) ** 2 * (2 * m.s_E - 1) / (1 - m.phi)
            part_step = d.step(h.part, gt(first, 0), "where")
            second = m.Omega / (1 + m.Omega) * (2 * m.s_E - 1) / (1 - m.phi) ** 2
            rest = d.step(h.rest, gt(second, 0), "and")
            rises = via.combine({part_step: 1, rest: 1}, equations={h.form: -1})
        else:
            explicit = m.beta * m.Omega / (m.phi * (1 + m.Omega) ** 2)
            d.step(h.form, eq(slope, explicit), "They change by")
            rises = via.combine({}, equations={h.form: -1})
        found.append((d, via.split(via.by(imports), rises)))
    d, proof = found[0]
    reason = (
        "After entry and exit, in XX and in DD; without relocation see bo.trade-effects.exporters. The delivered price "
        "of an imported variety falls with the iceberg cost because mill prices are a constant mark-up over cost."
    )
    holding = proved(d, statement, proof, "So imports rise with the freeness of trade.", reason)
    other, other_proof = found[1]
    return with_theorem(holding, other.prove(_rises(m.Phase.DD), other_proof))


KEPT = (1 - m.s_n) * m.n_w * (1 - (m.a_R / m.a_D) ** m.rho)


@section("4", "below Result 7").claim(
    "bo.close.firms",
    lt(KEPT, OTHER(KEPT)),
    title="firms kept by the small nation",
    printed=r"s_n>s_E\Rightarrow\text{the small nation keeps more firms}",
)
def _kept_firms(statement: Prop) -> Finding:
    names = (*CORE, *LONG, *phase_holds(m.Phase.XX))
    order: dict[Step, Prop] = {h.more_births: lt(m.s_n, OTHER(m.s_n))}
    d = Derivation(with_second(m.long_run(), names, OTHER, order))
    solve(d, m.Phase.XX, World())
    solve(d, m.Phase.XX, OTHER)
    same = (eq(m.n_w, OTHER(m.n_w)), eq(m.a_D, OTHER(m.a_D)))
    proof = via.split(via.identity(h.n_w, h.n_w_2), via.identity(h.a_D, h.a_D_2))
    holding = proved(d, And(same), proof, "Mass of firms and cutoffs do not depend on where firms are born.")
    domain = tuple(m.long_run().domain.hypotheses())
    failing = Derivation(
        with_second(m.long_run(), (*domain, *LONG, *phase_holds(m.Phase.XX), h.s_n_below_1), OTHER, order)
    )
    point = dict(even().point) | {OTHER(x): value for x, value in uneven().point.items()}
    reason = (
        "With more births in the North fewer Southern firms move, but fewer are born: at s_E = 3/5, phi = 5/12 the "
        "South has fewer producers at s_n = 16/25 than at s_n = s_E, for the movers are few. And since m* is the same, "
        "neither of the two effects raises welfare (bo.eq26)."
    )
    return refuted(
        failing, statement, Witness(point), reason, corrected=holding, severity=Severity.SUBSTANCE,
        root="bo.eq16",
    )  # fmt: skip


CLAIMS: tuple[Claim, ...] = (
    section("4", "below Result 7").row(
        "claim",
        "bo.close",
        r"\text{relocation and entry are perfect substitutes; slow adjustment is better}",
        parts=(_kept_share, _more_imports, _kept_firms),
        title="the close of section 4",
    ),
)
