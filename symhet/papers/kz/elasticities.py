"""Elasticities of an equilibrium as numeric functions, from the claims' derivations, with the signs they prove."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from symhet.algebra.calculus import derivative
from symhet.algebra.tails import Density, Survival, TailMoment
from symhet.algebra.total import total
from symhet.catalogue import ledger
from symhet.claims import judge
from symhet.findings import Finding
from symhet.numerics.compiled.functions import NumericFunction
from symhet.numerics.distributions import Distribution, Pareto, as_distribution
from symhet.numerics.statics import Static
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import INCOME
from symhet.papers.kz.comparative import slope_step
from symhet.papers.kz.facts import RELATIVE_PRICE
from symhet.papers.kz.parameters import gather
from symhet.papers.kz.solution import KZEquilibrium
from symhet.papers.kz.solver import DEFAULT_DISTRIBUTION, solve_kz
from symhet.propositions import And, Prop, Rel
from symhet.steps import Step

__all__ = ["OUTPUTS", "PARAMETERS", "elasticities"]

_SLOPES = {"tau_I": "kz.R.3.cif", "f_I": "kz.D-fI", "tau": "kz.D-tau", "f_ex": "kz.D-fex", "n": "kz.D-n"}
"""Claims whose derivations have the slopes of the three cutoffs as checked steps, by parameter."""

PARAMETERS = tuple(_SLOPES)
"""Parameters with respect to which the cutoffs are differentiated."""

_SIGNS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("phi_min", "tau_I"): ("kz.R.1",),
    ("phi_off", "tau_I"): ("kz.off-falls",),
    ("phi_ex", "tau_I"): ("kz.R.2.extensive",),
    ("P_X", "tau_I"): ("kz.R.1",),
    ("exports_X", "tau_I"): ("kz.R.2.aggregate.pareto", "kz.R.2.aggregate"),
    ("imports_I_cif", "tau_I"): ("kz.R.3.cif",),
    ("imports_I_fob", "tau_I"): ("kz.R.3.fob",),
    ("imports_I_quantity", "tau_I"): ("kz.R.3.quantity",),
    ("L_I", "tau_I"): ("kz.R.3.labour",),
    ("L_Y", "tau_I"): ("kz.R.3.labour",),
    ("welfare", "tau_I"): ("kz.R.4",),
    ("welfare", "f_I"): ("kz.fI-welfare",),
    ("imports_I_cif", "f_I"): ("kz.fI-trade.intermediates",),
    **{(x, "f_I"): ("kz.fI-ex",) for x in ("phi_min", "phi_off", "phi_ex")},
    **{(x, "tau"): ("kz.tau-off.tau",) for x in ("phi_min", "phi_off", "phi_ex")},
    **{(x, "f_ex"): ("kz.tau-off.f_ex",) for x in ("phi_min", "phi_off", "phi_ex")},
    **{(x, "n"): ("kz.D-n",) for x in ("phi_min", "phi_off", "phi_ex")},
}
"""Claims that sign a derivative, those for Pareto distributions first."""

_PAPER_NAMES = {
    "exports_X": "exports",
    "imports_I_cif": "imports_cif",
    "imports_I_fob": "imports_fob",
    "imports_I_quantity": "I_off",
    "welfare": "W",
}


_STEPS: Mapping[str, tuple[str, Step]] = {
    "P_X": ("kz.R.3.cif", h.P_X),
    "M_e": ("kz.R.3.cif", h.M_e),
    "exports_X": ("kz.R.2.aggregate.pareto", h.exports),
    "imports_I_cif": ("kz.R.3.cif", h.imports_cif),
    "imports_I_fob": ("kz.R.3.fob", h.imports_fob),
    "imports_I_quantity": ("kz.R.3.quantity", h.I_off),
    "L_I": ("kz.R.3.labour", h.L_I),
}
"""Results that a claim's derivation solves for: the claim, and the step."""

