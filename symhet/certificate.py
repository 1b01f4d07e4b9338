"""Certificates: plain data that let the kernel check a claim again without any search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import sympy as sp

from symhet.algebra import terms as term_data
from symhet.errors import CertificateError
from symhet.propositions import And, Dense, ForAll, Iff, Implies, Maximiser, Or, Prop, Rel, UniqueRoot
from symhet.valuation import PiecewiseUniform

_PROPOSITIONS = (Rel, And, Or, Implies, Iff, ForAll, UniqueRoot, Maximiser)


@dataclass(frozen=True)
class Certificate:
    """One application of a kernel rule with everything the rule needs.

    Parameters
    ----------
    rule : str
        Name of the kernel rule.
    args : Mapping[str, Any]
        Terms, statements, names, sub-certificates, and tuples of these.

    Examples
    --------
    >>> Certificate("identity").to_json()
    {'rule': 'identity', 'args': {}}
    """

    rule: str
    args: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the arguments from changing under a theorem that was proved with them."""
        args = {key: _plain(value) for key, value in self.args.items()}
        object.__setattr__(self, "args", MappingProxyType(args))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a copy be made of what the certificate was made of."""
        return Certificate, (self.rule, dict(self.args))

    def to_json(self) -> dict[str, Any]:
        """Return the certificate as JSON data."""
        return {"rule": self.rule, "args": {key: _encode(value) for key, value in self.args.items()}}

    @staticmethod
    def from_json(data: Any, symbols: Mapping[str, sp.Symbol], functions: Mapping[str, type]) -> Certificate:
        """Rebuild a certificate from JSON data; symbols and functions are looked up, never evaluated.

        Raises
        ------
        CertificateError
            When the data have another shape than `to_json` gives.
        """
        if not isinstance(data, dict) or set(data) != {"rule", "args"} or not isinstance(data["args"], dict):
            raise _malformed("rule with its arguments", data)
        reader = _Reader(symbols, functions)
        return Certificate(data["rule"], {key: reader.decode(value) for key, value in data["args"].items()})


def _plain(value: Any) -> Any:
    """Return an argument with names as plain text: a step of a derivation goes into a certificate by its name."""
    if isinstance(value, str):
        return str(value)
    return tuple(map(_plain, value)) if type(value) is tuple else value


def prop_to_json(prop: Prop) -> list[Any]:
    """Return a statement as nested lists."""
    if isinstance(prop, Rel):
        return ["rel", prop.op, term_data.to_json(prop.lhs), term_data.to_json(prop.rhs)]
    if isinstance(prop, And | Or):
        return [type(prop).__name__.lower(), *map(prop_to_json, prop.parts)]
    if isinstance(prop, Implies):
        return ["implies", prop_to_json(prop.premise), prop_to_json(prop.conclusion)]
    if isinstance(prop, Iff):
        return ["iff", prop_to_json(prop.left), prop_to_json(prop.right)]
    if isinstance(prop, ForAll):
        return ["forall", term_data.to_json(prop.variable), prop_to_json(prop.body)]
    if isinstance(prop, UniqueRoot):
        return ["unique_root", term_data.to_json(prop.function), term_data.to_json(prop.variable)]
    if isinstance(prop, Dense):
        return ["dense"]
    parts = (prop.function, prop.variable, prop.point, prop.lower, prop.upper)
    return ["maximiser", *map(term_data.to_json, parts)]


def prop_from_json(data: Any, symbols: Mapping[str, sp.Symbol], functions: Mapping[str, type]) -> Prop:
    """Rebuild a statement from nested lists."""
    return _Reader(symbols, functions).prop(data)


def _encode(value: Any) -> Any:
    if isinstance(value, Certificate):
        return {"certificate": value.to_json()}
    if isinstance(value, PiecewiseUniform):
        return {"distribution": [_encode(value.breaks), _encode(value.heights), _encode(value.shape)]}
    if isinstance(value, sp.Basic):
        return {"term": term_data.to_json(value)}
    if isinstance(value, _PROPOSITIONS):
        return {"statement": prop_to_json(value)}
    if isinstance(value, tuple | list):
        return [_encode(item) for item in value]
    if isinstance(value, Mapping):
        return {"table": [[_encode(key), _encode(item)] for key, item in value.items()]}
    if isinstance(value, str | int | bool) or value is None:
        return value
    raise TypeError(f"a certificate cannot hold a {type(value).__name__}")


class _Reader:
    def __init__(self, symbols: Mapping[str, sp.Symbol], functions: Mapping[str, type]) -> None:
        self.symbols = symbols
        self.functions = functions

    def term(self, data: Any) -> sp.Expr:
        return term_data.from_json(data, self.symbols, self.functions)

    def prop(self, data: Any) -> Prop:
        if not isinstance(data, list) or not data:
            raise _malformed("statement", data)
        head, *rest = data
        if head == "rel" and len(rest) == 3:
            return Rel(rest[0], self.term(rest[1]), self.term(rest[2]))
        if head in ("and", "or"):
            return (And if head == "and" else Or)(tuple(map(self.prop, rest)))
        if head in ("implies", "iff") and len(rest) == 2:
            return (Implies if head == "implies" else Iff)(self.prop(rest[0]), self.prop(rest[1]))
        if head == "forall" and len(rest) == 2:
            return ForAll(self.term(rest[0]), self.prop(rest[1]))
        if head == "unique_root" and len(rest) == 2:
            return UniqueRoot(self.term(rest[0]), self.term(rest[1]))
        if head == "maximiser" and len(rest) == 5:
            return Maximiser(*map(self.term, rest))
        raise _malformed("statement", data)

    def decode(self, value: Any) -> Any:
        if isinstance(value, list):
            return tuple(self.decode(item) for item in value)
        if not isinstance(value, dict):
            return value
        if len(value) != 1:
            raise _malformed("value", value)
        ((tag, inner),) = value.items()
        if tag == "certificate":
            return Certificate.from_json(inner, self.symbols, self.functions)
        if tag == "term":
            return self.term(inner)
        if tag == "statement":
            return self.prop(inner)
        if tag == "distribution":
            return PiecewiseUniform(*map(self.decode, inner))
        if tag == "table":
            return {self.decode(key): self.decode(item) for key, item in inner}
        raise _malformed("value", value)


def _malformed(kind: str, data: Any) -> CertificateError:
    return CertificateError(
        "reading",
        f"a {kind} does not have the form that to_json writes",
        where=str(data)[:80],
        fix="export the certificate again with Certificate.to_json",
    )
