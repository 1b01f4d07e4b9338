"""Comparative statics: the conditions differentiated, and the derivatives solved for, each by name.

The equations that determine a variable are found by matching variables to conditions; each is differentiated by the
parameter at hand, and the derivatives are eliminated as other unknowns are.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress

from symhet.core import derived
from symhet.core.calculus import derivative
from symhet.core.records import Proof
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement, eq
from symhet.language.terms import ZERO, Head, Term
from symhet.search.branch import Branch
from symhet.search.tangents import equations_at_hand, needed
from symhet.search.work import Stuck

MAX_BLOCK = 10


def totals(statement: Statement) -> list[Term]:
    """Return the total derivatives that a statement mentions."""
    return sorted((leaf for leaf in statement.leaves if leaf.head is Head.TOTAL), key=repr)


def by_parameter(goal: Statement) -> dict[Term, list[Term]]:
    """Return the total derivatives that a statement mentions, by the parameter that moves."""
    found: dict[Term, list[Term]] = {}
    for total in sorted(totals(goal), key=lambda total: repr(total.args[1])):
        found.setdefault(total.args[1], []).append(total)
    return found


def differentiated(branch: Branch, goal: Statement) -> list[str]:
    """Add the differentiated conditions that a goal's derivatives need as steps; return their names."""
    found: list[str] = []
    for parameter, wanted in by_parameter(goal).items():
        for name in block(branch, {total.args[0] for total in wanted}):
            statement = total_derivative(branch, name, parameter)
            proof = branch.sided(statement, lambda side, n=name, p=parameter: derived.differentiate(n, p, side))  # type: ignore[misc]
            found.append(branch.have(statement, proof, "derivative"))
    if not found:
        raise Stuck("nothing to differentiate")
    return found


def total_derivative(branch: Branch, name: str, parameter: Term) -> Statement:
    """Return what the chain rule says of an equation of the system."""
    gap = branch.context.hypotheses[name].gap
    moving = sorted(branch.context.endogenous & gap.leaves, key=lambda symbol: str(symbol.args[0]))
    try:
        slopes = [derivative(gap, symbol) for symbol in (parameter, *moving)]
    except Refusal as refusal:
        raise Stuck(str(refusal)) from refusal
    through = [t.multiply(slope, t.total(y, parameter)) for slope, y in zip(slopes[1:], moving, strict=True)]
    return eq(t.total_of([slopes[0], *through]), ZERO)


def needed_equations(branch: Branch, goal: Statement, deepest: int, totals_only: bool = False) -> list[str]:
    """Return the names of equations that give a goal, or its derivatives; differentiated conditions become steps."""
    names = equations_at_hand(branch, deepest)
    known = [branch.context.hypotheses[name] for name in names]
    found = needed(branch, goal, known, totals_only)
    if found is not None:
        return [names[place] for place in found]
    further: list[tuple[str, Term, Statement]] = []
    for parameter in by_parameter(goal):
        for name in sorted(branch.context.system):
            with suppress(Stuck):
                further.append((name, parameter, total_derivative(branch, name, parameter)))
    found = needed(branch, goal, [*known, *(statement for *_, statement in further)], totals_only) if further else None
    chosen = []
    for place in found or ():
        if place < len(names):
            chosen.append(names[place])
            continue
        name, parameter, statement = further[place - len(names)]
        proof = branch.sided(statement, lambda side, n=name, p=parameter: derived.differentiate(n, p, side))  # type: ignore[misc]
        chosen.append(branch.have(statement, proof, "derivative"))
    return chosen


def block(branch: Branch, variables: set[Term]) -> list[str]:
    """Return the equations that determine some variables, and the variables in them, found by matching."""
    context = branch.context
    members = {name: context.hypotheses[name].leaves & context.endogenous for name in sorted(context.system)}
    match = matched(members)
    found: list[str] = []
    reached: set[Term] = set()
    stack = sorted(variables, key=repr)
    while stack:
        y = stack.pop()
        if y in reached:
            continue
        reached.add(y)
        if y not in match:
            raise Stuck("a variable is not determined")
        found.append(match[y])
        stack += sorted(members[match[y]] - reached, key=repr)
        if len(found) > MAX_BLOCK:
            raise Stuck("too many conditions at once")
    return list(dict.fromkeys(found))


def matched(members: Mapping[str, AbstractSet[Term]]) -> dict[Term, str]:
    """Return an equation for each unknown, no two the same, for as many as there can be.

    Examples
    --------
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> matched({"both": {x, y}, "one": {x}}) == {x: "one", y: "both"}
    True
    """
    match: dict[Term, str] = {}

    def place(name: str, tried: set[Term]) -> bool:
        for y in sorted(members[name] - tried, key=repr):
            tried.add(y)
            if y not in match or place(match[y], tried):
                match[y] = name
                return True
        return False

    for name in members:
        place(name, set())
    return match


def given(members: Mapping[str, AbstractSet[Term]]) -> dict[str, Term]:
    """Return which unknown each equation gives, those first whose equations need fewest others.

    An unknown stands after all that its equation needs but what needs it in turn.

    Examples
    --------
    >>> x, y, z = t.symbol("x"), t.symbol("y"), t.symbol("z")
    >>> list(given({"all": {x, y, z}, "pair": {x, y}, "one": {x}}))
    ['one', 'pair', 'all']
    """
    match = matched(members)

    def behind(y: Term) -> int:
        reached, stack = set[Term](), [y]
        while stack:
            x = stack.pop()
            if x in match and x not in reached:
                reached.add(x)
                stack += members[match[x]]
        return len(reached)

    order = sorted(match, key=lambda y: (behind(y), match[y]))
    return {match[y]: y for y in order}


def by_differentiation(branch: Branch, goal: Statement) -> Proof:
    """A goal about derivatives, after the conditions were differentiated."""
    if branch.plain or not totals(goal):
        raise Stuck("no derivatives")
    here = branch.fork()
    before = set(here.context.hypotheses.values())
    differentiated(here, goal)
    if before.issuperset(here.context.hypotheses.values()):
        raise Stuck("differentiated before")
    inner = here.prover(here.fork(here.context), goal)
    return branch.checked(goal, here.close(inner))


__all__ = [
    "block",
    "by_differentiation",
    "by_parameter",
    "differentiated",
    "given",
    "matched",
    "needed_equations",
    "total_derivative",
    "totals",
]
