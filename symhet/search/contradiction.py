"""0 < 0 from a hypothesis that is false wherever the context holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import Kind, conditions_of, evident
from symhet.language.rebuilding import own_terms
from symhet.language.statements import FALSE, Op, Statement, lt
from symhet.language.terms import ONE, Term
from symhet.search.branch import Branch
from symhet.search.building import number, plus, subterms, times
from symhet.search.preparing import prepare
from symhet.search.work import Stuck

REFUTABLE = (Op.LESS, Op.AT_MOST, Op.EQUAL, Op.AND, Op.OR)
"""Forms of a hypothesis that the others may exclude."""
SHARE = 4
"""The part of the work left that each of them is given."""


def denied(branch: Branch, goal: Statement) -> Proof:
    """Prove ``goal => 0 < 0``."""
    prepare(branch, goal)
    name = branch.fresh("supposed")
    inner = branch.fork(branch.context.having(name, goal))
    return branch.close(records.Intro(name, inner.close(from_hypothesis(inner, name))))


def from_hypothesis(branch: Branch, name: str) -> Proof:
    """Prove 0 < 0 from one hypothesis, which the others exclude."""
    known = branch.context.hypotheses[name]
    if known.is_relation:
        try:
            return _from_existence(branch, known)
        except Stuck:
            return _from_relation(branch, name, known)
    if known.op is Op.AND:
        return _from_parts(branch, name, known)
    if known.op is Op.OR:
        return records.Cases(name, branch.fresh("case"), tuple(_from_case(branch, name, part) for part in known.args))
    if known.op is Op.FORALL:
        return _from_instance(branch, name, known)
    if known.op in (Op.IMPLIES, Op.IFF):
        return _from_conclusion(branch, name, known)
    raise Stuck("no contradiction")


def excluded(branch: Branch, name: str, conclusion: Statement) -> Proof:
    """Anything follows where a hypothesis is excluded by what is known."""
    prepare(branch, conclusion)
    inner = branch.fork(branch.context)
    return branch.close(branch.checked(conclusion, derived.absurd(inner.close(from_hypothesis(inner, name)))))


def from_any(branch: Branch, goal: Statement) -> Proof:
    """Prove 0 < 0 from whichever hypothesis the others exclude, first from those that alone leave no economy."""
    for name in _most_likely_first(branch):
        try:
            return branch.within(branch.work.left // SHARE, partial(_contradicted, name), goal)
        except Stuck:
            continue
    raise Stuck("no hypothesis is excluded by the others")


def _most_likely_first(branch: Branch) -> Iterator[str]:
    """Yield the hypotheses that may be excluded: first those without which economies exist, which guide the search."""
    later = []
    for name, known in list(branch.context.hypotheses.items()):
        if known.op not in REFUTABLE:
            continue
        if branch.lacking(name).economies is not None:
            yield name
        else:
            later.append(name)
    yield from later


def _contradicted(name: str, branch: Branch, goal: Statement) -> Proof:
    """Prove 0 < 0 from a hypothesis that is named."""
    return branch.checked(goal, from_hypothesis(branch, name))


def _from_existence(branch: Branch, known: Statement) -> Proof:
    """Prove 0 < 0 where a relation holds though a term of it has no value: the base of a power is not positive."""
    for condition in conditions_of(own_terms(known)):
        if condition.kind is not Kind.POSITIVE or evident(condition.term) or branch.sign(condition.term) > 0:
            continue
        here = branch.fork()
        root = s.positive(t.power(condition.term, t.number(1, 2)))
        name = here.have(root, here.checked(root, derived.sign()), "root")
        said = s.positive(condition.term)
        name = here.have(said, here.checked(said, derived.product(((name, 2),))), "what has a value")
        contrary = s.le(condition.term, t.ZERO)
        step = here.have(contrary, branch.prover(branch.fork(deeper=1), contrary), "contrary")
        return branch.checked(FALSE, here.close(derived.combine(terms=((step, ONE), (name, ONE)))))
    raise Stuck("every term may have a value")


def _from_relation(branch: Branch, name: str, known: Statement) -> Proof:
    left, right = known.args
    without = branch.lacking(name)
    gap = without.sign(known.gap)
    if known.op is Op.DIFFER:
        raise Stuck("an inequation is not excluded")
    if known.op is Op.EQUAL:
        return _from_equation(branch, without, name, known)
    strict, weak = lt(right, left), s.le(right, left)
    wanted = (strict,) if known.op is Op.AT_MOST else (strict, weak) if gap < 0 else (weak,)
    contrary, proof = _first(without, wanted)
    step = branch.have(contrary, proof, "contrary")
    return branch.checked(FALSE, derived.combine(terms=((step, ONE), (name, ONE))))


def _first(branch: Branch, wanted: tuple[Statement, ...]) -> tuple[Statement, Proof]:
    for statement in wanted[:-1]:
        try:
            return statement, branch.prover(branch.fork(), statement)
        except Stuck:
            continue
    return wanted[-1], branch.prover(branch, wanted[-1])


def _from_equation(branch: Branch, without: Branch, name: str, known: Statement) -> Proof:
    """From u = v, where u != v is proved: (v - u) / (u - v) + 1 is zero, and is one."""
    differ = s.ne(*known.args)
    branch.have(differ, without.prover(without, differ), "contrary")
    inverse = t.whole_power(t.difference(*known.args), -1)
    return branch.checked(FALSE, derived.combine(equations=((name, inverse),), rest=ONE))


def _from_parts(branch: Branch, name: str, known: Statement) -> Proof:
    """Each part is held against the others too, in economies that meet these."""
    last = Stuck("no part is excluded")
    parts = [branch.have(part, derived.use(name, index), "part") for index, part in enumerate(known.args)]
    for part in parts:
        here = branch.fork()
        for other, statement in zip(parts, known.args, strict=True):
            if other != part and here.drawn is not None:
                here.drawn = here.drawn.supposing(other, statement)
        try:
            return branch.checked(FALSE, here.close(from_hypothesis(here, part)))
        except Stuck as stuck:
            last = stuck
    raise last


def _from_case(branch: Branch, name: str, part: Statement) -> Proof:
    label = branch.fresh("case")
    inner = branch.fork(branch.context.having(label, part))
    return inner.close(from_hypothesis(inner, label))


def _from_conclusion(branch: Branch, name: str, known: Statement) -> Proof:
    ways = ((True, *known.args),) if known.op is Op.IMPLIES else ((True, *known.args), (False, *known.args[::-1]))
    last = Stuck("no premise holds")
    for forward, premise, conclusion in ways:
        try:
            here = branch.fork()
            proof = here.prover(here.fork(deeper=1), premise)
            inner = here.have(conclusion, derived.use(name, 0, forward, (proof,)), "conclusion")
            return branch.checked(FALSE, here.close(from_hypothesis(here, inner)))
        except Stuck as stuck:
            last = stuck
    raise last


def _from_instance(branch: Branch, name: str, known: Statement) -> Proof:
    last = Stuck("no instance is excluded")
    for term in instances_of(known):
        try:
            here = branch.fork()
            statement = s.at(known.args[0], term)
            proof = here.prover(here.fork(deeper=1), s.positive(term))
            inner = here.have(statement, here.checked(statement, derived.specialise(name, term, proof)), "instance")
            return branch.checked(FALSE, here.close(from_hypothesis(here, inner)))
        except Stuck as stuck:
            last = stuck
    raise last


def instances_of(known: Statement) -> list[Term]:
    """Return closed terms at which a statement about all positive values may be looked at."""
    found: dict[Term, None] = {ONE: None}
    body = known.args[0]
    for statement in (body, *(body.args if body.op is Op.IMPLIES else ())):
        for term in own_terms(statement):
            for node in subterms(term):
                if not node.reach and evident(node) and len(found) < 6:
                    found.update({times(number(2), node): None, plus(node, ONE): None})
    return list(found)
