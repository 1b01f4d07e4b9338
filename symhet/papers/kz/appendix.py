"""Appendices A to D as an author writes them; every formula is proved from the claims that it rests on."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import Density, Survival, TailMoment
from symhet.exposition import Exposition, Item, Says, Title, equal, shows
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz import notation as a
from symhet.papers.kz.appendix_names import (
    AVERAGE,
    GAP,
    J_PHI,
    K_PHI,
    NAMES,
    P_HAT,
    P_TILDE_1,
    P_TILDE_2,
    PRICE,
    PROFIT,
    SLOPE_PHI,
    U_MIN,
    J,
    V,
    scaled,
)
from symhet.papers.kz.appendix_results import RESULTS
from symhet.papers.kz.appendix_statics import STATICS
from symhet.papers.kz.facts import above_one
from symhet.propositions import And, Iff, chain, eq, exists, gt, lt
from symhet.provers.tactics import identity

k = m.k
_HOME = m.w ** (1 - m.alpha) * m.p_I_d**m.alpha / (m.rho * m.P_X)
_ABROAD = m.w ** (1 - m.alpha) * m.p_I_off**m.alpha / (m.rho * m.P_X)
_REACH = 1 + m.n * m.tau ** (1 - m.sigma)


def _size(fixed: sp.Expr) -> sp.Expr:
    return (m.sigma * fixed * m.w / m.E_X) ** (1 / k)


PROFITS: tuple[Item, ...] = (
    Title("The cutoffs"),
    Says(
        r"A firm of productivity $\varphi$ that buys intermediates at the price $p_I$ has marginal cost "
        r"$w^{1-\alpha}p_I^{\alpha}/\varphi$ and the mark-up $1/\rho$, so that its operating profit is proportional to "
        r"$(\varphi/p_I^{\alpha})^{\sigma-1}$. Offshoring multiplies operating profit by $\Lambda$, which exceeds one "
        r"by A.1, and $\hat p$ is the share of an offshorer's operating profit that it owes to offshoring:"
    ),
    shows(eq(m.Lambda, PRICE ** (m.alpha * (1 - m.sigma))), "kz.AppA"),
    shows(equal(P_HAT, 1 - PRICE ** (m.alpha * k), 1 - 1 / m.Lambda), "kz.AppA"),
    Says(
        "The marginal producer breaks even with domestic intermediates, the marginal offshorer gains just the cost of "
        "offshoring, and the marginal exporter earns just the cost of a foreign market:"
    ),
    shows(eq(m.phi_min, _HOME * _size(m.f_p)), "kz.eq11", "11"),
    shows(equal(m.phi_off, GAP * _HOME * _size(m.f_I), m.phi_min * (m.f_I / m.f_p) ** (1 / k) * GAP), "kz.eq12", "12"),
    shows(
        equal(
            m.phi_ex, m.tau * _ABROAD * _size(m.f_ex), m.tau * m.phi_min * PRICE**m.alpha * (m.f_ex / m.f_p) ** (1 / k)
        ),
        "kz.eq14",
        "14",
    ),
)

RANKING: tuple[Item, ...] = (
    Title("Appendix A: ranking of the cutoffs"),
    Says(r"Raised to the power $\sigma-1$, (12) and (14) give"),
    shows(
        And(
            (
                eq((m.phi_off / m.phi_min) ** k, m.f_I / (m.f_p * (m.Lambda - 1))),
                eq((m.phi_ex / m.phi_off) ** k, m.tau**k * m.f_ex * P_HAT / m.f_I),
            )
        ),
        "kz.AppA",
    ),
    Says(
        r"The first ratio exceeds one if and only if $f_p/(f_p+f_I)<1/\Lambda$, the second if and only if "
        r"$1/\Lambda<1-f_I/(f_{ex}\tau^{\sigma-1})$. In terms of the paper's thresholds"
    ),
    shows(And((eq(P_TILDE_1, NAMES[0].term), eq(P_TILDE_2, NAMES[1].term)))),
    Says("these are"),
    shows(Iff(lt(m.phi_min, m.phi_off), lt(P_TILDE_1, PRICE)), "kz.AppA.lower"),
    shows(Iff(lt(m.phi_off, m.phi_ex), And((lt(m.f_I, m.f_ex * m.tau**k), lt(PRICE, P_TILDE_2)))), "kz.AppA.upper"),
    Says(
        "A.3 says that the thresholds are ordered, A.2 that the relative price lies between them. Under A.1, the "
        "ranking of the cutoffs therefore holds if and only if A.2 and A.3 do, and then",
        rests="kz.AppA",
    ),
    shows(chain(P_TILDE_1, PRICE, P_TILDE_2, sp.S.One), "kz.AppA.chain", "A.1"),
    Says(
        r"Exporting without offshoring is dominated. Let $v$ be the operating profit at home with domestic "
        r"intermediates in units of labour. The four strategies earn"
    ),
    shows(
        And(
            (
                eq(PROFIT["d"], m.w * (a.v - m.f_p)),
                eq(PROFIT["off"], m.w * (m.Lambda * a.v - m.f_p - m.f_I)),
                eq(PROFIT["x"], m.w * (_REACH * a.v - m.f_p - m.n * m.f_ex)),
                eq(PROFIT["ex"], m.w * (_REACH * m.Lambda * a.v - m.f_p - m.f_I - m.n * m.f_ex)),
            )
        ),
        "kz.AppA-dominated",
    ),
    Says(
        r"If $v<\tau^{\sigma-1}f_{ex}$, a firm that exports with domestic intermediates gains by not exporting. "
        r"Otherwise it gains by offshoring as well, which adds $(1+n\tau^{1-\sigma})(\Lambda-1)v-f_I$; since the upper "
        r"bound of A.2 is $f_I\Lambda<\tau^{\sigma-1}f_{ex}(\Lambda-1)$, this is positive.",
        rests="kz.AppA-dominated",
    ),
)

AGGREGATION: tuple[Item, ...] = (
    Title("Appendix B: aggregation"),
    Says(
        r"Let $T(\varphi)=\int_\varphi^\infty\zeta^{\sigma-1}dG(\zeta)$. The average efficiencies of the three groups "
        "are"
    ),
    shows(
        And(
            (
                eq(
                    a.mean_d**k,
                    (TailMoment(m.phi_min, k) - TailMoment(m.phi_off, k)) / (m.p_I_d ** (m.alpha * k) * V["d"]),
                ),
                eq(
                    a.mean_off**k,
                    (TailMoment(m.phi_off, k) - TailMoment(m.phi_ex, k)) / (m.p_I_off ** (m.alpha * k) * V["off"]),
                ),
                eq(a.mean_ex**k, TailMoment(m.phi_ex, k) / (m.p_I_off ** (m.alpha * k) * V["ex"])),
            )
        ),
        "kz.AppB.averages",
    ),
    Says(
        r"with $V(\varphi',\varphi'')=G(\varphi'')-G(\varphi')$. By (12) and (14) they are functions of "
        r"$\hat\varphi_{min}$ alone. The efficiencies of the marginal offshorer and the marginal exporter are"
    ),
    shows(
        And(
            (
                eq(m.phi_off / m.p_I_off**m.alpha, m.phi_min / m.p_I_d**m.alpha * (m.f_I / (m.f_p * P_HAT)) ** (1 / k)),
                eq(m.phi_ex / m.p_I_off**m.alpha, m.tau * m.phi_min / m.p_I_d**m.alpha * (m.f_ex / m.f_p) ** (1 / k)),
            )
        ),
        "kz.R.4",
        by=(above_one(identity(h.p_off_form, h.cutoff_off)), above_one(identity(h.p_off_form, h.cutoff_ex))),
    ),
    Says("Price index and revenue follow as in the text:"),
    shows(
        And(
            (
                eq(m.P_X, a.M_t ** (1 / (1 - m.sigma)) * m.w ** (1 - m.alpha) / (m.rho * a.mean_t)),
                eq(a.R_X, a.M_t * m.E_X * (m.rho * m.w ** (m.alpha - 1) * m.P_X * a.mean_t) ** k),
            )
        ),
        "kz.aggregates.price-index kz.aggregates.revenue",
    ),
    Says(
        r"The text also has $R_X=Mr(\tilde\phi)$ and $\bar\pi=\pi(\tilde\phi)$. Both fail: the groups serve different "
        "markets and bear different fixed costs, so that averages over them are not those of the average firm.",
        rests="kz.aggregates.average-firm kz.eq18.average-firm",
    ),
)

EQUILIBRIUM: tuple[Item, ...] = (
    Title("Appendix C: equilibrium of the open economy"),
    Says("Free entry and zero cutoff profit together are"),
    shows(
        eq(m.f_e * m.w, V["d"] * AVERAGE["d"] + V["off"] * AVERAGE["off"] + V["ex"] * AVERAGE["ex"]), "kz.eqC1", "C.1"
    ),
    Says("By (11), the average profits of the three groups are"),
    shows(
        And(
            (
                eq(AVERAGE["d"], m.f_p * m.w * ((a.mean_d * m.p_I_d**m.alpha / m.phi_min) ** k - 1)),
                eq(
                    AVERAGE["off"],
                    m.f_p * m.w * (a.mean_off * m.p_I_d**m.alpha / m.phi_min) ** k - (m.f_p + m.f_I) * m.w,
                ),
                eq(
                    AVERAGE["ex"],
                    _REACH * m.f_p * m.w * (a.mean_ex * m.p_I_d**m.alpha / m.phi_min) ** k
                    - (m.f_p + m.f_I + m.n * m.f_ex) * m.w,
                ),
            )
        ),
        "kz.eq11",
    ),
    Says(
        r"Substitute the averages of Appendix B. Sales of firms above $\hat\varphi_{min}$ at domestic cost, the gain "
        r"of firms above $\hat\varphi_{off}$ from offshoring, and foreign sales of firms above $\hat\varphi_{ex}$ "
        "collect into three terms of one form. With"
    ),
    shows(And((eq(J_PHI, scaled(a.phi) - Survival(a.phi)), eq(J_PHI, Survival(a.phi) * K_PHI)))),
    Says("free entry is"),
    shows(eq(m.f_p * J["min"] + m.f_I * J["off"] + m.n * m.f_ex * J["ex"], m.f_e), "kz.eqC3.entry", "C.3"),
    Says(
        r"The printed (C.2) and (C.3) read $U(\varphi',\varphi'')=\int_{\varphi'}^{\varphi''}(\zeta/p_I(\zeta)^\alpha)"
        r"^{\sigma-1}g(\zeta)\,d\zeta$ at the price that each firm pays. Then"
    ),
    shows(
        eq(
            (m.phi_min / m.p_I_d**m.alpha) ** (1 - m.sigma) * U_MIN,
            scaled(m.phi_min) + (m.Lambda - 1) * m.phi_min**-k * TailMoment(m.phi_off, k),
        ),
        "kz.R.3.cif",
    ),
    Says("already contains the gain from offshoring, since by (12)"),
    shows(
        eq(m.f_p * (m.Lambda - 1) * m.phi_min**-k * TailMoment(m.phi_off, k), m.f_I * scaled(m.phi_off)), "kz.R.3.cif"
    ),
    Says(
        r"and the term in $f_I$ counts it a second time. In (C.3) above each step is valued at one price, at which the "
        "price cancels.",
        rests="kz.eqC3.entry",
    ),
    Says(r"Where $g$ has a value at $\varphi$, it cancels in the derivative of $j$:", "Existence and uniqueness."),
    shows(
        eq(SLOPE_PHI, -k * a.phi**-m.sigma * TailMoment(a.phi, k)),
        given=(exists(Density(a.phi)), exists(TailMoment(1, k)), gt(m.sigma, 1)),
    ),
    Says(
        r"Hence $j$ falls strictly wherever $T(\varphi)>0$. It grows without bound as $\varphi\to0$, since "
        r"$\varphi^{1-\sigma}T(\varphi)$ does, and tends to zero as $\varphi\to\infty$, since "
        r"$T(\varphi)$ does, its moment being "
        r"finite. By (12) and (14) the other cutoffs are fixed multiples of $\hat\varphi_{min}$, so the left side of "
        r"(C.3) falls from infinity to zero in $\hat\varphi_{min}$: (C.3) has exactly one root. Divided by "
        r"$1-G(\hat\varphi_{min})$, it says that the ZCP curve cuts the FE curve once and from above.",
        rests="kz.C-unique.root kz.C-unique.cuts",
    ),
    Says(
        "The curve has no discontinuity: along it the marginal survivor sources at home, and the other two cutoffs "
        "move with it.",
        rests="kz.C-unique.discontinuity",
    ),
)


APPENDIX = Exposition(
    "Appendix",
    "The authors' four appendices and the proofs of section 4, in their symbols. What is lost in the print is "
    "reconstructed, and what is wrong in it is corrected (see the corrections). Equation numbers are the paper's.",
    m.domain().assumptions,
    tuple(NAMES),
    (*PROFITS, *RANKING, *AGGREGATION, *EQUILIBRIUM, *STATICS, *RESULTS),
)
