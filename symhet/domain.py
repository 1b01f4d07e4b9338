"""Domains: the parameters of a model, the inequalities that they satisfy, and a chart onto the admissible set."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from symhet.errors import DomainError, UnknownParameter
from symhet.propositions import Rel, gt
from symhet.steps import Step


@dataclass(frozen=True)
class Parameter:
    """A parameter or variable of a model.

    Parameters
    ----------
    symbol : sympy.Symbol
        Its symbol; positive symbols range over the positive reals.
    latex : str
        How the paper writes it.
    meaning : str
        What it stands for.
    unit : str
        Unit of measurement, ``"1"`` when it has none.
    """

    symbol: sp.Symbol
    latex: str
    meaning: str
    unit: str = "1"


class Declared:
    """Symbols, each declared once: its name, how it is written, what it means, and its unit.

    Examples
    --------
    >>> declare = Declared()
    >>> wage = declare("w", "w", "wage", "units of Y")
    >>> declare.taken()[0].meaning, declare.taken()
    ('wage', ())
    """

    def __init__(self) -> None:
        self._listed: list[Parameter] = []

    def __call__(self, name: str, latex: str, meaning: str, unit: str = "1", *, real: bool = False) -> sp.Symbol:
        """Return a symbol, positive unless it may have either sign."""
        symbol = sp.Symbol(name, real=True) if real else sp.Symbol(name, positive=True)
        self._listed.append(Parameter(symbol, latex, meaning, unit))
        return symbol

    def taken(self) -> tuple[Parameter, ...]:
        """Return what was declared since this was asked last."""
        found, self._listed = tuple(self._listed), []
        return found


@dataclass(frozen=True)
class Assumption:
    """A named inequality of the model.

    Parameters
    ----------
    name : str
        Name used in messages and side conditions, such as ``"A.1"``.
    relation : Rel
        The inequality in the symbols of the domain.
    says : str
        The assumption in words.
    """

    name: str
    relation: Rel
    says: str


@dataclass(frozen=True)
class Chart:
    """An invertible map from the open positive orthant onto the admissible set.

    Parameters
    ----------
    forward : Mapping[Symbol, Expr]
        Every parameter as a term in the positive coordinates.
    inverse : Mapping[Symbol, Expr]
        Every coordinate as a term in the parameters, positive exactly where the assumptions hold.
    """

    forward: Mapping[sp.Symbol, sp.Expr]
    inverse: Mapping[sp.Symbol, sp.Expr]

    @property
    def coordinates(self) -> tuple[sp.Symbol, ...]:
        """The positive coordinates."""
        return tuple(self.inverse)

    def parameters(self, point: Mapping[sp.Symbol, Fraction | float]) -> dict[sp.Symbol, sp.Expr]:
        """Return the parameters at a point of the orthant (exact where the powers are)."""
        values = {
            y: sp.Rational(v.numerator, v.denominator) if isinstance(v, Fraction) else sp.Float(v, 30)
            for y, v in point.items()
        }
        return {symbol: term.xreplace(values) for symbol, term in self.forward.items()}


@dataclass(frozen=True)
class Domain:
    r"""Parameters with their meaning, assumptions, and the chart that parametrises the admissible set.

    Parameters
    ----------
    name : str
        Name of the model.
    parameters : tuple of Parameter
        The parameters, in the order in which they are listed to a user.
    assumptions : tuple of Assumption
        The inequalities beyond positivity.
    chart : Chart
        Positive coordinates for the admissible set.

    Examples
    --------
    >>> s, v = sp.symbols("sigma v", positive=True)
    >>> elastic = Assumption("sigma>1", gt(s, 1), "varieties are substitutes")
    >>> domain = Domain("demo", (Parameter(s, r"\sigma", "elasticity"),), (elastic,), Chart({s: 1 + v}, {v: s - 1}))
    >>> domain.explain({"sigma": 2.5})
    >>> domain.explain({"sigma": 0.5})
    Traceback (most recent call last):
    ...
    symhet.errors.DomainError: ...
    """

    name: str
    parameters: tuple[Parameter, ...]
    assumptions: tuple[Assumption, ...]
    chart: Chart

    def symbol(self, name: str) -> sp.Symbol:
        """Return the symbol of a parameter.

        Raises
        ------
        UnknownParameter
            When the domain has no parameter of that name.
        """
        known = {parameter.symbol.name: parameter.symbol for parameter in self.parameters}
        if name not in known:
            raise UnknownParameter(name, sorted(known))
        return known[name]

    def hypotheses(self) -> dict[Step, Rel]:
        """Return the assumptions by name."""
        return {Step(assumption.name): assumption.relation for assumption in self.assumptions}

    def explain(self, values: Mapping[str, float | Fraction]) -> None:
        """Return nothing when the values are admissible.

        Raises
        ------
        UnknownParameter
            For a name that is no parameter.
        DomainError
            Naming the first assumption that the values break, with the values of both sides.
        """
        point = {self.symbol(name): _number(value) for name, value in values.items()}
        for parameter in self.parameters:
            if parameter.symbol in point and parameter.symbol.is_positive and not point[parameter.symbol] > 0:
                raise self._broken(f"{parameter.symbol.name}>0", gt(parameter.symbol, 0), point, parameter.meaning)
        for assumption in self.assumptions:
            sides = assumption.relation.lhs, assumption.relation.rhs
            if all(side.free_symbols <= set(point) for side in sides) and not _holds(assumption.relation, point):
                raise self._broken(assumption.name, assumption.relation, point, assumption.says)

    def _broken(self, name: str, relation: Rel, point: Mapping[sp.Symbol, sp.Expr], says: str) -> DomainError:
        left, right = (_shown(side.xreplace(dict(point))) for side in (relation.lhs, relation.rhs))
        text = f"{relation.lhs} {relation.op} {relation.rhs}"
        return DomainError(name, relation=text, left=left, right=right, where=f"{self.name}: {says}")

    def sample(self, rng: random.Random, spread: float = 1.0) -> dict[sp.Symbol, float]:
        """Return random admissible parameters: log-normal chart coordinates, pushed through the chart."""
        point = {y: float(f"{rng.lognormvariate(0.0, spread):.6g}") for y in self.chart.coordinates}
        return {symbol: float(term) for symbol, term in self.chart.parameters(point).items()}


def _number(value: float | Fraction) -> sp.Expr:
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    return sp.Integer(value) if isinstance(value, int) else sp.Float(value, 17)


def _holds(relation: Rel, point: Mapping[sp.Symbol, sp.Expr]) -> bool:
    gap = relation.gap.xreplace(dict(point)).evalf()
    if not gap.is_real:
        return False
    return bool({"<": gap > 0, "<=": gap >= 0, "=": gap == 0, "!=": gap != 0}[relation.op])


def _shown(term: sp.Expr) -> str:
    return f"{float(term):.6g}" if term.is_number and term.evalf().is_real else str(term)
