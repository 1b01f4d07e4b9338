"""Contexts at numbers for the symbols in exponents: powers become whole ones or roots, integrals are worked out.

What was a system of powers is then one of polynomials, which can be solved for what enters it linearly.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.building import minus, number, over, raised, subterms, times
from symhet.search.exact import NotRationalError, Point
from symhet.search.forms import tidy
from symhet.search.plan import exponents, relations, terms_of

CHOICES = tuple(
    map(Fraction, ("2", "3", "1/2", "3/2", "4", "1", "5/2", "1/3", "2/3", "5", "1/4", "3/4", "-1", "-2", "0"))
)
MAX_SYMBOLS = 4
MAX_TRIED = 4000
_OF_LAWS = (Head.SURVIVAL, Head.TAIL, Head.DENSITY, Head.SUPPORT)
Values = Mapping[Term, Fraction]


def choices(context: Context, way: Iterable[Statement], most: int) -> list[dict[Term, Fraction]]:
    """Return numbers for the symbols in exponents, those first that make most exponents whole and stay small.

    Examples
    --------
    >>> x, k = t.symbol("x"), t.symbol("k")
    >>> [[str(v) for v in c.values()] for c in choices(Context({"power": s.lt(t.ONE, t.power(x, k))}), (), 2)]
    [['2'], ['3']]
    """
    statements = [*relations(context.hypotheses.values()), *way]
    within = sorted(exponents(statements), key=repr)
    if not 0 < len(within) <= MAX_SYMBOLS:
        return []
    about = [p for p in statements if p.is_relation and p.leaves <= set(within) and not p.mentions(*_OF_LAWS)]
    raised_to = _exponents_in(statements)
    ranked = []
    for place, numbers in enumerate(itertools.islice(itertools.product(CHOICES, repeat=len(within)), MAX_TRIED)):
        values = dict(zip(within, numbers, strict=True))
        if any(x.args[1] and value <= 0 for x, value in values.items()):
            continue
        found = _broken(values, raised_to) if all(_holds(p, values) for p in about) else None
        if found is not None:
            ranked.append((found, sum(CHOICES.index(v) for v in numbers), place, values))
    ranked.sort(key=lambda item: item[:3])
    return [values for *_, values in ranked[:most]]


def _exponents_in(statements: Iterable[Statement]) -> list[tuple[Term, bool]]:
    """Return the terms in exponents and orders, and whether they must be whole."""
    found: dict[tuple[Term, bool], None] = {}
    for node in {node: None for term in terms_of(statements) for node in subterms(term)}:
        if node.head is Head.POWER or node.head is Head.TAIL:
            found[node.args[1], node.head is Head.TAIL] = None
    return list(found)


def _broken(values: Values, raised_to: Iterable[tuple[Term, bool]]) -> int | None:
    """Return how many exponents are no whole numbers; None where an order of a tail is none."""
    point, count = Point(dict(values)), 0
    for term, is_order in raised_to:
        try:
            value = point.value(term)
        except NotRationalError:
            return None
        if value.denominator > 1 or (is_order and value < 0):
            if is_order:
                return None
            count += 1
    return count


def _holds(statement: Statement, values: Values) -> bool:
    point = Point(dict(values))
    try:
        left, right = (point.value(term) for term in statement.args)
    except NotRationalError:
        return False
    return {Op.LESS: left < right, Op.AT_MOST: left <= right, Op.EQUAL: left == right, Op.DIFFER: left != right}[
        statement.op
    ]


def at(statement: Statement, values: Values) -> Statement:
    """Return a statement at numbers for some symbols, constants and integrals worked out, equations made plain."""
    here = s.substitute(statement, {x: number(value) for x, value in values.items()})
    return _worked_out(here)


def _worked_out(statement: Statement) -> Statement:
    if not statement.is_relation:
        parts = tuple(_worked_out(part) if isinstance(part, Statement) else part for part in statement.args)
        return s.either(*parts) if statement.op is Op.OR else s.both(*parts) if statement.op is Op.AND else statement
    if statement.args[0] is statement.args[1]:
        return statement
    left, right = (folded(term) for term in statement.args)
    moved = s.statement(statement.op, left, right)
    return _plain(moved) if statement.op is Op.EQUAL else moved


def _plain(equation: Statement) -> Statement:
    """Return an equation with its gap in lowest terms, the denominator dropped where it is evident."""
    left, right = equation.args
    if left.head is Head.SYMBOL and left not in right.leaves:
        return equation
    try:
        gap = tidy(equation.gap)
    except Refusal:
        return equation
    factors = gap.args if gap.head is Head.PRODUCT else (gap,)
    above = [f for f in factors if not (f.head is Head.WHOLE_POWER and f.args[1] < 0) and not evident(f)]
    return s.eq(t.product_of(above), t.ZERO)


def folded(term: Term) -> Term:
    """Return a term with constants, powers to whole numbers and integrals of powers, other than -1, worked out."""
    if not term.children:
        return term
    if not term.leaves and not term.mentions(Head.SUPPORT):
        try:
            return number(Point({}).value(term))
        except NotRationalError:
            pass
    parts = tuple(folded(child) for child in term.children)
    if term.head is Head.POWER and parts[1].head is Head.NUMBER:
        return raised(*parts)
    if term.head is Head.INTEGRAL and parts[0].head is Head.NUMBER and parts[0] is not t.MINUS_ONE:
        above = number(Fraction(*parts[0].args) + 1)
        return over(minus(raised(parts[2], above), raised(parts[1], above)), above)
    if term.head is Head.INTEGRAL_FROM_ZERO and parts[0].head is Head.NUMBER and Fraction(*parts[0].args) > -1:
        above = number(Fraction(*parts[0].args) + 1)
        return over(raised(parts[1], above), above)
    if term.head is Head.PRODUCT:
        return times(*parts)
    return term.with_children(parts)


def moved(context: Context, way: Iterable[Statement], values: Values) -> Context:
    """Return a context and further statements at numbers for some symbols."""
    found = {name: at(p, values) for name, p in context.hypotheses.items()}
    found |= {f"way {index}": at(p, values) for index, p in enumerate(way)}
    return Context(found, context.system, context.endogenous - values.keys())


def raised_symbols(context: Context) -> frozenset[Term]:
    """Return the symbols that are bounds of integrals, or bases of powers to what is no number."""
    found: set[Term] = set()
    for node in {node: None for term in terms_of(context.hypotheses.values()) for node in subterms(term)}:
        if node.head is Head.POWER and node.args[1].head is not Head.NUMBER:
            found |= node.args[0].leaves
        elif node.head in (Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO):
            found |= {leaf for bound in node.args[1:] for leaf in bound.leaves}
    return frozenset(leaf for leaf in found if leaf.head is Head.SYMBOL)


def roots(context: Context, solved: Mapping[Term, Term]) -> dict[Term, int]:
    """Return which roots of symbols are taken: alone, in products, or in products that other symbols stand for.

    Examples
    --------
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> roots(Context({"root": s.lt(t.power(y, t.number(1, 2)), t.ONE)}), {y: t.multiply(x, x)})[x]
    2
    """
    found: dict[Term, int] = {}
    for node in {node: None for term in terms_of(context.hypotheses.values()) for node in subterms(term)}:
        if node.head is Head.POWER and node.args[1].head is Head.NUMBER and node.args[1].args[1] > 1:
            waiting, seen = [node.args[0]], set()
            while waiting:
                base = waiting.pop()
                if base.head is Head.SYMBOL and base not in seen:
                    seen.add(base)
                    found[base] = lcm(found.get(base, 1), node.args[1].args[1])
                    waiting += [solved[base]] if base in solved else []
                elif base.head is Head.PRODUCT:
                    waiting += base.args
                elif base.head is Head.WHOLE_POWER:
                    waiting.append(base.args[0])
    return found


__all__ = ["at", "choices", "moved", "raised_symbols", "roots"]
