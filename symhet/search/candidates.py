"""Conditions that a statement may need: from what is open in it, from the cases of its model, from what is offered.

Nothing here is proved. Economies in which the statement holds and others in which it fails tell which candidates are
worth a proof: one under which it fails in none, and then the one that most of those meet in which it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, islice, permutations

import numpy as np

from symhet.core import derived
from symhet.core.context import Context
from symhet.core.rules.base import open_conditions, rewritten
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import Kind
from symhet.language.rebuilding import own_terms
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, lt
from symhet.language.terms import ONE, ZERO, Head, Term
from symhet.search.branch import Branch, weight
from symhet.search.building import number, parted, plus, subterms, summands, times
from symhet.search.contraries import failing
from symhet.search.drawing import sampled
from symhet.search.equations import without_totals
from symhet.search.evaluation import Economies
from symhet.search.factors import open_factors
from symhet.search.fingerprints import same
from symhet.search.in_parameters import in_parameters
from symhet.search.plan import relations
from symhet.search.portfolio import search
from symhet.search.work import OutOfWork, Stuck, Work

MAX_CANDIDATES = 8
MAX_PAIRS = 4
MAX_POOL = 120
MAX_NEAR = 6
MANY = 12
FAILING = 20
"""Economies in which the statement fails, and each condition under which it holds has to, for each way to fail."""
FEW = 8
"""Economies that are enough to see how often a condition is met."""
TIED, OFF = 1e-12, 1e-3
"""Relative sizes of a gap between which its sign is not clear where equations are met by steps."""
WAYS = 4
SIMPLE = 9
"""Parts of a condition that is short whatever it is a condition for."""
LONG = 30
"""Parts of a condition in parameters on a derivative, which is short itself."""
SOLVING = 3000
"""Steps for solving for the derivatives in a statement."""
TIES = 24
"""Equations between symbols that are looked at though no economy drawn meets them."""


@dataclass(frozen=True)
class Evidence:
    """Economies of a context, those in which a statement holds apart from those in which it fails."""

    goal: Statement
    within: tuple[Economies, ...]
    against: tuple[Economies, ...]

    @staticmethod
    def of(context: Context, goal: Statement) -> Evidence:
        """Draw economies of a context, and further ones in which a statement holds, and in which it fails."""
        drawn = sampled(context, (goal,))
        holds = drawn.holds(goal) if drawn is not None else np.zeros(0, bool)
        within = [drawn.chosen(np.flatnonzero(holds))] if drawn is not None and holds.any() else []
        against = [drawn.chosen(np.flatnonzero(~holds))] if drawn is not None and not holds.all() else []
        if int(holds.sum()) < FEW:
            within += _met(context.having("what holds", goal))
        for way in failing(goal)[:WAYS]:
            narrower = context
            for index, statement in enumerate(way):
                narrower = narrower.having(f"what fails {index}", statement)
            # What differs by rounding alone does not fail.
            against += [part.chosen(np.flatnonzero(~part.holds(goal))) for part in _met(narrower, FAILING)]
        clear = [part.chosen(np.flatnonzero(is_clear(part, goal))) for part in against]
        return Evidence(goal, tuple(within), tuple(clear if sum(part.size for part in clear) >= FEW else against))

    def met(self, statement: Statement) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Tell which of the economies in which the statement holds meet a condition."""
        return _truths(self.within, statement)

    def fails(self, statement: Statement) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Tell which of the economies in which the statement fails meet a condition all the same."""
        return _truths(self.against, statement)


def is_clear(economies: Economies, goal: Statement) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell in which economies a statement fails by more than what an equation met by steps may be off, or at a tie."""
    parts = relations((goal,))
    clear = np.full(economies.size, not all(part.is_relation for part in parts))
    for part in (part for part in parts if part.is_relation):
        with np.errstate(all="ignore"):
            size = np.abs(economies.value(part.gap)) / sum(map(economies.scale, part.args))
        clear |= ~economies.holds(part) & ~((size > TIED) & (size < OFF))
    return clear


def _met(context: Context, kept: int = FEW) -> list[Economies]:
    found = sampled(context, kept=kept)
    return [] if found is None else [found]


def _truths(economies: Sequence[Economies], statement: Statement) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.concatenate([np.zeros(0, bool), *(part.holds(statement) for part in economies)])


