"""Terms built tidily: constants folded, ones and zeros left out. Only the search does so; the language never does."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import prod

from symhet.core.rules.base import names_of
from symhet.language import terms as t
from symhet.language.terms import MINUS_ONE, ONE, ZERO, Head, Term

MAX_PARTS = 60
_HIDING = (Head.SURVIVAL, Head.TAIL, Head.UNSPECIFIED)


def rational(term: Term) -> Fraction | None:
    """Return the value of a number, None for every other term."""
    return Fraction(*term.args) if term.head is Head.NUMBER else None


def number(value: Fraction | int) -> Term:
    """Return a rational number as a term."""
    value = Fraction(value)
    return t.number(value.numerator, value.denominator)


def plus(*parts: Term) -> Term:
    """Return a sum: flat, its numbers added, opposite parts dropped."""
    counts: dict[Term, Fraction] = {}
    constant = Fraction(0)
    for part in _flat(Head.SUM, parts):
        coefficient, rest = parted(part)
        if rest is ONE:
            constant += coefficient
        else:
            counts[rest] = counts.get(rest, Fraction(0)) + coefficient
    kept = [times(number(c), rest) for rest, c in counts.items() if c]
    return t.total_of([*kept, number(constant)] if constant else kept)


def minus(left: Term, right: Term) -> Term:
    """Return ``left - right``."""
    return plus(left, times(MINUS_ONE, right))


def times(*factors: Term) -> Term:
    """Return a product: flat, its numbers multiplied, powers of the same base with whole exponents merged."""
    constant = Fraction(1)
    powers: dict[Term, int] = {}
    for factor in _flat(Head.PRODUCT, factors):
        value = rational(factor)
        if value is not None:
            constant *= value
            continue
        base, exponent = factor.args if factor.head is Head.WHOLE_POWER else (factor, 1)
        powers[base] = powers.get(base, 0) + exponent
    if not constant:
        return ZERO
    kept = [base if n == 1 else t.whole_power(base, n) for base, n in powers.items() if n]
    if constant == -1 and len(kept) == 1 and kept[0].head is Head.SUM:
        return plus(*(times(MINUS_ONE, part) for part in kept[0].args))
    return t.product_of(kept if constant == 1 else [number(constant), *kept])


def parted(term: Term) -> tuple[Fraction, Term]:
    """Return the rational coefficient of a term and the rest of it."""
    value = rational(term)
    if value is not None:
        return value, ONE
    if term.head is not Head.PRODUCT:
        return Fraction(1), term
    coefficient = Fraction(1)
    rest = []
    for factor in term.args:
        value = rational(factor)
        if value is None:
            rest.append(factor)
        else:
            coefficient *= value
    return coefficient, t.product_of(rest)


def over(above: Term, below: Term) -> Term:
    """Return ``above / below``."""
    return times(above, raised(below, MINUS_ONE))


def raised(base: Term, exponent: Term) -> Term:
    """Return a power; a whole exponent gives a whole power, and powers of powers of it are merged."""
    value = rational(exponent)
    if value is not None and value.denominator == 1:
        return _whole(base, int(value))
    if base is ONE:
        return ONE
    if base.head is Head.POWER:
        return raised(base.args[0], times(base.args[1], exponent))
    return t.power(base, exponent)


def _whole(base: Term, exponent: int) -> Term:
    value = rational(base)
    if value is not None and (value or exponent > 0) and abs(exponent) < 64:
        return number(value**exponent)
    if exponent in (0, 1):
        return base if exponent else ONE
    if base.head is Head.WHOLE_POWER:
        return _whole(base.args[0], base.args[1] * exponent)
    if base.head is Head.POWER:
        return raised(base.args[0], times(number(exponent), base.args[1]))
    if base.head is Head.PRODUCT:
        return times(*(_whole(factor, exponent) for factor in base.args))
    return t.whole_power(base, exponent)


def _flat(head: Head, parts: Iterable[Term]) -> Iterable[Term]:
    for part in parts:
        if part.head is head:
            yield from _flat(head, part.args)
        else:
            yield part


def summands(term: Term) -> list[Term]:
    """Return the parts of a sum, products of sums with other factors multiplied out unless these are too many."""
    if term.head is Head.SUM:
        return [part for argument in term.args for part in summands(argument)]
    if term.head is Head.PRODUCT and prod(len(f.args) for f in term.args if f.head is Head.SUM) <= MAX_PARTS:
        for index, factor in enumerate(term.args):
            if factor.head is Head.SUM:
                others = (*term.args[:index], *term.args[index + 1 :])
                return [part for inner in factor.args for part in summands(times(*others, inner))]
    return [term]


def subterms(term: Term) -> Iterable[Term]:
    """Yield a term and all parts of it, each once."""
    seen: set[Term] = set()
    stack = [term]
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            yield node
            stack.extend(node.children)


def is_hidden(term: Term, x: Term) -> bool:
    """Tell whether a symbol stands in a tail or in a function without a form, so that nothing is solved for it."""
    return any(node.head in _HIDING and x in node.leaves for node in subterms(term))


def unused(names: Iterable[str], *leaves: Iterable[Term]) -> Term:
    """Return a positive symbol with the first of some names that no symbol among leaves has.

    Examples
    --------
    >>> unused(("x", "y"), t.symbol("x").leaves).args[0]
    'y'
    """
    taken = names_of(leaf for group in leaves for leaf in group)
    return t.symbol(next(name for name in names if name not in taken))
