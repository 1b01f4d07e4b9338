"""The engines that run a graph: NumPy block by block, Numba point by point, JAX."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple, Protocol

import numpy as np

from symhet.numerics.compiled import emit
from symhet.numerics.compiled.elementary import for_jax, for_numba
from symhet.numerics.compiled.graph import Graph
from symhet.numerics.compiled.hoisting import PLAIN_EXPONENTS, Hoisted, is_ordinary
from symhet.numerics.compiled.operations import ELEMENTARY

BLOCK = 65536
"""Points worked out at a time: the buffers of a block stay in the cache."""
MANY = 16384
"""Points from which threads share the work, and constants are put together."""
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

    def __init__(self, graph: Graph) -> None:
        """Take the graph; code is generated when it is first needed."""

    def evaluate(
        self, arrays: Mapping[str, Any], shape: tuple[int, ...], dtype: np.dtype[Any], out: Sequence[Any], threads: int
    ) -> bool:
        """Write what is worked out into flat arrays, NaN where a condition fails; tell whether none is known to."""


class _Blocks:
    """An engine that works block by block."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def _block(self, arrays: int, shared: bool) -> int:
        """Return how many points are a block, of so many inputs and outputs, for one thread or for several."""
        raise NotImplementedError

    def _work(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], out: Sequence[Any], dtype: np.dtype[Any], size: int
    ) -> Work:
        """Return what works through blocks of at most so many points."""
        raise NotImplementedError

    def evaluate(
        self, arrays: Mapping[str, Any], shape: tuple[int, ...], dtype: np.dtype[Any], out: Sequence[Any], threads: int
    ) -> bool:
        """Write what is worked out into flat arrays, NaN where a condition fails; tell whether none is known to."""
        points = int(np.prod(shape, dtype=np.int64))
        varying = [name for name, array in arrays.items() if array.ndim]
        flat = {name: np.ascontiguousarray(np.broadcast_to(arrays[name], shape)).reshape(-1) for name in varying}
        scalars = {name: dtype.type(array) for name, array in arrays.items() if name not in flat}
        shared = threads > 1 and points > MANY
        size = self._block(len(flat) + len(out), shared)
        work = self._work(scalars, flat, out, dtype, size)
        blocks = deque(slice(low, min(low + size, points)) for low in range(0, points, size))
        if not shared:
            return work(blocks)
        with ThreadPoolExecutor(threads) as pool:
            futures = [pool.submit(work, _taken(blocks)) for _ in range(threads)]
            everywhere = [future.result() for future in futures]
        return all(everywhere)


def _taken(blocks: deque[slice]) -> Iterator[slice]:
    """Take blocks as long as there are any; a thread that is held up leaves more of them to the others."""
    while blocks:
        try:
            yield blocks.popleft()
        except IndexError:
            return


def aligned(points: int, dtype: np.dtype[Any]) -> Any:
    """Return an empty array that begins with a cache line."""
    raw = np.empty(points * dtype.itemsize + ALIGNMENT, dtype=np.uint8)
    start = -raw.ctypes.data % ALIGNMENT
    return raw[start : start + points * dtype.itemsize].view(dtype)


class Prepared(NamedTuple):
    """Code for a block with the constants that it needs, and whether the conditions on these hold."""

    block: Callable[..., bool]
    source: emit.BlockSource
    constants: tuple[Any, ...]
    fixed: tuple[Any, ...]


