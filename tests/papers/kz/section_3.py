"""Checks of section 3 of Kleinert and Zorell, from firms, quadrature and search."""

import numpy as np

from tests.papers.kz.draws import close, fails, found_false, holds, productivities

# --- section 3: households, technology, firms ------------------------------------------------------------------


@holds("kz.eq3", "kz.demand.variety", "kz.demand.share")
def demand(e):
    """Maximise utility over three varieties and Y by brute force, and read the index and the shares off."""
    from scipy.optimize import minimize

    beta, rho, sigma = e.p["beta"], e.rho, e.sigma
    prices = np.array([1.0, 1.3, 0.8])

    def spent(y):
        weights = np.exp(y - y.max())
        return weights / weights.sum()

    def negative(y):
        share = spent(y)
        return -beta / rho * np.log(np.sum((share[:3] / prices) ** rho)) - (1 - beta) * np.log(share[3])

    share = spent(minimize(negative, np.zeros(4), method="BFGS", options={"gtol": 1e-9}).x)
    index = np.sum(prices ** (1 - sigma)) ** (1 / (1 - sigma))
    close(share[:3].sum(), beta, 1e-5)
    close(share[:3], (prices / index) ** (1 - sigma) * beta, 1e-4)
    bundle = np.sum((share[:3] / prices) ** rho) ** (1 / rho)
    close(share[:3].sum() / bundle, index, 1e-5)


@holds("kz.wages", "kz.eq6")
def prices(e):
    """A worker makes phi_Y of the numeraire, and competition leaves nothing over: price equals cost."""
    p = e.p
    close(1.0 * p["phi_Y"], e.w)
    w_w = p["phi_Y_w"]
    for price, wage, made in ((e.p_I_d, e.w, p["phi_I"]), (e.p_I_w, w_w, p["phi_I_w"])):
        close(price * made, wage)
    close(e.p_I_off, p["tau_I"] * w_w / p["phi_I_w"])


@holds("kz.A.1.equivalence")
def cheapness(e):
    p = e.p
    advantage = (p["phi_Y"] / p["phi_Y_w"]) / (p["phi_I"] / p["phi_I_w"])
    for tau_I in (p["tau_I"], 0.99 * advantage, 1.01 * advantage, 3 * advantage):
        assert (advantage > tau_I) == (e.but(tau_I=tau_I).p_I_off < e.p_I_d)


@holds("kz.cost.unit", "kz.cost.price")
def cost(e):
    """Minimise the cost of a unit, and maximise profit over the price, both by search."""
    from scipy.optimize import minimize_scalar

    phi, a = 1.7, e.alpha
    scale = (1 - a) ** (1 - a) * a**a
    for offshores in (False, True):

        def spending(y, offshores=offshores):
            labour = np.exp(y)
            inputs = (scale / phi / labour ** (1 - a)) ** (1 / a)
            return np.log(e.w * labour + e.input_price(offshores) * inputs)

        least = np.exp(minimize_scalar(spending, bracket=(-2, 2), tol=1e-10).fun)
        close(least, e.w ** (1 - a) / (phi / e.input_price(offshores) ** a), 1e-9)

        def loss(y, c=least):
            return -(np.exp(y) - c) * np.exp(-e.sigma * y)

        best = np.exp(minimize_scalar(loss, bracket=(np.log(least) + 0.01, np.log(2 * least * e.sigma)), tol=1e-12).x)
        close(best, least / e.rho, 1e-5)


@holds("kz.relative-output")
def outputs(e):
    quantity = [e.revenue(phi, True) / e.price(phi, True) for phi in (1.1, 2.9)]
    close(quantity[0] / quantity[1], (1.1 / 2.9) ** e.sigma)


@fails("kz.relative-output.text")
def outputs_reversed(v, e):
    sold = [(e.w ** (1 - e.alpha) / (e.rho * v[f"Phi_{i}"])) ** -e.sigma * e.E_X for i in (1, 2)]
    close(sold[0] / sold[1], v["x_1"] / v["x_2"])
    assert abs(sold[0] / sold[1] / (v["Phi_2"] / v["Phi_1"]) ** e.sigma - 1) > 1


