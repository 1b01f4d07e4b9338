"""Signs by normal form and by linear programming: a gap is a combination of known inequalities times monomials."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from symhet.core import derived
from symhet.core.records import Proof, Side
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind, parts
from symhet.language.statements import Op, Statement, eq, lt, positive
from symhet.language.terms import ZERO, Term
from symhet.search import programs
from symhet.search.algebra import Algebra, NoTermError, Split
from symhet.search.branch import Branch
from symhet.search.building import number, over, raised, times
from symhet.search.factoring import by_identity
from symhet.search.normal import forms
from symhet.search.work import Stuck

MAX_FACTS = 14
MAX_LEAVES_BEYOND = 2
MAX_EQUATIONS = 6


def by_sign(branch: Branch, goal: Statement) -> Proof:
    """The gap is positive by its normal form, or by that of the tidy term that it is."""
    try:
        return branch.sided(goal, lambda side: derived.sign(side=side))
    except Stuck:
        tidied = branch.tidy(goal.gap)
        if tidied is goal.gap or goal.op not in (Op.LESS, Op.AT_MOST) or not forms((tidied,))[0].positive():
            raise
    here = branch.fork()
    same = here.have(eq(goal.gap, tidied), by_identity(here.fork(here.context), eq(goal.gap, tidied)), "tidy")
    shown = here.have(positive(tidied), derived.sign(), "positive")
    proof = here.sided(goal, lambda side: derived.combine(((shown, t.ONE),), ((same, t.ONE),), side=side))
    return branch.checked(goal, here.close(proof))


def by_value(branch: Branch, goal: Statement) -> Proof:
    """What a known statement needs in order to have a value is positive: the base of a power, what has a logarithm."""
    left, right = goal.args
    asked = [goal.gap]
    asked += [right] if left is ZERO else []
    asked += [t.negative(left)] if right is ZERO else []
    for term in asked:
        wanted = parts(Condition(Kind.POSITIVE, term))
        if [kind for kind, _ in wanted] == [Kind.POSITIVE] and branch.context.grants.issuperset(wanted):
            return _from_part(branch, goal, term, wanted[0].term)
    raise Stuck("nothing known asks for it")


def _from_part(branch: Branch, goal: Statement, term: Term, part: Term) -> Proof:
    """The gap is a part of which it is known that it is positive, times what is positive by its build."""
    if part is term:
        return branch.checked(goal, derived.combine(rest=term))
    here = branch.fork()
    said = s.positive(part)
    name = here.have(said, here.checked(said, derived.combine(rest=part)), "has a value")
    return branch.checked(goal, here.close(derived.product(((name, 1),), branch.tidy(over(term, part)))))


@dataclass(frozen=True)
class Fact:
    """A known inequality: its name, whether it is strict, and its gap."""

    name: str
    strict: bool
    gap: Term


def known_facts(branch: Branch, leaves: Iterable[Term], limit: int = MAX_FACTS) -> list[Fact]:
    """Return known inequalities about some leaves, those first that mention fewest others."""
    wanted = frozenset(leaves)
    ranked = []
    for index, (name, statement) in enumerate(branch.context.hypotheses.items()):
        if statement.op not in (Op.LESS, Op.AT_MOST) or not statement.leaves & wanted:
            continue
        beyond = len(statement.leaves - wanted)
        if beyond <= MAX_LEAVES_BEYOND:
            ranked.append((beyond, statement.depth > 9, -index, Fact(name, statement.op is Op.LESS, statement.gap)))
    ranked.sort(key=lambda item: item[:3])
    return [fact for *_, fact in ranked[:limit]]


def by_facts(branch: Branch, goal: Statement) -> Proof:
    """The gap is a combination of known inequalities times monomials, found by linear programming."""
    return by_combination(branch, goal, known_facts(branch, goal.leaves))


def by_facts_and_equations(branch: Branch, goal: Statement) -> Proof:
    """The same, with known equations times monomials too: those about the goal's symbols, the shortest."""
    equations = () if branch.bare else _known_equations(branch, goal)
    if not equations:
        raise Stuck("no equations")
    return by_combination(branch, goal, known_facts(branch, goal.leaves), equations)


