"""Primitives of Kleinert and Zorell: symbols, assumptions, prices, cutoffs and free entry in the regime of A.1-A.3."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.context import Context
from symhet.domain import Assumption, Chart, Declared, Domain
from symhet.model.regime import Model, definition
from symhet.papers.kz import named as h
from symhet.papers.kz.notation import AGENTS
from symhet.papers.kz.symbols import MELITZ, SECTION_4
from symhet.propositions import Prop, eq, exists, free_symbols, ge, gt, lt
from symhet.steps import Step

declare = Declared()

alpha = declare("alpha", r"\alpha", "cost share of intermediates")
beta = declare("beta", r"\beta", "expenditure share of the differentiated good")
sigma = declare("sigma", r"\sigma", "elasticity of substitution between varieties")
tau = declare("tau", r"\tau", "iceberg cost of final goods", "units shipped per unit arriving")
tau_I = declare("tau_I", r"\tau_I", "iceberg cost of intermediates", "units shipped per unit arriving")
n = declare("n", "n", "number of foreign advanced economies", "countries")
phi_Y = declare("phi_Y", r"\varphi_Y", "labour productivity in good Y", "units of Y per worker")
phi_I = declare("phi_I", r"\varphi_I", "labour productivity in intermediates", "units of I per worker")
phi_Y_w = declare("phi_Y_w", r"\varphi_Y^w", "labour productivity in good Y in country W", "units of Y per worker")
phi_I_w = declare(
    "phi_I_w", r"\varphi_I^w", "labour productivity in intermediates in country W", "units of I per worker"
)
f_p = declare("f_p", "f_p", "fixed cost of production", "workers")
f_I = declare("f_I", "f_I", "fixed cost of offshoring", "workers")
f_ex = declare("f_ex", r"f_{ex}", "fixed cost of exporting per market", "workers")
f_e = declare("f_e", "f_e", "cost of entry", "workers")
L = declare("L", "L", "labour of an advanced economy", "workers")
L_w = declare("L_w", "L^w", "labour of country W", "workers")

PARAMETERS = declare.taken()

w = declare("w", "w", "wage in an advanced economy", "units of Y")
w_w = declare("w_w", "w^w", "wage in country W", "units of Y")
p_I_d = declare("p_I_d", "p_I^d", "price of domestic intermediates", "units of Y")
p_I_w = declare("p_I_w", "p_I^w", "f.o.b. price of W's intermediates", "units of Y")
p_I_off = declare("p_I_off", "p_I^{off}", "c.i.f. price of W's intermediates", "units of Y")
E_X = declare("E_X", "E_X", "expenditure on the differentiated good", "units of Y")
P_X = declare("P_X", "P_X", "price index of the differentiated good", "units of Y")
Lambda = declare("Lambda", r"\Lambda", "factor by which offshoring raises a firm's variable profit")
phi_min = declare("phi_min", r"\hat\varphi_{min}", "productivity cutoff of production")
phi_off = declare("phi_off", r"\hat\varphi_{off}", "productivity cutoff of offshoring")
phi_ex = declare("phi_ex", r"\hat\varphi_{ex}", "productivity cutoff of exporting")

VARIABLES = (*declare.taken(), *AGENTS, *SECTION_4, *MELITZ)

k = sigma - 1
rho = (sigma - 1) / sigma

ratio = p_I_off / p_I_d


def _chart() -> Chart:
    a, b, s, t, ti, m, v, x, y = sp.symbols("y_alpha y_beta y_sigma y_tau y_tau_I y_n y_v y_x y_z", positive=True)
    gain = (1 + v) ** (s / (1 + a))
    forward = {
        alpha: 1 / (1 + a),
        beta: 1 / (1 + b),
        sigma: 1 + s,
        tau: 1 + t,
        tau_I: 1 + ti,
        n: 1 + m,
        phi_Y: phi_Y,
        phi_I: phi_I,
        phi_I_w: phi_I_w,
        phi_Y_w: phi_I_w * phi_Y / (phi_I * (1 + ti) * (1 + v)),
        f_p: f_p,
        f_I: f_p * (gain - 1) * (1 + x),
        f_ex: f_p * gain * (1 + x) * (1 + y) / (1 + t) ** s,
        f_e: f_e,
        L: L,
        L_w: L_w,
    }
    price = tau_I * phi_Y_w * phi_I / (phi_I_w * phi_Y)
    factor = price ** (-alpha * k)
    inverse = {
        a: 1 / alpha - 1,
        b: 1 / beta - 1,
        s: sigma - 1,
        t: tau - 1,
        ti: tau_I - 1,
        m: n - 1,
        v: 1 / price - 1,
        x: f_I / (f_p * (factor - 1)) - 1,
        y: f_ex * tau**k * (factor - 1) / (factor * f_I) - 1,
        **{symbol: symbol for symbol in (phi_Y, phi_I, phi_I_w, f_p, f_e, L, L_w)},
    }
    return Chart(forward, inverse)


@cache
def domain() -> Domain:
    """Return the parameters of the paper with A.1-A.3 in the order in which cutoffs need them."""
    relative = tau_I * phi_Y_w * phi_I / (phi_I_w * phi_Y)
    low = f_p / (f_p + f_I)
    high = 1 - f_I / (f_ex * tau**k)
    assumptions = (
        Assumption(h.alpha_below_1, lt(alpha, 1), "intermediates are not the only input"),
        Assumption(h.beta_below_1, lt(beta, 1), "the homogeneous good is consumed too"),
        Assumption(h.sigma_above_1, gt(sigma, 1), "varieties are substitutes"),
        Assumption(h.tau_above_1, gt(tau, 1), "trade in final goods is costly"),
        Assumption(h.tau_I_above_1, gt(tau_I, 1), "trade in intermediates is costly"),
        Assumption(h.n_at_least_1, ge(n, 1), "there is at least one foreign advanced economy"),
        Assumption(h.A_1, lt(relative, 1), "W's intermediates are cheaper at the buyer's door than domestic ones"),
        Assumption(h.A_2_low, lt(low, relative ** (alpha * k)), "the cheapness of W's intermediates is bounded"),
        Assumption(
            h.A_2_high, lt(relative ** (alpha * k), high), "W's intermediates are cheap enough to be used at home"
        ),
        Assumption(h.A_3, lt(f_p + f_I, f_ex * tau**k), "exporting is the harder of the two steps abroad"),
    )
    return Domain("Kleinert-Zorell", PARAMETERS, assumptions, _chart())


PRESUMED: dict[Step, Prop] = {
    h.moment: exists(TailMoment(1, k)),
    **{h.density_at(x): exists(Density(x)) for x in (phi_min, phi_off, phi_ex)},
}
"""What is supposed of the distribution: a moment of an order a little above sigma - 1 is finite, and the density has a
value at each cutoff. It may be zero there."""


def presuming(context: Context) -> Context:
    """Return a context with what is supposed of the distribution, as far as it concerns the symbols in it."""
    spoken = context.symbols()
    more = {n: p for n, p in PRESUMED.items() if n not in context.hypotheses and free_symbols(p) <= spoken}
    return Context({**context.hypotheses, **more}, context.system, context.endogenous)


@cache
def offshoring_first() -> Model:
    """Return the model in the regime of A.1-A.3: producers, among them offshorers, among them exporters."""
    definitions = {
        h.w: definition(w, phi_Y),
        h.w_w: definition(w_w, phi_Y_w),
        h.p_I_d: definition(p_I_d, phi_Y / phi_I),
        h.p_I_w: definition(p_I_w, phi_Y_w / phi_I_w),
        h.p_I_off: definition(p_I_off, tau_I * p_I_w),
        h.Lambda: definition(Lambda, ratio ** (alpha * (1 - sigma))),
        h.E_X: definition(E_X, beta * w * L),
        h.cutoff_off: definition(phi_off, phi_min * (f_I / (f_p * (Lambda - 1))) ** (1 / k)),
        h.cutoff_ex: definition(phi_ex, phi_min * tau * (f_ex / (f_p * Lambda)) ** (1 / k)),
    }
    excess = [cost * (x**-k * TailMoment(x, k) - Survival(x)) for cost, x in ((f_p, phi_min), (f_I, phi_off))]
    excess.append(n * f_ex * (phi_ex**-k * TailMoment(phi_ex, k) - Survival(phi_ex)))
    conditions = {h.free_entry: eq(sum(excess), f_e)}
    facts = {
        h.Lambda_above_1: gt(Lambda, 1),
        h.min_below_off: lt(phi_min, phi_off),
        h.off_below_ex: lt(phi_off, phi_ex),
        h.support: lt(SUPPORT, phi_min),
        h.firms_d: lt(Survival(phi_off), Survival(phi_min)),
        h.firms_off: lt(Survival(phi_ex), Survival(phi_off)),
    }
    endogenous = frozenset({w, w_w, p_I_d, p_I_w, p_I_off, Lambda, E_X, P_X, phi_min, phi_off, phi_ex})
    return Model("Kleinert-Zorell", domain(), definitions, conditions, endogenous, facts, PRESUMED)
