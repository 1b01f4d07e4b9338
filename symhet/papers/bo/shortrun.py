"""Section 3.2 before anyone moves: what autarky leaves behind, and what relocation would pay whom."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation, Step
from symhet.papers.bo.facts import World
from symhet.papers.bo.model import (
    B,
    B_star,
    a_D,
    a_D_star,
    a_X,
    a_X_star,
    alpha,
    beta,
    f,
    f_I,
    kappa,
    mbar,
    mbar_star,
    n,
    n_star,
    phi,
    rho,
    s_E,
    sigma,
)
from symhet.papers.bo.shortrun_model import (
    CORE,
    INHERITED,
    U,
    autarky,
    integrate,
    larger,
    opening,
    shape_facts,
)
from symhet.propositions import And, eq, gt, lt
from symhet.provers.tactics import (
    auto,
    by,
    cases,
    combine,
    cut,
    fact,
    identity,
    lemma,
    linear,
    powers,
    split,
    transported,
)

B_ABOVE_B_STAR_STEP = Step("B>B*")


SOURCE = "Baldwin and Okubo, section 3.2"
R = sp.Rational
a, a_low = sp.symbols("a a_low", positive=True)
OPEN = (*INHERITED, "mbar", "mbar*", "B", "B*", "export", "export*")


def _autarky() -> Finding:
    model = autarky()
    d = Derivation(model.context("sigma>1", "beta>1", "kappa<=1", *model.conditions))
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
        profit = d.step(f"profit{star}", claim, by, says, kind="integrate")
        by = transported(profit, factor=(beta - 1) / f)
        power = d.step(f"power{star}", eq(cutoff**rho, kappa), by, "so that", kind="solve")
        d.step(f"a_D{star}", eq(cutoff, kappa ** (1 / rho)), powers({power: 1 / rho}), "and", kind="solve")
        says = "Demand per firm and the mass of firms follow:"
        d.step(f"demand{star}", eq(demand, f * cutoff ** (sigma - 1)), powers({f"cutoff{star}": 1}), says)
        weight = mbar_star if star else mbar
        mass_step = d.step(
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
            linear({mass_step: alpha / (rho * f), f"cutoff{star}": -mass / f}),
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


def demands(d: Derivation, w: World | None = None) -> None:
    """Add to the opening the steps ``North`` and ``South``: demand per firm from the export cutoff into each market.

    Parameters
    ----------
    d : Derivation
        Its context has the opening, in the symbols and under the names of `w`.
    w : World, optional
        Another world than the economy itself.
    """
    w = w or World()
    if "alpha>0" not in d.context.hypotheses:
        shape_facts(d)
    for name, cutoff in (("sales D", a_D), (w.name("exports"), w(a_X)), (w.name("exports*"), w(a_X_star))):
        integrate(d, (name, 1 - sigma, 0, cutoff, None))
    _demand(d, w, "", (B, mbar, n, n_star, a_X_star), (s_E, 1 - s_E))
    _demand(d, w, "*", (B_star, mbar_star, n_star, n, a_X), (1 - s_E, s_E))


def _demand(d: Derivation, w: World, star: str, here: tuple[sp.Symbol, ...], shares: tuple[sp.Expr, sp.Expr]) -> None:
    demand, market, mass, rival, cutoff = map(w, here)
    own, foreign = shares
    abroad = "" if star else "*"
    where = "South" if star else "North"
    nation = w.name(where)
    clearing = d.step(
        f"clearing {nation}",
        eq(demand * (mass * a_D**alpha + phi * rival * cutoff**alpha) * rho / alpha, own * a_D**rho),
        linear(
            {
                w.name(f"B{star}"): market * a_D**rho,
                w.name(f"mbar{star}"): -demand * a_D**rho,
                "sales D": -demand * mass * rho,
                w.name(f"exports{abroad}"): -demand * phi * rival * rho,
            }
        ),
        f"Spending in the {where} is what home firms and foreign exporters sell there:",
    )
    exporters = d.step(
        f"exporters {nation}",
        eq(phi * demand * cutoff**alpha, f * cutoff**rho),
        transported(w.name(f"export{abroad}"), factor=cutoff**rho),
        "where, by the export cutoff,",
    )
    shares_step = d.step(
        f"shares {nation}",
        eq(demand * (own * a_D**alpha + phi * foreign * cutoff**alpha), own * f * a_D**rho),
        transported(clearing, "n", "n*", "n_w", "s_n=s_E", factor=f),
        "With the masses of firms that autarky left,",
    )
    d.step(
        nation,
        eq(demand * a_D**alpha, f * (a_D**rho - foreign / own * cutoff**rho)),
        linear({shares_step: 1 / own, exporters: -foreign / own}),
        f"so that demand per firm in the {where} solves",
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
    order = d.step(
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
    d.step(B_ABOVE_B_STAR_STEP, gt(B, B_star), cases(order, lower, level, by("case")), says, kind="bound")


def _initial() -> Finding:
    d = Derivation(opening().context(*CORE, *OPEN))
    larger_demand(d)
    reason = "each nation's exporters have a cutoff of their own, which the paper does not use"
    return proved(d, gt(B, B_star), by(B_ABOVE_B_STAR_STEP), "Before anyone moves", reason)


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
)  # fmt: skip
