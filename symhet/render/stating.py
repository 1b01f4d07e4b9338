"""Claims declared statement first: what a claim says comes before its print and its argument."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from symhet.claims import Claim, Finding
from symhet.propositions import Prop
from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for

__all__ = ["claim", "stated"]


def stated(
    identifier: str,
    kind: str,
    source: str,
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
    identifier, kind, source, title : str
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

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.claims import opened
    >>> from symhet.propositions import gt
    >>> costly = gt(sp.Symbol("tau_I", positive=True), 1)
    >>> stated("kz.x", "claim", "section 1", costly, lambda says: opened(says, "", 0), title="costs").printed
    '\\tau_I > 1'
    """
    own = printed or LatexWriter(notation_for(identifier.partition(".")[0])).statement(states)
    lost_print = own if lost else ""
    return Claim(
        identifier,
        kind,
        source,
        None if lost else own,
        partial(argue, states),
        parts,
        title,
        reconstruction=lost_print,
        states=states,
    )


def claim(
    identifier: str,
    kind: str,
    source: str,
    states: Prop,
    parts: tuple[Claim, ...] = (),
    *,
    title: str,
    printed: str = "",
    lost: bool = False,
) -> Callable[[Callable[[Prop], Finding]], Claim]:
    r"""Declare a claim over its derivation: the function below argues what is stated, and its name becomes the claim.

    Parameters
    ----------
    identifier, kind, source, states, parts, title, printed, lost
        As for `stated`.

    Returns
    -------
    Callable
        A decorator that returns the claim.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.claims import opened
    >>> from symhet.propositions import gt
    >>> @claim("kz.x", "claim", "section 1", gt(sp.Symbol("tau_I", positive=True), 1), title="costs")
    ... def costly(statement):
    ...     return opened(statement, "", 0)
    >>> costly.shown, costly.argue().verdict.value
    ('\\tau_I > 1', 'open')
    """

    def declared(argue: Callable[[Prop], Finding]) -> Claim:
        # Where processes are spawned claims travel pickled, functions by name: this one is found in the claim now.
        argue.__qualname__ += ".argue.func"
        return stated(identifier, kind, source, states, argue, parts, title=title, printed=printed, lost=lost)

    return declared
