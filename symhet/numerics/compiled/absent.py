"""The error of a claim that has no formula to compile."""

from __future__ import annotations

from symhet.errors import SymhetError
from symhet.findings import Verdict

__all__ = ["NoFormula"]

_WHY = {Verdict.OPEN: "whether the printed formula holds is open: it is neither proved nor refuted"}


class NoFormula(SymhetError):
    """A claim concludes no formula for a variable, or none that holds.

    Parameters
    ----------
    identifier : str
        ID of the claim.
    where : str, optional
        Its source.
    prints : Verdict, optional
        What is known of the formula that it prints, where it prints one.
    hangs : str, optional
        The condition of the formula that speaks of what the formula is for, so that no input tells whether it holds.

    Examples
    --------
    >>> print(NoFormula("bo.eq21", prints=Verdict.REFUTED))
    [SH606] bo.eq21 concludes no formula that is known to hold
      why: the printed formula is refuted, and none was proved in its place
      fix: symhet.numeric('bo.eq21', printed=True) gives it as it is printed
    """

    code = "SH606"

    def __init__(self, identifier: str, *, where: str = "", prints: Verdict | None = None, hangs: str = "") -> None:
        self.identifier = identifier
        if prints is not None:
            super().__init__(
                f"{identifier} concludes no formula that is known to hold",
                where=where,
                why=_WHY.get(prints, "the printed formula is refuted, and none was proved in its place"),
                fix=f"symhet.numeric({identifier!r}, printed=True) gives it as it is printed",
            )
        elif hangs:
            super().__init__(
                f"{identifier} concludes no formula in what is given",
                where=where,
                why=f"it holds where {hangs}, which speaks of what the formula is for",
                fix="choose a claim whose condition is one on parameters",
            )
        else:
            super().__init__(
                f"{identifier} concludes no formula",
                where=where,
                why="what is proved of it is no equation of a variable with a term",
                fix="`symhet show` prints what it says; choose a claim that solves for a variable",
            )
