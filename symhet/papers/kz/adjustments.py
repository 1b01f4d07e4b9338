"""Sections 4.1 and 4.3: curves that shift, prices that fall, and who gains when offshoring gets cheaper.

Proved: free entry stays where it is and zero cutoff profit shifts up; incumbent offshorers gain; of the firms that
switch to foreign intermediates the most productive gain and the least productive lose, whatever the distribution.
"""

from __future__ import annotations

from symhet.algebra.tails import Survival
from symhet.algebra.total import total
from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.choices import OFFSHORERS, who_offshores
from symhet.papers.kz.comparative import weight
from symhet.papers.kz.facts import PRICES, RELATIVE_PRICE, SPARE_S, above_one, elastic, offshoring_gains
from symhet.papers.kz.notation import phi, pi_d, pi_ex, pi_off
from symhet.papers.kz.revenues import offshorers, rises_for_offshorers, switchers
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import c_firm, i_firm, pi_fe, pi_zcp, r_H_d, r_H_off
from symhet.papers.kz.terms import efficiency, markup_price
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers.tactics import Tactic, by, combine, identity, sign, split

EXPECTED = m.offshoring_first().conditions[h.free_entry].lhs


@section("4.1").claim(
    "kz.curves",
    And((eq(total(pi_fe, m.tau_I), 0), lt(total(pi_zcp, m.tau_I), 0))),
    title="free entry and zero cutoff profit",
    printed=r"\text{the FE condition (18) remains unaffected by the change in } \tau_I\text{, the ZCP condition (19) "
    r"shifts to the right}",
)
def _curves(conclusion: Prop) -> Finding:
    """At a given lowest cutoff free entry does not contain tau_I, and average profit falls in it."""
    model = m.offshoring_first()
    known = model.context(*PRICES, h.A_1, h.cutoff_off, h.cutoff_ex)
    curves = {
        h.FE: eq(pi_fe, m.f_e * m.phi_Y / Survival(m.phi_min)),
        h.ZCP: eq(pi_zcp, m.phi_Y * EXPECTED / Survival(m.phi_min)),
    }
    endogenous = (known.endogenous | {pi_fe, pi_zcp}) - {m.phi_min}
    d = Derivation(m.presuming(Context({**known.hypotheses, **curves}, known.system | frozenset(curves), endogenous)))
    offshoring_gains(d)
    gain = eq(m.Lambda, RELATIVE_PRICE ** (-m.alpha * m.k))
    says = "In terms of technology and trade costs the offshoring factor is"
    d.step(h.gain, gain, says, identically=True)
    d.recall(h.FE, "At a given cutoff of production free entry (18) asks for")
    dFE = d.step(h.dFE, eq(total(pi_fe, m.tau_I), 0), "which does not move:")
    d.recall(h.ZCP, "while average profit (19) is, with the other cutoffs from (12) and (14),")
    direct = {m.phi_off: m.alpha * m.Lambda / (m.Lambda - 1), m.phi_ex: m.alpha}
    rate = -m.k * m.phi_Y / (m.tau_I * Survival(m.phi_min)) * sum(weight(x) * shift for x, shift in direct.items())
    says = "It moves by what firms gain that offshore or export; firms at the cutoffs add nothing:"
    dZCP = d.step(h.dZCP, eq(total(pi_zcp, m.tau_I), rate), says)
    says = "So a lower cost shifts zero cutoff profit up, and its crossing with free entry to the right:"
    return proved(d, conclusion, split(by(dFE), above_one(sign(dZCP))), says)


OLD, NEW = (markup_price(efficiency(phi, price)) for price in (m.p_I_d, m.p_I_off))


@section("4.1").claim(
    "kz.prices-fall",
    And((gt(total(c_firm, m.tau_I), 0), lt(NEW, OLD))),
    title="prices of offshorers",
    printed=r"\text{the decrease in input costs of incumbent and new offshoring firms translates into lower prices}",
)
def _prices_fall(statement: Prop) -> Finding:
    """Incumbent offshorers pay less, and so do firms that switch: the prices of both fall."""
    model = m.offshoring_first()
    known = model.context(*PRICES, h.A_1)
    unit = {h.unit_cost: eq(c_firm, m.phi_Y ** (1 - m.alpha) * m.p_I_off**m.alpha / phi)}
    d = Derivation(Context({**known.hypotheses, **unit}, frozenset({h.p_I_off, *unit}), frozenset({m.p_I_off, c_firm})))
    offshoring_gains(d)
    d.recall(h.unit_cost, "A unit costs an offshorer")
    values = {m.p_I_off: m.p_I_off / m.tau_I, c_firm: m.alpha * c_firm / m.tau_I}
    dc = d.step(h.dc, eq(total(c_firm, m.tau_I), values[c_firm]), "which moves by")
    gain_step = d.step(h.gain, gt((m.p_I_d / m.p_I_off) ** m.alpha, 1), "Foreign intermediates are cheaper, so that")
    switch = elastic(combine({gain_step: NEW.xreplace({m.k + 1: 1 + SPARE_S})}))
    says = "So prices fall, which are cost times the mark-up, of incumbents and of those that switch:"
    return proved(d, statement, split(sign(dc), switch), says)


