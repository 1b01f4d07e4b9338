"""Appendix C: free entry has one root, where the two curves cross, and its cutoff determines the other variables."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import sympy as sp

from symhet.algebra.tails import Survival, TailMoment
from symhet.claims import Finding, Severity, Witness, proved, refuted
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import MARGINAL_INDEX, SALES, account, goods_market
from symhet.papers.kz.economies import economy, witness
from symhet.papers.kz.efficiency import VARIETIES
from symhet.papers.kz.equilibrium import EVEN
from symhet.papers.kz.facts import PRICES, SPARE_L, SPARE_S, above_one, elastic, offshoring_gains
from symhet.papers.kz.flows import (
    ABROAD,
    ARRIVING,
    EXPORTS,
    HOME_GAP,
    HOME_SOURCED,
    OFFSHORED,
    X_SPENDING,
    charted,
    solve_exports,
    solve_imports,
)
from symhet.papers.kz.groups import S_EX, S_MIN
from symhet.papers.kz.notation import L_I, M_e, M_t
from symhet.papers.kz.points import CUTOFFS
from symhet.papers.kz.sources import appendix
from symhet.papers.kz.symbols import c_ex, c_off, exports, imports_cif
from symhet.papers.kz.terms import efficiency, having
from symhet.propositions import And, ForAll, Implies, Prop, Rel, UniqueRoot, eq, ge, gt, le, lt
from symhet.provers import tactics as via
from symhet.provers.tactics import by, split
from symhet.steps import Step

SCALES: dict[Step, Prop] = {
    h.eq_12: eq(c_off, (m.f_I / (m.f_p * (m.Lambda - 1))) ** (1 / m.k)),
    h.eq_14: eq(c_ex, m.tau * (m.f_ex / (m.f_p * m.Lambda)) ** (1 / m.k)),
}
"""The other cutoffs relative to the lowest."""
x, y = sp.symbols("x y", positive=True)
_LAYERS = ((m.f_p, sp.Integer(1)), (m.f_I, c_off), (m.n * m.f_ex, c_ex))
"""Fixed cost of each step and its cutoff relative to the lowest."""


def _layer(cutoff: sp.Expr) -> sp.Expr:
    """Return j at one price: what firms above a cutoff earn by a step, over its fixed cost."""
    return cutoff**-m.k * TailMoment(cutoff, m.k) - Survival(cutoff)


def _expected(lowest: sp.Expr) -> sp.Expr:
    """Return expected profit in units of labour with the lowest cutoff anywhere, the others moving with it."""
    return sum((cost * _layer(scale * lowest) for cost, scale in _LAYERS), sp.S.Zero)


def _curves(further: Mapping[Step, Prop] = MappingProxyType({})) -> Derivation:
    d = Derivation(having(m.offshoring_first().context(h.sigma_above_1, h.moment), {**SCALES, **further}))
    d.recall(h.eq_12, "The other cutoffs are multiples of the lowest, by (12) with")
    d.recall(h.eq_14, "and by (14) with")
    return d


@appendix("C").claim(
    "kz.C-unique.root",
    UniqueRoot(_expected(x) - m.f_e, x),
    title="existence and uniqueness",
    printed=r"\text{(C.3) identifies a unique cutoff } \hat\varphi_{min}",
)
def _root(statement: Prop) -> Finding:
    d = _curves()
    tails = tuple((cost, scale, SPARE_S) for cost, scale in _LAYERS)
    says = "Expected profit falls from infinity to zero as all cutoffs rise together; it meets the cost of entry once:"
    reason = (
        "Judged for the corrected (C.3), in which each step is counted once. By A.1, Lambda > 1, so that c_off exists; "
        "nothing else of A.1-A.3 is used."
    )
    return proved(d, statement, elastic(via.falling_tails(x, tails, m.f_e)), says, reason)


ZCP, CROSSING_FE = _expected(x) / Survival(x), m.f_e / Survival(x)
PARTS = (
    ForAll(x, Implies(lt(x, m.phi_min), gt(ZCP, CROSSING_FE))),
    ForAll(x, Implies(lt(m.phi_min, x), lt(ZCP, CROSSING_FE))),
)


@appendix("C").claim(
    "kz.C-unique.cuts",
    And(PARTS),
    title="crossing of the curves",
    printed=r"\text{the ZCP curve cuts the FE curve from above}",
)
def _crossing(statement: Prop) -> Finding:
    """Average profit of survivors less its value under free entry has the sign of expected profit less f_e."""
    d = _curves({h.equilibrium: eq(_expected(m.phi_min), m.f_e)})
    d.recall(h.equilibrium, "In equilibrium expected profit is the cost of entry:")
    excess, slope = _expected(y) - m.f_e, elastic(via.sign())
    zero = via.combine({}, equations={h.equilibrium: -1}), via.combine({}, equations={h.equilibrium: 1})
    before = via.monotone(excess, y, m.phi_min, x, rising=False, slope=slope, base=zero[0])
    after = via.monotone(-excess, y, m.phi_min, x, slope=slope, base=zero[1])
    gap = {h.gap: 1 / Survival(x)}
    left = via.cut([(h.gap, gt(_expected(x) - m.f_e, 0), before)], via.combine(gap))
    right = via.cut([(h.gap, gt(m.f_e - _expected(x), 0), after)], via.combine(gap))
    tactic = via.split(*(via.generalise(x, via.intro(h.side, then)) for then in (left, right)))
    says = "So average profit exceeds what free entry asks for to the left of the root, and falls short to its right:"
    return proved(d, statement, tactic, says)


def _continuity() -> Finding:
    """A bound on how far expected profit falls between two cutoffs, which tends to zero with their distance."""
    d = _curves()
    sales = sum((cost * (scale * x) ** -m.k * TailMoment(scale * x, m.k) for cost, scale in _LAYERS), sp.S.Zero)
    slope = m.k / x * sales
    bound = ForAll(x, ForAll(y, Implies(lt(x, y), lt(_expected(x) - _expected(y), slope * (y - x)))))
    z = sp.Symbol("z", positive=True)
    function = charted({h.f: slope * (z - x) - _expected(x) + _expected(z)})[h.f]
    order = 1 + SPARE_S
    steps: list[tuple[Step, Prop, via.Tactic]] = [(h.power, lt(x**order, z**order), via.lemma("pow_mono", x, z, order))]
    terms = {h.power: sp.S.Zero}
    for place, (cost, scale) in enumerate(_LAYERS):
        low, high = scale * x, scale * z
        ordered = via.combine({h.between_low: scale})
        shrinks = via.lemma("tail_moment_shrinks", low, high, SPARE_S, premises=(via.auto(), ordered))
        steps.append((h.moment_of(place), le(TailMoment(high, SPARE_S), TailMoment(low, SPARE_S)), shrinks))
        terms[h.moment_of(place)] = SPARE_S * cost * low**-SPARE_S / x
        terms[h.power] += SPARE_S * cost * scale**-SPARE_S * TailMoment(high, SPARE_S) / (x * z) ** order
    rises = via.cut(steps, via.combine(terms))
    tactic = elastic(
        via.generalise(x, via.generalise(y, via.intro(h.order, via.monotone(function, z, x, y, slope=rises))))
    )
    says = "Between two cutoffs expected profit falls by less than a multiple of their distance, so it never jumps:"
    return proved(d, bound, tactic, says)


def _frozen(cutoff: sp.Expr, switched: bool) -> sp.Expr:
    """Return j as Appendix C defines it, on either side of phi_off, with each firm's price held as in equilibrium."""
    price = m.p_I_off if switched else m.p_I_d
    sales = m.p_I_off ** (-m.alpha * m.k) * TailMoment(cutoff if switched else m.phi_off, m.k)
    if not switched:
        sales += m.p_I_d ** (-m.alpha * m.k) * (TailMoment(cutoff, m.k) - TailMoment(m.phi_off, m.k))
    return efficiency(cutoff, price) ** (1 - m.sigma) * sales - Survival(cutoff)


