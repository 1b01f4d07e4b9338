"""Section 4 of Baldwin and Okubo after entry and exit: what relocation and freer trade do to welfare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import sympy as sp

from symhet.claims import Claim, Finding, Witness, proved, proved_with, refuted
from symhet.derivation import Derivation
from symhet.kernel import Theorem
from symhet.papers.baldwin_okubo.economies import ratio, relocated, traded
from symhet.papers.baldwin_okubo.effects import FREER
from symhet.papers.baldwin_okubo.facts import TRADE, World, trade_interior
from symhet.papers.baldwin_okubo.longrun import AUTARKIC
from symhet.papers.baldwin_okubo.longrun_facts import CORE, LONG, phase, solve
from symhet.papers.baldwin_okubo.model import (
    B_star,
    Omega,
    a_D,
    beta,
    f,
    f_I,
    kappa,
    long_run,
    mbar_star,
    phi,
    s_E,
    s_n,
    sigma,
    trade,
)
from symhet.papers.baldwin_okubo.trade import EQUATIONS, FREE
from symhet.propositions import And, Implies, Prop, eq, gt, lt
from symhet.provers.tactics import Tactic, by, identity, lemma, linear, product, sign, split
from symhet.rules.base import Context

SECTION = "Baldwin and Okubo, section 4"
STAY = World("0", tuple(sorted(trade().endogenous, key=str)))
"""The same economy without relocation."""

P, C_M, income = sp.symbols("P C_M I", positive=True)
phi_2 = FREER(phi)
Omega_2 = FREER(Omega)
excess = beta * (s_n / s_E - 1)


def _marked(names: tuple[str, ...], w: World) -> dict[str, Prop]:
    found: dict[str, Prop] = {}
    for name, prop in trade().context(*names).hypotheses.items():
        moved = w.prop(prop)
        found[w.name(name) if moved != prop else name] = moved
    return found


def _side_by_side(exporters_move: bool, whole: bool = False, more: Mapping[str, Prop] | None = None) -> Context:
    """Return the long run with relocation beside the equilibrium without, which carries the mark 0."""
    model = long_run(exporters_move)
    domain = tuple(model.domain.hypotheses())
    long = (*(domain if whole else CORE), "s_n<1", *LONG, *phase(exporters_move))
    hypotheses = dict(model.context(*dict.fromkeys(long)).hypotheses)
    stay = (*(domain if whole else TRADE), *EQUATIONS)
    return Context({**hypotheses, **_marked(stay, STAY), STAY.name("phi<phi_S"): FREE[1], **(more or {})})


@cache
def _solved(exporters_move: bool) -> Derivation:
    d = Derivation(_side_by_side(exporters_move))
    solve(d, exporters_move, World())
    trade_interior(d, STAY)
    same = identity("B_star", "B_star 0", "a_D", "a_D_star 0")
    d.step("B*=B*0", eq(B_star, STAY(B_star)), same, "Southern demand per firm is what it is without relocation,")
    weights = linear({"demand*": 1 / B_star, "demand* 0": -1 / B_star, "B*=B*0": -STAY(mbar_star) / B_star})
    d.step("m*=m*0", eq(mbar_star, STAY(mbar_star)), weights, "and so is the sum of selling costs:")
    return d


def uneven() -> Witness:
    """Return two long runs at s_E = 3/5, phi = 5/12: with relocation and s_n = 16/25, and without relocation."""
    share, freeness, innovation = ratio(3, 5), ratio(5, 12), ratio(1)
    return Witness(
        relocated(share, freeness, innovation, ratio(16, 25)) | _apart(traded(share, freeness, innovation, STAY))
    )


def _apart(point: dict[sp.Symbol, sp.Expr]) -> dict[sp.Symbol, sp.Expr]:
    return {symbol: value for symbol, value in point.items() if symbol not in STAY.mapping}


def better_after() -> Finding:
    """Judge whether relocation helps the small nation after entry and exit."""
    d = _solved(True).fork()
    holding = proved(d, eq(mbar_star, STAY(mbar_star)), by("m*=m*0"), "Relocation does not change Southern welfare.")
    other = _solved(False).fork().prove(eq(mbar_star, STAY(mbar_star)), by("m*=m*0"))
    reason = (
        "After entry and exit the South is exactly as well off with relocation as without, for every share of births "
        "and in both phases: free entry and B = B* fix the domestic cutoff, and with it m*. Past the sustain point "
        "both regimes are the same economy. Nothing makes it strictly better off."
    )
    failing = Derivation(_side_by_side(True, whole=True))
    found = refuted(failing, lt(STAY(mbar_star), mbar_star), uneven(), reason, corrected=holding)
    return with_theorem(found, other)


def _ratio() -> Finding:
    d = _solved(True).fork()
    one = linear({"m*=m*0": 1 / STAY(mbar_star)})
    holding = proved(d, eq(mbar_star / STAY(mbar_star), 1), one, "The ratio is one.")
    printed = eq(mbar_star / STAY(mbar_star), (1 + excess / (1 + Omega)) ** (1 / beta))
    reason = (
        "The ratio is one for every share of births s_n. The printed ratio inherits the wrong cutoff of (22); it "
        "exceeds one at the counterexample, where B = B* and both free entry conditions hold with the same a_D as "
        "without relocation."
    )
    failing = Derivation(_side_by_side(True, whole=True))
    return refuted(failing, printed, uneven(), reason, corrected=holding)


def _more_welfare() -> Finding:
    d = _solved(True).fork()
    holding = proved(d, eq(mbar_star, STAY(mbar_star)), by("m*=m*0"), "Relocation does not change Southern welfare.")
    printed = And(
        (
            Implies(gt(s_n, s_E), gt(mbar_star, STAY(mbar_star))),
            Implies(eq(s_n, s_E), eq(mbar_star, STAY(mbar_star))),
        )
    )
    reason = (
        "The second half (no effect at s_n = s_E) is true; the first is not, since there is no effect for any s_n: "
        "the long run has the same cutoffs, n_w and m* whatever the shares of births."
    )
    failing = Derivation(_side_by_side(True, whole=True))
    return refuted(failing, printed, uneven(), reason, corrected=holding)


def _both_cutoffs() -> Finding:
    power = (sigma - 1) / (beta * (sigma - 1))
    printed = And(
        (
            eq(a_D ** (1 - sigma), ((excess + 1 + Omega) / kappa) ** power),
            eq(STAY(a_D) ** (1 - sigma), ((1 + Omega) / kappa) ** power),
            lt(((1 + Omega) / kappa) ** power, ((1 + Omega_2) / kappa) ** power),
        )
    )
    freer: dict[str, Prop] = {"freer": lt(phi, phi_2)}
    d = Derivation(_side_by_side(True, more={**freer, AUTARKIC[0]: AUTARKIC[1]}))
    solve(d, True, World())
    trade_interior(d, STAY)
    d.step("Omega up", lt(Omega, Omega_2), lemma("pow_mono", phi, phi_2, beta), "Freer trade raises", kind="bound")
    low, high = (1 + Omega) / kappa, (1 + Omega_2) / kappa
    up = product({"Omega up": 1, "beta>1": -1}, coefficient=f / f_I)
    d.step("base", lt(low, high), up, "and", kind="bound")
    d.step("base>0", gt(low, 0), product({"beta>1": -1}, coefficient=f / f_I * (1 + Omega)), "With", kind="bound")
    d.step("power>0", gt(power, 0), _positive_power(), "the exponent", kind="bound")
    rise = lemma("pow_mono", low, high, power, premises=(by("base>0"), by("base"), by("power>0")))
    proof = split(identity("s_n=s_E", "a_D"), identity("a_D 0"), rise)
    holding = proved(d, printed, proof, "Both fall in trade costs, and they are the same.")
    failing = Derivation(_side_by_side(True, whole=True, more=freer))
    point = dict(uneven().point) | {phi_2: ratio(1, 2)}
    reason = (
        "The expression without relocation is right, and it is the one with relocation too: for every s_n the cutoff "
        "is (kappa/(1+phi^beta))^(1/rho). The printed one with relocation is right at s_n = s_E only."
    )
    return proved_with(holding, (AUTARKIC,), failing, Witness(point), reason)


def _positive_power() -> Tactic:
    """Prove that 1/beta, written as (sigma-1)/rho, is positive."""
    return sign()


def with_theorem(finding: Finding, theorem: Theorem) -> Finding:
    """Return a finding that rests on one more theorem."""
    return replace(finding, theorems=(*finding.theorems, theorem))


CLAIMS = (
    Claim(
        "bo.eq25",
        "derived",
        f"{SECTION}, equation 25",
        r"(a_D^{\text{reloc}})^{1-\sigma}=\left(\frac{\beta(s_n/s_E-1)+1+\phi^\beta}{f_I(\beta-1)/f}\right)^{(\sigma-1)/\rho},"
        r"\quad (a_D^{\text{no reloc}})^{1-\sigma}=\left(\frac{1+\phi^\beta}{f_I(\beta-1)/f}\right)^{(\sigma-1)/\rho}",
        _both_cutoffs,
        title="cutoffs with and without relocation",
    ),
    Claim(
        "bo.eq26",
        "derived",
        f"{SECTION}, equation 26",
        r"\frac{\bar m^*_{\text{reloc}}}{\bar m^*_{\text{no reloc}}}"
        r"=\left(1+\beta\,\frac{s_n/s_E-1}{1+\phi^\beta}\right)^{1/\beta}",
        _ratio,
        title="welfare metric of relocation",
    ),
    Claim(
        "bo.result7",
        "result",
        f"{SECTION}, result 7",
        r"s_n>s_E\Rightarrow\bar m^*_{\text{reloc}}>\bar m^*_{\text{no reloc}};\quad "
        r"s_n=s_E\Rightarrow\bar m^*_{\text{reloc}}=\bar m^*_{\text{no reloc}}",
        _more_welfare,
        title="relocation and welfare when nothing is instantaneous",
    ),
)
