"""Section 3.4 and Appendix B: average efficiencies, and price index and revenue of the industry in terms of them."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, Severity, Witness, given, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.facts import SPARE_S, elastic
from symhet.papers.kz.groups import (
    AVERAGES,
    DOMESTIC,
    FOREIGN,
    MASSES,
    NONE,
    ORDER,
    POWER_ALL,
    S_MIN,
    groups_exist,
    over_firms,
)
from symhet.papers.kz.notation import R_X, M, M_d, M_e, M_ex, M_off, M_t, mean, mean_d, mean_ex, mean_off, mean_t, phi
from symhet.papers.kz.points import CUTOFFS, DISTRIBUTION, economy
from symhet.papers.kz.sources import appendix, section
from symhet.papers.kz.strategies import INDIFFERENCE
from symhet.papers.kz.terms import efficiency, having, markup_price, revenue
from symhet.propositions import And, ForAll, Or, Prop, Rel, eq, gt, lt, substitute
from symhet.provers.tactics import Tactic, combine, cut, generalise, identity, linear, powers, split, transported
from symhet.steps import Step

ONE = sp.Integer(1)
UNIT_D, UNIT_OFF = efficiency(sp.Integer(1), m.p_I_d), efficiency(sp.Integer(1), m.p_I_off)
"""Efficiency of a firm of productivity one under both sourcing modes."""


def _sold(slope_d: sp.Expr, slope_off: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Return what all firms sell at home and in one export market, from the sales of firms of productivity one."""
    home = over_firms(slope_d, NONE, m.phi_min, m.phi_off) + over_firms(slope_off, NONE, m.phi_off)
    return M_e * home, M_e * m.tau ** (1 - m.sigma) * over_firms(slope_off, NONE, m.phi_ex)


def _index() -> Rel:
    """Return the integral (3) over the varieties of home firms and of the exporters of n symmetric economies."""
    home, abroad = _sold(markup_price(UNIT_D) ** (1 - m.sigma), markup_price(UNIT_OFF) ** (1 - m.sigma))
    return eq(m.P_X ** (1 - m.sigma), home + m.n * abroad)


def _revenue() -> Rel:
    """Return the revenue of the firms of one economy, at home and in n export markets."""
    home, abroad = _sold(revenue(UNIT_D), revenue(UNIT_OFF))
    return eq(R_X, home + m.n * abroad)


INDUSTRY = {h.eq_3: _index(), h.revenue: _revenue()}


def _industry(*names: Step) -> Derivation:
    hypotheses = MASSES | {name: AVERAGES[name] for name in (h.mean, h.mean_ex, h.mean_t)}
    return Derivation(
        having(m.offshoring_first().context(h.sigma_above_1), hypotheses | {x: INDUSTRY[x] for x in names})
    )


def _linear_in_power() -> list[tuple[Step, Prop, Tactic]]:
    """Return proofs that prices to the power 1 - sigma are proportional to productivity to the power sigma - 1."""
    proofs: list[tuple[Step, Prop, Tactic]] = []
    for name, unit, price in ((h.domestic, UNIT_D, m.p_I_d), (h.foreign, UNIT_OFF, m.p_I_off)):
        sold = markup_price(efficiency(phi, price)) ** (1 - m.sigma)
        line = ForAll(phi, eq(sold, markup_price(unit) ** (1 - m.sigma) * phi**m.k))
        proofs.append((name, line, generalise(phi, elastic(identity()))))
    return proofs


def sales_of_average(name: Step, average: sp.Symbol) -> tuple[Step, Prop, Tactic]:
    """Return a proof that the sales of a firm of average efficiency are proportional to its power."""
    return name, eq(revenue(average), revenue(ONE) * average**m.k), elastic(identity())


_IN_AVERAGES = (h.mean_t, h.M_t, h.mean, h.mean_ex, h.M, h.M_ex)


