"""Terms: what is written, and nothing else; and how nodes, terms and statements alike, are made.

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
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from math import gcd
from types import MappingProxyType
from typing import Any, Self, TypeAlias, TypeVar, cast

from symhet.language.heads import BINDERS, RELATIONS, Op
from symhet.language.heads import Head as Head
from symhet.language.immutable import Immutable, Table
from symhet.language.refusals import Refusal

MAX_DEPTH = 200
MAX_SIZE = 1_000_000
MAX_BITS = 14_000
MAX_WHOLE_POWER = 1_000_000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LEAVES = frozenset({Head.SYMBOL, Head.TOTAL, Head.BOUND, Head.SUPPORT})
_NOTHING: frozenset[Any] = frozenset()


class Node(Immutable):
    """A term or a statement.

    Attributes
    ----------
    head : Head or Op
        What the node is.
    args : tuple
        Its arguments: nodes, and for some heads whole numbers, a name, or orders of differentiation.
    children : tuple of Node
        The arguments that are nodes of which this one is made; a total has none.
    heads : int
        The heads of terms in it, a bit for each; `mentions` reads it.
    depth : int
        The number of nodes on the longest path down.
    size : int
        The number of nodes when written out, a part that is shared each time it occurs.
    reach : int
        How many enclosing binders its bound variables need; 0 for what is closed.
    """

    __slots__ = (
        "_conditions",
        "_evident",
        "_gap",
        "_leaves",
        "args",
        "children",
        "depth",
        "head",
        "heads",
        "reach",
        "size",
    )

    head: Any
    args: tuple[Any, ...]
    children: tuple[Any, ...]
    heads: int
    depth: int
    reach: int
    size: int
    _conditions: Any
    _evident: bool | None
    _gap: Any
    _leaves: frozenset[Term] | None

    def __repr__(self) -> str:
        return f"{self.head.name.lower()}({', '.join(map(repr, self.args))})"

    def mentions(self, *heads: Head) -> bool:
        """Tell whether one of these heads occurs."""
        return any(self.heads >> head.value & 1 for head in heads)

    @property
    def leaves(self) -> frozenset[Term]:
        """The symbols, totals, bound variables and the support's end in it."""
        if self._leaves is None:
            found: frozenset[Any] = frozenset((self,)) if self.head in _LEAVES else _NOTHING
            for child in self.children:
                found = union(found, child.leaves)
            object.__setattr__(self, "_leaves", found)
            return found
        return self._leaves

    def with_children(self, children: tuple[Any, ...]) -> Self:
        """Return the same node over other children, terms for terms and statements for statements."""
        if self.head is Head.WHOLE_POWER:
            return cast(Self, made(self.head, (*children, self.args[1])))
        return cast(Self, made(self.head, (*self.args[: len(self.args) - len(children)], *children)))


class Term(Node):
    """A term, which denotes a partial real function of a valuation: `symhet.language.terms` says which."""

    __slots__ = ()


class Statement(Node):
    """A statement, true or false at every valuation: `symhet.language.statements` says which.

    Attributes
    ----------
    op : Op
        Its head.
    """

    __slots__ = ()

    op: Op = Node.head  # type: ignore[misc]

    @property
    def is_relation(self) -> bool:
        """Whether this compares two terms."""
        return self.head in RELATIONS

    @property
    def gap(self) -> Term:
        """The term ``right - left`` of a relation: zero for an equation, positive for ``<``."""
        if self._gap is None:
            left, right = self.args
            gap = node(Head.SUM, right, node(Head.PRODUCT, made(Head.NUMBER, (-1, 1)), left))
            object.__setattr__(self, "_gap", gap)
        return self._gap


