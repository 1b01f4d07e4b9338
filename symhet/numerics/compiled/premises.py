"""What a theorem supposes and what follows from it, as conditions on the inputs of its formulas.

A theorem speaks of more variables than its formulas have inputs. Those that an equation determines from the inputs are
worked out; a condition counts when all its variables are inputs or worked out. An integral from one cutoff to another
supposes their order, and a variable that is solved for must be positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.claims import Finding
from symhet.numerics.compiled.steps import written_out
from symhet.propositions import And, Or, Prop, Rel, eq, le, lt, terms

__all__ = ["Premises", "determined", "plain_name", "premises", "solution", "with_plain_names"]

MOST_OPERATIONS = 400
"""Equations with more operations are not solved for anything."""
SHORT = 60
"""Equations with more operations are not put into one another."""
BRANCHES = 64
"""Terms that an expression may have when it is expanded to be solved."""


@dataclass(frozen=True)
class Premises:
    """What must hold wherever a theorem applies.

    Attributes
    ----------
    hypotheses : dict of str to Rel
        What the theorem supposes, by name.
    consequences : dict of str to Rel
        What was proved from that, by name.
    """

    hypotheses: dict[str, Rel]
    consequences: dict[str, Rel]

    def relations(self) -> Iterator[Rel]:
        """Yield all of them."""
        yield from (*self.hypotheses.values(), *self.consequences.values())

    def within(self, known: frozenset[sp.Symbol], inputs: frozenset[sp.Symbol]) -> Known:
        """Return the relations between known variables and those that equations determine from them.

        Parameters
        ----------
        known, inputs : frozenset of Symbol
            Inputs of formulas with what the formulas are for; the inputs alone.
        """
        named = {**self.consequences, **self.hypotheses}
        same = dict(_same(rel) for rel in named.values() if rel.op == "=" and _symbols(rel) <= known and _is_plain(rel))
        equations = [Rel("=", rel.lhs.xreplace(same), rel.rhs.xreplace(same)) for rel in _equations(named.values())]
        found = determined(sorted(equations, key=_size), known)
        used = {name: rel for name, rel in named.items() if _symbols(rel) <= known | found.keys()}
        positive = {f"{x}>0": lt(0, x) for x in found if x.is_positive}
        tied = _tied(self.hypotheses.values(), inputs) if len(inputs) > 1 else []
        consistent = {f"consistent inputs {i + 1}": rel for i, rel in enumerate(tied)}
        return Known({**used, **positive, **consistent}, found, frozenset(self.hypotheses))


class Known(NamedTuple):
    """Relations between known variables, what is determined of these, in order, and which relations are hypotheses."""

    relations: dict[str, Rel]
    determined: dict[sp.Symbol, sp.Expr]
    hypotheses: frozenset[str]


def premises(finding: Finding, named: Mapping[sp.Expr, sp.Symbol]) -> Premises:
    """Return what must hold wherever the theorem of a finding applies, the first of several that say the same.

    Parameters
    ----------
    finding : Finding
        With a theorem that holds.
    named : Mapping[Expr, Symbol]
        Terms for which the paper has a variable of its own.
    """
    goal = finding.corrected if finding.corrected is not None else finding.statement
    supposed: dict[str, Rel] = {}
    # A statement that was proved in two phases has two theorems, which suppose the order of cutoffs of one phase each.
    theorem = next((t for t in finding.theorems if t.polarity == "holds" and t.goal == goal), None)
    for name, prop in theorem.context.hypotheses.items() if theorem is not None else ():
        supposed |= _relations(name, prop)
    supposed |= _upwards(supposed.values())
    known = frozenset().union(*map(_symbols, supposed.values()))
    supposed |= {f"{symbol} by name": eq(symbol, term) for term, symbol in named.items() if term.free_symbols <= known}
    proved = {} if goal is None else _relations("concluded", goal)
    if finding.derivation is not None:
        for name, prop in finding.derivation.context.hypotheses.items():
            proved |= _relations(name, prop)
    both = ({name: _plain(rel) for name, rel in found.items()} for found in (supposed, proved))
    return Premises(*both)


def _is_plain(relation: Rel) -> bool:
    return isinstance(relation.lhs, sp.Symbol) and isinstance(relation.rhs, sp.Symbol)


def _same(relation: Rel) -> tuple[sp.Expr, sp.Expr]:
    first, second = sorted((relation.lhs, relation.rhs), key=str)
    return second, first


def _symbols(relation: Rel) -> frozenset[sp.Symbol]:
    return frozenset(relation.lhs.free_symbols | relation.rhs.free_symbols)


@lru_cache(maxsize=4096)
def _size(relation: Rel) -> int:
    return int(sp.count_ops(relation.lhs) + sp.count_ops(relation.rhs))


def _equations(relations: Iterable[Rel]) -> list[Rel]:
    return [rel for rel in relations if rel.op == "=" and _size(rel) <= MOST_OPERATIONS]


def _plain(relation: Rel) -> Rel:
    """Return a relation whose integrals are worked out, whose tails are variables and whose names code can have."""
    plain = Rel(relation.op, *(with_plain_names(_unfolded(side)) for side in (relation.lhs, relation.rhs)))
    return _balanced(plain) if plain.op == "=" and 0 in (plain.lhs, plain.rhs) else plain


def _relations(name: str, prop: Prop) -> dict[str, Rel]:
    """Return the relations that hold if a statement does; of several the later ones are numbered."""
    found = list(_parts(prop))
    return {name if not i else f"{name} ({i + 1})": rel for i, rel in enumerate(found)}


def _parts(prop: Prop) -> Iterator[Rel]:
    if isinstance(prop, Rel):
        yield prop
    elif isinstance(prop, And):
        for part in prop.parts:
            yield from _parts(part)
    elif isinstance(prop, Or):
        yield from _shared([tuple(_parts(part)) for part in prop.parts])


def _shared(alternatives: list[tuple[Rel, ...]]) -> Iterator[Rel]:
    """Yield the weak inequalities that hold whichever alternative does."""
    ordered = [{pair for rel in rels for pair in _ordered(rel)} for rels in alternatives]
    for least, most in sorted(frozenset.intersection(*map(frozenset, ordered)), key=str):
        yield le(least, most)


def _ordered(relation: Rel) -> list[tuple[sp.Expr, sp.Expr]]:
    """Return which side is at most which other."""
    pair = relation.lhs, relation.rhs
    return {"=": [pair, pair[::-1]], "!=": []}.get(relation.op, [pair])


def _upwards(relations: Iterable[Rel]) -> dict[str, Rel]:
    """Return that integrals from one cutoff to another begin at the lower one."""
    inner = {atom for rel in relations for term in terms(rel) for atom in term.atoms(PowerIntegral)}
    ends = sorted({atom.args[1:] for atom in inner if atom.args[1] != 0}, key=str)
    return {f"integral from {low} to {high}": le(low, high) for low, high in ends}


def _unfolded(term: sp.Expr) -> sp.Expr:
    """Return a term with integrals of powers worked out, and tails as variables of their own."""

    def value(exponent: sp.Expr, low: sp.Expr, high: sp.Expr) -> sp.Expr:
        power = exponent + 1
        return (high**power - (0 if low == 0 else low**power)) / power

    term = term.replace(PowerIntegral, value)
    tails = [atom for atom in term.atoms(sp.Function) if not isinstance(atom, sp.exp | sp.log)]
    return term.xreplace({tail: sp.Symbol(f"[{tail}]", real=True) for tail in tails})


def determined(equations: Iterable[Rel], known: frozenset[sp.Symbol]) -> dict[sp.Symbol, sp.Expr]:
    """Return what equations determine from what is known, in the order in which it can be worked out.

    Examples
    --------
    >>> x, y, z, s = sp.symbols("x y z s", positive=True)
    >>> determined([eq(z * y, x), eq(y**s, x + 1)], frozenset({x, s}))
    {y: (x + 1)**(1/s), z: x/y}
    """
    found: dict[sp.Symbol, sp.Expr] = {}
    waiting = [(rel, frozenset(rel.lhs.free_symbols | rel.rhs.free_symbols)) for rel in equations]
    moved = True
    while moved:
        moved = False
        for rel, symbols in waiting:
            unknown = symbols - known - found.keys()
            if len(unknown) != 1:
                continue
            [symbol] = unknown
            value = solution(rel, symbol)
            if value is not None and not value.has(sp.zoo, sp.nan):
                found[symbol], moved = value, True
    return found


def _tied(hypotheses: Iterable[Rel], known: frozenset[sp.Symbol]) -> list[Rel]:
    """Return the equations between known variables that are left when all others are put out of the hypotheses."""
    waiting = [rel for rel in _equations(hypotheses) if _size(rel) <= SHORT]
    found: list[Rel] = []
    while waiting:
        waiting.sort(key=lambda rel: (len(_symbols(rel) - known), _size(rel)))
        first = waiting.pop(0)
        unknown = sorted(_symbols(first) - known, key=str)
        if not unknown:
            found.append(_balanced(first))
            continue
        shorter = next((rel for x in unknown if (rel := _divided(first, x)) is not None), None)
        if shorter is not None:
            waiting.append(shorter)
            continue
        values = ((x, solution(first, x)) for x in unknown)
        solved = next(((x, value) for x, value in values if value is not None), None)
        if solved is not None:
            put = [written_out(rel, dict([solved])) if solved[0] in _symbols(rel) else rel for rel in waiting]
            waiting = [
                rel for rel in put if _size(rel) <= SHORT and rel.lhs != rel.rhs and not rel.gap.has(sp.zoo, sp.nan)
            ]
    return found


def _balanced(relation: Rel) -> Rel:
    """Return an equation with what is taken away on the other side: neither is a difference of equals then."""
    gap = relation.gap
    terms_ = sp.Add.make_args(sp.fraction(sp.cancel(gap))[0] if gap.is_rational_function(*gap.free_symbols) else gap)
    minus = [-term for term in terms_ if term.could_extract_minus_sign()]
    return Rel("=", sp.Add(*(term for term in terms_ if not term.could_extract_minus_sign())), sp.Add(*minus))


def _by_power(relation: Rel, x: sp.Symbol) -> dict[sp.Expr, sp.Expr]:
    """Return the coefficients of an equation's terms by the factor that has the variable."""
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(sp.expand_mul(relation.gap)):
        factor, power = term.as_independent(x, as_Add=False)
        found[power] = found.get(power, sp.S.Zero) + factor
    return {power: factor for power, factor in found.items() if factor != 0}


