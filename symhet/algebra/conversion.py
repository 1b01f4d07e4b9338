"""One pass of the exp-log normal form: from expressions to fractions in generators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import sympy as sp

from symhet.algebra.atoms import is_atom
from symhet.algebra.generators import SideCondition
from symhet.algebra.memory import Memory
from symhet.algebra.rational import Ratio, integer_power
from symhet.algebra.refusals import LatticeGrewError, SignUnknownError, division_by_zero
from symhet.algebra.table import GeneratorTable
from symhet.errors import NormalFormError


class Conversion:
    """Fractions of expressions over one set of generators, and the side conditions met on the way.

    Parameters
    ----------
    memory : Memory
        What earlier passes found out.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.table = GeneratorTable(memory)
        self._done: dict[sp.Expr, Ratio] = {}
        self._atoms: dict[tuple[type, tuple[Any, ...]], sp.Expr] = {}
        self._conditions: dict[SideCondition, None] = {}

    @property
    def conditions(self) -> tuple[SideCondition, ...]:
        """The side conditions, in the order in which they were met."""
        return tuple(self._conditions)

    def convert(self, expr: sp.Expr) -> Ratio:
        """Return an expression as a fraction.

        Raises
        ------
        NormalFormError
            When the expression is outside the class that is decided.
        LatticeGrewError
            When an exponent came up that the generators cannot express yet.
        """
        if expr not in self._done:
            try:
                self._done[expr] = self.table.reduce(self._convert(expr))
            except ZeroDivisionError:
                raise division_by_zero(expr) from None
        return self._done[expr]

    def _convert(self, expr: sp.Expr) -> Ratio:
        if isinstance(expr, sp.Rational):
            return self.table.number(expr)
        if isinstance(expr, sp.Add):
            terms = [self.convert(arg) for arg in expr.args]
            return sum(terms[1:], terms[0])
        if isinstance(expr, sp.Mul | sp.Pow):
            powers, others = self._split(expr)
            factors = [self.convert(other) for other in others if other is not expr]
            if expr in others:
                factors.append(self._power(expr.base, expr.exp))
            return Ratio.product([self.table.symbol_powers(powers), *factors])
        if is_atom(expr):
            return self._atom(expr)
        if expr is sp.E:
            return self.table.exp(self._memory.field.one)
        if isinstance(expr, sp.exp):
            return self._exponential(expr.exp)
        if isinstance(expr, sp.log) and len(expr.args) == 1:
            return self._logarithm(expr.args[0])
        raise NormalFormError(
            f"the normal form does not know {sp.sstr(expr)}",
            where=type(expr).__name__,
            why="it decides sums, products, powers, exp, log, rationals, real symbols and abstract functions",
            fix="rewrite the expression, or give this part a symbol of its own",
        )

    def _split(self, expr: sp.Expr) -> tuple[dict[sp.Symbol, Ratio], list[sp.Expr]]:
        """Return the exponents of the positive symbols in a product, and the factors that are no powers of them."""
        powers: dict[sp.Symbol, Ratio] = {}
        others: list[sp.Expr] = []
        for factor in sp.Mul.make_args(expr):
            inner: dict[sp.Symbol, Ratio] = {}
            if factor.is_Symbol and factor.is_positive:
                inner = {factor: self._memory.field.one}
            elif isinstance(factor, sp.Pow):
                below, rest = self._split(factor.base)
                if not rest:
                    exponent = self._exponent(factor.exp)
                    inner = {symbol: power * exponent for symbol, power in below.items()}
            if not inner:
                others.append(factor)
            for symbol, power in inner.items():
                powers[symbol] = powers[symbol] + power if symbol in powers else power
        return powers, others

    def _power(self, base: sp.Expr, exponent: sp.Expr) -> Ratio:
        if not isinstance(exponent, sp.Integer):
            powers, others = self._split(base)
            power = self._exponent(exponent)
            value = Ratio.product([self.table.one, *map(self.convert, others)])
            self._require_positive(base, value)
            outside = self.table.symbol_powers({symbol: inner * power for symbol, inner in powers.items()})
            return outside * self.table.power(value, power)
        value = self.convert(base)
        if exponent.is_negative:
            if value.is_zero():
                raise division_by_zero(sp.Pow(base, exponent, evaluate=False))
            if not self.table.has_sign(value, 1) and not self.table.has_sign(value, -1):
                self._condition("nonzero", base)
        return integer_power(value, int(exponent))

    def _exponent(self, expr: sp.Expr) -> Ratio:
        exponent, denominators = self._memory.exponent(expr)
        for denominator in denominators:
            self._condition("nonzero", denominator)
        return exponent

    def _require_positive(self, expr: sp.Expr, value: Ratio) -> None:
        if value.is_zero() or self.table.has_sign(value, -1):
            raise NormalFormError(
                f"{sp.sstr(expr)} is never positive",
                where=sp.sstr(expr),
                why="symbolic powers, logarithms and tails are defined for positive numbers",
                fix="check its sign",
            )
        if not self.table.has_sign(value, 1):
            self._condition("positive", expr)
            if not self.table.learn_sign(value):
                raise NormalFormError(
                    f"{sp.sstr(expr)} would have to be positive, and other conditions exclude that",
                    where=sp.sstr(expr),
                    why="no parameters satisfy the side conditions of all expressions together",
                    fix="compare expressions that are defined for the same parameters",
                )

    def _exponential(self, argument: sp.Expr) -> Ratio:
        rest, logs = _split_logs(argument)
        product = self.table.exp(self._exponent(rest))
        for inside, coefficient in logs:
            self._require_positive(inside, self.convert(inside))
            product = product * self._power(inside, coefficient)
        return product

    def _logarithm(self, argument: sp.Expr) -> Ratio:
        value = self.convert(argument)
        self._require_positive(argument, value)
        total = self.table.one.scaled(0)
        for base, exponent in self.table.factors(value, self._memory.field.one):
            total = total + self.table.log(base) * self.convert(self._memory.field.write(exponent))
        return total

    def _atom(self, expr: sp.Expr) -> Ratio:
        if expr.is_real is False or (expr.is_Symbol and not expr.is_real):
            raise NormalFormError(
                f"{expr} is not declared real",
                where=str(expr),
                why="powers and signs are those of real numbers",
                fix="declare it with real=True or positive=True",
            )
        if expr.args:
            arguments = [self.convert(arg) for arg in expr.args]
            for term in getattr(expr, "positive_terms", ()):
                self._require_positive(term, self.convert(term))
            # Two applications of one function to equal arguments are one atom.
            expr = self._atoms.setdefault((type(expr), tuple(a.key() for a in arguments)), expr)
        base = self.table.atom(expr)
        return self.table.base_power(base, self._memory.field.one) if base.definition is None else base.definition

    def _condition(self, kind: Literal["positive", "nonzero"], expr: sp.Expr) -> None:
        self._conditions[SideCondition(kind, expr)] = None

    def learn_signs(self, exprs: Sequence[sp.Expr]) -> bool:
        """Look for signs in every power and logarithm, and tell whether another pass would know more."""
        before = len(self._memory.signs)
        for expr in exprs:
            for node in sp.preorder_traversal(expr):
                if isinstance(node, sp.Pow | sp.exp | sp.log):
                    try:
                        self.convert(node)
                    except LatticeGrewError:
                        return True
                    except SignUnknownError:
                        continue
        return len(self._memory.signs) > before

    def undecided(self) -> str:
        """Return why different fractions may still be equal as functions; empty when they cannot be."""
        if self.table.nested_root:
            return "a root occurs inside a sum that is raised to a power or under a logarithm"
        functions = [function for function, _ in self._atoms]
        if self.table.has_roots and len(functions) > len(set(functions)):
            return "a function is applied to several arguments, and roots occur that may make them equal"
        constants = self.table.constants()
        if len(constants) > 1:
            return f"whether {' and '.join(constants)} are algebraically independent is an open problem"
        return ""


def _split_logs(expr: sp.Expr) -> tuple[sp.Expr, list[tuple[sp.Expr, sp.Expr]]]:
    """Write an expression as ``rest + sum(coefficient * log(inside))``, and return rest and the pairs."""
    if not expr.has(sp.log):
        return expr, []
    if isinstance(expr, sp.log) and len(expr.args) == 1:
        return sp.S.Zero, [(expr.args[0], sp.S.One)]
    if isinstance(expr, sp.Add):
        parts = [_split_logs(arg) for arg in expr.args]
        return sp.Add(*(rest for rest, _ in parts)), [pair for _, logs in parts for pair in logs]
    if isinstance(expr, sp.Mul):
        holding = [arg for arg in expr.args if arg.has(sp.log)]
        if len(holding) == 1:
            factor = sp.Mul(*(arg for arg in expr.args if arg is not holding[0]))
            rest, logs = _split_logs(holding[0])
            return rest * factor, [(inside, coefficient * factor) for inside, coefficient in logs]
    raise NormalFormError(
        f"exp of {sp.sstr(expr)}",
        where=sp.sstr(expr),
        why="the argument of exp must be a sum of logarithms times rational functions",
        fix="give this part a symbol of its own",
    )
