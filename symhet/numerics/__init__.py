"""Numbers: distributions, equilibria, sweeps. Public names load on first use.

What a paper brings beside its solver is found here too, by name: see `symhet.catalogue.Paper.functions`.
"""

from __future__ import annotations

from typing import Any

from symhet.asked import load

_SOURCES = {
    "calibrate": "symhet.numerics.calibration:calibrate",
    "distributions": "symhet.numerics.distributions",
    "kernel": "symhet.numerics.compiled.registry:numeric",
    "numeric": "symhet.numerics.compiled.registry:numeric",
    "parse_distribution": "symhet.numerics.distributions:parse",
    "set_threads": "symhet.numerics.threads:set_threads",
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
    if name not in _SOURCES:
        return _of_a_paper(name)
    found = globals()[name] = load(_SOURCES[name])
    return found


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
