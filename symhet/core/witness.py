"""Exact evaluation of statements at a point: numbers, a piecewise distribution, explicit functions.

The values of terms are terms without symbols, but those that are known by an enclosure: a root of equations in a box of
numbers, and derivatives there. An enclosure by ball arithmetic tells the sign of a term, or its normal form does: that
it is zero is told by its normal form alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache, reduce
from operator import add, mul
from typing import Any

import flint

from symhet.core import lemmas, records
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.distribution import PiecewiseUniform, number
from symhet.core.normal.conversion import constant, signs
from symhet.core.rules.relations import GAPS, differentiated
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind, conditions
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement, at, implies
from symhet.language.terms import ONE, Head, N, Term

PRECISIONS = (64, 256, 1024)
ROOT_PRECISION = 256
EXPLICIT = (Head.SURVIVAL, Head.TAIL, Head.DENSITY, Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO, Head.UNSPECIFIED)
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
        self._values: dict[Term, Term] = {}
        self._balls: dict[Term, Any] = {}
        self._prove = prove
        self._proofs = witness.proofs
        self._concrete: dict[Any, Any] = {}
        self._law: PiecewiseUniform | None = None
        for breaks, heights, shape in witness.law:
            ends, levels = (tuple(rational(part) for part in parts) for parts in (breaks, heights))
            self._law = PiecewiseUniform(ends, levels, rational(shape))
        self._functions = dict(witness.functions)
        for name, body in self._functions.items():
            if not _is_smooth(body):
                raise Refusal("witness", f"{name} is not shown to be smooth at all positive arguments", body)
        self._met = witness.equations
        for symbol, low, high in witness.box:
            self._balls[symbol] = _enclosed(low, {}).union(_enclosed(high, {}))
            self._take(symbol, symbol)
            if symbol.head is not Head.SYMBOL:
                raise Refusal("witness", "only symbols are roots", symbol)
        for symbol, value in (*witness.point, *witness.totals):
            self._take(symbol, value)
        if witness.box or self._met:
            self._require_root(witness.box)

    def _take(self, symbol: Term, value: Term) -> None:
        """Let a symbol have a value: a term in those that have one."""
        if symbol in self._values or symbol.head not in (Head.SYMBOL, Head.TOTAL):
            raise Refusal("witness", "a symbol takes one value", symbol)
        self._values[symbol] = value if value is symbol else self.concrete(value)
        is_positive = symbol.head is Head.SYMBOL and symbol.args[1]
        if not self.exists(value) or (is_positive and self.sign(symbol) <= 0):
            raise Refusal("witness", "a positive symbol takes a positive number", symbol)

    def _require_root(self, box: records.Box) -> None:
        """Refuse equations that are not seen to have a root in the box.

        With c its centre, F the gaps and J(X) their slopes throughout the box, they have one where c - A^-1 F(c) is in
        the box for every matrix A in J(X): the mean slopes A(x) between c and x are in J(X), x -> c - A(x)^-1 F(c) is
        continuous and takes the box into itself, and where it is x the mean value theorem gives F(x) = 0 (Brouwer).
        """
        if len(box) != len(self._met):
            raise Refusal("witness", "as many equations as symbols in the box determine a root")
        for equation in self._met:
            if equation.op is not Op.EQUAL or equation.mentions(Head.TOTAL) or not all(map(self.exists, equation.args)):
                raise Refusal("witness", "an equation without totals is expected that has a value in the box", equation)
        gaps = [self.concrete(equation.gap) for equation in self._met]
        centre = {x: number((rational(low) + rational(high)) / 2) for x, low, high in box}
        with flint.ctx.workprec(ROOT_PRECISION):
            at = flint.arb_mat(len(gaps), 1, [_enclosed(t.replace(gap, centre), {}) for gap in gaps])
            moved = self._matrix([self._slopes(gaps, x) for x in centre], len(gaps)).transpose().solve(at)
            for i, (x, low, high) in enumerate(box):
                found = _enclosed(centre[x], {}) - moved[i, 0]
                if not _enclosed(low, {}) <= found <= _enclosed(high, {}):
                    raise Refusal("witness", "the equations are not seen to have a root between these numbers", x)

    def holds(self, statement: Statement) -> bool:
        """Tell whether a statement holds at the point."""
        op, args = statement.op, statement.args
        if statement in self._met:
            return True
        if statement.is_relation:
            return all(map(self.exists, args)) and self.sign(statement.gap) in GAPS[op]
        if op in (Op.AND, Op.OR):
            return (all if op is Op.AND else any)(map(self.holds, args))
        if op is Op.IMPLIES:
            return not self.holds(args[0]) or self.holds(args[1])
        if op is Op.IFF:
            return self.holds(args[0]) == self.holds(args[1])
        if op is Op.DENSE:
            return all(height > 0 for height in self._distribution().heights)
        return self._decided(statement)

    def _decided(self, statement: Statement) -> bool:
        """Tell whether a statement that quantifies holds, by the proof given for it or for its contrary."""
        concrete = self.concrete(statement)
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
            statement = at(statement.args[0], value)
        return not self.holds(statement)

    def exists(self, term: Term) -> bool:
        """Tell whether a term has a value: whether each of its conditions, inner ones first, holds."""
        return all(map(self._meets, conditions(term)))

    def _meets(self, condition: Condition) -> bool:
        kind, term = condition
        if kind in (Kind.POSITIVE, Kind.NONZERO):
            return self.sign(term) > 0 if kind is Kind.POSITIVE else self.sign(term) != 0
        value = _fraction(self.concrete(term))
        law = self._distribution()
        return value < law.shape if kind is Kind.FINITE else value not in law.breaks

    def sign(self, term: Term) -> int:
        """Return the sign of a term that has a value."""
        found = self.concrete(term)
        return _signed(found, self._balls) if self._balls and found.leaves else sign_of(found)

    def _distribution(self) -> PiecewiseUniform:
        if self._law is None:
            raise Refusal("witness", "a tail is to be evaluated but no distribution is given")
        return self._law

    def concrete(self, term: N) -> N:
        """Return a term with numbers put in for symbols, and terms for functions and tails without bound variables.

        The same of a statement has it done to its terms.
        """
        if term not in self._concrete:
            moved = term.with_children(tuple(map(self.concrete, term.children))) if term.children else term
            self._concrete[term] = self._made_explicit(moved)
        return self._concrete[term]

    def _made_explicit(self, term: Any) -> Any:
        head = term.head
        if head in (Head.SYMBOL, Head.TOTAL):
            if term not in self._values:
                raise Refusal("witness", "this has no number", term)
            return self._values[term]
        if head is Head.SUPPORT:
            return number(self._distribution().breaks[0])
        # Nothing but bound variables is left that a number could be put in for.
        is_open = any(leaf.head is Head.BOUND for leaf in term.leaves)
        if head not in EXPLICIT or (is_open and head is not Head.UNSPECIFIED):
            return term
        lacks = bool(conditions(term)) if is_open else not self.exists(term)
        if lacks:
            raise Refusal("witness", "what a function is asked of is not seen to be in its domain", term)
        if head is Head.UNSPECIFIED:
            return self._put_in(term)
        if head in (Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO):
            name = "power_integral" if head is Head.INTEGRAL else "power_integral_from_zero"
            if head is Head.INTEGRAL and self.sign(t.add(term.children[0], ONE)) == 0:
                name = "reciprocal_integral"
            return lemmas.instance(name, term.children)[1].args[1]
        values = [_fraction(child) for child in term.children]
        if head is Head.DENSITY:
            return self._distribution().density(*values)
        return self.concrete(self._distribution().moment(values[0], values[1] if head is Head.TAIL else Fraction(0)))

    def _put_in(self, term: Term) -> Term:
        """Return what an unspecified function or its partial derivative says, with its arguments put in."""
        name, orders, *arguments = term.args
        body = self._functions.get(name)
        if body is None or body.reach > len(arguments):
            raise Refusal("witness", f"no function of so many arguments is given for {name}", term)
        for index, order in enumerate(orders):
            for _ in range(order):
                body = derivative(body, t.bound(index))
        return t.replace(body, {t.bound(index): argument for index, argument in enumerate(arguments)})

    def solve(self, context: Context, totals: Iterable[Term]) -> None:
        """Settle what totals are, after it was shown that a solution of the system passes through the point.

        One does where the equations have continuously differentiable sides and a matrix A of slopes in the endogenous
        symbols whose rows are independent (implicit function theorem). As a parameter p moves, these symbols may move
        at any rates at which every gap stays zero: at those given for all of them, or at -A' (A A')^-1 times the slopes
        by p, which is enclosed.

        Raises
        ------
        Refusal
            When a slope has no value, or a gap is not seen to stay zero at the rates given.
        """
        equations = sorted(context.system)
        rows = [context.known(name).gap for name in equations]
        unknowns = sorted(context.endogenous, key=lambda symbol: str(symbol.args[0]))
        for node in (node for gap in rows for node in t.nodes(gap, Head.SURVIVAL, Head.TAIL)):
            if not self.exists(t.density(node.args[0])):
                raise Refusal("witness", "a tail is not differentiable here", node)
        if not rows:
            return
        columns = [self._slopes(rows, symbol) for symbol in unknowns]
        with flint.ctx.workprec(ROOT_PRECISION):
            across = self._matrix(columns, len(rows))
            inverse = across * (across.transpose() * across).inv()
            for parameter in dict.fromkeys(total.args[1] for total in totals):
                rates = [t.total(symbol, parameter) for symbol in unknowns]
                if rates[0] in self._values:
                    if not all(self.holds(differentiated(context, name, parameter)[1]) for name in equations):
                        raise Refusal("witness", "an equation does not stay true at the rates by this", parameter)
                    continue
                moved = inverse * self._matrix([self._slopes(rows, parameter)], len(rows)).transpose()
                for rate, (ball,) in zip(rates, moved.tolist(), strict=True):
                    self._balls[rate], self._values[rate] = -ball, rate
        self._concrete.clear()

    def _matrix(self, rows: list[list[Term]], width: int) -> Any:
        balls = dict(self._balls)
        return flint.arb_mat(len(rows), width, [_enclosed(entry, balls) for row in rows for entry in row])

    def _slopes(self, gaps: list[Term], symbol: Term) -> list[Term]:
        slopes = [derivative(gap, symbol) for gap in gaps]
        for slope in slopes:
            if not self.exists(slope):
                raise Refusal("witness", "a slope of the system has no value", slope)
        return list(map(self.concrete, slopes))


def _is_smooth(body: Term) -> bool:
    """Tell whether a term in bound variables alone is smooth, by its build, at all positive values of them."""
    in_bounds = all(leaf.head is Head.BOUND for leaf in body.leaves)
    return in_bounds and not conditions(body) and not body.mentions(Head.SURVIVAL, Head.UNSPECIFIED)


def rational(term: Term) -> Fraction:
    """Return the number that a term is, as written."""
    if term.head is not Head.NUMBER:
        raise Refusal("witness", "this is no rational number", term)
    return Fraction(*term.args)


def _fraction(term: Term) -> Fraction:
    """Return the rational number that a term without symbols, which has a value, is by its normal form."""
    found = constant(term)
    if found is None:
        raise Refusal("witness", "this is not seen to be a rational number", term)
    return found


@lru_cache(maxsize=32768)
def sign_of(term: Term) -> int:
    """Return the sign of a term without symbols that has a value.

    Raises
    ------
    Refusal
        When no enclosure excludes zero and the normal form does not show that it is zero.
    """
    return _signed(term, {})


def _signed(term: Term, balls: dict[Term, Any]) -> int:
    for precision in PRECISIONS:
        with flint.ctx.workprec(precision):
            ball = _enclosed(term, dict(balls))
        if ball > 0 or ball < 0 or ball == 0:
            return (ball > 0) - (ball < 0)
        if precision == PRECISIONS[0] and signs((term,))[0] == 0:
            return 0
    raise Refusal("witness", "an enclosure contains zero", term)


def _enclosed(term: Term, done: dict[Term, Any]) -> Any:
    """Return a ball around a term that has a value, at the working precision; it keeps those of the terms in it."""
    if term not in done:
        if term.head not in _BALLS:
            raise Refusal("witness", "this has no enclosure", term)
        done[term] = _BALLS[term.head](term.args, *[_enclosed(child, done) for child in term.children])
    return done[term]


_BALLS: Mapping[Head, Callable[..., Any]] = {
    Head.NUMBER: lambda args: flint.arb(flint.fmpq(*args)),
    Head.SUM: lambda _, *balls: reduce(add, balls),
    Head.PRODUCT: lambda _, *balls: reduce(mul, balls),
    Head.WHOLE_POWER: lambda args, ball: ball ** args[1],
    Head.POWER: lambda _, base, exponent: (exponent * base.log()).exp(),
    Head.EXP: lambda _, ball: ball.exp(),
    Head.LOG: lambda _, ball: ball.log(),
}
"""A ball around a node from balls around its parts; a logarithm of a ball that is not positive is no number."""
