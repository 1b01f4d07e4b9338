"""Section 3 and Appendices A and B of Kleinert and Zorell: evidence, and the same from plain numbers."""

import math
import random
from functools import cache

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq, minimize_scalar

from symhet import papers
from symhet.claims import Verdict
from symhet.errors import UnknownModel
from symhet.papers.kz.model import domain
from tests.judged import judged
from tests.papers.expected import words

OURS = frozenset(
    f"kz.{row}"
    for row in words("""
savings eq1 eq2 eq3 demand demand.variety demand.share eq4 eq5 diversification diversification.advanced
diversification.W wages eq6 A.1 A.1.equivalence trade-pattern eq7 cost-offshoring cost cost.unit cost.price
relative-output relative-output.text eq8 eq9 eq10 profits profits.demand profits.fixed-costs profits.wage
profits.wage-income eq11 eq11.survivors eq12 eq12.offshorers eq13 eq13.all-or-none eq14 eq14.exporters A.2 A.3
A.3.equivalence A.2-width A.2-width.tau A.2-width.f_p A.2-width.f_ex A.2-width.f_I A.2-fI0 A.2-violations
A.2-violations.A.1 A.2-violations.A.2 A.2-violations.A.3 A.2-violations.A.3-groups exclusive eq15 eq15.groups eq16
aggregates aggregates.price-index aggregates.revenue aggregates.average-firm eq17 welfare-cutoff welfare-W eq18
eq18.average-firm eq19 eq19.groups eq20 output-X eq21 output-W labour labour.entry labour.income balance AppA
AppA.lower AppA.upper AppA.chain AppA-dominated AppB AppB.averages AppB.cutoffs
""")
)
"""Claims and parts of section 3 and Appendices A and B."""


@cache
def ledger():
    return papers.ledger("kz")


@pytest.fixture(scope="module")
def found():
    """Return the finding of every claim of this half of the ledger."""
    roots = [claim for claim in ledger().claims if claim.id in OURS]
    pending = [judged(claim.id) for claim in roots]
    findings = {}
    while pending:
        judgement = pending.pop()
        findings[judgement.claim.id] = judgement.finding
        pending += judgement.parts
    return findings


def test_an_unknown_paper_is_refused():
    with pytest.raises(UnknownModel):
        papers.ledger("kx")


def test_what_is_refuted_has_a_counterexample_a_reason_and_a_correction(found):
    for identifier, finding in found.items():
        if finding.verdict is Verdict.REFUTED:
            assert finding.witness is not None, identifier
            assert finding.corrected is not None, identifier
            assert finding.reason, identifier


# --- the same facts from plain numbers ------------------------------------------------------------------------------


def parameters(seed, **changes):
    return {**{symbol.name: value for symbol, value in domain().sample(random.Random(seed), 0.4).items()}, **changes}


def relative_price(q):
    return q["tau_I"] * q["phi_Y_w"] * q["phi_I"] / (q["phi_I_w"] * q["phi_Y"])


def profits(q, size):
    """Return profits in units of labour by strategy; ``size`` is sales at home with domestic inputs over sigma w."""
    power = q["sigma"] - 1
    gain = relative_price(q) ** (-q["alpha"] * power)
    abroad = 1 + q["n"] * q["tau"] ** -power
    fixed, offshoring, exporting = q["f_p"], q["f_I"], q["n"] * q["f_ex"]
    return {
        "exit": 0.0,
        "home": size - fixed,
        "offshoring": gain * size - fixed - offshoring,
        "both": abroad * gain * size - fixed - offshoring - exporting,
        "exporting": abroad * size - fixed - exporting,
    }


def best(q, size):
    earned = profits(q, size)
    return max(earned, key=earned.__getitem__)


def choices(q, sizes=None):
    """Return the strategies that firms of rising size choose, each once."""
    sizes = np.geomspace(1e-3, 1e6, 4000) * q["f_p"] if sizes is None else sizes
    chosen = [best(q, size) for size in sizes]
    return [name for name, before in zip(chosen, [None, *chosen], strict=False) if name != before]


