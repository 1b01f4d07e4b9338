"""Terms arranged as an author writes them, before any mark-up: what is a fraction, what is first, what is grouped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import sympy as sp
from sympy.core.function import AppliedUndef

from symhet.algebra.atoms import is_atom
from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import Survival
from symhet.algebra.total import is_total
from symhet.errors import TermError
from symhet.render.notation import Notation


@dataclass(frozen=True)
class Leaf:
    """A symbol or a whole number."""

    value: sp.Expr


@dataclass(frozen=True)
class Call:
    """A function with its arguments: a tail, a logarithm, an exponential."""

    function: sp.Expr
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Sum:
    """Terms with their signs, True where a term is subtracted."""

    terms: tuple[tuple[bool, Node], ...]


@dataclass(frozen=True)
class Power:
    """A base with an exponent other than one."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Product:
    """Factors above and below the line of a fraction; nothing below means a plain product."""

    above: tuple[Node, ...]
    below: tuple[Node, ...] = ()


Node = Leaf | Call | Sum | Power | Product


def arrange(term: sp.Expr, notation: Notation) -> Node:
    """Return the term in an author's order.

    Raises
    ------
    TermError
        For anything but sums, products, powers, logarithms, exponentials, symbols, rationals and abstract functions.

    Examples
    --------
    >>> s = sp.Symbol("sigma", positive=True)
    >>> arrange(-1 + s, Notation())
    Sum(terms=((False, Leaf(value=sigma)), (True, Leaf(value=1))))
    """
    found: Node | None = notation.arranged.get(term)
    if found is None:
        found = notation.arranged[term] = _Arranger(notation).node(abbreviated(term, notation.abbreviations))
    return found


@lru_cache(maxsize=20_000)
def abbreviated(term: sp.Expr, table: tuple[tuple[sp.Expr, sp.Symbol], ...]) -> sp.Expr:
    """Put in the symbols that stand for products and sums wherever all parts of one occur.

    Examples
    --------
    >>> a, b, c = sp.symbols("a b c")
    >>> abbreviated(2 * a * (b - 1) - b, ((a * (b - 1), c),))
    -b + 2*c
    """
    if not table or not term.args:
        return term
    short = term.func(*(abbreviated(part, table) for part in term.args))
    for long, symbol in table:
        if isinstance(short, sp.Add | sp.Mul) and isinstance(short, type(long)):
            short = _without(short, long, symbol)
    return short


def _without(term: sp.Expr, long: sp.Expr, symbol: sp.Symbol) -> sp.Expr:
    if isinstance(term, sp.Add):
        number, rest = long.as_coeff_Add()
        parts, sought = set(term.args), set(sp.Add.make_args(rest))
        for sign in (1, -1):
            if {sign * part for part in sought} <= parts:
                return term - sign * rest + sign * (symbol - number)
        return term
    parts, sought = set(term.args), set(long.args)
    if sought <= parts:
        return term.func(symbol, *(part for part in term.args if part not in sought))
    inverse = {1 / part for part in sought}
    if inverse <= parts:
        return sp.Mul(1 / symbol, *(part for part in term.args if part not in inverse))
    return term


_PLAIN, _RAISED, _SUMS, _OTHERS = range(4)
"""Order of factors: parameters, those with a sum in the exponent, sums of parameters, variables."""


def is_slope(term: sp.Expr) -> bool:
    """Tell whether a term is a partial derivative, at a point, of a function that is known by its name alone."""
    inner = term.expr if isinstance(term, sp.Subs) else term
    return isinstance(inner, sp.Derivative) and isinstance(inner.expr, AppliedUndef)


def read_function(term: sp.Expr) -> tuple[str, tuple[int, ...], tuple[sp.Expr, ...]]:
    """Return name, orders of differentiation and arguments of a function that is known by its name alone.

    Examples
    --------
    >>> x, f = sp.Symbol("x"), sp.Function("f")
    >>> read_function(sp.Subs(f(x).diff(x), x, x + 1))
    ('f', (1,), (x + 1,))
    """
    moved: dict[sp.Basic, sp.Basic] = {}
    if isinstance(term, sp.Subs):
        moved, term = dict(zip(term.variables, term.point, strict=True)), term.expr
    counts: dict[sp.Basic, int] = {}
    if isinstance(term, sp.Derivative):
        counts, term = {variable: int(count) for variable, count in term.variable_count}, term.expr
    orders = tuple(counts.get(argument, 0) for argument in term.args)
    return type(term).__name__, orders, tuple(argument.xreplace(moved) for argument in term.args)


