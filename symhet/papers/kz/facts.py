"""Facts from A.1-A.3 that many claims use, derived once: what offshoring gains, how the cutoffs are ordered."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.propositions import eq, gt, lt
from symhet.provers.tactics import Tactic, chart, combine, lemma

PRICES = (h.sigma_above_1, h.w, h.p_I_d, h.p_I_w, h.p_I_off, h.Lambda)
"""Hypotheses that every helper of this module needs: wages, input prices and the offshoring factor."""

GAINS = (*PRICES, h.A_1, h.A_2_low, h.A_2_high)
"""Hypotheses from which the gains from offshoring are bounded."""

ORDERING = (*GAINS, h.cutoff_off, h.cutoff_ex)
"""Hypotheses from which the order of the cutoffs follows."""

RELATIVE_PRICE = m.tau_I * m.phi_Y_w * m.phi_I / (m.phi_I_w * m.phi_Y)
"""Relative price of foreign intermediates at the buyer's door, in primitives."""

SPARE_S, SPARE_L = sp.symbols("s l", positive=True)
"""Coordinates s = sigma - 1 and l = Lambda - 1."""


def above_one(then: Tactic) -> Tactic:
    """Change to the coordinates s = sigma - 1 > 0 and l = Lambda - 1 > 0."""
    s, lam = SPARE_S, SPARE_L
    return chart({s: m.k, lam: m.Lambda - 1}, {m.k + 1: 1 + s, m.Lambda: 1 + lam}, then)


def elastic(then: Tactic) -> Tactic:
    """Change to the coordinate s = sigma - 1 > 0."""
    return chart({SPARE_S: m.k}, {m.k + 1: 1 + SPARE_S}, then)


def relative_price(d: Derivation) -> None:
    """Add the step ``q``: the relative price of foreign intermediates in terms of technology."""
    says = "Perfect competition in both homogeneous sectors ties the relative price of intermediates to technology:"
    d.step(h.q, eq(m.ratio, RELATIVE_PRICE), says)


def offshoring_gains(d: Derivation) -> None:
    """Add the steps ``q``, ``q<1`` and ``Lambda>1``: by A.1 foreign intermediates are cheaper.

    Parameters
    ----------
    d : Derivation
        Its context has the hypotheses `PRICES` and A.1.

    Examples
    --------
    >>> from symhet.papers.kz.model import offshoring_first
    >>> d = Derivation(offshoring_first().context(*PRICES, "A.1"))
    >>> offshoring_gains(d)
    >>> str(d.context.hypotheses["Lambda>1"])
    '1 < Lambda'
    """
    relative_price(d)
    d.step(h.q_below_1, lt(m.ratio, 1), "By A.1 it lies below one.")
    says = "Since demand is elastic, cheaper inputs raise variable profit, by the factor"
    power = (m.p_I_d / m.p_I_off) ** (m.alpha * m.k)
    d.step(h.p_d_above_p_off, gt(m.p_I_d / m.p_I_off, 1), "Equivalently,")
    d.step(h.Lambda_form, eq(m.Lambda, power), says)
    d.step(h.power_above_1, gt(power, 1), "which exceeds one:")
    d.step(h.Lambda_above_1, gt(m.Lambda, 1), "so that")


def bounded_gains(d: Derivation) -> None:
    """Add, after `offshoring_gains`, the bounds ``off costly`` and ``ex costly`` on the gains from offshoring.

    ``off costly`` is f_p (Lambda - 1) < f_I, ``ex costly`` is f_I Lambda < tau^k f_ex (Lambda - 1).

    Parameters
    ----------
    d : Derivation
        Its context has the hypotheses `GAINS`.
    """
    offshoring_gains(d)
    inverse = eq(RELATIVE_PRICE ** (m.alpha * m.k), 1 / m.Lambda)
    says = "In these terms the power of the relative price in A.2 is"
    eq_1_Lambda = d.step(h.one_over_Lambda, inverse, says)
    low = combine({h.A_2_low: m.Lambda * (m.f_p + m.f_I)}, equations={eq_1_Lambda: m.Lambda * (m.f_p + m.f_I)})
    says = "The lower bound of A.2 says that the least productive survivor would lose by offshoring:"
    d.step(h.off_costly, lt(m.f_p * (m.Lambda - 1), m.f_I), says, by=low)
    says = "The upper bound says that the marginal exporter is past the point where offshoring pays:"
    d.step(h.ex_costly, lt(m.f_I * m.Lambda, m.tau**m.k * m.f_ex * (m.Lambda - 1)), says)


def ordered_cutoffs(d: Derivation) -> None:
    """Add, from A.1-A.3, the steps ``Lambda>1``, ``off costly``, ``ex costly``, ``min<off`` and ``off<ex``.

    Parameters
    ----------
    d : Derivation
        Its context has the hypotheses `ORDERING`; none of them under the names of these steps.

    Examples
    --------
    >>> from symhet.papers.kz.model import offshoring_first
    >>> d = Derivation(offshoring_first().context(*ORDERING))
    >>> ordered_cutoffs(d)
    >>> [str(d.context.hypotheses[name]) for name in ("min<off", "off<ex")]
    ['phi_min < phi_off', 'phi_off < phi_ex']
    """
    bounded_gains(d)
    off = m.f_I / (m.f_p * (m.Lambda - 1))
    ex = m.tau**m.k * m.f_ex / (m.f_p * m.Lambda)
    d.step(h.off_base, gt(off, 1), "Therefore")
    d.step(h.off_power, gt(off ** (1 / m.k), 1), "and so")
    says = "Hence some survivors do not offshore:"
    d.step(h.min_below_off, lt(m.phi_min, m.phi_off), says)
    d.step(h.ex_base, lt(off, ex), "In the same way")
    ex_power = d.step(
        h.ex_power, lt(off ** (1 / m.k), ex ** (1 / m.k)), "and so", by=lemma("pow_mono", off, ex, 1 / m.k)
    )
    says = "Some offshorers do not export:"
    order = combine({ex_power: m.phi_min}, h.cutoff_off, h.cutoff_ex)
    d.step(h.off_below_ex, lt(m.phi_off, m.phi_ex), says, by=order)
