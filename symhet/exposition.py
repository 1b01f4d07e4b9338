"""Expositions: an appendix as an author writes it, of sentences and formulas that the kernel proves from the ledger.

A formula is a statement in the author's names. It is printed as it stands; `justify` puts in what the names stand for
and has the kernel prove it from the theorems and derivations of the claims that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

import sympy as sp

from symhet.algebra.total import is_total
from symhet.context import Context
from symhet.domain import Assumption
from symhet.errors import GaveUp, SymhetError, TermError
from symhet.findings import Finding
from symhet.propositions import And, Prop, Rel, eq, substitute
from symhet.provers.tactics import Tactic, auto, by, give_up, identity, linear, sign
from symhet.steps import Step
from symhet.theorems import Theorem, proof_by, prove


@dataclass(frozen=True)
class Name:
    """A symbol that an author writes for a term.

    Parameters
    ----------
    symbol : Symbol
        The symbol.
    latex : str
        How it is written.
    term : Expr
        What it stands for, perhaps in earlier names.
    """

    symbol: sp.Symbol
    latex: str
    term: sp.Expr


@dataclass(frozen=True)
class Title:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Says:
    """A paragraph; mathematics stands between dollar signs.

    Parameters
    ----------
    text : str
        The sentences.
    lead : str
        What is printed in bold before them.
    rests : str
        IDs of the claims whose theorems the sentences tell, separated by spaces.
    """

    text: str
    lead: str = ""
    rests: str = ""


@dataclass(frozen=True)
class Shows:
    """A displayed formula.

    Parameters
    ----------
    prop : Prop
        The statement, in the author's names.
    rests : tuple of str
        IDs of the claims from which it is proved; none for an identity.
    number : str
        The paper's number.
    by : tuple of Tactic
        For each part of a conjunction its proof from hypotheses and steps of one of the claims; empty where the search
        finds them.
    given : tuple of Prop
        Hypotheses of its own, told in the sentence before it.
    """

    prop: Prop
    rests: tuple[str, ...] = ()
    number: str = ""
    by: tuple[Tactic, ...] = ()
    given: tuple[Prop, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of a table: its name, and statements of which the right sides are printed."""

    name: str
    props: tuple[Rel, ...]
    rests: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of formulas.

    Parameters
    ----------
    columns : tuple of str
        Headings; the first stands above the names of the rows.
    rows : tuple of Row
        Its rows.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Drawn:
    """A picture by its name among the plots, with what it is called and what is to be seen on it."""

    name: str
    label: str
    caption: str


Item = Title | Says | Shows | Table | Drawn


@dataclass(frozen=True)
class Exposition:
    """An appendix before it is printed.

    Parameters
    ----------
    title, opening : str
        What stands above it.
    assumptions : tuple of Assumption
        The model's, of which those are listed that a proof supposes.
    names : tuple of Name
        The author's names, each in terms of symbols of the model and earlier names.
    items : tuple of Item
        Its text.
    """

    title: str
    opening: str
    assumptions: tuple[Assumption, ...]
    names: tuple[Name, ...]
    items: tuple[Item, ...]

    @property
    def formulas(self) -> tuple[Shows, ...]:
        """The formulas in order, those of tables too."""
        rows = [row for item in self.items if isinstance(item, Table) for row in item.rows]
        shown = [item for item in self.items if isinstance(item, Shows)]
        return (*shown, *(Shows(prop, row.rests) for row in rows for prop in row.props))

    @property
    def told(self) -> tuple[str, ...]:
        """IDs of the claims whose theorems are told in sentences, each once."""
        said = [claim for item in self.items if isinstance(item, Says) for claim in item.rests.split()]
        return tuple(dict.fromkeys(said))

    @property
    def rests(self) -> tuple[str, ...]:
        """IDs of all claims that the exposition rests on, each once."""
        return tuple(dict.fromkeys([*(claim for shown in self.formulas for claim in shown.rests), *self.told]))

    def unfolded(self, prop: Prop) -> Prop:
        """Return a statement with what the names stand for in their place."""
        for name in reversed(self.names):
            prop = substitute(prop, {name.symbol: name.term})
        return prop


@dataclass(frozen=True)
class Correction:
    """One fault of a paper, where it begins.

    Parameters
    ----------
    root : str
        ID of the claim in which it begins.
    says : str
        What the paper says there, not in its words.
    true : str
        What is true instead.
    headline : str
        The fault in one line, for a fault of substance.
    """

    root: str
    says: str
    true: str
    headline: str = ""


@dataclass(frozen=True)
class Corrections:
    """A referee's list.

    Parameters
    ----------
    faults : tuple of Correction
        Every fault, once.
    implicit : tuple of Says
        Hypotheses that the paper uses and does not state, with the claims that show it.
    uncovered : tuple of str
        What was not judged, and why.
    """

    faults: tuple[Correction, ...]
    implicit: tuple[Says, ...]
    uncovered: tuple[str, ...]


def equal(*terms: sp.Expr) -> And:
    """Return a chain of equalities.

    Examples
    --------
    >>> a, b, c = sp.symbols("a b c")
    >>> str(equal(a, b, c))
    '(a = b) and (b = c)'
    """
    return And(tuple(eq(left, right) for left, right in pairwise(terms)))


