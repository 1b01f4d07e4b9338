"""Claims declared statement first: what a claim says comes before its print and its argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, partialmethod
from typing import Any

from symhet.claims import Claim, Finding
from symhet.propositions import Prop
from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for

__all__ = ["Place"]


@dataclass(frozen=True, slots=True)
class Place:
    r"""Where a paper says something: its claims are declared from there, what they state first.

    `claim`, `derived`, `result`, `remark` and `assumption` are `declared` of that kind.

    Parameters
    ----------
    source : str
        Paper, section and equation.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.claims import opened
    >>> from symhet.propositions import gt
    >>> @Place("A paper, section 1").claim("kz.x", gt(sp.Symbol("tau_I", positive=True), 1), title="costs")
    ... def costly(statement):
    ...     return opened(statement, "", 0)
    >>> costly.source, costly.shown, costly.argue().verdict.value
    ('A paper, section 1', '\\tau_I > 1', 'open')
    """

    source: str

    def row(self, kind: str, identifier: str, printed: str | None, *rest: Any, **more: Any) -> Claim:
        """Return a claim by its print.

        Parameters
        ----------
        kind, identifier, printed, *rest, **more
            As for `symhet.claims.Claim`.
        """
        return Claim(identifier, kind, self.source, printed, *rest, **more)

    def stated(
        self,
        kind: str,
        identifier: str,
        states: Prop,
        argue: Callable[[Prop], Finding],
        parts: tuple[Claim, ...] = (),
        *,
        title: str,
        printed: str = "",
        lost: bool = False,
    ) -> Claim:
        r"""Return a claim by what it states; the print is printed from that, unless the paper prints something else.

        Parameters
        ----------
        kind, identifier, title : str
            As for `symhet.claims.Claim`.
        states : Prop
            What it says, in the symbols of the paper.
        argue : Callable
            Builds the finding from the statement, which it must be about.
        parts : tuple of Claim, optional
            Parts with verdicts of their own.
        printed : str, optional
            LaTeX of what the paper prints in its place.
        lost : bool, optional
            Whether the paper's display is lost: what is printed then stands in its place.

        Returns
        -------
        Claim
            With statement and print.
        """
        own = printed or LatexWriter(notation_for(identifier.partition(".")[0])).statement(states)
        print_of, lost_print = (None, own) if lost else (own, "")
        said = partial(argue, states)
        return self.row(kind, identifier, print_of, said, parts, title, reconstruction=lost_print, states=states)

    def declared(
        self,
        kind: str,
        identifier: str,
        states: Prop,
        parts: tuple[Claim, ...] = (),
        *,
        title: str,
        printed: str = "",
        lost: bool = False,
    ) -> Callable[[Callable[[Prop], Finding]], Claim]:
        """Declare a claim over its derivation: the function below argues what is stated, its name becomes the claim.

        Parameters
        ----------
        kind, identifier, states, parts, title, printed, lost
            As for `stated`.

        Returns
        -------
        Callable
            A decorator that returns the claim.
        """

        def over(argue: Callable[[Prop], Finding]) -> Claim:
            # Where processes are spawned claims travel pickled, functions by name: this one is found in the claim now.
            argue.__qualname__ += ".argue.func"
            return self.stated(kind, identifier, states, argue, parts, title=title, printed=printed, lost=lost)

        return over

    claim = partialmethod(declared, "claim")
    derived = partialmethod(declared, "derived")
    result = partialmethod(declared, "result")
    remark = partialmethod(declared, "remark")
    assumption = partialmethod(declared, "assumption")
