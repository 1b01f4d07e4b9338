"""Economies whose firms crowd at a few productivities: two groups anywhere, or a bump beside every cutoff.

The strategies of the package draw distributions without regard to the cutoffs. Here the cutoffs are placed first, the
crowds about them, and entry costs what such firms earn: what fails for firms at a cutoff is found.
"""

import numpy as np
from hypothesis import strategies as st

import symhet
from tests.papers.kz.economy import Economy, base_index
from tests.papers.kz.laws import LogNormal, Mixture

WIDE = (0.3, 0.6, 0.9)
BESIDE = 0.35
"""How far, in ln(phi), a bump may stand from the cutoff that it is placed beside."""
LEAST = 1e-4
"""Share of the firms that each group has at least."""


@st.composite
def crowds(draw, regime, bumpy):
    """Draw parameters, place the cutoffs, put crowds of firms about them and let entry cost what they earn."""
    p = draw(symhet.strategies.parameters("kz", regime=regime, extremes=False))
    free = Economy(None, **p)
    P_X = base_index(free, 1.0)
    cutoffs = [start for start, _, _ in free.groups(P_X)]
    law = draw(bumps(cutoffs) if bumpy else modes(cutoffs))
    e = Economy(law, **p)
    return e.but(f_e=e.over(lambda phi, s: e.profit(phi, s, P_X), P_X=P_X) / e.w)


def bumps(cutoffs):
    """Return mixtures of a wide distribution and a narrow one beside each cutoff."""

    def mix(wide, shares, steps, spreads):
        parts = [LogNormal(wide, (cutoffs[0] + cutoffs[-1]) / 2)]
        parts += [LogNormal(s, c + step) for s, c, step in zip(spreads, cutoffs, steps, strict=True)]
        return Mixture(tuple(np.array(shares) / sum(shares)), tuple(parts))

    count = len(cutoffs)
    return st.builds(
        mix,
        st.sampled_from(WIDE),
        st.lists(st.floats(0.05, 1), min_size=count + 1, max_size=count + 1),
        st.lists(st.floats(-BESIDE, BESIDE), min_size=count, max_size=count),
        st.lists(st.floats(0.06, 0.25), min_size=count, max_size=count),
    )


def modes(cutoffs):
    """Return mixtures of two distributions that are wide apart."""

    def mix(share, start, apart, first, second):
        return Mixture((share, 1 - share), (LogNormal(first, start), LogNormal(second, start + apart)))

    start = st.floats(cutoffs[0] - 0.5, cutoffs[-1])
    return st.builds(mix, st.floats(0.1, 0.9), start, st.floats(0.8, 2), st.floats(0.1, 0.4), st.floats(0.1, 0.4))


def is_populated(e, group_count):
    """Tell whether a group for each cutoff has been left some firms."""
    masses = [e.integral(np.ones_like, a, b) for a, b, _ in e.chosen]
    return len(masses) == group_count and min(masses) > LEAST * sum(masses)
