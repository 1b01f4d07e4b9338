"""Checks of section 4 and Appendix D of Kleinert and Zorell: central differences of whole equilibria, firm by firm."""

from operator import attrgetter

import numpy as np

from tests.papers.kz.draws import both_signs, close, fails, holds, reversed_draws, under
from tests.papers.kz.economy import Economy
from tests.papers.kz.laws import Pareto, Piecewise

P_X, phi_min, phi_off, phi_ex, exports, imports = map(
    attrgetter, ("P_X", "phi_min", "phi_off", "phi_ex", "exports", "imports")
)
SMOOTH = 1e-4


def total_trade(e):
    return e.exports + e.imports


def incumbent(e):
    """Return a productivity well above the export cutoff."""
    return 1.5 * e.phi_ex


@holds("kz.R.1")
def competition(e):
    assert e.elasticity(phi_min, "tau_I") < 0 < e.elasticity(P_X, "tau_I")


@holds("kz.off-falls")
def offshoring_spreads(e):
    assert e.elasticity(phi_off, "tau_I") > 0


@holds("kz.eq22", "kz.R.2.extensive")
def export_cutoff(e):
    assert e.elasticity(phi_ex, "tau_I") > 0
    below, above = e.neighbours("tau_I")
    shift = (below.p["tau_I"] / above.p["tau_I"]) ** e.alpha * below.phi_min / above.phi_min
    close(below.phi_ex / above.phi_ex, shift)
    assert shift < 1


@holds("kz.eq23", "kz.R.2.intensive", "kz.eq24.offshorers")
def incumbents(e):
    phi, (below, above) = incumbent(e), e.neighbours("tau_I")
    shift = (below.p["tau_I"] / above.p["tau_I"]) ** e.alpha * below.phi_min / above.phi_min
    for abroad in (False, True):
        gain = below.revenue(phi, True, abroad) / above.revenue(phi, True, abroad)
        close(gain, shift ** (1 - e.sigma))
        assert gain > 1


@holds("kz.eq24.home")
def home_sourcers(e):
    phi, (below, above) = (e.phi_min * e.phi_off) ** 0.5, e.neighbours("tau_I")
    assert below.revenue(phi, False) < above.revenue(phi, False)
    assert below.profit(phi, (False, False)) < above.profit(phi, (False, False))


def intensive_share(e, sigma, cutoff):
    """Return incumbents' share in the response of exports to a price that all exporters share, by differences."""
    k = sigma - 1

    def sold(cost, cutoff):
        return cost**-k * e.integral(lambda z: (z / cutoff_0) ** k, np.log(cutoff), np.inf)

    cutoff_0, up, down = cutoff, 1 + SMOOTH, 1 - SMOOTH
    intensive = sold(up, cutoff) - sold(down, cutoff)
    whole = sold(up, cutoff * up) - sold(down, cutoff * down)
    return intensive / whole


@holds("kz.R.2-sigma.cutoff")
def margins(e):
    if isinstance(e.law, Pareto) and e.law.shape <= e.sigma - 1 + 0.25:
        return
    larger = e.sigma + 0.2
    assert intensive_share(e, larger, e.phi_ex) > intensive_share(e, e.sigma, e.phi_ex)


@under("kz.R.2-sigma.equilibrium")
def margins_across_equilibria(e):
    """For Pareto, at the cutoffs of the two equilibria."""
    if not isinstance(e.law, Pareto) or e.law.shape <= e.sigma - 1 + 0.1:
        return False
    other = e.but(sigma=e.sigma + 0.05)
    assert intensive_share(other, other.sigma, other.phi_ex) > intensive_share(e, e.sigma, e.phi_ex)
    return True


@fails("kz.R.2-sigma.equilibrium")
def margins_may_reverse(v, e):
    other = e.but(sigma=v["sigma_1"])
    cutoffs = [e.phi_ex / e.phi_min, other.phi_ex / other.phi_min]
    close(cutoffs, [v["phi_ex"] / v["phi_min"], v["phi_ex_s"] / v["phi_min_s"]], 1e-8)
    assert intensive_share(other, other.sigma, other.phi_ex) <= intensive_share(e, e.sigma, e.phi_ex)


