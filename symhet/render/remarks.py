"""Which side conditions and assumptions of a derivation are worth telling."""

from __future__ import annotations

from typing import TypeGuard

import sympy as sp

from symhet.algebra.tails import Density, Survival, TailMoment
from symhet.derivation import Line
from symhet.propositions import And, Dense, Or, Prop, Rel, free_symbols, says_existence
from symhet.render.accounts import Account, Told
from symhet.render.latex import LatexWriter
from symhet.render.widths import width

SHORT_EQUATION, SHORT_STATEMENT = 5.0, 30.0
"""Widths, in em, up to which hypotheses stand in a sentence beside a statement: T = 0, a_R <= a_X."""


def side_conditions(line: Line, told: Account) -> tuple[Prop, ...]:
    """Return the side conditions of a line in symbols that the reader knows, each once, in a fixed order.

    A condition in a coordinate that a proof used on the way says nothing to a reader and is left out.
    """
    known = frozenset().union(*(free_symbols(prop) for _, prop in told.assumptions), free_symbols(line.prop))
    found: dict[str, Prop] = {}
    for prop in line.conditions:
        if free_symbols(prop) <= known:
            tidied = tidy(prop)
            found.setdefault(str(tidied), tidied)
    return tuple(found[text] for text in sorted(found, key=lambda text: (len(text), text)))


def tidy(prop: Prop) -> Prop:
    """Return an inequality without differences: ``0 < a - b`` becomes ``b < a``.

    Examples
    --------
    >>> from symhet.propositions import gt
    >>> s = sp.Symbol("s")
    >>> str(tidy(gt(s - 1, 0)))
    '1 < s'
    """
    if not isinstance(prop, Rel) or prop.op not in ("<", "<="):
        return prop
    parts = sp.Add.make_args(prop.gap)
    minus = [part for part in parts if part.as_coeff_Mul()[0] < 0]
    if not minus or len(minus) == len(parts):
        return prop
    left = sp.Add(*(-part for part in minus))
    return Rel(prop.op, left, sp.Add(*(part for part in parts if part not in minus)))


def used_assumptions(told: Account) -> tuple[tuple[str, Prop], ...]:
    """Return the hypotheses of the theorem that no line of the derivation repeats, the distribution's apart.

    What is supposed of the distribution is told in a sentence (`symhet.render.supposed`).
    """
    repeated = {line.name for line in told.lines}
    return tuple((name, prop) for name, prop in told.assumptions if name not in repeated and not _of_g(prop))


def stated(
    told: Account, writer: LatexWriter, theorem: Told | None = None
) -> tuple[tuple[Prop, ...], tuple[Prop, ...]]:
    """Return what sets a claim's theorem apart, for a sentence and, where it is wide, for displays.

    These are the hypotheses beside its conditions, the model's long equations and what is supposed of every
    distribution. An equation that picks distributions out, such as a Pareto's, is none of the model's.

    Parameters
    ----------
    told : Account
        The claim.
    writer : LatexWriter
        How statements are written.
    theorem : Told, optional
        Another of its theorems than the one that its derivation ends with.
    """
    single = _single(told, theorem)
    wide = {prop: width(writer.inline_statement(prop)) for prop in single}
    short = [prop for prop, em in wide.items() if em <= (SHORT_EQUATION if _of_model(prop) else SHORT_STATEMENT)]
    long = [prop for prop, em in wide.items() if em > SHORT_STATEMENT and not _of_model(prop)]
    short.sort(key=lambda prop: isinstance(prop, Or))
    return tuple(dict.fromkeys(map(tidy, short))), tuple(dict.fromkeys(long))


def unstated(told: Account, writer: LatexWriter, theorem: Told | None = None) -> tuple[Rel, ...]:
    """Return the model's equations among the hypotheses that `stated` leaves out."""
    short, _ = stated(told, writer, theorem)
    return tuple(prop for prop in _single(told, theorem) if _of_model(prop) and tidy(prop) not in short)


def _single(told: Account, theorem: Told | None) -> list[Prop]:
    """Return the hypotheses one by one, without conditions and what is supposed of every distribution."""
    context = told.assumptions if theorem is None else theorem.context
    conditions = {prop for _, prop in told.conditions} if theorem is None else set()
    kept = [prop for _, prop in context if prop not in conditions and not _of_g(prop)]
    return [part for prop in kept for part in (prop.parts if isinstance(prop, And) else (prop,))]


def _of_model(prop: Prop) -> TypeGuard[Rel]:
    return _is_equation(prop) and not isinstance(prop.lhs, Survival | TailMoment | Density)


def _is_equation(prop: Prop) -> TypeGuard[Rel]:
    return isinstance(prop, Rel) and prop.op == "="


def _of_g(prop: Prop) -> bool:
    return isinstance(prop, Dense) or (says_existence(prop) and isinstance(prop.lhs, TailMoment | Density))
