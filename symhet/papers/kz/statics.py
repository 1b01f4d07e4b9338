"""Sections 4.1 and 4.4, Appendix D: how the cutoffs move with each parameter, for a general distribution."""

from __future__ import annotations

from functools import partial

import sympy as sp

from symhet.algebra.tails import TailMoment
from symhet.algebra.total import total
from symhet.claims import Finding, beside_print, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import accounting, price_index
from symhet.papers.kz.comparative import (
    SIGNS,
    WEIGHTS,
    elasticities,
    fixed_costs,
    follows,
    gain_moves,
    joined,
    moments_compared,
    moves,
    sign_moves,
    sign_step,
    slope_step,
    start,
    weight,
)
from symhet.papers.kz.facts import SPARE_L, SPARE_S, above_one, elastic
from symhet.papers.kz.notation import r_F
from symhet.papers.kz.revenues import firm, firm_accounts, offshorers
from symhet.papers.kz.sources import appendix, section
from symhet.propositions import And, Iff, Prop, Rel, eq, gt, lt
from symhet.provers.tactics import both, by, combine, identity, sign, split
from symhet.steps import Step

CUTOFFS = (m.phi_min, m.phi_off, m.phi_ex)
P_HAT = 1 - (m.p_I_off / m.p_I_d) ** (m.alpha * m.k)
"""The paper's p-hat: 1 - 1/Lambda."""


def signed(parameter: sp.Symbol, x: sp.Symbol) -> Rel:
    """Return the statement that the derivative of a cutoff has the sign that `SIGNS` lists."""
    rises = SIGNS[parameter][CUTOFFS.index(x)] > 0
    return gt(total(x, parameter), 0) if rises else lt(total(x, parameter), 0)


def signs(parameter: sp.Symbol, *cutoffs: sp.Symbol) -> Derivation:
    """Return a derivation with the derivatives of the cutoffs with respect to a parameter, and their signs."""
    ordered = parameter == m.tau_I and m.phi_ex in cutoffs
    d = start(ordered=ordered)
    moves(d, parameter, *cutoffs)
    if ordered:
        moments_compared(d)
    sign_moves(d, parameter, *cutoffs)
    return d


def _lost(what: str) -> str:
    return f"The display is lost in extraction; {what}"


def _closed(parameter: sp.Symbol) -> And:
    """Return the derivatives of the cutoffs with respect to a parameter, and their signs."""
    return And(
        tuple(
            prop
            for x, e in elasticities(parameter).items()
            for prop in (eq(total(x, parameter), x / parameter * e), signed(parameter, x))
        )
    )


def _closed_forms(parameter: sp.Symbol, statement: Prop) -> Finding:
    d = signs(parameter, *CUTOFFS)
    tactic = split(*(tactic for x in CUTOFFS for tactic in (by(slope_step(x)), by(sign_step(x)))))
    reason = _lost("derived from free entry (the corrected (C.3)), (12) and (14); no density appears in it.")
    return proved(d, statement, tactic, "Altogether, for every distribution,", reason)


_LESS = r"1-\left(\frac{p_I^{off}}{p_I^d}\right)^{\alpha(\sigma-1)}"
_D_MIN = (
    r"\frac{d\hat\varphi_{min}}{d\tau_I} = -\frac{\alpha\hat\varphi_{min}}{\tau_I}"
    r"\frac{\omega_{off}/\hat p+\omega_{ex}}{\omega_{min}+\omega_{off}+\omega_{ex}} < 0,\quad "
    rf"0 < \hat p \equiv {_LESS} < 1,\quad "
    r"\omega_x = f_x\hat\varphi_x^{1-\sigma}\int_{\hat\varphi_x}^\infty\zeta^{\sigma-1}g(\zeta)\,d\zeta"
)
OWN = weight(m.phi_off) / P_HAT + weight(m.phi_ex)
CLOSED = eq(total(m.phi_min, m.tau_I), -m.alpha * m.phi_min / m.tau_I * OWN / WEIGHTS)


