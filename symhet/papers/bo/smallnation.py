"""Result 6 of Baldwin and Okubo: freer trade and the small nation, over the whole range of trade costs."""

from __future__ import annotations

from functools import cache

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo.effects import FREER
from symhet.papers.bo.existence import SOME_STEP
from symhet.papers.bo.facts import TRADE, World, firms, southern_value, trade_cutoffs, with_second
from symhet.papers.bo.liberalisation import SOUTH_2, long_pair, rises, small_before
from symhet.papers.bo.longrun import ENTRY_STEP
from symhet.papers.bo.neutral import FEW_STEP, SAME_STEP
from symhet.papers.bo.phases import IMPORTS_STEP
from symhet.papers.bo.primitives import AWAY_STEP, HOME_STEP, NORTH_STEP, VALUE_STEP
from symhet.papers.bo.welfare import SECTION, with_theorem
from symhet.propositions import And, Or, eq, gt, le, lt
from symhet.provers import tactics as via
from symhet.theorems import Theorem

PRINTED = r"\frac{d\bar m^*}{d\phi}>0"


def _regimes(d: Derivation, w: World) -> None:
    """Add ``own``, ``foreign`` and ``one of``: own firms and imports both bound the Southern cutoff, one attains it."""
    trade_cutoffs(d, w)
    name, W, south = w.name, w(m.Omega), w(m.a_D_star**m.rho)
    own, foreign = le(south * (1 + W), m.kappa), le(W * south, (1 - m.s_E) * m.kappa)
    attained = Or((eq(south * (1 + W), m.kappa), eq(W * south, (1 - m.s_E) * m.kappa)))
    says = "Own firms and imports each keep the Southern cutoff down, and one of them sets it:"
    both = via.cases(name("South"), _no_firm(w), _some_firm(w))
    d.step(name("regime"), And((own, foreign, attained)), says, by=both)
    for label, prop in (("own", own), ("foreign", foreign), ("one of", attained)):
        d.step(name(label), prop, "that is,", by=via.use(name("regime")))


def _no_firm(w: World) -> via.Tactic:
    name, W, south, north = w.name, w(m.Omega), w(m.a_D_star**m.rho), w(m.a_D**m.rho)
    empty = via.product({FEW_STEP: 1, name("Omega<1"): 1, "beta>1": 1}, coefficient=m.f_I / m.f)
    gains = via.cut(
        (("gain", gt(m.kappa * (1 - W) * (1 - m.s_E - W * m.s_E), 0), empty),),
        via.combine({"gain": 1, VALUE_STEP: W}, equations={IMPORTS_STEP: -1}),
    )
    steps = (
        ("none", w.prop(eq(m.N_star, 0)), via.use("case")),
        ("unprofitable", w.prop(le(m.V_star, m.f_I)), via.use("case")),
        ("n alone", eq(w(m.n), firms * m.s_E), via.transported(name("market"), "none")),
        (
            "exports",
            eq(m.s_E * W * south, (1 - m.s_E) * north),
            via.transported(name("market*"), "none", "n alone", factor=north / firms),
        ),
        ("north", eq(north, m.s_E * m.kappa), via.linear({name("FE"): m.s_E, "exports": -1})),
        ("imports", eq(W * south, (1 - m.s_E) * m.kappa), via.linear({name("FE"): 1, NORTH_STEP: -1})),
        (
            "entry",
            le(south + W * north, m.kappa),
            via.transported("unprofitable", *southern_value(w), factor=(m.beta - 1) / m.f),
        ),
        ("value", le(south + W * m.s_E * m.kappa, m.kappa), via.combine({ENTRY_STEP: 1}, equations={NORTH_STEP: -W})),
        ("past", le(1 - m.s_E, W * m.s_E), via.absurd(gains, name="few")),
        ("past scaled", le(m.kappa * (1 - m.s_E), m.kappa * W * m.s_E), via.transported("past", factor=m.kappa)),
        (
            "bound own",
            le(south * (1 + W), m.kappa),
            via.combine({"past scaled": 1 / W}, equations={IMPORTS_STEP: 1 + 1 / W}),
        ),
        ("bound foreign", le(W * south, (1 - m.s_E) * m.kappa), via.combine({}, equations={IMPORTS_STEP: 1})),
    )
    return via.cut(steps, via.split(via.by("bound own"), via.by("bound foreign"), via.choose(1, via.by(IMPORTS_STEP))))


