"""In which order the conditions are solved: variables that an equation gives, then roots, then what is left together.

The conditions are matched with variables and taken apart into the smallest groups that can be solved one after another.
In a group, equations that are affine in a variable or have constant elasticity in it give that variable in terms of the
others; what is left is one equation in one variable, or a few in a few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from symhet.language import terms as t
from symhet.language.definedness import Kind, conditions
from symhet.language.mistakes import Source
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement, eq
from symhet.language.terms import Head, Term
from symhet.model.mistakes import DependentConditions
from symhet.numerics.equilibrium.problem import Problem
from symhet.search.isolate import isolate

__all__ = ["Group", "groups_of"]

MAX_TRIALS = 500
"""Choices of so many variables to leave for a root that are tried in one group."""


@dataclass(frozen=True)
class Group:
    """Conditions that determine variables together.

    Parameters
    ----------
    given : dict of Term to Term
        Variables with their terms, each in those before it, the torn ones, and what earlier groups determine.
    torn : tuple of Term
        Variables that roots of equations give.
    equations : tuple of str
        The conditions whose roots these are.
    """

    given: dict[Term, Term]
    torn: tuple[Term, ...]
    equations: tuple[str, ...]


def groups_of(problem: Problem) -> list[Group]:
    """Return the groups in the order in which they are solved.

    Raises
    ------
    DependentConditions
        When no condition is left for a variable.

    Examples
    --------
    >>> from symhet.model import Model
    >>> from symhet.numerics.equilibrium.problem import problem_of
    >>> model = Model("Demo")
    >>> a, x, y = model.parameter("a"), model.variable("x"), model.variable("y")
    >>> model.condition("first", "x + ln(x) = a")
    >>> model.condition("second", "y^a = x")
    >>> [(len(group.given), group.equations) for group in groups_of(problem_of(model))]
    [(0, ('first',)), (1, ())]
    """
    unknown = frozenset(problem.unknowns.values())
    inside = {
        name: (problem.leaves(left) | problem.leaves(right)) & unknown
        for name, (left, right) in problem.conditions.items()
    }
    owner = _matched(problem, inside)
    blocks = _blocks(inside, owner)
    return [_torn(problem, names, [owner[name] for name in names], inside) for names in blocks]


def _matched(problem: Problem, inside: dict[str, frozenset[Term]]) -> dict[str, Term]:
    """Return a variable for each condition, each variable once."""
    owner: dict[str, Term] = {}

    def give(variable: Term, tried: set[str]) -> bool:
        for name, variables in inside.items():
            if variable in variables and name not in tried:
                tried.add(name)
                if name not in owner or give(owner[name], tried):
                    owner[name] = variable
                    return True
        return False

    for name, variable in problem.unknowns.items():
        tried: set[str] = set()
        if not give(variable, tried):
            first = next(iter(problem.model.conditions.values()), None)
            source = first.says if first is not None else Source("", problem.model.file)
            lines = ", ".join(
                f"{c.name!r} (line {c.says.line})" for c in problem.model.conditions.values() if c.name in tried
            )
            why = f"{lines} would have to determine more variables than they are"
            why = why if tried else f"no condition mentions {name}"
            raise DependentConditions(f"nothing determines {name}", source, 0, why=why)
    return owner


def _blocks(inside: dict[str, frozenset[Term]], owner: dict[str, Term]) -> list[list[str]]:
    """Return the conditions in groups that need only what groups before them determine (Tarjan)."""
    of = {variable: name for name, variable in owner.items()}
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        number[name] = low[name] = len(number)
        stack.append(name)
        for variable in sorted(inside[name], key=str):
            other = of[variable]
            if other not in number:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            place = stack.index(name)
            found.append(stack[place:])
            del stack[place:]

    for name in inside:
        if name not in number:
            visit(name)
    return found


def _torn(problem: Problem, names: list[str], variables: list[Term], inside: dict[str, frozenset[Term]]) -> Group:
    """Return a group with as few variables left for roots as are found."""
    solutions = {name: _isolated(problem, name, variables) for name in names}
    # What is positive at sight leads to no difference, and to equations of which is seen that they rise or fall.
    positive = {
        name: {x: term for x, term in found.items() if _is_plain(problem, term) or not x.args[1]}
        for name, found in solutions.items()
    }
    for size in range(len(variables)):
        for usable in (positive, solutions):
            for torn in _choices(problem, variables, size):
                found = _eliminated(names, frozenset(variables), torn, inside, usable)
                if found is not None:
                    return found
    return Group({}, tuple(variables), tuple(names))


def _is_plain(problem: Problem, term: Term) -> bool:
    """Tell whether a term is positive, and what it takes powers and logarithms of is, in every admissible economy."""
    asked = (c for c in conditions(term) if c.kind in (Kind.POSITIVE, Kind.NONZERO))
    return problem.sign(term) > 0 and all(
        problem.sign(c.term) > 0 or (c.kind is Kind.NONZERO and problem.sign(c.term) < 0) for c in asked
    )


def _choices(problem: Problem, variables: Sequence[Term], size: int) -> Iterator[tuple[Term, ...]]:
    """Yield choices of variables, those in cutoffs first: what stands in a tail is seldom given by an equation."""
    in_tails = _in_tails(problem)
    ordered = sorted(variables, key=lambda x: (x not in in_tails, variables.index(x)))
    yield from islice(combinations(ordered, size), MAX_TRIALS)


def _in_tails(problem: Problem) -> frozenset[Term]:
    found = {leaf for excess in problem.excesses.values() for leaf in excess.point.leaves}
    for sides in problem.conditions.values():
        for side in sides:
            for node in t.nodes(side, Head.SURVIVAL, Head.TAIL, Head.DENSITY):
                found |= node.args[0].leaves
    return frozenset(found)


def _isolated(problem: Problem, name: str, variables: Sequence[Term]) -> dict[Term, Term]:
    """Return the variables for which a condition can be solved, with what it gives for each."""
    equation = eq(*problem.conditions[name])
    found: dict[Term, Term] = {}
    for x in variables:
        if x in equation.leaves and not _hidden(problem, equation, x):
            term = _solution(problem, equation, x)
            if term is not None:
                found[x] = term
    return found


def _hidden(problem: Problem, equation: Statement, x: Term) -> bool:
    """Tell whether a variable stands in what a symbol of the equation stands for."""
    special = equation.leaves & (problem.cases.keys() | problem.excesses.keys())
    return any(x in problem.leaves(symbol) for symbol in special)


def _solution(problem: Problem, equation: Statement, x: Term) -> Term | None:
    """Return what an equation gives for a variable, None where that is not one value or not found."""
    try:
        steps = isolate(equation, x)
    except Refusal:
        return None
    if steps is None:
        return None
    # A root has a sign of its own where the variable may be negative.
    if not x.args[1] and any(step.powers for step in steps):
        return None
    if any(step.powers and _is_even(step.factor) and problem.sign(step.states.args[0]) <= 0 for step in steps):
        return None
    last = steps[-1].states if steps else equation
    return last.args[1] if last.op is Op.EQUAL and last.args[0] is x else None


def _is_even(inverse: Term) -> bool:
    """Tell whether an exponent is the inverse of an even number: then its root has two signs."""
    return inverse.head is Head.NUMBER and inverse.args[1] % 2 == 0


def _eliminated(
    names: list[str],
    variables: frozenset[Term],
    torn: tuple[Term, ...],
    inside: dict[str, frozenset[Term]],
    solutions: dict[str, dict[Term, Term]],
) -> Group | None:
    """Return the group with the other variables given by equations, one after another; None where that fails."""
    known = set(torn)
    given: dict[Term, Term] = {}
    left = list(names)
    while known != variables:
        for name in left:
            missing = (inside[name] & variables) - known
            if len(missing) == 1 and (x := next(iter(missing))) in solutions[name]:
                given[x] = solutions[name][x]
                known.add(x)
                left.remove(name)
                break
        else:
            return None
    return Group(given, torn, tuple(left))
