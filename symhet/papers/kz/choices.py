"""Section 3.3: what firms of each productivity choose among all strategies, and which strategies exclude one another.

Proved: below the first cutoff every strategy loses; between two cutoffs, and above the last, one strategy beats all
others. Assumed: A.1-A.3, through which the cutoffs are ordered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sympy as sp

from symhet.claims import Claim, Finding, proved
from symhet.derivation import Derivation, Step
from symhet.papers.kz import model as m
from symhet.papers.kz.facts import ORDERING, SPARE_L, SPARE_S, above_one, offshoring_gains, ordered_cutoffs
from symhet.papers.kz.notation import phi, v
from symhet.papers.kz.sources import section
from symhet.papers.kz.strategies import INDIFFERENCE, STRATEGIES, V_STEP, define_variable_profit, profits_in_labour
from symhet.papers.kz.symbols import other_phi, other_v
from symhet.papers.kz.terms import efficiency, revenue
from symhet.propositions import And, Implies, Or, Prop, Rel, eq, gt, lt
from symhet.provers import tactics as via

F_I_STEP = Step("f_I")


EARNED = {name: profit for name, (profit, _) in STRATEGIES.items()}
STEPS: Mapping[str, tuple[sp.Symbol, sp.Expr, sp.Expr]] = {
    "survive": (m.phi_min, sp.Integer(1), m.f_p),
    "offshore": (m.phi_off, m.Lambda - 1, m.f_I),
    "export": (m.phi_ex, m.Lambda, m.tau**m.k * m.f_ex),
}
"""Of each step: its cutoff, what it adds to variable profit in units of v, and what that must cover."""

Uses = dict[str, sp.Expr | int]


def _firms() -> Derivation:
    """Return a derivation with ordered cutoffs and, as steps, the profits of all strategies in terms of v."""
    context = m.offshoring_first().context(*ORDERING)
    d = Derivation(context.having("marginal producer", INDIFFERENCE["marginal producer"]))
    define_variable_profit(d)
    ordered_cutoffs(d)
    profits_in_labour(d)
    d.recall("marginal producer", "The least productive survivor earns nothing:")
    size = eq(v, m.f_p * (phi / m.phi_min) ** m.k)
    says = "so that the variable profit of a firm is, in units of labour,"
    scale = (phi / m.phi_min) ** m.k / m.w
    d.step("size", size, says, by=via.linear({"marginal producer": scale}, V_STEP))
    says = "By (12) the fixed cost of offshoring is"
    d.step(F_I_STEP, eq(m.f_I, m.f_p * (m.Lambda - 1) * (m.phi_off / m.phi_min) ** m.k), says)
    says = "and by (14) that of exporting is"
    d.step("f_ex", eq(m.f_ex, m.f_p * m.Lambda * (m.phi_ex / (m.tau * m.phi_min)) ** m.k), says)
    return d


def _order(known: str, low: sp.Symbol, high: sp.Symbol) -> dict[str, sp.Expr | int]:
    """Return the inequalities that add up to an order of two cutoffs."""
    steps = {"min<off": (m.phi_min, m.phi_off), "off<ex": (m.phi_off, m.phi_ex)}
    names = list(steps)
    first = next((place for place, name in enumerate(names) if steps[name][0] == low), len(names))
    last = next((place for place, name in enumerate(names) if steps[name][1] == high), -1)
    return {known: 1, **dict.fromkeys(names[first : last + 1], 1)}


def _pays(step: str, known: str, at: sp.Symbol, above: bool) -> list[tuple[str, Prop, via.Tactic]]:
    """Return the proof that a step pays above a cutoff, or does not pay below one, under the step's own name."""
    cutoff, gain, cost = STEPS[step]
    relative = phi / cutoff
    if above:
        base, name = gt(relative, 1), "pow_gt_one"
        order = _order(known, cutoff, at)
        paid = lt(cost, gain * v)
    else:
        base, name = lt(relative, 1), "pow_lt_one"
        order = _order(known, at, cutoff)
        paid = lt(gain * v, cost)
    power = via.fact(name, relative, m.k)
    scale = m.f_p if step == "survive" else m.f_p * gain * (cutoff / m.phi_min) ** m.k
    charted = scale.xreplace({m.k + 1: 1 + SPARE_S}).xreplace({m.Lambda: 1 + SPARE_L})
    using = ("size", *{"survive": (), "offshore": ("f_I",), "export": ("f_ex",)}[step])
    return [
        (f"{step} base", base, via.combine(dict.fromkeys(order, 1 / cutoff))),
        (f"{step} power", power, via.lemma(name, relative, m.k)),
        (step, paid, above_one(via.combine({f"{step} power": charted}, *using))),
    ]


