"""What was typed in SymPy, as text: the Python twin says what it read in the grammar of model files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sympy as sp

from symhet.language.mistakes import NotInLanguage, Source
from symhet.language.refusals import Refusal
from symhet.language.spelling import text
from symhet.language.sympy_door import Door
from symhet.propositions import And, ForAll, Iff, Implies, Or, Rel

if TYPE_CHECKING:
    from symhet.model.model import Model

_MARK = "derivative_{}_of"


class TotalDerivative(sp.Function):
    """d(y)/d(x): the derivative of a term by a parameter, through the conditions of a model."""

    nargs = 2

    def _eval_is_real(self) -> bool:
        return True


class Elasticity(TotalDerivative):
    """dln(y)/dln(x)."""


class Partial(TotalDerivative):
    """partial(y, x): every other name held."""


def d(y: Any, x: Any) -> Any:
    """Return d(y)/d(x), the derivative through the conditions of a model.

    Parameters
    ----------
    y : sympy.Expr
        What is differentiated: any term of the model.
    x : sympy.Symbol
        A parameter of the model.

    Returns
    -------
    sympy.Expr
        A term that `Model.claim` and its like read.

    Examples
    --------
    >>> phi, tau = sp.symbols("phi tau", positive=True)
    >>> d(phi, tau) < 0
    TotalDerivative(phi, tau) < 0
    """
    return TotalDerivative(y, x)


def dln(y: Any, x: Any) -> Any:
    """Return dln(y)/dln(x), the elasticity through the conditions of a model.

    Parameters
    ----------
    y : sympy.Expr
        What is differentiated: any term of the model.
    x : sympy.Symbol
        A parameter of the model.

    Returns
    -------
    sympy.Expr
        A term that `Model.claim` and its like read.

    Examples
    --------
    >>> phi, tau = sp.symbols("phi tau", positive=True)
    >>> dln(phi, tau) < 0
    Elasticity(phi, tau) < 0
    """
    return Elasticity(y, x)


def partial(y: Any, x: Any) -> Any:
    """Return partial(y, x), the derivative with every other name held.

    Parameters
    ----------
    y : sympy.Expr
        What is differentiated: any term of the model.
    x : sympy.Symbol
        A parameter or variable of the model.

    Returns
    -------
    sympy.Expr
        A term that `Model.claim` and its like read.

    Examples
    --------
    >>> phi, tau = sp.symbols("phi tau", positive=True)
    >>> partial(phi, tau) < 0
    Partial(phi, tau) < 0
    """
    return Partial(y, x)


_SPELLED = {TotalDerivative: "d({})/d({})", Elasticity: "dln({})/dln({})", Partial: "partial({}, {})"}


def as_text(value: Any, model: Model) -> str:
    """Return a SymPy expression, relation or statement as text in the grammar.

    Raises
    ------
    NotInLanguage
        Naming what the language does not have.
    """
    if type(value) in (int, float):
        value = sp.Rational(str(value))
    symbols = [sp.Symbol(q.name, **{"positive" if q.positive else "real": True}) for q in model.quantities.values()]
    writer = _Writer(Door(symbols))
    try:
        return writer.written(value)
    except Refusal as refusal:
        raise NotInLanguage(refusal.why, Source(str(value)[:200], model.file), 0) from refusal


class _Writer:
    """Writes with marks in place of derivatives, which have a form in text only."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.marks: dict[str, str] = {}

    def written(self, value: Any) -> str:
        if isinstance(value, And | Or):
            return (" and " if isinstance(value, And) else " or ").join(f"({self.written(p)})" for p in value.parts)
        if isinstance(value, Implies | Iff):
            sign, parts = (
                ("=>", (value.premise, value.conclusion))
                if isinstance(value, Implies)
                else ("<=>", (value.left, value.right))
            )
            return f" {sign} ".join(f"({self.written(part)})" for part in parts)
        if isinstance(value, ForAll):
            return f"for all {value.variable} > 0: {self.written(value.body)}"
        if isinstance(value, Rel):
            return f"{self.written(value.lhs)} {value.op} {self.written(value.rhs)}"
        if not isinstance(value, sp.Basic):
            raise Refusal("sympy", "text, or an expression or relation of SymPy, is expected", type(value).__name__)
        marked = value.replace(lambda part: type(part) in _SPELLED, self._marked)
        plain = text(self.door.term(marked) if isinstance(marked, sp.Expr) else self.door.statement(marked))
        return re.sub(r"derivative_\d+_of", lambda match: self.marks[match.group()], plain)

    def _marked(self, part: Any) -> Any:
        name = _MARK.format(len(self.marks))
        self.marks[name] = ""
        self.marks[name] = _SPELLED[type(part)].format(*map(self.written, part.args))
        return sp.Symbol(name, real=True)
