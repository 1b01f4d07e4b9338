"""Texts of a model given their meaning: definitions unfolded, derivatives taken, closed tails written out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from symhet.core.calculus import derivative
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import Kind, conditions, evident
from symhet.language.mistakes import NotInLanguage, Source, UnknownWord
from symhet.language.reading import Names
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.surface import TAILS, Node, parse_surface
from symhet.language.terms import Head, Term
from symhet.language.text import Reader
from symhet.model.declared import Unspecified
from symhet.model.laws import Law
from symhet.model.mistakes import CircularDefinition, NoMoment


@dataclass
class Setting:
    """What texts of a model may refer to.

    Parameters
    ----------
    names : Names
        Symbols, functions, tails and the order of moments.
    endogenous : frozenset of Term
        The variables.
    definitions : Mapping[str, Source]
        The texts of further quantities.
    law : Law, optional
        Closed tails; without it they stay abstract.
    known : set of Statement
        What is supposed of every economy, to tell on which side of the support's ends a term lies.
    unplaced : dict
        The terms of which that was asked in vain.
    """

    names: Names
    endogenous: frozenset[Term] = frozenset()
    definitions: Mapping[str, Source] = field(default_factory=dict)
    law: Law | None = None
    known: set[Statement] = field(default_factory=set)
    unplaced: dict[Term, None] = field(default_factory=dict)
    parsed: dict[str, Node] = field(default_factory=dict)
    unfolded: dict[str, Term] = field(default_factory=dict)

    def reader(self, source: Source) -> ModelReader:
        """Return a reader of one text."""
        return ModelReader(source, self)

    def term(self, source: Source) -> Term:
        """Return a text as a term."""
        return _guarded(source, lambda: self.reader(source).term(parse_surface(source)))

    def statement(self, source: Source, supposed: bool = False) -> Statement:
        """Return a text as a statement."""
        return _guarded(source, lambda: self.reader(source).statement(parse_surface(source), supposed))


def require_form(setting: Setting, function: Unspecified) -> None:
    """Fail when the form of a function is no term in its arguments, though nothing that is proved rests on it."""
    arguments = {name: t.symbol(name) for name in function.arguments}
    at = Source(function.form, function.source.file, function.source.line)
    Setting(Names({**setting.names.symbols, **arguments})).term(at)


def _guarded(source: Source, read: Callable[[], Any]) -> Any:
    from symhet.language.mistakes import TooLarge

    try:
        return read()
    except (Refusal, RecursionError) as error:
        raise TooLarge("nested too deep, or too large", source, 0) from error


class ModelReader(Reader):
    """Reads a text of a model."""

    def __init__(self, source: Source, setting: Setting, unfolding: tuple[str, ...] = ()) -> None:
        super().__init__(source, setting.names)
        self.setting = setting
        self._unfolding = unfolding
        self._facts: list[Statement] = []

    def _name(self, node: Node) -> Term:
        (name,) = node.parts
        if name in self.bound or name not in self.setting.definitions:
            return super()._name(node)
        done = self.setting.unfolded.get(name)
        return self._unfold(name, node) if done is None else done

    def _known(self) -> list[str]:
        return [*super()._known(), *self.setting.definitions]

    def _unfold(self, name: str, node: Node) -> Term:
        if name in self._unfolding:
            way = " -> ".join((*self._unfolding[self._unfolding.index(name) :], name))
            raise CircularDefinition(f"{name} is defined by itself: {way}", self.source, node.at)
        source = self.setting.definitions[name]
        inner = ModelReader(source, self.setting, (*self._unfolding, name))
        inner._facts = self._facts
        inner._count = self._count
        if name not in self.setting.parsed:
            self.setting.parsed[name] = parse_surface(source)
        made = inner.term(self.setting.parsed[name])
        self._count = inner._count
        self.cases.extend(inner.cases)
        if not inner.cases:
            self.setting.unfolded[name] = made
        return made

    # Derivatives

    def _derivative(self, node: Node) -> Term:
        logarithmic, above, below = node.parts
        term = self.term(above)
        parameter = self.names.symbols.get(below.parts[0])
        if parameter is None:
            raise UnknownWord(below.parts[0], self.names.symbols, self.source, below.at, noun="parameter")
        if parameter in self.setting.endogenous:
            why = f"{below.parts[0]} is a variable: it moves with the parameters"
            fix = "take d(...)/d(...) by a parameter, or partial(term, x) with every other name held"
            raise NotInLanguage("a total derivative is by a parameter", self.source, below.at, why=why, fix=fix)
        slope = self._slope(term, parameter, node)
        if not logarithmic:
            return slope
        return t.multiply(slope, parameter, t.whole_power(term, -1))

    def _slope(self, term: Term, parameter: Term, node: Node) -> Term:
        """Return the derivative of a term along the solution."""
        if term in self.setting.endogenous:
            return t.total(term, parameter)
        moving = [y for y in self._ordered(term) if y in self.setting.endogenous]
        pieces = [self._differentiated(term, parameter, node)]
        pieces += [times(self._differentiated(term, y, node), t.total(y, parameter)) for y in moving]
        slope = t.total_of([piece for piece in pieces if piece is not t.ZERO])
        return self._with_value_of(slope, term)

    def _ordered(self, term: Term) -> list[Term]:
        return sorted((leaf for leaf in term.leaves if leaf.head is Head.SYMBOL), key=lambda leaf: str(leaf.args[0]))

    def _differentiated(self, term: Term, x: Term, node: Node) -> Term:
        if self.has_cases(term):
            raise NotInLanguage("abs, min, max and tails with cases have no derivative here", self.source, node.at)
        if term.mentions(Head.TOTAL):
            why = "a second derivative along the solution is not read yet"
            fix = "define the slope by its formula, claim that it is the slope, and differentiate the definition"
            raise NotInLanguage("the derivative of a derivative", self.source, node.at, why=why, fix=fix)
        try:
            return derivative(term, x)
        except Refusal as refusal:
            why = "nothing is supposed of the density but that it exists; the order of a moment is not differentiated"
            raise NotInLanguage("this has no derivative in the language", self.source, node.at, why=why) from refusal

    def _partial(self, node: Node) -> Term:
        inner, by = node.parts[2]
        x = self.term(by)
        if x.head is not Head.SYMBOL or by.kind != "name":
            raise NotInLanguage("partial(term, x) is by a parameter or variable", self.source, by.at)
        term = self.term(inner)
        return self._with_value_of(self._differentiated(term, x, node), term)

    @staticmethod
    def _with_value_of(slope: Term, term: Term) -> Term:
        """Return a slope that has a value only where the term has one."""
        asked = set(conditions(slope))
        lost = [c for c in conditions(term) if c not in asked]
        if all(c.kind in (Kind.POSITIVE, Kind.NONZERO) and evident(c.term) for c in lost):
            return slope
        return t.add(slope, t.multiply(t.ZERO, term))

    # Tails

    def _call(self, node: Node) -> Term:
        name = node.parts[0]
        if name in TAILS and not self.names.tails and name not in {**self.names.functions, **self.names.symbols}:
            why = f"{name} is of the distribution, and the model has none"
            fix = 'declare it: [distribution] and G = { order = "sigma - 1" }'
            raise NoMoment(f"{name}(...) needs a distribution", self.source, node.at, why=why, fix=fix)
        return super()._call(node)

    def _within(self, premises: list[Statement], read: Callable[[], Statement]) -> Statement:
        count = len(self._facts)
        self._facts += premises
        try:
            return read()
        finally:
            del self._facts[count:]

    def mass(self, x: Term) -> Term:
        """Return S(x), written out when the law is known."""
        law = self.setting.law
        return t.survival(x) if law is None else self._placed(x, law.mass(x), t.ONE)

    def moment(self, x: Term, order: Term) -> Term:
        """Return T(x, order), written out when the law is known."""
        law = self.setting.law
        if law is None:
            return t.tail(x, order)
        finite = order is self.names.order
        return self._placed(x, law.moment(x, order, finite), law.moment(law.low, order, finite))

    def density(self, x: Term) -> Term:
        """Return g(x), written out when the law is known."""
        law = self.setting.law
        return t.density(x) if law is None else self._placed(x, law.density(x), t.ZERO, strict=True)

    def _placed(self, x: Term, inside: Term, below: Term, strict: bool = False) -> Term:
        """Return a term that has one form in the support and others outside; a density has none at the ends."""
        law = self.setting.law
        assert law is not None
        facts = {*self.setting.known, *parts_of(self._facts)}
        above_low = _below(law.low, x, strict, facts) or (law.low is t.ZERO and evident(x))
        below_high = law.high is None or _below(x, law.high, strict, facts)
        if _below(x, law.low, True, facts):
            return below
        if law.high is not None and _below(law.high, x, True, facts):
            return t.ZERO
        if above_low and below_high:
            return inside
        self.setting.unplaced[x] = None
        order = s.lt if strict else s.le
        cases = []
        if not above_low:
            cases.append((s.lt(x, law.low), below))
        within = [] if above_low else [order(law.low, x)]
        if law.high is not None and not below_high:
            cases.append((s.lt(law.high, x), t.ZERO))
            within.append(order(x, law.high))
        cases.append((s.both(*within) if len(within) > 1 else within[0], inside))
        return self.placeholder(cases, [x])

    def statement(self, node: Node, supposed: bool = False) -> Statement:
        """Return what a tree says; a premise is known while what follows from it is read."""
        if node.kind == "implies":
            premise = self.statement(node.parts[0], not supposed)
            conclusion = self._within([premise], lambda: self.statement(node.parts[1], supposed))
            return s.implies(premise, conclusion)
        if self.setting.law is not None and node.kind == "relation":
            inside = self._inside(node)
            if inside is not None:
                return inside
        return super().statement(node, supposed)

    def _inside(self, node: Node) -> Statement | None:
        """Read S(x) < 1 or G(x) > 0, S(x) > 0 or G(x) < 1 as what it says: on which side of an end x lies."""
        operators, sides = node.parts
        if len(operators) != 1:
            return None
        (operator,), (left, right) = operators, sides
        if operator in (">", ">="):
            operator, left, right = operator.replace(">", "<"), right, left
        law = self.setting.law
        assert law is not None
        places = (
            (left, "S", right, 1, True),
            (right, "G", left, 0, True),
            (right, "S", left, 0, False),
            (left, "G", right, 1, False),
        )
        for call, name, other, value, lower in places:
            tail = call.kind == "call" and call.parts[0] == name and len(call.parts[2]) == 1
            if operator == "<" and tail and other.kind == "number" and other.parts[0] == value:
                x = self.term(call.parts[2][0])
                if lower:
                    return s.lt(law.low, x)
                return s.lt(x, law.high) if law.high is not None else s.exists(x)
        return None


def _below(one: Term, other: Term, strict: bool, facts: set[Statement]) -> bool:
    """Tell whether it is known at sight that a term is below another, or equal when not ``strict``."""
    if one.head is Head.NUMBER and other.head is Head.NUMBER:
        left, right = one.args[0] * other.args[1], other.args[0] * one.args[1]
        return left < right or (left == right and not strict)
    if s.lt(one, other) in facts:
        return True
    return not strict and (one is other or s.le(one, other) in facts)


def parts_of(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements with conjunctions taken apart.

    Examples
    --------
    >>> x = t.symbol("x")
    >>> len(parts_of([s.both(s.lt(t.ZERO, x), s.lt(x, t.ONE))]))
    2
    """
    found: list[Statement] = []
    for statement in statements:
        found += parts_of(statement.args) if statement.op is Op.AND else [statement]
    return found


def times(one: Term, other: Term) -> Term:
    """Return a product, leaving out a factor one and keeping a zero."""
    if one is t.ZERO or one is t.ONE:
        return one if one is t.ZERO else other
    return t.multiply(one, other)
