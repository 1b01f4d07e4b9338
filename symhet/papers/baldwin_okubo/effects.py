"""What freer trade does without relocation: cutoffs, sales and masses of firms, and average productivity."""

from __future__ import annotations

from functools import cache

import sympy as sp

from symhet.claims import Claim, Finding, Witness, proved, proved_with, refuted
from symhet.derivation import Derivation
from symhet.papers.baldwin_okubo.economies import ratio, traded
from symhet.papers.baldwin_okubo.facts import TRADE, World, firms, trade_interior, with_second
from symhet.papers.baldwin_okubo.model import (
    B,
    B_star,
    N_star,
    Omega,
    a_D,
    a_D_star,
    a_X,
    a_X_star,
    abar,
    abar_star,
    beta,
    f,
    f_I,
    kappa,
    n,
    phi,
    rho,
    s_E,
    sales,
    sigma,
    trade,
)
from symhet.papers.baldwin_okubo.trade import EQUATIONS, FREE, SECTION
from symhet.propositions import And, Prop, eq, gt, lt
from symhet.provers.tactics import Tactic, by, combine, cut, fact, identity, lemma, monotone, product, sign, split

MOVING = tuple(sorted({phi, *trade().endogenous}, key=str))
FREER = World("2", MOVING)
"""The same economy with freer trade."""

phi_2 = FREER(phi)
Omega_2 = FREER(Omega)


@cache
def _both() -> Derivation:
    names = (*TRADE, "s_E>1/2", "phi<phi_S", "abar", "abar*")
    d = Derivation(with_second(trade(), names, FREER, {"freer": lt(phi, phi_2)}))
    trade_interior(d, World())
    trade_interior(d, FREER)
    d.step("Omega up", lt(Omega, Omega_2), lemma("pow_mono", phi, phi_2, beta), "Freer trade raises", kind="bound")
    up = product({"Omega up": 1, "beta>1": 1}, coefficient=f_I / (f * (1 + Omega) * (1 + Omega_2)))
    d.step("D base", lt(kappa / (1 + Omega_2), kappa / (1 + Omega)), up, "and lowers", kind="bound")
    return d


def freer() -> Derivation:
    """Return a derivation that has solved two equilibria, the second with freer trade."""
    return _both().fork()


def anywhere(*conditions: str) -> Derivation:
    """Return a derivation from the whole domain, the equilibrium conditions of both economies, and named facts."""
    domain = tuple(trade().domain.hypotheses())
    return Derivation(with_second(trade(), (*domain, *EQUATIONS, *conditions), FREER, {"freer": lt(phi, phi_2)}))


def exports(mass: sp.Expr, demand: sp.Expr, cutoff: sp.Expr, home: sp.Expr) -> sp.Expr:
    """Return the value of what a nation exports, given its mass of firms and the demand and cutoffs that they meet."""
    return mass * phi * demand * sales(0, cutoff) / home**rho


north_exports = exports(n, B_star, a_X, a_D)
south_exports = exports(N_star, B, a_X_star, a_D_star)


