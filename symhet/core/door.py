"""The door: context and certificate are built anew, of exact types, before a rule sees anything of them.

Every term and statement is the one that the constructor of its head made of its data, which it checked, and so is every
part of it; every record is a new one whose fields are what its annotations say. Nothing else that was given is in what
comes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from symhet.core.context import Context
from symhet.core.records import KINDS, Function, Record
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import Head, Term, is_made

MAX_PARTS = 100_000
MAX_TEXT = 1_000
ATOMS = (str, bool, int)


def refusal(why: str, about: object = None) -> Refusal:
    """Return the error of the door; what is in question is shown only when its type is known."""
    return Refusal("data", why, about if type(about) in (str, int, Term, Statement) else type(about).__name__)


def require_system(equations: Iterable[Statement], endogenous: Iterable[Term]) -> None:
    """Refuse a system that is not made of equations which can be differentiated, in symbols."""
    for equation in equations:
        if equation.op is not Op.EQUAL or equation.mentions(Head.TOTAL, Head.DENSITY):
            raise refusal("the system has equations without totals and densities", equation)
    if not all(symbol.head is Head.SYMBOL for symbol in endogenous):
        raise refusal("an endogenous symbol is a symbol")


def rebuilt(context: Context, goal: Statement, certificate: Any) -> tuple[Context, Statement, Any]:
    """Return context, goal and certificate built anew: nothing of what was given is in them.

    Raises
    ------
    Refusal
        When anything in them is not of exactly the type that it should be.
    """
    if type(context) is not Context or type(context.hypotheses) not in (dict, MappingProxyType):
        raise refusal("a context is expected, whose hypotheses are a mapping", context)
    if type(context.system) is not frozenset or type(context.endogenous) is not frozenset:
        raise refusal("the system and the endogenous symbols are sets", context)
    builder = _Builder()
    hypotheses = {builder.field(str, name): builder.field(Statement, fact) for name, fact in context.hypotheses.items()}
    system = frozenset([builder.field(str, name) for name in context.system])
    endogenous = frozenset([builder.field(Term, symbol) for symbol in context.endogenous])
    require_system([hypotheses[name] for name in system], endogenous)
    found = Context(hypotheses, system, endogenous), builder.field(Statement, goal), builder.proof(certificate)
    builder.require_names()
    for variable, parameter in [node.args for node in builder.seen if system and node.head is Head.TOTAL]:
        if variable not in endogenous or parameter in endogenous:
            raise refusal("a total is that of an endogenous symbol by an exogenous one", variable)
    return found


class _Builder:
    """Checks terms and statements, each once, and builds records anew."""

    def __init__(self) -> None:
        self.seen: set[Term | Statement] = set()
        self._records = 0

    def field(self, kind: Any, value: Any) -> Any:
        """Return a value if it is what a field of this kind holds."""
        if type(value) is not (Term if kind is Function else kind) or (type(value) is str and len(value) > MAX_TEXT):
            raise refusal(f"of another type than {kind}", value)
        if kind not in ATOMS:
            if value not in self.seen:
                self._enter(value)
            if value.reach and kind is not Function:
                raise refusal("a variable is bound by nothing", value)
        return value

    def _enter(self, node: Term | Statement) -> None:
        """Refuse what its constructor did not make."""
        if len(self.seen) >= MAX_PARTS or not is_made(node):
            raise refusal(f"more than {MAX_PARTS} terms and statements, or one that no constructor made")
        for part in node.args:
            if type(part) in (Term, Statement) and part not in self.seen:
                self._enter(part)
        self.seen.add(node)

    def require_names(self) -> None:
        """Refuse a name that stands for two things."""
        symbols = [node.args[0] for node in self.seen if node.head is Head.SYMBOL]
        functions = {(node.args[0], len(node.args)) for node in self.seen if node.head is Head.UNSPECIFIED}
        if len(set(symbols)) < len(symbols) or len({name for name, _ in functions}) < len(functions):
            raise refusal("one name stands for two symbols, or functions of other numbers of arguments")

    def proof(self, record: Any, depth: int = 0) -> Any:
        """Return a record built anew; one that stands in several places is built, and will be checked, in each."""
        self._records += 1
        if type(record) not in KINDS:
            raise refusal("a proof is expected", record)
        if depth >= t.MAX_DEPTH or self._records > MAX_PARTS:
            raise refusal(f"nested more than {t.MAX_DEPTH} deep, or more than {MAX_PARTS} rules one after another")
        fields = [(kind, getattr(record, name)) for name, kind in KINDS[type(record)]]
        return type(record)(*[self._part(kind, value, depth + 1) for kind, value in fields])

    def _part(self, kind: Any, value: Any, depth: int) -> Any:
        """Return the value of a field of a record, or an entry of one."""
        if type(kind) is not tuple:
            return self.proof(value, depth) if kind is Record else self.field(kind, value)
        if type(value) is not tuple:
            raise refusal("a tuple is expected", value)
        if kind[-1] is ...:
            return tuple([self._part(kind[0], part, depth) for part in value])
        return tuple([self._part(*pair, depth) for pair in zip(kind, value, strict=True)])
