"""The second model along every edge of its domain: results agree with 60 digits, or are NaN with a reason."""

import numpy as np
import pytest

from symhet.papers.bo.solver import DEFAULTS, solve_bo
from tests.referees.exact_bo import compare

NEAR = (1e-3, 1e-7, 1e-11)
OFF = 1e-12
REGIMES = "autarky", "no-relocation", "short-run", "long-run"


def shaped(sigma, beta, part=0.5):
    """Return parameters with a shape given by beta, and innovation costs that leave the cutoff inside the support."""
    return {"sigma": sigma, "rho": beta * (sigma - 1), "f_I": part / (beta - 1)}


def sustained(share, beta=4.25 / 3):
    return ((1 - share) / share) ** (1 / beta)


EDGES = {
    "sigma to 1": lambda e: shaped(1 + e, 1.5 / e),
    "sigma to infinity": lambda e: shaped(1 / e, 1.4),
    "beta to 1": lambda e: shaped(4.0, 1 + e),
    "beta to infinity": lambda e: shaped(4.0, 1 / e),
    "phi to 0": lambda e: {"phi": e},
    "phi to 1": lambda e: {"phi": 1 - e},
    "phi to 1 of like nations": lambda e: {"phi": 1 - e, "s_E": 0.5 + e / 8},
    "s_E to 1/2": lambda e: {"s_E": 0.5 + e},
    "s_E to 1": lambda e: {"s_E": 1 - e},
    "s_E to 1, little trade": lambda e: {"s_E": 1 - e, "phi": e / 2},
    "phi up to partition": lambda e: {"phi": 2 / 3 * (1 - e)},
    "phi down to partition": lambda e: {"phi": 2 / 3 * (1 + e)},
    "phi up to sustain": lambda e: {"phi": sustained(0.6) * (1 - e)},
    "phi down to sustain": lambda e: {"phi": sustained(0.6) * (1 + e)},
    "kappa to 1": lambda e: {"f_I": 3 / 1.25 * (1 - e)},
    "f_I to 0": lambda e: {"f_I": e},
    "f to 0": lambda e: {"f": e, "f_I": e},
    "f to infinity": lambda e: {"f": 1 / e},
}
SHARES = {
    "s_n to 0": lambda e: e,
    "s_n to s_E from below": lambda e: 0.6 * (1 - e),
    "s_n to s_E from above": lambda e: 0.6 * (1 + e),
    "s_n to the share without relocation": lambda e: 0.6 + 0.2 * TRADED / (1 - TRADED) - e / 8,
}
TRADED = 0.4 ** (4.25 / 3)


VANISHING = {
    ("no-relocation", "phi up to sustain"): "n_star",
    ("long-run", "phi up to sustain"): "abar_star",
    ("long-run", "s_n to the share without relocation"): "a_R",
}
"""What goes to zero, or is of what does, at an edge that is rounded: a rounding of phi or s_n moves it as far."""


def errors(regime, changed, **births):
    p = {**DEFAULTS, **changed}
    found = solve_bo(regime, check=False, **p, **births)
    assert str(found.status) == "", (regime, changed, str(found.status))
    return compare(regime, p, found, **births)


def keeps_what_rounding_leaves(found, regime, edge, e):
    name = VANISHING.get((regime, edge))
    if name is not None:
        assert found.pop(name) < 4e-16 / e + OFF


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("edge", EDGES)
def test_results_keep_their_digits_next_to_an_edge(regime, edge):
    for e in NEAR:
        found = errors(regime, EDGES[edge](e))
        keeps_what_rounding_leaves(found, regime, edge, e)
        assert max(found.values()) < OFF, (e, found)


@pytest.mark.parametrize("edge", SHARES)
def test_results_keep_their_digits_next_to_a_limit_of_births(edge):
    for e in NEAR:
        found = errors("long-run", {}, s_n=SHARES[edge](e))
        keeps_what_rounding_leaves(found, "long-run", edge, e)
        assert max(found.values()) < OFF, (e, found)


@pytest.mark.parametrize("regime", REGIMES)
def test_results_keep_their_digits_inside(regime):
    rng = np.random.default_rng(5)
    for _ in range(40):
        beta, sigma = 1 + rng.exponential(), 2 + rng.exponential(3)
        drawn = shaped(sigma, beta, rng.uniform(0.05, 1)) | {"phi": rng.random(), "s_E": rng.uniform(0.5, 1)}
        assert max(errors(regime, drawn).values()) < OFF, drawn
