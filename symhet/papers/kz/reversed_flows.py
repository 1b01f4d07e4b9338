"""Section 4.2: exports and imports of all firms where only exporters offshore, when offshoring gets cheaper.

Proved for every distribution: imports of intermediates rise. Exports rise for Pareto distributions, and in general
exactly under a condition: the least productive exporters leave the market, and where they are many exports fall.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Finding, Witness, beside_print, proved
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import DEMAND, FOREIGN_COST, MARGINAL_INDEX, account, entrants, price_index
from symhet.papers.kz.comparative import follows, slope_step
from symhet.papers.kz.economies import Number, complete, law, with_free_entry
from symhet.papers.kz.facts import SPARE_L, SPARE_S, above_one
from symhet.papers.kz.flows import PARETO, X_SPENDING, charted, pareto_densities
from symhet.papers.kz.notation import M_e
from symhet.papers.kz.points import EXAMPLE
from symhet.papers.kz.regimes import REACH, TAILS, although_a_3_holds, cutoffs, free_entry, order
from symhet.papers.kz.responses import Response, at, balance
from symhet.papers.kz.reversed_statics import (
    BRACKET,
    SALES,
    compared,
    exports_reversed,
    fixed_cost_reversed,
    moves_reversed,
    offshoring_cost_reversed,
    priced,
    start_reversed,
)
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import exports, imports_cif, theta
from symhet.propositions import Prop, eq, lt
from symhet.provers.tactics import chart, combine, fact
from symhet.steps import Step
from symhet.valuation import PiecewiseUniform


def economy(distribution: PiecewiseUniform, ex: Number, off: Number, gain: Number) -> dict[sp.Symbol, sp.Expr]:
    """Return parameters and cutoffs of an economy whose lowest cutoff is one.

    Parameters
    ----------
    distribution : PiecewiseUniform
        Productivity.
    ex, off : int or str
        Cutoffs of exporting and of offshoring, rational, increasing from one.
    gain : int or str
        Offshoring factor Lambda, rational, above one.
    """
    factor, first, second = map(sp.Rational, (gain, ex, off))
    point: dict[sp.Symbol, sp.Expr] = {**EXAMPLE, m.phi_I_w: sp.Rational(5, 8) * factor}
    point |= {m.phi_min: sp.Integer(1), m.phi_ex: first, m.phi_off: second}
    power = point[m.sigma] - 1
    reach = 1 + point[m.n] / point[m.tau] ** power
    point[m.f_ex] = point[m.f_p] * (first / point[m.tau]) ** power
    point[m.f_I] = point[m.f_p] * (factor - 1) * reach * second**power
    return with_free_entry(distribution, point)


def witness(d: Derivation, distribution: PiecewiseUniform, point: Mapping[sp.Symbol, sp.Expr]) -> Witness:
    """Return the economy with its price index, mass of entrants, and every account that a derivation starts from."""
    return complete(d, distribution, point, ((m.P_X, MARGINAL_INDEX), (M_e, m.P_X ** (1 - m.sigma) / BRACKET)))


FOREIGN = m.n * m.tau**-m.k
HOME_TAIL, EX_TAIL, OFF_TAIL = (TAILS[x] for x in (m.phi_min, m.phi_ex, m.phi_off))
SOLD_ABROAD = EX_TAIL + (m.Lambda - 1) * OFF_TAIL
"""Sales of all exporters in one market abroad, times tau**(sigma-1), in the units of `SALES`."""
SOLD_HOME = HOME_TAIL + (m.Lambda - 1) * OFF_TAIL
_JOINING = HOME_TAIL + FOREIGN * EX_TAIL

EXPORTS = m.n * M_e * m.tau ** (1 - m.sigma) * DEMAND * priced(m.phi_ex)
"""Sales abroad of all exporters, of which the less productive source at home."""
IMPORTS = m.alpha * m.rho * M_e * DEMAND * REACH * FOREIGN_COST ** (1 - m.sigma) * OFF_TAIL
"""What all offshorers, who export, pay for intermediates."""

RESPONSE = Response(
    exports,
    m.tau_I,
    (HOME_TAIL - EX_TAIL) * (at(m.phi_off) * _JOINING + m.k * OFF_TAIL * SALES)
    + REACH * OFF_TAIL * SOLD_ABROAD * at(m.phi_min),
    REACH * OFF_TAIL * SOLD_HOME * at(m.phi_ex),
    X_SPENDING * FOREIGN * m.alpha * m.Lambda / (m.tau_I * SALES**3),
    (h.dphi_min, h.dphi_ex, h.dphi_off, h.dLambda, h.f_I, h.f_ex),
)
"""Exports and the cost of trading intermediates: only exporters at the cutoff, who leave, reduce them."""

CROWDED = law(("1/2", "29/10", "31/10", 8), (1, 4, 1))
"""Two thirds of all firms around productivity three, where the marginal exporter stands."""


def _flows(
    given: Mapping[sp.Symbol, sp.Expr], conditions: Mapping[Step, Prop] | None = None, *names: Step
) -> Derivation:
    d = start_reversed(given, conditions, *names)
    price_index(d)
    entrants(d, BRACKET, SALES)
    return d


def _moved(d: Derivation, flow: sp.Symbol) -> None:
    compared(d)
    values = moves_reversed(d, m.tau_I, m.phi_min, m.phi_ex, m.phi_off)
    gain = eq(total(m.Lambda, m.tau_I), values[m.Lambda])
    d.step(slope_step(m.Lambda), gain, "The offshoring factor falls:")
    follows(d, flow, h.of(flow), m.tau_I, "By the chain rule, with the densities at the cutoffs,")


def _all_exports(conditions: Mapping[Step, Prop] | None = None, *names: Step) -> Derivation:
    d = _flows({exports: EXPORTS}, conditions, *names)
    level = X_SPENDING * FOREIGN * SOLD_ABROAD / SALES
    account(d, exports, level, "Exports are spending times the share of sales abroad in all sales:")
    _moved(d, exports)
    return d


@beside_print
@section("4.2").remark(
    "kz.A3-violated.aggregate.exactly",
    RESPONSE.exact,
    title="all exports where only exporters offshore, exact condition",
    printed=r"\text{if only exporters offshore, all exports rise exactly under the condition found}",
)
def _exactly(statement: Prop) -> Finding:
    return RESPONSE.exactly(_all_exports(), statement)


@beside_print
@section("4.2").remark(
    "kz.A3-violated.aggregate.pareto",
    RESPONSE.falls,
    title="all exports where only exporters offshore, Pareto",
    printed=r"\text{if only exporters offshore, all exports rise for every Pareto distribution}",
)
def _pareto(statement: Prop) -> Finding:
    d = _all_exports(PARETO)
    RESPONSE.derive(d)
    spare = sp.Symbol("t", positive=True)
    replaced = {theta: spare + SPARE_S, m.sigma: 1 + SPARE_S, m.Lambda: 1 + SPARE_L}
    more = OFF_TAIL * ((theta - m.k) * (_JOINING + REACH * (m.Lambda - 1) * OFF_TAIL) + m.k * SALES)
    terms = {h.T_phi_ex_falls: (RESPONSE.scale * more).xreplace(replaced)}
    coordinates = {spare: theta - m.k, SPARE_S: m.k, SPARE_L: m.Lambda - 1}
    densities = pareto_densities(d, TAILS)
    falls = chart(coordinates, replaced, combine(terms, h.response, *densities))
    return proved(d, statement, falls, "So exports rise when the cost falls:")


@section("4.2").remark(
    "kz.A3-violated.aggregate",
    RESPONSE.falls,
    (_exactly, _pareto),
    title="all exports where only exporters offshore",
    printed=r"\text{the rise of the export cut-off is counterbalanced by the increase in exports of the more "
    r"productive exporters}",
)
def _aggregate(statement: Prop) -> Finding:
    d = _all_exports(balance(RESPONSE))
    domain = [name for name in m.offshoring_first().domain.hypotheses() if not name.startswith(("A.2", "A.3"))]
    failing = _all_exports(None, *domain)
    at_crowd = witness(failing, CROWDED, economy(CROWDED, 3, 4, 2))
    reason = (
        "The least productive exporters leave when offshoring gets cheaper (A3-violated.tau_I-ex). Where they are many "
        "exports of all firms can fall: in the example their elasticity with respect to tau_I is 1.54."
    )
    return RESPONSE.under(d, statement, (failing, at_crowd), reason, (h.dexports, *RESPONSE.using))


@section("4.2").remark(
    "kz.A3-violated.imports",
    lt(total(imports_cif, m.tau_I), 0),
    title="imports where only exporters offshore",
    printed=r"\text{if only exporters offshore, inter-industry trade is boosted by increased demand for "
    r"intermediates}",
)
def _imports(statement: Prop) -> Finding:
    d = _flows({imports_cif: IMPORTS})
    level = m.alpha * m.rho * X_SPENDING * m.Lambda * REACH * OFF_TAIL / SALES
    account(d, imports_cif, level, "Imports are proportional to the share of offshorers in all sales:")
    _moved(d, imports_cif)
    for x in (m.phi_min, m.phi_ex, m.phi_off):
        weak = fact("density_not_negative", x)
        d.step(h.g_in(x), weak, "Densities are not negative:")
    scale = m.alpha * m.rho * X_SPENDING * REACH * m.alpha * m.Lambda / (m.tau_I * SALES**3)
    fixed = m.k * OFF_TAIL * SALES
    lost = OFF_TAIL**2 * m.Lambda * REACH
    terms = {
        h.T_phi_ex_falls: scale * fixed,
        h.T_phi_off_falls: scale * fixed * REACH,
        h.g_in(m.phi_off): scale * m.Lambda / (m.Lambda - 1) * _JOINING**2 * m.phi_off**m.sigma,
        h.g_in(m.phi_min): scale * lost * m.phi_min**m.sigma,
        h.g_in(m.phi_ex): scale * lost * FOREIGN * m.phi_ex**m.sigma,
    }
    falls = above_one(combine(charted(terms), h.dimports_cif, *RESPONSE.using))
    says = "So imports rise when the cost falls, for every distribution:"
    return proved(d, statement, falls, says)


CLAIMS = (
    section("4.2").row(
        "remark",
        "kz.A3-violated",
        r"\text{if only exporters offshore, lower } \tau_I \text{ still reallocates to the more productive, but raises "
        r"the export cutoff; lower } f_I \text{ does too; exports of the most productive rise}",
        parts=(
            cutoffs,
            order,
            although_a_3_holds,
            free_entry,
            offshoring_cost_reversed,
            fixed_cost_reversed,
            exports_reversed,
            _aggregate,
            _imports,
        ),
        title="only exporters offshore",
    ),
)
