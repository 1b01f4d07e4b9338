"""Accounts: what there is to tell about a judged claim, as plain data that can cross a process boundary.

An account holds no theorem: theorems stay with the kernel that made them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from symhet.claims import WEAKEST_FIRST, Claim, Finding, Judgement, Verdict, Witness
from symhet.derivation import Line
from symhet.numerics.counterexamples import Counterexample
from symhet.propositions import NEVER, Implies, Prop, symbols_of, terms
from symhet.render.briefs import ERROR
from symhet.render.latex import LatexWriter
from symhet.theorems import Theorem

_STRENGTH = (ERROR, *(verdict.value for verdict in WEAKEST_FIRST))


@dataclass(frozen=True)
class Told:
    """A theorem as plain data: what it says, of what, and under which hypotheses.

    Parameters
    ----------
    says : str
        ``"holds"`` or ``"fails"``.
    goal : Prop
        The statement.
    context : tuple of (str, Prop)
        Its own hypotheses by name.
    at : tuple of (str, str)
        Of a statement that fails, the point: names and exact values.
    """

    says: str
    goal: Prop
    context: tuple[tuple[str, Prop], ...] = ()
    at: tuple[tuple[str, str], ...] = ()

    @property
    def example(self) -> Prop | None:
        """What holds at the point of a theorem that fails because it says that this holds nowhere; None of others."""
        goal = self.goal
        if self.says == "fails" and isinstance(goal, Implies) and goal.conclusion == NEVER:
            return goal.premise
        return None

    @staticmethod
    def of(theorem: Theorem, witness: Witness | None = None) -> Told:
        """Tell a theorem of the kernel; a witness at its point has the values of bound variables too."""
        hypotheses = tuple(theorem.context.hypotheses.items())
        if theorem.at is None:
            return Told(theorem.polarity, theorem.goal, hypotheses)
        own = Witness(theorem.at.point, theorem.at.distribution)
        same = witness is not None and (witness.point, witness.distribution) == (own.point, own.distribution)
        at = _mentioned(witness if same and witness is not None else own, [Counterexample.of(theorem)])
        return Told(theorem.polarity, theorem.goal, hypotheses, at)


@dataclass(frozen=True)
class Account:
    """Everything a reader is told about one claim.

    Parameters
    ----------
    id, kind, source, printed, title, reconstruction, added : str
        As in the claim; ``printed`` is None for a display that is lost and for what the paper does not say.
    verdict : str
        A `Verdict`, or ``"error"`` when judging raised one.
    evidence : str
        How the verdict was obtained.
    methods : tuple of str
        The kernel rules that the certificates use.
    severity, root : str, optional
        How much is wrong, and the claim whose fault it follows from, itself when it is the root.
    theorems : tuple of Told
        What the kernel replayed, each with its own hypotheses.
    conditions : tuple of (str, Prop)
        Added conditions of a claim that is ``proved-with``.
    witness : tuple of (str, str), optional
        Counterexample: names and exact values.
    statement, corrected : Prop, optional
        The claim as formalised, and what is true instead.
    failing : tuple of Counterexample
        The points at which statements were shown to fail.
    lines : tuple of Line
        The derivation.
    reason : str
        Remark, or why the print fails.
    tried : int
        Points tried for an open claim.
    seconds : float
        Wall-clock time.
    parts : tuple of Account
        Accounts of the parts.
    exported : tuple of str
        Its theorems as lines of data, in their order, where they were asked for.
    """

    id: str
    kind: str
    source: str
    printed: str | None
    title: str
    verdict: str
    evidence: str
    methods: tuple[str, ...] = ()
    severity: str | None = None
    root: str | None = None
    theorems: tuple[Told, ...] = ()
    conditions: tuple[tuple[str, Prop], ...] = ()
    witness: tuple[tuple[str, str], ...] | None = None
    statement: Prop | None = None
    corrected: Prop | None = None
    failing: tuple[Counterexample, ...] = ()
    lines: tuple[Line, ...] = ()
    reason: str = ""
    tried: int = 0
    seconds: float = 0.0
    parts: tuple[Account, ...] = ()
    reconstruction: str = ""
    added: str = ""
    exported: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """LaTeX of the print, of its reconstruction, or of what is added."""
        return (self.reconstruction or self.added) if self.printed is None else self.printed

    @property
    def origin(self) -> str:
        """Where the statement is from: ``"printed"``, ``"reconstructed"`` or ``"added"``."""
        if self.printed is not None:
            return "printed"
        return "reconstructed" if self.reconstruction else "added"

    @property
    def derived(self) -> Told | None:
        """The theorem that the derivation ends with: of what is true, or else of the failure."""
        true = self.corrected if self.corrected is not None else self.statement
        holding = [theorem for theorem in self.theorems if theorem.says == "holds" and theorem.goal == true]
        return next(iter([*holding, *self.theorems]), None)

    @property
    def failure(self) -> Told | None:
        """The theorem that the statement fails, with what holds at the counterexample."""
        found = (t for t in self.theorems if t.says == "fails" and self.statement in (None, t.goal))
        return next(found, None)

    @property
    def further(self) -> tuple[Told, ...]:
        """The theorems beside the one that the derivation ends with and the failure."""
        told = (self.derived, self.failure)
        return tuple(theorem for theorem in self.theorems if not any(theorem is each for each in told))

    @property
    def by_parts(self) -> bool:
        """Whether its parts judge it: it has some, and neither a statement nor a theorem of its own."""
        return bool(self.parts) and self.statement is None and not self.theorems

    @property
    def assumptions(self) -> tuple[tuple[str, Prop], ...]:
        """The hypotheses of what is derived, by name."""
        return self.derived.context if self.derived is not None else ()

    def walk(self) -> Iterator[Account]:
        """Yield the account and those of its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def statements(self) -> tuple[Prop, ...]:
        """What the derivation supposes, says and ends with."""
        named = [prop for theorem in self.theorems for _, prop in theorem.context]
        named += [prop for _, prop in self.conditions]
        ends = [prop for prop in (self.statement, self.corrected) if prop is not None]
        return (*named, *(line.prop for line in self.lines), *ends)

    @property
    def differs(self) -> bool:
        """Whether the print and the derivation differ, or the print needed a remark."""
        return not self.by_parts and (
            self.verdict in (Verdict.REFUTED, Verdict.PROVED_WITH, ERROR) or bool(self.reason)
        )


