"""What was typed in SymPy, as text: the Python twin says what it read in the grammar of model files."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import TYPE_CHECKING, Any

import sympy as sp
from sympy.logic.boolalg import BooleanAtom

from symhet.language.mistakes import NotInLanguage, Source
from symhet.language.refusals import Refusal
from symhet.language.spelling import text
from symhet.language.sympy_door import Door
from symhet.propositions import And, ForAll, Iff, Implies, Or, Rel

if TYPE_CHECKING:
    from symhet.model.model import Model

_MARK = "mark_{}_of"
DIGITS = 15
"""Digits that a decimal may have: one with more is what is left of a calculation in floating point."""


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
    return TotalDerivative(_term(y), _term(x))


def dln(y: Any, x: Any) -> Any:
    """Return dln(y)/dln(x), the elasticity through the conditions of a model.

    Parameters
    ----------
    y, x : sympy.Expr, sympy.Symbol
        As for `d`.

    Returns
    -------
    sympy.Expr
        As from `d`.

    Examples
    --------
    >>> phi, tau = sp.symbols("phi tau", positive=True)
    >>> dln(phi, tau) < 0
    Elasticity(phi, tau) < 0
    """
    return Elasticity(_term(y), _term(x))


def partial(y: Any, x: Any) -> Any:
    """Return partial(y, x), the derivative with every other name held.

    Parameters
    ----------
    y, x : sympy.Expr, sympy.Symbol
        As for `d`; but x may be a variable too.

    Returns
    -------
    sympy.Expr
        As from `d`.

    Examples
    --------
    >>> phi, tau = sp.symbols("phi tau", positive=True)
    >>> partial(phi, tau) < 0
    Partial(phi, tau) < 0
    """
    return Partial(_term(y), _term(x))


def _term(value: Any) -> Any:
    """Return a term of SymPy, or the symbol of a name; SymPy would run any other text as code."""
    if isinstance(value, str):
        if not value.isidentifier():
            fix = "give a term of SymPy, or the name of a symbol; or the whole statement as text"
            raise NotInLanguage("text is no term", Source(value[:200], ""), 0, fix=fix)
        return sp.Symbol(value, real=True)
    return value


_SPELLED = {
    TotalDerivative: "d({})/d({})",
    Elasticity: "dln({})/dln({})",
    Partial: "partial({}, {})",
    sp.Abs: "abs({})",
    sp.Max: "max({})",
    sp.Min: "min({})",
}
"""What has a form in text only: derivatives, and what is said in cases."""


def as_text(value: Any, model: Model) -> str:
    """Return a SymPy expression, relation or statement as text in the grammar.

    Raises
    ------
    NotInLanguage
        Naming what the language does not have, or that Python or SymPy has decided a statement before it was read.
    """
    symbols = {q.name: sp.Symbol(q.name, **_sign(q.positive)) for q in model.quantities.values()}
    symbols |= {name: sp.Symbol(name, real=True) for name in model.definitions}
    writer = _Writer(Door(symbols.values()), symbols)
    try:
        number = isinstance(value, Real | Decimal) and not isinstance(value, bool | sp.Basic)
        return writer.written(_exact(value) if number else value)
    except Refusal as refusal:
        fix = _FIXES.get(refusal.where, "")
        raise NotInLanguage(refusal.why, Source(str(value)[:200], model.file), 0, fix=fix) from refusal


_FIXES = {
    "decided": "write the statement as text",
    "compared": "== tells whether two terms are written alike: write sp.Eq(left, right), or the statement as text",
    "decimal": "write sp.Rational(1, 3), or the number as text",
}


def _sign(positive: bool) -> dict[str, bool]:
    return {"positive" if positive else "real": True}


def _exact(value: Any) -> sp.Rational:
    """Return a number as it is written: 0.1 is a tenth, as in a file."""
    if isinstance(value, Integral | Rational):
        return sp.Rational(int(value.numerator), int(value.denominator))
    written = str(value if isinstance(value, Decimal) else float(value))
    if len(re.sub(r"e.*|[^0-9]", "", written).strip("0")) > DIGITS or not re.search(r"\d", written):
        raise Refusal("decimal", f"{written} is no decimal of at most {DIGITS} digits", written)
    exact = Fraction(written)
    return sp.Rational(exact.numerator, exact.denominator)


class _Writer:
    """Writes with marks in place of derivatives, which have a form in text only."""

    def __init__(self, door: Door, symbols: dict[str, sp.Symbol]) -> None:
        self.door = door
        self.symbols = symbols
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
        if isinstance(value, bool):
            raise Refusal("compared", f"Python has compared two terms, and found {value}")
        if not isinstance(value, sp.Basic):
            raise Refusal("sympy", "text, or an expression or relation of SymPy, is expected", type(value).__name__)
        value = value.xreplace({number: _exact(number) for number in value.atoms(sp.Float)})
        value = value.xreplace({symbol: self._declared(symbol) for symbol in value.atoms(sp.Symbol)})
        marked = value.replace(lambda part: type(part) in _SPELLED, self._marked)
        if isinstance(marked, BooleanAtom):
            raise Refusal("decided", f"SymPy has decided this by itself, as {marked}: nothing is left to prove")
        plain = text(self.door.term(marked) if isinstance(marked, sp.Expr) else self.door.statement(marked))
        return re.sub(r"mark_\d+_of", lambda match: self.marks[match.group()], plain)

    def _declared(self, symbol: sp.Symbol) -> sp.Symbol:
        """Return the model's symbol of that name; one that was made by hand has other assumptions, and means it."""
        return self.symbols.get(symbol.name) or (symbol if symbol.is_real else sp.Symbol(symbol.name, real=True))

    def _marked(self, part: Any) -> Any:
        name = _MARK.format(len(self.marks))
        self.marks[name] = ""
        arguments = [self.written(argument) for argument in part.args]
        form = _SPELLED[type(part)]
        self.marks[name] = form.format(*arguments) if form.count("{}") > 1 else form.format(", ".join(arguments))
        return sp.Symbol(name, real=True)
