"""Sections 3.2 and 3.3: prices under perfect competition, the cost of a unit and the price of a variety."""

from __future__ import annotations

from symhet.claims import Finding, given, proved
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.facts import relative_price
from symhet.papers.kz.notation import (
    A_X,
    L_I,
    L_Y,
    I_off,
    I_s,
    I_w,
    L_I_w,
    L_Y_w,
    Phi,
    Y_s,
    Y_w,
    c,
    ell,
    inputs,
    p_I,
    p_Y,
    p_Y_w,
    phi,
    quantity,
)
from symhet.papers.kz.sources import section
from symhet.papers.kz.terms import INFINITE, ZERO, efficiency, having
from symhet.propositions import And, ForAll, Iff, Maximiser, Prop, eq, lt
from symhet.provers.tactics import both, by, combine, identity, linear, powers, split

OUTPUT_Y = {h.eq_4: eq(Y_s, m.phi_Y * L_Y), h.eq_4_in_W: eq(Y_w, m.phi_Y_w * L_Y_w)}
OUTPUT_I = {h.eq_5: eq(I_s, m.phi_I * L_I), h.eq_5_in_W: eq(I_w, m.phi_I_w * L_I_w)}
NO_PROFIT_Y = {h.zero_profit: eq(p_Y * Y_s, m.w * L_Y), h.zero_profit_in_W: eq(p_Y_w * Y_w, m.w_w * L_Y_w)}
NO_PROFIT_I = {h.zero_profit: eq(m.p_I_d * I_s, m.w * L_I), h.zero_profit_in_W: eq(m.p_I_w * I_w, m.w_w * L_I_w)}
ONE_PRICE = {h.numeraire: eq(p_Y, 1), h.free_trade: eq(p_Y_w, p_Y)}


PRICES = (eq(p_Y, m.w / m.phi_Y), eq(p_Y_w, 1), eq(p_Y_w, m.w_w / m.phi_Y_w))


@section("3.2").derived(
    "kz.wages",
    And((eq(m.w, m.phi_Y), eq(m.w_w, m.phi_Y_w), *PRICES)),
    title="wages",
    printed=r"p_Y = 1 = w/\varphi_Y,\quad p_Y^w = w^w/\varphi_Y^w,\quad w = \varphi_Y,\quad w^w = \varphi_Y^w",
)
def _wages(statement: Prop) -> Finding:
    d = Derivation(having(m.offshoring_first().context(), OUTPUT_Y | NO_PROFIT_Y | ONE_PRICE))
    d.recall(h.zero_profit, "Perfect competition leaves no profit in the homogeneous sector of an advanced economy,")
    d.recall(h.zero_profit_in_W, "nor in that of country W, which produces the good too:")
    d.recall(h.free_trade, "Trade in the good is free, so it has one price, which is set to one:")
    says = "With output (4) linear in labour, wages are labour productivities:"
    w_step = d.step(h.w, eq(m.w, m.phi_Y), says)
    w_w_step = d.step(h.w_w, eq(m.w_w, m.phi_Y_w), "and")
    one = linear({h.free_trade: 1, h.numeraire: 1})
    tactics = (
        by(w_step),
        by(w_w_step),
        identity(h.numeraire, w_step),
        one,
        identity(h.free_trade, h.numeraire, w_w_step),
    )
    says = "so that the price is unit labour cost in either country:"
    return proved(d, statement, split(*tactics), says)


@section("3.2", "6").derived(
    "kz.eq6",
    And((eq(m.p_I_d, m.phi_Y / m.phi_I), eq(m.p_I_w, m.phi_Y_w / m.phi_I_w), eq(m.p_I_off, m.tau_I * m.p_I_w))),
    title="prices of intermediates",
)
def _input_prices(prices: Prop) -> Finding:
    delivery = {h.delivery: eq(m.p_I_off * I_off, m.p_I_w * (m.tau_I * I_off))}
    d = Derivation(having(m.offshoring_first().context(h.w, h.w_w), OUTPUT_I | NO_PROFIT_I | delivery))
    d.recall(h.zero_profit, "Perfect competition leaves no profit in the intermediate sector of an advanced economy")
    d.recall(h.zero_profit_in_W, "or of country W:")
    d.recall(h.delivery, "What arrives costs as much as what was shipped, of which a part melts away:")
    home = powers({h.zero_profit: 1, h.eq_5: -1, h.w: 1})
    abroad = powers({h.zero_profit_in_W: 1, h.eq_5_in_W: -1, h.w_w: 1})
    says = "With output (5) linear in labour and wages equal to productivities in the homogeneous sector,"
    return proved(d, prices, split(home, abroad, powers({h.delivery: 1})), says)


ADVANTAGE = (m.phi_Y / m.phi_Y_w) / (m.phi_I / m.phi_I_w)


