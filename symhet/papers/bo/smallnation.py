"""Result 6 of Baldwin and Okubo: freer trade and the small nation, over the whole range of trade costs."""

from __future__ import annotations

from functools import cache

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation
from symhet.papers.bo.effects import FREER
from symhet.papers.bo.existence import SOME_STEP
from symhet.papers.bo.facts import TRADE, World, firms, southern_value, trade_cutoffs, with_second
from symhet.papers.bo.liberalisation import SOUTH_2, long_pair, rises, small_before
from symhet.papers.bo.longrun import ENTRY_STEP
from symhet.papers.bo.model import (
    B_star,
    N_star,
    Omega,
    V_star,
    a_D,
    a_D_star,
    beta,
    f,
    f_I,
    kappa,
    mbar_star,
    n,
    phi,
    rho,
    s_E,
    trade,
)
from symhet.papers.bo.neutral import FEW_STEP, SAME_STEP
from symhet.papers.bo.phases import IMPORTS_STEP
from symhet.papers.bo.primitives import AWAY_STEP, HOME_STEP, NORTH_STEP, VALUE_STEP
from symhet.papers.bo.welfare import SECTION, with_theorem
from symhet.propositions import And, Or, eq, gt, le, lt
from symhet.provers.tactics import (
    Tactic,
    absurd,
    by,
    cases,
    choose,
    combine,
    cut,
    fact,
    lemma,
    linear,
    product,
    split,
    transported,
    use,
)
from symhet.theorems import Theorem

PRINTED = r"\frac{d\bar m^*}{d\phi}>0"


def _regimes(d: Derivation, w: World) -> None:
    """Add ``own``, ``foreign`` and ``one of``: own firms and imports both bound the Southern cutoff, one attains it."""
    trade_cutoffs(d, w)
    name, W, south = w.name, w(Omega), w(a_D_star**rho)
    own, foreign = le(south * (1 + W), kappa), le(W * south, (1 - s_E) * kappa)
    attained = Or((eq(south * (1 + W), kappa), eq(W * south, (1 - s_E) * kappa)))
    says = "Own firms and imports each keep the Southern cutoff down, and one of them sets it:"
    both = cases(name("South"), _no_firm(w), _some_firm(w))
    d.step(name("regime"), And((own, foreign, attained)), both, says, kind="bound")
    for label, prop in (("own", own), ("foreign", foreign), ("one of", attained)):
        d.step(name(label), prop, use(name("regime")), "that is,", kind="bound")


def _no_firm(w: World) -> Tactic:
    name, W, south, north = w.name, w(Omega), w(a_D_star**rho), w(a_D**rho)
    empty = product({FEW_STEP: 1, name("Omega<1"): 1, "beta>1": 1}, coefficient=f_I / f)
    gains = cut(
        (("gain", gt(kappa * (1 - W) * (1 - s_E - W * s_E), 0), empty),),
        combine({"gain": 1, VALUE_STEP: W}, equations={IMPORTS_STEP: -1}),
    )
    steps = (
        ("none", w.prop(eq(N_star, 0)), use("case")),
        ("unprofitable", w.prop(le(V_star, f_I)), use("case")),
        ("n alone", eq(w(n), firms * s_E), transported(name("market"), "none")),
        (
            "exports",
            eq(s_E * W * south, (1 - s_E) * north),
            transported(name("market*"), "none", "n alone", factor=north / firms),
        ),
        ("north", eq(north, s_E * kappa), linear({name("FE"): s_E, "exports": -1})),
        ("imports", eq(W * south, (1 - s_E) * kappa), linear({name("FE"): 1, NORTH_STEP: -1})),
        ("entry", le(south + W * north, kappa), transported("unprofitable", *southern_value(w), factor=(beta - 1) / f)),
        ("value", le(south + W * s_E * kappa, kappa), combine({ENTRY_STEP: 1}, equations={NORTH_STEP: -W})),
        ("past", le(1 - s_E, W * s_E), absurd(gains, name="few")),
        ("past scaled", le(kappa * (1 - s_E), kappa * W * s_E), transported("past", factor=kappa)),
        ("bound own", le(south * (1 + W), kappa), combine({"past scaled": 1 / W}, equations={IMPORTS_STEP: 1 + 1 / W})),
        ("bound foreign", le(W * south, (1 - s_E) * kappa), combine({}, equations={IMPORTS_STEP: 1})),
    )
    return cut(steps, split(by("bound own"), by("bound foreign"), choose(1, by(IMPORTS_STEP))))


