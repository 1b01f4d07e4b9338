"""What the numbers of Baldwin and Okubo's model are: LaTeX, meaning and unit of parameters and results."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symhet.numerics.quantities import Quantity

__all__ = ["QUANTITIES"]

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
    "welfare_star": Quantity("W^*", "log real consumption per unit of expenditure, South"),
    "phase": Quantity("", "who has relocated"),
    "status": Quantity("", "why there is no solution"),
})  # fmt: skip
"""Parameters and results of Baldwin and Okubo's model."""
