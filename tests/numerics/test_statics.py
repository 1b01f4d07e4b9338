"""Derived elasticities against central differences of the solver, and the signs that go with them."""

import numpy as np
import pytest
from hypothesis import given, settings

import symhet
from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.compound import Mixture
from symhet.numerics.faults import NoElasticities
from symhet.numerics.power_laws import Pareto
from symhet.papers.bo import elasticities as bo
from symhet.papers.kz.elasticities import OUTPUTS, PARAMETERS
from tests.referees.exact_statics import PiecewiseUniform

LAWS = ("pareto:shape=4.25,scale=1", "lognormal:mu=0,sigma=0.6", "frechet:shape=4.5,scale=1")


@pytest.mark.parametrize("law", LAWS)
def test_elasticities_are_those_of_the_solver(law):
    economy = {"tau": 1.7, "n": 2.0, "alpha": 0.4, "beta": 0.6, "L": 3.0, "L_w": 9.0, "f_I": 1.1}
    defaults = symhet.solve("kz", distribution=law, **economy)
    assert str(defaults.regime) == "paper"
    base = {"tau_I": 1.2, "f_ex": 1.0, **economy}
    found = symhet.statics("kz", of=OUTPUTS, to=PARAMETERS, distribution=law, signs=False, **economy)
    step = 1e-5
    around = {
        name: [symhet.solve("kz", distribution=law, **{**base, name: base[name] * np.exp(s * step)}) for s in (1, -1)]
        for name in PARAMETERS
    }
    for entry in found:
        above, below = (float(getattr(end, entry.of)) for end in around[entry.to])
        quotient = (np.log(above) - np.log(below)) / (2 * step)
        assert float(entry.elasticity) == pytest.approx(quotient, rel=2e-7, abs=2e-9), (entry.of, entry.to)


def test_proved_signs_are_the_signs_of_the_numbers():
    found = symhet.statics(of=OUTPUTS, to=PARAMETERS)
    signed = [entry for entry in found if entry.sign]
    assert len(signed) >= 20
    for entry in signed:
        assert (float(entry.elasticity) > 0) == (entry.sign == "+"), entry


BUNCHED = Mixture(
    [0.999, 0.001],
    [PiecewiseUniform(["1/2", "3/2", "5/2", "5"], ["1/6", "2/3", "1/6"]), Pareto(shape=4.0, scale=5.0)],
)
"""Two thirds of all firms around productivity two, where the marginal offshorer of the economy below stands."""
AT_TWO = {
    "sigma": 3.0,
    "tau": 2.0,
    "tau_I": 1.25,
    "alpha": 0.5,
    "phi_Y_w": 0.5,
    "phi_I_w": 1.25,
    "f_I": 4.0,
    "f_ex": 4.5,
}


def test_conditions_of_a_sign_are_told():
    [thick] = symhet.statics(of=["exports_X"], to=["tau_I"], distribution="lognormal:mu=0,sigma=0.6")
    told = (thick.sign, thick.claim, thick.conditions, bool(thick.met))
    assert told == ("-", "kz.R.2.aggregate", ("balance",), True)
    [many] = symhet.statics(of=["exports_X"], to=["tau_I"], distribution=BUNCHED, f_e=7.0, **AT_TWO)
    told = (many.sign, many.claim, many.conditions, bool(many.met))
    assert told == ("", "kz.R.2.aggregate", ("balance",), False)
    assert float(many.elasticity) > 0
    [pareto] = symhet.statics(of=["exports_X"], to=["tau_I"])
    assert (pareto.sign, pareto.claim, bool(pareto.met)) == ("-", "kz.R.2.aggregate.pareto", True)
    assert pareto.conditions == ("cutoffs within the support",)


def test_no_sign_is_told_where_no_firms_are_between_the_cutoffs():
    found = symhet.statics(of=["phi_ex", "exports_X"], to=["tau_I"], f_e=[1.0, 50.0])
    assert [entry.met.tolist() for entry in found] == [[True, False], [True, False]]
    [empty] = symhet.statics(of=["phi_ex"], to=["tau_I"], f_e=50.0)
    assert (empty.sign, empty.conditions) == ("", ("firms in every group",))


QUOTIENTS = {"inside": {-1: -1 / 2, 1: 1 / 2}, "at the edge": {0: -3 / 2, 1: 2, 2: -1 / 2}}
"""Weights of the logarithms at multiples of the step, both of second order; at n = 1 the model ends."""


