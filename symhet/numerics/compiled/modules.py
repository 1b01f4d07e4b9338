"""Stand-alone modules with the formulas of a graph, for people to read: Python for an array library, and C."""

from __future__ import annotations

import keyword
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence

from symhet.numerics.compiled.emit import TOLERANCE, constant
from symhet.numerics.compiled.graph import Graph
from symhet.numerics.compiled.operations import ELEMENTARY, Node

__all__ = ["c_source", "module_source"]

_INFIX = {"add": ("+", 1), "sub": ("-", 1), "mul": ("*", 2), "div": ("/", 2), "lt": ("<", 0), "le": ("<=", 0)}
_KINDS = {
    "add": "sum", "sub": "difference", "mul": "product", "div": "ratio", "neg": "negative", "maximum": "greatest",
    "exp": "power", "expm1": "power_less_one", "log": "log", "log1p": "log_one_plus", "sqrt": "root",
}  # fmt: skip
ATOM = 4
LONGEST = 88
"""Characters from which a part of an expression gets a name and a line of its own."""


_WORDS = """
np jnp math numba max holds TOLERANCE NAN j points size_t exp expm1 log log1p sqrt fmax
auto break case char const continue default do double else enum extern float for goto if inline int long register
restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
"""
WORDS = frozenset((*keyword.kwlist, *_WORDS.split()))
"""Words that have a meaning in the code of one language or another, so that no quantity is called by them there."""


def identifiers(names: Sequence[str]) -> list[str]:
    """Return how code calls quantities: by their names, with a mark behind words of the languages and look-alikes.

    Examples
    --------
    >>> identifiers(["k", "lambda", "lambda_0", "k_"])
    ['k', 'lambda_0_0', 'lambda_0', 'k_0']
    """
    found: dict[str, str] = {}
    for name in names:
        chosen = name
        while (
            chosen in WORDS or chosen.endswith("_") or chosen in found.values() or (chosen != name and chosen in names)
        ):
            chosen += "0" if chosen.endswith("_") else "_0"
        found[name] = chosen
    return list(found.values())


class Text:
    """The operations of a graph as lines of code: what is used once stands where it is used, the rest has a name.

    Parameters
    ----------
    graph : Graph
        Formulas and conditions.
    call : Callable
        From the name of an elementary function to how it is called.
    assign : str
        Template of a line, with the fields ``name`` and ``value``.
    """

    def __init__(self, graph: Graph, call: Callable[[str], str], assign: str = "{name} = {value}") -> None:
        self.graph, self.call, self.assign = graph, call, assign
        self.lines: list[str] = []
        self._parts: dict[int, tuple[str, int]] = {}
        self.inputs = dict(zip(graph.inputs, identifiers(graph.inputs), strict=True))
        self._taken = {*self.inputs.values(), *WORDS}
        self._numbers: Counter[str] = Counter()
        ends = [*graph.outputs.values(), *graph.tests.values()]
        self._uses = Counter([*(arg for node in graph.nodes for arg in set(node.args)), *ends])
        self._wanted = {position: name for name, position in reversed(graph.outputs.items())}
        for position, node in enumerate(graph.nodes):
            self._parts[position] = self._part(position, node)

    def at(self, position: int) -> str:
        """Return what stands for an operation."""
        return self._parts[position][0]

    def _part(self, position: int, node: Node) -> tuple[str, int]:
        if node.op == "input":
            return self.inputs[node.value], ATOM
        if node.op == "const":
            text = constant(node)
            return text, 2 if "/" in text else ATOM
        if node.op == "tolerance":
            return "TOLERANCE", ATOM
        text, rank = self._expression(node)
        if position not in self._wanted and (self._uses[position] == 1 or rank == 0) and len(text) < LONGEST:
            return text, rank
        name = self._name(position, node)
        self.lines.append(self.assign.format(name=name, value=text))
        return name, ATOM

    def _expression(self, node: Node) -> tuple[str, int]:
        if node.op in _INFIX:
            sign, rank = _INFIX[node.op]
            left, right = node.args
            return (
                f"{self._within(left, rank)} {sign} {self._within(right, rank + (node.op not in ('add', 'mul')))}",
                rank,
            )
        if node.op == "neg":
            return f"-{self._within(node.args[0], 3)}", 3
        return f"{self.call(node.op)}({', '.join(self.at(arg) for arg in node.args)})", ATOM

    def _within(self, position: int, rank: int) -> str:
        text, own = self._parts[position]
        return text if own >= rank else f"({text})"

    def _name(self, position: int, node: Node) -> str:
        """Return a name: of an output its own, of a function of an input both names, else the kind and a number."""
        wanted = self._wanted.get(position, "")
        argument = self.graph.nodes[node.args[0]]
        if not wanted and node.op in ELEMENTARY and argument.op == "input":
            wanted = f"{_KINDS[node.op]}_{argument.value}"
        while not wanted or wanted in self._taken:
            kind = _KINDS.get(node.op, "part")
            self._numbers[kind] += 1
            wanted = f"{kind}_{self._numbers[kind]}"
        self._taken.add(wanted)
        return wanted


