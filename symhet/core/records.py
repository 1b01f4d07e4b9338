"""Certificates: one frozen record a rule, plain data that the core replays without search.

The annotations of the fields are their kinds: door, search and JSON read them. `RECORDS` names every rule.

| kind | holds |
|---|---|
| Name, Names | the name of a hypothesis, or several |
| Flag, Whole | a truth value, a whole number |
| Term, Terms | a closed term, or several |
| Function, Functions | a term in bound variables, or several with the names of unspecified functions |
| Proof, Proofs | a certificate, or several (none or one where a proof is needed in some cases only) |
| Side | statements with their proofs, for conditions that neither build nor hypotheses settle |
| Coefficients | names of hypotheses, each with a term |
| Exponents | names of hypotheses, each with a whole number |
| Steps | name, statement, proof, and whether it is to hold identically |
| Pairs | symbols, each with a term |
| Laws | at most one piecewise distribution: breaks, heights, shape of the Pareto tail, all numbers |
| Falling | weight, scale and order of a tail, with the proofs that they are positive |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, TypeAlias, dataclass_transform, get_type_hints

from symhet.language.statements import Statement
from symhet.language.terms import ONE, ZERO, Term

Name: TypeAlias = str
Names: TypeAlias = tuple[str, ...]
Flag: TypeAlias = bool
Whole: TypeAlias = int
Terms: TypeAlias = tuple[Term, ...]
Function: TypeAlias = Annotated[Term, "in bound variables"]
Functions: TypeAlias = tuple[tuple[str, Function], ...]
Coefficients: TypeAlias = tuple[tuple[str, Term], ...]
Exponents: TypeAlias = tuple[tuple[str, int], ...]
Pairs: TypeAlias = tuple[tuple[Term, Term], ...]
Law: TypeAlias = tuple[Terms, Terms, Term]
Laws: TypeAlias = tuple[Law, ...]


@dataclass_transform(frozen_default=True)
class Record:
    """What one rule checks: its subclasses, all in this module, are frozen dataclasses."""

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True)(cls)


Proof: TypeAlias = Record
Proofs: TypeAlias = tuple[Proof, ...]
Side: TypeAlias = tuple[tuple[Statement, Proof], ...]
Steps: TypeAlias = tuple[tuple[str, Statement, Proof, bool], ...]
Falling: TypeAlias = tuple[tuple[Term, Term, Term, Proofs], ...]


class Identity(Record):
    """Both sides of an equation have the same normal form."""

    side: Side = ()


class Sign(Record):
    """multiplier * gap is manifestly positive (``<=``: or zero; ``!=``: of either sign), the multiplier positive."""

    multiplier: Term = ONE
    side: Side = ()


class Powers(Record):
    """left = right * the product of (left_i / right_i)^e_i over equations between positive terms."""

    factors: Coefficients
    side: Side = ()


class Linear(Record):
    """gap = the sum of c_i * gap_i over known equations."""

    terms: Coefficients
    side: Side = ()


class Combine(Record):
    """multiplier * gap = sum of w_i * gap_i + sum of c_j * gap_j + rest.

    The multiplier is manifestly positive; the weights w_i of known inequalities and the rest are manifestly not
    negative; the c_j of known equations are anything. A strict goal needs a strict part.
    """

    terms: Coefficients = ()
    equations: Coefficients = ()
    multiplier: Term = ONE
    rest: Term = ZERO
    side: Side = ()


class Product(Record):
    """gap = coefficient * the product of gap_i^n_i over known strict inequalities, n_i whole, coefficient positive."""

    factors: Exponents
    coefficient: Term = ONE
    side: Side = ()


class Hypothesis(Record):
    """The goal is a hypothesis, to the letter or with an equal gap."""

    name: Name
    side: Side = ()


class Transported(Record):
    """gap = factor * the gap of a known relation after rewriting; the factor positive, for an equation anything."""

    name: Name
    using: Names = ()
    factor: Term = ONE
    positive: Proofs = ()
    side: Side = ()


class Apart(Record):
    """Two sides that are strictly ordered, the left below when ``below``, differ."""

    below: Flag
    proof: Proof


class Weaken(Record):
    """A strict inequality, or an equation when ``equal``, gives the weak inequality."""

    equal: Flag
    proof: Proof


class Cut(Record):
    """Prove statements first, each with the ones before it, then the goal with all of them."""

    steps: Steps
    then: Proof


class Rewrite(Record):
    """Replace left by right sides of known equations in the goal, one equation after another."""

    using: Names
    then: Proof


class Named(Record):
    """Give a fresh positive symbol to a term that is proved positive."""

    symbol: Term
    term: Term
    label: Name
    positive: Proof
    then: Proof


class Chart(Record):
    """Change to positive coordinates: each is a positive term, and the old symbols are recovered from them."""

    coordinates: Pairs
    map: Pairs
    positive: Proofs
    then: Proof
    side: Side = ()


class Split(Record):
    """A conjunction is proved part by part."""

    parts: Proofs


class Intro(Record):
    """To prove an implication, assume the premise under a name."""

    name: Name
    then: Proof


class Both(Record):
    """An equivalence is two implications."""

    forward: Proof
    backward: Proof


class Choose(Record):
    """A disjunction holds when one part does."""

    part: Whole
    proof: Proof


class Cases(Record):
    """A known disjunction is used by proving the goal in each of its cases, assumed under a label."""

    name: Name
    label: Name
    proofs: Proofs


class Use(Record):
    """A part of a known conjunction, or the conclusion of a known implication or equivalence with a proved premise."""

    name: Name
    part: Whole = 0
    forward: Flag = True
    premise: Proofs = ()


class Absurd(Record):
    """Anything follows from 0 < 0."""

    proof: Proof


class Generalise(Record):
    """A statement about all positive values is proved for a fresh positive symbol."""

    symbol: Term
    then: Proof


class Specialise(Record):
    """A statement known for all positive values holds at a positive term."""

    name: Name
    term: Term
    positive: Proof


class Lemma(Record):
    """An instance of a named lemma whose premises are proved; to the letter or with an equal gap."""

    schema: Name
    arguments: Terms
    premises: Proofs = ()
    side: Side = ()


class Differentiate(Record):
    """Chain rule on an equation of the system: d(gap)/dp + the sum of d(gap)/dy * total(y, p) = 0."""

    equation: Name
    parameter: Term
    side: Side = ()


class Monotone(Record):
    """f(start) >= 0 and f rising from start to end (or, not ``rising``, falling from end to start) give f(end) > 0.

    ``function`` is a function of ``bound(0)``. ``slope``, ``inner`` and their proofs are about a fresh symbol between
    the ends, with the hypotheses ``label_low`` and ``label_high``.
    """

    function: Function
    symbol: Term
    label: Name
    start: Term
    end: Term
    rising: Flag
    order: Proof
    nonnegative: Proof
    slope: Proof
    base: Proof
    inner: Side = ()
    side: Side = ()


class Concave(Record):
    """A strictly concave function with a stationary point between the ends has its only maximum there."""

    symbol: Term
    label: Name
    nonnegative: Proof
    above: Proof
    below: Proofs
    stationary: Proof
    curvature: Proof
    inner: Side = ()
    side: Side = ()


class UniqueRoot(Record):
    """A function that falls through each of its roots, positive at one point and negative at another, has one.

    Where both points are the same it is zero there, which ``above`` proves, and ``below`` is not looked at.
    """

    symbol: Term
    label: Name
    slope: Proof
    left: Term
    left_positive: Proof
    above: Proof
    right: Term
    right_positive: Proof
    below: Proof
    inner: Side = ()
    side: Side = ()


class UniqueRootOfTails(Record):
    """f = the sum of w_i j(c_i x) - level with j(y) = y^-k T(y, k) - S(y): infinite at zero, -level at infinity."""

    symbol: Term
    label: Name
    slope: Proof
    level: Term
    level_positive: Proof
    tails: Falling
    inner: Side = ()
    side: Side = ()


class Witness(Record):
    """An exact point at which every hypothesis holds and the goal fails.

    ``point`` gives a rational number for every symbol, ``law`` the distribution, ``functions`` the unspecified
    functions as terms in ``bound(0)``, ``bound(1)`` … for their arguments, ``bound`` a positive number for each
    quantifier that the goal begins with, outermost first. ``proofs`` settle the statements that cannot be evaluated,
    as they read with the numbers and functions put in: they are proved, or that ``0 < 0`` follows from them.
    """

    point: Pairs
    law: Laws = ()
    functions: Functions = ()
    bound: Terms = ()
    proofs: Side = ()


RECORDS: Mapping[str, type[Record]] = MappingProxyType({c.__name__.lower(): c for c in Record.__subclasses__()})
KINDS: Mapping[type, tuple[tuple[str, Any], ...]] = MappingProxyType(
    {record: tuple(get_type_hints(record, include_extras=True).items()) for record in RECORDS.values()}
)
