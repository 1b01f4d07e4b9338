"""Findings: verdicts and the theorems on which they rest, held against one another when they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import sympy as sp

from symhet.asked import Shown
from symhet.context import Context
from symhet.core.uses import uses
from symhet.derivation import Derivation
from symhet.errors import KernelError
from symhet.propositions import NEVER, And, Implies, Prop
from symhet.provers.tactics import Tactic
from symhet.steps import Step
from symhet.theorems import Theorem, genuine
from symhet.valuation import PiecewiseUniform

ROUNDED = "≈ "
"""What stands before a number that is rounded."""


class Verdict(StrEnum):
    """What is known of a claim.

    Examples
    --------
    >>> Verdict("proved-with").name
    'PROVED_WITH'
    """

    GIVEN = "given"
    PROVED = "proved"
    PROVED_WITH = "proved-with"
    REFUTED = "refuted"
    INCONSISTENT = "inconsistent"
    OPEN = "open"


class Severity(StrEnum):
    """How much is wrong where a print and what is true differ.

    Examples
    --------
    >>> [severity.value for severity in Severity]
    ['misprint', 'notation', 'reading', 'substance']
    """

    MISPRINT = "misprint"
    """A wrong sign, index or factor that the authors' own next line contradicts."""
    NOTATION = "notation"
    """One symbol for two things, or a symbol that is not defined."""
    READING = "reading"
    """True under one reading of the text, false under another."""
    SUBSTANCE = "substance"
    """The claim is false, or needs a condition that the paper does not state."""


WEAKEST_FIRST = (
    Verdict.INCONSISTENT,
    Verdict.REFUTED,
    Verdict.OPEN,
    Verdict.PROVED_WITH,
    Verdict.PROVED,
    Verdict.GIVEN,
)
"""Which verdict a row has from its parts: one that fails decides, whatever is known of the others."""


@dataclass(frozen=True)
class Witness:
    """A point at which a statement fails while every hypothesis holds.

    Parameters
    ----------
    point : Mapping[Symbol, Rational]
        Exact values; floating-point numbers near those that are not rational.
    distribution : PiecewiseUniform, optional
        The productivity distribution, where one is needed.
    further : Mapping[str, str], optional
        Values of the variables over which the statement quantifies, and terms of functions such as ``demand(x)``.
    """

    point: Mapping[sp.Symbol, sp.Rational]
    distribution: PiecewiseUniform | None = None
    further: Mapping[str, str] = field(default_factory=dict)

    def as_strings(self) -> dict[str, str]:
        """Return the values as strings of exact rationals, or of rounded numbers after the sign for it."""
        shown = {
            symbol.name: f"{ROUNDED}{float(value):.6g}" if isinstance(value, sp.Float) else str(value)
            for symbol, value in self.point.items()
        } | dict(self.further)
        if self.distribution is not None:
            d = self.distribution
            shown["G.breaks"] = ", ".join(map(str, d.breaks))
            shown["G.heights"] = ", ".join(map(str, d.heights))
            shown["G.pareto_tail_shape"] = str(d.shape)
        return shown


