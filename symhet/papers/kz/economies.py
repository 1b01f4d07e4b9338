"""Exact economies of the paper's regime at which statements about a general distribution are refuted.

Fixed costs follow from the cutoffs by (12) and (14), and the cost of entry from free entry; so any rational cutoffs in
the order of A.1-A.3 are the equilibrium of an economy with rational parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

import sympy as sp

from symhet.claims import Witness
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import BRACKET, MARGINAL_INDEX
from symhet.papers.kz.notation import M_e
from symhet.papers.kz.points import EXAMPLE, PRICES
from symhet.propositions import Rel
from symhet.valuation import PiecewiseUniform, Point

Number = int | str

SHAPE = sp.Integer(4)
TAIL = sp.Rational(1, 1000)


@cache
def law(breaks: tuple[Number, ...], masses: tuple[Number, ...]) -> PiecewiseUniform:
    """Return a distribution with constant density between breaks and a thousandth of its mass in a Pareto tail above.

    Parameters
    ----------
    breaks : tuple of int or str
        Rational numbers, increasing.
    masses : tuple of int or str
        Relative masses of the intervals.

    Examples
    --------
    >>> law((1, 2), (1,)).heights
    (999/1000,)
    """
    ends = tuple(map(sp.Rational, breaks))
    parts = [sp.Rational(mass) for mass in masses]
    body = 1 - TAIL
    widths = [high - low for low, high in pairwise(ends)]
    heights = tuple(body * part / sum(parts) / width for part, width in zip(parts, widths, strict=True))
    return PiecewiseUniform(ends, heights, SHAPE)


def economy(
    distribution: PiecewiseUniform,
    off: Number,
    ex: Number,
    gain: Number,
    markets: Number = 1,
    inputs: Number = 1,
    iceberg: Number = 2,
) -> dict[sp.Symbol, sp.Expr]:
    """Return parameters and cutoffs of an economy whose lowest cutoff is one.

    Parameters
    ----------
    distribution : PiecewiseUniform
        Productivity.
    off, ex : int or str
        Cutoffs of offshoring and exporting, rational, increasing from one.
    gain : int or str
        Offshoring factor Lambda, rational, above one.
    markets : int or str, optional
        Number of foreign economies.
    inputs : int or str, optional
        Labour productivity in domestic intermediates.
    iceberg : int or str, optional
        Iceberg cost of final goods.
    """
    factor, first, second = map(sp.Rational, (gain, off, ex))
    point: dict[sp.Symbol, sp.Expr] = {**EXAMPLE, m.n: sp.Rational(markets), m.tau: sp.Rational(iceberg)}
    point |= {m.phi_I: sp.Rational(inputs), m.phi_I_w: sp.Rational(5, 8) * factor * sp.Rational(inputs)}
    point |= {m.phi_min: sp.Integer(1), m.phi_off: first, m.phi_ex: second}
    power = point[m.sigma] - 1
    point[m.f_I] = point[m.f_p] * (factor - 1) * first**power
    point[m.f_ex] = point[m.f_p] * factor * (second / point[m.tau]) ** power
    return with_free_entry(distribution, point)


def with_free_entry(distribution: PiecewiseUniform, point: dict[sp.Symbol, sp.Expr]) -> dict[sp.Symbol, sp.Expr]:
    """Return an economy with the cost of entry that firms expect to earn, and its prices and expenditure."""
    power = point[m.sigma] - 1
    costs = ((point[m.f_p], m.phi_min), (point[m.f_I], m.phi_off), (point[m.n] * point[m.f_ex], m.phi_ex))
    point[m.f_e] = sum(
        cost * (distribution.moment(point[x], power) / point[x] ** power - distribution.survival(point[x]))
        for cost, x in costs
    )
    return m.offshoring_first().complete(point, (*PRICES, h.E_X))


def witness(d: Derivation, distribution: PiecewiseUniform, point: Mapping[sp.Symbol, sp.Expr]) -> Witness:
    """Return the economy with its price index, mass of entrants, and every account that a derivation starts from.

    Parameters
    ----------
    d : Derivation
        The names of its definitions ``symbol = term`` end in ``def``.
    distribution : PiecewiseUniform
        Productivity.
    point : Mapping
        From `economy`, with the values of further symbols that are not defined.
    """
    return complete(d, distribution, point, ((m.P_X, MARGINAL_INDEX), (M_e, m.P_X ** (1 - m.sigma) / BRACKET)))


def complete(
    d: Derivation,
    distribution: PiecewiseUniform,
    point: Mapping[sp.Symbol, sp.Expr],
    market: Sequence[tuple[sp.Symbol, sp.Expr]],
) -> Witness:
    """Return a witness from an economy, what determines its goods market, and the definitions of a derivation."""
    values = dict(point)
    accounts = [*market]
    for name, relation in d.start.hypotheses.items():
        if name.endswith(" def") and isinstance(relation, Rel) and isinstance(relation.lhs, sp.Symbol):
            accounts.append((relation.lhs, relation.rhs))
    for symbol, term in accounts:
        values.setdefault(symbol, Point(values, distribution).value(term))
    used = d.start.symbols()
    return Witness({symbol: value for symbol, value in values.items() if symbol in used}, distribution)
