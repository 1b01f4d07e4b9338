"""Bases with a logarithm of their own, and the polynomial generators that stand for their powers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import sympy as sp

from symhet.algebra.exponents import Lattice
from symhet.algebra.rational import Ratio


@dataclass(frozen=True)
class Generator:
    """One of the algebraically independent quantities that a fraction is a fraction in.

    Parameters
    ----------
    expr : sympy.Expr
        What it stands for: a power of a base, a logarithm, or a real symbol.
    positive : bool
        Whether it is positive wherever the side conditions hold.
    name : str
        `expr` as text.
    """

    expr: sp.Expr
    positive: bool
    name: str


@dataclass(frozen=True)
class SideCondition:
    """Something that must hold for a normal form to mean the expression it was made from.

    Parameters
    ----------
    kind : {'positive', 'nonzero'}
        Whether `expr` must be positive, or differ from zero.
    expr : sympy.Expr
        The base or denominator as the user wrote it.
    """

    kind: Literal["positive", "nonzero"]
    expr: sp.Expr

    def __str__(self) -> str:
        return f"{self.expr} {'> 0' if self.kind == 'positive' else '!= 0'}"


@dataclass
class Base:
    """A quantity whose absolute value has a logarithm of its own.

    Parameters
    ----------
    ident : int
        Its number, the same in every pass.
    expr : sympy.Expr
        The quantity.
    definition : Ratio, optional
        The quantity as a fraction in lower generators. None when its powers are generators themselves (positive
        symbols and functions, Euler's number).
    sign : {1, -1, None}
        Its sign where the side conditions hold, None when they do not tell.
    lattice : Lattice
        The exponents it occurs with; without their rational parts when there is a definition.
    root : int
        Common denominator of the rational parts of its exponents when there is a definition.
    """

    ident: int
    expr: sp.Expr
    definition: Ratio | None
    sign: int | None
    lattice: Lattice
    root: int = 1
    powers: list[int] = field(default_factory=list)
    root_index: int | None = None

    def magnitude(self) -> sp.Expr:
        """Return the absolute value as an expression."""
        if self.sign is None:
            return sp.Abs(self.expr)
        return self.expr if self.sign > 0 else -self.expr


@dataclass(frozen=True)
class Variable:
    """A polynomial variable: ``|base| ** exponent``, or the base itself when `own`."""

    base: Base
    exponent: Ratio
    own: bool