_MARKET = m.n / m.tau**SPARE_S
_BELOW: Mapping[str, Uses] = {
    "home": {"survive": m.w},
    "offshoring": {"survive": m.w, "offshore": m.w},
    "exporting": {"survive": m.w, "offshore": m.w, "export": m.w * _MARKET},
    "export only": {"survive": m.w, "export": m.w * _MARKET},
}
"""How the losses of the steps add up to the loss of each strategy, where no step pays."""


def _loses(name: str) -> via.Tactic:
    return above_one(via.combine(_BELOW[name], name))


def _worse(name: str, than: str, uses: Uses) -> tuple[Rel, via.Tactic]:
    """Return that a strategy earns less than another, from the steps that pay or do not."""
    return lt(EARNED[name], EARNED[than]), above_one(via.combine(uses, name, than))


def _side(
    known: str, order: Rel, steps: list[tuple[str, Prop, via.Tactic]], parts: list[tuple[Rel, via.Tactic]]
) -> tuple[Implies, via.Tactic]:
    """Return an implication from one side of a cutoff, and its proof."""
    goal = Implies(order, And(tuple(prop for prop, _ in parts)))
    return goal, via.intro(known, via.cut(steps, via.split(*(tactic for _, tactic in parts))))


def _survivors() -> Finding:
    d = _firms()
    below = [step for name in STEPS for step in _pays(name, "side", m.phi_min, above=False)]
    losing = [(lt(EARNED[name], 0), _loses(name)) for name in EARNED]
    earning = [(gt(EARNED["home"], 0), above_one(via.combine({"survive": m.w}, "home")))]
    sides = (
        _side("side", lt(phi, m.phi_min), below, losing),
        _side("side", lt(m.phi_min, phi), _pays("survive", "side", m.phi_min, above=True), earning),
    )
    says = "A firm below the first cutoff would lose under every strategy, one above it earns something at home:"
    return proved(d, And(tuple(goal for goal, _ in sides)), via.split(*(tactic for _, tactic in sides)), says)


def offshorers() -> Finding:
    """Below the offshoring cutoff no strategy with foreign intermediates is best, above it one is."""
    d = _firms()
    below = [step for name in ("offshore", "export") for step in _pays(name, "side", m.phi_off, above=False)]
    stay = [
        _worse("offshoring", "home", {"offshore": m.w}),
        _worse("exporting", "home", {"offshore": m.w, "export": m.w * _MARKET}),
        _worse("export only", "home", {"export": m.w * _MARKET}),
    ]
    above = [step for name in ("survive", "offshore") for step in _pays(name, "side", m.phi_off, above=True)]
    go = [
        (gt(EARNED["offshoring"], 0), above_one(via.combine({"survive": m.w, "offshore": m.w}, "offshoring"))),
        _worse("home", "offshoring", {"offshore": m.w}),
        _worse("export only", "exporting", {"offshore": m.w}),
    ]
    sides = (_side("side", lt(phi, m.phi_off), below, stay), _side("side", lt(m.phi_off, phi), above, go))
    says = (
        "Below the offshoring cutoff home sales with domestic intermediates are better than any other strategy; above "
        "it each strategy with domestic intermediates is worse than the same one with foreign intermediates:"
    )
    return proved(d, And(tuple(goal for goal, _ in sides)), via.split(*(tactic for _, tactic in sides)), says)


def _exporters() -> Finding:
    d = _firms()
    below = _pays("export", "side", m.phi_ex, above=False)
    stay = [
        _worse("exporting", "offshoring", {"export": m.w * _MARKET}),
        _worse("export only", "home", {"export": m.w * _MARKET}),
    ]
    above = [step for name in STEPS for step in _pays(name, "side", m.phi_ex, above=True)]
    go = [
        (gt(EARNED["exporting"], 0), above_one(via.combine(_BELOW["exporting"], "exporting"))),
        _worse("home", "exporting", {"offshore": m.w, "export": m.w * _MARKET}),
        _worse("offshoring", "exporting", {"export": m.w * _MARKET}),
        _worse("export only", "exporting", {"offshore": m.w}),
    ]
    sides = (_side("side", lt(phi, m.phi_ex), below, stay), _side("side", lt(m.phi_ex, phi), above, go))
    says = (
        "Below the export cutoff either strategy with exports is worse than the same one without; above it offshoring "
        "and exporting is better than any other strategy:"
    )
    return proved(d, And(tuple(goal for goal, _ in sides)), via.split(*(tactic for _, tactic in sides)), says)


