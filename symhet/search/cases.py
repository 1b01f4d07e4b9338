"""Goals proved case by case: the two orders of what differs, the parts of a known disjunction."""

from __future__ import annotations

from symhet.core import records
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement, lt
from symhet.language.terms import ONE, Head, Term
from symhet.search.branch import Branch, Stuck
from symhet.search.contradiction import from_hypothesis
from symhet.search.fingerprints import same, vanishes

MAX_PARTS = 4


def by_apart_cases(branch: Branch, goal: Statement) -> Proof:
    """Where two terms are known to differ, one lies below the other."""
    for name, known in branch.context.hypotheses.items():
        if known.op is Op.DIFFER and known.leaves & goal.leaves and not _is_settled(branch, known):
            return _orders(branch, goal, known.args, excluded=name)
    raise Stuck("nothing differs")


def by_order(branch: Branch, goal: Statement) -> Proof:
    """The goal below, at and above equality of two terms at which it binds, or that stand alike in it."""
    for x, y in _binding(goal):
        if not _is_settled(branch, s.ne(x, y)):
            return _orders(branch, goal, (x, y), excluded=None)
    raise Stuck("it binds nowhere that is known")


def _is_settled(branch: Branch, differ: Statement) -> bool:
    """Tell whether the order of two terms is known already."""
    left, right = differ.args
    known = branch.context.hypotheses.values()
    return lt(left, right) in known or lt(right, left) in known or s.eq(left, right) in known


def _orders(branch: Branch, goal: Statement, pair: tuple[Term, Term], excluded: str | None) -> Proof:
    left, right = pair
    here = branch.fork()
    parts = (lt(left, right), s.eq(left, right), lt(right, left))
    statement = s.either(*parts)
    name = here.have(statement, here.checked(statement, records.Lemma("trichotomy", pair)), "orders")
    label = here.fresh("case")
    proofs = []
    for part in parts:
        inner = here.supposing(label, part)
        if part.op is Op.EQUAL and excluded is not None:
            proofs.append(inner.checked(goal, records.Absurd(_apart_and_equal(inner, excluded, label, pair))))
        elif part.op is Op.EQUAL:
            proofs.append(_with_equals(inner, goal, label))
        else:
            proofs.append(inner.prover(inner, goal))
    return branch.checked(goal, here.close(records.Cases(name, label, tuple(proofs))))


def _apart_and_equal(branch: Branch, differ: str, equal: str, pair: tuple[Term, Term]) -> Proof:
    """Prove 0 < 0 from u != v and u = v: (v - u) / (u - v) + 1 is zero, and is one."""
    inverse = t.whole_power(t.difference(*pair), -1)
    del differ
    return branch.checked(FALSE, records.Combine(equations=((equal, inverse),), rest=ONE))


def _with_equals(branch: Branch, goal: Statement, label: str) -> Proof:
    from symhet.core.rules.base import rewritten

    moved = rewritten(goal, branch.context, (label,))
    return branch.checked(goal, records.Rewrite((label,), branch.prover(branch, moved)))


def by_contraposition(branch: Branch, goal: Statement) -> Proof:
    """An order without derivatives, since in the other orders a known inequality about derivatives fails."""
    if branch.plain or goal.mentions(Head.TOTAL) or _is_settled(branch, s.ne(*goal.args)):
        raise Stuck("nothing to turn round")
    about = [
        name
        for name, known in branch.context.hypotheses.items()
        if known.op in (Op.LESS, Op.AT_MOST) and known.mentions(Head.TOTAL)
    ]
    if not about:
        raise Stuck("no inequality about derivatives")
    return _contraposed(branch, goal, about)


def _contraposed(branch: Branch, goal: Statement, about: list[str]) -> Proof:
    """What follows from the inequality that is turned round goes with it."""
    name, *others = about
    left, right = goal.args
    here = branch.fork()
    parts = (lt(left, right), s.eq(left, right), lt(right, left))
    orders = s.either(*parts)
    known = here.have(orders, here.checked(orders, records.Lemma("trichotomy", (left, right))), "orders")
    label = here.fresh("case")
    proofs: list[Proof] = []
    for part in parts:
        case = here.supposing(label, part)
        if part is goal:
            proofs.append(records.Hypothesis(label))
        elif goal.op is Op.AT_MOST and part is not parts[2]:
            proofs.append(records.Weaken(part.op is Op.EQUAL, records.Hypothesis(label)))
        else:
            for other in others:
                case = case.lacking(other)
            inner = case.fork()
            absurd = records.Absurd(inner.close(from_hypothesis(inner, name)))
            proofs.append(case.checked(goal, absurd))
    return branch.checked(goal, here.close(records.Cases(known, label, tuple(proofs))))


def _binding(goal: Statement) -> list[tuple[Term, Term]]:
    """Return symbols, and symbols and one, at whose equality a gap is zero; if none, those that stand alike in it."""
    symbols = sorted((leaf for leaf in goal.leaves if leaf.head is Head.SYMBOL), key=repr)[:6]
    pairs = [(x, y) for index, x in enumerate(symbols) for y in symbols[index + 1 :]]
    binding = [(x, y) for x, y in (*pairs, *((x, ONE) for x in symbols)) if _vanishes(goal.gap, x, y)]
    return binding or [(x, y) for x, y in pairs if same(goal.gap, t.replace(goal.gap, {x: y, y: x}))]


def _vanishes(gap: Term, x: Term, y: Term) -> bool:
    try:
        return vanishes(t.replace(gap, {x: y}))
    except Refusal:
        return False


def by_known_cases(branch: Branch, goal: Statement) -> Proof:
    """The goal in each case of a known disjunction."""
    for name, known in branch.context.hypotheses.items():
        if (
            known.op is not Op.OR
            or len(known.args) > MAX_PARTS
            or any(p in branch.context.hypotheses.values() for p in known.args)
        ):
            continue
        label = branch.fresh("case")
        proofs = []
        for part in known.args:
            inner = branch.supposing(label, part)
            proofs.append(inner.prover(inner, goal))
        return branch.checked(goal, records.Cases(name, label, tuple(proofs)))
    raise Stuck("no disjunction")