def _some_firm(w: World) -> via.Tactic:
    name, W, south, north = w.name, w(m.Omega), w(m.a_D_star**m.rho), w(m.a_D**m.rho)
    square = 1 - W**2
    more = via.product({"firms": 1, name("Omega<1"): 1}, coefficient=1 + W)
    steps = (
        ("firms", w.prop(lt(0, m.N_star)), via.use("case")),
        ("entry", w.prop(eq(m.V_star, m.f_I)), via.use("case")),
        (
            "FE*",
            eq(south + W * north, m.kappa),
            via.transported(ENTRY_STEP, *southern_value(w), factor=(m.beta - 1) / m.f),
        ),
        ("same", eq(south * (1 + W), m.kappa), via.linear({"FE*": 1 / (1 - W), name("FE"): -W / (1 - W)})),
        ("equal", eq(north, south), via.linear({name("FE"): 1 / (1 - W), "FE*": -1 / (1 - W)})),
        ("home", eq(w(m.n) + w(m.N_star) * W, firms * m.s_E), _equal_market(w, "market")),
        ("away", eq(w(m.N_star) + w(m.n) * W, firms * (1 - m.s_E)), _equal_market(w, "market*")),
        (
            "masses",
            eq(w(m.N_star) * square, firms * (1 - m.s_E - W * m.s_E)),
            via.linear({AWAY_STEP: 1, HOME_STEP: -W}),
        ),
        ("some", gt(w(m.N_star) * square, 0), more),
        ("some scaled", gt(firms * (1 - m.s_E - W * m.s_E), 0), via.combine({SOME_STEP: 1}, equations={"masses": 1})),
        ("few", gt(m.kappa * (1 - m.s_E - W * m.s_E), 0), via.transported("some scaled", factor=m.kappa / firms)),
        (
            "bound foreign",
            le(W * south, (1 - m.s_E) * m.kappa),
            via.combine({FEW_STEP: 1 / (1 + W)}, equations={SAME_STEP: W / (1 + W)}),
        ),
        ("bound own", le(south * (1 + W), m.kappa), via.combine({}, equations={SAME_STEP: 1})),
    )
    return via.cut(steps, via.split(via.by("bound own"), via.by("bound foreign"), via.choose(0, via.by(SAME_STEP))))


def _equal_market(w: World, market: str) -> via.Tactic:
    """Clear a market when the domestic cutoffs are equal: the ratio of their powers is one."""
    south, north = w(m.a_D_star**m.rho), w(m.a_D**m.rho)
    other = w(m.N_star) if market == "market" else w(m.n)
    weight = w(m.Omega) * other / (-south if market == "market" else north)
    return via.linear({w.name(market): 1, "equal": weight})


@cache
def _pair() -> Derivation:
    names = tuple(name for name in TRADE)
    d = Derivation(with_second(m.trade(), names, FREER, {"freer": lt(m.phi, FREER(m.phi))}))
    _regimes(d, World())
    _regimes(d, FREER)
    W, X, south, later = m.Omega, FREER(m.Omega), m.a_D_star**m.rho, FREER(m.a_D_star**m.rho)
    Omega_up = d.step("Omega up", lt(W, X), "Freer trade raises")
    own = via.combine({Omega_up: south / (1 + X), "own 2": 1 / (1 + X)}, equations={"attained": -1 / (1 + X)})
    foreign = via.combine({Omega_up: south / X, "foreign 2": 1 / X}, equations={"attained": -1 / X})
    lower = via.cases("one of", own, foreign, name="attained")
    d.step("S falls", lt(later, south), "so the power of the Southern cutoff falls,", by=lower)
    power = via.fact("pow_mono", later, south, 1 / m.beta)
    d.step("root", power, "hence")
    d.step("falls*", lt(FREER(m.B_star), m.B_star), "and Southern demand per firm falls.")
    rises(d, FREER, "*", m.mbar_star, m.B_star, "demand*", 1 - m.s_E)
    return d


def _alone() -> Finding:
    reason = (
        "Proved for any two freenesses, whether or not the South has firms at either: while it has, the cutoff is set "
        "by its own free entry, past the sustain point by the price of imports, and it is always the lower of the "
        "two."
    )
    return proved(_pair().fork(), SOUTH_2, via.by("up*"), "The Southern price index falls with freer trade.", reason)


def _after() -> Finding:
    d = long_pair(m.Phase.XX).fork()
    others: tuple[Theorem, ...] = (
        long_pair(m.Phase.DD).fork().prove(SOUTH_2, via.by("up*")),
        _pair().fork().prove(SOUTH_2, via.by("up*")),
    )
    reason = (
        "Proved in phases XX and DD for any two shares of births, and past the sustain point, where relocation has "
        "nothing left to move and the economy is the one without relocation."
    )
    finding = proved(d, SOUTH_2, via.by("up*"), "The Southern price index falls with freer trade.", reason)
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
