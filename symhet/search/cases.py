"""Goals proved case by case: the orders of what differs, or of what may be either."""

from __future__ import annotations

from collections.abc import Callable

from symhet.core import derived, records
from symhet.core.records import Proof, Side
from symhet.core.rules.base import open_conditions, rewritten
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Op, Statement, lt
from symhet.language.terms import ONE, Head, Term
from symhet.search import signs
from symhet.search.branch import Branch
from symhet.search.contradiction import from_hypothesis
from symhet.search.fingerprints import same, vanishes
from symhet.search.orders import in_each_order
from symhet.search.work import Stuck


def by_apart_cases(branch: Branch, goal: Statement) -> Proof:
    """Where two terms are known to differ, one lies below the other."""
    about = branch.context.leaves if goal.mentions(Head.TOTAL) else goal.leaves
    for known in branch.context.hypotheses.values():
        if known.op is Op.DIFFER and known.leaves & about and not _is_settled(branch, known):
            return _orders(branch, goal, known.args, excluded=True)
    raise Stuck("nothing differs")


def touches(goal: Statement) -> bool:
    """Tell whether both sides of a goal are equal where two symbols are, or a symbol and one."""
    return bool(_touching(goal))


def by_order(branch: Branch, goal: Statement) -> Proof:
    """The goal below, at and above equality of two terms at which it binds, or that stand alike in it."""
    for x, y in _binding(goal):
        if not _is_settled(branch, s.ne(x, y)):
            return _orders(branch, goal, (x, y), excluded=False)
    raise Stuck("it binds nowhere that is known")


def _is_settled(branch: Branch, differ: Statement) -> bool:
    """Tell whether the order of two terms is known already."""
    left, right = differ.args
    known = branch.context.hypotheses.values()
    return lt(left, right) in known or lt(right, left) in known or s.eq(left, right) in known


def _orders(branch: Branch, goal: Statement, pair: tuple[Term, Term], excluded: bool) -> Proof:
    """The goal in each order of two terms; they are equal in none where that is excluded."""

    def proof_of(case: Branch, label: str, part: Statement) -> Proof:
        if part.op is not Op.EQUAL:
            return case.prover(case, goal)
        return derived.absurd(_apart_and_equal(case, label, pair)) if excluded else _with_equals(case, goal, label)

    return in_each_order(branch, goal, pair, proof_of)


def _apart_and_equal(branch: Branch, equal: str, pair: tuple[Term, Term]) -> Proof:
    """Prove 0 < 0 from u != v and u = v: (v - u) / (u - v) + 1 is zero, and is one."""
    inverse = t.whole_power(t.difference(*pair), -1)
    return branch.checked(FALSE, derived.combine(equations=((equal, inverse),), rest=ONE))


def _with_equals(branch: Branch, goal: Statement, label: str) -> Proof:
    moved = rewritten(goal, branch.context, (label,))
    return branch.checked(goal, records.Rewrite((label,), branch.prover(branch, moved)))


def by_one_or_other(branch: Branch, goal: Statement) -> Proof:
    """A disjunction, by the orders of the sides of one of its inequalities."""
    if branch.depth < 2:
        raise Stuck("too deep")
    for index, part in enumerate(goal.args):
        if part.op in (Op.LESS, Op.AT_MOST) and not _is_settled(branch, s.ne(*part.args)):
            try:
                return _one_or_other(branch, goal, index)
            except Stuck:
                continue
    raise Stuck("no part of the disjunction")


def _one_or_other(branch: Branch, goal: Statement, index: int) -> Proof:
    left, right = goal.args[index].args

    def proof_of(case: Branch, label: str, part: Statement) -> Proof:
        for place, other in enumerate(goal.args):
            if other is part:
                return records.Choose(place, derived.hypothesis(label))
            if other.op is Op.AT_MOST and part.op is Op.EQUAL and other.args in (part.args, part.args[::-1]):
                return records.Choose(place, case.prover(case, other))
            if other.op is Op.AT_MOST and other.args == part.args:
                return records.Choose(place, derived.weaken(False, derived.hypothesis(label)))
        others = [other for place, other in enumerate(goal.args) if place != index and case.plausible(other)]
        for other in others:
            try:
                return records.Choose(goal.args.index(other), case.prover(case.fork(deeper=1), other))
            except Stuck:
                continue
        raise Stuck("no other part in this order")

    return in_each_order(branch, goal, (left, right), proof_of)


def by_order_of_premises(branch: Branch, goal: Statement) -> Proof:
    """A disjunction of implications, by the orders of the sides of one of their premises."""
    if branch.depth < 2:
        raise Stuck("too deep")
    for premise in _premises(goal):
        if not _is_settled(branch, s.ne(*premise.args)):
            return in_each_order(branch, goal, premise.args, lambda case, _, __: case.prover(case, goal))
    raise Stuck("no premise whose order is not known")


def _premises(statement: Statement) -> list[Statement]:
    """Return the inequalities that are premises of implications in a statement."""
    if statement.op is Op.IMPLIES and statement.args[0].op in (Op.LESS, Op.AT_MOST):
        return [statement.args[0]]
    parts = statement.args if statement.op in (Op.AND, Op.OR) else ()
    return list(dict.fromkeys(premise for part in parts for premise in _premises(part)))


