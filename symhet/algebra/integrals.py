"""Integrals of powers as terms of their own, evaluated by named lemmas and never by search."""

from __future__ import annotations

from typing import Any

import sympy as sp

from symhet.errors import TermError

__all__ = ["PowerIntegral"]


class PowerIntegral(sp.Function):
    r"""The integral of x**e over low < x < high.

    Arguments are the exponent ``e``, the lower end ``low`` and the upper end ``high``. A Pareto distribution turns
    every average over firms into a linear combination of these.

    Examples
    --------
    >>> a = sp.Symbol("a", positive=True)
    >>> PowerIntegral(2, 1, a).diff(a)
    a**2
    """

    nargs = 3

    @property
    def positive_terms(self) -> tuple[sp.Expr, ...]:
        """What must be positive for the integral to exist: both ends; the exponent plus one where it begins at zero."""
        exponent, low, high = self.args
        return (exponent + 1, high) if low == 0 else (low, high)

    def _eval_is_real(self) -> bool:
        return True

    def _eval_is_finite(self) -> bool:
        return True

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Return the derivative at an end of the interval."""
        exponent, low, high = self.args
        if argindex == 3:
            return high**exponent
        if argindex == 2:
            return -(low**exponent)
        raise TermError("an integral of a power is not differentiated with respect to the exponent", where=str(self))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        exponent, low, high = (printer.doprint(arg) for arg in self.args)
        integral = rf"\int_{{{low}}}^{{{high}}} a^{{{exponent}}}\,da"
        return integral if exp is None else rf"\left({integral}\right)^{{{exp}}}"
