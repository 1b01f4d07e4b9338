"""Exact evaluation of statements at a point: numbers, a piecewise distribution, explicit functions.

Rational numbers are folded exactly. What is not rational stays a term without symbols: an enclosure by ball arithmetic
tells its sign, and that it is zero is told by its normal form, never by an enclosure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

import flint

from symhet.core import records
from symhet.core.calculus import derivative
from symhet.core.distribution import PiecewiseUniform, integral, number
from symhet.core.normal import forms
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind, conditions, evident
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement, implies, instance, map_terms
from symhet.language.terms import Head, Term

PRECISIONS = (64, 256, 1024)
MAX_BITS = 100_000
Prove = Callable[[Statement, records.Proof], None]


class Point:
    """A point at which statements are decided.

    Parameters
    ----------
    witness : records.Witness
        The numbers, the distribution, the functions, and proofs of what cannot be evaluated.
    prove : callable
        Checks a statement without hypotheses against a proof, or raises `Refusal`.
    """

    def __init__(self, witness: records.Witness, prove: Prove) -> None:
        self._values = dict(witness.point)
        self._prove = prove
        self._proofs = witness.proofs
        self._numerals: dict[Term, Term] = {}
        self._signs: dict[Term, int] = {}
        self._law: PiecewiseUniform | None = None
        for breaks, heights, shape in witness.law:
            ends, levels = (tuple(rational(part) for part in parts) for parts in (breaks, heights))
            self._law = PiecewiseUniform(ends, levels, rational(shape))
        self._functions = dict(witness.functions)
        for name, body in self._functions.items():
            if not _is_smooth(body):
                raise Refusal("witness", f"{name} is not shown to be smooth at all positive arguments", body)
        for symbol, value in self._values.items():
            if rational(value) <= 0 and not (
                symbol.head is Head.TOTAL or (symbol.head is Head.SYMBOL and not symbol.args[1])
            ):
                raise Refusal("witness", "a positive symbol takes a positive number", symbol)

    def holds(self, statement: Statement) -> bool:
        """Tell whether a statement holds at the point."""
        op, args = statement.op, statement.args
        if statement.is_relation:
            if not all(map(self.exists, args)):
                return False
            sign = self.sign(t.difference(args[1], args[0]))
            return {Op.EQUAL: sign == 0, Op.LESS: sign > 0, Op.AT_MOST: sign >= 0, Op.DIFFER: sign != 0}[op]
        if op is Op.AND:
            return all(map(self.holds, args))
        if op is Op.OR:
            return any(map(self.holds, args))
        if op is Op.IMPLIES:
            return not self.holds(args[0]) or self.holds(args[1])
        if op is Op.IFF:
            return self.holds(args[0]) == self.holds(args[1])
        if op is Op.DENSE:
            return self._distribution().dense
        return self._decided(statement)

    def _decided(self, statement: Statement) -> bool:
        """Tell whether a statement that quantifies holds, by the proof given for it or for its contrary."""
        concrete = map_terms(statement, lambda term, _: self._concrete(term))
        for proved, proof in self._proofs:
            if proved in (concrete, implies(concrete, FALSE)):
                self._prove(proved, proof)
                return proved is concrete
        raise Refusal("witness", "this cannot be evaluated and no proof is given", concrete)

    def fails(self, statement: Statement, bound: records.Terms) -> bool:
        """Tell whether a statement fails, where it begins with quantifiers at the values given for them."""
        for value in bound:
            if statement.op is not Op.FORALL or rational(value) <= 0:
                raise Refusal("witness", "a bound variable takes a positive rational number", value)
            statement = instance(statement.args[0], value)
        return not self.holds(statement)

    def exists(self, term: Term) -> bool:
        """Tell whether a term has a value: whether each of its conditions, inner ones first, holds."""
        return all(map(self._meets, conditions(term)))

    def _meets(self, condition: Condition) -> bool:
        kind, term = condition
        if kind in (Kind.POSITIVE, Kind.NONZERO):
            return evident(term) or (self.sign(term) > 0 if kind is Kind.POSITIVE else self.sign(term) != 0)
        value = rational(self._numeral(term))
        law = self._distribution()
        return law.is_finite(value) if kind is Kind.FINITE else value not in law.breaks

    def sign(self, term: Term) -> int:
        """Return the sign of a term that has a value."""
        if term not in self._signs:
            self._signs[term] = sign_of(self._numeral(term))
        return self._signs[term]

    def _distribution(self) -> PiecewiseUniform:
        if self._law is None:
            raise Refusal("witness", "a tail is to be evaluated but no distribution is given")
        return self._law

    def _numeral(self, term: Term) -> Term:
        """Return the value of a term that has one, as a term without symbols, a number where it is rational."""
        if term not in self._numerals:
            head = term.head
            if head is Head.UNSPECIFIED:
                value = self._numeral(self._explicit(term))
            else:
                value = self._node(term, [self._numeral(child) for child in term.children])
            self._numerals[term] = value
        return self._numerals[term]

    def _node(self, term: Term, parts: list[Term]) -> Term:
        head = term.head
        if head in (Head.SYMBOL, Head.TOTAL):
            if term not in self._values:
                raise Refusal("witness", "this has no number", term)
            return self._values[term]
        if head is Head.SUPPORT:
            return number(self._distribution().breaks[0])
        if head is Head.DENSITY:
            return number(self._distribution().density(rational(parts[0])))
        if head is Head.SURVIVAL:
            return folded(self._distribution().moment(rational(parts[0]), Fraction(0)))
        if head is Head.TAIL:
            return folded(self._distribution().moment(rational(parts[0]), rational(parts[1])))
        if head is Head.INTEGRAL:
            return folded(integral(*map(rational, parts)))
        if head is Head.INTEGRAL_FROM_ZERO:
            raised = number(rational(parts[0]) + 1)
            return folded(t.quotient(t.power(parts[1], raised), raised))
        if head is Head.BOUND:
            raise Refusal("witness", "a bound variable has no number", term)
        return folded(term.with_children(tuple(parts)) if parts else term)

    def _explicit(self, term: Term) -> Term:
        """Return what an unspecified function or its partial derivative says, with its arguments put in."""
        name, orders, *arguments = term.args
        body = self._functions.get(name)
        if body is None or body.reach > len(arguments):
            raise Refusal("witness", f"no function of so many arguments is given for {name}", term)
        for index, order in enumerate(orders):
            for _ in range(order):
                body = derivative(body, t.bound(index))
        return t.replace(body, {t.bound(index): argument for index, argument in enumerate(arguments)})

    def _concrete(self, term: Term) -> Term:
        """Return a term with numbers and functions put in for symbols and their names."""
        if term.head is Head.UNSPECIFIED:
            moved = term.with_children(tuple(map(self._concrete, term.children)))
            if not _exists_by_build(moved):
                raise Refusal("witness", "the arguments of a function are not seen to be positive", moved)
            return self._explicit(moved)
        if term.head in (Head.SYMBOL, Head.TOTAL, Head.SUPPORT):
            return self._numeral(term)
        return term.with_children(tuple(map(self._concrete, term.children))) if term.children else term

    def solve(self, gaps: Iterable[Term], endogenous: Iterable[Term], totals: Iterable[Term]) -> None:
        """Give values to totals, after it was shown that a solution of the system passes through the point.

        One does where the equations have continuously differentiable sides and independent gradients in the endogenous
        symbols (implicit function theorem); symbols that they do not determine are taken to be constant.

        Raises
        ------
        Refusal
            When a slope has no value, or the gradients are not seen to be independent.
        """
        rows = list(gaps)
        for gap in rows:
            for node in t.nodes(gap, Head.SURVIVAL, Head.TAIL):
                if not self.exists(t.density(node.args[0])):
                    raise Refusal("witness", "a tail is not differentiable here", node)
        if not rows:
            return
        unknowns = sorted(endogenous, key=lambda symbol: str(symbol.args[0]))
        parameters = sorted({total.args[1] for total in totals}, key=lambda symbol: str(symbol.args[0]))
        matrix = [[self._slope(gap, symbol) for symbol in (*unknowns, *parameters)] for gap in rows]
        pivots = _eliminated(matrix, len(unknowns))
        for total in totals:
            column = len(unknowns) + parameters.index(total.args[1])
            row = pivots.get(unknowns.index(total.args[0]))
            self._values[total] = t.negative(matrix[row][column]) if row is not None else t.ZERO

    def _slope(self, gap: Term, symbol: Term) -> Term:
        slope = derivative(gap, symbol)
        if not self.exists(slope):
            raise Refusal("witness", "a slope of the system has no value", slope)
        return self._numeral(slope)


def _exists_by_build(term: Term) -> bool:
    """Tell whether a term has a value at all positive values of its bound variables: what it asks for is evident."""
    return all(kind in (Kind.POSITIVE, Kind.NONZERO) and evident(inner) for kind, inner in conditions(term))


def _is_smooth(body: Term) -> bool:
    """Tell whether a term in bound variables alone is smooth, by its build, at all positive values of them."""
    return (
        all(leaf.head is Head.BOUND for leaf in body.leaves)
        and not body.mentions(Head.SURVIVAL, Head.UNSPECIFIED)
        and _exists_by_build(body)
    )


def _eliminated(matrix: list[list[Term]], width: int) -> Mapping[int, int]:
    """Bring a matrix to reduced rows in place; return the row of each pivot among the first ``width`` columns."""
    pivots: dict[int, int] = {}
    for row in range(len(matrix)):
        free = (column for column in range(width) if sign_of(matrix[row][column]))
        pivot = next(free, None)
        if pivot is None:
            raise Refusal("witness", "the equations of the system are not independent at the point")
        pivots[pivot] = row
        head = matrix[row][pivot]
        matrix[row] = [entry if entry is t.ZERO else folded(t.quotient(entry, head)) for entry in matrix[row]]
        for other in range(len(matrix)):
            factor = matrix[other][pivot]
            if other != row and sign_of(factor):
                pairs = zip(matrix[other], matrix[row], strict=True)
                matrix[other] = [a if b is t.ZERO else folded(t.difference(a, t.multiply(factor, b))) for a, b in pairs]
    return pivots


def rational(term: Term) -> Fraction:
    """Return the number that a term is."""
    if term.head is not Head.NUMBER:
        raise Refusal("witness", "this is no rational number", term)
    return Fraction(*term.args)


@lru_cache(maxsize=32768)
def folded(term: Term) -> Term:
    """Return a term without symbols as a number where that is exact: sums, products and powers of numbers."""
    parts = [folded(child) for child in term.children]
    if term.head is Head.NUMBER or not parts or any(part.head is not Head.NUMBER for part in parts):
        return term.with_children(tuple(parts)) if parts else term
    values = [rational(part) for part in parts]
    result: Fraction | None = None
    if term.head is Head.SUM:
        result = reduce(lambda one, other: _bounded(one + other), values)
    elif term.head is Head.PRODUCT:
        result = reduce(lambda one, other: _bounded(one * other), values)
    elif term.head is Head.WHOLE_POWER:
        result = _whole_power(values[0], term.args[1])
    elif term.head is Head.POWER:
        result = _root_power(*values)
    elif term.head is Head.LOG and values[0] == 1:
        result = Fraction(0)
    elif term.head is Head.EXP and values[0] == 0:
        result = Fraction(1)
    return term.with_children(tuple(parts)) if result is None else number(result)


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_BITS:
        raise Refusal("witness", "a number is too large")
    return value


def _whole_power(base: Fraction, exponent: int) -> Fraction:
    size = max(abs(base.numerator), base.denominator).bit_length() * abs(exponent)
    if size > MAX_BITS or (base == 0 and exponent < 0):
        raise Refusal("witness", "a power of a number is too large, or zero is divided by")
    return base**exponent


def _root_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """Return a rational power of a positive number where it is rational."""
    if base <= 0:
        raise Refusal("witness", "a base is not positive")
    degree = exponent.denominator
    roots = [flint.fmpz(part).root(degree) if degree > 1 else part for part in (base.numerator, base.denominator)]
    above, below = map(int, roots)
    exact = above**degree == base.numerator and below**degree == base.denominator
    return _whole_power(Fraction(above, below), exponent.numerator) if exact else None


def sign_of(term: Term) -> int:
    """Return the sign of a term without symbols that has a value.

    Raises
    ------
    Refusal
        When no enclosure excludes zero and the normal form does not show that it is zero.
    """
    if term.head is Head.NUMBER:
        return (term.args[0] > 0) - (term.args[0] < 0)
    before = flint.ctx.prec
    try:
        for bits in PRECISIONS:
            flint.ctx.prec = bits
            ball = _enclosed(term, {})
            if ball > 0 or ball < 0:
                return 1 if ball > 0 else -1
            if bits == PRECISIONS[0] and forms((term,))[0].is_zero:
                return 0
    finally:
        flint.ctx.prec = before
    raise Refusal("witness", "an enclosure contains zero", term)


def _enclosed(term: Term, done: dict[Term, Any]) -> Any:
    """Return a ball around a term without symbols, at the working precision."""
    if term not in done:
        done[term] = _ball(term, [_enclosed(child, done) for child in term.children])
    return done[term]


def _ball(term: Term, balls: list[Any]) -> Any:
    if term.head is Head.NUMBER:
        return flint.arb(flint.fmpq(*term.args))
    first, *rest = balls
    if term.head in (Head.SUM, Head.PRODUCT):
        for ball in rest:
            first = first + ball if term.head is Head.SUM else first * ball
        return first
    if term.head is Head.WHOLE_POWER:
        return first ** term.args[1]
    if term.head is Head.EXP:
        return first.exp()
    if term.head in (Head.LOG, Head.POWER):
        if not first > 0:
            raise Refusal("witness", "an enclosure of what must be positive contains zero", term)
        return first.log() if term.head is Head.LOG else (rest[0] * first.log()).exp()
    raise Refusal("witness", "this has no enclosure", term)