def _known_equations(branch: Branch, goal: Statement) -> tuple[str, ...]:
    """Return equations between other sides about a goal's symbols, those first that mention fewest others."""
    ranked = []
    for index, (name, statement) in enumerate(branch.context.hypotheses.items()):
        beyond = len(statement.leaves - goal.leaves)
        if statement.op is Op.EQUAL and statement.gap is not ZERO and beyond <= MAX_LEAVES_BEYOND:
            ranked.append((beyond, statement.depth, index, name))
    return tuple(name for *_, name in sorted(ranked)[:MAX_EQUATIONS])


def by_pairs(branch: Branch, goal: Statement) -> Proof:
    """The same, with products of two known inequalities."""
    facts = [fact for fact in known_facts(branch, goal.leaves, 6) if fact.strict]
    if len(facts) < 2:
        raise Stuck("no two facts")
    here = branch.fork()
    found = [*known_facts(branch, goal.leaves), *pair_products(here, facts)]
    return branch.checked(goal, here.close(by_combination(here, goal, found)))


def pair_products(branch: Branch, facts: list[Fact]) -> list[Fact]:
    """Add the products of any two strict inequalities as steps; return what they say."""
    found = []
    for index, one in enumerate(facts):
        for other in facts[index:]:
            statement = positive(times(one.gap, other.gap))
            powers = ((one.name, 1), (other.name, 1)) if one is not other else ((one.name, 2),)
            try:
                proof = branch.checked(statement, derived.product(powers))
            except Stuck:
                continue
            found.append(Fact(branch.have(statement, proof, "product"), True, statement.gap))
    return found


def by_squares(branch: Branch, goal: Statement) -> Proof:
    """The same, with squares of differences of monomials whose mixed part is wanting."""
    algebra = branch.algebra(goal.gap)
    split = algebra.splits[0]
    if not split.number:
        raise Stuck("the gap is zero")
    joint = algebra.polynomials([split.primitive])
    (target,), room, back = joint.polynomials, joint.room, joint.back
    if split.number < 0:
        target = {m: -c for m, c in target.items()}
    here = branch.fork()
    found = list(known_facts(branch, goal.leaves, 6))
    for one, other, ratio in programs.squares(target, room)[:8]:
        roots = [_root(back, monomial) for monomial in (one, other)]
        difference = s.lt(times(number(ratio), roots[1]), roots[0]).gap
        proof = derived.lemma("square_not_negative", (difference,))
        statement = s.le(ZERO, raised(difference, number(2)))
        try:
            found.append(
                Fact(here.have(statement, here.sided(statement, _with_side(proof)), "square"), False, statement.gap)
            )
        except (Stuck, NoTermError):
            continue
    if not here.steps:
        raise Stuck("no squares")
    return branch.checked(goal, here.close(by_combination(here, goal, found)))


def _with_side(proof: Proof) -> Callable[[Side], Proof]:
    return lambda side: derived.sided(side, proof)