def module_source(graph: Graph, name: str, title: str, backend: str, about: Sequence[str] = ()) -> str:
    """Return a stand-alone Python module with one function.

    Parameters
    ----------
    graph : Graph
        Formulas and conditions.
    name, title : str
        Name of the function, and what its docstring calls it.
    backend : str
        ``"numpy"``, ``"numba"`` or ``"jax"``.
    about : sequence of str
        Lines of the function's docstring.
    """
    library = {"numpy": "np", "jax": "jnp", "numba": "math"}[backend]
    imports = {
        "numpy": "import numpy as np",
        "jax": "import jax.numpy as jnp",
        "numba": "import math\n\nimport numba",
    }[backend]
    text = Text(graph, lambda op: "max" if backend == "numba" and op == "maximum" else f"{library}.{op}")
    values = [text.at(position) for position in graph.outputs.values()]
    body = list(text.lines)
    if graph.tests:
        body.append("holds = (")
        for label, position in graph.tests.items():
            body.append(f"    {'& ' if body[-1] != 'holds = (' else ''}({text.at(position)})  # {label}")
        body.append(")")
        choose = (
            "{} if holds else math.nan" if backend == "numba" else library + ".where(holds, {}, " + library + ".nan)"
        )
        values = [choose.format(value) for value in values]
    if any(node.op == "tolerance" for node in graph.nodes):
        imports += f"\n\nTOLERANCE = {TOLERANCE['float64']!r}"
    decorated = '@numba.njit(error_model="numpy")\n' if backend == "numba" else ""
    quoted = ['"""' + f"Return {', '.join(graph.outputs)}; not a number where a condition fails.", "", *about, '"""']
    body = [*quoted, *body, "return (", *(f"    {value}," for value in values), ")"]
    function = f"{decorated}def {name}({', '.join(text.inputs.values())}):\n" + textwrap.indent("\n".join(body), "    ")
    lines = [f'"""{title}, generated by symhet; NaN outside its conditions."""', "", imports, "", "", function]
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n")) + "\n"


def c_source(graph: Graph, name: str, title: str = "", about: Sequence[str] = ()) -> str:
    """Return a C99 function over arrays: inputs, then outputs, then the number of points."""
    text = Text(graph, lambda op: "fmax" if op == "maximum" else op, "        const double {name} = {value};")
    inputs = ", ".join(f"const double *restrict {x}_" for x in text.inputs.values())
    outputs = ", ".join(f"double *restrict out_{x}" for x in graph.outputs)
    tolerance = [f"static const double TOLERANCE = {TOLERANCE['float64']!r};", ""]
    head = ["#include <math.h>", "#include <stddef.h>", ""]
    head += tolerance if any(node.op == "tolerance" for node in graph.nodes) else []
    told = ["/*", *(f" * {line}".rstrip() for line in (title, *about)), " */"] if title else []
    body = [f"        const double {x} = {x}_[j];" for x in text.inputs.values()]
    tests = [f"({text.at(position)})  /* {label} */" for label, position in graph.tests.items()]
    holds = ["        const int holds =", *(f"            {'&& ' if i else ''}{test}" for i, test in enumerate(tests))]
    body += [*text.lines, *([*holds, "            ;"] if tests else [])]
    for x, position in graph.outputs.items():
        value = text.at(position)
        body.append(f"        out_{x}[j] = {f'holds ? {value} : NAN' if tests else value};")
    loop = ["    for (size_t j = 0; j < points; ++j) {", *body, "    }"]
    return "\n".join([*head, *told, f"void {name}({inputs}, {outputs}, size_t points) {{", *loop, "}", ""])
