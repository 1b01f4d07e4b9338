"""Melitz's claims looked at in economies of lognormal productivity, solved from the primitives without symhet."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import norm


class Economy:
    """Cutoffs, masses and sales, by roots of the free-entry condition."""

    def __init__(self, rng, **given):
        draw = {
            "sigma": rng.uniform(1.5, 6),
            "tau": rng.uniform(1.05, 3),
            "f": rng.uniform(0.3, 3),
            "n": rng.uniform(0.5, 8),
            "entry": rng.uniform(0.02, 2),
            "spread": rng.uniform(0.2, 1.2),
        }
        draw["f_x"] = draw["f"] * draw["tau"] ** (1 - draw["sigma"]) * (1 + rng.exponential(0.8))
        self.__dict__ |= draw | given
        self.ratio = self.tau * (self.f_x / self.f) ** (1 / (self.sigma - 1))
        self.phi_a = self.cutoff(lambda x: self.f * self.j(x))
        self.phi = self.cutoff(lambda x: self.f * self.j(x) + self.n * self.f_x * self.j(self.ratio * x))
        self.phi_x = self.ratio * self.phi
        self.both = 1 + self.n * self.tau ** (1 - self.sigma)
        self.sold = self.T(self.phi) + (self.both - 1) * self.T(self.phi_x)

    def cutoff(self, value):
        return np.exp(brentq(lambda u: value(np.exp(u)) - self.entry, -20, 20, xtol=1e-13))

    def S(self, x):
        return norm.sf(np.log(x) / self.spread)

    def T(self, x):
        order = self.sigma - 1
        return np.exp((order * self.spread) ** 2 / 2) * norm.sf(np.log(x) / self.spread - order * self.spread)

    def j(self, x):
        return x ** (1 - self.sigma) * self.T(x) - self.S(x)

    @property
    def mass(self):
        exporting = self.n * self.f_x * self.S(self.phi_x)
        return self.S(self.phi) / (self.sigma * (self.entry + self.f * self.S(self.phi) + exporting))

    @property
    def closed_mass(self):
        return self.S(self.phi_a) / (self.sigma * (self.entry + self.f * self.S(self.phi_a)))


@pytest.fixture(scope="module")
def economies():
    rng = np.random.default_rng(5)
    found = [Economy(rng) for _ in range(150)]
    return [e for e in found if e.S(e.phi_x) > 1e-8 and e.S(e.phi_a) < 1 - 1e-9]


def test_claims_proved_hold(economies):
    assert len(economies) > 80
    for e in economies:
        k = e.sigma - 1
        assert e.phi > e.phi_a
        assert e.phi**-k < e.phi_a**-k < e.both * e.phi**-k
        assert e.mass < e.closed_mass
        assert e.f * (e.phi_x / e.phi) ** k * e.both - e.n * e.f_x < e.f * (e.phi_x / e.phi_a) ** k
        for z in e.phi * np.array([1.0, 0.5 * (1 + e.ratio), e.ratio]):
            assert (e.T(z) + (e.both - 1) * e.T(e.phi_x)) / e.sold > e.T(z) / e.T(e.phi_a)
        assert e.both * e.T(2 * e.phi_x) / e.sold > e.T(2 * e.phi_x) / e.T(e.phi_a)


def test_claims_called_mixed_hold_in_some_economies_and_fail_in_others(economies):
    varieties = [(1 + e.n * e.S(e.phi_x) / e.S(e.phi)) * e.mass > e.closed_mass for e in economies]
    averages = [e.sold / (e.S(e.phi) + e.n * e.S(e.phi_x)) > e.T(e.phi_a) / e.S(e.phi_a) for e in economies]
    for claim in (varieties, averages):
        assert any(claim)
        assert not all(claim)
