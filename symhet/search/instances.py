"""Instances of lemmas chosen by the terms that occur: powers, logarithms, exponentials, tangents, tails."""

from __future__ import annotations

from collections.abc import Iterable

from symhet.core import corollaries, derived
from symhet.core.records import Proof
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.language.terms import ONE, Head, Term
from symhet.search.branch import Branch, first
from symhet.search.building import minus, over, subterms, times
from symhet.search.signs import Fact, by_combination, by_facts, by_sign, known_facts, pair_products
from symhet.search.work import Stuck

MAX_INSTANCES = 20
MAX_EQUATIONS = 6
MAX_PAIRED = 7
PREMISE = 60
"""Steps for a premise of a lemma: it is an order known already, or close to it."""
_OF_TAILS = ("tail_", "survival_", "density_")
_ALONE = ("tail_excess", "tail_survival_falls", "tail_survival_shrinks", "density_positive")
"""What is tried first: one cutoff's tails, and the order of shares above two."""
Candidate = tuple[str, tuple[Term, ...]]


def by_instances(branch: Branch, goal: Statement) -> Proof:
    """A combination of known inequalities and of lemma instances that the goal's terms suggest."""
    here = branch.fork()
    found = instantiated(here, candidates(branch, goal))
    if not found:
        raise Stuck("no instances")
    facts = [*found, *known_facts(here, goal.leaves)]
    seen: dict[str, Fact] = {fact.name: fact for fact in facts}
    return branch.checked(goal, here.close(by_combination(here, goal, list(seen.values()))))


def by_instances_and_equations(branch: Branch, goal: Statement) -> Proof:
    """The same with equations about the goal's symbols, times monomials, and with what is known of their tails."""
    equations = _equations_about(branch, goal)
    if branch.bare or not equations:
        raise Stuck("no equations")
    here = branch.fork()
    about = [goal, *(here.context.hypotheses[name] for name in equations)]
    nodes = dict.fromkeys(node for statement in about for term in statement.args for node in subterms(term))
    wanted = of_tails(here, nodes)
    leaves = frozenset(leaf for statement in about for leaf in statement.leaves)
    found: list[Fact] = []
    last = Stuck("no combination")
    for names in (_ALONE, ()):
        part = [candidate for candidate in wanted if (candidate[0] in _ALONE) is bool(names)]
        found += instantiated(here, part)
        facts = {fact.name: fact for fact in (*found, *known_facts(here, leaves))}
        try:
            return branch.checked(goal, here.close(by_combination(here, goal, list(facts.values()), equations)))
        except Stuck as stuck:
            last = stuck
    raise last


def _equations_about(branch: Branch, goal: Statement) -> tuple[str, ...]:
    """Return equations that share symbols with a goal, those first that share most, without derivatives."""
    ranked = []
    for index, (name, statement) in enumerate(branch.context.hypotheses.items()):
        if statement.op is not Op.EQUAL or statement.args[0] is statement.args[1] or statement.mentions(Head.TOTAL):
            continue
        if statement.leaves & goal.leaves:
            ranked.append((-len(statement.leaves & goal.leaves), index, name))
    return tuple(name for *_, name in sorted(ranked)[:MAX_EQUATIONS])


def by_instance_pairs(branch: Branch, goal: Statement) -> Proof:
    """The same, with products of two of what the tails at the goal's cutoffs are known to be."""
    if not goal.mentions(Head.TAIL, Head.SURVIVAL):
        raise Stuck("no tails")
    here = branch.fork()
    found = instantiated(here, of_tails(here, list(subterms(goal.gap))))
    strict = [fact for fact in found if fact.strict][:MAX_PAIRED]
    if len(strict) < 2:
        raise Stuck("no two facts")
    facts = [*found, *pair_products(here, strict), *known_facts(here, goal.leaves)]
    return branch.checked(goal, here.close(by_combination(here, goal, list({f.name: f for f in facts}.values()))))


def by_moments(branch: Branch, goal: Statement) -> Proof:
    """A moment is finite because one of a higher order is."""
    left, right = goal.args
    if left is not right or left.head is not Head.TAIL or left.args[0] is not ONE:
        raise Stuck("not about a moment")
    for name, known in branch.context.hypotheses.items():
        high = known.args[0] if known.op is Op.EQUAL and known.args[0] is known.args[-1] else goal
        if type(high) is not Term or high.head is not Head.TAIL or high.args[0] is not ONE:
            continue
        orders = left.args[1], high.args[1]
        try:
            below = branch.prover(branch.fork(deeper=1), s.le(*orders))
            return branch.checked(goal, derived.lemma("moment_below", orders, (below, derived.hypothesis(name))))
        except Stuck:
            continue
    raise Stuck("no higher moment is known to be finite")


