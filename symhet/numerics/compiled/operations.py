"""Elementary operations, each of which occurs once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

ELEMENTARY = ("exp", "expm1", "log", "log1p", "sqrt")


@dataclass(frozen=True)
class Node:
    """One operation of a graph.

    Parameters
    ----------
    op : str
        ``input``, ``const``, ``tolerance``, ``add``, ``sub``, ``mul``, ``div``, ``neg``, ``sqrt``, ``exp``, ``expm1``,
        ``log``, ``log1p``, ``maximum``, or a comparison, ``lt`` or ``le``.
    args : tuple of int
        Positions of the arguments in the graph.
    value : str
        Name of an input, or the exact quotient of a constant.
    """

    op: str
    args: tuple[int, ...] = ()
    value: str = ""


def reaching(nodes: Sequence[Node], wanted: Iterable[int], known: Collection[int] = ()) -> list[int]:
    """Return the operations that are needed for those that are wanted, except to work out those that are known.

    Examples
    --------
    >>> reaching([Node("input", value="x"), Node("input", value="y"), Node("exp", (0,))], [2])
    [0, 2]
    """
    needed = set(wanted)
    for position in reversed(range(len(nodes))):
        if position in needed and position not in known:
            needed.update(nodes[position].args)
    return sorted(needed)


class Operations:
    """Operations in an order in which each comes after its arguments; equal operations occur once, signs move outwards.

    Attributes
    ----------
    nodes : list of Node
        The operations.
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[Node, int] = {}

    def _add(self, op: str, *args: int, value: str = "") -> int:
        negated = [self.nodes[arg].args[0] if self.nodes[arg].op == "neg" else None for arg in args]
        if op == "neg" and negated[0] is not None:
            return negated[0]
        if op in ("mul", "div") and any(arg is not None for arg in negated):
            plain = (arg if inner is None else inner for arg, inner in zip(args, negated, strict=True))
            product = self._add(op, *plain)
            return product if None not in negated else self._add("neg", product)
        if op in ("add", "sub") and negated[1] is not None:
            return self._add("sub" if op == "add" else "add", args[0], negated[1])
        if op == "add" and negated[0] is not None:
            return self._add("sub", args[1], negated[0])
        return self._operation(op, args, value)

    def _inwards(self, position: int, uses: Mapping[int, int]) -> int:
        """Return a negated product with the sign on a factor, so that others that need that factor negated share it."""
        node = self.nodes[position]
        if node.op not in ("mul", "div") or uses[position] > 1:
            return self._operation("neg", (position,))
        first, second = node.args
        if node.op == "mul" and Node("neg", (second,)) in self._known:
            first, second = second, first
        return self._operation(node.op, (self._inwards(first, uses), second))

    def _operation(self, op: str, args: tuple[int, ...], value: str = "") -> int:
        """Return the position of an operation as it is."""
        node = Node(op, args, value)
        if node not in self._known:
            self._known[node] = len(self.nodes)
            self.nodes.append(node)
        return self._known[node]

    def _comparison(self, op: str, left: int, right: int) -> int:
        """Return a comparison; of an equation, that the difference is no more than rounding may leave of it."""
        if op in ("<", "<="):
            return self._add("lt" if op == "<" else "le", left, right)
        difference = self._size(self._add("sub", left, right))
        if op == "!=":
            return self._add("lt", self._add("const", value="0"), difference)
        size = self._add("maximum", self._size(left), self._size(right))
        return self._add("le", difference, self._add("mul", size, self._add("tolerance")))

    def _size(self, position: int) -> int:
        return self._add("maximum", position, self._operation("neg", (position,)))