class _Arranger:
    def __init__(self, notation: Notation) -> None:
        self.notation = notation
        self.keys: dict[sp.Expr, tuple[object, ...]] = {}
        self.inside_exponent = False

    def node(self, term: sp.Expr) -> Node:
        if isinstance(term, sp.Add):
            return self.sum(term)
        if isinstance(term, sp.Mul | sp.Pow | sp.exp) or (isinstance(term, sp.Rational) and term < 0):
            return self.product(term)
        if isinstance(term, sp.Integer | sp.Symbol) or term is sp.E or term is sp.oo:
            return Leaf(term)
        if isinstance(term, sp.Rational):
            return Product((Leaf(sp.Integer(term.p)),), (Leaf(sp.Integer(term.q)),))
        if isinstance(term, sp.log) or is_atom(term):
            return Call(term, tuple(self.node(argument) for argument in term.args))
        if is_slope(term):
            _, _, points = read_function(term)
            return Call(term, tuple(map(self.node, points)))
        raise TermError(
            f"{sp.sstr(term)} cannot be printed",
            where=type(term).__name__,
            why="only sums, products, powers, exp, log, rationals, symbols and abstract functions can",
            fix="rewrite the expression in these terms",
        )

    def sum(self, term: sp.Add) -> Sum:
        keyed = [(self.key(part), *self.signed(part)) for part in _with_distribution(term.args)]
        keyed.sort(key=lambda item: (item[1], item[0]))
        return Sum(tuple((minus, node) for _, minus, node in keyed))

    def signed(self, part: sp.Expr) -> tuple[bool, Node]:
        """Return whether a term is subtracted, and the term; a minus that its arrangement brings up counts."""
        minus = _is_negative(part)
        node = self.node(-part if minus else part)
        if isinstance(node, Sum) and len(node.terms) == 1:
            inner, node = node.terms[0]
            return minus != inner, node
        return minus, node

    def key(self, term: sp.Expr) -> tuple[object, ...]:
        """Sort numbers first, then by the latest symbol in the author's list, then the one before it, and so on."""
        if term not in self.keys:
            ranks = sorted((self.notation.rank(s) for s in term.free_symbols), reverse=True)
            self.keys[term] = (bool(ranks), _has_total(term), ranks, term.count_ops(), sp.default_sort_key(term))
        return self.keys[term]

    def product(self, term: sp.Expr) -> Node:
        coefficient, bases, groups = _factors(term)
        coefficient, bases = self.oriented(coefficient, bases)
        bases = self.shortened(bases)
        above: list[tuple[tuple[object, ...], Node]] = []
        below: list[tuple[tuple[object, ...], Node]] = []
        for base, exponent in bases:
            side = above if exponent > 0 else below
            side.append((self.place(base, exponent), self.power(base, sp.Integer(abs(exponent)))))
        quotient = below or coefficient.q > 1 or any(_looks_negative(exponent) for exponent, _ in groups)
        sinking = bool(quotient) and not any(isinstance(base, sp.Function) for base, _ in bases)
        for exponent, members in groups:
            on_top, node, place = self.grouped(exponent, members, sinking)
            (above if on_top else below).append((place, node))
        node = Product(
            _with_number(abs(coefficient.p), _in_order(above)), _with_number(coefficient.q, _in_order(below))
        )
        if not node.above and not node.below:
            node = Product((Leaf(sp.S.One),))
        plain = node.above[0] if len(node.above) == 1 and not node.below else node
        return Sum(((True, plain),)) if coefficient < 0 else plain

    def oriented(
        self, coefficient: sp.Rational, bases: list[tuple[sp.Expr, int]]
    ) -> tuple[sp.Rational, list[tuple[sp.Expr, int]]]:
        """Turn differences round that the assumptions make negative, except in exponents."""
        turned = []
        for base, exponent in bases:
            if isinstance(base, sp.Add) and self.is_reversed(base):
                coefficient, base = (-coefficient if exponent % 2 else coefficient), -base
            turned.append((base, exponent))
        return coefficient, turned

    def shortened(self, bases: list[tuple[sp.Expr, int]]) -> list[tuple[sp.Expr, int]]:
        """Put in the symbols that stand for quotients, such as rho for (sigma - 1)/sigma."""
        exponents: dict[sp.Expr, int] = {}
        for base, exponent in bases:
            exponents[base] = exponents.get(base, 0) + exponent
        for (above, below), symbol in self.notation.quotients.items():
            power = exponents.get(above, 0)
            if power and exponents.get(below, 0) == -power:
                del exponents[above], exponents[below]
                exponents[symbol] = exponents.get(symbol, 0) + power
        return [(base, exponent) for base, exponent in exponents.items() if exponent]

    def is_reversed(self, base: sp.Add) -> bool:
        """Tell whether a sum is known to be negative, or has a minus before every term."""
        known = not self.inside_exponent and -base in self.notation.positive_sums
        return known or all(map(_is_negative, base.args))

    def place(self, base: sp.Expr, exponent: sp.Expr | int) -> tuple[object, ...]:
        """Sort factors: parameters, their sums, variables, powers of groups, functions, sums, integrals, derivatives.

        A parameter with a sum in its exponent follows the others: n tau^(1-sigma).
        """
        kind = 5 if _has_total(base) else 0
        if isinstance(base, sp.Symbol):
            late = _OTHERS if not self.notation.leads(base) else _RAISED if _has_a_sum(exponent) else _PLAIN
            return (kind, late, self.notation.rank(base))
        if isinstance(base, sp.Add) and all(map(self.notation.leads, base.free_symbols)):
            return (kind, _SUMS, (0, ""), self.key(base))
        room = 4 if isinstance(base, PowerIntegral) else 3 if isinstance(base, sp.Add) else 2
        return (max(kind, room), 0, (0, ""), self.key(base))

    def power(self, base: sp.Expr, exponent: sp.Expr) -> Node:
        node = self.node(base)
        return node if exponent == 1 else Power(node, self.exponent(exponent))

    def exponent(self, exponent: sp.Expr) -> Node:
        outside, self.inside_exponent = self.inside_exponent, True
        node = self.node(exponent)
        self.inside_exponent = outside
        return node

    def grouped(
        self, exponent: sp.Expr, members: list[tuple[sp.Expr, int]], sinking: bool
    ) -> tuple[bool, Node, tuple[object, ...]]:
        """Return side, node and place of factors that share an exponent up to its sign.

        Where there is a fraction already (``sinking``), powers with an exponent known to be negative go below its line.
        """
        if all(sign < 0 for _, sign in members):
            exponent, members = -exponent, [(base, -sign) for base, sign in members]
        if all(sign > 0 for _, sign in members):
            below = _looks_negative(exponent) or (sinking and -exponent in self.notation.positive_sums)
            exponent = -exponent if below else exponent
            if len(members) == 1:
                base = members[0][0]
                return not below, self.power(base, exponent), self._power_place(base, exponent)
            inner = sp.Mul(*(base for base, _ in members))
            return not below, Power(self.product(inner), self.exponent(exponent)), self._group_place(inner)
        if _looks_negative(exponent):
            exponent, members = -exponent, [(base, -sign) for base, sign in members]
        inner = sp.Mul(*(base**sign for base, sign in members))
        return True, Power(self.product(inner), self.exponent(exponent)), self._group_place(inner)

    def _power_place(self, base: sp.Expr, exponent: sp.Expr) -> tuple[object, ...]:
        return self.place(base, exponent) if isinstance(base, sp.Symbol) else self._group_place(base)

    def _group_place(self, base: sp.Expr) -> tuple[object, ...]:
        return (1, 0, (0, ""), self.key(base))