_MADE_OF_THEM: Mapping[str, Callable[[Callable[[str], sp.Expr]], sp.Expr]] = {
    "phi_min": lambda of: m.phi_min,
    "phi_off": lambda of: m.phi_off,
    "phi_ex": lambda of: m.phi_ex,
    "p_I_off": lambda of: m.tau_I * m.phi_Y_w / m.phi_I_w,
    "P": lambda of: of("P_X") ** m.beta,
    "welfare": lambda of: of("P_X") ** -m.beta,
    "M": lambda of: of("M_e") * Survival(m.phi_min),
    "M_d": lambda of: of("M_e") * (Survival(m.phi_min) - Survival(m.phi_off)),
    "M_off": lambda of: of("M_e") * (Survival(m.phi_off) - Survival(m.phi_ex)),
    "M_ex": lambda of: of("M_e") * Survival(m.phi_ex),
    "M_t": lambda of: of("M") + m.n * of("M_ex"),
    "L_Y": lambda of: of("Y") / m.phi_Y,
    "Y": lambda of: (1 - m.beta) * INCOME + of("imports_I_cif"),
    "I_w": lambda of: (1 + m.n) * m.tau_I * of("imports_I_quantity"),
}


@cache
def _level(name: str) -> sp.Expr:
    """Return a result in terms of parameters, cutoffs and tails, as the claims derive it, up to a constant factor."""
    if name not in _STEPS:
        return _MADE_OF_THEM[name](_level)
    identifier, step = _STEPS[name]
    return _equation(identifier, step).rhs


def _equation(identifier: str, step: Step) -> Rel:
    """Return an equation that is a step of a derivation that was checked."""
    derivation = _finding(identifier).derivation
    assert derivation is not None
    equation = derivation.context.hypotheses[step]
    assert isinstance(equation, Rel)
    return equation


OUTPUTS = (
    "phi_min", "phi_off", "phi_ex", "p_I_off", "P_X", "P", "welfare", "M", "M_d", "M_off", "M_ex", "M_e", "M_t",
    "exports_X", "imports_I_cif", "imports_I_fob", "imports_I_quantity", "L_I", "L_Y", "Y", "I_w",
)  # fmt: skip
"""Results whose elasticities are derived."""


def elasticities(
    of: Sequence[str], to: Sequence[str], *, distribution: Any = None, signs: bool = True, **params: Any
) -> list[Static]:
    """Return the elasticities of results with respect to parameters where A.1-A.3 hold, results outermost.

    Raises
    ------
    DomainError
        Where A.1-A.3 do not hold.

    Source
    ------
    Section 4 and Appendix D, as derived for a general distribution.

    Examples
    --------
    >>> [cutoff] = elasticities(["phi_ex"], ["tau"])
    >>> cutoff.sign, cutoff.claim, bool(cutoff.elasticity > 0)
    ('+', 'kz.tau-off.tau', True)
    """
    law = as_distribution(distribution, DEFAULT_DISTRIBUTION)
    equilibrium = solve_kz(distribution=law, paper_only=True, **params)
    point = _point(equilibrium, law, params)
    point[_POPULATED] = (equilibrium.M_d > 0) & (equilibrium.M_off > 0) & (equilibrium.M_ex > 0)
    found: list[Static] = []
    for name in of:
        for parameter in to:
            function = _elasticity(name, parameter)
            value = function(**{symbol: point[symbol] for symbol in function.inputs})["elasticity"]
            proof = _proof(name, parameter, law, point) if signs else _UNSIGNED
            found.append(Static(name, parameter, value, *proof))
    return found


