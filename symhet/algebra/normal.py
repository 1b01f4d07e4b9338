"""Exp-log normal form: identity of expressions with symbolic exponents becomes identity of rational functions.

(docstring to come)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction as Rational

import sympy as sp

from symhet.algebra.conversion import Conversion
from symhet.algebra.exponents import LatticeGrewError
from symhet.algebra.generators import Generator, SideCondition
from symhet.algebra.memory import Memory
from symhet.algebra.rational import Ratio
from symhet.algebra.table import SignUnknownError
from symhet.errors import NormalFormError

__all__ = ["Equality", "Fraction", "Generator", "Normalizer", "SideCondition", "equal", "normal"]

MAX_PASSES = 60


class Fraction:
    """A quotient of two polynomials over Q in generators, in lowest terms.

    The denominator has coprime integer coefficients and a positive leading coefficient.

    Parameters
    ----------
    ratio : Ratio
        The quotient.
    generators : tuple of Generator
        What the variables of the polynomials stand for.
    """

    def __init__(self, ratio: Ratio, generators: tuple[Generator, ...]) -> None:
        scale = 1
        for coefficient in ratio.den.coeffs():
            scale = int(sp.ilcm(scale, int(coefficient.q)))
        self.generators = generators
        self.numer = _terms(ratio.num * scale, len(generators))
        self.denom = _terms(ratio.den * scale, len(generators))

    @property
    def is_zero(self) -> bool:
        """Whether this is the zero function; complete under the hypotheses in the module's docstring."""
        return not self.numer

    def positive_form(self) -> bool:
        """Tell whether every generator that occurs is positive and every coefficient too."""
        return bool(self.numer) and self.nonneg_form()

    def nonneg_form(self) -> bool:
        """Tell whether `positive_form` holds or the numerator is zero."""
        return all(
            coefficient > 0
            and all(g.positive for g, power in zip(self.generators, monomial, strict=True) if power)
            for part in (self.numer, self.denom)
            for monomial, coefficient in part.items()
        )

    def to_expr(self) -> tuple[sp.Expr, sp.Expr]:
        """Return numerator and denominator as expressions."""
        return self._expr(self.numer), self._expr(self.denom)

    def _expr(self, part: dict[tuple[int, ...], Rational]) -> sp.Expr:
        return sp.Add(
            *(
                sp.Rational(c.numerator, c.denominator)
                * sp.Mul(
                    *(g.expr**power for g, power in zip(self.generators, monomial, strict=True) if power)
                )
                for monomial, c in part.items()
            )
        )

    def __repr__(self) -> str:
        numer, denom = self.to_expr()
        return f"Fraction(({numer}) / ({denom}))"


def _terms(poly: object, count: int) -> dict[tuple[int, ...], Rational]:
    return {m[:count]: Rational(int(c.p), int(c.q)) for m, c in poly.to_dict().items()}  # type: ignore[attr-defined]


class Normalizer:
    """One set of generators for several expressions at once.

    Parameters
    ----------
    exprs : iterable of sympy.Expr
        All the expressions that will be compared.

    Raises
    ------
    NormalFormError
        When an expression is outside the class that is decided.
    """

    def __init__(self, exprs: Iterable[sp.Expr]) -> None:
        given = tuple(sp.Integer(expr) if isinstance(expr, int) else expr for expr in exprs)
        for expr in given:
            if not isinstance(expr, sp.Expr):
                raise NormalFormError(f"not an expression: {expr!r}", where=type(expr).__name__)
        memory = Memory(given)
        for _ in range(MAX_PASSES):
            self._conversion = Conversion(memory)
            try:
                for expr in given:
                    self._conversion.convert(expr)
            except LatticeGrewError:
                continue
            except SignUnknownError:
                if self._conversion.learn_signs(given):
                    continue
                raise
            return
        raise NormalFormError(
            "the exponents do not settle",
            where=", ".join(map(sp.sstr, given))[:200],
            why=f"new exponents still came up after {MAX_PASSES} passes",
            fix="split the expression and name its parts",
        )

    @property
    def generators(self) -> tuple[Generator, ...]:
        """The generators, algebraically independent of one another."""
        return self._conversion.table.generators()

    @property
    def side_conditions(self) -> tuple[SideCondition, ...]:
        """What must hold for the fractions to mean the expressions."""
        return self._conversion.conditions

    @property
    def undecided(self) -> str:
        """Why two fractions that differ may still be equal as functions; empty when they cannot be."""
        return self._conversion.undecided()

    def fraction(self, expr: sp.Expr) -> Fraction:
        """Return one of the given expressions, or a combination of their parts, as a fraction.

        Raises
        ------
        NormalFormError
            When the expression needs generators that the given ones do not have.
        """
        return Fraction(self.ratio(expr), self.generators)

    def ratio(self, expr: sp.Expr) -> Ratio:
        """Return the same as `fraction`, in the form in which it can be calculated with.

        Raises
        ------
        NormalFormError
            When the expression needs generators that the given ones do not have.
        """
        try:
            return self._conversion.convert(sp.Integer(expr) if isinstance(expr, int) else expr)
        except LatticeGrewError:
            raise NormalFormError(
                f"new powers in {sp.sstr(expr)}",
                where=sp.sstr(expr),
                why="it has exponents that the expressions given to the Normalizer do not have",
                fix="give it to the Normalizer together with the others",
            ) from None

    def reduce(self, value: Ratio) -> Ratio:
        """Return the result of a calculation with the powers of its roots brought down."""
        return self._conversion.table.reduce(value)

    def write(self, value: Ratio) -> sp.Expr:
        """Return the result of a calculation as an expression."""
        return self._conversion.table.write(value)


@dataclass(frozen=True)
class Equality:
    """Answer to whether two expressions are equal wherever the side conditions hold."""

    holds: bool
    side_conditions: tuple[SideCondition, ...]

    def __bool__(self) -> bool:
        return self.holds


def equal(a: sp.Expr, b: sp.Expr) -> Equality:
    """Decide whether two expressions are equal wherever the side conditions hold.

    Raises
    ------
    NormalFormError
        When they are outside the class that is decided.

    Examples
    --------
    >>> x, s = sp.symbols("x sigma", positive=True)
    >>> answer = equal(x ** (s / (s - 1)), x * x ** (1 / (s - 1)))
    >>> answer.holds, [str(c) for c in answer.side_conditions]
    (True, ['sigma - 1 != 0'])
    """
    a, b = sp.S(a) if isinstance(a, int) else a, sp.S(b) if isinstance(b, int) else b
    normalizer = Normalizer((a, b))
    holds = normalizer.reduce(normalizer.ratio(a) - normalizer.ratio(b)).is_zero()
    if not holds and normalizer.undecided:
        raise NormalFormError(
            "the two sides could not be told apart nor shown equal",
            where=f"{sp.sstr(a)} = {sp.sstr(b)}",
            why=normalizer.undecided,
            fix="name the parts that are algebraic or constant by symbols of their own",
        )
    return Equality(holds, normalizer.side_conditions)


def normal(expr: sp.Expr) -> Fraction:
    """Return the normal form of one expression.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> normal((x**2 - 1) / (x - 1)).to_expr()
    (x + 1, 1)
    """
    return Normalizer((expr,)).fraction(expr)
