"""Appendix C: free entry in group averages, in U and V, and in j."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import sympy as sp

from symhet.algebra.tails import Survival, TailMoment
from symhet.claims import Finding, Severity, Witness, beside_print, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.economies import economy, law, witness
from symhet.papers.kz.facts import PRICES, SPARE_S, elastic
from symhet.papers.kz.flows import charted
from symhet.papers.kz.groups import AVERAGES, ORDER, POWER_ALL, S_EX, S_MIN, S_OFF, groups_exist, over_firms
from symhet.papers.kz.notation import mean_d, mean_ex, mean_off, pi_bar
from symhet.papers.kz.points import CUTOFFS
from symhet.papers.kz.sources import appendix
from symhet.papers.kz.strategies import ABROAD, INDIFFERENCE
from symhet.papers.kz.symbols import mean_above, own, sales_above
from symhet.papers.kz.terms import efficiency, having, revenue
from symhet.propositions import Prop, Rel, eq
from symhet.provers.tactics import linear
from symhet.steps import Step

UNIT_D, UNIT_OFF = (revenue(efficiency(sp.Integer(1), price)) / m.sigma for price in (m.p_I_d, m.p_I_off))
"""Variable profit at home of a firm of productivity one."""
FREE_ENTRY = m.offshoring_first().conditions[h.free_entry]
NOTHING = sp.Integer(0)
DOMAIN = tuple(m.offshoring_first().domain.hypotheses())
EVEN = law(("1/2", 4), (1,))

PROFITS = (
    over_firms(UNIT_D, -m.f_p * m.w, m.phi_min, m.phi_off),
    over_firms(UNIT_OFF, -(m.f_p + m.f_I) * m.w, m.phi_off, m.phi_ex),
    over_firms(ABROAD * UNIT_OFF, -(m.f_p + m.f_I + m.n * m.f_ex) * m.w, m.phi_ex),
)
"""Profits of the three groups, integrated firm by firm, for one entrant."""

GROUPS = (
    (h.mean_d, mean_d, S_MIN - S_OFF, sp.Integer(1), m.f_p),
    (h.mean_off, mean_off, S_OFF - S_EX, sp.Integer(1), m.f_p + m.f_I),
    (h.mean_ex, mean_ex, S_EX, ABROAD, m.f_p + m.f_I + m.n * m.f_ex),
)
"""Name of the average, the average, mass for one entrant, reach, and fixed cost of each group."""


def average_profit(place: int) -> sp.Expr:
    """Return the profit of a firm of its group's average efficiency: of the three displays that are lost, one."""
    _, mean, _, reach, fixed = GROUPS[place]
    return reach * revenue(mean) / m.sigma - fixed * m.w


ENTRY: dict[Step, Rel] = {h.eq_18: eq(pi_bar, m.f_e * m.w / S_MIN), h.profits: eq(S_MIN * pi_bar, sum(PROFITS))}


@appendix("C", "C.1").derived(
    "kz.eqC1",
    eq(m.f_e * m.w, sum(mass * average_profit(place) for place, (_, _, mass, _, _) in enumerate(GROUPS))),
    title="free entry in group averages",
    printed=r"f_e w = [G(\hat\varphi_{off})-G(\hat\varphi_{min})]\pi(\tilde\phi_d)"
    r"+[G(\hat\varphi_{ex})-G(\hat\varphi_{off})]\pi(\tilde\phi_{off})+[1-G(\hat\varphi_{ex})]\pi(\tilde\phi_{ex})",
)
def _group_averages(printed: Prop) -> Finding:
    averages = {name: AVERAGES[name] for name, *_ in GROUPS}
    d = Derivation(having(m.offshoring_first().context(*ORDER), averages | ENTRY))
    groups_exist(d)
    d.recall(h.eq_18, "Entrants expect to recoup the cost of entry,", "(18)")
    d.recall(h.profits, "where average profit is that of all firms, one by one:")
    scale = {}
    for place, (name, _, mass, reach, _) in enumerate(GROUPS):
        d.recall(name, "The average efficiency of a group is")
        unit = reach * revenue(sp.Integer(1)) / m.sigma
        by_average = elastic(linear(charted({name: mass * unit})))
        says = "Profit is linear in efficiency to the power sigma - 1, so the group earns as if all firms were average:"
        d.step(h.group_of(name), eq(mass * average_profit(place), PROFITS[place]), says, by=by_average)
        scale[h.group_of(name)] = sp.Integer(-1)
    terms = {h.eq_18: -S_MIN, h.profits: sp.Integer(1), **scale}
    reason = "The displays of average profits are lost; they are read as profit at the average efficiency of the group."
    return proved(d, printed, linear(terms), "Put the groups together:", reason)


