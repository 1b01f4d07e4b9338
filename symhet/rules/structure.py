"""Rules that take a goal apart: cuts, rewriting, new names, charts, cases, quantifiers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import sympy as sp

from symhet.algebra.total import is_total
from symhet.propositions import (
    And,
    ForAll,
    Iff,
    Implies,
    Or,
    Prop,
    Rel,
    eq,
    free_symbols,
    gt,
    lt,
    negate,
    replace,
    substitute,
)
from symhet.rules.base import (
    Args,
    Check,
    Context,
    failure,
    require_conditions,
    require_fresh,
    require_kept,
    require_zero,
    rewrite_all,
    rewrite_term,
)
from symhet.rules.definedness import conditions
from symhet.rules.language import require_terms


def with_steps(check: Check, context: Context, steps: Iterable[tuple[Any, ...]]) -> Context:
    """Check statements one after another, each with the ones before it, and return the context that has them all.

    A fourth entry that is true says that an equation holds identically: it is proved from what holds at every point
    near by, so that it holds there too and may be differentiated.
    """
    for name, prop, proof, *identically in steps:
        if any(identically):
            if not context.system or not isinstance(prop, Rel) or prop.op != "=":
                raise failure("cut", "only an equation between functions of the parameters holds identically", name)
            if any(is_total(symbol) for symbol in free_symbols(prop)):
                raise failure("cut", "a total derivative may not be differentiated", name)
            check(context.nearby(), prop, proof)
        else:
            check(context, prop, proof)
        context = context.having(name, prop, any(identically))
    return context


def cut(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Prove statements first, each with the ones before it, then the goal with all of them."""
    check(with_steps(check, context, args["steps"]), goal, args["then"])


def rewrite(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Replace equals by equals in the goal, left to right."""
    target = rewrite_all(goal, context, args["using"])
    moved = partial(rewrite_term, context=context, names=args["using"])
    facts = [context.hypotheses[used] for used in args["using"]]
    require_kept(check, context, goal, target, moved, args, facts)
    check(context, target, args["then"])


def name(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Give a fresh positive symbol to a term that is proved positive."""
    symbol, term = args["symbol"], args["term"]
    require_fresh(symbol, context.symbols() | free_symbols(goal) | term.free_symbols, goal, "name")
    check(context, gt(term, 0), args["positive"])
    check(context.having(args["as"], eq(symbol, term)), goal, args["then"])


def chart(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Change to positive coordinates: each is a positive term, and the old symbols are recovered from them."""
    coordinates: dict[sp.Symbol, sp.Expr] = dict(args["coordinates"])
    mapping: dict[sp.Symbol, sp.Expr] = dict(args["map"])
    taken = context.symbols() | free_symbols(goal)
    taken |= frozenset().union(*(term.free_symbols for term in coordinates.values()))
    for symbol, proof in zip(coordinates, args["positive"], strict=True):
        require_fresh(symbol, taken, goal, "chart")
        check(context, gt(coordinates[symbol], 0), proof)
    for old, new in mapping.items():
        if not isinstance(old, sp.Symbol) or is_total(old):
            raise failure("chart", f"{old} is not a coordinate to replace", str(goal))
        require_terms((new,))
        recovered = new.xreplace(coordinates)
        require_kept(
            check, context, eq(new, new), eq(recovered, recovered), partial(replace, mapping=coordinates), args
        )
        require_zero(check, context, old - recovered, args, "chart", (recovered,))
    target, charted, moved = substitute(goal, mapping), context.rewritten(mapping), partial(replace, mapping=mapping)
    plain = charted.relations()
    for known, prop in context.hypotheses.items():
        require_kept(check, plain, prop, charted.hypotheses[known], moved, args, assumed=True)
    require_kept(check, charted, goal, target, moved, args)
    check(charted, target, args["then"])


def split(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A conjunction is proved part by part."""
    if not isinstance(goal, And):
        raise failure("split", "the goal is no conjunction", str(goal))
    for part, proof in zip(goal.parts, args["parts"], strict=True):
        check(context, part, proof)


def intro(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """To prove an implication, assume the premise."""
    if not isinstance(goal, Implies):
        raise failure("intro", "the goal is no implication", str(goal))
    check(context.having(args["name"], goal.premise), goal.conclusion, args["then"])


def both(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """An equivalence is two implications."""
    if not isinstance(goal, Iff):
        raise failure("both", "the goal is no equivalence", str(goal))
    check(context, Implies(goal.left, goal.right), args["forward"])
    check(context, Implies(goal.right, goal.left), args["backward"])


def choose(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A disjunction holds when one part does."""
    if not isinstance(goal, Or):
        raise failure("choose", "the goal is no disjunction", str(goal))
    check(context, goal.parts[args["part"]], args["proof"])


def cases(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A known disjunction is used by proving the goal in each of its cases."""
    known = context.hypotheses[args["name"]]
    if not isinstance(known, Or):
        raise failure("cases", f"{args['name']!r} is no disjunction", str(known))
    for part, proof in zip(known.parts, args["proofs"], strict=True):
        check(context.having(args["as"], part), goal, proof)


def use(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A part of a known conjunction, or the conclusion of a known implication whose premise is proved."""
    known = context.hypotheses[args["name"]]
    if isinstance(known, And):
        known = known.parts[args["part"]]
    elif isinstance(known, Implies):
        check(context, known.premise, args["premise"])
        known = known.conclusion
    elif isinstance(known, Iff):
        sides = (known.left, known.right) if args["forward"] else (known.right, known.left)
        check(context, sides[0], args["premise"])
        known = sides[1]
    if known != goal:
        raise failure("use", f"{args['name']!r} does not give that", str(goal))


def absurd(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """Anything follows from 0 < 0; with ``name``, the negation of the goal may be used to get there.

    What has no value is neither so nor otherwise: before a goal is negated its terms must exist.
    """
    if "name" in args:
        require_conditions(check, context, conditions(goal), args)
        context = context.having(args["name"], negate(goal))
    check(context, lt(0, 0), args["proof"])


def generalise(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A statement about all positive values is proved for a fresh positive symbol."""
    if not isinstance(goal, ForAll):
        raise failure("generalise", "the goal does not quantify", str(goal))
    symbol = args.get("symbol", goal.variable)
    taken = context.symbols() | free_symbols(goal if symbol == goal.variable else goal.body)
    require_fresh(symbol, taken, goal, "generalise")
    mapping = {goal.variable: symbol}
    target = substitute(goal.body, mapping)
    require_kept(check, context, goal.body, target, partial(replace, mapping=mapping), args)
    check(context, target, args["then"])


def specialise(check: Check, context: Context, goal: Prop, args: Args) -> None:
    """A statement known for all positive values holds at a positive term."""
    known = context.hypotheses[args["name"]]
    if not isinstance(known, ForAll):
        raise failure("specialise", f"{args['name']!r} does not quantify", str(known))
    check(context, gt(args["term"], 0), args["positive"])
    mapping = {known.variable: args["term"]}
    if substitute(known.body, mapping) != goal:
        raise failure("specialise", "the instance is not the goal", str(goal))
    require_kept(check, context, known.body, goal, partial(replace, mapping=mapping), args, assumed=True)
