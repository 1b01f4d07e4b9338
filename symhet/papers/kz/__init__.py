"""Kleinert and Zorell, The export-magnification effect of offshoring: everything that is this paper's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from symhet.catalogue import Paper, Vocabulary
from symhet.claims import Ledger
from symhet.exposition import Corrections, Exposition

__all__ = ["PAPER"]


class KleinertZorell(Paper):
    """The paper, whose parts are loaded when they are asked for."""

    key: ClassVar[str] = "kz"
    place: ClassVar[int] = 1

    def ledger(self) -> Ledger:
        """Return its claims, none of them judged."""
        from symhet.papers.kz import ledger

        return ledger.ledger()

    def vocabulary(self) -> Vocabulary:
        """Return its symbols."""
        from symhet.papers.kz import model as m

        return Vocabulary(
            m.PARAMETERS, m.VARIABLES, domain=m.domain(), named={"rho": m.rho}, moment=m.k, shares=("theta", "b_P")
        )

    def model(self) -> Any:
        """Return how its model is solved."""
        from symhet.papers.kz.solvable import MODEL

        return MODEL

    def plan(self) -> Any:
        """Return which claims go into which part of its log."""
        from symhet.papers.kz.plan import PLAN

        return PLAN

    def appendix(self) -> Exposition:
        """Return its appendix as it should have been printed."""
        from symhet.papers.kz.appendix import APPENDIX

        return APPENDIX

    def corrections(self) -> Corrections:
        """Return its faults."""
        from symhet.papers.kz.corrections import CORRECTIONS

        return CORRECTIONS

    def figures(self) -> Mapping[str, Any]:
        """Return its pictures."""
        from symhet.papers.kz.figures import FIGURES

        return FIGURES

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return its solver, and how two economies compare."""
        from symhet.papers.kz.counterfactuals import gains, hat
        from symhet.papers.kz.solver import solve_kz

        return {"gains": gains, "hat": hat, "solve_kz": solve_kz}


PAPER = KleinertZorell()
"""What the entry point names."""
