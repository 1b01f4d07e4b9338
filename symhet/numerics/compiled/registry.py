"""From a claim's ID to the numeric function of its derived formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import sympy as sp

from symhet import catalogue
from symhet.claims import WEAKEST_FIRST, Claim, Finding, Verdict, judge
from symhet.errors import UnknownParameter
from symhet.numerics.compiled.absent import NoFormula
from symhet.numerics.compiled.functions import NumericFunction
from symhet.numerics.compiled.premises import plain_name, premises, with_plain_names
from symhet.numerics.compiled.restrictions import restricting
from symhet.numerics.compiled.steps import by_symbol, needed
from symhet.numerics.inputs import listed
from symhet.propositions import And, Implies, Prop, Rel

BELIEVED = (Verdict.PROVED, Verdict.PROVED_WITH)


def numeric(
    identifier: str, outputs: str | Sequence[str] = (), backend: str = "numpy", *, printed: bool = False
) -> NumericFunction:
    """Return the numeric function of what a claim's derivation concludes.

    The formulas are those that were proved: the claim's own where it holds, the corrected ones where it does not; a
    print that is refuted is given only where it is asked for. Everything that the theorem supposes and that restricts
    the inputs is a condition, inequalities, equations and phases; outside them the function says NaN. What a claim was
    found to need beyond its paper's assumptions is always checked, even if that takes another input. What one formula
    determines is no input of another.

    Parameters
    ----------
    identifier : str
        ID of a claim or of a part, such as ``"kz.eq14"``.
    outputs : str or sequence of str, optional
        Which of its formulas, one name or several; all by default.
    backend : str, optional
        ``"numpy"``, ``"numba"`` or ``"jax"``.
    printed : bool, optional
        The formulas as printed, right or wrong, under the paper's assumptions only.

    Returns
    -------
    NumericFunction
        Function of keyword parameters.

    Raises
    ------
    UnknownClaim
        For an ID that no ledger has.
    UnknownParameter
        For an output that the claim does not determine.
    NoFormula
        When the claim concludes no formula for a variable, or its print is refuted and nothing was proved instead.

    Source
    ------
    The paper that the ID's prefix names; the equation is the claim's.

    Examples
    --------
    >>> cutoff = numeric("kz.eq14")
    >>> value = cutoff(phi_min=1.0, tau=1.3, alpha=0.5, sigma=3.0, f_p=1.0, f_ex=1.5, p_I_off=0.8, p_I_d=1.0)
    >>> round(float(value["phi_ex"]), 6)
    1.424079
    """
    names = listed(outputs)
    formulas, conditions, steps = _parts(identifier, names, printed)
    return NumericFunction(f"{identifier} as printed" if printed else identifier, formulas, conditions, backend, steps)


Formulas = dict[str, sp.Expr]


def _verdict_of_print(findings: Sequence[Finding], paper: str) -> Verdict | None:
    """Return the worst that is known of the formulas that a claim prints; None where it prints none."""
    found = [finding.verdict for finding in findings if any(_formulas(finding, paper, True))]
    return min(found, key=WEAKEST_FIRST.index, default=None)


@cache
def _parts(identifier: str, outputs: tuple[str, ...], printed: bool) -> tuple[Formulas, dict[str, Rel], Formulas]:
    """Return the formulas of a claim, their conditions, and the formulas that both may refer to."""
    paper = identifier.partition(".")[0]
    claim = catalogue.ledger(paper).find(identifier)
    findings = list(_findings(claim))
    if claim.argue is not None and any(_formulas(findings[0], paper, printed)):
        # What the claim concludes itself is meant: a part may be a limit of it, as with no firms between two cutoffs.
        findings = findings[:1]
    formulas, source, apart = _determined(findings, paper, printed)
    if not formulas:
        raise NoFormula(identifier, where=claim.source, prints=None if printed else _verdict_of_print(findings, paper))
    for name in outputs:
        if name not in formulas:
            raise UnknownParameter(name, formulas, where=f"outputs of {identifier}", noun="result")
    chosen = {name: formulas[name] for name in (outputs or formulas)}
    steps = {name: term for name, term in formulas.items() if name not in apart}
    used = {*chosen, *map(str, needed(by_symbol(steps, chosen.values()), chosen.values()))}
    stated = [finding for part, finding in enumerate(findings) if part in {source[name] for name in used}]
    own = {name: findings[source[name]] for name in apart}
    if printed:
        usual = _bounds(item for f in findings for t in f.theorems for item in t.context.hypotheses.items())
        unproved = {name: rel for name, rel in usual.items() if all((name, rel) not in f.conditions for f in findings)}
        return chosen, _checkable(unproved, steps, [*chosen.values()]), steps
    conditions = _conditions(findings, stated, chosen, steps, own, paper)
    for prop in (prop for f in stated for prop in (*(added for _, added in f.conditions), *_premises([f]))):
        if isinstance(prop, Rel) and {symbol.name for symbol in (prop.lhs - prop.rhs).free_symbols} & chosen.keys():
            raise NoFormula(identifier, where=claim.source, hangs=str(prop))
    return chosen, conditions, steps


def _conditions(
    findings: Sequence[Finding],
    stated: Sequence[Finding],
    chosen: Mapping[str, sp.Expr],
    steps: Mapping[str, sp.Expr],
    apart: Mapping[str, Finding],
    paper: str,
) -> dict[str, Rel]:
    """Return what has to hold for the formulas to apply: what was added to the claim, what its theorems suppose.

    Of what the theorems suppose that state the formulas only what restricts the inputs is tested; what follows from
    the rest at every point is not. Of other parts of the claim it is what speaks of inputs as it stands.
    """
    theorems = (theorem for finding in findings for theorem in finding.theorems)
    usual = _bounds(item for theorem in theorems for item in theorem.context.hypotheses.items())
    added = {name: prop for f in findings for name, prop in f.conditions if isinstance(prop, Rel)}
    added |= {f"premise {place + 1}": rel for place, rel in enumerate(_premises(stated))}
    terms = [*chosen.values(), *(side for rel in added.values() for side in (rel.lhs, rel.rhs))]
    tested = _checkable(usual, steps, terms) | added
    supposed = [(finding, premises(finding, _named(paper))) for finding in stated]
    said = [side for _, found in supposed for rel in found.relations() for side in (rel.lhs, rel.rhs)]
    known = by_symbol(steps, [*terms, *said])
    inputs = _inputs(terms, known)
    for finding, found in supposed:
        # What another part takes as given is not given where it is determined.
        given = frozenset(x for x in inputs | known.keys() if apart.get(x.name) is not finding)
        tested = restricting(found.within(given, inputs), tested, chosen.values(), needed(known, [*terms, *given]))
    return tested


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


def _determined(
    findings: Sequence[Finding], paper: str, printed: bool = False
) -> tuple[dict[str, sp.Expr], dict[str, int], set[str]]:
    """Return the formulas of a claim, which part they are from, and what is given to one part but not to another.

    Of several formulas for one variable the one with the fewest inputs is taken, the first of those.
    """
    found: dict[str, sp.Expr] = {}
    fewest: dict[str, int] = {}
    source: dict[str, int] = {}
    for part, finding in enumerate(findings):
        formulas = {plain_name(label): with_plain_names(term) for label, term in _formulas(finding, paper, printed)}
        steps = by_symbol(formulas)
        for name, term in formulas.items():
            inputs = len(_inputs([term], steps))
            if name not in found or inputs < fewest[name]:
                found[name], fewest[name], source[name] = term, inputs, part
    used = {(s.name, source[name]) for name, term in found.items() for s in term.free_symbols if s.name in found}
    return found, source, {name for name, part in used if source[name] != part}


def _findings(claim: Claim) -> Iterator[Finding]:
    if claim.argue is not None:
        yield judge(claim).finding
    for part in claim.parts:
        yield from _findings(part)


def _formulas(finding: Finding, paper: str, printed: bool) -> Iterator[tuple[str, sp.Expr]]:
    statement = finding.statement if printed or finding.verdict in BELIEVED else finding.corrected
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
    found = catalogue.find_paper(paper)
    return found.vocabulary().abbreviated if found is not None else {}


def _equations(statement: Prop) -> Iterator[Rel]:
    if isinstance(statement, Rel) and statement.op == "=":
        yield statement
    elif isinstance(statement, And):
        for part in statement.parts:
            yield from _equations(part)
    elif isinstance(statement, Implies) and _is_testable(statement.premise):
        yield from _equations(statement.conclusion)


def _is_testable(premise: Prop) -> bool:
    """Tell whether a premise is made of relations, which numbers meet or not."""
    return all(isinstance(part, Rel) for part in (premise.parts if isinstance(premise, And) else (premise,)))


def _premises(stated: Sequence[Finding]) -> Iterator[Rel]:
    """Yield what claims suppose themselves, before their formulas."""
    for finding in stated:
        statement = finding.statement if finding.verdict in BELIEVED else finding.corrected
        while isinstance(statement, Implies):
            parts = statement.premise.parts if isinstance(statement.premise, And) else (statement.premise,)
            yield from dict.fromkeys(part for part in parts if isinstance(part, Rel))
            statement = statement.conclusion


def _bounds(named: Iterator[tuple[str, Prop]] | tuple[tuple[str, Prop], ...]) -> dict[str, Rel]:
    return {name: prop for name, prop in named if isinstance(prop, Rel) and prop.op in ("<", "<=")}
