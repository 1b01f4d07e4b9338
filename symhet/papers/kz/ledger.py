"""The ledger of Kleinert and Zorell: every claim of the paper, in the paper's order."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from symhet.claims import Claim, Ledger

_FRONT = "share savings"
_SECTION_3 = (
    "eq1 eq2 eq3 demand eq4 eq5 diversification wages eq6 A.1 trade-pattern eq7 cost-offshoring cost relative-output "
    "eq8 eq9 eq10 profits eq11 eq12 eq13 eq14 A.2 A.3 A.2-width A.2-fI0 A.2-violations edge exclusive eq15 eq16 "
    "aggregates eq17 welfare-cutoff welfare-W eq18 eq19 eq20 output-X eq21 output-W labour balance"
)
_SECTION_4 = (
    "curves R.1 off-falls prices-fall eq22 exporters-mass competitiveness eq23 R.2 margins R.2-sigma R.3 parallel "
    "intensity A3-violated eq24 incumbents switchers R.4 R.4-variety fI-ex fI-welfare fI-trade simultaneous tau-off "
    "total-trade tau-channel melitz"
)
_APPENDICES = "AppA AppA-dominated AppB eqC1 eqC2 eqC3 C-unique C-functions D-min D-bound1 eqD1 D-fI D-tau D-fex D-n"

ROWS = tuple(f"kz.{row}" for row in f"{_FRONT} {_SECTION_3} {_SECTION_4} {_APPENDICES}".split())
"""The rows of the ledger in the order in which the paper has them."""

_HERE = "symhet.papers.kz"
_MODULES = (
    "households technology firms cutoffs ordering width violations aggregation welfare accounts supply behaviour "
    "equilibrium uniqueness statics revenues trade importance openness channels efficiency reversed_flows "
    "adjustments margins intensity"
)


def ledger() -> Ledger:
    """Return every claim of the paper, none of them judged yet.

    Examples
    --------
    >>> ledger().claims[0].id
    'kz.share'
    """
    names = [f"{_HERE}.{name}" for name in _MODULES.split()] + ["symhet.papers.kz.melitz"]
    listed: dict[str, Claim] = {
        claim.id: claim for name in names if find_spec(name) for claim in import_module(name).CLAIMS
    }
    claims = tuple(listed[row] for row in ROWS if row in listed)
    return Ledger("kz", "Kleinert and Zorell, The export-magnification effect of offshoring", claims)