def candidates(context: Context, goal: Statement, work: Work, offered: Iterable[Statement] = ()) -> Iterator[Statement]:
    """Yield conditions under which a statement fails in no economy drawn, those first that say least.

    Parameters
    ----------
    context : Context
        Its hypotheses.
    goal : Statement
        What holds somewhere and fails somewhere else.
    work : Work
        What drawing and solving may take.
    offered : iterable of Statement
        Statements that the same model speaks of elsewhere: they are looked at too.
    """
    evidence = Evidence.of(context, goal)
    branch = Branch(context, work, search)
    pool: dict[Statement, None] = {}
    with suppress(OutOfWork):
        for found in islice(_all(branch, goal, offered), MAX_POOL):
            pool[found] = None
    seen = {p: (evidence.met(p), evidence.fails(p)) for p in pool if not _is_known(context, goal, p)}
    cases = {*_of_cases(context, goal)}
    own = {*cases, *offered}
    # What holds in one case alone says least: the equation that the other cases are without.
    ranked = {
        p: (-int(met.sum()), p not in own, p.op is Op.EQUAL and p not in cases, _inverses(p), _weight(p))
        for p, (met, fails) in seen.items()
        if met.any() and not fails.any()
    }
    alone = sorted(ranked, key=ranked.__getitem__)
    yield from alone[:MAX_CANDIDATES]
    says = {part.op for part in relations((goal,))}
    # Under which both sides of an equivalence fail says little.
    if Op.IFF in says:
        yield from _ties(context, goal)
    if not alone:
        yield from islice(_pairs(seen), MAX_PAIRS)
    if Op.EQUAL in says:
        yield from _ties(context, goal)


def _pairs(seen: dict[Statement, tuple[np.ndarray, np.ndarray]]) -> Iterator[Statement]:
    """Yield two conditions at once of which neither alone would do, both met in most economies, the weakest first."""
    found = [
        (-int((met & too).sum()), _weight(one) + _weight(other), one, other)
        for (one, (met, fails)), (other, (too, otherwise)) in combinations(seen.items(), 2)
        if 2 * int((met & too).sum()) > len(met) and not (fails & otherwise).any()
    ]
    found.sort(key=lambda item: item[:2])
    for _, _, one, other in found:
        yield s.both(one, other)


def _all(branch: Branch, goal: Statement, offered: Iterable[Statement]) -> Iterator[Statement]:
    yield from _of_cases(branch.context, goal)
    yield from offered
    for part in relations((goal,)):
        yield from _of_relation(branch, part) if part.is_relation else _of_symbols(branch.context, part)


