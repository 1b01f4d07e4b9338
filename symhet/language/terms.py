"""Terms: what is written, and nothing else.

A term denotes a partial real function of a valuation: of the values of its symbols, of the distribution G of
productivity, and of a number for every total derivative. No constructor evaluates, cancels, merges or reorders, every
head has a fixed arity, and equal terms are the same object. Where a term has a value is read off by
`symhet.language.definedness.conditions`, and nowhere else.

| head | arguments | value |
|---|---|---|
| number | p, q whole, lowest terms, q > 0 | p/q |
| symbol | name, whether positive | given by the valuation, a real number; positive when the symbol is |
| total | symbols y, p | the derivative of the solution y by the parameter p, at the point |
| bound | index | the value of the variable bound so many binders out, positive |
| support | | the lower end b of the support of G, b >= 0 |
| sum, product | two or more terms | sum, product |
| whole power | term b, whole number n | b to the n, n factors; b^0 = 1 |
| power | terms b, e | exp(e ln b) |
| exp, log | a term | exponential, natural logarithm |
| survival | x | S(x) = 1 - G(x) |
| tail | x, k | T(x, k), the integral of z^k dG(z) over z > x |
| density | x | g(x) = -S'(x) |
| integral | e, l, h | the integral of z^e dz from l to h |
| integral from zero | e, h | the integral of z^e dz from 0 to h |
| unspecified | name, orders, n terms | the partial derivative of those orders of a smooth function of n variables |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, unique
from math import gcd
from typing import Any

from symhet.language.immutable import Immutable, Table
from symhet.language.refusals import Refusal

MAX_DEPTH = 200
MAX_SIZE = 1_000_000
MAX_BITS = 14_000
MAX_WHOLE_POWER = 1_000_000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@unique
class Head(Enum):
    """What a term is; an enum, so that no string read from a file passes for one."""

    NUMBER = 0
    SYMBOL = 1
    TOTAL = 2
    BOUND = 3
    SUPPORT = 4
    SUM = 5
    PRODUCT = 6
    WHOLE_POWER = 7
    POWER = 8
    EXP = 9
    LOG = 10
    SURVIVAL = 11
    TAIL = 12
    DENSITY = 13
    INTEGRAL = 14
    INTEGRAL_FROM_ZERO = 15
    UNSPECIFIED = 16

    __hash__ = object.__hash__


class Term(Immutable):
    """A node of a term, immutable and interned: two terms are equal when they are the same object.

    Attributes
    ----------
    head : Head
        What the node is.
    args : tuple
        Its arguments: terms, and for some heads whole numbers, a name, or orders of differentiation.
    children : tuple of Term
        The arguments that are terms of which the value of this one is made; a total has none.
    heads : int
        The heads in it, a bit for each; `mentions` reads it.
    depth : int
        The number of nodes on the longest path down.
    size : int
        The number of nodes when written out, a part that is shared each time it occurs.
    reach : int
        How many enclosing binders its bound variables need; 0 for a closed term.
    """

    __slots__ = ("_conditions", "_evident", "_leaves", "args", "children", "depth", "head", "heads", "reach", "size")

    head: Head
    args: tuple[Any, ...]
    children: tuple[Term, ...]
    heads: int
    depth: int
    reach: int
    size: int
    _conditions: Any
    _evident: bool | None
    _leaves: frozenset[Term] | None

    def __repr__(self) -> str:
        return f"{self.head.name.lower()}({', '.join(map(repr, self.args))})"

    def mentions(self, *heads: Head) -> bool:
        """Tell whether one of these heads occurs."""
        return any(self.heads >> head.value & 1 for head in heads)

    @property
    def leaves(self) -> frozenset[Term]:
        """The symbols, totals, bound variables and the support's end in the term."""
        if self._leaves is None:
            found = frozenset((self,)) if self.head in _LEAVES else _NOTHING
            for child in self.children:
                found = union(found, child.leaves)
            object.__setattr__(self, "_leaves", found)
            return found
        return self._leaves

    def with_children(self, children: tuple[Term, ...]) -> Term:
        """Return the same node over other children."""
        if self.head is Head.WHOLE_POWER:
            return _made(self.head, (*children, self.args[1]))
        return _made(self.head, (*self.args[:2], *children) if self.head is Head.UNSPECIFIED else children)


_PUT = tuple(
    Term.__dict__[name].__set__
    for name in ("head", "args", "children", "depth", "size", "heads", "reach", "_conditions", "_evident", "_leaves")
)
_LEAVES = frozenset({Head.SYMBOL, Head.TOTAL, Head.BOUND, Head.SUPPORT})
_NOTHING: frozenset[Term] = frozenset()
_TABLE: Table[Term] = Table()


