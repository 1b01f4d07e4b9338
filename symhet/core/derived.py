"""Certificates for steps that are instances of the core's rules: what they prove is checked as any other certificate.

``side`` holds statements with their proofs: conditions under which the terms of a step have values.
"""

from __future__ import annotations

from itertools import count

from symhet.core.context import Context
from symhet.core.corollaries import certificate
from symhet.core.records import (
    Choose,
    Combine,
    Cut,
    Differentiate,
    Hypothesis,
    Lemma,
    Named,
    Names,
    Pairs,
    Proof,
    Proofs,
    Rewrite,
    Side,
    Split,
    Use,
)
from symhet.core.rules.base import open_conditions
from symhet.language import terms as t
from symhet.language.definedness import Condition, Kind
from symhet.language.statements import FALSE, Statement, eq, exists, ne, positive
from symhet.language.terms import ONE, ZERO, Term

Coefficients = tuple[tuple[str, Term], ...]


def lacking(context: Context, name: str) -> Context:
    """Return a context without one of its hypotheses."""
    kept = {known: statement for known, statement in context.hypotheses.items() if known != name}
    return Context(kept, context.system - {name}, context.endogenous)


def asked(condition: Condition) -> Statement:
    """Return a condition as a statement: ``0 < t``, ``t != 0``, ``T(1, t) = T(1, t)`` or ``g(t) = g(t)``.

    Examples
    --------
    >>> from symhet.language import terms as t
    >>> asked(Condition(Kind.POSITIVE, t.symbol("x")))
    less(number(0, 1), symbol('x', True))
    """
    kind, term = condition
    if kind is Kind.POSITIVE:
        return positive(term)
    if kind is Kind.NONZERO:
        return ne(term, ZERO)
    return exists(t.tail(ONE, term) if kind is Kind.FINITE else t.density(term))


def sided(side: Side, then: Proof) -> Proof:
    """Return a certificate in which conditions are proved first.

    Examples
    --------
    >>> sided((), Combine()) == Combine()
    True
    """
    return Cut(tuple([("", statement, proof, False) for statement, proof in side]), then) if side else then


def identity(side: Side = ()) -> Proof:
    """Return the certificate that both sides of an equation have the same normal form."""
    return sided(side, Combine())


def sign(multiplier: Term = ONE, side: Side = ()) -> Proof:
    """Return the certificate that the gap, times a positive multiplier, has the sign wanted by its form."""
    return sided(side, Combine((), multiplier))


def linear(terms: Coefficients, side: Side = ()) -> Proof:
    """Return the certificate that a gap is a combination of the gaps of known equations."""
    return sided(side, Combine(_weighted(terms)))


def combine(
    terms: Coefficients = (),
    equations: Coefficients = (),
    multiplier: Term = ONE,
    rest: Term = ZERO,
    side: Side = (),
) -> Proof:
    """Return the certificate that multiplier * gap is a combination of known gaps and a rest of a manifest sign."""
    last = () if rest is ZERO else ((rest, ()),)
    return sided(side, Combine((*_weighted(terms), *_weighted(equations), *last), multiplier))


def _weighted(terms: Coefficients) -> tuple[tuple[Term, tuple[tuple[str, int], ...]], ...]:
    return tuple([(weight, ((name, 1),)) for name, weight in terms])


def product(factors: tuple[tuple[str, int], ...], coefficient: Term = ONE, side: Side = ()) -> Proof:
    """Return the certificate that a gap is a positive coefficient times powers of known gaps."""
    return sided(side, Combine(((coefficient, factors),)))


def hypothesis(name: str, side: Side = ()) -> Proof:
    """Return the certificate that the goal is known, to the letter or with an equal gap."""
    return sided(side, Hypothesis(name))