def _true_effects(d: Derivation) -> tuple[tuple[str, Prop], ...]:
    """Add as steps what freer trade does while firms are born in both nations."""
    k, t = 1 / (beta * f), 1 - s_E
    W, X = Omega, Omega_2
    below = {"Omega<1": -1, "Omega<1 2": -1}
    power = lemma("pow_mono", kappa / (1 + X), kappa / (1 + W), 1 / rho)
    found: list[tuple[str, Prop]] = []

    def add(name: str, prop: Prop, tactic: Tactic, says: str) -> None:
        d.step(name, prop, tactic, says, kind="bound")
        found.append((name, prop))

    d.step("D power", fact("pow_mono", kappa / (1 + X), kappa / (1 + W), 1 / rho), power, "so that", kind="bound")
    add("a_D falls", lt(FREER(a_D), a_D), combine({"D power": 1}, "a_D", "a_D 2"), "The domestic cutoff falls:")
    low, high = W * kappa / (1 + W), X * kappa / (1 + X)
    up = product({"Omega up": 1, "beta>1": 1}, coefficient=f_I / (f * (1 + W) * (1 + X)))
    d.step("X base", lt(low, high), up, "Since", kind="bound")
    d.step(
        "X power", fact("pow_mono", low, high, 1 / rho), lemma("pow_mono", low, high, 1 / rho), "we have", kind="bound"
    )
    rises = combine({"X power": 1}, "a_X", "a_X 2", "a_D_star", "a_D_star 2")
    add("a_X rises", lt(a_X, FREER(a_X)), rises, "The export cutoff rises:")
    d.step(
        "B power",
        fact("pow_mono", FREER(a_D), a_D, sigma - 1),
        lemma("pow_mono", FREER(a_D), a_D, sigma - 1),
        "Then",
        kind="bound",
    )
    falls = combine({"B power": f}, "B", "B 2")
    add("B falls", lt(FREER(B), B), falls, "Demand per firm falls, and with it the sales of firms that do not export:")
    d.step("apart", gt(t * (1 - W) * (1 - X), 0), product({"s_E<1": 1, "Omega<1": 1, "Omega<1 2": 1}), "Because")
    more = combine({"s_E>1/2": 2 * (1 + W * X), "apart": 1})
    d.step("size", gt(s_E * (1 + W * X) - t * (W + X), 0), more, "and North is larger,", kind="bound")
    scale = k / ((1 + W) * (1 + X))
    fewer = product({"Omega up": 1, "size": 1, "beta>1": 1, **below}, "N_star", "N_star 2", coefficient=scale)
    add("n* falls", lt(FREER(N_star), N_star), fewer, "the South loses firms:")
    world = product({"Omega up": 1, "beta>1": 1}, "n_w", "n_w 2", coefficient=scale)
    add("n_w falls", lt(FREER(n + N_star), n + N_star), world, "The world loses firms:")
    shares = product({"Omega up": 1, "s_E>1/2": 1, **below}, "s_n", "s_n 2", coefficient=2)
    add("s_n rises", lt(n / (n + N_star), FREER(n / (n + N_star))), shares, "North's share rises:")
    lost = product({"phi<phi_S": 1, "beta>1": 1, "Omega<1": -1}, "n", coefficient=k * W / (1 + W))
    add("n below autarky", lt(n, firms * s_E), lost, "Yet the North has fewer firms than in autarky:")
    for economy in (World(), FREER):
        _exports(d, economy)
    rise = product({"Omega up": 1, "size": 1, **below}, "exports", "exports 2", coefficient=1 / ((1 + W) * (1 + X)))
    add("exports rise", lt(north_exports, FREER(north_exports)), rise, "North's exports rise:")
    rise = product({"Omega up": 1}, "all exports", "all exports 2", coefficient=1 / ((1 + W) * (1 + X)))
    add(
        "world exports rise",
        lt(north_exports + south_exports, FREER(north_exports + south_exports)),
        rise,
        "World exports rise:",
    )
    return tuple(found)


def _exports(d: Derivation, w: World) -> None:
    name, W = w.name, w(Omega)
    solved = [name(x) for x in ("B", "B_star", "a_X", "a_X_star", "a_D", "a_D_star", "n", "N_star")]
    integrals = tuple(f"J {w(x).name}" for x in (a_X, a_X_star))
    closed = W * (s_E - W * (1 - s_E)) / (1 - W**2)
    d.step(name("exports"), eq(w(north_exports), closed), identity(*integrals, *solved), "Exports of the North are")
    total = eq(w(north_exports + south_exports), W / (1 + W))
    d.step(name("all exports"), total, identity(*integrals, *solved), "and those of both nations")


def _effects() -> Finding:
    d = freer()
    true = _true_effects(d)
    holding = proved(
        d, And(tuple(p for _, p in true)), split(*(by(x) for x, _ in true)), "This is what freer trade does."
    )
    statement = And(
        (
            lt(a_X, FREER(a_X)),
            lt(FREER(a_D), a_D),
            lt(north_exports + south_exports, FREER(north_exports + south_exports)),
            lt(FREER(B), B),
            lt(n, FREER(n)),
            lt(FREER(N_star), N_star),
        )
    )
    share, innovation = ratio(3, 5), ratio(1)
    point = traded(share, ratio(8, 15), innovation, FREER) | traded(share, ratio(5, 12), innovation)
    reason = (
        "All is true but that the mass of Northern firms rises: it stays below its autarky value s_E (1-1/beta)/f for "
        "every phi below the sustain point, falls first and regains that value only at the sustain point. What rises "
        "is North's share. The number of Southern exporters is humped in phi too. The independent solution of the "
        "four cutoff and two free entry conditions by quadrature gave the same masses."
    )
    witness = Witness(point)
    return refuted(anywhere("phi<phi_S"), statement, witness, reason, corrected=holding)


