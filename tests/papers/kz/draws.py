"""Registers of checks by claim, economies drawn by `symhet.strategies`, and economies at counterexamples."""

from fractions import Fraction
from functools import cache, lru_cache

import numpy as np

import symhet
from symhet.papers.kz.parameters import DEFAULTS
from tests.judged import judged as judgement
from tests.papers.amounts import drawing
from tests.papers.kz.crowds import crowds, is_populated
from tests.papers.kz.economy import Economy
from tests.papers.kz.laws import Pareto, Piecewise, jumps, law_of

HOLDS, WITH, FAILS, REVERSED, AMBIGUOUS, FOUND, OPEN, INSTEAD = {}, {}, {}, {}, {}, {}, {}, {}

KINDS = "pareto", "lognormal", "weibull", "bimodal", "bumpy"
CROWDS = "bimodal", "bumpy"
GROUPS = {"paper": 3, "only-exporters-offshore": 3, "offshoring-with-exporting": 2}
"""Groups of firms, by what they choose, in each regime."""
SHARED = 200
"""Economies that every claim is tried at in the slow tests, as many of each kind."""
ROOM = 0.01
"""Least distance in ln(phi) between a cutoff and a jump of the density."""


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


@lru_cache(maxsize=2048)
def built(law, items):
    return Economy(law, **dict(items))


def economies(regime="paper", kind=None):
    """Return economies drawn through the public strategies, where central differences have room on either side.

    They need it: the elasticities of the cutoffs are not continuous where a cutoff meets a jump of the density.

    Parameters
    ----------
    regime : str, optional
        Who offshores and exports.
    kind : str, optional
        Of `KINDS`; distributions of all families of the package by default.
    """
    if kind in CROWDS:
        drawn = crowds(regime, bumpy=kind == "bumpy").map(kept)
        return drawn.filter(lambda e: is_populated(e, GROUPS[regime])).filter(has_room)
    families = None if kind is None else [kind]
    drawn = symhet.strategies.economies("kz", regime=regime, families=families, extremes=False)

    def build(keywords):
        items = {name: value for name, value in keywords.items() if name != "distribution"}
        return built(law_of(keywords["distribution"]), tuple(sorted(items.items())))

    return drawn.map(build).filter(has_room)


def kept(e):
    """Return the economy as it was built before, with what was worked out for it."""
    return built(e.law, tuple(sorted(e.p.items())))


@cache
def shared(drawn):
    """Return two hundred economies of a regime, as many of each kind, solved once for all claims.

    Parameters
    ----------
    drawn : Callable
        `economies`, or what takes its keyword ``kind`` and draws from some of them.
    """
    kinds = ("pareto",) if drawn in (pareto_throughout, reversed_pareto_throughout) else KINDS
    each = SHARED // len(kinds)
    return [economy for kind in kinds for economy in drawn_list(drawn(kind=kind), each)]


def drawn_list(strategy, size):
    """Return the first economies that a strategy draws."""
    found = []

    @drawing(strategy, "many", (size, size))
    def take(economy):
        found.append(economy)

    take()
    assert len(found) >= size
    return found[:size]


def has_room(e):
    cutoffs = np.log([e.phi_min, e.phi_off, e.phi_ex])
    return all(np.min(np.abs(cutoffs - np.log(x))) > ROOM for x in jumps(e.law))


def reversed_economies(kind=None):
    """Return economies in which A.3 fails and exporters come first, then exporters that offshore."""
    return economies("only-exporters-offshore", kind)


def is_pareto(e):
    """Tell whether productivity is Pareto at every cutoff: the lowest may lie below all firms."""
    return isinstance(e.law, Pareto) and e.phi_min > e.law.start


def pareto_throughout(kind="pareto"):
    """Return the economies that claims on Pareto distributions speak of."""
    return economies(kind=kind).filter(is_pareto)


def reversed_pareto_throughout(kind="pareto"):
    """Return such economies in which exporters come first."""
    return reversed_economies(kind).filter(is_pareto)


def found_false(*ids, drawn=economies, everywhere=True):
    """Register a check that tells whether refuted claims are false at a drawn economy: at each, or at some."""
    return lambda check: FOUND.update(dict.fromkeys(ids, (check, drawn, everywhere))) or check


def instead(*ids, drawn=economies):
    """Register a check that what is said to be true instead of refuted claims is so at any drawn economy."""
    return lambda check: INSTEAD.update(dict.fromkeys(ids, (check, drawn))) or check


def open_sign(*ids):
    """Register derivatives at a drawn economy that together take both signs."""
    return lambda check: OPEN.update(dict.fromkeys(ids, check)) or check


def judged(identifier):
    return judgement(identifier).finding


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