def _difference(known: str, scale: sp.Expr, better: str, worse: str) -> via.Tactic:
    """Use a known order of two profits, a multiple of it, in terms of v."""
    return via.combine({known: scale}, equations={better: scale, worse: -scale})


def one_incomplete_strategy() -> Finding:
    """If offshoring alone is best for some firm, then exporting alone is best for none."""
    d = Derivation(m.offshoring_first().context("sigma>1", "w", "p_I_d", "p_I_w", "p_I_off", "Lambda", "A.1"))
    define_variable_profit(d)
    v_prime = d.define("v'", other_v, revenue(efficiency(other_phi, m.p_I_d)) / (m.sigma * m.w), "and of another firm")
    offshoring_gains(d)
    profits_in_labour(d, "home", "offshoring", "exporting")
    other = {
        name: (EARNED[name].xreplace({phi: other_phi}), STRATEGIES[name][1].xreplace({v: other_v})) for name in EARNED
    }
    for name in ("home", "exporting", "export only"):
        earned, short = other[name]
        d.step(f"other {name}", eq(earned, short), "The other firm earns", by=via.identity("Lambda", v_prime))
    level = m.tau**m.k * m.f_ex
    size_step = d.step("size", via.fact("trichotomy", other_v, level), "Either")
    scale = m.w * SPARE_L * (1 + m.n / m.tau**SPARE_S)
    costly = lt(m.f_I * m.Lambda, level * (m.Lambda - 1))
    market = m.n / m.tau**SPARE_S
    steps: list[tuple[str, Prop, via.Tactic]] = [
        ("pays", lt(m.f_I, (m.Lambda - 1) * v), above_one(_difference("offshores", 1 / m.w, "offshoring", "home"))),
        (
            "stays",
            lt(m.Lambda * v, level),
            above_one(_difference("alone", 1 / (m.w * market), "offshoring", "exporting")),
        ),
        ("costly", costly, above_one(via.combine({"pays": 1 + SPARE_L, "stays": SPARE_L}))),
    ]
    home, both = lt(other["export only"][0], other["home"][0]), lt(other["export only"][0], other["exporting"][0])
    names = ("other export only", "other exporting")
    smaller = via.choose(0, via.combine({"case": m.w * m.n / m.tau**m.k}, "other export only", "other home"))
    equal = via.choose(1, above_one(via.combine({"costly": m.w}, *names, equations={"case": -scale})))
    larger = via.choose(1, above_one(via.combine({"case": scale, "costly": m.w}, *names)))
    better, alone = lt(EARNED["home"], EARNED["offshoring"]), lt(EARNED["exporting"], EARNED["offshoring"])
    goal = Implies(better, Implies(alone, Or((home, both))))
    tactic = via.intro("offshores", via.intro("alone", via.cut(steps, via.cases(size_step, smaller, equal, larger))))
    says = (
        "So if offshoring without exporting is better than staying at home and than doing both for some firm, "
        "exporting without offshoring is worse than one of these for every firm, and the other way round:"
    )
    reason = "Proved from A.1 alone: it holds whichever of the two strategies takes the higher productivity."
    return proved(d, goal, tactic, says, reason)


def _who(identifier: str, printed: str, argue: Callable[[], Finding], title: str) -> Claim:
    return Claim(f"kz.{identifier}", "derived", section("3.3"), printed, argue, title=title)


WHO = {
    "eq11": _who(
        "eq11.survivors",
        r"\text{firms whose productivity is too low to recoup the fixed costs } f_p \text{ have to leave}",
        _survivors,
        "who produces",
    ),
    "eq12": _who(
        "eq12.offshorers",
        r"\text{offshoring is only profitable for firms passing a certain threshold productivity}",
        offshorers,
        "who offshores",
    ),
    "eq14": _who(
        "eq14.exporters",
        r"\text{only the most productive firms find it profitable to export}",
        _exporters,
        "who exports",
    ),
}
"""The parts of the rows of the cutoffs that say what firms choose."""
