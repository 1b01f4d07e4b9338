"""Sections 3.2.1 past the partitioning point, 3.3 and the close of section 4: what holds for any share of births."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Severity, Witness, given, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import ratio, relocated, traded
from symhet.papers.bo.facts import World, firms, integrate, with_second
from symhet.papers.bo.longrun import AUTARKIC, OTHER, even, uneven
from symhet.papers.bo.longrun_facts import CORE, LONG, anywhere, phase_holds, solve, solved
from symhet.papers.bo.trade import EQUATIONS, FREE, interior
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import And, Implies, Prop, eq, gt, lt, ne
from symhet.provers import tactics as via
from symhet.render.stating import stated
from symhet.steps import Step

ENTRY = "Baldwin and Okubo, section 3.2.1"
GENERAL = "Baldwin and Okubo, section 3.3"
CLOSE = "Baldwin and Okubo, section 4, below Result 7"


def _settled(phase: m.Phase) -> Derivation:
    """Return the solved long run of a phase at s_n = s_E."""
    start = m.long_run(phase).context(*CORE, *LONG, *phase_holds(phase))
    d = Derivation(Context({**start.hypotheses, AUTARKIC[0]: AUTARKIC[1]}))
    solve(d, phase, World())
    return d


def _solution(d: Derivation) -> Prop:
    """Add that the domestic cutoff lies below that of autarky; return what entry and exit lead to."""
    low, high = m.kappa / (1 + m.Omega), m.kappa
    d.step(h.smaller, lt(low, high), "Free entry with trade leaves less room:")
    d.step(h.power, via.fact("pow_mono", low, high, 1 / m.rho), "so that")
    d.step(h.selection, lt(m.a_D, m.kappa ** (1 / m.rho)), "the cutoff falls:")
    return And(
        (
            eq(m.n_w, firms / (1 + m.Omega)),
            eq(m.a_D, (m.kappa / (1 + m.Omega)) ** (1 / m.rho)),
            eq(m.a_X**m.rho, m.Omega * m.a_D**m.rho),
            lt(m.a_D, m.kappa ** (1 / m.rho)),
        )
    )


def _past_partition() -> Finding:
    d = solved(m.Phase.DD)
    statement = _solution(d)
    proof = via.split(via.by(h.n_w), via.by(h.a_D), via.identity(h.a_X), via.by(h.selection))
    says = "Past the partitioning point mass and cutoffs are what they are before it:"
    reason = "They are the same for any share of births, and the domestic cutoff is below that of (12)."
    found = proved(d, statement, proof, says, reason)
    other = solved(m.Phase.XX)
    same = _solution(other)
    return with_theorem(found, other.prove(same, proof))


def _printed_demand() -> Finding:
    unit = (1 - 1 / m.beta) * m.a_D**m.rho / m.n_w
    printed = eq(m.B, m.s_E * unit / (m.s_n * m.a_D**m.alpha + m.s_E * m.Omega * m.a_D**m.alpha))
    d = _settled(m.Phase.XX)
    proof = via.identity(h.B, h.n_w, h.s_n_is_s_E)
    holding = proved(d, printed, proof, "With unchanged shares of births demand per firm is")
    reason = (
        "The formula puts (16) into B and inherits its missing term: it is right at s_n = s_E only. In general "
        "B = (1-1/beta) a_D^rho / (n_w (1+phi^beta) a_D^alpha)."
    )
    return proved_with(
        holding, (AUTARKIC,), anywhere(m.Phase.XX), uneven(), reason, severity=Severity.SUBSTANCE, root="bo.eq16"
    )


def _plan() -> Finding:
    return given(
        "No equation is given for the six, so that there is nothing to prove or refute. What is to be pinned down is "
        "one number: n_w is determined by the five conditions, and a_R by s_n (bo.dependence.undetermined, bo.eq24)."
    )


def _pro_rata() -> Finding:
    return given(
        "An assumption: with B = B* an innovator expects the same in both nations (bo.dependence.conditions), so that "
        "the conditions do not say where firms are born."
    )


def _two() -> tuple[Derivation, Derivation]:
    names = (*CORE, *LONG, *phase_holds(m.Phase.XX))
    order = {h.more_births: lt(m.s_n, OTHER(m.s_n))}
    d = Derivation(with_second(m.long_run(), names, OTHER, order))
    domain = tuple(m.long_run().domain.hypotheses())
    failing = Derivation(
        with_second(m.long_run(), (*domain, *LONG, *phase_holds(m.Phase.XX), h.s_n_below_1), OTHER, order)
    )
    return d, failing


def _undetermined(differs: Prop) -> Finding:
    d, failing = _two()
    solve(d, m.Phase.XX, World())
    solve(d, m.Phase.XX, OTHER)
    third = eq(m.expected(m.B_star, m.a_D, m.B, m.a_X), m.f_I)
    third_step = d.step(h.third, third, "So the South breaks even too:", by=_same_entry())
    same: tuple[Prop, ...] = (
        eq(m.n_w, OTHER(m.n_w)),
        eq(m.a_D, OTHER(m.a_D)),
        eq(m.a_X, OTHER(m.a_X)),
        eq(m.B, OTHER(m.B)),
    )
    statement = And((third, *same))
    proof = via.split(
        via.by(third_step),
        via.identity(h.n_w, h.n_w_2),
        via.identity(h.a_D, h.a_D_2),
        via.identity(h.a_X, h.a_X_2, h.a_D, h.a_D_2),
        via.identity(h.B, h.B_2, h.a_D, h.a_D_2),
    )
    holding = proved(d, statement, proof, "Whatever the shares of births, all but a_R is the same.")
    reason = (
        "n_w is pinned down, and with it a_D, a_X, B and both sums of selling costs. Only the pair (s_n, a_R) is free, "
        "and in it one number."
    )
    point = dict(even().point) | {OTHER(x): value for x, value in uneven().point.items()}
    return refuted(
        failing, differs, Witness(point), reason, corrected=holding, severity=Severity.SUBSTANCE, root="bo.eq16"
    )


def _same_entry() -> via.Tactic:
    """An innovator expects the same in both nations once demands are equal."""
    integrals = [h.integral(kind, x.name) for x in (m.a_D, m.a_X) for kind in "JK"]
    return via.identity(*integrals, h.B, h.solved_B_star, h.a_X, h.a_D)


def _expectations(more: Mapping[Step, Prop] = MappingProxyType({})) -> Derivation:
    """Return a derivation of what an innovator expects in each nation, given cutoffs that go with any demands."""
    names = (
        h.sigma_above_1,
        h.beta_above_1,
        h.phi_below_1,
        h.cutoff_D,
        h.cutoff_D_star,
        h.cutoff_X,
        h.cutoff_X_star,
        h.V,
        h.V_star,
    )
    d = Derivation(Context({**m.trade().context(*names).hypotheses, **more}))
    d.step(h.Omega_below_1, lt(m.Omega, 1), "Trade is costly:")
    t = 1 / (m.sigma - 1)
    for cutoff in (m.a_D, m.a_D_star, m.a_X, m.a_X_star):
        integrate(d, cutoff)
    for demand, own in ((m.B, m.a_D), (m.B_star, m.a_D_star)):
        value = eq(demand, m.f * own ** (m.sigma - 1))
        d.step(h.of(demand), value, "Domestic cutoffs go with demand,")
    for out, own in ((m.a_X, m.a_D_star), (m.a_X_star, m.a_D)):
        d.step(h.of(out), eq(out, m.phi**t * own), "and export cutoffs with those abroad:")
    integrals = tuple(h.integral(kind, x.name) for x in (m.a_D, m.a_D_star, m.a_X, m.a_X_star) for kind in "JK")
    known = (*integrals, h.B, h.solved_B_star, h.a_X, h.a_X_star)
    for label, value, own, other in ((h.V, m.V, m.a_D, m.a_D_star), (h.V_star, m.V_star, m.a_D_star, m.a_D)):
        closed = eq(value, m.f * (own**m.rho + m.Omega * other**m.rho) / (m.beta - 1))
        d.step(h.solved_for(label), closed, "An innovator expects", by=via.identity(label, *known))
    return d


CONDITIONS_ENTRY, ENTRY_STAR, LOCATION = eq(m.V, m.f_I), eq(m.V_star, m.f_I), eq(m.B, m.B_star)


def _conditions(statement: Prop) -> Finding:
    d = _expectations()
    unit = (m.beta - 1) / (m.f * (1 - m.Omega))
    north, south = m.a_D**m.rho, m.a_D_star**m.rho
    solved = {h.V_solved: -unit, h.V_star_solved: unit, h.one: unit, h.two: -unit}
    same = via.cut(
        (
            (h.one, CONDITIONS_ENTRY, via.use(h.both)),
            (h.two, ENTRY_STAR, via.use(h.both)),
            (h.cutoffs, eq(north, south), via.linear(solved)),
            (h.equal, eq(m.a_D, m.a_D_star), via.powers({h.cutoffs: 1 / m.rho})),
        ),
        via.identity(h.B, h.solved_B_star, h.equal),
    )
    values = eq(m.V_star, m.V)
    level = (
        (h.level, LOCATION, via.use(h.both)),
        (
            h.cutoffs,
            eq(m.a_D ** (m.sigma - 1), m.a_D_star ** (m.sigma - 1)),
            via.transported(h.level, h.B, h.solved_B_star, factor=1 / m.f),
        ),
        (h.equal, eq(m.a_D, m.a_D_star), via.powers({h.cutoffs: 1 / (m.sigma - 1)})),
        (h.sum, values, via.identity(h.V_star_solved, h.V_solved, h.equal)),
    )
    south_too = via.cut(((h.one, CONDITIONS_ENTRY, via.use(h.both)), *level), via.linear({h.sum: 1, h.one: 1}))
    north_too = via.cut(((h.two, ENTRY_STAR, via.use(h.both)), *level), via.linear({h.sum: -1, h.two: 1}))
    says = "Two free entry conditions equalise demands, and one of them with equal demands gives the other."
    steps = (via.intro(h.both, tactic) for tactic in (same, south_too, north_too))
    return proved(d, statement, via.split(*steps), says)


def _share(statement: Prop) -> Finding:
    d = _expectations({h.B_above_B_star: gt(m.B, m.B_star)})
    e, low, high = m.beta, m.B_star / m.f, m.B / m.f
    d.step(h.order, lt(low, high), "As long as demand is higher in the North")
    power = d.step(h.power, via.fact("pow_mono", low, high, e), "its cutoff is higher,")
    wider = d.step(
        h.wider, lt(m.a_D_star**m.rho, m.a_D**m.rho), "that is,", by=via.transported(power, h.B, h.solved_B_star)
    )
    more = via.product({wider: 1, h.Omega_below_1: 1, h.beta_above_1: -1}, h.V_solved, h.V_star_solved, coefficient=m.f)
    holding = proved(d, lt(m.V_star, m.V), more, "Innovation pays better in the North as long as demand per firm does:")
    point = relocated(ratio(3, 5), ratio(5, 12), ratio(1), ratio(11, 20))
    reason = (
        "That s_n exceeds s_E does not follow from the conditions of the long run: any share up to that without "
        "relocation is one, 11/20 < s_E = 3/5 at the counterexample. It needs a law of motion. While B > B* an "
        "innovator expects more in the North, so that births which respond to profit raise s_n on the way; how far "
        "depends on the two speeds, and welfare does not (bo.eq26)."
    )
    return refuted(
        anywhere(m.Phase.XX), statement, Witness(point), reason, corrected=holding, severity=Severity.READING
    )


SHARE = m.n / (m.n + m.N_star)


def _kept_share(statement: Prop) -> Finding:
    d = interior()
    more = via.product({h.s_E_above_half: 1, h.Omega_below_1: -1}, h.s_n, coefficient=2 * m.Omega)
    holding = proved(d, gt(SHARE, m.s_E), more, "Without relocation the North's share of firms exceeds its size.")
    failing = Derivation(m.trade().whole_domain(*EQUATIONS, FREE[0]))
    point = traded(ratio(3, 5), ratio(3, 4), ratio(1))
    reason = (
        "With instantaneous entry and exit the home market effect is the whole of the adjustment: s_n > s_E by (9). "
        "The two polar cases agree in cutoffs, mass of firms and welfare, not in the share of births."
    )
    return refuted(failing, statement, Witness(point), reason, corrected=holding, severity=Severity.SUBSTANCE)


def _imports(phase: m.Phase) -> sp.Expr:
    """Return the value of what the South imports, with relocation."""
    born = m.s_n * m.sales(0, m.a_X) + (1 - m.s_n) * m.sales(0, m.a_R) if phase is m.Phase.XX else m.sales(0, m.a_X)
    return m.phi * m.B_star * m.n_w * born / m.a_D**m.rho


def _more_imports() -> Finding:
    found = []
    for phase in (m.Phase.XX, m.Phase.DD):
        d = _settled(phase)
        value = m.Omega / (1 + m.Omega) * (m.s_E + m.phi * (2 * m.s_E - 1) / (1 - m.phi) if phase is m.Phase.XX else 1)
        known = (h.J_a_X, h.J_a_R, h.R, h.solved_B_star, h.n_w, h.a_X, h.s_n_is_s_E)
        says = "The South's imports come to"
        imports = d.step(h.imports, eq(_imports(phase), value), says, by=via.identity(*known))
        slope = derivative(value, m.phi)
        if phase is m.Phase.XX:
            explicit = (
                m.beta * m.Omega / (m.phi * (1 + m.Omega) ** 2) * (m.s_E + m.phi * (2 * m.s_E - 1) / (1 - m.phi))
                + m.Omega / (1 + m.Omega) * (2 * m.s_E - 1) / (1 - m.phi) ** 2
            )
            d.step(h.form, eq(slope, explicit), "They change by")
            first = m.beta * m.Omega / (1 + m.Omega) ** 2 * (2 * m.s_E - 1) / (1 - m.phi)
            part_step = d.step(h.part, gt(first, 0), "where")
            second = m.Omega / (1 + m.Omega) * (2 * m.s_E - 1) / (1 - m.phi) ** 2
            rest = d.step(h.rest, gt(second, 0), "and")
            rises = via.combine({part_step: 1, rest: 1}, equations={h.form: -1})
        else:
            explicit = m.beta * m.Omega / (m.phi * (1 + m.Omega) ** 2)
            d.step(h.form, eq(slope, explicit), "They change by")
            rises = via.combine({}, equations={h.form: -1})
        goal = And((eq(_imports(phase), value), gt(slope, 0)))
        found.append((d, goal, via.split(via.by(imports), rises)))
    d, goal, proof = found[0]
    reason = (
        "After entry and exit, in XX and in DD; without relocation see bo.trade-effects.exporters. The delivered price "
        "of an imported variety falls with the iceberg cost because mill prices are a constant mark-up over cost."
    )
    holding = proved(d, goal, proof, "So imports rise with the freeness of trade.", reason)
    other, same, same_proof = found[1]
    return with_theorem(holding, other.prove(same, same_proof))


KEPT = (1 - m.s_n) * m.n_w * (1 - (m.a_R / m.a_D) ** m.rho)


def _kept_firms(statement: Prop) -> Finding:
    names = (*CORE, *LONG, *phase_holds(m.Phase.XX))
    order: dict[Step, Prop] = {h.more_births: lt(m.s_n, OTHER(m.s_n))}
    d = Derivation(with_second(m.long_run(), names, OTHER, order))
    solve(d, m.Phase.XX, World())
    solve(d, m.Phase.XX, OTHER)
    same = (eq(m.n_w, OTHER(m.n_w)), eq(m.a_D, OTHER(m.a_D)))
    proof = via.split(via.identity(h.n_w, h.n_w_2), via.identity(h.a_D, h.a_D_2))
    holding = proved(d, And(same), proof, "Mass of firms and cutoffs do not depend on where firms are born.")
    domain = tuple(m.long_run().domain.hypotheses())
    failing = Derivation(
        with_second(m.long_run(), (*domain, *LONG, *phase_holds(m.Phase.XX), h.s_n_below_1), OTHER, order)
    )
    point = dict(even().point) | {OTHER(x): value for x, value in uneven().point.items()}
    reason = (
        "With more births in the North fewer Southern firms move, but fewer are born: at s_E = 3/5, phi = 5/12 the "
        "South has fewer producers at s_n = 16/25 than at s_n = s_E, for the movers are few. And since m* is the same, "
        "neither of the two effects raises welfare (bo.eq26)."
    )
    return refuted(
        failing, statement, Witness(point), reason, corrected=holding, severity=Severity.SUBSTANCE,
        root="bo.eq16",
    )  # fmt: skip


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "bo.entry-DD", "claim", ENTRY, r"\text{the analysis is qualitatively identical for }\phi>\phi_P",
        _past_partition, title="entry and exit past the partitioning point",
    ),
    Claim(
        "bo.B-entry", "derived", ENTRY,
        r"B=\frac{s_E(1-1/\beta)a_D^\rho/n^w}{s_na_D^\alpha+s_E\phi^\beta a_D^\alpha}", _printed_demand,
        title="demand per firm with entry and exit",
    ),
    Claim(
        "bo.pro-rata", "assumption", ENTRY, r"s_n=s_E\text{ after entry and exit}", _pro_rata, title="births pro rata",
    ),
    Claim(
        "bo.dependence", "claim", GENERAL,
        r"\text{two of the three conditions imply the third; } s_n,\ n^w,\ a_R\ \text{are not pinned down}",
        parts=(
            stated("bo.dependence.conditions", "claim", GENERAL,
                  And(
        (
            Implies(And((CONDITIONS_ENTRY, ENTRY_STAR)), LOCATION),
            Implies(And((CONDITIONS_ENTRY, LOCATION)), ENTRY_STAR),
            Implies(And((ENTRY_STAR, LOCATION)), CONDITIONS_ENTRY),
        )
    ), _conditions,
                  title="free entry and location depend on one another",
        printed=r"\text{two of the three conditions imply the third}"),
            stated("bo.dependence.undetermined", "claim", GENERAL,
                  ne(m.n_w, OTHER(m.n_w)), _undetermined, title="what the long run determines",
                  printed=r"s_n,\ n^w,\ a_R\ \text{are not pinned down}"),
        ),
        title="what the long run determines",
    ),
    Claim(
        "bo.six-equations", "remark", GENERAL,
        r"\text{adjustment costs for entry and relocation give six differential equations}", _plan,
        title="what would pin down the long run",
    ),
    stated(
        "bo.general-share", "claim", f"{GENERAL} and section 4", lt(m.s_E, m.s_n), _share,
        title="the North's share of births in general", printed=r"s_n>s_E\text{ in the general model}",
    ),
    Claim(
        "bo.close", "claim", CLOSE, r"\text{relocation and entry are perfect substitutes; slow adjustment is better}",
        parts=(
            stated("bo.close.share", "claim", CLOSE, eq(SHARE, m.s_E), _kept_share,
                  title="the share of births in the polar cases",
        printed=r"\text{both polar cases maintain }s_n=s_E"),
            Claim("bo.close.imports", "claim", CLOSE, r"\phi\uparrow:\ \text{imports of the South}\uparrow",
                  _more_imports, title="imports of the small nation"),
            stated("bo.close.firms", "claim", CLOSE,
                  lt(KEPT, OTHER(KEPT)), _kept_firms,
                  title="firms kept by the small nation",
        printed=r"s_n>s_E\Rightarrow\text{the small nation keeps more firms}"),
        ),
        title="the close of section 4",
    ),
)  # fmt: skip