@pytest.mark.parametrize("seed", range(8))
def test_under_the_assumptions_firms_sort_as_the_paper_says_and_none_exports_only(seed):
    q = parameters(seed)
    sizes = np.geomspace(1e-2, 1e9, 20_000) * q["f_p"]
    assert choices(q, sizes) == ["exit", "home", "offshoring", "both"]


def thresholds(q):
    power = q["alpha"] * (q["sigma"] - 1)
    low = (q["f_p"] / (q["f_p"] + q["f_I"])) ** (1 / power)
    base = 1 - q["f_I"] / (q["f_ex"] * q["tau"] ** (q["sigma"] - 1))
    return low, max(base, 0.0) ** (1 / power)


def with_relative_price(q, price):
    return {**q, "phi_Y_w": q["phi_Y_w"] * price / relative_price(q)}


@pytest.mark.parametrize("seed", range(6))
def test_each_threshold_is_where_the_order_of_firms_changes(seed):
    q = parameters(seed)
    low, high = thresholds(q)
    sizes = np.geomspace(1e-2, 1e9, 20_000) * q["f_p"]
    assert low < relative_price(q) < high < 1
    assert "home" not in choices(with_relative_price(q, 0.999 * low), sizes)
    assert "offshoring" not in choices(with_relative_price(q, min(1.001 * high, 0.5 + high / 2)), sizes)


@pytest.mark.parametrize("seed", range(6))
def test_without_advantage_no_firm_offshores(seed):
    q = with_relative_price(parameters(seed), 1.01)
    assert not {"offshoring", "both"} & set(choices(q))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("price", [0.5, 0.99])
def test_free_offshoring_is_for_all(seed, price):
    assert not {"home", "exporting"} & set(choices(with_relative_price(parameters(seed, f_I=0.0), price)))


@pytest.mark.parametrize("seed", range(6))
def test_where_a3_fails_offshorers_export_and_between_the_thresholds_all_survivors_do_both(seed):
    q = parameters(seed)
    q["f_ex"] = 0.8 * (q["f_p"] + q["f_I"]) / q["tau"] ** (q["sigma"] - 1)
    low, high = thresholds(q)
    assert high < low
    for price in (0.5 * high + 0.01, 0.5 * (low + high), 0.5 * (low + 1)):
        assert "offshoring" not in choices(with_relative_price(q, price))
    assert choices(with_relative_price(q, 0.5 * (low + high))) == ["exit", "both"]


def test_exporters_that_use_domestic_inputs_can_be_found_although_a3_holds():
    q = with_relative_price(parameters(1, f_p=1.0, f_I=20.0, f_ex=10.0, tau=2.0, sigma=3.0, alpha=0.5, n=1.0), 1 / 1.2)
    assert q["f_p"] + q["f_I"] < q["f_ex"] * q["tau"] ** 2
    assert choices(q) == ["exit", "home", "exporting", "both"]


@pytest.mark.parametrize("seed", range(4))
def test_width_of_the_interval(seed):
    q = parameters(seed)

    def width(**changes):
        low, high = thresholds({**q, **changes})
        return high - low

    assert width(tau=1.05 * q["tau"]) > width()
    assert width(f_ex=1.05 * q["f_ex"]) > width()
    assert width(f_p=0.95 * q["f_p"]) > width()
    room = q["f_ex"] * q["tau"] ** (q["sigma"] - 1) - q["f_p"]
    ends, middle = [width(f_I=share * room) for share in (1e-3, 0.999)], width(f_I=room / 2)
    assert max(ends) < middle


def test_households_cannot_do_better_than_demand_says():
    rng = np.random.default_rng(1)
    sigma, beta, income = 3.5, 0.4, 7.0
    rho, prices = (sigma - 1) / sigma, rng.uniform(0.5, 2.0, 5)
    index = (prices ** (1 - sigma)).sum() ** (1 / (1 - sigma))
    bought = (prices / index) ** (1 - sigma) * beta * income / prices

    def utility(varieties, rest):
        return (varieties**rho).sum() ** (beta / rho) * rest ** (1 - beta)

    best_ = utility(bought, (1 - beta) * income)
    assert (bought**rho).sum() ** (1 / rho) * index == pytest.approx(beta * income)
    weight = beta**beta * (1 - beta) ** (1 - beta)
    assert best_ == pytest.approx(income * weight / index**beta)
    for _ in range(200):
        other = bought * np.exp(rng.normal(0, 0.1, 5))
        rest = income - (prices * other).sum()
        assert utility(other, rest) < best_


