"""The whole search: goals taken apart, then tactics in turn, the cheapest first.

A goal that fails in an economy drawn is given up at once; a goal that failed in a context is not tried there again, one
that was proved there keeps its certificate. What would need an equation is not looked for among inequalities.
"""

from __future__ import annotations

from contextlib import suppress

from symhet.core import derived, records
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language import statements as s
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.terms import Head
from symhet.search import (
    cases,
    chains,
    comparison,
    derivatives,
    equations,
    factoring,
    factors,
    instances,
    logarithms,
    maxima,
    phases,
    powers,
    proposals,
    quotients,
    roots,
    signs,
    statics,
    unmoved,
)
from symhet.search.branch import DEPTH, Branch, Tactic, first
from symhet.search.building import subterms, unused
from symhet.search.charts import charted
from symhet.search.contradiction import denied, excluded, from_any
from symhet.search.parts import by_parts
from symhet.search.preparing import prepare, without_integrals
from symhet.search.solved_powers import by_solved_power
from symhet.search.unfolding import by_definitions, by_unfolding
from symhet.search.work import Stuck
from symhet.search.written import by_written_parts


def search(branch: Branch, goal: Statement) -> Proof:
    """Return a certificate for a goal of any kind; raise `Stuck` when none is found."""
    for name, known in branch.context.hypotheses.items():
        if known in (goal, FALSE):
            return derived.hypothesis(name)
    if branch.depth < 0:
        raise Stuck("too deep")
    place = branch.place(goal)
    if place in branch.work.proved:
        return branch.work.proved[place]
    if branch.is_tried(goal):
        raise Stuck("tried before")
    work = branch.work
    here = (goal, frozenset(branch.context.hypotheses.values()))
    if here in work.open:
        work.doubtful = True
        raise Stuck("asked for itself")
    work.open.add(here)
    context = branch.context
    was_doubtful, work.doubtful = work.doubtful, False
    left = work.left
    try:
        proof = _BY_OP.get(goal.op, _relation)(branch, goal)
    except Stuck:
        branch.give_up(goal, left)
        raise
    finally:
        work.doubtful |= was_doubtful
        work.open.discard(here)
    if branch.context is context:
        work.proved[place] = proof
    return proof


def _intro(branch: Branch, goal: Statement) -> Proof:
    premise, conclusion = goal.args
    if conclusion is FALSE:
        return denied(branch.fork(), premise)
    name = branch.fresh("premise")
    if _never(branch, premise):
        with suppress(Stuck):
            return records.Intro(name, excluded(branch.supposing(name, premise), name, conclusion))
    return records.Intro(name, opened(branch.supposing(name, premise), conclusion))


def _never(branch: Branch, premise: Statement) -> bool:
    """Tell whether a premise is met in none of the economies drawn."""
    economies = branch.seen(premise)
    return economies is not None and not economies.holds(premise).any()


def opened(branch: Branch, goal: Statement) -> Proof:
    """Prove a goal after what is known was prepared for use."""
    prepare(branch, goal)
    phases.settle(branch)
    return branch.close(search(branch.fork(branch.context), goal))


def _both(branch: Branch, goal: Statement) -> Proof:
    left, right = goal.args
    with suppress(Stuck):
        return derivatives.by_values(branch, goal)
    return derived.both(search(branch.fork(), s.implies(left, right)), search(branch.fork(), s.implies(right, left)))


def _choose(branch: Branch, goal: Statement) -> Proof:
    if len(goal.args) == 3 and goal.args[1].op is Op.EQUAL:
        proof = derived.lemma("trichotomy", goal.args[1].args)
        try:
            return branch.checked(goal, proof)
        except Stuck:
            pass
    for index, part in enumerate(goal.args):
        if branch.plausible(part):
            try:
                return records.Choose(index, search(branch.fork(deeper=1), part))
            except Stuck:
                continue
    return first(branch, goal, cases.by_one_or_other, cases.by_order_of_premises, cases.by_apart_cases)


def _generalise(branch: Branch, goal: Statement) -> Proof:
    x = unused((f"any_{i}" for i in range(99)), branch.context.leaves, goal.leaves)
    inner = branch.fork()
    return records.Generalise(x, search(inner, s.at(goal.args[0], x)))


def _relation(branch: Branch, goal: Statement) -> Proof:
    if not goal.is_relation:
        raise Stuck("no tactic for this kind of statement")
    with suppress(Stuck):
        return first(branch, goal, *_AT_ONCE[goal.op])
    if not branch.plausible(goal):
        raise Stuck("it fails in an economy drawn")
    return first(branch, goal, *_LADDERS[goal.op])


def _within(steps: int, tactic: Tactic) -> Tactic:
    """Return a tactic that gives up when it has used so many steps."""
    return lambda branch, goal: branch.within(steps, tactic, goal)


