"""The general solver against economies worked out firm by firm, in five families of productivity."""

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from symhet.model import read_model
from symhet.numerics.equilibrium import solve_model
from tests.referees import firms

ROOT = Path(__file__).parents[2]
FAMILIES = ("pareto", "lognormal", "weibull", "frechet", "truncated-pareto")


def law_of(family, rng, k):
    """Return a distribution as text, and scipy's own."""
    shape, scale = k + rng.uniform(0.6, 3), np.exp(rng.normal(0, 0.3))
    mu, spread = rng.normal(0, 0.3), rng.uniform(0.3, 0.9)
    top = rng.uniform(4, 40)
    return {
        "pareto": (f"pareto:shape={shape},scale={scale}", stats.pareto(shape, scale=scale)),
        "lognormal": (f"lognormal:mu={mu},sigma={spread}", stats.lognorm(spread, scale=np.exp(mu))),
        "weibull": (f"weibull:shape={shape / 2},scale={scale}", stats.weibull_min(shape / 2, scale=scale)),
        "frechet": (f"frechet:shape={shape},scale={scale}", stats.invweibull(shape, scale=scale)),
        "truncated-pareto": (
            f"truncated-pareto:shape={shape},scale={scale},upper={scale * top}",
            stats.truncpareto(shape, top, scale=scale),
        ),
    }[family]


def melitz_gap(family, seed):
    rng = np.random.default_rng(seed)
    sigma = rng.uniform(1.8, 5)
    text, law = law_of(family, rng, sigma - 1)
    p = {"sigma": sigma, "tau": rng.uniform(1.05, 2), "f": rng.uniform(0.5, 2), "n": float(rng.integers(1, 6))}
    p["f_x"] = p["f"] * p["tau"] ** (1 - sigma) * (1 + rng.exponential(1.0))
    p |= {"f_e": rng.uniform(0.5, 3), "delta": rng.uniform(0.02, 0.3)}
    found = solve_model(read_model(ROOT / "examples" / "melitz.toml"), distribution=text, check=False, **p)
    given = {**{name: p[name] for name in ("sigma", "tau", "f", "f_x", "n")}, "f_e": p["delta"] * p["f_e"]}
    if found.status.item() == "some entrants exit":
        return None
    assert found.status.item() == "", (family, seed, found.status)
    phi, phi_x = firms.melitz(law, **given)
    phi_a, _ = firms.melitz(law, **given, closed=True)
    pairs = ((found.phi, phi), (found.phi_x, phi_x), (found.phi_a, phi_a))
    return max(abs(float(one) / other - 1) for one, other in pairs)


def chaney_gap(family, seed):
    rng = np.random.default_rng(seed)
    sigma = rng.uniform(1.8, 5)
    text, law = law_of(family, rng, sigma - 1)
    p = {"sigma": sigma, "mu": rng.uniform(0.2, 0.9), "tau": rng.uniform(1, 2), "div": rng.uniform(0, 0.4)}
    p |= {name: rng.uniform(0.5, 2) for name in ("w_i", "w_j", "L_i", "L_j")}
    p |= {name: rng.uniform(0.05, 0.5) for name in ("f_i", "f_j")}
    model = read_model(Path(__file__).parent / "models" / "chaney_any.toml")
    found = solve_model(model, distribution=text, **p)
    reference = firms.chaney(law, **p)
    return max(abs(float(found[n]) / r - 1) for n, r in zip(("phi_i", "phi_j", "P"), reference, strict=True))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("gap", [melitz_gap, chaney_gap])
def test_agrees_firm_by_firm(gap, family):
    gaps = [gap(family, seed) for seed in range(2)]
    assert any(found is not None for found in gaps)
    assert max(found for found in gaps if found is not None) < 1e-10


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("gap", [melitz_gap, chaney_gap])
def test_agrees_firm_by_firm_in_many_economies(gap, family):
    gaps = [found for seed in range(100, 145) if (found := gap(family, seed)) is not None]
    assert len(gaps) >= 40
    assert max(gaps) < 1e-10
