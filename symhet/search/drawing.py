"""Economies of a context, drawn at random by floating point: evidence, starting points for witnesses, never proof.

Free symbols are drawn within their plain bounds, the others follow by the plan, and what violates a hypothesis is
moved towards those that violate less. Equations that the plan leaves are met by Gauss-Newton steps in logarithms.
Draws are counted, and the same context gives the same economies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from symhet.core.context import Context
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.evaluation import Economies, Laws, Numbers, Shape
from symhet.search.functions import explicit_functions, made_explicit
from symhet.search.meeting import followed, follows, solved, violation
from symhet.search.plan import Plan, by_cases, cutoffs, exponents, orders_of_tails, plans
from symhet.search.slopes import with_totals

DRAWS = 1500
UNKNOWN_DRAWS = 160
"""Draws where equations have to be met by Newton steps."""
NEWTON_EFFORT = 60
"""Steps of work that a round of Newton steps is worth."""
ENOUGH = 8
"""Economies that do where equations have to be met by Newton steps."""
FEW_DRAWS = 40
ROUNDS = 10
FEW_ROUNDS = 3
KEPT = 60
MORE = 12
"""Times as many economies that are looked at where a hypothesis is about derivatives, which only choose among them."""
WHOLE = (2.0, 3.0, 4.0, 5.0)
"""Numbers for symbols in orders of tails: the moments of a law with pieces are rational then."""
NARROW = (0.02, 0.05, 0.2)
"""Half the widths, relatively, of pieces of a law around cutoffs."""
NICE = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 0.5, 1.5, 2.5, 1 / 3, 2 / 3, 0.25, 0.75)
"""Exponents that keep powers of whole numbers and of squares rational."""


@dataclass(frozen=True)
class Draw:
    """What is drawn, before the plan is followed: values of free symbols, and laws."""

    values: dict[Term, Numbers]
    laws: Laws | None

    def economies(self, size: int) -> Economies:
        """Return economies that know what was drawn only."""
        return Economies(size, dict(self.values), self.laws)


def sampled(context: Context, goals: Iterable[Statement] = (), seed: int = 1, kept: int = KEPT) -> Economies | None:
    """Return economies that meet a context up to rounding, with values for totals; None when none was met.

    Examples
    --------
    >>> from symhet.language import statements as s, terms as t
    >>> x = t.symbol("x")
    >>> found = sampled(Context({"low": s.lt(t.ONE, x), "high": s.lt(x, t.number(2))}))
    >>> bool((found.leaves[x] > 1).all() and (found.leaves[x] < 2).all())
    True
    """
    return sampled_with_effort(context, goals, seed, kept)[0]


def sampled_with_effort(
    context: Context, goals: Iterable[Statement] = (), seed: int = 1, kept: int = KEPT
) -> tuple[Economies | None, int]:
    """Return the same, and the steps of work that it takes to draw them, whether or not they are drawn anew."""
    system = tuple(context.hypotheses[name] for name in sorted(context.system))
    hypotheses = tuple(dict.fromkeys(context.hypotheses.values()))
    goals = tuple(goals)
    leaves = frozenset(leaf for goal in goals for leaf in goal.leaves) - context.leaves
    mentioning = tuple(goal for goal in goals if goal.mentions(Head.UNSPECIFIED))
    return _cached(hypotheses, system, context.endogenous, leaves, mentioning, seed, kept)


@lru_cache(maxsize=512)
def _cached(
    hypotheses: tuple[Statement, ...],
    system: tuple[Statement, ...],
    endogenous: frozenset[Term],
    leaves: frozenset[Term],
    goals: tuple[Statement, ...],
    seed: int,
    kept: int,
) -> tuple[Economies | None, int]:
    named = {f"h{i}": statement for i, statement in enumerate(hypotheses)}
    chosen = frozenset(name for name, statement in named.items() if statement in system)
    functions = explicit_functions((*hypotheses, *goals))
    context = made_explicit(Context(named, chosen, endogenous), functions)
    symbols = {x for f in functions.values() for x in (f.level, f.scale, *f.exponents)}
    # What one case does not mention has a value there too: the economies of all cases go together.
    symbols |= {leaf for leaf in context.leaves if leaf.head is Head.SYMBOL}
    totals = frozenset(leaf for leaf in leaves | context.leaves if leaf.head is Head.TOTAL)
    whole, *cases = by_cases(context)
    met: list[Economies] = []
    effort = 0
    # Where an equation holds in one case only, economies of the whole meet it by rounding alone.
    for part in (*cases, whole):
        if part is whole and met:
            break
        found, spent = _drawn_from(part, leaves | symbols, totals, seed, kept, FEW_ROUNDS if cases else ROUNDS)
        effort += spent
        met += [found] if found is not None else []
    if not met:
        return None, effort
    joined = _joined([part.chosen(np.arange(min(part.size, -(-kept // len(met))))) for part in met])
    shapes = {
        name: Shape(joined.leaves[f.level], joined.leaves[f.scale], tuple(joined.leaves[e] for e in f.exponents))
        for name, f in functions.items()
    }
    return Economies(joined.size, joined.leaves, joined.laws, shapes), effort


def _drawn_from(
    context: Context,
    further: frozenset[Term],
    totals: frozenset[Term],
    seed: int,
    kept: int,
    rounds: int,
) -> tuple[Economies | None, int]:
    """Return economies of one case by the first plan that meets any, and the steps of work that it takes."""
    effort = 0
    for plan in _fewest_left(context, plans(context, further), seed):
        sampler = Sampler(context, plan, seed=seed, totals=totals, rounds=rounds)
        met = sampler.economies(kept)
        effort += sampler.effort
        if met is not None:
            return met, effort
    return None, effort


def _fewest_left(context: Context, found: list[Plan], seed: int) -> Iterator[Plan]:
    """Yield plans without the equations that follow from what they solve: two of those that leave fewest others.

    Where these meet nothing, another one may whose first draws violate less: one that leaves none, or as many as these.
    """
    meant = [Sampler(context, plan, seed=seed).without_consequences() for plan in found]
    first = sorted(meant, key=lambda plan: len(plan.left))[:2]
    yield from first
    further = [plan for plan in meant if plan not in first and len(plan.left) <= len(first[-1].left)]
    if not further:
        return

    def missed(plan: Plan) -> float:
        return Sampler(context, plan, seed=seed).typical_violation()

    best = min(further, key=missed)
    if not best.left or missed(best) < min(map(missed, first)):
        yield best


class Sampler:
    """Draws economies of a context by a plan.

    Parameters
    ----------
    context : Context
        What they must meet.
    plan : Plan
        How symbols are found.
    nice : bool
        Whether exponents are drawn from `NICE`.
    seed : int
        The same seed gives the same economies.
    totals : frozenset of Term
        Derivatives that are asked for and that no hypothesis mentions.
    rounds : int
        How often draws are moved towards those that violate least.
    exponential : frozenset of Term
        Further symbols that stand in exponents.
    """

    def __init__(
        self,
        context: Context,
        plan: Plan,
        nice: bool = False,
        seed: int = 1,
        totals: frozenset[Term] = frozenset(),
        rounds: int = ROUNDS,
        exponential: frozenset[Term] = frozenset(),
    ) -> None:
        self._rounds = rounds
        self._further = totals
        self._context, self._plan, self._nice = context, plan, nice
        self._rng = np.random.default_rng(seed)
        self._statements = tuple(context.hypotheses.values())
        self._in_exponents = exponents(self._statements) | exponential
        self._in_orders = orders_of_tails(self._statements)
        self._cutoffs = cutoffs(self._statements)
        self._draws = DRAWS
        self.effort = 0

    def without_consequences(self) -> Plan:
        """Return the plan with those of its equations that are left as checks which hold at what it draws."""
        if not self._plan.left:
            return self._plan
        self._draws = FEW_DRAWS
        economies = followed(self._plan, self._first().economies(FEW_DRAWS))
        self._draws = DRAWS
        met = {equation for equation in self._plan.left if follows(economies, equation)}
        left = tuple(equation for equation in self._plan.left if equation not in met)
        return replace(self._plan, left=left, checks=(*self._plan.checks, *met))

    def typical_violation(self) -> float:
        """Return by how much most of the first draws violate the hypotheses at least."""
        self._draws = FEW_DRAWS
        missed = violation(followed(self._plan, self._first().economies(FEW_DRAWS)), self._plan)
        self._draws = DRAWS
        return float(np.median(missed))

    def economies(self, kept: int = KEPT) -> Economies | None:
        """Return economies that meet the context, None when none was met."""
        plan = self._plan
        self._draws = UNKNOWN_DRAWS if plan.left else DRAWS
        draw = self._first()
        gathered: list[Economies] = []
        wanted = kept * (MORE if _about_totals(self._context) else 1)
        for _ in range(self._rounds):
            self.effort += NEWTON_EFFORT if plan.left else len(self._statements) // 16
            economies = followed(plan, draw.economies(self._draws))
            if plan.left:
                economies = solved(plan, economies)
            missed = violation(economies, plan)
            fine = np.flatnonzero(missed <= 0)
            if len(fine):
                gathered.append(economies.chosen(fine[: 4 * wanted]))
                if sum(part.size for part in gathered) >= (ENOUGH if plan.left else wanted):
                    break
            draw = self._moved(draw, missed)
        return _settled(self._context, plan, gathered, kept, self._further) if gathered else None

    @staticmethod
    def met(context: Context, plan: Plan, drawn: Economies) -> Numbers:
        """Tell which economies meet a context when the plan is followed from what was drawn."""
        economies = followed(plan, drawn)
        fine = violation(economies, plan) <= 0
        totals = _totals(context)
        if totals:
            economies = with_totals(context, economies, totals)
            for check in _about_totals(context):
                fine &= economies.holds(check)
        return fine

    def _first(self) -> Draw:
        values: dict[Term, Numbers] = {}
        for x in _by_bounds(self._plan):
            if self._nice and x in self._in_exponents:
                values[x] = self._nicely(x)
                continue
            spread = 1.3 if x not in self._in_exponents else 0.9
            value = np.exp(spread * self._rng.standard_normal(self._draws))
            if not x.args[1]:
                value = value * self._rng.choice([-1.0, 1.0], self._draws)
            values[x] = _bounded(x, value, self._plan, values)
        return Draw(values, self._laws(values))

    def _nicely(self, x: Term) -> Numbers:
        value = self._rng.choice(WHOLE if x in self._in_orders else NICE, self._draws)
        return value if x.args[1] else value * self._rng.choice([-1.0, 1.0], self._draws)

    def _laws(self, values: dict[Term, Numbers]) -> Laws | None:
        if not any(p.mentions(Head.SURVIVAL, Head.TAIL, Head.DENSITY, Head.SUPPORT) for p in self._statements):
            return None
        rng = self._rng
        steps = np.exp(0.9 * rng.standard_normal((3, self._draws)) - 0.7)
        parts = rng.dirichlet(np.full(3, 0.7), self._draws).T.clip(1e-3)
        parts = parts / parts.sum(axis=0)
        breaks = self._around_cutoffs(np.cumsum(steps, axis=0), values)
        return Laws(breaks, parts[:2] / np.diff(breaks, axis=0), rng.choice(SHAPES, self._draws))

    def _around_cutoffs(self, breaks: Numbers, values: dict[Term, Numbers]) -> Numbers:
        """Return breaks of which two lie close around a cutoff in the last quarter: densities are high there."""
        near = [values[x] for x in sorted(self._cutoffs & values.keys(), key=repr)]
        if not near:
            return breaks
        rng = np.random.default_rng(len(near))
        last = np.arange(3 * self._draws // 4, self._draws)
        at = np.array(near)[rng.integers(len(near), size=len(last)), last].clip(1e-6, 1e6)
        width = rng.choice(NARROW, len(last))
        found = breaks.copy()
        found[1, last], found[2, last] = at * (1 - width), at * (1 + width)
        found[0, last] = np.minimum(found[0, last], at * rng.uniform(0.1, 0.7, len(last)))
        return found

    def _moved(self, draw: Draw, violation: Numbers) -> Draw:
        """Return new draws near those that violate least."""
        rng = self._rng
        index = rng.choice(np.argsort(violation, kind="stable")[: max(self._draws // 25, 8)], self._draws)
        scale = rng.choice([0.05, 0.3, 1.0], self._draws)
        values = {}
        for x, column in draw.values.items():
            if self._nice and x in self._in_exponents:
                values[x] = np.where(rng.random(self._draws) < 0.2, self._nicely(x), column[index])
            else:
                step = scale * rng.standard_normal(self._draws) * (rng.random(self._draws) < 0.5)
                values[x] = column[index] * np.exp(step)
        laws = draw.laws.chosen(index) if draw.laws else None
        if laws is not None:
            factor = np.exp(scale * rng.standard_normal(self._draws))
            laws = Laws(laws.breaks * factor, laws.heights / factor, rng.choice(SHAPES, self._draws))
        return Draw(values, laws)


SHAPES = (4.0, 6.0, 9.0, 15.0)


def _totals(context: Context) -> set[Term]:
    return {leaf for statement in context.hypotheses.values() for leaf in statement.leaves if leaf.head is Head.TOTAL}


def _about_totals(context: Context) -> list[Statement]:
    return [statement for statement in context.hypotheses.values() if statement.mentions(Head.TOTAL)]


def _settled(
    context: Context, plan: Plan, gathered: list[Economies], kept: int, further: frozenset[Term]
) -> Economies | None:
    """Return all that was gathered, with totals, where the hypotheses about totals hold too."""
    found = _joined(gathered)
    totals = _totals(context) | further
    if totals:
        found = with_totals(context, found, totals)
        known = np.logical_and.reduce([np.isfinite(found.value(total)) for total in totals])
        if known.any():
            found = found.chosen(np.flatnonzero(known))
        for check in _about_totals(context):
            found = found.chosen(np.flatnonzero(found.holds(check)))
    return found.chosen(np.arange(min(found.size, kept))) if found.size else None


def _joined(parts: list[Economies]) -> Economies:
    first = parts[0]
    if len(parts) == 1:
        return first
    join = lambda arrays: np.concatenate(arrays, axis=-1)  # noqa: E731
    leaves = {leaf: join([part.leaves[leaf] for part in parts]) for leaf in first.leaves}
    laws = first.laws and Laws(
        *(join([getattr(p.laws, name) for p in parts]) for name in ("breaks", "heights", "shape"))
    )
    return Economies(sum(part.size for part in parts), leaves, laws)


def _by_bounds(plan: Plan) -> list[Term]:
    """Return the drawn symbols, those that bound others first where that can be."""
    bounding = {
        x: {leaf for low, bound in _bounds(x, plan) for leaf in bound.leaves} & set(plan.drawn) for x in plan.drawn
    }
    done: list[Term] = []

    def visit(x: Term, above: frozenset[Term]) -> None:
        if x not in done and x not in above:
            for other in sorted(bounding[x], key=repr):
                visit(other, above | {x})
            if x not in done:
                done.append(x)

    for x in plan.drawn:
        visit(x, frozenset())
    return done


def _bounds(x: Term, plan: Plan) -> list[tuple[bool, Term]]:
    """Return plain bounds of a symbol: whether it is a lower one, and the term."""
    found = []
    for check in plan.checks:
        if check.op in (Op.LESS, Op.AT_MOST):
            left, right = check.args
            if right is x and x not in left.leaves:
                found.append((True, left))
            elif left is x and x not in right.leaves:
                found.append((False, right))
    return found


def _bounded(x: Term, value: Numbers, plan: Plan, known: dict[Term, Numbers]) -> Numbers:
    economies = Economies(len(value), dict(known))
    low, high = np.full(len(value), 0.0 if x.args[1] else -np.inf), np.full(len(value), np.inf)
    for below, bound in _bounds(x, plan):
        if bound.leaves <= known.keys() and not bound.mentions(Head.SUPPORT):
            at = economies.value(bound)
            low, high = (np.fmax(low, at), high) if below else (low, np.fmin(high, at))
    share = np.abs(value) / (1 + np.abs(value))
    with np.errstate(all="ignore"):
        inside = np.where(
            np.isfinite(low), np.where(np.isfinite(high), low + (high - low) * share, low + np.abs(value)), value
        )
        return np.where(~np.isfinite(low) & np.isfinite(high), high - np.abs(value), inside)