def index_of_average(d: Derivation) -> None:
    """Add the step ``index``: P_X to the power 1 - sigma in terms of the average efficiency of all varieties sold.

    Parameters
    ----------
    d : Derivation
        With the hypotheses sigma>1, (3) of this module, and the masses and averages of `symhet.papers.kz.groups`.
    """
    says = (
        "A variety adds a multiple of productivity to the power sigma - 1 to the integral in (3). Sum over home "
        "firms and over the exporters of n economies, whose prices include the trade cost:"
    )
    d.recall(h.eq_3, says)
    d.recall(h.mean, "Averages are taken of efficiencies to the power sigma - 1: of all home firms,")
    d.recall(h.mean_ex, "of exporters,")
    says = "and of all varieties sold, where exporters sell as if they were less efficient by the trade cost:"
    d.recall(h.mean_t, says)
    average = eq(markup_price(mean_t) ** (1 - m.sigma), markup_price(ONE) ** (1 - m.sigma) * mean_t**m.k)
    steps = [*_linear_in_power(), (h.average_price, average, elastic(identity()))]
    total = eq(m.P_X ** (1 - m.sigma), M_t * markup_price(mean_t) ** (1 - m.sigma))
    by_averages = cut(steps, elastic(identity(h.eq_3, h.average_price, *_IN_AVERAGES)))
    says = "The integral is that of as many varieties of the average price:"
    d.step(h.index, total, says, by=by_averages)


@section("3.4").derived(
    "kz.aggregates.price-index",
    eq(m.P_X, M_t ** (1 / (1 - m.sigma)) * markup_price(mean_t)),
    title="price index in averages",
    printed=r"P_X = M_t^{\frac{1}{1-\sigma}} p(\tilde\phi_t)",
)
def _price_index(printed: Prop) -> Finding:
    d = _industry(h.eq_3)
    index_of_average(d)
    return proved(d, printed, elastic(powers({h.index: -1 / SPARE_S})), "Take the root:")


@section("3.4").derived(
    "kz.aggregates.revenue",
    eq(R_X, M_t * revenue(mean_t)),
    title="revenue in averages",
    printed=r"R_X = M_t r_H(\tilde\phi_t)",
)
def _industry_revenue(statement: Prop) -> Finding:
    d = _industry(h.revenue)
    d.recall(h.revenue, "Sum revenue (8) over firms and markets; abroad it is deflated by the trade cost:")
    total = eq(R_X, M_t * revenue(ONE) * mean_t**m.k)
    steps = [sales_of_average(h.average, mean_t), (h.total, total, elastic(identity(h.revenue, *_IN_AVERAGES)))]
    says = "By symmetry home firms sell abroad what foreign firms sell at home, so that in all"
    by_averages = cut(steps, elastic(linear({h.total: 1, h.average: -M_t})))
    return proved(d, statement, by_averages, says)


def _sales_of_averages() -> Finding:
    """Revenue is the sum of sales of averages, and lies strictly between both readings of M r(average)."""
    averages = {name: AVERAGES[name] for name in (h.mean, h.mean_ex)}
    context = having(m.offshoring_first().context(*ORDER), MASSES | averages | {h.revenue: INDUSTRY[h.revenue]})
    d = Derivation(context)
    groups_exist(d)
    home, abroad = M * revenue(ONE) * mean**m.k, m.n * M_ex * m.tau ** (1 - m.sigma) * revenue(ONE) * mean_ex**m.k
    says = "All firms sell at home and exporters sell abroad:"
    total_step = d.step(h.total, eq(R_X, home + abroad), says)
    parts = combine({h.sales_d: M_e * DOMESTIC, h.sales_off: M_e * FOREIGN}, h.mean, h.mean_ex, h.M, h.M_ex)
    says = "At home exporters sell less than all firms do:"
    part = d.step(h.part, lt(M_ex * mean_ex**m.k, M * mean**m.k), says, by=parts)
    all_export = 1 + m.n * m.tau ** (1 - m.sigma)
    unit = revenue(ONE).xreplace({m.k + 1: 1 + SPARE_S})
    more = elastic(combine({}, equations={total_step: -1, h.average_firm: M}))
    scale = m.n * m.tau**-SPARE_S
    less = elastic(combine({part: scale * unit}, equations={total_step: 1, h.average_firm: -M * (1 + scale)}))
    exact = elastic(linear({total_step: 1, h.average_firm: -M, h.average_exporter: -m.n * M_ex * m.tau**-SPARE_S}))
    true = And(
        (
            eq(R_X, M * revenue(mean) + m.n * M_ex * m.tau ** (1 - m.sigma) * revenue(mean_ex)),
            lt(M * revenue(mean), R_X),
            lt(R_X, M * all_export * revenue(mean)),
        )
    )
    steps = [sales_of_average(h.average_firm, mean), sales_of_average(h.average_exporter, mean_ex)]
    says = "The average firm would sell more than this abroad if it exported, and nothing if it did not:"
    return proved(d, true, cut(steps, split(exact, more, less)), says)


