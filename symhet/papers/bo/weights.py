"""The weights that (10) gives to firms when nobody relocates, their derivatives, and the derivative (11)."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.total import total
from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.facts import World, below_one, exporters_better, integrate_between
from symhet.papers.bo.sources import section
from symhet.papers.bo.symbols import W_D, W_X, a
from symhet.papers.bo.trade import bounded, interior
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers.tactics import auto, combine, cut, identity, implicit, linear, product, sign, split

weight_D = m.rho * (1 - 1 / m.beta) / ((1 + m.Omega) ** (1 / m.beta) * m.kappa ** (1 - 1 / m.beta))
weight_X = (1 + m.phi) * weight_D


MADE = m.n * m.B * ((1 + m.phi) * m.sales(0, m.a_X) + m.sales(m.a_X, m.a_D)) / m.a_D**m.rho
DENSITY = m.n * m.rho * a ** (m.rho - 1) / m.a_D**m.rho
DOMESTIC = eq(a * a ** (1 - m.sigma) * m.B / MADE * DENSITY, weight_D * a**m.alpha)
EXPORTER = eq(a * a ** (1 - m.sigma) * m.B * (1 + m.phi) / MADE * DENSITY, weight_X * a**m.alpha)


@section("3.1.2").derived(
    "bo.weights",
    And((EXPORTER, DOMESTIC)),
    title="weights of exporters and others",
    printed=r"W_X=\frac{1+\phi}{(1+\phi^\beta)^{1/\beta}}\,\frac{\rho(1-1/\beta)}{(f_I(\beta-1)/f)^{1-1/\beta}},\quad "
    r"W_D=\frac{1}{(1+\phi^\beta)^{1/\beta}}\,\frac{\rho(1-1/\beta)}{(f_I(\beta-1)/f)^{1-1/\beta}}",
)
def _weights(statement: Prop) -> Finding:
    d = interior()
    exporters_better(d, World())
    integrate_between(d, m.a_X, m.a_D)
    solved = (h.J_a_X, h.J_a_X_a_D, h.a_X, h.B, h.a_D_star, h.a_D)
    holding = proved(d, statement, split(identity(*solved), identity(*solved)), "The weights are as printed.")
    reason = (
        "The printed weights follow from (10) and (9), so they hold below the sustain point; past it B and B* differ "
        "and the cutoffs of (9) are no longer those of the equilibrium."
    )
    return bounded(holding, reason)


ELASTICITY = (1 - m.phi ** (m.beta - 1)) / ((1 + m.phi) * (1 + m.Omega))


@section("3.1.2", "footnote 11").derived(
    "bo.fn11",
    And(
        (
            eq(total(W_X, m.phi) / W_X, ELASTICITY),
            gt(ELASTICITY, 0),
            gt(total(W_X, m.phi), 0),
            lt(total(W_D, m.phi), 0),
        )
    ),
    title="weight of exporters rises, of others falls",
    printed=r"\frac{d\ln W_X}{d\phi}=\frac{1-\phi^{\beta-1}}{(1+\phi)(1+\phi^\beta)}>0,\quad \frac{dW_D}{d\phi}<0",
)
def _weight_derivatives(statement: Prop) -> Finding:
    d = Derivation(Context(m.trade().context(h.sigma_above_1, h.beta_above_1, h.phi_below_1).hypotheses))
    d.define(h.W_X, W_X, weight_X, "The weight of an exporter is")
    d.define(h.W_D, W_D, weight_D, "and that of the others")
    below_one(d, World())
    slope = W_X * ELASTICITY
    fall = -W_D * m.phi ** (m.beta - 1) / (1 + m.Omega)
    W_X_prime = d.step(h.W_X_new, eq(total(W_X, m.phi), slope), "Differentiating,", number="fn 11")
    W_D_prime = d.step(h.W_D_new, eq(total(W_D, m.phi), fall), "and")
    power = d.step(h.power, lt(m.phi ** (m.beta - 1), 1), "As beta exceeds one")
    rises = product({power: 1}, coefficient=1 / ((1 + m.phi) * (1 + m.Omega)))
    up = product({power: 1}, W_X_prime, coefficient=W_X / ((1 + m.phi) * (1 + m.Omega)))
    proof = split(linear({W_X_prime: 1 / W_X}), rises, up, sign(W_D_prime))
    return proved(d, statement, proof, "The weight of exporters rises and that of the others falls.")


INNER, OUTER = PowerIntegral(m.alpha, sp.S.Zero, m.a_X), PowerIntegral(m.alpha, m.a_X, m.a_D)
AVERAGE = sp.Symbol(m.abar.name, real=True)
EFFECTS = {W_X: INNER, W_D: OUTER, m.a_X: (W_X - W_D) * m.a_X**m.alpha, m.a_D: W_D * m.a_D**m.alpha}


@section("3.1.2", "equation 11").derived(
    "bo.eq11",
    eq(total(AVERAGE, m.phi), sum((x * total(symbol, m.phi) for symbol, x in EFFECTS.items()), sp.S.Zero)),
    title="derivative of the average",
    printed=r"\frac{d\bar a}{d\phi}=\int_0^{a_X}\frac{dW_X}{d\phi}a^\alpha "
    r"da+\int_{a_X}^{a_D}\frac{dW_D}{d\phi}a^\alpha da"
    r"+\frac{da_X}{d\phi}(W_X-W_D)a_X^\alpha+\frac{da_D}{d\phi}W_Da_D^\alpha",
)
def _leibniz(statement: Prop) -> Finding:
    d = Derivation(Context(m.trade().context(h.sigma_above_1, h.beta_above_1, h.phi_below_1).hypotheses))
    d.define(h.W_X, W_X, weight_X, "The weight of an exporter is")
    d.define(h.W_D, W_D, weight_D, "and that of the others")
    d.define(h.a_D, m.a_D, (m.kappa / (1 + m.Omega)) ** (1 / m.rho), "The cutoffs are those of (9),", number="(9)")
    d.define(h.a_X, m.a_X, (m.Omega * m.kappa / (1 + m.Omega)) ** (1 / m.rho), "and", number="(9)")
    gains = (h.gains, gt((m.sigma - 1) * (m.beta - 1), 0), product({h.sigma_above_1: 1, h.beta_above_1: 1}))
    converges = (h.alpha_above_minus_1, gt(m.alpha + 1, 0), cut([gains], combine({h.gains: 1})))
    says = "The average is the weighted integral of a^alpha:"
    d.define(h.abar, AVERAGE, W_X * INNER + W_D * OUTER, says, defined=cut([converges], auto()))
    d.step(*converges[:2], "which converges at zero, since", by=converges[2])
    below_one(d, World())
    slopes = {
        W_X: W_X * (1 - m.phi ** (m.beta - 1)) / ((1 + m.phi) * (1 + m.Omega)),
        W_D: -W_D * m.phi ** (m.beta - 1) / (1 + m.Omega),
        m.a_D: -m.a_D * m.phi ** (m.beta - 1) / ((m.sigma - 1) * (1 + m.Omega)),
        m.a_X: m.a_X / (m.phi * (m.sigma - 1) * (1 + m.Omega)),
    }
    names = {W_X: h.W_X, W_D: h.W_D, m.a_D: h.a_D, m.a_X: h.a_X}
    for symbol, slope in slopes.items():
        found = implicit({symbol: slope}, m.phi, (names[symbol],))
        d.step(h.new_for(names[symbol]), eq(total(symbol, m.phi), slope), "Differentiating,", by=found)

    explicit = sum((effect * slopes[symbol] for symbol, effect in EFFECTS.items()), sp.S.Zero)
    d.step(h.abar_new, eq(total(AVERAGE, m.phi), explicit), "The whole changes by")
    terms = {h.abar_new: sp.S.One, **{h.new_for(names[symbol]): -effect for symbol, effect in EFFECTS.items()}}
    return proved(d, statement, linear(terms), "Collecting terms gives (11).")


CLAIMS = (
    section("3.1.2", "equation 10").row(
        "definition",
        "bo.eq10",
        r"\bar a=\int_0^{a_X}a\,\frac{a^{1-\sigma}B(1+\phi)}{\mathit{TP}}\,n\,dG[a|a_D]"
        r"+\int_{a_X}^{a_D}a\,\frac{a^{1-\sigma}B}{\mathit{TP}}\,n\,dG[a|a_D]",
        title="average unit input coefficient (the weights are shares in the value of production)",
    ),
    _weights,
    _weight_derivatives,
    _leibniz,
)