def instantiated(branch: Branch, wanted: list[Candidate]) -> list[Fact]:
    """Add the instances whose premises are proved as steps; return what they say."""
    found: list[Fact] = []
    stronger: set[Candidate] = set()
    for name, arguments in wanted:
        if (name, arguments) in stronger:
            continue
        fact = instance(branch, name, arguments)
        if fact is not None:
            found.append(fact)
            stronger.add((name.replace("falls", "shrinks"), arguments))
            if len(found) >= MAX_INSTANCES:
                break
    return found


def instance(branch: Branch, name: str, arguments: tuple[Term, ...]) -> Fact | None:
    """Add one instance as a step, None when a premise is not proved."""
    premises, conclusion = corollaries.instance(name, arguments)
    if not all(branch.plausible(premise) for premise in premises if premise.is_relation):
        return None
    try:
        plain = branch.fork(branch.context, deeper=2, plain=True)
        tactic = _known_order if name.startswith(_OF_TAILS) else branch.prover
        proofs = tuple(plain.within(PREMISE, tactic, premise) for premise in premises)
        proof = branch.sided(conclusion, lambda side: derived.lemma(name, arguments, proofs, side))
    except Stuck:
        return None
    return Fact(branch.have(conclusion, proof, "lemma"), conclusion.op is Op.LESS, conclusion.gap)


def _known_order(branch: Branch, premise: Statement) -> Proof:
    """The order of two cutoffs as far as it is known: what tails do between cutoffs is not worth a search."""
    if premise.op in (Op.LESS, Op.AT_MOST):
        for name, known in branch.context.hypotheses.items():
            if known is premise:
                return derived.hypothesis(name)
        return first(branch, premise, by_sign, by_facts)
    return branch.prover(branch, premise)


def candidates(branch: Branch, goal: Statement) -> list[Candidate]:
    """Return instances that the terms of a goal suggest, the likeliest first."""
    found: dict[Candidate, None] = {}
    nodes = dict.fromkeys(
        node for term in (*goal.args, _normal(branch, goal)) for node in subterms(term) if not node.reach
    )
    for candidate in of_tails(branch, nodes):
        found.setdefault(candidate)
    for candidate in _orders_of_logarithms(branch, [node.args[0] for node in nodes if node.head is Head.LOG]):
        found.setdefault(candidate)
    for node in nodes:
        for candidate in _suggested(node):
            found.setdefault(candidate)
    for candidate in _of_ratios([node.args for node in nodes if node.head is Head.POWER]):
        found.setdefault(candidate)
    return list(found)


def _of_ratios(powers: list[tuple[Term, Term]]) -> list[Candidate]:
    """Return tangents of powers of a ratio, for products of two powers such as x^a y^(1-a)."""
    open_powers = [(base, exponent) for base, exponent in powers if exponent.head is not Head.NUMBER][:4]
    pairs = [(x, e, y) for x, e in open_powers for y, _ in open_powers if x is not y]
    return [(name, (over(x, y), e)) for x, e, y in pairs for name in ("bernoulli_below", "bernoulli_above")]


def of_tails(branch: Branch, nodes: Iterable[Term]) -> list[Candidate]:
    """Return what is known of the tails that occur: their signs, and their order at cutoffs of known order."""
    nodes = list(nodes)
    cutoffs = dict.fromkeys(node.args[0] for node in nodes if node.head in (Head.SURVIVAL, Head.TAIL))
    orders = dict.fromkeys(node.args[1] for node in nodes if node.head is Head.TAIL)
    found: list[Candidate] = [("support_not_negative", ())] if any(n.head is Head.SUPPORT for n in nodes) else []
    for x in dict.fromkeys(node.args[0] for node in nodes if node.head is Head.DENSITY):
        found += [("density_positive", (x,)), ("density_not_negative", (x,))]
    found += [("tail_excess", node.args) for node in nodes if node.head is Head.TAIL]
    for x in cutoffs:
        for y in cutoffs:
            if x is not y and branch.sign(minus(y, x)) > 0:
                found += _of_cutoffs(x, y, list(orders))
    for x in cutoffs:
        above = dict.fromkeys(node.args[1] for node in nodes if node.head is Head.TAIL and node.args[0] is x)
        found += [("scaled_moment_rises", (x, p, q)) for p in above for q in above if branch.sign(minus(q, p)) > 0]
        found += [("survival_above_support", (x,)), ("survival_at_most_one", (x,))]
    return found