@appendix("D").derived(
    "kz.D-min",
    And((CLOSED, signed(m.tau_I, m.phi_min), gt(P_HAT, 0), lt(P_HAT, 1))),
    title="lowest cutoff and the cost of trading intermediates",
    printed=_D_MIN,
    lost=True,
)
def _d_min(conclusion: Prop) -> Finding:
    d = start()
    moves(d, m.tau_I, m.phi_min)
    sign_moves(d, m.tau_I, m.phi_min)
    p_hat = d.step(h.p_hat, eq(P_HAT, 1 - 1 / m.Lambda), "With the paper's abbreviation")
    below_one = d.step(h.below_one, lt(P_HAT, 1), "lies below one")
    above_zero = d.step(h.above_zero, gt(P_HAT, 0), "and above zero")
    tactic = split(identity(slope_step(m.phi_min), p_hat), by(sign_step(m.phi_min)), by(above_zero), by(below_one))
    reason = _lost("derived from free entry (the corrected (C.3)), (12) and (14).")
    return proved(d, conclusion, tactic, "the lowest cutoff moves by", reason)


@appendix("D").claim(
    "kz.D-bound1.bound",
    gt(total(m.phi_min, m.tau_I), -m.alpha * m.phi_min / (m.tau_I * (1 - 1 / m.Lambda))),
    title="bound on the lowest cutoff, offshoring",
    printed=r"\frac{d\hat\varphi_{min}}{d\tau_I} > -\frac{\alpha\hat\varphi_{min}}{\tau_I\hat p}",
)
def _first_bound_alone(bound: Prop) -> Finding:
    d = start()
    moves(d, m.tau_I, m.phi_min)
    return proved(d, bound, above_one(sign(slope_step(m.phi_min))), "The lowest cutoff moves by less than")


def _shift(name: str, direct: str) -> str:
    """Return a lost display: the indirect and the direct effect on a cutoff, of which the direct one is larger."""
    x = rf"\hat\varphi_{{{name}}}"
    indirect = rf"\frac{{{x}}}{{\hat\varphi_{{min}}}}\frac{{d\hat\varphi_{{min}}}}{{d\tau_I}}"
    return rf"\frac{{d{x}}}{{d\tau_I}} = {indirect} + {direct} > 0"


SAVED = 1 - 1 / m.Lambda
SHIFT_OFF = eq(
    total(m.phi_off, m.tau_I),
    m.phi_off / m.phi_min * total(m.phi_min, m.tau_I) + m.alpha * m.phi_off / (m.tau_I * SAVED),
)
BOUND_OFF = gt(total(m.phi_min, m.tau_I), -m.alpha * m.phi_min / (m.tau_I * SAVED))


@appendix("D").claim(
    "kz.D-bound1",
    And((BOUND_OFF, SHIFT_OFF, signed(m.tau_I, m.phi_off))),
    (_first_bound_alone,),
    title="offshoring cutoff and the cost of trading intermediates",
    printed=_shift("off", r"\frac{\alpha\hat\varphi_{off}}{\tau_I\hat p}"),
    lost=True,
)
def _first_bound(statement: Prop) -> Finding:
    d = start()
    moves(d, m.tau_I, m.phi_min, m.phi_off)
    sign_moves(d, m.tau_I, m.phi_off)
    says = "By (12) the offshoring cutoff moves by"
    shift_step = d.step(h.shift, SHIFT_OFF, says)
    tactic = split(above_one(sign(slope_step(m.phi_min))), by(shift_step), by(sign_step(m.phi_off)))
    says = "The direct effect outweighs the indirect one:"
    reason = _lost("reconstructed from the bound, which is printed. Here p-hat = 1 - 1/Lambda.")
    return proved(d, statement, tactic, says, reason)


