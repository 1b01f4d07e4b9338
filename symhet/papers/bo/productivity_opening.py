"""Average costs when trade opens and nobody has moved yet, in shares of exporters."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.averages import C0
from symhet.papers.bo.before_facts import STAY
from symhet.papers.bo.shortrun_model import integrate, moment, total_cost
from symhet.papers.bo.symbols import cost_N, cost_S, share_N, share_S
from symhet.papers.bo.symbols import p as size
from symhet.propositions import eq, gt
from symhet.provers.tactics import Tactic, combine, identity, linear


def mean_stay(d: Derivation, nation: str) -> None:
    """Add the step ``mean stay``: the average cost at the opening, each firm weighted with the value of its sales."""
    north = nation == "N"
    home, away = (STAY(m.B), STAY(m.B_star)) if north else (STAY(m.B_star), STAY(m.B))
    cutoff = STAY(m.a_X if north else m.a_X_star)
    exports, market, abroad = (h.exports_stay, h.North_stay, h.exporters_South_stay)
    own, other, xi, rival = share_N, share_S, cost_N, 1 / size
    if not north:
        exports, market, abroad = (h.exports_star_stay, h.South_stay, h.exporters_North_stay)
        own, other, xi, rival = share_S, share_N, cost_S, size
    names = (h.Y_S, h.Y_N, h.xi_N, h.xi_S, h.p)
    integrate(d, (h.cost_D, 2 - m.sigma, sp.S.Zero, m.a_D), (h.cost_X_stay, 2 - m.sigma, sp.S.Zero, cutoff))
    sold = home * moment(0, m.a_D) + m.phi * away * moment(0, cutoff)
    paid = home * total_cost(0, m.a_D) + m.phi * away * total_cost(0, cutoff)
    unit = m.rho / m.a_D**m.rho
    made = 1 - rival * other + own
    add = {h.sales_D: home * unit, exports: m.phi * away * unit, market: unit / m.alpha, abroad: unit / m.alpha}
    sold_stay = d.step(
        h.sold_stay, eq(sold, m.rho * m.f / m.alpha * made), "Without relocation sales are", by=linear(add, *names)
    )
    top_ = {
        h.cost_D: home * unit,
        h.cost_X_stay: m.phi * away * unit,
        market: m.a_D * unit / (m.alpha + 1),
        abroad: cutoff * unit / (m.alpha + 1),
    }
    value = m.rho * m.f / (m.alpha + 1) * m.a_D * (made - own + own * xi)
    paid_stay = d.step(h.paid_stay, eq(paid, value), "and costs", by=linear(top_, *names))
    average = h.abar if north else h.abar_star
    d.step(h.made_stay, gt(made, 0), "where sales are positive:", by=stay_positive(north))
    goal = eq(STAY(m.abar if north else m.abar_star), C0 * m.a_D * (made - own + own * xi) / made)
    d.step(h.mean_stay, goal, "The average is", by=identity(h.stay_of(average), paid_stay, sold_stay))


def stay_positive(north: bool) -> Tactic:
    """Sales at the opening are positive, for the home market's cutoff condition says so."""
    return combine({}, equations={h.cut_S if north else h.cut_N: 1 / m.phi})