AVERAGE = (POWER_ALL / S_MIN) ** (1 / m.k)
SOLD = M * revenue(AVERAGE)


@section("3.4").derived(
    "kz.aggregates.average-firm",
    Or((eq(R_X, SOLD), eq(R_X, (1 + m.n * m.tau ** (1 - m.sigma)) * SOLD))),
    title="revenue of the average firm",
    printed=r"R_X = M r(\tilde\phi)",
)
def _revenue_of_average_firm(printed: Prop) -> Finding:
    names = (h.w, h.w_w, h.p_I_d, h.p_I_w, h.p_I_off, h.Lambda, h.E_X, *CUTOFFS, h.free_entry, *ORDER[1:])
    equations = {h.M: MASSES[h.M], **INDUSTRY, h.marginal_producer: INDIFFERENCE[h.marginal_producer]}
    d = Derivation(having(m.offshoring_first().whole_domain(*names), equations))
    reason = (
        "Only exporters sell abroad, so the average of revenues is not the revenue of the average firm: its sales at "
        "home alone are less than R_X/M, with sales in all markets they are more."
    )
    point = economy(INDUSTRY[h.eq_3], MASSES[h.M], INDUSTRY[h.revenue])
    return refuted(
        d, printed, Witness(point, DISTRIBUTION), reason, corrected=_sales_of_averages(), severity=Severity.NOTATION
    )


SUM = (M_d * mean_d**m.k + M_off * mean_off**m.k + M_ex * mean_ex**m.k) / M


_WEIGHTED = (
    r"\left[\frac{1}{M}\left(M_d\tilde\phi_d^{\sigma-1} + M_{off}\tilde\phi_{off}^{\sigma-1}"
    r" + M_{ex,off}\tilde\phi_{ex,off}^{\sigma-1}\right)\right]^{\frac{1}{\sigma-1}}"
)


@section("3.4").derived(
    "kz.eq15.groups", eq(mean, SUM ** (1 / m.k)), title="average over groups", printed=r"\tilde\phi = " + _WEIGHTED
)
def _groups(statement: Prop) -> Finding:
    names = (h.M, h.M_d, h.M_off, h.M_ex)
    averages = {name: AVERAGES[name] for name in (h.mean, h.mean_d, h.mean_off, h.mean_ex)}
    d = Derivation(having(m.offshoring_first().context(*ORDER), {name: MASSES[name] for name in names} | averages))
    groups_exist(d)
    d.recall(h.mean, "The integral of (15) over all survivors, with M_e entrants, splits at the cutoffs:")
    for name, says in ((h.mean_d, "the averages of the three groups are"), (h.mean_off, ","), (h.mean_ex, "and")):
        d.recall(name, says)
    says = "so that, weighted by the masses of the groups, they add up to the whole:"
    whole = d.step(h.whole, eq(mean**m.k, SUM), says)
    return proved(d, statement, powers({whole: 1 / m.k}), "Take the root:")


def _average(name: str, low: str, high: str, price: str) -> str:
    top = "1" if high == r"\infty" else f"G({high})"
    moment = rf"\left(\frac{{\varphi}}{{(p_I^{{{price}}})^\alpha}}\right)^{{\sigma-1}} g(\varphi)\,d\varphi"
    inner = rf"\frac{{1}}{{{top}-G({low})}}\int_{{{low}}}^{{{high}}} {moment}"
    return rf"\tilde\phi_{{{name}}} = \left[{inner}\right]^{{\frac{{1}}{{\sigma-1}}}}"


_MIN, _OFF, _EX = (rf"\hat\varphi_{{{name}}}" for name in ("min", "off", "ex,off"))
_DEFINITIONS = m.offshoring_first().definitions
_IN_ONE = {_DEFINITIONS[name].lhs: _DEFINITIONS[name].rhs for name in CUTOFFS}
"""The other cutoffs in terms of the lowest one."""
_GROUPS = {name: AVERAGES[name] for name in (h.mean_d, h.mean_off, h.mean_ex)}


