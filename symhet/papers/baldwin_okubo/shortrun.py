"""Section 3.2 before anyone moves: what autarky leaves behind, and what relocation would pay whom."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, Witness, proved, proved_with, refuted
from symhet.derivation import Derivation
from symhet.papers.baldwin_okubo.model import (
    B,
    B_star,
    F,
    a_D,
    a_X,
    alpha,
    beta,
    delta,
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
from symhet.papers.baldwin_okubo.shortrun_model import (
    CORE,
    INHERITED,
    U,
    a_D_star,
    a_X_star,
    autarky,
    integrate,
    larger,
    opening,
    shape_facts,
)
from symhet.propositions import And, Implies, Or, Prop, eq, gt, lt
from symhet.provers.tactics import (
    auto,
    by,
    cases,
    combine,
    cut,
    fact,
    identity,
    intro,
    lemma,
    linear,
    powers,
    product,
    split,
    transported,
    use,
)
from symhet.rules.base import Context

SOURCE = "Baldwin and Okubo, section 3.2"
R = sp.Rational
a, a_low = sp.symbols("a a_low", positive=True)
OPEN = (*INHERITED, "mbar", "mbar*", "B", "B*", "export", "export*")


def _autarky() -> Finding:
    model = autarky()
    d = Derivation(model.context("sigma>1", "beta>1", *model.conditions))
    shape_facts(d)
    for star, cutoff, mass, demand, share in (("", a_D, n, B, s_E), ("*", a_D_star, n_star, B_star, 1 - s_E)):
        integrate(
            d,
            (f"sales{star}", 1 - sigma, 0, cutoff, None),
            (f"firms{star}", sp.S(0), 0, cutoff, None),
        )
        says = "With the cutoff condition, expected profit in the free entry condition becomes"
        claim = eq(f * cutoff**rho * (rho / alpha - 1), f_I)
        by = linear(
            {
                f"free entry{star}": 1,
                f"sales{star}": -demand * rho,
                f"firms{star}": f * rho,
                f"cutoff{star}": -(cutoff**rho) * rho / alpha,
            }
        )
        d.step(f"profit{star}", claim, by, says, kind="integrate")
        by = transported(f"profit{star}", factor=(beta - 1) / f)
        d.step(f"power{star}", eq(cutoff**rho, kappa), by, "so that", kind="solve")
        d.step(f"a_D{star}", eq(cutoff, kappa ** (1 / rho)), powers({f"power{star}": 1 / rho}), "and", kind="solve")
        says = "Demand per firm and the mass of firms follow:"
        d.step(f"demand{star}", eq(demand, f * cutoff ** (sigma - 1)), powers({f"cutoff{star}": 1}), says)
        weight = mbar_star if star else mbar
        d.step(
            f"mass{star}",
            eq(mass * rho / alpha * demand * cutoff ** (1 - sigma), share),
            linear(
                {
                    f"B{star}": weight,
                    f"mbar{star}": -demand,
                    f"sales{star}": -demand * mass * rho / cutoff**rho,
                }
            ),
            "The market clears:",
        )
        d.step(
            f"n{star}",
            eq(mass, share * (1 - 1 / beta) / f),
            linear({f"mass{star}": alpha / (rho * f), f"cutoff{star}": -mass / f}),
            "hence",
            kind="solve",
        )
    goal = And(
        (
            eq(a_D, kappa ** (1 / rho)),
            eq(a_D_star, kappa ** (1 / rho)),
            eq(n + n_star, (beta - 1) / (f * beta)),
            eq(n / (n + n_star), s_E),
        )
    )
    by = split(auto(), auto(), identity("n", "n*"), identity("n", "n*"))
    return proved(d, goal, by, "Cutoff, mass and shares of firms in autarky are", "derived from entry in each nation")


def demands(d: Derivation) -> None:
    """Add to the opening the steps ``North`` and ``South``: demand per firm from the export cutoff into each market."""
    shape_facts(d)
    integrate(
        d,
        ("home", 1 - sigma, 0, a_D, None),
        ("exports", 1 - sigma, 0, a_X, None),
        ("exports*", 1 - sigma, 0, a_X_star, None),
    )
    _demand(d, "North", "", (B, mbar, n, n_star, a_X_star), (s_E, 1 - s_E))
    _demand(d, "South", "*", (B_star, mbar_star, n_star, n, a_X), (1 - s_E, s_E))


def _demand(
    d: Derivation, nation: str, star: str, here: tuple[sp.Symbol, ...], shares: tuple[sp.Expr, sp.Expr]
) -> None:
    demand, market, mass, rival, cutoff = here
    own, foreign = shares
    abroad = "" if star else "*"
    d.step(
        f"clearing {nation}",
        eq(demand * (mass * a_D**alpha + phi * rival * cutoff**alpha) * rho / alpha, own * a_D**rho),
        linear(
            {
                f"B{star}": market * a_D**rho,
                f"mbar{star}": -demand * a_D**rho,
                "home": -demand * mass * rho,
                f"exports{abroad}": -demand * phi * rival * rho,
            }
        ),
        f"Spending in the {nation} is what home firms and foreign exporters sell there:",
    )
    d.step(
        f"exporters {nation}",
        eq(phi * demand * cutoff**alpha, f * cutoff**rho),
        transported(f"export{abroad}", factor=cutoff**rho),
        "where, by the export cutoff,",
    )
    d.step(
        f"shares {nation}",
        eq(demand * (own * a_D**alpha + phi * foreign * cutoff**alpha), own * f * a_D**rho),
        transported(f"clearing {nation}", "n", "n*", "n_w", "s_n=s_E", factor=f),
        "With the masses of firms that autarky left,",
    )
    d.step(
        nation,
        eq(demand * a_D**alpha, f * (a_D**rho - foreign / own * cutoff**rho)),
        linear({f"shares {nation}": 1 / own, f"exporters {nation}": -foreign / own}),
        f"so that demand per firm in the {nation} solves",
        kind="substitute",
    )


def larger_demand(d: Derivation) -> None:
    """Add to the opening the step ``B>B*``: before anyone moves, demand per firm is higher in the larger nation."""
    demands(d)
    for star, cutoff, demand in (("", a_X, B_star), ("*", a_X_star, B)):
        d.step(
            f"power{star}",
            eq(cutoff**rho, (phi * demand / f) ** beta),
            powers({f"export{star}": -beta}),
            "The export cutoff in terms of demand abroad is",
            kind="solve",
        )
    d.step(
        "order", fact("trichotomy", B, B_star), lemma("trichotomy", B, B_star), "Demands compare in one of three ways:"
    )
    small = lt((phi * B / f) ** beta, (phi * B_star / f) ** beta)
    q = 1 / (1 + U)
    excess = {"North": -1 / a_D**alpha, "South": 1 / a_D**alpha}
    lower = cut(
        [
            ("scaled", lt(phi * B / f, phi * B_star / f), combine({"case": phi / f})),
            (
                "small",
                small,
                lemma("pow_mono", phi * B / f, phi * B_star / f, beta, premises=(auto(), by("scaled"), auto())),
            ),
            ("fewer", lt(a_X_star**rho, a_X**rho), combine({"small": 1}, "power*", "power")),
        ],
        larger(combine({"fewer": f * q / a_D**alpha}, equations=excess)),
    )
    level = cut(
        [("same", eq(a_X_star**rho, a_X**rho), identity("power*", "power", "case"))],
        larger(combine({}, equations={**excess, "same": f * q / a_D**alpha})),
    )
    says = (
        "Were demand in the North not above that in the South, Southern exporters would be no more numerous than "
        "Northern ones, and since fewer firms are born South, too few to press demand down. Hence"
    )
    d.step("B>B*", gt(B, B_star), cases("order", lower, level, by("case")), says, kind="bound")


toll, kept = sp.symbols("toll kept", real=True)
"""What a mover pays for its beachhead in the North, and whether it keeps (1) or gives up (0) the one in the South."""

PORTABLE = And((eq(toll, 0), eq(kept, 0)))
"""Portable foothold: a mover swaps its beachhead for one in the North at no cost."""

SUNK = And((eq(toll, F), eq(kept, 1)))
"""Sunk footholds: a mover sinks F in the North and may still sell in the South from there."""

ACCOUNTS = {"footholds": Or((PORTABLE, SUNK)), "f": eq(f, sigma * delta * F)}
PROPORTION = a ** (1 - sigma) / (sigma * delta)
NORTH = PROPORTION * (B + phi * B_star)
SOUTH = PROPORTION * (B_star + phi * B)
GAIN_X = PROPORTION * (1 - phi) * (B - B_star)
GAIN_D = PROPORTION * (B - B_star)
GAIN_D_ANY = PROPORTION * (B + kept * phi * B_star) - toll - PROPORTION * B_star
"""Gain of a D-type under either account of footholds."""

EXAMPLE = {
    sigma: 2, beta: 2, phi: R(1, 2), s_E: R(16, 25), f: 1, f_I: 1, a_D: 1, n_w: R(1, 2), s_n: R(16, 25),
    n: R(8, 25), n_star: R(9, 50), a_X: R(3, 8), a_X_star: R(4, 9), B: R(8, 9), B_star: R(3, 4),
    mbar: R(18, 25), mbar_star: R(12, 25), delta: R(1, 2), F: 1,
}  # fmt: skip
"""An opening with whole exponents and rational cutoffs."""


def _opened(*more: str) -> Derivation:
    d = Derivation(opening().context(*CORE, *OPEN, *more))
    larger_demand(d)
    return d


def _general(extra: dict[str, Prop], whole: bool = False) -> Context:
    model = opening()
    start = model.whole_domain(*OPEN) if whole else model.context(*CORE, *OPEN)
    return Context({**start.hypotheses, **extra}, start.system, start.endogenous)


def _initial() -> Finding:
    d = Derivation(opening().context(*CORE, *OPEN))
    larger_demand(d)
    reason = "each nation's exporters have a cutoff of their own, which the paper does not use"
    return proved(d, gt(B, B_star), by("B>B*"), "Before anyone moves", reason)


def _gain_exporter() -> Finding:
    d = Derivation(opening().context(*CORE, *OPEN))
    larger_demand(d)
    goal = And((eq(NORTH - SOUTH, GAIN_X), gt(GAIN_X, 0)))
    by_parts = split(auto(), product({"phi<1": 1, "B>B*": 1}, coefficient=PROPORTION))
    says = "An exporter keeps both beachheads, so moving changes only which demand bears the trade cost:"
    return proved(
        d, goal, by_parts, says, "the exporters meant are those of the South, a < a_X* with phi a_X*^(1-sigma) B = f"
    )


def _within() -> dict[str, Prop]:
    return {"a_X*<a": lt(a_X_star, a), "a<a_D": lt(a, a_D)}


def _gain_domestic() -> Finding:
    d = Derivation(_general({**ACCOUNTS, **_within(), "portable foothold": PORTABLE}))
    larger_demand(d)
    d.step("toll", eq(toll, 0), use("portable foothold"), "The beachhead moves along at no cost")
    d.step("kept", eq(kept, 0), use("portable foothold"), "and the Southern market is given up:")
    goal = And((eq(GAIN_D_ANY, GAIN_D), gt(GAIN_D, 0)))
    by_parts = split(identity("toll", "kept"), product({"B>B*": 1}, coefficient=PROPORTION))
    holding = proved(d, goal, by_parts, "A D-type that moves changes one market for the other:")
    failing = Derivation(_general({**ACCOUNTS, **_within()}, whole=True))
    witness = Witness({**EXAMPLE, a: R(1, 2), toll: 1, kept: 1})
    reason = (
        "holds if the beachhead is portable; with F sunk per market, as the text and Result 1 have it, the gain is "
        "a^(1-sigma)(B-(1-phi)B*)/(sigma delta) - F, lower, and negative for the least efficient firms"
    )
    return proved_with(holding, (("portable foothold", PORTABLE),), failing, witness, reason)


def _figure3() -> Finding:
    a_1, a_2 = a_low, a
    ends = {"a_low<a_X*": lt(a_low, a_X_star), **_within()}
    d = Derivation(_general({**ACCOUNTS, **ends, "sunk": SUNK}))
    larger_demand(d)
    d.step("toll", eq(toll, F), use("sunk"), "With footholds sunk, a mover pays for its Northern beachhead")
    d.step("kept", eq(kept, 1), use("sunk"), "and keeps the Southern one.")
    at = {a: a_X_star}
    touch = eq(GAIN_D_ANY.xreplace(at), GAIN_X.xreplace(at))
    d.step(
        "F",
        eq(F, phi * a_X_star ** (1 - sigma) * B / (sigma * delta)),
        linear({"export*": -1 / (sigma * delta), "f": -1 / (sigma * delta)}),
        "At the export cutoff the beachhead just pays:",
    )
    for name, low, high, order in (("fall X", a_1, a_X_star, "a_low<a_X*"), ("fall D", a_X_star, a_2, "a_X*<a")):
        rising = lt(low ** (sigma - 1), high ** (sigma - 1))
        d.step(
            f"{name} root",
            rising,
            lemma("pow_mono", low, high, sigma - 1),
            "Lower costs mean larger sales:",
            kind="bound",
        )
        d.step(
            name,
            lt(high ** (1 - sigma), low ** (1 - sigma)),
            combine({f"{name} root": (low * high) ** (1 - sigma)}),
            "that is",
            kind="bound",
        )
    slope = gt(B - (1 - phi) * B_star, 0)
    d.step("slope", slope, combine({"B>B*": 1}), "A D-type's gain rises with its sales:", kind="bound")
    scale = 1 / (sigma * delta)
    low_side = lt(GAIN_X.xreplace(at), GAIN_X.xreplace({a: a_low}))
    high_side = lt(GAIN_D_ANY, GAIN_D_ANY.xreplace(at))
    by_parts = split(
        identity("toll", "kept", "F"),
        product({"phi<1": 1, "B>B*": 1, "fall X": 1}, coefficient=scale),
        product({"slope": 1, "fall D": 1}, "toll", "kept", coefficient=scale),
    )
    holding = proved(
        d, And((touch, low_side, high_side)), by_parts, "The two gains meet at the export cutoff and fall:"
    )
    printed = eq(GAIN_D.xreplace(at), GAIN_X.xreplace(at))
    failing = Derivation(opening().whole_domain(*OPEN))
    reason = (
        "with (13) and (14) as printed v_D/v_X = 1/(1-phi) at the export cutoff: the gain jumps up there, it does not "
        "touch nor fall throughout; with F charged to the mover it is continuous and falls, which is what the figure shows"
    )
    return refuted(failing, printed, Witness({k: v for k, v in EXAMPLE.items() if k != F}), reason, corrected=holding)


def _result2() -> Finding:
    order = {"a_low<a": lt(a_low, a), "a_low<a_X*": lt(a_low, a_X_star)}
    top = gt((1 - phi) * a_low ** (1 - sigma), a_X_star ** (1 - sigma))
    start = opening().context(*CORE, *OPEN)
    context = Context({**start.hypotheses, **order, "top": top}, start.system, start.endogenous)
    d = Derivation(context)
    larger_demand(d)
    rising = lt(a_low ** (sigma - 1), a ** (sigma - 1))
    d.step("sizes", rising, lemma("pow_mono", a_low, a, sigma - 1), "A more efficient firm sells more:", kind="bound")
    d.step(
        "sales",
        lt(a ** (1 - sigma), a_low ** (1 - sigma)),
        combine({"sizes": (a * a_low) ** (1 - sigma)}),
        "that is",
        kind="bound",
    )
    at = {a: a_low}
    gain = GAIN_X.xreplace(at)
    goal = And((Implies(lt(a, a_X_star), gt(gain, GAIN_X)), Implies(gt(a, a_X_star), gt(gain, GAIN_D))))
    beyond = cut(
        [
            ("root", lt(a_X_star ** (sigma - 1), a ** (sigma - 1)), lemma("pow_mono", a_X_star, a, sigma - 1)),
            ("less", lt(a ** (1 - sigma), a_X_star ** (1 - sigma)), combine({"root": (a * a_X_star) ** (1 - sigma)})),
            ("least", lt(a ** (1 - sigma), (1 - phi) * a_low ** (1 - sigma)), combine({"less": 1, "top": 1})),
        ],
        product({"least": 1, "B>B*": 1}, coefficient=1 / (sigma * delta)),
    )
    within = product({"phi<1": 1, "B>B*": 1, "sales": 1}, coefficient=1 / (sigma * delta))
    says = "The most efficient exporters gain more than any less efficient firm:"
    holding = proved(d, goal, split(intro("X", within), intro("D", beyond)), says)
    failing_context = opening().whole_domain(*OPEN)
    failing = Derivation(Context({**failing_context.hypotheses, **order}, failing_context.system))
    witness = Witness({**{k: v for k, v in EXAMPLE.items() if k != F}, a_low: R(1, 3), a: R(1, 2)})
    reason = (
        "with (13) and (14) true of the firms below (1-phi)^(1/(sigma-1)) a_X*; less efficient exporters gain less than "
        "the D-types just above the export cutoff"
    )
    return proved_with(holding, (("top", top),), failing, witness, reason)


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "bo.eq12", "derived", f"{SOURCE}, equation (12)",
        r"n^w=\frac{\beta-1}{f\beta},\quad a_D=\left(\frac{f_I(\beta-1)}{f}\right)^{1/\rho},\quad s_n=s_E",
        _autarky, title="start from autarky",
    ),
    Claim(
        "bo.B-initial", "claim", f"{SOURCE}, below (13)", r"B>B^*\text{ in the initial situation}", _initial,
        title="demand per firm is higher in the North",
    ),
    Claim(
        "bo.eq13", "derived", f"{SOURCE}, equation (13)",
        r"v_X[a]=\frac{a^{1-\sigma}}{\delta\sigma}(1-\phi)(B-B^*)>0,\quad 0\le a\le a_X", _gain_exporter,
        title="gain of an exporter",
    ),
    Claim(
        "bo.eq14", "derived", f"{SOURCE}, equation (14)",
        r"v_D[a]=\frac{a^{1-\sigma}}{\delta\sigma}(B-B^*)>0,\quad a_X\le a\le a_D", _gain_domestic,
        title="gain of a D-type",
    ),
    Claim(
        "bo.fig3", "claim", f"{SOURCE}, figure 3", r"v_D[a_X]=v_X[a_X],\ v\text{ falls on }(0,a_D)", _figure3,
        title="gains touch at the export cutoff",
    ),
    Claim(
        "bo.result2", "result", f"{SOURCE}, Result 2",
        r"v_X[a]>v[a']\quad\text{for } a<a_X,\ a<a'", _result2,
        title="the most efficient exporters gain most",
    ),
)  # fmt: skip