BOUND = gt(total(m.phi_min, m.tau_I), -m.alpha * m.phi_min / m.tau_I)
SHIFT_EX = eq(total(m.phi_ex, m.tau_I), m.phi_ex / m.phi_min * total(m.phi_min, m.tau_I) + m.alpha * m.phi_ex / m.tau_I)


@appendix("D").claim(
    "kz.eqD1.bound",
    gt(total(m.phi_min, m.tau_I), -m.alpha * m.phi_min / m.tau_I),
    title="bound on the lowest cutoff, exporting",
    printed=r"\frac{d\hat\varphi_{min}}{d\tau_I} > -\frac{\alpha\hat\varphi_{min}}{\tau_I}",
)
def _second_bound_alone(bound: Prop) -> Finding:
    d = signs(m.tau_I, m.phi_min, m.phi_ex)
    says = "By (14) the export cutoff moves by"
    shift_step = d.step(h.shift, SHIFT_EX, says, by=identity(slope_step(m.phi_ex), slope_step(m.phi_min)))
    by_shift = combine({sign_step(m.phi_ex): m.phi_min / m.phi_ex}, equations={shift_step: m.phi_min / m.phi_ex})
    return proved(d, bound, by_shift, "so that")


@appendix("D").claim(
    "kz.eqD1.equality",
    And((eq(total(m.phi_ex, m.tau_I), 0), eq(total(r_F, m.tau_I), 0))),
    title="bound for the export cutoff, no firms in between",
    printed=r"\text{with no firms between } \hat\varphi_{min} \text{ and } \hat\varphi_{off} "
    r"\text{ the bound "
    r"is an equality}",
)
def _equality(statement: Prop) -> Finding:
    """Where firms between the first two cutoffs sell nothing the bound for the export cutoff is an equality."""
    empty = eq(TailMoment(m.phi_off, m.k), TailMoment(m.phi_min, m.k))
    known = accounting(), firm(r_F), Context({h.none_between: empty})
    d = start(h.E_X, extra=joined(*known))
    price_index(d)
    firm_accounts(d, r_F)
    gain_moves(d)
    moves(d, m.tau_I, m.phi_min, m.phi_ex)
    fixed_costs(d)
    d.recall(h.none_between, "Suppose that there are no firms between the first two cutoffs, so that")
    rest = above_one(identity(slope_step(m.phi_ex), h.f_I, h.f_ex, h.none_between))
    stays = d.step(h.stays, eq(total(m.phi_ex, m.tau_I), 0), "Then the export cutoff does not move,", by=rest)
    follows(d, r_F, h.r_F, m.tau_I, "and export revenue moves by")
    same = above_one(identity(h.dr_F, slope_step(m.Lambda), slope_step(m.phi_min), h.f_I, h.f_ex, h.none_between))
    says = "So neither the export cutoff nor the revenue of exporters moves:"
    return proved(d, statement, split(by(stays), same), says)


RATIO = TailMoment(m.phi_min, m.k) / TailMoment(m.phi_off, m.k)
CHAIN_WEIGHTS = weight(m.phi_min) / weight(m.phi_off)
REWRITTEN = lt(1 / (1 - 1 / m.Lambda) - 1, CHAIN_WEIGHTS)


