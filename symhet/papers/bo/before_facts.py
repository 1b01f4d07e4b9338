"""The short run with relocation beside the opening without, in shares of exporters: the steps that Result 5 needs."""

from __future__ import annotations

import sympy as sp

from symhet.derivation import Derivation, Step
from symhet.papers.bo import model as m
from symhet.papers.bo.facts import World, Worlds
from symhet.papers.bo.relocation_facts import SHORT, ordered, relocation
from symhet.papers.bo.shortrun import OPEN, demands
from symhet.papers.bo.shortrun_model import CORE, moment, opening, relocated, total_cost
from symhet.propositions import eq, gt, lt
from symhet.provers import tactics as via

CUT_Y_STEP = Step("cut Y")
LAM_STEP = Step("lam")
MU_STEP = Step("mu")
P_ABOVE_1_STEP = Step("p>1")
P_STEP = Step("p")


STAY = World("stay", (m.a_X, m.a_X_star, m.B, m.B_star, m.mbar, m.mbar_star, m.abar, m.abar_star))
"""The same firms before anyone moved."""

top, share, cost = sp.symbols("y Y xi", positive=True)
top_N, share_N, cost_N = sp.symbols("y_N Y_N xi_N", positive=True)
top_S, share_S, cost_S = sp.symbols("y_S Y_S xi_S", positive=True)
"""Export cutoff, share of exporters and relative cost of the marginal exporter: with relocation, and of each nation."""

size, lam, mu = sp.symbols("p lambda mu_S", positive=True)
"""North's size relative to the South's; exporters of each nation before relocation, relative to those after it."""

KINDS = (
    ("", m.a_X, top, share, cost),
    (" N", STAY(m.a_X), top_N, share_N, cost_N),
    (" S", STAY(m.a_X_star), top_S, share_S, cost_S),
)


def without(nation: str) -> sp.Expr:
    """Return the average cost of a nation in the opening, each firm weighted with the value of its sales."""
    home, away, cutoff = (m.B, m.B_star, m.a_X) if nation == "N" else (m.B_star, m.B, m.a_X_star)
    costs = home * total_cost(0, m.a_D) + m.phi * away * total_cost(0, cutoff)
    return costs / (home * moment(0, m.a_D) + m.phi * away * moment(0, cutoff))


def beside(nation: str) -> Derivation:
    """Return a derivation from relocation in phase XX beside the opening, with the shares of exporters named."""
    average, symbol = ("abar", m.abar) if nation == "N" else ("abar*", m.abar_star)
    moved = relocated(m.Phase.XX).context(*CORE, *SHORT[m.Phase.XX], "a_R<a_D", average)
    stayed = {**opening().context(*OPEN).hypotheses, average: eq(symbol, without(nation))}
    d = Derivation(Worlds(moved.hypotheses).beside(STAY, stayed).context())
    d.define(P_STEP, size, m.s_E / (1 - m.s_E), "Write North's relative size as")
    for mark, cutoff, y, Y, xi in KINDS:
        d.define(f"y{mark}", y, (cutoff / m.a_D) ** (m.sigma - 1), "the export cutoff as")
        d.define(f"Y{mark}", Y, (cutoff / m.a_D) ** m.rho, "the share of exporters as")
        d.define(f"xi{mark}", xi, cutoff / m.a_D, "and the cost of the marginal exporter as")
    d.define(
        LAM_STEP, lam, share_N / share, "and the exporters of the North before relocation relative to those after it as"
    )
    d.define(MU_STEP, mu, share_S / share, "those of the South as")
    return d