_SHAPES: Mapping[Enum, tuple[type, int, int]] = MappingProxyType(
    {
        **dict.fromkeys((Head.SUM, Head.PRODUCT), (Term, 2, MAX_SIZE)),
        **dict.fromkeys((Head.EXP, Head.LOG, Head.SURVIVAL, Head.DENSITY, Op.UNIQUE_ROOT), (Term, 1, 1)),
        **dict.fromkeys((Head.POWER, Head.TAIL, Head.INTEGRAL_FROM_ZERO, *RELATIONS), (Term, 2, 2)),
        Head.INTEGRAL: (Term, 3, 3),
        Op.MAXIMISER: (Term, 3, 4),
        **dict.fromkeys((Head.SUPPORT, Op.DENSE), (Term, 0, 0)),
        **dict.fromkeys((Op.AND, Op.OR), (Statement, 2, MAX_SIZE)),
        **dict.fromkeys((Op.IMPLIES, Op.IFF), (Statement, 2, 2)),
        Op.FORALL: (Statement, 1, 1),
    }
)
"""Of what kind the arguments are, and how many at least and at most, where they are nodes alone."""
_CHILDREN: Mapping[Enum, slice] = {
    **dict.fromkeys((Head.NUMBER, Head.SYMBOL, Head.TOTAL, Head.BOUND), slice(0)),
    Head.WHOLE_POWER: slice(1),
    Head.UNSPECIFIED: slice(2, None),
}
"""Which of the arguments are children, where not all are."""


def node(head: Head | Op, *args: Any) -> Any:
    """Return the node with these arguments, if they are of the kind and number that its head has.

    Raises
    ------
    Refusal
        When they are not, or there is no such head.
    """
    if type(head) not in (Head, Op) or head not in _SHAPES:
        raise Refusal("node", "no such head", str(head)[:60])
    kind, least, most = _SHAPES[head]
    if not least <= len(args) <= most:
        raise Refusal(head.name.lower(), "wrong number of arguments")
    for part in args:
        if type(part) is not kind:
            raise Refusal(head.name.lower(), f"an argument is not a {kind.__name__.lower()}", type(part).__name__)
    return made(head, args)


_TABLE: Table[Node] = Table()
_PUT = tuple([Node.__dict__[slot].__set__ for slot in Node.__slots__])


def made(head: Head | Op, args: tuple[Any, ...]) -> Any:
    """Return the one node with this head and these arguments, which the callers have checked."""
    held = _TABLE.get((head, args))
    found = None if held is None else held()
    if found is not None:
        return found
    children = args[_CHILDREN.get(head, slice(None))]
    depth, size, heads = 0, 1, 1 << head.value if type(head) is Head else 0
    reach = args[0] + 1 if head is Head.BOUND else 0
    for index, child in enumerate(children):
        heads |= child.heads
        size += child.size
        if child.depth > depth:
            depth = child.depth
        if child.reach > reach:
            reach = max(reach, child.reach - (index == 0 and head in BINDERS))
    if depth >= MAX_DEPTH or size > MAX_SIZE:
        why = f"nested more than {MAX_DEPTH} deep, or of more than {MAX_SIZE} parts"
        raise Refusal(head.name.lower(), why)
    new = object.__new__(Term if type(head) is Head else Statement)
    data = (None, None, None, None, args, children, depth + 1, head, heads, reach, size)
    for put, value in zip(_PUT, data, strict=True):
        put(new, value)
    return _TABLE.enter((head, args), new)


def is_made(node: Node) -> bool:
    """Tell whether a constructor made a node of the data that it has now."""
    held = _TABLE.get((node.head, node.args))
    return held is not None and held() is node


def union(one: frozenset[Any], other: frozenset[Any]) -> frozenset[Any]:
    """Return the union of two sets: one of them where it has it all, so that large terms share their sets."""
    if other <= one:
        return one
    return other if one <= other else one | other


N = TypeVar("N", bound=Node)


def replace(node: N, mapping: Mapping[Term, Term], done: dict[Node, Node] | None = None) -> N:
    """Replace terms in a node by others, all at once; what replaces is not replaced again, and totals are leaves.

    ``done`` remembers what came of each part. Bound variables in what replaces are not those of binders in the node.
    """
    done = {} if done is None else done
    found: Any = mapping.get(node) or done.get(node)  # type: ignore[call-overload]
    if found is None:
        found = node
        if node.children and any(key.leaves <= node.leaves for key in mapping):
            moved = tuple([replace(child, mapping, done) for child in node.children])
            if any(part is not child for part, child in zip(moved, node.children, strict=True)):
                found = node.with_children(moved)
        done[node] = found
    return found


One: TypeAlias = Callable[[Term], Term]
Two: TypeAlias = Callable[[Term, Term], Term]
Three: TypeAlias = Callable[[Term, Term, Term], Term]
Several: TypeAlias = Callable[..., Term]


