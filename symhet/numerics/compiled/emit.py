"""Source code for a graph: NumPy with reused buffers, scalar code for Numba, C, and JAX."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from symhet.numerics.compiled.graph import Graph
from symhet.numerics.compiled.operations import ELEMENTARY, Node, reaching
from symhet.numerics.compiled.ranges import calm_source

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
    "maximum": "maximum",
    "lt": "less",
    "le": "less_equal",
}
UFUNC_NAMES = (*sorted(set(_UFUNCS.values())), "logical_and")
_INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/", "lt": "<", "le": "<="}
TOLERANCE = {"float64": 1e-9, "float32": 1e-4}
"""Relative difference within which two sides of an equation count as equal; generated code has it as a constant."""
LONGEST_DENOMINATOR = 6
"""Digits of the denominator from which a fraction is written as a decimal."""
MOST_ARRAYS = 17
"""Arrays whose overlaps a compiler still tests at run time."""
_COMPARISONS = frozenset({"lt", "le"})
_Point = Callable[[Mapping[str, str], str], list[str]]
"""From where inputs and results are found, and an indent, to the lines of code for one point."""


@dataclass(frozen=True)
class Slots:
    """Where each operation writes to; buffers are reused once their value is read for the last time.

    Parameters
    ----------
    of_node : dict of int to str
        Code for the array of each operation, an output or a buffer.
    count : int
        How many buffers there are.
    """

    of_node: dict[int, str]
    count: int


class Sourced(Protocol):
    """What code is written for: a graph, or one whose constants were put together."""

    nodes: list[Node]
    tests: dict[str, int]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the inputs."""

    @property
    def worked_out(self) -> dict[str, int]:
        """Outputs that are worked out."""

    @property
    def supposed(self) -> list[int]:
        """Comparisons that code takes for granted."""


def varying_nodes(graph: Sourced, varying: frozenset[str]) -> frozenset[int]:
    """Return the operations whose value differs from point to point when only the named inputs vary."""
    found: set[int] = set()
    for position, node in enumerate(graph.nodes):
        if node.value in varying if node.op == "input" else any(arg in found for arg in node.args):
            found.add(position)
    return frozenset(found)


def allocate(graph: Sourced, moving: frozenset[int]) -> Slots:
    """Return an assignment of operations to as few buffers as a single pass finds.

    What is read for the last time where an output, or what became of it, is worked out stands in that output itself.
    """
    last_use = {arg: i for i, node in enumerate(graph.nodes) if i in moving for arg in node.args}
    outputs = list(graph.worked_out.values())
    stored = {i for i in moving if graph.nodes[i].op != "input" and graph.nodes[i].op not in _COMPARISONS}
    of_node: dict[int, str] = {}
    for k, position in enumerate(outputs):
        chain = None if position not in stored or position in of_node else position
        while chain is not None:
            of_node[chain] = f"o[{k}]"
            ending = (arg for arg in graph.nodes[chain].args if last_use[arg] == chain)
            chain = next((arg for arg in ending if arg in stored and arg not in (*of_node, *outputs)), None)
    free: list[str] = []
    count = 0
    for i, node in enumerate(graph.nodes):
        ended = [of_node[arg] for arg in sorted(set(node.args)) if arg in of_node and last_use.get(arg) == i]
        free.extend(buffer for buffer in ended if buffer.startswith("b"))
        if i not in stored or i in of_node:
            continue
        if not free:
            free.append(f"b[{count}]")
            count += 1
        of_node[i] = free.pop()
    return Slots(of_node, count)


@dataclass(frozen=True)
class BlockSource:
    """Code for one pattern of varying inputs.

    Parameters
    ----------
    prepare : str
        Function ``prepare(given)`` of the inputs that are the same everywhere, by name; returns what the block needs
        of them, and the conditions on them alone.
    block : str
        Function ``block(s, i, o, b, m, c)`` of those values, slices of varying inputs, of outputs, buffers, the mask of
        admissible points and a second mask to work in, which code without conditions does not need; returns whether
        the mask was written.
    varying : tuple of str
        Order of the varying inputs.
    buffers, passes : int
        How many buffers a block needs, and how many operations go over its points.
    calm : str
        Function ``calm(s, x)`` of those values and a slice of the one varying input, for code that supposes something:
        tells whether that holds at all points of the slice.
    """

    prepare: str
    block: str
    varying: tuple[str, ...]
    buffers: int
    passes: int
    calm: str


