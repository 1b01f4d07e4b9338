"""What is assumed of the distribution of productivity, read off the lemmas of certificates and the terms of claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import sympy as sp

from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.domain import Assumption
from symhet.propositions import Prop, terms
from symhet.render.accounts import Account
from symhet.render.latex import LatexWriter
from symhet.render.prose import listed
from symhet.render.remarks import tidy

UNBOUNDED = "some firms are more productive than any given firm"
FIRMS = r"there are firms in every interval above the lower end $\underline{\varphi}$ of the support"
DENSITY = r"$g$ is positive above the lower end $\underline{\varphi}$ of the support"
CONTINUOUS = "$g$ is continuous where a derivative is taken"

NAMED = re.compile(r"[A-Z]\.\d.*")
"""Names that a paper gives to its assumptions."""

LEMMAS = {
    "tail_excess": UNBOUNDED,
    "scaled_moment_rises": UNBOUNDED,
    "tail_survival_falls": FIRMS,
    "tail_between_lower": FIRMS,
    "tail_between_upper": FIRMS,
    "tail_moment_falls": FIRMS,
    "density_positive": DENSITY,
    "tail_moment_shrinks": "",
}
"""What each of the kernel's lemmas about tails supposes of the distribution beyond finite moments."""


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
    found = [atom for entry in entries for prop in entry.statements for atom in _tails(prop)]
    if not found:
        return ""
    orders = dict.fromkeys(_order(atom, writer) for atom in found if isinstance(atom, TailMoment))
    lemmas = {name for entry in entries for theorem in entry.theorems for name in theorem.lemmas}
    supposed = dict.fromkeys(LEMMAS[name] for name in LEMMAS if name in lemmas and LEMMAS[name])
    if DENSITY in supposed:
        supposed.pop(FIRMS, None)
    if any("implicit" in entry.methods for entry in entries):
        supposed[CONTINUOUS] = None
    several = len(orders) > 1
    moments = f"its moment{'s' if several else ''} of order {listed([*orders])} {'are' if several else 'is'} finite"
    facts = [*([moments] if orders else []), *supposed]
    return f"Of the distribution $G$ of productivity it is assumed that {listed(facts)}." if facts else ""


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


def _order(moment: sp.Expr, writer: LatexWriter) -> str:
    return f"${writer.inline_term(moment.args[1])}$"


def _tails(prop: Prop) -> Iterator[sp.Expr]:
    for term in terms(prop):
        yield from term.atoms(Survival, TailMoment, Density)
        if term.has(SUPPORT):
            yield SUPPORT
