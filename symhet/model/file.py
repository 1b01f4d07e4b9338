"""Model files: each section handed to the noun of `Model` that it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from symhet.language.mistakes import Source
from symhet.model.mistakes import UnknownKey, WrongValue
from symhet.model.model import Model
from symhet.model.toml import Document, parse_document

TOP = ("title", "key", "source")
SECTIONS = (
    "model",
    "parameters",
    "distribution",
    "functions",
    "variables",
    "assumptions",
    "conditions",
    "definitions",
    "claims",
    "notes",
)
MAX_HINTS = 50


def model_of(document: Document, kind: type[Model] = Model) -> Model:
    r"""Return the model that a document describes, with the errors of `symhet.read_model`.

    Examples
    --------
    >>> model = model_of(parse_document('title = "Demo"\n[parameters]\nx = {}\n[claims]\nc = "x > 0"'))
    >>> model.title, list(model.claims)
    ('Demo', ['c'])
    """
    data = document.data
    for section in data:
        if section not in TOP and section not in SECTIONS:
            raise UnknownKey(section, (*SECTIONS, *TOP), document.source(section), noun="section or key")
    top = {name: _text(document, name, data.get(name, "")) for name in TOP}
    loose = _table(document, "model").get("loose", False)
    if type(loose) is not bool or set(_table(document, "model")) - {"loose"}:
        raise WrongValue("[model] has loose = true or false", document.source("model", "loose"), 0)
    model = kind(top["title"] or document.name, top["key"], top["source"], loose, document.name)
    _declare(document, "parameters", model.parameter)
    _declare(document, "variables", model.variable)
    for name, entry in _table(document, "distribution").items():
        if type(entry) is not dict:
            fix = f'{name} = {{ order = "sigma - 1" }}, or {name} = {{ family = "pareto", shape = "k", scale = "b" }}'
            raise WrongValue(f"{name} is a table", document.source("distribution", name), 0, fix=fix)
        model.distribution(name, **_located(document, "distribution", name, dict(entry)))
    _functions(document, model)
    _definitions(document, model)
    for section, suppose in (("assumptions", model.assume), ("conditions", model.condition)):
        for name, says in _table(document, section).items():
            suppose(name, _says(document, section, name, says))
    _claims(document, model)
    for line in _list(document, "notes"):
        model.note(line if type(line) is str else _note(document, line))
    return model


def _text(document: Document, name: str, value: Any) -> str:
    if type(value) is not str:
        raise WrongValue(f"{name} is text", document.source("", name), 0)
    return value


def _table(document: Document, section: str) -> Mapping[str, Any]:
    found = document.data.get(section, {})
    if type(found) is not dict:
        raise WrongValue(f"{section} is a section: [{section}]", document.source(section), 0)
    return found


def _list(document: Document, section: str) -> list[Any]:
    found = document.data.get(section, [])
    return found if type(found) is list else [found]


def _note(document: Document, entry: Any) -> str:
    texts = [value for value in entry.values() if type(value) is str] if type(entry) is dict else []
    if not texts:
        raise WrongValue("a note is text", document.source("notes"), 0)
    return " ".join(texts)


def _entry(document: Document, section: str, name: str, entry: Any) -> dict[str, Any]:
    if type(entry) is not dict:
        fix = f'{name} = {{ meaning = "..." }}'
        raise WrongValue(f"{name} is a table", document.source(section, name), 0, fix=fix)
    return dict(entry)


_WRITTEN = frozenset(
    ("above", "below", "at_least", "at_most", "order", "shape", "scale", "upper", "low", "high", "mu", "sigma")
)


def _located(document: Document, section: str, name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry whose terms know where they stand; numbers are terms too."""
    options: dict[str, Any] = {"where": document.source(section, name)}
    for field, value in entry.items():
        if field in _WRITTEN:
            if type(value) not in (str, int, float) or (type(value) is float and not -1e100 < value < 1e100):
                raise WrongValue(f"{field} is a number, or a term as text", document.source(section, name), 0)
            written = value if type(value) is str else _decimal(value)
            options[field] = document.source(section, name, field, written)
        elif field == "where":
            raise UnknownKey(field, (), document.source(section, name))
        else:
            options[field] = value
    return options


def _decimal(value: float) -> str:
    """Return a number of a file as the decimal that it is written as."""
    return format(Decimal(repr(value)), "f")


def _declare(document: Document, section: str, declare: Callable[..., Any]) -> None:
    for name, entry in _table(document, section).items():
        declare(name, **_located(document, section, name, _entry(document, section, name, entry)))


def _functions(document: Document, model: Model) -> None:
    for name, entry in _table(document, "functions").items():
        options = _entry(document, "functions", name, entry)
        source = document.source("functions", name)
        if "of" not in options or "where" in options:
            raise WrongValue(f"{name} needs its arguments", source, 0, fix=f'{name} = {{ of = ["p"] }}')
        model.function(name, options.pop("of"), where=source, **options)


def _definitions(document: Document, model: Model) -> None:
    for name, entry in _table(document, "definitions").items():
        entry = {"is": entry} if type(entry) is str else _entry(document, "definitions", name, entry)
        if type(entry.get("is")) is not str:
            fix = f'{name} = {{ is = "..." }}'
            raise WrongValue(f"{name} needs a term", document.source("definitions", name), 0, fix=fix)
        term = entry.pop("is")
        model.define(name, document.source("definitions", name, "", term), **entry)


def _says(document: Document, section: str, name: str, says: Any) -> Source:
    if type(says) is not str:
        fix = f'{name} = "left = right"'
        raise WrongValue(f"{name} is a statement as text", document.source(section, name), 0, fix=fix)
    return document.source(section, name, "", says)


def _claims(document: Document, model: Model) -> None:
    for name, entry in _table(document, "claims").items():
        entry = {"says": entry} if type(entry) is str else _entry(document, "claims", name, entry)
        says = _says(document, "claims", name, entry.pop("says", None))
        hints = entry.pop("hints", [])
        if type(hints) is not list or len(hints) > MAX_HINTS or not all(type(hint) is str for hint in hints):
            source = document.source("claims", name)
            raise WrongValue("hints is a list of claims or statements as text", source, 0, fix='hints = ["claim"]')
        model.claim(name, says, hints=[document.source("claims", name, "hints", hint) for hint in hints], **entry)


__all__ = ["model_of", "parse_document"]
