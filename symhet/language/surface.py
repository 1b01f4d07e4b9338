"""From text to a tree of what is written: the grammar of model files, before names mean anything.

Weakest to strongest: ``<=>``, ``=>`` (to the right), ``or``, ``and``, ``not``, relations (in chains), ``+ -``, ``* /``,
unary minus, ``^`` (to the right). ``for all``, ``exactly one``, ``sign of`` and ``max of`` reach as far as they can.
Nothing is evaluated; sizes and nesting are bounded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symhet.language.mistakes import NotYet, OddCharacter, Source, TooLarge, Unexpected

MAX_CHARACTERS = 10_000
MAX_DEPTH = 200
MAX_DIGITS = 1_000
KEYWORDS = frozenset(["for", "all", "exactly", "one", "sign", "of", "is", "open", "not", "and", "or", "true", "false"])
FUNCTIONS = frozenset(["d", "dln", "partial", "integral", "inf", "exp", "ln", "log", "sqrt", "abs", "min", "max"])
RESERVED = KEYWORDS | FUNCTIONS
TAILS = frozenset("STGg")
LATER = frozenset(("sum", "lim", "limit", "prod"))
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<op><=>|\*\*|=>|<=|>=|!=|[-+*/^(),:<>='\[\]])"
)
_SPACE = re.compile(r"[ \t\r\n]*")
_RELATIONS = frozenset(("<", "<=", ">", ">=", "=", "!="))
_NAMES = {"**": "^"}
IFF, IMPLIES, OR, AND, NOT, RELATION, SUM, PRODUCT, UNARY, POWER = range(1, 11)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of text: its kind, its parts, and where it begins."""

    kind: str
    parts: tuple[Any, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Token:
    """A number, name or sign, and where it begins; the last one has kind ``end``."""

    kind: str
    text: str
    at: int


def tokens(source: Source) -> list[Token]:
    """Return the words of a text.

    Raises
    ------
    TooLarge, OddCharacter
        When the text is too long, or has a character that the grammar does not have.

    Examples
    --------
    >>> [token.text for token in tokens(Source("2*x <= y"))]
    ['2', '*', 'x', '<=', 'y', '']
    """
    text = source.text
    if len(text) > MAX_CHARACTERS:
        raise TooLarge(f"a statement has at most {MAX_CHARACTERS} characters, this one {len(text)}", source, 0)
    found: list[Token] = []
    spot = _SPACE.match(text).end()  # type: ignore[union-attr]
    while spot < len(text):
        match = _TOKEN.match(text, spot)
        if match is None:
            raise _odd(source, spot)
        kind = str(match.lastgroup)
        if kind == "number" and len(match.group()) > MAX_DIGITS:
            raise TooLarge(f"a number has at most {MAX_DIGITS} digits", source, spot)
        found.append(Token(kind, _NAMES.get(match.group(), match.group()), spot))
        spot = _SPACE.match(text, match.end()).end()  # type: ignore[union-attr]
    return [*found, Token("end", "", len(text))]


def _odd(source: Source, spot: int) -> OddCharacter:
    character = source.text[spot]
    name = unicodedata.name(character, "a character without a name")
    fix = "write names with the letters A to Z, digits and underscores"
    if name.startswith("GREEK") and name.split()[1] in ("SMALL", "CAPITAL"):
        fix = f"write {name.split()[-1].lower()} by its name"
    elif character in "≤≥≠⇒⇔∧∨¬·×−":
        fix = "write <= >= != => <=> and or not * -"
    return OddCharacter(f"the character {character!r} ({name.lower()}) has no meaning here", source, spot, fix=fix)


class Parser:
    """Reads one text by precedence; a tree's depth is bounded as it grows."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._tokens = tokens(source)
        self._spot = 0
        self._depth = 0

    def whole(self) -> Node:
        """Return the tree of the whole text."""
        node = self.expression(IFF)
        if self.here.kind != "end":
            raise self._unexpected("an operator or the end")
        return node

    @property
    def here(self) -> Token:
        """The next token."""
        return self._tokens[self._spot]

    def _next(self) -> Token:
        token = self.here
        self._spot += token.kind != "end"
        return token

    def _sees(self, *texts: str) -> bool:
        return self.here.kind != "number" and self.here.text in texts

    def _ahead(self, *texts: str) -> bool:
        seen = [token.text for token in self._tokens[self._spot : self._spot + len(texts)]]
        return seen == list(texts)

    def _take(self, *texts: str, after: str = "") -> None:
        for text in texts:
            if not self._sees(text):
                raise self._unexpected(f"{text!r}{after and f' after {after}'}")
            self._next()

    def _name(self, what: str) -> Token:
        if self.here.kind != "name" or self.here.text in RESERVED:
            raise self._unexpected(what)
        return self._next()

    def _unexpected(self, wanted: str) -> Unexpected:
        token = self.here
        found = repr(token.text) if token.text else "the end"
        fix = ""
        if token.text == "=" and self._spot and self._tokens[self._spot - 1].text == "=":
            fix = "equality is written ="
        elif token.kind in ("name", "number") or token.text == "(":
            fix = "write * for a product" if token.text not in RESERVED else ""
        return Unexpected(f"expected {wanted}, found {found}", self.source, token.at, fix=fix)

    def expression(self, weakest: int) -> Node:
        """Return what stands here, as far as operators at least this strong reach."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooLarge(f"nested more than {MAX_DEPTH} deep", self.source, self.here.at)
        node = self._prefix(weakest)
        while True:
            operator, text = self.here, self.here.text
            strength = self._strength()
            if strength < weakest:
                break
            node = self._joined(node, text, strength, operator.at)
        self._depth -= 1
        return node

    def _strength(self) -> int:
        text = self.here.text
        if self.here.kind == "number":
            return 0
        if text in _RELATIONS:
            return RELATION
        fixed = {"<=>": IFF, "=>": IMPLIES, "or": OR, "and": AND, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT}
        return POWER if text == "^" else fixed.get(text, 0)

    def _joined(self, left: Node, text: str, strength: int, at: int) -> Node:
        if strength == POWER:
            self._next()
            return Node("power", (left, self.expression(UNARY)), at)
        if strength == IMPLIES:
            self._next()
            return Node("implies", (left, self.expression(IMPLIES)), at)
        if strength == IFF:
            self._next()
            right = self.expression(IMPLIES)
            if self._sees("<=>"):
                raise Unexpected("<=> joins two statements", self.source, self.here.at, fix="use parentheses")
            return Node("iff", (left, right), at)
        kinds = {SUM: "sum", PRODUCT: "product", RELATION: "relation", AND: "and", OR: "or"}
        operators, parts = [], [left]
        while self._strength() == strength:
            operators.append(self._next().text)
            parts.append(self.expression(strength + 1))
        return Node(kinds[strength], (tuple(operators), tuple(parts)), at)

    def _prefix(self, weakest: int) -> Node:
        token = self.here
        if token.kind == "number":
            self._next()
            return Node("number", (Fraction(token.text), "." in token.text), token.at)
        if self._sees("-", "+"):
            self._next()
            inner = self.expression(max(weakest, PRODUCT))
            return Node("minus", (inner,), token.at) if token.text == "-" else inner
        if self._sees("("):
            self._next()
            inner = self.expression(IFF)
            self._take(")")
            return Node("group", (inner,), token.at)
        if token.kind != "name":
            raise self._unexpected("a term or statement")
        return self._word(token)

    def _word(self, token: Token) -> Node:
        text = token.text
        if text == "not":
            self._next()
            return Node("not", (self.expression(NOT),), token.at)
        if text == "for":
            return self._for_all(token.at)
        if text == "exactly":
            return self._exactly(token.at)
        if text == "sign":
            return self._sign(token.at)
        if self._ahead("max", "of"):
            return self._maximum(token.at)
        if text in ("d", "dln"):
            return self._derivative(token)
        if text in ("true", "false", "inf"):
            self._next()
            return Node(text, (), token.at)
        if self._ahead("dense", "(", "G", ")"):
            self._take("dense", "(", "G", ")")
            return Node("dense", (), token.at)
        if text in KEYWORDS:
            raise self._unexpected("a term or statement")
        self._next()
        if text in LATER and self._sees("("):
            what = f"{text} is not read yet: families indexed by country, sums and limits come later"
            raise NotYet(what, self.source, token.at, fix="write the terms out")
        return self._applied(token)

    def _applied(self, token: Token) -> Node:
        primes = 0
        while self._sees("'"):
            self._next()
            primes += 1
        orders: tuple[int, ...] = (primes,) if primes else ()
        if self._sees("[") and primes == 1:
            self._next()
            orders = self._orders()
        if self._sees("("):
            self._next()
            return Node("call", (token.text, orders, self._arguments()), token.at)
        if orders or token.text in FUNCTIONS:
            raise self._unexpected(f"'(' after {token.text}")
        return Node("name", (token.text,), token.at)

    def _orders(self) -> tuple[int, ...]:
        found: list[int] = []
        while True:
            if self.here.kind != "number" or not self.here.text.isdigit() or len(self.here.text) > 2:
                raise self._unexpected("an order of differentiation")
            found.append(int(self._next().text))
            if self._sees("]"):
                self._next()
                return tuple(found)
            self._take(",")

    def _arguments(self) -> tuple[Node, ...]:
        found = [self.expression(IFF)]
        while self._sees(","):
            self._next()
            found.append(self.expression(IFF))
        self._take(")")
        return tuple(found)

    def _derivative(self, token: Token) -> Node:
        self._next()
        self._take("(", after=token.text)
        above = self.expression(SUM)
        self._take(")", "/")
        if self.here.text != token.text:
            raise self._unexpected(f"{token.text}(...): a derivative is {token.text}(y)/{token.text}(x)")
        self._next()
        self._take("(", after=token.text)
        below = self._name("the name of a parameter")
        self._take(")")
        return Node("derivative", (token.text == "dln", above, Node("name", (below.text,), below.at)), token.at)

    def _range(self) -> tuple[str, Node | None, bool, Node | None, bool, int]:
        """Read ``x > a``, ``x >= a``, ``x < a``, ``a < x < b``; return name, lower, strict, upper, strict, place."""
        first = self.expression(SUM)
        relation = self._relation()
        second = self.expression(SUM)
        if first.kind == "name" and not self._sees("<", "<="):
            name, at = first.parts[0], first.at
            if name in RESERVED:
                raise self._unexpected("the name of a variable")
            if relation in (">", ">="):
                return name, second, relation == ">", None, True, at
            return name, None, True, second, relation == "<", at
        if second.kind == "name" and relation in ("<", "<=") and self._sees("<", "<="):
            other = self._next().text
            return second.parts[0], first, relation == "<", self.expression(SUM), other == "<", second.at
        raise Unexpected("expected x > a or a < x < b", self.source, first.at)

    def _relation(self) -> str:
        if not self._sees("<", "<=", ">", ">="):
            raise self._unexpected("<, <=, > or >=")
        return self._next().text

    def _for_all(self, at: int) -> Node:
        self._take("for", "all")
        ranged = self._range()
        self._take(":")
        return Node("for all", (ranged, self.expression(IFF)), at)

    def _exactly(self, at: int) -> Node:
        self._take("exactly", "one")
        ranged = self._range()
        self._take(":")
        body = self.expression(RELATION)
        if body.kind != "relation" or body.parts[0] != ("=",):
            raise Unexpected("expected an equation after exactly one", self.source, body.at)
        way = ""
        if self._ahead(",", "falling") or self._ahead(",", "rising"):
            self._next()
            way = self._next().text
        return Node("exactly one", (ranged, body, way), at)

    def _sign(self, at: int) -> Node:
        self._take("sign", "of")
        term = self.expression(SUM)
        self._take("is", "open")
        return Node("sign", (term,), at)

    def _maximum(self, at: int) -> Node:
        self._take("max", "of")
        term = self.expression(SUM)
        self._take("for")
        ranged = self._range()
        self._take("at")
        return Node("maximum", (term, ranged, self.expression(SUM)), at)


def parse_surface(source: Source) -> Node:
    """Return the tree of a text.

    Raises
    ------
    TextError
        With the place, what was expected there and what to write instead.

    Examples
    --------
    >>> parse_surface(Source("x < 1 and y = 2")).kind
    'and'
    """
    try:
        return Parser(source).whole()
    except RecursionError as error:
        raise TooLarge("nested too deep", source, 0) from error