@section("3.2, Assumption A.1").derived(
    "kz.A.1.equivalence",
    Iff(lt(m.tau_I, ADVANTAGE), lt(m.ratio, 1)),
    title="two forms of A.1",
    printed=r"\frac{\varphi_Y/\varphi_Y^w}{\varphi_I/\varphi_I^w} > \tau_I"
    r"\quad\Leftrightarrow\quad \frac{p_I^{off}}{p_I^d} < 1",
)
def _cheaper_abroad(statement: Prop) -> Finding:
    d = Derivation(m.offshoring_first().context(h.w, h.p_I_d, h.p_I_w, h.p_I_off))
    relative_price(d)
    forward = combine({h.premise: 1 / ADVANTAGE}, equations={h.q: 1})
    backward = combine({h.premise: ADVANTAGE}, equations={h.q: -ADVANTAGE})
    says = "So W's comparative advantage outweighs the trade cost exactly when its intermediates are cheaper:"
    reason = "That tau_I exceeds one is assumed beside it; the equivalence does not use it."
    return proved(d, statement, both(forward, backward), says, reason)


NEEDED = (1 - m.alpha) * (quantity / phi) ** (1 / (1 - m.alpha)) * (m.alpha / inputs) ** (m.alpha / (1 - m.alpha))
SPENT = m.w * NEEDED + p_I * inputs
BEST = m.alpha * quantity * m.w ** (1 - m.alpha) * p_I ** (m.alpha - 1) / phi


@section("3.3").derived(
    "kz.cost.unit",
    eq(SPENT.xreplace({inputs: BEST}), m.w ** (1 - m.alpha) / Phi * quantity),
    title="cost of a unit",
    printed=r"c(\phi^k) = \frac{w^{1-\alpha}}{\phi^k},\quad \phi^k = \frac{\varphi}{(p_I^k)^\alpha}",
)
def _unit_cost(least: Prop) -> Finding:
    d = Derivation(having(m.offshoring_first().context(h.alpha_below_1), {h.efficiency: eq(Phi, efficiency(phi, p_I))}))
    output = phi * (ell / (1 - m.alpha)) ** (1 - m.alpha) * (inputs / m.alpha) ** m.alpha
    says = (
        "Technology is Cobb-Douglas. With each input divided by its cost share no constant is left in unit cost. "
        "Given output and intermediates, the labour that is needed solves"
    )
    isoquant = ForAll(inputs, eq(output.xreplace({ell: NEEDED}), quantity))
    d.step(h.isoquant, isoquant, says)
    cheapest = Maximiser(-SPENT, inputs, BEST, ZERO, INFINITE)
    says = "Cost is strictly convex in intermediates and least at"
    d.step(h.inputs, cheapest, says)
    says = "so that a unit costs the same however many are made, less the more efficient the firm:"
    return proved(d, least, identity(h.efficiency), says)


PRICE = A_X * quantity ** (-1 / m.sigma)
PRICE_BEST = (m.rho * A_X / c) ** m.sigma


@section("3.3").derived(
    "kz.cost.price",
    eq(PRICE.xreplace({quantity: PRICE_BEST}), c / m.rho),
    title="mark-up",
    printed=r"p(\phi^k) = \frac{c(\phi^k)}{\rho}",
)
def _price(statement: Prop) -> Finding:
    level = {h.demand_level: eq(A_X, (m.E_X * m.P_X ** (m.sigma - 1)) ** (1 / m.sigma))}
    d = Derivation(having(m.offshoring_first().context(h.sigma_above_1, h.alpha_below_1), level))
    says = "Demand takes all of a variety's output at a price that falls with it:"
    bought = ForAll(quantity, eq((PRICE / m.P_X) ** (1 - m.sigma) * m.E_X, PRICE * quantity))
    d.step(h.inverse_demand, bought, says)
    profit = Maximiser(A_X * quantity**m.rho - c * quantity, quantity, PRICE_BEST, ZERO, INFINITE)
    says = "Revenue less cost is strictly concave in output and largest at"
    d.step(h.output, profit, says)
    says = "There the price exceeds unit cost by the factor 1/rho:"
    return proved(d, statement, identity(), says)


CLAIMS = (
    section("3.2", "4").row("primitive", "kz.eq4", r"Y = \varphi_Y L_Y", title="output of good Y"),
    section("3.2", "5").row("primitive", "kz.eq5", r"I = \varphi_I L_I", title="output of intermediates"),
    _wages,
    _input_prices,
    section("3.2, Assumption A.1").row(
        "assumption",
        "kz.A.1",
        r"\frac{\varphi_Y/\varphi_Y^w}{\varphi_I/\varphi_I^w} > \tau_I > 1"
        r"\quad\Leftrightarrow\quad \frac{p_I^{off}}{p_I^d} < 1",
        given,
        (_cheaper_abroad,),
        title="comparative advantage of W",
    ),
    section("3.3", "7").row(
        "definition",
        "kz.eq7",
        r"p_I^k = \begin{cases} p_I^d & \text{if the firm sources domestic intermediates} \\"
        r" p_I^{off} & \text{if the firm sources foreign intermediates} \end{cases}",
        title="price of intermediates by sourcing mode",
    ),
    section("3.3").row(
        "derived",
        "kz.cost",
        r"c(\phi^k) = \frac{w^{1-\alpha}}{\phi^k},\quad p(\phi^k) = \frac{c(\phi^k)}{\rho}",
        parts=(
            _unit_cost,
            _price,
        ),
        title="unit cost and price",
    ),
)
