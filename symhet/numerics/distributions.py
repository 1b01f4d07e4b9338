"""Productivity distributions: closed forms, mixtures, data, scipy's, and their spelling as text."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Mapping
from typing import Any

from symhet.errors import DomainError, UnknownName, UnknownParameter
from symhet.numerics.compound import Mixture
from symhet.numerics.data_laws import Empirical, Histogram
from symhet.numerics.families import Frechet, LogNormal, Weibull
from symhet.numerics.frozen import Frozen, from_scipy
from symhet.numerics.power_laws import Pareto, TruncatedPareto, Uniform
from symhet.numerics.tails import MOMENT_ASSUMPTION, Distribution, Tails

__all__ = [
    "FAMILIES",
    "MOMENT_ASSUMPTION",
    "Distribution",
    "Empirical",
    "Frechet",
    "Frozen",
    "Histogram",
    "LogNormal",
    "Mixture",
    "Pareto",
    "Tails",
    "TruncatedPareto",
    "Uniform",
    "Weibull",
    "as_distribution",
    "parse",
]

FAMILIES: Mapping[str, type[Distribution]] = {
    "frechet": Frechet,
    "lognormal": LogNormal,
    "pareto": Pareto,
    "truncated-pareto": TruncatedPareto,
    "uniform": Uniform,
    "weibull": Weibull,
}
"""Families by the name that `parse` understands."""

_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_NEXT_COMPONENT = re.compile(rf"\+(?=\s*{_NUMBER}\s*\*)")
_COMPONENT = re.compile(rf"\s*({_NUMBER})\s*\*\s*(.+?)\s*\Z", re.DOTALL)
_SCIPY_PREFIX = "scipy."
_LOG = logging.getLogger(__name__)
_ROUNDING = 1e-9
"""How far from one the sum of weights may be: they are typed in decimals."""


def parse(text: str) -> Distribution:
    """Read a distribution as it is written on the command line.

    Parameters
    ----------
    text : str
        ``family:parameter=value,…`` with the families pareto (shape, scale), truncated-pareto (shape, scale,
        upper), lognormal (sigma, mu; alone the standard one), weibull and frechet (shape, scale), uniform (low, high);
        ``scipy.NAME:parameter=value,…``
        for a continuous distribution of ``scipy.stats``; or a mixture, ``weight*family:… + weight*family:…``. Weights
        that do not add up to one are divided by their sum, with a warning in the log.

    Returns
    -------
    Distribution
        With scalar parameters.

    Raises
    ------
    UnknownName, UnknownParameter
        For a family or parameter that does not exist.
    DomainError
        For a value that is not a number, or outside its range.

    Examples
    --------
    >>> parse("pareto:shape=4.5,scale=1")
    Pareto(shape=4.5, scale=1)
    >>> parse("0.3*lognormal:mu=0,sigma=0.5 + 0.7*pareto:shape=5,scale=1")
    Mixture([0.3, 0.7], [LogNormal(mu=0, sigma=0.5), Pareto(shape=5, scale=1)])
    """
    pieces = _NEXT_COMPONENT.split(text)
    weighted = [_COMPONENT.match(piece) for piece in pieces]
    if len(pieces) == 1 and weighted[0] is None:
        return _single(text.strip())
    weights, components = [], []
    for piece, match in zip(pieces, weighted, strict=True):
        if match is None:
            raise _unreadable(piece, "a component of a mixture is weight*family:parameter=value,…")
        weights.append(float(match[1]))
        components.append(_single(match[2]))
    if not math.isclose(total := math.fsum(weights), 1, rel_tol=_ROUNDING):
        added = " + ".join(f"{weight:g}" for weight in weights)
        share = " + ".join(f"{weight / total:.6g}" for weight in weights)
        _LOG.warning("the weights %s add up to %g, not to one; they are divided by it: %s", added, total, share)
    return Mixture(weights, components)


def as_distribution(value: Any, default: Distribution | None = None) -> Distribution:
    """Return a distribution however it is given.

    Parameters
    ----------
    value : Distribution, str, scipy.stats frozen distribution, or None
        A text is read by `parse`; one of scipy's families becomes the closed form here where there is one.
    default : Distribution, optional
        What is meant by None.

    Raises
    ------
    DomainError
        For anything else.

    Examples
    --------
    >>> from scipy.stats import pareto
    >>> as_distribution(pareto(4.5), Pareto(5)), as_distribution(None, Pareto(5))
    (Pareto(shape=4.5, scale=1), Pareto(shape=5, scale=1))
    """
    if value is None and default is not None:
        return default
    if isinstance(value, Distribution):
        return value
    return parse(value) if isinstance(value, str) else from_scipy(value)


def _single(text: str) -> Distribution:
    name, _, rest = text.partition(":")
    family = name.strip().lower().replace("_", "-")
    values = _values(rest, text)
    if family.startswith(_SCIPY_PREFIX):
        return _scipy(family.removeprefix(_SCIPY_PREFIX), values, text)
    if family not in FAMILIES:
        raise UnknownName(name, FAMILIES, where=f"distribution {text!r}", noun="law")
    maker = FAMILIES[family]
    for given in values:
        if given not in maker.names:
            raise UnknownParameter(given, maker.names, where=f"distribution {text!r}")
    missing = [required for required in maker.required if required not in values]
    if missing and (values or not maker.has_standard):
        raise _unreadable(text, f"missing: {', '.join(missing)}")
    return maker(**values)


def _values(text: str, where: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for item in filter(None, (piece.strip() for piece in text.split(","))):
        name, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            raise _unreadable(where, f"{item!r} is not parameter=value")
        if name in found:
            raise _unreadable(where, f"{name} is given twice")
        try:
            found[name] = float(value)
        except ValueError:
            raise _unreadable(where, f"{value!r} is not a number") from None
    return found


def _scipy(name: str, values: Mapping[str, float], text: str) -> Distribution:
    from scipy import stats

    family = getattr(stats, name.replace("-", "_"), None)
    if not isinstance(family, stats.rv_continuous):
        known = [entry for entry in dir(stats) if isinstance(getattr(stats, entry), stats.rv_continuous)]
        raise UnknownName(name, known, where=f"distribution {text!r}")
    try:
        return from_scipy(family(**values))
    except TypeError as problem:
        raise _unreadable(text, str(problem)) from None


def _unreadable(text: str, why: str) -> DomainError:
    return DomainError(
        "readable distribution",
        relation="family:parameter=value,…",
        left=repr(text.strip()),
        right=why,
        fix="write for example pareto:shape=4.5,scale=1",
    )
