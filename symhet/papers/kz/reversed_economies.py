"""Exact economies in which only exporters offshore."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.claims import Witness
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz.aggregates import MARGINAL_INDEX
from symhet.papers.kz.economies import Number, complete, with_free_entry
from symhet.papers.kz.notation import M_e
from symhet.papers.kz.points import EXAMPLE
from symhet.papers.kz.reversed_statics import BRACKET
from symhet.valuation import PiecewiseUniform


def economy(distribution: PiecewiseUniform, ex: Number, off: Number, gain: Number) -> dict[sp.Symbol, sp.Expr]:
    """Return parameters and cutoffs of an economy whose lowest cutoff is one.

    Parameters
    ----------
    distribution : PiecewiseUniform
        Productivity.
    ex, off : int or str
        Cutoffs of exporting and of offshoring, rational, increasing from one.
    gain : int or str
        Offshoring factor Lambda, rational, above one.
    """
    factor, first, second = map(sp.Rational, (gain, ex, off))
    point: dict[sp.Symbol, sp.Expr] = {**EXAMPLE, m.phi_I_w: sp.Rational(5, 8) * factor}
    point |= {m.phi_min: sp.Integer(1), m.phi_ex: first, m.phi_off: second}
    power = point[m.sigma] - 1
    reach = 1 + point[m.n] / point[m.tau] ** power
    point[m.f_ex] = point[m.f_p] * (first / point[m.tau]) ** power
    point[m.f_I] = point[m.f_p] * (factor - 1) * reach * second**power
    return with_free_entry(distribution, point)


def witness(d: Derivation, distribution: PiecewiseUniform, point: Mapping[sp.Symbol, sp.Expr]) -> Witness:
    """Return the economy with its price index, mass of entrants, and every account that a derivation starts from."""
    return complete(d, distribution, point, ((m.P_X, MARGINAL_INDEX), (M_e, m.P_X ** (1 - m.sigma) / BRACKET)))
