"""From a claim's ID to the numeric function of its derived formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import sympy as sp

from symhet import papers
from symhet.claims import Claim, Finding, Verdict, judge
from symhet.errors import SymhetError, UnknownParameter
from symhet.numerics.compiled.kernels import KernelFunction
from symhet.numerics.compiled.steps import by_symbol, needed
from symhet.propositions import And, Implies, Prop, Rel

BELIEVED = (Verdict.PROVED, Verdict.PROVED_WITH)


def kernel(identifier: str, outputs: Sequence[str] = (), backend: str = "numpy") -> KernelFunction:
    """Return the numeric function of what a claim's derivation concludes.

    The formulas are those that were proved: the claim's own where it holds, the corrected ones where it does not.
    The hypotheses of the proof are conditions on the inputs; outside them the function says NaN. What a claim was
    found to need beyond its paper's assumptions is always checked, even if that takes another input. What one formula
    determines is no input of another.

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
    findings = list(_findings(claim))
    formulas, apart = _determined(findings, paper)
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
    theorems = (theorem for finding in findings for theorem in finding.theorems)
    usual = _bounds(item for theorem in theorems for item in theorem.context.hypotheses.items())
    added = _bounds(item for finding in findings for item in finding.conditions)
    chosen = {name: formulas[name] for name in (outputs or formulas)}
    steps = {name: term for name, term in formulas.items() if name not in apart}
    conditions = _checkable(usual, steps, [*chosen.values(), *(rel.gap for rel in added.values())]) | added
    return KernelFunction(identifier, chosen, conditions, backend, steps)


def _checkable(
    conditions: Mapping[str, Rel], formulas: Mapping[str, sp.Expr], terms: Sequence[sp.Expr]
) -> dict[str, Rel]:
    """Return the conditions on what terms depend on; no input is asked for only to test a usual condition."""
    steps = by_symbol(formulas, [relation.gap for relation in conditions.values()])
    known = _inputs(terms, steps)
    inputs = {name: _inputs([relation.gap], steps) for name, relation in conditions.items()}
    return {name: conditions[name] for name, found in inputs.items() if found and found <= known}


def _inputs(terms: Iterable[sp.Expr], steps: dict[sp.Symbol, sp.Expr]) -> frozenset[sp.Symbol]:
    """Return what terms depend on, beside what the steps determine."""
    terms = list(terms)
    found = frozenset().union(*(term.free_symbols for term in (*terms, *needed(steps, terms).values())))
    return found - steps.keys()


def _determined(findings: Sequence[Finding], paper: str) -> tuple[dict[str, sp.Expr], set[str]]:
    """Return the formulas of a claim, and what one part of it takes as given though another determines it.

    Of several formulas for one variable the one with the fewest inputs is taken.
    """
    found: dict[str, sp.Expr] = {}
    fewest: dict[str, int] = {}
    source: dict[str, int] = {}
    for part, finding in enumerate(findings):
        formulas = {_plain(label): _with_plain_names(term) for label, term in _formulas(finding, paper)}
        steps = by_symbol(formulas)
        for name, term in formulas.items():
            inputs = len(_inputs([term], steps))
            if inputs <= fewest.get(name, inputs):
                found[name], fewest[name], source[name] = term, inputs, part
    used = {(s.name, source[name]) for name, term in found.items() for s in term.free_symbols if s.name in found}
    return found, {name for name, part in used if source[name] != part}


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