@appendix("D").claim(
    "kz.eqD1.chain",
    And((Iff(BOUND, REWRITTEN), gt(RATIO, 1), REWRITTEN)),
    title="the inequality behind (D.1)",
    printed=r"\hat p^{-1}-1 < \left[\left(\frac{p_I^{off}}{p_I^d}\right)^{\alpha(1-\sigma)}-1"
    r"\right]^{-1}\frac{\int_{\hat\varphi_{min}}^\infty\zeta^{\sigma-1}g(\zeta)\,d\zeta}"
    r"{\int_{\hat\varphi_{off}}^\infty\zeta^{\sigma-1}g(\zeta)\,d\zeta}",
    lost=True,
)
def _chain(conclusion: Prop) -> Finding:
    d = start(ordered=True)
    moves(d, m.tau_I, m.phi_min)
    moments_compared(d)
    slope = (m.tau_I * WEIGHTS / (m.alpha * m.phi_min * weight(m.phi_off))).xreplace({m.sigma: 1 + SPARE_S})
    there = above_one(combine({h.premise: slope}, equations={slope_step(m.phi_min): slope}))
    back = above_one(combine({h.premise: 1 / slope}, equations={slope_step(m.phi_min): -1}))
    says = "Substitute the derivative: the bound on the lowest cutoff is the same as a bound on p-hat,"
    rewritten_step = d.step(h.rewritten, Iff(BOUND, REWRITTEN), says, by=both(there, back))
    says = "By (12) the ratio of weights is, but for the value of 1/p-hat - 1, a ratio of integrals,"
    integrals = d.step(h.integrals, eq(CHAIN_WEIGHTS, RATIO / (m.Lambda - 1)), says)
    ratio_above_1 = d.step(h.ratio_above_1, gt(RATIO, 1), "which exceeds one, as there are firms between the cutoffs:")
    final = above_one(combine({ratio_above_1: 1 / SPARE_L}, equations={integrals: -1}))
    reason = _lost("the argument of the text goes through with the corrected (C.3): a ratio of moments exceeds one.")
    tactic = split(by(rewritten_step), by(ratio_above_1), final)
    return proved(d, conclusion, tactic, "So the inequality holds, and with it the bound:", reason)


@appendix("D", "D.1").claim(
    "kz.eqD1",
    And((BOUND, SHIFT_EX, signed(m.tau_I, m.phi_ex))),
    (_second_bound_alone, beside_print(_equality), _chain),
    title="export cutoff and the cost of trading intermediates",
    printed=_shift("ex", r"\frac{\alpha\hat\varphi_{ex}}{\tau_I}"),
    lost=True,
)
def _second_bound(statement: Prop) -> Finding:
    d = signs(m.tau_I, m.phi_min, m.phi_ex)
    says = "By (14) the export cutoff moves by"
    shift_step = d.step(h.shift, SHIFT_EX, says, "(D.1)", by=identity(slope_step(m.phi_ex), slope_step(m.phi_min)))
    bound_step = d.step(h.bound, BOUND, "Equivalently,")
    tactic = split(by(bound_step), by(shift_step), by(sign_step(m.phi_ex)))
    reason = _lost("reconstructed from the bound, which is printed.")
    return proved(d, statement, tactic, "Hence", reason)


@section("4.1").result(
    "kz.R.1",
    And((signed(m.tau_I, m.phi_min), gt(total(m.P_X, m.tau_I), 0))),
    title="competition intensifies",
    printed=r"\frac{d\hat\varphi_{min}}{d\tau_I} < 0,\quad \frac{dP_X}{d\tau_I} > 0",
)
def _competition(statement: Prop) -> Finding:
    d = start(h.E_X, extra=accounting())
    price_index(d)
    moves(d, m.tau_I, m.phi_min)
    sign_moves(d, m.tau_I, m.phi_min)
    follows(d, m.P_X, h.P_X, m.tau_I, "The price index moves against the lowest cutoff:")
    rise = elastic(combine({sign_step(m.phi_min): _charted_level(d, h.P_X) / m.phi_min}, h.dP_X))
    says = "So cheaper offshoring raises the lowest cutoff and lowers the price index:"
    return proved(d, statement, split(by(sign_step(m.phi_min)), rise), says)


def _charted_level(d: Derivation, name: Step) -> sp.Expr:
    relation = d.context.hypotheses[name]
    assert isinstance(relation, Rel)
    return relation.rhs.xreplace({m.sigma: 1 + SPARE_S})


