"""Terms and statements written as text that reads back as the same object.

The spelling is that of model files; `symhet.language.text` says how it is read.
"""

from __future__ import annotations

from symhet.language import terms as t
from symhet.language.printing import ATOM, TermPrinter
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.surface import AND, IFF, IMPLIES, NOT, OR, POWER, PRODUCT, RELATION, SUM
from symhet.language.terms import Head, Term

_LETTERS = ("x", "y", "z", "u", "v", "w")
_FUNCTIONS = {Head.EXP: "exp", Head.LOG: "ln", Head.SURVIVAL: "S", Head.TAIL: "T", Head.DENSITY: "g"}
_INFIX = {Op.AND: (AND, " and "), Op.OR: (OR, " or "), Op.IMPLIES: (IMPLIES, " => "), Op.IFF: (IFF, " <=> ")}


def text(thing: Term | Statement, order: Term | None = None) -> str:
    """Return a term or statement as text.

    Parameters
    ----------
    thing : Term or Statement
        What to write.
    order : Term, optional
        The order of the tail moments that are written T(x).

    Examples
    --------
    >>> x, sigma = t.symbol("x"), t.symbol("sigma")
    >>> text(t.add(t.power(x, t.add(sigma, t.MINUS_ONE)), t.negative(t.log(sigma))))
    'x^(sigma - 1) - ln(sigma)'
    """
    writer = _Writer(thing, order)
    return writer.term(thing, 0) if isinstance(thing, Term) else writer.statement(thing, 0)