def _productivity() -> Finding:
    d = freer()
    e = 1 / rho
    x = sp.Symbol("x", positive=True)
    level = (1 + Omega ** (1 + e)) / (1 + Omega) ** (1 + e)

    def at(value: sp.Expr) -> sp.Expr:
        return (1 + value ** (1 + e)) / (1 + value) ** (1 + e)

    scale = (rho - sigma + 1) / (rho - sigma + 2) * kappa**e
    for w in (World(), FREER):
        _averages(d, w, scale * w(level))
    d.step("e>0", gt(e, 0), product({"sigma>1": -1}, coefficient=1 / beta), "The exponent 1/rho is positive,")
    d.step("1+e>0", gt(1 + e, 0), combine({"e>0": 1}), "and so is")
    inner = cut(
        (
            ("x<1", lt(x, 1), combine({"between_high": 1, "Omega<1 2": 1})),
            ("x^e<1", lt(x**e, 1), lemma("pow_lt_one", x, e)),
        ),
        product({"x^e<1": 1, "1+e>0": 1}, coefficient=(1 + x) ** (-2 - e)),
    )
    falls = monotone(at(Omega) - at(x), x, Omega, Omega_2, slope=inner, base=sign(), order=by("Omega up"))
    says = (
        "The average is a falling function of phi^beta, for its logarithmic slope has the sign of phi^(beta/rho) - 1:"
    )
    d.step("level", lt(at(Omega_2), at(Omega)), falls, says, kind="bound")
    statement = And((lt(FREER(abar), abar), lt(FREER(abar_star), abar_star)))
    factors = {"level": 1, "alpha>0": 1, "alpha+1>0": -1}
    north = product(factors, "abar solved", "abar solved 2", coefficient=kappa**e)
    south = product(factors, "abar* solved", "abar* solved 2", coefficient=kappa**e)
    holding = proved(d, statement, split(north, south), "So the average cost falls in both nations.")
    reason = (
        "Proved for every pair phi < phi' below the sustain point ((1-s_E)/s_E)^(1/beta). Past it only Northern firms "
        "are left, selling in both markets with cutoffs that do not depend on phi, and the average is constant."
    )
    share, innovation = ratio(4, 5), ratio(5, 9)
    point = traded(share, ratio(4, 5), innovation, FREER) | traded(share, ratio(3, 5), innovation)
    conditions = ((FREE[0], FREE[1]), (FREER.name(FREE[0]), FREER.prop(FREE[1])))
    return proved_with(holding, conditions, anywhere("abar", "abar*"), Witness(point), reason)


def _averages(d: Derivation, w: World, value: sp.Expr) -> None:
    """Add the steps ``abar solved`` and ``abar* solved``: both nations have the same average cost."""
    name = w.name
    if "alpha+1>0" not in d.context.hypotheses:
        says = "The integral of costs converges as well:"
        d.step("alpha+1>0", lt(-1, rho - sigma + 1), combine({"alpha>0": 1}), says, kind="bound")
    for cutoff in (a_D, a_D_star, a_X, a_X_star):
        arguments = (rho - sigma + 1, w(cutoff))
        value_of = lemma("power_integral_from_zero", *arguments, premises=(sign(), by("alpha+1>0")))
        label = f"C {w(cutoff).name}"
        d.step(label, fact("power_integral_from_zero", *arguments), value_of, "Costs sum to", kind="integrate")
    integrals = tuple(f"{kind} {w(x).name}" for x in (a_D, a_D_star, a_X, a_X_star) for kind in "JC")
    solved = tuple(name(x) for x in ("B", "B_star", "a_X", "a_X_star", "a_D", "a_D_star"))
    for label, symbol in (("abar", abar), ("abar*", abar_star)):
        closed = identity(name(label), *integrals, *solved)
        d.step(name(f"{label} solved"), eq(w(symbol), value), closed, "The average cost is", kind="integrate")


CLAIMS = (
    Claim(
        "bo.trade-effects",
        "claim",
        f"{SECTION}.2",
        r"\phi\uparrow:\quad a_X\uparrow,\ a_D\downarrow,\ \text{exports}\uparrow,\ "
        r"\text{sales of D-types}\downarrow,\ n\uparrow,\ n^*\downarrow",
        _effects,
        title="effects of freer trade without relocation",
    ),
    Claim(
        "bo.pro-productivity",
        "claim",
        f"{SECTION}.2",
        r"\frac{d\bar a}{d\phi}<0,\quad \frac{d\bar a^*}{d\phi}<0",
        _productivity,
        title="freer trade raises productivity without relocation",
    ),
)