def transported(
    name: str, using: Names = (), factor: Term = ONE, positive_factor: Proofs = (), side: Side = ()
) -> Proof:
    """Return the certificate that a gap is a multiple, positive for an inequality, of a known one after rewriting."""
    if factor is ONE:
        return sided(side, Hypothesis(name, using))
    shown = tuple([(positive(factor), proof) for proof in positive_factor])
    return sided((*shown, *side), Combine(((factor, ((name, 1),)),), using=using))


def apart(below: bool, proof: Proof) -> Proof:
    """Return the certificate that two sides differ since the left lies below the right, or above."""
    return Choose(0 if below else 1, proof)


def weaken(equal: bool, proof: Proof) -> Proof:
    """Return the certificate of a weak inequality from an equation, or from a strict one."""
    return Choose(int(equal), proof)


def both(forward: Proof, backward: Proof) -> Proof:
    """Return the certificate of an equivalence from those of two implications."""
    return Split((forward, backward))


def use(name: str, part: int = 0, forward: bool = True, premise: Proofs = ()) -> Proof:
    """Return the certificate of a part of a known conjunction, or of what a known implication concludes."""
    return Use(name, int(not forward) if premise else part, (), premise)


def specialise(name: str, term: Term, shown: Proof) -> Proof:
    """Return the certificate of an instance of what is known for all positive values."""
    return Use(name, 0, (term,), (shown,))


def absurd(proof: Proof) -> Proof:
    """Return the certificate of anything from one of 0 < 0."""
    return Cut((("0 < 0", FALSE, proof, False),), Hypothesis("0 < 0"))


def chart(coordinates: Pairs, images: Pairs, shown: Proofs, then: Proof, side: Side = ()) -> Proof:
    """Return the certificate of a goal in positive coordinates, from which old symbols are recovered as their images.

    ``then`` proves the goal with the images put in, everywhere. ``shown`` proves that the coordinates are positive.
    """
    labels = tuple([f"coordinate {symbol.args[0]}" for symbol, _ in coordinates])
    recovered = sided(side, Rewrite(labels, Combine()))
    steps = tuple([(f"image {old.args[0]}", eq(old, image), recovered, False) for old, image in images])
    proof: Proof = Cut(steps, Rewrite(tuple([name for name, *_ in steps]), then, everywhere=True))
    for (symbol, term), label, found in reversed(list(zip(coordinates, labels, shown, strict=True))):
        proof = Named(symbol, term, label, found, proof)
    return proof


def powers(context: Context, goal: Statement, factors: Coefficients, side: Side = ()) -> Proof:
    """Return the certificate that left = right * the product of (left_i / right_i)^e_i over known equations."""
    steps: list[tuple[str, Statement, Proof, bool]] = []
    summands = []
    before = [goal.args[1]]
    for name, exponent in factors:
        above, below = context.known(name).args
        for one, other, weight in ((above, below, t.MINUS_ONE), (below, above, ONE)):
            if set(open_conditions(context, (t.log(one),))).difference(open_conditions(context, (one,))):
                steps.append(("", positive(one), Combine(((weight, ((name, 1),)), (other, ()))), False))
        label = next(label for i in count() if (label := f"power {i}") not in context.hypotheses)
        raised = [t.power(term, exponent) for term in (above, below)]
        equal = eq(*raised)
        shown = Lemma("pow_equal", (above, below, exponent), (Hypothesis(name),))
        steps.append((label, equal, shown, False))
        context = context.having(label, equal)
        inverse = t.power(below, t.negative(exponent))
        summands.append((t.product_of([*before, inverse]), ((label, 1),)))
        before += [raised[0], inverse]
    return sided(side, Cut(tuple(steps), Combine(tuple(summands))))


def lemma(schema: str, arguments: tuple[Term, ...], premises: Proofs = (), side: Side = ()) -> Proof:
    """Return the certificate of an instance of a lemma or corollary."""
    return sided(side, certificate(schema, arguments, premises))


def differentiate(equation: str, parameter: Term, side: Side = ()) -> Proof:
    """Return the certificate of the chain rule on an equation of the system."""
    return sided(side, Differentiate(equation, parameter))