class NumpyEngine(_Blocks):
    """NumPy's elementwise functions on blocks, with buffers that are reused."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self._code: dict[tuple[Any, ...], tuple[Any, Any, emit.BlockSource, Hoisted | None]] = {}

    def _block(self, arrays: int, shared: bool) -> int:
        return BLOCK

    def _work(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], out: Sequence[Any], dtype: np.dtype[Any], size: int
    ) -> Work:
        whole = scalars and out[0].size >= MANY
        prepared = (self._put_together(scalars, flat, dtype) if whole else None) or self._plain(scalars, flat, dtype)
        block, source, constants, fixed = prepared
        possible = all(fixed)

        def work(blocks: Iterable[slice]) -> bool:
            everywhere = True
            buffers = [aligned(size, dtype) for _ in range(source.buffers)]
            mask, second = np.ones(size, dtype=bool), np.empty(size, dtype=bool)
            with np.errstate(all="ignore"):
                for points in blocks:
                    inputs = [flat[name][points] for name in source.varying]
                    results = [o[points] for o in out]
                    count = points.stop - points.start
                    if count < size:
                        buffers = [b[:count] for b in buffers]
                        mask, second = mask[:count], second[:count]
                    tested = block(constants, inputs, results, buffers, mask, second)
                    if not possible or (tested and not mask.all()):
                        everywhere, outside = False, ~mask if possible else True
                        for result in results:
                            np.copyto(result, np.nan, where=outside)
            return everywhere

        return work

    def _plain(self, scalars: Mapping[str, Any], flat: Mapping[str, Any], dtype: np.dtype[Any]) -> Prepared:
        """Return the code of the graph as it is."""
        prepare, block, source, _ = self._generated(frozenset(flat), dtype)
        with np.errstate(all="ignore"):
            constants, fixed = prepare(**scalars)
        return Prepared(block, source, constants, fixed)

    def _put_together(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], dtype: np.dtype[Any]
    ) -> Prepared | None:
        """Return code with the constants put together, None where these are not of ordinary size."""
        exponents: tuple[float | None, ...] = ()
        while True:
            prepare, block, source, hoisted = self._generated(frozenset(flat), dtype, exponents)
            assert hoisted is not None
            with np.errstate(all="ignore"):
                constants, fixed = prepare(**scalars)
            told = [float(value) for value in constants[len(constants) - hoisted.told :]]
            factors, shifts = told[: len(hoisted.factors)], told[len(hoisted.factors) :][: len(hoisted.shifts)]
            if not is_ordinary(factors, shifts):
                return None
            found = told[len(hoisted.factors) + len(hoisted.shifts) :]
            plain = tuple(value if value in PLAIN_EXPONENTS else None for value in found)
            if plain == exponents or not any(plain):
                return Prepared(block, source, constants, fixed)
            exponents = plain

    def _generated(
        self, varying: frozenset[str], dtype: np.dtype[Any], exponents: tuple[float | None, ...] | None = None
    ) -> tuple[Any, Any, emit.BlockSource, Hoisted | None]:
        key = varying, dtype.name, exponents
        if key not in self._code:
            hoisted = None if exponents is None else Hoisted(self.graph, varying, exponents)
            told = [] if hoisted is None else [*hoisted.factors, *hoisted.shifts, *hoisted.exponents_at]
            source = emit.numpy_source(hoisted or self.graph, varying, told)
            space: dict[str, Any] = {name: getattr(np, name) for name in emit.UFUNC_NAMES}
            space["TOLERANCE"] = emit.TOLERANCE[dtype.name]
            exec(source.prepare + source.block, space)
            self._code[key] = space["prepare"], space["block"], source, hoisted
        return self._code[key]


def point_function(graph: Graph) -> Callable[..., dict[str, Any] | None]:
    """Return the formulas as a function of Python's own numbers, None where a condition fails."""
    space: dict[str, Any] = {name: getattr(math, name) for name in ELEMENTARY}
    space |= {"float64": np.float64, "TOLERANCE": emit.TOLERANCE["float64"]}
    exec(emit.number_source(graph), space)
    found: Callable[..., dict[str, Any] | None] = space["number"]
    return found


class NumbaEngine(_Blocks):
    """One compiled loop."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self._loops: dict[tuple[frozenset[str], str], Any] = {}

    def _block(self, arrays: int, shared: bool) -> int:
        return BLOCK

    def _work(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], out: Sequence[Any], dtype: np.dtype[Any], size: int
    ) -> Work:
        loop = self._generated(frozenset(flat), dtype)
        constants = [scalars[name] for name in self.graph.inputs if name in scalars]
        arrays = [flat[name] for name in self.graph.inputs if name in flat]

        def work(blocks: Iterable[slice]) -> bool:
            for points in blocks:
                loop(*constants, *(array[points] for array in (*arrays, *out)))
            return False

        return work

    def _generated(self, varying: frozenset[str], dtype: np.dtype[Any]) -> Any:
        key = varying, dtype.name
        if key not in self._loops:
            functions = for_numba()
            import numba

            space: dict[str, Any] = {**functions, "sqrt": math.sqrt, "maximum": max, "nan": math.nan}
            space |= {"empty": np.empty, "uintp": numba.types.uintp, "TOLERANCE": emit.TOLERANCE[dtype.name]}
            exec(emit.loop_source(self.graph, varying, TILE), space)
            self._loops[key] = numba.njit(nogil=True, error_model="numpy")(space["loop"])
        return self._loops[key]


class JaxEngine(_Blocks):
    """One function compiled by XLA, on blocks: memory that XLA takes for whole arrays costs more than the work."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph)
        self._functions: dict[np.dtype[Any], Any] = {}

    def _block(self, arrays: int, shared: bool) -> int:
        return DEVICE_NUMBERS // arrays

    def _work(
        self, scalars: Mapping[str, Any], flat: Mapping[str, Any], out: Sequence[Any], dtype: np.dtype[Any], size: int
    ) -> Work:
        function, jax = self._generated(dtype)

        def keep(points: slice, values: Any) -> None:
            for result, value in zip(out, values, strict=True):
                result[points] = value

        def work(blocks: Iterable[slice]) -> bool:
            with jax.enable_x64(dtype == np.float64):
                # XLA works on the next block while the results of the last one are copied.
                waiting: list[tuple[slice, Any]] = []
                for points in blocks:
                    values = function(**scalars, **{name: array[points] for name, array in flat.items()})
                    waiting.append((points, values))
                    if len(waiting) > 1:
                        keep(*waiting.pop(0))
                for last in waiting:
                    keep(*last)
            return False

        return work

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
                self._functions[dtype] = lambda **inputs: results(shared(**inputs), **inputs)
            else:
                exec(emit.jax_function(self.graph, "formulas", self.graph.worked_out), space)
                self._functions[dtype] = compiled(space["formulas"])
        return self._functions[dtype], jax


BACKENDS: Mapping[str, type[Engine]] = {"numpy": NumpyEngine, "numba": NumbaEngine, "jax": JaxEngine}
"""Engines by name."""
