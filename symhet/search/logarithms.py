"""Products compared by their logarithms: what is multiplicative becomes linear.

A gap of two parts, one positive and one negative, says that a quotient of products of powers exceeds one, which is that
the sum of its exponents times logarithms is positive. Known inequalities between such products give facts about the
same logarithms, and a combination of these is looked for.
"""

from __future__ import annotations

from math import lcm

from symhet.core import corollaries, derived
from symhet.core.records import Proof
from symhet.language import terms as t
from symhet.language.statements import Op, Statement, lt, positive
from symhet.language.terms import ONE, ZERO, Head, Term
from symhet.search.branch import Branch, first
from symhet.search.building import number, over, parted, subterms, summands, times
from symhet.search.factors import by_factors
from symhet.search.instances import instantiated, of_tails
from symhet.search.proposals import suggestions, with_instances
from symhet.search.signs import Fact, by_combination, known_facts
from symhet.search.work import Stuck

MAX_KNOWN = 10
MAX_POWER = 12


def by_logarithms(branch: Branch, goal: Statement) -> Proof:
    """A goal with two parts, from known inequalities with two parts."""
    if goal.op is not Op.LESS:
        raise Stuck("not strict")
    above, below = two_parts(branch, goal.gap)
    ratio = over(above, below)
    here = branch.fork()
    tails = instantiated(here, of_tails(here, subterms(ratio))) if ratio.mentions(Head.TAIL, Head.SURVIVAL) else []
    facts = log_facts(here, ratio.leaves, tails)
    wanted = positive(t.log(ratio))
    if facts is None:
        raise Stuck("nothing known")
    try:
        proof = by_combination(here, wanted, facts)
    except Stuck:
        proof = _of_sum(here, wanted)
    name = here.have(wanted, proof, "logarithm")
    statement = lt(t.exp(ZERO), t.exp(t.log(ratio)))
    premises = (derived.hypothesis(name),)
    raised = here.sided(statement, lambda side: derived.lemma("exp_mono", (ZERO, t.log(ratio)), premises, side))
    known = here.have(statement, raised, "exponential")
    proof = here.sided(goal, lambda side: derived.combine(terms=((known, below),), side=side))
    return branch.checked(goal, here.close(proof))


def _of_sum(branch: Branch, wanted: Statement) -> Proof:
    """Prove that a logarithm is positive by its factors, or by what its summands suggest."""
    summed = positive(branch.tidy(wanted.args[1]))
    own = set(wanted.args[1].args)
    suggested = [candidate for candidate in suggestions(branch, summed) if not own.intersection(candidate[1])]
    return first(branch, wanted, by_factors, lambda here, goal: with_instances(here, goal, suggested))


def by_products(branch: Branch, goal: Statement) -> Proof:
    """A sum of logarithms is positive because one product exceeds another."""
    if goal.op is not Op.LESS:
        raise Stuck("not strict")
    above, below, multiple = products(goal.gap)
    here = branch.fork()
    inner = here.fork(here.context, deeper=2, plain=True)
    premises = (_positive(here, below), inner.prover(inner, lt(below, above)))
    statement = lt(t.log(below), t.log(above))
    proof = here.sided(statement, lambda side: derived.lemma("log_mono", (below, above), premises, side))
    name = here.have(statement, proof, "logarithm")
    share = over(ONE, number(multiple))
    return branch.checked(goal, here.close(here.sided(goal, lambda side: derived.combine(((name, share),), side=side))))


def products(gap: Term) -> tuple[Term, Term, int]:
    """Return products and a number: the difference of their logarithms is that multiple of a sum of logarithms.

    Examples
    --------
    >>> from symhet.language.spelling import text
    >>> x, y = t.symbol("x"), t.symbol("y")
    >>> above, below, multiple = products(t.add(t.log(x), t.multiply(t.number(-1, 2), t.log(y))))
    >>> text(above), text(below), multiple
    ('x^2', 'y', 2)
    """
    parts = [(coefficient, rest) for coefficient, rest in map(parted, summands(gap)) if coefficient]
    if len(parts) < 2 or any(rest.head is not Head.LOG for _, rest in parts):
        raise Stuck("not a sum of logarithms")
    multiple = lcm(*(coefficient.denominator for coefficient, _ in parts))
    whole = [(int(multiple * coefficient), rest.args[0]) for coefficient, rest in parts]
    if max(abs(exponent) for exponent, _ in whole) > MAX_POWER:
        raise Stuck("high powers")
    above = times(*(t.whole_power(argument, n) if n > 1 else argument for n, argument in whole if n > 0))
    below = times(*(t.whole_power(argument, -n) if n < -1 else argument for n, argument in whole if n < 0))
    return above, below, multiple


