"""Section 4.2 and the abstract: margins of exports, and the share of intermediates in trade.

Refuted: that the share of intermediates in total trade stays as it is; for Pareto distributions it rises whenever
offshoring gets cheaper. Open to either side: the mass of exporters, the larger of the two margins, and that share.
"""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from symhet.algebra.total import total
from symhet.claims import Finding, Severity, ambiguous, beside_print, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import FOREIGN, SALES, T_EX, T_OFF, account, goods_market
from symhet.papers.kz.comparative import CUTOFFS, slope_step
from symhet.papers.kz.economies import economy, law, witness
from symhet.papers.kz.equilibrium import EVEN
from symhet.papers.kz.facts import PRICES, SPARE_L, SPARE_S
from symhet.papers.kz.flows import (
    ARRIVING,
    EXPORTS,
    PARETO,
    USING,
    densities,
    falls,
    imports_fall,
    moved,
    solve_exports,
    solve_imports,
)
from symhet.papers.kz.groups import S_EX
from symhet.papers.kz.importance import SCALED, share
from symhet.papers.kz.notation import M_e, M_ex, phi
from symhet.papers.kz.responses import EXPORTS as EXPORTS_RESPONSE
from symhet.papers.kz.responses import IM_SHARE, balance
from symhet.papers.kz.sources import PAPER, section
from symhet.papers.kz.symbols import c_firm, c_home, c_other, exports, im_share, imports_cif, other_phi, theta
from symhet.papers.kz.terms import efficiency
from symhet.papers.kz.trade import BUNCHED, DOMAIN
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers.tactics import by, chart, combine, identity, implicit, sign, split
from symhet.render.stating import Place
from symhet.steps import Step

ABSTRACT = Place(f"{PAPER}, abstract")
HALF = sp.Rational(1, 2)
CROWDED = law(("1/2", "29/10", "31/10", 5), (1, 4, 1))
"""Two thirds of all firms around productivity three, where the marginal exporter stands."""


def _exporters() -> Finding:
    d = goods_market((M_ex, M_e * S_EX), names=DOMAIN)
    level = m.beta * m.L * m.phi_min**m.k / (m.sigma * m.f_p * SALES) * S_EX
    account(d, M_ex, level, "The mass of exporters of one economy is")
    moved(d, m.tau_I, M_ex)
    points = (witness(d, BUNCHED, economy(BUNCHED, 2, 3, 2)), witness(d, CROWDED, economy(CROWDED, 2, 3, 2)))
    statements = (lt(total(M_ex, m.tau_I), 0), gt(total(M_ex, m.tau_I), 0))
    reason = (
        "In one exact economy, with many firms at the offshoring cutoff, the mass of exporters falls when tau_I falls "
        "(elasticity 0.195); in another, with many at the export cutoff, it rises (elasticity -0.056)."
    )
    return ambiguous(d, statements, points, reason, (h.dM_ex, *USING[:4]))


def _larger_margin() -> Finding:
    d = Derivation(m.offshoring_first().whole_domain(*PRICES, *CUTOFFS, h.support))
    part = share(SCALED, m.k, m.phi_ex)
    points = witness(d, BUNCHED, economy(BUNCHED, 2, 3, 2)), witness(d, CROWDED, economy(CROWDED, 2, 3, 2))
    reason = (
        "The part of incumbents in the response of exports to the export cutoff is 0.712 in one exact economy and "
        "0.117 in another, where many firms stand at the export cutoff."
    )
    return ambiguous(d, (lt(part, HALF), gt(part, HALF)), points, reason)


SAME = eq(total(c_firm, m.tau_I) / c_firm, total(c_other, m.tau_I) / c_other)


