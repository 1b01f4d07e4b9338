"""What survives when a conversion starts again: exponents, numbers of bases, signs, room for variables."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import sympy as sp

from symhet.algebra.atoms import is_atom
from symhet.algebra.exponents import ExponentField, ExponentRecord
from symhet.algebra.rational import Ratio
from symhet.algebra.signs import Signs
from symhet.errors import NormalFormError

FIRST_ROOM = 16


class Memory:
    """The knowledge about some expressions that successive passes over them share.

    Parameters
    ----------
    exprs : sequence of sympy.Expr
        All expressions that will be converted.
    """

    def __init__(self, exprs: Sequence[sp.Expr]) -> None:
        self.field = ExponentField(_exponent_symbols(exprs))
        self.record = ExponentRecord(self.field)
        self.signs = Signs()
        self.room = FIRST_ROOM
        self._idents: dict[Hashable, int] = {}
        self._exponents: dict[sp.Expr, tuple[Ratio, tuple[sp.Expr, ...]]] = {}
        self._scanned: set[Hashable] = set()
        for expr in exprs:
            self._scan(expr, self.field.one)

    def ident(self, key: Hashable) -> int:
        """Return the number of the base with this key, giving it one when it is new."""
        return self._idents.setdefault(key, len(self._idents))

    def exponent(self, expr: sp.Expr) -> tuple[Ratio, tuple[sp.Expr, ...]]:
        """Return an exponent, and the denominators in it that could vanish.

        Raises
        ------
        NormalFormError
            When it is no rational function of real symbols.
        """
        if expr not in self._exponents:
            denominators: list[sp.Expr] = []
            self._exponents[expr] = (self.field.read(expr, denominators.append), tuple(denominators))
        return self._exponents[expr]

    def _scan(self, expr: sp.Expr, outer: Ratio) -> None:
        """Record the exponents that show before anything is computed; only speed depends on it."""
        if is_atom(expr):
            if expr.is_positive:
                self.record.add(self.ident(expr), outer)
            for arg in expr.args:
                self._scan(arg, self.field.one)
            return
        mark = (expr, outer.key())
        if expr.is_Number or mark in self._scanned:
            return
        self._scanned.add(mark)
        if isinstance(expr, sp.Pow):
            try:
                inner = self.exponent(expr.exp)[0]
            except NormalFormError:
                return
            self._scan(expr.base, inner * outer)
            return
        inside_sum = not isinstance(expr, sp.Mul)
        if inside_sum:
            self.field.admit(outer)
        for arg in expr.args:
            self._scan(arg, self.field.one if inside_sum else outer)


def _exponent_symbols(exprs: Sequence[sp.Expr]) -> list[sp.Symbol]:
    found: set[sp.Symbol] = set()
    for expr in exprs:
        for node in sp.preorder_traversal(expr):
            if isinstance(node, sp.Pow) and not node.exp.is_Number:
                found |= node.exp.free_symbols
            elif isinstance(node, sp.exp):
                found |= node.free_symbols
    return sorted((s for s in found if s.is_real), key=lambda s: (s.name, s.sort_key()))