def by_squeeze(branch: Branch, goal: Statement) -> Proof:
    """An equation, since neither side is below the other."""
    left, right = goal.args
    weak = [p for p in branch.context.hypotheses.values() if p.op is Op.AT_MOST and p.leaves & goal.leaves]
    if len(weak) < 2:
        raise Stuck("no two weak inequalities")
    here = branch.fork()
    names = []
    for order in (s.le(left, right), s.le(right, left)):
        inner = here.fork(here.context)
        names.append(here.have(order, inner.close(signs.by_facts(inner, order)), "order"))
    label = here.fresh("case")
    excluded = derived.absurd(derived.combine(((names[1], ONE), (label, ONE))))
    cases = records.Cases(names[0], label, (excluded, derived.hypothesis(label)))
    return branch.checked(goal, here.close(cases))


def by_differing(branch: Branch, goal: Statement) -> Proof:
    """Two terms differ, since an equation of theirs contradicts what is known."""

    def proof_of(case: Branch, label: str, part: Statement) -> Proof:
        if part.op is not Op.EQUAL:
            return derived.apart(part.args == goal.args, derived.hypothesis(label))
        return derived.absurd(_with_equal(case, label))

    return in_each_order(branch, goal, (goal.args[0], goal.args[1]), proof_of)


def _transported(name: str, label: str) -> Callable[[Side], Proof]:
    return lambda side: derived.transported(name, (label,), ONE, (derived.sign(),), side)


def _with_equal(branch: Branch, label: str) -> Proof:
    """Prove 0 < 0 from a known relation that becomes false, or has no value, once an equation is put into it."""
    gap = branch.context.hypotheses[label].gap
    inverse = t.whole_power(gap, -1)
    if not open_conditions(branch.context, (inverse,)):
        weight = t.negative(inverse)
        return branch.checked(FALSE, derived.combine(equations=((label, weight),), rest=ONE))
    for name, known in list(branch.context.hypotheses.items()):
        if name == label or not known.is_relation or known.op is Op.DIFFER:
            continue
        moved = rewritten(known, branch.context, (label,))
        if moved is known:
            continue
        inner = branch.fork()
        try:
            step = inner.have(moved, inner.sided(moved, _transported(name, label)), "put in")
            return branch.checked(FALSE, inner.close(from_hypothesis(inner, step)))
        except Stuck:
            continue
    raise Stuck("nothing contradicts the equation")


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


def by_touching_fact(branch: Branch, goal: Statement) -> Proof:
    """An order of a symbol and a term, since a known inequality binds where they are equal and fails beyond."""
    if branch.plain or goal.op is not Op.LESS or _is_settled(branch, s.ne(*goal.args)):
        raise Stuck("nothing to turn round")
    for x, other in (goal.args, goal.args[::-1]):
        if x.head is not Head.SYMBOL or x in other.leaves:
            continue
        about = [name for name, known in branch.context.hypotheses.items() if _binds(known, x, other, goal)]
        if about:
            return _contraposed(branch, goal, about)
    raise Stuck("no inequality binds there")


def _binds(known: Statement, x: Term, other: Term, goal: Statement) -> bool:
    """Tell whether both sides of an inequality other than a goal are equal where a symbol and a term are."""
    return known.op is Op.LESS and x in known.leaves and known.gap is not goal.gap and _vanishes(known.gap, x, other)


def _contraposed(branch: Branch, goal: Statement, about: list[str]) -> Proof:
    """What follows from the inequality that is turned round goes with it."""
    name, *others = about

    def proof_of(case: Branch, label: str, part: Statement) -> Proof:
        if part is goal:
            return derived.hypothesis(label)
        if goal.op is Op.AT_MOST and part.args == goal.args:
            return derived.weaken(part.op is Op.EQUAL, derived.hypothesis(label))
        for other in others:
            case = case.lacking(other)
        inner = case.fork()
        return derived.absurd(inner.close(from_hypothesis(inner, name)))

    return in_each_order(branch, goal, (goal.args[0], goal.args[1]), proof_of)


def _binding(goal: Statement) -> list[tuple[Term, Term]]:
    """Return symbols, and symbols and one, at whose equality a gap is zero; if none, those that stand alike in it."""
    pairs = _pairs(goal)
    return _touching(goal) or [(x, y) for x, y in pairs if same(goal.gap, t.replace(goal.gap, {x: y, y: x}))]


def _touching(goal: Statement) -> list[tuple[Term, Term]]:
    """Return symbols, and symbols and one, at whose equality a gap is zero, other than both sides of the goal."""
    pairs = (*_pairs(goal), *((x, ONE) for x in _symbols(goal)))
    return [(x, y) for x, y in pairs if {x, y} != {*goal.args} and _vanishes(goal.gap, x, y)]


def _pairs(goal: Statement) -> list[tuple[Term, Term]]:
    symbols = _symbols(goal)
    return [(x, y) for index, x in enumerate(symbols) for y in symbols[index + 1 :]]


def _symbols(goal: Statement) -> list[Term]:
    return sorted((leaf for leaf in goal.leaves if leaf.head is Head.SYMBOL), key=repr)[:6]


def _vanishes(gap: Term, x: Term, y: Term) -> bool:
    try:
        return vanishes(t.replace(gap, {x: y}))
    except Refusal:
        return False
