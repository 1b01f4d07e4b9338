"""Sections 3.2.1 past the partitioning point, and 3.3: what holds for any share of births."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symhet.claims import Claim, Finding, Severity, Witness, given, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import ratio, relocated
from symhet.papers.bo.facts import World, firms, integrate, with_second
from symhet.papers.bo.longrun import AUTARKIC, OTHER, even, settled, uneven
from symhet.papers.bo.longrun_facts import CORE, LONG, anywhere, phase_holds, solve, solved
from symhet.papers.bo.sources import section
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import And, Implies, Prop, eq, gt, lt, ne
from symhet.provers import tactics as via
from symhet.steps import Step


def _selected(d: Derivation) -> None:
    """Add that the domestic cutoff lies below that of autarky."""
    low, high = m.kappa / (1 + m.Omega), m.kappa
    d.step(h.smaller, lt(low, high), "Free entry with trade leaves less room:")
    d.step(h.power, via.fact("pow_mono", low, high, 1 / m.rho), "so that")
    d.step(h.selection, lt(m.a_D, m.kappa ** (1 / m.rho)), "the cutoff falls:")


@section("3.2.1").claim(
    "bo.entry-DD",
    And(
        (
            eq(m.n_w, firms / (1 + m.Omega)),
            eq(m.a_D, (m.kappa / (1 + m.Omega)) ** (1 / m.rho)),
            eq(m.a_X**m.rho, m.Omega * m.a_D**m.rho),
            lt(m.a_D, m.kappa ** (1 / m.rho)),
        )
    ),
    title="entry and exit past the partitioning point",
    printed=r"\text{the analysis is qualitatively identical for }\phi>\phi_P",
)
def _past_partition(statement: Prop) -> Finding:
    d = solved(m.Phase.DD)
    _selected(d)
    proof = via.split(via.by(h.n_w), via.by(h.a_D), via.identity(h.a_X), via.by(h.selection))
    says = "Past the partitioning point mass and cutoffs are what they are before it:"
    reason = "They are the same for any share of births, and the domestic cutoff is below that of (12)."
    found = proved(d, statement, proof, says, reason)
    other = solved(m.Phase.XX)
    _selected(other)
    return with_theorem(found, other.prove(statement, proof))


UNIT = (1 - 1 / m.beta) * m.a_D**m.rho / m.n_w


@section("3.2.1").derived(
    "bo.B-entry",
    eq(m.B, m.s_E * UNIT / (m.s_n * m.a_D**m.alpha + m.s_E * m.Omega * m.a_D**m.alpha)),
    title="demand per firm with entry and exit",
    printed=r"B=\frac{s_E(1-1/\beta)a_D^\rho/n^w}{s_na_D^\alpha+s_E\phi^\beta a_D^\alpha}",
)
def _printed_demand(printed: Prop) -> Finding:
    d = settled(m.Phase.XX)
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


@section("3.3").claim(
    "bo.dependence.undetermined",
    ne(m.n_w, OTHER(m.n_w)),
    title="what the long run determines",
    printed=r"s_n,\ n^w,\ a_R\ \text{are not pinned down}",
)
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


@section("3.3").claim(
    "bo.dependence.conditions",
    And(
        (
            Implies(And((CONDITIONS_ENTRY, ENTRY_STAR)), LOCATION),
            Implies(And((CONDITIONS_ENTRY, LOCATION)), ENTRY_STAR),
            Implies(And((ENTRY_STAR, LOCATION)), CONDITIONS_ENTRY),
        )
    ),
    title="free entry and location depend on one another",
    printed=r"\text{two of the three conditions imply the third}",
)
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


@section("3.3 and section 4").claim(
    "bo.general-share",
    lt(m.s_E, m.s_n),
    title="the North's share of births in general",
    printed=r"s_n>s_E\text{ in the general model}",
)
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


CLAIMS: tuple[Claim, ...] = (
    _past_partition,
    _printed_demand,
    section("3.2.1").row(
        "assumption", "bo.pro-rata", r"s_n=s_E\text{ after entry and exit}", _pro_rata, title="births pro rata"
    ),
    section("3.3").row(
        "claim",
        "bo.dependence",
        r"\text{two of the three conditions imply the third; } s_n,\ n^w,\ a_R\ \text{are not pinned down}",
        parts=(
            _conditions,
            _undetermined,
        ),
        title="what the long run determines",
    ),
    section("3.3").row(
        "remark",
        "bo.six-equations",
        r"\text{adjustment costs for entry and relocation give six differential equations}",
        _plan,
        title="what would pin down the long run",
    ),
    _share,
)
