"""Both sides of the conditions of formulas at points, to say which fails and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from symhet.numerics.compiled import emit
from symhet.numerics.compiled.graph import Graph
from symhet.numerics.compiled.operations import reaching

__all__ = ["comparisons"]


def comparisons(graph: Graph, arrays: Mapping[str, Any]) -> dict[str, tuple[str, Any, Any]]:
    """Return, for each condition, the comparison and the values of its two sides.

    Examples
    --------
    >>> import sympy as sp
    >>> x = sp.Symbol("x", positive=True)
    >>> comparisons(Graph({"y": x}, {}), {"x": 2.0})
    {'x>0': ('lt', 0.0, 2.0)}
    """
    needed = reaching(graph.nodes, graph.tests.values())
    values: dict[int, Any] = {}
    operations = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "neg": np.negative}
    with np.errstate(all="ignore"):
        for position in needed:
            node = graph.nodes[position]
            if node.op in ("lt", "le"):
                continue
            if node.op == "input":
                values[position] = arrays[node.value]
            elif node.op == "const":
                numer, _, denom = node.value.partition("/")
                values[position] = int(numer) / int(denom or 1)
            elif node.op == "tolerance":
                values[position] = emit.TOLERANCE["float64"]
            else:
                ufunc = operations.get(node.op) or getattr(np, node.op)
                values[position] = ufunc(*(values[arg] for arg in node.args))
    tests = {label: graph.nodes[position] for label, position in graph.tests.items()}
    return {label: (node.op, values[node.args[0]], values[node.args[1]]) for label, node in tests.items()}
