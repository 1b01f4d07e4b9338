"""How Kleinert and Zorell's model is solved: parameters, results, statics and draws by name."""

from __future__ import annotations

from types import MappingProxyType

from symhet.numerics.models import Draws, SolvableModel, Statics
from symhet.papers.kz import elasticities
from symhet.papers.kz.draws import draw_kz, is_populated
from symhet.papers.kz.firm_sizes import MOMENTS
from symhet.papers.kz.parameters import BOUNDS, DEFAULTS
from symhet.papers.kz.partition import REGIMES
from symhet.papers.kz.quantities import QUANTITIES
from symhet.papers.kz.solution import NUMBERS, STATUSES
from symhet.papers.kz.solver import DEFAULT_DISTRIBUTION, solve_kz

__all__ = ["MODEL"]

MODEL = SolvableModel(
    key="kz",
    title="Kleinert and Zorell",
    defaults=DEFAULTS,
    outputs=NUMBERS,
    labels=("diversified", "regime"),
    quantities=QUANTITIES,
    solver=solve_kz,
    switches=MappingProxyType({"distribution": (), "paper_only": ()}),
    statuses=STATUSES,
    bounds=BOUNDS,
    moments=MOMENTS,
    codes=MappingProxyType({"regime": REGIMES}),
    law=DEFAULT_DISTRIBUTION,
    statics=Statics(
        elasticities.OUTPUTS,
        elasticities.PARAMETERS,
        "paper",
        elasticities.elasticities,
        of=("phi_ex", "welfare", "exports_X"),
        to=("tau_I", "f_I", "tau", "f_ex"),
    ),
    draws=Draws(REGIMES, draw_kz, exponent=lambda p: p["sigma"] - 1, fits=is_populated),
)
