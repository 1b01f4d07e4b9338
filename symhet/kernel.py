"""The trusted core: the only maker of theorems, by replaying certificates with the rules of `symhet.rules`.

A theorem says that a goal holds at every point where the hypotheses of its context hold, or, with polarity
``"fails"``, that there is a point, given exactly, where the hypotheses hold and the goal does not. Positive symbols
range over the positive reals, other symbols over the reals; the equations of a system hold near the point too, with
what they determine a differentiable function of the parameters. Nothing here searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import NoReturn
from weakref import WeakKeyDictionary

from symhet import valuation
from symhet.certificate import Certificate
from symhet.errors import KernelError, NormalFormError, TermError
from symhet.propositions import Prop, free_symbols, lt
from symhet.rules import analysis, relations, structure
from symhet.rules.base import (
    Args,
    Check,
    Context,
    equation_of,
    failure,
    require_determined,
    require_free,
    rewrite_all,
    rewrite_term,
)
from symhet.rules.definedness import lost
from symhet.rules.language import is_plain, require_distinct_names, require_statement
from symhet.rules.structure import with_steps


class Theorem:
    """A goal that holds (or fails) in a context; only this module makes one, after replaying the certificate.

    A copy is the theorem itself, and it cannot be pickled: what comes from elsewhere is replayed (`symhet.exchange`).
    """

    __slots__ = ("__weakref__", "certificate", "context", "goal", "polarity")

    context: Context
    goal: Prop
    polarity: str
    certificate: Certificate

    def __init__(self, *args: object, **options: object) -> None:
        """Refuse: only a replayed certificate makes a theorem."""
        raise KernelError("a theorem is made by replaying a certificate", fix="use prove or refute of symhet.kernel")

    def __init_subclass__(cls, **options: object) -> NoReturn:
        raise TypeError("theorems have no subclasses")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a theorem does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a theorem does not change")

    def __copy__(self) -> Theorem:
        return self

    def __deepcopy__(self, memo: object) -> Theorem:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a theorem cannot be pickled: export it and replay it")

    def __repr__(self) -> str:
        return f"<Theorem {self.polarity}: {self.goal}>"


_ISSUED: WeakKeyDictionary[Theorem, tuple[object, ...]] = WeakKeyDictionary()


def _issue(context: Context, goal: Prop, polarity: str, certificate: Certificate) -> Theorem:
    theorem: Theorem = object.__new__(Theorem)
    fields = {"context": context, "goal": goal, "polarity": polarity, "certificate": certificate}
    for name, value in fields.items():
        object.__setattr__(theorem, name, value)
    _ISSUED[theorem] = tuple(fields.values())
    return theorem


def genuine(theorem: Theorem) -> bool:
    """Tell whether this theorem was issued here and is what it was then."""
    issued = _ISSUED.get(theorem)
    held = (theorem.context, theorem.goal, theorem.polarity, theorem.certificate) if issued else ()
    return issued is not None and all(a is b for a, b in zip(issued, held, strict=True))


def prove(context: Context, goal: Prop, certificate: Certificate) -> Theorem:
    """Replay a certificate and return the theorem that ``goal`` holds wherever ``context`` does.

    Raises
    ------
    CertificateError
        When a rule does not apply; the message names the rule and why.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.propositions import gt
    >>> x = sp.Symbol("x", positive=True)
    >>> prove(Context(), gt((x + 1) ** 2, 1), Certificate("sign")).polarity
    'holds'
    """
    _require_context(context, goal)
    check(context, goal, certificate)
    return _issue(context, goal, "holds", certificate)


def refute(context: Context, goal: Prop, certificate: Certificate) -> Theorem:
    """Replay a witness and return the theorem that ``goal`` fails somewhere in ``context``.

    The certificate (rule ``witness``) gives lemma ``steps`` that hold throughout the context, equations ``using`` among
    them with which the goal is rewritten, and a ``point``: an exact rational for every symbol (and, where tails occur,
    a piecewise uniform distribution). Every hypothesis is evaluated there and must hold, and the system must go on
    holding near by; the goal must fail.
    """
    _require_context(context, goal)
    require_statement(goal)
    if certificate.rule != "witness":
        raise failure(certificate.rule, "a refutation needs a witness", str(goal))
    try:
        _require_counterexample(context, goal, certificate.args)
    except (NormalFormError, TermError) as error:
        raise failure("witness", f"{error.what}: {error.why}", error.where) from error
    except _MALFORMED as error:
        raise failure("witness", f"malformed certificate ({error})", str(goal)) from error
    return _issue(context, goal, "fails", certificate)


def _require_counterexample(context: Context, goal: Prop, args: Args) -> None:
    extended = with_steps(check, context, args.get("steps", ()))
    moved = partial(rewrite_term, context=extended, names=args.get("using", ()))
    target = rewrite_all(goal, extended, args.get("using", ()))
    point = valuation.Point(args["point"], args.get("distribution"))
    require_free(extended, goal, target, moved, assumed=True)
    for condition in lost(goal, target, moved, assumed=True):
        point.meet(condition, str(goal))
    for name, prop in context.hypotheses.items():
        if not point.holds(prop):
            raise failure("witness", f"the hypothesis {name!r} does not hold at the point", str(prop))
    gaps = [equation_of(context, name).gap for name in sorted(context.system)]
    point.require_independent([gap for gap in gaps if gap != 0], sorted(context.endogenous, key=str))
    if not point.fails(target):
        raise failure("witness", "the goal holds at the point", str(target))


def _require_context(context: Context, goal: Prop) -> None:
    """Fail unless the hypotheses belong to the language and no two symbols share a name."""
    for prop in context.hypotheses.values():
        require_statement(prop)
    odd = [str(symbol) for symbol in context.endogenous if not is_plain(symbol)]
    if odd or not context.system <= set(context.hypotheses):
        raise failure("context", "the system or what it determines is not well formed", ", ".join(odd))
    require_determined(context)
    require_distinct_names(context.symbols() | free_symbols(goal) | context.endogenous)


def contradictory(context: Context, certificate: Certificate) -> Theorem:
    """Return the theorem that no point satisfies the hypotheses of ``context``."""
    return prove(context, lt(0, 0), certificate)


def check(context: Context, goal: Prop, certificate: Certificate) -> None:
    """Replay ``certificate`` for ``goal`` in ``context``; return nothing, or raise CertificateError."""
    require_statement(goal)
    try:
        rule = _RULES.get(certificate.rule)
        if rule is None:
            raise failure(certificate.rule, "no such rule", str(goal))
        rule(check, context, goal, certificate.args)
    except (NormalFormError, TermError) as error:
        raise failure(certificate.rule, f"{error.what}: {error.why}", error.where) from error
    except _MALFORMED as error:
        raise failure(str(certificate)[:60], f"malformed certificate ({error})", str(goal)) from error


_MALFORMED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
_RULES: Mapping[str, Callable[[Check, Context, Prop, Args], None]] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            relations.identity,
            relations.sign,
            relations.powers,
            relations.linear,
            relations.combine,
            relations.product,
            relations.hypothesis,
            relations.transported,
            relations.apart,
            relations.weaken,
            structure.cut,
            structure.rewrite,
            structure.name,
            structure.chart,
            structure.split,
            structure.intro,
            structure.both,
            structure.choose,
            structure.cases,
            structure.use,
            structure.absurd,
            structure.generalise,
            structure.specialise,
            analysis.lemma,
            analysis.implicit,
            analysis.monotone,
            analysis.concave,
            analysis.unique_root,
        )
    }
)