EXCLUDING = 1500
"""Steps for finding what excludes a hypothesis."""
LIGHT: tuple[Tactic, ...] = (signs.by_sign, signs.by_facts, factors.by_factors)
"""What settles most signs."""


def _in_exponent_charts(branch: Branch, goal: Statement) -> Proof:
    """In coordinates for the exponents alone."""
    return charted(branch, goal, _charted, in_exponents=True)


def _in_charts(branch: Branch, goal: Statement) -> Proof:
    return charted(branch, goal, _charted)


def _charted(branch: Branch, goal: Statement) -> Proof:
    if factors.is_composite(branch, goal):
        return first(branch, goal, signs.by_sign, factors.by_factors)
    return first(branch, goal, *LIGHT, signs.by_pairs, logarithms.by_logarithms, instances.by_instances)


def _after_elimination(branch: Branch, goal: Statement) -> Proof:
    """An inequality, once known equations are solved and put into it and into known inequalities."""
    if branch.plain:
        raise Stuck("equations are left alone here")
    last = Stuck("no equations")
    seen: set[Statement] = set()
    for manner in equations.MANNERS:
        try:
            here = branch.fork()
            using = equations.eliminated(here, goal, manner)
            moved = rewritten(goal, here.context, using)
            if not using or moved in seen:
                continue
            seen.add(moved)
            before = len(here.context.hypotheses)
            equations.put_into_facts(here, moved, using)
            if moved is goal and before == len(here.context.hypotheses):
                continue
            inner = here.fork(here.context, deeper=1, plain=True)
            proof = _plainly(inner, moved)
            return branch.checked(goal, here.close(records.Rewrite(using, proof)))
        except Stuck as stuck:
            last = stuck
    raise last


def _plainly(branch: Branch, goal: Statement) -> Proof:
    """An inequality without putting equations into it: one with several factors by these, a single one by all means."""
    first_try: list[Tactic] = [equations.by_hypothesis, signs.by_sign]
    try:
        return first(branch, goal, *first_try)
    except Stuck:
        pass
    alone = not branch.needs_equations(goal)
    if factors.is_composite(branch, goal):
        weak = (factors.by_weak_factor, proposals.by_proposals) if goal.op is Op.AT_MOST else ()
        whole = (signs.by_facts, signs.by_squares) if alone else ()
        return first(branch, goal, factors.by_factors, *whole, *weak)
    return first(branch, goal, *(_SINGLE if alone else _WITH_EQUATIONS))


def _with_solved_power(branch: Branch, goal: Statement) -> Proof:
    return by_solved_power(branch, goal, _plainly)


_WITH_EQUATIONS: tuple[Tactic, ...] = (signs.by_facts_and_equations, instances.by_instances_and_equations)
_SINGLE: tuple[Tactic, ...] = (
    signs.by_facts,
    signs.by_facts_and_equations,
    logarithms.by_products,
    logarithms.by_stripping,
    _within(120, factors.by_part_beside_parameters),
    _within(800, logarithms.by_logarithms),
    signs.by_squares,
    _within(700, proposals.by_proposals),
    instances.by_instances,
    instances.by_instance_pairs,
    _in_exponent_charts,
    _in_charts,
    signs.by_pairs,
    _within(300, factors.by_part_of_fact),
    instances.by_instances_and_equations,
)


def _integrated(branch: Branch, goal: Statement) -> Proof:
    """A goal about integrals, their values put in."""
    if not goal.mentions(Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO):
        raise Stuck("no integrals")
    here = branch.fork()
    using, moved = without_integrals(here, goal)
    if not using:
        raise Stuck("no values of integrals")
    inner = here.prover(here.fork(here.context), moved)
    return branch.checked(goal, here.close(records.Rewrite(using, inner)))


def _at_once(branch: Branch, goal: Statement) -> Proof:
    """An inequality that is known, or follows from what is known about its symbols."""
    return first(branch, goal, equations.by_hypothesis, signs.by_sign, _by_facts)


def _by_facts(branch: Branch, goal: Statement) -> Proof:
    """By known inequalities, where no world drawn shows that these do not do."""
    if branch.needs_equations(goal):
        raise Stuck("it needs an equation")
    return signs.by_facts(branch, goal)


def _differing(branch: Branch, goal: Statement) -> Proof:
    """Two terms differ, since equality contradicts something: not looked for below where either order occurs."""
    if branch.either_order(*goal.args) and branch.depth < DEPTH - 1:
        raise Stuck("either order occurs")
    return cases.by_differing(branch, goal)


def _absurd(branch: Branch, goal: Statement) -> Proof:
    """From hypotheses that no economy meets anything follows: the goal 0 < 0 among them."""
    if goal is not FALSE:
        raise Stuck("the goal says something")
    return branch.within(EXCLUDING, from_any, goal)


