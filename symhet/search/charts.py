"""Coordinates found from bounds: a symbol between known bounds is written by a positive one.

Above a bound, x = low + y; below one, x = high / (1 + y); between two, x = (low + high y) / (1 + y). A bound is read
off any known inequality in which the symbol enters linearly with a coefficient of known sign, once the bound is
positive by its build; charting one symbol makes the bounds of others so. What is bounded becomes positive by its form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from symhet.core import derived
from symhet.core.context import Context
from symhet.core.records import Proof
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.statements import Op, Statement, eq, positive, substitute
from symhet.language.terms import ONE, ZERO, Head, Term
from symhet.search.branch import Branch
from symhet.search.building import minus, over, plus, summands, times, unused
from symhet.search.forms import tidy
from symhet.search.plan import exponents
from symhet.search.work import Stuck

MAX_CHARTS = 6


@dataclass(frozen=True)
class Bound:
    """A known bound of a symbol: whether it lies below, and the bound."""

    symbol: Term
    below: bool
    term: Term


Then: TypeAlias = Callable[[Branch, Statement], Proof]


def charted(branch: Branch, goal: Statement, then: Then, in_exponents: bool = False) -> Proof:
    """Prove a goal after symbols with bounds were replaced by positive coordinates: all, or those in exponents."""
    return _charted(branch, goal, then, frozenset(), in_exponents, 0)


def charted_beyond(branch: Branch, goal: Statement, symbols: frozenset[Term], then: Then) -> Proof:
    """Prove a goal after other symbols with bounds than its own were replaced by positive coordinates."""
    about = eq(t.total_of(sorted(symbols, key=repr)), ZERO)
    return _charted(branch, goal, then, goal.leaves, False, 0, about)


def _charted(
    branch: Branch,
    goal: Statement,
    then: Then,
    done: frozenset[Term],
    in_exponents: bool,
    count: int,
    about: Statement | None = None,
) -> Proof:
    chosen = _choice(branch.context, about or goal, done, in_exponents) if count < MAX_CHARTS else None
    if chosen is None:
        if not count:
            raise Stuck("no bounds")
        return then(branch, goal)
    x, image, coordinate = chosen
    y = unused((f"{x.args[0]}_y{i or ''}" for i in range(9)), branch.context.leaves, goal.leaves)
    image = t.replace(image, {_SLOT: y})
    proof = branch.prover(branch.fork(deeper=1), positive(coordinate))
    drawn = branch.drawn.charted(y, coordinate) if branch.drawn else None
    inner = branch.fork(branch.context.substituted({x: image}), drawn=drawn)
    moved = substitute(goal, {x: image})
    rest = _charted(inner, moved, then, done | {x}, in_exponents, count + 1, about)
    return branch.sided(goal, lambda side: derived.chart(((y, coordinate),), ((x, image),), (proof,), rest, side))


_SLOT = t.symbol("slot_of_a_chart")


def _choice(
    context: Context, goal: Statement, done: frozenset[Term], in_exponents: bool
) -> tuple[Term, Term, Term] | None:
    """Return a symbol, its image with a slot for the coordinate, and the coordinate in the old symbols."""
    bases = _bases(goal)
    found: dict[Term, dict[bool, Term]] = {}
    near = [p for p in context.hypotheses.values() if p.op is Op.LESS and p.leaves & goal.leaves and p.depth < 12]
    raised = exponents((goal, *near))
    wanted = (raised if in_exponents else goal.leaves | raised) - done
    for statement in context.hypotheses.values():
        if statement.op is Op.LESS and statement.leaves & wanted and statement.depth < 12:
            for bound in bounds(statement, wanted):
                found.setdefault(bound.symbol, {}).setdefault(bound.below, bound.term)
    plain = {
        x: {below: term for below, term in sides.items() if not term.leaves & found.keys()}
        for x, sides in found.items()
    }
    for sides in (plain, found):
        for x in sorted(sides, key=lambda x: (x in bases, repr(x))):
            chosen = _image(x, sides[x].get(True), sides[x].get(False), x in bases)
            if chosen is not None:
                return x, *chosen
    return None


def _image(x: Term, low: Term | None, high: Term | None, is_base: bool) -> tuple[Term, Term] | None:
    """Return the image of a symbol, with a slot for the coordinate, and the coordinate."""
    if is_base and (low is None or high is not None or low is ONE):
        return None
    if low is not None and high is not None and (high.head is Head.NUMBER or low.head is not Head.NUMBER):
        return over(plus(low, times(high, _SLOT)), plus(ONE, _SLOT)), over(minus(x, low), minus(high, x))
    if low is not None:
        return plus(low, _SLOT), minus(x, low)
    return None if high is None else (over(high, plus(ONE, _SLOT)), minus(over(high, x), ONE))


def _bases(goal: Statement) -> frozenset[Term]:
    """Return the symbols that are bases of powers with an exponent that is no number, or stand under logarithms."""
    found: set[Term] = set()
    stack = list(goal.args)
    while stack:
        node = stack.pop()
        is_symbolic = node.head is Head.POWER and node.args[1].head is not Head.NUMBER
        if is_symbolic or node.head in (Head.LOG, Head.SURVIVAL, Head.TAIL, Head.DENSITY):
            found |= node.args[0].leaves
        stack += node.children
    return frozenset(found)


def bounds(statement: Statement, symbols: frozenset[Term]) -> list[Bound]:
    """Return the bounds that a strict inequality gives for symbols that enter it linearly."""
    gap = tidy(statement.gap)
    parts = summands(gap)
    found = []
    for x in sorted(symbols & statement.leaves, key=repr):
        if x.head is not Head.SYMBOL or not x.args[1]:
            continue
        holding = [part for part in parts if x in part.leaves]
        slopes = [over(part, x) for part in holding]
        if not holding or any(x in slope.leaves for slope in slopes):
            continue
        slope, rest = plus(*slopes), plus(*(part for part in parts if x not in part.leaves))
        for sign in (1, -1):
            steep = slope if sign > 0 else times(t.MINUS_ONE, slope)
            if not evident(steep):
                continue
            level = tidy(over(times(t.number(-sign), rest), steep))
            if level is not ZERO and evident(level):
                found.append(Bound(x, sign > 0, level))
    return found
