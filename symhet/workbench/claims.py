"""The claims of a model of one's own as rows of a ledger: judged by the search, told as the papers' are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from symhet.claims import Claim, Finding, Verdict, Witness
from symhet.core import derived, kernel, records
from symhet.derivation import Derivation, Line
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement, eq
from symhet.language.sympy_door import statement_to_sympy
from symhet.model.kept import Shelf, default_folder
from symhet.model.model import Model
from symhet.model.printed import printed
from symhet.model.report import ClaimReport, Economy
from symhet.model.world import understood
from symhet.propositions import ForAll, Prop
from symhet.search.forms import tidy
from symhet.theorems import Theorem, told

__all__ = ["claims_of", "finding_of"]

MAX_STEPS = 12
"""Steps of a certificate that a derivation tells; a longer one is told by its start and its end."""


def claims_of(key: str, model: Model) -> tuple[Claim, ...]:
    """Return the claims of a model, none of them judged.

    Examples
    --------
    >>> model = Model("Demo")
    >>> x = model.parameter("x")
    >>> model.claim("plain", "x > 0", title="positive")
    >>> [(claim.id, claim.printed, claim.argue().verdict.value) for claim in claims_of("demo", model)]
    [('demo.plain', 'x > 0', 'proved')]
    """
    world = understood(model)
    found = []
    for name, claim in model.claims.items():
        understood_claim = world.said(claim)
        shown = printed(world, claim)
        if not claim.printed and understood_claim.undecided is not None:
            shown += r"\quad\text{(of either sign)}"
        source = claim.source or model.source or model.title
        argue = partial(_judged, model, name)
        found.append(Claim(f"{key}.{name}", claim.kind or "claim", source, shown, argue, title=claim.title))
    return tuple(found)


def _judged(model: Model, name: str) -> Finding:
    """Judge one claim of a model."""
    [report] = model.check(name).claims
    return finding_of(model, report)


def finding_of(model: Model, report: ClaimReport) -> Finding:
    """Return the verdict on a claim with everything that it rests on, as the papers' are told."""
    made = report.rests_on if report.verdict == "proved-with" else map(with_premises, report.rests_on)
    theorems = tuple(map(told, made))
    holding = [theorem for theorem in theorems if theorem.polarity == "holds"]
    failing = [theorem for theorem in theorems if theorem.polarity == "fails"]
    statement = statement_to_sympy(report.reading)
    if report.verdict == "open":
        return Finding(Verdict.OPEN, statement, reason="; ".join(report.tried))
    if report.verdict == "inconsistent":
        return _inconsistent(model, statement)
    if report.undecided is not None:
        return _open_sign(report, statement, holding, failing)
    witness = _witness(failing)
    if report.verdict == "proved":
        return Finding(Verdict.PROVED, holding[0].goal, _told_steps(holding[0]), theorems)
    if report.verdict == "proved-with" and report.condition is not None:
        condition = statement_to_sympy(report.condition)
        steps = _told_steps(holding[0])
        said = "exactly when" if report.exactly else "at least when"
        return Finding(
            Verdict.PROVED_WITH, failing[0].goal, steps, theorems, (("condition", condition),), witness,
            reason=f"It holds {said} the condition does.",
        )  # fmt: skip
    says = {"false": "It is false in every economy.", "mixed": "It holds in some economies and fails in others."}
    return Finding(
        Verdict.REFUTED, failing[0].goal, _start(failing[0]), theorems, witness=witness,
        reason=says.get(report.truth, ""),
    )  # fmt: skip


def with_premises(theorem: kernel.Theorem) -> kernel.Theorem:
    """Return a theorem that says a claim's own premises instead of supposing them, so that no reader misses them."""
    premises = [name for name in theorem.context.hypotheses if name.startswith("premise ")]
    for name in reversed(premises):
        goal = s.implies(theorem.context.hypotheses[name], theorem.goal)
        context = derived.lacking(theorem.context, name)
        certificate = theorem.certificate
        if isinstance(certificate, records.Witness):
            theorem = kernel.refute(context, goal, certificate)
        else:
            theorem = kernel.prove(context, goal, records.Intro(name, certificate))
    return theorem


