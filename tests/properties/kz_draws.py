"""Registers of checks by claim, economies drawn from the chart, and economies at exported counterexamples."""

from fractions import Fraction
from functools import lru_cache

import numpy as np
from hypothesis import strategies as st

from symhet.claims import judge
from symhet.numerics.kz_parameters import DEFAULTS
from symhet.papers.kleinert_zorell.ledger import ledger
from symhet.papers.kleinert_zorell.model import domain
from tests.properties.kz_economy import Economy, LogNormal, Pareto, Piecewise

HOLDS, WITH, FAILS, REVERSED, AMBIGUOUS = {}, {}, {}, {}, {}


def holds(*ids):
    """Register a check of proved claims at any admissible economy."""
    return lambda check: HOLDS.update(dict.fromkeys(ids, check)) or check


def under(*ids):
    """Register a check of claims that are proved under a condition, at an economy that may satisfy it."""
    return lambda check: WITH.update(dict.fromkeys(ids, check)) or check


def fails(*ids):
    """Register a check that the printed claims are false at their witness."""
    return lambda check: FAILS.update(dict.fromkeys(ids, check)) or check


def close(a, b, tol=1e-10):
    np.testing.assert_allclose(a, b, rtol=tol, atol=0)


@lru_cache(maxsize=256)
def built(law, items):
    return Economy(law, **dict(items))


COORDINATE = st.integers(1, 8).map(lambda i: i / 4)


@st.composite
def economies(draw):
    """Draw positive coordinates of the chart of A.1-A.3, and a distribution with the moment that sigma asks for."""
    chart = domain().chart
    point = {y: draw(COORDINATE) for y in chart.coordinates}
    p = {symbol.name: float(term) for symbol, term in chart.parameters(point).items()}
    start, heavy, pareto = draw(COORDINATE), draw(COORDINATE), draw(st.booleans())
    law = Pareto(p["sigma"] - 1 + heavy, start) if pareto else LogNormal(0.25 + heavy / 2)
    return built(law, tuple(sorted(p.items())))


@st.composite
def reversed_economies(draw):
    """Draw economies in which A.3 fails and exporters come first, then exporters that offshore."""
    e = draw(economies())
    x, y, k = draw(COORDINATE), draw(COORDINATE), e.sigma - 1
    extra = (e.p_I_off / e.p_I_d) ** (-e.alpha * k) - 1
    costly = e.p["f_p"] * (1 + x)
    changed = {
        "f_ex": costly * e.p["tau"] ** -k,
        "f_I": costly * extra * (1 + e.n * e.p["tau"] ** -k) * (1 + y),
    }
    return built(e.law, tuple(sorted({**e.p, **changed}.items())))


def judged(identifier):
    return judge(ledger().find(identifier)).finding


@lru_cache(maxsize=64)
def witness(identifier):
    """Return the exported counterexample as plain floats, and the economy it describes."""
    exact = judged(identifier).witness.as_strings()
    law = None
    if "G.breaks" in exact:
        parts = [[float(Fraction(v)) for v in exact.pop(f"G.{key}").split(", ")] for key in ("breaks", "heights")]
        law = Piecewise(tuple(parts[0]), tuple(parts[1]), float(exact.pop("G.pareto_tail_shape")))
    values = {name: float(Fraction(value)) for name, value in exact.items()}
    return values, Economy(law, **{name: values.get(name, default) for name, default in DEFAULTS.items()})


def productivities(e):
    """Return productivities in every group and around every cutoff."""
    return np.concatenate([c * np.linspace(0.6, 1.7, 7) for c in (e.phi_min, e.phi_off, e.phi_ex)])


def reversed_draws(*ids):
    """Register a check of proved claims where only exporters offshore."""
    return lambda check: REVERSED.update(dict.fromkeys(ids, check)) or check


def both_signs(*ids):
    """Register a pair of economies at which something that is said to be open has opposite signs."""
    return lambda check: AMBIGUOUS.update(dict.fromkeys(ids, check)) or check