def solve_layers(d: Derivation, gains: Mapping[Step, tuple[Step, str, sp.Expr, sp.Expr, sp.Symbol]]) -> None:
    """Add a step for each layer of profit: what it adds at productivity one, from indifference at its cutoff.

    Parameters
    ----------
    d : Derivation
        With the indifference conditions as hypotheses, and ``sigma>1``.
    gains : Mapping
        By name of the step: the indifference condition and how it reads, the gain of a firm of productivity one,
        the fixed cost in labour, and the cutoff.
    """
    says = "Variable profit is proportional to productivity to the power sigma - 1, so that at productivity one"
    for name, (marginal, reads, gain, cost, x) in gains.items():
        d.recall(marginal, reads)
        solved = elastic(linear(charted({marginal: x**-m.k})))
        d.step(name, eq(gain, cost * m.w / x**m.k), says, by=solved)
        says = "and so, in the same way,"


LAYERS = {
    h.producing: (h.marginal_producer, "The least productive survivor earns nothing:", UNIT_D, m.f_p, m.phi_min),
    h.offshoring: (
        h.marginal_offshorer,
        "At the offshoring cutoff both sourcing modes pay the same:",
        UNIT_OFF - UNIT_D,
        m.f_I,
        m.phi_off,
    ),
    h.exporting: (
        h.marginal_exporter,
        "At the export cutoff an offshoring firm gains nothing by exporting:",
        m.n * m.tau ** (1 - m.sigma) * UNIT_OFF,
        m.n * m.f_ex,
        m.phi_ex,
    ),
}


def _entry(*names: Step) -> Derivation:
    return Derivation(
        having(m.offshoring_first().context(*dict.fromkeys((h.sigma_above_1, *names))), INDIFFERENCE | ENTRY)
    )


def _condensed() -> Finding:
    """Layer by layer: every step is linear in productivity to the power sigma - 1 and pays nothing at its cutoff."""
    d = _entry()
    solve_layers(d, LAYERS)
    d.recall(h.eq_18, "Entrants expect to recoup the cost of entry,", "(18)")
    d.recall(h.profits, "where average profit is that of all firms, one by one:")
    layers = {h.producing: m.phi_min, h.offshoring: m.phi_off, h.exporting: m.phi_ex}
    tails = {name: -TailMoment(x, m.k) / m.w for name, x in layers.items()}
    terms = {h.eq_18: S_MIN / m.w, h.profits: -1 / m.w, **tails}
    says = "Sum the gain of each step over the firms that take it:"
    return proved(d, FREE_ENTRY, elastic(linear(charted(terms))), says)


def _efficiency_sum(x: sp.Symbol) -> sp.Expr:
    """Return U(x, infinity): the integral of efficiency to the power sigma - 1, each firm at the price that it pays."""
    return POWER_ALL if x == m.phi_min else over_firms(m.p_I_off ** (-m.alpha * m.k), NOTHING, x)


def _bracket(x: sp.Symbol, marginal: sp.Expr, exponent: sp.Expr) -> sp.Expr:
    return marginal**exponent * _efficiency_sum(x) - Survival(x)


PAID = {m.phi_min: m.p_I_d, m.phi_off: m.p_I_off, m.phi_ex: m.p_I_off}
"""Price of intermediates that a firm at a cutoff pays as one that has passed it."""


def _printed_entry(first_exponent: sp.Expr, price_at_off: sp.Expr = m.p_I_off) -> Rel:
    """Return (C.2) with U as it is defined."""
    marginal = {x: efficiency(x, price) for x, price in {**PAID, m.phi_off: price_at_off}.items()}
    exponents = {m.phi_min: first_exponent, m.phi_off: 1 - m.sigma, m.phi_ex: 1 - m.sigma}
    brackets = {x: _bracket(x, marginal[x], exponents[x]) for x in PAID}
    return eq(m.f_e, m.f_p * brackets[m.phi_min] + m.f_I * brackets[m.phi_off] + m.n * m.f_ex * brackets[m.phi_ex])


def _example(d: Derivation, inputs: str) -> Witness:
    """The uniform economy with cutoffs 1, 2, 3 and Lambda = 4."""
    point = economy(EVEN, 2, 3, 4, inputs=inputs)
    return witness(d, EVEN, {**point, pi_bar: point[m.f_e] * point[m.w] / EVEN.survival(point[m.phi_min])})


def _refuted_entry(reason: str, inputs: str, statement: Prop) -> Finding:
    d = _entry(*DOMAIN, *PRICES, *CUTOFFS, h.E_X, h.support)
    return refuted(
        d, statement, _example(d, inputs), reason, corrected=_condensed(), severity=Severity.SUBSTANCE, root="kz.eqC2"
    )


