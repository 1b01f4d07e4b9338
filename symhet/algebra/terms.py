"""Expressions as nested lists and strings, for JSON, and back without evaluating any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import sympy as sp

from symhet.algebra.atoms import is_atom
from symhet.errors import TermError

__all__ = ["from_json", "to_json"]

MAX_DEPTH = 200
_NUMBER = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")
_OPERATIONS: Mapping[str, Callable[..., sp.Basic]] = MappingProxyType(
    {
        "add": sp.Add,
        "mul": sp.Mul,
        "pow": sp.Pow,
        "log": sp.log,
        "exp": sp.exp,
        "eq": sp.Eq,
        "ne": sp.Ne,
        "lt": sp.Lt,
        "le": sp.Le,
        "gt": sp.Gt,
        "ge": sp.Ge,
    }
)
_NAMED: Mapping[str, sp.Expr] = MappingProxyType({"oo": sp.oo, "E": sp.E})
_TAGS: Mapping[Any, str] = MappingProxyType({operation: tag for tag, operation in _OPERATIONS.items()})
_ARITIES: Mapping[str, int] = MappingProxyType({"log": 1, "exp": 1} | dict.fromkeys(("pow", "eq", "ne"), 2))


def to_json(expr: sp.Basic) -> Any:
    """Return an expression or relation as nested lists and strings.

    Numbers become strings such as ``"-3/4"``, infinity ``"oo"``, Euler's number ``"E"``; symbols become
    ``["symbol", name]``, applied functions ``["call", name, ...]``, everything else a list that starts with the
    operation.

    Raises
    ------
    TermError
        When the expression contains anything else.

    Examples
    --------
    >>> to_json(sp.Symbol("x") ** 2 / 3)
    ['mul', '1/3', ['pow', ['symbol', 'x'], '2']]
    """
    if isinstance(expr, sp.Rational):
        return str(expr)
    if expr in _NAMED.values():
        return str(expr)
    if type(expr) is sp.Symbol:
        return ["symbol", expr.name]
    if type(expr) in _TAGS:
        return [_TAGS[type(expr)], *map(to_json, expr.args)]
    if isinstance(expr, sp.Function) and is_atom(expr):
        return ["call", type(expr).__name__, *map(to_json, expr.args)]
    raise TermError(
        f"{sp.sstr(expr)} cannot be written as data",
        where=type(expr).__name__,
        why="only sums, products, powers, exp, log, relations, rationals, symbols and abstract functions can",
        fix="rewrite the expression in these terms",
    )


def from_json(data: Any, symbols: Mapping[str, sp.Symbol], functions: Mapping[str, Callable[..., sp.Expr]]) -> sp.Basic:
    """Rebuild an expression from what `to_json` returned, node by node as it was.

    Parameters
    ----------
    data : list or str
        Nested lists and strings.
    symbols : Mapping[str, sympy.Symbol]
        The symbols by name.
    functions : Mapping[str, type]
        The function classes by name.

    Raises
    ------
    TermError
        When the data are malformed or name an unknown symbol or function; says where.

    Examples
    --------
    >>> x = sp.Symbol("x", positive=True)
    >>> from_json(["pow", ["symbol", "x"], "1/2"], {"x": x}, {})
    sqrt(x)
    """
    return _Reader(symbols, functions).read(data, ())


class _Reader:
    def __init__(self, symbols: Mapping[str, sp.Symbol], functions: Mapping[str, Callable[..., sp.Expr]]) -> None:
        self.symbols = symbols
        self.functions = functions

    def read(self, data: Any, path: tuple[int, ...]) -> sp.Basic:
        if len(path) > MAX_DEPTH:
            raise _malformed(path, f"nested more than {MAX_DEPTH} deep")
        if isinstance(data, str):
            return _number(data, path)
        if not isinstance(data, list | tuple) or not data or not isinstance(data[0], str):
            raise _malformed(path, f"expected a number or a list that starts with an operation, found {data!r:.60}")
        tag, *rest = data
        if tag == "symbol":
            return self._symbol(rest, path)
        if tag == "call":
            return self._call(rest, path)
        if tag not in _OPERATIONS:
            raise _malformed((*path, 0), f"unknown operation {tag!r:.60}")
        arity = _ARITIES.get(tag, 2 if tag in ("lt", "le", "gt", "ge") else None)
        if (arity is None and len(rest) < 2) or (arity is not None and len(rest) != arity):
            raise _malformed(path, f"{tag!r} with {len(rest)} arguments")
        arguments = self._arguments(rest, path, 1)
        return _OPERATIONS[tag](*arguments, evaluate=False)

    def _arguments(self, items: list[Any], path: tuple[int, ...], first: int) -> list[sp.Basic]:
        arguments = [self.read(item, (*path, i)) for i, item in enumerate(items, first)]
        if not all(isinstance(argument, sp.Expr) for argument in arguments):
            raise _malformed(path, "a relation inside an expression")
        return arguments

    def _symbol(self, rest: list[Any], path: tuple[int, ...]) -> sp.Symbol:
        if len(rest) != 1 or not isinstance(rest[0], str):
            raise _malformed(path, "a symbol needs one name")
        if rest[0] not in self.symbols:
            raise _malformed(path, f"unknown symbol {rest[0]!r:.60}")
        return self.symbols[rest[0]]

    def _call(self, rest: list[Any], path: tuple[int, ...]) -> sp.Expr:
        if not rest or not isinstance(rest[0], str) or rest[0] not in self.functions:
            raise _malformed(path, f"unknown function {rest[:1]!r:.60}")
        arguments = self._arguments(rest[1:], path, 2)
        try:
            return self.functions[rest[0]](*arguments)
        except TypeError as error:
            raise _malformed(path, str(error)) from None


def _number(text: str, path: tuple[int, ...]) -> sp.Expr:
    if text in _NAMED:
        return _NAMED[text]
    if not _NUMBER.fullmatch(text):
        raise _malformed(path, f"{text!r:.60} is not a number such as '-3/4'")
    above, _, below = text.partition("/")
    if below and int(below) == 0:
        raise _malformed(path, f"{text!r:.60} divides by zero")
    return sp.Rational(int(above), int(below or 1))


def _malformed(path: tuple[int, ...], why: str) -> TermError:
    return TermError(
        "the data are not an expression",
        where="item " + ".".join(map(str, path)) if path else "the outermost item",
        why=why,
        fix="write the expression with to_json",
    )
