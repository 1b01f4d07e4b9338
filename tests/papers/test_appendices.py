"""Every formula of the appendices is proved by the kernel from the claims that it rests on."""

import importlib

import pytest
import sympy as sp

from symhet.claims import Verdict
from symhet.cli.running import leaves
from symhet.errors import GaveUp
from symhet.exposition import Exposition, Name, equal, justify, shows
from symhet.propositions import And, Rel, eq, gt
from tests.judged import argued, find

ROOMS = {"kz": "kz", "bo": "bo"}
APPENDICES = {key: importlib.import_module(f"symhet.papers.{room}.appendix").APPENDIX for key, room in ROOMS.items()}
FORMULAS = [
    pytest.param(key, place, id=f"{key}-{place}", marks=pytest.mark.slow if place % 3 else ())
    for key, appendix in APPENDICES.items()
    for place in range(len(appendix.formulas))
]
TOLD = [(key, claim) for key, appendix in APPENDICES.items() for claim in appendix.told]


@pytest.mark.parametrize(("key", "place"), FORMULAS)
def test_a_formula_follows_from_its_claims(key, place):
    appendix = APPENDICES[key]
    formula = appendix.formulas[place]
    theorems = justify(formula, appendix, [argued(leaf.id) for claim in formula.rests for leaf in leaves(find(claim))])
    parts = formula.prop.parts if isinstance(formula.prop, And) else (formula.prop,)
    names = {name.symbol for name in appendix.names}
    only_names = all(isinstance(part, Rel) and part.lhs in names for part in parts)
    assert theorems or only_names
    assert all(theorem.polarity == "holds" for theorem in theorems)


@pytest.mark.parametrize(("key", "claim"), TOLD)
def test_what_sentences_tell_is_proved(key, claim):
    for leaf in leaves(find(claim)):
        assert argued(leaf.id).verdict in (Verdict.PROVED, Verdict.PROVED_WITH, Verdict.REFUTED)
        assert argued(leaf.id).theorems


def a_formula(prop, *names):
    return Exposition("Toy", "", (), names, (shows(prop),))


x, y = sp.symbols("x y", positive=True)


def test_what_does_not_follow_is_refused():
    wrong = a_formula(eq(y, x + 1), Name(y, "y", x))
    with pytest.raises(GaveUp, match="not proved from its claims"):
        justify(wrong.formulas[0], wrong, [])


def test_names_stand_for_their_terms():
    right = a_formula(equal((1 + x) ** 2, 1 + 2 * x + y), Name(y, "y", x**2))
    assert [theorem.goal for theorem in justify(right.formulas[0], right, [])] == [eq((1 + x) ** 2, 1 + 2 * x + x**2)]
    [positive] = justify(shows(gt(y, 0)), right, [])
    assert positive.goal == gt(x**2, 0)
