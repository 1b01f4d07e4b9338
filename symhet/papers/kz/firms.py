"""Sections 3.3 and 3.4: output, revenue and profit of single firms."""

from __future__ import annotations

from functools import partial

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import named as h
from symhet.papers.kz.model import E_X, P_X, alpha, f_ex, f_I, f_p, n, offshoring_first, rho, sigma, tau, w
from symhet.papers.kz.notation import Phi, Phi_1, Phi_2, c, m, p, pi_ex, pi_F, pi_H, quantity, r_F, r_H, x_1, x_2
from symhet.papers.kz.points import example
from symhet.papers.kz.sources import section
from symhet.papers.kz.terms import having, markup_price, revenue
from symhet.propositions import And, Implies, Prop, Rel, eq, gt, lt
from symhet.provers.tactics import identity, intro, product, split
from symhet.steps import Step

OUTPUTS = {
    h.output_of(mark): eq(sold, (markup_price(firm) / P_X) ** (1 - sigma) * E_X / markup_price(firm))
    for mark, sold, firm in (("'", x_1, Phi_1), ("''", x_2, Phi_2))
}


OUTPUT = eq(x_1 / x_2, (Phi_1 / Phi_2) ** sigma)


def _relative_output(statement: Prop) -> Finding:
    d = Derivation(having(offshoring_first().context(h.sigma_above_1), OUTPUTS))
    d.recall(h.output_new, "Output is what households buy for their outlay at the firm's price:")
    says = "Two firms face the same demand, so their outputs differ only by their efficiencies:"
    return proved(d, statement, identity(h.output_new, h.output_new_new), says)


@section("3.4").derived(
    "kz.relative-output.text", eq(x_1 / x_2, (Phi_2 / Phi_1) ** sigma), title="relative output, as the text has it"
)
def _relative_output_as_in_the_text(print_: Prop) -> Finding:
    d = Derivation(having(offshoring_first().whole_domain(h.w, h.E_X), OUTPUTS))
    point = example(h.w, h.E_X, changes={P_X: 1, Phi_1: 2, Phi_2: 1})
    for relation in OUTPUTS.values():
        point[relation.lhs] = relation.rhs.xreplace(point)
    reason = (
        "The ratio stands upside down in section 3.4: output rises with efficiency. Confirmed by the outputs of two "
        "firms of efficiencies 2 and 1, which are as 8 to 1 with sigma = 3."
    )
    return refuted(d, print_, Witness(point), reason, corrected=_relative_output(OUTPUT), severity=Severity.MISPRINT)


@section("3.3", "8").derived(
    "kz.eq8",
    eq(r_H, revenue(Phi)),
    title="revenue at home",
    printed=r"r_H(\phi^k) = \left(\frac{w^{1-\alpha}}{\rho\phi^k}\right)^{1-\sigma} \frac{E_X}{P_X^{1-\sigma}}",
)
def _revenue(statement: Prop) -> Finding:
    sales = {
        h.outlay: eq(r_H, (p / P_X) ** (1 - sigma) * E_X),
        h.price: eq(p, c / rho),
        h.unit_cost: eq(c, w ** (1 - alpha) / Phi),
    }
    d = Derivation(having(offshoring_first().context(h.sigma_above_1), sales))
    d.recall(h.outlay, "At home a firm takes in what households spend on its variety")
    d.recall(h.price, "at a price that exceeds unit cost by the mark-up:")
    d.recall(h.unit_cost, "Unit cost is")
    return proved(d, statement, identity(h.outlay, h.price, h.unit_cost), "Together, revenue is")


def _at_home(fixed: sp.Expr) -> dict[Step, Rel]:
    """Return sales, price and profit at home of a firm with some fixed cost in units of labour."""
    return {h.sales: eq(r_H, p * quantity), h.price: eq(p, c / rho), h.profit: eq(pi_H, r_H - c * quantity - fixed * w)}


def _profit_at_home(fixed: sp.Expr, statement: Prop) -> Finding:
    d = Derivation(having(offshoring_first().context(h.sigma_above_1), _at_home(fixed)))
    d.recall(h.profit, "Profit is revenue less variable and fixed cost.")
    d.recall(h.price, "Since price exceeds unit cost by the mark-up,")
    says = "variable cost is the fraction rho of revenue, and what is left is"
    return proved(d, statement, identity(h.profit, h.sales, h.price), says)