SHAPE_X = sp.Symbol("x", positive=True)
RATIO_OF_MEANS = (mean_above / own) ** (m.sigma - 1)


_J = r"j(\varphi) = \phi(\varphi)^{1-\sigma}U(\varphi,\infty) - V(\varphi,\infty)"


@appendix("C", "C.3").derived(
    "kz.eqC3.j",
    eq(own ** (1 - m.sigma) * sales_above - Survival(SHAPE_X), Survival(SHAPE_X) * (RATIO_OF_MEANS - 1)),
    title="two forms of j",
    printed=_J + r" = [1-G(\varphi)]\left[\left(\frac{\tilde\phi(\varphi)}{\phi(\varphi)}\right)^{\sigma-1}-1\right]",
)
def _shape_of_j(printed: Prop) -> Finding:
    """The two forms of j agree for any price, switching or not."""
    given_mean = eq(mean_above ** (m.sigma - 1), sales_above / Survival(SHAPE_X))
    context = m.offshoring_first().context(h.sigma_above_1).having(h.average, given_mean)
    d = Derivation(context)
    d.recall(h.average, "With the average efficiency of all firms above a cutoff")
    by_average = elastic(
        linear({h.average: (-Survival(SHAPE_X) * own ** (1 - m.sigma)).xreplace({m.sigma: 1 + SPARE_S})})
    )
    return proved(d, printed, by_average, "the two forms of j agree:")


_TWICE = (
    "U takes every firm at the price that it pays, so the first bracket already holds the gain of offshorers, "
    "f_I times the scaled sales above the offshoring cutoff, which the second bracket adds again. The true condition "
    "sums the gain of each step at one price. In the example an entrant expects {true}, and the print gives {wrong}."
)


def _c2(exponent: str) -> str:
    return (
        rf"f_e = \left[(\hat\phi_{{min}})^{{{exponent}}}U(\hat\varphi_{{min}},\infty)-V(\hat\varphi_{{min}},\infty)"
        r"\right]f_p + \left[(\hat\phi_{off})^{1-\sigma}U(\hat\varphi_{off},\infty)-V(\hat\varphi_{off},\infty)\right]"
        r"f_I + \left[(\hat\phi_{ex})^{1-\sigma}U(\hat\varphi_{ex},\infty)-V(\hat\varphi_{ex},\infty)\right]nf_{ex}"
    )


CLAIMS = (
    _group_averages,
    appendix("C", "C.2").row(
        "derived",
        "kz.eqC2",
        _c2(r"\sigma-1"),
        parts=(
            appendix("C", "C.2").stated(
                "derived",
                "kz.eqC2.printed",
                _printed_entry(m.sigma - 1),
                partial(
                    _refuted_entry,
                    "The first exponent has the wrong sign; it is 1-sigma as in the other brackets. "
                    + _TWICE.format(true="15.36", wrong="10.72"),
                    "1/4",
                ),
                title="(C.2) to the letter",
                printed=_c2(r"\sigma-1"),
            ),
            beside_print(
                appendix("C", "C.2").stated(
                    "derived",
                    "kz.eqC2.exponent",
                    _printed_entry(1 - m.sigma),
                    partial(_refuted_entry, _TWICE.format(true="15.36", wrong="31.44"), "1"),
                    title="(C.2) with the exponent put right",
                    printed=_c2(r"1-\sigma"),
                )
            ),
            beside_print(
                appendix("C", "C.2").stated(
                    "derived",
                    "kz.eqC2.price",
                    _printed_entry(1 - m.sigma, m.p_I_d),
                    partial(_refuted_entry, _TWICE.format(true="15.36", wrong="79.68"), "1"),
                    title="(C.2) with the marginal offshorer at its old price",
                    printed=_c2(r"1-\sigma") + r"\text{ with } \hat\phi_{off} = \hat\varphi_{off}/(p_I^d)^\alpha",
                )
            ),
        ),
        title="free entry in U and V",
    ),
    appendix("C", "C.3").row(
        "derived",
        "kz.eqC3",
        r"f_pj(\hat\varphi_{min})+f_Ij(\hat\varphi_{off})+nf_{ex}j(\hat\varphi_{ex}) = f_e,\quad "
        + _J
        + r" = [1-G(\varphi)]k(\varphi)",
        parts=(
            _shape_of_j,
            appendix("C", "C.3").stated(
                "derived",
                "kz.eqC3.entry",
                _printed_entry(1 - m.sigma),
                partial(_refuted_entry, _TWICE.format(true="15.36", wrong="31.44"), "1"),
                title="free entry in j",
                printed=r"f_pj(\hat\varphi_{min})+f_Ij(\hat\varphi_{off})+nf_{ex}j(\hat\varphi_{ex}) = f_e",
            ),
        ),
        title="free entry in j",
    ),
)
