"""The three groups of firms: their masses, their average efficiencies, and sums over firms."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import Survival, TailMoment
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.notation import M, M_d, M_e, M_ex, M_off, M_t, mean, mean_d, mean_ex, mean_off, mean_t
from symhet.propositions import Rel, eq, gt
from symhet.steps import Step

S_MIN, S_OFF, S_EX = (Survival(x) for x in (m.phi_min, m.phi_off, m.phi_ex))
T_MIN, T_OFF, T_EX = (TailMoment(x, m.k) for x in (m.phi_min, m.phi_off, m.phi_ex))
ORDER = (h.sigma_above_1, h.min_below_off, h.off_below_ex, h.firms_d, h.firms_off)
"""Hypotheses under which all three groups have firms."""


def over_firms(slope: sp.Expr, level: sp.Expr, low: sp.Expr, high: sp.Expr | None = None) -> sp.Expr:
    """Return the integral of slope * phi**(sigma - 1) + level against dG from ``low`` to ``high``.

    Parameters
    ----------
    slope, level : sympy.Expr
        Free of the productivity over which is integrated.
    low, high : sympy.Expr
        Ends; None stands for infinity.

    Returns
    -------
    sympy.Expr
        By linearity a combination of the tails S and T.
    """
    moment, mass = TailMoment(low, m.k), Survival(low)
    if high is not None:
        moment, mass = moment - TailMoment(high, m.k), mass - Survival(high)
    return slope * moment + level * mass


DOMESTIC = m.p_I_d ** (-m.alpha * m.k)
FOREIGN = m.p_I_off ** (-m.alpha * m.k)
"""Efficiency to the power sigma - 1 of a firm of productivity one, with domestic and with foreign intermediates."""

NONE = sp.Integer(0)
POWER_D = over_firms(DOMESTIC, NONE, m.phi_min, m.phi_off)
POWER_OFF = over_firms(FOREIGN, NONE, m.phi_off, m.phi_ex)
POWER_EX = over_firms(FOREIGN, NONE, m.phi_ex)
POWER_ALL = POWER_D + over_firms(FOREIGN, NONE, m.phi_off)
"""Efficiency to the power sigma - 1, summed over the firms of a group for one entrant."""

MASSES: dict[Step, Rel] = {
    h.M: eq(M, M_e * S_MIN),
    h.M_d: eq(M_d, M_e * (S_MIN - S_OFF)),
    h.M_off: eq(M_off, M_e * (S_OFF - S_EX)),
    h.M_ex: eq(M_ex, M_e * S_EX),
    h.M_t: eq(M_t, M + m.n * M_ex),
}
AVERAGES: dict[Step, Rel] = {
    h.mean_d: eq(mean_d**m.k, POWER_D / (S_MIN - S_OFF)),
    h.mean_off: eq(mean_off**m.k, POWER_OFF / (S_OFF - S_EX)),
    h.mean_ex: eq(mean_ex**m.k, POWER_EX / S_EX),
    h.mean: eq(mean**m.k, POWER_ALL / S_MIN),
    h.mean_t: eq(mean_t**m.k, (M * mean**m.k + m.n * M_ex * m.tau ** (1 - m.sigma) * mean_ex**m.k) / M_t),
}
"""Averages to the power sigma - 1, which are averages of efficiencies to that power: (15), (16) and Appendix B."""


def groups_exist(d: Derivation) -> None:
    """Add steps that firms between two cutoffs exist and sell something: ``mass_d`` etc.

    Parameters
    ----------
    d : Derivation
        With the hypotheses `ORDER`.
    """
    groups = (
        (h.d, m.phi_min, m.phi_off, "some survivors neither offshore nor export"),
        ("off", m.phi_off, m.phi_ex, "some offshorers do not export"),
    )
    for name, low, high, who in groups:
        between = gt(Survival(low) - Survival(high), 0)
        d.step(h.mass_in(name), between, f"It is supposed that {who}:")
        sold = gt(TailMoment(low, m.k) - TailMoment(high, m.k), 0)
        d.step(h.sales_in(name), sold, "They sell something:")
