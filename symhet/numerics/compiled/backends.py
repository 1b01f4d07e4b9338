"""The engines that run a graph: NumPy block by block, Numba point by point, JAX."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple, Protocol

import numpy as np

from symhet.numerics.compiled import emit
from symhet.numerics.compiled.constants import Prepare, PutTogether
from symhet.numerics.compiled.elementary import for_jax, for_numba
from symhet.numerics.compiled.graph import Graph
from symhet.numerics.compiled.hoisting import Hoisted
from symhet.numerics.compiled.operations import ELEMENTARY
from symhet.numerics.compiled.ranges import RANGES
from symhet.numerics.threads import shared

BLOCK = 16384
"""Points worked out at a time: inputs, outputs and buffers of a block stay in a processor's own cache."""
LONG_BLOCK, FEW_PASSES = 8 * BLOCK, 4
"""Points at a time of code that makes few passes over them: calls would take as long as the passes."""
LOOP_BLOCK = 4 * BLOCK
"""Points at a time of a compiled loop, which has no buffers."""
FOR_A_THREAD = 4 * BLOCK
"""Points that are worth a thread: it takes about as long to begin as a good part of them."""
MANY = 16384
"""Points from which constants are put together."""
DEVICE_NUMBERS = 1 << 20
"""Numbers in the inputs and outputs of a block for JAX, which takes tens of microseconds for a call."""
XLA_OPTIONS = {"xla_cpu_prefer_vector_width": 512}
"""XLA would use half of the registers that processors with wide ones have; others take no notice."""
MOST_OUTPUTS = 8
"""XLA works out for each output anew what outputs share; for more of them that is left to a function of its own."""
TILE = 512
"""The same for compiled loops, which hold inputs and outputs only."""
ALIGNMENT = 64
"""Bytes of a cache line: arithmetic on arrays that begin elsewhere takes twice as long."""

Work = Callable[[Iterable[slice]], bool]
"""Works through blocks; tells whether every point of them is known to be inside the conditions."""


class Engine(Protocol):
    """Evaluates a graph."""

    has_threads: bool

    def __init__(self, graph: Graph) -> None:
        """Take the graph; code is generated when it is first needed."""

    def evaluate(
        self, arrays: Mapping[str, Any], shape: tuple[int, ...], dtype: np.dtype[Any], out: Sequence[Any], threads: int
    ) -> bool:
        """Write what is worked out into flat arrays, NaN where a condition fails; tell whether none is known to."""


