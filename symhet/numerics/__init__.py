"""Numbers: distributions, equilibria, sweeps. Public names load on first use."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_SOURCES = {
    "adjust": "symhet.numerics.adjustment:adjust",
    "calibrate": "symhet.numerics.calibration:calibrate",
    "distributions": "symhet.numerics.distributions",
    "exact_statics": "symhet.numerics.exact:exact_statics",
    "gains": "symhet.numerics.kz_counterfactuals:gains",
    "hat": "symhet.numerics.kz_counterfactuals:hat",
    "kernel": "symhet.numerics.compiled.registry:kernel",
    "parse_distribution": "symhet.numerics.distributions:parse",
    "solve": "symhet.numerics.models:solve",
    "solve_bo": "symhet.numerics.baldwin_okubo:solve_bo",
    "solve_kz": "symhet.numerics.kleinert_zorell:solve_kz",
    "statics": "symhet.numerics.statics:statics",
    "strategies": "symhet.numerics.strategies",
    "sweep": "symhet.numerics.sweeps:sweep",
}

__all__ = sorted(_SOURCES)


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    try:
        source = _SOURCES[name]
    except KeyError:
        raise AttributeError(f"module 'symhet.numerics' has no attribute {name!r}") from None
    module, _, attribute = source.partition(":")
    value = import_module(module)
    if attribute:
        value = getattr(value, attribute)
    globals()[name] = value
    return value