@holds("kz.eq8", "kz.eq9", "kz.eq10", "kz.eq13")
def profits(e):
    phi = productivities(e)
    r = {}
    for offshores in (False, True):
        quantity = e.E_X * e.price(phi, offshores) ** -e.sigma * e.P_X ** (e.sigma - 1)
        r[offshores] = quantity * e.price(phi, offshores)
        Phi = phi / e.input_price(offshores) ** e.alpha
        close(r[offshores], (e.w ** (1 - e.alpha) / (e.rho * Phi)) ** (1 - e.sigma) * e.E_X / e.P_X ** (1 - e.sigma))
        fixed = (e.p["f_p"] + offshores * e.p["f_I"]) * e.w
        np.testing.assert_allclose(e.profit(phi, (offshores, False)), r[offshores] / e.sigma - fixed, atol=1e-9 * fixed)
    fixed = (e.p["f_p"] + e.p["f_I"] + e.n * e.p["f_ex"]) * e.w
    both = (1 + e.n * e.p["tau"] ** (1 - e.sigma)) * r[True] / e.sigma - fixed
    np.testing.assert_allclose(e.profit(phi, (True, True)), both, atol=1e-9 * fixed)


def base(e):
    return e.w ** (1 - e.alpha) / (e.rho * e.P_X)


@holds("kz.eq11", "kz.eq11.survivors")
def entry_cutoff(e):
    k = e.sigma - 1
    close(e.phi_min, base(e) * e.p_I_d**e.alpha * (e.sigma * e.p["f_p"] * e.w / e.E_X) ** (1 / k))
    close(e.revenue(e.phi_min, False), e.sigma * e.p["f_p"] * e.w)
    for share in (0.05, 0.4, 0.99):
        assert np.max(e.options(share * e.phi_min)[:4]) < 0
    for phi in productivities(e)[productivities(e) > e.phi_min]:
        assert e.profit(phi, (False, False)) > 0


def choices(e, low, high):
    """Return which of the strategies is best at productivities between two bounds."""
    between = np.exp(np.linspace(np.log(low) + 1e-6, np.log(high) - 1e-6, 9))
    return set(np.argmax(e.options(between), axis=0))


@holds("kz.eq12", "kz.eq12.offshorers")
def offshoring_cutoff(e):
    k, extra = e.sigma - 1, (e.p_I_off / e.p_I_d) ** (e.alpha * (1 - e.sigma)) - 1
    lead = base(e) * e.p_I_d**e.alpha * (e.sigma * e.p["f_I"] * e.w / e.E_X) ** (1 / k)
    close(e.phi_off, extra ** (-1 / k) * lead)
    close(e.phi_off, e.phi_min * (e.p["f_I"] / e.p["f_p"]) ** (1 / k) * extra ** (-1 / k))
    assert (choices(e, e.phi_min, e.phi_off), choices(e, e.phi_off, e.phi_ex)) == ({0}, {1})


@holds("kz.eq14", "kz.eq14.exporters")
def export_cutoff(e):
    k, tau = e.sigma - 1, e.p["tau"]
    close(e.phi_ex, tau * base(e) * e.p_I_off**e.alpha * (e.sigma * e.p["f_ex"] * e.w / e.E_X) ** (1 / k))
    close(e.phi_ex, e.phi_min * tau * (e.p_I_off / e.p_I_d) ** e.alpha * (e.p["f_ex"] / e.p["f_p"]) ** (1 / k))
    assert (choices(e, e.phi_off, e.phi_ex), choices(e, e.phi_ex, 99 * e.phi_ex)) == ({1}, {3})


@holds("kz.eq13.all-or-none")
def all_or_none(e):
    """Serving m of n markets is never better than both none and all."""
    for phi in productivities(e):
        none, every = e.profit(phi, (True, False)), e.profit(phi, (True, True))
        gain = e.revenue(phi, True, abroad=True) / e.sigma - e.p["f_ex"] * e.w
        for share in (0.25, 0.5, 0.75):
            assert none + share * e.n * gain <= max(none, every) + 1e-9 * abs(every)


def bounds(p):
    power = 1 / (p["alpha"] * (p["sigma"] - 1))
    costly = p["f_ex"] * p["tau"] ** (p["sigma"] - 1)
    return (p["f_p"] / (p["f_p"] + p["f_I"])) ** power, max(1 - p["f_I"] / costly, 0.0) ** power


@holds("kz.A.3.equivalence")
def order_of_bounds(e):
    for factor in (0.2, 0.5, 0.9, 1.1, 2.0):
        p = {**e.p, "f_ex": e.p["f_ex"] * factor}
        low, high = bounds(p)
        assert (high > low) == (p["f_p"] + p["f_I"] < p["f_ex"] * p["tau"] ** (p["sigma"] - 1))


@holds("kz.A.2-width.tau", "kz.A.2-width.f_ex")
def width(e):
    for name in ("tau", "f_ex"):
        low, high = bounds(e.p)
        low_2, high_2 = bounds({**e.p, name: 1.1 * e.p[name]})
        assert high_2 - low_2 > high - low


