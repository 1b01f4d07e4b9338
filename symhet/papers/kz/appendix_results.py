"""Section 4 as corollaries of Appendix D: firms, trade, welfare, and what happens when A.3 fails."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import Density, TailMoment
from symhet.algebra.total import total
from symhet.exposition import Item, Says, Title, equal, shows
from symhet.papers.kz import appendix_further as further
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz import notation as a
from symhet.papers.kz import symbols as s
from symhet.papers.kz.appendix_names import SALES
from symhet.papers.kz.comparative import slope_step
from symhet.papers.kz.facts import elastic
from symhet.propositions import And, chain, eq, gt, lt
from symhet.provers.tactics import identity

k = m.k
_T = {x: TailMoment(x, k) for x in (m.phi_min, m.phi_off, m.phi_ex)}
_ABROAD = m.n * m.tau ** (1 - m.sigma)
_RATIO = (s.tau_I_1 / m.tau_I) ** m.alpha * s.phi_min_1 / m.phi_min

FIRMS: tuple[Item, ...] = (
    Title("Section 4: firms"),
    Says(
        r"By (11), $P_X$ is inversely proportional to $\hat\varphi_{min}$, and revenues are powers of a firm's "
        "distance from the cutoffs:"
    ),
    shows(
        eq(
            m.P_X,
            m.w ** (1 - m.alpha) * m.p_I_d**m.alpha / (m.rho * m.phi_min) * (m.sigma * m.f_p * m.w / m.E_X) ** (1 / k),
        ),
        "kz.R.1",
    ),
    shows(
        And(
            (
                eq(s.r_H_d, m.sigma * m.f_p * m.w * (a.phi / m.phi_min) ** k),
                eq(a.r_F, m.sigma * m.f_ex * m.w * (a.phi / m.phi_ex) ** k),
            )
        ),
        "kz.eq24.home kz.eq23",
        by=(identity(h.r_H_d, h.w), elastic(identity(h.r_F, h.f_ex, h.w))),
    ),
    Says(
        "Appendix D then signs them. A lower cost of trading intermediates intensifies competition,",
        "Results R.1 and R.2.",
    ),
    shows(chain(total(m.phi_min, m.tau_I), 0, total(m.P_X, m.tau_I)), "kz.R.1"),
    Says("lowers the export cutoff and raises the exports of every exporter, in value and in units:"),
    shows(equal(s.phi_ex_1 / m.phi_ex, _RATIO), "kz.eq22", "22"),
    shows(equal(s.r_F_1 / a.r_F, _RATIO ** (1 - m.sigma)), "kz.eq23", "23"),
    shows(
        And((gt(total(m.phi_ex, m.tau_I), 0), lt(total(a.r_F, m.tau_I), 0), lt(total(s.x_F, m.tau_I), 0))),
        "kz.eq22 kz.eq23",
    ),
    Says(
        "The home revenue of incumbent offshorers rises in the same proportion, while firms that keep sourcing at home "
        "lose revenue and profit:"
    ),
    shows(
        And((lt(total(s.r_H_off, m.tau_I), 0), gt(total(s.r_H_d, m.tau_I), 0), gt(total(a.pi_d, m.tau_I), 0))),
        "kz.eq24.offshorers kz.eq24.home",
        "24",
    ),
)

TRADE: tuple[Item, ...] = (
    Title("Section 4: trade"),
    Says(r"Per entrant and in units of $(\rho P_X/(w^{1-\alpha}(p_I^d)^\alpha))^{1-\sigma}$, sales in one economy are"),
    shows(eq(SALES, _T[m.phi_min] + (m.Lambda - 1) * _T[m.phi_off] + _ABROAD * m.Lambda * _T[m.phi_ex])),
    Says("and expenditure divides in proportion to sales:"),
    shows(
        And(
            (
                eq(s.exports, _ABROAD * m.Lambda * _T[m.phi_ex] / SALES * m.E_X),
                eq(
                    s.imports_cif, m.alpha * m.rho * m.Lambda * (_T[m.phi_off] + _ABROAD * _T[m.phi_ex]) / SALES * m.E_X
                ),
                eq(a.L_I * m.w, m.alpha * m.rho * (_T[m.phi_min] - _T[m.phi_off]) / SALES * m.E_X),
            )
        ),
        "kz.R.2.aggregate kz.R.3.cif kz.R.3.labour",
        by=tuple(identity(name, h.E_X, h.w) for name in (h.exports, h.imports_cif, h.L_I)),
    ),
    Says(
        r"The last two add to $\alpha\rho E_X$, which does not change. A lower $\tau_I$ raises imports of "
        "intermediates in value and in units, and moves labour from intermediates to good Y:",
        "Result R.3.",
    ),
    shows(
        And(
            (
                lt(total(s.imports_cif, m.tau_I), 0),
                gt(total(a.L_I, m.tau_I), 0),
                eq(total(a.L_Y, m.tau_I), -total(a.L_I, m.tau_I)),
            )
        ),
        "kz.R.3.cif kz.R.3.labour",
    ),
)

_SHARE = _ABROAD * m.Lambda * _T[m.phi_ex] / SALES


def _leaving(x: sp.Symbol) -> sp.Expr:
    """Return how fast sales above a cutoff fall as the cost of trading intermediates moves it."""
    return x ** (m.sigma - 1) * Density(x) * total(x, m.tau_I)


EXPORTS: tuple[Item, ...] = (
    Says(
        r"Total exports respond at four margins. Differentiating $\mathit{EX}$ and using "
        r"$T'(\varphi)=-\varphi^{\sigma-1}"
        r"g(\varphi)$,",
        "Total exports.",
    ),
    shows(
        eq(
            -total(s.exports, m.tau_I) / s.exports,
            m.alpha * (m.sigma - 1) / m.tau_I * (_T[m.phi_min] - _T[m.phi_off]) / SALES
            + (1 - _SHARE) / _T[m.phi_ex] * _leaving(m.phi_ex)
            - _leaving(m.phi_min) / SALES
            - (m.Lambda - 1) * _leaving(m.phi_off) / SALES,
        ),
        "kz.R.2.aggregate",
        by=(identity(h.dexports, h.exports, slope_step(m.Lambda)),),
    ),
    Says(
        "Incumbent exporters, new exporters and the exit of the least productive firms raise exports as offshoring "
        "gets cheaper. Firms that begin to offshore take spending from exporters and lower them. Exports rise if and "
        "only if the first three terms outweigh the last, and so for every Pareto distribution; where many firms stand "
        r"at $\hat\varphi_{off}$ they can fall.",
        rests="kz.R.2.aggregate kz.R.2.aggregate.pareto",
    ),
)

WELFARE: tuple[Item, ...] = (
    Title("Section 4: welfare"),
    Says(r"Welfare per worker is proportional to $\hat\varphi_{min}^\beta$:", "Result R.4."),
    shows(
        eq(
            a.W,
            m.phi_min**m.beta
            * m.w
            * m.beta**m.beta
            * (1 - m.beta) ** (1 - m.beta)
            * (m.rho / (m.w ** (1 - m.alpha) * m.p_I_d**m.alpha)) ** m.beta
            * (m.beta * m.L / (m.sigma * m.f_p)) ** (m.beta / k),
        ),
        "kz.eq17",
        "17",
    ),
    Says("so that cheaper offshoring raises it, whether the variable or the fixed cost falls:"),
    shows(And((lt(total(a.W, m.tau_I), 0), lt(total(a.W, m.f_I), 0))), "kz.R.4 kz.fI-welfare"),
)

RESULTS: tuple[Item, ...] = (
    *FIRMS,
    *further.FIRMS,
    *TRADE,
    *EXPORTS,
    *further.CONDITIONS,
    *further.SIDES,
    *WELFARE,
    *further.AVERAGES,
    *further.REVERSED,
)