class _Blocks:
    """An engine that works block by block."""

    has_threads = False
    """Whether the engine has threads of its own."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def _work(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], out: Sequence[Any], dtype: np.dtype[Any]
    ) -> tuple[int, Work]:
        """Return how many points a block has at most, and what works through blocks."""
        raise NotImplementedError

    def evaluate(
        self, arrays: Mapping[str, Any], shape: tuple[int, ...], dtype: np.dtype[Any], out: Sequence[Any], threads: int
    ) -> bool:
        """Write what is worked out into flat arrays, NaN where a condition fails; tell whether none is known to."""
        points = math.prod(shape)
        varying = [name for name, array in arrays.items() if array.ndim]
        flat = {name: _along(arrays[name], shape) for name in varying}
        scalars = {name: dtype.type(array) for name, array in arrays.items() if name not in flat}
        size, work = self._work(scalars, flat, out, dtype)
        blocks = [slice(low, min(low + size, points)) for low in range(0, points, size)]
        return all(shared(work, blocks, max(1, min(threads, points // max(size, FOR_A_THREAD)))))


def _along(array: Any, shape: tuple[int, ...]) -> Any:
    """Return an array at all points, one after the other."""
    whole = array if array.shape == shape else np.broadcast_to(array, shape)
    return np.ascontiguousarray(whole).reshape(-1)


def aligned(points: int, dtype: np.dtype[Any]) -> Any:
    """Return an empty array that begins with a cache line."""
    raw = np.empty(points * dtype.itemsize + ALIGNMENT, dtype=np.uint8)
    start = -raw.ctypes.data % ALIGNMENT
    return raw[start : start + points * dtype.itemsize].view(dtype)


class Code(NamedTuple):
    """Generated code: the functions of a block source, and the graph with constants put together that it is for."""

    prepare: Prepare
    block: Callable[..., bool]
    calm: Callable[..., bool]
    source: emit.BlockSource
    hoisted: Hoisted | None


class Prepared(NamedTuple):
    """Code with the constants that it needs, and whether the conditions on these hold."""

    code: Code
    constants: tuple[Any, ...]
    possible: bool

    def holds_throughout(self, inputs: Sequence[Any]) -> bool:
        """Tell whether what the code supposes is known to hold at all points of a block."""
        try:
            return self.possible and self.code.calm(self.constants, *inputs)
        except (ValueError, ArithmeticError):
            return False


class _PutTogetherBlocks(_Blocks):
    """An engine whose code is generated for what varies, and for constants that are put together."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self._made: dict[tuple[Any, ...], Any] = {}
        self._chosen = PutTogether(self._generated)
        self._has_equations = any(node.op == "tolerance" for node in graph.nodes)

    def _generated(
        self,
        varying: frozenset[str],
        dtype: np.dtype[Any],
        calm: bool = False,
        exponents: tuple[float | None, ...] | None = None,
    ) -> Any:
        """Return the code for these inputs, made when it is first needed."""
        key = varying, dtype, calm, exponents
        if key not in self._made:
            hoisted = None if exponents is None else Hoisted(self.graph, varying, exponents, calm)
            self._made[key] = self._make(varying, dtype, hoisted)
        return self._made[key]

    def _make(self, varying: frozenset[str], dtype: np.dtype[Any], hoisted: Hoisted | None) -> Any:
        raise NotImplementedError


class NumpyEngine(_PutTogetherBlocks):
    """NumPy's elementwise functions on blocks, with buffers that are reused."""

    def _work(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], out: Sequence[Any], dtype: np.dtype[Any]
    ) -> tuple[int, Work]:
        whole = bool(scalars) and out[0].size >= MANY
        one_varies = whole and len(flat) == 1 and dtype == np.float64 and not self._has_equations
        calm = self._put_together(scalars, flat, dtype, calm=True) if one_varies else None
        order = [name for name in self.graph.inputs if name in flat]
        block = LONG_BLOCK if calm is not None and calm.code.source.passes <= FEW_PASSES else BLOCK
        size = min(block, max(1, out[0].size))

        def careful() -> Prepared:
            found = self._put_together(scalars, flat, dtype, calm=False) if whole else None
            return found or self._plain(scalars, flat, dtype)

        def work(blocks: Iterable[slice]) -> bool:
            everywhere, rest = True, None
            room = _Room(size, dtype)
            with np.errstate(all="ignore"):
                for points in blocks:
                    results = [o[points] for o in out]
                    inputs = [flat[name][points] for name in order]
                    if calm is not None and calm.holds_throughout(inputs):
                        chosen = calm
                    else:
                        chosen = rest = rest or careful()
                    code = chosen.code
                    masks_needed = 0 if chosen is calm else 2
                    buffers, masks = room.of(points.stop - points.start, code.source.buffers, masks_needed)
                    tested = code.block(chosen.constants, inputs, results, buffers, *masks[:masks_needed])
                    if not chosen.possible or (tested and not masks[0].all()):
                        everywhere, outside = False, ~masks[0] if chosen.possible else True
                        for result in results:
                            np.copyto(result, np.nan, where=outside)
            return everywhere

        return size, work

    def _plain(self, scalars: Mapping[str, Any], flat: Mapping[str, Any], dtype: np.dtype[Any]) -> Prepared:
        """Return the code of the graph as it is."""
        code = self._generated(frozenset(flat), dtype)
        with np.errstate(all="ignore"):
            constants, fixed = code.prepare(scalars)
        return Prepared(code, constants, all(fixed))

    def _put_together(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], dtype: np.dtype[Any], calm: bool
    ) -> Prepared | None:
        """Return code with the constants put together, None where these are not of ordinary size."""
        found = self._chosen.at(scalars, frozenset(flat), dtype, calm)
        return None if found is None else Prepared(*found)

    def _make(self, varying: frozenset[str], dtype: np.dtype[Any], hoisted: Hoisted | None) -> Code:
        source = emit.numpy_source(hoisted or self.graph, varying, hoisted.told if hoisted else ())
        space: dict[str, Any] = {name: getattr(np, name) for name in emit.UFUNC_NAMES}
        space["TOLERANCE"] = emit.TOLERANCE[dtype.name]
        exec(source.block, space)
        ranges = {**RANGES, "least": np.minimum.reduce, "greatest": np.maximum.reduce}
        exec(source.calm, ranges)
        return Code(_preparing(source.prepare, dtype), space["block"], ranges["calm"], source, hoisted)