def _of_cutoffs(x: Term, y: Term, orders: list[Term]) -> list[Candidate]:
    names = ("tail_moment_falls", "tail_between_lower", "tail_between_upper", "tail_moment_shrinks")
    found: list[Candidate] = [("tail_survival_falls", (x, y)), ("tail_survival_shrinks", (x, y))]
    found += [(name, (x, y, order)) for order in orders for name in names]
    return found + [("pow_mono", (x, y, order)) for order in orders]


def _orders_of_logarithms(branch: Branch, arguments: list[Term]) -> list[Candidate]:
    """Return log_mono and tangents for pairs of logarithms that are ordered one way in all economies."""
    found: list[Candidate] = []
    for index, x in enumerate(arguments[:5]):
        for y in arguments[index + 1 : 5]:
            sign = branch.sign(minus(y, x))
            if sign:
                low, high = (x, y) if sign > 0 else (y, x)
                found.append(("log_mono", (low, high)))
                found += [("log_below_tangent", (over(low, high),)), ("log_below_tangent", (over(high, low),))]
    return found


def _normal(branch: Branch, goal: Statement) -> Term:
    try:
        algebra = branch.algebra(goal.gap)
        return algebra.of_split(algebra.splits[0])
    except Exception as error:
        raise Stuck("no normal form") from error


def _suggested(node: Term) -> list[Candidate]:
    if node.head is Head.LOG:
        return _of_logarithm(node.args[0])
    if node.head is Head.EXP:
        return [
            ("exp_above_tangent", (node.args[0],)),
            ("exp_mono", (t.ZERO, node.args[0])),
            ("exp_mono", (node.args[0], t.ZERO)),
        ]
    if node.head is Head.POWER and node.args[1].head is not Head.NUMBER:
        return _of_power(*node.args)
    if node.head is Head.POWER:
        return [(name, node.args) for name in ("pow_gt_one", "pow_lt_one", "bernoulli_below", "bernoulli_above")]
    return []


def _of_logarithm(x: Term) -> list[Candidate]:
    inverse = over(ONE, x)
    found: list[Candidate] = [(name, (y,)) for y in (x, inverse) for name in ("log_below_tangent",)]
    found += [("log_positive", (x,)), ("log_negative", (x,))]
    if x.head is Head.SUM:
        found += [("log_negative", (over(part, x),)) for part in x.args]
    return found


def of_shares(total: Term, exponent: Term) -> list[Candidate]:
    """Return what powers of the shares of a sum are compared with: the shares, and their tangents at equal shares."""
    shares = [over(part, total) for part in total.args]
    count = t.number(len(shares))
    found: list[Candidate] = [("pow_exponent_below", (share, ONE, exponent)) for share in shares]
    found += [("pow_exponent_below", (share, exponent, ONE)) for share in shares]
    found += [("bernoulli_above", (times(count, share), exponent)) for share in shares]
    return found + [("bernoulli_below", (times(count, share), exponent)) for share in shares]


def _of_power(base: Term, exponent: Term) -> list[Candidate]:
    opposite = times(t.MINUS_ONE, exponent)
    found: list[Candidate] = []
    for e in (exponent, opposite):
        found += [("pow_gt_one", (base, e)), ("pow_lt_one", (base, e))]
    tangents = ("bernoulli_above", "bernoulli_below", "bernoulli_negative")
    found += [(name, (base, e)) for e in (exponent, opposite) for name in tangents]
    if base.head is Head.SUM:
        found += of_shares(base, exponent)
    found += [("pow_mono_weak", (base, ONE, e)) for e in (exponent, opposite)]
    found += [("pow_mono_weak", (ONE, base, e)) for e in (exponent, opposite)]
    return found


__all__ = [
    "by_instance_pairs",
    "by_instances",
    "by_instances_and_equations",
    "by_moments",
    "candidates",
    "instance",
    "instantiated",
]
