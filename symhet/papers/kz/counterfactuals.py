"""Two economies of Kleinert and Zorell's model compared: exact hat algebra, and the gains from trade by one share.

With a Pareto distribution whose whole tail produces, φ_min^a is proportional to the fixed costs that a producing firm
expects to pay, over f_e. So the change of every result follows from the shares of these costs before, and from how
parameters change; and without offshoring the gain from trade is λ^(−β/a), λ the domestic share of spending on X.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from symhet.errors import DomainError
from symhet.numerics.distributions import Pareto
from symhet.numerics.inputs import common_shape
from symhet.numerics.status import LEAST, Status
from symhet.numerics.tails import Array
from symhet.papers.kz.parameters import saving
from symhet.papers.kz.partition import REGIMES
from symhet.papers.kz.solution import NUMBERS, KZEquilibrium
from symhet.papers.kz.solver import solve_kz

__all__ = ["GAINS_APPLY", "HAT_APPLIES", "Gains", "Hat", "gains", "hat"]

_UNSOLVED = "an economy has no solution"
_PARETO = "productivity is not Pareto, or not the same Pareto"
_WHOLE_TAIL = "some entrants of all productivities produce: phi_min is below the scale"
_SHAPES = "sigma, alpha or beta differ"
_REGIME = "firms do not offshore and export in the same order, home firms first"
_OFFSHORING = "firms offshore, so that imports are inputs too"
_ALL_EXPORT = "all firms that produce export, so that trade costs move no export cutoff"

HAT_APPLIES = ("", _UNSOLVED, _PARETO, _SHAPES, _REGIME, _WHOLE_TAIL)
"""What `Hat.verdict` may say: nothing, where the shares before decide; else why they do not."""
GAINS_APPLY = ("", _UNSOLVED, _PARETO, _OFFSHORING, _ALL_EXPORT, _WHOLE_TAIL)
"""What `Gains.verdict` may say: nothing, where the domestic share decides; else why it does not."""

_SAME = ("sigma", "alpha", "beta")
_FROM_HOME = tuple(REGIMES.index(name) for name in ("paper", "no-offshoring", "no-exporting", "no-trade"))


@dataclass(frozen=True)
class Hat:
    """How results change from one economy to another.

    Attributes
    ----------
    ratios : dict of str to ndarray
        Every result after over before, from the two solutions; NaN where one of them has few digits or none.
    by_shares : dict of str to ndarray
        The same from the shares of fixed costs before and the changes of parameters alone; NaN where that is not
        enough.
    verdict : ndarray of str
        Empty where the shares decide; else the condition that fails, from `HAT_APPLIES`.
    """

    ratios: dict[str, Array]
    by_shares: dict[str, Array]
    verdict: Any


def hat(before: KZEquilibrium, after: KZEquilibrium) -> Hat:
    """Compare two economies by exact hat algebra.

    Parameters
    ----------
    before, after : KZEquilibrium
        Solved; their arrays broadcast.

    Returns
    -------
    Hat
        Ratios, and the verdict whether they follow from the shares before.

    Examples
    --------
    >>> found = hat(solve_kz(), solve_kz(tau=1.7))
    >>> str(found.verdict), bool(found.ratios["welfare"] > 1)
    ('', True)
    >>> bool(abs(found.by_shares["welfare"] / found.ratios["welfare"] - 1) < 1e-12)
    True
    """
    for name, economy in (("before", before), ("after", after)):
        if getattr(economy, "model_key", "") != KZEquilibrium.model_key:
            raise DomainError(
                "economies of one model",
                relation=f"{name} is a solved economy of this model",
                left=type(economy).__name__,
                right=KZEquilibrium.__name__,
                where="hat",
                fix=f'give {name} as symhet.solve("{KZEquilibrium.model_key}", ...)',
            )
    shape = common_shape({"before": before.status_number.shape, "after": after.status_number.shape}, "hat")
    with np.errstate(all="ignore"):
        ratios = {name: np.asarray(_ratio(before, after, name)) for name in NUMBERS}
        status = _applies(before, after, shape)
        found = _from_shares(before, after)
    solved = status.solved()
    by_shares = {name: np.where(solved, value, np.nan) for name, value in found.items()}
    return Hat(ratios, by_shares, status.texts())


def _ratio(before: KZEquilibrium, after: KZEquilibrium, name: str) -> Array:
    """Return a result after over before; not a number where one of them is too small to have all its digits."""
    over, under = getattr(after, name), getattr(before, name)
    few = ((over != 0) & (np.abs(over) < LEAST)) | ((under != 0) & (np.abs(under) < LEAST))
    vanished = ((over == 0) != (under == 0)) & (before.regime_number == after.regime_number)
    return np.where(few | vanished, np.nan, over / under)


def _applies(before: KZEquilibrium, after: KZEquilibrium, shape: tuple[int, ...]) -> Status:
    status = Status(HAT_APPLIES, shape)
    status.note(_wide((before.status_number > 0) | (after.status_number > 0), shape), _UNSOLVED)
    first, second = before.distribution, after.distribution
    if not (isinstance(first, Pareto) and isinstance(second, Pareto)):
        status.note(np.ones(shape, dtype=bool), _PARETO)
        return status
    status.note(_wide((first.index != second.index) | (first.scale != second.scale), shape), _PARETO)
    for name in _SAME:
        status.note(_wide(before.parameters[name] != after.parameters[name], shape), _SHAPES)
    same = (before.regime_number == after.regime_number) & np.isin(before.regime_number, _FROM_HOME)
    status.note(_wide(~same, shape), _REGIME)
    whole = (before.phi_min >= first.scale) & (after.phi_min >= second.scale)
    status.note(_wide(~whole, shape), _WHOLE_TAIL)
    return status


def _wide(value: Any, shape: tuple[int, ...]) -> Any:
    return np.broadcast_to(value, shape)


def _from_shares(before: KZEquilibrium, after: KZEquilibrium) -> dict[str, Array]:
    """Return changes of results from the shares of fixed costs before."""
    law = before.distribution
    if not isinstance(law, Pareto):
        return {}
    p, q = before.parameters, after.parameters
    a, k = law.index, p["sigma"] - 1
    change = {name: q[name] / p[name] for name in p}
    for name in ("f_I", "f_ex"):
        change[name] = np.where(np.isinf(p[name]) & np.isinf(q[name]), 1.0, change[name])
    gain, offshoring = (1 + saving(q)) / (1 + saving(p)), np.isfinite(before.phi_off)
    lead_off = np.where(offshoring, (change["f_I"] / (saving(q) / saving(p)) / change["f_p"]) ** (1 / k), 1.0)
    lead_ex = change["tau"] * (change["f_ex"] / change["f_p"] / np.where(offshoring, gain, 1.0)) ** (1 / k)
    paid = [
        p["f_p"] * before.M,
        np.where(offshoring, p["f_I"] * (before.M_off + before.M_ex), 0.0),
        np.where(before.M_ex > 0, p["n"] * p["f_ex"] * before.M_ex, 0.0),
    ]
    rises = [change["f_p"], change["f_I"] * lead_off**-a, change["n"] * change["f_ex"] * lead_ex**-a]
    grown = sum((cost * rise for cost, rise in zip(paid, rises, strict=True)), np.zeros(())) / sum(paid)
    cutoff = (grown / change["f_e"]) ** (1 / a)
    entrants = change["L"] / change["f_e"]
    cost = change["phi_Y"] * change["phi_I"] ** -p["alpha"]
    index = (change["f_p"] / change["L"]) ** (1 / k) * cost / cutoff
    exporters = entrants * (cutoff * lead_ex) ** -a
    return {
        "phi_min": cutoff,
        "phi_off": cutoff * lead_off,
        "phi_ex": cutoff * lead_ex,
        "w": change["phi_Y"],
        "P_X": index,
        "welfare": change["phi_Y"] * index ** -p["beta"],
        "M_e": entrants,
        "M": entrants * cutoff**-a,
        "M_ex": exporters,
        "exports_X": change["phi_Y"] * change["n"] * change["f_ex"] * exporters,
    }


@dataclass(frozen=True)
class Gains:
    """Gains from trade.

    Attributes
    ----------
    domestic_share : ndarray
        λ, the share of spending on X that goes to home firms.
    exact : ndarray
        The real wage over what it is without trade in X and in intermediates, from the two solutions.
    by_share : ndarray
        λ^(−β/a), with the Pareto shape a; NaN for other distributions, which have no constant trade elasticity.
    verdict : ndarray of str
        Empty where both agree; else the condition that fails, from `GAINS_APPLY`.
    """

    domestic_share: Array
    exact: Array
    by_share: Array
    verdict: Any


def gains(economy: KZEquilibrium) -> Gains:
    """Return the gains from trade of an economy, by both ways, and the verdict on the shorter one.

    Parameters
    ----------
    economy : KZEquilibrium
        Solved.

    Returns
    -------
    Gains
        Arrays of the economy's shape.

    Source
    ------
    Arkolakis, Costinot and Rodríguez-Clare (2012), "New trade models, same old gains?", for the formula in λ.

    Examples
    --------
    >>> import numpy as np
    >>> found = gains(solve_kz(f_I=np.inf))
    >>> str(found.verdict), bool(abs(found.by_share / found.exact - 1) < 1e-12)
    ('', True)
    >>> str(gains(solve_kz()).verdict)
    'firms offshore, so that imports are inputs too'
    """
    alone: dict[str, Any] = {**economy.parameters, "f_I": np.asarray(np.inf), "f_ex": np.asarray(np.inf)}
    law = economy.distribution
    closed = solve_kz(distribution=law, paper_only=False, check=False, **alone)
    shape = economy.status_number.shape
    status = Status(GAINS_APPLY, shape)
    status.note(_wide((economy.status_number > 0) | (closed.status_number > 0), shape), _UNSOLVED)
    with np.errstate(all="ignore"):
        share = 1 - economy.exports_X / economy.E_X
        exact = economy.welfare / closed.welfare
        if isinstance(law, Pareto):
            by_share = share ** (-economy.parameters["beta"] / law.index)
            whole = (economy.phi_min >= law.scale) & (closed.phi_min >= law.scale)
        else:
            by_share, whole = np.full(shape, np.nan), np.ones(shape, dtype=bool)
            status.note(np.ones(shape, dtype=bool), _PARETO)
    status.note(_wide(np.isfinite(economy.phi_off), shape), _OFFSHORING)
    status.note(_wide(economy.phi_ex <= economy.phi_min, shape), _ALL_EXPORT)
    status.note(_wide(~whole, shape), _WHOLE_TAIL)
    return Gains(share, exact, by_share, status.texts())
