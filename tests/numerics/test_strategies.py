"""Strategies draw admissible economies only, and shrink towards round numbers."""

import numpy as np
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import symhet
from symhet.errors import UnknownModel, UnknownParameter


@given(st.data())
def test_economies_of_kleinert_and_zorell_are_in_the_papers_regime(data):
    values = data.draw(symhet.strategies.parameters("kz"))
    law = data.draw(symhet.strategies.distributions(moment=values["sigma"] - 1))
    economy = symhet.solve("kz", distribution=law, **values)
    assert str(economy.regime) == "paper"
    assert economy.phi_min < economy.phi_off < economy.phi_ex or np.isinf(float(economy.phi_ex))


@pytest.mark.parametrize("regime", [None, "autarky", "no-relocation", "short-run", "long-run"])
@given(data=st.data())
def test_economies_of_baldwin_and_okubo_are_admissible(regime, data):
    values = data.draw(symhet.strategies.parameters("bo", regime=regime))
    economy = symhet.solve("bo", regime=regime, **values)
    assert economy.n > 0
    if regime == "no-relocation":
        assert economy.n_star > 0


def test_examples_shrink_to_round_numbers():
    values = find(symhet.strategies.parameters("kz"), lambda p: True)
    assert (values["sigma"], values["alpha"], values["n"], values["L"]) == (2.0, 0.5, 1.0, 1.0)
    large = find(symhet.strategies.parameters("kz"), lambda p: p["L"] > 2.3, settings=settings(database=None))
    assert large["L"] == 3.0


@given(symhet.strategies.distributions(moment=2.5))
def test_moments_exist_as_asked(law):
    assert law.moment_exists(2.5).all()


def test_unknown_models_and_regimes_are_refused():
    with pytest.raises(UnknownModel):
        symhet.strategies.parameters("kzz")
    with pytest.raises(UnknownParameter):
        symhet.strategies.parameters("bo", regime="autarchy")