def numpy_source(graph: Sourced, varying: frozenset[str], told: Sequence[int] = ()) -> BlockSource:
    """Return NumPy code that works out once what depends on constant inputs alone, and the rest block by block.

    Parameters
    ----------
    graph : Graph or Hoisted
        Formulas and conditions.
    varying : frozenset of str
        Inputs that vary.
    told : sequence of int
        Constants that ``prepare`` returns after what the block needs.
    """
    moving = varying_nodes(graph, varying)
    worked_on = moving.intersection(reaching(graph.nodes, [*graph.worked_out.values(), *graph.tests.values()]))
    slots = allocate(graph, worked_on)
    needed = _needed(graph, moving)
    order = tuple(name for name in graph.inputs if name in varying)
    return BlockSource(
        _prepare(graph, moving, [*needed, *told]),
        _block(graph, worked_on, needed, order, slots),
        order,
        slots.count,
        sum(graph.nodes[position].op != "input" for position in worked_on),
        calm_source(graph.nodes, graph.supposed, moving, needed),
    )


def _needed(graph: Sourced, moving: frozenset[int]) -> list[int]:
    """Return what the points need of what is the same at all of them."""
    read = {arg for i in moving for arg in graph.nodes[i].args if arg not in moving}
    return sorted(read | {position for position in graph.worked_out.values() if position not in moving})


def _prepare(graph: Sourced, moving: frozenset[int], needed: list[int]) -> str:
    lines = ["def prepare(given):"]
    for position, node in enumerate(graph.nodes):
        if position in moving:
            continue
        value = _given(node.value) if node.op == "input" else _expression(node, lambda op: _UFUNCS[op])
        lines.append(f"    v{position} = {value}")
    tests = [position for position in graph.tests.values() if position not in moving]
    values, holds = ("".join(f"v{i}, " for i in chosen) for chosen in (needed, tests))
    return "\n".join([*lines, f"    return ({values}), ({holds})", ""])


def _block(graph: Sourced, moving: frozenset[int], needed: list[int], order: tuple[str, ...], slots: Slots) -> str:
    outputs = list(graph.worked_out.values())
    lines = ["def block(s, i, o, b, m=None, c=None):"]
    lines += [f"    v{position} = s[{k}]" for k, position in enumerate(needed)]
    tested = False
    for position, node in enumerate(graph.nodes):
        if position not in moving:
            continue
        arguments = ", ".join(f"v{arg}" for arg in node.args)
        if node.op == "input":
            lines.append(f"    v{position} = i[{order.index(node.value)}]")
        elif node.op in _COMPARISONS:
            lines.append(f"    {_UFUNCS[node.op]}({arguments}, {'c' if tested else 'm'})")
            if tested:
                lines.append("    logical_and(m, c, m)")
            tested = True
        else:
            # NumPy wants the result of this one function named.
            named = "out=" if node.op == "maximum" else ""
            lines.append(f"    v{position} = {_UFUNCS[node.op]}({arguments}, {named}{slots.of_node[position]})")
    seen: set[int] = set()
    for k, position in enumerate(outputs):
        if position not in moving or graph.nodes[position].op == "input" or position in seen:
            lines.append(f"    o[{k}][...] = v{position}")
        seen.add(position)
    return "\n".join([*lines, f"    return {tested}", ""])


