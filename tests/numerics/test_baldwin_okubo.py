"""Closed forms of every regime against quadrature and root finding from the primitives."""

import numpy as np
import pytest

from symhet.errors import DomainError
from symhet.papers.bo.solver import solve_bo
from tests.referees.bo import Economy, refereed

POINTS, FEW = 500, 100
"""Points at which the closed forms are held against the referee, and how many of them in the quick tests."""
COMPARED = ("a_D", "a_X", "n", "n_star", "n_w", "B", "B_star", "mbar", "mbar_star", "abar", "abar_star")


def draw(rng):
    """Return admissible parameters, freeness inside the interior phases left to the caller."""
    while True:
        beta, sigma = 1 + np.exp(rng.uniform(-1.5, 1.3)), 1 + np.exp(rng.uniform(-1.0, 1.5))
        if beta * (sigma - 1) >= 1:
            break
    f = np.exp(rng.uniform(-1, 1))
    return {
        "sigma": sigma,
        "rho": beta * (sigma - 1),
        "s_E": rng.uniform(0.52, 0.95),
        "f": f,
        "f_I": f / (beta - 1) * rng.uniform(0.05, 1),
    }


def interior_freeness(regime, params, rng):
    """Return a freeness of trade at which both nations still produce."""
    beta = params["rho"] / (params["sigma"] - 1)
    s = params["s_E"]
    limit = ((1 - s) / s) ** (1 / beta)
    if regime == "short-run":
        limit = min(1.0, (1 - s) ** (1 / beta) / s)
    return limit * rng.uniform(0.05, 0.97)


def share_of_births(params, phi, rng):
    """Return a share strictly between none and the share without relocation."""
    omega = phi ** (params["rho"] / (params["sigma"] - 1))
    highest = (params["s_E"] * (1 + omega) - omega) / (1 - omega)
    return min(highest, 1.0) * rng.uniform(0.02, 0.98)


def compare(regime, params, phi, rng, s_n=None):
    """Return the largest relative difference of one point, and the phase."""
    kwargs = {} if s_n is None else {"s_n": s_n}
    closed = solve_bo(regime, phi=phi, **params, **kwargs)
    guess = {
        name: float(getattr(closed, name)) * float(np.exp(0.02 * rng.normal()))
        for name in ("a_D", "a_X", "a_R", "n", "n_star")
    }
    found = refereed(regime, Economy(phi=phi, **params), guess, s_n)
    skipped = {"a_X"} if regime == "autarky" else set()
    gaps = [abs(float(getattr(closed, name)) / found[name] - 1) for name in COMPARED if name not in skipped]
    gaps.append(abs(float(closed.a_R) - found["a_R"]) / found["a_D"])
    return max(gaps), str(closed.phase)


@pytest.mark.parametrize("points", [FEW, pytest.param(POINTS, marks=pytest.mark.slow)])
@pytest.mark.parametrize("regime", ["autarky", "no-relocation", "short-run", "long-run", "long-run, free births"])
def test_closed_forms_agree_with_the_referee(regime, points):
    rng = np.random.default_rng(20261121)
    phases = {}
    for _ in range(points):
        params = draw(rng)
        name, free, _ = regime.partition(", free births")
        phi = interior_freeness(name, params, rng)
        s_n = share_of_births(params, phi, rng) if free else None
        worst, phase = compare(name, params, phi, rng, s_n)
        phases[phase] = max(phases.get(phase, 0.0), worst)
    print(f"\n{regime}: {points} points, largest relative difference by phase {phases}")
    assert max(phases.values()) < 1e-9
    if name in ("short-run", "long-run"):
        assert set(phases) >= {"XX", "DD"}


def test_relocation_and_trade_agree_where_nobody_wants_to_move():
    trade = solve_bo("no-relocation", phi=0.5)
    moved = solve_bo("long-run", phi=0.5, s_n=float(trade.s_n))
    assert float(moved.a_R) == pytest.approx(0.0, abs=1e-4)
    assert float(moved.abar_star) == pytest.approx(float(trade.abar_star), rel=1e-9)


def test_all_firms_in_the_north_satisfy_their_own_conditions():
    for regime in ("short-run", "long-run"):
        closed = solve_bo(regime, phi=0.9)
        assert str(closed.phase) == "full"
        assert float(closed.B) > float(closed.B_star)
        assert 0.9 * float(closed.a_X) ** -3.0 * float(closed.B_star) == pytest.approx(1.0)
        assert np.isnan(float(closed.abar_star))


def test_a_bad_parameter_names_the_assumption():
    with pytest.raises(DomainError, match="beta>1"):
        solve_bo("autarky", sigma=6.0, rho=4.0)
    with pytest.raises(DomainError, match="s_n<=s_H"):
        solve_bo("long-run", phi=0.3, s_n=0.99)
    assert np.isnan(float(solve_bo("autarky", check=False, s_E=0.4).a_D))
