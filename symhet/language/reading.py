"""Terms read from the tree of a text; `symhet.language.text` says how, and reads statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import conditions
from symhet.language.integrals import integrated
from symhet.language.mistakes import NotInLanguage, Source, TooLarge, Unexpected, UnknownWord, WrongArguments, WrongKind
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement
from symhet.language.surface import FUNCTIONS, TAILS, Node
from symhet.language.terms import Head, Term

MAX_EXPONENT = 1_000
LOGIC = frozenset(
    (
        "relation",
        "and",
        "or",
        "not",
        "implies",
        "iff",
        "for all",
        "exactly one",
        "sign",
        "maximum",
        "dense",
        "true",
        "false",
    )
)
_ARITIES = {"exp": 1, "ln": 1, "log": 1, "sqrt": 1, "abs": 1, "integral": 4, "partial": 2, "S": 1, "G": 1, "g": 1}


@dataclass(frozen=True)
class Names:
    """What the names in a text stand for.

    Parameters
    ----------
    symbols : Mapping[str, Term]
        Symbols by name.
    functions : Mapping[str, int]
        Functions known by their name alone, with their numbers of arguments.
    tails : bool
        Whether there is a distribution: S, T, G and g then mean its tails.
    order : Term, optional
        The order of ``T(x)`` where none is written.
    """

    symbols: Mapping[str, Term] = field(default_factory=dict)
    functions: Mapping[str, int] = field(default_factory=dict)
    tails: bool = False
    order: Term | None = None


class TermReader:
    """Gives the tree of a text its meaning in the language.

    Parameters
    ----------
    source : Source
        The text, for errors.
    names : Names
        What its names stand for.
    """

    def __init__(self, source: Source, names: Names) -> None:
        self.source = source
        self.names = names
        self.bound: dict[str, Term] = {}
        self.cases: list[tuple[Term, list[tuple[Statement, Term]], list[Term]]] = []
        self._count = 0

    # Terms

    def term(self, node: Node) -> Term:
        """Return what a tree says as a term."""
        if node.kind in LOGIC:
            raise WrongKind("a term is expected here, this is a statement", self.source, node.at)
        try:
            made: Term = getattr(self, f"_{node.kind}")(node)
        except Refusal as refusal:
            raise TooLarge(refusal.why, self.source, node.at) from refusal
        return made

    def _number(self, node: Node) -> Term:
        return t.number(*node.parts[0].as_integer_ratio())

    def _group(self, node: Node) -> Term:
        return self.term(node.parts[0])

    def _inf(self, node: Node) -> Term:
        raise NotInLanguage("inf stands only as the upper end of an integral", self.source, node.at)

    def _name(self, node: Node) -> Term:
        (name,) = node.parts
        found = self.bound.get(name) or self.names.symbols.get(name)
        if found is not None:
            return found
        if name in self.names.functions or (self.names.tails and name in TAILS):
            raise WrongArguments(f"{name} is a function: write {name}(...)", self.source, node.at)
        if self.names.tails and name == "b_G":
            return t.SUPPORT
        raise UnknownWord(name, self._known(), self.source, node.at)

    def _known(self) -> list[str]:
        tails = sorted(TAILS) if self.names.tails else []
        return [*self.bound, *self.names.symbols, *self.names.functions, *tails, *sorted(FUNCTIONS)]

    def _sum(self, node: Node) -> Term:
        operators, parts = node.parts
        signed = [self.term(parts[0])]
        for operator, part in zip(operators, parts[1:], strict=True):
            signed.append(self._negated(part) if operator == "-" else self.term(part))
        return t.add(*signed)

    def _minus(self, node: Node) -> Term:
        return self._negated(node.parts[0])

    def _negated(self, node: Node) -> Term:
        """Return ``-1 * node``, the sign taken into a number that stands first."""
        factors, literal = self._factors(node)
        if literal:
            return t.product_of([t.number(-factors[0].args[0], factors[0].args[1]), *factors[1:]])
        return t.multiply(t.MINUS_ONE, *factors)

    def _product(self, node: Node) -> Term:
        return t.product_of(self._factors(node)[0])

    def _factors(self, node: Node) -> tuple[list[Term], bool]:
        """Return the factors of a product or quotient, and whether a number is written first."""
        operators, parts = (("*", *node.parts[0]), list(node.parts[1])) if node.kind == "product" else (("*",), [node])
        factors: list[Term] = []
        literal = dropped = False
        spot = 0
        while spot < len(parts):
            part, divides = parts[spot], operators[spot] == "/"
            plain = part.kind == "number"
            follows = parts[spot + 1] if spot + 1 < len(parts) and operators[spot + 1] == "/" else None
            if plain and not divides and follows is not None and follows.kind == "number" and follows.parts[0] != 0:
                factors.append(t.number(*(part.parts[0] / follows.parts[0]).as_integer_ratio()))
                literal, spot = literal or spot == 0, spot + 2
                continue
            if spot == 0 and part.kind == "number":
                dropped = part.parts[0] == 1 and follows is not None
                literal = not dropped
            if spot or not dropped:
                factors.append(self._factor(part, divides))
            spot += 1
        return factors, literal

    def _factor(self, part: Node, divides: bool) -> Term:
        if not divides:
            return self.term(part)
        if part.kind == "number" and part.parts[0] != 0:
            return t.number(*(1 / part.parts[0]).as_integer_ratio())
        return t.whole_power(self.term(part), -1)

    def _power(self, node: Node) -> Term:
        base, exponent = node.parts
        whole = _whole(exponent)
        if whole is None:
            return t.power(self.term(base), self.term(exponent))
        if abs(whole) > MAX_EXPONENT:
            raise TooLarge(f"a whole exponent is at most {MAX_EXPONENT}", self.source, exponent.at)
        return t.whole_power(self.term(base), whole)

    def _derivative(self, node: Node) -> Term:
        logarithmic, above, below = node.parts
        variable, parameter = self.term(above), self.term(below)
        if logarithmic or variable.head is not Head.SYMBOL or parameter.head is not Head.SYMBOL:
            raise NotInLanguage("only d(y)/d(x) of two symbols is a term of its own", self.source, node.at)
        return t.total(variable, parameter)

    # Functions

    def _call(self, node: Node) -> Term:
        name, orders, arguments = node.parts
        if name in self.names.functions:
            return self._unspecified(node)
        makers: dict[str, Callable[[Node], Term]] = {
            "exp": lambda n: t.exp(self.term(n.parts[2][0])),
            "ln": lambda n: t.log(self.term(n.parts[2][0])),
            "log": lambda n: t.log(self.term(n.parts[2][0])),
            "sqrt": lambda n: t.power(self.term(n.parts[2][0]), t.number(1, 2)),
            "abs": self._absolute,
            "min": self._extreme,
            "max": self._extreme,
            "partial": self._partial,
            "integral": self._integral,
        }
        if self.names.tails:
            makers |= dict.fromkeys(TAILS, self._tail)
        if name not in makers:
            if name in self.names.symbols or name in self.bound:
                fix = f"write {name}*(...) for a product"
                raise WrongArguments(f"{name} is no function", self.source, node.at, fix=fix)
            raise UnknownWord(name, self._known(), self.source, node.at, noun="function")
        self._require_count(node, _ARITIES.get(name, len(arguments)))
        if orders or (name in ("min", "max") and len(arguments) < 2) or (name == "T" and len(arguments) > 2):
            raise WrongArguments(f"{name} is written {_usage(name)}", self.source, node.at)
        return makers[name](node)

    def _require_count(self, node: Node, count: int) -> None:
        name, given = node.parts[0], len(node.parts[2])
        if given != count:
            plural = "argument" if count == 1 else "arguments"
            raise WrongArguments(f"{name} has {count} {plural}, {given} given", self.source, node.at, fix=_usage(name))

    def _unspecified(self, node: Node) -> Term:
        name, orders, arguments = node.parts
        count = self.names.functions[name]
        self._require_count(node, count)
        if orders and len(orders) != count:
            raise WrongArguments(f"{name} needs an order for each argument: {name}'[1,0](...)", self.source, node.at)
        return t.unspecified(name, orders or (0,) * count, *map(self.term, arguments))

    def _tail(self, node: Node) -> Term:
        name, _, arguments = node.parts
        x = self.term(arguments[0])
        if name == "T":
            order = self.term(arguments[1]) if len(arguments) == 2 else self.names.order
            if order is None:
                fix = 'write T(x, k), or order = "..." in [distribution]'
                raise WrongArguments("T needs the order of the moment", self.source, node.at, fix=fix)
            return self.moment(x, order)
        if name == "g":
            return self.density(x)
        return self.mass(x) if name == "S" else t.difference(t.ONE, self.mass(x))

    def mass(self, x: Term) -> Term:
        """Return S(x)."""
        return t.survival(x)

    def moment(self, x: Term, order: Term) -> Term:
        """Return T(x, order)."""
        return t.tail(x, order)

    def density(self, x: Term) -> Term:
        """Return g(x)."""
        return t.density(x)

    def _partial(self, node: Node) -> Term:
        raise NotInLanguage("partial(...) is read in model files", self.source, node.at)

    def _integral(self, node: Node) -> Term:
        _, _, (integrand, variable, low, high) = node.parts
        if variable.kind != "name":
            raise Unexpected("the second argument of integral is the name of a variable", self.source, variable.at)
        (name,) = variable.parts
        upper = None if high.kind == "inf" else self.term(high)
        lower = self.term(low)
        z = self.opened(name, variable.at)
        body = self.term(integrand)
        del self.bound[name]
        found = integrated(body, z, lower, upper, from_zero=low.kind == "number" and lower is t.ZERO)
        if found is None:
            why = "the integrand must be a sum of powers of the variable"
            raise NotInLanguage("this integral is not elementary", self.source, node.at, why=why)
        return found

    # Cases

    def placeholder(self, options: list[tuple[Statement, Term]], needs: list[Term]) -> Term:
        """Return a symbol that has these values in these cases; the terms ``needs`` exist in all of them."""
        self._count += 1
        mark = t.symbol(f"case_{self._count}_of", positive=False)
        self.cases.append((mark, options, needs))
        return mark

    def _absolute(self, node: Node) -> Term:
        inner = self.term(node.parts[2][0])
        cases = [(s.le(t.ZERO, inner), inner), (s.lt(inner, t.ZERO), t.negative(inner))]
        return self.placeholder(cases, [inner])

    def _extreme(self, node: Node) -> Term:
        found = self.term(node.parts[2][0])
        for argument in node.parts[2][1:]:
            other = self.term(argument)
            small, large = (found, other) if node.parts[0] == "min" else (other, found)
            cases = [(s.le(found, other), small), (s.lt(other, found), large)]
            found = self.placeholder(cases, [found, other])
        return found

    def has_cases(self, term: Term) -> bool:
        """Tell whether a term contains abs, min or max."""
        return any(mark in term.leaves for mark, _, _ in self.cases)

    def settled(self, statement: Statement, since: int, supposed: bool) -> Statement:
        """Return a statement with each placeholder replaced, case by case."""
        while len(self.cases) > since:
            mark, options, needs = self.cases.pop()
            held = [(case, s.substitute(statement, {mark: value})) for case, value in options]
            if supposed:
                statement = s.either(*(s.both(case, then) for case, then in held))
                continue
            known = [s.exists(term) for term in needs if conditions(term)]
            statement = s.both(*known, *(s.implies(case, then) for case, then in held))
        return statement

    def opened(self, name: str, at: int) -> Term:
        """Return the symbol of a variable that is bound from here on."""
        if name in self.bound or name in self.names.symbols or name in self.names.functions or name in FUNCTIONS:
            raise Unexpected(f"{name} has a meaning already", self.source, at, fix="choose another name here")
        self.bound[name] = t.symbol(name)
        return self.bound[name]


def _usage(name: str) -> str:
    arguments = {"integral": "term, z, a, b", "partial": "term, x", "min": "x, y", "max": "x, y", "T": "x, k"}
    return f"{name}({arguments.get(name, 'x')})"


def _whole(exponent: Node) -> int | None:
    """Return an exponent that is written as a whole number."""
    if exponent.kind == "group":
        return _whole(exponent.parts[0])
    if exponent.kind == "minus":
        inner = _whole(exponent.parts[0])
        return None if inner is None else -inner
    if exponent.kind == "number" and exponent.parts[0].denominator == 1:
        return int(exponent.parts[0])
    return None
