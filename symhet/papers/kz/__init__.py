"""Kleinert and Zorell, The export-magnification effect of offshoring: everything that is this paper's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from symhet.catalogue import Room, Vocabulary

__all__ = ["PAPER"]


class KleinertZorell(Room):
    """The paper; its parts are in the files of this package."""

    key: ClassVar[str] = "kz"
    place: ClassVar[int] = 1

    def vocabulary(self) -> Vocabulary:
        """Return its symbols."""
        from symhet.papers.kz import model as m

        return Vocabulary(
            m.PARAMETERS, m.VARIABLES, domain=m.domain(), named={"rho": m.rho}, moment=m.k, shares=("theta", "b_P")
        )

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return its solver, and how two economies compare."""
        from symhet.papers.kz.counterfactuals import gains, hat
        from symhet.papers.kz.solver import solve_kz

        return {"gains": gains, "hat": hat, "solve_kz": solve_kz}


PAPER = KleinertZorell()
"""What the entry point names."""