def _larger(one: float, other: float) -> float:
    """Return the larger of two numbers as arrays have it: not a number if one of them is none."""
    return one if one >= other or math.isnan(one) else other


def _preparing(source: str, dtype: np.dtype[Any]) -> Prepare:
    """Return ``prepare``; of doubles in Python's own numbers, ten times as fast, and in NumPy's where these raise."""
    in_arrays: dict[str, Any] = {name: getattr(np, name) for name in emit.UFUNC_NAMES}
    in_arrays["TOLERANCE"] = emit.TOLERANCE[dtype.name]
    exec(source, in_arrays)
    otherwise: Prepare = in_arrays["prepare"]
    if dtype != np.float64:
        return otherwise
    in_numbers: dict[str, Any] = {name: getattr(math, name) for name in ELEMENTARY}
    in_numbers |= {"maximum": _larger, "TOLERANCE": emit.TOLERANCE["float64"]}
    exec(source, in_numbers)

    def prepare(scalars: Mapping[str, Any]) -> Any:
        try:
            return in_numbers["prepare"]({name: float(value) for name, value in scalars.items()})
        except (ValueError, ArithmeticError):
            return otherwise(scalars)

    return prepare


class _Room:
    """Buffers and masks of a block, made when they are first needed."""

    def __init__(self, size: int, dtype: np.dtype[Any]) -> None:
        self._size, self._dtype = size, dtype
        self._buffers: list[Any] = []
        self._masks: list[Any] = []

    def of(self, points: int, buffers: int, masks: int) -> tuple[list[Any], list[Any]]:
        """Return so many buffers and masks for so many points, never more than the time before."""
        while len(self._buffers) < buffers:
            self._buffers.append(aligned(self._size, self._dtype))
        while len(self._masks) < masks:
            self._masks.append(np.ones(self._size, dtype=bool))
        if points < self._size:
            self._size = points
            self._buffers, self._masks = ([x[:points] for x in kept] for kept in (self._buffers, self._masks))
        return self._buffers, self._masks


def point_function(graph: Graph) -> Callable[..., dict[str, Any] | None]:
    """Return the formulas as a function of Python's own numbers by name, None where a condition fails."""
    space: dict[str, Any] = {name: getattr(math, name) for name in ELEMENTARY}
    space |= {"float64": np.float64, "max": _larger, "TOLERANCE": emit.TOLERANCE["float64"]}
    exec(emit.number_source(graph), space)
    found: Callable[..., dict[str, Any] | None] = space["number"]
    return found


class Loop(NamedTuple):
    """A compiled loop, which counts points outside, what prepares its constants, and the graph with these together."""

    prepare: Prepare
    run: Callable[..., int]
    hoisted: Hoisted | None


