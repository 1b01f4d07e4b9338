"""The points of a sweep: their order, the chunks they are solved in, and what is solved at each."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from symhet.catalogue import Paper, bring, brought, find_paper
from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.faults import UnclearSetting
from symhet.numerics.fingerprints import FORMAT, exact, formulas_digest
from symhet.numerics.inputs import named, number, numbers
from symhet.numerics.models import SolvableModel, find_model, result_of
from symhet.numerics.quantities import Quantity
from symhet.numerics.tails import Array

__all__ = ["Block", "Points", "Task", "blocks", "chunk_shape", "make_task"]

LAW = "distribution."
"""Prefix of parameters of the distribution among those that vary."""
SAMPLE = "sample"
STATUS = "status"
"""The result that says why a point has no solution."""
BAD_LAW = "parameters of the distribution"
"""Its text where no distribution has the parameters of the point."""
MOST_CODES = 127
"""Statuses that fit into a byte."""
INADMISSIBLE = "inadmissible"
"""What −1 stands for among the codes of a result that is a name."""

Block = tuple[slice, ...]


def chunk_shape(shape: tuple[int, ...], most: int) -> tuple[int, ...]:
    """Return the shape of chunks of at most so many points: the last dimensions whole, the first ones single.

    Examples
    --------
    >>> chunk_shape((9, 4, 5), 12)
    (1, 2, 5)
    """
    found: list[int] = []
    room = most
    for size in reversed(shape):
        found.append(max(1, min(size, room)))
        room //= found[-1]
    return tuple(reversed(found))


def blocks(shape: tuple[int, ...], steps: tuple[int, ...]) -> Iterator[Block]:
    """Yield the slices of an array chunk by chunk, in the order of its values."""
    sizes = list(zip(shape, steps, strict=True))
    for starts in product(*(range(0, size, step) for size, step in sizes)):
        yield tuple(slice(low, min(low + step, size)) for low, (size, step) in zip(starts, sizes, strict=True))


@dataclass(frozen=True)
class Points:
    """Points of a sweep: the grid of all combinations, or samples one by one.

    Parameters
    ----------
    over : Mapping[str, ndarray]
        One-dimensional values of what varies.
    samples : bool
        Whether the values belong together one by one, instead of being combined.
    """

    over: Mapping[str, Array]
    samples: bool

    @property
    def dims(self) -> tuple[str, ...]:
        """Names of the dimensions."""
        return (SAMPLE,) if self.samples else tuple(self.over)

    @property
    def shape(self) -> tuple[int, ...]:
        """Lengths of the dimensions."""
        sizes = tuple(values.size for values in self.over.values())
        return sizes[:1] if self.samples else sizes

    @property
    def size(self) -> int:
        """Number of points."""
        return math.prod(self.shape)

    def chunk_shape(self, most: int) -> tuple[int, ...]:
        """Return the shape of chunks of at most `most` points."""
        return chunk_shape(self.shape, most)

    def blocks(self, most: int) -> Iterator[Block]:
        """Yield the chunks in order."""
        return blocks(self.shape, self.chunk_shape(most))

    def number(self, most: int) -> int:
        """Return how many chunks there are."""
        return math.prod(-(-size // step) for size, step in zip(self.shape, self.chunk_shape(most), strict=True))

    def values(self, block: Block) -> dict[str, Array]:
        """Return the values in a chunk, shaped so that they broadcast to it."""
        if self.samples:
            return {name: values[block[0]] for name, values in self.over.items()}
        rank = len(self.over)
        return {
            name: values[part].reshape([-1 if i == axis else 1 for i in range(rank)])
            for axis, ((name, values), part) in enumerate(zip(self.over.items(), block, strict=True))
        }


@dataclass(frozen=True)
class Task:
    """What is solved at each point; travels to other processes.

    Parameters
    ----------
    model : str
        Key of a paper whose model is solved, or the ID of a claim whose numeric function is evaluated.
    outputs : tuple of str
        Results that are kept.
    fixed : Mapping[str, float]
        Parameters that do not vary.
    settings : Mapping[str, Any]
        Distribution or regime.
    paper : Paper, optional
        What no package brings: another process has to be told.
    """

    model: str
    outputs: tuple[str, ...]
    fixed: Mapping[str, float] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    paper: Paper | None = None

    def __call__(self, values: Mapping[str, Array], shape: tuple[int, ...]) -> dict[str, Any]:
        """Return the results at the points of a chunk, a model's status too; inadmissible ones are NaN."""
        if self.paper is not None:
            bring(self.paper)
        inputs: dict[str, Any] = {**self.fixed, **values}
        if "." in self.model:
            found: Any = _numeric(self.model)(**inputs)
            return {name: np.broadcast_to(found[name], shape) for name in self.outputs}
        settings = dict(self.settings)
        varied = {name.removeprefix(LAW): inputs.pop(name) for name in list(inputs) if name.startswith(LAW)}
        fit: Any = np.True_
        if varied:
            settings["distribution"], fit = settings["distribution"].varied(varied)
        solved = find_model(self.model)
        with np.errstate(all="ignore"):
            equilibrium = solved.solver(check=False, **settings, **inputs)
        # A model that is solved at every point has no status to tell.
        told = (STATUS,) if len(solved.statuses) > 1 else ()
        found = {
            name: result_of(equilibrium, f"{name}_number" if self._coded(name) else name)
            for name in dict.fromkeys((*self.outputs, *told))
        }
        return {name: np.broadcast_to(np.where(fit, value, self._blank(name)), shape) for name, value in found.items()}

    @property
    def _solved(self) -> SolvableModel | None:
        """The model that is solved; None for the formulas of a claim."""
        return None if "." in self.model else find_model(self.model)

    def _codes(self, name: str) -> tuple[str, ...]:
        """Return the names that the codes of a result stand for, if it is a name."""
        return self._solved.codes.get(name, ()) if self._solved else ()

    def _coded(self, name: str) -> bool:
        """Tell whether a result is stored as a code."""
        return self._solved is not None and (name == STATUS or bool(self._codes(name)))

    def unsolved(self, results: Mapping[str, Any]) -> Counter[str]:
        """Return how many points of a chunk have no solution, by reason."""
        if STATUS in results:
            codes, counts = np.unique(results[STATUS], return_counts=True)
            words = (*find_model(self.model).statuses, BAD_LAW)
            return Counter({words[int(code)]: int(count) for code, count in zip(codes, counts, strict=True) if code})
        missing = np.logical_and.reduce([np.isnan(values) for values in results.values()])
        return Counter({"not a number": int(missing.sum())} if missing.any() else {})

    def _blank(self, name: str) -> Any:
        """Return what a result is where no distribution has the parameters of the point."""
        if name == STATUS:
            return len(find_model(self.model).statuses)
        return np.int8(-1) if self._coded(name) else np.False_ if self.dtype(name) == "bool" else np.nan

    def quantity(self, name: str) -> Quantity:
        """Return how a parameter or result is written, what it means, and its unit."""
        return quantities_of(self.model.partition(".")[0]).get(name, Quantity(name, name))

    def dtype(self, name: str) -> str:
        """Return the type in which a result is stored."""
        if self._coded(name):
            return "int8" if name != STATUS or len(find_model(self.model).statuses) < MOST_CODES else "int16"
        return "bool" if self._solved and name in self._solved.labels else "float64"

    def flags(self, name: str) -> dict[int, str]:
        """Return what the codes of a result stand for; nothing for a number."""
        if name == STATUS:
            return dict(enumerate(("solved", *status_words(self.model))))
        return dict(enumerate((INADMISSIBLE, *self._codes(name)), -1)) if self._codes(name) else {}

    def fingerprint(self, points: Points, most: int) -> str:
        """Return a record, in JSON, that tells this sweep in its chunks from others to the last bit."""
        from symhet import __version__

        record = {
            "format": FORMAT,
            "symhet": __version__,
            "formulas": formulas_digest(self.model),
            "model": self.model,
            "outputs": sorted(self.outputs),
            "order": list(points.over),
            "samples": points.samples,
            "chunks": points.chunk_shape(most),
            "over": {name: exact(values) for name, values in points.over.items()},
            "fixed": {name: exact(float(value)) for name, value in sorted(self.fixed.items())},
            "settings": {name: exact(value) for name, value in sorted(self.settings.items())},
            **({} if self.paper is None else {"source": self.paper.text}),
        }
        return json.dumps(record)


