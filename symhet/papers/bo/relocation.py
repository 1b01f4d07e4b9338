"""Section 3.2 before entry and exit: equations (15)-(20), the two phases of migration and full agglomeration."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Severity, proved, proved_with, refuted
from symhet.derivation import Derivation
from symhet.papers.bo import named as h
from symhet.papers.bo.agglomeration import economy
from symhet.papers.bo.gains import a
from symhet.papers.bo.model import (
    B,
    B_star,
    Phase,
    a_D,
    a_R,
    a_X,
    alpha,
    beta,
    f,
    f_I,
    kappa,
    mbar,
    mbar_star,
    n,
    n_star,
    n_w,
    phi,
    rho,
    s_E,
    s_n,
    sigma,
)
from symhet.papers.bo.readings import by_reading
from symhet.papers.bo.relocation_facts import RATIO, SHORT, D, R, X, masses, relocation, short, solved_masses
from symhet.papers.bo.shortrun_model import B1, CARRIED, relocated, shapes
from symhet.papers.bo.sunk import cutoff_sunk, weights_sunk
from symhet.propositions import And, Iff, Implies, UniqueRoot, eq, gt, le, lt
from symhet.provers import tactics as via

SOURCE = "Baldwin and Okubo, section 3.2"
Q = sp.Rational
Y = sp.Symbol("Y", positive=True)
phi_P = (1 - s_E) / s_E
FREE_SHARES = tuple(name for name in SHORT[Phase.XX] if name != h.s_n_is_s_E)


def _exports(low: sp.Symbol, high: sp.Symbol, demand: sp.Symbol) -> via.Tactic:
    """Prove on which side of the export cutoff a firm covers its beachhead abroad."""
    order = (h.power, via.fact("pow_mono", low, high, sigma - 1), via.lemma("pow_mono", low, high, sigma - 1))
    mark = 1 if low == a else -1
    weight = phi * demand * low ** (1 - sigma) * high ** (1 - sigma)
    moved = {} if demand == B else {h.location: mark * phi * a_X ** (1 - sigma)}
    return via.intro(h.order, via.cut((order,), via.combine({h.power: weight}, equations={h.export: -mark, **moved})))


def _eq15() -> Finding:
    d = short(Phase.XX)
    masses(d, Phase.XX)
    unit = rho / (alpha * a_D**rho)
    north, south = (eq(m, value * unit) for m, value in zip((mbar, mbar_star), solved_masses(Phase.XX), strict=True))
    world = eq(mbar + mbar_star, (n + n_star) * rho / alpha * (D + phi * X) / a_D**rho)
    sellers = tuple(
        (Implies(lt(low, high), lt(f, earned) if low == a else lt(earned, f)), _exports(low, high, demand))
        for demand, earned in ((x, phi * a ** (1 - sigma) * x) for x in (B, B_star))
        for low, high in ((a, a_X), (a_X, a))
    )
    goal = And((*(prop for prop, _ in sellers), north, south, world))
    reason = (
        "The integrals of (15) define the two sums; what is proved is that they run over the firms that sell, wherever "
        "these produce, what they come to, and that moving changes the division between markets but not the total. "
        "Firms below a_D keep selling at home, where their beachhead is sunk."
    )
    totals = (via.by(h.weights), via.by(h.weights_star), via.identity(h.weights, h.weights_star))
    parts = via.split(*(proof for _, proof in sellers), *totals)
    return proved(d, goal, parts, "Exports pay for the firms below a_X, and the sums are", reason)


def _solved() -> Finding:
    model = relocated(Phase.XX)
    names = (h.n, h.n_star, h.mbar, h.mbar_star, h.B, h.B_star, h.phase, h.a_R_at_most_a_D)
    kinds = {n: s_n, n_star: 1 - s_n}
    d = Derivation(model.context(h.sigma_above_1, h.beta_above_1, h.kappa_at_most_1, *names))
    masses(d, Phase.XX)
    unit = (1 - 1 / beta) * a_D**rho / n_w
    north = s_E * unit / (s_n * D + (1 - s_n) * (1 - phi) * R + (1 - s_n) * phi * X)
    south = (1 - s_E) * unit / (phi * s_n * X - (1 - s_n) * (1 - phi) * R + (1 - s_n) * D)
    for star, weight, value in zip(("", "*"), (mbar, mbar_star), solved_masses(Phase.XX), strict=True):
        share = value.xreplace(kinds)
        size = eq(share, weight * alpha * a_D**rho / (rho * n_w))
        solve = via.transported(h.weights_in(star), h.n, h.n_star, factor=-alpha * a_D**rho / (rho * n_w))
        size_step = d.step(h.size_in(star), size, "In shares of firms", by=solve)
        coefficient = weight * a_D**rho / (beta * n_w)
        positive = via.product({h.alpha_above_0: 1, h.sigma_above_1: -1}, size_step, coefficient=coefficient)
        d.step(h.sold_in(star), gt(share, 0), "which is positive;", by=positive)
    goal = And((eq(B, north), eq(B_star, south)))
    return proved(
        d,
        goal,
        via.split(via.identity(h.B, h.weights, h.n, h.n_star), via.identity(h.B_star, h.weights_star, h.n, h.n_star)),
        "Demands per firm are",
    )


def _eq16() -> Finding:
    d = short(Phase.XX)
    relocation(d, Phase.XX)
    goal = eq(a_R, (phi * (s_n + s_E - 1) / ((1 - s_n) * (1 - phi))) ** (1 / alpha) * a_X)
    rooted(d)
    holding = proved(d, goal, via.identity(h.root, h.s_n_is_s_E), "The cutoff of relocation is")
    model = relocated(Phase.XX)
    failing = Derivation(model.whole_domain(*FREE_SHARES))
    witness = economy(Q(3, 5), Q(3, 8), Q(1, 3), Q(3, 95), s_n=Q(31, 50))
    reason = (
        "For s_n other than s_E the term (s_E-s_n) a_D^alpha is missing: "
        "(1-s_n)(1-phi) a_R^alpha = phi(s_n+s_E-1) a_X^alpha + (s_E-s_n) a_D^alpha."
    )
    return proved_with(holding, (("s_n=s_E", eq(s_n, s_E)),), failing, witness, reason, severity=Severity.SUBSTANCE)


ROOT = eq(a_R, RATIO[Phase.XX] ** (1 / alpha) * a_X)


def rooted(d: Derivation) -> None:
    """Add, after `relocation` in phase XX, the step ``root``: the relocation cutoff itself."""
    d.step(h.base, gt(RATIO[Phase.XX], 0), "The share that moves is positive:")
    d.step(h.ratio, gt(R / (RATIO[Phase.XX] * X), 0), "and so")
    d.step(h.root, ROOT, "Taking roots,")


PRINTED_CUT = eq(phi * a_X ** (1 - sigma) * (beta - 1) * f_I / (kappa ** (1 - 1 / beta) + phi * X), f)


def _eq17() -> Finding:
    d = short(Phase.XX)
    relocation(d, Phase.XX)
    rooted(d)
    printed_cut(d)
    return proved(d, And((ROOT, PRINTED_CUT)), via.split(via.by(h.root), via.by(h.printed)), "Both cutoffs solve")


def printed_cut(d: Derivation) -> None:
    """Add, after `relocation`, the step ``printed``: the export cutoff condition as the paper writes it."""
    d.step(h.D, eq(D, kappa ** (1 - 1 / beta)), "With the cutoff of autarky")
    d.step(h.all, eq(a_D**rho, kappa), "and")
    says = "the export cutoff condition reads"
    clear = eq(phi * kappa, a_X ** (sigma - 1) * (kappa ** (1 - 1 / beta) + phi * X))
    terms = {h.cut: -(a_D**rho), h.all: -phi, h.D: a_X ** (sigma - 1)}
    d.step(h.sold, gt(kappa ** (1 - 1 / beta) + phi * X, 0), "Sales are positive, and")
    cleared = d.step(h.cleared, clear, says, by=via.linear(terms))
    scale = f * a_X ** (1 - sigma) / (kappa ** (1 - 1 / beta) + phi * X)
    d.step(h.printed, PRINTED_CUT, "or", by=via.transported(cleared, factor=scale))


def _unique() -> Finding:
    x = sp.Symbol("z", positive=True)
    model = relocated(Phase.XX)
    d = Derivation(model.context(h.sigma_above_1, h.beta_above_1, h.phi_below_1, h.kappa_at_most_1))
    gap = phi * x ** (1 - sigma) * (beta - 1) * f_I / (kappa ** (1 - 1 / beta) + phi * x**alpha) - f
    scale = kappa ** (1 / rho)
    low = scale * (phi / (1 + phi)) ** (1 / (sigma - 1))
    t = phi / (1 + phi)
    d.step(h.t_below_1, lt(t, 1), "Let a_X^(sigma-1) be phi/(1+phi) times its value at a_D:")
    t_beta_below_t = d.step(h.t_to_beta_below_t, lt(t**beta, t), "since")
    above = shapes(via.combine({t_beta_below_t: f * phi / (t * (1 + phi * t**B1))}))
    below = shapes(via.auto())
    tactic = via.bracketed_root(low, scale, slope=shapes(via.auto()), above=above, below=below)
    return proved(d, UniqueRoot(gap, x), tactic, "The left side falls, exceeds f there and is below f at a_D:")


def _two_phases() -> Finding:
    ratio = RATIO[Phase.XX]
    d = short(Phase.XX)
    relocation(d, Phase.XX)
    share_step = d.step(h.share, eq((a_R / a_X) ** alpha, ratio), "Relative to exporters")
    slope = derivative(ratio, phi)
    before = And(
        (
            eq((a_R / a_X) ** alpha, ratio),
            gt(slope, 0),
            Implies(lt(phi, phi_P), lt(ratio, 1)),
            Implies(lt(phi_P, phi), lt(1, ratio)),
        )
    )
    against = {h.phi_below_1: -1, h.s_E_below_1: -1}
    parts = via.split(
        via.by(share_step),
        via.product({h.s_E_above_half: 1, h.s_E_below_1: -1, h.phi_below_1: -2}, coefficient=2),
        via.intro(h.less, via.product({h.less: 1, **against}, coefficient=s_E)),
        via.intro(h.more, via.product({h.more: 1, **against}, coefficient=s_E)),
    )
    holding = proved(d, before, parts, "The ratio rises from zero, and reaches one at phi_P:")
    printed = Implies(lt(phi, phi_P), le(a_X, a_R))
    reason = (
        "DD is said to start below phi_P; a_R/a_X rises with phi and stays below one exactly for phi < phi_P, so that "
        "DD starts above it."
    )
    witness = economy(Q(2, 3), Q(3, 8), Q(1, 3), Q(1, 5))
    return refuted(short(Phase.XX, whole=True), printed, witness, reason, corrected=holding, severity=Severity.MISPRINT)


def _eq18() -> Finding:
    d = short(Phase.XX)
    relocation(d, Phase.XX)
    goal = Iff(eq(a_R, a_X), eq(phi, phi_P))
    forward = via.cut(
        [(h.equal, eq(R, X), via.identity(h.premise))],
        via.linear({h.equal: (1 - s_E) * (1 - phi) / (X * s_E), h.relocation: -(1 - s_E) * (1 - phi) / (X * s_E)}),
    )
    backward = via.cut(
        [
            (h.one, eq(RATIO[Phase.XX], 1), via.transported(h.premise, factor=s_E / ((1 - phi) * (1 - s_E)))),
            (h.equal, eq(R, X), via.linear({h.relocation: 1, h.one: X})),
        ],
        via.powers({h.equal: 1 / alpha}),
    )
    says = "All Southern exporters have moved exactly at"
    return proved(d, goal, via.both(forward, backward), says)


def _eq19() -> Finding:
    d = Derivation(
        relocated(Phase.DD).context(
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
    masses(d, Phase.DD)
    unit = n_w / ((1 - 1 / beta) * a_D**rho)
    goal = And((eq(mbar, (R + s_n * (D - R)) * unit), eq(mbar_star, (phi * X + (1 - s_n) * (D - R)) * unit)))
    by_parts = via.split(via.identity(h.weights, h.n, h.n_star), via.identity(h.weights_star, h.n, h.n_star))
    reason = "Southern firms that stay do not export, and movers above a_X sell in the North only."
    return proved(d, goal, by_parts, "When D-types move the weights are", reason)


def _eq20() -> Finding:
    d = short(Phase.DD)
    relocation(d, Phase.DD)
    root = d.step(h.root, eq(a_R, RATIO[Phase.DD] ** (1 / alpha) * a_X), "Taking roots,")
    printed_cut(d)
    goal = And((eq(a_R, RATIO[Phase.DD] ** (1 / alpha) * a_X), PRINTED_CUT))
    reason = "The cutoff condition is the same because the two markets together do not depend on who moved."
    return proved(
        d, goal, via.split(via.by(root), via.by(h.printed)), "Relocation cutoff and export cutoff are", reason
    )


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "bo.eq15", "derived", f"{SOURCE}, equation (15)",
        r"\bar m=n\int_0^{a_D}a^{1-\sigma}dG[a|a_D]+n^*\int_0^{a_R}a^{1-\sigma}dG[a|a_D]"
        r"+n^*\phi\int_{a_R}^{a_X}a^{1-\sigma}dG[a|a_D],\quad\bar m^*=\phi n\int_0^{a_X}a^{1-\sigma}dG[a|a_D]"
        r"+\phi n^*\int_0^{a_R}a^{1-\sigma}dG[a|a_D]+n^*\int_{a_R}^{a_D}a^{1-\sigma}dG[a|a_D]",
        _eq15, title="weights when exporters move",
    ),
    Claim(
        "bo.B-solved", "derived", f"{SOURCE}, below (15)",
        r"B=\frac{s_E(1-1/\beta)a_D^\rho/n^w}{s_na_D^\alpha+(1-s_n)(1-\phi)a_R^\alpha+(1-s_n)\phi a_X^\alpha},\quad "
        r"B^*=\frac{(1-s_E)(1-1/\beta)a_D^\rho/n^w}{s_n\phi a_X^\alpha-(1-s_n)(1-\phi)a_R^\alpha+(1-s_n)a_D^\alpha}",
        _solved, title="demands per firm",
    ),
    Claim(
        "bo.eq16", "derived", f"{SOURCE}, equation (16)",
        r"a_R=\left(\frac{\phi(s_n+s_E-1)}{(1-s_n)(1-\phi)}\right)^{1/\alpha}a_X", _eq16, title="relocation cutoff",
    ),
    Claim(
        "bo.eq17", "derived", f"{SOURCE}, equation (17)",
        r"a_R=\left(\frac{\phi(2s_E-1)}{(1-\phi)(1-s_E)}\right)^{1/\alpha}a_X,\quad"
        r"\frac{\phi a_X^{1-\sigma}(\beta-1)f_I}{(f_I(\beta-1)/f)^{1-1/\beta}+\phi a_X^\alpha}=f",
        _eq17, title="both cutoffs",
    ),
    Claim(
        "bo.eq17-unique", "claim", f"{SOURCE}, below (17)",
        r"\frac{\phi a_X^{1-\sigma}(\beta-1)f_I}{(f_I(\beta-1)/f)^{1-1/\beta}+\phi a_X^\alpha}=f"
        r"\text{ has one positive root}", _unique, title="one export cutoff",
    ),
    Claim(
        "bo.two-phases", "claim", f"{SOURCE}, below (17) and (18)",
        r"\phi<\phi_P\Rightarrow a_R\ge a_X", _two_phases, title="two phases of migration",
    ),
    Claim(
        "bo.eq18", "derived", f"{SOURCE}, equation (18)", r"\phi_P=\frac{1-s_E}{s_E}", _eq18,
        title="partitioning point",
    ),
    by_reading(
        "bo.eq19", "derived", f"{SOURCE}, equation (19)",
        r"\bar m=\frac{a_R^\alpha+s_n(a_D^\alpha-a_R^\alpha)}{(1-1/\beta)a_D^\rho/n^w},\quad"
        r"\bar m^*=\frac{\phi a_X^\alpha+(1-s_n)(a_D^\alpha-a_R^\alpha)}{(1-1/\beta)a_D^\rho/n^w}",
        (_eq19, weights_sunk), "weights when D-types move",
    ),
    by_reading(
        "bo.eq20", "derived", f"{SOURCE}, equation (20)",
        r"a_R=a_X\left(\frac{\phi s_E}{1-s_E}\right)^{1/\alpha}", (_eq20, cutoff_sunk),
        "relocation cutoff of D-types",
    ),
)  # fmt: skip
