"""Statements of the language in LaTeX, in a model's own symbols: precedence is passed down the tree."""

from __future__ import annotations

from collections.abc import Mapping

from symhet.language import terms as t
from symhet.language.printing import ATOM, TermPrinter
from symhet.language.statements import FALSE, Op, Statement
from symhet.language.surface import POWER, PRODUCT, SUM
from symhet.language.terms import Head, Term
from symhet.model.letters import spelled

_RELATIONS = {Op.EQUAL: "=", Op.LESS: "<", Op.AT_MOST: r"\le", Op.DIFFER: r"\ne"}
_TURNED = {Op.LESS: ">", Op.AT_MOST: r"\ge"}
_JOINED = {
    Op.AND: (3, r" \land "),
    Op.OR: (2, r" \lor "),
    Op.IMPLIES: (1, r" \Rightarrow "),
    Op.IFF: (0, r" \Leftrightarrow "),
}
_CALLS = {Head.LOG: r"\ln", Head.SURVIVAL: "S", Head.DENSITY: "g"}
_LETTERS = ("x", "y", "z", "u", "v", "w")


def latex(statement: Statement, names: Mapping[str, str] | None = None) -> str:
    r"""Return a statement in LaTeX.

    Parameters
    ----------
    statement : Statement
        A closed statement.
    names : Mapping[str, str], optional
        How symbols are written; their names where nothing is given.

    Examples
    --------
    >>> from symhet.language import statements as s
    >>> x, sigma = t.symbol("x"), t.symbol("sigma")
    >>> print(latex(s.lt(t.quotient(x, sigma), t.ONE), {"sigma": r"\sigma"}))
    \frac{x}{\sigma} < 1
    """
    return _Writer(statement, names or {}).statement(statement, 0)


