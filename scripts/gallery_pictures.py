"""Pictures of the gallery: where a claim changes its sign, and how what a claim differentiates moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert

import symhet
from symhet import catalogue
from symhet.claims import Judgement
from symhet.errors import SymhetError
from symhet.model.report import ClaimReport, Economy, Report
from symhet.numerics.models import find_model
from symhet.render import plots
from symhet.render.notation import notation_for
from symhet.render.plots import sign_change, style
from symhet.render.plots.responses import POINTS, response
from symhet.render.reading import tell
from symhet.workbench import key_of
from symhet.workbench.claims import finding_of
from symhet.workbench.opening import with_forms

MOST = 3
"""Pictures of derivatives on one page."""
AROUND = (0.6, 1.6)
_SLOPE = re.compile(r"\s*(d|dln)\(\(?(\w+)\)?\)/\1\((\w+)\)\s*(?:[<>]=?|!?=)[^<>=]*")


def sign_picture(model: Any, claim: ClaimReport, path: Path) -> str:
    """Draw where the gap of a claim changes its sign near its counterexample and return the caption, if it does."""
    key = key_of(model)
    judged = Judgement(catalogue.find_claim(f"{key}.{claim.claim.name}"), finding_of(model, claim), 0.0)
    try:
        found, start = sign_change.find_path(tell(judged))
    except SymhetError:
        return ""
    if not found.changes:
        return ""
    notation = notation_for(key)
    with style.look():
        plots.write(sign_change.picture(found, notation, start.claimed), path)
    return in_words(sign_change.describe(found, notation, start.claimed))


def in_words(caption: str) -> str:
    """Return a caption with its formulas as MathML."""
    return re.sub(r"\$(.+?)\$", lambda formula: convert(formula[1]), caption)


def slopes(report: Report) -> Iterator[tuple[ClaimReport, str, str]]:
    """Yield the claims on the derivative of a variable or definition by a parameter, as far as they are proved."""
    seen = set()
    model = report.model
    for claim in report.claims:
        found = _SLOPE.fullmatch(claim.claim.says.text)
        if found is None or claim.verdict != "proved" or found[3] not in model.quantities or found.groups()[1:] in seen:
            continue
        if found[2] in model.definitions or model.quantities.get(found[2]) is not None:
            seen.add(found.groups()[1:])
            yield claim, found[2], found[3]


def slope_picture(report: Report, of: str, over: str, path: Path) -> bool:
    """Draw how something moves with a parameter, around the file's defaults or the economy that was found."""
    model, economy = report.model, report.economy
    given = numbers_of(economy, model)
    middle = model.quantities[over].default or given.get(over)
    if middle is None:
        return False
    low, high = (float(middle) * end for end in AROUND)
    formed = with_forms(model, forms_of(economy, model))
    others = {name: value for name, value in given.items() if name != over and model.quantities[name].default is None}
    values = [low + (high - low) * step / (POINTS - 1) for step in range(POINTS)]
    try:
        plots.write(response(find_model(key_of(formed)), over, values, [of], **others), path)
    except SymhetError:
        return False
    return True


def numbers_of(economy: Economy | None, model: symhet.Model) -> dict[str, float]:
    """Return the parameters of an economy as numbers."""
    values = {} if economy is None else economy.values
    return {
        name: _number(value)
        for name, value in values.items()
        if name in model.quantities and not model.quantities[name].endogenous
    }


def _number(text: str) -> float:
    above, _, below = text.strip("()").partition("/")
    return float(above) / float(below or 1)


def forms_of(economy: Economy | None, model: symhet.Model) -> dict[str, str]:
    """Return the functions of an economy in the arguments that the model gives them, where the file has no form."""
    found = {}
    for said, term in ({} if economy is None else economy.functions).items():
        name, _, letters = said.rstrip(")").partition("(")
        for letter, argument in zip(letters.split(", "), model.functions[name].arguments, strict=True):
            term = re.sub(rf"\b{letter}\b", argument, term)
        found[name] = term
    return {name: form for name, form in found.items() if not model.functions[name].form}