add: Several = partial(node, Head.SUM)
"""Return the sum of two or more terms, as written."""
multiply: Several = partial(node, Head.PRODUCT)
"""Return the product of two or more terms, as written."""
power: Two = partial(node, Head.POWER)
"""Return exp(exponent * ln(base)): defined for a positive base, whatever the exponent is."""
exp: One = partial(node, Head.EXP)
"""Return the exponential of a term."""
log: One = partial(node, Head.LOG)
"""Return the natural logarithm of a term."""
survival: One = partial(node, Head.SURVIVAL)
"""Return S(x), the mass of productivities above x."""
density: One = partial(node, Head.DENSITY)
"""Return g(x), the density of productivity."""
tail: Two = partial(node, Head.TAIL)
"""Return T(x, k), the integral of z^k dG(z) over z > x."""
integral: Three = partial(node, Head.INTEGRAL)
"""Return the integral of z^exponent from a positive lower to a positive upper end."""
integral_from_zero: Two = partial(node, Head.INTEGRAL_FROM_ZERO)
"""Return the integral of z^exponent from zero to a positive upper end, where it converges."""


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
    if type(p) is not int or type(q) is not int or q == 0 or max(p.bit_length(), q.bit_length()) > MAX_BITS:
        raise Refusal("number", "numerator and denominator are whole, of at most 4,000 digits, the latter not zero")
    common = gcd(p, q) if q > 0 else -gcd(p, q)
    return made(Head.NUMBER, (p // common, q // common))


def symbol(name: str, positive: bool = True) -> Term:
    """Return a symbol that ranges over the positive or all real numbers.

    Examples
    --------
    >>> symbol("sigma") is symbol("sigma"), symbol("b", positive=False).args
    (True, ('b', False))
    """
    if not is_name(name) or type(positive) is not bool:
        raise Refusal("symbol", "a name is a letter followed by letters, digits and underscores", str(name)[:60])
    return made(Head.SYMBOL, (name, positive))


def total(variable: Term, parameter: Term) -> Term:
    """Return the total derivative of an endogenous symbol by an exogenous one: a leaf, an unknown real number."""
    if any(type(x) is not Term or x.head is not Head.SYMBOL for x in (variable, parameter)) or variable is parameter:
        raise Refusal("total", "a symbol is differentiated by another symbol")
    return made(Head.TOTAL, (variable, parameter))


def bound(index: int) -> Term:
    """Return the variable bound ``index`` binders further out than the innermost."""
    if type(index) is not int or not 0 <= index <= MAX_DEPTH:
        raise Refusal("bound", "an index is a small whole number that is not negative")
    return made(Head.BOUND, (index,))


def whole_power(base: Term, exponent: int) -> Term:
    """Return a term to a whole number: defined for a base that is not zero, or an exponent that is not negative."""
    if type(base) is not Term or type(exponent) is not int or abs(exponent) > MAX_WHOLE_POWER:
        raise Refusal("whole_power", f"the base is a term, the exponent a whole number up to {MAX_WHOLE_POWER}")
    return made(Head.WHOLE_POWER, (base, exponent))


def unspecified(name: str, orders: tuple[int, ...], *arguments: Term) -> Term:
    """Return a partial derivative (of orders zero: the value) of a smooth function known by its name alone."""
    if not is_name(name) or not arguments or any(type(argument) is not Term for argument in arguments):
        raise Refusal("unspecified", "a function has a name and arguments, which are terms")
    if type(orders) is not tuple or len(orders) != len(arguments):
        raise Refusal("unspecified", "there is an order of differentiation for each argument")
    if not all(type(order) is int and 0 <= order <= MAX_DEPTH for order in orders):
        raise Refusal("unspecified", "an order of differentiation is a small whole number that is not negative")
    return made(Head.UNSPECIFIED, (name, orders, *arguments))


def nodes(term: Term, *heads: Head) -> list[Term]:
    """Return the nodes of a term that have one of these heads, inner ones first."""
    if not term.mentions(*heads):
        return []
    inner = [node for child in term.children for node in nodes(child, *heads)]
    return [*inner, term] if term.head in heads else inner


ZERO = number(0)
ONE = number(1)
MINUS_ONE = number(-1)
SUPPORT: Term = node(Head.SUPPORT)


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