def quantities_of(key: str) -> Mapping[str, Quantity]:
    """Return what the numbers of a paper are: those of its solver, else what its symbols say; empty for no paper.

    Examples
    --------
    >>> quantities_of("bo")["phi"].meaning
    'freeness of trade'
    """
    paper = find_paper(key)
    if paper is None:
        return {}
    if (model := paper.model()) is not None:
        known: Mapping[str, Quantity] = model.quantities
        return known
    names = paper.vocabulary()
    return {p.symbol.name: Quantity(p.latex, p.meaning, p.unit) for p in (*names.parameters, *names.variables)}


def status_words(model: str) -> dict[str, str]:
    """Return the reasons why a point of a model has no solution, by the words without blanks that stores keep."""
    reasons = (*find_model(model).statuses[1:], BAD_LAW)
    return {reason.replace(",", "").replace(" ", "_"): reason for reason in reasons}


@cache
def _numeric(identifier: str) -> Any:
    from symhet.numerics.compiled.registry import numeric

    return numeric(identifier)


def _points(over: Mapping[str, Any], samples: bool, model: str) -> Points:
    """Return the points of a sweep."""
    arrays = {name: np.atleast_1d(numbers(_plain(values), name, where=model)) for name, values in over.items()}
    lengths = {values.size for values in arrays.values()}
    if not arrays or any(values.ndim != 1 or values.size == 0 for values in arrays.values()):
        raise DomainError("values to sweep over", relation="each parameter has a list of at least one value")
    if samples and len(lengths) > 1:
        raise DomainError("samples of one length", relation="all lists have the same length", left=sorted(lengths))
    return Points(arrays, samples)


