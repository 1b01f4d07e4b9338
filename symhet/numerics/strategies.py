"""Hypothesis strategies for admissible economies: property tests draw from them and shrink towards round numbers.

They need the extra ``symhet[test]``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symhet.errors import MissingExtra, UnknownParameter
from symhet.numerics.baldwin_okubo import REGIMES
from symhet.numerics.models import find_model

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from symhet.numerics.distributions import Distribution

__all__ = ["distributions", "parameters"]

_FINEST = 64


def _hypothesis() -> Any:
    try:
        from hypothesis import strategies
    except ImportError as error:
        raise MissingExtra("strategies", "test", "hypothesis") from error
    return strategies


def _positive(most: int = 8) -> SearchStrategy[float]:
    """Return positive numbers up to `most`: the simplest first, so that examples shrink to a small whole number."""
    st = _hypothesis()
    ratios = st.builds(Fraction, st.integers(1, most * _FINEST), st.integers(1, _FINEST))
    found: SearchStrategy[float] = st.one_of(st.integers(1, most), ratios.filter(lambda x: x <= most)).map(float)
    return found


def _share() -> SearchStrategy[float]:
    """Return numbers strictly between zero and one, shrinking to one half."""
    st = _hypothesis()
    found: SearchStrategy[float] = st.integers(2, _FINEST).flatmap(
        lambda denominator: st.integers(1, denominator - 1).map(lambda numerator: numerator / denominator)
    )
    return found


def parameters(model: str, *, regime: str | None = None) -> SearchStrategy[dict[str, float]]:
    """Return admissible parameters of a model, as keywords for `symhet.solve`.

    They are drawn in positive coordinates of the admissible set, so that none is thrown away, and shrink towards
    round numbers.

    Parameters
    ----------
    model : str
        ``"kz"``, where A.1-A.3 hold, or ``"bo"``.
    regime : str, optional
        For ``"bo"``: in ``"no-relocation"`` both nations have firms; in ``"long-run"`` s_n is drawn too.

    Raises
    ------
    UnknownModel, UnknownParameter
        For a model or regime that does not exist.
    MissingExtra
        Without hypothesis.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(parameters("bo"), lambda p: True)["sigma"]
    2.0
    """
    found = find_model(model)
    if regime is not None and regime not in found.switches.get("regime", ()):
        raise UnknownParameter(regime, REGIMES, where="regime")
    st = _hypothesis()
    maker: SearchStrategy[dict[str, float]] = st.composite(_kz if model == "kz" else _bo)(
        **({} if model == "kz" else {"regime": regime})
    )
    return maker


def _kz(draw: DrawFn) -> dict[str, float]:
    """Draw prices and ratios of cutoffs; the fixed costs of offshoring and exporting follow from them."""
    free = {name: draw(_positive()) for name in ("phi_Y", "phi_I", "phi_I_w", "f_p", "f_e", "L", "L_w")}
    alpha, beta = draw(_share()), draw(_share())
    k, dear, costly = draw(_positive(5)), draw(_positive(2)), draw(_positive(2))
    tau, tau_I = 1 + costly / 2, 1 + dear / 2
    price = draw(_share())
    gain = price ** (-alpha * k)
    offshoring, exporting = 1 + draw(_positive(4)) / 2, 1 + draw(_positive(4)) / 2
    return {
        "alpha": alpha,
        "beta": beta,
        "sigma": 1 + k,
        "tau": tau,
        "tau_I": tau_I,
        "n": float(draw(_hypothesis().integers(1, 10))),
        **free,
        "phi_Y_w": price * free["phi_I_w"] * free["phi_Y"] / (free["phi_I"] * tau_I),
        "f_I": free["f_p"] * (gain - 1) * offshoring,
        "f_ex": free["f_p"] * gain * offshoring * exporting * tau**-k,
    }


def _bo(draw: DrawFn, regime: str | None) -> dict[str, float]:
    """Draw β and the share of κ; in the regime without relocation s_E stays below the sustain point."""
    elastic, above, phi = draw(_positive(5)), draw(_positive(3)), draw(_share())
    beta = max(1 + above / 2, 1 / elastic)
    f = draw(_positive())
    omega = phi**beta
    highest = 1 / (1 + omega) if regime == "no-relocation" else 1.0
    found = {
        "sigma": 1 + elastic,
        "rho": max(beta * elastic, 1.0),
        "phi": phi,
        "s_E": 0.5 + (highest - 0.5) * draw(_share()),
        "f": f,
        "f_I": f / (beta - 1) * draw(_share()),
    }
    if regime == "long-run":
        limit = min((found["s_E"] * (1 + omega) - omega) / (1 - omega), 1.0)
        found["s_n"] = limit * draw(_share())
    return found


def distributions(*, moment: float = 0.0) -> SearchStrategy[Distribution]:
    """Return productivity distributions of every family in closed form, and mixtures of two.

    Parameters
    ----------
    moment : float, optional
        Order up to which moments are to be finite; σ − 1 for use in the model.

    Raises
    ------
    MissingExtra
        Without hypothesis.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(distributions(moment=3), lambda law: True).moment_exists(3).item()
    True
    """
    from symhet.numerics.distributions import Frechet, LogNormal, Mixture, Pareto, TruncatedPareto, Weibull

    st = _hypothesis()
    tail = _positive(4).map(lambda excess: moment + excess)
    single = st.one_of(
        st.builds(Pareto, shape=tail, scale=_positive(4)),
        st.builds(LogNormal, mu=st.sampled_from([0.0, 0.5, -0.5, 1.0, -1.0]), sigma=_positive(4).map(lambda x: x / 4)),
        st.builds(Weibull, shape=_positive(4).map(lambda x: 0.5 + x / 2), scale=_positive(4)),
        st.builds(Frechet, shape=tail, scale=_positive(4)),
        st.builds(
            lambda shape, scale, width: TruncatedPareto(shape=shape, scale=scale, upper=scale * (1 + width)),
            tail,
            _positive(4),
            _positive(8),
        ),
    )
    mixtures = st.builds(
        lambda share, first, second: Mixture([share, 1 - share], [first, second]), _share(), single, single
    )
    found: SearchStrategy[Distribution] = st.one_of(single, mixtures)
    return found
