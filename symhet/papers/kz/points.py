"""Exact points of the paper's domain at which statements are refuted."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.notation import M_e
from symhet.propositions import Rel
from symhet.steps import Step
from symhet.valuation import PiecewiseUniform, Point

PRICES = (h.w, h.w_w, h.p_I_d, h.p_I_w, h.p_I_off, h.Lambda)
CUTOFFS = (h.cutoff_off, h.cutoff_ex)
HALF = sp.Rational(1, 2)

EXAMPLE: Mapping[sp.Symbol, sp.Rational] = {
    m.alpha: HALF,
    m.beta: HALF,
    m.sigma: sp.Integer(3),
    m.tau: sp.Integer(2),
    m.tau_I: sp.Rational(5, 4),
    m.n: sp.Integer(1),
    m.phi_Y: sp.Integer(1),
    m.phi_I: sp.Integer(1),
    m.phi_Y_w: HALF,
    m.phi_I_w: sp.Rational(5, 2),
    m.f_p: sp.Integer(1),
    m.f_I: sp.Integer(12),
    m.f_ex: sp.Integer(9),
    m.f_e: sp.Integer(1),
    m.L: sp.Integer(6),
    m.L_w: sp.Integer(12),
}
"""Admissible parameters: intermediates from W cost a quarter, so that Lambda = 4; cutoffs stand as 1 : 2 : 3."""


DISTRIBUTION = PiecewiseUniform((HALF, sp.Integer(4)), (sp.Rational(1, 4),), sp.Integer(4))
"""Productivity in the example: a constant density, and an eighth of all draws in a Pareto tail above four."""


def example(*names: Step, changes: Mapping[sp.Symbol, sp.Rational | int] | None = None) -> dict[sp.Symbol, sp.Expr]:
    """Return the example with some values changed and the symbols that the named definitions determine.

    Parameters
    ----------
    names : str
        Names of definitions of the model, in its order.
    changes : Mapping, optional
        Values of other symbols, or instead of those of the example.

    Examples
    --------
    >>> point = example(*PRICES, *CUTOFFS, changes={m.phi_min: 1})
    >>> [str(point[symbol]) for symbol in m.offshoring_first().endogenous & set(point) if symbol.name == "Lambda"]
    ['4']
    """
    return m.offshoring_first().complete({**EXAMPLE, **(changes or {})}, names)


def economy(index: Rel, *further: Rel) -> dict[sp.Symbol, sp.Expr]:
    """Return the equilibrium of the example with `DISTRIBUTION`: cutoffs 1, 2, 3, and the entrants that it takes.

    Parameters
    ----------
    index : Rel
        The price index to the power 1 - sigma, equal to a term proportional to the mass of entrants.
    further : Rel
        Equations ``symbol = term`` that determine other symbols, one after another.
    """
    point = example(
        *PRICES, h.E_X, *CUTOFFS, changes={m.phi_min: sp.Integer(1), m.P_X: sp.Rational(3, 2), M_e: sp.Integer(1)}
    )
    entry = m.offshoring_first().conditions[h.free_entry]
    point[m.f_e] = Point(point, DISTRIBUTION).value(entry.lhs)
    at_one = Point(point, DISTRIBUTION)
    point[M_e] = at_one.value(index.lhs) / at_one.value(index.rhs)
    for relation in further:
        point[relation.lhs] = Point(point, DISTRIBUTION).value(relation.rhs)
    return point