def _point(equilibrium: KZEquilibrium, law: Distribution, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numbers that the formulas need: parameters, cutoffs, offshoring factor and tails at the cutoffs."""
    point: dict[str, Any] = dict(gather(params))
    k = point["sigma"] - 1
    point["Lambda"] = (equilibrium.p_I_off / equilibrium.p_I_d) ** (-point["alpha"] * k)
    for name in ("phi_min", "phi_off", "phi_ex"):
        x = getattr(equilibrium, name)
        tails = law.tails(x, k)
        point |= {
            name: x,
            f"S_{name}": tails.survival,
            f"T_{name}": tails.moment * x**k,
            f"g_{name}": tails.density / x,
        }
    return point


@cache
def _elasticity(name: str, parameter: str) -> NumericFunction:
    """Return the elasticity as a numeric function of parameters, cutoffs and tails."""
    by = sp.Symbol(parameter, positive=True)
    level = _level(name)
    slopes = _checked_slopes(parameter) | {m.Lambda: derivative(RELATIVE_PRICE ** (-m.alpha * m.k), by)}
    change = derivative(level, by) + sp.Add(*(derivative(level, x) * slope for x, slope in slopes.items()))
    return NumericFunction(f"kz.{name}/{parameter}", {"elasticity": (change * by / level).xreplace(_tails())})


@cache
def _tails() -> dict[sp.Basic, sp.Symbol]:
    """Return the symbols by which the formulas name the tails at the cutoffs."""
    kinds = ((Survival, "S"), (TailMoment, "T"), (Density, "g"))
    return {
        kind(x, m.k) if kind is TailMoment else kind(x): sp.Symbol(f"{letter}_{x}", real=True)
        for kind, letter in kinds
        for x in (m.phi_min, m.phi_off, m.phi_ex)
    }


@cache
def _finding(identifier: str) -> Finding:
    return judge(ledger("kz").find(identifier)).finding


def _checked_slopes(parameter: str) -> dict[sp.Symbol, sp.Expr]:
    """Return the derivatives of the cutoffs, from the steps of a derivation that was checked."""
    by = sp.Symbol(parameter, positive=True)
    slopes = {}
    for x in (m.phi_min, m.phi_off, m.phi_ex):
        step = _equation(_SLOPES[parameter], slope_step(x))
        assert step.lhs == total(x, by)
        slopes[x] = step.rhs
    return slopes


_Proof = tuple[str, str, tuple[str, ...], NDArray[np.bool_]]
"""Sign, claim, conditions, and where these hold."""
_UNSIGNED: _Proof = ("", "", (), np.ones((), dtype=bool))
_POPULATED = "firms in every group"
"""What the paper takes for granted: a density that is positive at and between the cutoffs."""
_WITHIN = "cutoffs within the support"
"""What the conditions of a claim for Pareto distributions come down to, for a distribution that is one."""


def _proof(name: str, parameter: str, law: Distribution, point: Mapping[str, Any]) -> _Proof:
    """Return what is proved of a sign, by the claim whose conditions hold at the most points of the solution."""
    found, most = _UNSIGNED, -1
    for identifier in _SIGNS.get((name, parameter), ()):
        if identifier.endswith(".pareto") and not isinstance(law, Pareto):
            continue
        sign = _sign(name, parameter, identifier)
        if not sign:
            continue
        labels, met = _conditions(identifier, law, point)
        populated = point[_POPULATED]
        labels, met = (labels if populated.all() else (*labels, _POPULATED)), met & populated
        if np.count_nonzero(met) > most:
            found, most = (sign if met.any() else "", identifier, labels, met), int(np.count_nonzero(met))
    return found


def _conditions(
    identifier: str, law: Distribution, point: Mapping[str, Any]
) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """Return the conditions of a claim and where they hold at the solution."""
    if identifier.endswith(".pareto"):
        assert isinstance(law, Pareto)
        return (_WITHIN,), np.asarray(point["phi_min"] >= law.scale)
    conditions = _finding(identifier).conditions
    met = np.ones((), dtype=bool)
    for label, _ in conditions:
        sides = _sides(identifier, label)
        found = sides(**{symbol: point[symbol] for symbol in sides.inputs})
        strict = _relation(identifier, label).op == "<"
        met = met & (found["left"] < found["right"] if strict else found["left"] <= found["right"])
    return tuple(label for label, _ in conditions), np.asarray(met)


@cache
def _sides(identifier: str, label: str) -> NumericFunction:
    """Return both sides of a condition as a numeric function of parameters, cutoffs and tails."""
    relation = _relation(identifier, label)
    sides = {"left": relation.lhs.xreplace(_tails()), "right": relation.rhs.xreplace(_tails())}
    return NumericFunction(f"{identifier}: {label}", sides)


def _relation(identifier: str, label: str) -> Rel:
    """Return a condition of a claim, which is an inequality."""
    relation = dict(_finding(identifier).conditions)[label]
    assert isinstance(relation, Rel)
    assert relation.op in ("<", "<=")
    return relation


def _sign(name: str, parameter: str, identifier: str) -> str:
    """Return the sign that a claim proves."""
    symbol = sp.Symbol(_PAPER_NAMES.get(name, name), positive=True)
    derived = total(symbol, sp.Symbol(parameter, positive=True))
    for relation in _relations(_finding(identifier).statement):
        if relation.op == "<" and (relation.lhs, relation.rhs) in ((derived, 0), (0, derived)):
            return "-" if relation.lhs == derived else "+"
    return ""


def _relations(statement: Prop | None) -> list[Rel]:
    if isinstance(statement, And):
        return [relation for part in statement.parts for relation in _relations(part)]
    return [statement] if isinstance(statement, Rel) else []
