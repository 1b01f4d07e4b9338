"""An abstract productivity distribution, seen only through its tail.

For a distribution G on the positive reals with density g these are the survival function S = 1 - G, the
density g, and the tail moment T(x, k), the integral of z**k dG(z) from x to infinity. Their derivatives are
all that is known of them: S' = -g and dT/dx = -x**k g.

The support reaches from `SUPPORT` upwards without bound and the density is positive inside it. So S and T are
positive at every positive argument; that g is positive must be shown from the argument lying inside the support.
The normal form asks for a proof that an argument is positive wherever that does not show.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from symhet.errors import TermError

__all__ = ["SUPPORT", "Density", "DensitySlope", "Survival", "TailMoment"]

SUPPORT = sp.Symbol("b_G", real=True)
"""Lower end of the support of the distribution."""


class _Tail(sp.Function):
    """A real function whose LaTeX name is one letter."""

    letter = ""

    @property
    def positive_terms(self) -> tuple[sp.Expr, ...]:
        """What must be positive for the function to have a value: a productivity."""
        return self.args[:1]

    def _eval_is_real(self) -> bool:
        return True

    def _eval_is_finite(self) -> bool:
        return True

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        arguments = ", ".join(printer.doprint(arg) for arg in self.args)
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"{self.letter}{power}\left({arguments}\right)"


class Survival(_Tail):
    r"""S(x) = 1 - G(x), the probability of a productivity above x.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> Survival(x).diff(x), sp.latex(Survival(x))
    (-Density(x), 'S\\left(x\\right)')
    """

    nargs = 1
    letter = "S"

    def _eval_is_positive(self) -> bool:
        return True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Return the derivative -g."""
        return -Density(self.args[0])


class Density(_Tail):
    """g(x), the density; `symhet.algebra.calculus.derivative` must be told that it is smooth."""

    nargs = 1
    letter = "g"

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Refuse: a general distribution has a density, but the density need not have a derivative."""
        raise TermError(
            "the density of a general distribution has no derivative",
            where=str(self),
            why="nothing is assumed of G beyond its density",
            fix="derivative(..., smooth=True) writes it as DensitySlope, when the density is smooth",
        )


class DensitySlope(_Tail):
    """g'(x), the slope of a smooth density; its sign is not known."""

    nargs = 1
    letter = "g'"

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Refuse: no second derivative of the density is named."""
        raise TermError("the slope of a density is not differentiated further", where=str(self))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        plain = super()._latex(printer)
        return plain if exp is None else rf"\left({plain}\right)^{{{exp}}}"


class TailMoment(_Tail):
    r"""T(x, k), the integral of z**k dG(z) over z > x, assumed finite.

    Examples
    --------
    >>> x, k = sp.symbols("x k", positive=True)
    >>> TailMoment(x, k).diff(x)
    -x**k*Density(x)
    """

    nargs = 2
    letter = "T"

    def _eval_is_positive(self) -> bool:
        return True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Return the derivative -x**k g(x) with respect to the lower end."""
        x, k = self.args
        if argindex == 1:
            return -(x**k) * Density(x)
        raise TermError(
            "a tail moment is not differentiated with respect to its exponent",
            where=str(self),
            why="that derivative is another integral, the one of z**k log z",
            fix="hold the exponent fixed",
        )

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        x, k = (printer.doprint(arg) for arg in self.args)
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"T_{{{k}}}{power}\left({x}\right)"