@section("4.2").claim(
    "kz.competitiveness",
    And((SAME, gt(total(c_firm, m.tau_I), 0), eq(total(c_home, m.tau_I), 0))),
    title="relative prices of exporters",
    printed=r"\text{exporters gain a competitive edge over firms that do not offshore; price competitiveness vis-a-vis "
    r"competing exporters does not improve}",
)
def _competitiveness(conclusion: Prop) -> Finding:
    """Costs of all offshorers move alike, here or abroad; those of home sourcers do not move."""
    units: dict[Step, Prop] = {
        name: eq(symbol, m.w ** (1 - m.alpha) / efficiency(x, paid))
        for name, symbol, x, paid in (
            (h.unit_cost, c_firm, phi, m.p_I_off),
            (h.other_cost, c_other, other_phi, m.p_I_off),
            (h.home_cost, c_home, phi, m.p_I_d),
        )
    }
    facts = {**m.offshoring_first().context(h.p_I_off).hypotheses, **units}
    system = (h.p_I_off, *units)
    d = Derivation(Context(facts, frozenset(system), frozenset({m.p_I_off, c_firm, c_other, c_home})))
    d.recall(
        h.unit_cost, "Prices are unit costs times the mark-up and, abroad, the trade cost. A unit costs an offshorer"
    )
    d.recall(h.other_cost, "and another one, in whatever country,")
    d.recall(h.home_cost, "and a firm that sources at home")
    rates = {c_firm: m.alpha / m.tau_I, c_other: m.alpha / m.tau_I, c_home: sp.S.Zero}
    values = {m.p_I_off: m.p_I_off / m.tau_I, **{symbol: symbol * rate for symbol, rate in rates.items()}}
    for symbol in rates:
        moves = eq(total(symbol, m.tau_I), values[symbol])
        d.step(slope_step(symbol), moves, "which moves by", by=implicit(values, m.tau_I, system))
    says = "So the relative prices of offshorers stay as they are, and they gain only on firms that source at home:"
    tactic = split(identity(h.dc_firm, h.dc_other), sign(h.dc_firm), by(h.dc_home))
    return proved(d, conclusion, tactic, says)


def _share(conditions: Mapping[Step, Prop], *names: Step) -> Derivation:
    accounts = (
        (exports, EXPORTS),
        (imports_cif, m.p_I_off * ARRIVING),
        (im_share, imports_cif / (exports + imports_cif)),
    )
    d = goods_market(*accounts, names=names, conditions=conditions)
    solve_exports(d)
    solve_imports(d)
    part = m.alpha * m.rho
    level = part * (T_OFF + FOREIGN * T_EX) / (part * T_OFF + (1 + part) * FOREIGN * T_EX)
    account(d, im_share, level, "The share of intermediates in both is", h.exports, h.imports_cif)
    says = "Trade is positive:"
    traded = part * T_OFF + (1 + part) * FOREIGN * T_EX
    d.step(h.traded_above_0, gt(traded, 0), says)
    moved(d, m.tau_I, im_share)
    return d


@ABSTRACT.claim(
    "kz.share.stable",
    eq(total(im_share, m.tau_I), 0),
    title="share of intermediates, constant",
    printed=r"\text{the share of intermediates in trade stays the same}",
)
def _not_stable(constant: Prop) -> Finding:
    failing = _share({}, *DOMAIN)
    at_even = witness(failing, EVEN, economy(EVEN, 2, 3, 4))
    reason = (
        "The mechanism does not keep the share where it is: it rises when tau_I falls exactly under the condition "
        "derived. In the example its elasticity with respect to tau_I is -0.012."
    )
    using = (h.dim_share, *USING[:4])
    exactly = IM_SHARE.exactly(_share({}), IM_SHARE.exact)
    return refuted(failing, constant, at_even, reason, using=using, corrected=exactly, severity=Severity.READING)


def _either_way() -> Finding:
    d = _share({}, *DOMAIN)
    points = witness(d, CROWDED, economy(CROWDED, 2, 3, 4)), witness(d, EVEN, economy(EVEN, 2, 3, 4))
    statements = (lt(total(im_share, m.tau_I), 0), gt(total(im_share, m.tau_I), 0))
    reason = (
        "In one exact economy, with many firms at the export cutoff, the share falls when tau_I falls (elasticity "
        "0.005); in another, nearly uniform, it rises (elasticity -0.012)."
    )
    return ambiguous(d, statements, points, reason, (h.dim_share, *USING[:4]))


