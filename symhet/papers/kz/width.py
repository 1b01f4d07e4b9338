"""Section 3.3: how the interval of A.2 moves with the costs of firms, and which advantage some and all firms need."""

from __future__ import annotations

from functools import partial

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, proved, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.facts import PRICES, RELATIVE_PRICE, above_one, offshoring_gains
from symhet.papers.kz.notation import f_ex_1, f_I_1, f_p_1, phi, tau_1, v
from symhet.papers.kz.ordering import A_3, HIGH, LOW, P_1, P_2, ROOT
from symhet.papers.kz.points import PRICES as DETERMINED
from symhet.papers.kz.points import example
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import define_variable_profit, home_profit, offshoring_profit, profits_in_labour
from symhet.papers.kz.violations import cheap_enough_for_all
from symhet.propositions import And, Implies, Maximiser, Prop, Rel, gt, le, lt
from symhet.provers.tactics import combine, concave, fact, intro, lemma, split

WIDTH = P_2 - P_1


def _raised(old: sp.Symbol, new: sp.Symbol, domain: Context) -> Context:
    """Return the context in which a cost rises from ``old`` to ``new`` and A.3 holds at both."""
    return domain.having(h.higher, lt(old, new)).having(h.ordered_after, _at(A_3, old, new))


def _at(relation: Rel, old: sp.Symbol, new: sp.Symbol) -> Rel:
    return Rel(relation.op, relation.lhs.xreplace({old: new}), relation.rhs.xreplace({old: new}))


def _narrow(old: sp.Symbol, new: sp.Symbol) -> Derivation:
    d = Derivation(_raised(old, new, m.offshoring_first().context(h.sigma_above_1, h.A_3)))
    d.step(h.inside, gt(HIGH, 0), "By A.3 the second threshold is a positive number:")
    return d


def _upper_end_rises(old: sp.Symbol, new: sp.Symbol, wider: Prop) -> Finding:
    """A trade cost of final goods leaves the lower threshold where it is and raises the upper one."""
    d = _narrow(old, new)
    after = HIGH.xreplace({old: new})
    costs = (m.f_ex * m.tau**m.k, (m.f_ex * m.tau**m.k).xreplace({old: new}))
    if old == m.tau:
        dearer = d.step(h.dearer, fact("pow_mono", old, new, m.k), "With a higher trade cost")
        rise = combine({dearer: m.f_I * m.f_ex / (costs[0] * costs[1])})
    else:
        rise = combine({h.higher: m.f_I * m.tau**m.k / (costs[0] * costs[1])})
    base_rises = d.step(h.base_rises, lt(HIGH, after), "the base of the second threshold rises,", by=rise)
    rest = combine({h.inside: 1, base_rises: 1})
    d.step(h.inside_after, gt(after, 0), "stays positive,", by=rest)
    raised = fact("pow_mono", HIGH, after, ROOT)
    threshold_rises = d.step(h.threshold_rises, raised, "and so does the threshold:")
    says = "The first threshold does not depend on it, so the interval grows at its upper end:"
    return proved(d, wider, combine({threshold_rises: 1}), says)


def _lower_end_rises() -> Finding:
    """With a higher f_p the lower threshold rises and the interval shrinks."""
    d = _narrow(m.f_p, f_p_1)
    after = LOW.xreplace({m.f_p: f_p_1})
    d.step(h.base_rises, lt(LOW, after), "With a higher fixed cost the base of the first threshold rises")
    raised = fact("pow_mono", LOW, after, ROOT)
    threshold_rises = d.step(h.threshold_rises, raised, "and so does the threshold:")
    narrower = lt(WIDTH.xreplace({m.f_p: f_p_1}), WIDTH)
    says = "The second threshold does not depend on it, so the interval loses at its lower end:"
    return proved(d, narrower, combine({threshold_rises: 1}), says)


@section("3.3").remark(
    "kz.A.2-width.f_p",
    lt(WIDTH, WIDTH.xreplace({m.f_p: f_p_1})),
    title="interval and f_p",
    printed=r"\text{the interval } (\tilde p_1, \tilde p_2) \text{ widens with higher } f_p",
)
def _fixed_cost_of_production(wider: Prop) -> Finding:
    failing = Derivation(_raised(m.f_p, f_p_1, m.offshoring_first().whole_domain()))
    reason = "The upper threshold does not contain f_p and the lower one rises with it. The interval shrinks."
    point = example(changes={f_p_1: sp.Integer(2)})
    return refuted(failing, wider, Witness(point), reason, corrected=_lower_end_rises(), severity=Severity.SUBSTANCE)


