"""The door between SymPy and the language: what is read is what stands there, node by node.

Nothing that a theorem rests on comes through here: a certificate is replayed without it. Who reads a claim that was
typed in SymPy believes this file, and that SymPy changed nothing before it: print the statement that was read.

Only exact classes are understood (``type(e) is sp.Add``), since a subclass may mean anything. Results are remembered by
the identity of the SymPy object, never by equality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.logic import boolalg

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.algebra.total import PREFIX, is_total
from symhet.algebra.total import total as total_symbol
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.rebuilding import abstraction
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.propositions import And, Dense, ForAll, Iff, Implies, Maximiser, Or, Prop, Rel, UniqueRoot

_RATIONALS = frozenset(
    {sp.Integer, sp.Rational, type(sp.S.Zero), type(sp.S.One), type(sp.S.NegativeOne), type(sp.S.Half)}
)
_PLAIN = {flag: sp.Symbol("plain", **{"positive" if flag else "real": True}).assumptions0 for flag in (True, False)}
_FUNCTIONS: Mapping[type, tuple[int, Callable[..., Term]]] = {
    sp.exp: (1, t.exp),
    sp.log: (1, t.log),
    Survival: (1, t.survival),
    TailMoment: (2, t.tail),
    Density: (1, t.density),
}
_CONNECTIVES: Mapping[type, Callable[..., Statement]] = {
    And: s.both,
    Or: s.either,
    boolalg.And: s.both,
    boolalg.Or: s.either,
}
_RELATIONS: Mapping[type, Callable[[Term, Term], Statement]] = {
    sp.Eq: s.eq,
    sp.Ne: s.ne,
    sp.StrictLessThan: s.lt,
    sp.LessThan: s.le,
    sp.StrictGreaterThan: lambda left, right: s.lt(right, left),
    sp.GreaterThan: lambda left, right: s.le(right, left),
}
_MEMORY = 200_000


class Door:
    """Reads SymPy expressions and statements, remembering what it has read.

    Parameters
    ----------
    symbols : iterable of sympy.Symbol
        The symbols that names of total derivatives stand for; a name that is not among them is a positive symbol's.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> Door().term(x**2 / 3)
    product(number(1, 3), whole_power(symbol('x', True), 2))
    """

    def __init__(self, symbols: Iterable[sp.Symbol] = ()) -> None:
        self._named = {symbol.name: self._plain(symbol) for symbol in symbols}
        # The SymPy object is kept beside its term, so that its id stays its own.
        self._read: dict[int, tuple[sp.Basic, Term]] = {}

    def term(self, expr: sp.Expr) -> Term:
        """Return a SymPy expression as a term.

        Raises
        ------
        Refusal
            Naming what the language does not have.
        """
        return self._term(expr, 0)

    def _term(self, expr: Any, depth: int) -> Term:
        known = self._read.get(id(expr))
        if known is not None:
            return known[1]
        if depth > t.MAX_DEPTH:
            raise Refusal("sympy", f"nested more than {t.MAX_DEPTH} deep")
        made = self._made(expr, depth + 1)
        if len(self._read) >= _MEMORY:
            self._read.clear()
        self._read[id(expr)] = (expr, made)
        return made

    def _made(self, expr: Any, depth: int) -> Term:
        kind = type(expr)
        if kind in _RATIONALS:
            return t.number(int(expr.p), int(expr.q))
        if kind is sp.Symbol:
            return self._symbol(expr)
        if kind is sp.Add or kind is sp.Mul:
            return (t.add if kind is sp.Add else t.multiply)(*[self._term(part, depth) for part in expr.args])
        if kind is sp.Pow:
            return self._power(expr.base, expr.exp, depth)
        if kind in _FUNCTIONS:
            arity, maker = _FUNCTIONS[kind]
            if len(expr.args) != arity:
                raise Refusal("sympy", f"{kind.__name__} has {arity} argument{'s' * (arity > 1)}", expr)
            return maker(*[self._term(part, depth) for part in expr.args])
        if expr is sp.E:
            return t.exp(t.ONE)
        if kind is PowerIntegral:
            return self._integral(expr.args, depth)
        if isinstance(expr, AppliedUndef | sp.Derivative | sp.Subs):
            return self._unspecified(expr, depth)
        raise Refusal("sympy", f"the language has no {kind.__name__}", expr)

    def _symbol(self, symbol: sp.Symbol) -> Term:
        if symbol == SUPPORT:
            return t.SUPPORT
        if not is_total(symbol):
            return self._plain(symbol)
        names = symbol.name[len(PREFIX) : -1].split(",")
        if symbol.assumptions0 != _PLAIN[False] or len(names) != 2:
            raise Refusal("sympy", "this is no total derivative of one symbol by another", symbol)
        return t.total(*[self._named.get(name) or t.symbol(name) for name in names])

    @staticmethod
    def _plain(symbol: sp.Symbol) -> Term:
        positive = bool(symbol.is_positive)
        if type(symbol) is not sp.Symbol or symbol.assumptions0 != _PLAIN[positive]:
            raise Refusal(
                "sympy", "a symbol is plainly positive or plainly real, nothing else is assumed of it", symbol
            )
        return t.symbol(symbol.name, positive=positive)

    def _power(self, base: Any, exponent: Any, depth: int) -> Term:
        if base is sp.E:
            return t.exp(self._term(exponent, depth))
        below = self._term(base, depth)
        if type(exponent) in _RATIONALS and exponent.q == 1:
            return t.whole_power(below, int(exponent))
        return t.power(below, self._term(exponent, depth))

    def _integral(self, args: tuple[Any, ...], depth: int) -> Term:
        if len(args) != 3:
            raise Refusal("sympy", "PowerIntegral has 3 arguments", args)
        exponent, low, high = args
        if low is sp.S.Zero:
            return t.integral_from_zero(self._term(exponent, depth), self._term(high, depth))
        return t.integral(*[self._term(part, depth) for part in args])

    def _unspecified(self, expr: Any, depth: int) -> Term:
        """Read f(x), its partial derivatives, and these at a point."""
        moved: dict[Any, Any] = {}
        if type(expr) is sp.Subs:
            moved = dict(zip(expr.variables, expr.point, strict=True))
            expr = expr.expr
        counts: dict[Any, int] = {}
        if type(expr) is sp.Derivative:
            counts = {variable: int(count) for variable, count in expr.variable_count}
            expr = expr.expr
        if not isinstance(expr, AppliedUndef):
            raise Refusal("sympy", "only a function that is known by its name alone may be differentiated here", expr)
        for variable in counts:
            if sum(argument.has(variable) for argument in expr.args) != 1 or variable not in expr.args:
                raise Refusal("sympy", f"this is no partial derivative: {variable} is not one argument of it", expr)
        orders = tuple(counts.get(argument, 0) for argument in expr.args)
        points = [argument.xreplace(moved) for argument in expr.args]
        return t.unspecified(type(expr).__name__, orders, *[self._term(point, depth) for point in points])

    def statement(self, prop: Prop | sp.Basic) -> Statement:
        """Return a statement of `symhet.propositions`, or a relation or Boolean function of SymPy, as one of ours.

        Examples
        --------
        >>> x, y = sp.symbols("x y", positive=True)
        >>> Door().statement(y < x + 1)
        less(symbol('y', True), sum(number(1, 1), symbol('x', True)))
        """
        return self._statement(prop, 0)

    def _statement(self, prop: Any, depth: int) -> Statement:
        kind = type(prop)
        if depth > t.MAX_DEPTH:
            raise Refusal("sympy", f"nested more than {t.MAX_DEPTH} deep")
        if kind is Rel:
            return s.statement(_relation_named(prop.op), self.term(prop.lhs), self.term(prop.rhs))
        if kind in _RELATIONS:
            return _RELATIONS[kind](*map(self.term, prop.args))
        parts = self._parts(prop)
        if parts is not None:
            if type(parts) is not tuple:
                raise Refusal("sympy", "the parts of a statement are a tuple", prop)
            inner = [self._statement(part, depth + 1) for part in parts]
            if len(inner) == 1 and kind in _CONNECTIVES:
                return inner[0]
            return _CONNECTIVES[kind](*inner) if kind in _CONNECTIVES else _pair(kind)(*inner)
        if kind in (ForAll, UniqueRoot, Maximiser):
            return self._binder(prop, depth)
        if kind is boolalg.Not:
            return s.implies(self._statement(prop.args[0], depth + 1), s.FALSE)
        if kind is Dense:
            return s.DENSE
        if prop is sp.true or prop is sp.false:
            return s.eq(t.ZERO, t.ZERO) if prop is sp.true else s.FALSE
        raise Refusal("sympy", f"a {kind.__name__} is no statement", prop)

    @staticmethod
    def _parts(prop: Any) -> tuple[Any, ...] | None:
        kind = type(prop)
        if kind in (And, Or):
            return prop.parts
        if kind is Implies:
            return prop.premise, prop.conclusion
        if kind is Iff:
            return prop.left, prop.right
        if kind in (boolalg.And, boolalg.Or, boolalg.Implies):
            return prop.args
        return prop.args if kind is boolalg.Equivalent and len(prop.args) == 2 else None

    def _binder(self, prop: ForAll | UniqueRoot | Maximiser, depth: int) -> Statement:
        variable = self.term(prop.variable)
        if variable.head is not Head.SYMBOL or not variable.args[1]:
            raise Refusal("sympy", "a bound variable is a positive symbol", prop.variable)
        if isinstance(prop, ForAll):
            return s.forall(abstraction(self._statement(prop.body, depth + 1), variable))
        function = t.replace(self.term(prop.function), {variable: t.bound(0)})
        if isinstance(prop, UniqueRoot):
            return s.unique_root(function)
        ends = [self.term(end) for end in (prop.point, prop.lower, prop.upper) if end is not sp.oo]
        if any(variable in end.leaves for end in ends):
            raise Refusal(
                "sympy", "the variable of a maximum is bound: it may not occur in the point or its bounds", prop
            )
        return s.maximiser(function, *ends)


def _relation_named(op: object) -> Op:
    for relation in s.RELATIONS:
        if relation.value == op:
            return relation
    raise Refusal("sympy", "no such relation", op)


def _pair(kind: type) -> Callable[[Statement, Statement], Statement]:
    return s.implies if kind in (Implies, boolalg.Implies) else s.iff


_DOOR = Door()


def from_sympy(expr: sp.Expr) -> Term:
    """Return a SymPy expression as a term, as it stands.

    Raises
    ------
    Refusal
        Naming what the language does not have.

    Examples
    --------
    >>> x, a = sp.symbols("x a", positive=True)
    >>> from_sympy(x**a)
    power(symbol('x', True), symbol('a', True))
    """
    return _DOOR.term(expr)


def statement_from_sympy(prop: Prop | sp.Basic) -> Statement:
    """Return a statement made of SymPy expressions as a statement of the language."""
    return _DOOR.statement(prop)


def to_sympy(term: Term, bound: tuple[sp.Symbol, ...] = (), evaluate: bool = True) -> sp.Expr:
    """Return a term as a SymPy expression; ``bound`` names the variables of enclosing binders, the innermost first.

    Unless ``evaluate`` is false, SymPy may rearrange and simplify, as it does with what is typed.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> to_sympy(t.add(x, x)), to_sympy(t.add(x, x), evaluate=False)
    (2*x, x + x)
    """
    return _Writer(bound, evaluate).write(term)


class _Writer:
    """Writes terms under the same binders, each distinct one once."""

    def __init__(self, bound: tuple[sp.Symbol, ...], evaluate: bool) -> None:
        self.bound = bound
        self.evaluate = evaluate
        self.done: dict[Term, sp.Expr] = {}

    def write(self, term: Term) -> sp.Expr:
        if term not in self.done:
            self.done[term] = self._written(term)
        return self.done[term]

    def _written(self, term: Term) -> sp.Expr:
        head, args = term.head, term.args
        if not term.children:
            return self._leaf(term)
        inner = [self.write(child) for child in term.children]
        if head is Head.SUM or head is Head.PRODUCT:
            return (sp.Add if head is Head.SUM else sp.Mul)(*inner, evaluate=self.evaluate)
        if head is Head.WHOLE_POWER:
            return sp.Pow(inner[0], args[1], evaluate=self.evaluate)
        if head is Head.UNSPECIFIED:
            return _derived(args[0], args[1], inner)
        return self._applied(head, inner)

    def _applied(self, head: Head, inner: list[sp.Expr]) -> sp.Expr:
        if head is Head.POWER:
            return sp.Pow(*inner, evaluate=self.evaluate)
        if head is Head.EXP or head is Head.LOG:
            return (sp.exp if head is Head.EXP else sp.log)(*inner, evaluate=self.evaluate)
        if head is Head.INTEGRAL_FROM_ZERO:
            return PowerIntegral(inner[0], sp.S.Zero, inner[1])
        functions = {
            Head.SURVIVAL: Survival,
            Head.TAIL: TailMoment,
            Head.DENSITY: Density,
            Head.INTEGRAL: PowerIntegral,
        }
        return functions[head](*inner)

    def _leaf(self, term: Term) -> sp.Expr:
        head, args = term.head, term.args
        if head is Head.NUMBER:
            return sp.Rational(*args)
        if head is Head.SYMBOL:
            return sp.Symbol(args[0], **{"positive" if args[1] else "real": True})
        if head is Head.TOTAL:
            return total_symbol(self.write(args[0]), self.write(args[1]))
        if head is Head.BOUND:
            if args[0] >= len(self.bound):
                raise Refusal("sympy", "a bound variable has no name here", term)
            return self.bound[args[0]]
        return SUPPORT


def _derived(name: str, orders: tuple[int, ...], points: list[sp.Expr]) -> sp.Expr:
    if not any(orders):
        return sp.Function(name)(*points)
    slots = [sp.Dummy(f"x_{index}", positive=True) for index in range(len(points))]
    pairs = [(slot, order) for slot, order in zip(slots, orders, strict=True) if order]
    moved = [slot if order else point for slot, order, point in zip(slots, orders, points, strict=True)]
    inner = sp.Derivative(sp.Function(name)(*moved), *pairs)
    at = [point for order, point in zip(orders, points, strict=True) if order]
    return sp.Subs(inner, [slot for slot, _ in pairs], at)


_NAMES = ("x", "y", "z", "u", "v", "w")


def statement_to_sympy(statement: Statement, evaluate: bool = True, bound: tuple[sp.Symbol, ...] = ()) -> Prop:
    """Return a statement as one of `symhet.propositions`, its bound variables named afresh.

    Examples
    --------
    >>> str(statement_to_sympy(s.forall(s.positive(t.bound(0)))))
    'for all x > 0: 0 < x'
    """
    op, args = statement.op, statement.args
    if statement.is_relation:
        return Rel(op.value, *(to_sympy(term, bound, evaluate) for term in args))
    if op is Op.AND or op is Op.OR:
        parts = tuple(statement_to_sympy(part, evaluate, bound) for part in args)
        return And(parts) if op is Op.AND else Or(parts)
    if op is Op.IMPLIES or op is Op.IFF:
        pair = [statement_to_sympy(part, evaluate, bound) for part in args]
        return Implies(*pair) if op is Op.IMPLIES else Iff(*pair)
    if op is Op.DENSE:
        return Dense()
    variable = _fresh(statement, bound)
    inside = (variable, *bound)
    if op is Op.FORALL:
        return ForAll(variable, statement_to_sympy(args[0], evaluate, inside))
    function = to_sympy(args[0], inside, evaluate)
    if op is Op.UNIQUE_ROOT:
        return UniqueRoot(function, variable)
    point, lower, *upper = (to_sympy(term, bound, evaluate) for term in args[1:])
    return Maximiser(function, variable, point, lower, upper[0] if upper else sp.oo)


def _fresh(statement: Statement, bound: tuple[sp.Symbol, ...]) -> sp.Symbol:
    taken = {leaf.args[0] for leaf in statement.leaves if leaf.head is Head.SYMBOL} | {symbol.name for symbol in bound}
    names = (*_NAMES, *(f"x_{index}" for index in range(len(taken) + 1)))
    return sp.Symbol(next(name for name in names if name not in taken), positive=True)