def _about(claim: Claim, **judged: Any) -> Account:
    """Return an account of a claim with what was judged of it."""
    return Account(
        id=claim.id,
        kind=claim.kind,
        source=claim.source,
        printed=claim.printed,
        title=claim.title,
        reconstruction=claim.reconstruction,
        added=claim.added,
        **judged,
    )


def account(judgement: Judgement) -> Account:
    """Return the account of a judged claim without its parts."""
    claim, finding = judgement.claim, judgement.finding
    return _about(
        claim,
        verdict=finding.verdict.value,
        evidence=finding.evidence,
        methods=finding.methods(),
        severity=finding.severity.value if finding.severity else None,
        root=judgement.root,
        theorems=tuple(Told.of(theorem, finding.witness) for theorem in finding.theorems),
        conditions=finding.conditions,
        witness=_told(finding),
        statement=finding.statement,
        corrected=finding.corrected,
        failing=tuple(Counterexample.of(theorem) for theorem in finding.theorems if theorem.polarity == "fails"),
        lines=tuple(finding.derivation.lines) if finding.derivation is not None else (),
        reason=finding.reason,
        tried=finding.tried,
        seconds=judgement.seconds,
    )


def _told(finding: Finding) -> tuple[tuple[str, str], ...] | None:
    """Return the values of a counterexample; those of symbols that nothing mentions are left out."""
    if finding.witness is None:
        return None
    failing = [Counterexample.of(theorem) for theorem in finding.theorems if theorem.polarity == "fails"]
    return _mentioned(finding.witness, failing)


def _mentioned(witness: Witness, failing: Sequence[Counterexample]) -> tuple[tuple[str, str], ...]:
    """Return the values of a point without those of symbols that no counterexample mentions."""
    props = [prop for example in failing for prop in (*example.hypotheses, example.goal)]
    mentioned = {symbol.name for prop in props for term in terms(prop) for symbol in symbols_of(term)}
    silent = {symbol.name for symbol in witness.point} - mentioned
    return tuple((name, value) for name, value in witness.as_strings().items() if name not in silent)


def unjudged(claim: Claim, why: str, seconds: float = 0.0) -> Account:
    """Return the account of a claim that has no verdict."""
    return _about(claim, verdict=ERROR, evidence=why, seconds=seconds)


def row(claim: Claim, parts: tuple[Account, ...]) -> Account:
    """Return the account of a row that its parts judge: the weakest of their verdicts."""
    weakest = min(parts, key=lambda part: _STRENGTH.index(part.verdict))
    methods = dict.fromkeys(method for part in parts for method in part.methods)
    return _about(
        claim,
        verdict=weakest.verdict,
        evidence=weakest.evidence,
        methods=tuple(methods),
        severity=weakest.severity,
        root=weakest.root,
        reason="; ".join(f"{part.id}: {part.verdict}" for part in parts),
        tried=sum(part.tried for part in parts),
        seconds=sum(part.seconds for part in parts),
        parts=parts,
    )


def bearer(told: Account) -> Account:
    """Return the part on which the verdict of a row rests, or the account itself."""
    if not told.by_parts:
        return told
    return next((bearer(part) for part in told.parts if part.verdict == told.verdict), told)


def to_json(told: Account, writer: LatexWriter) -> dict[str, Any]:
    """Return the record of a claim in the JSON of ``symhet verify``; statements are LaTeX, numbers exact.

    A row that its parts judge shows the conditions, the theorems and the counterexample of the part that decides.
    The print is ``null`` where it is lost, with the reconstruction that was judged in its place, and where the paper
    does not make the statement, which then stands as ``added``.
    """
    decisive = bearer(told)
    return {
        "id": told.id,
        "kind": told.kind,
        "source": told.source,
        "printed": told.printed,
        "reconstruction": told.reconstruction or None,
        "added": told.added or None,
        "verdict": told.verdict if told.verdict != ERROR else None,
        "severity": told.severity,
        "root": told.root,
        "evidence": told.evidence,
        "method": ", ".join(told.methods),
        "conditions": [f"{name}: {writer.statement(prop)}" for name, prop in decisive.conditions],
        "counterexample": dict(decisive.witness) if decisive.witness is not None else None,
        "corrected": writer.statement(decisive.corrected) if decisive.corrected is not None else None,
        "theorems": [_theorem_json(theorem, writer) for theorem in decisive.theorems],
        "tried": told.tried,
        "seconds": round(told.seconds, 3),
    }


def _theorem_json(theorem: Told, writer: LatexWriter) -> dict[str, Any]:
    """Return a theorem with the hypotheses that it has itself."""
    return {
        "says": theorem.says,
        "statement": writer.statement(theorem.goal),
        "context": {name: writer.statement(prop) for name, prop in theorem.context},
        "at": dict(theorem.at) or None,
    }
