"""Ranges of operations between the least and the greatest value of one input: what holds on them holds at every point.

Sums, products, quotients and roots are rounded to the nearest double, which keeps their order, so the ends of a range
are worked out as the points are. Elementary functions differ from one library to another by a few units in the last
place; their ranges are made wider by more than that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

from symhet.numerics.compiled.operations import Node, reaching

__all__ = ["RANGES", "calm_source"]

Range = tuple[float, float]
WIDER = 2.0**-48
"""Relative error that a library's elementary function stays within."""


def known(low: float, high: float) -> Range:
    """Return a range of doubles; what may leave them raises, and nothing is known then.

    Examples
    --------
    >>> known(1.0, 2.0)
    (1.0, 2.0)
    """
    if not -math.inf < low <= high < math.inf:
        raise OverflowError
    return low, high


def add(x: Range, y: Range) -> Range:
    """Return the range of a sum.

    Examples
    --------
    >>> add((1.0, 2.0), (3.0, 5.0))
    (4.0, 7.0)
    """
    return known(x[0] + y[0], x[1] + y[1])


def sub(x: Range, y: Range) -> Range:
    """Return the range of a difference."""
    return known(x[0] - y[1], x[1] - y[0])


def mul(x: Range, y: Range) -> Range:
    """Return the range of a product."""
    products = (x[0] * y[0], x[0] * y[1], x[1] * y[0], x[1] * y[1])
    return known(min(products), max(products))


def div(x: Range, y: Range) -> Range:
    """Return the range of a quotient whose divisor does not change its sign."""
    if y[0] <= 0 <= y[1]:
        raise ZeroDivisionError
    quotients = (x[0] / y[0], x[0] / y[1], x[1] / y[0], x[1] / y[1])
    return known(min(quotients), max(quotients))


def neg(x: Range) -> Range:
    """Return the range of the negative."""
    return -x[1], -x[0]


def maximum(x: Range, y: Range) -> Range:
    """Return the range of the greater of two."""
    return known(max(x[0], y[0]), max(x[1], y[1]))


def sqrt(x: Range) -> Range:
    """Return the range of a root."""
    return math.sqrt(x[0]), math.sqrt(x[1])


def _wider(function: Callable[[float], float]) -> Callable[[Range], Range]:
    def over(x: Range) -> Range:
        low, high = function(x[0]), function(x[1])
        return known(low - WIDER * abs(low), high + WIDER * abs(high))

    return over


RANGES: Mapping[str, Any] = {
    "known": known,
    "add": add,
    "sub": sub,
    "mul": mul,
    "div": div,
    "neg": neg,
    "maximum": maximum,
    "sqrt": sqrt,
    **{name: _wider(getattr(math, name)) for name in ("exp", "expm1", "log", "log1p")},
}
"""Functions of ranges by the name of the operation."""
_SIGNS = {"lt": "<", "le": "<="}


def calm_source(nodes: Sequence[Node], supposed: Sequence[int], moving: Container[int], needed: Sequence[int]) -> str:
    """Return code that tells whether comparisons hold at all values of an input, `least` and `greatest` of an array.

    Parameters
    ----------
    nodes : sequence of Node
        The operations.
    supposed : sequence of int
        The comparisons.
    moving : container of int
        Operations that depend on the input.
    needed : sequence of int
        The others whose values are handed over, in order.

    Examples
    --------
    >>> nodes = [Node("const", value="0"), Node("input", value="x"), Node("lt", (0, 1))]
    >>> print(calm_source(nodes, [2], {1, 2}, [0]))
    def calm(s, x):
        v0 = float(s[0])
        low = float(least(x))
        r1 = (low, low)
        return v0 < r1[0]
    <BLANKLINE>
    """
    lines = ["def calm(s, x):", *(f"    v{position} = float(s[{k}])" for k, position in enumerate(needed))]
    compared = [nodes[position] for position in supposed]
    read = [position for position in reaching(nodes, supposed) if position in moving and position not in supposed]
    inside = {arg for position in read for arg in nodes[position].args}
    for position in read:
        node = nodes[position]
        if node.op == "input":
            sides = [position in inside or any(node.args[side] == position for node in compared) for side in (1, 0)]
            lines += _ends(position, *sides)
        elif node.op == "sub" and len(set(node.args)) == 1:
            lines.append(f"    r{position} = (0.0, 0.0)")
        else:
            arguments = ", ".join(f"r{arg}" if arg in moving else f"(v{arg}, v{arg})" for arg in node.args)
            lines.append(f"    r{position} = {node.op}({arguments})")
    holds = [f"{_end(node.args[0], 1, moving)} {_SIGNS[node.op]} {_end(node.args[1], 0, moving)}" for node in compared]
    return "\n".join([*lines, f"    return {' and '.join(holds) or True}", ""])


def _end(position: int, end: int, moving: Container[int]) -> str:
    return f"r{position}[{end}]" if position in moving else f"v{position}"


def _ends(position: int, least: bool, greatest: bool) -> list[str]:
    """Return code for the range of the input; an end that no comparison reads is left out.

    An end that is not a number fails every comparison, so one of the two is enough to find such values.
    """
    code = ["    low = float(least(x))"] if least else []
    code += ["    high = float(greatest(x))"] if greatest else []
    ends = f"({'low' if least else 'high'}, {'high' if greatest else 'low'})"
    return [*code, f"    r{position} = {'known' if least and greatest else ''}{ends}"]