def _incumbents(d: Derivation, statement: Prop, tactic: Tactic) -> Finding:
    return proved(d, statement, tactic, "So this rises for incumbent offshorers when the cost falls:")


@section("4.3").claim(
    "kz.incumbents.profits",
    And((lt(total(pi_off, m.tau_I), 0), lt(total(pi_ex, m.tau_I), 0))),
    title="profits of incumbent offshorers",
    printed=r"\text{all incumbent offshoring firms unequivocally benefit from lower offshoring costs}",
)
def _profits_of_incumbents(statement: Prop) -> Finding:
    d = offshorers(pi_off, pi_ex)
    return _incumbents(d, statement, split(*map(rises_for_offshorers, (pi_off, pi_ex))))


@section("4.2").claim(
    "kz.incumbents.imports",
    lt(total(i_firm, m.tau_I), 0),
    title="imports of incumbent exporters",
    printed=r"\text{the more productive firms, which increase their foreign sales, demand additional imported "
    r"intermediates}",
)
def _imports_of_incumbents(statement: Prop) -> Finding:
    return _incumbents(offshorers(i_firm), statement, rises_for_offshorers(i_firm))


SAME = eq(pi_off, pi_d)


@section("4.3").claim(
    "kz.switchers.profits",
    And((SAME, lt(total(pi_off, m.tau_I), 0), gt(total(pi_d, m.tau_I), 0))),
    title="profits of firms that switch",
    printed=r"\text{it is unclear whether the firms switching to foreign sourcing see their profits rise or fall}",
)
def _profits_of_switchers(conclusion: Prop) -> Finding:
    """The firm at the old cutoff gains, the one at the new cutoff loses: before and after, each is indifferent."""
    d = switchers(pi_off, pi_d)
    says = "A firm at the offshoring cutoff is indifferent. As an offshorer it gains when the cost falls,"
    gains = rises_for_offshorers(pi_off)
    gains_step = d.step(h.gains, lt(total(pi_off, m.tau_I), 0), says, by=gains)
    says = "and with domestic intermediates it loses:"
    loses = d.step(h.loses, gt(total(pi_d, m.tau_I), 0), says)
    says = (
        "So of the firms that switch when the cost falls, those near the old cutoff gain, as incumbents do, and those "
        "near the new cutoff, which are indifferent afterwards, have lost:"
    )
    tactic = split(above_one(identity(h.pi_off, h.pi_d, h.at_off, h.f_I)), by(gains_step), by(loses))
    return proved(d, conclusion, tactic, says)


@section("4.3").claim(
    "kz.switchers.revenue",
    lt(r_H_d, r_H_off),
    title="revenue of firms that switch",
    printed=r"\text{the domestic revenues of firms switching to foreign sourcing rise}",
)
def _revenue_of_switchers(statement: Prop) -> Finding:
    d = switchers(r_H_off, r_H_d)
    more = above_one(combine({}, h.r_H_off, h.r_H_d))
    says = "So a firm that switches sells more at home than it would with domestic intermediates:"
    return proved(d, statement, more, says)


CLAIMS = (
    _curves,
    _prices_fall,
    section("4.3").row(
        "claim",
        "kz.incumbents",
        r"\text{all incumbent offshoring firms benefit from lower offshoring costs, and demand more intermediates}",
        parts=(
            _profits_of_incumbents,
            _imports_of_incumbents,
        ),
        title="incumbent offshorers",
    ),
    section("4.3").row(
        "claim",
        "kz.switchers",
        r"\text{firms that switch to foreign sourcing see their domestic revenues rise; whether their profits rise or "
        r"fall is unclear, but they are higher than if they refrained}",
        parts=(
            _revenue_of_switchers,
            _profits_of_switchers,
            section("4.3").stated(
                "claim",
                "kz.switchers.choice",
                OFFSHORERS,
                who_offshores,
                title="choice of firms that switch",
                printed=r"\text{each new offshoring firm realizes higher profits than if it refrained from offshoring}",
            ),
        ),
        title="firms that switch to foreign intermediates",
    ),
)
