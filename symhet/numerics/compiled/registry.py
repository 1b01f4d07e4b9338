"""From a claim's ID to the numeric function of its derived formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from symhet import papers
from symhet.claims import Claim, Finding, Verdict, judge
from symhet.errors import SymhetError, UnknownParameter
from symhet.numerics.compiled.kernels import KernelFunction
from symhet.propositions import And, Implies, Prop, Rel

BELIEVED = (Verdict.PROVED, Verdict.PROVED_WITH)


def kernel(identifier: str, outputs: Sequence[str] = (), backend: str = "numpy") -> KernelFunction:
    """Return the numeric function of what a claim's derivation concludes.

    The formulas are those that the kernel proved: the claim's own where it holds, the corrected ones where it does not.
    A condition under which a claim was proved becomes a condition on the inputs; outside it the function says NaN.

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
    claim = papers.ledger(identifier.partition(".")[0]).find(identifier)
    formulas: dict[str, sp.Expr] = {}
    conditions: dict[str, Rel] = {}
    for finding in _findings(claim):
        for name, term in _formulas(finding):
            if name not in formulas or len(term.free_symbols) < len(formulas[name].free_symbols):
                formulas[name] = term
        conditions |= _conditions(finding)
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
    return KernelFunction(identifier, chosen, conditions, backend)


def _findings(claim: Claim) -> Iterator[Finding]:
    if claim.argue is not None:
        yield judge(claim).finding
    for part in claim.parts:
        yield from _findings(part)


def _formulas(finding: Finding) -> Iterator[tuple[str, sp.Expr]]:
    statement = finding.statement if finding.verdict in BELIEVED else finding.corrected
    if statement is None:
        return
    for relation in _equations(statement):
        if isinstance(relation.lhs, sp.Symbol) and relation.lhs not in relation.rhs.free_symbols:
            yield relation.lhs.name, relation.rhs


def _equations(statement: Prop) -> Iterator[Rel]:
    if isinstance(statement, Rel) and statement.op == "=":
        yield statement
    elif isinstance(statement, And):
        for part in statement.parts:
            yield from _equations(part)
    elif isinstance(statement, Implies):
        yield from _equations(statement.conclusion)


def _conditions(finding: Finding) -> dict[str, Rel]:
    known = [item for theorem in finding.theorems for item in theorem.context.hypotheses.items()]
    return {name: prop for name, prop in known if isinstance(prop, Rel) and prop.op in ("<", "<=")}
