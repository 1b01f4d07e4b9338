"""Which firms offshore and which export: the upper envelope of four linear profit functions.

Measure a firm by x, its variable profit, in labour, from sourcing and selling at home only; x is proportional
to φ^(σ−1). With A > 1 the gain from offshoring and N = nτ^(1−σ) that from exporting, the four strategies
earn x − f_p, Ax − f_p − f_I, (1+N)x − f_p − n f_ex and A(1+N)x − f_p − f_I − n f_ex. Offshoring raises
the gain from exporting and the other way round, so at most one of the two middle strategies is ever chosen.
An infinite fixed cost switches its margin off.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from symhet.numerics.free_entry import Steps
from symhet.numerics.tails import Array

__all__ = ["REGIMES", "SWITCHED_OFF", "Partition", "partition_firms"]

SWITCHED_OFF = ("no-exporting", "all-offshore-no-exporting", "no-trade")
"""Regimes that an infinite fixed cost of exporting leads to: home, offshoring; offshoring; home."""

REGIMES = (
    "paper",
    "offshoring-with-exporting",
    "only-exporters-offshore",
    "no-offshoring",
    "all-offshore",
    "all-export",
    "all-export-no-offshoring",
    "all-offshore-and-export",
    *SWITCHED_OFF,
)
"""Regimes by number. The strategies met as productivity rises are, in this order: home, offshoring, both (the
paper's, φ_min < φ_off < φ_ex); home, both; home, exporting, both; home, exporting; offshoring, both;
exporting, both; exporting; both; and those of `SWITCHED_OFF`."""

Truth = NDArray[np.bool_]


class Partition(NamedTuple):
    """The partition of firms, in units of x.

    Attributes
    ----------
    regime : ndarray of int
        Position in `REGIMES`.
    entry, offshoring, exporting : ndarray
        x at the three cutoffs; infinity where nobody offshores, or exports.
    steps : tuple of ndarray
        Rises of fixed cost along the chain, zero for a step that is not taken.
    levels : tuple of ndarray
        x at these steps, at least `entry`.
    beyond : ndarray of bool
        Where a cutoff that is finite leaves the floating-point numbers.
    """

    regime: NDArray[np.int64]
    entry: Array
    offshoring: Array
    exporting: Array
    steps: tuple[Array, Array, Array]
    levels: tuple[Array, Array, Array]
    beyond: Truth

    def lead(self, level: Array, k: Array) -> Array:
        """Return ln(φ/φ_min) of the firm at a level of x."""
        return np.log1p((level - self.entry) / self.entry) / k

    def entry_steps(self, k: Array) -> Steps:
        """Return the chain as the free-entry condition wants it."""
        return Steps(self.steps, (np.zeros(()), *(self.lead(level, k) for level in self.levels[1:])))


def partition_firms(extra: Array, reach: Array, f_p: Array, f_I: Array, f_ex_n: Array) -> Partition:
    """Return who does what when every firm takes the best of the four strategies.

    Parameters
    ----------
    extra : ndarray
        A − 1 = (p_off/p_d)^(−α(σ−1)) − 1, the share by which offshoring raises variable profit.
    reach : ndarray
        N = nτ^(1−σ), foreign over home variable profit.
    f_p, f_I, f_ex_n : ndarray
        Fixed costs of production, of offshoring, and of exporting to all n markets; the last two may be infinite.

    Returns
    -------
    Partition
        Elementwise.

    Examples
    --------
    >>> import numpy as np
    >>> found = partition_firms(*map(np.asarray, (0.5, 0.2, 1.0, 1.2, 1.0)))
    >>> REGIMES[found.regime], float(found.offshoring)
    ('paper', 2.4)
    >>> REGIMES[partition_firms(*map(np.asarray, (0.5, 0.2, 1.0, 1.2, np.inf))).regime]
    'no-exporting'
    """
    both, gain = f_I + f_ex_n, 1 + extra
    never_off, never_ex = (extra <= 0) | np.isinf(f_I), np.isinf(f_ex_n)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        off_alone = np.where(never_off, np.inf, f_I / extra)
        ex_alone = f_ex_n / reach
        beyond = (np.isinf(off_alone) & ~never_off) | (np.isinf(ex_alone) & ~never_ex)
        off_exporter, ex_offshorer = off_alone / (1 + reach), ex_alone / gain
        neither = never_off & never_ex
        together = np.where(neither, np.inf, both / (extra + gain * reach))
        off_first, ex_first = off_alone < ex_offshorer, ex_alone < off_exporter
        jump = ~(off_first | ex_first | neither)
        first = np.where(off_first, off_alone, np.where(ex_first, ex_alone, together))
        second = np.where(off_first, ex_offshorer, np.where(ex_first, off_exporter, together))
        middle_cost = f_p + np.where(off_first, f_I, f_ex_n)
        middle_entry = middle_cost / np.where(off_first, gain, 1 + reach)
        top_entry = (f_p + both) / (gain * (1 + reach))
        starts_home = f_p < first
        starts_middle = ~starts_home & ~jump & (middle_entry < second)
        entry = np.where(starts_home, f_p, np.where(starts_middle, middle_entry, top_entry))
        first_level = np.maximum(first, entry)
        second_level = np.maximum(second, first_level)
        taken = np.where(off_first, never_ex, never_off)
        cost_1 = np.where(starts_home, f_p, np.where(starts_middle, middle_cost, f_p + both))
        cost_2 = np.where(starts_home & ~neither, np.where(jump, both, middle_cost - f_p), 0.0)
        last = np.where(taken, 0.0, np.where(off_first, f_ex_n, f_I))
        cost_3 = np.where((starts_home | starts_middle) & ~jump, last, 0.0)
    return Partition(
        regime=_regime(off_first, jump, starts_home, starts_middle, never_off, never_ex),
        entry=entry,
        offshoring=np.where(off_first, first_level, second_level),
        exporting=np.where(ex_first, first_level, second_level),
        steps=(cost_1, cost_2, cost_3),
        levels=(entry, np.where(cost_2 > 0, first_level, entry), np.where(cost_3 > 0, second_level, entry)),
        beyond=beyond | ~np.isfinite(entry),
    )


def _regime(
    off_first: Truth, jump: Truth, starts_home: Truth, starts_middle: Truth, never_off: Truth, never_ex: Truth
) -> NDArray[np.int64]:
    """Return the position in `REGIMES`."""
    off_home, off_middle = np.where(never_ex, 8, 0), np.where(never_ex, 9, 4)
    from_home = np.where(off_first, off_home, np.where(jump, 1, np.where(never_off, 3, 2)))
    from_middle = np.where(off_first, off_middle, np.where(never_off, 6, 5))
    found = np.where(starts_home, from_home, np.where(starts_middle, from_middle, 7))
    return np.where(never_off & never_ex, 10, found)
