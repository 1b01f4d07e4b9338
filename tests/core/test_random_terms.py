"""Attack on the normal form: what it says of random terms holds at points on and off their poles.

Every claim of `signs` is about the points at which all terms given to it have values. Random terms and terms made from
them in steps, some of which lose poles, signs or are plain wrong, are asked about together; wherever the form answers,
an evaluator that shares nothing with the core looks at points of few values, at which differences vanish often.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from random import Random

import pytest
from flint import fmpq

from symhet.core.normal.conversion import signs
from symhet.language.definedness import Kind, conditions_of
from symhet.language.refusals import Refusal
from symhet.language.terms import Term, difference
from tests.core.balls import Evaluator, UnclearError, differ, sign
from tests.core.random_terms import random_group, random_point, random_product, random_term, step

SEED = int(os.environ.get("SYMHET_SEED", "20240608"))


@dataclass
class Count:
    """What was done, and the claims that were false."""

    asked: int = 0
    refused: int = 0
    equalities: int = 0
    signs: int = 0
    evaluated: int = 0
    poles: int = 0
    unclear: int = 0
    false: int = 0

    def __str__(self) -> str:
        return (
            f"seed {SEED}: {self.asked} groups of terms, {self.refused} refused, {self.equalities} equalities and "
            f"{self.signs} signs claimed, {self.evaluated} points evaluated, {self.poles} points on poles, "
            f"{self.unclear} unclear, {self.false} false"
        )


def attack(count: Count, rng: Random, points: int) -> None:
    """Ask about a group of random terms, and look at every answer."""
    if rng.random() < 0.5:
        left, right, beside = rng.choice((random_group, random_product))(rng)
    else:
        left = right = random_term(rng, rng.choice((2, 3, 3, 4)))
        for _ in range(rng.choice((1, 1, 2, 3))):
            right = step(rng, right)
        beside = tuple(random_term(rng, 2) for _ in range(rng.choice((0, 0, 1))))
    asked = (difference(left, right), left, right, *beside)
    if left.depth > 60 or right.depth > 60:
        return
    count.asked += 1
    try:
        found = signs(asked)
    except Refusal as refusal:
        count.refused += 1
        if "never exist" in refusal.why or "division by zero" in refusal.why:
            never_exist(count, asked, rng)
        return
    claims = [(term, told) for term, told in zip(asked, found, strict=True) if told is not None]
    count.equalities += sum(told == 0 for _, told in claims)
    count.signs += sum(told != 0 for _, told in claims)
    if claims:
        for _ in range(points):
            look(count, asked, claims, Evaluator(random_point(rng)))


def never_exist(count: Count, asked: tuple[Term, ...], rng: Random) -> None:
    """Check that terms that were refused have no values together at some points."""
    for _ in range(5):
        at = Evaluator(random_point(rng))
        try:
            if all(at.exists(term) for term in asked):
                count.false += 1
                print("REFUSED", asked)
        except UnclearError:
            count.unclear += 1


def look(count: Count, asked: tuple[Term, ...], claims: list[tuple[Term, int]], at: Evaluator) -> None:
    """Check claims at a point, and that terms have values there exactly when their conditions hold."""
    try:
        exist = all(at.exists(term) for term in asked)
        assert exist == all(
            at.exists(c.term) and sign(at(c.term)) > 0
            if c.kind is Kind.POSITIVE
            else at.exists(c.term) and sign(at(c.term))
            for c in conditions_of(asked)
            if c.kind in (Kind.POSITIVE, Kind.NONZERO)
        )
    except UnclearError:
        count.unclear += 1
        return
    if not exist:
        count.poles += 1
        return
    count.evaluated += 1
    for term, told in claims:
        value = at(term)
        try:
            bad = sign(value) != told if told else differ(value, fmpq(0))
        except UnclearError:
            continue
        if bad:
            count.false += 1
            print("FALSE", term, told, "of", asked)


def test_what_the_normal_form_says_holds_at_points() -> None:
    count, rng = Count(), Random(SEED)
    while count.evaluated < 6_000:
        attack(count, rng, 30)
    print(count)
    assert count.false == 0
    assert count.poles > 300


@pytest.mark.slow
def test_a_million_points() -> None:
    count, rng = Count(), Random(SEED + 1)
    while count.evaluated < 1_000_000:
        attack(count, rng, 80)
    print(count)
    assert count.false == 0
