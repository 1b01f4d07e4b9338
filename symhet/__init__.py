"""Heterogeneous-firm trade models: derived from primitives, verified, and compiled to numeric functions.

Names of the public interface are loaded on first use, so that ``import symhet`` stays cheap.

Examples
--------
>>> import symhet
>>> symhet.errors.SymhetError.code
'SH000'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symhet import errors as errors
    from symhet import numerics as numerics
    from symhet import papers as papers
    from symhet.catalogue import Paper as Paper
    from symhet.catalogue import Vocabulary as Vocabulary
    from symhet.claims import Claim as Claim
    from symhet.claims import Verdict as Verdict
    from symhet.claims import judge as judge
    from symhet.derivation import Derivation as Derivation
    from symhet.domain import Domain as Domain
    from symhet.model import Model as Model
    from symhet.model import read_model as read_model
    from symhet.model.typed import d as d
    from symhet.model.typed import dln as dln
    from symhet.model.typed import partial as partial
    from symhet.numerics import strategies as strategies
    from symhet.numerics.calibration import calibrate as calibrate
    from symhet.numerics.compiled.registry import numeric as numeric
    from symhet.numerics.models import solve as solve
    from symhet.numerics.statics import statics as statics
    from symhet.numerics.sweeps import sweep as sweep
    from symhet.render.equations import formula as formula
    from symhet.render.plots import draw as draw
    from symhet.render.reading import explain as explain

__version__ = "0.1.0"

_SOURCES = {
    "Claim": "symhet.claims:Claim",
    "Derivation": "symhet.derivation:Derivation",
    "Domain": "symhet.domain:Domain",
    "Model": "symhet.model:Model",
    "Paper": "symhet.catalogue:Paper",
    "d": "symhet.model.typed:d",
    "dln": "symhet.model.typed:dln",
    "partial": "symhet.model.typed:partial",
    "read_model": "symhet.model:read_model",
    "Vocabulary": "symhet.catalogue:Vocabulary",
    "Verdict": "symhet.claims:Verdict",
    "calibrate": "symhet.numerics.calibration:calibrate",
    "draw": "symhet.render.plots:draw",
    "errors": "symhet.errors",
    "explain": "symhet.render.reading:explain",
    "formula": "symhet.render.equations:formula",
    "judge": "symhet.claims:judge",
    "kernel": "symhet.numerics.compiled.registry:numeric",
    "numeric": "symhet.numerics.compiled.registry:numeric",
    "numerics": "symhet.numerics",
    "papers": "symhet.papers",
    "solve": "symhet.numerics.models:solve",
    "statics": "symhet.numerics.statics:statics",
    "strategies": "symhet.numerics.strategies",
    "sweep": "symhet.numerics.sweeps:sweep",
}
"""Public name to where it lives: a module, or ``module:attribute``; ``kernel`` is the old name of `numeric`."""

__all__ = ["__version__", *sorted(_SOURCES)]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    try:
        source = _SOURCES[name]
    except KeyError:
        raise AttributeError(f"module 'symhet' has no attribute {name!r}") from None
    module, _, attribute = source.partition(":")
    value = import_module(module)
    if attribute:
        value = getattr(value, attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