def _unfolded(branch: Branch, goal: Statement) -> Proof:
    """An inequality with definitions put in, by what is cheap."""
    if branch.plain:
        raise Stuck("equations are left alone here")
    return by_unfolding(branch, goal, _lightly)


def _lightly(branch: Branch, goal: Statement) -> Proof:
    """By what is cheap, in coordinates too."""
    return first(branch, goal, equations.by_hypothesis, signs.by_sign, _by_facts, _light_in_charts)


def _light_in_charts(branch: Branch, goal: Statement) -> Proof:
    if branch.needs_equations(goal):
        raise Stuck("it needs an equation")
    return charted(branch, goal, lambda inner, moved: first(inner, moved, signs.by_sign, signs.by_facts))


def _change_of_tails(branch: Branch, goal: Statement) -> Proof:
    """An inequality between tails at several points that is an equation where two of these are equal."""
    if len({node.args[0] for node in subterms(goal.gap) if node.head is Head.TAIL}) < 2:
        raise Stuck("no tails at several points")
    if factors.is_composite(branch, goal):
        raise Stuck("its factors come first")
    return comparison.by_change(branch, goal)


_INEQUALITY: tuple[Tactic, ...] = (
    _absurd,
    _at_once,
    phases.by_own_case,
    unmoved.by_unmoved,
    _within(1000, cases.by_contraposition),
    quotients.by_root,
    _within(400, _unfolded),
    comparison.by_hidden_condition,
    _within(1000, _change_of_tails),
    _within(2000, by_written_parts),
    _within(3000, _plainly),
    chains.by_third,
    _integrated,
    _within(1200, derivatives.by_values),
    statics.by_differentiation,
    _within(200, comparison.by_condition),
    _within(1000, powers.by_raising),
    _after_elimination,
    _within(600, _with_solved_power),
    comparison.by_change,
    _within(1000, cases.by_touching_fact),
    comparison.by_condition,
    cases.by_apart_cases,
    phases.by_known_cases,
    _within(2500, derivatives.by_values),
)


def _plain_sign(branch: Branch, goal: Statement) -> Proof:
    """The gap is positive by its form, no condition being open."""
    return branch.checked(goal, derived.sign())


def _plain_identity(branch: Branch, goal: Statement) -> Proof:
    """The sides have the same form, no condition being open."""
    return branch.checked(goal, derived.identity())


def _touching(branch: Branch, goal: Statement) -> Proof:
    """A weak inequality that is an equation where two symbols are equal, without proving the strict one throughout."""
    if not cases.touches(goal):
        raise Stuck("no symbols at which both sides are equal")
    parts = (factors.by_weak_factor,) if factors.is_composite(branch, goal) else ()
    weak = (equations.by_hypothesis, *parts, signs.by_facts, signs.by_squares)
    return first(branch, goal, *weak, logarithms.by_stripping, _within(700, proposals.by_proposals), cases.by_order)


_AT_ONCE: dict[Op, tuple[Tactic, ...]] = {
    Op.EQUAL: (_plain_identity,),
    Op.LESS: (signs.by_value, _plain_sign),
    Op.AT_MOST: (_plain_sign,),
    Op.DIFFER: (_plain_sign,),
}
"""What is tried before economies are drawn."""
_LADDERS: dict[Op, tuple[Tactic, ...]] = {
    Op.EQUAL: (
        factoring.by_identity,
        equations.by_hypothesis,
        phases.by_own_case,
        cases.by_squeeze,
        instances.by_moments,
        equations.by_cofactor,
        _integrated,
        equations.by_identity_in_charts,
        quotients.by_quotient,
        quotients.by_root,
        _within(1500, by_definitions),
        _within(1500, powers.by_raising_both),
        unmoved.by_unmoved,
        equations.by_elimination_of_few,
        statics.by_differentiation,
        comparison.by_hidden_condition,
        equations.by_elimination,
        comparison.by_condition,
        cases.by_apart_cases,
        phases.by_known_cases,
    ),
    Op.LESS: _INEQUALITY,
    Op.AT_MOST: (signs.by_equality, _touching, *_INEQUALITY, signs.by_weaken, cases.by_order),
    Op.DIFFER: (
        equations.by_hypothesis,
        signs.by_sign,
        signs.by_apart,
        phases.by_own_case,
        cases.by_apart_cases,
        phases.by_known_cases,
        _differing,
    ),
}
_BY_OP: dict[Op, Tactic] = {
    Op.AND: by_parts,
    Op.OR: _choose,
    Op.IMPLIES: _intro,
    Op.IFF: _both,
    Op.FORALL: _generalise,
    Op.UNIQUE_ROOT: roots.by_fall,
    Op.MAXIMISER: maxima.by_concavity,
}
