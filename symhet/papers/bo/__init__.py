"""Baldwin and Okubo, International trade, offshoring and heterogeneous firms: everything that is this paper's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from symhet.catalogue import Paper, Vocabulary
from symhet.claims import Ledger
from symhet.exposition import Corrections, Exposition

__all__ = ["PAPER"]


class BaldwinOkubo(Paper):
    """The paper, whose parts are loaded when they are asked for."""

    key: ClassVar[str] = "bo"
    place: ClassVar[int] = 2

    def ledger(self) -> Ledger:
        """Return its claims, none of them judged."""
        from symhet.papers.bo import ledger

        return ledger.ledger()

    def vocabulary(self) -> Vocabulary:
        """Return its symbols."""
        import sympy as sp

        from symhet.papers.bo import model as m
        from symhet.papers.bo.symbols import HELPERS

        totals = (m.n + m.N_star, m.n + m.n_star)
        return Vocabulary(
            m.PARAMETERS,
            m.VARIABLES,
            HELPERS,
            m.domain(),
            named={"rho": m.rho, "alpha": m.alpha.subs(m.rho, sp.Symbol("rho", positive=True))},
            shares=("s_n",),
            abbreviated=dict.fromkeys(totals, m.n_w) | {m.n / total: m.s_n for total in totals},
        )

    def model(self) -> Any:
        """Return how its model is solved."""
        from symhet.papers.bo.solvable import MODEL

        return MODEL

    def plan(self) -> Any:
        """Return which claims go into which part of its log."""
        from symhet.papers.bo.plan import PLAN

        return PLAN

    def appendix(self) -> Exposition:
        """Return its appendix as it should have been printed."""
        from symhet.papers.bo.appendix import APPENDIX

        return APPENDIX

    def corrections(self) -> Corrections:
        """Return its faults."""
        from symhet.papers.bo.corrections import CORRECTIONS

        return CORRECTIONS

    def figures(self) -> Mapping[str, Any]:
        """Return its pictures."""
        from symhet.papers.bo.figures import FIGURES

        return FIGURES

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return its solver, and the path of relocation in time."""
        from symhet.papers.bo.adjustment_path import adjust
        from symhet.papers.bo.solver import solve_bo

        return {"adjust": adjust, "solve_bo": solve_bo}


PAPER = BaldwinOkubo()
"""What the entry point names."""