def _single(fixed: Mapping[str, Any], model: str) -> dict[str, float]:
    """Return the numbers that are the same at all points."""
    vary = "let it vary: name it among those of over, by itself or with samples=True"
    return {name: number(value, name, where=model, fix=vary) for name, value in fixed.items()}


def make_task(
    model: str,
    over: Mapping[str, Any],
    outputs: Sequence[str],
    samples: bool,
    distribution: Any,
    regime: str | None,
    fixed: Mapping[str, Any],
) -> tuple[Task, Points]:
    """Return task and points, after every name and length has been checked.

    Raises
    ------
    UnknownModel, UnknownParameter, UnclearSetting
        As `symhet.sweep` does.
    DomainError
        For values that are not one-dimensional, samples of different lengths, or an array of distributions.
    """
    if not isinstance(over, Mapping):
        raise UnclearSetting(repr(over), "it says no values", where="over", fix='write {"tau": [1.1, 1.2]}')
    over = {named(name): values for name, values in over.items()}
    for name in fixed:
        if name in over:
            raise UnclearSetting(name, "it varies and is set to one value", fix="give it once")
    if "." in model:
        function = _numeric(model)
        unused = {"distribution": distribution, "regime": regime}
        _require([name for name, value in unused.items() if value is not None], function.inputs, model)
        _require((*over, *fixed), function.inputs, model)
        _require(outputs, function.outputs, model, "result")
        points, fixed = _points(over, samples, model), _single(fixed, model)
        paper = brought(model.partition(".")[0])
        return Task(model, tuple(outputs) or function.outputs, dict(fixed), paper=paper), points
    found = find_model(model)
    settings = found.settings(distribution, regime)
    law = settings.get("distribution")
    if law is not None and law.shape:
        fix = 'let a parameter of it vary: over={"distribution.shape": values}'
        raise DomainError(
            "one distribution", relation="a sweep has one", left=law.shape, right=(), where=model, fix=fix
        )
    names = (*found.parameters, *found.further, *(f"{LAW}{name}" for name in (law.names if law is not None else ())))
    _require((*over, *fixed), names, model)
    points, fixed = _points(over, samples, model), _single(fixed, model)
    every = (*found.outputs, *found.labels, STATUS)
    _require(outputs, every, model, "result")
    return Task(model, tuple(outputs) or every, dict(fixed), settings, brought(model)), points


def _plain(values: Any) -> Any:
    """Return the values of an array with one labelled axis: they are a list in any case."""
    return values.values if hasattr(values, "dims") and values.ndim == 1 else values


def _require(names: Sequence[str], known: Sequence[str], where: str, noun: str = "parameter") -> None:
    for name in names:
        if name not in known:
            raise UnknownParameter(name, known, where=where, noun=noun)
