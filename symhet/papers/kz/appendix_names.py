"""The names that the authors of the first paper write in their appendices, in terms of the model's symbols."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.algebra.tails import Survival, TailMoment
from symhet.exposition import Name
from symhet.papers.kz import model as m
from symhet.papers.kz import notation as a

k = m.k
PRICE = m.p_I_off / m.p_I_d
NAMES: list[Name] = []


def _name(name: str, latex: str, term: sp.Expr, *, positive: bool = True) -> sp.Symbol:
    symbol = sp.Symbol(name, positive=True) if positive else sp.Symbol(name, real=True)
    NAMES.append(Name(symbol, latex, term))
    return symbol


def scaled(x: sp.Expr) -> sp.Expr:
    """Return ``x**(1 - sigma) T(x)``: sales of all firms above x, in units of the sales of a firm at x."""
    return x**-k * TailMoment(x, k)


def excess(x: sp.Expr) -> sp.Expr:
    """Return j(x): what firms above x gain from a step that a firm at x just makes, per unit of its cost."""
    return scaled(x) - Survival(x)


CUTOFFS = {"min": m.phi_min, "off": m.phi_off, "ex": m.phi_ex}
COSTS = {"min": m.f_p, "off": m.f_I, "ex": m.n * m.f_ex}


def _at(head: str, name: str) -> str:
    return rf"{head}(\hat\varphi_{{{name}}})"


P_TILDE_1 = _name("p_tilde_one", r"\tilde p_1", (m.f_p / (m.f_p + m.f_I)) ** (1 / (m.alpha * k)))
P_TILDE_2 = _name(
    "p_tilde_two", r"\tilde p_2", (1 - m.f_I / (m.f_ex * m.tau**k)) ** (1 / (m.alpha * k)), positive=False
)
GAP = _name(
    "gap",
    r"\left[\left(\frac{p_I^{off}}{p_I^d}\right)^{\alpha(1-\sigma)}-1\right]^{1/(1-\sigma)}",
    (PRICE ** (m.alpha * (1 - m.sigma)) - 1) ** (1 / (1 - m.sigma)),
)
P_HAT = _name("p_hat", r"\hat p", 1 - 1 / m.Lambda, positive=False)
J = {name: _name(f"j_{name}", _at("j", name), excess(x), positive=False) for name, x in CUTOFFS.items()}
J_PHI = _name("j_phi", r"j(\varphi)", excess(a.phi), positive=False)
SLOPE_PHI = _name("dj_phi", r"j'(\varphi)", derivative(excess(a.phi), a.phi), positive=False)
SLOPE = {
    name: _name(f"dj_{name}", _at("j'", name), derivative(excess(x), x), positive=False) for name, x in CUTOFFS.items()
}
K_PHI = _name("k_phi", r"k(\varphi)", excess(a.phi) / Survival(a.phi), positive=False)
K = {name: _name(f"k_{name}", _at("k", name), excess(x) / Survival(x), positive=False) for name, x in CUTOFFS.items()}
WEIGHTS = _name("weights", r"\Sigma", sp.Add(*(cost * scaled(CUTOFFS[name]) for name, cost in COSTS.items())))
S = {
    name: _name(f"share_{name}", f"s_{{{name}}}", cost * scaled(CUTOFFS[name]) / WEIGHTS)
    for name, cost in COSTS.items()
}
RESPONSE = {
    name: _name(f"response_{name}", rf"\epsilon_{{{name}}}", S[name] / (k * (1 + K[name])), positive=False)
    for name in ("off", "ex")
}


def _profit(price: sp.Expr, reach: sp.Expr, fixed: sp.Expr) -> sp.Expr:
    earned = m.E_X / m.sigma * (m.rho * m.P_X * a.phi / (m.w ** (1 - m.alpha) * price**m.alpha)) ** k
    return reach * earned - fixed * m.w


_WORLD = 1 + m.n * m.tau ** (1 - m.sigma)
PROFIT = {
    "d": _name("profit_d", r"\pi^d", _profit(m.p_I_d, sp.S.One, m.f_p), positive=False),
    "off": _name("profit_off", r"\pi^{off}", _profit(m.p_I_off, sp.S.One, m.f_p + m.f_I), positive=False),
    "ex": _name("profit_ex", r"\pi^{ex,off}", _profit(m.p_I_off, _WORLD, m.f_p + m.f_I + m.n * m.f_ex), positive=False),
    "x": _name("profit_x", r"\pi^{ex,d}", _profit(m.p_I_d, _WORLD, m.f_p + m.n * m.f_ex), positive=False),
}


def _average(mean: sp.Symbol, reach: sp.Expr, fixed: sp.Expr) -> sp.Expr:
    return reach * m.E_X / m.sigma * (m.rho * m.w ** (m.alpha - 1) * m.P_X * mean) ** k - fixed * m.w


AVERAGE = {
    "d": _name("profit_of_d", r"\pi(\tilde\phi_d)", _average(a.mean_d, sp.S.One, m.f_p), positive=False),
    "off": _name(
        "profit_of_off", r"\pi(\tilde\phi_{off})", _average(a.mean_off, sp.S.One, m.f_p + m.f_I), positive=False
    ),
    "ex": _name(
        "profit_of_ex",
        r"\pi(\tilde\phi_{ex})",
        _average(a.mean_ex, _WORLD, m.f_p + m.f_I + m.n * m.f_ex),
        positive=False,
    ),
}
V = {
    "d": _name(
        "V_d", r"V(\hat\varphi_{min},\hat\varphi_{off})", Survival(m.phi_min) - Survival(m.phi_off), positive=False
    ),
    "off": _name(
        "V_off", r"V(\hat\varphi_{off},\hat\varphi_{ex})", Survival(m.phi_off) - Survival(m.phi_ex), positive=False
    ),
    "ex": _name("V_ex", r"V(\hat\varphi_{ex},\infty)", Survival(m.phi_ex)),
}
U_MIN = _name(
    "U_min",
    r"U(\hat\varphi_{min},\infty)",
    (TailMoment(m.phi_min, k) - TailMoment(m.phi_off, k)) / m.p_I_d ** (m.alpha * k)
    + TailMoment(m.phi_off, k) / m.p_I_off ** (m.alpha * k),
    positive=False,
)
SALES = _name(
    "sales_sum",
    "Q",
    TailMoment(m.phi_min, k)
    + (m.Lambda - 1) * TailMoment(m.phi_off, k)
    + m.n * m.tau ** (1 - m.sigma) * m.Lambda * TailMoment(m.phi_ex, k),
)
KEPT = _name("kept_by_offshorers", "H", (m.Lambda - 1) * m.phi_off**k * Survival(m.phi_off), positive=False)
