"""Every curve in the pictures of Baldwin and Okubo lies on the proved formula."""

from itertools import pairwise

import numpy as np
import pytest
import sympy as sp

from symhet.papers.bo import averages, existence, weights
from symhet.papers.bo.agglomeration import phi_P, phi_S_after, phi_S_before
from symhet.papers.bo.model import Phase, a_D, a_R, a_X, alpha, beta, f, f_I, kappa, phi, rho, s_E, sigma
from symhet.papers.bo.quantities import DEFAULTS
from symhet.papers.bo.relocation import PRINTED_CUT
from symhet.papers.bo.relocation_facts import RATIO
from symhet.render import plots
from tests.referees.bo import Economy, Firms

SIZES = {
    sigma: DEFAULTS["sigma"], beta: DEFAULTS["rho"] / (DEFAULTS["sigma"] - 1), s_E: DEFAULTS["s_E"],
    f: DEFAULTS["f"], f_I: DEFAULTS["f_I"],
}  # fmt: skip
A = float(alpha.subs(SIZES))
P, S = (float(x.subs(SIZES)) for x in (phi_P, phi_S_after))


def value(term, at=None, **more):
    """Evaluate a term in the calibrated economy."""
    return float(term.subs({**SIZES, **(at or {}), **more}))


def curve(term, grid):
    return sp.lambdify(phi, term.subs(SIZES), "numpy")(np.asarray(grid)) * np.ones(len(grid))


def steps(axes):
    """Return the edges and the values of the two weights."""
    return [(patch.get_data().edges, patch.get_data().values) for patch in axes.patches if hasattr(patch, "get_data")]


def long_run(free):
    top = value((kappa / (1 + phi**beta)) ** (1 / rho), {phi: free})
    moved = value(existence.MOVED[Phase.XX if free < P else Phase.DD], {phi: free}) ** (1 / A)
    return {phi: free, a_D: top, a_X: free ** (1 / (SIZES[sigma] - 1)) * top, a_R: moved * top}


def test_figure_2_draws_the_proved_weights():
    drawn = steps(plots.draw("bo-figure2").axes[0])
    for free, (edges, values) in zip((0.2, 0.5), drawn, strict=True):
        at = long_run(free)
        assert edges == pytest.approx([0, at[a_X], at[a_D]])
        assert values == pytest.approx([value(w, {phi: free}) for w in (weights.weight_X, weights.weight_D)])
    assert drawn[0][1][0] == pytest.approx(1.812, abs=5e-4)


def test_figure_5_draws_weights_that_make_the_proved_averages():
    figure = plots.draw("bo-figure5")
    for nation, axes in enumerate(figure.axes):
        for free, (edges, values) in zip((0.2, 0.5), steps(axes), strict=True):
            at = long_run(free)
            assert edges == pytest.approx([0, at[a_R], at[a_X], at[a_D]])
            assert values[1] / values[2] == pytest.approx(1 + free)
            whole, mean = (
                sum(w * (high**p - low**p) / p for w, (low, high) in zip(values, pairwise(edges), strict=True))
                for p in (A, A + 1)
            )
            assert whole == pytest.approx(1)
            assert mean == pytest.approx(value(averages.AVERAGES["XX"][nation], at))


@pytest.mark.parametrize(("name", "cutoffs"), [("bo-figure2", "XD"), ("bo-figure5", "RXD")])
def test_cutoffs_and_exit_are_marked(name, cutoffs):
    for axes in plots.draw(name).axes:
        written = {text.get_text() for text in axes.texts}
        assert written == {f"$a_{x}{prime}$" for x in cutoffs for prime in ("", "'")}
        assert "exit" in axes.get_legend_handles_labels()[1]


def test_figure_3_draws_the_gains_of_the_referee():
    e = Economy(DEFAULTS["sigma"], DEFAULTS["rho"], 0.4, DEFAULTS["s_E"], DEFAULTS["f"], DEFAULTS["f_I"])
    exporters, others, paying = plots.draw("bo-figure3").axes[0].lines[:3]
    top, cutoff = others.get_xdata()[-1], others.get_xdata()[0]
    assert top == pytest.approx(value(kappa ** (1 / rho)))
    n_w = value((1 - 1 / beta) / f)
    gap = others.get_ydata()[-1] * top ** (e.sigma - 1)
    a = others.get_xdata()
    B_star = (others.get_ydata()[5] - paying.get_ydata()[5] - e.f) / -(e.phi * a[5] ** (1 - e.sigma))
    B = B_star + gap
    assert e.phi * cutoff ** (1 - e.sigma) * B == pytest.approx(e.f)
    out = (e.phi * B_star / e.f) ** (1 / (e.sigma - 1))
    firms = Firms(e.s_E * n_w, (1 - e.s_E) * n_w, top, top, out, cutoff)
    assert firms.demands(e) == pytest.approx((B, B_star), rel=1e-9)
    assert exporters.get_ydata() == pytest.approx((1 - e.phi) * gap * exporters.get_xdata() ** (1 - e.sigma))


