"""Comparative statics as numbers: derived elasticities, evaluated at a solution, with the signs that are proved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from symhet.catalogue import papers
from symhet.errors import DomainError, UnknownModel, UnknownParameter
from symhet.numerics.inputs import listed, numbers
from symhet.numerics.labelled import unlabelled
from symhet.numerics.models import find_model, first_model

__all__ = ["Static", "statics"]


class Static(NamedTuple):
    """How one result responds to one parameter.

    Attributes
    ----------
    of, to : str
        Result and parameter.
    elasticity : ndarray
        d ln(of)/d ln(to) at the solution; of a result that is a logarithm itself, as Baldwin and Okubo's welfare is,
        d(of)/d ln(to).
    sign : str
        ``+`` or ``-``: the proved sign of the derivative, or of the change between any two economies of the regime;
        empty where none is proved, or its conditions fail.
    claim : str
        ID of the claim that proves it.
    conditions : tuple of str
        Conditions under which it was proved, beyond the paper's.
    met : ndarray of bool
        Where these conditions hold: elsewhere the derivative may have either sign.
    """

    of: str
    to: str
    elasticity: NDArray[np.float64]
    sign: str
    claim: str
    conditions: tuple[str, ...]
    met: NDArray[np.bool_]


def statics(
    model: str | None = None,
    *,
    of: str | Sequence[str] = (),
    to: str | Sequence[str] = (),
    distribution: Any = None,
    regime: str | None = None,
    signs: bool = True,
    **params: Any,
) -> list[Static]:
    """Return elasticities of an equilibrium from the derived formulas, in a regime that they are derived for.

    Parameters
    ----------
    model : str, optional
        Key of a paper that derives elasticities, such as ``"kz"``; the first of them by default.
    of, to : str or sequence of str, optional
        Results and parameters, of those whose elasticities are derived; the paper's choice by default.
    distribution : Distribution, str or scipy.stats frozen distribution, optional
        Productivity.
    regime : str, optional
        For a model with several: of ``"bo"`` ``long-run``, the default, or ``no-relocation``.
    signs : bool, optional
        Whether to judge the claims that sign the derivatives; takes seconds the first time.
    **params : array_like or xarray.DataArray
        Parameters of the model, with defaults; labelled arrays give labelled elasticities.

    Returns
    -------
    list of Static
        One entry for each pair, results outermost.

    Raises
    ------
    UnknownParameter
        For a result or parameter without derived elasticity.
    DomainError
        Where the assumptions of that regime do not hold, as where an infinite cost leaves a group without firms.

    Source
    ------
    The paper; each sign names its claim.

    Examples
    --------
    >>> [cutoff] = statics(of=["phi_ex"], to=["tau"])
    >>> cutoff.sign, cutoff.claim, bool(cutoff.elasticity > 0)
    ('+', 'kz.tau-off.tau', True)
    """
    found = find_model(first_model(lambda known: known.statics is not None) if model is None else model)
    if found.statics is None:
        raise UnknownModel(found.key, [paper.key for paper in papers() if paper.model() and paper.model().statics])
    results = listed(of) or found.statics.of or found.statics.outputs
    parameters = listed(to) or found.statics.to or found.statics.parameters
    for names, known, what in (
        (results, found.statics.outputs, "result"),
        (parameters, found.statics.parameters, "parameter"),
    ):
        for name in names:
            if name not in known:
                raise UnknownParameter(name, known, where=f"statics of {found.key}", noun=what)
    for name in params:
        if name not in (*found.parameters, *found.further):
            raise UnknownParameter(name, found.parameters, where=found.key)
    params, labels = unlabelled(params, found.key)
    for name, value in params.items():
        if np.isinf(numbers(value, name, where=found.key)).any():
            raise DomainError(
                "every margin is open",
                relation=f"{name} < infinity",
                left=np.inf,
                right=np.inf,
                where=f"{found.key}: elasticities are derived for economies with firms in every group",
                fix=f"give a finite {name}",
            )
    settings = found.settings(distribution, regime)
    made = found.statics.elasticities(results, parameters, signs=signs, **settings, **params)
    if labels is None:
        return made
    return [
        each._replace(elasticity=labels.put_on(each.elasticity, each.of), met=labels.put_on(each.met, each.of))
        for each in made
    ]
