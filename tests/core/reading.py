"""Terms from formulas as Python spells them, so that tests can be tables of lines; nothing is simplified."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from symhet.language import terms as t
from symhet.language.terms import Term

REAL = frozenset({"r", "q"})
_FUNCTIONS = {
    "exp": t.exp,
    "log": t.log,
    "S": t.survival,
    "T": t.tail,
    "g": t.density,
    "integral": t.integral,
    "from_zero": t.integral_from_zero,
}


def read(text: str) -> Term:
    """Return a formula as a term: ``x**2`` is a whole power, ``x**(2)`` too, ``x**(1 + 1)`` is not.

    The symbols r and q are real, all others positive; f(x) and h(x, y) are unspecified functions, b_G is
    the end of the support, d_y the total derivative of y by p.
    """
    return _read(ast.parse(text.strip(), mode="eval").body)


def _read(node: ast.expr) -> Term:
    if isinstance(node, ast.Constant):
        return t.number(node.value)
    if isinstance(node, ast.Name):
        return _named(node.id)
    if isinstance(node, ast.UnaryOp):
        return t.negative(_read(node.operand))
    if isinstance(node, ast.Call):
        arguments = [_read(argument) for argument in node.args]
        name = node.func.id
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](*arguments)
        return t.unspecified(name, (0,) * len(arguments), *arguments)
    left = _read(node.left)
    if isinstance(node.op, ast.Pow):
        whole = _whole(node.right)
        return t.power(left, _read(node.right)) if whole is None else t.whole_power(left, whole)
    right = _read(node.right)
    if isinstance(node.op, ast.Div) and left.head is right.head is t.Head.NUMBER:
        return t.number(left.args[0], right.args[0])
    return {ast.Add: t.add, ast.Sub: t.difference, ast.Mult: t.multiply, ast.Div: t.quotient}[type(node.op)](
        left, right
    )


def _whole(node: ast.expr) -> int | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        return -node.operand.value
    return node.value if isinstance(node, ast.Constant) else None


def _named(name: str) -> Term:
    if name == "b_G":
        return t.SUPPORT
    if name.startswith("d_"):
        return t.total(t.symbol(name[2:]), t.symbol("p"))
    return t.symbol(name, positive=name not in REAL)


def lines(name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the lines ``left <sign> right`` of a table beside this file, signs ``==``, ``!=`` and the like apart."""
    for line in (Path(__file__).parent / name).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            left, sign, right = line.partition(" == ") if " == " in line else line.partition(" != ")
            yield left.strip(), sign.strip(), right.strip()
