"""Kernel functions: vectorised numeric functions generated from derived formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.errors import DomainError, MissingExtra, UnknownParameter
from symhet.numerics.compiled import emit
from symhet.numerics.compiled.graph import Graph
from symhet.propositions import Rel

BLOCK = 8192
"""Points worked out at a time: the buffers of a block stay in the cache."""

BACKENDS = ("numpy", "numba", "jax")


class KernelFunction:
    """A derived formula, or several at once, as a numeric function of keyword parameters.

    Parameters
    ----------
    name : str
        ID of the claim that it comes from.
    formulas : Mapping[str, Expr]
        Outputs in terms of symbols that are inputs.
    conditions : Mapping[str, Rel]
        Named inequalities between the inputs; where one fails the outputs are NaN.
    backend : str
        ``"numpy"``, ``"numba"`` or ``"jax"``.

    Examples
    --------
    >>> x, s = sp.symbols("x s", positive=True)
    >>> power = KernelFunction("demo", {"y": x**s})
    >>> power(x=np.array([1.0, 4.0]), s=0.5)["y"]
    array([1., 2.])
    """

    def __init__(
        self,
        name: str,
        formulas: Mapping[str, sp.Expr],
        conditions: Mapping[str, Rel] | None = None,
        backend: str = "numpy",
    ) -> None:
        if backend not in BACKENDS:
            raise UnknownParameter(backend, BACKENDS, where="backend")
        self.name = name
        self.formulas = dict(formulas)
        inputs = frozenset().union(*(expr.free_symbols for expr in self.formulas.values()))
        self.conditions = {
            label: relation
            for label, relation in (conditions or {}).items()
            if relation.gap.free_symbols and relation.gap.free_symbols <= inputs
        }
        self.backend = backend
        gaps = {f"?{label}": relation.gap for label, relation in self.conditions.items()}
        self.graph = Graph({**self.formulas, **gaps})
        self._blocks: dict[frozenset[str], tuple[Any, Any, emit.BlockSource]] = {}
        self._scalar: Callable[..., Any] | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the parameters, all required."""
        return self.graph.inputs

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the results."""
        return tuple(self.formulas)

    def __repr__(self) -> str:
        return f"<kernel {self.name}: {', '.join(self.inputs)} -> {', '.join(self.outputs)} ({self.backend})>"

    def __call__(
        self, *, check: bool = False, threads: int = 1, dtype: Any = np.float64, **parameters: Any
    ) -> dict[str, Any]:
        """Evaluate at parameters that broadcast against one another.

        Parameters
        ----------
        check : bool
            Raise where a condition fails, instead of returning NaN there.
        threads : int
            Threads that share the blocks (NumPy backend).
        dtype : numpy dtype
            ``float64`` or ``float32``.
        **parameters : array_like
            One value or array for every input.

        Returns
        -------
        dict of str to ndarray
            Outputs by name, of the common shape.

        Raises
        ------
        UnknownParameter
            When an input is missing or unknown.
        DomainError
            With ``check``: names the assumption, the first offending index and both sides.
        """
        self._require(parameters)
        arrays = {name: np.asarray(parameters[name], dtype=dtype) for name in self.inputs}
        shape = np.broadcast_shapes(*(array.shape for array in arrays.values())) if arrays else ()
        flat = self._evaluate(arrays, shape, dtype, threads)
        allowed = np.ones(flat[0].shape, dtype=bool)
        gaps = zip(self.conditions.items(), flat[len(self.formulas) :], strict=True)
        for (label, relation), gap in gaps:
            holds = gap > 0 if relation.op == "<" else gap >= 0
            if check and not holds.all():
                raise self._broken(label, relation, arrays, shape, int(np.argmin(holds)))
            allowed &= holds
        values = flat[: len(self.formulas)]
        if not allowed.all():
            for value in values:
                value[~allowed] = np.nan
        return {name: value.reshape(shape) for name, value in zip(self.outputs, values, strict=True)}

    def _require(self, parameters: Mapping[str, Any]) -> None:
        for name in parameters:
            if name not in self.inputs:
                raise UnknownParameter(name, self.inputs, where=self.name)
        for name in self.inputs:
            if name not in parameters:
                raise UnknownParameter(name, parameters, where=f"{self.name}: the input {name!r} is missing")

    def _broken(
        self, label: str, relation: Rel, arrays: Mapping[str, Any], shape: tuple[int, ...], index: int
    ) -> DomainError:
        where = np.unravel_index(index, shape) if shape else ()
        point = {
            sp.Symbol(name, positive=True): sp.Float(float(np.broadcast_to(a, shape)[where]), 17)
            for name, a in arrays.items()
        }
        left, right = (float(side.xreplace(point)) for side in (relation.lhs, relation.rhs))
        text = f"{relation.lhs} {relation.op} {relation.rhs}"
        place = f"{self.name}, index {tuple(int(i) for i in where)}" if shape else self.name
        return DomainError(label, relation=text, left=left, right=right, where=place)

    # --- backends ----------------------------------------------------------------------------------------

    def _evaluate(self, arrays: Mapping[str, Any], shape: tuple[int, ...], dtype: Any, threads: int) -> list[Any]:
        if self.backend == "jax":
            return self._evaluate_scalar_code(arrays, shape, dtype)
        points = int(np.prod(shape, dtype=np.int64))
        varying = frozenset(name for name, array in arrays.items() if array.ndim)
        out = [np.empty(points, dtype=dtype) for _ in self.graph.outputs]
        flat = {name: np.ascontiguousarray(np.broadcast_to(arrays[name], shape)).reshape(-1) for name in varying}
        run = self._numba_range if self.backend == "numba" else self._numpy_range
        work = run({name: float(a) for name, a in arrays.items() if name not in varying}, flat, out, dtype)
        with np.errstate(all="ignore"):
            if threads == 1 or points <= BLOCK:
                work(0, points)
            else:
                bounds = np.linspace(0, points, threads + 1, dtype=np.int64)
                with ThreadPoolExecutor(threads) as pool:
                    list(pool.map(work, bounds[:-1], bounds[1:]))
        return out

    def _numpy_range(
        self, scalars: Mapping[str, float], flat: Mapping[str, Any], out: Sequence[Any], dtype: Any
    ) -> Callable[[int, int], None]:
        prepare, block, source = self._numpy_code(frozenset(flat))
        with np.errstate(all="ignore"):
            typed = {name: np.dtype(dtype).type(value) for name, value in scalars.items()}
            constants = prepare(**typed)

        def work(start: int, stop: int) -> None:
            buffers = [np.empty(BLOCK, dtype=dtype) for _ in range(source.buffers)]
            with np.errstate(all="ignore"):
                for low in range(start, stop, BLOCK):
                    high = min(low + BLOCK, stop)
                    inputs = [flat[name][low:high] for name in source.varying]
                    scratch = buffers if high - low == BLOCK else [b[: high - low] for b in buffers]
                    block(constants, inputs, [o[low:high] for o in out], scratch)

        return work

    def _numpy_code(self, varying: frozenset[str]) -> tuple[Any, Any, emit.BlockSource]:
        if varying not in self._blocks:
            source = emit.numpy_source(self.graph, varying)
            space = {name: getattr(np, name) for name in emit.UFUNC_NAMES}
            exec(source.prepare + source.block, space)
            self._blocks[varying] = space["prepare"], space["block"], source
        return self._blocks[varying]

    def _numba_range(
        self, scalars: Mapping[str, float], flat: Mapping[str, Any], out: Sequence[Any], dtype: Any
    ) -> Callable[[int, int], None]:
        loop = self._numba_loop(frozenset(flat))
        constants = tuple(np.dtype(dtype).type(scalars[name]) for name in self.inputs if name in scalars)
        arrays = tuple(flat[name] for name in self.inputs if name in flat)

        def work(start: int, stop: int) -> None:
            loop(*constants, *arrays, *out, start, stop)

        return work

    def _numba_loop(self, varying: frozenset[str]) -> Any:
        if varying not in self._blocks:
            try:
                import numba
            except ImportError as error:
                raise MissingExtra("fast", "numba", where=self.name) from error
            import math

            space = {"math": math}
            exec(emit.loop_source(self.graph, varying), space)
            compiled = numba.njit(nogil=True, fastmath=False, error_model="numpy")(space["loop"])
            self._blocks[varying] = compiled, None, emit.numpy_source(self.graph, varying)
        return self._blocks[varying][0]

    def _evaluate_scalar_code(self, arrays: Mapping[str, Any], shape: tuple[int, ...], dtype: Any) -> list[Any]:
        if self._scalar is None:
            try:
                import jax
            except ImportError as error:
                raise MissingExtra("jax", "jax", where=self.name) from error
            space: dict[str, Any] = {"jnp": jax.numpy}
            exec(emit.scalar_source(self.graph, "formulas", lambda op: f"jnp.{op}"), space)
            self._scalar = jax.jit(space["formulas"])
        import jax

        with jax.enable_x64(np.dtype(dtype) == np.float64):
            values = self._scalar(**{name: jax.numpy.asarray(array) for name, array in arrays.items()})
            return [np.broadcast_to(np.asarray(v), shape).reshape(-1).astype(dtype, copy=True) for v in values]

    # --- derived functions and source --------------------------------------------------------------------

    def gradient(self, *parameters: str) -> KernelFunction:
        """Return the function of exact partial derivatives, named ``d_output_d_parameter``.

        Parameters
        ----------
        *parameters : str
            With respect to what; all inputs when empty.
        """
        names = parameters or self.inputs
        symbols = {s.name: s for expr in self.formulas.values() for s in expr.free_symbols}
        for name in names:
            if name not in symbols:
                raise UnknownParameter(name, symbols, where=self.name)
        formulas = {
            f"d_{output}_d_{name}": derivative(expr, symbols[name])
            for output, expr in self.formulas.items()
            for name in names
        }
        return KernelFunction(f"{self.name}'", formulas, self.conditions, self.backend)

    def source(self, backend: str | None = None) -> str:
        """Return a stand-alone module with the formulas, in Python for an array library or in C.

        Parameters
        ----------
        backend : str, optional
            ``"numpy"``, ``"numba"``, ``"jax"`` or ``"c"``; default the function's own.
        """
        chosen = backend or self.backend
        name = self.name.replace(".", "_").replace("-", "_").replace("'", "_gradient")
        plain = Graph(self.formulas)
        if chosen == "c":
            return emit.c_source(plain, name)
        if chosen == "jax":
            body = emit.scalar_source(plain, name, lambda op: f"jnp.{op}")
            return f'"""{self.name}, generated by symhet."""\n\nimport jax.numpy as jnp\n\n\n{body}'
        if chosen == "numba":
            body = emit.scalar_source(plain, name, lambda op: f"math.{op}")
            return (
                f'"""{self.name}, generated by symhet."""\n\nimport math\n\nimport numba\n\n\n@numba.vectorize\n{body}'
            )
        if chosen != "numpy":
            raise UnknownParameter(chosen, (*BACKENDS, "c"), where="backend")
        body = emit.scalar_source(plain, name, lambda op: f"np.{op}")
        return f'"""{self.name}, generated by symhet."""\n\nimport numpy as np\n\n\n{body}'
