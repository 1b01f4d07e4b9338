"""The list of claims in the report: what each says, why, and what it is found by; counterexamples with both sides."""

import re
from dataclasses import replace
from functools import cache

from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for
from symhet.render.reading import tell
from symhet.render.report import paper
from symhet.render.report.overview import overview, plain_letters
from symhet.render.witnesses import sides, told_sides
from tests.judged import judged

NAMES = ("kz.eq12", "kz.A.2-width", "kz.eqC2", "kz.demand", "kz.share")


@cache
def told():
    return [tell(judged(name)) for name in NAMES]


@cache
def shown():
    return overview([paper("kz", "A paper", told())])


def row(identifier):
    folded = re.escape(identifier.replace(".", ".<wbr>"))
    return re.search(rf"<tr [^>]*>(?:(?!</tr>).)*>{folded}</a>.*?</tr>", shown(), re.DOTALL)[0]


def test_formulas_stand_in_the_list():
    assert "<math>" in row("kz.eq12")
    assert 'class="says scroll"' in row("kz.eq12")
    assert "the share of intermediates in trade stays the same" in row("kz.share.stable")


def test_search_finds_names_letters_and_words():
    text = re.search(r'data-text="([^"]*)"', row("kz.eq12"))[1]
    assert all(word in text for word in ("phi_off", "φ_off", "σ", "offshoring cutoff", "proved", "kz.eq12"))
    assert plain_letters("φ̂_off") in text


def test_parents_say_why():
    why = re.search(r'class="why">(.*?)</td>', row("kz.eqC2"))[1]
    assert all(f"{part} is refuted" in why for part in ("kz.eqC2.printed", "kz.eqC2.exponent"))
    assert not re.search(r'class="why"></td>', shown())


def test_counterexamples_have_the_values_of_both_sides():
    refuted = [entry for claim in told() for entry in claim.walk() if entry.failing]
    assert refuted
    for entry in refuted:
        found = [each for example in entry.failing for each in sides(example)]
        assert found, entry.id
        for relation, left, right in found:
            values = [float(text.rpartition("=")[2].partition("/")[0]) for text in (left, right)]
            assert relation.op != "=" or left != right or values[0] != values[1]
    printed = next(entry for claim in told() for entry in claim.walk() if entry.id == "kz.eqC2.printed")
    [sentence] = told_sides(printed.failing[0], LatexWriter(notation_for("kz")))
    assert "$53763/3500=15.3609$" in sentence
    assert list(told_sides(replace(printed.failing[0], point=()), LatexWriter(notation_for("kz")))) == []
