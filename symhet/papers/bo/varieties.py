"""Section 5: what relocation does to the number of varieties that are sold in the small market."""

from __future__ import annotations

import sympy as sp

from symhet.claims import Claim, Finding, Severity, Witness, refuted
from symhet.claims import proved as conclude
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import traded
from symhet.papers.bo.facts import firms, integrate
from symhet.papers.bo.longrun import AUTARKIC
from symhet.papers.bo.neutral import STAY, interior
from symhet.papers.bo.productivity_points import economy
from symhet.papers.bo.relocation_facts import SHARE, SHORT, moved_share, ordered, relocation
from symhet.papers.bo.shortrun_model import CORE, opening, relocated
from symhet.papers.bo.shortrun_pairs import STAY as BEFORE
from symhet.papers.bo.shortrun_pairs import beside, rise_with_relocation, solve_unmoved
from symhet.papers.bo.sources import section
from symhet.papers.bo.sunk import sunk_against_staying
from symhet.papers.bo.welfare import with_theorem
from symhet.propositions import And, Implies, Prop, eq, gt, lt
from symhet.provers import tactics as via
from symhet.theorems import Theorem

PRINTED = r"\text{in DD relocation reduces the number of varieties available in the small market}"
Q = sp.Rational

LEFT = 1 - (m.a_R / m.a_D) ** m.rho
"""Share of the South's firms that stay."""

SOLD = m.n_w * SHARE + (1 - m.s_n) * m.n_w * LEFT
"""Varieties sold in the South in phase DD: exporters, all in the North, and Southern firms that stay."""

WITHOUT = STAY(m.N_star) + STAY(m.n * (m.a_X / m.a_D) ** m.rho)
"""Varieties sold in the South without relocation, under free entry."""


def _without(d: Derivation) -> None:
    """Add the step ``without``: the number of varieties in the South without relocation."""
    share = eq(STAY((m.a_X / m.a_D) ** m.rho), m.Omega)
    d.step(
        h.share_0,
        share,
        "Without relocation the share of exporters is",
        by=via.identity(h.a_X_0, h.a_D_star_0, h.a_D_0),
    )
    value = eq(WITHOUT, firms * (1 - m.s_E))
    d.step(h.without, value, "so that the South is sold")


@section("5").claim(
    "bo.varieties.after", lt(SOLD, WITHOUT), title="varieties in the small market after entry and exit", printed=PRINTED
)
def _after(statement: Prop) -> Finding:
    d = interior(m.Phase.DD, (AUTARKIC,)).fork()
    _without(d)
    z = m.Omega * m.s_E / (1 - m.s_E)
    moved = eq((m.a_R / m.a_D) ** m.alpha, z)
    d.step(h.moved, moved, "The share of sales that moved is")
    b = m.beta / (m.beta - 1)
    mass = d.step(h.mass, eq((m.a_R / m.a_D) ** m.rho, z**b), "and that of firms")
    d.step(h.z_below_1, lt(z, 1), "Trade is not too free,")
    d.step(h.b_above_1, gt(b, 1), "and movers are large:")
    fewer = d.step(
        h.fewer, lt(z**b, z), "few firms make many of the sales,", by=via.lemma("pow_exponent_below", z, 1, b)
    )
    whole = eq(SHARE, m.Omega)
    d.step(h.share, whole, "while the share of exporters is")
    goal = lt(WITHOUT, SOLD)
    more = via.product(
        {fewer: 1, h.s_E_below_1: 1, h.beta_above_1: 1}, h.without, h.share, mass, h.n_w, h.s_n_is_s_E,
        coefficient=1 / (m.beta * m.f * (1 + m.Omega)),
    )  # fmt: skip
    holding = conclude(d, goal, more, "More varieties are sold in the South with relocation:")
    other = interior(m.Phase.XX, (AUTARKIC,)).fork()
    _without(other)
    sold = m.s_n * m.n_w * SHARE + (1 - m.s_n) * m.n_w
    other.step(h.share, whole, "The share of exporters is")
    unit = m.Omega / (m.beta * m.f * (1 + m.Omega))
    in_xx = via.product(
        {h.s_E_above_half: 1, h.beta_above_1: 1}, h.without, h.share, h.n_w, h.s_n_is_s_E, coefficient=2 * unit
    )
    theorem = other.prove(lt(WITHOUT, sold), in_xx)
    point = economy(m.Phase.DD, Q(16, 25), Q(28, 45), Q(1), True)
    stay = {symbol: x for symbol, x in traded(Q(16, 25), Q(28, 45), Q(1), STAY).items() if symbol not in STAY.mapping}
    failing = Derivation(Context({**d.start.hypotheses, **relocated(m.Phase.DD).domain.hypotheses()}))
    reason = (
        "Movers are few and large: their places are taken by Northern exporters, and after entry and exit the South is "
        "sold more varieties with relocation than without it, at every trade cost, in DD as in XX."
    )
    found = refuted(failing, statement, Witness(point | stay), reason, corrected=holding, severity=Severity.SUBSTANCE)
    return with_theorem(found, theorem)


