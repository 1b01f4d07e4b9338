"""What is assumed of the distribution of productivity, read off the lemmas of certificates and the terms of claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

import sympy as sp

from symhet.algebra.tails import SUPPORT, Density, Survival, TailMoment
from symhet.propositions import Prop, Rel, free_symbols, terms
from symhet.render.accounts import Account
from symhet.render.latex import LatexWriter
from symhet.render.prose import listed
from symhet.render.remarks import tidy

UNBOUNDED = "some firms are more productive than any given firm"
FIRMS = r"there are firms in every interval above the lower end $\underline{\varphi}$ of the support"
DENSITY = r"$g$ is positive above the lower end $\underline{\varphi}$ of the support"
CONTINUOUS = "$g$ is continuous where a derivative is taken"

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


def assumed(told: Iterable[Account], symbols: Set[sp.Symbol], writer: LatexWriter) -> Iterator[str]:
    """Yield sentences on what claims assume: inequalities between parameters, and what is supposed of the distribution.

    Parameters
    ----------
    told : iterable of Account
        The claims; parts too.
    symbols : set of Symbol
        The symbols that are told of; assumptions on others are not for the reader.
    writer : LatexWriter
        How statements are written.
    """
    entries = [entry for row in told for entry in row.walk()]
    theorems = [theorem for entry in entries for theorem in entry.theorems if theorem.says == "holds"]
    used = dict.fromkeys(prop for theorem in theorems for _, prop in theorem.context if _on(prop, symbols, writer))
    shown = sorted(
        used, key=lambda prop: (len(free_symbols(prop)), writer.notation.order(min(s.name for s in free_symbols(prop))))
    )
    if shown:
        statements = listed([f"${writer.inline_statement(tidy(prop))}$" for prop in shown])
        yield f"The proofs suppose, each as far as it is needed, {statements}."
    if sentence := of_distribution(entries, writer):
        yield sentence


def _on(prop: Prop, symbols: Set[sp.Symbol], writer: LatexWriter) -> bool:
    """Tell whether a statement is an inequality between parameters, all among the symbols."""
    inequality = isinstance(prop, Rel) and prop.op != "="
    return inequality and all(s in symbols and s.name in writer.notation.leading for s in free_symbols(prop))


def _order(moment: sp.Expr, writer: LatexWriter) -> str:
    return f"${writer.inline_term(moment.args[1])}$"


def _tails(prop: Prop) -> Iterator[sp.Expr]:
    for term in terms(prop):
        yield from term.atoms(Survival, TailMoment, Density)
        if term.has(SUPPORT):
            yield SUPPORT
