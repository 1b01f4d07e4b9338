"""Elasticities of Baldwin and Okubo's equilibria with free entry, differentiated from what the claims derive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from symhet.catalogue import ledger
from symhet.claims import judge
from symhet.errors import UnknownParameter
from symhet.findings import Finding
from symhet.numerics.compiled.functions import NumericFunction
from symhet.numerics.compiled.registry import numeric
from symhet.numerics.faults import NoElasticities, UnknownRegime
from symhet.numerics.statics import Static
from symhet.papers.bo import longrun_facts
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.solution import BOEquilibrium
from symhet.papers.bo.solver import REGIMES, solve_bo
from symhet.propositions import And, Prop, Rel

__all__ = ["OUTPUTS", "PARAMETERS", "elasticities"]

PARAMETERS = ("sigma", "rho", "phi", "s_E", "f", "f_I")
"""Parameters with respect to which the results are differentiated."""

OUTPUTS = (
    "a_D", "a_X", "a_R", "n", "n_star", "n_w", "s_n", "B", "B_star", "mbar", "mbar_star", "abar_star", "welfare",
    "welfare_star",
)  # fmt: skip
"""Results whose elasticities are derived. Welfare is a logarithm: its response is the elasticity of consumption."""

_LOGARITHMS = ("welfare", "welfare_star")

_SIGNS: Mapping[str, Mapping[str, str]] = {
    "no-relocation": {
        "welfare": "bo.large-welfare.no-relocation",
        "mbar": "bo.large-welfare.no-relocation",
        "welfare_star": "bo.result6.no-relocation",
        "mbar_star": "bo.result6.no-relocation",
        **dict.fromkeys(("a_D", "a_X", "B", "B_star"), "bo.trade-effects.cutoffs"),
    },
    "long-run": {
        "welfare": "bo.large-welfare.after",
        "mbar": "bo.large-welfare.after",
        "welfare_star": "bo.result6.after",
        "mbar_star": "bo.result6.after",
    },
}
"""By regime, claims that order a result in any two economies of which one has freer trade."""
_PAPER_NAMES = {"welfare": "mbar", "welfare_star": "mbar_star"}


def elasticities(
    of: Sequence[str],
    to: Sequence[str],
    *,
    regime: str = "long-run",
    signs: bool = True,
    s_n: Any = None,
    **params: Any,
) -> list[Static]:
    """Return the elasticities of results with respect to parameters while the South has firms, results outermost.

    In the long run the North's share of births stays where it is given, and is s_E and moves with it by default.

    Raises
    ------
    UnknownRegime
        For a name that is no regime.
    NoElasticities
        For a regime without derived elasticities, and where every firm is in the North.

    Source
    ------
    Equation (9) and section 3.3, as derived from the primitives.

    Examples
    --------
    >>> [response] = elasticities(["welfare_star"], ["phi"])
    >>> response.sign, response.claim, bool(response.elasticity > 0)
    ('+', 'bo.result6.after', True)
    """
    if regime not in REGIMES:
        raise UnknownRegime(regime, REGIMES, where="bo")
    if regime not in _SIGNS:
        why = f"they are derived with free entry and trade: {' and '.join(_SIGNS)}"
        raise NoElasticities(f"bo, {regime}", why, f"symhet sweep bo --regime {regime} gives results point by point")
    given = params if s_n is None else {**params, "s_n": s_n}
    equilibrium = solve_bo(regime, **given)
    populated = (equilibrium.n_star > 0) & (equilibrium.phase != m.Phase.FULL.value)
    if not populated.all():
        why = "beyond the sustain point every firm is in the North, and they are derived while the South has firms"
        raise NoElasticities(f"bo, {regime}", why, "lower phi or s_E until phi^(rho/(sigma - 1))*s_E < 1 - s_E")
    point = _point(equilibrium)
    found = []
    for name in of:
        for parameter in to:
            value = np.full(equilibrium.phase.shape, np.nan)
            for phase in np.unique(equilibrium.phase):
                here = equilibrium.phase == phase
                function = _elasticity(name, parameter, str(phase), s_n is not None)
                there = function(**{symbol: point[symbol] for symbol in function.inputs})["elasticity"]
                value = np.where(here, there, value)
            proof = _proof(name, parameter, regime) if signs else ("", "", ())
            found.append(Static(name, parameter, value, *proof, populated))
    return found


def _point(equilibrium: BOEquilibrium) -> dict[str, Any]:
    """Return the numbers that the formulas need: parameters, the paper's beta and the share of births."""
    point = dict(zip(equilibrium.parameters, np.broadcast_arrays(*equilibrium.parameters.values()), strict=True))
    return {"s_n": equilibrium.s_n, **point, "beta": point["rho"] / (point["sigma"] - 1)}