@holds("kz.R.3.cif", "kz.R.3.fob", "kz.R.3.quantity")
def inter_industry(e):
    for value in (imports, lambda e: e.imports / e.p_I_off * e.p["tau_I"] * e.p_I_w, lambda e: e.imports / e.p_I_off):
        assert e.elasticity(value, "tau_I") < 0


@holds("kz.R.3.labour")
def labour_moves(e):
    assert e.elasticity(lambda e: e.labour["I"], "tau_I") > 0
    below, above = e.neighbours("tau_I")
    assert below.labour["Y"] > above.labour["Y"]


@holds("kz.R.4", "kz.fI-welfare")
def welfare(e):
    assert e.elasticity(lambda e: e.welfare, "tau_I") < 0
    assert e.elasticity(lambda e: e.welfare, "f_I") < 0


def placed(law, cutoffs, gain, n=1.0, tau=2.0):
    """Return an economy whose firms stand at given cutoffs: fixed costs by indifference, entry by what it earns."""
    k = 2.0
    p = {
        "alpha": 0.5, "beta": 0.5, "sigma": 3.0, "tau": tau, "tau_I": 1.25, "n": n, "phi_Y": 1.0, "phi_I": 1.0,
        "phi_Y_w": 0.5, "phi_I_w": 0.625 * gain, "f_p": 1.0, "f_I": (gain - 1) * cutoffs[0] ** k,
        "f_ex": gain * (cutoffs[1] / tau) ** k, "f_e": 1.0, "L": 6.0, "L_w": 12.0,
    }  # fmt: skip
    e = Economy(law, **p)
    earned = e.over(lambda phi, s: e.profit(phi, s, 1.5), P_X=1.5)
    return e.but(f_e=earned / e.w)


FLAT = Piecewise((0.5, 4.0), (999 / 3500,), 4.0)
CROWDED = Piecewise((0.5, 2.9, 3.1, 4.0), (0.02, 4.0, 0.1), 4.0)


@both_signs("kz.fI-trade")
def trade_and_fixed_cost():
    return [placed(FLAT, (2, 3), gain).elasticity(total_trade, "f_I") for gain in (1.25, 3.0)]


@both_signs("kz.R.4-variety.mass")
def varieties():
    return [placed(law, (2, 3), 1.25, 4.0).elasticity(lambda e: e.M_t, "tau_I") for law in (FLAT, CROWDED)]


@holds("kz.fI-ex")
def fixed_cost_of_offshoring(e):
    assert e.elasticity(phi_min, "f_I") < 0 < e.elasticity(phi_off, "f_I")
    assert e.elasticity(phi_ex, "f_I") < 0
    phi = incumbent(e)
    assert e.elasticity(lambda near: near.revenue(phi, True, abroad=True), "f_I") > 0


@holds("kz.tau-off.tau", "kz.melitz.tau")
def trade_cost(e):
    assert e.elasticity(phi_off, "tau") < 0
    assert e.elasticity(phi_min, "tau") < 0 < e.elasticity(phi_ex, "tau")


@holds("kz.tau-off.f_ex", "kz.melitz.f_ex")
def cost_of_exporting(e):
    assert e.elasticity(phi_off, "f_ex") < 0
    assert e.elasticity(phi_min, "f_ex") < 0 < e.elasticity(phi_ex, "f_ex")


@holds("kz.melitz.n")
def markets(e):
    """More countries raise both cutoffs, as they do in the same economy without offshoring, which is Melitz's.

    Where hardly any firm exports without offshoring, nothing of that is left in floating point.
    """
    melitz = e.but(f_I=1e9)
    for economy in (e, melitz) if melitz.M_ex > 1e-9 * melitz.M else (e,):
        assert economy.elasticity(phi_min, "n") > 0
        assert economy.elasticity(phi_ex, "n") > 0


# --- where only exporters offshore ------------------------------------------------------------------------------


