"""What is assumed of parameters and of the distribution of productivity, read off theorems and the kernel's class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import sympy as sp

from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.domain import Assumption
from symhet.propositions import Dense, Prop, says_existence, terms
from symhet.render.accounts import Account, Told
from symhet.render.latex import LatexWriter
from symhet.render.prose import listed
from symhet.render.remarks import tidy

CLASS = "a density $g$ that is continuous but for isolated points, and no upper end"
"""The distributions over which the kernel's theorems quantify (see `symhet.core.distribution`)."""

NAMED = re.compile(r"[A-Z]\.\d.*")
"""Names that a paper gives to its assumptions."""


def of_distribution(told: Iterable[Account], writer: LatexWriter) -> str:
    """Return a sentence on what claims assume of the distribution of productivity; empty when they have none.

    Parameters
    ----------
    told : iterable of Account
        The claims; of their parts too.
    writer : LatexWriter
        How terms are written.
    """
    entries = [entry for row in told for entry in row.walk()]
    supposed = [prop for entry in entries for theorem in entry.theorems for _, prop in theorem.context]
    return _of_distribution((prop for entry in entries for prop in entry.statements), supposed, writer)


def of_one(theorem: Told, writer: LatexWriter) -> str:
    """Return a sentence on what one theorem assumes of the distribution of productivity; empty when it has none."""
    supposed = [prop for _, prop in theorem.context]
    return _of_distribution((*supposed, theorem.goal), supposed, writer)


def _of_distribution(said: Iterable[Prop], supposed: Sequence[Prop], writer: LatexWriter) -> str:
    if not any(map(_has_tails, said)):
        return ""
    moments = dict.fromkeys(f"${writer.inline_term(term.args[1])}$" for term in _existing(supposed, TailMoment))
    points = dict.fromkeys(f"${writer.inline_term(term.args[0])}$" for term in _existing(supposed, Density))
    text = f"The distribution $G$ of productivity has {CLASS}"
    if moments:
        text += f"; a moment of an order above {listed([*moments], 'and one above')} is finite"
    if Dense() in supposed:
        text += rf"; $g$ is positive above the lower end ${writer.notation.latex(SUPPORT)}$ of the support"
    if points:
        text += f"; $g$ has a value at {listed([*points])}"
    return f"{text}."


def _existing(props: Iterable[Prop], kind: type[sp.Expr]) -> Iterator[sp.Expr]:
    return (prop.lhs for prop in props if says_existence(prop) and isinstance(prop.lhs, kind))


def _has_tails(prop: Prop) -> bool:
    return isinstance(prop, Dense) or any(term.has(Survival, TailMoment, Density, SUPPORT) for term in terms(prop))


def assumed(told: Iterable[Account], assumptions: Iterable[Assumption], writer: LatexWriter) -> Iterator[str]:
    """Yield sentences on what claims assume: those assumptions of the model that a theorem supposes, and of what G.

    Parameters
    ----------
    told : iterable of Account
        The claims; parts too.
    assumptions : iterable of Assumption
        The model's assumptions, in order.
    writer : LatexWriter
        How statements are written.
    """
    entries = [entry for row in told for entry in row.walk()]
    theorems = [theorem for entry in entries for theorem in entry.theorems if theorem.says == "holds"]
    supposed = {prop for theorem in theorems for _, prop in theorem.context}
    used = [assumption for assumption in assumptions if assumption.relation in supposed]
    if used:
        yield f"The proofs suppose, each as far as it is needed, {listed([_told(each, writer) for each in used])}."
    if sentence := of_distribution(entries, writer):
        yield sentence


def _told(assumption: Assumption, writer: LatexWriter) -> str:
    """Return an assumption in symbols, after the paper's name where it has one."""
    named = f"({assumption.name}) " if NAMED.fullmatch(assumption.name) else ""
    return f"{named}${writer.inline_statement(tidy(assumption.relation))}$"
