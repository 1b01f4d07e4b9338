"""Hypothesis strategies for admissible economies: property tests draw from them and shrink towards round numbers.

They need the extra ``symhet[test]``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from symhet.catalogue import papers
from symhet.errors import UnknownModel, UnknownName
from symhet.numerics.distributions import (
    FAMILIES,
    Distribution,
    Frechet,
    LogNormal,
    Mixture,
    Pareto,
    TruncatedPareto,
    Uniform,
    Weibull,
)
from symhet.numerics.drawing import Numbers, hypothesis_strategies
from symhet.numerics.faults import UnknownRegime
from symhet.numerics.models import Draws, find_model

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy
__all__ = ["distributions", "economies", "parameters"]

MIXTURE = "mixture"


def parameters(
    model: str, *, regime: str | None = None, phase: str | None = None, extremes: bool = True
) -> SearchStrategy[dict[str, float]]:
    """Return admissible parameters of a model, as keywords for `symhet.solve`.

    They are drawn in coordinates of the admissible set, so that none is thrown away, and shrink towards round numbers.

    Parameters
    ----------
    model : str
        Key of a paper whose economies can be drawn, such as ``"kz"``.
    regime : str, optional
        One that the model has. For ``"kz"``, who offshores and exports: ``"paper"``, where A.1-A.3 hold, by default;
        country W has the labour to make Y too, whatever the distribution. For ``"bo"``: in ``"no-relocation"`` both
        nations have firms; in ``"long-run"`` s_n is drawn too.
    phase : str, optional
        One that the regime has, such as ``"XX"`` of the long run of ``"bo"``; any by default.
    extremes : bool, optional
        Whether to draw up to the corners too: shares of 0.001, cutoffs one percent apart, costs of 1000.

    Returns
    -------
    SearchStrategy
        Of dicts with a number for each parameter.

    Raises
    ------
    UnknownModel, UnknownName, UnknownRegime
        For a model, phase or regime that does not exist.
    MissingExtra
        Without hypothesis.

    Examples
    --------
    >>> from hypothesis import find
    >>> 0 < find(parameters("bo"), lambda p: True)["phi"] < 1
    True
    """
    draws = _draws(model)
    if regime is not None and regime not in draws.regimes:
        raise UnknownRegime(regime, draws.regimes, where=model)
    phases = draws.phases.get(regime or "", ())
    if phase is not None and phase not in phases:
        raise UnknownName(phase, phases, where=f"phase of {model}, regime {regime}", noun="phase")
    maker: SearchStrategy[dict[str, float]] = hypothesis_strategies().composite(draws.draw)(
        Numbers(extremes), regime, phase
    )
    return maker


def _draws(model: str) -> Draws:
    """Return how economies of a model are drawn."""
    found = find_model(model).draws
    if found is None:
        raise UnknownModel(model, [paper.key for paper in papers() if paper.model() and paper.model().draws])
    return found


def economies(
    model: str,
    *,
    regime: str | None = None,
    phase: str | None = None,
    families: Sequence[str] | None = None,
    extremes: bool = True,
) -> SearchStrategy[dict[str, Any]]:
    """Return all keywords of `symhet.solve`: parameters with a distribution, or with their regime.

    The moment that the model needs is finite, and what else its regime asks for holds: for ``"kz"`` the cutoffs are in
    its order, and every group that it has contains firms.

    Parameters
    ----------
    model : str
        Key of a paper whose economies can be drawn, such as ``"kz"``.
    regime, phase, extremes : optional
        As for `parameters`; the regime is the model's own by default.
    families : sequence of str, optional
        As for `distributions`, where the model leaves the distribution open.

    Returns
    -------
    SearchStrategy
        Of dicts with a number for each parameter, and the distribution or the regime.

    Raises
    ------
    UnknownModel, UnknownName, UnknownRegime
        For a model, family, phase or regime that does not exist.
    MissingExtra
        Without hypothesis.

    Examples
    --------
    >>> from hypothesis import find
    >>> sorted(set(find(economies("kz", families=["pareto"]), lambda e: True)) - set(find_model("kz").parameters))
    ['distribution']
    """
    found, draws = find_model(model), _draws(model)
    regime = regime or found.regime or None
    drawn = parameters(model, regime=regime, phase=phase, extremes=extremes)
    if "distribution" not in found.switches:
        with_regime: SearchStrategy[dict[str, Any]] = drawn.map(lambda p: {**p, "regime": regime} if regime else p)
        return with_regime.filter(draws.fits)
    with_law: SearchStrategy[dict[str, Any]] = hypothesis_strategies().builds(
        lambda p, law: {**p, "distribution": law(draws.exponent(p))}, drawn, _laws(families, extremes)
    )
    return with_law.filter(draws.fits)


# --- distributions -----------------------------------------------------------------------------------------------


def distributions(
    *, moment: float = 0.0, families: Sequence[str] | None = None, extremes: bool = True
) -> SearchStrategy[Distribution]:
    """Return productivity distributions of every family in closed form, and mixtures of two.

    Parameters
    ----------
    moment : float, optional
        Order up to which moments are to be finite; σ − 1 for use in the model.
    families : sequence of str, optional
        Names from `symhet.numerics.distributions.FAMILIES`, and ``"mixture"`` for mixtures of these; all by default.
    extremes : bool, optional
        Whether to draw very heavy and very thin tails too.

    Returns
    -------
    SearchStrategy
        Of distributions.

    Raises
    ------
    UnknownName
        For a family that does not exist.
    MissingExtra
        Without hypothesis.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(distributions(moment=3), lambda law: True).moment_exists(3).item()
    True
    """
    found: SearchStrategy[Distribution] = _laws(families, extremes).map(lambda law: law(moment))
    return found


_Law = Callable[[float], "Distribution"]
"""A distribution for each order up to which moments are to be finite."""


def _laws(families: Sequence[str] | None, extremes: bool) -> SearchStrategy[_Law]:
    known = (*FAMILIES, MIXTURE)
    wanted = known if families is None else tuple(families)
    for name in wanted:
        if name not in known:
            raise UnknownName(name, known, where="families")
    st, made = hypothesis_strategies(), _families(Numbers(extremes))
    single = st.one_of(*(made[name] for name in made if name in wanted or set(wanted) == {MIXTURE}))

    def mix(weight: float, first: _Law, second: _Law) -> _Law:
        return lambda moment: Mixture([weight, 1 - weight], [first(moment), second(moment)])

    mixed = st.builds(mix, Numbers(extremes).share(0.01, 0.99), single, single)
    choice = [*([single] if set(wanted) != {MIXTURE} else []), *([mixed] if MIXTURE in wanted else [])]
    found: SearchStrategy[_Law] = st.one_of(*choice)
    return found


def _families(numbers: Numbers) -> dict[str, SearchStrategy[_Law]]:
    """Return a strategy for each family, the simplest first."""
    st = hypothesis_strategies()
    tail, scale, spread = numbers.excess(0.05, 5), numbers.positive(), numbers.excess(0.05, 2)
    middle, width = st.sampled_from([0.0, 0.5, -0.5, 1.0, -1.0]), numbers.excess(0.1, 50)

    def law(family: type[Distribution], make: Callable[..., dict[str, float]], *drawn: Any) -> SearchStrategy[_Law]:
        found: SearchStrategy[_Law] = st.tuples(*drawn).map(lambda x: lambda moment: family(**make(moment, *x)))
        return found

    return {
        "pareto": law(Pareto, lambda k, a, s: {"shape": k + a, "scale": s}, tail, scale),
        "lognormal": law(LogNormal, lambda k, m, s: {"mu": m, "sigma": s}, middle, spread),
        "weibull": law(Weibull, lambda k, a, s: {"shape": a, "scale": s}, numbers.excess(0.5, 4), scale),
        "frechet": law(Frechet, lambda k, a, s: {"shape": k + a, "scale": s}, tail, scale),
        "truncated-pareto": law(
            TruncatedPareto, lambda k, a, s, w: {"shape": k + a, "scale": s, "upper": s * (1 + w)}, tail, scale, width
        ),
        "uniform": law(Uniform, lambda k, s, w: {"low": s, "high": s * (1 + w)}, scale, width),
    }
