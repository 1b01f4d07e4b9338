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

import symhet
from symhet.errors import DomainError, OutputError, UnknownParameter
from symhet.numerics.distributions import (
    Frechet,
    Histogram,
    LogNormal,
    Pareto,
    TruncatedPareto,
    Weibull,
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


@pytest.mark.parametrize("value", ["a", None, True])
def test_a_name_that_is_none_is_said_before_what_is_wrong_with_its_value(value):
    for call in (symhet.solve, symhet.statics, lambda key, **more: symhet.sweep(key, {"tau": [1.2]}, **more)):
        with pytest.raises(UnknownParameter, match="'store'"):
            call("kz", store=value)