def by_stripping(branch: Branch, goal: Statement) -> Proof:
    """A quotient Q^e exceeds one, or is one, since Q is so and e is positive; the exponents of sums are tried for e."""
    above, below = two_parts(branch, goal.gap)
    ratio = over(above, below)
    last = Stuck("no power of a sum")
    for exponent in dict.fromkeys(node.args[1] for node in _of_sums(ratio)):
        sign = branch.sign(exponent)
        if not sign:
            continue
        e = exponent if sign > 0 else times(t.MINUS_ONE, exponent)
        try:
            return _stripped(branch, goal, ratio, below, e)
        except Stuck as stuck:
            last = stuck
    raise last


def _of_sums(term: Term) -> list[Term]:
    return [node for node in subterms(term) if node.head is Head.POWER and node.args[0].head is Head.SUM]


def _stripped(branch: Branch, goal: Statement, ratio: Term, below: Term, e: Term) -> Proof:
    base = branch.tidy(t.power(ratio, over(ONE, e)))
    if len(_of_sums(base)) >= len(_of_sums(ratio)) or not branch.agree(t.power(base, e), ratio):
        raise Stuck("the exponent does not come off")
    here = branch.fork()
    weak = goal.op is Op.AT_MOST
    schema, arguments = ("pow_mono_weak", (ONE, base, e)) if weak else ("pow_gt_one", (base, e))
    wanted, statement = corollaries.instance(schema, arguments)
    premises = tuple(here.prover(here.fork(here.context, deeper=2, plain=True), premise) for premise in wanted)
    proof = here.sided(statement, lambda side: derived.lemma(schema, arguments, premises, side))
    name = here.have(statement, proof, "power")
    final = here.sided(goal, lambda side: derived.combine(terms=((name, below),), side=side))
    return branch.checked(goal, here.close(final))


def two_parts(branch: Branch, gap: Term) -> tuple[Term, Term]:
    """Return positive terms whose difference the gap is."""
    algebra = branch.algebra(gap)
    split = algebra.splits[0]
    if not split.number or len(split.primitive) != 2:
        raise Stuck("not of two parts")
    outer = times(number(split.number), algebra.of_monomial(split.monomial))
    parts = [times(outer, number(int(c)), algebra.of_monomial(monomial)) for monomial, c in split.primitive.items()]
    signs = [branch.sign(part) for part in parts]
    if sorted(signs) != [-1, 1]:
        raise Stuck("not of opposite signs")
    above, below = parts if signs[0] > 0 else parts[::-1]
    return above, times(t.MINUS_ONE, below)


def log_facts(branch: Branch, leaves: frozenset[Term], further: list[Fact]) -> list[Fact] | None:
    """Add as steps what known inequalities of two parts say of logarithms; return them with other facts."""
    facts = [*further, *known_facts(branch, leaves, MAX_KNOWN)]
    facts = list({fact.name: fact for fact in facts}.values())
    found = list(facts)
    for fact in facts:
        if not fact.strict:
            continue
        try:
            above, below = two_parts(branch, fact.gap)
            statement = lt(t.log(below), t.log(above))
            order = lt(below, above)
            inner = derived.combine(terms=((fact.name, ONE),))
            premises = (_positive(branch, below), branch.checked(order, inner))
            proof = branch.sided(
                statement,
                lambda side, p=premises, a=(below, above): derived.lemma("log_mono", a, p, side),  # type: ignore[misc]
            )
        except Stuck:
            continue
        found.append(Fact(branch.have(statement, proof, "log"), True, statement.gap))
    return found if len(found) > len(facts) else None


def _positive(branch: Branch, term: Term) -> Proof:
    return branch.prover(branch.fork(branch.context, deeper=2, plain=True), positive(term))