def _both_ends_fall() -> Finding:
    d = _narrow(m.f_I, f_I_1)
    after, low = HIGH.xreplace({m.f_I: f_I_1}), LOW.xreplace({m.f_I: f_I_1})
    bound = m.f_ex * m.tau**m.k
    says = "also with the higher cost."
    d.step(h.still_inside, gt(after, 0), says)
    d.step(h.first_base, lt(low, LOW), "With a higher fixed cost of offshoring both bases fall:")
    d.step(h.second_base, lt(after, HIGH), "and")
    z = sp.Symbol("z", positive=True)
    relative = (1 - z / bound) * (1 + z / m.f_p)
    widest = Maximiser(relative, z, (bound - m.f_p) / 2, sp.Integer(0), bound)
    d.step(h.room, gt(bound - m.f_p, 0), "By A.3 there is room between them:")
    ends = And((lt(P_1.xreplace({m.f_I: f_I_1}), P_1), lt(P_2.xreplace({m.f_I: f_I_1}), P_2), widest))
    proofs = (lemma("pow_mono", low, LOW, ROOT), lemma("pow_mono", after, HIGH, ROOT), concave(z))
    says = (
        "So both ends fall. The upper end relative to the lower, to the power alpha(sigma-1), is a strictly concave "
        "function of the fixed cost of offshoring, highest in the middle of the values that A.3 admits:"
    )
    return proved(d, ends, split(*proofs), says)


@section("3.3").remark(
    "kz.A.2-width.f_I",
    lt(WIDTH.xreplace({m.f_I: f_I_1}), WIDTH),
    title="interval and f_I",
    printed=r"\text{the interval } (\tilde p_1, \tilde p_2) \text{ shrinks with higher } f_I",
)
def _fixed_cost_of_offshoring(narrower: Prop) -> Finding:
    failing = Derivation(_raised(m.f_I, f_I_1, m.offshoring_first().whole_domain()))
    reason = (
        "Both thresholds fall with f_I. The upper one relative to the lower is largest in the middle of the values of "
        "f_I that A.3 admits, so that it does not fall throughout. In the counterexample the interval (1/5, 8/9) "
        "becomes (1/6, 31/36), which is wider."
    )
    point = example(changes={m.f_I: sp.Integer(4), f_I_1: sp.Integer(5)})
    return refuted(failing, narrower, Witness(point), reason, corrected=_both_ends_fall(), severity=Severity.SUBSTANCE)


def _widens(old: sp.Symbol, new: sp.Symbol, latex: str) -> Claim:
    return section("3.3").stated(
        "remark",
        f"kz.A.2-width.{old}",
        lt(WIDTH, WIDTH.xreplace({old: new})),
        partial(_upper_end_rises, old, new),
        title=f"interval and {old}",
        printed=rf"\text{{the interval }} (\tilde p_1, \tilde p_2) \text{{ widens with higher }} {latex}",
    )


def _pays_for_some() -> Finding:
    """Under A.1 alone a firm that sells enough gains by offshoring, whether it exports or not."""
    d = Derivation(m.offshoring_first().context(*PRICES, h.A_1))
    define_variable_profit(d)
    offshoring_gains(d)
    profits_in_labour(d, h.home, h.offshoring)
    saves = above_one(combine({h.large: m.w}, h.home, h.offshoring))
    goal = Implies(lt(m.f_I, (m.Lambda - 1) * v), lt(home_profit(phi), offshoring_profit(phi)))
    says = "So a firm whose sales are large enough gains by offshoring, however little cheaper it is:"
    return proved(d, goal, intro(h.large, saves), says)


@section("3.3").remark(
    "kz.edge.some",
    le(offshoring_profit(phi), home_profit(phi)),
    title="an advantage large enough",
    printed=r"p_I^{off}/p_I^d \ge \tilde p_2 \;\Rightarrow\; \text{offshoring pays for no firm}",
)
def _edge_for_some(printed: Prop) -> Finding:
    names = [name for name in m.offshoring_first().domain.hypotheses() if not name.startswith("A.2")]
    context = m.offshoring_first().context(*names, *DETERMINED, h.E_X)
    d = Derivation(context.having(h.above, le(HIGH, RELATIVE_PRICE ** (m.alpha * m.k))))
    reason = (
        "A.1 alone makes offshoring pay for every firm that sells enough, above the upper threshold too. What that "
        "threshold says is which firms come first: below it the marginal offshorer does not export (AppA.upper). In "
        "the counterexample a firm that would earn 143 at home earns 563 by offshoring."
    )
    point = example(
        *DETERMINED, h.E_X, changes={m.f_ex: sp.Rational(10, 3), m.P_X: sp.Rational(3, 2), phi: sp.Integer(12)}
    )
    return refuted(d, printed, Witness(point), reason, corrected=_pays_for_some(), severity=Severity.READING)


CLAIMS = (
    section("3.3").row(
        "remark",
        "kz.A.2-width",
        r"\text{the interval of admissible } p_I^{off}/p_I^d \text{ widens with } \tau, f_p, f_{ex}"
        r" \text{ and shrinks with } f_I",
        parts=(
            _widens(m.tau, tau_1, r"\tau"),
            _fixed_cost_of_production,
            _widens(m.f_ex, f_ex_1, "f_{ex}"),
            _fixed_cost_of_offshoring,
        ),
        title="width of the interval of A.2",
    ),
    section("3.3").row(
        "remark",
        "kz.edge",
        r"\text{the advantage of foreign suppliers must be large enough for offshoring to pay for some firms, and not "
        r"so large that it pays for all}",
        parts=(
            _edge_for_some,
            cheap_enough_for_all,
        ),
        title="size of the advantage of foreign suppliers",
    ),
)