def scalar_source(
    graph: Graph, name: str, call: Callable[[str], str], choose: str, nan: str, outputs: Mapping[str, int] | None = None
) -> str:
    """Return a function of numbers by name, or of arrays that broadcast: NaN where a condition fails.

    Parameters
    ----------
    graph : Graph
        Formulas and conditions.
    name : str
        Name of the function.
    call : Callable
        From the name of an elementary function to how it is called.
    choose : str
        Template with the fields ``holds``, ``value`` and ``nan``.
    nan : str
        How not-a-number is written.
    outputs : Mapping[str, int], optional
        Positions of the results; all outputs of the graph by default.
    """
    lines = [f"def {name}(given):"]
    lines += [f"    {line}" for line in _assignments(graph, call, _given)]
    values = [f"v{position}" for position in (graph.outputs if outputs is None else outputs).values()]
    if graph.tests:
        lines.append(f"    holds = {' & '.join(f'v{position}' for position in graph.tests.values())}")
        values = [choose.format(holds="holds", value=value, nan=nan) for value in values]
    return "\n".join([*lines, f"    return ({', '.join(values)},)", ""])


def number_source(graph: Graph) -> str:
    """Return a function of Python numbers by name: the outputs by name, or None where a condition fails.

    What is beyond the doubles, or undefined, raises as Python's own arithmetic does; what is missing as a mapping does.
    """
    lines = ["def number(given):", f"    if len(given) != {len(graph.inputs)}: return None"]
    lines += [f"    {local(name)} = float({_given(name)})" for name in graph.inputs]
    tests = dict.fromkeys(graph.tests.values(), True)
    for position, line in enumerate(_assignments(graph, _number_name)):
        lines.append(f"    {line}")
        if tests.get(position):
            lines.append(f"    if not v{position}: return None")
    results = ", ".join(f"{name!r}: float64(v{position})" for name, position in graph.outputs.items())
    return "\n".join([*lines, f"    return {{{results}}}", ""])


def _number_name(op: str) -> str:
    return "max" if op == "maximum" else op


def loop_source(graph: Graph, varying: frozenset[str], tile: int) -> str:
    """Return a loop over points for Numba, of constant inputs, varying inputs, outputs; it counts points outside.

    A compiler makes vector code of it only if it can tell that no two arrays overlap. It tests that itself for a few
    arrays; for more, a tile of points at a time is worked out in one scratch array, where every distance is known.
    """
    constant = [local(name) for name in graph.inputs if name not in varying]
    return _loop(graph, varying, tile, constant, [f"    {name} = float({name})" for name in constant])


def put_together_loop(graph: Sourced, varying: frozenset[str], told: Sequence[int], tile: int) -> tuple[str, str]:
    """Return ``prepare`` as of a block source, and a loop that takes what the points need of it in place of inputs."""
    moving = varying_nodes(graph, varying)
    needed = _needed(graph, moving)
    still = frozenset(range(len(graph.nodes))) - moving
    loop = _loop(graph, varying, tile, [f"v{position}" for position in needed], [], still)
    return _prepare(graph, moving, [*needed, *told]), loop


def _loop(
    graph: Sourced, varying: frozenset[str], tile: int, given: list[str], head: list[str], still: Container[int] = ()
) -> str:
    """Return a loop that is given some values, and works out all operations but those that are still."""
    moving = [local(name) for name in graph.inputs if name in varying]
    results = [f"out{k}" for k in range(len(graph.worked_out))]
    arguments = ", ".join([*given, *(f"{name}_" for name in moving), *results])
    point = _point(graph, moving, results, still)
    body = _tiled if len(moving) + len(results) > MOST_ARRAYS else _direct
    lines = [f"def loop({arguments}):", *head, "    outside = with_wide_registers(0)"]
    lines += body(point, moving, results, tile)
    return "\n".join([*lines, "    return outside", ""])


def _direct(point: _Point, moving: list[str], results: list[str], tile: int) -> list[str]:
    places = {**{name: f"{name}_[j]" for name in moving}, **{name: f"{name}[j]" for name in results}}
    return ["    for j in range(out0.size):", *point(places, " " * 8)]


