"""Integrals of sums of powers, written out: what is elementary becomes powers and logarithms of the ends."""

from __future__ import annotations

from symhet.language import terms as t
from symhet.language.terms import Head, Term

MAX_PIECES = 64
Piece = tuple[list[Term], Term]


def integrated(integrand: Term, variable: Term, low: Term, high: Term | None, from_zero: bool = False) -> Term | None:
    """Return the integral of a term from ``low`` to ``high`` (None: to infinity), or None when it is not elementary.

    A single power of the variable stays an integral of the language; so does every power whose exponent is not a
    number, since its value depends on whether the exponent is -1. To infinity, the result has a value exactly where
    the integral converges.

    Examples
    --------
    >>> z, a = t.symbol("z"), t.symbol("a")
    >>> integrated(t.power(z, a), z, t.ONE, a)
    integral(symbol('a', True), number(1, 1), symbol('a', True))
    """
    if high is not None and integrand.head is Head.POWER and integrand.args[0] is variable:
        if variable in integrand.args[1].leaves:
            return None
        exponent = integrand.args[1]
        return t.integral_from_zero(exponent, high) if from_zero else t.integral(exponent, low, high)
    pieces = _pieces(integrand, variable)
    if pieces is None:
        return None
    return t.total_of([t.product_of([*factors, _piece(exponent, low, high)]) for factors, exponent in pieces])


def _power(exponent: Term, low: Term, high: Term) -> Term:
    return t.integral_from_zero(exponent, high) if low is t.ZERO else t.integral(exponent, low, high)


def _piece(exponent: Term, low: Term, high: Term | None) -> Term:
    """Return the integral of one power of the variable."""
    if high is None:
        return _to_infinity(exponent, low)
    if exponent.head is not Head.NUMBER:
        return _power(exponent, low, high)
    p, q = exponent.args
    if p == -q:
        return t.log(t.quotient(high, low))
    raised = t.number(p + q, q)
    if q > 1 or p < 0:
        if low is t.ZERO:
            return _power(exponent, low, high)
        ends = t.power(high, raised), t.power(low, raised)
    else:
        ends = t.whole_power(high, p + 1), t.whole_power(low, p + 1)
    gap = ends[0] if low is t.ZERO else t.difference(*ends)
    return t.multiply(t.number(q, p + q), gap)


def _to_infinity(exponent: Term, low: Term) -> Term:
    if exponent.head is Head.NUMBER:
        p, q = exponent.args
        if p + q >= 0:
            return t.whole_power(t.ZERO, -1)
        return t.multiply(t.number(-q, p + q), t.power(low, t.number(p + q, q)))
    raised = t.add(exponent, t.ONE)
    return t.multiply(t.power(low, raised), t.power(t.negative(raised), t.MINUS_ONE))


def _pieces(term: Term, z: Term) -> list[Piece] | None:
    """Return a term as a sum of factors times a power of z, or None."""
    head, args = term.head, term.args
    if z not in term.leaves:
        return [([term], t.ZERO)]
    if term is z:
        return [([], t.ONE)]
    if head is Head.SUM:
        parts = [_pieces(part, z) for part in args]
        return None if any(part is None for part in parts) else [piece for part in parts for piece in part or ()]
    if head is Head.PRODUCT:
        return _product([_pieces(part, z) for part in args])
    if head is Head.WHOLE_POWER:
        base, n = _pieces(args[0], z), args[1]
        if base is not None and len(base) == 1:
            factors, exponent = base[0]
            scaled = [t.whole_power(factor, n) for factor in factors]
            return [(scaled, _times(exponent, t.number(n)))]
        return _product([base] * n) if 0 < n <= 8 else None
    if head is Head.POWER and z not in args[1].leaves:
        base = _pieces(args[0], z)
        if base is not None and len(base) == 1:
            factors, exponent = base[0]
            scaled = [t.power(t.product_of(factors), args[1])] if factors else []
            return [(scaled, _times(exponent, args[1]))]
    return None


def _product(parts: list[list[Piece] | None]) -> list[Piece] | None:
    found: list[Piece] = [([], t.ZERO)]
    for part in parts:
        if part is None or len(found) * len(part) > MAX_PIECES:
            return None
        found = [([*a, *b], _plus(d, e)) for a, d in found for b, e in part]
    return found


def _plus(one: Term, other: Term) -> Term:
    if one is t.ZERO or other is t.ZERO:
        return other if one is t.ZERO else one
    if one.head is Head.NUMBER and other.head is Head.NUMBER:
        return t.number(one.args[0] * other.args[1] + other.args[0] * one.args[1], one.args[1] * other.args[1])
    return t.add(one, other)


def _times(one: Term, other: Term) -> Term:
    if one is t.ONE or other is t.ONE:
        return other if one is t.ONE else one
    if one.head is Head.NUMBER and other.head is Head.NUMBER:
        return t.number(one.args[0] * other.args[0], one.args[1] * other.args[1])
    return t.multiply(one, other)
