"""Section 3.2 before entry and exit: equations (15)-(20), the two phases of migration and full agglomeration."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.claims import Claim, Finding, Severity, proved, proved_with, refuted
from symhet.derivation import Derivation, Step
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
from symhet.papers.bo.relocation_facts import (
    RATIO,
    RELOCATION_STEP,
    SHORT,
    D,
    R,
    X,
    masses,
    relocation,
    short,
    solved_masses,
)
from symhet.papers.bo.shortrun_model import ALPHA_ABOVE_0_STEP, B1, CARRIED, relocated, shapes
from symhet.papers.bo.sunk import LESS_STEP, WEIGHTS_STAR_STEP, WEIGHTS_STEP, cutoff_sunk, weights_sunk
from symhet.propositions import And, Iff, Implies, UniqueRoot, eq, gt, le, lt
from symhet.provers import tactics as via

PRINTED_STEP = Step("printed")
ROOT_STEP = Step("root")


SOURCE = "Baldwin and Okubo, section 3.2"
Q = sp.Rational
Y = sp.Symbol("Y", positive=True)
phi_P = (1 - s_E) / s_E
FREE_SHARES = tuple(name for name in SHORT[Phase.XX] if name != "s_n=s_E")


def _exports(low: sp.Symbol, high: sp.Symbol, demand: sp.Symbol) -> via.Tactic:
    """Prove on which side of the export cutoff a firm covers its beachhead abroad."""
    order = ("power", via.fact("pow_mono", low, high, sigma - 1), via.lemma("pow_mono", low, high, sigma - 1))
    mark = 1 if low == a else -1
    weight = phi * demand * low ** (1 - sigma) * high ** (1 - sigma)
    moved = {} if demand == B else {"location": mark * phi * a_X ** (1 - sigma)}
    return via.intro("order", via.cut((order,), via.combine({"power": weight}, equations={"export": -mark, **moved})))


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
    totals = (via.by(WEIGHTS_STEP), via.by(WEIGHTS_STAR_STEP), via.identity(WEIGHTS_STEP, WEIGHTS_STAR_STEP))
    parts = via.split(*(proof for _, proof in sellers), *totals)
    return proved(d, goal, parts, "Exports pay for the firms below a_X, and the sums are", reason)


def _solved() -> Finding:
    model = relocated(Phase.XX)
    names = ("n", "n*", "mbar", "mbar*", "B", "B*", "phase", "a_R<=a_D")
    kinds = {n: s_n, n_star: 1 - s_n}
    d = Derivation(model.context("sigma>1", "beta>1", "kappa<=1", *names))
    masses(d, Phase.XX)
    unit = (1 - 1 / beta) * a_D**rho / n_w
    north = s_E * unit / (s_n * D + (1 - s_n) * (1 - phi) * R + (1 - s_n) * phi * X)
    south = (1 - s_E) * unit / (phi * s_n * X - (1 - s_n) * (1 - phi) * R + (1 - s_n) * D)
    for star, weight, value in zip(("", "*"), (mbar, mbar_star), solved_masses(Phase.XX), strict=True):
        share = value.xreplace(kinds)
        size = eq(share, weight * alpha * a_D**rho / (rho * n_w))
        solve = via.transported(f"weights{star}", "n", "n*", factor=-alpha * a_D**rho / (rho * n_w))
        size_step = d.step(f"size{star}", size, "In shares of firms", by=solve)
        coefficient = weight * a_D**rho / (beta * n_w)
        positive = via.product({ALPHA_ABOVE_0_STEP: 1, "sigma>1": -1}, size_step, coefficient=coefficient)
        d.step(f"sold{star}", gt(share, 0), "which is positive;", by=positive)
    goal = And((eq(B, north), eq(B_star, south)))
    return proved(
        d,
        goal,
        via.split(via.identity("B", WEIGHTS_STEP, "n", "n*"), via.identity("B*", WEIGHTS_STAR_STEP, "n", "n*")),
        "Demands per firm are",
    )


def _eq16() -> Finding:
    d = short(Phase.XX)
    relocation(d, Phase.XX)
    goal = eq(a_R, (phi * (s_n + s_E - 1) / ((1 - s_n) * (1 - phi))) ** (1 / alpha) * a_X)
    rooted(d)
    holding = proved(d, goal, via.identity(ROOT_STEP, "s_n=s_E"), "The cutoff of relocation is")
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
    d.step("base", gt(RATIO[Phase.XX], 0), "The share that moves is positive:")
    d.step("ratio", gt(R / (RATIO[Phase.XX] * X), 0), "and so")
    d.step(ROOT_STEP, ROOT, "Taking roots,")


PRINTED_CUT = eq(phi * a_X ** (1 - sigma) * (beta - 1) * f_I / (kappa ** (1 - 1 / beta) + phi * X), f)


def _eq17() -> Finding:
    d = short(Phase.XX)
    relocation(d, Phase.XX)
    rooted(d)
    printed_cut(d)
    return proved(d, And((ROOT, PRINTED_CUT)), via.split(via.by(ROOT_STEP), via.by(PRINTED_STEP)), "Both cutoffs solve")


def printed_cut(d: Derivation) -> None:
    """Add, after `relocation`, the step ``printed``: the export cutoff condition as the paper writes it."""
    d.step("D", eq(D, kappa ** (1 - 1 / beta)), "With the cutoff of autarky")
    d.step("all", eq(a_D**rho, kappa), "and")
    says = "the export cutoff condition reads"
    clear = eq(phi * kappa, a_X ** (sigma - 1) * (kappa ** (1 - 1 / beta) + phi * X))
    terms = {"cut": -(a_D**rho), "all": -phi, "D": a_X ** (sigma - 1)}
    d.step("sold", gt(kappa ** (1 - 1 / beta) + phi * X, 0), "Sales are positive, and")
    cleared = d.step("cleared", clear, says, by=via.linear(terms))
    scale = f * a_X ** (1 - sigma) / (kappa ** (1 - 1 / beta) + phi * X)
    d.step(PRINTED_STEP, PRINTED_CUT, "or", by=via.transported(cleared, factor=scale))


def _unique() -> Finding:
    x = sp.Symbol("z", positive=True)
    model = relocated(Phase.XX)
    d = Derivation(model.context("sigma>1", "beta>1", "phi<1", "kappa<=1"))
    gap = phi * x ** (1 - sigma) * (beta - 1) * f_I / (kappa ** (1 - 1 / beta) + phi * x**alpha) - f
    scale = kappa ** (1 / rho)
    low = scale * (phi / (1 + phi)) ** (1 / (sigma - 1))
    t = phi / (1 + phi)
    d.step("t<1", lt(t, 1), "Let a_X^(sigma-1) be phi/(1+phi) times its value at a_D:")
    t_beta_below_t = d.step("t^beta<t", lt(t**beta, t), "since")
    above = shapes(via.combine({t_beta_below_t: f * phi / (t * (1 + phi * t**B1))}))
    below = shapes(via.auto())
    tactic = via.bracketed_root(low, scale, slope=shapes(via.auto()), above=above, below=below)
    return proved(d, UniqueRoot(gap, x), tactic, "The left side falls, exceeds f there and is below f at a_D:")


def _two_phases() -> Finding:
    ratio = RATIO[Phase.XX]
    d = short(Phase.XX)
    relocation(d, Phase.XX)
    share_step = d.step("share", eq((a_R / a_X) ** alpha, ratio), "Relative to exporters")
    slope = derivative(ratio, phi)
    before = And(
        (
            eq((a_R / a_X) ** alpha, ratio),
            gt(slope, 0),
            Implies(lt(phi, phi_P), lt(ratio, 1)),
            Implies(lt(phi_P, phi), lt(1, ratio)),
        )
    )
    against = {"phi<1": -1, "s_E<1": -1}
    parts = via.split(
        via.by(share_step),
        via.product({"s_E>1/2": 1, "s_E<1": -1, "phi<1": -2}, coefficient=2),
        via.intro("less", via.product({LESS_STEP: 1, **against}, coefficient=s_E)),
        via.intro("more", via.product({"more": 1, **against}, coefficient=s_E)),
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
        [("equal", eq(R, X), via.identity("premise"))],
        via.linear({"equal": (1 - s_E) * (1 - phi) / (X * s_E), RELOCATION_STEP: -(1 - s_E) * (1 - phi) / (X * s_E)}),
    )
    backward = via.cut(
        [
            ("one", eq(RATIO[Phase.XX], 1), via.transported("premise", factor=s_E / ((1 - phi) * (1 - s_E)))),
            ("equal", eq(R, X), via.linear({RELOCATION_STEP: 1, "one": X})),
        ],
        via.powers({"equal": 1 / alpha}),
    )
    says = "All Southern exporters have moved exactly at"
    return proved(d, goal, via.both(forward, backward), says)


def _eq19() -> Finding:
    d = Derivation(
        relocated(Phase.DD).context("sigma>1", "beta>1", "kappa<=1", "n", "n*", "mbar", "mbar*", "a_R<=a_D", *CARRIED)
    )
    masses(d, Phase.DD)
    unit = n_w / ((1 - 1 / beta) * a_D**rho)
    goal = And((eq(mbar, (R + s_n * (D - R)) * unit), eq(mbar_star, (phi * X + (1 - s_n) * (D - R)) * unit)))
    by_parts = via.split(via.identity(WEIGHTS_STEP, "n", "n*"), via.identity(WEIGHTS_STAR_STEP, "n", "n*"))
    reason = "Southern firms that stay do not export, and movers above a_X sell in the North only."
    return proved(d, goal, by_parts, "When D-types move the weights are", reason)


def _eq20() -> Finding:
    d = short(Phase.DD)
    relocation(d, Phase.DD)
    root = d.step(ROOT_STEP, eq(a_R, RATIO[Phase.DD] ** (1 / alpha) * a_X), "Taking roots,")
    printed_cut(d)
    goal = And((eq(a_R, RATIO[Phase.DD] ** (1 / alpha) * a_X), PRINTED_CUT))
    reason = "The cutoff condition is the same because the two markets together do not depend on who moved."
    return proved(
        d, goal, via.split(via.by(root), via.by(PRINTED_STEP)), "Relocation cutoff and export cutoff are", reason
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