def _made(head: Head, args: tuple[Any, ...]) -> Term:
    """Return the one term with this head and these arguments, which the callers have checked."""
    held = _TABLE.get((head, args))
    found = None if held is None else held()
    if found is not None:
        return found
    children = tuple([arg for arg in args if type(arg) is Term]) if head is not Head.TOTAL else ()
    depth, size, heads, reach = 0, 1, 1 << head.value, args[0] + 1 if head is Head.BOUND else 0
    for child in children:
        heads |= child.heads
        size += child.size
        if child.depth > depth:
            depth = child.depth
        if child.reach > reach:
            reach = child.reach
    require_room(head, depth, size)
    term: Term = object.__new__(Term)
    for put, value in zip(_PUT, (head, args, children, depth + 1, size, heads, reach, None, None, None), strict=True):
        put(term, value)
    return _TABLE.enter((head, args), term)


def require_room(kind: Enum, depth: int, size: int) -> None:
    """Refuse what is nested too deep, or too large when written out: whatever walks through it takes as long."""
    if depth >= MAX_DEPTH or size > MAX_SIZE:
        raise Refusal(kind.name.lower(), f"nested more than {MAX_DEPTH} deep, or of more than {MAX_SIZE} parts")


def union(one: frozenset[Any], other: frozenset[Any]) -> frozenset[Any]:
    """Return the union of two sets: one of them where it has it all, so that large terms share their sets."""
    if other <= one:
        return one
    return other if one <= other else one | other


def is_made(term: Term) -> bool:
    """Tell whether a constructor made a term of the data that it has now: no other object passes for it."""
    held = _TABLE.get((term.head, term.args))
    return held is not None and held() is term


def is_term(value: object) -> bool:
    """Tell whether a value is a term."""
    return type(value) is Term


def _checked(head: Head, *terms: object) -> tuple[Any, ...]:
    for term in terms:
        if type(term) is not Term:
            raise Refusal(head.name.lower(), "an argument is not a term", type(term).__name__)
    return terms


def is_whole(value: object) -> bool:
    """Tell whether a value is a whole number of Python's own type: True is not 1."""
    return type(value) is int


def is_name(value: object) -> bool:
    """Tell whether a value is a name: a letter, then letters, digits and underscores."""
    return type(value) is str and len(value) <= 200 and _NAME.fullmatch(value) is not None