SIZE = (m.Lambda - 1) * m.phi_off**-m.k * TailMoment(m.phi_off, m.k)
AROUND = And((lt(x, m.phi_off), lt(m.phi_off, y)))
GAP = gt(_frozen(x, False) - _frozen(y, True), SIZE)


@appendix("C").claim(
    "kz.C-unique.discontinuity.frozen",
    ForAll(x, ForAll(y, Implies(AROUND, GAP))),
    title="discontinuity with given prices of inputs",
    printed=r"\text{with } p_I(\cdot) \text{ as in equilibrium, } j \text{ jumps at } "
    r"\hat\varphi_{off}",
)
def _frozen_jump(statement: Prop) -> Finding:
    """Left of phi_off the frozen j is higher than right of it by more than a constant: it jumps."""
    d = Derivation(m.offshoring_first().context(*PRICES, h.A_1, h.moment))
    offshoring_gains(d)
    says = "Let p_I(.) be the schedule of the equilibrium. Left of the offshoring cutoff j is"
    left = _layer(x) + (m.Lambda - 1) * x**-m.k * TailMoment(m.phi_off, m.k)
    left_step = d.step(h.left, ForAll(x, eq(_frozen(x, False), left)), says)
    says = "and right of it, where the firm at the cutoff pays the lower price,"
    right_step = d.step(h.right, ForAll(y, eq(_frozen(y, True), _layer(y))), says)
    s, z = SPARE_S, sp.Symbol("z", positive=True)
    at_z, at_off, at_x, at_y = (charted({"j": _layer(c)})["j"] for c in (z, m.phi_off, x, y))
    steps: list[tuple[Step, Prop, via.Tactic]] = [
        (h.x_below_off, lt(x, m.phi_off), via.use(h.around)),
        (h.off_below_y, lt(m.phi_off, y), via.use(h.around, 1)),
        (h.before, gt(at_x - at_off, 0), via.monotone(at_z - at_off, z, m.phi_off, x, rising=False)),
        (h.after, gt(at_off - at_y, 0), via.monotone(at_off - at_z, z, m.phi_off, y)),
        (h.power, lt(x**s, m.phi_off**s), via.lemma("pow_mono", x, m.phi_off, s)),
        (h.at_x, _charted(eq(_frozen(x, False), left)), via.specialise(left_step, x)),
        (h.at_y, _charted(eq(_frozen(y, True), _layer(y))), via.specialise(right_step, y)),
    ]
    scale = SPARE_L * TailMoment(m.phi_off, s) / (x * m.phi_off) ** s
    parts = via.combine({h.before: 1, h.after: 1, h.power: scale}, equations={h.at_x: -1, h.at_y: 1})
    tactic = above_one(via.generalise(x, via.generalise(y, via.intro(h.around, via.cut(steps, parts)))))
    says = "So j jumps where the firm at the cutoff begins to offshore, by at least"
    reason = (
        "Under the reading that p_I(.) stays as it is in equilibrium while the cutoff varies, as the text of Appendix "
        "C suggests. This j is that of (C.2), which counts the gain of offshorers twice."
    )
    return proved(d, statement, tactic, says, reason)


