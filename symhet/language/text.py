"""Terms and statements read from text with declared names.

What stands in the text is what is read: sums, products and powers keep their order and their parentheses. ``-x`` is
``-1*x``, ``a/b`` is ``a*b^(-1)``, ``1/b`` is ``b^(-1)``, a quotient of two numbers is a number. An exponent that is
written as a whole number makes a whole power, any other (``2/1`` among them) a power of a positive base.

``abs``, ``min`` and ``max`` are said in logic: a relation in which they stand holds in each of their cases.
``exactly one x > a: l = r`` says that l - r, or r - l, exists for every x > a and falls through zero exactly once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.mistakes import NotInLanguage, Source, TooLarge, WrongKind
from symhet.language.reading import LOGIC, Names, TermReader
from symhet.language.rebuilding import abstraction
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.surface import Node, parse_surface
from symhet.language.terms import Term

__all__ = ["Names", "Reader", "read_statement", "read_term"]

_RELATIONS: Mapping[str, tuple[Op, bool]] = {
    "=": (Op.EQUAL, False),
    "!=": (Op.DIFFER, False),
    "<": (Op.LESS, False),
    "<=": (Op.AT_MOST, False),
    ">": (Op.LESS, True),
    ">=": (Op.AT_MOST, True),
}


class Reader(TermReader):
    """Gives the tree of a text its meaning in the language, statements too."""

    def statement(self, node: Node, supposed: bool = False) -> Statement:
        """Return what a tree says as a statement; ``supposed`` where it is a premise."""
        kind, parts = node.kind, node.parts
        if kind == "group":
            return self.statement(parts[0], supposed)
        if kind not in LOGIC:
            raise WrongKind(
                "a statement is expected here, this is a term", self.source, node.at, fix="compare it: ... > 0"
            )
        if kind == "relation":
            return self._relation(node, supposed)
        if kind in ("and", "or"):
            return (s.both if kind == "and" else s.either)(*[self.statement(part, supposed) for part in parts[1]])
        if kind == "not":
            return s.implies(self.statement(parts[0], not supposed), s.FALSE)
        if kind == "implies":
            return s.implies(self.statement(parts[0], not supposed), self.statement(parts[1], supposed))
        if kind == "iff":
            return s.iff(*[self.statement(part, supposed) for part in parts])
        if kind in ("true", "false", "dense"):
            return {"true": s.eq(t.ZERO, t.ZERO), "false": s.FALSE, "dense": s.DENSE}[kind]
        if kind == "sign":
            raise NotInLanguage("sign of ... is open is a claim of its own", self.source, node.at)
        binders = {"for all": self._for_all, "exactly one": self._exactly, "maximum": self._maximum}
        return binders[kind](node, supposed)

    def _relation(self, node: Node, supposed: bool) -> Statement:
        operators, sides = node.parts
        found = []
        for spot, operator in enumerate(operators):
            since = len(self.cases)
            left, right = self.term(sides[spot]), self.term(sides[spot + 1])
            op, turned = _RELATIONS[operator]
            pair = (right, left) if turned else (left, right)
            found.append(self.settled(s.statement(op, *pair), since, supposed))
        return found[0] if len(found) == 1 else s.both(*found)

    def _range(self, ranged: Any) -> tuple[Term, Term | None, Term | None]:
        """Declare the bound variable; return it and its ends."""
        name, low, _, high, _, at = ranged
        lower = None if low is None else self.term(low)
        upper = None if high is None or high.kind == "inf" else self.term(high)
        return self.opened(name, at), lower, upper

    def _for_all(self, node: Node, supposed: bool) -> Statement:
        ranged, inner = node.parts
        since = len(self.cases)
        variable, lower, upper = self._range(ranged)
        premises = []
        if lower is not None and (lower is not t.ZERO or not ranged[2]):
            premises.append((s.lt if ranged[2] else s.le)(lower, variable))
        if upper is not None:
            premises.append((s.lt if ranged[4] else s.le)(variable, upper))
        body = self._within(premises, lambda: self.statement(inner, supposed))
        del self.bound[ranged[0]]
        for premise in reversed(premises):
            body = s.implies(premise, body)
        return self.settled(s.forall(abstraction(body, variable)), since, supposed)

    def _within(self, premises: list[Statement], read: Callable[[], Statement]) -> Statement:
        """Read what stands under premises; model files know them while they read."""
        return read()

    def _exactly(self, node: Node, supposed: bool) -> Statement:
        ranged, equation, way = node.parts
        since = len(self.cases)
        variable, lower, upper = self._range(ranged)
        if lower is None or upper is not None or not ranged[2]:
            raise NotInLanguage("exactly one is read with a range x > a", self.source, node.at)
        sides: list[Term] = []

        def sides_read() -> Statement:
            sides.extend(self.term(side) for side in equation.parts[1])
            return s.FALSE

        self._within([s.lt(lower, variable)], sides_read)
        del self.bound[ranged[0]]
        start = t.bound(0) if lower is t.ZERO else t.add(lower, t.bound(0))
        left, right = (t.replace(side, {variable: start}) for side in sides)
        gap = left if right is t.ZERO and way == "falling" else t.difference(left, right)
        falling, rising = s.unique_root(gap), s.unique_root(t.difference(right, left))
        either = s.either(falling, rising)
        return self.settled({"falling": falling, "rising": rising}.get(way, either), since, supposed)

    def _maximum(self, node: Node, supposed: bool) -> Statement:
        function, ranged, at = node.parts
        point = self.term(at)
        variable, lower, upper = self._range(ranged)
        if lower is None or not ranged[2] or not ranged[4]:
            raise NotInLanguage("a maximum is read with a range x > a or a < x < b", self.source, node.at)
        body = t.replace(self.term(function), {variable: t.bound(0)})
        del self.bound[ranged[0]]
        return s.maximiser(body, point, lower, *([] if upper is None else [upper]))


def read_term(text: str, names: Names) -> Term:
    """Return a text as a term.

    Raises
    ------
    TextError
        With line, column, what was expected and the nearest known name.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> read_term("1/x", Names({"x": x})) is t.whole_power(x, -1)
    True
    """
    return _guarded(Source(text), lambda reader, node: reader.term(node), names)


def read_statement(text: str, names: Names) -> Statement:
    """Return a text as a statement, with the errors of `read_term`.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> read_statement("x > 0", Names({"x": x})) is s.positive(x)
    True
    """
    return _guarded(Source(text), lambda reader, node: reader.statement(node), names)


def _guarded(source: Source, read: Callable[[Reader, Node], Any], names: Names) -> Any:
    try:
        return read(Reader(source, names), parse_surface(source))
    except (Refusal, RecursionError) as error:
        raise TooLarge("nested too deep, or too large", source, 0) from error
