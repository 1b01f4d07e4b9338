"""The appendix: quadratic adjustment costs, the order in which firms move, equations (27)-(31)."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.agglomeration import economy
from symhet.papers.bo.gains import GAIN_D, GAIN_D_ANY, GAIN_X, PROPORTION, read, sells_less
from symhet.papers.bo.readings import READINGS, by_reading
from symhet.papers.bo.relocation import ROOT, printed_cut, rooted
from symhet.papers.bo.relocation_facts import RATIO, SHORT, X, masses, relocation, short, solved_masses
from symhet.papers.bo.sources import appendix
from symhet.papers.bo.symbols import a, a_low, flow, front, gamma, kept, level, speed, toll
from symhet.papers.bo.symbols import gain as v
from symhet.propositions import And, Iff, Implies, Prop, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.steps import Step

Q = sp.Rational


STATE: dict[Step, Prop] = {
    h.B_above_B_star: gt(m.B, m.B_star),
    h.export_star: eq(m.phi * m.a_X_star ** (1 - m.sigma) * m.B, m.f),
}
"""Any date of the process: demand per firm still differs, and the South's exporters are those below a_X*."""

UNIT = 1 / (m.sigma * m.delta)


def _at_any_date(reading: str, *, d_type: bool = True) -> Derivation:
    core = sr.autarky().context(h.sigma_above_1, h.phi_below_1).hypotheses
    firms: dict[Step, Prop] = {h.exporter: lt(a_low, m.a_X_star), **({h.D_type: lt(m.a_X_star, a)} if d_type else {})}
    d = Derivation(Context({**core, **STATE, **READINGS[reading], **firms}))
    read(d, reading)
    return d


def _order_sunk(goal: Prop) -> Finding:
    d = _at_any_date("sunk")
    d.step(h.f, eq(m.f, m.phi * m.a_X_star ** (1 - m.sigma) * m.B), "At the export cutoff it just pays:")
    sells_less(d, h.exporters, a_low, m.a_X_star)
    sells_less(d, h.D_types, m.a_X_star, a)
    d.step(h.slope, gt(m.B - (1 - m.phi) * m.B_star, 0), "A D-type gains with its sales:")
    at = {a: m.a_X_star}
    above_step = d.step(h.above, lt(GAIN_X.xreplace(at), GAIN_X.xreplace({a: a_low})), "Exporters gain more")
    says = "and D-types less than the marginal exporter:"
    below = d.step(h.below, lt(GAIN_D_ANY, GAIN_X.xreplace(at)), says)
    says = "With F charged to the mover every exporter gains more than every D-type, whatever has moved already:"
    return proved(d, goal, via.combine({above_step: 1, below: 1}), says)