def _abroad() -> Context:
    """Return sales, price and profit of an offshoring firm at home and in one of the markets that it exports to."""
    foreign = {
        h.price_abroad: eq(p, tau * c / rho),
        h.sales_abroad: eq(r_F, (p / P_X) ** (1 - sigma) * E_X),
        h.sales_at_home: eq(r_H, (c / (rho * P_X)) ** (1 - sigma) * E_X),
        h.profit_abroad: eq(pi_F, r_F - tau * c * (r_F / p) - f_ex * w),
        h.profit_at_home: eq(pi_H, r_H - c * (rho * r_H / c) - (f_p + f_I) * w),
    }
    return having(offshoring_first().context(h.sigma_above_1), foreign)


def _total_profit(total: Prop) -> Finding:
    d = Derivation(_abroad().having(h.total, eq(pi_ex, pi_H + n * pi_F)))
    says = "A unit that arrives abroad takes tau units to ship, so the price there is higher by that factor."
    d.recall(h.price_abroad, says)
    d.recall(h.sales_abroad, "Economies are symmetric, so that revenue in each export market is")
    d.recall(h.profit_abroad, "and profit there is")
    smaller = eq(r_F, tau ** (1 - sigma) * r_H)
    says = "Revenue abroad is that at home, deflated by the trade cost:"
    deflated = d.step(h.deflated, smaller, says)
    d.recall(h.profit_at_home, "Variable profit is the same fraction of revenue everywhere. At home the firm earns")
    part = eq(pi_F, r_F / sigma - f_ex * w)
    at_home = eq(pi_H, r_H / sigma - (f_p + f_I) * w)
    eq_10 = d.step(h.eq_10, at_home, "that is,")
    says = "and in each market abroad"
    profit_in_one = d.step(h.profit_in_one, part, says)
    d.recall(h.total, "Sum over home and all export markets:")
    by_parts = identity(h.total, profit_in_one, deflated, eq_10)
    return proved(d, total, by_parts, "With the revenue of an offshoring firm,")


EARNED = pi_H + m * pi_F
MORE = Implies(gt(pi_F, 0), Implies(lt(m, n), lt(EARNED, pi_H + n * pi_F)))
NONE = Implies(lt(pi_F, 0), lt(EARNED, pi_H))


@section("3.3").derived(
    "kz.eq13.all-or-none",
    And((MORE, NONE)),
    title="all export markets or none",
    printed=r"\text{a firm will either serve all } n \text{ export markets or none at all}",
)
def _all_or_none(statement: Prop) -> Finding:
    d = Derivation(offshoring_first().context())
    by_product = intro(h.gain, intro(h.fewer, product({h.gain: 1, h.fewer: 1})))
    by_loss = intro(h.loss, product({h.loss: 1}, coefficient=m))
    says = (
        "By symmetry every export market yields the same profit. So a firm that gains in one serves all n, and a firm "
        "that would lose in one serves none, as its profit with m markets shows:"
    )
    return proved(d, statement, split(by_product, by_loss), says)


CLAIMS = (
    section("3.4").stated(
        "derived",
        "kz.relative-output",
        OUTPUT,
        _relative_output,
        (_relative_output_as_in_the_text,),
        title="relative output",
    ),
    _revenue,
    section("3.3", "9").stated(
        "derived",
        "kz.eq9",
        eq(pi_H, r_H / sigma - f_p * w),
        partial(_profit_at_home, f_p),
        title="profit at home, domestic intermediates",
        printed=r"\pi_H(\phi^d) = \frac{r_H(\phi^d)}{\sigma} - f_p w",
    ),
    section("3.3", "10").stated(
        "derived",
        "kz.eq10",
        eq(pi_H, r_H / sigma - (f_p + f_I) * w),
        partial(_profit_at_home, f_p + f_I),
        title="profit at home, foreign intermediates",
        printed=r"\pi_H(\phi^{off}) = \frac{r_H(\phi^{off})}{\sigma} - (f_p+f_I) w",
    ),
    section("3.3", "13").stated(
        "derived",
        "kz.eq13",
        eq(pi_ex, (1 + n * tau ** (1 - sigma)) * r_H / sigma - (f_p + f_I + n * f_ex) * w),
        _total_profit,
        (_all_or_none,),
        title="profit with exports",
        printed=r"\pi(\phi^{off}) = \left(1+n\tau^{1-\sigma}\right)\frac{r_H(\phi^{off})}{\sigma} - (f_p+f_I+nf_{ex})w",
    ),
)
