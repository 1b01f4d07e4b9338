"""Melitz (2003), rebuilt from its firms, and the claim that trade costs move the cutoffs of the two papers alike."""

from __future__ import annotations

from functools import cache, partial

import sympy as sp

from symhet.algebra.tails import Density, Survival, TailMoment
from symhet.algebra.total import total
from symhet.claims import Finding, proved
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.comparative import moves, sign_moves, sign_step, slope_step, start
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import A_m as demand
from symhet.papers.kz.symbols import f_entry, f_x, star, star_x, tau_m
from symhet.papers.kz.symbols import f_m as f
from symhet.papers.kz.symbols import n_m as number
from symhet.papers.kz.symbols import pi_m as profit
from symhet.papers.kz.symbols import sigma_m as sigma
from symhet.propositions import And, Prop, Rel, eq, exists, gt, lt
from symhet.provers import tactics as via
from symhet.steps import Step

k = sigma - 1


def _excess(x: sp.Expr) -> sp.Expr:
    """Return his j = (1 - G) k: what firms above a cutoff earn by a step, over its fixed cost."""
    return x**-k * TailMoment(x, k) - Survival(x)


@cache
def conditions() -> Context:
    """Return what holds in his open economy: zero profit at both cutoffs, and free entry, firm by firm.

    Revenue at home of a firm is its productivity to the power sigma - 1 times `demand`; abroad tau**(1 - sigma)
    of that in each market. The wage is one.
    """
    earned = demand / sigma
    profits = earned * TailMoment(star, k) - f * Survival(star)
    profits += number * (tau_m ** (1 - sigma) * earned * TailMoment(star_x, k) - f_x * Survival(star_x))
    hypotheses: dict[Step, Rel] = {
        h.elastic: gt(sigma, 1),
        h.marginal_producer: eq(demand * star**k / sigma, f),
        h.marginal_exporter: eq(tau_m ** (1 - sigma) * demand * star_x**k / sigma, f_x),
        h.profits: eq(Survival(star) * profit, profits),
        h.entry: eq(profit, f_entry / Survival(star)),
    }
    system = frozenset(hypotheses) - {h.elastic}
    hypotheses |= {h.moment: exists(TailMoment(1, k)), **{h.density_at(x): exists(Density(x)) for x in (star, star_x)}}
    return Context(hypotheses, system, frozenset({star, star_x, demand, profit}))


def _charted(term: sp.Expr) -> sp.Expr:
    return term.xreplace({sigma: 1 + SPARE})


_STEPS = {star: "production", star_x: "export"}
SPARE = sp.Symbol("s_m", positive=True)


def _elastic(then: via.Tactic) -> via.Tactic:
    return via.chart({SPARE: k}, {sigma: 1 + SPARE}, then)


def solve(d: Derivation) -> None:
    """Add the steps ``cutoff x`` and ``free entry m``: his cutoff of exporting, and free entry in the cutoffs.

    Examples
    --------
    >>> d = Derivation(conditions())
    >>> solve(d)
    >>> str(d.context.hypotheses["cutoff x"])
    'phi_star_x = phi_star*tau_m*(f_x/f_m)**(1/(sigma_m - 1))'
    """
    d.recall(h.marginal_producer, "In Melitz (2003) the least productive survivor earns nothing at home,")
    d.recall(h.marginal_exporter, "and the least productive exporter earns nothing abroad;")
    ratio = eq(star_x, star * tau_m * (f_x / f) ** (1 / k))
    d.step(h.cutoff_x, ratio, "so his cutoffs stand in the proportion", identically=True)
    d.recall(h.profits, "Average profit is")
    d.recall(h.entry, "and entrants expect to recoup the cost of entry:")
    entry = eq(f * _excess(star) + number * f_x * _excess(star_x), f_entry)
    says = "Put the marginal firms in; free entry is"
    d.step(h.free_entry_m, entry, says, identically=True)


def moved(d: Derivation, parameter: sp.Symbol) -> None:
    """Add the steps ``dphi_star`` and ``dphi_star_x``: how his cutoffs move with tau, f_x or n."""
    own, abroad = f * star**-k * TailMoment(star, k), number * f_x * star_x**-k * TailMoment(star_x, k)
    lowest, direct = {
        tau_m: (-abroad, sp.S.One),
        f_x: (-number * f_x * Survival(star_x) / k, 1 / k),
        number: (number * f_x * _excess(star_x) / k, sp.S.Zero),
    }[parameter]
    rate = lowest / (own + abroad)
    values = {star: star / parameter * rate, star_x: star_x / parameter * (rate + direct)}
    solved = via.implicit(values, parameter, (h.cutoff_x, h.free_entry_m), regular=_elastic(via.sign()))
    for x, says in ((star, "Differentiate both and solve:"), (star_x, "and")):
        d.step(slope_step(x), eq(total(x, parameter), values[x]), says, by=solved)


def _signs(d: Derivation, parameter: sp.Symbol) -> None:
    """Add the steps ``sign phi_star`` and ``sign phi_star_x``."""
    says = "Every firm above a cutoff sells more than the firm at it:"
    d.step(h.excess_m, via.fact("tail_excess", star_x, k), says)
    own, abroad = f * star**-k * TailMoment(star, k), number * f_x * star_x**-k * TailMoment(star_x, k)
    for x in (star, star_x):
        positive = parameter == number or x == star_x
        slope = x / parameter * number * f_x * star_x**-k / (k * (own + abroad))
        uses = parameter == number or (parameter == f_x and x == star_x)
        terms = {h.excess_m: _charted(slope)} if uses else {}
        derived = total(x, parameter)
        statement = gt(derived, 0) if positive else lt(derived, 0)
        says = f"So his {_STEPS[x]} cutoff {'rises' if positive else 'falls'}:"
        d.step(sign_step(x), statement, says, by=_elastic(via.combine(terms, slope_step(x))))


PAIRS = ((m.phi_min, star), (m.phi_ex, star_x))


def _alike(parameter: sp.Symbol, own: sp.Symbol, statement: Prop) -> Finding:
    d = start(extra=conditions())
    solve(d)
    moved(d, own)
    _signs(d, own)
    moves(d, parameter, m.phi_min, m.phi_ex)
    sign_moves(d, parameter, m.phi_min, m.phi_ex)
    tactic = via.split(*(via.product({sign_step(x): 1, sign_step(y): 1}) for x, y in PAIRS))
    says = "Both papers' cutoffs move to the same side:"
    return proved(d, statement, tactic, says)


CLAIMS = (
    section("4.4").row(
        "claim",
        "kz.melitz",
        r"\text{effects of } \tau, f_{ex}, n \text{ on } \hat\varphi_{min} \text{ and } \hat\varphi_{ex} \text{ have "
        r"the signs of Melitz (2003)}",
        parts=tuple(
            section("4.4").stated(
                "claim",
                f"kz.melitz.{name}",
                And(tuple(gt(total(x, parameter) * total(y, own), 0) for x, y in PAIRS)),
                partial(_alike, parameter, own),
                title=f"{name} in both papers",
                printed=rf"\text{{effects of }} {letter} \text{{ on both cutoffs have the signs of Melitz (2003)}}",
            )
            for name, letter, parameter, own in (
                ("tau", r"\tau", m.tau, tau_m),
                ("f_ex", "f_{ex}", m.f_ex, f_x),
                (h.n, h.n, m.n, number),
            )
        ),
        title="consistency with Melitz (2003)",
    ),
)
