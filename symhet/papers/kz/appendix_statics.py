"""Appendix D as an author writes it: how the three cutoffs move with each parameter."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import TailMoment
from symhet.algebra.total import total
from symhet.exposition import Item, Row, Says, Table, Title, shows
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.appendix_names import COSTS, CUTOFFS, P_HAT, RESPONSE, SLOPE, WEIGHTS, K, S, scaled
from symhet.papers.kz.comparative import sign_step, slope_step
from symhet.papers.kz.facts import above_one
from symhet.propositions import And, Rel, eq, gt, lt
from symhet.provers.tactics import by, identity

k = m.k
_T = {name: TailMoment(x, k) for name, x in CUTOFFS.items()}
_BOUND = -m.alpha * m.phi_min / m.tau_I


def _shift(x: sp.Symbol, direct: sp.Expr) -> Rel:
    through = x / m.phi_min * total(m.phi_min, m.tau_I)
    return eq(total(x, m.tau_I), direct + through)


def _elastic(x: sp.Symbol, parameter: sp.Symbol, value: sp.Expr) -> Rel:
    return eq(parameter / x * total(x, parameter), value)


def _row(latex: str, claim: str, parameter: sp.Symbol, *values: sp.Expr) -> Row:
    cells = (_elastic(x, parameter, value) for x, value in zip(CUTOFFS.values(), values, strict=True))
    return Row(f"${latex}$", tuple(cells), (claim,))


_FIXED, _MARKET = RESPONSE["off"], RESPONSE["ex"]
_MARKETS = K["ex"] * _MARKET

STATICS: tuple[Item, ...] = (
    Title("Appendix D: comparative statics"),
    Says(r"Differentiate (C.3) with respect to $\tau_I$:", r"Lower $\tau_I$."),
    shows(eq(sp.Add(*(COSTS[name] * SLOPE[name] * total(x, m.tau_I) for name, x in CUTOFFS.items())), 0), "kz.R.3.cif"),
    Says(r"By (12) and (14), $\tau_I$ moves the other two cutoffs directly and through $\hat\varphi_{min}$:"),
    shows(
        And(
            (_shift(m.phi_off, m.alpha * m.phi_off / (m.tau_I * P_HAT)), _shift(m.phi_ex, m.alpha * m.phi_ex / m.tau_I))
        ),
        "kz.D-bound1 kz.eqD1",
    ),
    Says(
        r"Since $\varphi j'(\varphi)=-(\sigma-1)\varphi^{1-\sigma}T(\varphi)$, the steps enter the solution with the "
        "weights"
    ),
    shows(And(tuple(eq(S[name], cost * scaled(CUTOFFS[name]) / WEIGHTS) for name, cost in COSTS.items()))),
    shows(eq(WEIGHTS, sp.Add(*(cost * scaled(CUTOFFS[name]) for name, cost in COSTS.items())))),
    Says("which add to one. Substituting,"),
    shows(eq(total(m.phi_min, m.tau_I), _BOUND * (S["off"] / P_HAT + S["ex"])), "kz.D-min"),
    Says(r"This is negative, and since $s_{off}+\hat p s_{ex}<1$ it is above the first of the paper's two bounds:"),
    shows(
        And((lt(_BOUND / P_HAT, total(m.phi_min, m.tau_I)), lt(total(m.phi_min, m.tau_I), 0))), "kz.D-bound1 kz.D-min"
    ),
    Says(r"Hence the direct effect on $\hat\varphi_{off}$ dominates:"),
    shows(
        And(
            (
                eq(
                    total(m.phi_off, m.tau_I),
                    m.alpha * m.phi_off / (m.tau_I * P_HAT) * (S["min"] + (1 - P_HAT) * S["ex"]),
                ),
                gt(total(m.phi_off, m.tau_I), 0),
            )
        ),
        "kz.D-bound1",
    ),
    Says(r"The second bound reads $\hat p^{-1}-1<s_{min}/s_{off}$. By (12) and the definition of $\hat p$,", "(D.1)."),
    shows(eq(S["min"] / S["off"], (1 / P_HAT - 1) * _T["min"] / _T["off"]), "kz.eqD1.chain"),
    Says(
        r"so that it holds if and only if $T(\hat\varphi_{off})<T(\hat\varphi_{min})$, that is, if there are firms "
        "between the first two cutoffs; the paper's ratio of integrals is that of these moments. The response of the "
        "export cutoff becomes"
    ),
    shows(
        And(
            (
                eq(total(m.phi_ex, m.tau_I), m.alpha * m.phi_ex / m.tau_I * S["min"] * (1 - _T["off"] / _T["min"])),
                gt(total(m.phi_ex, m.tau_I), 0),
            )
        ),
        "kz.eqD1",
        "D.1",
        by=(above_one(identity(slope_step(m.phi_ex), h.f_I)), by(sign_step(m.phi_ex))),
    ),
    Says(
        r"The same steps give the elasticities of the cutoffs with respect to the other parameters. They use "
        r"$\varphi^{1-\sigma}T(\varphi)=[1-G(\varphi)][1+k(\varphi)]$. With",
        "Other parameters.",
    ),
    shows(And(tuple(eq(RESPONSE[name], S[name] / (k * (1 + K[name]))) for name in RESPONSE))),
    Says("they are"),
    Table(
        ("", r"$\hat\varphi_{min}$", r"$\hat\varphi_{off}$", r"$\hat\varphi_{ex}$"),
        (
            _row("f_I", "kz.D-fI", m.f_I, -_FIXED, 1 / k - _FIXED, -_FIXED),
            _row(r"\tau", "kz.D-tau", m.tau, -S["ex"], -S["ex"], 1 - S["ex"]),
            _row("f_{ex}", "kz.D-fex", m.f_ex, -_MARKET, -_MARKET, 1 / k - _MARKET),
            _row("n", "kz.D-n", m.n, _MARKETS, _MARKETS, _MARKETS),
        ),
    ),
    Says(
        r"Since the weights lie between zero and one and $k(\varphi)>0$, every entry has the sign of its first term: "
        r"lower $f_I$ raises $\hat\varphi_{min}$ and $\hat\varphi_{ex}$ and lowers $\hat\varphi_{off}$; lower $\tau$ "
        r"or $f_{ex}$ raises $\hat\varphi_{min}$ and $\hat\varphi_{off}$ and lowers $\hat\varphi_{ex}$; more markets "
        "raise all three.",
        rests="kz.fI-ex kz.tau-off.tau kz.tau-off.f_ex kz.D-n",
    ),
)
