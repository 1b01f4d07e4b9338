"""Why a normal form that is not shown to be zero may still be zero."""

from __future__ import annotations

from typing import Any

from symhet.language.terms import Term
from symhet.search.normal.conversion import Conversion
from symhet.search.normal.exponents import Power, split
from symhet.search.normal.values import Value


def undecided(conversion: Conversion, value: Value) -> str:
    """Return why a value that is not shown to be zero may still be; empty when it cannot be zero everywhere."""
    entries = {entry for v in (value, *conversion.definitions.values()) for m in v for entry in m}
    if any(k > 0 and k & 1 for k, _ in entries):
        return "the sign of a number is not known whose absolute value occurs"
    inside = {entry for v in conversion.definitions.values() for m in v for entry in m}
    if any(_is_root(conversion, k, e) for k, e in inside):
        return "a root occurs inside a sum that is a base of its own"
    if not all(e == 1 and _leaf(conversion, k) for k, e in conversion.field.keys):
        return "an exponent is no rational function of symbols"
    terms: list[Any] = [source for source in conversion.sources.values() if type(source) is Term]
    applied = [term.head for term in terms if term.children]
    if len(applied) > len(set(applied)) and any(_is_root(conversion, k, e) for k, e in entries):
        return "a function is applied to several arguments, and roots occur that may make them equal"
    if len({k for k, e in entries if _is_constant(conversion, k, e)}) > 1:
        return "whether logarithms of numbers and powers of e are independent is an open problem"
    return ""


def _is_root(conversion: Conversion, base: int, power: Power) -> bool:
    """Tell whether a power is algebraic over its base, or differs by such a root from another power."""
    if isinstance(power, int) or not (base < 0 or base in conversion.definitions):
        return False
    return bool(power.num[power.den.monoms()[0]] % power.den.leading_coefficient())


def _leaf(conversion: Conversion, base: int) -> bool:
    source: Any = conversion.sources.get(base)
    return type(source) is Term and not source.children


def _is_constant(conversion: Conversion, base: int, power: Power) -> bool:
    source: Any = conversion.sources.get(base)
    if source == "e":
        return split(power)[1] != 0
    return type(source) is tuple and source[1] < 0