@cache
def _levels(phase: str) -> dict[str, sp.Expr]:
    """Return the results in terms of parameters and the share of births, as the claims derive them."""
    if phase == "trade":
        found = dict(numeric("bo.eq9").formulas)
    else:
        steps = longrun_facts.solved(m.Phase(phase)).context.hypotheses
        found = {"a_D": _right(steps[h.a_D]), "n_w": _right(steps[h.n_w])}
        found["a_X"] = _right(steps[h.a_X]).xreplace({m.a_D: found["a_D"]})
        found["a_R"] = _right(steps[h.R]).xreplace({m.a_D: found["a_D"]}) ** (1 / m.alpha)
        found["s_n"] = m.s_n
        cutoffs = {x: found[x.name] for x in (m.a_D, m.a_X, m.a_R)}
        found["abar_star"] = numeric(f"bo.abar-{phase}").formulas["abar_star"].xreplace(cutoffs)
    demand = m.f * found["a_D"] ** (m.sigma - 1)
    sums = {"mbar": m.s_E / demand, "mbar_star": (1 - m.s_E) / demand}
    consumed = {
        name: sp.log(sums[weight]) / (m.sigma - 1) + sp.log(1 - 1 / m.sigma) for name, weight in _PAPER_NAMES.items()
    }
    births = {"n": found["s_n"] * found["n_w"], "n_star": (1 - found["s_n"]) * found["n_w"]}
    return {**found, **births, "B": demand, "B_star": demand, **sums, **consumed}


def _right(step: Prop) -> sp.Expr:
    assert isinstance(step, Rel)
    return step.rhs


@cache
def _elasticity(name: str, parameter: str, phase: str, fixed: bool) -> NumericFunction:
    """Return the elasticity as a numeric function; the paper's beta moves with rho and sigma, s_n with s_E or not."""
    levels = _levels(phase)
    if name not in levels:
        raise UnknownParameter(name, levels, where=f"statics of Baldwin and Okubo, phase {phase}")
    level = levels[name] if fixed else levels[name].xreplace({m.s_n: m.s_E})
    by, rho = sp.Symbol(parameter, positive=True), sp.Symbol("rho", positive=True)
    along = sp.diff(rho / (m.sigma - 1), by).xreplace({rho: m.rho})
    change = sp.diff(level, by) + sp.diff(level, m.beta) * along
    return NumericFunction(
        f"bo.{name}/{parameter}", {"elasticity": change * by / (1 if name in _LOGARITHMS else level)}
    )


@cache
def _finding(identifier: str) -> Finding:
    return judge(ledger("bo").find(identifier)).finding


def _proof(name: str, parameter: str, regime: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the direction that a claim proves, its ID, and the conditions that it adds to the paper's."""
    identifier = _SIGNS[regime].get(name, "")
    if not identifier or parameter != "phi":
        return "", "", ()
    finding = _finding(identifier)
    own = sp.Symbol(_PAPER_NAMES.get(name, name), positive=True)
    freer = sp.Symbol(f"{own}_2", positive=True)
    for relation in _relations(finding.statement):
        if relation.op == "<" and {relation.lhs, relation.rhs} == {own, freer}:
            # Of the two economies only one is looked at; what is supposed of it is supposed of the other too.
            conditions = tuple(label for label, _ in finding.conditions if not label.endswith(" 2"))
            return "+" if relation.lhs == own else "-", identifier, conditions
    return "", "", ()


def _relations(statement: Prop | None) -> Iterator[Rel]:
    if isinstance(statement, And):
        for part in statement.parts:
            yield from _relations(part)
    elif isinstance(statement, Rel):
        yield statement
