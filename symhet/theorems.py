"""Theorems as the papers' scripts see them: statements in SymPy beside the theorem of the core that says the same."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sympy as sp

from symhet.algebra.tails import SUPPORT
from symhet.asked import Shown
from symhet.context import Context
from symhet.core import data, derived, kernel, records
from symhet.core.gradients import with_totals
from symhet.errors import CertificateError, SymhetError
from symhet.keeping import KEEPER
from symhet.language.refusals import Refusal
from symhet.language.statements import eq
from symhet.language.sympy_door import statement_to_sympy, to_sympy
from symhet.language.terms import ZERO
from symhet.propositions import ForAll, Prop, Rel, stated
from symhet.provers import base as tactics
from symhet.provers.base import Tactic
from symhet.provers.carrier import Carrier, carrier_for
from symhet.steps import Step
from symhet.valuation import PiecewiseUniform

_LOG = logging.getLogger(__name__)
TRUE = eq(ZERO, ZERO)
SHOWN = 6
"""Hypotheses that a theorem shows of itself."""


@dataclass(frozen=True)
class Place:
    """Exact numbers at which a statement fails.

    Parameters
    ----------
    point : Mapping[Symbol, Rational]
        The value of each symbol.
    distribution : PiecewiseUniform, optional
        What the abstract tails stand for, where it has a lower end above zero.
    goal : Prop
        What fails there, with derivatives put in where equations for them were given.
    """

    point: Mapping[sp.Symbol, sp.Rational]
    distribution: PiecewiseUniform | None
    goal: Prop


@dataclass(frozen=True, eq=False)
class Theorem(Shown):
    """A theorem of the core with its context and goal as they were written.

    Parameters
    ----------
    context : Context
        The hypotheses, on SymPy terms.
    goal : Prop
        The statement that holds or fails.
    core : symhet.core.kernel.Theorem
        What the kernel made of it.
    at : Place, optional
        Where the statement fails.
    """

    context: Context
    goal: Prop
    core: kernel.Theorem
    at: Place | None = None

    @property
    def polarity(self) -> str:
        """``"holds"`` or ``"fails"``."""
        return self.core.says

    def __copy__(self) -> Theorem:
        return self

    def __deepcopy__(self, memo: object) -> Theorem:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as data: what arrives is a theorem because the kernel replays it there."""
        rows = data.to_rows(self.core.context, self.core.goal, self.core.certificate, self.core.says, "")
        return _arrived, (self.context, self.goal, self.at, data.dumps(rows))

    def __repr__(self) -> str:
        names = [f"{name}: {prop}" for name, prop in self.context.hypotheses.items()]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        given = f"given {'; '.join(names[:SHOWN])}{more}" if names else "given nothing"
        return f"<Theorem {self.polarity}: {self.goal}, {given}>"


def _arrived(context: Context, goal: Prop, at: Place | None, text: str) -> Theorem:
    """Return a theorem that came from another process, replayed."""
    theorem = Theorem(context, goal, data.replay(data.loads(text)), at)
    if not genuine(theorem):
        raise CertificateError("theorem", "what was replayed is not what is written beside it", where=str(goal)[:300])
    return theorem


def genuine(theorem: Theorem) -> bool:
    """Tell whether the kernel issued the theorem, and it says what is written beside it."""
    if type(theorem) is not Theorem or not kernel.genuine(theorem.core):
        return False
    # What was carried to the core is carried there again at no cost; only what came from it has to be written anew.
    return _is_carried(theorem) or (theorem.context, theorem.goal) == _in_sympy(theorem.core)


def _is_carried(theorem: Theorem) -> bool:
    """Tell whether the theorem of the core says what is written beside it, carried to the core."""
    try:
        carrier = carrier_for(theorem.context)
        context, goal = carrier.context(theorem.context), carrier.statement(theorem.goal)
    except (SymhetError, Refusal):
        return False
    core = theorem.core.context
    return goal is theorem.core.goal and (
        (context.hypotheses, context.system, context.endogenous) == (core.hypotheses, core.system, core.endogenous)
    )


def told(core: kernel.Theorem) -> Theorem:
    """Return a theorem of the core with its context and goal in SymPy.

    Examples
    --------
    >>> from symhet.core.context import Context as CoreContext
    >>> from symhet.language.statements import positive
    >>> from symhet.language.terms import symbol
    >>> x = symbol("x")
    >>> told(kernel.prove(CoreContext({}, frozenset(), frozenset()), positive(x), derived.combine())).goal
    Rel(op='<', lhs=0, rhs=x)
    """
    context, goal = _in_sympy(core)
    record = core.certificate
    if isinstance(record, records.Witness):
        return Theorem(context, goal, core, Place(_point(record), _law(record), goal))
    return Theorem(context, goal, core)


def _point(record: records.Witness) -> dict[sp.Expr, sp.Expr]:
    """Return the numbers of a witness, those that are not rational to some digits."""
    point = {to_sympy(x): sp.N((to_sympy(low) + to_sympy(high)) / 2) for x, low, high in record.box}
    for symbol, value in record.point:
        number = to_sympy(value)
        point[to_sympy(symbol)] = number if number.is_Rational else sp.N(number.xreplace(point))
    return point


def _in_sympy(core: kernel.Theorem) -> tuple[Context, Prop]:
    """Return the context and the goal of a theorem of the core in SymPy."""
    hypotheses = {Step(name): statement_to_sympy(fact) for name, fact in core.context.hypotheses.items()}
    endogenous = frozenset(to_sympy(symbol) for symbol in core.context.endogenous)
    return Context(hypotheses, frozenset(map(Step, core.context.system)), endogenous), statement_to_sympy(core.goal)


