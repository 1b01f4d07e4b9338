"""Section 3.2 before entry and exit: equations (15)-(20), the two phases of migration and full agglomeration."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Severity, proved, proved_with, refuted
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.agglomeration import economy
from symhet.papers.bo.readings import by_reading
from symhet.papers.bo.relocation_facts import RATIO, SHORT, D, R, X, masses, relocation, short, solved_masses
from symhet.papers.bo.shortrun_model import B1, CARRIED, relocated, shapes
from symhet.papers.bo.sources import section
from symhet.papers.bo.sunk import CUTOFF, WEIGHTS_STAR, cutoff_sunk, weights_sunk
from symhet.papers.bo.sunk import UNIT as UNIT_DD
from symhet.papers.bo.symbols import a
from symhet.propositions import And, Iff, Implies, Prop, UniqueRoot, eq, gt, le, lt
from symhet.provers import tactics as via

Q = sp.Rational
phi_P = (1 - m.s_E) / m.s_E
FREE_SHARES = tuple(name for name in SHORT[m.Phase.XX] if name != h.s_n_is_s_E)


def _exports(low: sp.Symbol, high: sp.Symbol, demand: sp.Symbol) -> via.Tactic:
    """Prove on which side of the export cutoff a firm covers its beachhead abroad."""
    order = (h.power, via.fact("pow_mono", low, high, m.sigma - 1), via.lemma("pow_mono", low, high, m.sigma - 1))
    mark = 1 if low == a else -1
    weight = m.phi * demand * low ** (1 - m.sigma) * high ** (1 - m.sigma)
    moved = {} if demand == m.B else {h.location: mark * m.phi * m.a_X ** (1 - m.sigma)}
    return via.intro(h.order, via.cut((order,), via.combine({h.power: weight}, equations={h.export: -mark, **moved})))


UNIT = m.rho / (m.alpha * m.a_D**m.rho)
NORTH, SOUTH = (
    eq(weight, value * UNIT) for weight, value in zip((m.mbar, m.mbar_star), solved_masses(m.Phase.XX), strict=True)
)
WORLD = eq(m.mbar + m.mbar_star, (m.n + m.n_star) * m.rho / m.alpha * (D + m.phi * X) / m.a_D**m.rho)
SELLERS = tuple(
    (Implies(lt(low, high), lt(m.f, earned) if low == a else lt(earned, m.f)), _exports(low, high, demand))
    for demand, earned in ((x, m.phi * a ** (1 - m.sigma) * x) for x in (m.B, m.B_star))
    for low, high in ((a, m.a_X), (m.a_X, a))
)


@section("3.2", "equation (15)").derived(
    "bo.eq15",
    And((*(prop for prop, _ in SELLERS), NORTH, SOUTH, WORLD)),
    title="weights when exporters move",
    printed=r"\bar m=n\int_0^{a_D}a^{1-\sigma}dG[a|a_D]+n^*\int_0^{a_R}a^{1-\sigma}dG[a|a_D]"
    r"+n^*\phi\int_{a_R}^{a_X}a^{1-\sigma}dG[a|a_D],\quad\bar m^*=\phi n\int_0^{a_X}a^{1-\sigma}dG[a|a_D]"
    r"+\phi n^*\int_0^{a_R}a^{1-\sigma}dG[a|a_D]+n^*\int_{a_R}^{a_D}a^{1-\sigma}dG[a|a_D]",
)
def _eq15(goal: Prop) -> Finding:
    d = short(m.Phase.XX)
    masses(d, m.Phase.XX)
    reason = (
        "The integrals of (15) define the two sums; what is proved is that they run over the firms that sell, wherever "
        "these produce, what they come to, and that moving changes the division between markets but not the total. "
        "Firms below a_D keep selling at home, where their beachhead is sunk."
    )
    totals = (via.by(h.weights), via.by(h.weights_star), via.identity(h.weights, h.weights_star))
    parts = via.split(*(proof for _, proof in SELLERS), *totals)
    return proved(d, goal, parts, "Exports pay for the firms below a_X, and the sums are", reason)


SOLVED_UNIT = (1 - 1 / m.beta) * m.a_D**m.rho / m.n_w
SOLVED_NORTH = m.s_E * SOLVED_UNIT / (m.s_n * D + (1 - m.s_n) * (1 - m.phi) * R + (1 - m.s_n) * m.phi * X)
SOLVED_SOUTH = (1 - m.s_E) * SOLVED_UNIT / (m.phi * m.s_n * X - (1 - m.s_n) * (1 - m.phi) * R + (1 - m.s_n) * D)


@section("3.2", "below (15)").derived(
    "bo.B-solved",
    And((eq(m.B, SOLVED_NORTH), eq(m.B_star, SOLVED_SOUTH))),
    title="demands per firm",
    printed=r"B=\frac{s_E(1-1/\beta)a_D^\rho/n^w}{s_na_D^\alpha+(1-s_n)(1-\phi)a_R^\alpha+(1-s_n)\phi "
    r"a_X^\alpha},\quad "
    r"B^*=\frac{(1-s_E)(1-1/\beta)a_D^\rho/n^w}{s_n\phi a_X^\alpha-(1-s_n)(1-\phi)a_R^\alpha+(1-s_n)a_D^\alpha}",
)
def _solved(goal: Prop) -> Finding:
    model = relocated(m.Phase.XX)
    names = (h.n, h.n_star, h.mbar, h.mbar_star, h.B, h.B_star, h.phase, h.a_R_at_most_a_D)
    kinds = {m.n: m.s_n, m.n_star: 1 - m.s_n}
    d = Derivation(model.context(h.sigma_above_1, h.beta_above_1, h.kappa_at_most_1, *names))
    masses(d, m.Phase.XX)
    for star, weight, value in zip(("", "*"), (m.mbar, m.mbar_star), solved_masses(m.Phase.XX), strict=True):
        share = value.xreplace(kinds)
        size = eq(share, weight * m.alpha * m.a_D**m.rho / (m.rho * m.n_w))
        solve = via.transported(h.weights_in(star), h.n, h.n_star, factor=-m.alpha * m.a_D**m.rho / (m.rho * m.n_w))
        size_step = d.step(h.size_in(star), size, "In shares of firms", by=solve)
        coefficient = weight * m.a_D**m.rho / (m.beta * m.n_w)
        positive = via.product({h.alpha_above_0: 1, h.sigma_above_1: -1}, size_step, coefficient=coefficient)
        d.step(h.sold_in(star), gt(share, 0), "which is positive;", by=positive)
    return proved(
        d,
        goal,
        via.split(via.identity(h.B, h.weights, h.n, h.n_star), via.identity(h.B_star, h.weights_star, h.n, h.n_star)),
        "Demands per firm are",
    )


@section("3.2", "equation (16)").derived(
    "bo.eq16",
    eq(m.a_R, (m.phi * (m.s_n + m.s_E - 1) / ((1 - m.s_n) * (1 - m.phi))) ** (1 / m.alpha) * m.a_X),
    title="relocation cutoff",
    printed=r"a_R=\left(\frac{\phi(s_n+s_E-1)}{(1-s_n)(1-\phi)}\right)^{1/\alpha}a_X",
)
def _eq16(goal: Prop) -> Finding:
    d = short(m.Phase.XX)
    relocation(d, m.Phase.XX)
    rooted(d)
    holding = proved(d, goal, via.identity(h.root, h.s_n_is_s_E), "The cutoff of relocation is")
    model = relocated(m.Phase.XX)
    failing = Derivation(model.whole_domain(*FREE_SHARES))
    witness = economy(Q(3, 5), Q(3, 8), Q(1, 3), Q(3, 95), s_n=Q(31, 50))
    reason = (
        "For s_n other than s_E the term (s_E-s_n) a_D^alpha is missing: "
        "(1-s_n)(1-phi) a_R^alpha = phi(s_n+s_E-1) a_X^alpha + (s_E-s_n) a_D^alpha."
    )
    return proved_with(holding, (("s_n=s_E", eq(m.s_n, m.s_E)),), failing, witness, reason, severity=Severity.SUBSTANCE)


ROOT = eq(m.a_R, RATIO[m.Phase.XX] ** (1 / m.alpha) * m.a_X)


def rooted(d: Derivation) -> None:
    """Add, after `relocation` in phase XX, the step ``root``: the relocation cutoff itself."""
    d.step(h.base, gt(RATIO[m.Phase.XX], 0), "The share that moves is positive:")
    d.step(h.ratio, gt(R / (RATIO[m.Phase.XX] * X), 0), "and so")
    d.step(h.root, ROOT, "Taking roots,")


PRINTED_CUT = eq(m.phi * m.a_X ** (1 - m.sigma) * (m.beta - 1) * m.f_I / (m.kappa ** (1 - 1 / m.beta) + m.phi * X), m.f)


@section("3.2", "equation (17)").derived(
    "bo.eq17",
    And((ROOT, PRINTED_CUT)),
    title="both cutoffs",
    printed=r"a_R=\left(\frac{\phi(2s_E-1)}{(1-\phi)(1-s_E)}\right)^{1/"
    r"\alpha}a_X,\quad"
    r"\frac{\phi a_X^{1-\sigma}(\beta-1)f_I}{(f_I(\beta-1)/f)^{1-1/\beta}+\phi a_X^\alpha}=f",
)
def _eq17(statement: Prop) -> Finding:
    d = short(m.Phase.XX)
    relocation(d, m.Phase.XX)
    rooted(d)
    printed_cut(d)
    return proved(d, statement, via.split(via.by(h.root), via.by(h.printed)), "Both cutoffs solve")


def printed_cut(d: Derivation) -> None:
    """Add, after `relocation`, the step ``printed``: the export cutoff condition as the paper writes it."""
    d.step(h.D, eq(D, m.kappa ** (1 - 1 / m.beta)), "With the cutoff of autarky")
    d.step(h.all, eq(m.a_D**m.rho, m.kappa), "and")
    says = "the export cutoff condition reads"
    clear = eq(m.phi * m.kappa, m.a_X ** (m.sigma - 1) * (m.kappa ** (1 - 1 / m.beta) + m.phi * X))
    terms = {h.cut: -(m.a_D**m.rho), h.all: -m.phi, h.D: m.a_X ** (m.sigma - 1)}
    d.step(h.sold, gt(m.kappa ** (1 - 1 / m.beta) + m.phi * X, 0), "Sales are positive, and")
    cleared = d.step(h.cleared, clear, says, by=via.linear(terms))
    scale = m.f * m.a_X ** (1 - m.sigma) / (m.kappa ** (1 - 1 / m.beta) + m.phi * X)
    d.step(h.printed, PRINTED_CUT, "or", by=via.transported(cleared, factor=scale))


UNIQUE_X = sp.Symbol("z", positive=True)
GAP = (
    m.phi * UNIQUE_X ** (1 - m.sigma) * (m.beta - 1) * m.f_I / (m.kappa ** (1 - 1 / m.beta) + m.phi * UNIQUE_X**m.alpha)
    - m.f
)


@section("3.2", "below (17)").claim(
    "bo.eq17-unique",
    UniqueRoot(GAP, UNIQUE_X),
    title="one export cutoff",
    printed=r"\frac{\phi a_X^{1-\sigma}(\beta-1)f_I}{(f_I(\beta-1)/f)^{1-1/\beta}+\phi a_X^\alpha}=f"
    r"\text{ has one positive root}",
)
def _unique(statement: Prop) -> Finding:
    model = relocated(m.Phase.XX)
    d = Derivation(model.context(h.sigma_above_1, h.beta_above_1, h.phi_below_1, h.kappa_at_most_1))
    scale = m.kappa ** (1 / m.rho)
    low = scale * (m.phi / (1 + m.phi)) ** (1 / (m.sigma - 1))
    t = m.phi / (1 + m.phi)
    d.step(h.t_below_1, lt(t, 1), "Let a_X^(sigma-1) be phi/(1+phi) times its value at a_D:")
    t_beta_below_t = d.step(h.t_to_beta_below_t, lt(t**m.beta, t), "since")
    above = shapes(via.combine({t_beta_below_t: m.f * m.phi / (t * (1 + m.phi * t**B1))}))
    below = shapes(via.auto())
    tactic = via.bracketed_root(UNIQUE_X, low, scale, slope=shapes(via.auto()), above=above, below=below)
    return proved(d, statement, tactic, "The left side falls, exceeds f there and is below f at a_D:")


@section("3.2", "below (17) and (18)").claim(
    "bo.two-phases",
    Implies(lt(m.phi, phi_P), le(m.a_X, m.a_R)),
    title="two phases of migration",
    printed=r"\phi<\phi_P\Rightarrow "
    r"a_R\ge a_X",
)
def _two_phases(printed: Prop) -> Finding:
    ratio = RATIO[m.Phase.XX]
    d = short(m.Phase.XX)
    relocation(d, m.Phase.XX)
    share_step = d.step(h.share, eq((m.a_R / m.a_X) ** m.alpha, ratio), "Relative to exporters")
    slope = derivative(ratio, m.phi)
    before = And(
        (
            eq((m.a_R / m.a_X) ** m.alpha, ratio),
            gt(slope, 0),
            Implies(lt(m.phi, phi_P), lt(ratio, 1)),
            Implies(lt(phi_P, m.phi), lt(1, ratio)),
        )
    )
    against = {h.phi_below_1: -1, h.s_E_below_1: -1}
    parts = via.split(
        via.by(share_step),
        via.product({h.s_E_above_half: 1, h.s_E_below_1: -1, h.phi_below_1: -2}, coefficient=2),
        via.intro(h.less, via.product({h.less: 1, **against}, coefficient=m.s_E)),
        via.intro(h.more, via.product({h.more: 1, **against}, coefficient=m.s_E)),
    )
    holding = proved(d, before, parts, "The ratio rises from zero, and reaches one at phi_P:")
    reason = (
        "DD is said to start below phi_P; a_R/a_X rises with phi and stays below one exactly for phi < phi_P, so that "
        "DD starts above it."
    )
    witness = economy(Q(2, 3), Q(3, 8), Q(1, 3), Q(1, 5))
    return refuted(
        short(m.Phase.XX, whole=True), printed, witness, reason, corrected=holding, severity=Severity.MISPRINT
    )


@section("3.2", "equation (18)").derived(
    "bo.eq18", Iff(eq(m.a_R, m.a_X), eq(m.phi, phi_P)), title="partitioning point", printed=r"\phi_P=\frac{1-s_E}{s_E}"
)
def _eq18(statement: Prop) -> Finding:
    d = short(m.Phase.XX)
    relocation(d, m.Phase.XX)
    forward = via.cut(
        [(h.equal, eq(R, X), via.identity(h.premise))],
        via.linear(
            {h.equal: (1 - m.s_E) * (1 - m.phi) / (X * m.s_E), h.relocation: -(1 - m.s_E) * (1 - m.phi) / (X * m.s_E)}
        ),
    )
    backward = via.cut(
        [
            (h.one, eq(RATIO[m.Phase.XX], 1), via.transported(h.premise, factor=m.s_E / ((1 - m.phi) * (1 - m.s_E)))),
            (h.equal, eq(R, X), via.linear({h.relocation: 1, h.one: X})),
        ],
        via.powers({h.equal: 1 / m.alpha}),
    )
    says = "All Southern exporters have moved exactly at"
    return proved(d, statement, via.both(forward, backward), says)


def _eq19(goal: Prop) -> Finding:
    d = Derivation(
        relocated(m.Phase.DD).context(
            h.sigma_above_1,
            h.beta_above_1,
            h.kappa_at_most_1,
            h.n,
            h.n_star,
            h.mbar,
            h.mbar_star,
            h.a_R_at_most_a_D,
            *CARRIED,
        )
    )
    masses(d, m.Phase.DD)
    by_parts = via.split(via.identity(h.weights, h.n, h.n_star), via.identity(h.weights_star, h.n, h.n_star))
    reason = "Southern firms that stay do not export, and movers above a_X sell in the North only."
    return proved(d, goal, by_parts, "When D-types move the weights are", reason)


def _eq20(goal: Prop) -> Finding:
    d = short(m.Phase.DD)
    relocation(d, m.Phase.DD)
    root = d.step(h.root, CUTOFF, "Taking roots,")
    printed_cut(d)
    reason = "The cutoff condition is the same because the two markets together do not depend on who moved."
    return proved(
        d, goal, via.split(via.by(root), via.by(h.printed)), "Relocation cutoff and export cutoff are", reason
    )


CLAIMS: tuple[Claim, ...] = (
    _eq15,
    _solved,
    _eq16,
    _eq17,
    _unique,
    _two_phases,
    _eq18,
    by_reading(
        "bo.eq19",
        "derived",
        section("3.2", "equation (19)"),
        r"\bar m=\frac{a_R^\alpha+s_n(a_D^\alpha-a_R^\alpha)}{(1-1/\beta)a_D^\rho/n^w},\quad"
        r"\bar m^*=\frac{\phi a_X^\alpha+(1-s_n)(a_D^\alpha-a_R^\alpha)}{(1-1/\beta)a_D^\rho/n^w}",
        ((And((eq(m.mbar, (R + m.s_n * (D - R)) * UNIT_DD), WEIGHTS_STAR)), _eq19), (WEIGHTS_STAR, weights_sunk)),
        "weights when D-types move",
    ),
    by_reading(
        "bo.eq20",
        "derived",
        section("3.2", "equation (20)"),
        r"a_R=a_X\left(\frac{\phi s_E}{1-s_E}\right)^{1/\alpha}",
        ((And((CUTOFF, PRINTED_CUT)), _eq20), (CUTOFF, cutoff_sunk)),
        "relocation cutoff of D-types",
    ),
)
