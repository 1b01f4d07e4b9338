"""Relocation with entry and exit (sections 3.2.1 and 3.3): masses of firms, cutoffs, and what is determined."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, Severity, Verdict, Witness, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import ratio, relocated
from symhet.papers.bo.facts import World, firms
from symhet.papers.bo.longrun_facts import CORE, LONG, MOVED, anywhere, phase_holds, solve, solved
from symhet.papers.bo.sources import section
from symhet.propositions import And, Prop, eq, lt
from symhet.provers.tactics import by, combine, identity, linear, product, split
from symhet.theorems import proof_by, prove

OTHER = World("2", tuple(sorted({m.s_n, *m.long_run().endogenous}, key=str)))
"""Another long run of the same economy, with another share of births."""

AUTARKIC = (h.s_n_is_s_E, eq(m.s_n, m.s_E))
"""The share of births stays where autarky put it."""

extra = m.beta * (m.s_n / m.s_E - 1) + 1 + m.Omega


def settled(phase: m.Phase) -> Derivation:
    """Return a derivation that has solved the long run of a phase at the share of births of autarky."""
    start = m.long_run(phase).context(*CORE, *LONG, *phase_holds(phase))
    d = Derivation(Context({**start.hypotheses, AUTARKIC[0]: AUTARKIC[1]}))
    solve(d, phase, World())
    return d


def even() -> Witness:
    """Return the long run at s_E = s_n = 3/5, phi = 5/12, in phase XX."""
    return Witness(relocated(ratio(3, 5), ratio(5, 12), ratio(1), ratio(3, 5)))


def uneven() -> Witness:
    """Return the long run at s_E = 3/5, phi = 5/12 with s_n = 16/25, in phase XX."""
    return Witness(relocated(ratio(3, 5), ratio(5, 12), ratio(1), ratio(16, 25)))


@section("3.2.1", "equation 21").derived(
    "bo.eq21",
    eq(m.n_w, firms / (m.s_n / m.s_E - m.Omega)),
    title="mass of firms after relocation and entry",
    printed=r"n^w=\frac{(\beta-1)/(f\beta)}{s_n/s_E-\phi^\beta}",
)
def _mass(printed: Prop) -> Finding:
    holding = proved(
        solved(m.Phase.XX), eq(m.n_w, firms / (1 + m.Omega)), by(h.n_w), "This is the mass of firms for any s_n."
    )
    reason = (
        "The printed mass puts a minus before phi^beta: with the printed B the domestic cutoff condition gives a "
        "plus, and even s_n/s_E + phi^beta, which (24) has, is right at s_n = s_E only. Every firm adds the same to "
        "the sum of selling costs wherever it produces, which fixes n_w whatever s_n is. Quadrature of the model "
        "agrees."
    )
    return refuted(anywhere(m.Phase.XX), printed, even(), reason, corrected=holding, severity=Severity.MISPRINT)


@section("3.2.1").claim(
    "bo.eq21-text",
    And((lt(m.n_w, firms), lt(firms, m.n_w))),
    title="does the mass of firms rise or fall",
    printed=r"n^w\ \text{falls below autarky; the global mass must rise}",
)
def _mass_in_words(statement: Prop) -> Finding:
    d = solved(m.Phase.XX)
    falls = product({h.beta_above_1: 1}, h.n_w, coefficient=m.Omega / (m.beta * m.f * (1 + m.Omega)))
    truth = d.prove(lt(m.n_w, firms), falls, "The mass of firms is below that of autarky.")
    says = Context({h.falls: lt(m.n_w, firms), h.rises: lt(firms, m.n_w)})
    clash = prove(says, lt(0, 0), proof_by(says, lt(0, 0), combine({h.falls: 1, h.rises: 1})))
    reason = (
        "The paragraph says both that the number of active firms falls and that the global mass must rise, which "
        "exclude one another. The mass falls from (1-1/beta)/f to (1-1/beta)/(f(1+phi^beta)); the printed (21) would "
        "make it rise."
    )
    return Finding(
        Verdict.INCONSISTENT,
        statement,
        d,
        (clash, truth),
        corrected=lt(m.n_w, firms),
        reason=reason,
        severity=Severity.MISPRINT,
        root="bo.eq21",
        prover=lambda goal: d.try_prove(goal, falls),
    )


SHARE = (m.a_X / m.a_D) ** m.rho
ENTRY = eq(1 / m.n_w, m.f + m.f * SHARE + m.f_I / m.a_D**m.rho)
FLOWS = eq(1 / (m.sigma * m.n_w), m.F + m.F * SHARE + m.F_I / m.a_D**m.rho)


@section("3.2.1", "footnote 15").derived(
    "bo.fn15",
    And((ENTRY, FLOWS)),
    title="global free entry",
    printed=r"\frac1{n^w}=f+f\left(\frac{a_X}{a_D}\right)^\rho+f_I\left(\frac1{a_D}\right)^\rho,\quad "
    r"\frac{E^w}{\sigma n^w}=F+F\frac{G[a_X]}{G[a_D]}+F_I\frac1{G[a_D]}",
)
def _global_entry(statement: Prop) -> Finding:
    costs = {h.f: eq(m.f, m.sigma * m.delta * m.F), h.f_I: eq(m.f_I, m.sigma * m.delta * m.F_I)}
    base = m.long_run().context(*CORE, *LONG, *phase_holds(m.Phase.XX))
    condition = (h.delta_is_1, eq(m.delta, 1))
    d = Derivation(Context({**base.hypotheses, **costs, condition[0]: condition[1]}))
    solve(d, m.Phase.XX, World())
    entry_step = d.step(h.entry, ENTRY, "Global free entry reads", number="fn 15")
    rest = linear(
        {
            entry_step: 1 / m.sigma,
            h.f: (1 + SHARE) / m.sigma,
            h.f_I: m.a_D ** (-m.rho) / m.sigma,
            h.delta_is_1: _slack(SHARE),
        }
    )
    holding = proved(d, statement, split(by(entry_step), rest), "With a unit death rate flows and stocks agree.")
    whole = m.long_run().whole_domain(*LONG, *phase_holds(m.Phase.XX), h.s_n_below_1)
    failing = Derivation(Context({**whole.hypotheses, **costs}))
    point = dict(even().point) | {m.delta: ratio(1, 2), m.F: sp.S(1), m.F_I: sp.S(1)}
    reason = (
        "The condition on n_w holds for any s_n and in every long run. The equation in words behind it sets a flow of "
        "operating profit against stocks of sunk costs: with death rate delta it is E^w/(sigma delta n_w) that equals "
        "the expected sunk costs, so it needs delta = 1."
    )
    return proved_with(holding, (condition,), failing, Witness(point), reason, severity=Severity.NOTATION)


def _slack(share: sp.Expr) -> sp.Expr:
    return m.F * (1 + share) + m.F_I / m.a_D**m.rho


@section("3.2.1", "equation 22").derived(
    "bo.eq22",
    And((eq(m.a_D, (m.kappa / extra) ** (1 / m.rho)), eq(m.a_X, (m.Omega * m.kappa / extra) ** (1 / m.rho)))),
    title="cutoffs after relocation and entry",
    printed=r"a_D=\left(\frac{f_I(\beta-1)/f}{\beta(s_n/s_E-1)+1+\phi^\beta}\right)^{1/\rho},\quad "
    r"a_X=\left(\frac{\phi^\beta f_I(\beta-1)/f}{\beta(s_n/s_E-1)+1+\phi^\beta}\right)^{1/\rho}",
)
def _cutoffs(printed: Prop) -> Finding:
    d = settled(m.Phase.XX)
    d.step(h.births, eq(extra, 1 + m.Omega), "With unchanged shares of births")
    proof = split(identity(h.s_n_is_s_E, h.a_D), identity(h.a_X, h.a_D, h.s_n_is_s_E))
    holding = proved(d, printed, proof, "the cutoffs are those without relocation.")
    reason = (
        "For every s_n the long run has a_D^rho = kappa/(1+phi^beta) and a_X^rho = phi^beta a_D^rho: the term with "
        "s_n/s_E - 1 should not be there. (22) is right at s_n = s_E only; it follows from (24) and footnote 15, not "
        "from the printed (21)."
    )
    return proved_with(
        holding, (AUTARKIC,), anywhere(m.Phase.XX), uneven(), reason, severity=Severity.SUBSTANCE, root="bo.eq16"
    )


@section("3.3", "equation 24").derived(
    "bo.eq24",
    And(
        (
            eq(m.a_R**m.alpha, m.phi * (m.s_n + m.s_E - 1) / ((1 - m.s_n) * (1 - m.phi)) * m.a_X**m.alpha),
            eq(m.n_w, firms / (m.s_n / m.s_E + m.Omega)),
            eq(m.a_D, (m.kappa / extra) ** (1 / m.rho)),
        )
    ),
    title="the long run for any share of births",
    printed=r"a_R^\alpha=\frac{s_n+s_E-1}{(1-s_n)(1-\phi)}\phi a_X^\alpha,\quad "
    r"n^w=\frac{(1-1/\beta)/f}{s_n/s_E+\phi^\beta}",
)
def _any_share(printed: Prop) -> Finding:
    d = solved(m.Phase.XX)
    true = (
        eq(m.a_R**m.alpha, MOVED[m.Phase.XX] * m.a_D**m.alpha),
        eq(m.n_w, firms / (1 + m.Omega)),
        eq(m.a_D, (m.kappa / (1 + m.Omega)) ** (1 / m.rho)),
        eq(m.a_X**m.rho, m.Omega * m.kappa / (1 + m.Omega)),
    )
    proof = split(by(h.R), by(h.n_w), by(h.a_D), identity(h.a_X, h.a_D))
    holding = proved(d, And(true), proof, "This is the long run for any s_n in phase XX.")
    reason = (
        "(16) lacks the term (s_E - s_n) a_D^alpha, so its a_R does not equalise B and B* unless s_n = s_E, and the "
        "mass and cutoffs that follow from it are wrong with it. At the counterexample B = B* holds with the "
        "corrected a_R. All three are right at s_n = s_E."
    )
    return refuted(
        anywhere(m.Phase.XX), printed, uneven(), reason, corrected=holding, severity=Severity.SUBSTANCE, root="bo.eq16"
    )


CLAIMS = (
    _mass,
    _mass_in_words,
    _global_entry,
    _cutoffs,
    _any_share,
)