def _law(record: records.Witness) -> PiecewiseUniform | None:
    """Return the distribution of a witness, where it has one that begins above zero."""
    for breaks, heights, shape in record.law:
        if breaks[0].args[0] > 0:
            return PiecewiseUniform(tuple(map(to_sympy, breaks)), tuple(map(to_sympy, heights)), to_sympy(shape))
    return None


def prove(context: Context, goal: Prop, proof: records.Proof) -> Theorem:
    """Have the kernel replay a certificate and return the theorem that the goal holds throughout the context.

    Raises
    ------
    CertificateError
        When it does not replay; the message names the rule and why.

    Examples
    --------
    >>> from symhet.propositions import gt
    >>> x = sp.Symbol("x", positive=True)
    >>> prove(Context(), gt((x + 1) ** 2, 1), derived.sign()).polarity
    'holds'
    """
    goal = stated(goal)
    with _failing(proof):
        carrier = carrier_for(context)
        core = kernel.prove(carrier.context(context), carrier.statement(goal), proof)
        KEEPER.keep(core)
    if isinstance(goal, Rel) and goal.op in ("<", "!=") and goal.lhs == goal.rhs and goal.lhs.free_symbols:
        _LOG.warning("%s holds only because what is given contradicts itself: everything follows from it", goal)
    return Theorem(context, goal, core)


def proof_by(context: Context, goal: Prop, by: Tactic, identically: bool = False) -> records.Proof:
    """Return the certificate that a tactic finds for a goal in a context, or in what of it holds near by too.

    Raises
    ------
    SymhetError
        When it finds none; what the kernel makes of a certificate is told by `prove`.

    Examples
    --------
    >>> from symhet.propositions import gt
    >>> from symhet.provers.tactics import sign
    >>> x = sp.Symbol("x", positive=True)
    >>> proof_by(Context(), gt(x + 1, 1), sign())
    Combine(terms=(), multiplier=number(1, 1), using=())
    """
    with _failing(by):
        carrier = carrier_for(context)
        here = carrier.context(context)
        return by(tactics.Place(here.nearby() if identically else here, carrier), carrier.statement(stated(goal)))


def is_kept(context: Context) -> bool:
    """Tell whether theorems of a context are kept."""
    return KEEPER.store is not None and KEEPER.store.knows(carrier_for(context).context(context))


def kept(context: Context, goal: Prop, steps: Iterable[tuple[str, Prop, bool]]) -> Theorem | None:
    """Return a kept theorem that proves the goal by just these steps, replayed; None when there is none."""
    if KEEPER.store is None:
        return None
    carrier = carrier_for(context)
    core = KEEPER.find(carrier.context(context), carrier.statement(goal), "holds")
    wanted = [(name, carrier.statement(prop), identically) for name, prop, identically in steps]
    if core is None or [(name, prop, flag) for name, prop, _, flag in _steps(core)] != wanted:
        return None
    return Theorem(context, goal, core)


def _steps(core: kernel.Theorem) -> records.Steps:
    return core.certificate.steps if isinstance(core.certificate, records.Cut) else ()


def step_proofs(theorem: Theorem) -> dict[str, records.Proof]:
    """Return the certificate of each step of a theorem by its name, and that of its conclusion."""
    proofs: dict[str, records.Proof] = {name: proof for name, _, proof, _ in _steps(theorem.core)}
    last = theorem.core.certificate
    return {**proofs, "conclusion": last.then if isinstance(last, records.Cut) else last}


def refute(context: Context, goal: Prop, at: Place) -> Theorem:
    """Have the kernel evaluate a goal at a place and return the theorem that it fails somewhere in the context.

    Raises
    ------
    CertificateError
        When a hypothesis fails at the point, or the goal holds there.
    """
    with _failing(at):
        carrier = carrier_for(context)
        carried, statement = carrier.context(context), carrier.statement(goal)
        core = KEEPER.find(carried, statement, "fails")
        if core is None:
            core = kernel.refute(carried, statement, with_totals(carried, statement, _witness(carrier, goal, at)))
        KEEPER.keep(core)
    return Theorem(context, goal, core, at)


def _witness(carrier: Carrier, goal: Prop, at: Place) -> records.Witness:
    """Return the record of a witness; what totals are is told by the core itself."""
    point, bound = dict(at.point), []
    while isinstance(goal, ForAll):
        bound.append(carrier.door.term(point.pop(goal.variable)))
        goal = goal.body
    laws: records.Laws = ()
    if at.distribution is not None:
        law = at.distribution
        breaks, heights = (tuple(map(carrier.door.term, parts)) for parts in (law.breaks, law.heights))
        laws = ((breaks, heights, carrier.door.term(law.shape)),)
    pairs = [(carrier.door.term(x), carrier.door.term(value)) for x, value in point.items() if x != SUPPORT]
    return records.Witness(tuple(pairs), law=laws, bound=tuple(bound))


def check_step(context: Context, name: str, prop: Prop, proof: records.Proof, identically: bool = False) -> None:
    """Have the kernel check a step of a derivation; return nothing, or raise CertificateError."""
    with _failing(proof):
        carrier = carrier_for(context)
        step = (str(name), carrier.statement(prop), proof, identically)
        kernel.check(carrier.context(context), TRUE, records.Cut((step,), derived.identity()))


@contextmanager
def _failing(what: object) -> Iterator[None]:
    """Turn a refusal, and what an ill-formed certificate raises, into the error of a certificate."""
    rule = type(what).__name__.lower()
    try:
        yield
    except Refusal as error:
        about = "" if error.about is None else str(error.about)[:300]
        raise CertificateError(f"{rule} ({error.where})", error.why, where=about) from error
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        why = f"malformed certificate ({type(error).__name__}: {error})"
        raise CertificateError(rule, why, where=str(what)[:300]) from error
