"""Formulas that refer to one another by name: their order, and each of them written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import sympy as sp

from symhet.propositions import Rel

__all__ = ["by_symbol", "needed", "ordered", "written_out"]

Steps = dict[sp.Symbol, sp.Expr]
Term = TypeVar("Term", sp.Expr, Rel)


def ordered(formulas: Steps) -> dict[sp.Symbol, sp.Expr]:
    """Return formulas with each after those that it refers to; what refers to itself in the end is left out.

    Parameters
    ----------
    formulas : dict of Symbol to Expr
        Variables and what they are.

    Returns
    -------
    dict of Symbol to Expr
        The formulas that can be worked out one after the other.

    Examples
    --------
    >>> x, y, z = sp.symbols("x y z")
    >>> ordered({z: x * y, y: x + 1})
    {y: x + 1, z: x*y}
    """
    found: dict[sp.Symbol, sp.Expr] = {}
    waiting = dict(formulas)
    while ready := [s for s, term in waiting.items() if not term.free_symbols & waiting.keys()]:
        found |= {s: waiting.pop(s) for s in ready}
    return found


def by_symbol(formulas: Mapping[str, sp.Expr], terms: Iterable[sp.Expr] = ()) -> Steps:
    """Return formulas in their order, by the symbols under which formulas and terms refer to them.

    Examples
    --------
    >>> x, y = sp.symbols("x y", positive=True)
    >>> [symbol.is_positive for symbol in by_symbol({"z": x * y, "y": x + 1})]
    [True, None]
    """
    used = {s.name: s for term in (*terms, *formulas.values()) for s in term.free_symbols}
    return ordered({used.get(name, sp.Symbol(name)): expr for name, expr in formulas.items()})


def needed(steps: Steps, terms: Iterable[sp.Expr]) -> dict[sp.Symbol, sp.Expr]:
    """Return the steps that terms refer to, directly or through others, in their order."""
    wanted = frozenset().union(*(term.free_symbols for term in terms))
    for symbol, term in reversed(steps.items()):
        if symbol in wanted:
            wanted |= term.free_symbols
    return {symbol: term for symbol, term in steps.items() if symbol in wanted}


def written_out(term: Term, steps: Steps) -> Term:
    """Return a term or a relation with the steps put in.

    Examples
    --------
    >>> x, y, z = sp.symbols("x y z")
    >>> written_out(z + 1, {y: x + 1, z: x * y})
    x*(x + 1) + 1
    """
    if isinstance(term, Rel):
        return Rel(term.op, written_out(term.lhs, steps), written_out(term.rhs, steps))
    for symbol, value in reversed(steps.items()):
        term = term.xreplace({symbol: value})
    return term
