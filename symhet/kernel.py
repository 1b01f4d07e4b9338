"""The trusted core: the only maker of theorems, by replaying certificates with the rules of `symhet.rules`.

A theorem says that a goal holds at every point where the hypotheses of its context hold, or, with polarity
``"fails"``, that there is a point, given exactly, where the hypotheses hold and the goal does not. Positive symbols
range over the positive reals, other symbols over the reals. Nothing here searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from symhet import valuation
from symhet.certificate import Certificate
from symhet.propositions import Prop, lt
from symhet.rules import analysis, relations, structure
from symhet.rules.base import Args, Check, Context, failure, rewrite_all
from symhet.rules.structure import with_steps

_SEAL = object()


class Theorem:
    """A goal that holds (or fails) in a context; only this module makes one, after replaying the certificate."""

    __slots__ = ("certificate", "context", "goal", "polarity")

    context: Context
    goal: Prop
    polarity: str
    certificate: Certificate

    def __init__(self, seal: object, context: Context, goal: Prop, polarity: str, cert: Certificate) -> None:
        if seal is not _SEAL:
            raise failure("theorem", "only the kernel makes theorems", str(goal))
        for name, value in (
            ("context", context),
            ("goal", goal),
            ("polarity", polarity),
            ("certificate", cert),
        ):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a theorem does not change")

    def __repr__(self) -> str:
        return f"<Theorem {self.polarity}: {self.goal}>"


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
    check(context, goal, certificate)
    return Theorem(_SEAL, context, goal, "holds", certificate)


def refute(context: Context, goal: Prop, certificate: Certificate) -> Theorem:
    """Replay a witness and return the theorem that ``goal`` fails somewhere in ``context``.

    The certificate (rule ``witness``) gives lemma ``steps`` that hold throughout the context, equations ``using`` among
    them with which the goal is rewritten, and a ``point``: an exact rational for every symbol (and, where tails occur,
    a piecewise uniform distribution). Every hypothesis is evaluated there and must hold; the goal must fail.
    """
    if certificate.rule != "witness":
        raise failure(certificate.rule, "a refutation needs a witness", str(goal))
    extended = with_steps(check, context, certificate.args.get("steps", ()))
    target = rewrite_all(goal, extended, certificate.args.get("using", ()))
    point = valuation.Point(certificate.args["point"], certificate.args.get("distribution"))
    for name, prop in context.hypotheses.items():
        if not point.holds(prop):
            raise failure("witness", f"the hypothesis {name!r} does not hold at the point", str(prop))
    if not point.fails(target):
        raise failure("witness", "the goal holds at the point", str(target))
    return Theorem(_SEAL, context, goal, "fails", certificate)


def contradictory(context: Context, certificate: Certificate) -> Theorem:
    """Return the theorem that no point satisfies the hypotheses of ``context``."""
    return prove(context, lt(0, 0), certificate)


def check(context: Context, goal: Prop, certificate: Certificate) -> None:
    """Replay ``certificate`` for ``goal`` in ``context``; return nothing, or raise CertificateError."""
    rule = _RULES.get(certificate.rule)
    if rule is None:
        raise failure(certificate.rule, "no such rule", str(goal))
    try:
        rule(check, context, goal, certificate.args)
    except (KeyError, TypeError, ValueError) as error:
        raise failure(certificate.rule, f"malformed certificate ({error})", str(goal)) from error


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
