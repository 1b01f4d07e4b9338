"""Verdicts on the claims of a model: first whether it makes sense, then claim by claim.

Everything that is said rests on theorems of the core: `proved` on one that the goal holds, a counterexample, an example
and consistency on exact economies that the core has checked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from symhet import search
from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.spelling import text
from symhet.language.statements import Op, Statement
from symhet.model.dependence import met_in_floating_point, require_independence
from symhet.model.kept import Shelf
from symhet.model.latex import latex
from symhet.model.model import Model
from symhet.model.report import OPEN, ClaimReport, Economy, Report
from symhet.model.world import Said, World, understood
from symhet.search.fingerprints import proportion

READABLE = 200
"""Characters of a sub-goal that a reader is shown."""
CONDITION = "condition under which the claim holds"
Known = Callable[[], Sequence[Theorem]]
MANY = 4
"""Claims from which on the order of the variables is worth to be settled first."""


def check(
    model: Model,
    claims: Iterable[str],
    why: bool = False,
    progress: Callable[[Report], None] | None = None,
    shelf: Shelf | None = None,
) -> Report:
    """Judge claims of a model.

    Parameters
    ----------
    model : Model
        The model.
    claims : iterable of str
        Names of its claims.
    why : bool, optional
        Whether to look for a smallest set of assumptions that suffices.
    progress : callable, optional
        Given the report when it is known whether the model makes sense, and again after each claim.
    shelf : Shelf, optional
        Decisions kept from before.
    """
    shelf = shelf or Shelf(None)
    world = understood(model)
    understood_claims = {name: world.said(claim) for name, claim in model.claims.items()}
    said = [understood_claims[name] for name in claims]
    senses = [_sensible(regime.context(), shelf) for regime in world.regimes or (world,)]
    consistent, example = _sense(senses)
    if consistent is not False:
        _leave_out_excluded(world, senses)
    doubts: list[str] = []
    if consistent is None:
        require_independence(world)
        doubts = list(met_in_floating_point(world))
    report = Report(model, consistent, Economy.of(example), [*world.notes, *_apart(world), *doubts])
    tell = progress or (lambda report: None)
    tell(report)
    earlier = _Earlier(world, list(understood_claims.values()), shelf, len(said) >= MANY)
    for claim in said:
        if consistent is False:
            found = judged(world, claim, shelf, contradictory=True, why=why)
        else:
            found = judged(world, claim, shelf, why=why, known=earlier.theorems)
            if found.verdict == OPEN and earlier.judge_before(claim):
                found = judged(world, claim, shelf, why=why, known=earlier.theorems)
        report.claims.append(found)
        earlier.add(found)
        tell(report)
    _learnt(report, doubts)
    return report


class _Earlier:
    """What was proved of the claims that stand before another one: a claim asked alone has them at hand too."""

    def __init__(self, world: World, every: list[Said], shelf: Shelf, ordered: bool) -> None:
        self.world, self.every, self.shelf, self.ordered = world, every, shelf, ordered
        self.proved: list[Theorem] = []
        self.judged: set[str] = set()

    def theorems(self) -> list[Theorem]:
        """Return what was proved, and the order of the variables where several claims need it."""
        return [*(self._orders if self.ordered else ()), *self.proved]

    @cached_property
    def _orders(self) -> list[Theorem]:
        regimes = self.world.regimes or (self.world,)
        return [theorem for regime in regimes for theorem in search.orders(regime.context())]

    def add(self, found: ClaimReport) -> None:
        """Take up what was proved of a claim."""
        self.judged.add(found.claim.name)
        self.proved += [theorem for theorem in found.theorems if theorem.says == "holds"]

    def judge_before(self, claim: Said) -> bool:
        """Judge the claims before this one that were not asked about; tell whether anything is new."""
        before = self.every[: next(place for place, each in enumerate(self.every) if each.claim is claim.claim)]
        missing = [each for each in before if each.claim.name not in self.judged]
        ordered, self.ordered = self.ordered, len(self.every) >= MANY
        for each in missing:
            self.add(judged(self.world, each, self.shelf, known=self.theorems))
        return bool(missing) or self.ordered is not ordered


def _learnt(report: Report, doubts: list[str]) -> None:
    """Take an economy that was met while judging a claim as proof that the model makes sense: doubts are over."""
    for claim in report.claims:
        for economy in (claim.counterexample, claim.example):
            if report.consistent is None and economy is not None:
                report.consistent, report.economy = True, economy
                report.notes = [note for note in report.notes if note not in doubts]
                report.notes.append(f"consistent: an economy was found with {claim.claim.name}")


def _sensible(context: Context, shelf: Shelf) -> search.Decision:
    try:
        return shelf.sense(context, lambda: search.consistent(context))
    except Exception as error:
        return search.Decision("open", tried=(_broken(error),))


def _broken(error: Exception) -> str:
    """Return a line on a fault of the search, which decides nothing and is said aloud."""
    return f"the search broke off: {type(error).__name__}: {error}"[:300]


def _leave_out_excluded(world: World, senses: Sequence[search.Decision]) -> None:
    """Drop the regimes that no economy is in, as was proved, and say so."""
    kept = []
    # Without regimes the one sense is that of the model itself.
    for regime, sense in zip(world.regimes, senses, strict=False):
        if sense.truth == "contradictory":
            world.notes.append(f"no economy has {' and '.join(map(text, regime.placing))}, as is proved")
        else:
            kept.append(regime)
    world.regimes = tuple(kept)


def _apart(world: World) -> list[str]:
    """Say which cutoffs lie inside the support in one of the regimes that are left and outside in another."""
    places = {x: {tuple(part for part in r.placing if x in part.args) for r in world.regimes} for x in world.cutoffs}
    names = ", ".join(text(x) for x, found in places.items() if len(found) > 1)
    said = f"judged separately for {names} inside the support and outside; suppose S(...) < 1 to leave that out"
    return [said] if names else []


def _sense(senses: Sequence[search.Decision]) -> tuple[bool | None, Any]:
    """Return whether one of the regimes has an economy, and that economy."""
    for sense in senses:
        if sense.truth == "true":
            return True, sense.example
    return (False if all(sense.truth == "contradictory" for sense in senses) else None), None


def judged(
    world: World,
    said: Said,
    shelf: Shelf,
    contradictory: bool = False,
    why: bool = False,
    known: Known = list,
) -> ClaimReport:
    """Return the verdict on one claim; what was proved before may be used, and is asked for where it is searched."""
    started = time.perf_counter()
    found = Finding("inconsistent", "contradictory") if contradictory else _searched(world, said, shelf, known)
    uses = _why(world, said) if why and found.verdict == "proved" and said.undecided is None else None
    return ClaimReport(
        claim=said.claim,
        reading=said.statement,
        latex=in_latex(world, said),
        undecided=said.undecided,
        verdict=found.verdict,
        truth=found.truth,
        condition=found.condition,
        exactly=found.exactly,
        counterexample=Economy.of(found.counterexample),
        example=Economy.of(found.example),
        uses=uses,
        tried=found.tried,
        theorems=found.theorems,
        seconds=time.perf_counter() - started,
    )


def in_latex(world: World, said: Said) -> str:
    """Return a claim as it was understood, in LaTeX."""
    names = symbols_in_latex(world.model)
    if said.undecided is None:
        return latex(said.statement, names)
    return latex(said.goal, names).removesuffix("> 0") + r"\lessgtr 0"


def symbols_in_latex(model: Model) -> dict[str, str]:
    """Return how a model writes its quantities, functions and definitions."""
    found = {each.name: each.latex for each in model.quantities.values()}
    found |= {each.name: each.latex for each in model.functions.values()}
    return found | {each.name: each.latex for each in model.definitions.values()}


@dataclass(frozen=True)
class Finding:
    """What the search found about a claim."""

    verdict: str
    truth: str
    condition: Statement | None = None
    exactly: bool = False
    counterexample: Any = None
    example: Any = None
    tried: tuple[str, ...] = ()
    theorems: tuple[Any, ...] = ()


def _searched(world: World, said: Said, shelf: Shelf, known: Known) -> Finding:
    """Return what the search finds in all regimes together."""
    if not world.regimes:
        return _in_regime(world, said, shelf, known)
    findings = [_in_regime(regime, regime.said(said.claim), shelf, known) for regime in world.regimes]
    return together([finding for finding in findings if finding.truth != "contradictory"])


def _in_regime(world: World, said: Said, shelf: Shelf, known: Known) -> Finding:
    """Return what the search finds; a fault of the search leaves the claim open and is said aloud."""
    context = world.context(said)
    try:
        return (
            _decided(context, said, shelf, known)
            if said.undecided is None
            else _open_sign(context, said.undecided, said.hints)
        )
    except Exception as error:
        return Finding("open", "unknown", tried=(_broken(error),))


def together(findings: Sequence[Finding]) -> Finding:
    """Return the verdict on a claim that was judged regime by regime.

    Examples
    --------
    >>> together([Finding("proved", "true"), Finding("refuted", "false")]).truth
    'mixed'
    """
    truths = {finding.truth for finding in findings}
    merged: dict[str, Any] = {
        "counterexample": next((f.counterexample for f in findings if f.counterexample is not None), None),
        "example": next((f.example for f in findings if f.example is not None), None),
        "tried": tuple(line for f in findings for line in f.tried),
        "theorems": tuple(theorem for f in findings for theorem in f.theorems),
    }
    if not findings:
        return Finding("inconsistent", "contradictory")
    if len(findings) == 1:
        return findings[0]
    if len({(finding.verdict, finding.truth) for finding in findings}) == 1 and "mixed" not in truths:
        return Finding(findings[0].verdict, findings[0].truth, **merged)
    if truths & {"false", "mixed", "not-true"}:
        somewhere = truths & {"true", "mixed"}
        return Finding("refuted", "mixed" if somewhere else "not-true", **merged)
    return Finding("open", "unknown", **merged)


def _decided(context: Context, said: Said, shelf: Shelf, known: Known) -> Finding:
    decision = shelf.decision(
        context, said.goal, lambda: search.decide(context, said.goal, hints=said.hints, known=known())
    )
    condition = decision.condition
    if condition is not None and (
        _says_the_same(condition, said.goal) or not (decision.exactly or _is_met(context, condition, shelf))
    ):
        condition = None
    verdict = {
        "true": "proved",
        "mixed": "refuted" if condition is None else "proved-with",
        "false": "refuted",
        "not-true": "refuted",
        "contradictory": "inconsistent",
    }.get(decision.truth, "open")
    return Finding(
        verdict,
        decision.truth if verdict != "open" else "unknown",
        condition,
        condition is not None and decision.exactly,
        decision.counterexample,
        decision.example,
        (*decision.tried, *_sub_goal(decision, said.goal)),
        tuple(decision.theorems),
    )


def _sub_goal(decision: search.Decision, goal: Statement) -> Iterator[str]:
    """Yield a line on the last sub-goal that failed and is short enough to be read."""
    for failed in reversed(decision.failed if decision.truth == "open" else ()):
        said = text(failed)
        if failed is not goal and failed.leaves and len(said) <= READABLE:
            yield f"a proof of what it would follow from: {said}"
            return


def _is_met(context: Context, condition: Statement, shelf: Shelf) -> bool:
    """Tell whether some economy meets a condition: one that none meets says nothing."""
    return _sensible(context.having(CONDITION, condition), shelf).truth == "true"


def _says_the_same(condition: Statement, goal: Statement) -> bool:
    """Tell whether a condition is the statement itself, perhaps times a number, so that it says nothing."""
    if condition is goal or not condition.is_relation or condition.op is not goal.op:
        return condition is goal
    factor = proportion(condition.gap, goal.gap)
    return factor is not None and (factor > 0 or goal.op in (Op.EQUAL, Op.DIFFER))


def _open_sign(context: Context, term: t.Term, hints: tuple[Statement, ...]) -> Finding:
    """Judge that a term is positive in one admissible economy and negative in another."""
    signs = s.positive(term), s.lt(term, t.ZERO)
    up, down = (search.refute(context, s.implies(sign, s.FALSE)) for sign in signs)
    if up is not None and down is not None:
        evidence = (up.theorem, down.theorem)
        return Finding("proved", "true", counterexample=down.theorem, example=up.theorem, theorems=evidence)
    for sign in (s.le(t.ZERO, term), s.le(term, t.ZERO)):
        found = search.prove(context, sign, hints=hints)
        if found is not None:
            return Finding("refuted", "false", theorems=(found.theorem,), tried=(f"proved: {text(sign)}",))
    missing = [text(sign) for sign, economy in zip(signs, (up, down), strict=True) if economy is None]
    return Finding("open", "unknown", tried=tuple(f"no economy found with {sign}" for sign in missing))


def _why(world: World, said: Said) -> list[Use]:
    """Return a smallest set of assumptions from which a claim follows, and what happens without each.

    Where the search breaks off an assumption is not shown to be spared: it stays, without a counterexample.
    """
    removable = [name for name in world.hypotheses if name not in world.system]
    dropped: list[str] = []
    uses: list[Use] = []
    for name in removable:
        without = world.context(said, frozenset((*dropped, name)))
        with suppress(Exception):
            if search.prove(without, said.goal, hints=said.hints) is not None:
                dropped.append(name)
    needed = [name for name in world.hypotheses if name not in dropped]
    for name in needed:
        counterexample = None
        if name not in world.system:
            with suppress(Exception):
                lost = search.refute(world.context(said, frozenset((*dropped, name))), said.goal)
                counterexample = None if lost is None else Economy.of(lost.theorem)
        uses.append(Use(name, text(world.hypotheses[name]), counterexample))
    return uses


@dataclass(frozen=True)
class Use:
    """An assumption that a claim needs, and an economy without it in which the claim fails."""

    name: str
    says: str
    counterexample: Economy | None
