"""What the search offers: prove, refute, decide, and whether a context has a model."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from symhet.core import kernel, records
from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.terms import Head
from symhet.search import brackets, conditions, stock, witness
from symhet.search.branch import Branch
from symhet.search.contradiction import denied, from_any
from symhet.search.contraries import PREMISE, supposed, supposes
from symhet.search.drawing import sampled
from symhet.search.portfolio import opened, search
from symhet.search.reals import by_their_signs, of_either_sign
from symhet.search.relevance import contexts
from symhet.search.twins import proved_with_twins
from symhet.search.work import OutOfWork, Stuck, Work, room

DEFAULT = 8000
"""Steps that a search takes before it gives up: some seconds."""
REFUTING = 4000
"""Steps that looking for an exact counterexample may take."""
CONDITIONS = 3
"""Times as many steps that looking for a condition may take: several are tried, and proved in both directions."""
BRACKETS = 2
"""The part of its work that the sign of what is left of a derivative may take."""
SCALES = (1, 3)
"""How many times as many steps parts of a search may take, when all of it ended before its work was used up."""
EASILY = 3
"""The part of its work that a proof may take before a counterexample is looked for."""


@dataclass(frozen=True)
class Found:
    """A theorem that was searched for and found.

    Parameters
    ----------
    theorem : Theorem
        What the core issued.
    steps : tuple of Statement
        Statements proved on the way, in order.
    work : int
        Steps that it took.
    """

    theorem: Theorem
    steps: tuple[Statement, ...] = ()
    work: int = 0


@dataclass(frozen=True)
class Decision:
    """What was found out about a statement.

    Parameters
    ----------
    truth : str
        ``true``; ``false``: its contrary was proved; ``mixed``: a counterexample and an example; ``not-true``: a
        counterexample and neither an example nor a proof of the contrary; ``contradictory``; ``open``.
    condition : Statement, optional
        Under which the statement holds, proved; with ``mixed`` only.
    exactly : bool
        Whether the condition was proved to follow from the statement.
    theorems : tuple of Theorem
        What was proved.
    counterexample, example : Theorem, optional
        Exact models at which the statement fails, and at which its denial does, or the denial of the condition that was
        proved to be enough.
    tried : tuple of str
        What was tried and failed.
    failed : tuple of Statement
        Sub-goals that failed last.
    work : int
        Steps that were taken.
    """

    truth: str
    condition: Statement | None = None
    exactly: bool = False
    theorems: tuple[Theorem, ...] = ()
    counterexample: Theorem | None = None
    example: Theorem | None = None
    tried: tuple[str, ...] = ()
    failed: tuple[Statement, ...] = field(default=())
    work: int = 0


def prove(
    context: Context,
    goal: Statement,
    hints: Sequence[Statement] = (),
    work: int = DEFAULT,
    known: Sequence[Theorem] = (),
) -> Found | None:
    """Return a theorem that a goal holds wherever a context does, or None.

    Parameters
    ----------
    context : Context
        The hypotheses.
    goal : Statement
        What is to be proved.
    hints : sequence of Statement
        Statements that are proved first, where they can be, and used.
    work : int
        Steps that may be taken.
    known : sequence of Theorem
        What was proved before; those whose hypotheses the context has are used where they may help.

    Examples
    --------
    >>> from symhet.language import statements as s, terms as t
    >>> sigma = t.symbol("sigma")
    >>> markup = t.quotient(sigma, t.difference(sigma, t.ONE))
    >>> prove(Context({"bound": s.lt(t.ONE, sigma)}), s.lt(t.ONE, markup)).theorem.says
    'holds'
    """
    return _proved(context, goal, hints, Work(work), known)


def _proved(
    context: Context, goal: Statement, hints: Sequence[Statement], work: Work, known: Sequence[Theorem] = ()
) -> Found | None:
    *smaller, whole = contexts(context, goal)
    # One small part is cheap; where there are two, the whole is large.
    attempts: list[tuple[Context, Sequence[Theorem], int, int]] = [(part, known, 1, len(smaller)) for part in smaller]
    plain = [theorem for theorem in known if not stock.solves(theorem.goal, context)]
    attempts += [(whole, plain, 1, 6)] if len(plain) < len(known) else []
    attempts += [(whole, known, scale, 8) for scale in SCALES]
    broken_off = True
    for part, used, scale, eighths in attempts:
        if not broken_off or work.left <= 0:
            break
        share = eighths * work.left // 8
        left = work.again(share, scale)
        with room():
            found = _proved_from(part, context, goal, hints, left, used)
        work.left -= share - left.left
        if found is not None:
            return found
        if part is whole and used is known:
            work.cut, work.failed = left.cut, left.failed
            broken_off = left.cut
    return None


def _proved_from(
    part: Context,
    context: Context,
    goal: Statement,
    hints: Sequence[Statement],
    work: Work,
    known: Sequence[Theorem],
) -> Found | None:
    """Search in a part of a context; what is found is checked in the whole."""
    before = work.left
    try:
        branch = Branch(part, work, search)
        stock.put_in(branch, stock.helpful(known, context, goal, hints), goal)
        for hint in hints:
            _prove_first(branch, hint)
        certificate = branch.close(_opened(branch.fork(branch.context), goal))
        theorem = stock.slimmed(context, goal, certificate)
    except (Stuck, OutOfWork, Refusal, RecursionError):
        return None
    return Found(theorem, tuple(statements_of(certificate)), before - work.left)


def _opened(branch: Branch, goal: Statement) -> Proof:
    """Prove a goal as it stands, or else for each sign of the symbols that may have either."""
    symbols = of_either_sign(branch, goal)
    if not symbols:
        return opened(branch, goal)
    with contextlib.suppress(Stuck), branch.work.limited(branch.work.left // 4):
        return opened(branch.fork(), goal)
    return by_their_signs(branch, goal, symbols, opened)


def _prove_first(branch: Branch, hint: Statement) -> None:
    with contextlib.suppress(Stuck):
        branch.have(hint, opened(branch.fork(branch.context), hint), "hint")


def statements_of(certificate: Proof) -> list[Statement]:
    """Return the statements that a certificate proves before its goal."""
    if isinstance(certificate, records.Cut):
        return [step[1] for step in certificate.steps] + statements_of(certificate.then)
    if isinstance(certificate, records.Intro | records.Rewrite | records.Generalise):
        return statements_of(certificate.then)
    return []


def refute(
    context: Context, goal: Statement, tries: int = witness.TRIES, quickly: bool = False, work: int = REFUTING
) -> Found | None:
    """Return a theorem that a goal fails at an exact model of the context, or None.

    Parameters
    ----------
    context, goal : Context, Statement
        The hypotheses, and what is to fail.
    tries : int
        How many exact points are shown to the core for each way to fail.
    quickly : bool
        Whether only what is found most easily is looked for.
    work : int
        Steps that may be taken.

    Examples
    --------
    >>> from symhet.language import statements as s, terms as t
    >>> x = t.symbol("x")
    >>> refute(Context(), s.lt(x, t.ONE)).theorem.says
    'fails'
    """
    steps = Work(work)
    with room():
        theorem = witness.refutation(context, goal, _decide_plain, steps, tries, quickly)
    return None if theorem is None else Found(theorem, work=work - steps.left)


def _decide_plain(statement: Statement) -> Proof | None:
    """Prove a statement without hypotheses, as witnesses need it."""
    branch = Branch(Context(), Work(600), search)
    try:
        if statement.op is Op.IMPLIES and statement.args[1] is FALSE:
            return denied(branch, statement.args[0])
        return opened(branch, statement)
    except (Stuck, OutOfWork, Refusal):
        return None


def consistent(context: Context, work: int = DEFAULT) -> Decision:
    """Tell whether a context has a model: an exact one, a proof that there is none, or neither was found."""
    example = refute(context, FALSE)
    if example is not None:
        return Decision("true", example=example.theorem)
    found = contradiction(context, Work(work))
    if found is not None:
        return Decision("contradictory", theorems=(found.theorem,))
    return Decision("open", tried=("an exact model", "a proof that the assumptions exclude one another"))


def contradiction(context: Context, work: Work) -> Found | None:
    """Return a theorem that a context has no model, or None."""
    if sampled(context) is not None:
        return None
    branch = Branch(context, work, search)
    try:
        return Found(kernel.prove(context, FALSE, branch.close(from_any(branch, FALSE))))
    except (Stuck, OutOfWork, Refusal):
        return None


def decide(
    context: Context,
    goal: Statement,
    hints: Sequence[Statement] = (),
    work: int = DEFAULT,
    known: Sequence[Theorem] = (),
    offered: Sequence[Statement] = (),
) -> Decision:
    """Find out whether a statement holds wherever a context does, nowhere, or under a condition.

    Premises of the statement's own implication count as assumptions when it is asked whether it holds nowhere, and
    whether anything can be said at all. What was proved before is used where it may help. What is offered are
    statements that may be conditions: those that the same model speaks of elsewhere.
    """
    inner, conclusion = supposed(context, goal)
    vacuous = contradiction(inner, Work(work)) if sampled(inner, (conclusion,)) is None else None
    if vacuous is not None:
        return Decision("contradictory", theorems=(vacuous.theorem,))
    left = Work(work // EASILY)
    plausible = _plausible(context, goal)
    proved = _proved(context, goal, hints, left, known) if plausible else None
    against = None
    if proved is None:
        against = refute(context, goal, quickly=plausible)
    if proved is None and against is None and (left.cut or 2 * EASILY * left.left < work):
        left = left.again(work)
        proved = _proved(context, goal, hints, left, known)
    if proved is not None:
        return Decision("true", theorems=(proved.theorem,), work=proved.work)
    against = against or (refute(context, goal) if plausible else None)
    if against is not None:
        return _refuted(context, goal, against.theorem, work, known, offered)
    if not plausible:
        denial = _denial(context, goal, Work(work))
        if denial is not None:
            return Decision("false", theorems=(denial,))
    tried = ("a proof", "an exact counterexample")
    return Decision("open", tried=tried, failed=tuple(left.failed[-3:]), work=work - left.left)


def _plausible(context: Context, goal: Statement) -> bool:
    inner, conclusion = supposed(context, goal)
    return Branch(inner, Work(DEFAULT), search).plausible(conclusion)


def _refuted(
    context: Context,
    goal: Statement,
    counterexample: Theorem,
    work: int,
    known: Sequence[Theorem],
    offered: Sequence[Statement],
) -> Decision:
    """Return what is known of a statement with a counterexample: whether it holds anywhere, and when."""
    holds = s.both(*goal.args) if supposes(goal) else goal
    found = refute(context, s.implies(holds, FALSE))
    example = None if found is None else found.theorem
    if example is None:
        denial = _denial(context, goal, Work(work))
        if denial is not None:
            return Decision("false", theorems=(denial,), counterexample=counterexample)

    def prover(inner: Context, statement: Statement, share: Work) -> Theorem | None:
        with room(), share.limited(3 * share.left // 4):
            theorem = proved_with_twins(inner, statement, share)
        proved = None if theorem is not None else _proved(inner, statement, (), share, known)
        return theorem if proved is None else proved.theorem

    # What signs a derivative needs is rarely short.
    steps = work // EASILY if holds.mentions(Head.TOTAL) else work * CONDITIONS
    condition = conditions.found(context, goal, Work(steps), prover, offered)
    if condition is None and holds.mentions(Head.TOTAL):
        condition = brackets.found(context, goal, Work(work // BRACKETS))
    if example is None and condition is not None:
        example = _example_under(context, goal, condition.condition)
    if example is None:
        return Decision("not-true", counterexample=counterexample, tried=("an example", "a proof of the contrary"))
    return Decision(
        "mixed",
        condition=condition.condition if condition else None,
        exactly=bool(condition and condition.exactly),
        theorems=condition.theorems if condition else (),
        counterexample=counterexample,
        example=example,
    )


def _example_under(context: Context, goal: Statement, condition: Statement) -> Theorem | None:
    """Return an exact model at which a statement holds, looked for among those that meet what it is proved from.

    Where numbers do not decide a statement without premise there, that the condition is met says that it holds.
    """
    holds = s.both(*goal.args) if supposes(goal) else goal
    found = refute(context, s.implies(condition, FALSE))
    point = None if found is None else found.theorem.certificate
    with contextlib.suppress(Refusal):
        if isinstance(point, records.Witness):
            return kernel.refute(context, s.implies(holds, FALSE), point)
    return None if found is None or holds is not goal else found.theorem


def _denial(context: Context, goal: Statement, work: Work) -> Theorem | None:
    """Return the theorem that a statement holds nowhere, its own premises supposed."""
    inner, conclusion = supposed(context, goal)
    try:
        branch = Branch(inner, work, search)
        certificate = denied(branch, conclusion)
        statement = s.implies(conclusion, FALSE)
        if supposes(goal):
            certificate = records.Intro(PREMISE, certificate)
            statement = s.implies(goal.args[0], statement)
        return kernel.prove(context, statement, certificate)
    except (Stuck, OutOfWork, Refusal):
        return None


__all__ = ["DEFAULT", "Decision", "Found", "consistent", "decide", "prove", "refute"]