def _root(back, monomial):  # type: ignore[no-untyped-def]
    if all(e % 2 == 0 for e in monomial):
        return back(tuple(e // 2 for e in monomial))
    return raised(back(monomial), number(Fraction(1, 2)))


@dataclass(frozen=True)
class Combined:
    """Weights of facts and equations, and a rest, that make up the gap of a goal."""

    terms: derived.Coefficients
    equations: derived.Coefficients
    rest: Term

    def certificate(self, side: Side) -> Proof:
        """Return the record of the combination."""
        return derived.combine(terms=self.terms, equations=self.equations, rest=self.rest, side=side)


def by_combination(branch: Branch, goal: Statement, facts: list[Fact], equations: tuple[str, ...] = ()) -> Proof:
    """Return a `Combine` of some facts and equations that proves a goal."""
    return branch.sided(goal, combined(branch, goal, facts, equations).certificate)


def combined(branch: Branch, goal: Statement, facts: list[Fact], equations: tuple[str, ...] = ()) -> Combined:
    """Return a combination of facts, proved or not yet, and of known equations that makes up the gap of a goal."""
    algebra, used = _joint(branch, goal, facts, equations)
    split, *known = algebra.splits
    if not split.number:
        raise Stuck("the gap is zero")
    try:
        over_sums = algebra.over_sums(split, known)
        for target in (split,) if over_sums.primitive is split.primitive else (split, over_sums):
            found = _combined(branch, algebra, target, known, used)
            if found is not None:
                return found
    except NoTermError as error:
        raise Stuck("a weight without a term") from error
    except ValueError as error:
        raise Stuck("the program is not well formed") from error
    raise Stuck("no combination")


def _combined(
    branch: Branch, algebra: Algebra, split: Split, known: list[Split], used: list[Fact | str]
) -> Combined | None:
    branch.work.spend(4)
    joint = algebra.polynomials([split.primitive, *(part.primitive for part in known)])
    signed = [_turned(p, part.number) for p, part in zip(joint.polynomials, (split, *known), strict=True)]
    count = sum(isinstance(item, Fact) for item in used)
    equal = [*signed[count + 1 :], *joint.relations]
    found = programs.combination(signed[0], signed[1 : count + 1], equal, joint.room, branch.work.spend)
    if found is None:
        return None
    outer = times(number(abs(split.number)), algebra.of_monomial(split.monomial))
    weights = _weights(algebra, outer, found.facts, known[:count], used[:count], joint.back)
    said = [part for part in found.equations if part.fact < len(used) - count]
    factors = _weights(algebra, outer, said, known[count:], used[count:], joint.back)
    rest = times(outer, t.total_of([times(number(c), joint.back(m)) for m, c in found.rest.items()]))
    return Combined(weights, factors, rest)


def _joint(
    branch: Branch, goal: Statement, facts: list[Fact], equations: tuple[str, ...]
) -> tuple[Algebra, list[Fact | str]]:
    """Return the joint algebra of a goal and what is known; parts of unknown sign stay inside the polynomials."""
    gaps = [fact.gap for fact in facts] + [branch.context.hypotheses[name].gap for name in equations]
    used: list[Fact | str] = [*facts, *equations]
    algebra = branch.algebra(goal.gap, *gaps)
    kept = [index for index, part in enumerate(algebra.splits[1:]) if part.number]
    algebra.splits = [algebra.inside(algebra.splits[index]) for index in (0, *(index + 1 for index in kept))]
    return algebra, [used[index] for index in kept]


def _turned(polynomial: programs.Polynomial, sign: Fraction) -> programs.Polynomial:
    return polynomial if sign > 0 else {m: -c for m, c in polynomial.items()}


def _weights(algebra, outer, found, known, used, back):  # type: ignore[no-untyped-def]
    """Return the weight of each fact: what the program found, times outer parts of the goal over those of the fact."""
    weights: dict[str, list[Term]] = {}
    for part in found:
        fact = used[part.fact]
        name = fact.name if isinstance(fact, Fact) else fact
        inner = times(number(abs(known[part.fact].number)), algebra.of_monomial(known[part.fact].monomial))
        weight = times(number(part.weight), back(part.monomial), over(outer, inner))
        weights.setdefault(name, []).append(weight)
    return tuple((name, t.total_of(summands)) for name, summands in weights.items())


def by_apart(branch: Branch, goal: Statement) -> Proof:
    """Two sides differ because one lies below the other."""
    left, right = goal.args
    sign = branch.sign(goal.gap)
    if not sign:
        raise Stuck("either order occurs")
    statement = lt(left, right) if sign > 0 else lt(right, left)
    return derived.apart(sign > 0, branch.prover(branch.fork(deeper=1), statement))


def by_equality(branch: Branch, goal: Statement) -> Proof:
    """A weak inequality from the equation that holds in all economies drawn."""
    equal = s.eq(*goal.args)
    if branch.economies is None or not branch.plausible(equal):
        raise Stuck("the sides differ")
    return derived.weaken(True, branch.prover(branch.fork(deeper=1), equal))


def by_weaken(branch: Branch, goal: Statement) -> Proof:
    """A weak inequality from the strict one."""
    strict = lt(*goal.args)
    if not branch.plausible(strict):
        raise Stuck("equality occurs")
    return derived.weaken(False, branch.prover(branch.fork(deeper=1), strict))


__all__ = [
    "Fact",
    "by_apart",
    "by_combination",
    "by_equality",
    "by_facts",
    "by_facts_and_equations",
    "by_pairs",
    "by_sign",
    "by_squares",
    "by_weaken",
    "combined",
    "known_facts",
    "pair_products",
]
