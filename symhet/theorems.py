"""Theorems as the papers' scripts see them: statements in SymPy beside the theorem of the core that says the same."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from symhet.asked import Shown
from symhet.certificate import Certificate
from symhet.core import data, kernel, records
from symhet.errors import CertificateError, SymhetError
from symhet.keeping import KEEPER
from symhet.language.refusals import Refusal
from symhet.language.sympy_door import statement_to_sympy, to_sympy
from symhet.propositions import Prop, Rel, lt, stated
from symhet.provers.carried_analysis import carrier_for
from symhet.rules.base import Context
from symhet.steps import Step
from symhet.valuation import PiecewiseUniform

_LOG = logging.getLogger(__name__)
SHOWN = 6
"""Hypotheses that a theorem shows of itself."""


@dataclass(frozen=True, eq=False)
class Theorem(Shown):
    """A theorem of the core with its context and goal as they were written.

    Parameters
    ----------
    context : Context
        The hypotheses, on SymPy terms.
    goal : Prop
        The statement that holds or fails.
    certificate : Certificate
        What the tactics found, or the record of a theorem that was kept and replayed.
    core : symhet.core.kernel.Theorem
        What the kernel made of it.
    """

    context: Context
    goal: Prop
    certificate: Certificate
    core: kernel.Theorem

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
        kept = self.certificate if self.polarity == "fails" else None
        return _arrived, (self.context, self.goal, kept, data.dumps(rows))

    def __repr__(self) -> str:
        names = [f"{name}: {prop}" for name, prop in self.context.hypotheses.items()]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        given = f"given {'; '.join(names[:SHOWN])}{more}" if names else "given nothing"
        return f"<Theorem {self.polarity}: {self.goal}, {given}>"


def _arrived(context: Context, goal: Prop, certificate: Certificate | None, text: str) -> Theorem:
    """Return a theorem that came from another process, replayed."""
    core = data.replay(data.loads(text))
    theorem = Theorem(context, goal, certificate or Certificate("record", {"record": core.certificate}), core)
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
    >>> told(kernel.prove(CoreContext({}, frozenset(), frozenset()), positive(x), records.Sign())).goal
    Rel(op='<', lhs=0, rhs=x)
    """
    context, goal = _in_sympy(core)
    record = core.certificate
    if isinstance(record, records.Witness):
        point = {to_sympy(symbol): to_sympy(value) for symbol, value in record.point}
        return Theorem(context, goal, Certificate("witness", {"point": point, "distribution": _law(record)}), core)
    return Theorem(context, goal, Certificate("record", {"record": record}), core)


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


def prove(context: Context, goal: Prop, certificate: Certificate) -> Theorem:
    """Carry a certificate to the kernel and return the theorem that the goal holds throughout the context.

    Raises
    ------
    CertificateError
        When it does not replay; the message names the rule and why.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.propositions import gt
    >>> x = sp.Symbol("x", positive=True)
    >>> prove(Context(), gt((x + 1) ** 2, 1), Certificate("sign")).polarity
    'holds'
    """
    goal = stated(goal)
    with _failing(certificate):
        carrier = carrier_for(context)
        carried, statement = carrier.context(context), carrier.statement(goal)
        core = kernel.prove(carried, statement, carrier.proof(carried, statement, certificate))
        KEEPER.keep(core)
    if isinstance(goal, Rel) and goal.op in ("<", "!=") and goal.lhs == goal.rhs and goal.lhs.free_symbols:
        _LOG.warning("%s holds only because what is given contradicts itself: everything follows from it", goal)
    return Theorem(context, goal, certificate, core)


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
    return Theorem(context, goal, Certificate("record", {"record": core.certificate}), core)


def _steps(core: kernel.Theorem) -> records.Steps:
    return core.certificate.steps if isinstance(core.certificate, records.Cut) else ()


def step_proofs(theorem: Theorem) -> dict[str, records.Proof]:
    """Return the certificate of each step of a theorem by its name, and that of its conclusion."""
    proofs: dict[str, records.Proof] = {name: proof for name, _, proof, _ in _steps(theorem.core)}
    last = theorem.core.certificate
    return {**proofs, "conclusion": last.then if isinstance(last, records.Cut) else last}


def refute(context: Context, goal: Prop, certificate: Certificate) -> Theorem:
    """Carry a witness to the kernel and return the theorem that the goal fails somewhere in the context.

    Raises
    ------
    CertificateError
        When a hypothesis fails at the point, or the goal holds there.
    """
    with _failing(certificate):
        carrier = carrier_for(context)
        record = carrier.witness(goal, certificate.args)
        carried, statement = carrier.context(context), carrier.statement(goal)
        core = KEEPER.find(carried, statement, "fails") or kernel.refute(carried, statement, record)
        KEEPER.keep(core)
    return Theorem(context, goal, certificate, core)


def contradictory(context: Context, certificate: Certificate) -> Theorem:
    """Return the theorem that no point satisfies the hypotheses of the context."""
    return prove(context, lt(0, 0), certificate)


def check(context: Context, goal: Prop, certificate: Certificate) -> None:
    """Carry a certificate to the kernel and have it replayed; return nothing, or raise CertificateError."""
    with _failing(certificate):
        carrier = carrier_for(context)
        carried, statement = carrier.context(context), carrier.statement(goal)
        kernel.check(carried, statement, carrier.proof(carried, statement, certificate))


@contextmanager
def _failing(certificate: Certificate) -> Iterator[None]:
    """Turn a refusal, and what an ill-formed certificate raises, into the error of a certificate."""
    try:
        yield
    except Refusal as error:
        about = "" if error.about is None else str(error.about)[:300]
        raise CertificateError(f"{certificate.rule} ({error.where})", error.why, where=about) from error
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        why = f"malformed certificate ({type(error).__name__}: {error})"
        raise CertificateError(str(certificate.rule), why, where=str(certificate)[:300]) from error