def _of_relation(branch: Branch, goal: Statement) -> Iterator[Statement]:
    """Yield what may do for a relation: signs of open factors, orders in parameters, orders and ties of its symbols."""
    most = max(weight(goal) // 2, SIMPLE)
    yield from _of_values(branch, goal)
    yield from (found for found in _of_factors(branch, goal) if _weight(found) <= most)
    yield from in_parameters(branch, goal)
    yield from _of_derivatives(branch, goal)
    yield from _of_symbols(branch.context, goal)


def _of_values(branch: Branch, goal: Statement) -> Iterator[Statement]:
    """Yield what is needed for the sides of a relation to have values, one by one and together."""
    asked = [
        derived.asked(condition)
        for condition in open_conditions(branch.context, goal.args)
        if condition.kind in (Kind.POSITIVE, Kind.NONZERO)
    ]
    yield from asked
    if len(asked) > 1:
        yield s.both(*asked)


def _is_known(context: Context, goal: Statement, found: Statement) -> bool:
    """Tell whether a condition is a hypothesis, or part of the goal as it stands."""
    if found in context.hypotheses.values():
        return True
    return any(
        p is found or (p.is_relation and found.is_relation and same(found.gap, p.gap)) for p in relations((goal,))
    )


def _of_cases(context: Context, goal: Statement) -> Iterator[Statement]:
    """Yield what the cases of known disjunctions say, and the same case of all of one form at once.

    Equations come first, which hold at the border of a case too; an inequality about what the goal mentions before.
    """
    forms: dict[tuple[tuple[Op, ...], ...], list[Statement]] = {}
    for known in context.hypotheses.values():
        if known.op is Op.OR:
            forms.setdefault(tuple(tuple(p.op for p in relations((case,))) for case in known.args), []).append(known)
            for case in known.args:
                parts = [part for part in relations((case,)) if part.is_relation]
                yield from sorted(
                    parts, key=lambda p: (p.op is Op.EQUAL or not p.leaves & goal.leaves, p.op is not Op.EQUAL)
                )
                if case.op is Op.AND:
                    yield case
    for alike in (found for found in forms.values() if len(found) > 1):
        for cases in zip(*(known.args for known in alike), strict=True):
            for twins in zip(*(relations((case,)) for case in cases), strict=True):
                yield s.both(*twins)


def _of_derivatives(branch: Branch, goal: Statement) -> Iterator[Statement]:
    """Yield what is open in a statement about derivatives once these are solved for, parameters being left alone."""
    if not goal.mentions(Head.TOTAL):
        return
    here = branch.fork()
    try:
        with branch.work.limited(SOLVING):
            using, moved = without_totals(here, goal)
            plain = rewritten(goal, here.context, using)
            for found in (*_of_factors(here, moved), *in_parameters(here, plain)):
                if _weight(found) <= LONG:
                    yield found
    except (Stuck, Refusal):
        return


def _weight(statement: Statement) -> int:
    return sum(weight(part) for part in relations((statement,)))


def _inverses(statement: Statement) -> int:
    """Return how many quotients a statement is written with; one without them is easier to read."""
    nodes = [node for part in relations((statement,)) for term in own_terms(part) for node in subterms(term)]
    return sum(node.head is Head.WHOLE_POWER and node.args[1] < 0 for node in nodes)


def _of_factors(branch: Branch, goal: Statement) -> list[Statement]:
    try:
        _, left = open_factors(branch, goal.gap)
    except (Stuck, Refusal):
        return []
    found = []
    for factor in left:
        if factor.term.mentions(Head.TOTAL) or same(factor.term, goal.gap) or same(t.negative(factor.term), goal.gap):
            continue
        small, large = sides(factor.term)
        found += [lt(small, large), lt(large, small), s.eq(large, small)]
    return found


def sides(gap: Term) -> tuple[Term, Term]:
    """Return two terms without negative summands whose difference, the second less the first, is a term.

    Examples
    --------
    >>> from symhet.language.spelling import text
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> [text(side) for side in sides(t.difference(t.multiply(x, y), ONE))]
    ['1', 'x*y']
    """
    parts = [parted(part) for part in summands(gap)]
    small = [times(number(-factor), rest) for factor, rest in parts if factor < 0]
    large = [times(number(factor), rest) for factor, rest in parts if factor > 0]
    return plus(*small), plus(*large)


def _of_symbols(context: Context, goal: Statement) -> list[Statement]:
    """Return how the symbols of a statement compare, and what is given near it; only what is given is held against one.

    What is determined comes in units of its own: that it lies above one says nothing.
    """
    symbols = _symbols(goal)
    given = [x for x in symbols if x not in context.endogenous]
    real = [x for x in symbols if not x.args[1]]
    found = [s.ne(x, y) for x, y in combinations(symbols, 2)] + [s.ne(x, ONE) for x in given]
    found += [s.eq(x, y) for x, y in combinations(symbols, 2)] + [s.eq(x, ONE) for x in given]
    found += [relation for x in real for relation in (s.ne(x, ZERO), lt(ZERO, x), lt(x, ZERO), s.eq(x, ZERO))]
    found += [lt(x, y) for x, y in permutations(symbols, 2)]
    found += [relation for x in given for relation in (lt(x, ONE), lt(ONE, x))]
    near = [x for x in _given_near(context, goal, MANY) if x not in goal.leaves][:MAX_NEAR]
    return found + [lt(x, y) for x, y in permutations(near, 2)]


def _symbols(goal: Statement) -> list[Term]:
    return sorted((leaf for leaf in goal.leaves if leaf.head is Head.SYMBOL), key=repr)[:8]


def _alike(symbols: Sequence[Term]) -> list[tuple[Term, Term]]:
    return [*combinations(symbols, 2), *((x, ONE) for x in symbols)]


def _given_near(context: Context, goal: Statement, most: int) -> list[Term]:
    """Return what is given and positive in a statement and in the equations near it with at most so many symbols."""
    near = [p for p in context.hypotheses.values() if p.op is Op.EQUAL and p.leaves & goal.leaves]
    mentioned = goal.leaves.union(*(p.leaves for p in near if len(p.leaves) <= most))
    return [
        x for x in sorted(mentioned, key=repr) if x.head is Head.SYMBOL and x.args[1] and x not in context.endogenous
    ]


def _ties(context: Context, goal: Statement) -> Iterator[Statement]:
    """Yield equations of parameters, with each other and with one, under which a statement holds in what is drawn."""
    given = _given_near(context, goal, WAYS)
    known = frozenset(relations(context.hypotheses.values()))
    # What a formula lacks of the definitions near it may be one; then come the symbols that it has.
    pairs = [(x, ONE) for x in given if x not in goal.leaves]
    pairs += _alike([x for x in given if x in goal.leaves])
    # Parameters of one name, such as two fixed costs, may be two only for this claim to be mended.
    wider = _given_near(context, goal, MANY)
    pairs += [pair for pair in combinations(wider, 2) if _stem(pair[0]) == _stem(pair[1]) and pair not in pairs]
    for pair in pairs[:TIES]:
        tied = s.eq(*pair)
        if tied in known or lt(*pair) in known or lt(*pair[::-1]) in known:
            continue
        economies = sampled(context.having("tie", tied), (goal,), kept=FEW)
        if economies is not None and economies.holds(goal).all():
            yield tied


def _stem(symbol: Term) -> str:
    return str(symbol.args[0]).split("_")[0]


__all__ = ["Evidence", "candidates", "is_clear", "sides"]