def _divided(relation: Rel, x: sp.Symbol) -> Rel | None:
    """Return an equation of which every term has the same power of a variable without it; None for another."""
    by_power = _by_power(relation, x)
    return eq(next(iter(by_power.values())), 0) if len(by_power) == 1 else None


def solution(relation: Rel, x: sp.Symbol) -> sp.Expr | None:
    """Return the only positive solution of an equation that has one power of the variable, or None."""
    for left, right in ((relation.lhs, relation.rhs), (relation.rhs, relation.lhs)):
        if x not in right.free_symbols:
            factor, power = left.as_independent(x, as_Add=False)
            base, exponent = power.as_base_exp()
            if base == x and x not in exponent.free_symbols:
                return (right / factor) ** (1 / exponent)
    return _collected(relation, x)


def _collected(relation: Rel, x: sp.Symbol) -> sp.Expr | None:
    """Return the solution of an equation whose terms have the variable in one power or not at all."""
    if len(sp.Add.make_args(relation.gap)) > BRANCHES:
        return None
    by_power = _by_power(relation, x)
    rest = by_power.pop(sp.S.One, sp.S.Zero)
    if len(by_power) != 1 or rest == 0:
        return None
    [(power, factor)] = by_power.items()
    base, exponent = power.as_base_exp()
    if base != x or x in exponent.free_symbols:
        return None
    return (-rest / factor) ** (1 / exponent)


def plain_name(name: str) -> str:
    """Return a name that code can have: derivatives are called as gradients call them.

    Examples
    --------
    >>> plain_name("D[phi_min,tau_I]"), plain_name("phi_min")
    ('d_phi_min_d_tau_I', 'phi_min')
    """
    of, _, by = name.removeprefix("D[").removesuffix("]").rpartition(",")
    return f"d_{of}_d_{by}" if name.startswith("D[") else name


def with_plain_names(term: sp.Expr) -> sp.Expr:
    """Return a term whose symbols have names that code can have."""
    renamed = {s: sp.Symbol(plain_name(s.name), **s.assumptions0) for s in term.free_symbols if s.name.startswith("D[")}
    return term.xreplace(renamed)