def _order_portable(printed: Prop) -> Finding:
    firms: dict[Step, Prop] = {h.mover: lt(a_low, m.a_R), h.D_type: lt(m.a_X, a), h.a_below_a_D: lt(a, m.a_D)}
    model = sr.relocated(m.Phase.XX)
    start = model.context(*sr.CORE, *SHORT[m.Phase.XX])
    d = Derivation(Context({**start.hypotheses, **firms}, start.system, start.endogenous))
    relocation(d, m.Phase.XX)
    e, sold, rest = 1 / (m.beta - 1), (m.a_R / m.a_X) ** (m.sigma - 1), 1 - m.phi
    d.step(h.e_above_0, gt(e, 0), "Since beta exceeds one")
    d.step(h.base, gt(RATIO[m.Phase.XX], 0), "The share that moves is positive:")
    share = eq((m.a_R / m.a_X) ** m.alpha, RATIO[m.Phase.XX])
    d.step(h.share, share, "Relative to exporters the movers are")
    sold_step = d.step(h.sold, eq(sold, RATIO[m.Phase.XX] ** e), "or, in units of sales,")
    d.step(h.whole, gt(rest, 0), "With", by=via.by(h.phi_below_1))
    for name, low, high in ((h.mover, a_low, m.a_R), (h.D_type, m.a_X, a)):
        order = lt(low ** (m.sigma - 1), high ** (m.sigma - 1))
        d.step(h.root_for(name), order, "Compare sales:")
    room = gt((1 - m.phi) * (a ** (m.sigma - 1) - m.a_X ** (m.sigma - 1)), 0)
    room_step = d.step(h.room, room, "A D-type sells less than the marginal exporter:")
    free, few = m.phi * (2 * m.s_E - 1), (1 - m.s_E) * rest**m.beta
    scale, weight = 1 / ((1 - m.s_E) * rest), (a * a_low) ** (1 - m.sigma)
    level = via.fact("pow_mono_weak", RATIO[m.Phase.XX], rest ** (m.beta - 1), e)
    orderly = via.cut(
        (
            (h.below, le(RATIO[m.Phase.XX], rest ** (m.beta - 1)), via.transported(h.few, factor=scale)),
            (h.level, level, via.lemma("pow_mono_weak", RATIO[m.Phase.XX], rest ** (m.beta - 1), e)),
            (h.kept, le(sold, rest), via.combine({h.level: 1}, sold_step)),
        ),
        via.combine({h.mover_root: weight, h.kept: weight * m.a_X ** (m.sigma - 1), room_step: weight}),
    )
    above = via.fact("pow_mono", rest ** (m.beta - 1), RATIO[m.Phase.XX], e)
    broken = via.cut(
        (
            (h.above, lt(rest ** (m.beta - 1), RATIO[m.Phase.XX]), via.transported(h.many, factor=scale)),
            (h.level, above, via.lemma("pow_mono", rest ** (m.beta - 1), RATIO[m.Phase.XX], e)),
        ),
        via.combine({h.level: 1}, sold_step),
    )
    goal = And(
        (
            Implies(le(free, few), lt(a ** (1 - m.sigma), (1 - m.phi) * a_low ** (1 - m.sigma))),
            Implies(lt(few, free), lt(rest, sold)),
        )
    )
    says = "Movers gain more than every D-type as long as few have to move; otherwise the last movers gain less:"
    holding = proved(d, goal, via.split(via.intro(h.few, orderly), via.intro(h.many, broken)), says)
    whole = model.whole_domain(*SHORT[m.Phase.XX])
    failing = Derivation(Context({**whole.hypotheses, **firms}, whole.system, whole.endogenous))
    witness = Witness({**economy(Q(7, 10), Q(3, 8), Q(1, 3), Q(4, 15)).point, a_low: Q(1, 4), a: Q(9, 25)})
    reason = (
        "By (13) and (14) the gain jumps up by 1/(1-phi) at a_X: exporters above (1-phi)^(1/(sigma-1)) a_X gain less "
        "than the D-types just above a_X, and a_R lies above that point exactly if (1-phi)^beta (1-s_E) < "
        "phi (2 s_E-1)."
    )
    return refuted(failing, printed, witness, reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk")


ENOUGH = (1 - m.phi) * (m.B - m.B_star) / (m.sigma * m.delta * level)


@appendix().claim(
    "bo.first-instant",
    Implies(lt(a ** (m.sigma - 1), ENOUGH), lt(level, GAIN_X)),
    title="the most efficient firms gain without bound",
    printed=r"v_X[a]\to\infty\ (a\to0)",
)
def _infinite(goal: Prop) -> Finding:
    core = sr.autarky().context(h.sigma_above_1, h.phi_below_1).hypotheses
    d = Derivation(Context({**core, h.B_above_B_star: STATE[h.B_above_B_star]}))
    small = via.combine({h.small: level * a ** (1 - m.sigma)})
    says = "The gain exceeds any level for the most efficient firms:"
    return proved(d, goal, via.intro(h.small, small), says)


def _end_portable(goal: Prop) -> Finding:
    d = Derivation(Context({**sr.autarky().context(h.sigma_above_1, h.phi_below_1).hypotheses, **READINGS["portable"]}))
    read(d, "portable")
    forward = via.linear({h.premise: 1 / (PROPORTION * (1 - m.phi))})
    plain = (h.plain, eq(GAIN_D, 0), via.transported(h.premise, h.toll, h.kept))
    domestic = via.cut((plain,), via.linear({h.plain: 1 / PROPORTION}))
    back = (via.identity(h.premise), via.identity(h.toll, h.kept, h.premise))
    parts = via.split(via.both(forward, back[0]), via.both(domestic, back[1]))
    return proved(d, goal, parts, "The gains of both kinds of firms vanish exactly where")


def _end_sunk(printed: Prop) -> Finding:
    core = sr.autarky().context(h.sigma_above_1, h.phi_below_1).hypotheses
    firms: dict[Step, Prop] = {h.export_star: STATE[h.export_star], h.D_type: lt(m.a_X_star, a)}
    d = Derivation(Context({**core, **firms, **READINGS["sunk"]}))
    read(d, "sunk")
    sells_less(d, h.sales, m.a_X_star, a)
    unit = a ** (m.sigma - 1)
    goal = Implies(eq(GAIN_D_ANY, 0), lt(m.B_star, m.B))
    proof = via.cut(
        (
            (
                h.premise,
                eq(a ** (1 - m.sigma) * (m.B - (1 - m.phi) * m.B_star), m.f),
                via.transported(h.none, h.toll, h.kept, factor=m.sigma * m.delta),
            ),
            (
                h.apart,
                gt((1 - m.phi) * (m.B - m.B_star), 0),
                via.combine({h.sales: m.phi * m.B * unit}, equations={h.premise: -unit, h.export_star: unit}),
            ),
        ),
        via.product({h.apart: 1, h.phi_below_1: -1}),
    )
    says = "The last D-type to move gains nothing while the North is still the better market:"
    holding = proved(d, goal, via.intro(h.none, proof), says)
    whole = sr.autarky().domain.hypotheses()
    failing = Derivation(Context({**whole, **firms, h.a_below_a_D: lt(a, m.a_D), **READINGS["sunk"]}))
    point = {
        m.sigma: 2, m.beta: 2, m.phi: Q(3, 4), m.s_E: Q(7, 9), m.f: 1, m.f_I: 1, m.delta: 1, m.a_D: 1, a: Q(7, 10),
        m.a_X_star: Q(5, 8), m.B: Q(5, 6), m.B_star: Q(8, 15), toll: 1, kept: 1,
    }  # fmt: skip
    reason = "A D-type that must sink F again stops moving at B > B*, so that (28) is not where the process ends."
    return refuted(
        failing, printed, Witness(point), reason, corrected=holding, severity=Severity.READING, root="bo.eq14.sunk"
    )


MOVED = m.n_star * m.cost_integral(sp.S.Zero, 0, front) / m.a_D**m.rho
CLOSED = m.n_star * front**m.rho / m.a_D**m.rho


@appendix().derived(
    "bo.flow",
    And((eq(MOVED, CLOSED), eq(v, gamma * derivative(CLOSED, front) * speed))),
    title="speed of relocation",
    printed=r"v[a']=\gamma\left[n^*\frac{d(a')^\rho}{dt}a_D^{-\rho}\right],\quad\int_0^{a'}n^*dG[a|a_D]=n^*\frac{(a')^\rho}{a_D^\rho}",
)
def _flow(goal: Prop) -> Finding:
    core = sr.autarky().context(h.sigma_above_1, h.beta_above_1).hypotheses
    state = {h.flow: eq(flow, derivative(MOVED, front) * speed), h.indifference: eq(v, gamma * flow)}
    d = Derivation(Context({**core, **state}))
    sr.integrate(d, (h.mass, sp.S.Zero, sp.S.Zero, front))
    by_parts = via.split(via.identity(h.mass), via.identity(h.indifference, h.flow))
    reason = "The firm on the move is indifferent between its gain and the cost that the current flow implies."
    return proved(d, goal, by_parts, "The mass of firms that has moved, and the speed of the front, solve", reason)


SUM_NORTH = (
    m.s_E * sr.moment(0, m.a_D) + (1 - m.s_E) * sr.moment(0, m.a_R) + (1 - m.s_E) * m.phi * sr.moment(m.a_R, m.a_X)
)
SUM_SOUTH = (
    m.s_E * m.phi * sr.moment(0, m.a_X)
    + (1 - m.s_E) * m.phi * sr.moment(0, m.a_R)
    + (1 - m.s_E) * sr.moment(m.a_R, m.a_D)
)
PER_FIRM = m.rho / (m.alpha * m.a_D**m.rho)
INNER = tuple(value.xreplace({m.n: m.s_E, m.n_star: 1 - m.s_E}) for value in solved_masses(m.Phase.XX))


@appendix("29").derived(
    "bo.eq29",
    And(
        (
            eq(m.mbar / m.n_w, SUM_NORTH),
            eq(m.mbar_star / m.n_w, SUM_SOUTH),
            eq(m.B, m.s_E / (m.n_w * INNER[0] * PER_FIRM)),
            eq(m.B_star, (1 - m.s_E) / (m.n_w * INNER[1] * PER_FIRM)),
        )
    ),
    title="weights per firm of the world",
    printed=r"\bar m=s_E\int_0^{a_D}a^{1-\sigma}dG[a|a_D]+(1-s_E)\int_0^{a_R}a^{1-\sigma}dG[a|a_D]"
    r"+(1-s_E)\phi\int_{a_R}^{a_X}a^{1-\sigma}dG[a|a_D],\ B=\frac{s_E}{n^w\bar m},\ B^*=\frac{1-s_E}{n^w\bar m^*}",
)
def _eq29(statement: Prop) -> Finding:
    d = short(m.Phase.XX)
    masses(d, m.Phase.XX)
    in_shares = (h.n, h.n_star, h.s_n_is_s_E)
    proofs, solved = [], []
    for mark, weight, sums, inner in (("", m.mbar, SUM_NORTH, INNER[0]), ("*", m.mbar_star, SUM_SOUTH, INNER[1])):
        each = eq(weight, m.n_w * sums)
        each_step = d.step(h.mass_in(mark), each, "In shares of firms", by=via.identity(h.mbar_in(mark), *in_shares))
        whole = eq(weight, m.n_w * inner * PER_FIRM)
        value_step = d.step(h.size_in(mark), whole, "that is,", by=via.identity(h.weights_in(mark), *in_shares))
        sold = eq(inner, weight / (PER_FIRM * m.n_w))
        sold_step = d.step(h.sold_in(mark), sold, "or", by=via.linear({value_step: -1 / (PER_FIRM * m.n_w)}))
        scale = weight * m.a_D**m.rho / (m.beta * m.n_w)
        positive = via.product({h.alpha_above_0: 1, h.sigma_above_1: -1}, sold_step, coefficient=scale)
        d.step(h.up_in(mark), gt(inner, 0), "which is positive.", by=positive)
        proofs.append(via.linear({each_step: 1 / m.n_w}))
        solved.append(via.identity(h.B_in(mark), value_step))
    says = "Per firm of the world the weights, and with them demands, are"
    return proved(d, statement, via.split(*proofs, *solved), says)


@appendix("30").derived(
    "bo.eq30",
    ROOT,
    title="relocation cutoff",
    printed=r"a_R=\left(\frac{\phi(2s_E-1)}{(1-\phi)(1-s_E)}\right)^{1/(1-\sigma+\rho)}a_X",
)
def _eq30(statement: Prop) -> Finding:
    d = short(m.Phase.XX)
    relocation(d, m.Phase.XX)
    rooted(d)
    return proved(d, statement, via.by(h.root), "The cutoff of relocation is")


RIGHT = m.f / (m.f_I * (m.beta - 1))


@appendix("31").derived(
    "bo.eq31",
    eq(m.phi * m.a_X ** (1 - m.sigma) / (m.phi * X + ((m.beta - 1) * m.f_I * m.f) ** (1 - 1 / m.beta)), RIGHT),
    title="export cutoff",
    printed=r"\frac{\phi a_X^{1-\sigma}}{\phi "
    r"a_X^{1-\sigma+\rho}+((\beta-1)f_If)^{1-1/\beta}}=\frac{f/f_I}{\beta-1}",
)
def _eq31(printed: Prop) -> Finding:
    d = short(m.Phase.XX)
    relocation(d, m.Phase.XX)
    printed_cut(d)
    true = eq(m.phi * m.a_X ** (1 - m.sigma) / (m.phi * X + m.kappa ** (1 - 1 / m.beta)), RIGHT)
    holding = proved(d, true, via.transported(h.printed, factor=1 / (m.f_I * (m.beta - 1))), "The export cutoff solves")
    point = {
        m.sigma: 2, m.beta: 2, m.phi: Q(2, 3), m.s_E: Q(3, 5), m.s_n: Q(3, 5), m.f: 4, m.f_I: 1, m.a_D: Q(1, 2),
        m.n_w: Q(1, 8), m.n: Q(3, 40), m.n_star: Q(1, 20), m.a_X: Q(1, 4), m.a_R: Q(1, 4), m.B: Q(3, 2),
        m.B_star: Q(3, 2), m.mbar: Q(2, 5), m.mbar_star: Q(4, 15),
    }  # fmt: skip
    reason = "The bracket is f_I/f, not f f_I: compare (17); the two agree for f = 1 only."
    return refuted(
        short(m.Phase.XX, whole=True), printed, Witness(point), reason, corrected=holding, severity=Severity.MISPRINT
    )


LESS = lt(a ** (1 - m.sigma), (1 - m.phi) * a_low ** (1 - m.sigma))
"""By (13) and (14) a D-type gains less than an exporter."""
END = Iff(eq(GAIN_D_ANY, 0), eq(m.B, m.B_star))
"""A D-type gains nothing exactly where demands per firm are equal."""

CLAIMS: tuple[Claim, ...] = (
    appendix("27").row("primitive", "bo.eq27", r"\text{cost}=\gamma\dot x", title="adjustment cost"),
    _infinite,
    by_reading(
        "bo.order",
        "claim",
        appendix(),
        r"a'<a''\Rightarrow v[a']>v[a'']\text{ at every date}",
        ((LESS, _order_portable), (lt(GAIN_D_ANY, GAIN_X.xreplace({a: a_low})), _order_sunk)),
        "firms move in order of efficiency",
    ),
    by_reading(
        "bo.eq28",
        "condition",
        appendix("28"),
        r"v=0\iff B=B^*",
        ((And((Iff(eq(GAIN_X, 0), eq(m.B, m.B_star)), END)), _end_portable), (END, _end_sunk)),
        "where the process ends",
    ),
    _flow,
    _eq29,
    _eq30,
    _eq31,
)