@fails("kz.A.2-width.f_p", "kz.A.2-width.f_I")
def width_reversed(v, e):
    name = next(name for name in ("f_p", "f_I") if f"{name}_1" in v)
    low, high = bounds(e.p)
    low_2, high_2 = bounds({**e.p, name: v[f"{name}_1"]})
    assert v[f"{name}_1"] > v[name]
    assert (high_2 - low_2 > high - low) == (name == "f_I")


@holds("kz.A.2-fI0")
def free_offshoring(e):
    """With f_I = 0 all firms source alike, at any tau_I."""
    phi = productivities(e)
    for tau_I in np.linspace(1.01, 3, 4) * e.p["tau_I"]:
        free = e.but(f_I=0.0, tau_I=tau_I)
        gains = np.array([free.profit(phi, (True, x), e.P_X) - free.profit(phi, (False, x), e.P_X) for x in (0, 1)])
        assert len(set(np.sign(gains).ravel())) == 1


@holds("kz.A.2-violations.A.1")
def no_offshoring(e):
    dear = e.but(tau_I=1.01 * e.p_I_d / e.p_I_w)
    assert dear.p_I_off > dear.p_I_d
    assert not any(s[0] for _, _, s in dear.groups(e.P_X))


@holds("kz.A.2-violations.A.3")
def only_exporters_offshore(e):
    for factor in (0.1, 0.5, 0.99):
        f_ex = factor * (e.p["f_p"] + e.p["f_I"]) * e.p["tau"] ** (1 - e.sigma)
        assert all(s[1] for _, _, s in e.but(f_ex=f_ex).groups(e.P_X) if s[0])


@fails("kz.A.2-violations.A.2")
def some_source_at_home(v, e):
    low, high = sorted(bounds(e.p))
    assert not low < e.p_I_off / e.p_I_d < high
    assert e.p_I_off < e.p_I_d
    assert any(not s[0] for _, _, s in e.groups(v["P_X"]))


def priced(e, relative):
    """Return the economy with another relative price of foreign intermediates."""
    return e.but(tau_I=e.p["tau_I"] * relative / (e.p_I_off / e.p_I_d))


@holds("kz.edge.all")
def all_offshore(e):
    cheap = priced(e, 0.98 * bounds(e.p)[0])
    assert all(offshores for _, _, (offshores, _) in cheap.groups(e.P_X))


@found_false("kz.edge.some")
def some_offshore(e):
    """Halfway between the upper threshold and an even price large firms gain by offshoring, and most firms do not."""
    dear = priced(e, (1 + bounds(e.p)[1]) / 2)
    low, high = (dear.options(np.array([x]), e.P_X)[:, 0] for x in (1.01 * e.phi_min, 1e9 * e.phi_min))
    return high[1] > high[0] and low[1] < low[0]


@fails("kz.edge.some")
def a_large_firm_offshores(v, e):
    assert e.p_I_off / e.p_I_d >= bounds(e.p)[1]
    home, away = (e.profit(v["phi"], (offshores, False), v["P_X"]) for offshores in (False, True))
    close([home, away], [143, 563])


@fails("kz.A.2-violations.A.3-groups")
def nobody_exports_only(v, e):
    low, high = bounds(e.p)
    assert high < low
    assert e.p_I_off < e.p_I_d
    assert (False, True) not in [s for _, _, s in e.groups(v["P_X"])]
    assert (True, True) in [s for _, _, s in e.groups(v["P_X"])]


# --- section 3: aggregation and the accounts --------------------------------------------------------------------


@holds("kz.eq15.groups", "kz.AppB.averages")
def averages(e):
    k, names = e.sigma - 1, ("d", "off", "ex")
    parts = sum(e.mass(e.group(g)) * e.average(e.group(g)) ** k for g in names)
    close(e.average(lambda o, x: True), (parts / e.M) ** (1 / k))
    assert sorted(s for _, _, s in e.chosen) == [(False, False), (True, False), (True, True)]


@holds("kz.AppB.cutoffs")
def efficiencies(e):
    for phi in (e.phi_off, e.phi_ex):
        close(e.w ** (1 - e.alpha) / e.cost(phi, True), phi / e.p_I_off**e.alpha)


def total_average(e):
    k = e.sigma - 1
    total = e.M * e.average(lambda o, x: True) ** k
    total += e.n * e.M_ex * (e.average(lambda o, x: x) / e.p["tau"]) ** k
    return (total / e.M_t) ** (1 / k)


