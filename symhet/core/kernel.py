"""The only maker of theorems, by replaying certificates.

A theorem says that a goal *holds*: every model of its context satisfies it; or that it *fails*: there is a model, given
exactly, that satisfies the hypotheses and not the goal. Context, goal and certificate are rebuilt from plain data at
the door, so that the core works on objects of its own. Nothing here searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NoReturn, TypeAlias
from weakref import WeakKeyDictionary

from symhet.core import records
from symhet.core.context import Context
from symhet.core.door import rebuilt
from symhet.core.rules import relations, structure
from symhet.core.rules.base import Check
from symhet.core.witness import Point
from symhet.language.immutable import Immutable
from symhet.language.refusals import Refusal, guarded
from symhet.language.statements import Statement
from symhet.language.terms import Head

Rule: TypeAlias = Callable[..., None]


class Theorem(Immutable):
    """A goal that holds, or fails, in a context; only `prove` and `refute` make one.

    A copy is the theorem itself, and it cannot be pickled: what comes from elsewhere is replayed.
    """

    __slots__ = ("certificate", "context", "goal", "says")

    context: Context
    goal: Statement
    says: str
    certificate: records.Proof

    def __init__(self, *args: object, **options: object) -> None:
        """Refuse: only a replayed certificate makes a theorem."""
        raise Refusal("theorem", "a theorem is made by prove and refute, which replay a certificate")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a theorem cannot be pickled: export it and replay it")

    def __repr__(self) -> str:
        return f"<Theorem {self.says}: {self.goal}>"


_ISSUED: WeakKeyDictionary[Theorem, tuple[object, ...]] = WeakKeyDictionary()


def _issue(*data: object) -> Theorem:
    """Return the theorem of these data, which stand in the order of its slots."""
    theorem: Theorem = object.__new__(Theorem)
    for slot, value in zip(Theorem.__slots__, data, strict=True):
        object.__setattr__(theorem, slot, value)
    _ISSUED[theorem] = data
    return theorem


def genuine(theorem: object) -> bool:
    """Tell whether this is a theorem that was issued here and is what it was then."""
    if type(theorem) is not Theorem or theorem not in _ISSUED:
        return False
    return all(getattr(theorem, slot) is kept for slot, kept in zip(Theorem.__slots__, _ISSUED[theorem], strict=True))


def prove(context: Context, goal: Statement, certificate: records.Proof) -> Theorem:
    """Replay a certificate and return the theorem that the goal holds wherever the context does.

    Raises
    ------
    Refusal
        When something is not well formed, or a rule does not apply: it names the rule and why.

    Examples
    --------
    >>> from symhet.language import statements as s, terms as t
    >>> x = t.symbol("x")
    >>> prove(Context(), s.lt(t.ONE, t.add(x, t.ONE)), records.Combine()).says
    'holds'
    """
    return _replayed(context, goal, certificate, "holds")


def refute(context: Context, goal: Statement, certificate: records.Witness) -> Theorem:
    """Replay a witness and return the theorem that the goal fails at a model of the context."""
    return _replayed(context, goal, certificate, "fails")


def _replayed(context: Context, goal: Statement, certificate: records.Proof, says: str) -> Theorem:
    context, goal, certificate = guarded("door", rebuilt, context, goal, certificate)
    check(context, goal, certificate, _PROVING if says == "holds" else _REFUTING)
    return _issue(certificate, context, goal, says)


def _counterexample(_: Check, context: Context, goal: Statement, proof: records.Witness) -> None:
    """Refuse unless every hypothesis holds and the goal fails at a point."""
    point = Point(proof, lambda statement, found: check(Context(), statement, found))
    point.solve(context, [leaf for leaf in context.leaves | goal.leaves if leaf.head is Head.TOTAL])
    for name, statement in context.hypotheses.items():
        if not point.holds(statement):
            raise Refusal("witness", f"the hypothesis {name!r} does not hold at the point", statement)
    if not point.fails(goal, proof.bound):
        raise Refusal("witness", "the goal holds at the point", goal)


# A rule has the name of the record that it checks.
_RULES = {**vars(structure), **vars(relations)}
_PROVING: Mapping[type, Rule] = MappingProxyType(
    {record: _RULES[name] for name, record in records.RECORDS.items() if record is not records.Witness}
)
_REFUTING: Mapping[type, Rule] = MappingProxyType({records.Witness: _counterexample})


def check(context: Context, goal: Statement, certificate: records.Proof, rules: Mapping[type, Rule] = _PROVING) -> None:
    """Replay a certificate for a goal in a context; return nothing, or raise `Refusal`."""
    rule = rules.get(type(certificate))
    if rule is None or goal.reach:
        raise Refusal("check", "no such rule, or a bound variable without a binder", goal)
    guarded(type(certificate).__name__, rule, check, context, goal, certificate)
