"""Certificates: one frozen record a rule, plain data that the core replays without search.

The annotations of the fields are their kinds: door, search and JSON read them. `RECORDS` names every rule.

| kind | holds |
|---|---|
| str, Names | the name of a hypothesis, or several |
| bool, int | a truth value, a whole number |
| Term, Terms | a closed term, or several |
| Arguments | terms, some of them in bound variables |
| Functions | terms in bound variables with the names of unspecified functions |
| Proof, Proofs | a certificate, or several (none or one where a proof is needed in some cases only) |
| Summands | terms, each with names of known relations and whole numbers: a weight times powers of their gaps |
| Side | statements with their proofs |
| Steps | name, statement, proof, and whether it is to hold identically |
| Pairs | symbols, each with a term |
| Laws | at most one piecewise distribution: breaks, heights, shape of the Pareto tail, all numbers |
| Box | symbols, each with two numbers between which it lies |
| Statements | statements |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, TypeAlias, dataclass_transform, get_args, get_origin, get_type_hints

from symhet.language.statements import Statement
from symhet.language.terms import ONE, Term

Names: TypeAlias = tuple[str, ...]
Terms: TypeAlias = tuple[Term, ...]
Function: TypeAlias = Annotated[Term, "in bound variables"]
Arguments: TypeAlias = tuple[Function, ...]
Functions: TypeAlias = tuple[tuple[str, Function], ...]
Summands: TypeAlias = tuple[tuple[Term, tuple[tuple[str, int], ...]], ...]
Pairs: TypeAlias = tuple[tuple[Term, Term], ...]
Law: TypeAlias = tuple[Terms, Terms, Term]
Laws: TypeAlias = tuple[Law, ...]
Box: TypeAlias = tuple[tuple[Term, Term, Term], ...]
Statements: TypeAlias = tuple[Statement, ...]


@dataclass_transform(frozen_default=True)
class Record:
    """What one rule checks: its subclasses, all in this module, are frozen dataclasses."""

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True)(cls)


Proof: TypeAlias = Record
Proofs: TypeAlias = tuple[Proof, ...]
Side: TypeAlias = tuple[tuple[Statement, Proof], ...]
Steps: TypeAlias = tuple[tuple[str, Statement, Proof, bool], ...]


class Combine(Record):
    """multiplier * gap = the sum of weight * the product of gap_i^n_i over known relations, and a rest.

    ``using`` rewrites the known relations first. The sign of each summand follows from what its relations say of their
    gaps and the sign of its weight, which its form or a known relation shows; the sign of the rest from its form. They
    add up to a sign that the goal allows.
    """

    terms: Summands = ()
    multiplier: Term = ONE
    using: Names = ()


class Hypothesis(Record):
    """The goal is known, after rewriting, to the letter or with an equal gap; or 0 < 0 is known."""

    name: str
    using: Names = ()


class Cut(Record):
    """Prove statements first, each with the ones before it, then the goal with all of them.

    A step without a name is used only where terms need it to have a value.
    """

    steps: Steps
    then: Proof


class Rewrite(Record):
    """Replace left by right sides of known equations in the goal, one equation after another.

    ``everywhere``: in all that is known, too; the system is dropped.
    """

    using: Names
    then: Proof
    everywhere: bool = False


class Named(Record):
    """Give a fresh positive symbol to a term that is proved positive."""

    symbol: Term
    term: Term
    label: str
    positive: Proof
    then: Proof


class Split(Record):
    """A conjunction is proved part by part; an equivalence is two implications."""

    parts: Proofs


class Intro(Record):
    """To prove an implication, assume the premise under a name."""

    name: str
    then: Proof


class Choose(Record):
    """A disjunction holds when one part does; ``<=`` is one of ``<`` and ``=``, ``!=`` one of ``<`` and ``>``."""

    part: int
    proof: Proof


class Cases(Record):
    """A known disjunction is used by proving the goal in each of its cases, assumed under a label."""

    name: str
    label: str
    proofs: Proofs


class Use(Record):
    """A part of a known conjunction or equivalence; the conclusion of a known implication; an instance of a forall.

    The one proof is that of the premise, or that the term is positive.
    """

    name: str
    part: int = 0
    terms: Terms = ()
    proofs: Proofs = ()


class Generalise(Record):
    """A statement about all positive values is proved for a fresh positive symbol."""

    symbol: Term
    then: Proof


class Lemma(Record):
    """An instance of a named lemma whose premises are proved; to the letter or with an equal gap.

    Those about functions have functions of ``bound(0)`` among their arguments.
    """

    schema: str
    arguments: Arguments
    premises: Proofs = ()


class Differentiate(Record):
    """Chain rule on an equation of the system: d(gap)/dp + the sum of d(gap)/dy * total(y, p) = 0."""

    equation: str
    parameter: Term


class Witness(Record):
    """An exact point at which every hypothesis holds and the goal fails.

    ``point`` gives a number for every symbol, or a term in symbols before it, but for those that are a root:
    ``equations``, as many as symbols, have one in ``box``. ``law`` is the distribution, ``functions`` are the
    unspecified functions as terms in ``bound(0)``, ``bound(1)`` … for their arguments, ``bound`` a positive number for
    each quantifier that the goal begins with, outermost first. ``proofs`` settle the statements that cannot be
    evaluated, as they read with the numbers and functions put in: they are proved, or that ``0 < 0`` follows from them.
    Where there is a system, ``totals`` gives the derivatives of all endogenous symbols by a parameter; those by others
    are known by enclosures.
    """

    point: Pairs
    law: Laws = ()
    functions: Functions = ()
    bound: Terms = ()
    proofs: Side = ()
    totals: Pairs = ()
    box: Box = ()
    equations: Statements = ()


RECORDS: Mapping[str, type[Record]] = MappingProxyType({c.__name__.lower(): c for c in Record.__subclasses__()})


def _shape(kind: Any) -> Any:
    """Return the kind of a tuple as the kinds in it, an ellipsis after one that occurs any number of times."""
    return tuple(map(_shape, get_args(kind))) if get_origin(kind) is tuple else kind


KINDS: Mapping[type, tuple[tuple[str, Any], ...]] = MappingProxyType(
    {
        record: tuple([(name, _shape(kind)) for name, kind in get_type_hints(record, include_extras=True).items()])
        for record in RECORDS.values()
    }
)
"""The fields of each record, by name, with their kinds."""
