"""What a counterexample of the core says in explicit terms: functions put in, derivatives as what the conditions give.

The exact point itself is the kernel's; what is said here is followed in floating point, for pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symhet.core import kernel
from symhet.core.calculus import derivative
from symhet.core.records import Witness
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.rebuilding import map_terms
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.language.terms import Head, Term

__all__ = ["differentiated", "put_in"]


def put_in(statement: Statement, witness: Witness) -> Statement:
    """Return a statement with the functions of a witness put in for their names.

    Examples
    --------
    >>> from symhet.language.spelling import text
    >>> price = t.symbol("p")
    >>> witness = Witness((), functions=(("supply", t.add(t.bound(0), t.ONE)),))
    >>> text(put_in(s.positive(t.unspecified("supply", (0,), price)), witness))
    '0 < p + 1'
    """
    functions = dict(witness.functions)
    if not functions or not statement.mentions(Head.UNSPECIFIED):
        return statement
    return map_terms(statement, lambda term, _: _explicit(term, functions))


def _explicit(term: Term, functions: Mapping[str, Term]) -> Term:
    if not term.mentions(Head.UNSPECIFIED):
        return term
    children = tuple(_explicit(child, functions) for child in term.children)
    if term.head is not Head.UNSPECIFIED:
        return term.with_children(children)
    body = functions[term.args[0]]
    for index, order in enumerate(term.args[1]):
        for _ in range(order):
            body = derivative(body, t.bound(index))
    return t.replace(body, {t.bound(index): child for index, child in enumerate(children)})


def differentiated(theorem: kernel.Theorem) -> tuple[Statement, ...]:
    """Return the conditions of a refuted statement, differentiated by the parameters that its derivatives vary.

    None where one of them has no derivative in the language, as by the order of a moment.
    """
    try:
        return tuple(_slopes(theorem))
    except Refusal:
        return ()


def _slopes(theorem: kernel.Theorem) -> Iterator[Statement]:
    context, witness = theorem.context, theorem.certificate
    if not isinstance(witness, Witness):
        return
    totals = {leaf for said in (theorem.goal, *context.hypotheses.values()) for leaf in said.leaves if _is_total(leaf)}
    parameters = sorted({total.args[1] for total in totals}, key=repr)
    for name in sorted(context.system):
        gap = put_in(context.hypotheses[name], witness).gap
        moving = sorted(context.endogenous & gap.leaves, key=repr)
        for parameter in parameters:
            through = [t.multiply(derivative(gap, y), t.total(y, parameter)) for y in moving]
            yield s.eq(t.total_of([derivative(gap, parameter), *through]), t.ZERO)


def _is_total(leaf: Term) -> bool:
    return leaf.head is Head.TOTAL