def _charted(relation: Rel) -> Rel:
    """Return an equation in the coordinates of `above_one`."""
    sides = charted({"lhs": relation.lhs, "rhs": relation.rhs})
    return eq(sides["lhs"], sides["rhs"])


JUMP = m.f_p * (m.Lambda - 1) * m.phi_off**-m.k * TailMoment(m.phi_off, m.k)
JUMP_AROUND = And((lt(x, m.phi_off), lt(m.phi_off, y)))


@appendix("C").claim(
    "kz.C-unique.discontinuity.moving",
    ForAll(x, ForAll(y, Implies(JUMP_AROUND, ge(_expected(x) - _expected(y), JUMP)))),
    title="discontinuity with cutoffs that move together",
    printed=r"\text{with cutoffs that move by (12) and (14), ZCP jumps at } \hat\varphi_{off}",
)
def _jump(statement: Prop) -> Finding:
    d = Derivation(having(m.offshoring_first().whole_domain(*PRICES, *CUTOFFS, h.support), SCALES))
    reason = (
        "Along the curve the other cutoffs move with the lowest one by (12) and (14), so the marginal survivor always "
        "sources at home and nothing switches: expected profit falls (C-unique.cuts), and without a jump (the proved "
        "bound on its fall tends to zero as y approaches x). A jump by the size at which j switches price does not "
        "occur in the example."
    )
    point = {**economy(EVEN, 2, 3, 4), c_off: sp.Integer(2), c_ex: sp.Integer(3)}
    point |= {x: sp.Rational(199, 100), y: sp.Rational(201, 100)}
    values = witness(d, EVEN, point).point
    at = Witness({**values, x: point[x], y: point[y]}, EVEN)
    return refuted(d, statement, at, reason, corrected=_continuity(), severity=Severity.READING)


