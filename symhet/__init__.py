"""Heterogeneous-firm trade models: derived from primitives, verified, and compiled to numeric functions.

Names of the public interface are loaded on first use, so that ``import symhet`` stays cheap.

Examples
--------
>>> import symhet
>>> symhet.errors.SymhetError.code
'SH000'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symhet.asked import ANSWERS, load

if TYPE_CHECKING:
    from collections.abc import Callable

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
    from symhet.model.typed import d as d
    from symhet.model.typed import dln as dln
    from symhet.model.typed import partial as partial
    from symhet.numerics import strategies as strategies
    from symhet.numerics.compiled.functions import NumericFunction
    from symhet.numerics.threads import set_threads as set_threads
    from symhet.render.equations import formula as formula
    from symhet.render.plots import draw as draw
    from symhet.render.reading import explain as explain
    from symhet.workbench import Model as Model
    from symhet.workbench import calibrate as calibrate
    from symhet.workbench import numeric as numeric
    from symhet.workbench import read_model as read_model
    from symhet.workbench import solve as solve
    from symhet.workbench import statics as statics
    from symhet.workbench import sweep as sweep

    kernel: Callable[..., NumericFunction]

__version__ = "0.1.0"

_SOURCES = {
    "Claim": "symhet.claims:Claim",
    "Derivation": "symhet.derivation:Derivation",
    "Domain": "symhet.domain:Domain",
    "Model": "symhet.workbench:Model",
    "Paper": "symhet.catalogue:Paper",
    "d": "symhet.model.typed:d",
    "dln": "symhet.model.typed:dln",
    "partial": "symhet.model.typed:partial",
    "read_model": "symhet.workbench:read_model",
    "Vocabulary": "symhet.catalogue:Vocabulary",
    "Verdict": "symhet.claims:Verdict",
    "calibrate": "symhet.workbench:calibrate",
    "draw": "symhet.render.plots:draw",
    "errors": "symhet.errors",
    "explain": "symhet.render.reading:explain",
    "formula": "symhet.render.equations:formula",
    "judge": "symhet.claims:judge",
    "kernel": "symhet.workbench:numeric",
    "numeric": "symhet.workbench:numeric",
    "numerics": "symhet.numerics",
    "papers": "symhet.papers",
    "set_threads": "symhet.numerics.threads:set_threads",
    "solve": "symhet.workbench:solve",
    "statics": "symhet.workbench:statics",
    "strategies": "symhet.numerics.strategies",
    "sweep": "symhet.workbench:sweep",
}
"""Public name to where it lives: a module, or ``module:attribute``; ``kernel`` is the old name of `numeric`."""

__all__ = ["__version__", *sorted(_SOURCES)]


def _answers(question: str, source: str) -> None:
    """Have a question of lower rooms answered by a function that is loaded when it is asked."""

    def answer(*about: Any) -> Any:
        return load(source)(*about)

    ANSWERS[question] = answer


_answers("claim", "symhet.catalogue:find_claim")
_answers("html", "symhet.render.notebook:html")
_answers("latex", "symhet.render.notebook:latex")


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _SOURCES:
        raise AttributeError(f"module 'symhet' has no attribute {name!r}")
    found = globals()[name] = load(_SOURCES[name])
    return found


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return list(__all__)
