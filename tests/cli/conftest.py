"""A small ledger with a claim of every verdict, put in the place of the real ones."""

from functools import partial

import pytest
from click.testing import CliRunner

from symhet import papers
from symhet.claims import Ledger, given, opened
from symhet.propositions import gt
from tests import small_claims
from tests.small_claims import a, b, fail, fail_without, hold

claim = partial(small_claims.claim, source="A paper, section 1, eq. (11)")


def crash():
    raise RuntimeError("the argument fell over")


def ledger_of(*claims):
    return Ledger("kz", "A paper", claims)


SOUND = ledger_of(
    claim("eq1", "primitive", given),
    claim("eq11", "derived", hold, r"a^2+2a > 0"),
    claim("eq12", "claim", fail, r"a+b < a"),
    claim("R.1", "result", fail_without, r"a > b"),
    claim("R.2", "result", parts=(claim("R.2.a", "result", hold), claim("R.2.b", "result", fail))),
    claim("R.3", "result", lambda: opened(gt(a, b), "Neither proof nor counterexample was found.", 100)),
    claim("D-min", "derived", hold, r"\frac{da}{db} > 0"),
)


BROKEN = ledger_of(claim("eq11", "derived", hold), claim("eq12", "claim", crash), claim("R.1", "result"))


@pytest.fixture
def sound():
    """Return the ledger in which every claim gets a verdict."""
    return SOUND


@pytest.fixture
def broken():
    """Return a ledger with a claim that fails inside and one without an argument."""
    return BROKEN


@pytest.fixture
def use_ledger(monkeypatch):
    """Return a function that puts a ledger in the place of the real one."""

    def use(ledger):
        monkeypatch.setattr(papers, "keys", lambda: ("kz",))
        monkeypatch.setattr(papers, "ledger", lambda key: ledger)

    return use


@pytest.fixture
def symhet(use_ledger):
    """Return a function that runs the command line on the small ledger."""
    from symhet.cli import main

    use_ledger(SOUND)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], prog_name="symhet")