PER_SALES = m.beta * m.L * m.phi_min**m.k / (m.sigma * m.f_p * SALES)
IN_CUTOFFS = {
    m.P_X: MARGINAL_INDEX,
    M_e: PER_SALES,
    M_t: PER_SALES * (S_MIN + m.n * S_EX),
    exports: X_SPENDING * ABROAD / SALES,
    imports_cif: m.alpha * m.rho * X_SPENDING * OFFSHORED / SALES,
    L_I: m.alpha * m.rho * m.beta * m.L * HOME_GAP / SALES,
}
"""What price index, masses, trade and labour are, by the cutoffs and parameters alone."""


@appendix("C").claim(
    "kz.C-functions",
    And(tuple(eq(symbol, term) for symbol, term in IN_CUTOFFS.items())),
    title="the other variables by the cutoffs",
    printed=r"\text{all other endogenous variables can be expressed as functions of these three cutoff levels}",
)
def _in_cutoffs(statement: Prop) -> Finding:
    accounts = ((M_t, VARIETIES), (exports, EXPORTS), (imports_cif, m.p_I_off * ARRIVING))
    d = goods_market(*accounts, (L_I, HOME_SOURCED / m.phi_I))
    account(d, M_t, IN_CUTOFFS[M_t], "The mass of varieties sold in one economy is")
    solve_exports(d)
    solve_imports(d)
    account(d, L_I, IN_CUTOFFS[L_I], "Labour in intermediates is")
    reason = (
        "These are the price index, the masses of entrants and of varieties, both flows of trade and labour in "
        "intermediates; what firms sell and earn follows from the price index by (8), the averages of the groups are "
        "in AppB, and welfare is (17)."
    )
    steps = (h.P_X_form, h.M_e, h.of(M_t), h.of(exports), h.of(imports_cif), h.of(L_I))
    return proved(d, statement, split(*map(by, steps)), "All of it is known once the cutoffs are:", reason)


CLAIMS = (
    appendix("C").row(
        "claim",
        "kz.C-unique",
        r"\text{(C.3) identifies a unique cutoff } \hat\varphi_{min} \text{; the ZCP curve cuts FE from above; it has "
        r"a discontinuity at } \hat\varphi_{off}",
        parts=(
            _root,
            _crossing,
            appendix("C").row(
                "claim",
                "kz.C-unique.discontinuity",
                r"\text{the ZCP curve has a discontinuity at } \hat\varphi_{off} \text{, where } \phi(\varphi) "
                r"\text{ switches price}",
                parts=(
                    _frozen_jump,
                    _jump,
                ),
                title="discontinuity of ZCP",
            ),
        ),
        title="unique equilibrium",
    ),
    _in_cutoffs,
)
