"""The general solver against the special ones of the two papers, from their conditions written in the language."""

from pathlib import Path

import numpy as np
import pytest

from symhet import read_model
from symhet.numerics.distributions import Frechet, LogNormal, Pareto, Weibull
from symhet.numerics.equilibrium import solve_model
from symhet.papers.bo.solver import solve_bo
from symhet.papers.kz.solver import solve_kz

MODELS = Path(__file__).parent / "models"
DRAWS = 500


def apart(one, other):
    """Return the largest relative difference; where there is no firm of a kind both are zero."""
    some = (one != 0) | (other != 0)
    return np.max(np.abs(one[some] / other[some] - 1))


def kz_draws(rng, size):
    """Return parameters inside A.1-A.3: the ratios of the cutoffs are drawn, the fixed costs follow."""
    p = {name: rng.uniform(0.1, 0.9, size) for name in ("alpha", "beta")}
    p |= {"sigma": rng.uniform(1.5, 6, size), "tau": rng.uniform(1.05, 2.5, size), "tau_I": rng.uniform(1.02, 2, size)}
    p["n"] = rng.integers(1, 9, size).astype(float)
    p |= {name: np.exp(rng.normal(0, 0.4, size)) for name in ("phi_Y", "phi_I", "phi_Y_w", "f_p", "f_e", "L")}
    relative, k = rng.uniform(0.3, 0.95, size), p["sigma"] - 1
    p["phi_I_w"] = p["tau_I"] * p["phi_Y_w"] * p["phi_I"] / (p["phi_Y"] * relative)
    gain = relative ** (-p["alpha"] * k)
    off = p["f_p"] * np.exp(rng.exponential(1.0, size))
    p["f_I"] = off * (gain - 1)
    p["f_ex"] = off * np.exp(rng.exponential(1.0, size)) * gain * p["tau"] ** -k
    return p


def law_of(family, rng, k, size):
    index = k + rng.uniform(0.5, 3, size)
    scale = np.exp(rng.normal(0, 0.3, size))
    return {
        "pareto": lambda: Pareto(index, scale),
        "lognormal": lambda: LogNormal(rng.normal(0, 0.4, size), rng.uniform(0.3, 1, size)),
        "weibull": lambda: Weibull(rng.uniform(0.8, 3, size), scale),
        "frechet": lambda: Frechet(index, scale),
    }[family]()


KZ = (
    "phi_min", "phi_off", "phi_ex", "w", "p_I_d", "p_I_off", "E_X", "P_X", "P", "M", "M_ex", "M_e", "welfare",
    "exports_X", "imports_I_cif",
)  # fmt: skip


@pytest.mark.parametrize("family", ["pareto", "lognormal", "weibull", "frechet"])
def test_kleinert_and_zorell(family):
    rng = np.random.default_rng(7)
    p = kz_draws(rng, DRAWS)
    law = law_of(family, rng, p["sigma"] - 1, DRAWS)
    special = solve_kz(distribution=law, paper_only=True, check=False, L_w=np.full(DRAWS, 1e12), **p)
    general = solve_model(read_model(MODELS / "kz.toml"), distribution=law, check=False, **p)
    both = (special.status == "") & general.solved
    assert np.array_equal(special.status == "", general.solved)
    assert np.count_nonzero(both) > 0.95 * DRAWS
    for name in KZ:
        one, other = np.broadcast_to(general[name], both.shape)[both], getattr(special, name)
        other = np.broadcast_to(other, both.shape)[both]
        assert apart(one, other) < 1e-10, (name, family)


def bo_draws(rng, size):
    sigma = rng.uniform(1.5, 6, size)
    rho = (sigma - 1) * (1 + rng.uniform(0.1, 1.5, size))
    rho = np.maximum(rho, 1.0)
    f = np.exp(rng.normal(0, 0.4, size))
    share = rng.uniform(0.05, 0.95, size)
    f_I = share * f / (rho / (sigma - 1) - 1)
    return {
        "sigma": sigma, "rho": rho, "phi": rng.uniform(0.05, 0.95, size), "s_E": rng.uniform(0.51, 0.9, size),
        "f": f, "f_I": f_I,
    }  # fmt: skip


BO = [
    ("autarky", "autarky", "autarky", ("a_D", "n", "n_star", "B")),
    ("trade", "no-relocation", "trade", ("a_D", "a_X", "n", "n_star", "B", "B_star", "mbar", "mbar_star")),
    *(
        (f"{run}_{phase}", f"{run}-run", phase, ("a_D", "a_X", "a_R", "n_w", "B", "B_star", "mbar", "mbar_star"))
        for run in ("long", "short")
        for phase in ("XX", "DD", "full")
    ),
]


@pytest.mark.parametrize(("name", "regime", "phase", "results"), BO, ids=[row[0] for row in BO])
def test_baldwin_and_okubo(name, regime, phase, results):
    p = bo_draws(np.random.default_rng(11), DRAWS)
    special = solve_bo(regime, check=False, **p)
    model = read_model(MODELS / f"bo_{name}.toml")
    more = {"s_n": p["s_E"]} if "s_n" in model.quantities else {}
    general = solve_model(model, check=False, **p, **more)
    # With no firm born in the South its free entry does not hold: another model.
    there = (special.phase == phase) & (special.n_star > 0)
    assert np.count_nonzero(there) > 10
    assert general.solved[there].all(), general.status[there & ~general.solved][:3]
    if regime in ("autarky", "no-relocation", "long-run"):
        assert not (general.solved & ~there).any()
    for result in results:
        if result == "a_R" and phase == "full":
            continue
        one, other = general[result][there], getattr(special, result)[there]
        assert apart(one, other) < 1e-10, result
