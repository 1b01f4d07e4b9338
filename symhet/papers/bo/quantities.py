"""What the numbers of Baldwin and Okubo's model are: LaTeX, meaning and unit, and the calibrated economy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from symhet.numerics.quantities import Quantity

__all__ = ["BOUNDS", "DEFAULTS", "QUANTITIES"]

DEFAULTS: Mapping[str, float] = MappingProxyType(
    {"sigma": 4.0, "rho": 4.25, "phi": 0.4, "s_E": 0.6, "f": 1.0, "f_I": 1.0}
)
"""The calibrated economy: the elasticity and the shape are Melitz and Redding's (2015) values."""

BOUNDS = MappingProxyType({"sigma": (1.0, np.inf), "phi": (0.0, 1.0), "s_E": (0.5, 1.0)})
"""Open intervals of the parameters that are not just positive."""

_WORKERS = "workers"
_COST = "workers per unit"

QUANTITIES: Mapping[str, Quantity] = MappingProxyType({
    "sigma": Quantity(r"\sigma", "elasticity of substitution between varieties"),
    "rho": Quantity(r"\rho", "Pareto shape of the distribution of costs"),
    "phi": Quantity(r"\phi", "freeness of trade"),
    "s_E": Quantity("s_E", "North's share of expenditure"),
    "f": Quantity("f", "beachhead cost per market", _WORKERS),
    "f_I": Quantity("f_I", "innovation cost", _WORKERS),
    "a_D": Quantity("a_D", "cutoff of domestic sales", _COST),
    "a_X": Quantity("a_X", "cutoff of exports", _COST),
    "a_R": Quantity("a_R", "cutoff of relocation", _COST),
    "n": Quantity("n", "firms born North", "firms"),
    "n_star": Quantity("n^*", "firms born South", "firms"),
    "n_w": Quantity("n^w", "firms in the world", "firms"),
    "s_n": Quantity("s_n", "North's share of births"),
    "B": Quantity("B", "demand per firm in the North"),
    "B_star": Quantity("B^*", "demand per firm in the South"),
    "mbar": Quantity(r"\bar m", "weighted sum of marginal selling costs, North"),
    "mbar_star": Quantity(r"\bar m^*", "weighted sum of marginal selling costs, South"),
    "abar": Quantity(r"\bar a", "average unit cost, weighted with sales, North", _COST),
    "abar_star": Quantity(r"\bar a^*", "average unit cost, weighted with sales, South", _COST),
    "welfare": Quantity("W", "log real consumption per unit of expenditure, North"),
    "welfare_star": Quantity("W^*", "log real consumption per unit of expenditure, South"),
    "phase": Quantity("", "who has relocated"),
    "status": Quantity("", "why there is no solution"),
})  # fmt: skip
"""Parameters and results of Baldwin and Okubo's model."""