def _open_sign(report: ClaimReport, statement: Prop, holding: list[Theorem], failing: list[Theorem]) -> Finding:
    """Return the finding on a sign that is said to be open."""
    theorems = (*holding, *failing)
    if report.verdict == "proved":
        reason = "It is positive in one economy and negative in another."
        return Finding(Verdict.PROVED, None, _start(failing[0]), theorems, witness=_witness(failing), reason=reason)
    reason = "; ".join(report.tried)
    return Finding(Verdict.OPEN, statement, reason=f"The sign is settled: {reason}")


def _inconsistent(model: Model, statement: Prop) -> Finding:
    """Return the finding on a claim of a model whose assumptions exclude one another."""
    from symhet import search

    shelf, world = Shelf(default_folder()), understood(model)
    theorems: list[Theorem] = []
    for regime in world.regimes or (world,):
        context = regime.context()
        theorems += map(told, shelf.sense(context, partial(search.consistent, context)).theorems)
    return Finding(Verdict.INCONSISTENT, statement, _told_steps(theorems[0]), tuple(theorems))


def _witness(failing: Iterable[Theorem]) -> Witness | None:
    """Return the point of the first counterexample."""
    for theorem in failing:
        economy = Economy.of(theorem.core)
        further = {} if economy is None else dict(zip(_bound(theorem.goal), economy.bound, strict=False))
        functions = {} if economy is None else economy.functions
        assert theorem.at is not None
        return Witness(theorem.at.point, theorem.at.distribution, further | functions)
    return None


def _bound(goal: Prop) -> Iterator[str]:
    """Yield the names of the variables over which a statement quantifies, outermost first."""
    while isinstance(goal, ForAll):
        yield goal.variable.name
        goal = goal.body


def _start(theorem: Theorem) -> Derivation:
    """Return a derivation that names what is supposed."""
    return Derivation(theorem.context)


def _told_steps(theorem: Theorem) -> Derivation:
    """Return a derivation with the steps of a certificate: what it adds to the hypotheses, one after another."""
    derivation = _start(theorem)
    steps = list(_steps(theorem.core.certificate))
    kept = steps if len(steps) <= MAX_STEPS else [*steps[: MAX_STEPS - 4], *steps[-4:]]
    before = ""
    for name, statement in kept:
        how = name.split(" ")[0]
        says = _SAYS.get(how, "so that" if before else "We have")
        shown = statement_to_sympy(_collected(statement) if how == "derivative" else statement)
        derivation.lines.append(Line("derive", name, shown, says if says != before else "and"))
        before = says
    derivation.lines.append(Line("conclude", "conclusion", theorem.goal, "Hence" if kept else "By the hypotheses,"))
    return derivation


def _collected(equation: Statement) -> Statement:
    """Return a differentiated condition with each slope in short form; the chain rule leaves parts that cancel."""
    left, right = equation.args
    try:
        parts = [_short(part) for part in (left.args if left.head is t.Head.SUM else (left,))]
        return eq(t.total_of([part for part in parts if part is not t.ZERO]), right)
    except Refusal:
        return equation


def _short(part: t.Term) -> t.Term:
    """Return a slope times a derivative with the slope in short form, where that is shorter."""
    factors = part.args if part.head is t.Head.PRODUCT else (part,)
    slope = t.product_of([factor for factor in factors if factor.head is not t.Head.TOTAL])
    short = tidy(slope)
    return t.product_of([short, *(factor for factor in factors if factor.head is t.Head.TOTAL)])


def _steps(certificate: Any) -> Iterable[tuple[str, Any]]:
    while isinstance(certificate, records.Cut):
        for name, statement, _, _ in certificate.steps:
            yield name, statement
        certificate = certificate.then


_SAYS = {
    "derivative": "Differentiate the condition along the solution:",
    "solved": "Solve:",
    "put": "Substitute what is known:",
    "multiplied": "Multiply out:",
    "fact": "By the assumptions,",
    "hint": "First,",
}
