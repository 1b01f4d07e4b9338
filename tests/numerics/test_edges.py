"""Along every edge of the domain results keep all but four of their digits: none is a difference of larger numbers."""

import numpy as np
import pytest

from symhet.numerics import solve_kz
from symhet.numerics.distributions import Frechet, LogNormal, Pareto, TruncatedPareto, Weibull
from symhet.papers.kz.parameters import DEFAULTS
from tests.numerics.test_wide import OFF
from tests.numerics.wide import PLENTY, at
from tests.referees.exact_kz import compare

NEAR = (1e-3, 1e-7, 1e-11)
EVEN = DEFAULTS["phi_I_w"] / DEFAULTS["tau_I"]
"""Productivity of country W in Y at which imported intermediates are as cheap as home-made ones."""
EDGES = {
    "alpha to 0": lambda e: {"alpha": e},
    "alpha to 1": lambda e: {"alpha": 1 - e},
    "beta to 0": lambda e: {"beta": e},
    "beta to 1": lambda e: {"beta": 1 - e},
    "tau to 1": lambda e: {"tau": 1 + e},
    "tau_I to 1": lambda e: {"tau_I": 1 + e},
    "prices to even": lambda e: {"phi_Y_w": EVEN * (1 - e)},
    "sigma to 1": lambda e: {"sigma": 1.02 + e},
    "n to 1": lambda e: {"n": 1 + e},
    **{f"{name} to 0": lambda e, name=name: {name: e} for name in ("f_p", "f_I", "f_ex", "f_e")},
    **{f"{name} to infinity": lambda e, name=name: {name: 1 / e} for name in ("f_p", "f_I", "f_ex", "f_e", "n")},
}
LAWS = {
    "Pareto to its moment": lambda e: Pareto(3 + e),
    "Pareto to a point": lambda e: Pareto(1 / e),
    "Fréchet to its moment": lambda e: Frechet(3 + e),
    "Fréchet to a point": lambda e: Frechet(10 * e**-0.25),
    "lognormal to a point": lambda e: LogNormal(0, e),
    "Weibull to a point": lambda e: Weibull(e**-0.25),
    "bounded to a point": lambda e: TruncatedPareto(4, 1, 1 + e),
}


def errors(law, **changed):
    p = {name: np.asarray(value) for name, value in {**DEFAULTS, "L_w": PLENTY, **changed}.items()}
    found, _ = compare(p, law, at(solve_kz(distribution=law, **p), ()))
    return found


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize(
    "law", [Pareto(5), LogNormal(0, 0.6), TruncatedPareto(2, 1, 8)], ids=["pareto", "normal", "cut"]
)
def test_results_keep_their_digits_next_to_an_edge(edge, law):
    for e in NEAR:
        found = errors(law, **EDGES[edge](e))
        if edge == "tau to 1":
            # Home firms lie between cutoffs that are ln(tau) apart: a rounding of tau moves that by 2e-16/(tau - 1).
            assert found.pop("M_d") < 4e-16 / e + OFF
        assert max(found.values()) < OFF, (e, found)


@pytest.mark.parametrize("law", LAWS)
def test_results_keep_their_digits_as_a_distribution_degenerates(law):
    for e in NEAR:
        assert max(errors(LAWS[law](e)).values()) < OFF, e


def last_cost(law, cost, firms):
    """Return the largest cost at which there are such firms, to its last digit."""
    low, high = 1e-3, 1e6
    while (middle := np.sqrt(low * high)) not in (low, high):
        found = solve_kz(distribution=law, check=False, L_w=PLENTY, **{cost: middle})
        low, high = (middle, high) if getattr(found, firms) > 0 else (low, middle)
    return low


@pytest.mark.parametrize(("cost", "firms"), [("f_ex", "M_ex"), ("f_I", "M_off")])
def test_the_last_firms_before_an_end_are_as_many_as_a_rounding_of_their_cost_leaves(cost, firms):
    law = TruncatedPareto(2, 1, 8)
    last = last_cost(law, cost, firms)
    for e in NEAR:
        found = errors(law, **{cost: last * (1 - e)})
        # Such firms are as many as their cutoff is away from the end, which a rounding of the cost moves by 2e-16.
        for name in (firms, "exports_X") if firms == "M_ex" else (firms,):
            assert found.pop(name) < 2e-15 / e, (e, name)
        assert max(found.values()) < OFF, (e, found)
    beyond = solve_kz(distribution=law, check=False, L_w=PLENTY, **{cost: last * (1 + 1e-9)})
    assert float(getattr(beyond, firms)) == 0
