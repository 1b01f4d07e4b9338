"""Piecewise members of the class of distributions, with tails that are exact terms.

The class that theorems quantify over, for `prove` and `refute` alike: a lower end b >= 0 of the support, S(x) = 1 up to
b and S(x) < 1 above it; no upper end, S(x) > 0 everywhere; a locally finite set of breaks, b among them when b > 0; a
density that is continuous off the breaks, not negative, zero below b, and of mass one. So S and T are continuous, and
off the breaks S' = -g and dT/dx = -x^k g. That the density is positive above b is a statement of its own, `DENSE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.terms import Term


@dataclass(frozen=True)
class PiecewiseUniform:
    """Constant density between breaks, and a Pareto tail above the last one.

    Parameters
    ----------
    breaks : tuple of Fraction
        Increasing, positive; the first is the lower end of the support.
    heights : tuple of Fraction
        Density on each interval, not negative, positive on the first one.
    shape : Fraction
        Shape of the Pareto tail that carries the remaining mass above the last break.

    Raises
    ------
    Refusal
        When the numbers give no distribution of the class.

    Examples
    --------
    >>> G = PiecewiseUniform((Fraction(1), Fraction(2)), (Fraction(1, 2),), Fraction(3))
    >>> G.density(Fraction(3, 2)), G.tail_mass
    (number(1, 2), Fraction(1, 2))
    """

    breaks: tuple[Fraction, ...]
    heights: tuple[Fraction, ...]
    shape: Fraction

    def __post_init__(self) -> None:
        """Refuse what is no distribution of the class."""
        rising = all(low < high for low, high in zip(self.breaks, self.breaks[1:], strict=False))
        if not self.breaks or len(self.breaks) != len(self.heights) + 1 or not rising or self.breaks[0] <= 0:
            raise Refusal("distribution", "breaks increase and are positive, one more than heights")
        if any(height < 0 for height in self.heights) or (self.heights and self.heights[0] == 0):
            raise Refusal("distribution", "no height is negative, the first is positive")
        if self.tail_mass <= 0 or self.shape <= 0:
            raise Refusal("distribution", "the Pareto tail has no mass, or no positive shape")

    @property
    def tail_mass(self) -> Fraction:
        """The mass above the last break."""
        return 1 - sum((height * (high - low) for height, low, high in self._pieces()), Fraction(0))

    def _pieces(self) -> list[tuple[Fraction, Fraction, Fraction]]:
        return list(zip(self.heights, self.breaks, self.breaks[1:], strict=False))

    def density(self, x: Fraction) -> Term:
        """Return g(x), a term without symbols, where x is no break."""
        if x < self.breaks[-1]:
            return number(sum((height for height, low, high in self._pieces() if low < x < high), Fraction(0)))
        falls = t.power(number(self.breaks[-1] / x), number(self.shape))
        return t.multiply(number(self.tail_mass * self.shape / x), falls)

    def moment(self, x: Fraction, order: Fraction) -> Term:
        """Return T(x, order), a term in integrals of powers, where the moment is finite; S(x) is T(x, 0)."""
        parts = [
            t.multiply(number(height), t.integral(number(order), number(max(low, x)), number(high)))
            for height, low, high in self._pieces()
            if max(low, x) < high
        ]
        top, start = self.breaks[-1], max(self.breaks[-1], x)
        weight = number(self.tail_mass * self.shape / (self.shape - order))
        powers = t.power(number(top), number(self.shape)), t.power(number(start), number(order - self.shape))
        return t.total_of([*parts, t.multiply(weight, *powers)])


def number(value: Fraction) -> Term:
    """Return a rational number as a term."""
    return t.number(value.numerator, value.denominator)
