"""Section 4.2: exports of final goods and imports of intermediates when intermediates become cheaper to import."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import sympy as sp

from symhet.algebra.tails import Density
from symhet.algebra.total import total
from symhet.claims import Finding, beside_print, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import (
    SALES,
    T_MIN,
    T_OFF,
    account,
    accounting,
    entrants,
    goods_market,
    price_index,
    solved,
)
from symhet.papers.kz.comparative import fixed_costs, joined, sign_step, slope_step, start
from symhet.papers.kz.economies import economy, law, witness
from symhet.papers.kz.facts import above_one
from symhet.papers.kz.flows import (
    ARRIVING,
    EXPORTS,
    FIXED_LABOUR,
    HOME_GAP,
    HOME_SOURCED,
    OFFSHORED,
    PARETO,
    THINNING,
    USING,
    VARIABLE_LABOUR,
    X_SPENDING,
    charted,
    densities,
    exports_fall,
    falls,
    imports_fall,
    moved,
    solve_exports,
    solve_imports,
    thinning,
)
from symhet.papers.kz.notation import L_I, L_X, L_Y, I_off, L_e, L_I_left, M_e, r_F
from symhet.papers.kz.responses import EXPORTS as EXPORTS_RESPONSE
from symhet.papers.kz.responses import balance
from symhet.papers.kz.revenues import offshorers, rises_for_offshorers
from symhet.papers.kz.sources import section
from symhet.papers.kz.statics import signed, signs
from symhet.papers.kz.symbols import exports, imports_cif, imports_fob
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers.tactics import by, combine, identity, split
from symhet.steps import Step

NOBODY: dict[Step, Prop] = {
    h.none_between: eq(T_OFF, T_MIN),
    h.none_at_phi_min: eq(Density(m.phi_min), 0),
    h.none_at_phi_off: eq(Density(m.phi_off), 0),
}
"""No firm stands between the first two cutoffs, at either of them, or next to these."""


@beside_print
@section("4.2").result(
    "kz.R.3.equality",
    And((eq(total(imports_cif, m.tau_I), 0), eq(total(L_I_left, m.tau_I), 0))),
    title="imports of intermediates, no firms in between",
    printed=r"\text{with no firms between } \hat\varphi_{min} \text{ and } \hat\varphi_{off} \text{, nor at these, "
    r"imports of intermediates keep their value and labour its place}",
)
def imports_stay(statement: Prop) -> Finding:
    """No firm sources at home, so labour in intermediates is zero, which a positive symbol could not be."""
    flows = (imports_cif, L_I_left)
    given = {
        h.imports_cif_def: eq(imports_cif, m.p_I_off * ARRIVING),
        h.L_I_left_def: eq(L_I_left, HOME_SOURCED / m.phi_I),
    }
    accounts = Context(given, frozenset(given), frozenset(flows))
    d = start(h.E_X, extra=joined(accounting(), accounts, Context(NOBODY)))
    price_index(d)
    entrants(d)
    d.recall(h.none_between, "Suppose that there are no firms between the first two cutoffs, so that")
    fixed_costs(d)
    solve_imports(d)
    account(d, L_I_left, m.alpha * m.rho * m.beta * m.L * HOME_GAP / SALES, "Labour in intermediates is")
    moved(d, m.tau_I, *flows)
    same = [above_one(identity(slope_step(flow), *USING, *NOBODY)) for flow in flows]
    says = "So imports keep their value, and no labour moves:"
    return proved(d, statement, split(*same), says)


DOMAIN = tuple(m.offshoring_first().domain.hypotheses())
BUNCHED = law(("1/2", "3/2", "5/2", 5), (1, 4, 1))
"""Two thirds of all firms around productivity two, where the marginal offshorer stands."""


@section("4.2").result(
    "kz.R.2.intensive",
    lt(total(r_F, m.tau_I), 0),
    title="exports of an incumbent exporter",
    printed=r"\frac{dr_F(\phi^{off})}{d\tau_I} < 0",
)
def _intensive(statement: Prop) -> Finding:
    d = offshorers(r_F)
    says = "A firm that exports sells more abroad when intermediates become cheaper to import:"
    return proved(d, statement, rises_for_offshorers(r_F), says)


@section("4.2").result("kz.R.2.extensive", signed(m.tau_I, m.phi_ex), title="export cutoff")
def _extensive(statement: Prop) -> Finding:
    d = signs(m.tau_I, m.phi_ex)
    says = "Less productive firms begin to export when intermediates become cheaper to import:"
    return proved(d, statement, by(sign_step(m.phi_ex)), says)


def with_exports(conditions: Mapping[Step, Prop], *names: Step) -> Derivation:
    """Return a derivation with exports of all firms and their derivative with respect to tau_I."""
    d = goods_market((exports, EXPORTS), names=names, conditions=conditions)
    solve_exports(d)
    moved(d, m.tau_I, exports)
    return d


@beside_print
@section("4.2").result(
    "kz.R.2.aggregate.exactly",
    EXPORTS_RESPONSE.exact,
    title="all exports of final goods, exact condition",
    printed=r"\text{the value of all exports rises exactly under the condition found}",
)
def _exactly(statement: Prop) -> Finding:
    return EXPORTS_RESPONSE.exactly(with_exports({}), statement)


_ENOUGH = (
    "Sufficient, not necessary: it asks that sales above a cutoff fall no faster at the offshoring cutoff than at the "
    "lowest one."
)


def _sufficient(conditions: Mapping[Step, Prop], reason: str, statement: Prop) -> Finding:
    d = with_exports(conditions)
    densities(d)
    thinning(d)
    by_terms = falls(d, exports, exports_fall())
    return proved(d, statement, by_terms, "So exports of X rise when the cost falls:", reason)


_THINNING = section("4.2").stated(
    "result",
    "kz.R.2.aggregate.thinning",
    EXPORTS_RESPONSE.falls,
    partial(_sufficient, {h.thinning: THINNING}, _ENOUGH),
    title="all exports of final goods, a sufficient condition",
    printed=r"\text{the value of all exports rises where the elasticity of } T \text{ is no larger at the "
    r"offshoring cutoff than at the lowest cutoff}",
)
_PARETO = section("4.2").stated(
    "result",
    "kz.R.2.aggregate.pareto",
    EXPORTS_RESPONSE.falls,
    partial(_sufficient, PARETO, ""),
    title="all exports of final goods, Pareto",
    printed=r"\text{the value of all exports rises for every Pareto distribution}",
)


@section("4.2").result(
    "kz.R.2.aggregate",
    EXPORTS_RESPONSE.falls,
    (_exactly, beside_print(_THINNING), beside_print(_PARETO)),
    title="all exports of final goods",
    printed=r"\text{the value of all exports of } X \text{ of one country rises when } \tau_I \text{ falls}",
)
def _aggregate(statement: Prop) -> Finding:
    d = with_exports(balance(EXPORTS_RESPONSE))
    failing = with_exports({}, *DOMAIN)
    at = witness(failing, BUNCHED, economy(BUNCHED, 2, 3, 2))
    reason = (
        "For a general distribution the response has either sign: firms that begin to offshore take spending from all "
        "others, exporters included. Exports rise exactly where incumbents, new exporters and the sales of firms that "
        "leave outweigh this. In the example two thirds of all draws lie around the offshoring "
        "cutoff, and exports fall (their elasticity with respect to the cost is 0.12)."
    )
    return EXPORTS_RESPONSE.under(d, statement, (failing, at), reason, (h.dexports, *USING))


def _imports(*definitions: tuple[sp.Symbol, sp.Expr]) -> Derivation:
    d = goods_market(*definitions)
    densities(d)
    return d


@section("4.2").result(
    "kz.R.3.cif",
    lt(total(imports_cif, m.tau_I), 0),
    title="imports of intermediates, c.i.f.",
    printed=r"\text{imports of intermediates at } p_I^{off} \text{ rise when } \tau_I \text{ falls}",
)
def _cif(statement: Prop) -> Finding:
    d = _imports((imports_cif, m.p_I_off * ARRIVING))
    solve_imports(d)
    moved(d, m.tau_I, imports_cif)
    by_terms = falls(d, imports_cif, imports_fall())
    says = "So imports rise when the cost falls, for every distribution, as home sourcers lose sales:"
    return proved(d, statement, by_terms, says)


@section("4.2").result(
    "kz.R.3.fob",
    And((eq(imports_fob, imports_cif), lt(total(imports_fob, m.tau_I), 0))),
    title="imports of intermediates, f.o.b.",
    printed=r"\text{what } W \text{ ships, at } p_I^w, \text{ and exports of } Y \text{ in return rise "
    r"when } \tau_I "
    r"\text{ falls}",
)
def _fob(statement: Prop) -> Finding:
    shipped = m.p_I_w * m.tau_I * ARRIVING
    d = _imports((imports_cif, m.p_I_off * ARRIVING), (imports_fob, shipped))
    solve_imports(d)
    says = "W ships tau_I units for one that arrives; at its own price they are worth what arrives at the c.i.f. price:"
    same_step = d.step(h.same, eq(imports_fob, imports_cif), says, identically=True)
    level = m.alpha * m.rho * X_SPENDING * OFFSHORED / SALES
    d.step(h.imports_fob, eq(imports_fob, level), "So", identically=True)
    moved(d, m.tau_I, imports_fob)
    by_terms = falls(d, imports_fob, imports_fall())
    says = "With balanced trade of W, the value of Y that pays for them rises as much:"
    return proved(d, statement, split(by(same_step), by_terms), says)


@section("4.2").result(
    "kz.R.3.quantity",
    lt(total(I_off, m.tau_I), 0),
    title="imports of intermediates, in units",
    printed=r"\text{the units of intermediates that arrive rise when } \tau_I \text{ falls}",
)
def _quantity(statement: Prop) -> Finding:
    d = _imports((I_off, ARRIVING))
    price = m.tau_I * m.phi_Y_w / m.phi_I_w
    level = m.alpha * m.rho * X_SPENDING * OFFSHORED / SALES
    d.step(h.price, eq(m.p_I_off, price), "A unit costs", identically=True)
    d.recall(h.I_off_def, "Firms that offshore spend on inputs a share alpha of variable cost, rho times revenue:")
    solved(d, h.value, eq(m.p_I_off * I_off, level), "In value, arrivals are", h.I_off_def)
    d.step(h.I_off, eq(I_off, level / price), "and in units", identically=True)
    moved(d, m.tau_I, I_off)
    terms = {name: term / price for name, term in imports_fall().items()}
    by_terms = above_one(combine(charted(terms), h.dI_off, *USING))
    says = "They rise by more than their value when the cost falls, since each unit costs less:"
    return proved(d, statement, by_terms, says)


@section("4.2").result(
    "kz.R.3.labour",
    And((gt(total(L_I, m.tau_I), 0), lt(total(L_Y, m.tau_I), 0), eq(total(L_Y, m.tau_I), -total(L_I, m.tau_I)))),
    title="labour in intermediates and in Y",
    printed=r"\text{labour moves from } I \text{ to } Y \text{ when } \tau_I \text{ falls}",
)
def _labour(statement: Prop) -> Finding:
    """Only L_I and L_Y move: production, fixed and entry labour of the differentiated sector is a constant share."""
    rest = m.L - L_I - L_X - L_e
    d = _imports((L_I, HOME_SOURCED / m.phi_I), (L_X, VARIABLE_LABOUR + FIXED_LABOUR), (L_e, M_e * m.f_e), (L_Y, rest))
    account(d, L_I, m.alpha * m.rho * m.beta * m.L * HOME_GAP / SALES, "Labour in intermediates is")
    excess = d.context.hypotheses[h.free_entry].lhs  # type: ignore[union-attr]
    d.step(h.f_e, eq(m.f_e, excess), "The cost of entry is", identically=True)
    constant = m.beta * m.L * ((1 - m.alpha) * m.rho + 1 / m.sigma)
    says = "Production takes a constant share of revenue, and profits, which entry exhausts, another:"
    d.recall(h.L_X_def, "Labour in the differentiated sector, for production and fixed costs, is")
    solved(d, h.L_X_plus_L_e, eq(L_X + L_e, constant), says, h.L_X_def, h.L_e_def, h.bracket, h.f_e, h.f_I, h.f_ex)
    home = m.L - constant - m.alpha * m.rho * m.beta * m.L * HOME_GAP / SALES
    says = "Labour moves one for one between intermediates and the homogeneous good:"
    d.step(h.L_Y, eq(L_Y, home), says, identically=True)
    moved(d, m.tau_I, L_I, L_Y)
    terms = {name: term / m.phi_Y for name, term in imports_fall().items()}
    more, less = (above_one(combine(charted(terms), slope_step(symbol), *USING)) for symbol in (L_I, L_Y))
    says = "When the cost falls, labour leaves intermediates for the homogeneous good:"
    return proved(d, statement, split(more, less, identity(h.dL_Y, h.dL_I)), says)


_R2 = (_intensive, _extensive, _aggregate)

_R3 = (
    _cif,
    _fob,
    _quantity,
    _labour,
    imports_stay,
)


CLAIMS = (
    section("4.2").row(
        "result",
        "kz.R.2",
        r"\text{a marginal fall of } \tau_I \text{ fosters intra-industry trade at the intensive and at the "
        r"extensive margin}",
        parts=_R2,
        title="export magnification",
    ),
    section("4.2").row(
        "result",
        "kz.R.3",
        r"\text{a marginal fall of } \tau_I \text{ intensifies inter-industry trade}",
        parts=_R3,
        title="trade in intermediates",
    ),
)
