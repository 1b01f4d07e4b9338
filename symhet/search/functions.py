"""Unspecified functions made explicit: level + scale * the product of x_i^e_i, with symbols for the numbers.

That is enough room for examples: the scale meets an equation, the exponents give slopes of either sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from symhet.core.context import Context
from symhet.language import terms as t
from symhet.language.rebuilding import map_terms, own_terms
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term
from symhet.search.building import minus, number, plus, raised, times

PREFIX = "function"


@dataclass(frozen=True)
class Explicit:
    """Symbols for the numbers of one function."""

    level: Term
    scale: Term
    exponents: tuple[Term, ...]

    def value(self, orders: tuple[int, ...], arguments: tuple[Term, ...]) -> Term:
        """Return a partial derivative at some arguments."""
        factors = [self.scale]
        for exponent, order, x in zip(self.exponents, orders, arguments, strict=True):
            factors += [minus(exponent, number(step)) for step in range(order)]
            factors.append(raised(x, minus(exponent, number(order))))
        product = times(*factors)
        return product if any(orders) else plus(self.level, product)


def explicit_functions(statements: Iterable[Statement]) -> dict[str, Explicit]:
    """Return symbols for all functions in statements; the level of one said to be positive is positive."""
    statements = tuple(statements)
    positive = {name for statement in statements for name in _said_positive(statement)}
    found: dict[str, Explicit] = {}
    for statement in statements:
        for node in _nodes(statement):
            name, arity = node.args[0], len(node.args) - 2
            symbols = [t.symbol(f"{PREFIX}_{name}_{i}", positive=False) for i in range(arity)]
            level = t.symbol(f"{PREFIX}_{name}_level", positive=name in positive)
            found[name] = Explicit(level, t.symbol(f"{PREFIX}_{name}_scale"), tuple(symbols))
    return found


def _nodes(statement: Statement) -> list[Term]:
    if not statement.mentions(Head.UNSPECIFIED):
        return []
    if not own_terms(statement):
        return [node for part in statement.args for node in _nodes(part)]
    found: list[Term] = []
    stack = list(own_terms(statement))
    while stack:
        node = stack.pop()
        if node.mentions(Head.UNSPECIFIED):
            stack += node.children
            if node.head is Head.UNSPECIFIED:
                found.append(node)
    return found


def _said_positive(statement: Statement) -> list[str]:
    if statement.op in (Op.FORALL, Op.AND):
        return [name for part in statement.args for name in _said_positive(part)]
    if statement.op is Op.LESS and statement.args[0] is t.ZERO:
        term = statement.args[1]
        if term.head is Head.UNSPECIFIED and not any(term.args[1]):
            return [term.args[0]]
    return []


def made_explicit(context: Context, functions: dict[str, Explicit]) -> Context:
    """Return a context that says the same of the explicit functions."""
    if not functions:
        return context
    moved = {name: explicit(statement, functions) for name, statement in context.hypotheses.items()}
    return Context(moved, context.system, context.endogenous)


def explicit(statement: Statement, functions: dict[str, Explicit]) -> Statement:
    """Return a statement about the explicit functions."""
    return map_terms(statement, lambda term, _: _explicit(term, functions))


def _explicit(term: Term, functions: dict[str, Explicit]) -> Term:
    if not term.mentions(Head.UNSPECIFIED):
        return term
    children = tuple(_explicit(child, functions) for child in term.children)
    if term.head is Head.UNSPECIFIED:
        return functions[term.args[0]].value(term.args[1], children)
    return term.with_children(children)