@dataclass(frozen=True)
class Finding(Shown):
    """A verdict with everything that it rests on.

    Parameters
    ----------
    verdict : Verdict
        What is known.
    statement : Prop, optional
        The claim as formalised; None for what is given and what stays open without a formal statement.
    derivation : Derivation, optional
        The readable chain of steps.
    theorems : tuple of Theorem
        What the kernel replayed: the theorem of the claim, of its failure, of the corrected statement.
    conditions : tuple of (str, Prop)
        Added conditions of a claim that is ``proved-with``.
    witness : Witness, optional
        Counterexample to the printed form.
    corrected : Prop, optional
        The statement that is true instead, proved by the last theorem.
    reason : str
        Why the print fails, why the claim is open, or a remark on how it was read.
    tried : int
        Points tried for an open claim.
    severity : Severity, optional
        How much is wrong; None where print and truth agree.
    root : str, optional
        ID of the claim whose fault this one follows from; None for a fault of its own.
    prover : Callable, optional
        Puts another goal to the same prover with the same steps at hand (for mutations).
    weaker : Callable, optional
        Puts a goal to the same tactics without the named hypothesis (for mutations).

    Raises
    ------
    KernelError
        When a theorem is not one that the kernel issued, or does not say what the verdict says, or when what is proved
        or given is graded as a fault of substance, or a root is named for what has no severity.
    """

    verdict: Verdict
    statement: Prop | None = None
    derivation: Derivation | None = None
    theorems: tuple[Theorem, ...] = ()
    conditions: tuple[tuple[str, Prop], ...] = ()
    witness: Witness | None = None
    corrected: Prop | None = None
    reason: str = ""
    tried: int = 0
    severity: Severity | None = None
    root: str | None = None
    prover: Callable[[Prop], Theorem | None] | None = None
    weaker: Callable[[Step, Prop], Theorem | None] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Leave the provers behind: they hold functions, and serve tests of the process that made the finding."""
        return {**self.__dict__, "prover": None, "weaker": None}

    def __post_init__(self) -> None:
        """Hold the verdict against the theorems behind it."""
        said = {(theorem.polarity, theorem.goal) for theorem in self.theorems if genuine(theorem)}
        # That a condition implies the statement says that it holds under the condition.
        given = [prop for _, prop in self.conditions]
        condition = And(tuple(given)) if len(given) > 1 else given[0] if given else None
        said |= {
            (polarity, goal.conclusion)
            for polarity, goal in tuple(said)
            if polarity == "holds" and isinstance(goal, Implies) and goal.premise == condition
        }
        needed = {
            Verdict.PROVED: ("holds",) if self.statement is not None else (),
            Verdict.PROVED_WITH: ("holds", "fails"),
            Verdict.REFUTED: ("fails",),
        }.get(self.verdict, ())
        missing = [polarity for polarity in needed if (polarity, self.statement) not in said]
        if self.verdict is Verdict.PROVED and self.statement is None and len(said) < 2:
            missing.append("two that fail")
        if self.verdict is Verdict.INCONSISTENT and ("holds", NEVER) not in said:
            missing.append("that no point meets the assumptions")
        if self.corrected is not None and ("holds", self.corrected) not in said:
            missing.append("holds")
        if missing or not all(map(genuine, self.theorems)):
            raise KernelError(
                f"no theorem of the kernel says what the verdict {self.verdict} says",
                where=str(self.statement)[:200],
                why=f"needed: {', '.join(missing) or 'theorems that the kernel issued'}",
                fix="make findings with proved, refuted, proved_with or ambiguous",
            )
        sound = self.severity is Severity.SUBSTANCE and self.verdict in (Verdict.PROVED, Verdict.GIVEN)
        if sound or (self.root is not None and self.severity is None):
            raise KernelError(
                f"the severity {self.severity} does not fit the verdict {self.verdict}",
                where=str(self.statement)[:200],
                why="what is proved or given has no fault of substance, and a root belongs to what has a severity",
                fix="grade what is refuted or proved under a condition",
            )

    @property
    def evidence(self) -> str:
        """How the verdict was obtained, weakest link first."""
        return {
            Verdict.GIVEN: "taken from the paper as a primitive, definition, condition or assumption",
            Verdict.PROVED: "certificate replayed by the kernel"
            if self.witness is None
            else "two exact examples of opposite sign replayed by the kernel",
            Verdict.PROVED_WITH: "certificate replayed under the condition; exact counterexample without it",
            Verdict.REFUTED: "exact counterexample replayed by the kernel"
            + ("; corrected statement proved by a replayed certificate" if self.corrected is not None else ""),
            Verdict.INCONSISTENT: "the assumptions were shown to exclude one another by a replayed certificate",
            Verdict.OPEN: f"nothing found either way in {self.tried} points",
        }[self.verdict]

    def methods(self) -> tuple[str, ...]:
        """Return the rules that the certificates of every theorem behind the verdict use, without repetition."""
        return tuple(dict.fromkeys(rule for theorem in self.theorems for rule in uses(theorem.core.certificate)[0]))


def given(reason: str = "", *, severity: Severity | None = None, root: str | None = None) -> Finding:
    """Return the finding for what the paper takes as its starting point."""
    return Finding(Verdict.GIVEN, reason=reason, severity=severity, root=root)


def proved(
    derivation: Derivation,
    statement: Prop,
    by: Tactic,
    says: str,
    reason: str = "",
    *,
    severity: Severity | None = None,
    root: str | None = None,
) -> Finding:
    """Conclude a derivation: the statement holds wherever its context does.

    Raises
    ------
    DerivationError
        When the conclusion does not replay.
    """
    theorem = derivation.prove(statement, by, says)
    return Finding(
        Verdict.PROVED,
        statement,
        derivation,
        (theorem,),
        reason=reason,
        severity=severity,
        root=root,
        prover=lambda goal: derivation.try_prove(goal, by),
        weaker=lambda name, goal: derivation.lacking(name).try_prove(goal, by),
    )


def refuted(
    failing: Derivation,
    statement: Prop,
    witness: Witness,
    reason: str,
    using: tuple[Step, ...] = (),
    corrected: Finding | None = None,
    *,
    severity: Severity | None = None,
    root: str | None = None,
) -> Finding:
    """Refute a statement by a witness; ``corrected`` is the finding of the true statement in its place."""
    theorem = failing.refute(statement, witness.point, witness.distribution, using)
    theorems = (theorem, *(corrected.theorems if corrected else ()))
    return Finding(
        Verdict.REFUTED,
        statement,
        corrected.derivation if corrected else failing,
        theorems,
        witness=witness,
        corrected=corrected.statement if corrected else None,
        reason=reason,
        severity=severity,
        root=root,
        prover=corrected.prover if corrected else None,
        weaker=corrected.weaker if corrected else None,
    )


def ambiguous(
    failing: Derivation,
    statements: tuple[Prop, Prop],
    witnesses: tuple[Witness, Witness],
    reason: str,
    using: tuple[Step, ...] = (),
    *,
    severity: Severity | None = None,
    root: str | None = None,
) -> Finding:
    """Prove that a sign is not determined: each of two opposite statements fails somewhere in the domain.

    Parameters
    ----------
    failing : Derivation
        Its context is the domain; its steps give the term that is to be signed.
    statements : tuple of Prop
        Two statements that would settle the sign one way or the other.
    witnesses : tuple of Witness
        For each statement a point where it fails.
    reason : str
        What the two points are.
    using : tuple of str, optional
        Steps that eliminate derivatives.
    severity, root : Severity, str, optional
        As in `Finding`.
    """
    pairs = zip(statements, witnesses, strict=True)
    theorems = tuple(failing.refute(prop, at.point, at.distribution, using) for prop, at in pairs)
    return Finding(
        Verdict.PROVED, None, failing, theorems, witness=witnesses[0], reason=reason, severity=severity, root=root
    )


def proved_with(
    holding: Finding,
    conditions: tuple[tuple[str, Prop], ...],
    failing: Derivation,
    witness: Witness,
    reason: str,
    using: tuple[Step, ...] = (),
    *,
    severity: Severity | None = None,
    root: str | None = None,
) -> Finding:
    """Record that a statement holds under added conditions and fails without them.

    Raises
    ------
    KernelError
        When the theorem does not assume exactly the context of the counterexample and the conditions.
    """
    assert holding.statement is not None
    theorem = failing.refute(holding.statement, witness.point, witness.distribution, using)
    _require_conditions(holding.theorems[0].context, failing.start, conditions)
    return replace(
        holding,
        verdict=Verdict.PROVED_WITH,
        theorems=(*holding.theorems, theorem),
        conditions=conditions,
        witness=witness,
        reason=reason,
        severity=severity,
        root=root,
    )


def _require_conditions(used: Context, start: Context, conditions: tuple[tuple[str, Prop], ...]) -> None:
    allowed = [*start.hypotheses.values(), *(prop for _, prop in conditions)]
    extra: list[str] = [name for name, prop in used.hypotheses.items() if prop not in allowed]
    identities = [*(start.hypotheses[name] for name in start.system), *(prop for _, prop in conditions)]
    extra += [name for name in sorted(used.system) if used.hypotheses[name] not in identities]
    extra += sorted(map(str, start.endogenous ^ used.endogenous)) if used.system else []
    if extra:
        raise KernelError(
            "a claim is proved under conditions that are not declared",
            where=", ".join(extra),
            why="every hypothesis beyond the domain must be among the conditions",
            fix="declare the condition or drop the hypothesis",
        )


def opened(
    statement: Prop | None,
    reason: str,
    tried: int,
    *,
    severity: Severity | None = None,
    root: str | None = None,
) -> Finding:
    """Record that nothing was found either way."""
    return Finding(Verdict.OPEN, statement, reason=reason, tried=tried, severity=severity, root=root)


def graded(finding: Finding, severity: Severity, root: str | None = None) -> Finding:
    """Return a finding with how much is wrong, and the claim whose fault it follows from."""
    return replace(finding, severity=severity, root=root)
