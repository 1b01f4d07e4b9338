"""What the tactics try a certificate with, on SymPy terms, before it is carried to the core: nothing rests on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from symhet.certificate import Certificate
from symhet.errors import NormalFormError, TermError
from symhet.propositions import Prop
from symhet.rules import analysis, relations, structure
from symhet.rules.base import (
    Args,
    Check,
    Context,
    failure,
)
from symhet.rules.language import require_statement


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
