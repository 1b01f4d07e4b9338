"""Theorems as JSON: exported with everything that a replay needs, and made anew by replaying, never by believing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import sympy as sp

from symhet.algebra.integrals import PowerIntegral
from symhet.algebra.tails import Density, DensitySlope, Survival, TailMoment
from symhet.certificate import Certificate, prop_from_json, prop_to_json
from symhet.errors import CertificateError, SymhetError
from symhet.propositions import And, ForAll, Iff, Implies, Maximiser, Or, Rel, UniqueRoot
from symhet.rules.base import Context
from symhet.rules.language import require_distinct_names
from symhet.theorems import Theorem, prove, refute

__all__ = ["export_theorem", "import_theorem", "loads"]

FORMAT = "symhet-theorem"
VERSION = 1
FUNCTIONS: Mapping[str, type] = MappingProxyType(
    {kind.__name__: kind for kind in (Survival, TailMoment, Density, DensitySlope, PowerIntegral)}
)
_FIELDS = frozenset(
    {"format", "version", "polarity", "symbols", "hypotheses", "system", "endogenous", "goal", "certificate"}
)
_SIGNS = ("positive", "real")
_STATEMENTS = (Rel, And, Or, Implies, Iff, ForAll, UniqueRoot, Maximiser)


def export_theorem(theorem: Theorem) -> dict[str, Any]:
    """Return a theorem as JSON data: symbols, context, goal, polarity and certificate.

    Raises
    ------
    CertificateError
        When two different symbols of it have one name.

    Examples
    --------
    >>> from symhet.propositions import gt
    >>> x = sp.Symbol("x", positive=True)
    >>> data = export_theorem(prove(Context(), gt(x + 1, 1), Certificate("sign")))
    >>> data["symbols"], data["goal"]
    ({'x': 'positive'}, ['rel', '<', '1', ['add', '1', ['symbol', 'x']]])
    >>> import_theorem(data)
    <Theorem holds: 1 < x + 1>
    """
    context = theorem.context
    parts = (*context.hypotheses.values(), *context.endogenous, theorem.goal, theorem.certificate)
    symbols = sorted(set(_symbols(parts)), key=lambda symbol: (symbol.name, symbol.sort_key()))
    require_distinct_names(symbols)
    return {
        "format": FORMAT,
        "version": VERSION,
        "polarity": theorem.polarity,
        "symbols": {symbol.name: "positive" if symbol.is_positive else "real" for symbol in symbols},
        "hypotheses": [[name, prop_to_json(prop)] for name, prop in context.hypotheses.items()],
        "system": sorted(context.system),
        "endogenous": sorted(symbol.name for symbol in context.endogenous),
        "goal": prop_to_json(theorem.goal),
        "certificate": theorem.certificate.to_json(),
    }


def import_theorem(data: Any) -> Theorem:
    """Replay the certificate of an exported theorem and return the theorem that the kernel makes of it.

    Parameters
    ----------
    data : dict
        What `export_theorem` returned, perhaps written to a file and read in another process.

    Raises
    ------
    CertificateError
        When the data have another form, or the certificate does not prove what they say.
    """
    try:
        context, goal, certificate = _read(data)
        if data["polarity"] == "holds":
            return prove(context, goal, certificate)
        return refute(context, goal, certificate)
    except CertificateError:
        raise
    except SymhetError as error:
        raise _malformed(f"{error.what}: {error.why}", error.where) from error
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise _malformed(f"{type(error).__name__}: {error}", "") from error


def loads(text: str) -> Theorem:
    """Replay an exported theorem from JSON text.

    Raises
    ------
    CertificateError
        As `import_theorem`, and when the text is no JSON.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _malformed(f"this is no JSON: {error}", text[:60]) from error
    return import_theorem(data)


def _read(data: Any) -> tuple[Context, Any, Certificate]:
    if not isinstance(data, dict) or set(data) != _FIELDS:
        raise _malformed(f"the fields must be {', '.join(sorted(_FIELDS))}", str(data)[:80])
    if data["format"] != FORMAT or data["version"] != VERSION or data["polarity"] not in ("holds", "fails"):
        raise _malformed(f"only {FORMAT} of version {VERSION} is read", f"{data['format']} {data['version']}"[:80])
    if any(sign not in _SIGNS for sign in data["symbols"].values()):
        raise _malformed("a symbol is positive or real", str(data["symbols"])[:80])
    symbols = {name: sp.Symbol(name, **{sign: True}) for name, sign in data["symbols"].items()}
    names = [name for name, _ in data["hypotheses"]]
    if len(set(names)) != len(names) or not all(isinstance(name, str) for name in names):
        raise _malformed("hypotheses have different names", str(names)[:80])
    hypotheses = {name: prop_from_json(prop, symbols, FUNCTIONS) for name, prop in data["hypotheses"]}
    endogenous = frozenset(symbols[name] for name in data["endogenous"])
    context = Context(hypotheses, frozenset(data["system"]), endogenous)
    goal = prop_from_json(data["goal"], symbols, FUNCTIONS)
    return context, goal, Certificate.from_json(data["certificate"], symbols, FUNCTIONS)


def _symbols(values: Iterable[object]) -> Iterator[sp.Symbol]:
    """Yield every symbol in statements, terms and certificates, bound ones too."""
    for value in values:
        if isinstance(value, sp.Basic):
            yield from value.atoms(sp.Symbol)
        elif isinstance(value, Certificate):
            yield from _symbols(value.args.values())
        elif isinstance(value, _STATEMENTS):
            yield from _symbols(vars(value).values())
        elif isinstance(value, Mapping):
            yield from _symbols((*value.keys(), *value.values()))
        elif isinstance(value, tuple | list):
            yield from _symbols(value)


def _malformed(why: str, where: str) -> CertificateError:
    return CertificateError("reading", why, where=where, fix="export the theorem again with export_theorem")
