"""Numeric functions: vectorised numeric functions generated from derived formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import numpy as np
import sympy as sp

from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.compiled import emit
from symhet.numerics.compiled.backends import BACKENDS, aligned, point_function
from symhet.numerics.compiled.comparisons import comparisons
from symhet.numerics.compiled.graph import Graph
from symhet.numerics.compiled.modules import c_source, module_source
from symhet.numerics.compiled.reading import checked_type, real_array
from symhet.numerics.compiled.slopes import slopes
from symhet.numerics.compiled.steps import by_symbol, needed, written_out
from symhet.numerics.faults import MissingInput
from symhet.numerics.given_arrays import check_form, check_known, check_shared, named_arrays
from symhet.numerics.inputs import common_shape, whole
from symhet.numerics.labelled import unlabelled
from symhet.numerics.threads import threads as usual_threads
from symhet.propositions import Rel

FEW = 4096
"""Points below which an output that is the same at all of them is written out like the others."""
_PLAIN = frozenset({float, int, np.float64})
"""Types of single numbers that need no conversion."""
_WITHOUT_LABELS = _PLAIN | {np.ndarray}
"""Types that surely have no labelled axes."""


class NumericFunction:
    """A derived formula, or several at once, as a numeric function of keyword parameters.

    Parameters
    ----------
    name : str
        ID of the claim that it comes from.
    formulas : Mapping[str, Expr]
        Outputs in terms of inputs and steps.
    conditions : Mapping[str, Rel]
        Named relations; their symbols are inputs too, and where one fails the outputs are NaN.
    backend : str
        ``"numpy"``, ``"numba"`` or ``"jax"``.
    steps : Mapping[str, Expr], optional
        Variables that formulas, conditions and each other may refer to.

    Attributes
    ----------
    formulas : dict of str to Expr
        Outputs in terms of inputs alone.
    conditions : dict of str to Rel
        Relations of inputs alone: inequalities, and equations up to rounding.

    Examples
    --------
    >>> x, s = sp.symbols("x s", positive=True)
    >>> power = NumericFunction("demo", {"y": x**s})
    >>> power(x=np.array([1.0, 4.0, -1.0]), s=0.5)["y"]
    array([ 1.,  2., nan])
    """

    def __init__(
        self,
        name: str,
        formulas: Mapping[str, sp.Expr],
        conditions: Mapping[str, Rel] | None = None,
        backend: str = "numpy",
        steps: Mapping[str, sp.Expr] | None = None,
    ) -> None:
        if backend not in BACKENDS:
            raise UnknownParameter(backend, BACKENDS, where="backend", noun="backend")
        self.name = name
        self.backend = backend
        self._given = dict(formulas), dict(conditions or {}), dict(steps or {})
        tested = {label: rel for label, rel in (conditions or {}).items() if rel.gap.free_symbols}
        terms = [*formulas.values(), *(rel.gap for rel in tested.values())]
        known = by_symbol(steps or {}, terms)
        self._steps = needed(known, terms)
        self.formulas = {name: written_out(expr, known) for name, expr in formulas.items()}
        self.conditions = {label: written_out(rel, known) for label, rel in tested.items()}
        self.graph = Graph(formulas, tested, self._steps)
        self._engine = BACKENDS[backend](self.graph)
        self._needed = frozenset(self.graph.inputs)
        self._standing: dict[frozenset[str], frozenset[str]] = {}
        self._split: dict[frozenset[str], tuple[NumericFunction, NumericFunction]] = {}
        self._number: Callable[..., dict[str, Any] | None] | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the parameters, all required."""
        return self.graph.inputs

    @property
    def outputs(self) -> tuple[str, ...]:
        """Names of the results."""
        return tuple(self.formulas)

    def __repr__(self) -> str:
        return f"<numeric {self.name}: {', '.join(self.inputs)} -> {', '.join(self.outputs)} ({self.backend})>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild from the formulas: generated code does not travel to other processes."""
        formulas, conditions, steps = self._given
        return NumericFunction, (self.name, formulas, conditions, self.backend, steps)

    def __call__(
        self,
        *,
        check: bool = False,
        threads: int | None = None,
        dtype: Any = np.float64,
        out: Mapping[str, Any] | None = None,
        **parameters: Any,
    ) -> dict[str, Any]:
        """Evaluate at parameters that broadcast against one another.

        Parameters
        ----------
        check : bool
            Raise where a condition fails, instead of returning NaN there.
        threads : int, optional
            Threads that share the blocks of many points, by default as many as `symhet.set_threads` says; JAX has its
            own besides. Results are the same.
        dtype : numpy dtype
            ``float64`` or ``float32``.
        out : Mapping[str, ndarray], optional
            Arrays to write outputs into, by name: of the common shape and of ``dtype``, in C order. In a loop over
            many points new arrays cost about a quarter of the time.
        **parameters : array_like or xarray.DataArray
            One value or array for every input; labelled ones give labelled outputs.

        Returns
        -------
        dict of str to ndarray
            Outputs by name, of the common shape. Of many points, an output that is the same at all of them is a
            view of one number, which cannot be written to; give an array in ``out`` where that is needed.

        Raises
        ------
        UnknownParameter
            When an input is missing or unknown.
        DomainError
            With ``check``: names the assumption, the first offending index and both sides.
        OutputError
            When an array in ``out`` has another shape, type or order, or shares its memory with an input or another.
        """
        out = named_arrays(out, f"out of {self.name}")
        if dtype is np.float64 and threads is None and not out and _PLAIN.issuperset(map(type, parameters.values())):
            found = self._at_a_point(parameters)
            if found is not None:
                return found
        self._require(parameters)
        plain_types = _WITHOUT_LABELS.issuperset(map(type, parameters.values()))
        parameters, labels = (parameters, None) if plain_types else unlabelled(parameters, self.name)
        if labels is not None:
            plain = self(check=check, threads=threads, dtype=dtype, out=out, **parameters)
            return {name: labels.put_on(value, name) for name, value in plain.items()}
        dtype = checked_type(dtype, self.name)
        arrays = {name: real_array(parameters[name], dtype, name, self.name) for name in self.inputs}
        shape = common_shape({name: array.shape for name, array in arrays.items()}, self.name)
        usual = 1 if self._engine.has_threads else usual_threads()
        count = usual if threads is None else whole(threads, "threads", 1, where=self.name)
        if out:
            check_known(out, self.outputs, f"out of {self.name}")
            check_form(out, shape, dtype, self.name)
            check_shared(out, arrays, self.name)
        if check:
            self.check(arrays, shape)
        still = frozenset() if out else self._still(arrays, shape)
        if still:
            return self._with_still(still, arrays, shape, dtype, count)
        results, _ = self._evaluate(arrays, shape, dtype, count, out)
        return results if shape or out else {name: value[()] for name, value in results.items()}

    def _evaluate(
        self,
        arrays: Mapping[str, Any],
        shape: tuple[int, ...],
        dtype: np.dtype[Any],
        threads: int,
        out: Mapping[str, Any],
    ) -> tuple[dict[str, Any], bool]:
        """Return the outputs, and whether every point is known to be inside the conditions."""
        results = self._results(out, shape, dtype)
        flat = [results[name].reshape(-1) for name in self.graph.worked_out]
        inside = self._engine.evaluate(arrays, shape, dtype, flat, threads)
        self._set_zeros(results)
        return results, inside

    def _still(self, arrays: Mapping[str, Any], shape: tuple[int, ...]) -> frozenset[str]:
        """Return the outputs that are the same at every point, where there are others."""
        if prod(shape) < FEW:
            return frozenset()
        varying = frozenset(name for name, array in arrays.items() if array.ndim)
        if varying not in self._standing:
            moving = emit.varying_nodes(self.graph, varying)
            still = frozenset(name for name, position in self.graph.worked_out.items() if position not in moving)
            self._standing[varying] = still if still != self.graph.worked_out.keys() else frozenset()
        return self._standing[varying]

    def _with_still(
        self,
        still: frozenset[str],
        arrays: Mapping[str, Any],
        shape: tuple[int, ...],
        dtype: np.dtype[Any],
        threads: int,
    ) -> dict[str, Any]:
        """Return the outputs, those that are the same at every point as one number that is seen at all of them."""
        if still not in self._split:
            formulas, conditions, steps = self._given
            same = {name: term for name, term in formulas.items() if name in still}
            moving = {name: term for name, term in formulas.items() if name not in still}
            self._split[still] = (
                NumericFunction(self.name, same, None, "numpy", steps),
                NumericFunction(self.name, moving, conditions, self.backend, steps),
            )
        fixed, others = self._split[still]
        results, inside = others._evaluate({n: arrays[n] for n in others.inputs}, shape, dtype, threads, {})
        given = {name: arrays[name] for name in fixed.inputs}
        numbers = fixed._at_a_point(given) if dtype == np.float64 else None
        if numbers is None:
            numbers, _ = fixed._evaluate(given, (), dtype, 1, {})
        outside = np.False_ if inside else np.isnan(next(iter(results.values())))
        for name, value in numbers.items():
            seen = np.broadcast_to(value, shape)
            results[name] = np.where(outside, dtype.type(np.nan), seen) if outside.any() else seen
        return {name: results[name] for name in self.outputs}

    def _at_a_point(self, parameters: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the outputs at one point in a few microseconds; None where that takes a closer look."""
        if self._number is None:
            self._number = point_function(self.graph)
        try:
            found: dict[str, Any] | None = self._number(parameters)
        except (TypeError, ValueError, ArithmeticError, KeyError):
            return None
        return found

    def _set_zeros(self, results: Mapping[str, Any]) -> None:
        """Mark where results that are zero everywhere are not a number, as a result that is worked out is not."""
        zeros = [results[name] for name in self.outputs if name not in self.graph.worked_out]
        outside = np.isnan(results[next(iter(self.graph.worked_out))]) if zeros else np.False_
        if outside.any():
            for array in zeros:
                np.copyto(array, np.nan, where=outside)

    def _results(self, given: Mapping[str, Any], shape: tuple[int, ...], dtype: np.dtype[Any]) -> dict[str, Any]:
        """Return the arrays that outputs are written into, those given among them."""
        for name in given:
            if name not in self.graph.worked_out:
                given[name].fill(0)
        return {name: given[name] if name in given else self._fresh(name, shape, dtype) for name in self.outputs}

    def _fresh(self, name: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Any:
        """Return a new array for an output; zeros cost nothing until somebody reads them."""
        if name not in self.graph.worked_out:
            return np.zeros(shape, dtype)
        return aligned(prod(shape), dtype).reshape(shape)

    def _require(self, parameters: Mapping[str, Any]) -> None:
        if parameters.keys() == self._needed:
            return
        for name in parameters:
            if name not in self.inputs:
                raise UnknownParameter(name, self.inputs, where=self.name)
        missing = [name for name in self.inputs if name not in parameters]
        if missing:
            raise MissingInput(missing, self.name)

    def check(self, arrays: Mapping[str, Any], shape: tuple[int, ...]) -> None:
        """Refuse inputs outside the conditions.

        Parameters
        ----------
        arrays : Mapping[str, ndarray]
            Every input.
        shape : tuple of int
            Their common shape.

        Raises
        ------
        DomainError
            Names the condition that fails at the first offending index, and both sides there.
        """
        sides = comparisons(self.graph, arrays)
        worst: tuple[int, str] | None = None
        for label, (op, left, right) in sides.items():
            holds = np.broadcast_to(left < right if op == "lt" else left <= right, shape)
            if not holds.all():
                first = int(np.argmin(holds))
                worst = min(worst, (first, label), key=lambda found: found[0]) if worst else (first, label)
        if worst is None:
            return
        index, label = worst
        where = tuple(int(i) for i in np.unravel_index(index, shape)) if shape else ()
        left, right = self._sides(label, sides[label], arrays, shape, where)
        raise DomainError(
            label,
            relation=self._relation(label),
            left=left,
            right=right,
            where=f"{self.name}, index {where}" if shape else self.name,
        )

    def _sides(
        self, label: str, found: tuple[str, Any, Any], arrays: Mapping[str, Any], shape: tuple[int, ...], where: Any
    ) -> tuple[float, float]:
        """Return both sides of a condition as the paper writes it, at one point."""
        relation = self.conditions.get(label)
        point = {name: float(np.broadcast_to(array, shape)[where]) for name, array in arrays.items()}
        if relation is not None:
            values = {s: sp.Float(point[s.name], 17) for s in relation.gap.free_symbols}
            sides = [side.xreplace(values) for side in (relation.lhs, relation.rhs)]
            if all(side.is_real for side in sides):
                return float(sides[0]), float(sides[1])
        left, right = (float(np.broadcast_to(side, shape)[where]) for side in found[1:])
        return left, right

    def _relation(self, label: str) -> str:
        relation = self._given[1].get(label)
        return f"{relation.lhs} {relation.op} {relation.rhs}" if relation else label

    def on(self, backend: str) -> NumericFunction:
        """Return the same function on another backend.

        Parameters
        ----------
        backend : str
            ``"numpy"``, ``"numba"`` or ``"jax"``.

        Raises
        ------
        UnknownParameter
            For another name.
        """
        formulas, conditions, steps = self._given
        return NumericFunction(self.name, formulas, conditions, backend, steps)

    def gradient(self, *parameters: str) -> NumericFunction:
        """Return the function of exact partial derivatives, named ``d_output_d_parameter``.

        Parameters
        ----------
        *parameters : str
            With respect to what; all inputs when empty.
        """
        names = parameters or self.inputs
        formulas, conditions, steps = self._given
        terms = [*formulas.values(), *self._steps.values(), *(relation.gap for relation in conditions.values())]
        symbols = {s.name: s for term in terms for s in term.free_symbols if s not in self._steps}
        for name in names:
            if name not in symbols:
                raise UnknownParameter(name, symbols, where=self.name)
        of_outputs, of_steps = slopes(formulas, self._steps, [symbols[name] for name in names])
        found = {f"d_{output}_d_{name}": of_outputs[f"d_{output}_d_{name}"] for output in formulas for name in names}
        return NumericFunction(f"{self.name}'", found, conditions, self.backend, {**steps, **of_steps})

    def source(self, backend: str | None = None) -> str:
        """Return a stand-alone module with the formulas, in Python for an array library or in C.

        Parameters
        ----------
        backend : str, optional
            ``"numpy"``, ``"numba"``, ``"jax"`` or ``"c"``; default the function's own.
        """
        chosen = backend or self.backend
        name = re.sub(r"\W", "_", self.name.replace("'", "_gradient"))
        if chosen not in (*BACKENDS, "c"):
            raise UnknownParameter(chosen, (*BACKENDS, "c"), where="backend", noun="backend")
        if chosen == "c":
            return c_source(self.graph, name, self.name, self._about())
        return module_source(self.graph, name, self.name, chosen, self._about())

    def _about(self) -> list[str]:
        """Return the formulas, and the conditions, as lines of text."""
        formulas, conditions, _ = self._given
        lines = [f"{name} = {term}" for name, term in formulas.items()]
        lines += [f"  with {name} = {term}" for name, term in self._steps.items() if str(name) not in formulas]
        named = [f"  {name}: {rel.lhs} {rel.op} {rel.rhs}" for name, rel in conditions.items()]
        return [*lines, *(["Conditions, besides positive inputs:", *named] if named else [])]
