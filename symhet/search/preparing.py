"""What is made of a context before a goal is tried: conjunctions unfolded, statements about all values put to use.

What is known has a value, so that the bases of its powers and what stands under its logarithms are positive: where one
factor of such a term has no sign by its build, that factor is positive.
"""

from __future__ import annotations

from collections.abc import Iterable

from symhet.core import corollaries, derived
from symhet.core.records import Proof
from symhet.core.rules.base import rewritten
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import Kind, evident
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.algebra import NoTermError
from symhet.search.branch import Branch, size
from symhet.search.building import number, over, subterms, times
from symhet.search.fingerprints import same
from symhet.search.orders import in_each_order
from symhet.search.plan import terms_of
from symhet.search.work import Stuck

MAX_GRANTED = 6
MAX_INSTANCES = 12
MAX_LONG = 5
MAX_PARTS = 3
_APPLIED = (Head.UNSPECIFIED, Head.SURVIVAL, Head.TAIL, Head.DENSITY)


def prepare(branch: Branch, goal: Statement) -> None:
    """Add parts of conjunctions, instances of statements about all values, and conclusions whose premises hold."""
    for name, known in list(branch.context.hypotheses.items()):
        if known.op is Op.AND:
            unfold(branch, name, known)
    for name, known in list(branch.context.hypotheses.items()):
        if known.op is Op.FORALL:
            _specialise(branch, name, known, _arguments(branch, goal, known))
    for name, known in list(branch.context.hypotheses.items()):
        if known.op is Op.IMPLIES and known.args[1] is FALSE and known.args[0].is_relation:
            _deny(branch, name, known.args[0])
        elif known.op in (Op.IMPLIES, Op.IFF):
            _conclude(branch, name, known)
    _positive_bases(branch)
    for name in sorted(branch.context.system):
        _bound_parts(branch, name, branch.context.hypotheses[name])
    long = [(name, p) for name, p in branch.context.hypotheses.items() if p.op in (Op.LESS, Op.AT_MOST) and p.depth > 6]
    for name, known in long[:MAX_LONG]:
        _shorten(branch, name, known)
    for known in list(branch.context.hypotheses.values()):
        if known.op is Op.LESS and all(side.head is Head.POWER for side in known.args):
            _strip(branch, known)


def _positive_bases(branch: Branch) -> None:
    """Add the sign of what has to be positive for what is known to have a value; that of a product is said of parts."""
    known = {p.gap for p in branch.context.hypotheses.values() if p.op is Op.LESS}
    granted = {term for kind, term in branch.context.grants if kind is Kind.POSITIVE and not evident(term)}
    asked = [term for term in granted - known if term.head not in (Head.PRODUCT, Head.WHOLE_POWER)]
    # What is said most shortly says most; grants have no order of their own.
    for term in sorted(asked, key=lambda term: (size(term), repr(term)))[:MAX_GRANTED]:
        statement = s.positive(term)
        branch.have(statement, branch.checked(statement, derived.combine(rest=term)), "base")


def _bound_parts(branch: Branch, name: str, known: Statement) -> None:
    """Add that each of several positive parts lies below what a condition with powers says that they add up to."""
    for whole, parts, weight in ((*known.args, t.MINUS_ONE), (*known.args[::-1], t.ONE)):
        if parts.head is not Head.SUM or not known.mentions(Head.POWER) or not all(map(evident, (whole, *parts.args))):
            continue
        for index, part in enumerate(parts.args[:MAX_PARTS]):
            rest = t.total_of([*parts.args[:index], *parts.args[index + 1 :]])
            statement = s.lt(part, whole)
            proof = derived.combine(equations=((name, weight),), rest=rest)
            try:
                branch.have(statement, branch.checked(statement, proof), "part of a sum")
            except Stuck:
                return


def _shorten(branch: Branch, name: str, known: Statement) -> None:
    """Add a known inequality without the positive parts that all of its gap has in common."""
    try:
        algebra = branch.algebra(known.gap)
        split = algebra.splits[0]
        rest = algebra.of_value(split.primitive)
        sign = branch.sign(rest)
        if len(split.primitive) < 2 or not sign or 2 * size(rest) > size(known.gap):
            return
        outer = times(number(split.number * sign), algebra.of_monomial(split.monomial))
        rest = rest if sign > 0 else times(t.MINUS_ONE, rest)
        plain = branch.fork(branch.context, deeper=2, plain=True)
        factor = over(t.ONE, outer)
        proof = plain.prover(plain.fork(), s.positive(factor))
        statement = s.statement(known.op, t.ZERO, rest)
        shown = plain.sided(statement, lambda side: derived.transported(name, (), factor, (proof,), side))
    except (Stuck, NoTermError):
        return
    branch.have(statement, shown, "shorter")


def _strip(branch: Branch, known: Statement) -> None:
    """Add what a known order of two powers with one exponent says of their bases."""
    (_, exponent), (_, other) = (side.args for side in known.args)
    sign = branch.sign(exponent)
    if not sign or not same(exponent, other):
        return
    plain = branch.fork(branch.context, deeper=2, plain=True)
    arguments = (*known.args, over(number(sign), exponent))
    premises, raised = corollaries.instance("pow_mono", arguments)
    bases = tuple(branch.tidy(side) for side in raised.args)
    statement = s.lt(*bases)
    try:
        proofs = tuple(plain.prover(plain.fork(), premise) for premise in premises)
        proof = plain.sided(statement, lambda side: derived.lemma("pow_mono", arguments, proofs, side))
    except Stuck:
        return
    branch.have(statement, proof, "stripped")