def number(p: int, q: int = 1) -> Term:
    """Return the rational number p/q, brought to lowest terms.

    Examples
    --------
    >>> number(4, -6)
    number(-2, 3)
    """
    if not is_whole(p) or not is_whole(q) or q == 0 or max(p.bit_length(), q.bit_length()) > MAX_BITS:
        raise Refusal("number", "numerator and denominator are whole, of at most 4,000 digits, the latter not zero")
    common = gcd(p, q) if q > 0 else -gcd(p, q)
    return _made(Head.NUMBER, (p // common, q // common))


def symbol(name: str, positive: bool = True) -> Term:
    """Return a symbol that ranges over the positive or all real numbers.

    Examples
    --------
    >>> symbol("sigma") is symbol("sigma"), symbol("b", positive=False).args
    (True, ('b', False))
    """
    if not is_name(name) or type(positive) is not bool:
        raise Refusal("symbol", "a name is a letter followed by letters, digits and underscores", str(name)[:60])
    return _made(Head.SYMBOL, (name, positive))


def total(variable: Term, parameter: Term) -> Term:
    """Return the total derivative of an endogenous symbol by an exogenous one: a leaf, an unknown real number."""
    _checked(Head.TOTAL, variable, parameter)
    if variable.head is not Head.SYMBOL or parameter.head is not Head.SYMBOL or variable is parameter:
        raise Refusal("total", "a symbol is differentiated by another symbol")
    return _made(Head.TOTAL, (variable, parameter))


def bound(index: int) -> Term:
    """Return the variable bound ``index`` binders further out than the innermost."""
    if not is_whole(index) or not 0 <= index <= MAX_DEPTH:
        raise Refusal("bound", "an index is a small whole number that is not negative")
    return _made(Head.BOUND, (index,))


def add(*terms: Term) -> Term:
    """Return the sum of two or more terms, as written."""
    if len(terms) < 2:
        raise Refusal("sum", "a sum has two or more terms")
    return _made(Head.SUM, _checked(Head.SUM, *terms))


def multiply(*factors: Term) -> Term:
    """Return the product of two or more terms, as written."""
    if len(factors) < 2:
        raise Refusal("product", "a product has two or more factors")
    return _made(Head.PRODUCT, _checked(Head.PRODUCT, *factors))


def whole_power(base: Term, exponent: int) -> Term:
    """Return a term to a whole number: defined for a base that is not zero, or an exponent that is not negative."""
    _checked(Head.WHOLE_POWER, base)
    if not is_whole(exponent) or abs(exponent) > MAX_WHOLE_POWER:
        raise Refusal("whole_power", f"the exponent is a whole number up to {MAX_WHOLE_POWER}")
    return _made(Head.WHOLE_POWER, (base, exponent))


def power(base: Term, exponent: Term) -> Term:
    """Return exp(exponent * ln(base)): defined for a positive base, whatever the exponent is."""
    return _made(Head.POWER, _checked(Head.POWER, base, exponent))


def _unary(head: Head, term: Term) -> Term:
    return _made(head, _checked(head, term))


def exp(term: Term) -> Term:
    """Return the exponential of a term."""
    return _unary(Head.EXP, term)


def log(term: Term) -> Term:
    """Return the natural logarithm of a term."""
    return _unary(Head.LOG, term)


def survival(x: Term) -> Term:
    """Return S(x), the mass of productivities above x."""
    return _unary(Head.SURVIVAL, x)


def density(x: Term) -> Term:
    """Return g(x), the density of productivity."""
    return _unary(Head.DENSITY, x)


def tail(x: Term, order: Term) -> Term:
    """Return T(x, k), the integral of z^k dG(z) over z > x."""
    return _made(Head.TAIL, _checked(Head.TAIL, x, order))


def integral(exponent: Term, low: Term, high: Term) -> Term:
    """Return the integral of z^exponent from a positive lower to a positive upper end."""
    return _made(Head.INTEGRAL, _checked(Head.INTEGRAL, exponent, low, high))


def integral_from_zero(exponent: Term, high: Term) -> Term:
    """Return the integral of z^exponent from zero to a positive upper end, where it converges."""
    return _made(Head.INTEGRAL_FROM_ZERO, _checked(Head.INTEGRAL_FROM_ZERO, exponent, high))


def unspecified(name: str, orders: tuple[int, ...], *arguments: Term) -> Term:
    """Return a partial derivative (of orders zero: the value) of a smooth function known by its name alone."""
    if not is_name(name) or not arguments or type(orders) is not tuple or len(orders) != len(arguments):
        raise Refusal("unspecified", "a function has a name, arguments, and an order of differentiation for each")
    if not all(is_whole(order) and 0 <= order <= MAX_DEPTH for order in orders):
        raise Refusal("unspecified", "an order of differentiation is a small whole number that is not negative")
    return _made(Head.UNSPECIFIED, (name, orders, *_checked(Head.UNSPECIFIED, *arguments)))


def nodes(term: Term, *heads: Head) -> list[Term]:
    """Return the nodes of a term that have one of these heads, inner ones first."""
    if not term.mentions(*heads):
        return []
    inner = [node for child in term.children for node in nodes(child, *heads)]
    return [*inner, term] if term.head in heads else inner


ZERO = number(0)
ONE = number(1)
MINUS_ONE = number(-1)
SUPPORT = _made(Head.SUPPORT, ())


def negative(term: Term) -> Term:
    """Return ``-1 * term``."""
    return multiply(MINUS_ONE, term)


def difference(left: Term, right: Term) -> Term:
    """Return ``left + -1 * right``."""
    return add(left, negative(right))


def quotient(above: Term, below: Term) -> Term:
    """Return ``above * below^-1``."""
    return multiply(above, whole_power(below, -1))


def total_of(terms: list[Term]) -> Term:
    """Return the sum of any number of terms: zero of none, the term itself of one."""
    return add(*terms) if len(terms) > 1 else (terms[0] if terms else ZERO)


def product_of(factors: list[Term]) -> Term:
    """Return the product of any number of terms: one of none, the term itself of one."""
    return multiply(*factors) if len(factors) > 1 else (factors[0] if factors else ONE)


def replace(term: Term, mapping: Mapping[Term, Term]) -> Term:
    """Replace sub-terms by others, all at once; what replaces is not replaced again, and totals are leaves.

    Examples
    --------
    >>> x, y = symbol("x"), symbol("y")
    >>> replace(add(x, y), {x: y}) is add(y, y)
    True
    """
    return replaced(term, mapping, {}) if mapping else term


def replaced(term: Term, mapping: Mapping[Term, Term], done: dict[Term, Term]) -> Term:
    """Do what `replace` does, remembering what came of each sub-term."""
    found = mapping.get(term) or done.get(term)
    if found is not None:
        return found
    new = term
    if term.children and any(key.leaves <= term.leaves for key in mapping):
        moved = tuple([replaced(child, mapping, done) for child in term.children])
        if any(part is not child for part, child in zip(moved, term.children, strict=True)):
            new = term.with_children(moved)
    done[term] = new
    return new
