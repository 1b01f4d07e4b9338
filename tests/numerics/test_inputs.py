"""What is given is taken to all its digits, or refused by name."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from io import StringIO
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import sympy as sp
import xarray as xr
from scipy import stats

import symhet
from symhet.errors import DomainError, OutputError, UnknownParameter
from symhet.numerics.distributions import (
    Empirical,
    Frechet,
    Frozen,
    Histogram,
    LogNormal,
    Pareto,
    TruncatedPareto,
    Weibull,
    as_distribution,
)
from symhet.numerics.faults import UnclearSetting, UnknownRegime

MASKED = np.ma.array([1.1, 1.2], mask=[True, False])
LABELLED = SimpleNamespace(dims=("country",), ndim=1, values=np.array([1.1, 1.2]))
UNITS = SimpleNamespace(magnitude=1.2, units="workers")
REFUSED = [
    (1.2 + 0j, "complex"),
    (MASKED, "masked"),
    (np.datetime64("2020-01-01"), "dates"),
    (np.timedelta64(3, "D"), "spans of time"),
    (date(2020, 1, 1), "date"),
    ("1.2", "text"),
    (b"1.2", "bytes"),
    (True, "truth values"),
    (None, "NoneType"),
    ([1.1, [1.2, 1.3]], "rows of different lengths"),
    ([1.1, "x"], "text"),
    (10**400, "too large"),
    (LABELLED, "labelled axes"),
    (UNITS, "unit"),
]


@pytest.mark.parametrize(("value", "named"), REFUSED, ids=[named for _, named in REFUSED])
@pytest.mark.parametrize("model", ["kz", "bo"])
def test_what_is_no_real_number_is_refused_by_name(value, named, model):
    parameter = "tau_I" if model == "kz" else "phi"
    with pytest.raises(DomainError, match=named) as caught:
        symhet.solve(model, **{parameter: value})
    assert parameter in caught.value.what


TABLES = {"one sorted anew": pd.Series([1.1, 1.2])[::-1], "a longer one": pd.Series([1.1, 1.2, 1.3]),
          "a frame": pd.DataFrame([[1.1, 1.2]])}  # fmt: skip


def cutoff(**given):
    point = {"sigma": 3.0, "alpha": 0.5, "p_I_d": 1.0, "p_I_off": 0.8, "f_p": 1.0, "f_I": 1.5, "phi_min": 1.0}
    return symhet.numeric("kz.eq12")(**point | given)["phi_off"]


@pytest.mark.parametrize("other", TABLES.values(), ids=TABLES)
def test_columns_with_other_rows_are_not_matched_by_position(other):
    column = pd.Series([1.1, 1.2])
    demo = symhet.Model("Demo")
    for name in ("a", "b"):
        demo.parameter(name)
    demo.variable("x")
    demo.condition("sum", "x = a + b")
    for solved in (
        lambda one, two: cutoff(f_I=one, f_p=two),
        lambda one, two: symhet.solve("kz", f_I=one, tau_I=two).welfare,
        lambda one, two: demo.solve(a=one, b=two).x,
    ):
        assert solved(column, column.copy()).tolist() == solved(column.to_numpy(), column.to_numpy()).tolist()
        with pytest.raises(DomainError, match="columns of one table"):
            solved(column, other)


@pytest.mark.parametrize("spread", [np.array, lambda x: np.broadcast_to(x[:, None], (2, 3))], ids=["plain", "spread"])
def test_a_result_keeps_what_it_was_solved_at(spread):
    cost, shape = np.array([1.2, 1.5]), np.array([4.5, 5.0])
    economy = symhet.solve("kz", f_I=spread(cost), distribution=Pareto(shape[0], 1.0))
    law = Pareto(shape, 1.0)
    kept = economy["f_I"].copy(), economy.moments()["mean_sales"], law.survival(2.0)
    cost[:], shape[:] = 99.0, 7.0
    now = economy["f_I"], economy.moments()["mean_sales"], law.survival(2.0)
    assert all(np.array_equal(one, other) for one, other in zip(kept, now, strict=True))


@pytest.mark.parametrize("answers", [cutoff, partial(symhet.solve, "kz")], ids=["kernel", "model"])
@pytest.mark.parametrize(
    ("value", "named"),
    [
        ([[1.1, 1.2], [1.3]], "rows of different lengths"),
        (UNITS, "unit"),
        (xr.Dataset({"a": ("x", [1.1])}), "one array"),
        (sp.Symbol("x"), "objects|float"),
    ],
    ids=["ragged", "unit", "dataset", "symbol"],
)
def test_what_is_not_one_array_of_numbers_is_refused_by_name(value, named, answers):
    with pytest.raises(DomainError, match=named) as caught:
        answers(f_I=value)
    assert "f_I" in str(caught.value)


def test_ragged_rows_beside_labelled_axes_are_refused_by_name():
    with pytest.raises(DomainError, match="f_I is a number, or has labelled axes"):
        cutoff(f_p=xr.DataArray([1.0, 1.1], dims="cost"), f_I=[[1.1, 1.2], [1.3]])


def test_decimals_are_numbers_for_kernels_too():
    assert cutoff(f_I=Decimal("1.5")) == cutoff(f_I=[Decimal("1.5")])[0] == cutoff(f_I=1.5)


def test_settings_of_another_kind_are_refused_by_name():
    assert symhet.solve("kz", outputs=None).welfare == symhet.solve("kz").welfare
    with pytest.raises(UnclearSetting, match="is no name"):
        symhet.solve("kz", outputs=3)
    with pytest.raises(UnclearSetting, match="is no name"):
        symhet.numeric("kz.eq12", outputs=["phi_off", 3])
    with pytest.raises(UnknownRegime, match="autarky"):
        symhet.solve("bo", regime=["autarky"])
    with pytest.raises(UnclearSetting, match="moments have values"):
        symhet.calibrate("kz", moments=["share_exporting"], free=["f_ex"])


@pytest.mark.parametrize("value", [1.25 + 1j, MASKED, "2"])
def test_parameters_of_distributions_are_held_to_the_same(value):
    for make in (
        Pareto,
        Weibull,
        Frechet,
        LogNormal,
        lambda x: TruncatedPareto(x, 1, 2),
        lambda x: Histogram([1, 2], x),
    ):
        with pytest.raises(DomainError, match="real numbers"):
            make(value)


@pytest.mark.parametrize(
    "value",
    [Fraction(5, 4), Decimal("1.25"), np.float32(1.25), np.longdouble(1.25), np.ma.array(1.25), np.array(1.25, object)],
    ids=["fraction", "decimal", "float32", "longdouble", "unmasked", "object"],
)
def test_real_numbers_of_any_kind_are_the_same_number(value):
    assert float(symhet.solve("kz", tau_I=value).welfare) == float(symhet.solve("kz", tau_I=1.25).welfare)


def test_whole_numbers_are_numbers():
    assert float(symhet.solve("kz", tau=2, f_I=[1, 2]).welfare[1]) == float(
        symhet.solve("kz", tau=2.0, f_I=2.0).welfare
    )


def test_what_a_regime_has_no_use_for_is_refused():
    for regime in ("autarky", "no-relocation", "short-run"):
        with pytest.raises(UnknownParameter, match="s_n"):
            symhet.solve("bo", regime=regime, s_n=0.5)
    with pytest.raises(UnknownParameter):
        symhet.solve("bo", distribution="pareto:shape=5")
    with pytest.raises(UnknownParameter):
        symhet.solve("kz", regime="autarky")


SHAPES = {"lognorm": (0.6,), "pareto": (4.5,), "weibull_min": (1.5,), "invweibull": (4.5,), "truncpareto": (3.0, 9.0)}


@pytest.mark.parametrize("name", SHAPES)
def test_families_of_scipy_with_closed_forms_are_these(name):
    frozen = getattr(stats, name)(*SHAPES[name], scale=1.3)
    law = as_distribution(frozen, Pareto(5))
    assert not isinstance(law, Frozen)
    x = np.array([1.31, 1.7, 4.0])
    np.testing.assert_allclose(law.survival(x), frozen.sf(x), rtol=1e-13)
    np.testing.assert_allclose(law.density(x), frozen.pdf(x), rtol=1e-13)
    shifted = as_distribution(getattr(stats, name)(*SHAPES[name], loc=0.5), Pareto(5))
    assert isinstance(shifted, Frozen)


def test_a_scipy_distribution_is_taken_as_it_is():
    found = symhet.solve("kz", distribution=stats.lognorm([0.5, 0.6]))
    assert found.welfare[1] == symhet.solve("kz", distribution="lognormal:mu=0,sigma=0.6").welfare
    [entry] = symhet.statics(of=["phi_ex"], to=["tau"], distribution=stats.pareto(4.5), signs=False)
    [same] = symhet.statics(of=["phi_ex"], to=["tau"], distribution="pareto:shape=4.5", signs=False)
    assert entry.elasticity == same.elasticity


@pytest.mark.parametrize(
    ("law", "why"),
    [
        (stats.poisson(3), "Empirical"),
        (stats.gamma([2, 3]), "scalars"),
        (stats.norm(), "positive productivity"),
        (stats.lognorm, "continuous frozen"),
        (3.0, "continuous frozen"),
    ],
)
def test_a_law_that_does_not_fit_says_why(law, why):
    with pytest.raises(DomainError, match=why):
        symhet.solve("kz", distribution=law)


LAWS = {
    "log-logistic": stats.fisk(5),
    "triangular": stats.triang(0.3, loc=1, scale=3),
    "trapezoid": stats.trapezoid(0.2, 0.6, loc=1),
    "dagum": stats.mielke(3, 6),
    "burr": stats.burr(5, 2),
    "truncated exponential": stats.truncexpon(3),
    "shifted lognormal": stats.lognorm(0.5, loc=1),
    "gamma": stats.gamma(2),
}


@pytest.mark.parametrize("name", LAWS)
def test_laws_without_closed_form_are_integrated(name):
    frozen, k = LAWS[name], 2.5
    found = symhet.solve("kz", distribution=frozen, sigma=k + 1, L_w=1e6)
    assert found.L_Y + found.L_I + found.L_X + found.L_e == pytest.approx(1, rel=1e-9)
    low, high = frozen.support()
    grid = np.concatenate([[low + 1e-9], frozen.ppf(np.linspace(1e-6, 1 - 1e-9, 20_001)), [min(high, 1e3)]])
    x = 0.5 * (grid[1:] + grid[:-1])
    moment = np.sum(x**k * frozen.pdf(x) * np.diff(grid))
    assert float(np.exp(Frozen(frozen).log_moment(k))) == pytest.approx(moment, rel=2e-2)


def test_the_log_logistic_tail_is_known_to_the_last_digits():
    import mpmath as mp

    law, k = Frozen(stats.fisk(5)), 2.5
    with mp.workdps(30):
        for x in (0.2, 1.5, 40.0, 1e6):
            y = mp.mpf(x) ** -5
            moment = mp.mpf(x) ** mp.mpf(-k) * mp.quad(lambda u: u ** mp.mpf(-0.5) / (1 + u) ** 2, [0, y])
            assert float(law.tails(x, k).survival) == pytest.approx(float(y / (1 + y)), rel=1e-11)
            assert float(law.tails(x, k).moment) == pytest.approx(float(moment), rel=1e-11)


def test_a_histogram_is_integrated_bin_by_bin():
    import mpmath as mp

    breaks, masses, k = [0.5, 1.0, 2.0, 5.0], [0.2, 0.5, 0.3], 3.3
    law = Histogram(breaks, masses)
    for x in (0.1, 0.7, 1.999999, 4.99999):
        with mp.workdps(30):
            expected = [
                sum(
                    mp.mpf(m) / (high - low) * mp.quad(lambda t, q=q, x=x: (t / mp.mpf(x)) ** q, [max(low, x), high])
                    for m, low, high in zip(masses, breaks, breaks[1:], strict=False)
                    if high > x
                )
                for q in (0, k)
            ]
        found = law.tails(x, k)
        assert float(found.survival) == pytest.approx(float(expected[0]), rel=1e-11)
        assert float(found.moment) == pytest.approx(float(expected[1]), rel=1e-11)
        assert float(found.excess) == pytest.approx(float(expected[1] - expected[0]), rel=1e-9)
    counts = np.histogram(np.random.default_rng(0).lognormal(0, 0.5, 1000), bins=30)
    assert isinstance(as_distribution(stats.rv_histogram(counts, density=False), Pareto(5)), Histogram)


def test_a_list_of_firms_is_summed_firm_by_firm():
    values = np.random.default_rng(1).lognormal(0, 0.6, 500)
    law, k, x = Empirical(values), 3.0, 1.2
    above = values[values > x]
    assert float(law.survival(x)) == pytest.approx(above.size / 500, rel=1e-13)
    assert float(law.tail_moment(x, k)) == pytest.approx(np.sum(above**k) / 500, rel=1e-13)
    found = symhet.solve("kz", distribution=law, tau_I=[1.1, 1.2, 1.25], f_I=[[1.2], [1.3]], L_w=1e3)
    np.testing.assert_allclose(found.L_Y + found.L_I + found.L_X + found.L_e, 1, rtol=1e-9)
    many = Empirical(stats.lognorm(0.6).ppf((np.arange(20_000) + 0.5) / 20_000))
    near = symhet.solve("kz", distribution="lognormal:mu=0,sigma=0.6", L_w=1e3)
    assert float(symhet.solve("kz", distribution=many, L_w=1e3).phi_min) == pytest.approx(float(near.phi_min), rel=3e-3)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Histogram([1, 2], [1, 2]), "one mass a bin"),
        (lambda: Histogram([2, 1], [1]), "ordered support"),
        (lambda: Histogram([1, 2], [-1]), "positive mass"),
        (lambda: Empirical([1.0, -2.0]), "productivities > 0"),
        (lambda: Empirical([1.0, 2.0], [1.0]), "one weight a firm"),
        (lambda: Empirical([1.0], [0.0]), "positive weight"),
    ],
)
def test_data_that_are_no_distribution_are_refused(make, why):
    with pytest.raises(DomainError, match=why):
        make()


ONES = np.ones(3)
EACH = {name: ONES if place else np.ones(2) for place, name in enumerate(symhet.numeric("kz.eq14").inputs)}
APART = {
    "kz": lambda: symhet.solve("kz", tau=[1.3, 1.4], f_I=1.2 * ONES),
    "bo": lambda: symhet.solve("bo", phi=[0.3, 0.4], f_I=0.9 * ONES),
    "a law": lambda: symhet.solve("kz", distribution=Pareto([5.0, 6.0]), f_I=1.2 * ONES),
    "blocks": lambda: symhet.solve("kz", outputs="M_e", tau=[1.3, 1.4], f_I=1.2 * ONES),
    "numeric": lambda: symhet.numeric("kz.eq14")(**EACH),
}  # fmt: skip


@pytest.mark.parametrize("way", APART)
def test_arrays_that_do_not_go_together_are_named(way):
    with pytest.raises(DomainError, match="go together"):
        APART[way]()


@pytest.mark.parametrize("value", [[1.3, 1.4], np.ones(1), MASKED, "1.3", True])
def test_what_does_not_vary_in_a_sweep_is_one_number(value):
    with pytest.raises(DomainError, match="number"):
        symhet.sweep("kz", {"tau_I": [1.1, 1.2]}, ["welfare"], tau=value)


@pytest.mark.parametrize(("value", "named"), [(MASKED, "masked"), ([1.1 + 1j], "complex"), (["1.1"], "text"),
                                              ([True], "truth"), (np.array(["2020"], "M8[Y]"), "dates")])  # fmt: skip
def test_what_varies_in_a_sweep_is_a_list_of_real_numbers(value, named):
    with pytest.raises(DomainError, match=named):
        symhet.sweep("kz", {"tau_I": value}, ["welfare"])
    with pytest.raises(DomainError, match=named):
        symhet.sweep("bo.eq9", {"phi": value}, sigma=4.0, beta=1.4, s_E=0.52, f=1.0, f_I=0.9)


def test_whole_numbers_are_whole_and_not_too_small():
    kernel = symhet.numeric("kz.eq14")
    given = dict.fromkeys(kernel.inputs, np.full(3, 0.5))
    for call in (
        lambda n: kernel(**given, threads=n),
        lambda n: symhet.sweep("kz", {"tau_I": [1.1]}, ["welfare"], chunk=n),
        lambda n: symhet.solve("kz").firms(n, seed=1),
    ):
        for wrong in (0, -1, 2.5, True, "2"):
            with pytest.raises(DomainError, match="whole number"):
                call(wrong)
    with pytest.raises(DomainError, match="seed"):
        symhet.solve("kz").firms(2, seed=-1)


@pytest.mark.parametrize("out", [5, b"sweep.zarr", ["sweep.zarr"]])
def test_a_store_has_a_name(out):
    with pytest.raises(OutputError, match="is no name"):
        symhet.sweep("kz", {"tau_I": [1.1]}, ["welfare"], out=out)


@pytest.mark.parametrize(
    "out", [np.empty(3), StringIO(), 5, "welfare", [np.empty(3)]], ids=lambda out: type(out).__name__
)
def test_arrays_for_results_have_names(out):
    kernel = symhet.numeric("kz.eq14")
    for call in (
        partial(kernel, **dict.fromkeys(kernel.inputs, np.full(3, 0.5))),
        partial(kernel, **dict.fromkeys(kernel.inputs, 0.5)),
        partial(symhet.solve, "kz", tau_I=np.array([1.1, 1.2, 1.3])),
    ):
        with pytest.raises(OutputError, match="by name"):
            call(out=out)


def test_arrays_for_results_hold_the_numbers():
    fixed = np.empty(3)
    fixed.flags.writeable = False
    for out, told in (
        (np.empty(3, int), "does not hold the numbers"),
        (fixed, "read-only"),
        (StringIO(), "no array"),
    ):
        with pytest.raises(OutputError, match=told):
            symhet.solve("kz", tau_I=np.array([1.1, 1.2, 1.3]), out={"welfare": out})


def test_what_a_narrow_type_does_not_reach_is_refused():
    kernel = symhet.numeric("kz.eq14")
    given = dict.fromkeys(kernel.inputs, np.full(3, 0.5))
    for value in (1e300, 1e-300, 10**300):
        with pytest.raises(DomainError, match="beyond the range"):
            kernel(
                **{**given, "tau": np.array([value, 1.0, 1.0], dtype=object if value == 10**300 else float)},
                dtype=np.float32,
            )
    assert np.isnan(kernel(**{**given, "tau": np.inf}, dtype=np.float32)["phi_ex"]).all()


def test_the_kind_of_an_array_of_numbers_does_not_matter():
    kernel = symhet.numeric("kz.eq12")
    given = {"sigma": 3.0, "alpha": 0.5, "p_I_d": 1.0, "p_I_off": 0.8, "f_p": 1.0, "phi_min": 1.0}
    plain = np.linspace(1.0, 2.0, 20_000)
    fixed = plain.copy()
    fixed.flags.writeable = False
    expected = kernel(**given, f_I=plain)["phi_off"]
    for kind in (plain.astype(">f8"), plain.astype(object), fixed, plain[::-1][::-1], np.repeat(plain, 2)[::2]):
        assert kernel(**given, f_I=kind)["phi_off"].tobytes() == expected.tobytes()
        economy = symhet.solve("kz", f_I=kind[:5])
        assert economy.phi_off.tobytes() == symhet.solve("kz", f_I=plain[:5]).phi_off.tobytes()
    for shape in ((0,), (0, 3), (3, 0, 2)):
        assert kernel(**given, f_I=np.ones(shape))["phi_off"].shape == shape
        for model, name in (("kz", "f_I"), ("bo", "phi")):
            found = symhet.solve(model, **{name: np.ones(shape)})
            assert tuple(found.to_xarray().sizes.values()) == shape
            assert found.to_pandas().empty


def test_an_array_for_results_is_one():
    kernel = symhet.numeric("kz.eq14")
    given = dict.fromkeys(kernel.inputs, np.full(3, 0.5))
    with pytest.raises(OutputError, match="no array"):
        kernel(**given, out={"phi_ex": [0.0] * 3})
    with pytest.raises(DomainError, match="beyond the range"):
        kernel(**{**given, "tau": 10**400})


def test_threads_and_types_are_checked_at_one_point_too():
    kernel = symhet.numeric("kz.eq14")
    given = dict.fromkeys(kernel.inputs, 0.5)
    with pytest.raises(DomainError, match="threads"):
        kernel(**given, threads=0)
    with pytest.raises(UnknownParameter, match="zz"):
        kernel(**given, dtype="zz")
