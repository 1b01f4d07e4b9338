"""The ledger of Baldwin and Okubo: every row in the order of the paper, from the modules that argue them."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from symhet.claims import Claim, Ledger

TITLE = "Baldwin and Okubo, International trade, offshoring and heterogeneous firms"

MODULES = (
    "primitives",
    "autarky",
    "trade",
    "effects",
    "weights",
    "shortrun",
    "gains",
    "relocation",
    "rising",
    "sustain",
    "phases",
    "longrun",
    "productivity",
    "welfare",
    "liberalisation",
    "migration",
    "smallnation",
    "adjustment",
    "process",
    "pressure",
    "varieties",
    "general",
    "closing",
    "footnotes",
)
"""Modules of this package that argue rows."""

ORDER = [
    "eq1",
    "fn4",
    "wages",
    "eq2",
    "freeness",
    "eq3",
    "value",
    "eq4",
    "eq5",
    "eq6",
    "regularity",
    "eq7",
    "eq7-same",
    "eq8",
    "eq9",
    "B-equal",
    "HME",
    "fn9",
    "result1",
    "trade-effects",
    "inter-industry",
    "eq10",
    "weights",
    "fn11",
    "fig2",
    "eq11",
    "pro-productivity",
    "eq12",
    "eq13",
    "eq14",
    "fig3",
    "B-initial",
    "result2",
    "value-declines",
    "eq15",
    "B-solved",
    "eq16",
    "eq17",
    "eq17-unique",
    "two-phases",
    "eq18",
    "eq19",
    "eq20",
    "rising",
    "sustain",
    "order-points",
    "skewness",
    "full-agglomeration",
    "costless",
    "result3",
    "result4",
    "B-entry",
    "eq21",
    "eq21-text",
    "pressure",
    "fn15",
    "pro-rata",
    "eq22",
    "entry-DD",
    "abar-XX",
    "fig5-south",
    "abar-DD",
    "eq23",
    "eq23-factors",
    "fn16",
    "regularity-rho",
    "special-case",
    "result5",
    "dependence",
    "eq24",
    "six-equations",
    "general-share",
    "welfare",
    "large-welfare",
    "migration-better",
    "eq25",
    "result6",
    "eq26",
    "result7",
    "close",
    "varieties",
    "eq27",
    "first-instant",
    "order",
    "eq28",
    "flow",
    "eq29",
    "eq30",
    "eq31",
]
"""Identifiers of the rows, without the prefix of the paper."""


@cache
def ledger() -> Ledger:
    """Return all claims of the paper, in its order; nothing is proved until a claim is judged.

    Examples
    --------
    >>> ledger().claims[0].id
    'bo.eq1'
    """
    package = __name__.rpartition(".")[0]
    known: dict[str, Claim] = {}
    for name in MODULES:
        known |= {claim.id: claim for claim in import_module(f"{package}.{name}").CLAIMS}
    return Ledger("bo", TITLE, tuple(known[f"bo.{row}"] for row in ORDER))
