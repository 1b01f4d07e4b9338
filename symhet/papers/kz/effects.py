"""Sections 4.3 and 4.4: welfare when offshoring gets cheaper."""

from __future__ import annotations

from functools import partial

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import accounting, price_index
from symhet.papers.kz.comparative import follows, joined, moves, sign_moves, sign_step, start
from symhet.papers.kz.efficiency import EFFICIENCY
from symhet.papers.kz.facts import SPARE_S
from symhet.papers.kz.notation import P, W
from symhet.papers.kz.sources import section
from symhet.papers.kz.welfare import BETA_HAT
from symhet.propositions import Prop, eq, lt
from symhet.provers.tactics import chart, combine


def _consumption() -> Context:
    """Return the price index of consumption, with the homogeneous good as numeraire, and the real wage."""
    given = {h.P_def: eq(P, m.P_X**m.beta / BETA_HAT), h.W_def: eq(W, m.w / P)}
    return Context(given, frozenset(given), frozenset({P, W}))


def _welfare(parameter: sp.Symbol, statement: Prop) -> Finding:
    d = start(h.E_X, h.beta_below_1, extra=joined(accounting(), _consumption()))
    price_index(d)
    d.recall(h.W_def, "Welfare per worker is the real wage,")
    d.recall(h.P_def, "where the price index of consumption is")
    spending = (m.beta * m.L / (m.sigma * m.f_p)) ** (m.beta / m.k)
    level = m.phi_min**m.beta * m.phi_Y * BETA_HAT * (m.rho * m.phi_I**m.alpha / m.phi_Y) ** m.beta * spending
    d.step(h.W, eq(W, level), "So it rises with the lowest cutoff:", "(17)", identically=True)
    moves(d, parameter, m.phi_min)
    sign_moves(d, parameter, m.phi_min)
    follows(d, W, h.W, parameter, "Therefore it moves with the lowest cutoff,")
    spare = sp.Symbol("b", positive=True)
    replaced = {m.sigma: 1 + SPARE_S, m.beta: 1 / (1 + spare)}
    slope = (m.beta * level / m.phi_min).xreplace(replaced)
    falls = chart({SPARE_S: m.k, spare: 1 / m.beta - 1}, replaced, combine({sign_step(m.phi_min): slope}, h.dW))
    return proved(d, statement, falls, "and rises when the cost falls:")


CLAIMS = (
    section("4.3").stated(
        "result",
        "kz.R.4",
        lt(total(W, m.tau_I), 0),
        partial(_welfare, m.tau_I),
        EFFICIENCY,
        title="welfare and the cost of trading intermediates",
    ),
    section("4.4").stated(
        "claim",
        "kz.fI-welfare",
        lt(total(W, m.f_I), 0),
        partial(_welfare, m.f_I),
        title="welfare and the fixed cost of offshoring",
    ),
)