@appendix("B").derived(
    "kz.AppB.averages",
    And(tuple(eq(rel.lhs, rel.rhs.xreplace(_IN_ONE)) for rel in _GROUPS.values())),
    title="averages of the three groups",
    printed=r",\quad ".join(
        (
            _average(h.d, _MIN, _OFF, h.d),
            _average("off", _OFF, _EX, "off"),
            _average("ex,off", _EX, r"\infty", "off"),
        )
    ),
    lost=True,
)
def _averages_from_one_cutoff(statement: Prop) -> Finding:
    d = Derivation(having(m.offshoring_first().context(*ORDER, h.Lambda_above_1, *CUTOFFS), _GROUPS))
    groups_exist(d)
    d.recall(h.mean_d, "Each average is taken over the firms between two cutoffs:")
    d.recall(h.mean_off, "similarly")
    d.recall(h.mean_ex, "and")
    exist = [
        (h.solved_for(group), substitute(d.context.hypotheses[group], _IN_ONE), transported(group, *CUTOFFS))
        for group in (h.mass_d, h.mass_off)
    ]
    proofs = (identity(name, *CUTOFFS) for name in _GROUPS)
    return proved(d, statement, cut(exist, split(*proofs)), "By (12) and (14) all of them depend on one cutoff:")


LOWEST = efficiency(m.phi_min, m.p_I_d)
EX = eq(efficiency(m.phi_ex, m.p_I_off), LOWEST * m.tau * (m.f_ex / m.f_p) ** (1 / m.k))
SAVED = 1 - m.ratio ** (m.alpha * m.k)
OFF = eq(efficiency(m.phi_off, m.p_I_off), LOWEST * (m.f_I / (m.f_p * SAVED)) ** (1 / m.k))


@appendix("B").derived(
    "kz.AppB.cutoffs",
    And((OFF, EX)),
    title="cutoffs in terms of efficiency",
    printed=r"\hat\phi_{off} = \frac{\hat\varphi_{off}}{(p_I^{off})^\alpha},\quad"
    r" \hat\phi_{ex,off} = \frac{\hat\varphi_{ex,off}}{(p_I^{off})^\alpha}",
    lost=True,
)
def _efficiency_cutoffs(statement: Prop) -> Finding:
    d = Derivation(m.offshoring_first().context(h.sigma_above_1, h.Lambda, h.Lambda_above_1, *CUTOFFS))
    says = "Of the variable profit of an offshorer, offshoring adds the share"
    saved_step = d.step(h.saved, eq(SAVED, (m.Lambda - 1) / m.Lambda), says)
    d.step(h.saved_above_0, gt(SAVED, 0), "which is positive:")
    proofs = (
        powers({h.cutoff_off: 1, saved_step: 1 / m.k, h.Lambda: -1 / m.k}),
        powers({h.cutoff_ex: 1, h.Lambda: -1 / m.k}),
    )
    says = "In terms of efficiency the cutoffs (12) and (14) are"
    return proved(d, statement, split(*proofs), says)


_ALL = r"\tilde\phi = \left(\int_0^\infty \phi^k(\varphi)^{\sigma-1}\mu(\varphi)\,d\varphi\right)^{\frac{1}{\sigma-1}}"

CLAIMS = (
    section("3.4", "15").row(
        "definition", "kz.eq15", _ALL + " = " + _WEIGHTED, given, (_groups,), title="average efficiency of home firms"
    ),
    section("3.4", "16").row(
        "definition",
        "kz.eq16",
        r"\tilde\phi_t = \left[\frac{1}{M_t}\left(M\tilde\phi^{\sigma-1}"
        r" + nM_{ex,off}(\tau^{-1}\tilde\phi_{ex,off})^{\sigma-1}\right)\right]^{\frac{1}{\sigma-1}},"
        r"\quad M_t = M + nM_{ex,off}",
        title="average efficiency of varieties sold",
    ),
    section("3.4").row(
        "derived",
        "kz.aggregates",
        r"P_X = M_t^{\frac{1}{1-\sigma}} p(\tilde\phi_t),\quad R_X = M_t r_H(\tilde\phi_t) = M r(\tilde\phi)",
        parts=(
            _price_index,
            _industry_revenue,
            _revenue_of_average_firm,
        ),
        title="price index and revenue of the industry",
    ),
    appendix("B").row(
        "derived",
        "kz.AppB",
        None,
        reconstruction=_average(h.d, _MIN, _OFF, h.d) + r",\quad \tilde\phi_{off}, \tilde\phi_{ex,off} \text{ alike}",
        parts=(
            _averages_from_one_cutoff,
            _efficiency_cutoffs,
        ),
        title="averages of the groups",
    ),
)