class _Writer(TermPrinter):
    def __init__(self, thing: Term | Statement, order: Term | None) -> None:
        self.order = order
        self.bound: list[str] = []
        self._taken = {str(leaf.args[0]) for leaf in thing.leaves if leaf.head is Head.SYMBOL}

    # Terms

    def _number(self, p: int, q: int) -> tuple[int, str]:
        written = str(p) if q == 1 else f"{p}/{q}"
        return (SUM if p < 0 else ATOM if q == 1 else PRODUCT), written

    def _power(self, base: Term, exponent: Term) -> str:
        return f"{self._base(base)}^{self._exponent(exponent)}"

    def _rest(self, term: Term) -> tuple[int, str]:
        return ATOM, self._atom(term)

    def _atom(self, term: Term) -> str:
        head, args = term.head, term.args
        if head is Head.SYMBOL:
            return str(args[0])
        if head is Head.BOUND:
            return self.bound[-1 - args[0]] if args[0] < len(self.bound) else f"bound_{args[0] - len(self.bound)}"
        if head is Head.SUPPORT:
            return "b_G"
        if head is Head.TOTAL:
            return f"d({args[0].args[0]})/d({args[1].args[0]})"
        if head is Head.TAIL and args[1] is self.order:
            return f"T({self.term(args[0], 0)})"
        if head in _FUNCTIONS:
            return f"{_FUNCTIONS[head]}({', '.join(self.term(arg, 0) for arg in args)})"
        if head is Head.UNSPECIFIED:
            return self._unspecified(*args)
        return self._integral(term)

    def _unspecified(self, name: str, orders: tuple[int, ...], *arguments: Term) -> str:
        marks = "'" * orders[0] if len(orders) == 1 else f"'[{','.join(map(str, orders))}]" if any(orders) else ""
        return f"{name}{marks}({', '.join(self.term(argument, 0) for argument in arguments)})"

    def _integral(self, term: Term) -> str:
        exponent, high = term.args[0], term.args[-1]
        low = t.ZERO if term.head is Head.INTEGRAL_FROM_ZERO else term.args[1]
        below = "(0)" if low is t.ZERO and term.head is Head.INTEGRAL else self.term(low, 0)
        ends = f"{below}, {self.term(high, 0)}"
        name = self._fresh()
        self._taken.add(name)
        inner = self._exponent(exponent)
        self._taken.discard(name)
        return f"integral({name}^{inner}, {name}, {ends})"

    def _sum(self, parts: tuple[Term, ...]) -> str:
        written = self.term(parts[0], SUM + 1) if parts[0].head is Head.SUM else self.term(parts[0], SUM)
        for part in parts[1:]:
            level, inner = self._spelled(part)
            if inner.startswith("-") and part.head is not Head.SUM:
                written += f" - {inner[1:]}"
            else:
                written += f" + {f'({inner})' if level <= SUM else inner}"
        return written

    def _product(self, factors: tuple[Term, ...]) -> tuple[int, str]:
        first = factors[0]
        if first.head is Head.NUMBER and first.args[0] < 0:
            if first is not t.MINUS_ONE:
                return SUM, "-" + self._chain((t.number(-first.args[0], first.args[1]), *factors[1:]))
            if factors[1].head is not Head.NUMBER:
                return SUM, "-" + self._chain(factors[1:])
        return PRODUCT, self._chain(factors)

    def _chain(self, factors: tuple[Term, ...]) -> str:
        """Write factors with * and /; a number that stands bare would join a number after it."""
        written, bare = "", False
        for factor in factors:
            written, bare = self._linked(written, bare, factor)
        return written

    def _linked(self, written: str, bare: bool, factor: Term) -> tuple[str, bool]:
        head, args = factor.head, factor.args
        if head is Head.NUMBER and args[0] >= 0:
            if written and args[0] == 1 and args[1] > 1 and not bare:
                return f"{written}/{args[1]}", False
            inner = f"({self._number(*args)[1]})" if written and bare and args[1] > 1 else self._number(*args)[1]
            return (f"{written}*{inner}" if written else inner), args[1] == 1
        divides = head is Head.WHOLE_POWER and args[1] == -1 and args[0].head is not Head.NUMBER
        if divides and written != "1":
            return f"{written or '1'}/{self.term(args[0], PRODUCT + 2)}", False
        inner = self.term(factor, PRODUCT + 1)
        return (f"{written}*{inner}" if written else inner), False

    def _whole_power(self, base: Term, exponent: int) -> tuple[int, str]:
        if exponent == -1 and base.head is not Head.NUMBER:
            return PRODUCT, f"1/{self.term(base, PRODUCT + 2)}"
        return POWER, f"{self._base(base)}^{exponent if exponent >= 0 else f'({exponent})'}"

    def _base(self, base: Term) -> str:
        return f"({self.term(base, 0)})" if base.head is Head.TOTAL else self.term(base, ATOM)

    def _exponent(self, exponent: Term) -> str:
        if exponent.head is Head.NUMBER:
            p, q = exponent.args
            return f"({p}/{q})"
        return self.term(exponent, ATOM)

    # Statements

    def _fresh(self) -> str:
        names = (*_LETTERS, *(f"x_{count}" for count in range(len(self._taken) + len(self.bound) + 1)))
        return next(name for name in names if name not in self._taken and name not in self.bound)

    def statement(self, statement: Statement, place: int) -> str:
        level, written = self._said(statement)
        return f"({written})" if level < place else written

    def _said(self, statement: Statement) -> tuple[int, str]:
        op, args = statement.op, statement.args
        if statement is FALSE:
            return ATOM, "false"
        if statement.is_relation:
            return RELATION, f"{self.term(args[0], RELATION + 1)} {op.value} {self.term(args[1], RELATION + 1)}"
        if op is Op.IMPLIES and args[1] is FALSE:
            return NOT, f"not {self.statement(args[0], NOT)}"
        if op is Op.OR and _is_exactly(args):
            return 0, self._exactly(args[0].args[0], "")
        if op in _INFIX:
            level, sign = _INFIX[op]
            return level, sign.join(self._parts(level, args))
        if op is Op.FORALL:
            return 0, self._for_all(args[0])
        if op is Op.UNIQUE_ROOT:
            return 0, self._exactly(args[0], ", falling")
        return (0, self._maximum(args)) if op is Op.MAXIMISER else (ATOM, "dense(G)")

    def _parts(self, level: int, args: tuple[Statement, ...]) -> list[str]:
        """Write what an infix joins; one that reaches to the end stands in parentheses, last or not."""
        if level == IMPLIES:
            return [self.statement(args[0], IMPLIES + 1), self.statement(args[1], IMPLIES)]
        return [self.statement(part, level + 1) for part in args]

    def _for_all(self, body: Statement) -> str:
        name = self._fresh()
        lower = t.ZERO
        if body.op is Op.IMPLIES and _is_above(body.args[0]):
            lower, body = body.args[0].args[0], body.args[1]
        self.bound.append(name)
        written = f"for all {name} > {self.term(lower, SUM)}: {self.statement(body, 0)}"
        self.bound.pop()
        return written

    def _exactly(self, gap: Term, way: str) -> str:
        name = self._fresh()
        self.bound.append(name)
        sides = [gap, t.ZERO] if way else [gap.args[0], gap.args[1].args[1]]
        left, right = (self.term(side, RELATION + 1) for side in sides)
        self.bound.pop()
        return f"exactly one {name} > 0: {left} = {right}{way}"

    def _maximum(self, args: tuple[Term, ...]) -> str:
        point, lower, *upper = (self.term(term, SUM) for term in args[1:])
        name = self._fresh()
        self.bound.append(name)
        function = self.term(args[0], SUM)
        self.bound.pop()
        within = f"{lower} < {name} < {upper[0]}" if upper else f"{name} > {lower}"
        return f"max of {function} for {within} at {point}"


def _is_above(premise: Statement) -> bool:
    """Tell whether a premise says that the innermost bound variable exceeds a term without it, not a literal zero."""
    if premise.op is not Op.LESS or premise.args[1] is not t.bound(0):
        return False
    return premise.args[0] is not t.ZERO and t.bound(0) not in premise.args[0].leaves


def _is_exactly(parts: tuple[Statement, ...]) -> bool:
    """Tell whether two statements say that l - r, or r - l, falls through zero once."""
    if len(parts) != 2 or any(part.op is not Op.UNIQUE_ROOT for part in parts):
        return False
    gap = parts[0].args[0]
    if gap.head is not Head.SUM or len(gap.args) != 2 or gap.args[1].head is not Head.PRODUCT:
        return False
    left, (sign, *right) = gap.args[0], gap.args[1].args
    return sign is t.MINUS_ONE and len(right) == 1 and parts[1].args[0] is t.difference(right[0], left)
