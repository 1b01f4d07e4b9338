"""Section 3.2 before anyone moves: what autarky leaves behind, and what relocation would pay whom."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation, Step
from symhet.papers.bo import model as m
from symhet.papers.bo import shortrun_model as sr
from symhet.papers.bo.facts import World
from symhet.propositions import And, eq, gt, lt
from symhet.provers import tactics as via
from symhet.provers.tactics import by

B_ABOVE_B_STAR_STEP = Step("B>B*")


SOURCE = "Baldwin and Okubo, section 3.2"
R = sp.Rational
a, a_low = sp.symbols("a a_low", positive=True)
OPEN = (*sr.INHERITED, "mbar", "mbar*", "B", "B*", "export", "export*")


def _autarky() -> Finding:
    model = sr.autarky()
    d = Derivation(model.context("sigma>1", "beta>1", "kappa<=1", *model.conditions))
    sr.shape_facts(d)
    for star, cutoff, mass, demand, share in (
        ("", m.a_D, m.n, m.B, m.s_E),
        ("*", m.a_D_star, m.n_star, m.B_star, 1 - m.s_E),
    ):
        sr.integrate(d, (f"sales{star}", 1 - m.sigma, 0, cutoff, None), (f"firms{star}", sp.S(0), 0, cutoff, None))
        says = "With the cutoff condition, expected profit in the free entry condition becomes"
        claim = eq(m.f * cutoff**m.rho * (m.rho / m.alpha - 1), m.f_I)
        by = via.linear(
            {
                f"free entry{star}": 1,
                f"sales{star}": -demand * m.rho,
                f"firms{star}": m.f * m.rho,
                f"cutoff{star}": -(cutoff**m.rho) * m.rho / m.alpha,
            }
        )
        profit = d.step(f"profit{star}", claim, says, by=by)
        by = via.transported(profit, factor=(m.beta - 1) / m.f)
        power = d.step(f"power{star}", eq(cutoff**m.rho, m.kappa), "so that")
        d.step(f"a_D{star}", eq(cutoff, m.kappa ** (1 / m.rho)), "and", by=via.powers({power: 1 / m.rho}))
        says = "Demand per firm and the mass of firms follow:"
        d.step(f"demand{star}", eq(demand, m.f * cutoff ** (m.sigma - 1)), says)
        weight = m.mbar_star if star else m.mbar
        mass_step = d.step(
            f"mass{star}",
            eq(mass * m.rho / m.alpha * demand * cutoff ** (1 - m.sigma), share),
            "The market clears:",
            by=via.linear(
                {f"B{star}": weight, f"mbar{star}": -demand, f"sales{star}": -demand * mass * m.rho / cutoff**m.rho}
            ),
        )
        d.step(
            f"n{star}",
            eq(mass, share * (1 - 1 / m.beta) / m.f),
            "hence",
            by=via.linear({mass_step: m.alpha / (m.rho * m.f), f"cutoff{star}": -mass / m.f}),
        )
    goal = And(
        (
            eq(m.a_D, m.kappa ** (1 / m.rho)),
            eq(m.a_D_star, m.kappa ** (1 / m.rho)),
            eq(m.n + m.n_star, (m.beta - 1) / (m.f * m.beta)),
            eq(m.n / (m.n + m.n_star), m.s_E),
        )
    )
    by = via.split(via.auto(), via.auto(), via.identity("n", "n*"), via.identity("n", "n*"))
    return proved(d, goal, by, "Cutoff, mass and shares of firms in autarky are", "Derived from entry in each nation.")


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
        sr.shape_facts(d)
    for name, cutoff in (("sales D", m.a_D), (w.name("exports"), w(m.a_X)), (w.name("exports*"), w(m.a_X_star))):
        sr.integrate(d, (name, 1 - m.sigma, 0, cutoff, None))
    _demand(d, w, "", (m.B, m.mbar, m.n, m.n_star, m.a_X_star), (m.s_E, 1 - m.s_E))
    _demand(d, w, "*", (m.B_star, m.mbar_star, m.n_star, m.n, m.a_X), (1 - m.s_E, m.s_E))


def _demand(d: Derivation, w: World, star: str, here: tuple[sp.Symbol, ...], shares: tuple[sp.Expr, sp.Expr]) -> None:
    demand, market, mass, rival, cutoff = map(w, here)
    own, foreign = shares
    abroad = "" if star else "*"
    where = "South" if star else "North"
    nation = w.name(where)
    clearing = d.step(
        f"clearing {nation}",
        eq(demand * (mass * m.a_D**m.alpha + m.phi * rival * cutoff**m.alpha) * m.rho / m.alpha, own * m.a_D**m.rho),
        f"Spending in the {where} is what home firms and foreign exporters sell there:",
        by=via.linear(
            {
                w.name(f"B{star}"): market * m.a_D**m.rho,
                w.name(f"mbar{star}"): -demand * m.a_D**m.rho,
                "sales D": -demand * mass * m.rho,
                w.name(f"exports{abroad}"): -demand * m.phi * rival * m.rho,
            }
        ),
    )
    exporters = d.step(
        f"exporters {nation}",
        eq(m.phi * demand * cutoff**m.alpha, m.f * cutoff**m.rho),
        "where, by the export cutoff,",
        by=via.transported(w.name(f"export{abroad}"), factor=cutoff**m.rho),
    )
    shares_step = d.step(
        f"shares {nation}",
        eq(demand * (own * m.a_D**m.alpha + m.phi * foreign * cutoff**m.alpha), own * m.f * m.a_D**m.rho),
        "With the masses of firms that autarky left,",
        by=via.transported(clearing, "n", "n*", "n_w", "s_n=s_E", factor=m.f),
    )
    d.step(
        nation,
        eq(demand * m.a_D**m.alpha, m.f * (m.a_D**m.rho - foreign / own * cutoff**m.rho)),
        f"so that demand per firm in the {where} solves",
        by=via.linear({shares_step: 1 / own, exporters: -foreign / own}),
    )


def larger_demand(d: Derivation) -> None:
    """Add to the opening the step ``B>B*``: before anyone moves, demand per firm is higher in the larger nation."""
    demands(d)
    for star, cutoff, demand in (("", m.a_X, m.B_star), ("*", m.a_X_star, m.B)):
        d.step(
            f"power{star}",
            eq(cutoff**m.rho, (m.phi * demand / m.f) ** m.beta),
            "The export cutoff in terms of demand abroad is",
        )
    order = d.step("order", via.fact("trichotomy", m.B, m.B_star), "Demands compare in one of three ways:")
    small = lt((m.phi * m.B / m.f) ** m.beta, (m.phi * m.B_star / m.f) ** m.beta)
    q = 1 / (1 + sr.U)
    excess = {"North": -1 / m.a_D**m.alpha, "South": 1 / m.a_D**m.alpha}
    lower = via.cut(
        [
            ("scaled", lt(m.phi * m.B / m.f, m.phi * m.B_star / m.f), via.combine({"case": m.phi / m.f})),
            (
                "small",
                small,
                via.lemma(
                    "pow_mono",
                    m.phi * m.B / m.f,
                    m.phi * m.B_star / m.f,
                    m.beta,
                    premises=(via.auto(), by("scaled"), via.auto()),
                ),
            ),
            ("fewer", lt(m.a_X_star**m.rho, m.a_X**m.rho), via.combine({"small": 1}, "power*", "power")),
        ],
        sr.larger(via.combine({"fewer": m.f * q / m.a_D**m.alpha}, equations=excess)),
    )
    level = via.cut(
        [("same", eq(m.a_X_star**m.rho, m.a_X**m.rho), via.identity("power*", "power", "case"))],
        sr.larger(via.combine({}, equations={**excess, "same": m.f * q / m.a_D**m.alpha})),
    )
    says = (
        "Were demand in the North not above that in the South, Southern exporters would be no more numerous than "
        "Northern ones, and since fewer firms are born South, too few to press demand down. Hence"
    )
    d.step(B_ABOVE_B_STAR_STEP, gt(m.B, m.B_star), says, by=via.cases(order, lower, level, by("case")))


def _initial() -> Finding:
    d = Derivation(sr.opening().context(*sr.CORE, *OPEN))
    larger_demand(d)
    reason = "Each nation's exporters have a cutoff of their own, which the paper does not use."
    return proved(d, gt(m.B, m.B_star), by(B_ABOVE_B_STAR_STEP), "Before anyone moves", reason)


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