@section("4.1").claim("kz.off-falls", signed(m.tau_I, m.phi_off), title="more firms offshore")
def _offshoring_spreads(statement: Prop) -> Finding:
    d = signs(m.tau_I, m.phi_off)
    return proved(d, statement, by(sign_step(m.phi_off)), "So lower costs let more firms offshore:")


PARTS = (*(signed(m.f_I, x) for x in CUTOFFS), gt(total(r_F, m.f_I), 0))


@section("4.4").claim("kz.fI-ex", And(PARTS), title="cutoffs and the fixed cost of offshoring")
def _fixed_offshoring_cost(statement: Prop) -> Finding:
    d = offshorers(r_F, ordered=False, parameter=m.f_I)
    sign_moves(d, m.f_I)
    revenue = elastic(combine({sign_step(m.phi_min): SPARE_S * _charted_level(d, h.r_F) / m.phi_min}, h.dr_F))
    says = (
        "A lower fixed cost of offshoring raises the first and the last cutoff, lowers the other one, and lowers the "
        "export revenue of a firm that goes on exporting:"
    )
    return proved(d, statement, split(*(by(sign_step(x)) for x in CUTOFFS), revenue), says)


def _final_goods(parameter: sp.Symbol, statement: Prop) -> Finding:
    d = signs(parameter, *CUTOFFS)
    tactic = split(*(by(sign_step(x)) for x in CUTOFFS))
    says = "A lower cost raises the first two cutoffs and lowers the export cutoff:"
    return proved(d, statement, tactic, says)


CLAIMS = (
    _competition,
    _offshoring_spreads,
    _fixed_offshoring_cost,
    section("4.4").row(
        "claim",
        "kz.tau-off",
        r"\text{lower } \tau \text{ or lower } f_{ex} \text{ raises } \hat\varphi_{off} \text{ and } \hat\varphi_{min}"
        r"\text{, and lowers } \hat\varphi_{ex}",
        parts=(
            section("4.4").stated(
                "claim",
                "kz.tau-off.tau",
                And(tuple(signed(m.tau, x) for x in CUTOFFS)),
                partial(_final_goods, m.tau),
                title="cutoffs and the cost of trading final goods",
                printed=r"\frac{d\hat\varphi_{off}}{d\tau} < 0,\quad \frac{d\hat\varphi_{min}}{d\tau} < 0,\quad "
                r"\frac{d\hat\varphi_{ex}}{d\tau} > 0",
            ),
            section("4.4").stated(
                "claim",
                "kz.tau-off.f_ex",
                And(tuple(signed(m.f_ex, x) for x in CUTOFFS)),
                partial(_final_goods, m.f_ex),
                title="cutoffs and the fixed cost of exporting",
                printed=r"\frac{d\hat\varphi_{off}}{df_{ex}} < 0,\quad \frac{d\hat\varphi_{min}}{df_{ex}} < 0,\quad "
                r"\frac{d\hat\varphi_{ex}}{df_{ex}} > 0",
            ),
        ),
        title="cutoffs and costs of trading final goods",
    ),
    _d_min,
    _first_bound,
    _second_bound,
    *(
        appendix("D").stated(
            "derived",
            f"kz.D-{name}",
            _closed(parameter),
            partial(_closed_forms, parameter),
            title=f"cutoffs and {meaning}, in closed form",
            printed=rf"\frac{{d\hat\varphi_{{min}}}}{{d{letter}}},\ "
            rf"\frac{{d\hat\varphi_{{off}}}}{{d{letter}}},\ "
            rf"\frac{{d\hat\varphi_{{ex}}}}{{d{letter}}} \text{{ in closed form, with their signs}}",
            lost=True,
        )
        for name, parameter, letter, meaning in (
            ("fI", m.f_I, "f_I", "the fixed cost of offshoring"),
            ("tau", m.tau, r"\tau", "the cost of trading final goods"),
            ("fex", m.f_ex, "f_{ex}", "the fixed cost of exporting"),
            ("n", m.n, "n", "the number of foreign markets"),
        )
    ),
)