@reversed_draws("kz.A3-violated.cutoffs", "kz.A3-violated.order", "kz.A3-violated.free-entry")
def reversed_cutoffs(e):
    k, reach = e.sigma - 1, e.n * e.p["tau"] ** (1 - e.sigma)
    extra = (e.p_I_off / e.p_I_d) ** (-e.alpha * k) - 1
    assert [s for _, _, s in e.chosen] == [(False, False), (False, True), (True, True)]
    ex = e.p["tau"] * (e.p["f_ex"] / e.p["f_p"]) ** (1 / k)
    off = (e.p["f_I"] / (e.p["f_p"] * extra * (1 + reach))) ** (1 / k)
    close([e.phi_ex, e.phi_off], [e.phi_min * ex, e.phi_min * off])
    assert e.phi_min < e.phi_ex < e.phi_off
    steps = zip((e.p["f_p"], e.n * e.p["f_ex"], e.p["f_I"]), (e.phi_min, e.phi_ex, e.phi_off), strict=True)
    close(sum(f * e.integral(lambda z, c=c: (z / c) ** k - 1, np.log(c), np.inf) for f, c in steps), e.p["f_e"], 1e-8)


@reversed_draws("kz.A3-violated.tau_I-ex", "kz.A3-violated.f_I-ex", "kz.A3-violated.exports")
def reversed_statics(e):
    for name in ("tau_I", "f_I"):
        assert e.elasticity(phi_min, name) < 0
        assert e.elasticity(phi_ex, name) < 0
    phi = 1.5 * e.phi_off
    assert e.elasticity(lambda near: near.revenue(phi, True, abroad=True), "tau_I") < 0


# --- Appendix D -------------------------------------------------------------------------------------------------


def weights(e):
    """Return fixed costs times the relative tail moments at the three cutoffs."""
    k, steps = e.sigma - 1, (e.p["f_p"], e.p["f_I"], e.n * e.p["f_ex"])
    cutoffs = (e.phi_min, e.phi_off, e.phi_ex)
    return [f * e.integral(lambda z, c=c: (z / c) ** k, np.log(c), np.inf) for f, c in zip(steps, cutoffs, strict=True)]


def compare(e, name, predicted):
    """Hold elasticities of the three cutoffs as the ledger derives them against differences of equilibria."""
    found = [e.elasticity(cutoff, name) for cutoff in (phi_min, phi_off, phi_ex)]
    np.testing.assert_allclose(found, predicted, rtol=2e-4, atol=1e-5)
    return found


@holds("kz.D-min", "kz.D-bound1", "kz.D-bound1.bound", "kz.eqD1", "kz.eqD1.bound", "kz.eqD1.chain")
def offshoring_cost(e):
    entry, off, ex = weights(e)
    p_hat = 1 - (e.p_I_off / e.p_I_d) ** (e.alpha * (e.sigma - 1))
    least = -e.alpha * (off / p_hat + ex) / (entry + off + ex)
    found = compare(e, "tau_I", [least, least + e.alpha / p_hat, least + e.alpha])
    assert 0 < p_hat < 1
    assert found[0] > -e.alpha
    assert 1 / p_hat - 1 < entry / off
    tails = [e.integral(lambda z: z ** (e.sigma - 1), np.log(c), np.inf) for c in (e.phi_min, e.phi_off)]
    assert tails[0] > tails[1]


@holds("kz.D-fI", "kz.D-tau", "kz.D-fex", "kz.D-n")
def other_costs(e):
    k, (entry, off, ex) = e.sigma - 1, weights(e)
    whole = entry + off + ex
    earned = [f * e.integral(lambda z, c=c: (z / c) ** k - 1, np.log(c), np.inf) for f, c in (
        (e.p["f_I"], e.phi_off), (e.n * e.p["f_ex"], e.phi_ex))]  # fmt: skip
    spent = [(moment - net) / (k * whole) for moment, net in zip((off, ex), earned, strict=True)]
    compare(e, "f_I", [-spent[0], 1 / k - spent[0], -spent[0]])
    compare(e, "f_ex", [-spent[1], -spent[1], 1 / k - spent[1]])
    compare(e, "tau", [-ex / whole, -ex / whole, 1 - ex / whole])
    compare(e, "n", [earned[1] / (k * whole)] * 3)