def _opening() -> Context:
    start = opening()
    names = (h.a_D, h.n_w, h.s_n_is_s_E, h.n, h.n_star, h.mbar_star, h.B_star, h.export)
    return start.context(*names)


SOLD_BEFORE = m.n_w * SHARE + m.n_star * LEFT
WITHOUT_BEFORE = m.n_star + m.n * BEFORE(SHARE)
UNCHANGED = (h.n, h.n_star, h.s_n_is_s_E)


def _more_exporters(d: Derivation) -> None:
    """Add what the South's market was before anyone moved, and that more firms export to it now."""
    integrate(d, m.a_D)
    solve_unmoved(d)
    rise_with_relocation(d)


@section("5").claim(
    "bo.varieties.before",
    lt(SOLD_BEFORE, WITHOUT_BEFORE),
    title="varieties in the small market before entry and exit",
    printed=PRINTED,
)
def _portable(printed: Prop) -> Finding:
    context = relocated(m.Phase.DD).context(*CORE, *SHORT[m.Phase.DD])
    d = Derivation(beside(context, _opening(), BEFORE, {}))
    relocation(d, m.Phase.DD)
    ordered(d)
    moved_share(d, m.Phase.DD)
    _more_exporters(d)
    south = 1 - m.s_E
    gone = via.cut(
        (
            (h.whole, eq((m.a_R / m.a_D) ** m.alpha, 1), via.identity(h.last)),
            (h.Y, eq(SHARE, south), via.linear({h.moved_share: -(1 - SHARE) * south, h.whole: (1 - SHARE) * south})),
            (h.left, eq(LEFT, 0), via.identity(h.last)),
            (h.some, gt(BEFORE(SHARE) * m.s_E * m.n_w, 0), via.sign()),
        ),
        via.combine({h.some: 1}, h.Y, h.left, *UNCHANGED),
    )
    at_first = via.cut(
        ((h.left, eq(LEFT, 1 - SHARE), via.identity(h.first)),),
        via.combine({h.share: m.s_E * m.n_w}, h.left, *UNCHANGED),
    )
    goal = And(
        (
            Implies(eq(m.a_R, m.a_X), lt(WITHOUT_BEFORE, SOLD_BEFORE)),
            Implies(eq(m.a_R, m.a_D), lt(SOLD_BEFORE, WITHOUT_BEFORE)),
        )
    )
    proof = via.split(via.intro(h.first, at_first), via.intro(h.last, gone))
    says = "There are more varieties when this phase begins and fewer when the last firm leaves:"
    holding = conclude(d, goal, proof, says)
    point = economy(m.Phase.DD, Q(27, 43), Q(2, 3), Q(1), False)
    stay = {m.a_X: Q(4, 9), m.B_star: Q(2, 3), m.mbar_star: Q(24, 43)}
    whole = relocated(m.Phase.DD).whole_domain(*SHORT[m.Phase.DD])
    failing = Derivation(beside(whole, _opening(), BEFORE, {}))
    witness = Witness({**point, **{BEFORE(symbol): value for symbol, value in stay.items()}})
    reason = (
        "With portable footholds a D-type that moves gives up the South, but relocation makes room for Northern "
        "exporters there: the South is sold more varieties than without relocation where phase DD begins, fewer where "
        "it ends. With footholds sunk movers go on selling in the South, which has more varieties throughout."
    )
    found = refuted(failing, printed, witness, reason, corrected=holding, severity=Severity.SUBSTANCE)
    return with_theorem(found, _more_when_sunk())


def _more_when_sunk() -> Theorem:
    """Return the theorem that with sunk footholds relocation adds to the varieties sold in the South."""
    d = sunk_against_staying()
    more = lt(WITHOUT_BEFORE, m.n * SHARE + m.n_star)
    return d.prove(more, via.combine({h.share: m.n}))


CLAIMS: tuple[Claim, ...] = (
    section("5").row("claim", "bo.varieties", PRINTED, parts=(
            _portable,
            _after,
        ), title="relocation and the varieties sold in the small market"),
)  # fmt: skip
