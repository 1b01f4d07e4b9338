"""Many economies in one call, block by block: nothing is held but the results that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from symhet.errors import DomainError, OutputError
from symhet.numerics.chunks import Block, blocks, chunk_shape
from symhet.numerics.given_arrays import check_known, check_shared, check_writable
from symhet.numerics.inputs import common_shape, listed
from symhet.numerics.models import result_of

__all__ = ["BLOCK", "in_blocks"]

BLOCK = 1 << 16
"""Economies that are solved at a time."""


def in_blocks(
    solved: Callable[..., Any],
    parameters: Mapping[str, Any],
    outputs: Sequence[str],
    out: Mapping[str, Any],
    known: Sequence[str],
    where: str,
) -> dict[str, Any]:
    """Return some results of many economies, as arrays.

    Parameters
    ----------
    solved : Callable
        Solves the economies at parameters that are given by keyword.
    parameters : Mapping[str, array_like]
        They broadcast against one another.
    outputs : sequence of str
        Names of results, in new arrays.
    out : Mapping[str, ndarray]
        Arrays to write results into, by name; memory-mapped ones too.
    known, where : sequence of str, str
        The results that there are, and the model, for messages.

    Raises
    ------
    UnknownParameter
        For a result that does not exist.
    OutputError
        When an array has another shape or no room for such numbers, or shares its memory with a parameter or another.
    DomainError
        As from the solver, with the index among all economies.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> double = lambda x: SimpleNamespace(y=2 * np.asarray(x))
    >>> in_blocks(double, {"x": [1.0, 2.0]}, ["y"], {}, ["y"], "demo")["y"]
    array([2., 4.])
    """
    names = tuple(dict.fromkeys((*listed(outputs), *out)))
    check_known(names, known, f"outputs of {where}")
    arrays = {name: np.asarray(value) for name, value in parameters.items()}
    shape = common_shape({name: array.shape for name, array in arrays.items()}, where)
    check_writable(out, f"numpy.empty({shape})", where)
    for name, array in out.items():
        if array.shape != shape:
            why = f"it has shape {array.shape}, and the economies {shape}"
            raise OutputError(f"out[{name!r}]", why, where=where, fix=f"give an array of shape {shape}")
    check_shared(out, arrays, where)
    results = {name: out[name] if name in out else np.empty(shape) for name in names}
    seen = {name: np.broadcast_to(array, shape) if array.ndim else array for name, array in arrays.items()}
    for block in blocks(shape, chunk_shape(shape, BLOCK)):
        found = _part(solved, {name: array[block] if array.ndim else array for name, array in seen.items()}, block)
        for name, array in results.items():
            array[block] = result_of(found, name)
    return results


def _part(solved: Callable[..., Any], parameters: Mapping[str, Any], block: Block) -> Any:
    """Solve one block; an error says where the block begins."""
    try:
        return solved(**parameters)
    except DomainError as error:
        start = tuple(part.start for part in block)
        if any(start):
            error.where = f"{error.where}, counted from {start}"
        raise
