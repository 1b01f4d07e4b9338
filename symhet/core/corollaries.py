"""Facts that follow from lemmas of the core, by name: what is built here is a certificate, checked as any other.

Each has premises and a conclusion in the bound variables that stand for its arguments, as the lemmas of
`symhet.core.lemmas` do, and is used as one of them; the comment above it says how it follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from types import MappingProxyType

from symhet.core import lemmas
from symhet.core.lemmas import Instance
from symhet.core.records import Cases, Choose, Combine, Cut, Hypothesis, Lemma, Proof, Proofs
from symhet.core.uses import records_in
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import eq, le, lt, ne, positive
from symhet.language.terms import MINUS_ONE, ONE, SUPPORT, ZERO, Term

_A, _B, _C = map(t.bound, range(3))
_STEP, _SIDE = "of a corollary", "case of a corollary"
_TANGENT = t.add(ONE, t.multiply(_B, t.difference(_A, ONE)))

COROLLARIES: Mapping[str, Instance] = MappingProxyType(
    {
        # 1 = 1^b < a^b.
        "pow_gt_one": ((lt(ONE, _A), positive(_B)), lt(ONE, t.power(_A, _B))),
        # a^b < 1^b = 1.
        "pow_lt_one": ((positive(_A), lt(_A, ONE), positive(_B)), lt(t.power(_A, _B), ONE)),
        # a^b times what a^(c - b) lies above 1.
        "pow_exponent": ((lt(ONE, _A), lt(_B, _C)), lt(t.power(_A, _B), t.power(_A, _C))),
        # a^b times what a^(c - b) lies below 1.
        "pow_exponent_below": ((positive(_A), lt(_A, ONE), lt(_B, _C)), lt(t.power(_A, _C), t.power(_A, _B))),
        # The tangent to the power 1 - b at 1/a, times a.
        "bernoulli_negative": ((positive(_A), ne(_A, ONE), lt(_B, ZERO)), lt(_TANGENT, t.power(_A, _B))),
        # The tangent to the power 1/b at a^b.
        "bernoulli_below": ((positive(_A), ne(_A, ONE), positive(_B), lt(_B, ONE)), lt(t.power(_A, _B), _TANGENT)),
        # 0 = ln 1 < ln a.
        "log_positive": ((lt(ONE, _A),), positive(t.log(_A))),
        # ln a < ln 1 = 0.
        "log_negative": ((positive(_A), lt(_A, ONE)), lt(t.log(_A), ZERO)),
        # The tangent to the logarithm at exp a.
        "exp_above_tangent": ((ne(_A, ZERO),), lt(t.add(ONE, _A), t.exp(_A))),
        # A number is negative, zero or positive.
        "square_not_negative": ((), le(ZERO, t.whole_power(_A, 2))),
        # A point lies below the lower end of the support, at it or above it.
        "survival_at_most_one": ((positive(_A),), le(t.survival(_A), ONE)),
    }
)


def arity(name: str) -> int:
    """Return the number of arguments that a lemma or corollary takes.

    Examples
    --------
    >>> arity("pow_mono"), arity("log_positive")
    (3, 1)
    """
    premises, conclusion = COROLLARIES.get(name) or lemmas.LEMMAS[name]
    return max(statement.reach for statement in (*premises, conclusion))


def instance(name: str, arguments: tuple[Term, ...]) -> Instance:
    """Return premises and conclusion of a lemma or corollary at its arguments.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> instance("log_positive", (x,))[1] is positive(t.log(x))
    True
    """
    return lemmas.applied(COROLLARIES[name], arguments) if name in COROLLARIES else lemmas.instance(name, arguments)


def certificate(name: str, arguments: tuple[Term, ...], premises: Proofs) -> Proof:
    """Return the certificate of an instance from those of its premises.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> certificate("log_positive", (x,), (Hypothesis("x>1"),)).schema
    'log_mono'
    """
    if name not in COROLLARIES:
        return Lemma(name, arguments, premises)
    if name in _INSTANCES:
        return _INSTANCES[name](*arguments, *premises)
    cuts = [record for proof in premises for record in records_in(proof) if type(record) is Cut]
    taken = {label.partition(".")[0] for cut in cuts for label, *_ in cut.steps}
    prefix = next(prefix for n in count() if (prefix := f"premise {n}") not in taken)
    stated, _ = instance(name, arguments)
    names = [f"{prefix}.{i}" for i, _ in enumerate(stated)]
    steps = tuple([(label, said, found, False) for label, said, found in zip(names, stated, premises, strict=True)])
    then = _BUILT[name](*arguments, *names)
    return Cut((*steps, *then.steps), then.then) if type(then) is Cut else Cut(steps, then)


_INSTANCES: Mapping[str, Callable[..., Proof]] = {
    "pow_gt_one": lambda a, b, above, exponent: Lemma("pow_mono", (ONE, a, b), (Combine(), above, exponent)),
    "pow_lt_one": lambda a, b, base, below, exponent: Lemma("pow_mono", (a, ONE, b), (base, below, exponent)),
    "log_positive": lambda a, above: Lemma("log_mono", (ONE, a), (Combine(), above)),
    "log_negative": lambda a, base, below: Lemma("log_mono", (a, ONE), (base, below)),
}
"""Corollaries that are a lemma at other arguments, from those of the corollary and the proofs of its premises."""


def _pow_exponent(a: Term, b: Term, c: Term, above: str, order: str) -> Proof:
    raised = certificate("pow_gt_one", (a, t.difference(c, b)), (Hypothesis(above), _by(order)))
    return _then(_STEP, lt(ONE, t.power(a, t.difference(c, b))), raised, t.power(a, b))


def _pow_exponent_below(a: Term, b: Term, c: Term, base: str, below: str, order: str) -> Proof:
    raised = certificate("pow_lt_one", (a, t.difference(c, b)), (*map(Hypothesis, (base, below)), _by(order)))
    return _then(_STEP, lt(t.power(a, t.difference(c, b)), ONE), raised, t.power(a, b))


def _bernoulli_negative(a: Term, b: Term, base: str, apart: str, below: str) -> Proof:
    arguments = t.whole_power(a, -1), t.difference(ONE, b)
    inverse = Combine(((ONE, ((base, -1),)),))
    premises = inverse, Combine(((MINUS_ONE, ((apart, 1), (base, -1))),)), _by(below)
    _, said = instance("bernoulli_above", arguments)
    tangent = (_STEP, said, Lemma("bernoulli_above", arguments, premises), False)
    return Cut((tangent,), Combine(((ONE, ((_STEP, 1), (base, 1))),)))


def _bernoulli_below(a: Term, b: Term, base: str, apart: str, exponent: str, below: str) -> Proof:
    power = t.power(a, b)
    lower = certificate("pow_lt_one", (a, b), (Hypothesis(base), Hypothesis(_SIDE), Hypothesis(exponent)))
    upper = certificate("pow_gt_one", (a, b), (Hypothesis(_SIDE), Hypothesis(exponent)))
    differs = Cases(apart, _SIDE, (Choose(0, lower), Choose(1, upper)))
    arguments = power, t.whole_power(b, -1)
    premises = Combine(), differs, Combine(((ONE, ((below, 1), (exponent, -1))),))
    _, said = instance("bernoulli_above", arguments)
    tangent = (_STEP, said, Lemma("bernoulli_above", arguments, premises), False)
    return Cut((tangent,), Combine(((ONE, ((_STEP, 1), (exponent, 1))),)))


def _exp_above_tangent(a: Term, apart: str) -> Proof:
    sides = [Lemma("exp_mono", pair, (Hypothesis(_SIDE),)) for pair in ((a, ZERO), (ZERO, a))]
    differs = Cases(apart, _SIDE, tuple([Choose(i, side) for i, side in enumerate(sides)]))
    return Lemma("log_below_tangent", (t.exp(a),), (Combine(), differs))


def _square_not_negative(a: Term) -> Proof:
    strict = Choose(0, Combine(((ONE, ((_SIDE, 2),)),)))
    zero = Choose(1, Combine(((t.negative(a), ((_SIDE, 1),)),)))
    return _by_order(a, ZERO, (strict, zero, strict))


def _survival_at_most_one(a: Term, base: str) -> Proof:
    below = [Choose(i, Hypothesis(_SIDE)) for i in (0, 1)]
    at_most = [Choose(1, Lemma("survival_below_support", (a,), (Hypothesis(base), order))) for order in below]
    return _by_order(a, SUPPORT, (*at_most, Choose(0, Lemma("survival_above_support", (a,), (Hypothesis(_SIDE),)))))


_BUILT: Mapping[str, Callable[..., Proof]] = {
    "pow_exponent": _pow_exponent,
    "pow_exponent_below": _pow_exponent_below,
    "bernoulli_negative": _bernoulli_negative,
    "bernoulli_below": _bernoulli_below,
    "exp_above_tangent": _exp_above_tangent,
    "square_not_negative": _square_not_negative,
    "survival_at_most_one": _survival_at_most_one,
}
"""Certificates of the other corollaries, from their arguments and the names of their premises."""


def _by(name: str) -> Proof:
    """Return the certificate of a relation with the gap of a known one."""
    return Combine(((ONE, ((name, 1),)),))


def _then(label: str, statement: s.Statement, proof: Proof, weight: Term) -> Proof:
    """Return the certificate of a relation whose gap is that of a step times a weight."""
    return Cut(((label, statement, proof, False),), Combine(((weight, ((label, 1),)),)))


def _by_order(a: Term, b: Term, proofs: Proofs) -> Proof:
    """Return a certificate by cases: a lies below b, at it or above it."""
    order = s.either(lt(a, b), eq(a, b), lt(b, a))
    return Cut(((_STEP, order, Lemma("trichotomy", (a, b)), False),), Cases(_STEP, _SIDE, proofs))