def at_efficiency(e, Phi):
    """Return revenue at home of a firm of efficiency Phi."""
    return (e.w ** (1 - e.alpha) / (e.rho * Phi * e.P_X)) ** (1 - e.sigma) * e.E_X


@holds("kz.aggregates.price-index", "kz.aggregates.revenue", "kz.eq20")
def aggregates(e):
    Phi = total_average(e)
    close(e.P_X, e.M_t ** (1 / (1 - e.sigma)) * e.w ** (1 - e.alpha) / (e.rho * Phi))
    close(e.sales, e.M_t * at_efficiency(e, Phi))
    close(e.sales, e.p["beta"] * e.w * e.p["L"])


@fails("kz.aggregates.average-firm")
def average_firm(v, e):
    close([e.M, e.sales, e.P_X], [v["M"], v["R_X"], v["P_X"]], 1e-8)
    Phi = e.average(lambda o, x: True)
    for markets in (1.0, 1 + e.n * e.p["tau"] ** (1 - e.sigma)):
        assert abs(e.M * markets * at_efficiency(e, Phi) / e.sales - 1) > 1e-3


@fails("kz.eq18.average-firm")
def profit_of_average_firm(v, e):
    close(e.pi_bar, v["pi_bar"], 1e-8)
    Phi, p = e.average(lambda o, x: True), e.p
    variable = at_efficiency(e, Phi) / e.sigma
    for f, markets in (
        (p["f_p"], 1.0),
        (p["f_p"] + p["f_I"], 1.0),
        (p["f_p"] + p["f_I"] + e.n * p["f_ex"], 1 + e.n * p["tau"] ** (1 - e.sigma)),
    ):
        assert abs((variable * markets - f * e.w) / e.pi_bar - 1) > 1e-3


@holds("kz.eq17")
def welfare(e):
    beta, k = e.p["beta"], e.sigma - 1
    hat = beta**beta * (1 - beta) ** (1 - beta)
    price = e.w ** (1 - e.alpha) / (e.rho * total_average(e))
    close(e.welfare, e.w * hat * e.M_t ** (beta / k) * price**-beta)
    tail = (beta * e.p["L"] / (e.sigma * e.p["f_p"])) ** (beta / k)
    lead = (e.rho / (e.w ** (1 - e.alpha) * e.p_I_d**e.alpha)) ** beta
    close(e.welfare, e.phi_min**beta * e.w * hat * lead * tail)


@holds("kz.welfare-W")
def welfare_of_w(e):
    """W consumes the numeraire only: its wage in units of it, at any tau_I."""
    for near in e.neighbours("tau_I"):
        close(near.p["phi_I_w"] * near.p_I_w, near.p["phi_Y_w"])


@holds("kz.eq19.groups", "kz.eqC1")
def average_profit(e):
    """Each group earns its mass times the profit of its average firm."""
    p, total = e.p, 0.0
    strategies = {"d": (False, False), "off": (True, False), "ex": (True, True)}
    for g, (o, x) in strategies.items():
        fixed = (p["f_p"] + o * p["f_I"] + x * e.n * p["f_ex"]) * e.w
        markets = 1 + x * e.n * p["tau"] ** (1 - e.sigma)
        share = e.mass(e.group(g)) / e.M_e
        total += share * (markets * at_efficiency(e, e.average(e.group(g))) / e.sigma - fixed)
    close(total / (e.M / e.M_e), e.pi_bar, 1e-9)
    close(total, p["f_e"] * e.w, 1e-9)


@holds("kz.eq21", "kz.balance")
def accounts(e):
    p = e.p
    countries, Y = e.n + 1, p["phi_Y"] * e.labour["Y"]
    shipped = countries * p["tau_I"] * e.imports / e.p_I_off
    Y_w = p["phi_Y_w"] * (p["L_w"] - shipped / p["phi_I_w"])
    demand_w = p["phi_Y_w"] * p["L_w"]
    demanded = countries * (1 - p["beta"]) * e.w * p["L"] + demand_w
    assert abs(countries * Y + Y_w - demanded) < 1e-10 * (demanded + abs(Y_w))
    close(e.p_I_w * shipped, demand_w - Y_w, 1e-8)


@holds("kz.labour.income")
def income(e):
    close(e.labour["e"], e.M * e.pi_bar / e.w, 1e-9)


@fails("kz.labour.entry")
def entry_labour(v, e):
    close([e.M, e.pi_bar, e.labour["e"]], [v["M"], v["pi_bar"], v["L_e"]], 1e-8)
    assert abs(e.M * e.p["f_e"] / (e.M * e.pi_bar / e.w) - 1) > 1e-3
