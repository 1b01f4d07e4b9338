"""Section 4.2 on the elasticity of substitution: the part of incumbents in the response of export sales."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.tails import Density, TailMoment
from symhet.algebra.total import total
from symhet.claims import Finding, Severity, Witness, proved, proved_with
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.comparative import CUTOFFS, joined
from symhet.papers.kz.economies import law
from symhet.papers.kz.facts import PRICES, SPARE_S
from symhet.papers.kz.points import EXAMPLE
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import Lambda_s, ex_s, lowest, min_s, off_s, sales_x, sigma_1, theta
from symhet.propositions import Prop, eq, exists, gt, lt, substitute
from symhet.provers import tactics as via
from symhet.steps import Step
from symhet.valuation import Point

SCALED = TailMoment(m.phi_ex, m.k) / m.phi_ex**m.k
_PRIMED = {m.sigma: sigma_1, m.Lambda: Lambda_s, m.phi_min: min_s, m.phi_off: off_s, m.phi_ex: ex_s}


def share(scaled: sp.Expr, order: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """Return the part of incumbents in the response of export sales to the export cutoff."""
    return order * scaled / (order * scaled + x * Density(x))


LARGER = SCALED.xreplace({m.sigma: sigma_1})


@section("4.2").remark(
    "kz.R.2-sigma.cutoff",
    lt(share(SCALED, m.k, m.phi_ex), share(LARGER, sigma_1 - 1, m.phi_ex)),
    title="part of incumbents at a given export cutoff",
    printed=r"\text{at a given export cutoff, incumbents' share in the response of exports rises with "
    r"} \sigma",
)
def _given_cutoff(shares: Prop) -> Finding:
    context = Context({h.sales: eq(sales_x, SCALED)}, frozenset({h.sales}), frozenset({sales_x}))
    context = context.having(h.sigma_above_1, gt(m.sigma, 1)).having(h.larger, lt(m.sigma, sigma_1))
    context = context.having(h.g_above_0, gt(Density(m.phi_ex), 0)).having(
        h.moment_new, exists(TailMoment(1, sigma_1 - 1))
    )
    d = Derivation(m.presuming(context))
    d.recall(h.sales, "Sales of all exporters, relative to those of the marginal exporter, which (14) fixes, are")
    response = -m.k * SCALED / m.phi_ex - Density(m.phi_ex)
    says = (
        "When the export cutoff falls by a little, each incumbent exporter sells more (first term) and new exporters "
        "join (second term):"
    )
    d.step(h.response, eq(total(sales_x, m.phi_ex), response), says)
    d.recall(h.g_above_0, "There are firms at the cutoff,")
    rises = via.lemma("scaled_moment_rises", m.phi_ex, m.k, sigma_1 - 1)
    says = "and with a larger elasticity those above it sell more relative to the firm at it:"
    d.step(h.moments, lt(SCALED, LARGER), says, by=rises)
    return proved(d, shares, _compared(), "So the part of incumbents in the response is larger:")


def _compared() -> via.Tactic:
    """Cross-multiplied, the gap is a multiple of (sigma'-1) t' - (sigma-1) t, which grows in both factors."""
    s, more, g = SPARE_S, sp.Symbol("m", positive=True), sp.Symbol("g_ex", positive=True)
    low, high = (order * TailMoment(m.phi_ex, order) / m.phi_ex**order for order in (s, s + more))
    scale = m.phi_ex * g / ((low + m.phi_ex * g) * (high + m.phi_ex * g))
    terms = {h.moments: scale * (s + more), h.larger: scale * low / s}
    coordinates = {s: m.k, more: sigma_1 - m.sigma}
    in_chart = via.chart(coordinates, {m.sigma: 1 + s, sigma_1: 1 + s + more}, via.combine(terms, h.density))
    valued = via.cut([(h.density, eq(Density(m.phi_ex), g), via.linear({h.named: -1}))], in_chart)
    return via.name_term(g, Density(m.phi_ex), h.named, valued, via.by(h.g_above_0))


def _two_elasticities(*names: Step) -> Context:
    """Return two equilibria that differ only by the elasticity of substitution, each in its own regime of A.1-A.3."""
    model = m.offshoring_first()
    own = model.context(*dict.fromkeys((*PRICES, *CUTOFFS, *model.domain.hypotheses(), h.support, *names)))
    depend = (h.sigma_above_1, h.A_2_low, h.A_2_high, h.A_3, h.Lambda, *CUTOFFS, h.support)
    other: dict[Step, Prop] = {h.new_for(name): substitute(own.hypotheses[name], _PRIMED) for name in depend}
    return joined(own, Context({**other, h.larger: lt(m.sigma, sigma_1)}))


def _pareto() -> dict[Step, Prop]:
    conditions: dict[Step, Prop] = {h.finite_moment: gt(theta, sigma_1 - 1)}
    for x, order in ((m.phi_ex, m.k), (ex_s, sigma_1 - 1)):
        moment = theta / (theta - order) * lowest**theta * x ** (order - theta)
        conditions[h.Pareto_T_of(x)] = eq(TailMoment(x, order), moment)
        conditions[h.Pareto_g_of(x)] = eq(Density(x), theta * lowest**theta * x ** (-theta - 1))
    return conditions


SCALED_1 = SCALED.xreplace(_PRIMED)


@section("4.2").remark(
    "kz.R.2-sigma.equilibrium",
    lt(share(SCALED, m.k, m.phi_ex), share(SCALED_1, sigma_1 - 1, ex_s)),
    title="part of incumbents in equilibrium",
    printed=r"\text{across equilibria, incumbents' share in the response of exports rises with } \sigma",
)
def _equilibrium(statement: Prop) -> Finding:
    conditions = _pareto()
    known = Context({h.sigma_above_1: gt(m.sigma, 1), h.larger: lt(m.sigma, sigma_1), **conditions})
    d = Derivation(known)
    for name in (h.Pareto_T_phi_ex, h.Pareto_g_phi_ex):
        d.recall(name, "For a Pareto distribution")
    s, more, spare = SPARE_S, sp.Symbol("m", positive=True), sp.Symbol("t", positive=True)
    names = tuple(name for name in conditions if name != h.finite_moment)
    coordinates = {s: m.k, more: sigma_1 - m.sigma, spare: theta - sigma_1 + 1}
    replaced = {m.sigma: 1 + s, sigma_1: 1 + s + more, theta: s + more + spare}
    by_shape = via.chart(coordinates, replaced, via.combine({}, *names))
    says = "the part of incumbents is (sigma-1)/theta, wherever the cutoff is:"
    finding = proved(d, statement, by_shape, says)
    reason = (
        "Between two equilibria that differ only by sigma the export cutoff can move as well. That the distribution is "
        "Pareto is sufficient; in general the share can fall: in the example the cutoff is 16 with sigma = 2 and 24 "
        "with sigma = 3, around which a fifth of all draws lie."
    )
    failing = Derivation(_two_elasticities())
    return proved_with(finding, tuple(conditions.items()), failing, _pair(), reason, severity=Severity.READING)


def _pair() -> Witness:
    """The masses make both elasticities exhaust profits at the same cost of entry."""
    bunched = law(("1/2", 15, 17, 23, 25, 40), (15149045, 170696011, 15149045, 56835636, 3029809))
    two, three = sp.Integer(2), sp.Integer(3)
    point = {**EXAMPLE, m.sigma: two, sigma_1: three, m.f_ex: sp.Integer(16), Lambda_s: sp.Integer(4)}
    point |= {m.phi_min: sp.Integer(1), m.phi_off: sp.Integer(12), m.phi_ex: sp.Integer(16)}
    point |= {min_s: sp.Integer(6), off_s: sp.Integer(12), ex_s: sp.Integer(24)}
    model = m.offshoring_first()
    values = model.complete(point, (h.w, h.w_w, h.p_I_d, h.p_I_w, h.p_I_off, h.Lambda))
    values[m.f_e] = Point(values, bunched).value(model.conditions[h.free_entry].lhs)
    used = _two_elasticities().symbols()
    return Witness({symbol: value for symbol, value in values.items() if symbol in used}, bunched)


CLAIMS = (
    section("4.2").row(
        "remark",
        "kz.R.2-sigma",
        r"\text{the larger } \sigma, \text{ the more the intensive margin matters}",
        parts=(
            _given_cutoff,
            _equilibrium,
        ),
        title="intensive margin and elasticity",
    ),
)
