"""From a claim's ID to the numeric function of its derived formulas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import sympy as sp

from symhet import papers
from symhet.claims import Claim, Finding, Verdict, judge
from symhet.errors import SymhetError, UnknownParameter
from symhet.numerics.compiled.kernels import KernelFunction
from symhet.propositions import And, Implies, Prop, Rel

BELIEVED = (Verdict.PROVED, Verdict.PROVED_WITH)


def kernel(identifier: str, outputs: Sequence[str] = (), backend: str = "numpy") -> KernelFunction:
    """Return the numeric function of what a claim's derivation concludes.

    The formulas are those that were proved: the claim's own where it holds, the corrected ones where it does not.
    The hypotheses of the proof are conditions on the inputs; outside them the function says NaN. What a claim was
    found to need beyond its paper's assumptions is always checked, even if that takes another input.

    Parameters
    ----------
    identifier : str
        ID of a claim or of a part, such as ``"kz.eq14"``.
    outputs : sequence of str, optional
        Which of its formulas; all by default.
    backend : str, optional
        ``"numpy"``, ``"numba"`` or ``"jax"``.

    Returns
    -------
    KernelFunction
        Function of keyword parameters.

    Raises
    ------
    UnknownClaim
        For an ID that no ledger has.
    UnknownParameter
        For an output that the claim does not determine.
    SymhetError
        When the claim concludes no formula for a variable.

    Source
    ------
    The paper that the ID's prefix names; the equation is the claim's.

    Examples
    --------
    >>> cutoff = kernel("kz.eq14")
    >>> value = cutoff(phi_min=1.0, tau=1.3, alpha=0.5, sigma=3.0, f_p=1.0, f_ex=1.5, p_I_off=0.8, p_I_d=1.0)
    >>> round(float(value["phi_ex"]), 6)
    1.424079
    """
    paper = identifier.partition(".")[0]
    claim = papers.ledger(paper).find(identifier)
    formulas: dict[str, sp.Expr] = {}
    usual: dict[str, Rel] = {}
    added: dict[str, Rel] = {}
    for finding in _findings(claim):
        for label, formula in _closed(dict(_formulas(finding, paper))).items():
            name, term = _plain(label), _with_plain_names(formula)
            if name not in formulas or len(term.free_symbols) <= len(formulas[name].free_symbols):
                formulas[name] = term
        usual |= _bounds(item for theorem in finding.theorems for item in theorem.context.hypotheses.items())
        added |= _bounds(finding.conditions)
    if not formulas:
        raise SymhetError(
            f"{identifier} concludes no formula",
            where=claim.source,
            why="what is proved of it is no equation of a variable with a term",
            fix="`symhet show` prints what it says; choose a claim that solves for a variable",
        )
    for name in outputs:
        if name not in formulas:
            raise UnknownParameter(name, formulas, where=f"outputs of {identifier}")
    chosen = {name: formulas[name] for name in (outputs or formulas)}
    known = frozenset().union(*(term.free_symbols for term in (*chosen.values(), *(r.gap for r in added.values()))))
    determined = {s: formulas[s.name] for rel in usual.values() for s in rel.gap.free_symbols if s.name in formulas}
    settled = {name: _at(relation, determined) for name, relation in usual.items()}
    conditions = {name: relation for name, relation in settled.items() if relation.gap.free_symbols <= known} | added
    return KernelFunction(identifier, chosen, conditions, backend)


def _plain(name: str) -> str:
    """Return a name that code can have: derivatives are called as gradients call them.

    Examples
    --------
    >>> _plain("D[phi_min,tau_I]"), _plain("phi_min")
    ('d_phi_min_d_tau_I', 'phi_min')
    """
    of, _, by = name.removeprefix("D[").removesuffix("]").rpartition(",")
    return name if name.isidentifier() else f"d_{of}_d_{by}"


def _with_plain_names(term: sp.Expr) -> sp.Expr:
    named = {s: sp.Symbol(_plain(s.name), **s.assumptions0) for s in term.free_symbols if not s.name.isidentifier()}
    return term.xreplace(named)


def _findings(claim: Claim) -> Iterator[Finding]:
    if claim.argue is not None:
        yield judge(claim).finding
    for part in claim.parts:
        yield from _findings(part)


def _formulas(finding: Finding, paper: str) -> Iterator[tuple[str, sp.Expr]]:
    statement = finding.statement if finding.verdict in BELIEVED else finding.corrected
    if statement is None:
        return
    named = _named(paper)
    for relation in _equations(statement):
        left, right = relation.lhs.xreplace(named), relation.rhs
        if isinstance(left, sp.Pow) and isinstance(left.base, sp.Symbol) and left.base not in left.exp.free_symbols:
            left, right = left.base, right ** (1 / left.exp)
        if isinstance(left, sp.Symbol) and left not in right.free_symbols:
            yield left.name, right


def _closed(formulas: dict[str, sp.Expr]) -> dict[str, sp.Expr]:
    """Return the formulas with each other's results put in: what is an output is not asked for as an input."""
    order: list[str] = []
    while len(order) < len(formulas):
        waiting = {name: term for name, term in formulas.items() if name not in order}
        free = [name for name, term in waiting.items() if not {s.name for s in term.free_symbols} & waiting.keys()]
        if not free:
            return formulas
        order += free
    closed: dict[str, sp.Expr] = {}
    for name in order:
        inside = {s: closed[s.name] for s in formulas[name].free_symbols if s.name in closed}
        closed[name] = formulas[name].xreplace(inside)
    return {name: closed[name] for name in formulas}


def _at(relation: Rel, values: Mapping[sp.Expr, sp.Expr]) -> Rel:
    return Rel(relation.op, relation.lhs.xreplace(values), relation.rhs.xreplace(values))


@cache
def _named(paper: str) -> Mapping[sp.Expr, sp.Symbol]:
    """Return the terms for which the paper has a variable of its own, though a claim may state them written out."""
    if paper != "bo":
        return {}
    from symhet.papers.baldwin_okubo.model import N_star, n, n_star, n_w, s_n

    totals = (n + N_star, n + n_star)
    return dict.fromkeys(totals, n_w) | {n / total: s_n for total in totals}


def _equations(statement: Prop) -> Iterator[Rel]:
    if isinstance(statement, Rel) and statement.op == "=":
        yield statement
    elif isinstance(statement, And):
        for part in statement.parts:
            yield from _equations(part)
    elif isinstance(statement, Implies):
        yield from _equations(statement.conclusion)


def _bounds(named: Iterator[tuple[str, Prop]] | tuple[tuple[str, Prop], ...]) -> dict[str, Rel]:
    return {name: prop for name, prop in named if isinstance(prop, Rel) and prop.op in ("<", "<=")}
