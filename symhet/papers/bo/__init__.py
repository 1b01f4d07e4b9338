"""Baldwin and Okubo, International trade, offshoring and heterogeneous firms: everything that is this paper's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from symhet.catalogue import Room, Vocabulary

__all__ = ["PAPER"]


class BaldwinOkubo(Room):
    """The paper; its parts are in the files of this package."""

    key: ClassVar[str] = "bo"
    place: ClassVar[int] = 2

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

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return its solver, and the path of relocation in time."""
        from symhet.papers.bo.adjustment_path import adjust
        from symhet.papers.bo.solver import solve_bo

        return {"adjust": adjust, "solve_bo": solve_bo}


PAPER = BaldwinOkubo()
"""What the entry point names."""