def cutoffs(d: Derivation) -> None:
    """Add the three cutoff conditions and how their solutions are ordered.

    Steps ``cut Y``, ``cut N``, ``cut S``; ``low`` (y_N < y), ``fewer`` (Y_N < Y), ``high`` (y < y_S), ``more``;
    ``half`` (Y < y) and ``half S`` (Y_S < y_S); ``xi<1``, ``xi N<1``, ``xi S<1``.
    """
    relocation(d, m.Phase.XX)
    ordered(d)
    demands(d, STAY)
    d.step(
        CUT_Y_STEP,
        eq(top + m.phi * share, m.phi),
        "With relocation the export cutoff solves",
        by=via.linear({"cut": 1}, "y", "Y"),
    )
    says = "and without, for each nation's exporters,"
    for mark, market, y, Y, weight, cutoff, export in (
        (" N", "South", top_N, share_N, size, STAY(m.a_X), "exporters South stay"),
        (" S", "North", top_S, share_S, 1 / size, STAY(m.a_X_star), "exporters North stay"),
    ):
        terms = {
            f"{market} stay": m.phi / (m.f * m.a_D**m.rho),
            export: -(cutoff**-m.alpha) * m.a_D ** (m.alpha - m.rho) / m.f,
        }
        goal = eq(y + weight * m.phi * Y, m.phi)
        d.step(f"cut{mark}", goal, says, by=via.linear(terms, f"y{mark}", f"Y{mark}", P_STEP))
    for mark, _, y, Y, _ in KINDS:
        d.step(f"power{mark}", eq(Y, y**m.beta), "The share is a power of the cutoff:")
    d.step(P_ABOVE_1_STEP, gt(size, 1), "North is the larger nation,")
    _compare(d, ("low", "fewer"), (" N", top_N, share_N, "cut N"), ("", top, share, "cut Y"), {"p>1": m.phi * share_N})
    _compare(
        d, ("high", "more"), ("", top, share, "cut Y"), (" S", top_S, share_S, "cut S"), {"p>1": m.phi * share_S / size}
    )
    for mark, y, Y, condition in (
        (" N", top_N, share_N, "cut N"),
        ("", top, share, "cut Y"),
        (" S", top_S, share_S, "cut S"),
    ):
        below = via.combine({"phi<1": 1}, equations={condition: 1})
        y_below_1 = d.step(f"y{mark}<1", lt(y, 1), "The cutoff lies inside,", by=below)
        shrink = via.lemma(
            "pow_exponent_below", y, 1, m.beta, premises=(via.auto(), via.by(y_below_1), via.by("beta>1"))
        )
        half_power = d.step(f"half{mark} power", lt(y**m.beta, y), "so that", by=shrink)
        half = d.step(f"half{mark}", lt(Y, y), "and", by=via.combine({half_power: 1}, f"power{mark}"))
        d.step(f"Y{mark}<1", lt(Y, 1), "or", by=via.combine({half: 1, y_below_1: 1}))
    for mark, _, _, Y, xi in KINDS:
        root = via.lemma("pow_lt_one", Y, 1 / m.rho, premises=(via.auto(), via.by(f"Y{mark}<1"), via.auto()))
        xi_root = d.step(f"xi{mark} root", lt(Y ** (1 / m.rho), 1), "Exporters have lower costs than", by=root)
        same = via.identity(f"xi{mark}", f"Y{mark}")
        xi_form = d.step(f"xi{mark} form", eq(xi, Y ** (1 / m.rho)), "the marginal producer:", by=same)
        d.step(f"cost{mark}<1", lt(xi, 1), "that is", by=via.combine({xi_root: 1}, xi_form))


def _compare(
    d: Derivation,
    names: tuple[str, str],
    low: tuple[str, sp.Symbol, sp.Symbol, str],
    high: tuple[str, sp.Symbol, sp.Symbol, str],
    room: dict[str, sp.Expr],
) -> None:
    """Add the steps that one export cutoff and its share lie below another: the other order breaks their conditions."""
    (mark, y, Y, below), (other, z, Z, above) = low, high
    order = f"order {names[0]}"
    cuts = {below: 1, above: -1}
    d.step(order, via.fact("trichotomy", y, z), "Compare the two export cutoffs.")
    raised = via.lemma("pow_mono", z, y, m.beta, premises=(via.auto(), via.by("side"), via.auto()))
    shares = via.combine({"raised": 1}, f"power{other}", f"power{mark}")
    more = via.cut(
        [("raised", lt(z**m.beta, y**m.beta), raised), ("fewer side", lt(Z, Y), shares)],
        via.absurd(via.combine({**room, "side": 1, "fewer side": m.phi}, equations=cuts)),
    )
    same = via.identity(f"power{mark}", f"power{other}", "side")
    equal = via.cut(
        [("fewer side", eq(Y, Z), same)],
        via.absurd(via.combine(room, equations={**cuts, "side": -1, "fewer side": -m.phi})),
    )
    d.step(names[0], lt(y, z), "It must be that", by=via.cases(order, via.by("side"), equal, more, name="side"))
    power = d.step(f"{names[1]} power", lt(y**m.beta, z**m.beta), "so that")
    shares = via.combine({power: 1}, f"power{mark}", f"power{other}")
    d.step(names[1], lt(Y, Z), "and so")