def unfold(branch: Branch, name: str, known: Statement) -> None:
    """Add the parts of a known conjunction, and theirs; other statements have none."""
    for index, part in enumerate(known.args if known.op is Op.AND else ()):
        unfold(branch, branch.have(part, derived.use(name, index), "part"), part)


def _arguments(branch: Branch, goal: Statement, known: Statement) -> list[Term]:
    """Return closed terms at which what a statement speaks of occurs elsewhere."""
    names = {node.args[0] for node in _nodes((known,)) if node.head is Head.UNSPECIFIED}
    found: dict[Term, None] = {}
    for node in _nodes((goal, *branch.context.hypotheses.values())):
        if node.reach or node.head not in _APPLIED or (node.head is Head.UNSPECIFIED) is not bool(names):
            continue
        if not names or node.args[0] in names:
            found.update(dict.fromkeys(node.children))
    return list(found)[:MAX_INSTANCES]


def _nodes(statements: Iterable[Statement]) -> list[Term]:
    return [node for term in terms_of(statements) if term.mentions(*_APPLIED) for node in subterms(term)]


def _specialise(branch: Branch, name: str, known: Statement, arguments: list[Term]) -> None:
    for term in arguments:
        statement = s.at(known.args[0], term)
        try:
            proof = branch.prover(branch.fork(deeper=2), s.positive(term))
            branch.have(statement, branch.checked(statement, derived.specialise(name, term, proof)), "instance")
        except Stuck:
            continue


def _conclude(branch: Branch, name: str, known: Statement) -> None:
    """Add the conclusion of a known implication or equivalence whose premise is known to the letter, or is plain."""
    ways = [(True, *known.args)] + ([(False, *known.args[::-1])] if known.op is Op.IFF else [])
    for forward, premise, conclusion in ways:
        if not branch.plausible(premise):
            continue
        inner = branch.fork(deeper=4)
        try:
            proof = branch.prover(inner, premise)
        except Stuck:
            continue
        unfold(branch, branch.have(conclusion, derived.use(name, 0, forward, (proof,)), "conclusion"), conclusion)


def _deny(branch: Branch, name: str, denied: Statement) -> None:
    """Add what a known denial of a relation says of its sides, where they have values."""
    left, right = denied.args
    contrary = {
        Op.LESS: s.le(right, left),
        Op.AT_MOST: s.lt(right, left),
        Op.EQUAL: s.ne(left, right),
        Op.DIFFER: s.eq(left, right),
    }[denied.op]

    def proof_of(case: Branch, label: str, part: Statement) -> Proof:
        if part is contrary:
            return derived.hypothesis(label)
        if contrary.op is Op.AT_MOST and part.op is Op.EQUAL:
            return case.prover(case, contrary)
        if contrary.op is Op.AT_MOST and part.args == contrary.args:
            return derived.weaken(False, derived.hypothesis(label))
        if contrary.op is Op.DIFFER and part.op is not Op.EQUAL:
            return derived.apart(part.args == contrary.args, derived.hypothesis(label))
        return derived.absurd(derived.use(name, 0, True, (case.prover(case, denied),)))

    try:
        branch.have(contrary, in_each_order(branch, contrary, (left, right), proof_of), "denied")
    except Stuck:
        return


def values_of_integrals(branch: Branch, statements: Iterable[Statement]) -> tuple[str, ...]:
    """Add what integrals in statements are as equations; return their names."""
    found: list[str] = []
    for term in terms_of(statements):
        if not term.mentions(Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO):
            continue
        for node in subterms(term):
            if node.head in (Head.INTEGRAL, Head.INTEGRAL_FROM_ZERO) and not node.reach:
                name = _value(branch, node)
                if name is not None and name not in found:
                    found.append(name)
    return tuple(found)


def _value(branch: Branch, node: Term) -> str | None:
    schemas = ("power_integral", "reciprocal_integral") if node.head is Head.INTEGRAL else ("power_integral_from_zero",)
    for schema in schemas:
        premises, conclusion = corollaries.instance(schema, node.args)
        if not all(branch.plausible(premise) for premise in premises):
            continue
        statement = s.eq(node, conclusion.args[1])
        try:
            proofs = tuple(branch.prover(branch.fork(branch.context, deeper=1), premise) for premise in premises)
            proof = branch.sided(
                statement,
                lambda side, q=schema, p=proofs: derived.lemma(q, node.args, p, side),  # type: ignore[misc]
            )
        except Stuck:
            continue
        return branch.have(statement, proof, "integral")
    return None


def without_integrals(branch: Branch, goal: Statement) -> tuple[tuple[str, ...], Statement]:
    """Return the names of equations that take the integrals out of a goal, and the goal without them."""
    using = values_of_integrals(branch, (goal,))
    return using, rewritten(goal, branch.context, using)
