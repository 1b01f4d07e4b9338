"""Source code for a graph: NumPy with reused buffers, scalar code for Numba, C, and JAX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symhet.numerics.compiled.graph import Graph, Node

_UFUNCS = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "div": "divide",
    "neg": "negative",
    "sqrt": "sqrt",
    "exp": "exp",
    "expm1": "expm1",
    "log": "log",
    "log1p": "log1p",
}
UFUNC_NAMES = tuple(sorted(set(_UFUNCS.values())))
_INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/"}


@dataclass(frozen=True)
class Slots:
    """Which buffer each operation writes to; buffers are reused once their value is read for the last time.

    Parameters
    ----------
    of_node : dict of int to int
        Buffer of each operation that needs one.
    count : int
        How many buffers there are.
    """

    of_node: dict[int, int]
    count: int


def varying_nodes(graph: Graph, varying: frozenset[str]) -> frozenset[int]:
    """Return the operations whose value differs from point to point when only the named inputs vary."""
    found: set[int] = set()
    for position, node in enumerate(graph.nodes):
        if node.value in varying if node.op == "input" else any(arg in found for arg in node.args):
            found.add(position)
    return frozenset(found)


def allocate(graph: Graph, moving: frozenset[int]) -> Slots:
    """Return an assignment of operations to as few buffers as a single pass finds; outputs get none."""
    last_use = {arg: i for i, node in enumerate(graph.nodes) for arg in node.args}
    kept = set(graph.outputs.values())
    of_node: dict[int, int] = {}
    free: list[int] = []
    count = 0
    for i, node in enumerate(graph.nodes):
        free.extend(of_node[arg] for arg in sorted(set(node.args)) if arg in of_node and last_use[arg] == i)
        if node.op == "input" or i in kept or i not in moving:
            continue
        if free:
            of_node[i] = free.pop()
        else:
            of_node[i] = count
            count += 1
    return Slots(of_node, count)


@dataclass(frozen=True)
class BlockSource:
    """Code for one pattern of varying inputs.

    Parameters
    ----------
    prepare : str
        Function ``prepare(**scalars)`` of the inputs that are the same everywhere; returns what the block needs of them.
    block : str
        Function ``block(s, i, o, b)`` of those values, slices of varying inputs, of outputs, and buffers.
    varying : tuple of str
        Order of the varying inputs.
    buffers : int
        How many buffers a block needs.
    """

    prepare: str
    block: str
    varying: tuple[str, ...]
    buffers: int


def numpy_source(graph: Graph, varying: frozenset[str]) -> BlockSource:
    """Return NumPy code that works out once what depends on constant inputs alone, and the rest block by block."""
    moving = varying_nodes(graph, varying)
    slots = allocate(graph, moving)
    outputs = list(graph.outputs.values())
    needed = sorted(
        {arg for i in moving for arg in graph.nodes[i].args if arg not in moving}
        | {position for position in outputs if position not in moving}
    )
    order = tuple(name for name in graph.inputs if name in varying)
    return BlockSource(
        _prepare(graph, moving, needed, [name for name in graph.inputs if name not in varying]),
        _block(graph, moving, needed, order, slots),
        order,
        slots.count,
    )


def _prepare(graph: Graph, moving: frozenset[int], needed: list[int], inputs: list[str]) -> str:
    lines = [f"def prepare({', '.join(inputs)}):"]
    for position, node in enumerate(graph.nodes):
        if position in moving:
            continue
        value = node.value if node.op == "input" else _expression(node, lambda op: _UFUNCS[op])
        lines.append(f"    v{position} = {value}")
    return "\n".join([*lines, f"    return ({''.join(f'v{i}, ' for i in needed)})", ""])


def _block(graph: Graph, moving: frozenset[int], needed: list[int], order: tuple[str, ...], slots: Slots) -> str:
    outputs = list(graph.outputs.values())
    lines = ["def block(s, i, o, b):"]
    lines += [f"    v{position} = s[{k}]" for k, position in enumerate(needed)]
    for position, node in enumerate(graph.nodes):
        if position not in moving:
            continue
        if node.op == "input":
            lines.append(f"    v{position} = i[{order.index(node.value)}]")
            continue
        into = f"o[{outputs.index(position)}]" if position in outputs else f"b[{slots.of_node[position]}]"
        arguments = ", ".join(f"v{arg}" for arg in node.args)
        lines.append(f"    v{position} = {_UFUNCS[node.op]}({arguments}, {into})")
    seen: set[int] = set()
    for k, position in enumerate(outputs):
        if position not in moving or graph.nodes[position].op == "input" or position in seen:
            lines.append(f"    o[{k}][...] = v{position}")
        seen.add(position)
    return "\n".join([*lines, "    return None", ""])


def scalar_source(graph: Graph, name: str, call: Callable[[str], str]) -> str:
    """Return a function of scalars (or of arrays that broadcast): keyword order of inputs, tuple of outputs."""
    lines = [f"def {name}({', '.join(graph.inputs)}):"]
    lines += [f"    {line}" for line in _assignments(graph, call)]
    lines.append(f"    return ({', '.join(f'v{position}' for position in graph.outputs.values())},)")
    return "\n".join(lines) + "\n"


def loop_source(graph: Graph, varying: frozenset[str]) -> str:
    """Return a loop over points for Numba: constant inputs, varying inputs, outputs, start and stop."""
    constant = [name for name in graph.inputs if name not in varying]
    moving = [name for name in graph.inputs if name in varying]
    results = [f"out{k}" for k in range(len(graph.outputs))]
    arguments = ", ".join([*constant, *(f"{name}_" for name in moving), *results, "start", "stop"])
    lines = [f"def loop({arguments}):", "    for j in range(start, stop):"]
    lines += [f"        {name} = {name}_[j]" for name in moving]
    lines += [f"        {line}" for line in _assignments(graph, lambda op: f"math.{op}")]
    lines += [f"        out{k}[j] = v{position}" for k, position in enumerate(graph.outputs.values())]
    return "\n".join([*lines, ""])


def c_source(graph: Graph, name: str) -> str:
    """Return a C99 function over arrays: inputs, then outputs, then the number of points."""
    inputs = ", ".join(f"const double *restrict {x}" for x in graph.inputs)
    outputs = ", ".join(f"double *restrict out_{x}" for x in graph.outputs)
    lines = ["#include <math.h>", "#include <stddef.h>", "", f"void {name}({inputs}, {outputs}, size_t points) {{"]
    lines.append("    for (size_t j = 0; j < points; ++j) {")
    for position, node in enumerate(graph.nodes):
        value = f"{node.value}[j]" if node.op == "input" else _expression(node, str)
        lines.append(f"        const double v{position} = {value};")
    lines += [f"        out_{x}[j] = v{position};" for x, position in graph.outputs.items()]
    return "\n".join([*lines, "    }", "}", ""])


def _assignments(graph: Graph, call: Callable[[str], str]) -> list[str]:
    lines = []
    for position, node in enumerate(graph.nodes):
        if node.op == "input":
            lines.append(f"v{position} = {node.value}")
        else:
            lines.append(f"v{position} = {_expression(node, call)}")
    return lines


def _expression(node: Node, call: Callable[[str], str]) -> str:
    if node.op == "const":
        return _constant(node)
    arguments = [f"v{arg}" for arg in node.args]
    if node.op in _INFIX:
        return f"{arguments[0]} {_INFIX[node.op]} {arguments[1]}"
    if node.op == "neg":
        return f"-{arguments[0]}"
    return f"{call(node.op)}({arguments[0]})"


def _constant(node: Node) -> str:
    numer, _, denom = node.value.partition("/")
    return f"{numer}.0 / {denom}.0" if denom else f"{numer}.0"
