"""The closed economy of Baldwin and Okubo (section 2.2) and what makes its integrals converge."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.claims import Finding, Severity, Witness, proved, proved_with
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import parameters, ratio
from symhet.papers.bo.facts import integrate
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import a, level
from symhet.propositions import And, Iff, Implies, Or, Prop, eq, gt, le, lt
from symhet.provers import tactics as via

elastic = {h.sigma_above_1: gt(m.sigma, 1)}


@section("2.2", "equation 6").derived(
    "bo.eq6",
    And((eq(m.a_D, m.kappa ** (1 / m.rho)), eq(m.n, m.E * (m.beta - 1) / (m.f * m.beta)))),
    title="autarky",
    printed=r"a_D=\left(\frac{f_I(\beta-1)}{f}\right)^{1/\rho},\quad n=\frac{E(\beta-1)}{f\beta}",
)
def _closed_economy(statement: Prop) -> Finding:
    d = Derivation(
        m.autarky().context(
            h.sigma_above_1, h.beta_above_1, h.kappa_at_most_1, h.mbar, h.demand, h.free_entry, h.cutoff
        )
    )
    integrate(d, m.a_D)
    everyone = via.cut(
        (
            (h.a_D_is_1, eq(m.a_D, 1), via.use(h.case)),
            (h.pays, le(m.f, m.B), via.use(h.case)),
            (
                h.entry,
                eq(m.B * m.rho / m.alpha, m.f + m.f_I),
                via.transported(h.free_entry, h.J_a_D, h.K_a_D, h.a_D_is_1),
            ),
            (h.kappa, le(m.f_I * (m.beta - 1), m.f), via.combine({h.kappa_at_most_1: m.f})),
            (h.margin, gt(m.alpha / m.rho, 0), via.product({h.beta_above_1: 1}, coefficient=1 / m.beta)),
            (
                h.B_is,
                eq(m.B, (m.f + m.f_I) * (m.beta - 1) / m.beta),
                via.transported(h.entry, factor=(m.beta - 1) / m.beta),
            ),
            (h.order, Or((lt(m.B, m.f), eq(m.B, m.f), gt(m.B, m.f))), via.lemma("trichotomy", m.B, m.f)),
        ),
        via.cases(
            h.order,
            via.absurd(via.combine({h.side: 1, h.pays: 1})),
            via.linear({h.side: 1}, h.a_D_is_1),
            via.absurd(via.combine({h.side: 1, h.kappa: 1 / m.beta}, equations={h.B_is: 1})),
            name=h.side,
        ),
    )
    some = via.cut(((h.zero, eq(m.a_D ** (1 - m.sigma) * m.B, m.f), via.use(h.case)),), via.by(h.zero))
    says = (
        "If every draw were good enough, demand per firm would not exceed f, so the marginal firm breaks even anyway:"
    )
    d.step(h.zero_profit, eq(m.a_D ** (1 - m.sigma) * m.B, m.f), says, by=via.cases(h.cutoff, some, everyone))
    B_step = d.step(h.B, eq(m.B, m.f * m.a_D ** (m.sigma - 1)), "Demand per firm is")
    free = via.transported(h.free_entry, h.J_a_D, h.K_a_D, B_step, factor=(m.beta - 1) / m.f)
    a_D_rho = d.step(h.a_D_to_rho, eq(m.a_D**m.rho, m.kappa), "and free entry gives", by=free)
    cleared = via.transported(h.demand, h.mbar, h.J_a_D, B_step, factor=(1 - 1 / m.beta) / m.f)
    n_step = d.step(
        h.n, eq(m.n, m.E * (m.beta - 1) / (m.f * m.beta)), "and the market clears with", number="(6)", by=cleared
    )
    proof = via.split(via.powers({a_D_rho: 1 / m.rho}), via.by(n_step))
    holding = proved(d, statement, proof, "This is the closed economy.")
    domain = {k: v for k, v in m.autarky().domain.hypotheses().items() if k != h.kappa_at_most_1}
    start = m.autarky().context(h.mbar, h.demand, h.free_entry, h.cutoff)
    failing = Derivation(Context({**domain, **start.hypotheses}, start.system, start.endogenous))
    point = parameters(ratio(3, 5), ratio(1, 2), sp.S(4)) | {
        m.E: sp.S(1),
        m.a_D: sp.S(1),
        m.B: ratio(5, 2),
        m.n: ratio(1, 5),
        m.mbar: ratio(2, 5),
    }
    condition = (h.kappa_at_most_1, m.autarky().domain.hypotheses()[h.kappa_at_most_1])
    reason = (
        "The formulas hold when f_I (beta - 1) <= f, so that the cutoff lies inside the support of costs, which the "
        "paper does not say. Otherwise every draw produces: a_D = 1 and n = E/(f + f_I)."
    )
    return proved_with(holding, (condition,), failing, Witness(point), reason, severity=Severity.SUBSTANCE)


CONVERGENCE_E = m.alpha - 1
FINITE = Implies(gt(m.beta, 1), eq(PowerIntegral(CONVERGENCE_E, sp.S.Zero, a), a**m.alpha / m.alpha))
WIDE = 1 - m.alpha * level * a ** (-m.alpha)
END = a * WIDE ** (1 / m.alpha)
ANY_LEVEL = Implies(lt(m.beta, 1), eq(PowerIntegral(CONVERGENCE_E, END, a), level))
REGULAR = Iff(gt(m.beta, 1), lt(-1, CONVERGENCE_E))


@section("2.2").claim(
    "bo.regularity",
    And((REGULAR, FINITE, ANY_LEVEL)),
    title="what makes the integrals converge",
    printed=r"\beta>1\Leftrightarrow\text{the integrals converge}",
)
def _convergence(statement: Prop) -> Finding:
    d = Derivation(Context(dict(elastic)))
    there = via.product({h.sigma_above_1: 1, h.above: 1})
    back = via.product({h.above: 1, h.sigma_above_1: -1})
    regular_step = d.step(
        h.regular,
        REGULAR,
        "The exponent exceeds minus one just when beta exceeds one:",
        by=via.both(there, back, name=h.above),
    )
    finite_step = d.step(h.finite, FINITE, "Then the sales of the firms below a are finite:")
    says = "Below one, the firms above some cost already sell as much as one likes:"
    infinite = d.step(h.infinite, ANY_LEVEL, says)
    reason = (
        "Given sigma > 1 the integrals of sales converge exactly when beta > 1; for beta < 1 every value is reached "
        "before zero. The condition printed later for rho is another one (bo.regularity-rho)."
    )
    return proved(
        d,
        statement,
        via.split(via.by(regular_step), via.by(finite_step), via.by(infinite)),
        "So beta > 1 is what it takes.",
        reason,
    )


CLAIMS = (
    section("2.2", "equation 4").row(
        "condition",
        "bo.eq4",
        r"\int_0^{a_D}(a^{1-\sigma}B-f)\,dG[a]=f_I,\quad f_I=\sigma\delta F_I",
        title="free entry",
    ),
    section("2.2", "equation 5").row(
        "assumption",
        "bo.eq5",
        r"G[a]=(a/a_0)^\rho,\quad 0\le a\le a_0=1,\quad \rho\ge1",
        title="Pareto distribution of costs",
    ),
    _closed_economy,
    _convergence,
)
