"""How a statement is made up, the same in every spelling: which writers of LaTeX and of text fill in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

import sympy as sp

from symhet.propositions import (
    And,
    Dense,
    ForAll,
    Iff,
    Implies,
    Maximiser,
    Or,
    Prop,
    Rel,
    UniqueRoot,
    as_chain,
    says_existence,
)
from symhet.render.layout import Call, Leaf, Node, Power, Product, Sum, arrange
from symhet.render.notation import Notation

__all__ = ["Writer"]


class Writer(ABC):
    """Writes terms and statements in one notation; what a part of them looks like, its spelling says.

    Parameters
    ----------
    notation : Notation
        How symbols are written.
    """

    relations: ClassVar[Mapping[str, str]]
    flipped: ClassVar[Mapping[str, str]]
    joints: ClassVar[Mapping[type, str]]
    """What stands between the parts of a disjunction, an implication and an equivalence."""
    whole: ClassVar[tuple[type, ...]]
    """Statements that need no brackets as parts of others."""
    brackets: ClassVar[tuple[str, str]]

    def __init__(self, notation: Notation) -> None:
        self.notation = notation

    def term(self, term: sp.Expr) -> str:
        """Return a term as it is written."""
        return self._node(arrange(term, self.notation))

    def statement(self, prop: Prop) -> str:
        """Return a statement as it is written, on one line."""
        if isinstance(prop, Dense):
            return self._dense()
        if isinstance(prop, Rel):
            return self._existence(prop.lhs) if says_existence(prop) else self._relation(prop)
        if isinstance(prop, And):
            links = as_chain(prop)
            return self._chain(links) if links else self._together([*map(self._part, prop.parts)])
        if isinstance(prop, Or):
            return self.joints[Or].join(map(self._part, prop.parts))
        if isinstance(prop, Implies):
            return self.joints[Implies].join(map(self._part, (prop.premise, prop.conclusion)))
        if isinstance(prop, Iff):
            return self.joints[Iff].join(map(self._part, (prop.left, prop.right)))
        return self._quantified(prop)

    def _part(self, prop: Prop) -> str:
        """Return a part of a statement, in brackets where it would fall apart."""
        simple = isinstance(prop, self.whole) or (isinstance(prop, And) and as_chain(prop))
        return self.statement(prop) if simple else self.statement(prop).join(self.brackets)

    def _relation(self, prop: Rel) -> str:
        left, right = self.term(prop.lhs), self.term(prop.rhs)
        if prop.lhs.is_number and not prop.rhs.is_number:
            return f"{right} {self.flipped[prop.op]} {left}"
        return f"{left} {self.relations[prop.op]} {right}"

    def _chain(self, links: Sequence[tuple[str, sp.Expr]]) -> str:
        (_, first), *rest = links
        return " ".join([self.term(first), *(f"{self.relations[op]} {self.term(term)}" for op, term in rest)])

    def _node(self, node: Node) -> str:
        if isinstance(node, Leaf):
            return self._leaf(node.value)
        if isinstance(node, Sum):
            return self._sum(node)
        if isinstance(node, Call):
            return self._call(node)
        if isinstance(node, Power):
            return self._power(node)
        return self._product(node)

    @abstractmethod
    def _dense(self) -> str:
        """Return that the density is positive."""

    @abstractmethod
    def _existence(self, term: sp.Expr) -> str:
        """Return that a term has a value."""

    @abstractmethod
    def _together(self, parts: Sequence[str]) -> str:
        """Return the parts of a conjunction as one."""

    @abstractmethod
    def _quantified(self, prop: ForAll | UniqueRoot | Maximiser) -> str:
        """Return what is said with a variable of its own."""

    @abstractmethod
    def _leaf(self, value: sp.Expr) -> str: ...

    @abstractmethod
    def _sum(self, node: Sum) -> str: ...

    @abstractmethod
    def _call(self, node: Call) -> str: ...

    @abstractmethod
    def _power(self, node: Power) -> str: ...

    @abstractmethod
    def _product(self, node: Product) -> str: ...
