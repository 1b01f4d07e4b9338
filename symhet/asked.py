"""What rooms ask of rooms below them, which they must not import; the front door says who answers.

A claim shows itself in a notebook, yet who writes LaTeX and tables stands further down the house.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["ANSWERS", "Shown", "ask", "load"]

ANSWERS: dict[str, Callable[..., Any]] = {}
"""Who answers what, by the name of the question; filled when symhet is imported."""


def ask(question: str, *about: Any) -> Any:
    """Return the answer to a question; None where nobody answers."""
    answer = ANSWERS.get(question)
    return None if answer is None else answer(*about)


def load(source: str) -> Any:
    """Return what stands at ``module:name``, or a module.

    Examples
    --------
    >>> load("symhet.asked:ask") is ask
    True
    """
    module, _, name = source.partition(":")
    found = import_module(module)
    return getattr(found, name) if name else found


class Shown:
    """Shows itself in a notebook: formulas as LaTeX, lists as tables."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        found: str | None = ask("html", self)
        return found

    def _repr_latex_(self) -> str | None:
        found: str | None = ask("latex", self)
        return found
