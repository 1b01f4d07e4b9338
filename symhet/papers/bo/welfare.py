"""Section 4 of Baldwin and Okubo after entry and exit: what relocation and freer trade do to welfare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sympy as sp

from symhet.claims import Finding, Severity, Witness, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.bo import model as m
from symhet.papers.bo import named as h
from symhet.papers.bo.economies import ratio, relocated, traded
from symhet.papers.bo.effects import FREER
from symhet.papers.bo.longrun import AUTARKIC
from symhet.papers.bo.neutral import SAME, STAY, accounts, any_phase, every_phase, interior
from symhet.papers.bo.sources import section
from symhet.propositions import And, Implies, Prop, eq, gt, lt
from symhet.provers.tactics import Tactic, by, identity, lemma, linear, split
from symhet.steps import Step
from symhet.theorems import Theorem

phi_2 = FREER(m.phi)
Omega_2 = FREER(m.Omega)
excess = m.beta * (m.s_n / m.s_E - 1)


def uneven() -> Witness:
    """Return two long runs at s_E = 3/5, phi = 5/12: with relocation and s_n = 16/25, and without relocation."""
    share, freeness, innovation = ratio(3, 5), ratio(5, 12), ratio(1)
    return Witness(
        relocated(share, freeness, innovation, ratio(16, 25)) | _apart(traded(share, freeness, innovation, STAY))
    )


def _apart(point: dict[sp.Symbol, sp.Expr]) -> dict[sp.Symbol, sp.Expr]:
    return {symbol: value for symbol, value in point.items() if symbol not in STAY.mapping}


def _anywhere(more: Mapping[Step, Prop] | None = None) -> Derivation:
    return Derivation(any_phase(whole=True, more=more))


def _unchanged() -> Finding:
    d = Derivation(any_phase())
    every_phase(d)
    return proved(d, SAME, by(h.m_star_is_m_star0), "Relocation does not change Southern welfare.")


BETTER = lt(STAY(m.mbar_star), m.mbar_star)
"""The South is better off with relocation."""


def better_after(printed: Prop) -> Finding:
    """Judge whether relocation helps the small nation after entry and exit."""
    reason = (
        "After entry and exit the South is exactly as well off with relocation as without, in every phase and for "
        "every share of births: free entry and B = B* fix the domestic cutoff, and with it m*; under full "
        "agglomeration imports do so, with and without relocation."
    )
    return refuted(
        _anywhere(), printed, uneven(), reason, corrected=_unchanged(), severity=Severity.SUBSTANCE, root="bo.eq16"
    )


@section("4", "equation 26").derived(
    "bo.eq26",
    eq(m.mbar_star / STAY(m.mbar_star), (1 + excess / (1 + m.Omega)) ** (1 / m.beta)),
    title="welfare metric of relocation",
    printed=r"\frac{\bar m^*_{\text{reloc}}}{\bar m^*_{\text{no reloc}}}"
    r"=\left(1+\beta\,\frac{s_n/s_E-1}{1+\phi^\beta}\right)^{1/\beta}",
)
def _ratio(printed: Prop) -> Finding:
    d = Derivation(any_phase())
    every_phase(d)
    one = linear({h.m_star_is_m_star0: 1 / STAY(m.mbar_star)})
    holding = proved(d, eq(m.mbar_star / STAY(m.mbar_star), 1), one, "The ratio is one.")
    reason = (
        "The ratio is one in every phase and for every share of births s_n. The printed ratio inherits the wrong "
        "cutoff of (22); it exceeds one at the counterexample, where B = B* and both free entry conditions hold with "
        "the same a_D as without relocation."
    )
    return refuted(
        _anywhere(), printed, uneven(), reason, corrected=holding, severity=Severity.SUBSTANCE, root="bo.eq16"
    )


@section("4", "result 7").result(
    "bo.result7",
    And(
        (
            Implies(gt(m.s_n, m.s_E), gt(m.mbar_star, STAY(m.mbar_star))),
            Implies(eq(m.s_n, m.s_E), eq(m.mbar_star, STAY(m.mbar_star))),
        )
    ),
    title="relocation and welfare when nothing is instantaneous",
    printed=r"s_n>s_E\Rightarrow\bar m^*_{\text{reloc}}>\bar m^*_{\text{no reloc}};\quad "
    r"s_n=s_E\Rightarrow\bar m^*_{\text{reloc}}=\bar m^*_{\text{no reloc}}",
)
def _more_welfare(printed: Prop) -> Finding:
    reason = (
        "The second half (no effect at s_n = s_E) is true; the first is not, since in no phase does the share of "
        "births matter for m*."
    )
    return refuted(
        _anywhere(), printed, uneven(), reason, corrected=_unchanged(), severity=Severity.SUBSTANCE, root="bo.eq16"
    )


power = (m.sigma - 1) / (m.beta * (m.sigma - 1))
CUTOFFS = And(
    (
        eq(m.a_D ** (1 - m.sigma), ((excess + 1 + m.Omega) / m.kappa) ** power),
        eq(STAY(m.a_D) ** (1 - m.sigma), ((1 + m.Omega) / m.kappa) ** power),
        lt(((1 + m.Omega) / m.kappa) ** power, ((1 + Omega_2) / m.kappa) ** power),
    )
)
FREER_TRADE: dict[Step, Prop] = {h.freer: lt(m.phi, phi_2), AUTARKIC[0]: AUTARKIC[1]}


def _cutoffs_in(phase: m.Phase) -> tuple[Derivation, Tactic]:
    """Return a derivation of both cutoffs in phase XX or DD, and the proof of (25)."""
    d = interior(phase, tuple(FREER_TRADE.items())).fork()
    d.step(h.Omega_up, lt(m.Omega, Omega_2), "Freer trade raises")
    low, high = (1 + m.Omega) / m.kappa, (1 + Omega_2) / m.kappa
    base = d.step(h.base, lt(low, high), "and")
    base_above_0 = d.step(h.base_above_0, gt(low, 0), "With")
    power_above_0 = d.step(h.power_above_0, gt(power, 0), "the exponent")
    rise = lemma("pow_mono", low, high, power, premises=(by(base_above_0), by(base), by(power_above_0)))
    return d, split(identity(h.s_n_is_s_E, h.a_D), identity(h.a_D_0), rise)


@section("4", "equation 25").derived(
    "bo.eq25",
    CUTOFFS,
    title="cutoffs with and without relocation",
    printed=r"(a_D^{\text{reloc}})^{1-\sigma}=\left(\frac{\beta(s_n/s_E-1)+1+\phi^\beta}{f_I(\beta-1)/f}\right)^{(\sigma-1)/\rho},"
    r"\quad (a_D^{\text{no reloc}})^{1-\sigma}=\left(\frac{1+\phi^\beta}{f_I(\beta-1)/f}\right)^{(\sigma-1)/\rho}",
)
def _both_cutoffs(statement: Prop) -> Finding:
    d, proof = _cutoffs_in(m.Phase.XX)
    holding = proved(d, statement, proof, "Both fall in trade costs, and they are the same.")
    other, same_proof = _cutoffs_in(m.Phase.DD)
    whole = any_phase(whole=True).hypotheses
    stated = {name: prop for name, prop in whole.items() if name != h.phase}
    failing = Derivation(Context({**stated, **accounts()[m.Phase.XX], h.freer: FREER_TRADE[h.freer]}))
    point = dict(uneven().point) | {phi_2: ratio(1, 2)}
    reason = (
        "In phases XX and DD. The expression without relocation is right, and it is the one with relocation too: for "
        "every s_n the cutoff is (kappa/(1+phi^beta))^(1/rho). The printed one with relocation is right at s_n = s_E "
        "only."
    )
    found = proved_with(
        holding, (AUTARKIC,), failing, Witness(point), reason, severity=Severity.SUBSTANCE, root="bo.eq16"
    )
    return with_theorem(found, other.prove(CUTOFFS, same_proof))


def with_theorem(finding: Finding, theorem: Theorem) -> Finding:
    """Return a finding that rests on one more theorem."""
    return replace(finding, theorems=(*finding.theorems, theorem))


CLAIMS = (
    _both_cutoffs,
    _ratio,
    _more_welfare,
)