@beside_print
@ABSTRACT.claim(
    "kz.share.pareto",
    IM_SHARE.falls,
    title="share of intermediates, Pareto",
    printed=r"\text{for Pareto, the share of intermediates rises when } \tau_I "
    r"\text{ falls}",
)
def _rises_for_pareto(statement: Prop) -> Finding:
    d = _share(PARETO)
    IM_SHARE.derive(d)
    spare = sp.Symbol("t", positive=True)
    replaced = {theta: spare + SPARE_S, m.sigma: 1 + SPARE_S, m.Lambda: 1 + SPARE_L}
    coordinates = {spare: theta - m.k, SPARE_S: m.k, SPARE_L: m.Lambda - 1}
    tails = [name for name in PARETO if name != h.finite_moment]
    says = "So the share rises when the cost falls, for every Pareto distribution:"
    return proved(d, statement, chart(coordinates, replaced, combine({}, h.response, *tails)), says)


BOTH_RISE = And((lt(total(exports, m.tau_I), 0), lt(total(imports_cif, m.tau_I), 0)))
"""Both flows of trade rise when tau_I falls."""


def _parallel(statement: Prop) -> Finding:
    def both_flows(conditions: Mapping[Step, Prop], *names: Step) -> Derivation:
        flows = ((exports, EXPORTS), (imports_cif, m.p_I_off * ARRIVING))
        d = goods_market(*flows, names=names, conditions=conditions)
        solve_exports(d)
        solve_imports(d)
        moved(d, m.tau_I, exports, imports_cif)
        return d

    conditions = balance(EXPORTS_RESPONSE)
    d = both_flows(conditions)
    densities(d)
    imports_rise = falls(d, imports_cif, imports_fall())
    EXPORTS_RESPONSE.derive(d)
    says = "So both flows rise when the cost falls:"
    holding = proved(d, statement, split(EXPORTS_RESPONSE.signed(), imports_rise), says)
    failing = both_flows({}, *DOMAIN)
    at_bunched = witness(failing, BUNCHED, economy(BUNCHED, 2, 3, 2))
    reason = (
        "Imports of intermediates rise for every distribution, exports of final goods only under the condition of "
        "R.2.aggregate: where they fall, trade in intermediates grows and trade in final goods shrinks."
    )
    return proved_with(
        holding,
        tuple(conditions.items()),
        failing,
        at_bunched,
        reason,
        using=(h.dexports, h.dimports_cif, *USING),
        severity=Severity.SUBSTANCE,
        root="kz.R.2.aggregate",
    )


CLAIMS = (
    section("4.2, footnote 4").row(
        "claim",
        "kz.exporters-mass",
        r"\text{we cannot pin down the overall mass of new exporters without restrictions on the distribution}",
        _exporters,
        title="mass of exporters",
    ),
    section("4.2").row(
        "claim",
        "kz.margins",
        r"\text{we cannot pinpoint the magnitude of the contributions of the intensive and the extensive margin}",
        _larger_margin,
        title="the larger of the two margins",
    ),
    _competitiveness,
    section("4.2").stated(
        "claim",
        "kz.parallel",
        BOTH_RISE,
        _parallel,
        title="both flows of trade",
        printed=r"\text{trade in intermediates increases in parallel to trade in final goods}",
    ),
    section("4.4").stated(
        "claim",
        "kz.simultaneous",
        BOTH_RISE,
        _parallel,
        title="variable and fixed costs that fall together",
        printed=r"\text{if } f_I \text{ and } \tau_I \text{ fall together, the fall of } \tau_I \text{ unequivocally "
        r"stimulates trade in final goods and trade in intermediates}",
    ),
    ABSTRACT.row(
        "claim",
        "kz.share",
        r"\text{the mechanism is consistent with a broadly stable share of intermediate goods in trade}",
        parts=(
            _not_stable,
            beside_print(
                ABSTRACT.row(
                    "claim",
                    "kz.share.open",
                    r"\text{the share of intermediates in trade can move either way}",
                    _either_way,
                    title="share of intermediates, either sign",
                )
            ),
            _rises_for_pareto,
        ),
        title="share of intermediates in trade",
    ),
)
