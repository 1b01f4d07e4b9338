"""Numbers: distributions, equilibria, sweeps. Public names load on first use.

What a paper brings beside its solver is found here too, by name: see `symhet.catalogue.Paper.functions`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_SOURCES = {
    "calibrate": "symhet.numerics.calibration:calibrate",
    "distributions": "symhet.numerics.distributions",
    "kernel": "symhet.numerics.compiled.registry:numeric",
    "numeric": "symhet.numerics.compiled.registry:numeric",
    "parse_distribution": "symhet.numerics.distributions:parse",
    "solve": "symhet.numerics.models:solve",
    "statics": "symhet.numerics.statics:statics",
    "strategies": "symhet.numerics.strategies",
    "sweep": "symhet.numerics.sweeps:sweep",
}

__all__ = sorted(_SOURCES)


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name.startswith("_"):
        raise AttributeError(f"module 'symhet.numerics' has no attribute {name!r}")
    source = _SOURCES.get(name)
    if source is None:
        return _of_a_paper(name)
    module, _, attribute = source.partition(":")
    value = import_module(module)
    if attribute:
        value = getattr(value, attribute)
    globals()[name] = value
    return value


def _of_a_paper(name: str) -> Any:
    """Return a numeric function that a paper brings."""
    from symhet.catalogue import papers

    for paper in papers():
        if name in paper.functions():
            return paper.functions()[name]
    raise AttributeError(f"module 'symhet.numerics' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return list(__all__)
