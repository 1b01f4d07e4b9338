"""Section 3.1: what households buy, from their preferences on."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, Severity, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.notation import E, X, Y, kappa, p, p_Y, price_sum, share, spent, x
from symhet.papers.kz.sources import section
from symhet.propositions import Maximiser, Prop, eq
from symhet.provers.tactics import chart, concave, identity, sign

CHOSEN = (kappa * p) ** (-m.sigma)


def over_varieties(term: sp.Expr) -> sp.Expr:
    """Return the integral over varieties of a term that is a multiple of p**(1 - sigma), the multiple the same for all.

    Parameters
    ----------
    term : sympy.Expr
        Proportional to ``p**(1 - sigma)``; the derivations check the proportionality as a step.

    Returns
    -------
    sympy.Expr
        The multiple times the integral of ``p**(1 - sigma)``, by linearity of the integral.
    """
    return term.xreplace({p: sp.Integer(1)}) * price_sum


def _consumer() -> Context:
    """Return what is known of a household that spends E_X on varieties of prices p: its budget and its bundle."""
    budget = eq(m.E_X, over_varieties(p * CHOSEN))
    bundle = eq(X, over_varieties(CHOSEN**m.rho) ** (1 / m.rho))
    return m.offshoring_first().context(h.sigma_above_1).having(h.budget, budget).having(h.bundle, bundle)


def _choose_varieties(d: Derivation) -> None:
    best = Maximiser(x**m.rho / m.rho - kappa * p * x, x, CHOSEN, sp.Integer(0), sp.oo)
    says = (
        "The bundle is largest for a given outlay when, variety by variety, the quantity maximises its contribution to "
        "the integral in (2), divided by rho, less its cost at a shadow value that all varieties share. That is "
        "strictly concave, so the only maximiser is"
    )
    d.step(h.choice, best, says)
    says = "A variety then takes the outlay"
    multiple = kappa ** (-m.sigma)
    d.step(h.outlay, eq(p * CHOSEN, multiple * p ** (1 - m.sigma)), says)
    says = "and adds to the integral in (2)"
    multiple = kappa ** (1 - m.sigma)
    d.step(h.contribution, eq(CHOSEN**m.rho, multiple * p ** (1 - m.sigma)), says)
    says = (
        r"Integrate over varieties, of which the shadow value is independent, and write $I_\Omega$ for the integral of "
        r"$p(\omega)^{1-\sigma}$. Outlays exhaust the budget:"
    )
    d.recall(h.budget, says)
    d.recall(h.bundle, "In the same way the bundle is")


@section("3.1", "3").derived(
    "kz.eq3",
    eq(m.E_X / X, price_sum ** (1 / (1 - m.sigma))),
    title="price index of varieties",
    printed=r"P_X = \left(\int_{\omega\in\Omega} p(\omega)^{1-\sigma}\, d\omega\right)^{1/(1-\sigma)}",
)
def _price_index(index: Prop) -> Finding:
    d = Derivation(_consumer())
    _choose_varieties(d)
    says = "The shadow value drops out: a unit of the bundle costs the price index, whatever the outlay."
    reason = "The paper integrates over dk where it calls the variety omega; the integral is read over omega."
    return proved(d, index, identity(h.bundle, h.budget), says, reason, severity=Severity.MISPRINT)


@section("3.1").derived(
    "kz.demand.variety",
    eq(spent, (p / m.P_X) ** (1 - m.sigma) * m.E_X),
    title="outlay for a variety",
    printed=r"e(\omega) = \left(\frac{p(\omega)}{P_X}\right)^{1-\sigma} E_X",
)
def _demand(share_of_variety: Prop) -> Finding:
    context = _consumer().having(h.spending, eq(spent, p * CHOSEN))
    d = Derivation(context.having(h.index, eq(m.P_X, price_sum ** (1 / (1 - m.sigma)))))
    _choose_varieties(d)
    d.recall(h.index, "The price index (3) is")
    says = "Put the shadow value that exhausts the budget into the outlay for one variety:"
    return proved(d, share_of_variety, identity(h.spending, h.budget, h.index), says)


LOGS = eq(sp.log(X**m.beta * Y ** (1 - m.beta)), m.beta * sp.log(X) + (1 - m.beta) * sp.log(Y))
UTILITY = LOGS.rhs.xreplace({X: share * E / m.P_X, Y: (1 - share) * E / p_Y})


@section("3.1").derived(
    "kz.demand.share",
    Maximiser(UTILITY, share, m.beta, sp.Integer(0), sp.Integer(1)),
    title="outlay for all varieties",
    printed=r"E_X = \beta E",
)
def _expenditure_share(best: Prop) -> Finding:
    d = Derivation(m.offshoring_first().context(h.beta_below_1))
    says = "Any increasing function represents the preferences (1); take the logarithm,"
    d.step(h.logarithm, LOGS, says)
    b, z = sp.symbols("b z", positive=True)
    curvature = chart({b: 1 / m.beta - 1, z: 1 / share - 1}, {m.beta: 1 / (1 + b), share: 1 / (1 + z)}, sign())
    says = (
        "With a share of expenditure spent on the bundle and the rest on the homogeneous good, utility is strictly "
        "concave in the share, which is chosen as"
    )
    return proved(d, best, concave(share, curvature=curvature), says)


CLAIMS = (
    section("3.1", "1").row("primitive", "kz.eq1", r"U = X^\beta Y^{1-\beta},\quad 0<\beta<1", title="utility"),
    section("3.1", "2").row(
        "primitive",
        "kz.eq2",
        r"X = \left(\int_{\omega\in\Omega} x(\omega)^\rho\, d\omega\right)^{1/\rho},"
        r"\quad \rho\equiv\frac{\sigma-1}{\sigma},\quad \sigma>1",
        title="bundle of varieties",
    ),
    _price_index,
    section("3.1").row(
        "derived",
        "kz.demand",
        r"e(\omega) = \left(\frac{p(\omega)}{P_X}\right)^{1-\sigma} E_X,\quad E_X = \beta E",
        parts=(
            _demand,
            _expenditure_share,
        ),
        title="demand",
    ),
)
