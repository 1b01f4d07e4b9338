"""Every picture draws from computed equilibria, into every format, to the same bytes twice."""

import io
import warnings

import numpy as np
import pytest
from click.testing import CliRunner
from matplotlib.patches import StepPatch

from symhet.cli import main
from symhet.errors import DomainError, NoPicture, OutputError, UnknownParameter
from symhet.papers.bo.solver import solve_bo
from symhet.render import plots
from tests.sampled import sampled


@pytest.mark.parametrize("name", plots.names())
def test_every_picture_draws(name):
    figure = plots.draw(name)
    drawn = [artist for axes in figure.axes for artist in (*axes.lines, *axes.collections)]
    assert drawn
    assert all(axes.get_xlabel() or axes.get_title() for axes in figure.axes)


@pytest.mark.parametrize("ending", plots.FORMATS)
def test_files_do_not_depend_on_the_day(tmp_path, ending):
    first, second = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
    plots.save("bo-sustain", first)
    plots.save("bo-sustain", second)
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 2000


def test_unknown_names_and_endings_are_refused(tmp_path):
    with pytest.raises(UnknownParameter, match="bo-figure33"):
        plots.draw("bo-figure33")
    with pytest.raises(OutputError):
        plots.save("bo-figure3", tmp_path / "figure.bmp")
    assert not list(tmp_path.iterdir())


def test_the_gain_from_moving_jumps_up_at_the_export_cutoff():
    exporters, others, paying = plots.draw("bo-figure3").axes[0].lines[:3]
    last, first, charged = exporters.get_ydata()[-1], others.get_ydata()[0], paying.get_ydata()[0]
    assert first == pytest.approx(last / (1 - 0.4))
    assert charged == pytest.approx(last, rel=1e-9)


def test_relocation_starts_from_nothing_and_reaches_the_domestic_cutoff():
    relocation = plots.draw("bo-cutoffs").axes[1].lines[2].get_ydata()
    assert relocation[0] < 0.01
    assert relocation[-1] == pytest.approx(float(solve_bo("long-run", phi=0.99).a_D))


def test_the_legend_of_the_strategies_lies_beside_the_lines():
    figure = plots.draw("kz-profits")
    figure.canvas.draw()
    (legend,) = figure.legends
    assert not legend.get_window_extent().overlaps(figure.axes[0].get_window_extent())


def test_zero_cutoff_profit_is_level_with_pareto_and_falls_with_lognormal():
    level, falling = (axes.lines[0].get_ydata() for axes in plots.draw("kz-equilibrium").axes)
    assert level == pytest.approx(level[0], rel=1e-9)
    assert (falling[1:] < falling[:-1]).all()


def test_curves_cross_where_the_cutoff_is_marked():
    for axes in plots.draw("kz-equilibrium").axes:
        (profit, entry), cutoff = axes.lines[:2], axes.lines[2].get_xdata()[0]
        here = [float(np.interp(cutoff, *line.get_data())) for line in (profit, entry)]
        assert here[0] == pytest.approx(here[1], rel=2e-3)


@pytest.mark.parametrize("name", plots.names())
def test_pictures_are_small(name, tmp_path):
    plots.save(name, tmp_path / "picture.svg")
    assert (tmp_path / "picture.svg").stat().st_size < 80_000


OTHERS = {"tau": 1.6, "f_ex": 1.2, "sigma": 4.2, "rho": 6.0, "s_E": 0.55, "f_I": 0.9}


def drawn(figure):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="rgba", dpi=50)
    return buffer.getvalue()


@pytest.mark.parametrize("most", [1, pytest.param(len(OTHERS), marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", sampled(plots.names(), 3))
def test_every_picture_is_drawn_at_other_parameters(name, most):
    usual = drawn(plots.draw(name))
    taken = [parameter for parameter in OTHERS if parameter in plots.parameters_of(name)]
    assert taken
    for parameter in taken[:most]:
        assert drawn(plots.draw(name, **{parameter: OTHERS[parameter]})) != usual, parameter


@pytest.mark.parametrize("name", plots.names())
def test_what_moves_in_a_picture_is_not_given_to_it(name):
    for parameter in plots.plots()[name].apart.split():
        assert parameter not in plots.parameters_of(name)
        with pytest.raises(UnknownParameter, match="moves or does not matter"):
            plots.draw(name, **{parameter: 0.3})


def test_pictures_of_what_is_no_economy_are_refused(tmp_path):
    with pytest.raises(UnknownParameter, match="did you mean tau"):
        plots.draw("kz-profits", taux=1.6)
    for name, given in (("kz-profits", {"n": 0.5}), ("kz-region", {"sigma": 0.5}), ("bo-sustain", {"s_E": 0.4})):
        with pytest.raises(DomainError):
            plots.draw(name, **given)
    for words in ("kz-region --set tau=1.5", "bo-figure3 --set phi=0.3 --set sigma=4.5"):
        target = tmp_path / "picture.svg"
        result = CliRunner().invoke(main, ["plot", *words.split(), "-o", str(target)])
        assert result.exit_code == 0, result.output
        assert target.stat().st_size > 1000
        target.unlink()


def test_a_nation_without_firms_has_no_weights():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        south = plots.draw("bo-figure5", s_E=0.95).axes[1]
    assert all(np.isnan(steps.get_data().values).all() for steps in south.patches if isinstance(steps, StepPatch))


def test_a_picture_without_a_curve_is_refused():
    with pytest.raises(NoPicture, match="no curve of 'cutoffs' has a value"):
        plots.draw("kz-liberalisation", sigma=3.0, tau=2.0)


def test_parameters_follow_a_picture_as_they_follow_a_model(tmp_path):
    path = tmp_path / "profits.svg"
    result = CliRunner().invoke(main, ["plot", "kz-profits", "--set", "sigma=4", "tau=1.7", "-o", str(path)])
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 1000