def shows(
    prop: Prop, rests: str = "", number: str = "", by: tuple[Tactic, ...] = (), given: tuple[Prop, ...] = ()
) -> Shows:
    """Return a displayed formula that rests on the claims named in one string."""
    return Shows(prop, tuple(rests.split()), number, by, given)


def justify(formula: Shows, exposition: Exposition, findings: Iterable[Finding]) -> tuple[Theorem, ...]:
    """Return the kernel's theorems that a formula follows from what its claims suppose and derive.

    Parameters
    ----------
    formula : Shows
        A formula of the exposition.
    exposition : Exposition
        It has the names.
    findings : iterable of Finding
        The findings of the claims that the formula rests on.

    Returns
    -------
    tuple of Theorem
        One for each part of a conjunction; none where a name is only said to be what it stands for.

    Raises
    ------
    GaveUp
        When no proof is found.
    """
    goal = exposition.unfolded(formula.prop)
    parts = goal.parts if isinstance(goal, And) else (goal,)
    tactics = formula.by or (None,) * len(parts)
    given = {Step(f"given {place}"): prop for place, prop in enumerate(formula.given)}
    contexts = [Context({**dict(_hypotheses(finding)), **given}) for finding in findings] or [Context(given)]
    return tuple(
        _from_one(contexts, part, tactic)
        for part, tactic in zip(parts, tactics, strict=True)
        if not (isinstance(part, Rel) and part.lhs == part.rhs)
    )


def _hypotheses(finding: Finding) -> Iterator[tuple[Step, Prop]]:
    """Yield what a finding supposes, derives and concludes."""
    if finding.derivation is not None:
        yield from finding.derivation.context.hypotheses.items()
    concluded = [theorem.goal for theorem in finding.theorems if theorem.polarity == "holds"]
    parts = [part for goal in concluded for part in (goal.parts if isinstance(goal, And) else (goal,))]
    yield from ((Step(f"part {place}"), part) for place, part in enumerate(parts))


def _from_one(contexts: Sequence[Context], goal: Prop, tactic: Tactic | None) -> Theorem:
    """Prove a statement from one of the claims: two of them may speak of different regimes."""
    # What one claim says in so many words is not searched for in another.
    for context in sorted(contexts, key=lambda context: goal not in context.hypotheses.values()):
        with suppress(SymhetError, LookupError):
            return _proved(context, goal, *(_tactics(context, goal) if tactic is None else (tactic,)))
    raise GaveUp(
        "a formula of an appendix was not proved from its claims",
        where=str(goal)[:300],
        why="it is no step of one of them, nor a combination that is found at once",
        fix="name the claim that has it, or give its proof",
    )


def _proved(context: Context, goal: Prop, *tactics: Tactic) -> Theorem:
    for tactic in tactics:
        try:
            return prove(context, goal, proof_by(context, goal, tactic))
        except SymhetError:
            continue
    raise give_up("nothing that was tried proves it", goal)


def _tactics(context: Context, goal: Prop) -> Iterator[Tactic]:
    same = [name for name, prop in context.hypotheses.items() if prop == goal]
    yield from map(by, same)
    if not isinstance(goal, Rel):
        yield auto()
        return
    equations = {
        name: prop
        for name, prop in context.hypotheses.items()
        if isinstance(prop, Rel) and prop.op == "=" and isinstance(prop.lhs, sp.Symbol)
    }
    named = [name for name, prop in equations.items() if not is_total(prop.lhs)]
    slopes = [name for name, prop in equations.items() if is_total(prop.lhs)]
    if goal.op == "=":
        yield identity()
        yield from (identity(*chosen) for chosen in _selections(goal, equations, slopes, named))
        yield from (linear({name: factor}) for name, factor in _multiples(context, goal))
        yield from (by(name) for name, prop in context.hypotheses.items() if isinstance(prop, Rel) and prop.op == "=")
        return
    yield from (by(name) for name, prop in context.hypotheses.items() if isinstance(prop, Rel) and prop.op == goal.op)
    yield auto()
    yield from (sign(*chosen) for chosen in _selections(goal, equations, slopes, named))


def _selections(
    goal: Rel, equations: Mapping[Step, Rel], slopes: Sequence[Step], named: Sequence[Step]
) -> Iterator[tuple[Step, ...]]:
    """Yield equations to rewrite with: those of the derivatives first, then those of the goal's own symbols."""
    own = [name for name in named if equations[name].lhs in goal.gap.free_symbols]
    yield tuple(slopes)
    yield tuple(own)
    yield (*slopes, *own)
    yield tuple(named)
    yield (*slopes, *named)
    for name in (*own, *slopes):
        yield (name,)


def _multiples(context: Context, goal: Rel) -> Iterator[tuple[Step, sp.Expr]]:
    """Yield equations with the factor that makes their gap that of the goal, if one symbol tells it."""
    # What a claim concludes comes after all that it supposes.
    for name, prop in reversed(list(context.hypotheses.items())):
        if isinstance(prop, Rel) and prop.op == "=":
            shared = sorted(prop.gap.free_symbols & goal.gap.free_symbols, key=lambda symbol: symbol.name)
            for symbol in shared:
                with suppress(TermError):
                    above, below = sp.diff(goal.gap, symbol), sp.diff(prop.gap, symbol)
                    if below != 0 and above != 0 and not {symbol} & (above.free_symbols | below.free_symbols):
                        yield name, above / below
                        break