def _tiled(point: _Point, moving: list[str], results: list[str], tile: int) -> list[str]:
    start = {name: tile * k for k, name in enumerate([*moving, *results])}
    places = {name: f"scratch[j + uintp({first})]" for name, first in start.items()}
    return [
        f"    scratch = empty({tile * len(start)})",
        f"    for low in range(0, out0.size, {tile}):",
        f"        size = min({tile}, out0.size - low)",
        *(f"        scratch[{start[name]}:{start[name]} + size] = {name}_[low:low + size]" for name in moving),
        "        for index in range(size):",
        "            j = uintp(index)",
        *point(places, " " * 12),
        *(f"        {name}[low:low + size] = scratch[{start[name]}:{start[name]} + size]" for name in results),
    ]


def _point(graph: Sourced, moving: list[str], results: list[str], still: Container[int]) -> _Point:
    """Return how one point is worked out."""
    worked_out = [line for i, line in enumerate(_assignments(graph, str)) if i not in still]
    holds = " & ".join(f"v{position}" for position in graph.tests.values() if position not in still)

    def lines(places: Mapping[str, str], indent: str) -> list[str]:
        found = [f"{name} = float({places[name]})" for name in moving] + worked_out
        for name, position in zip(results, graph.worked_out.values(), strict=True):
            found.append(f"{places[name]} = " + (f"v{position} if {holds} else nan" if holds else f"v{position}"))
        found += [f"outside += 0 if {holds} else 1"] if holds else []
        return [indent + line for line in found]

    return lines


def local(name: str) -> str:
    """Return how code calls an input: like no word of Python, and like nothing else that generated code names."""
    return f"{name}_in"


def _given(name: str) -> str:
    return f"given[{name!r}]"


def _assignments(graph: Sourced, call: Callable[[str], str], read: Callable[[str], str] = local) -> list[str]:
    return [
        f"v{position} = {read(node.value) if node.op == 'input' else _expression(node, call)}"
        for position, node in enumerate(graph.nodes)
    ]


def _expression(node: Node, call: Callable[[str], str]) -> str:
    if node.op == "const":
        return constant(node)
    if node.op == "tolerance":
        return "TOLERANCE"
    arguments = [f"v{arg}" for arg in node.args]
    if node.op in _INFIX:
        return f"{arguments[0]} {_INFIX[node.op]} {arguments[1]}"
    if node.op == "neg":
        return f"-{arguments[0]}"
    return f"{call(node.op)}({', '.join(arguments)})"


def constant(node: Node) -> str:
    """Return an exact quotient as code."""
    numer, _, denom = node.value.partition("/")
    if len(denom) > LONGEST_DENOMINATOR:
        return repr(int(numer) / int(denom))
    return f"{numer}.0 / {denom}.0" if denom else f"{numer}.0"


def jax_function(graph: Graph, name: str, outputs: Mapping[str, int] | None = None) -> str:
    """Return the function for JAX."""
    choose = "jnp.where({holds}, {value}, {nan})"
    return scalar_source(graph, name, lambda op: f"jnp.{op}", choose, "jnp.nan", outputs)


def jax_stages(graph: Graph) -> str:
    """Return the same as two functions: what is elementary or a condition, and from that and the inputs the results."""
    shared = [i for i, node in enumerate(graph.nodes) if node.op in ELEMENTARY]
    tests = list(graph.tests.values())
    first, second = (
        reaching(graph.nodes, of, without)
        for of, without in (([*shared, *tests], []), (graph.worked_out.values(), shared))
    )
    holds = " & ".join(f"v{position}" for position in tests) or "True"
    values = "".join(f"v{position}, " for position in shared)
    lines = _assignments(graph, lambda op: f"jnp.{op}", _given)
    results = "".join(f"jnp.where(holds, v{position}, jnp.nan), " for position in graph.worked_out.values())
    return "\n".join(
        [
            "def shared(given):",
            *(f"    {lines[position]}" for position in first),
            f"    return ({values}), {holds}",
            "def results(found, given):",
            f"    ({values}), holds = found",
            *(f"    {lines[position]}" for position in second if position not in shared),
            f"    return ({results})",
            "",
        ]
    )
