"""A small ledger with a claim of every verdict, put in the place of the real ones."""

import pytest
import sympy as sp
from click.testing import CliRunner

from symhet import papers
from symhet.claims import Claim, Ledger, Witness, given, opened, proved, proved_with, refuted
from symhet.derivation import Derivation
from symhet.propositions import eq, gt, lt
from symhet.provers.tactics import auto, identity, sign
from symhet.rules.base import Context

a, b = sp.symbols("a b", positive=True)


def hold():
    d = Derivation(Context({"a>1": gt(a, 1)}))
    d.step("square", eq((1 + a) ** 2, 1 + 2 * a + a**2), identity(), "Multiply out:", "(11)", kind="substitute")
    return proved(d, gt(a**2 + 2 * a, 0), sign(), "Every term is positive:")


def fail():
    truth = Derivation(Context())
    corrected = proved(truth, gt(a + b, a), auto(), "The sum exceeds each of its terms.")
    witness = Witness({a: sp.Rational(1, 2), b: sp.Integer(1)})
    return refuted(Derivation(Context()), lt(a + b, a), witness, "The sign is wrong.", corrected=corrected)


def fail_without():
    condition = gt(a, b)
    holding = proved(Derivation(Context({"a>b": condition})), gt(a, b), auto(), "It is assumed.")
    witness = Witness({a: sp.Integer(1), b: sp.Integer(2)})
    return proved_with(holding, (("a>b", condition),), Derivation(Context()), witness, "It needs a above b.")


def crash():
    raise RuntimeError("the argument fell over")


def claim(name, kind, argue=None, printed="a > 0", **more):
    source = more.pop("source", "A paper, section 1, eq. (11)")
    return Claim(f"kz.{name}", kind, source, printed, argue, title=f"about {name}", **more)


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
