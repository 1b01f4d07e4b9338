"""A model written out: as a file, or as the Python that makes it."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterator

from symhet.model.declared import Claim, Quantity
from symhet.model.letters import spelled
from symhet.model.model import Model

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(model: Model) -> str:
    """Return a model as the text of a model file.

    Examples
    --------
    >>> model = Model("Demo")
    >>> x = model.parameter("x", above=1)
    >>> model.claim("c", "x > 0")
    >>> print(as_toml(model))
    title = "Demo"
    key = "demo"
    <BLANKLINE>
    [parameters]
    x = { above = "1" }
    <BLANKLINE>
    [claims]
    c = "x > 0"
    <BLANKLINE>
    """
    top = {"title": model.title, "key": model.key, "source": model.source}
    blocks = [[f"{name} = {_text(value)}" for name, value in top.items() if value]]
    if model.loose:
        blocks.append(["[model]", "loose = true"])
    for section, lines in _sections(model):
        if lines:
            blocks.append([f"[{section}]", *lines])
    blocks += [["[[notes]]", f"text = {_text(note)}"] for note in model.notes]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _sections(model: Model) -> Iterator[tuple[str, list[str]]]:
    for section, endogenous in (("parameters", False), ("variables", True)):
        quantities = [q for q in model.quantities.values() if q.endogenous is endogenous]
        yield section, [f"{q.name} = {_table(_quantity(q))}" for q in quantities]
    yield "distribution", [] if model.family is None else [f"{model.family.name} = {_table(_family(model))}"]
    yield "functions", [f"{name} = {_table(_function(model, name))}" for name in model.functions]
    yield "assumptions", [f"{_key(name)} = {_text(a.says.text)}" for name, a in model.assumptions.items()]
    yield "conditions", [f"{_key(name)} = {_text(c.says.text)}" for name, c in model.conditions.items()]
    yield "definitions", [f"{name} = {_table(_definition(model, name))}" for name in model.definitions]
    yield "claims", [f"{_key(name)} = {_claim(claim)}" for name, claim in model.claims.items()]


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    """Return a TOML string; JSON's escapes are among TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if type(value) is bool:
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_text(item) for item in value)}]"
    return _text(value) if isinstance(value, str) else repr(value)


def _table(entry: dict[str, object]) -> str:
    return f"{{ {', '.join(f'{key} = {_value(value)}' for key, value in entry.items())} }}" if entry else "{}"


def _quantity(quantity: Quantity) -> dict[str, object]:
    entry: dict[str, object] = {"latex": quantity.latex} if quantity.latex != spelled(quantity.name) else {}
    entry |= {field: value for field in ("meaning", "unit") if (value := getattr(quantity, field))}
    if not quantity.positive:
        entry["real"] = True
    entry |= {kind: bound.text for kind, bound in quantity.bounds}
    return entry if quantity.default is None else entry | {"default": quantity.default}


def _family(model: Model) -> dict[str, object]:
    assert model.family is not None
    family = model.family
    entry: dict[str, object] = {"family": family.family} if family.family else {}
    entry |= {name: source.text for name, source in family.arguments.items()}
    if family.order is not None:
        entry["order"] = family.order.text
    return entry if family.latex == family.name else entry | {"latex": family.latex}


def _function(model: Model, name: str) -> dict[str, object]:
    function = model.functions[name]
    entry: dict[str, object] = {"of": function.arguments}
    entry |= {
        field: value
        for field in ("rises", "falls", "positive", "meaning", "form")
        if (value := getattr(function, field))
    }
    return entry if function.latex == spelled(name) else entry | {"latex": function.latex}


def _definition(model: Model, name: str) -> dict[str, object]:
    definition = model.definitions[name]
    entry: dict[str, object] = {"is": definition.term.text}
    if definition.latex != spelled(name):
        entry["latex"] = definition.latex
    return entry | {field: value for field in ("meaning", "unit") if (value := getattr(definition, field))}


def _claim_options(claim: Claim) -> dict[str, object]:
    fields = ("source", "printed", "title", "kind")
    entry: dict[str, object] = {field: value for field in fields if (value := getattr(claim, field))}
    return entry | ({"hints": tuple(hint.text for hint in claim.hints)} if claim.hints else {})


def _claim(claim: Claim) -> str:
    options = _claim_options(claim)
    return _table({"says": claim.says.text} | options) if options else _text(claim.says.text)


def as_python(model: Model) -> str:
    """Return the Python calls that make a model.

    Examples
    --------
    >>> model = Model("Demo")
    >>> x = model.parameter("x", above=1)
    >>> print(as_python(model))
    from symhet.model import Model
    <BLANKLINE>
    model = Model('Demo', key='demo')
    x = model.parameter('x', above='1')
    <BLANKLINE>
    """
    options = {"key": model.key, "source": model.source, "loose": model.loose}
    lines = [f"model = Model({_call(model.title, {k: v for k, v in options.items() if v})})"]
    for q in model.quantities.values():
        noun = "variable" if q.endogenous else "parameter"
        lines.append(f"{_identifier(q.name)} = model.{noun}({_call(q.name, _quantity(q))})")
    if model.family is not None:
        lines.append(f"model.distribution({_call(model.family.name, _family(model))})")
    functions = {name: _function(model, name) for name in model.functions}
    lines += [f"{_identifier(name)} = model.function({_call(name, entry)})" for name, entry in functions.items()]
    for name in model.definitions:
        entry = _definition(model, name)
        term = entry.pop("is")
        lines.append(f"{_identifier(name)} = model.define({_call(name, entry, term)})")
    lines += [f"model.assume({name!r}, {a.says.text!r})" for name, a in model.assumptions.items()]
    lines += [f"model.condition({name!r}, {c.says.text!r})" for name, c in model.conditions.items()]
    for name, claim in model.claims.items():
        lines.append(f"model.claim({_call(name, _claim_options(claim), claim.says.text)})")
    lines += [f"model.note({note!r})" for note in model.notes]
    return "from symhet.model import Model\n\n" + "\n".join(lines) + "\n"


def _identifier(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) or name in ("model", "Model") else name


def _call(name: str, options: dict[str, object], *positional: object) -> str:
    return ", ".join([repr(name), *map(repr, positional), *(f"{key}={value!r}" for key, value in options.items())])
