"""Whole numbers, fractions and words of measure in the reasons of the first paper, recomputed exactly or firm by firm.

Decimals are in ``tests/papers/test_reasons.py``.
"""

from fractions import Fraction
from itertools import pairwise
from math import inf, log

import pytest

from tests.judged import judged
from tests.papers.kz.appendices import printed_entry
from tests.papers.kz.draws import witness
from tests.papers.kz.economy import Economy
from tests.papers.kz.laws import Pareto
from tests.papers.kz.section_4 import FLAT, exports, imports, placed


def exact(identifier):
    """Return the exported counterexample in exact numbers."""
    told = judged(identifier).finding.witness.as_strings()
    return {name: Fraction(value) for name, value in told.items() if not name.startswith("G.")}


def draws_between(identifier, low, high):
    """Return the part of all draws between two ends that an exported distribution has."""
    told = judged(identifier).finding.witness.as_strings()
    ends, heights = ([Fraction(x) for x in told[f"G.{key}"].split(", ")] for key in ("breaks", "heights"))
    inside = zip(heights, pairwise(ends), strict=True)
    return sum((h * max(0, min(b, Fraction(high)) - max(a, Fraction(low))) for h, (a, b) in inside), Fraction(0))


def says(identifier, *parts):
    return all(part in judged(identifier).finding.reason for part in parts)


def home(v, phi):
    """Return what a firm of the example earns on domestic inputs before fixed costs: sigma is three, alpha a half."""
    assert (v["sigma"], v["alpha"]) == (3, Fraction(1, 2))
    rho = Fraction(2, 3)
    return v["E_X"] / 3 * (rho * v["P_X"] * phi) ** 2 / (v["w"] * v["p_I_d"])


def test_outputs_are_as_eight_to_one():
    v = exact("kz.relative-output.text")
    assert v["x_1"] / v["x_2"] == 8
    assert says("kz.relative-output.text", "efficiencies 2 and 1", "as 8 to 1")
    assert (v["Phi_1"], v["Phi_2"], v["sigma"]) == (2, 1, 3)


def thresholds(v, f_I):
    """Return the two thresholds of A.2 where alpha (sigma - 1) is one."""
    assert v["alpha"] * (v["sigma"] - 1) == 1
    return v["f_p"] / (v["f_p"] + f_I), 1 - f_I / (v["f_ex"] * v["tau"] ** 2)


def test_interval_of_relative_prices_widens():
    v = exact("kz.A.2-width.f_I")
    before, after = thresholds(v, v["f_I"]), thresholds(v, v["f_I_1"])
    assert (before, after) == ((Fraction(1, 5), Fraction(8, 9)), (Fraction(1, 6), Fraction(31, 36)))
    assert after[1] - after[0] > before[1] - before[0]
    assert says("kz.A.2-width.f_I", "(1/5, 8/9)", "(1/6, 31/36)")


def test_marginal_survivor_above_both_thresholds_loses_nine():
    v = exact("kz.A.2-violations.A.2")
    assert v["p_I_off"] / v["p_I_d"] > max(thresholds(v, v["f_I"]))
    assert home(v, v["phi_min"]) == v["f_p"]
    assert home(v, v["phi_min"]) * v["Lambda"] - v["f_p"] - v["f_I"] == -9
    assert says("kz.A.2-violations.A.2", "would lose 9 by offshoring", "above both")


def test_marginal_survivor_between_the_thresholds_earns_nothing_at_home():
    v = exact("kz.A.2-violations.A.3-groups")
    first, second = thresholds(v, v["f_I"])
    assert second < v["p_I_off"] / v["p_I_d"] < first
    assert home(v, v["phi_min"]) == v["f_p"]


def test_an_able_firm_offshores_above_the_upper_threshold():
    v = exact("kz.edge.some")
    earned = home(v, v["phi"])
    assert earned - v["f_p"] == 143
    assert earned * v["Lambda"] - v["f_p"] - v["f_I"] == 563
    assert says("kz.edge.some", "143", "563")


def test_exporters_come_first_although_exporting_is_hard():
    v = exact("kz.A3-violated.only-if")
    assert v["f_p"] + v["f_I"] == 17
    assert v["f_ex"] * v["tau"] ** 2 == 36
    assert v["phi_min"] < v["phi_ex"] < v["phi_off"]
    assert says("kz.A3-violated.only-if", "= 17", "= 36")


def test_export_cutoffs_with_both_elasticities():
    v = exact("kz.R.2-sigma.equilibrium")
    assert (v["sigma"], v["phi_ex"], v["sigma_1"], v["phi_ex_s"]) == (2, 16, 3, 24)
    assert says("kz.R.2-sigma.equilibrium", "16 with sigma = 2 and 24 with sigma = 3", "a fifth of all draws")


@pytest.mark.parametrize(
    ("identifier", "low", "high", "part"),
    [
        ("kz.labour.entry", 0, 1, Fraction(1, 8)),
        ("kz.R.2.aggregate", "3/2", "5/2", Fraction(2, 3)),
        ("kz.R.2-sigma.equilibrium", 23, 25, Fraction(1, 5)),
    ],
)
def test_parts_of_all_draws(identifier, low, high, part):
    assert draws_between(identifier, low, high) == pytest.approx(part, abs=0.02)


def test_thinning_is_not_necessary():
    """With a flat density sales fall faster at the offshoring cutoff, and exports rise all the same."""
    e = placed(FLAT, (2, 3), 2.0)

    def thins(cutoff):
        near = [float(e.integral(lambda z: z ** (e.sigma - 1), log(cutoff * s), inf)) for s in (0.999, 1.001)]
        return (near[0] - near[1]) / near[0]

    assert thins(e.phi_off) > 1.1 * thins(e.phi_min)
    assert e.elasticity(exports, "tau_I") < -0.01
    assert says("kz.R.2.aggregate.thinning", "not necessary")


def test_fewer_source_at_home_with_the_larger_share():
    v, e = witness("kz.intensity.exports")
    economy = Economy(Pareto(v["theta"], 1.0), **{**e.p, "f_e": 0.1})
    low, high = (economy.but(alpha=v[name]) for name in ("alpha", "alpha_1"))
    assert high.phi_off / high.phi_min < 0.6 * low.phi_off / low.phi_min
    assert says("kz.intensity.exports", "smaller with the larger alpha")
    assert says("kz.intensity.trade", "smaller with the larger alpha")


def test_more_firms_enter_with_cheaper_exporting():
    _, e = witness("kz.tau-channel.f_ex")
    assert e.elasticity(lambda near: near.M_e, "f_ex") < -0.05
    assert says("kz.tau-channel.f_ex", "more firms enter")


@pytest.mark.parametrize("identifier", ["kz.parallel", "kz.simultaneous"])
def test_one_flow_grows_and_the_other_shrinks(identifier):
    _, e = witness(identifier)
    assert e.elasticity(imports, "tau_I") < 0 < e.elasticity(exports, "tau_I")
    assert says(identifier, "trade in intermediates grows and trade in final goods shrinks")


@pytest.mark.parametrize("identifier", ["kz.eqC2.exponent", "kz.eqC3.entry"])
def test_the_print_adds_the_gain_of_offshorers_again(identifier):
    """What the print has too much is f_I times the scaled sales above the offshoring cutoff."""
    v, e = witness(identifier)
    sales = e.integral(lambda z: (z / e.phi_off) ** (e.sigma - 1), log(e.phi_off), inf)
    assert printed_entry(e, 1 - e.sigma, None) - v["f_e"] == pytest.approx(v["f_I"] * sales, rel=1e-6)