def _some_firm(w: World) -> Tactic:
    name, W, south, north = w.name, w(Omega), w(a_D_star**rho), w(a_D**rho)
    square = 1 - W**2
    more = product({"firms": 1, name("Omega<1"): 1}, coefficient=1 + W)
    steps = (
        ("firms", w.prop(lt(0, N_star)), use("case")),
        ("entry", w.prop(eq(V_star, f_I)), use("case")),
        ("FE*", eq(south + W * north, kappa), transported(ENTRY_STEP, *southern_value(w), factor=(beta - 1) / f)),
        ("same", eq(south * (1 + W), kappa), linear({"FE*": 1 / (1 - W), name("FE"): -W / (1 - W)})),
        ("equal", eq(north, south), linear({name("FE"): 1 / (1 - W), "FE*": -1 / (1 - W)})),
        ("home", eq(w(n) + w(N_star) * W, firms * s_E), _equal_market(w, "market")),
        ("away", eq(w(N_star) + w(n) * W, firms * (1 - s_E)), _equal_market(w, "market*")),
        ("masses", eq(w(N_star) * square, firms * (1 - s_E - W * s_E)), linear({AWAY_STEP: 1, HOME_STEP: -W})),
        ("some", gt(w(N_star) * square, 0), more),
        ("some scaled", gt(firms * (1 - s_E - W * s_E), 0), combine({SOME_STEP: 1}, equations={"masses": 1})),
        ("few", gt(kappa * (1 - s_E - W * s_E), 0), transported("some scaled", factor=kappa / firms)),
        (
            "bound foreign",
            le(W * south, (1 - s_E) * kappa),
            combine({FEW_STEP: 1 / (1 + W)}, equations={SAME_STEP: W / (1 + W)}),
        ),
        ("bound own", le(south * (1 + W), kappa), combine({}, equations={SAME_STEP: 1})),
    )
    return cut(steps, split(by("bound own"), by("bound foreign"), choose(0, by(SAME_STEP))))


def _equal_market(w: World, market: str) -> Tactic:
    """Clear a market when the domestic cutoffs are equal: the ratio of their powers is one."""
    south, north = w(a_D_star**rho), w(a_D**rho)
    other = w(N_star) if market == "market" else w(n)
    weight = w(Omega) * other / (-south if market == "market" else north)
    return linear({w.name(market): 1, "equal": weight})


@cache
def _pair() -> Derivation:
    names = tuple(name for name in TRADE)
    d = Derivation(with_second(trade(), names, FREER, {"freer": lt(phi, FREER(phi))}))
    _regimes(d, World())
    _regimes(d, FREER)
    W, X, south, later = Omega, FREER(Omega), a_D_star**rho, FREER(a_D_star**rho)
    Omega_up = d.step(
        "Omega up", lt(W, X), lemma("pow_mono", phi, FREER(phi), beta), "Freer trade raises", kind="bound"
    )
    own = combine({Omega_up: south / (1 + X), "own 2": 1 / (1 + X)}, equations={"attained": -1 / (1 + X)})
    foreign = combine({Omega_up: south / X, "foreign 2": 1 / X}, equations={"attained": -1 / X})
    lower = cases("one of", own, foreign, name="attained")
    d.step("S falls", lt(later, south), lower, "so the power of the Southern cutoff falls,", kind="bound")
    power = fact("pow_mono", later, south, 1 / beta)
    root = d.step("root", power, lemma("pow_mono", later, south, 1 / beta), "hence", kind="bound")
    fall = combine({root: f}, "B_star", "B_star 2")
    d.step("falls*", lt(FREER(B_star), B_star), fall, "and Southern demand per firm falls.", kind="bound")
    rises(d, FREER, "*", mbar_star, B_star, "demand*", 1 - s_E)
    return d


def _alone() -> Finding:
    reason = (
        "Proved for any two freenesses, whether or not the South has firms at either: while it has, the cutoff is set "
        "by its own free entry, past the sustain point by the price of imports, and it is always the lower of the "
        "two."
    )
    return proved(_pair().fork(), SOUTH_2, by("up*"), "The Southern price index falls with freer trade.", reason)


def _after() -> Finding:
    d = long_pair(True).fork()
    others: tuple[Theorem, ...] = (
        long_pair(False).fork().prove(SOUTH_2, by("up*")),
        _pair().fork().prove(SOUTH_2, by("up*")),
    )
    reason = (
        "Proved in phases XX and DD for any two shares of births, and past the sustain point, where relocation has "
        "nothing left to move and the economy is the one without relocation."
    )
    finding = proved(d, SOUTH_2, by("up*"), "The Southern price index falls with freer trade.", reason)
    for theorem in others:
        finding = with_theorem(finding, theorem)
    return finding


CLAIMS = (
    Claim(
        "bo.result6",
        "result",
        f"{SECTION}, result 6",
        PRINTED,
        parts=(
            Claim(
                "bo.result6.no-relocation",
                "result",
                f"{SECTION}, result 6",
                PRINTED,
                _alone,
                title="freer trade is good for the small nation, without relocation",
            ),
            Claim(
                "bo.result6.before",
                "result",
                f"{SECTION}, result 6",
                PRINTED,
                small_before,
                title="freer trade is good for the small nation, before entry and exit",
            ),
            Claim(
                "bo.result6.after",
                "result",
                f"{SECTION}, result 6",
                PRINTED,
                _after,
                title="freer trade is good for the small nation, after entry and exit",
            ),
        ),
        title="freer trade always raises the small nation's welfare",
    ),
)
