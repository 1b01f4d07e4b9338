"""Every curve in the pictures of Kleinert and Zorell lies on the proved formula, or on what firms do one by one."""

import numpy as np
import pytest
from matplotlib.collections import PolyCollection

import symhet
from symhet.papers.kz.parameters import DEFAULTS
from symhet.render import plots
from tests.papers.kz.economy import STRATEGIES, Economy
from tests.papers.kz.laws import LogNormal, Mixture, Pareto

PARETO, LOGNORMAL = Pareto(4.25, 1.0), LogNormal(0.45, 0.3)
BUNCHED = Mixture((0.75, 0.25), (LogNormal(0.05, 0.64), PARETO))
K = DEFAULTS["sigma"] - 1
USUAL = Economy(PARETO, **DEFAULTS)
CUTOFFS = ("phi_min", "phi_off", "phi_ex")
GAIN = (USUAL.p_I_off / USUAL.p_I_d) ** (-DEFAULTS["alpha"] * K)


def proved_cutoffs():
    """Return the three cutoffs, the two upper ones from (12) and (14) as they are proved."""
    known = {name: DEFAULTS[name] for name in ("alpha", "sigma", "tau", "f_p", "f_I", "f_ex")}
    known |= {"p_I_off": USUAL.p_I_off, "p_I_d": USUAL.p_I_d, "phi_min": USUAL.phi_min}

    def found(claim):
        function = symhet.numeric(claim)
        return float(function(**{name: known[name] for name in function.inputs})[function.outputs[0]])

    return [USUAL.phi_min, found("kz.eq12"), found("kz.eq14")]


def marked(axes):
    return [float(line.get_xdata()[0]) for line in axes.lines if len(set(line.get_xdata())) == 1]


def tail_profit(law, cutoff, cost):
    """Return the expected profit of a cost, j(cutoff) times the cost, by quadrature over firms."""
    return cost * USUAL_LAW[law].integral(lambda phi: (phi / cutoff) ** K - 1, np.log(cutoff), np.inf)


USUAL_LAW = {law: Economy(law, **DEFAULTS) for law in (PARETO, LOGNORMAL)}


def test_partition_draws_the_density_between_the_proved_cutoffs():
    axes = plots.draw("kz-partition").axes[0]
    x, density = axes.lines[0].get_data()
    assert density == pytest.approx(PARETO.density(x))
    cutoffs = proved_cutoffs()
    assert marked(axes) == pytest.approx(cutoffs)
    groups = [c.get_paths()[0].vertices for c in axes.collections if isinstance(c, PolyCollection)]
    assert [points[:, 0].min() for points in groups] == pytest.approx(cutoffs)
    for points in groups:
        assert np.max(np.abs(points[:, 1] * (points[:, 1] - PARETO.density(points[:, 0])))) < 1e-9


def test_profits_are_those_of_firms():
    axes = plots.draw("kz-profits").axes[0]
    drawn = dict(zip(((False, False), (True, False), (True, True), (False, True)), axes.lines[:4], strict=True))
    assert set(drawn) == set(STRATEGIES)
    for strategy, line in drawn.items():
        z, profit = line.get_data()
        assert profit[1:] == pytest.approx(USUAL.profit(z[1:] ** (1 / K), strategy) / USUAL.w, rel=1e-6, abs=1e-6)
    z, best = axes.lines[4].get_data()
    assert best[1:] == pytest.approx(np.max(USUAL.options(z[1:] ** (1 / K)), axis=0) / USUAL.w, rel=1e-6, abs=1e-6)
    assert marked(axes) == pytest.approx([cutoff**K for cutoff in proved_cutoffs()])


def test_zero_cutoff_profit_and_free_entry_are_the_corrected_ones():
    """(C.3) with j = phi^(1-sigma) T - S, by quadrature: each fixed cost counted once."""
    off = (DEFAULTS["f_I"] / (DEFAULTS["f_p"] * (GAIN - 1))) ** (1 / K)
    out = DEFAULTS["tau"] * (DEFAULTS["f_ex"] / (DEFAULTS["f_p"] * GAIN)) ** (1 / K)
    layers = ((DEFAULTS["f_p"], 1.0), (DEFAULTS["f_I"], off), (DEFAULTS["n"] * DEFAULTS["f_ex"], out))
    for axes, law in zip(plots.draw("kz-equilibrium").axes, (PARETO, LOGNORMAL), strict=True):
        (x, profit), (_, entry) = (line.get_data() for line in axes.lines[:2])
        for phi, zcp, fe in list(zip(x, profit, entry, strict=True))[5::30]:
            survive = USUAL_LAW[law].integral(np.ones_like, np.log(phi), np.inf)
            expected = sum(tail_profit(law, phi * ratio, cost) for cost, ratio in layers)
            assert [zcp, fe] == pytest.approx([expected / survive, DEFAULTS["f_e"] / survive], rel=1e-7)
        assert marked(axes) == pytest.approx([USUAL_LAW[law].phi_min])


def test_liberalisation_draws_cutoffs_trade_and_welfare_of_firms():
    panels = [axes.lines for axes in plots.draw("kz-liberalisation").axes]
    drawn = dict(
        zip((*CUTOFFS, "exports", "imports", "welfare"), [line for lines in panels for line in lines], strict=True)
    )
    for place in (3, 20, 35):
        tau_I = float(drawn["phi_min"].get_xdata()[place])
        there = USUAL.but(tau_I=tau_I)
        for name, line in drawn.items():
            assert line.get_ydata()[place] == pytest.approx(getattr(there, name) / getattr(USUAL, name), rel=1e-7)


def test_the_region_lies_between_the_thresholds_of_the_paper():
    low, high = plots.draw("kz-region").axes[0].lines
    f_I, power = low.get_xdata(), 1 / (DEFAULTS["alpha"] * K)
    assert low.get_ydata() == pytest.approx((DEFAULTS["f_p"] / (DEFAULTS["f_p"] + f_I)) ** power)
    whole = DEFAULTS["f_ex"] * DEFAULTS["tau"] ** K
    assert high.get_ydata()[:-1] == pytest.approx((1 - f_I[:-1] / whole) ** power)


def test_aggregate_exports_are_those_of_firms_under_both_distributions():
    for line, law in zip(plots.draw("kz-aggregate-exports").axes[0].lines, (PARETO, BUNCHED), strict=True):
        tau_I, drawn = line.get_data()
        economies = [Economy(law, **{**DEFAULTS, "tau_I": float(tau_I[place])}) for place in (10, 40, -1)]
        whole = [economy.exports for economy in economies]
        assert drawn[[10, 40]] == pytest.approx([value / whole[-1] for value in whole[:2]], rel=1e-6)


@pytest.mark.parametrize("name", [name for name in plots.names() if name.startswith("kz-")])
def test_axes_are_labelled_and_parameters_stand_on_the_picture(name):
    figure = plots.draw(name)
    assert r"\sigma=4" in figure.get_suptitle()
    for axes in figure.axes:
        assert axes.get_xlabel()
        assert axes.get_ylabel()