class NumbaEngine(_PutTogetherBlocks):
    """One compiled loop; of constants that are put together where there are many points."""

    def _work(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], out: Sequence[Any], dtype: np.dtype[Any]
    ) -> tuple[int, Work]:
        arrays = [flat[name] for name in self.graph.inputs if name in flat]
        whole = bool(scalars and flat) and out[0].size >= MANY and dtype == np.float64 and not self._has_equations
        found = self._chosen.at(scalars, frozenset(flat), dtype, False) if whole else None
        if found is None:
            loop = self._generated(frozenset(flat), dtype)
            constants, possible = tuple(scalars[name] for name in self.graph.inputs if name in scalars), True
        else:
            loop, told, possible = found
            assert loop.hoisted is not None
            constants = told[: len(told) - len(loop.hoisted.told)]

        def work(blocks: Iterable[slice]) -> bool:
            outside = 0
            for points in blocks:
                if possible:
                    outside += loop.run(*constants, *(array[points] for array in (*arrays, *out)))
                else:
                    for result in out:
                        result[points] = math.nan
            return possible and not outside

        return LOOP_BLOCK if found is None else 4 * LOOP_BLOCK, work

    def _make(self, varying: frozenset[str], dtype: np.dtype[Any], hoisted: Hoisted | None) -> Loop:
        functions = for_numba()
        import numba

        space: dict[str, Any] = {**functions, "sqrt": math.sqrt, "maximum": max, "nan": math.nan}
        space |= {"empty": np.empty, "uintp": numba.types.uintp, "TOLERANCE": emit.TOLERANCE[dtype.name]}
        prepare, loop = "def prepare(given): return (), ()", emit.loop_source(self.graph, varying, TILE)
        if hoisted is not None:
            prepare, loop = emit.put_together_loop(hoisted, varying, hoisted.told, TILE)
        exec(loop, space)
        run = numba.njit(nogil=True, error_model="numpy")(space["loop"])
        return Loop(_preparing(prepare, dtype), run, hoisted)


class JaxEngine(_Blocks):
    """One function compiled by XLA, on blocks: memory that XLA takes for whole arrays costs more than the work."""

    has_threads = True

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self._functions: dict[np.dtype[Any], Any] = {}

    def _work(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], out: Sequence[Any], dtype: np.dtype[Any]
    ) -> tuple[int, Work]:
        function, jax = self._generated(dtype)

        def keep(points: slice, values: Any) -> None:
            for result, value in zip(out, values, strict=True):
                result[points] = value

        def work(blocks: Iterable[slice]) -> bool:
            with jax.enable_x64(dtype == np.float64):
                # XLA works on the next block while the results of the last one are copied.
                waiting: list[tuple[slice, Any]] = []
                for points in blocks:
                    values = function({**scalars, **{name: array[points] for name, array in flat.items()}})
                    waiting.append((points, values))
                    if len(waiting) > 1:
                        keep(*waiting.pop(0))
                for last in waiting:
                    keep(*last)
            return False

        return DEVICE_NUMBERS // (len(flat) + len(out)), work

    def _generated(self, dtype: np.dtype[Any]) -> tuple[Any, Any]:
        own = for_jax() if dtype == np.float64 else {}
        import jax

        if dtype not in self._functions:
            library = {name: getattr(jax.numpy, name) for name in (*ELEMENTARY, "maximum", "where", "nan")}
            space: dict[str, Any] = {"jnp": SimpleNamespace(**{**library, **own})}
            space["TOLERANCE"] = emit.TOLERANCE[dtype.name]
            options = XLA_OPTIONS if jax.default_backend() == "cpu" else None
            compiled = partial(jax.jit, compiler_options=options)
            if len(self.graph.worked_out) > MOST_OUTPUTS:
                exec(emit.jax_stages(self.graph), space)
                shared, results = compiled(space["shared"]), compiled(space["results"])
                self._functions[dtype] = lambda given: results(shared(given), given)
            else:
                exec(emit.jax_function(self.graph, "formulas", self.graph.worked_out), space)
                self._functions[dtype] = compiled(space["formulas"])
        return self._functions[dtype], jax


BACKENDS: Mapping[str, type[Engine]] = {"numpy": NumpyEngine, "numba": NumbaEngine, "jax": JaxEngine}
"""Engines by name."""
