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
    from symhet.claims import Claim as Claim
    from symhet.claims import Verdict as Verdict
    from symhet.derivation import Derivation as Derivation
    from symhet.domain import Domain as Domain
    from symhet.model import Model as Model

__version__ = "0.1.0"

_SOURCES = {
    "Claim": "symhet.claims:Claim",
    "Derivation": "symhet.derivation:Derivation",
    "Domain": "symhet.domain:Domain",
    "Model": "symhet.model:Model",
    "Verdict": "symhet.claims:Verdict",
    "errors": "symhet.errors",
    "numerics": "symhet.numerics",
    "papers": "symhet.papers",
}
"""Public name to where it lives: a module, or ``module:attribute``."""

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
