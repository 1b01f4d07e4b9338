"""Section 3.5: entry and average profit, market clearing, labour, and the trade balance of country W."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Finding, Severity, Witness, given, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregation import INDUSTRY, ONE, UNIT_D, UNIT_OFF, sales_of_average
from symhet.papers.kz.groups import AVERAGES, MASSES, ORDER, POWER_ALL, S_EX, S_MIN, S_OFF, groups_exist, over_firms
from symhet.papers.kz.notation import (
    E_Y,
    L_I,
    L_X,
    L_Y,
    R_X,
    E,
    E_Y_w,
    I_off,
    I_s,
    I_w,
    L_e,
    L_I_w,
    L_Y_w,
    M,
    M_e,
    Y_s,
    Y_w,
    mean_d,
    mean_ex,
    mean_off,
    pi_bar,
)
from symhet.papers.kz.points import CUTOFFS, DISTRIBUTION, economy
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import ABROAD, INDIFFERENCE
from symhet.papers.kz.technology import OUTPUT_I, OUTPUT_Y
from symhet.papers.kz.terms import having, revenue
from symhet.propositions import And, Or, Prop, Rel, eq
from symhet.provers.tactics import cut, identity, linear, split
from symhet.steps import Step

FIXED_D, FIXED_OFF, FIXED_EX = m.f_p * m.w, (m.f_p + m.f_I) * m.w, (m.f_p + m.f_I + m.n * m.f_ex) * m.w
SHARE_D, SHARE_OFF, SHARE_EX = (S_MIN - S_OFF) / S_MIN, (S_OFF - S_EX) / S_MIN, S_EX / S_MIN
"""Fixed costs of the three groups of firms, and the probabilities of belonging to them given survival."""

EARNED = (
    over_firms(revenue(UNIT_D) / m.sigma, -FIXED_D, m.phi_min, m.phi_off)
    + over_firms(revenue(UNIT_OFF) / m.sigma, -FIXED_OFF, m.phi_off, m.phi_ex)
    + over_firms(ABROAD * revenue(UNIT_OFF) / m.sigma, -FIXED_EX, m.phi_ex)
)
"""Profit expected before the productivity draw: the profits of the firms of each group, summed over draws."""

ENTRY: dict[Step, Rel] = {
    h.eq_18: eq(pi_bar, m.f_e * m.w / S_MIN),
    h.M: MASSES[h.M],
    h.entrants: eq(L_e, M_e * m.f_e),
    h.income: eq(E, m.w * m.L + M * pi_bar - m.w * L_e),
}


MEAN_PROFIT = eq(
    pi_bar,
    SHARE_D * (revenue(mean_d) / m.sigma - FIXED_D)
    + SHARE_OFF * (revenue(mean_off) / m.sigma - FIXED_OFF)
    + SHARE_EX * (ABROAD * revenue(mean_ex) / m.sigma - FIXED_EX),
)


def _mean_profit(statement: Prop) -> Finding:
    averages = {name: AVERAGES[name] for name in (h.mean_d, h.mean_off, h.mean_ex)}
    context = having(m.offshoring_first().context(*ORDER), averages | {h.profit: eq(pi_bar, EARNED / S_MIN)})
    d = Derivation(context)
    groups_exist(d)
    d.recall(
        h.profit, "Average profit of survivors is the integral of profits (9), (10) and (13) over the three groups:"
    )
    terms: dict[Step, sp.Expr] = {h.profit: sp.Integer(1)}
    groups = (
        (h.mean_d, mean_d, SHARE_D, ONE),
        (h.mean_off, mean_off, SHARE_OFF, ONE),
        (h.mean_ex, mean_ex, SHARE_EX, ABROAD),
    )
    steps = []
    for name, mean, weight, markets in groups:
        steps.append(sales_of_average(h.sells_for(name), mean))
        terms[h.sells_for(name)] = -weight * markets / m.sigma
        terms[name] = -weight * markets * revenue(ONE) / m.sigma
    says = "Within a group all firms bear the same fixed costs, so average profit is the profit of the average firm:"
    return proved(d, statement, cut(steps, linear(terms)), says)


SOLD = revenue((POWER_ALL / S_MIN) ** (1 / m.k)) / m.sigma
READINGS = (
    SOLD - FIXED_D,
    SOLD - FIXED_OFF,
    ABROAD * SOLD - FIXED_EX,
    ABROAD * SOLD - (m.f_p + m.n * m.f_ex) * m.w,
)


@section("3.5.1").remark(
    "kz.eq18.average-firm",
    Or(tuple(eq(pi_bar, reading) for reading in READINGS)),
    title="profit of the average firm",
    printed=r"\bar\pi = \pi(\tilde\phi) \text{ is the average profit of all surviving firms}",
)
def _profit_of_average_firm(printed: Prop) -> Finding:
    names = (h.w, h.w_w, h.p_I_d, h.p_I_w, h.p_I_off, h.Lambda, h.E_X, *CUTOFFS, h.free_entry, *ORDER[1:])
    equations = {
        h.eq_3: INDUSTRY[h.eq_3],
        h.marginal_producer: INDIFFERENCE[h.marginal_producer],
        h.eq_18: ENTRY[h.eq_18],
    }
    d = Derivation(having(m.offshoring_first().whole_domain(*names), equations))
    reason = (
        "The three groups bear different fixed costs and serve different markets, so the average of profits need not "
        "be the profit of the firm of average efficiency; in the example it is so under no strategy. (19), which "
        "averages within groups, is right."
    )
    point = economy(INDUSTRY[h.eq_3], ENTRY[h.eq_18])
    return refuted(
        d,
        printed,
        Witness(point, DISTRIBUTION),
        reason,
        corrected=_mean_profit(MEAN_PROFIT),
        severity=Severity.NOTATION,
        root="kz.aggregates.average-firm",
    )


def _income(d: Derivation) -> None:
    """Add ``profits`` and ``wage bill``: profits pay for entry, so that expenditure is the wage bill."""
    d.recall(h.eq_18, "Firms enter until average profit, if they survive, pays for entry:")
    d.recall(h.entrants, "All entrants pay for entry in labour,")
    d.recall(h.M, "while only survivors make profits:")
    says = "So profits are paid out to the workers who make entry possible,"
    profits_step = d.step(h.profits, eq(M * pi_bar, m.w * L_e), says)
    d.recall(h.income, "Households earn wages, and profits net of what was paid for entry,")
    says = "that is, the wage bill:"
    d.step(h.wage_bill, eq(E, m.w * m.L), says, by=linear({h.income: 1, profits_step: 1}))


def _entry_labour() -> Finding:
    names = (h.M, h.eq_18, h.entrants)
    d = Derivation(having(m.offshoring_first().context(), {name: ENTRY[name] for name in names}))
    d.recall(h.entrants, "All entrants, survivors or not, pay the cost of entry in labour:")
    d.recall(h.M, "The mass of producing firms is that of the survivors,")
    d.recall(h.eq_18, "whose average profit is, by free entry,")
    true = And((eq(L_e, M * m.f_e / S_MIN), eq(L_e, M * pi_bar / m.w)))
    proofs = split(identity(h.entrants, h.M), identity(h.entrants, h.M, h.eq_18))
    return proved(d, true, proofs, "So the labour used for entry is")


@section("3.5.2").derived(
    "kz.labour.entry",
    And((eq(L_e, M * m.f_e), eq(L_e, M * pi_bar / m.w))),
    title="labour used for entry",
    printed=r"L_e = Mf_e,\quad L_e = \frac{M\bar\pi}{w}",
)
def _entry_of_survivors(printed: Prop) -> Finding:
    names = (h.w, h.w_w, h.p_I_d, h.p_I_w, h.p_I_off, h.Lambda, h.E_X, *CUTOFFS, h.free_entry, *ORDER[1:])
    equations = {name: ENTRY[name] for name in (h.M, h.eq_18, h.entrants)} | {h.eq_3: INDUSTRY[h.eq_3]}
    d = Derivation(having(m.offshoring_first().whole_domain(*names), equations))
    reason = (
        "With M the mass of producing firms the first equation leaves out entrants that fail, and contradicts the "
        "second, by free entry M pi_bar/w = M f_e/[1-G(phi_min)]. The second is right, and so is that profits pay the "
        "entry workers. In the example one draw in eight fails."
    )
    point = economy(INDUSTRY[h.eq_3], MASSES[h.M], ENTRY[h.eq_18], ENTRY[h.entrants])
    return refuted(
        d, printed, Witness(point, DISTRIBUTION), reason, corrected=_entry_labour(), severity=Severity.NOTATION
    )


@section("3.5.2").derived(
    "kz.labour.income",
    And((eq(L_e, M * pi_bar / m.w), eq(E, m.w * m.L))),
    title="income is the wage bill",
    printed=r"L_e = \frac{M\bar\pi}{w},\quad E = wL",
)
def _wage_bill(statement: Prop) -> Finding:
    d = Derivation(having(m.offshoring_first().context(), ENTRY))
    _income(d)
    says = "Hence profits leave nothing but wages:"
    return proved(d, statement, split(linear({h.profits: -1 / m.w}), linear({h.wage_bill: 1})), says)


@section("3.5.2", "20").derived(
    "kz.eq20",
    And((eq((m.n + 1) * m.E_X, (m.n + 1) * m.beta * m.w * m.L), eq((m.n + 1) * m.E_X, (m.n + 1) * R_X))),
    title="market of varieties",
    printed=r"(n+1)E_X = (n+1)\beta wL = (n+1)R_X",
)
def _clearing_of_varieties(world: Prop) -> Finding:
    spending = {h.share: eq(m.E_X, m.beta * E)}
    d = Derivation(having(m.offshoring_first().context(h.sigma_above_1), ENTRY | INDUSTRY | spending))
    _income(d)
    d.recall(h.revenue, "Firms sell at home and in n economies")
    d.recall(h.eq_3, "which adds up, by symmetry, to the integral in the price index")
    says = "so that they take in what households of one economy spend:"
    cleared = d.step(h.cleared, eq(R_X, m.E_X), says)
    d.recall(h.share, "Households spend the share beta of income on varieties:")
    spent = eq(m.E_X, m.beta * m.w * m.L)
    spent_step = d.step(h.spent, spent, "or, with income the wage bill,")
    proofs = split(linear({spent_step: m.n + 1}), linear({cleared: -(m.n + 1)}))
    return proved(d, world, proofs, "In all n+1 economies together")


ACCOUNTS: dict[Step, Rel] = {
    **OUTPUT_Y,
    **OUTPUT_I,
    **{name: ENTRY[name] for name in (h.eq_18, h.M, h.entrants)},
    h.labour: eq(m.L, L_Y + L_I + L_X + L_e),
    h.labour_in_W: eq(m.L_w, L_Y_w + L_I_w),
    h.firms: eq(R_X, m.w * L_X + m.p_I_d * I_s + m.p_I_off * I_off + M * pi_bar),
    h.eq_20: eq(R_X, m.beta * m.w * m.L),
    h.E_Y: eq(E_Y, (1 - m.beta) * m.w * m.L),
    h.E_Y_in_W: eq(E_Y_w, m.w_w * m.L_w),
    h.intermediates: eq(I_w, (m.n + 1) * m.tau_I * I_off),
}
WAGES_AND_PRICES = (h.w, h.w_w, h.p_I_d, h.p_I_w, h.p_I_off)


def _accounts_of_w(d: Derivation) -> None:
    d.recall(h.labour_in_W, "In country W labour makes the homogeneous good and intermediates:")
    d.step(h.Y_in_W, eq(Y_w, m.w_w * L_Y_w), "Neither yields a profit,")
    d.step(h.I_in_W, eq(m.p_I_w * I_w, m.w_w * L_I_w), "so that")
    left = eq(Y_w, m.w_w * m.L_w - m.p_I_w * I_w)
    says = "Output of the homogeneous good is income less the value of intermediates:"
    d.step(h.W, left, says)


@section("3.5.2").derived("kz.balance", eq(m.p_I_w * I_w, E_Y_w - Y_w), title="trade balance of country W")
def _balance(statement: Prop) -> Finding:
    names = (h.labour_in_W, h.E_Y_in_W, h.eq_4_in_W, h.eq_5_in_W)
    d = Derivation(having(m.offshoring_first().context(h.w_w, h.p_I_w), {name: ACCOUNTS[name] for name in names}))
    _accounts_of_w(d)
    d.recall(h.E_Y_in_W, "Households in W spend all their income on it:")
    says = "What they buy beyond what W makes is paid for with intermediates:"
    return proved(d, statement, linear({h.W: 1, h.E_Y_in_W: -1}), says)


def home_market(d: Derivation) -> None:
    """Add the step ``home``: output of the homogeneous good is home demand and what pays for imports."""
    d.recall(
        h.labour, "In an advanced economy labour makes both homogeneous goods and varieties, and is used for entry:"
    )
    d.step(h.Y, eq(Y_s, m.w * L_Y), "The homogeneous sectors make no profit,")
    d.step(h.I_made, eq(m.p_I_d * I_s, m.w * L_I), "so that")
    d.recall(h.firms, "Firms spend revenue on labour and on intermediates from both sources, and the rest is profit,")
    says = "which pays for entry:"
    d.step(h.entry, eq(M * pi_bar, m.w * L_e), says)
    d.recall(h.eq_20, "By (20) revenue is")
    home = eq(Y_s, E_Y + m.p_I_off * I_off)
    says = "so that output of the homogeneous good is home demand and what pays for imported intermediates:"
    d.step(h.home, home, says)


WORLD = (m.n + 1) * Y_s + Y_w


@section("3.5.2", "21").derived(
    "kz.eq21",
    And(
        (
            eq((m.n + 1) * E_Y + E_Y_w, (m.n + 1) * (1 - m.beta) * m.w * m.L + m.w_w * m.L_w),
            eq((m.n + 1) * (1 - m.beta) * m.w * m.L + m.w_w * m.L_w, WORLD),
        )
    ),
    title="world market of the homogeneous good",
    printed=r"(n+1)E_Y + E_Y^w = (n+1)(1-\beta)wL + w^wL^w = (n+1)Y + Y^w",
)
def _walras(spent: Prop) -> Finding:
    d = Derivation(having(m.offshoring_first().context(*WAGES_AND_PRICES), ACCOUNTS))
    home_market(d)
    _accounts_of_w(d)
    d.recall(h.intermediates, "W ships what arrives and what melts away:")
    shipped = eq(m.p_I_w * I_w, (m.n + 1) * m.p_I_off * I_off)
    d.step(h.shipped, shipped, "It is worth the same at both ends:")
    total = {h.home: -(m.n + 1), h.W: -1, h.shipped: 1}
    proofs = split(linear({h.E_Y: m.n + 1, h.E_Y_in_W: 1}), linear({**total, h.E_Y: -(m.n + 1)}))
    says = "In sum the world market of the homogeneous good clears once all other markets do (Walras' law):"
    return proved(d, spent, proofs, says)


CLAIMS = (
    section("3.5.1", "18").row(
        "condition",
        "kz.eq18",
        r"\bar\pi = \frac{f_e w}{\nu_{in}},\quad \nu_{in} = 1-G(\hat\varphi_{min})",
        given,
        (_profit_of_average_firm,),
        title="free entry",
    ),
    section("3.5.1", "19").row(
        "condition",
        "kz.eq19",
        r"\bar\pi = \nu_d\pi(\tilde\phi_d) + \nu_{off}\pi(\tilde\phi_{off}) + \nu_{ex,off}\pi(\tilde\phi_{ex,off})",
        given,
        (
            section("3.5.1").stated(
                "derived",
                "kz.eq19.groups",
                MEAN_PROFIT,
                _mean_profit,
                title="average profit over groups",
                printed=r"\bar\pi = \nu_d\pi(\tilde\phi_d) + \nu_{off}\pi(\tilde\phi_{off})"
                r" + \nu_{ex,off}\pi(\tilde\phi_{ex,off})",
            ),
        ),
        title="zero cutoff profit",
    ),
    _clearing_of_varieties,
    _walras,
    section("3.5.2").row(
        "derived",
        "kz.labour",
        r"L = L_Y+L_I+L_X+L_e,\quad L_e = Mf_e,\quad f_e = [1-G(\hat\varphi_{min})]\frac{\bar\pi}{w}"
        r" \;\Rightarrow\; L_e = \frac{M\bar\pi}{w}",
        parts=(
            _entry_of_survivors,
            _wage_bill,
        ),
        title="labour market",
    ),
    _balance,
)