@settings(max_examples=8)
@given(symhet.strategies.economies("kz", extremes=False))
def test_signs_and_elasticities_at_drawn_economies(economy):
    step = 1e-5
    around = {}
    for name in PARAMETERS:
        weights = QUOTIENTS["at the edge" if name == "n" and economy["n"] * np.exp(-step) < 1 else "inside"]
        moved = [{**economy, name: economy[name] * np.exp(k * step)} for k in weights]
        around[name] = [(weight, symhet.solve("kz", **at)) for weight, at in zip(weights.values(), moved, strict=True)]
    for entry in symhet.statics("kz", of=OUTPUTS, to=PARAMETERS, **economy):
        quotient = sum(weight * np.log(float(getattr(end, entry.of))) for weight, end in around[entry.to]) / step
        assert float(entry.elasticity) == pytest.approx(quotient, rel=1e-5, abs=1e-6), (entry.of, entry.to)
        assert entry.sign in ("", "+" if float(entry.elasticity) > 0 else "-")


def test_arrays_of_economies_have_arrays_of_elasticities():
    [row] = symhet.statics(of=["phi_ex"], to=["tau_I"], signs=False, tau_I=[1.1, 1.15, 1.2])
    [last] = symhet.statics(of=["phi_ex"], to=["tau_I"], signs=False, tau_I=1.2)
    assert row.elasticity.shape == (3,)
    assert row.elasticity[2] == pytest.approx(float(last.elasticity), rel=1e-14)


def test_what_has_no_derived_elasticity_is_refused():
    with pytest.raises(UnknownParameter):
        symhet.statics(of=["phi_mn"])
    with pytest.raises(UnknownParameter):
        symhet.statics(to=["sigma"])
    with pytest.raises(DomainError, match=r"A\.1"):
        symhet.statics(tau_I=3.0, signs=False)


ECONOMIES = {"no-relocation": [{}, {"phi": 0.1, "s_E": 0.7, "rho": 5.5}], "long-run": [{}, {"phi": 0.72}]}


@pytest.mark.parametrize("regime", ECONOMIES)
def test_elasticities_of_two_nations_are_those_of_the_solver(regime):
    step = 1e-5
    results = [name for name in bo.OUTPUTS if regime == "long-run" or name not in ("a_R", "abar_star")]
    for economy in ECONOMIES[regime]:
        base = {name: float(value) for name, value in symhet.solve("bo", regime=regime, **economy).parameters.items()}
        around = {
            name: [symhet.solve("bo", regime=regime, **{**base, name: base[name] * np.exp(s * step)}) for s in (1, -1)]
            for name in bo.PARAMETERS
        }
        for entry in symhet.statics("bo", of=results, to=bo.PARAMETERS, regime=regime, **economy):
            above, below = (float(getattr(end, entry.of)) for end in around[entry.to])
            change = above - below if entry.of.startswith("welfare") else np.log(above) - np.log(below)
            assert float(entry.elasticity) == pytest.approx(change / (2 * step), rel=2e-7, abs=2e-9), entry
            assert entry.sign in ("", "+" if float(entry.elasticity) > 0 else "-"), entry


def test_two_nations_signs_name_their_claims():
    found = symhet.statics("bo", of=["welfare", "welfare_star", "a_R"], to=["phi", "f"])
    assert [(entry.of, entry.sign, entry.claim) for entry in found if entry.sign] == [
        ("welfare", "+", "bo.large-welfare.after"), ("welfare_star", "+", "bo.result6.after"),
    ]  # fmt: skip
    assert found[0].conditions == ("location",)
    found = symhet.statics("bo", of=["a_D", "B_star", "a_X"], to=["phi"], regime="no-relocation")
    assert [entry.sign for entry in found] == ["-", "-", "+"]


def test_births_move_with_expenditure_unless_they_are_given():
    [with_it], [apart] = (symhet.statics("bo", of=["n"], to=["s_E"], **births) for births in ({}, {"s_n": 0.6}))
    assert (float(with_it.elasticity), float(apart.elasticity)) == pytest.approx((1.0, 0.0))


def test_phases_beside_one_another_have_their_own_formulas():
    [both] = symhet.statics("bo", of=["a_R"], to=["phi"], phi=[0.4, 0.72], signs=False)
    for at, value in zip((0.4, 0.72), both.elasticity, strict=True):
        [alone] = symhet.statics("bo", of=["a_R"], to=["phi"], phi=at, signs=False)
        assert float(alone.elasticity) == pytest.approx(float(value), rel=1e-14)


def test_two_nations_have_no_elasticities_where_none_are_derived():
    for economy in ({"phi": 0.97}, {"phi": [0.4, 0.97]}, {"phi": 0.97, "regime": "no-relocation"}):
        with pytest.raises(NoElasticities, match="beyond the sustain point every firm is in the North"):
            symhet.statics("bo", **economy)
    with pytest.raises(NoElasticities, match="no-relocation and long-run"):
        symhet.statics("bo", regime="autarky")
    with pytest.raises(UnknownParameter, match="a_R"):
        symhet.statics("bo", of=["a_R"], regime="no-relocation")
    with pytest.raises(UnknownParameter, match="regime"):
        symhet.statics("kz", regime="paper")
