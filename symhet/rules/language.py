"""The language in which the kernel speaks: which terms and statements have a meaning at all.

Terms are built from rational numbers, symbols, sums, products, powers, exp, log, the tails of a distribution and
integrals of powers: nothing in them binds a variable, so that replacing equals by equals is sound everywhere. Symbols
are plain real or plain positive ones: SymPy simplifies with every other assumption, and no point would have to obey it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import Density, DensitySlope, Survival, TailMoment
from symhet.errors import CertificateError
from symhet.propositions import (
    OPERATORS,
    And,
    Dense,
    ForAll,
    Iff,
    Implies,
    Maximiser,
    Or,
    Prop,
    Rel,
    UniqueRoot,
)

_OPERATIONS = (sp.Add, sp.Mul, sp.Pow, sp.exp, sp.log, type(sp.E))
_FUNCTIONS = (Survival, TailMoment, Density, DensitySlope, PowerIntegral)
_PLAIN = tuple(sp.Symbol("plain", **{kind: True}).assumptions0 for kind in ("positive", "real"))
_STATEMENTS = (Rel, And, Or, Implies, Iff, ForAll, UniqueRoot, Maximiser, Dense)


def require_statement(prop: Prop) -> None:
    """Fail unless a statement, down to its terms, belongs to the language.

    Raises
    ------
    CertificateError
        Naming the part that does not.
    """
    _require(type(prop) in _STATEMENTS, f"a {type(prop).__name__} is no statement", prop)
    if isinstance(prop, Rel):
        _require(prop.op in OPERATORS, f"{prop.op!r} is no relation", prop)
        require_terms((prop.lhs, prop.rhs))
    elif isinstance(prop, And | Or):
        _require(type(prop.parts) is tuple, "the parts are not a tuple", prop)
        for part in prop.parts:
            require_statement(part)
    elif isinstance(prop, Implies | Iff):
        for part in (prop.premise, prop.conclusion) if isinstance(prop, Implies) else (prop.left, prop.right):
            require_statement(part)
    elif not isinstance(prop, Dense):
        _require_binder(prop)


def _require_binder(prop: ForAll | UniqueRoot | Maximiser) -> None:
    variable = prop.variable
    _require(is_plain(variable) and bool(variable.is_positive), "a bound variable is a positive symbol", prop)
    if isinstance(prop, ForAll):
        require_statement(prop.body)
        return
    require_terms((prop.function,))
    if isinstance(prop, Maximiser):
        ends = (prop.point, prop.lower, *(() if prop.upper is sp.oo else (prop.upper,)))
        require_terms(ends)
        captured = any(variable in end.free_symbols for end in ends)
        _require(not captured, f"{variable} is bound here and may not occur in the point or its bounds", prop)


def require_terms(terms: Iterable[object]) -> None:
    """Fail unless every term belongs to the language.

    Raises
    ------
    CertificateError
        Naming the part that does not.
    """
    for term in terms:
        why = _objection(term) if isinstance(term, sp.Basic) else f"{term!r:.60} is no term"
        _require(not why, why, term)


def is_plain(symbol: object) -> bool:
    """Tell whether this is a symbol of which nothing is assumed but that it is real, or positive."""
    return isinstance(symbol, sp.Symbol) and type(symbol) is sp.Symbol and symbol.assumptions0 in _PLAIN


@lru_cache(maxsize=16384)
def _objection(term: sp.Basic) -> str:
    if isinstance(term, sp.Symbol):
        return "" if is_plain(term) else f"the symbol {term} is neither plainly real nor plainly positive"
    if isinstance(term, sp.Rational):
        return ""
    if type(term) not in _OPERATIONS and type(term) not in _FUNCTIONS:
        return f"{term} is a {type(term).__name__}, which the language does not have"
    return next((why for why in map(_objection, term.args) if why), "")


def require_distinct_names(symbols: Iterable[sp.Symbol]) -> None:
    """Fail when two different symbols have one name: derivatives are told apart by names.

    Raises
    ------
    CertificateError
        Naming them.
    """
    seen: dict[str, sp.Symbol] = {}
    for symbol in symbols:
        twin = seen.setdefault(symbol.name, symbol)
        _require(twin == symbol, f"two symbols are called {symbol.name}", symbol)


def _require(holds: bool, why: str, where: object) -> None:
    if not holds:
        raise CertificateError("language", why, where=str(where)[:300])
