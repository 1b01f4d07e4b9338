"""What tells a sweep from every other: model, points, distribution and settings to the last bit, and the version."""

from __future__ import annotations

import hashlib
import inspect
import json
import pickle
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from symhet.errors import DomainError

__all__ = ["differences", "digest", "exact", "formulas_digest"]

FORMAT = 3
"""Number of the layout of stores."""


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def exact(value: Any) -> Any:
    """Return a value as JSON that is the same only for the same value, to the last bit.

    Parameters
    ----------
    value : object
        Numbers, arrays, texts, distributions, and what is made of them.

    Raises
    ------
    DomainError
        For an object that cannot be told from others, such as a local function without source.

    Examples
    --------
    >>> exact(0.1), exact(np.nextafter(0.1, 1))
    ('0x1.999999999999ap-4', '0x1.999999999999bp-4')
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return float(value).hex()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, np.ndarray | np.generic):
        array = np.asarray(value)
        if array.ndim == 0 and array.dtype.kind in "biuf":
            return exact(array.item())
        return [array.dtype.str, list(array.shape), digest(np.ascontiguousarray(array).tobytes())]
    if isinstance(value, Mapping):
        return {str(key): exact(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, Sequence):
        return [exact(item) for item in value]
    return [f"{type(value).__module__}.{type(value).__qualname__}", _inside(value)]


def _inside(value: Any) -> Any:
    """Return what an object is made of."""
    if isinstance(value, FunctionType):
        try:
            return inspect.getsource(value)
        except (OSError, TypeError) as error:
            raise _untold(value) from error
    if hasattr(value, "dist") and hasattr(value, "kwds"):
        return [exact(value.args), exact(value.kwds), _scipy(value.dist)]
    if hasattr(value, "__dict__"):
        cached = {name for name, kept in vars(type(value)).items() if isinstance(kept, cached_property)}
        return exact({name: kept for name, kept in vars(value).items() if name not in cached})
    try:
        return digest(pickle.dumps(value, protocol=5))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise _untold(value) from error


def _scipy(family: Any) -> Any:
    """Return the name of a scipy family, and the data of one that is made from data, such as a histogram."""
    data = {name: exact(kept) for name, kept in vars(family).items() if isinstance(kept, np.ndarray | float)}
    return [f"{type(family).__module__}.{type(family).__qualname__}", getattr(family, "name", ""), data]


def _untold(value: Any) -> DomainError:
    return DomainError(
        "settings that can be recorded",
        relation="a store records what it was made with",
        left=repr(value)[:80],
        right="no value that can be written down",
        fix="sweep without a store, or use a distribution that symhet has",
    )


@cache
def formulas_digest(identifier: str) -> str:
    """Return a digest of the formulas behind a model, or of the numeric function of a claim.

    Parameters
    ----------
    identifier : str
        Key of a paper, or the ID of a claim.
    """
    if "." in identifier:
        from symhet.numerics.compiled.registry import numeric

        return digest(numeric(identifier).source("numpy").encode())
    package = Path(__file__).parents[1]
    files = sorted(path for room in ("numerics", "papers") for path in (package / room).rglob("*.py"))
    named = ((str(path.relative_to(package)), path.read_bytes()) for path in files)
    return digest(b"".join(name.encode() + b"\0" + content for name, content in named))


_SAID = {
    "model": "another model",
    "source": "another text of the model",
    "outputs": "other results",
    "order": "dimensions in another order",
    "chunks": "chunks of another size",
    "samples": "grid and samples exchanged",
    "format": "another layout of stores",
}


def differences(known: str, mine: str) -> list[str]:
    """Return in words how the record of a store differs from the one of this run.

    Examples
    --------
    >>> differences('{"symhet": "0.0.9", "fixed": {"tau": "a"}}', '{"symhet": "0.1.0", "fixed": {"tau": "b"}}')
    ['symhet 0.0.9, and this is 0.1.0', 'another value of tau']
    """
    try:
        old, new = json.loads(known), json.loads(mine)
    except ValueError:
        return ["an older layout of stores"]
    found: list[str] = []
    if old.get("symhet") != new.get("symhet"):
        found.append(f"symhet {old.get('symhet', 'of another time')}, and this is {new.get('symhet')}")
    elif old.get("formulas") != new.get("formulas"):
        found.append(f"other formulas of symhet {new.get('symhet')}")
    found += [text for key, text in _SAID.items() if old.get(key) != new.get(key)]
    for key, text in (("over", "other values of"), ("fixed", "another value of"), ("settings", "another")):
        before, now = old.get(key, {}), new.get(key, {})
        found += [f"{text} {name}" for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    return found or ["another record"]