def _with_distribution(parts: tuple[sp.Expr, ...]) -> list[sp.Expr]:
    """Write differences of survival probabilities with the distribution: S(a) - S(b) as G(b) - G(a)."""
    plus = [part for part in parts if isinstance(part, Survival)]
    minus = [part for part in parts if isinstance(-part, Survival)]
    pairs = min(len(plus), len(minus))
    turned = [sp.Function("G")(*(-part).args) for part in minus[:pairs]]
    turned += [-sp.Function("G")(*part.args) for part in plus[:pairs]]
    return turned + [part for part in parts if part not in (*plus[:pairs], *minus[:pairs])]


def _in_order(items: list[tuple[tuple[object, ...], Node]]) -> tuple[Node, ...]:
    return tuple(node for _, node in sorted(items, key=lambda item: item[0]))


def _with_number(number: int, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return nodes if number == 1 and nodes else (() if number == 1 else (Leaf(sp.Integer(number)),)) + nodes


def _is_negative(term: sp.Expr) -> bool:
    return bool(term.as_coeff_Mul()[0] < 0)


def _looks_negative(exponent: sp.Expr) -> bool:
    """Tell whether an exponent is written with a leading minus: a product with a negative number."""
    if isinstance(exponent, sp.Add):
        return all(map(_is_negative, exponent.args))
    return _is_negative(exponent)


def _has_a_sum(exponent: sp.Expr | int) -> bool:
    return isinstance(exponent, sp.Expr) and exponent.has(sp.Add)


def _has_total(term: sp.Expr) -> bool:
    return any(is_total(symbol) for symbol in term.free_symbols)


Groups = list[tuple[sp.Expr, list[tuple[sp.Expr, int]]]]
_Joining = list[tuple[sp.Expr, list[tuple[sp.Expr, int, int]]]]


def _factors(term: sp.Expr) -> tuple[sp.Rational, list[tuple[sp.Expr, int]], Groups]:
    """Split a product into its number, bases with whole exponents, and groups of bases that share another exponent."""
    coefficient: sp.Rational = sp.S.One
    bases: list[tuple[sp.Expr, int]] = []
    groups: _Joining = []
    for place, factor in enumerate(sp.Mul.make_args(term)):
        base, exponent = (sp.E, factor.args[0]) if isinstance(factor, sp.exp) else factor.as_base_exp()
        if isinstance(factor, sp.Rational):
            coefficient *= factor
        elif isinstance(exponent, sp.Integer):
            bases.append((base, int(exponent)))
        elif isinstance(base, sp.Mul) and _splits(base):
            for inner in base.args:
                root, sign = inner.as_base_exp()
                _join(groups, exponent, root, int(sign), place)
        else:
            _join(groups, exponent, base, 1, place)
    return coefficient, bases, [part for group in groups for part in _apart(*group)]


def _splits(base: sp.Mul) -> bool:
    return all(inner.as_base_exp()[1] in (1, -1) for inner in base.args)


def _join(groups: _Joining, exponent: sp.Expr, base: sp.Expr, sign: int, place: int) -> None:
    """Add a factor to the group with its exponent, up to sign; remember the place it came from."""
    if base is not sp.E:
        for known, members in groups:
            if members[0][0] is sp.E:
                continue
            if _same(known, exponent):
                return members.append((base, sign, place))
            if _same(known, -exponent):
                return members.append((base, -sign, place))
    groups.append((exponent, [(base, sign, place)]))
    return None


def _apart(exponent: sp.Expr, members: list[tuple[sp.Expr, int, int]]) -> Groups:
    """Keep a group together where it makes a quotient; leave powers apart that were a plain product."""
    if len({sign for _, sign, _ in members}) > 1:
        return [(exponent, [(base, sign) for base, sign, _ in members])]
    places = dict.fromkeys(place for _, _, place in members)
    return [(exponent, [(base, sign) for base, sign, at in members if at == place]) for place in places]


@cache
def _same(left: sp.Expr, right: sp.Expr) -> bool:
    if left == right:
        return True
    above, _ = sp.fraction(sp.together(left - right))
    return bool(sp.expand(above) == 0)