def test_figure_4_draws_the_densities_of_those_who_stay_and_those_who_moved():
    north, south = plots.draw("bo-figure4").axes
    top = value(kappa ** (1 / rho))
    marks = [float(line.get_xdata()[0]) for line in south.lines]
    assert marks == [float(line.get_xdata()[0]) for line in north.lines]
    moved, out, end = marks
    assert end == pytest.approx(top)
    assert value(PRINTED_CUT.lhs, {phi: 0.5, a_X: out}) == pytest.approx(DEFAULTS["f"])
    assert moved == pytest.approx(out * value(RATIO["XX"], {phi: 0.5}) ** (1 / A))
    n_w, size, shape = value((1 - 1 / beta) / f), DEFAULTS["s_E"], DEFAULTS["rho"]

    def heights(collection):
        """Return the highest point drawn over each cost."""
        points = collection.get_paths()[0].vertices
        return [(x, max(y for at, y in points if at == x)) for x in np.unique(points[:, 0]) if x > 0]

    for x, y in heights(north.collections[0]):
        assert y == pytest.approx(size * n_w * shape * x ** (shape - 1) / top**shape)
    for x, y in heights(north.collections[1]):
        if x < moved:
            assert y == pytest.approx(n_w * shape * x ** (shape - 1) / top**shape)
    for x, y in heights(south.collections[0]):
        expected = (1 - size) * n_w * shape * x ** (shape - 1) / top**shape if x >= moved else 0
        assert y == pytest.approx(expected, abs=1e-12)


def test_cutoffs_lie_on_the_proved_formulas():
    before, after = plots.draw("bo-cutoffs").axes
    grid = before.lines[0].get_xdata()
    top, out, moved = (line.get_ydata() for line in before.lines[:3])
    assert top == pytest.approx(value(kappa ** (1 / rho)))
    inside = grid < value(phi_S_before)
    for x, a, r in list(zip(grid[inside], out[inside], moved[inside], strict=True))[::25]:
        assert value(PRINTED_CUT.lhs, {phi: x, a_X: a}) == pytest.approx(DEFAULTS["f"])
        ratio = RATIO["XX" if x < P else "DD"]
        assert r == pytest.approx(a * value(ratio, {phi: x}) ** (1 / A))
    top, out, moved = (line.get_ydata() for line in after.lines[:3])
    for x, a, b, r in list(zip(grid, top, out, moved, strict=True))[::25]:
        if x < S:
            at = long_run(x)
            assert [a, b, r] == pytest.approx([at[a_D], at[a_X], at[a_R]])
        else:
            size = DEFAULTS["s_E"]
            assert [a, b] == pytest.approx([value((s * kappa) ** (1 / rho)) for s in (size, 1 - size)])
            assert r == pytest.approx(a)


def test_both_sustain_points_are_marked_where_they_are_disputed():
    before = plots.draw("bo-cutoffs").axes[0]
    marked = [float(line.get_xdata()[0]) for line in before.lines[3:]]
    assert sorted(marked) == pytest.approx(sorted([P, S, value(phi_S_before)]))
    assert any("printed" in text.get_text() for text in before.texts)


def test_the_sustain_points_are_the_proved_ones():
    printed, true = plots.draw("bo-sustain").axes[0].lines[:2]
    for line, term in ((printed, phi_S_after), (true, phi_S_before)):
        drawn = sp.lambdify(beta, term.subs(s_E, DEFAULTS["s_E"]), "numpy")(line.get_xdata())
        assert line.get_ydata() == pytest.approx(drawn)


def test_average_costs_are_the_proved_ones():
    figure = plots.draw("bo-productivity")
    e = 1 / rho
    stay = alpha / (alpha + 1) * kappa**e * (1 + phi ** (beta * (1 + e))) / (1 + phi**beta) ** (1 + e)
    for nation, axes in enumerate(figure.axes):
        relocation, without = axes.lines[:2]
        grid = without.get_xdata()
        inside = grid < S * 0.999
        assert without.get_ydata()[inside] == pytest.approx(curve(stay, grid[inside]))
        for x, y in list(zip(grid[inside], relocation.get_ydata()[inside], strict=True))[::40]:
            assert y == pytest.approx(value(averages.AVERAGES["XX" if x < P else "DD"][nation], long_run(x)))


@pytest.mark.parametrize("name", [name for name in plots.names() if name.startswith("bo-")])
def test_axes_are_labelled_and_parameters_stand_on_the_picture(name):
    figure = plots.draw(name)
    assert "s_E" in figure.get_suptitle()
    for axes in figure.axes:
        assert axes.get_xlabel()
        assert axes.get_ylabel()
