"""Functions for papers that take a model of one's own as well: an object, or the path of its file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

from symhet.catalogue import bring, brought, keys
from symhet.errors import UnknownParameter
from symhet.model.model import Model
from symhet.numerics.calibration import calibrate as _calibrate
from symhet.numerics.compiled.registry import numeric as _numeric
from symhet.numerics.equilibrium.solver import solve_model
from symhet.numerics.faults import UnknownRegime
from symhet.numerics.models import solve as _solve
from symhet.numerics.statics import statics as _statics
from symhet.numerics.sweeps import sweep as _sweep

if TYPE_CHECKING:
    from symhet.numerics.equilibrium.result import Equilibrium
    from symhet.numerics.equilibrium.statics import Slope
    from symhet.numerics.results import Solved
    from symhet.numerics.statics import Static

__all__ = ["calibrate", "is_path", "key_of", "numeric", "own_model", "solve", "statics", "sweep", "with_forms"]

Given = TypeVar("Given")


def is_path(name: object) -> bool:
    """Tell whether a name is the path of a model file, perhaps with a claim behind a colon.

    Examples
    --------
    >>> is_path("models/melitz.toml:M12"), is_path("kz.eq12")
    (True, False)
    """
    return isinstance(name, Path) or (isinstance(name, str) and (name.split(":")[0].endswith(".toml") or "/" in name))


def own_model(name: Any) -> Model | None:
    """Return the model of one's own that is meant, None for the key of a paper."""
    if isinstance(name, Model):
        return name
    if not is_path(name):
        return None
    from symhet.workbench.model import read_model

    return read_model(str(name).partition(":")[0])


def key_of(name: Any) -> str:
    """Return the key under which a model of one's own is found, or the ID of its claim; papers' as they are.

    Parameters
    ----------
    name : Model, Path or str
        A model, the path of its file, ``FILE:claim``, or the key of a paper or the ID of its claim.

    Examples
    --------
    >>> from symhet.workbench.model import Model
    >>> key_of(Model("A demo")).startswith("a-demo"), key_of("kz.eq12")
    (True, 'kz.eq12')
    """
    model = own_model(name)
    if model is None:
        return str(name)
    from symhet.workbench.paper import ModelPaper

    claim = "" if isinstance(name, Model) else str(name).partition(":")[2]
    text = model.to_toml()
    key = _free(model.key.replace(".", "-"), text)
    bring(ModelPaper(key, text, model.file))
    return f"{key}.{claim}" if claim else key


def _free(key: str, text: str) -> str:
    """Return a key that means this model and no other in this process."""
    known = brought(key)
    if key not in keys() and (known is None or known.text == text):
        return key
    return f"{key}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def with_forms(name: Any, functions: Mapping[str, str] | None) -> Any:
    """Return a model of one's own with forms for its functions; without any what was given."""
    if not functions:
        return name
    model = own_model(name)
    if model is None:
        raise UnknownParameter("functions", (), where=str(name))
    copy = deepcopy(model)
    for function, form in functions.items():
        if function not in copy.functions:
            raise UnknownParameter(function, copy.functions, where=model.key)
        copy.functions[function] = replace(copy.functions[function], form=form)
    return copy


def _opened(function: Callable[..., Given]) -> Callable[..., Given]:
    """Return a function whose first argument may be a model of one's own."""

    @wraps(function)
    def opened(model: Any = None, *arguments: Any, **options: Any) -> Given:
        return function(*(() if model is None else (key_of(model),)), *arguments, **options)

    return opened


numeric = _opened(_numeric)
sweep = _opened(_sweep)
calibrate = _opened(_calibrate)


@overload
def solve(model: Model | str | Path, *, outputs: str | Sequence[str], **options: Any) -> dict[str, Any]: ...
@overload
def solve(model: Model | str | Path, *, out: Mapping[str, Any], **options: Any) -> dict[str, Any]: ...
@overload
def solve(model: Model, **options: Any) -> Equilibrium: ...
@overload
def solve(model: str | Path, **options: Any) -> Solved: ...
@wraps(_solve)
def solve(model: Any, **options: Any) -> Any:
    """Solve a paper's model by its own solver, a model of one's own by the general one."""
    own = own_model(model)
    if own is not None and options.get("out") is None:
        if options.get("regime") is not None:
            raise UnknownRegime(str(options["regime"]), where=own.key)
        return solve_model(own, **{name: value for name, value in options.items() if name != "regime"})
    return _solve(key_of(model), **options)


@wraps(_statics)
def statics(model: Any = None, **options: Any) -> Sequence[Static | Slope]:
    """Return elasticities that a paper derives; of a model of one's own, its derivatives at the solution."""
    own = own_model(model)
    if own is None:
        return _statics(model, **options)
    from symhet.numerics.equilibrium.statics import statics_of

    return statics_of(own, **options)
