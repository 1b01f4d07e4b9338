"""Bases with a logarithm of their own, and the polynomial generators that stand for their powers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import sympy as sp

from symhet.algebra.exponents import Lattice, Vector
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


@dataclass(eq=False)
class Base:
    """A quantity whose absolute value has a logarithm of its own.

    Parameters
    ----------
    ident : int
        Its number, the same in every pass.
    expr : sympy.Expr, optional
        The quantity as an expression; None for a sum, which is known by its definition.
    definition : Ratio, optional
        The quantity as a fraction in lower generators. None when its powers are generators themselves
        (positive symbols and functions, Euler's number).
    lattice : Lattice
        The exponents it occurs with; without their rational parts when there is a definition.
    root : int
        Common denominator of the rational parts of its exponents when there is a definition.
    powers : list of int
        The variables for the basis of the lattice.
    root_index : int
        The variable for the power 1/`root`, -1 when there is none.
    """

    ident: int
    expr: sp.Expr | None
    definition: Ratio | None
    lattice: Lattice
    root: int = 1
    powers: list[int] = field(default_factory=list)
    root_index: int = -1
    _located: dict[frozenset[tuple[tuple[int, ...], Any]], list[int] | None] = field(default_factory=dict)

    @property
    def value(self) -> Ratio:
        """The definition of a base that has one."""
        assert self.definition is not None
        return self.definition

    def locate(self, vector: Vector) -> list[int] | None:
        """Return the coordinates of an exponent in the lattice, None when it is not there."""
        key = frozenset(vector.items())
        if key not in self._located:
            self._located[key] = self.lattice.coordinates(vector)
        return self._located[key]


@dataclass(frozen=True)
class Variable:
    """A polynomial variable: ``|base| ** exponent``, which is positive, or the base itself when `own`."""

    base: Base
    exponent: Ratio
    own: bool = False
