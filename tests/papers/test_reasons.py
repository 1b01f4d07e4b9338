"""Every decimal in a reason is recomputed, firm by firm: none stands there that no test knows."""

import re

import numpy as np
import pytest

from symhet.catalogue import ledger
from tests.judged import judged
from tests.papers.bo import cases, process
from tests.papers.kz import behaviour as behaviour
from tests.papers.kz import equilibrium as equilibrium
from tests.papers.kz.appendices import printed_entry
from tests.papers.kz.draws import witness
from tests.papers.kz.economy import Economy
from tests.papers.kz.laws import Pareto, Piecewise
from tests.papers.kz.section_3 import total_average
from tests.papers.kz.section_4 import FLAT, exports, imports, placed, total_trade

DECIMAL = re.compile(r"(?<![\w.])(minus )?(-?\d+\.(\d+))")
PLACES = re.compile(r"section \d(\.\d)+")
NEAR = 1e-4
"""Step of differences where firms crowd within a hair of a cutoff."""
CROWDED = Piecewise((0.5, 2.9, 3.1), (0.4995 / 2.4, 0.4995 / 0.2), 4.0)
"""Half of all firms about the export cutoff three."""


def at_witness(identifier, *values):
    point, economy = witness(identifier)
    return [value(point, economy) for value in values]


def elasticity(of, name):
    return lambda v, e: e.elasticity(of, name)


def near(of):
    """Return an elasticity with respect to tau_I from a small step."""

    def value(v, e):
        below, above = (of(e.but(tau_I=e.p["tau_I"] * (1 + s * NEAR))) for s in (-1, 1))
        return np.log(above / below) / (2 * NEAR)

    return value


def marginal(offshores, exports_too):
    return lambda v, e: e.profit(v["phi_min"], (offshores, exports_too), v["P_X"])


def responses(of):
    v, e = witness("kz.intensity.exports")
    economy = Economy(Pareto(v["theta"], 1.0), **{**e.p, "f_e": 0.1})
    return [-economy.but(alpha=v[name]).elasticity(of, "tau_I") for name in ("alpha", "alpha_1")]


def home_part(v, e):
    return e.elasticity(equilibrium.home_sum, "f_ex") * equilibrium.home_sum(e) / equilibrium.index_sum(e)


def free_entry(identifier, power=-1, price=lambda e: None):
    """Return what an entrant expects, and what the print gives."""
    return at_witness(
        identifier, lambda v, e: e.p["f_e"], lambda v, e: printed_entry(e, power * (e.sigma - 1), price(e))
    )


def mass_of_varieties(e):
    return e.elasticity(lambda near_: near_.M_t, "tau_I")


at, share_moves = behaviour.at, behaviour.share_moves
TOLD = {
    "kz.share.stable": lambda: at_witness("kz.share.stable", lambda v, e: share_moves(e)),
    "kz.share.open": lambda: [share_moves(at(behaviour.AT_EX, 4.0)), share_moves(at(behaviour.FLAT, 4.0))],
    "kz.A.2-violations.A.2": lambda: [-x for x in at_witness("kz.A.2-violations.A.2", marginal(True, True))],
    "kz.A.2-violations.A.3-groups": lambda: at_witness("kz.A.2-violations.A.3-groups", marginal(True, True)),
    "kz.exporters-mass": lambda: [behaviour.mass(at(law)) for law in (behaviour.AT_OFF, behaviour.AT_EX)],
    "kz.R.2.aggregate": lambda: at_witness("kz.R.2.aggregate", elasticity(exports, "tau_I")),
    "kz.margins": lambda: [behaviour.incumbents_part(at(x)) + 0.5 for x in (behaviour.AT_OFF, behaviour.AT_EX)],
    "kz.intensity.exports": lambda: responses(exports),
    "kz.intensity.trade": lambda: responses(total_trade),
    "kz.A3-violated.aggregate": lambda: at_witness("kz.A3-violated.aggregate", elasticity(exports, "tau_I")),
    "kz.R.4.efficiency-sold": lambda: at_witness("kz.R.4.efficiency-sold", near(total_average)),
    "kz.R.4-variety.mass": lambda: [
        mass_of_varieties(placed(FLAT, (2, 3), 2.0)),
        mass_of_varieties(placed(CROWDED, (2, 3), 1.25, 5.0)),
    ],
    "kz.R.4-variety.price": lambda: at_witness(
        "kz.R.4-variety.price", near(equilibrium.mean_price), near(lambda e: e.M_t)
    ),
    "kz.fI-trade": lambda: [placed(FLAT, (2, 3), gain).elasticity(total_trade, "f_I") for gain in (3.0, 1.25)],
    "kz.fI-trade.intermediates": lambda: at_witness("kz.fI-trade.intermediates", elasticity(imports, "f_I")),
    "kz.total-trade": lambda: at_witness(
        "kz.total-trade",
        elasticity(total_trade, "tau_I"),
        elasticity(lambda e: e.exports + 2 * e.imports, "tau_I"),
    ),
    "kz.tau-channel.tau": lambda: at_witness(
        "kz.tau-channel.tau", lambda v, e: e.elasticity(lambda x: equilibrium.old_sum(x, e.phi_ex), "tau")
    ),
    "kz.tau-channel.f_ex": lambda: at_witness(
        "kz.tau-channel.f_ex", elasticity(equilibrium.index_sum, "f_ex"), home_part
    ),
    "kz.eqC2.printed": lambda: free_entry("kz.eqC2.printed", power=1),
    "kz.eqC2.exponent": lambda: free_entry("kz.eqC2.exponent"),
    "kz.eqC2.price": lambda: free_entry("kz.eqC2.price", price=lambda e: e.p_I_d),
    "kz.eqC3.entry": lambda: free_entry("kz.eqC3.entry"),
    "bo.result5.large.DD.level-before": lambda: [
        -100 * process.extra_gain(cases.witness("bo.result5.large.DD.level-before")[2])
    ],
}
"""What reasons tell in decimals, in their order, as it comes out of whole economies."""


def decimals(text):
    """Return the decimals of a text, with the unit of the last digit of each."""
    found = DECIMAL.findall(PLACES.sub("", text))
    return [((-1 if minus else 1) * float(number), 10.0 ** -len(digits)) for minus, number, digits in found]


def reasons():
    """Return what each argued claim is told with."""
    rows = [claim for key in ("kz", "bo") for claim in ledger(key).walk() if claim.argue is not None]
    return {claim.id: judged(claim.id).finding.reason or "" for claim in rows}


def test_every_decimal_in_a_reason_is_recomputed():
    assert {identifier for identifier, text in reasons().items() if decimals(text)} == set(TOLD)


@pytest.mark.parametrize("identifier", sorted(TOLD))
def test_a_decimal_is_what_comes_out(identifier):
    told = decimals(judged(identifier).finding.reason)
    found = TOLD[identifier]()
    assert len(found) == len(told)
    for value, (number, unit) in zip(found, told, strict=True):
        assert value == pytest.approx(number, abs=0.6 * unit)