def test_unit_cost_and_price_by_search():
    alpha, sigma, wage, price, productivity, demand = 0.3, 4.0, 1.3, 0.7, 2.0, 5.0

    def cost(inputs, output):
        labour = (1 - alpha) * (output / productivity / (inputs / alpha) ** alpha) ** (1 / (1 - alpha))
        return wage * labour + price * inputs

    efficiency = productivity / price**alpha
    for output in (0.5, 3.0):
        least = minimize_scalar(
            lambda i, x=output: cost(i, x), bounds=(1e-6, 50), method="bounded", options={"xatol": 1e-12}
        )
        assert least.fun == pytest.approx(output * wage ** (1 - alpha) / efficiency)
    unit = wage ** (1 - alpha) / efficiency
    sold = minimize_scalar(
        lambda x: unit * x - demand * x ** (1 - 1 / sigma),
        bounds=(1e-6, 1e5),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert demand * sold.x ** (-1 / sigma) == pytest.approx(unit * sigma / (sigma - 1), rel=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_cutoffs_by_root_finding(seed):
    q = parameters(seed)
    power = q["sigma"] - 1
    relative, scale = relative_price(q), q["f_p"]

    def size(productivity):
        return scale * productivity**power

    def crossing(one, other):
        return brentq(lambda x: profits(q, size(math.exp(x)))[one] - profits(q, size(math.exp(x)))[other], -60, 60)

    bracket = relative ** (-q["alpha"] * power) - 1
    off = (q["f_I"] / q["f_p"]) ** (1 / power) * bracket ** (-1 / power)
    ex = q["tau"] * relative ** q["alpha"] * (q["f_ex"] / q["f_p"]) ** (1 / power)
    assert crossing("home", "exit") == pytest.approx(0, abs=1e-9)
    assert crossing("offshoring", "home") == pytest.approx(math.log(off), abs=1e-9)
    assert crossing("both", "offshoring") == pytest.approx(math.log(ex), abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_averages_prices_and_revenue_by_quadrature(seed):
    """With Pareto draws: the price index of averages is right, the revenue of the average firm is not."""
    q = parameters(seed)
    power = q["sigma"] - 1
    relative = relative_price(q)
    gain, deflated = relative ** (-q["alpha"] * power), q["tau"] ** -power
    off = (q["f_I"] / (q["f_p"] * (gain - 1))) ** (1 / power)
    ex = q["tau"] * (q["f_ex"] / (q["f_p"] * gain)) ** (1 / power)
    shape = power + 1.5

    def integral(low, high, slope):
        """Integrate over draws above one, the productivity of the least productive survivor, in logarithms."""
        return quad(lambda y: slope * shape * math.exp((power - shape) * y), math.log(low), math.log(high))[0]

    far = ex * 1e14
    home = integral(1, off, 1.0) + integral(off, far, gain)
    abroad = integral(ex, far, gain)
    exporters = ex**-shape
    varieties = 1 + q["n"] * exporters
    average, average_abroad = home ** (1 / power), (abroad / exporters) ** (1 / power)
    sold = (average**power + q["n"] * exporters * deflated * average_abroad**power) / varieties
    assert varieties * sold == pytest.approx(home + q["n"] * deflated * abroad)
    revenue = home + q["n"] * deflated * abroad
    assert average**power < revenue < (1 + q["n"] * deflated) * average**power
    groups = (1 - off**-shape, off**-shape - ex**-shape, ex**-shape)
    powers_ = (integral(1, off, 1.0) / groups[0], integral(off, ex, gain) / groups[1], abroad / groups[2])
    assert sum(g * p for g, p in zip(groups, powers_, strict=True)) == pytest.approx(home)
    cutoffs = (1.0, off, ex, math.inf)
    for name, value in (("d", powers_[0]), ("off", powers_[1] / gain), ("ex", powers_[2] / gain)):
        place = ("d", "off", "ex").index(name)
        assert cutoffs[place] < value ** (1 / power) < cutoffs[place + 1]
    assert gain * off**power == pytest.approx(q["f_I"] / (q["f_p"] * (1 - 1 / gain)))
