"""Wide draws of the first model: what is not a number, whether accounts close, and whether 60 digits agree.

Elasticities from 1.02 to 30, costs over twelve decades, shapes from just above the moment to 60. A row is a family of
distributions. "NaN" is the share of draws without an equilibrium in floating point. Of some of the others, and of
these, the exact solution is worked out: "within" and "lost" count those of which every number lies within 1e±100. "of
within" is the share of NaN among all draws whose exact solution does. "gap" is the largest relative gap of an account
(labour, income, goods, sales, masses, trade), "error" the largest relative error against 60 digits.

Run with numbers of draws and of examined points, or with none for 200,000 and 500.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from symhet.numerics import solve_kz
from tests.numerics.wide import FAMILIES, account_gaps, at, wide
from tests.referees.exact_kz import compare

DRAWS, EXAMINED, SEED = 200_000, 500, 21


class Row(NamedTuple):
    """What became of the draws of a family; of solved and of missing points the first so many were examined."""

    draws: int
    missing: int
    reasons: Counter
    gap: float
    examined: tuple[int, int]
    within: tuple[int, int]
    error: float

    @property
    def share_lost(self):
        """Share of NaN among the draws whose exact solution lies within 1e±100, as far as examined."""
        sizes = self.draws - self.missing, self.missing
        inside, lost = (n * w / max(1, e) for n, w, e in zip(sizes, self.within, self.examined, strict=True))
        return lost / (inside + lost) if inside + lost else 0.0


def measure(family, draws, examined, seed=SEED):
    """Return the row of a family."""
    p, law = wide(family, np.random.default_rng([seed, FAMILIES.index(family)]), draws)
    found, law = solve_kz(distribution=law, check=False, **p), law.flat((draws,))
    solved = found.status_number == 0
    groups = [np.flatnonzero(which)[:examined] for which in (solved, ~solved)]
    error, within = 0.0, [0, 0]
    for group, points in enumerate(groups):
        for i in points:
            errors, inside = compare({name: value[i] for name, value in p.items()}, law.part(i), at(found, i))
            within[group] += inside
            error = max([error, *errors.values()])
    gap = float(account_gaps(p, found)[solved].max(initial=0.0))
    reasons = Counter(found.status[~solved])
    return Row(draws, int((~solved).sum()), reasons, gap, tuple(map(len, groups)), tuple(within), error)


def main(draws=DRAWS, examined=EXAMINED):
    heads = f"{'draws':>8} {'NaN':>6} {'within':>11} {'lost':>9} {'of within':>9} {'gap':>8} {'error':>8}"
    print(f"{'family':17} {heads}")
    for family in FAMILIES:
        row = measure(family, draws, examined)
        (solved, missing), (within, lost) = row.examined, row.within
        counts = f"{row.draws:8} {row.missing / row.draws:6.2%} {f'{within}/{solved}':>11} {f'{lost}/{missing}':>9}"
        print(f"{family:17} {counts} {row.share_lost:9.3%} {row.gap:8.1e} {row.error:8.1e}", flush=True)
        for reason, count in row.reasons.most_common():
            print(f"{count:26} NaN: {reason}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
