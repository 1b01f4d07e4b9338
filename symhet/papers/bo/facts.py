"""Steps that many claims share: integrals over firms, the trade equilibrium solved, the long run solved."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import sympy as sp

from symhet.context import Context
from symhet.derivation import Derivation
from symhet.model.regime import Model
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.propositions import And, Prop, eq, gt, le, lt, substitute
from symhet.provers import tactics as via
from symhet.steps import Step

ELASTIC = (h.sigma_above_1, h.beta_above_1)
"""Hypotheses of every integral over firms."""

TRADE = (
    *ELASTIC,
    h.phi_below_1,
    h.s_E_below_1,
    h.kappa_at_most_1,
    h.cutoff_D,
    h.cutoff_D_star,
    h.cutoff_X,
    h.cutoff_X_star,
    h.mbar,
    h.mbar_star,
    h.demand,
    h.demand_star,
    h.V,
    h.V_star,
    h.free_entry,
    h.South,
)
"""Hypotheses from which `trade_cutoffs` and `trade_interior` follow."""

firms = (1 - 1 / m.beta) / m.f
"""Mass of firms in the world of autarky."""


class World:
    """One of several equilibria that differ in a parameter: its symbols and step names carry a mark.

    Parameters
    ----------
    mark : str
        Appended to the names; empty for the economy itself.
    moved : tuple of Symbol
        What differs from the economy itself.
    """

    def __init__(self, mark: str = "", moved: tuple[sp.Symbol, ...] = ()) -> None:
        self.mark = mark
        self.mapping: Mapping[sp.Symbol, sp.Symbol] = {
            x: sp.Symbol(f"{x.name}_{mark}", **{k: v for k, v in x.assumptions0.items() if k in ("positive", "real")})
            for x in moved
            if mark
        }

    def __call__(self, term: sp.Expr) -> sp.Expr:
        """Return a term in the symbols of this world."""
        return term.xreplace(dict(self.mapping))

    def prop(self, prop: Prop) -> Prop:
        """Return a statement in the symbols of this world."""
        return substitute(prop, self.mapping)

    def name(self, name: Step) -> Step:
        """Return the name that a hypothesis or step has in this world."""
        return Step(f"{name} {self.mark}") if self.mark else name


class Worlds:
    """Economies side by side: the first as it is, each further one in its own symbols where it differs.

    Parameters
    ----------
    hypotheses : Mapping[Step, Prop]
        What holds in the first.

    Examples
    --------
    >>> freer = World("2", (m.phi,))
    >>> pair = Worlds({"phi<1": lt(m.phi, 1)}).beside(freer, {"phi<1": lt(m.phi, 1), "f>0": gt(m.f, 0)})
    >>> sorted(pair.context().hypotheses)
    ['f>0', 'phi<1', 'phi<1 2']
    """

    def __init__(self, hypotheses: Mapping[Step, Prop]) -> None:
        self.hypotheses = dict(hypotheses)

    def beside(self, w: World, hypotheses: Mapping[Step, Prop]) -> Worlds:
        """Return these economies and one more; what it says of nothing that differs keeps its name."""
        more = {}
        for name, prop in hypotheses.items():
            own = w.prop(prop)
            more[name if own == prop else w.name(name)] = own
        return Worlds({**self.hypotheses, **more})

    def context(self, relating: Mapping[Step, Prop] = MappingProxyType({})) -> Context:
        """Return the context of all of them, with what relates them to one another."""
        return Context({**self.hypotheses, **relating})


def with_second(model: Model, names: tuple[Step, ...], second: World, relating: Mapping[Step, Prop]) -> Context:
    """Return the context of a model, of its copy in a second world, and of what relates the two."""
    first = model.context(*names).hypotheses
    return Worlds(first).beside(second, first).context(relating)


def share_of_costs(d: Derivation) -> None:
    """Add the step ``alpha>0``: the integrals over firms converge."""
    if h.alpha_above_0 not in d.context.hypotheses:
        says = "Since varieties are substitutes and beta exceeds one, the exponent of the integrals exceeds minus one:"
        d.step(h.alpha_above_0, lt(-1, m.alpha - 1), says)


def integrate(d: Derivation, high: sp.Symbol) -> None:
    """Add the steps ``J x`` and ``K x``: sales and mass of the firms below a cutoff x."""
    share_of_costs(d)
    says = f"Below the cutoff {high.name} the integrals of sales and of the distribution are"
    d.step(
        h.J_of(high.name),
        via.fact("power_integral_from_zero", m.alpha - 1, high),
        says,
        by=via.lemma("power_integral_from_zero", m.alpha - 1, high, premises=(via.sign(), via.by(h.alpha_above_0))),
    )
    shape = via.combine({h.sigma_above_1: m.beta})
    d.step(
        h.K_of(high.name),
        via.fact("power_integral_from_zero", m.rho - 1, high),
        "and",
        by=via.lemma("power_integral_from_zero", m.rho - 1, high, premises=(via.sign(), shape)),
    )


def integrate_between(d: Derivation, low: sp.Symbol, high: sp.Symbol) -> None:
    """Add the step ``J x y``: sales of the firms between two cutoffs whose order is known."""
    share_of_costs(d)
    arguments = (m.alpha - 1, low, high)
    apart = via.lemma("power_integral", *arguments, premises=(via.sign(), via.auto(), via.auto()))
    d.step(
        h.J_between(low.name, high.name),
        via.fact("power_integral", *arguments),
        f"Between {low.name} and {high.name} it is",
        by=apart,
    )


def below_one(d: Derivation, w: World) -> None:
    """Add the step ``Omega<1``."""
    says = "The power of the freeness of trade lies below one:"
    d.step(w.name(h.Omega_below_1), lt(w(m.Omega), 1), says)


def trade_cutoffs(d: Derivation, w: World) -> None:
    """Add, for trade without relocation, the cutoffs and markets in terms of the two domestic cutoffs.

    Steps ``FE`` (a_D^rho + Omega a_D*^rho = kappa), ``market``, ``market*``, and the solved demands and export cutoffs.
    """
    below_one(d, w)
    for cutoff in (m.a_D, m.a_D_star, m.a_X, m.a_X_star):
        integrate(d, w(cutoff))
    t = 1 / (m.sigma - 1)
    name = w.name
    for symbol, own, cutoff in ((m.B, m.a_D, h.cutoff_D), (m.B_star, m.a_D_star, h.cutoff_D_star)):
        value = eq(w(symbol), w(m.f * own ** (m.sigma - 1)))
        says = "The domestic cutoff gives demand per firm:"
        d.step(name(h.of(symbol)), value, says, by=via.powers({name(cutoff): 1}))
    for symbol, own, cutoff, home in (
        (m.a_X, m.a_D_star, h.cutoff_X, m.B_star),
        (m.a_X_star, m.a_D, h.cutoff_X_star, m.B),
    ):
        value = eq(w(symbol), w(m.phi**t * own))
        says = "The export cutoff stands in a fixed ratio to the domestic cutoff of the market it serves:"
        d.step(name(h.of(symbol)), value, says, by=via.powers({name(cutoff): -t, name(h.of(home)): t}))
    solved = tuple(name(x) for x in (h.B, h.solved_B_star, h.a_X, h.a_X_star))
    integrals = tuple(h.integral(kind, w(x).name) for x in (m.a_D, m.a_D_star, m.a_X, m.a_X_star) for kind in "JK")
    north, south = w(m.a_D**m.rho), w(m.a_D_star**m.rho)
    free = eq(north + w(m.Omega) * south, m.kappa)
    entry = via.transported(name(h.free_entry), name(h.V), *integrals, *solved, factor=(m.beta - 1) / m.f)
    d.step(name(h.FE), free, "Northern free entry becomes", by=entry)
    k = firms
    says = "The Northern market clears when"
    home = eq(w(m.n) + w(m.N_star) * w(m.Omega) * north / south, k * m.s_E)
    market = via.transported(name(h.demand), name(h.mbar), *integrals, *solved, factor=firms)
    d.step(name(h.market), home, says, by=market)
    away = eq(w(m.N_star) + w(m.n) * w(m.Omega) * south / north, k * (1 - m.s_E))
    market = via.transported(name(h.demand_star), name(h.mbar_star), *integrals, *solved, factor=firms)
    d.step(name(h.market_star), away, "and the Southern market when", by=market)


def southern_value(w: World) -> tuple[Step, ...]:
    """Return the names of the equations that turn Southern expected profit into cutoffs."""
    solved = tuple(w.name(x) for x in (h.B, h.solved_B_star, h.a_X, h.a_X_star))
    integrals = tuple(h.integral(kind, w(x).name) for x in (m.a_D, m.a_D_star, m.a_X, m.a_X_star) for kind in "JK")
    return (w.name(h.V_star), *integrals, *solved)


def nobody_born(w: World) -> tuple[tuple[Step, Prop, via.Tactic], ...]:
    """Return what follows, in the case that no firm is born in the South, for Northern firms and their cutoff."""
    name, W, north, south = w.name, w(m.Omega), w(m.a_D**m.rho), w(m.a_D_star**m.rho)
    return (
        (h.none, w.prop(eq(m.N_star, 0)), via.use(h.case)),
        (h.unprofitable, w.prop(le(m.V_star, m.f_I)), via.use(h.case)),
        (h.n_alone, eq(w(m.n), firms * m.s_E), via.transported(name(h.market), h.none)),
        (
            h.exports,
            eq(m.s_E * W * south, (1 - m.s_E) * north),
            via.transported(name(h.market_star), h.none, h.n_alone, factor=north / firms),
        ),
        (h.north, eq(north, m.s_E * m.kappa), via.linear({name(h.FE): m.s_E, h.exports: -1})),
    )


def trade_interior(d: Derivation, w: World) -> None:
    """Add, where Omega < (1-s_E)/s_E (step or hypothesis ``phi<phi_S``), the solution with firms in both nations.

    Steps ``N*>0``, ``a_D^rho``, ``a_D``, ``a_D_star``, ``B=B*``, ``n``, ``N_star``, ``n_w``, ``s_n``.
    """
    trade_cutoffs(d, w)
    name = w.name
    W, north, south = w(m.Omega), w(m.a_D**m.rho), w(m.a_D_star**m.rho)
    absent = via.cut(
        (
            *nobody_born(w),
            (h.south, eq(W * south, (1 - m.s_E) * m.kappa), via.linear({name(h.FE): 1, h.north: -1})),
            (
                h.value,
                le(south + W * north, m.kappa),
                via.transported(h.unprofitable, *southern_value(w), factor=(m.beta - 1) / m.f),
            ),
            (
                h.gap,
                gt(m.kappa * (1 - W) * (1 - m.s_E - W * m.s_E), 0),
                via.product(
                    {h.beta_above_1: 1, name(h.Omega_below_1): 1, name(h.phi_below_phi_S): 1}, coefficient=m.f_I / m.f
                ),
            ),
        ),
        via.absurd(via.combine({h.gap: 1, h.value: W}, equations={h.south: -1, h.north: -(W**2)})),
    )
    born, free = w.prop(lt(0, m.N_star)), w.prop(eq(m.V_star, m.f_I))
    says = "Were there no firm born South, an innovator there would gain, since trade is not that free:"
    d.step(name(h.interior), And((born, free)), says, by=via.cases(name(h.South), absent, via.by(h.case)))
    d.step(name(h.N_star_above_0), born, "So firms are born in the South,", by=via.use(name(h.interior)))
    d.step(name(h.free_entry_star), free, "and free entry holds there too:")
    entry = via.transported(name(h.free_entry_star), *southern_value(w), factor=(m.beta - 1) / m.f)
    d.step(name(h.FE_star), eq(south + W * north, m.kappa), "that is,", by=entry)
    says = "The two conditions have one solution:"
    d.step(
        name(h.a_D_to_rho),
        eq(north, m.kappa / (1 + W)),
        says,
        by=via.linear({name(h.FE): 1 / (1 - W**2), name(h.FE_star): -W / (1 - W**2)}),
    )
    d.step(
        name(h.a_D_star_to_rho),
        eq(south, m.kappa / (1 + W)),
        "and",
        by=via.linear({name(h.FE_star): 1 / (1 - W**2), name(h.FE): -W / (1 - W**2)}),
    )
    value = (m.kappa / (1 + W)) ** (1 / m.rho)
    for symbol in (m.a_D, m.a_D_star):
        given = via.powers({name(h.a_D_to_rho if symbol == m.a_D else h.a_D_star_to_rho): 1 / m.rho})
        d.step(name(h.of(symbol)), eq(w(symbol), value), "Hence", number="(9)", by=given)
    d.step(name(h.B_is_B_star), w.prop(eq(m.B, m.B_star)), "and demand per firm is the same:", by=equal_demands(w))
    for market, own, other, share in ((h.market, m.n, m.N_star, m.s_E), (h.market_star, m.N_star, m.n, 1 - m.s_E)):
        cleared = eq(w(own) + w(other) * W, firms * share)
        d.step(
            name(h.equal_for(market)), cleared, "So", by=via.transported(name(market), name(h.a_D), name(h.a_D_star))
        )
    for symbol, share, own, other in (
        (m.n, m.s_E, h.market, h.market_star),
        (m.N_star, 1 - m.s_E, h.market_star, h.market),
    ):
        solution = firms * (share - W * (1 - share)) / (1 - W**2)
        terms = {name(h.equal_for(own)): 1 / (1 - W**2), name(h.equal_for(other)): -W / (1 - W**2)}
        says = "The masses of firms follow:"
        d.step(name(h.of(symbol)), eq(w(symbol), solution), says, by=via.linear(terms))

    total = w(m.n + m.N_star)
    d.step(name(h.n_w), eq(total, firms / (1 + W)), "Their sum is")
    north_share = (m.s_E * (1 + W) - W) / (1 - W)
    shares = via.linear({name(h.n): 1 / total, name(h.n_w): -north_share / total})
    d.step(name(h.s_n), eq(w(m.n) / total, north_share), "and North's share", number="(9)", by=shares)


def equal_demands(w: World) -> via.Tactic:
    """Prove B = B* from the solved cutoffs."""
    return via.powers(
        {w.name(h.B): 1, w.name(h.solved_B_star): -1, w.name(h.a_D): m.sigma - 1, w.name(h.a_D_star): 1 - m.sigma}
    )


def exporters_better(d: Derivation, w: World) -> None:
    """Add, after `trade_interior`, the step ``X<D``: exporters are the more efficient firms."""
    t = 1 / (m.sigma - 1)
    name = w.name
    d.step(name(h.t_above_0), gt(t, 0), "Since demand is elastic")
    d.step(name(h.ratio), lt(w(m.phi) ** t, 1), "and trade is costly, the ratio of the cutoffs is")
    d.step(name(h.X_below_D), lt(w(m.a_X), w(m.a_D)), "that is,")