class _Writer(TermPrinter):
    fences = (r"\left(", r"\right)")

    def __init__(self, statement: Statement, names: Mapping[str, str]) -> None:
        self.names = names
        self.bound: list[str] = []
        taken = {str(leaf.args[0]) for leaf in statement.leaves if leaf.head is Head.SYMBOL}
        self._letters = [name for name in (*_LETTERS, *(f"x_{{{i}}}" for i in range(99))) if name not in taken]

    def statement(self, statement: Statement, place: int) -> str:
        op, args = statement.op, statement.args
        if statement is FALSE:
            return r"\bot"
        if op in _RELATIONS:
            left, right = args
            if op in _TURNED and left.head is Head.NUMBER and right.head is not Head.NUMBER:
                return f"{self.term(right)} {_TURNED[op]} {self.term(left)}"
            return f"{self.term(left)} {_RELATIONS[op]} {self.term(right)}"
        if op in _JOINED:
            level, sign = _JOINED[op]
            written = sign.join(self.statement(part, level + 1) for part in args)
            return rf"\left({written}\right)" if level < place else written
        written = self._bound(statement)
        return rf"\left({written}\right)" if place else written

    def _bound(self, statement: Statement) -> str:
        op, args = statement.op, statement.args
        if op is Op.DENSE:
            return "g > 0"
        name = self._letters[len(self.bound)]
        ends = [self.term(term) for term in args[1:]]
        self.bound.append(name)
        inner = self.statement(args[0], 0) if op is Op.FORALL else self.term(args[0])
        self.bound.pop()
        if op is Op.FORALL:
            return rf"\forall {name} > 0\colon {inner}"
        if op is Op.UNIQUE_ROOT:
            return rf"\exists! {name} > 0\colon {inner} = 0"
        within = f"{ends[1]} < {name}" + (f" < {ends[2]}" if len(ends) > 2 else "")
        return rf"{ends[0]} = \operatorname*{{arg\,max}}_{{{within}}} {inner}"

    def _number(self, p: int, q: int) -> tuple[int, str]:
        written = str(abs(p)) if q == 1 else rf"\frac{{{abs(p)}}}{{{q}}}"
        return (SUM, f"-{written}") if p < 0 else (ATOM if q == 1 else PRODUCT, written)

    def _power(self, base: Term, exponent: Term) -> str:
        return f"{self._base(base)}^{{{self.term(exponent)}}}"

    def _rest(self, term: Term) -> tuple[int, str]:
        if term.head is Head.EXP:
            return POWER, f"e^{{{self.term(term.args[0])}}}"
        return ATOM, self._atom(term)

    def _atom(self, term: Term) -> str:
        head, args = term.head, term.args
        if head is Head.SYMBOL:
            return self.names.get(args[0], spelled(args[0]))
        if head is Head.BOUND:
            return self.bound[-1 - args[0]]
        if head is Head.SUPPORT:
            return "b_G"
        if head is Head.TOTAL:
            return rf"\frac{{d {self.term(args[0])}}}{{d {self.term(args[1])}}}"
        if head is Head.TAIL:
            return rf"T_{{{self.term(args[1])}}}\left({self.term(args[0])}\right)"
        if head in _CALLS:
            return rf"{_CALLS[head]}\left({self.term(args[0])}\right)"
        if head is Head.UNSPECIFIED:
            return self._unspecified(*args)
        low = "0" if head is Head.INTEGRAL_FROM_ZERO else self.term(args[1])
        name = self._letters[len(self.bound)]
        return rf"\int_{{{low}}}^{{{self.term(args[-1])}}} {name}^{{{self.term(args[0])}}}\,d{name}"

    def _unspecified(self, name: str, orders: tuple[int, ...], *arguments: Term) -> str:
        marks = "'" * orders[0] if len(orders) == 1 else f"^{{({', '.join(map(str, orders))})}}" if any(orders) else ""
        inner = ", ".join(map(self.term, arguments))
        return rf"{self.names.get(name, spelled(name))}{marks}\left({inner}\right)"

    def _sum(self, parts: tuple[Term, ...]) -> str:
        written = self.term(parts[0], SUM + (parts[0].head is Head.SUM))
        for part in parts[1:]:
            inner = self.term(part, SUM + (part.head is Head.SUM))
            written += f" - {inner[1:]}" if inner.startswith("-") else f" + {inner}"
        return written

    def _product(self, factors: tuple[Term, ...]) -> tuple[int, str]:
        sign, above, below = "", [], []
        for factor in factors:
            if factor.head is Head.NUMBER and factor.args[0] < 0:
                sign = "" if sign else "-"
                factor = t.number(-factor.args[0], factor.args[1])
            if factor.head is Head.WHOLE_POWER and factor.args[1] < 0:
                base, exponent = factor.args
                below.append(base if exponent == -1 else t.whole_power(base, -exponent))
            elif factor.head is Head.NUMBER and factor.args[1] > 1:
                below.append(t.number(factor.args[1]))
                above += [t.number(factor.args[0])] if factor.args[0] != 1 else []
            elif factor is not t.ONE:
                above.append(factor)
        if below:
            written = rf"\frac{{{self._line(above)}}}{{{self._line(below)}}}"
        else:
            written = " ".join(self.term(factor, PRODUCT + 1) for factor in above) or "1"
        return (SUM if sign else PRODUCT), sign + written

    def _line(self, factors: list[Term]) -> str:
        if len(factors) == 1:
            return self.term(factors[0])
        return " ".join(self.term(factor, PRODUCT + 1) for factor in factors) or "1"

    def _whole_power(self, base: Term, exponent: int) -> tuple[int, str]:
        if exponent < 0:
            below = base if exponent == -1 else t.whole_power(base, -exponent)
            return PRODUCT, rf"\frac{{1}}{{{self.term(below)}}}"
        return POWER, f"{self._base(base)}^{{{exponent}}}"

    def _base(self, base: Term) -> str:
        written = self.term(base, ATOM)
        return rf"\left({written}\right)" if base.head is Head.SYMBOL and "^" in written else written
