"""The models that come with symhet: their claims are understood, and judged as they should be."""

from pathlib import Path

import pytest

from symhet.model import read_model
from symhet.model.world import understood

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(EXAMPLES.glob("**/*.toml"))
T, F, M, C = "true", "false", "mixed", "contradictory"
# What each claim of the gallery is, in the order of its file.
GALLERY = {
    "cobb_douglas": (T, T, T, T, F, M),
    "contradictory": (C, C),
    "cournot_pass_through": (T, T, T, T, F),
    "dixit_stiglitz": (T, T, T, T, T, F),
    "gravity": (T, T, T, T, M),
    "is_lm": (T, T, T, T, M, T),
    "jensen": (T, M, T, T, T),
    "krugman": (T, T, T, T, M),
    "laffer": (T, T, M, T, T),
    "le_chatelier": (T, T, T, T, F),
    "average_profit": (T, T, T, M),
    "monopoly_pass_through": (T, T, F, T, M),
    "optimal_tariff": (T, T, F),
    "pareto_shares": (T, T, T, M),
    "ricardo": (T, T, M, T),
    "rybczynski": (T, T, T, F),
    "slutsky": (T, T, T, F, T),
    "solow_ces": (T, T, M, T, T, T),
    "stolper_samuelson": (T, T, T, F),
    "tax_incidence": (T, T, T, M, T),
    "antras_helpman": (T, T, T, T, T, T, T, T, T, T, F, M),
    "arkolakis_costinot_rodriguez_clare": (T, T, T, T, T, T, T, T, M, F),
    "bustos": (T, T, T, T, T, T, T, T, T, F, F, T, T, M),
    "eaton_kortum": (T, T, T, T, T, T, T, T, T, T, T, F, M, T),
    "helpman_melitz_yeaple": (T, T, T, T, T, T, T, T, T, T, M, T, F, T, F),
    "hopenhayn": (T, T, T, T, T, T, T, F),
    "krugman_1980": (T, T, T, T, T, T, T, T, T, T, T, T, F, F, M, T),
    "reciprocal_dumping": (T, T, T, T, T, T, T, T, M, T, T, F),
    "specific_factors": (T, T, T, T, T, T, T, T, T, M, F),
    "dornbusch_fischer_samuelson": (T, T, T, T, T, T, T, T, T, M, F),
    "search_and_matching": (T, T, T, T, T, T, T, T, T, T, T, T, M, F),
    "nesting_autarky": (T, T, T, T, T, T, T, M),
    "nesting_kleinert_zorell": (T, T, T, T, T, T, T, T, T, T, F),
    "home_market": (T, T, T, T, T, T, T, T, M, F, T, T, M, T),
    "melitz_ottaviano_trade": (T, T, T, T, T, T, T, T, T, M, F, T, T),
    "felbermayr_jung": (T, T, T, T, T, T, T, T, T, T, T, T, M, F),
    "grossman_helpman": (T, T, T, T, T, T, T, T, T, M, F, T),
    "tariff_any_curves": (T, T, T, T, T, T, M, T, T, F, T),
    "melitz_ottaviano": (T, T, T, T, T, T, T, T, T, T, M, T, M, T, F, T, T),
}
# How many claims the models of the field have at least, and which of them do not hold throughout.
LEAST = {"melitz": 28, "melitz_closed": 22, "melitz_pareto": 17, "chaney": 25, "chaney_symmetric": 14}
NOT_TRUE = {
    "melitz": {"M15", "M18.mass", "M20.mass", "M25"},
    "melitz_closed": set(),
    "melitz_pareto": set(),
    "chaney": {"C06.full", "C12"},
    "chaney_symmetric": {"C11.slip", "pass"},
}
# What is not found, by file: a claim that is lost is one too many here, a claim that is won one too few.
OPEN = {
    "melitz": set(),
    "melitz_closed": {"M07"},
    "melitz_pareto": {"M26.pareto-variety"},
    "chaney": set(),
    "chaney_symmetric": set(),
    "home_market": {"always_in"},
    "tariff_any_curves": {"small"},
}
# Less than what is true may be found, never anything else.
FOUND = {T: {T}, F: {F, "not-true"}, M: {M, "not-true"}, C: {C}}


def test_every_example_has_a_page_of_its_own():
    assert len({path.stem for path in FILES}) == len(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_is_understood_and_short(path):
    assert len(path.read_text().splitlines()) <= 80
    model = read_model(path)
    world = understood(model)
    for claim in model.claims.values():
        world.said(claim)
    assert read_model(path).title


def test_the_gallery_has_every_file_and_every_truth():
    assert set(GALLERY) == {path.stem for path in FILES if path.parent.name == "claims"}
    assert {truth for truths in GALLERY.values() for truth in truths} == {T, F, M, C}


@pytest.mark.slow
@pytest.mark.parametrize("name", GALLERY)
def test_the_gallery_is_judged_rightly(name, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path))
    report = read_model(EXAMPLES / "claims" / f"{name}.toml").check()
    assert len(report.claims) == len(GALLERY[name])
    assert {claim.claim.name for claim in report.claims if claim.verdict == "open"} == OPEN.get(name, set())
    for claim, truth in zip(report.claims, GALLERY[name], strict=True):
        assert claim.verdict == "open" or claim.truth in FOUND[truth], claim.claim.name


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), sorted(LEAST.items()))
def test_the_models_of_the_field_are_judged(name, least, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path))
    report = read_model(EXAMPLES / f"{name}.toml").check()
    assert report.consistent
    assert len(report.claims) >= least
    refuted = {claim.claim.name for claim in report.claims if claim.verdict in ("refuted", "proved-with")}
    assert refuted <= NOT_TRUE[name]
    assert {claim.claim.name for claim in report.claims if claim.verdict == "open"} == OPEN[name]
