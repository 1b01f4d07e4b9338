"""Why a conversion to normal form stops: to start again, or because it cannot decide."""

from __future__ import annotations

import sympy as sp

from symhet.errors import NormalFormError


class LatticeGrewError(Exception):
    """The exponents' common denominator, or the room for variables, had to grow: the conversion must start again."""


class SignUnknownError(NormalFormError):
    """An absolute value is needed of something whose sign the side conditions do not tell."""


def division_by_zero(expr: sp.Expr) -> NormalFormError:
    """Return the error for a quotient whose denominator vanishes identically."""
    return NormalFormError(
        f"division by zero in {sp.sstr(expr)}",
        where=sp.sstr(expr),
        why="the denominator is zero for all parameters",
        fix="exclude the case before dividing",
    )
