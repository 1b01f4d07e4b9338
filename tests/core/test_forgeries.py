"""Attack on the kernel with forged certificates: none for a goal that fails at a model of its context is accepted."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from symhet.core.kernel import prove
from symhet.language.refusals import Refusal
from tests.core.forgeries import Forger, case

SEED = 20260
COUNTS = [500, pytest.param(1500, marks=pytest.mark.slow)]


def attack(count: int, seed: int) -> Counter[str]:
    """Put forged certificates to the kernel and count what became of them."""
    rng = Random(seed)
    forger, told = Forger(rng), Counter[str]()
    while told["put"] < count:
        false = case(rng)
        for _ in range(5):
            try:
                certificate = forger.proof(false.context, false.goal, 3)
            except Refusal:
                told["not built"] += 1
                continue
            told["put"] += 1
            try:
                theorem = prove(false.context, false.goal, certificate)
            except Refusal as refusal:
                told[refusal.where] += 1
            else:
                pytest.fail(f"a false theorem: {theorem} from {false.context.hypotheses}, {theorem.certificate}")
    return told


@pytest.mark.parametrize("count", COUNTS)
def test_forged_certificates_are_refused(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    told = attack(count, SEED)
    assert len(told) > 12
    with capsys.disabled():
        print(f"\nforged certificates, seed {SEED}: {told['put']} put, 0 accepted, {len(told) - 2} kinds of refusal")


@pytest.mark.parametrize("count", COUNTS)
def test_the_same_forger_proves_what_is_true(count: int) -> None:
    """The attack has teeth: of goals that hold at the point it proves some, by many rules."""
    rng = Random(SEED)
    forger, proved = Forger(rng), Counter[str]()
    for _ in range(count):
        true = case(rng, wanted=True)
        try:
            theorem = prove(true.context, true.goal, forger.proof(true.context, true.goal, 3))
        except Refusal:
            continue
        proved[type(theorem.certificate).__name__] += 1
    assert proved.total() > count / 75
    assert len(proved) > count // 375


@pytest.mark.slow
def test_a_hundred_thousand_forged_certificates_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    told = attack(100_000, SEED + 1)
    with capsys.disabled():
        print(f"\nforged certificates, seed {SEED + 1}: {told['put']} put, 0 accepted; {told.most_common(20)}")
