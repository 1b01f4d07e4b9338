"""How Baldwin and Okubo's model is solved: parameters, results, regimes and draws by name."""

from __future__ import annotations

from types import MappingProxyType

from symhet.numerics.models import Draws, SolvableModel, Statics
from symhet.papers.bo import draws, elasticities
from symhet.papers.bo.quantities import BOUNDS, DEFAULTS, QUANTITIES
from symhet.papers.bo.solution import NUMBERS, PHASES, STATUSES
from symhet.papers.bo.solver import REGIMES, solve_bo

__all__ = ["MODEL"]

MODEL = SolvableModel(
    key="bo",
    title="Baldwin and Okubo",
    defaults=DEFAULTS,
    outputs=NUMBERS,
    labels=("phase",),
    quantities=QUANTITIES,
    solver=solve_bo,
    switches=MappingProxyType({"regime": tuple(REGIMES)}),
    statuses=STATUSES,
    bounds=BOUNDS,
    codes=MappingProxyType({"phase": PHASES}),
    further=("s_n",),
    regime="long-run",
    statics=Statics(
        elasticities.OUTPUTS,
        elasticities.PARAMETERS,
        "long-run",
        elasticities.elasticities,
        of=("a_D", "a_X", "welfare", "welfare_star"),
        to=("phi", "s_E", "f_I"),
    ),
    draws=Draws(tuple(REGIMES), draws.draw_bo, draws.PHASES),
)
