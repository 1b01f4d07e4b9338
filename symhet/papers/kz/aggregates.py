"""Aggregates of section 4, built from what single firms sell, buy and hire: trade, labour, varieties, welfare."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.algebra.tails import TailMoment
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.comparative import joined, moments_compared, start
from symhet.papers.kz.facts import SPARE_S, elastic
from symhet.papers.kz.notation import M_e
from symhet.propositions import Prop, Rel, eq, gt
from symhet.provers.tactics import combine, identity, linear
from symhet.steps import Step

T_MIN, T_OFF, T_EX = (TailMoment(x, m.k) for x in (m.phi_min, m.phi_off, m.phi_ex))
FOREIGN = m.n * m.tau**-m.k
"""Sales abroad in all markets relative to sales at home, for a firm that exports."""

SALES = T_MIN + (m.Lambda - 1) * T_OFF + FOREIGN * m.Lambda * T_EX
"""Sales of all firms, in units of what a firm with productivity one would sell at home with domestic intermediates."""

INCOME = m.phi_Y * m.L
HOME_COST = m.w ** (1 - m.alpha) * m.p_I_d**m.alpha / m.rho
"""Price of a firm with productivity one that sources at home."""
FOREIGN_COST = m.w ** (1 - m.alpha) * m.p_I_off**m.alpha / m.rho
"""Price of a firm with productivity one that offshores."""
DEMAND = m.E_X * m.P_X ** (m.sigma - 1)
"""Spending on a variety of price one."""
AT_HOME = HOME_COST ** (1 - m.sigma) * (T_MIN - T_OFF) + FOREIGN_COST ** (1 - m.sigma) * T_OFF
BRACKET = AT_HOME + m.n * m.tau ** (1 - m.sigma) * FOREIGN_COST ** (1 - m.sigma) * T_EX
"""Integral of prices to the power 1 - sigma over the varieties sold in one economy, for one entrant in each."""

MARGINAL_INDEX = HOME_COST / m.phi_min * (m.sigma * m.f_p * m.w / m.E_X) ** (1 / m.k)
"""Price index at which the least productive survivor earns nothing."""

PRIMITIVES = (h.E_X, h.w, h.p_I_d)


def accounting(bracket: sp.Expr = BRACKET) -> Context:
    """Return the conditions of the goods market: the marginal producer earns nothing, (3) holds firm by firm.

    Parameters
    ----------
    bracket : sympy.Expr, optional
        Integral of prices to the power 1 - sigma over the varieties sold, for one entrant; by default in the paper's
        regime.
    """
    marginal = eq((HOME_COST / m.phi_min) ** (1 - m.sigma) * DEMAND, m.sigma * m.f_p * m.w)
    index = eq(m.P_X ** (1 - m.sigma), M_e * bracket)
    names = {h.marginal_producer: marginal, h.price_index: index}
    return Context(names, frozenset(names), frozenset({m.P_X, M_e}))


def goods_market(
    *definitions: tuple[sp.Symbol, sp.Expr], names: tuple[Step, ...] = (), conditions: Mapping[Step, Prop] | None = None
) -> Derivation:
    """Return a derivation with ordered cutoffs in which the price index and the mass of entrants are solved for.

    Parameters
    ----------
    *definitions : tuple of (Symbol, Expr)
        Accounts: the symbol and what it stands for, firm by firm.
    names : tuple of str, optional
        Further hypotheses of the model.
    conditions : Mapping[Step, Prop], optional
        Further conditions by name.
    """
    given: dict[Step, Prop] = {h.def_for(symbol): eq(symbol, term) for symbol, term in definitions}
    endogenous = frozenset(symbol for symbol, _ in definitions)
    accounts = Context(given, frozenset(given), endogenous)
    d = start(h.E_X, *names, ordered=True, extra=joined(accounting(), accounts, Context(conditions or {})))
    moments_compared(d)
    price_index(d)
    entrants(d)
    return d


def price_index(d: Derivation) -> None:
    """Add the steps ``p_off form``, ``P_X form`` and ``P_X``: the price index as a function of the lowest cutoff."""
    form = eq(m.p_I_off, m.p_I_d * m.Lambda ** (-1 / (m.alpha * m.k)))
    says = "In terms of the offshoring factor, the price of foreign intermediates is"
    d.step(h.p_off_form, form, says, identically=True)
    says = "The least productive survivor earns zero profit, which gives the price index"
    form = eq(m.P_X, MARGINAL_INDEX)
    d.step(h.P_X_form, form, says, identically=True)
    primitive = m.phi_Y * m.phi_I**-m.alpha / (m.rho * m.phi_min) * (m.sigma * m.f_p / (m.beta * m.L)) ** (1 / m.k)
    d.step(h.P_X, eq(m.P_X, primitive), "that is,", identically=True)


def entrants(d: Derivation, bracket: sp.Expr = BRACKET, sales: sp.Expr = SALES) -> None:
    """Add the steps ``sales>0``, ``bracket``, ``M_e form`` and ``M_e``: the mass of entrants.

    Parameters
    ----------
    d : Derivation
        After `price_index`.
    bracket, sales : sympy.Expr, optional
        Integral of prices to the power 1 - sigma for one entrant, and the same in the units of `SALES`.
    """
    says = "Sales of all firms are positive:"
    of_gain = sp.diff(sales, m.Lambda)
    charted = of_gain.xreplace({m.sigma: 1 + SPARE_S})
    d.step(h.sales_above_0, gt(sales, 0), says, by=elastic(combine({h.Lambda_above_1: charted})))
    says = "In the price index, offshoring multiplies the weight of a variety by the offshoring factor:"
    weighted = eq(bracket, HOME_COST ** (1 - m.sigma) * sales)
    d.step(h.bracket, weighted, says, identically=True)
    scale = HOME_COST**m.k / sales
    says = "The mass of entrants is the one whose varieties add up to the price index:"
    parts = {h.price_index: -scale, h.bracket: -scale * M_e}
    by = elastic(linear({name: part.xreplace({m.sigma: 1 + SPARE_S}) for name, part in parts.items()}))
    M_e_form = d.step(h.M_e_form, eq(M_e, m.P_X ** (1 - m.sigma) * scale), says, identically=True, by=by)
    solved = eq(M_e, m.beta * m.L * m.phi_min**m.k / (m.sigma * m.f_p * sales))
    by = elastic(identity(M_e_form, h.P_X, *PRIMITIVES))
    d.step(h.M_e, solved, "that is,", identically=True)


def account(d: Derivation, symbol: sp.Symbol, term: sp.Expr, says: str, *using: Step) -> None:
    """Add a step under the symbol's name: an account in terms of parameters, the offshoring factor and the cutoffs.

    Parameters
    ----------
    d : Derivation
        From `goods_market`, with the account's definition.
    symbol, term : Symbol, Expr
        The account, and what it is shown to be.
    says : str
        The sentence of the step.
    *using : str
        Steps to rewrite with before the mass of entrants and the price index are put in.
    """
    d.recall(h.def_for(symbol), "By definition,")
    solved(d, h.of(symbol), eq(symbol, term), says, h.def_for(symbol), *using)


def solved(d: Derivation, name: Step, prop: Prop, says: str, *using: Step) -> None:
    """Add a step that holds identically once the mass of entrants and the price index are put in."""
    by = elastic(identity(*using, h.M_e, h.P_X, h.p_off_form, *PRIMITIVES))
    d.step(name, prop, says, identically=True, by=by)


def solved_term(d: Derivation, name: Step) -> sp.Expr:
    """Return the right side of an equation of the derivation."""
    relation = d.context.hypotheses[name]
    assert isinstance(relation, Rel)
    return relation.rhs
