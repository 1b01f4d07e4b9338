"""The normal form of the search says no less than the one on SymPy's expressions, which it replaces.

Where the two differ it knows more: it may use that all terms exist, and it refuses less.
"""

from __future__ import annotations

from random import Random

import pytest
import sympy as sp

from symhet.algebra.normal import Normalizer
from symhet.algebra.tails import Survival, TailMoment
from symhet.errors import SymhetError
from symhet.keeping import KEEPER
from symhet.language.refusals import Refusal
from symhet.language.sympy_door import from_sympy
from symhet.papers import ledger
from symhet.search.normal import forms
from tests.algebra.test_normal_form import MODEL_IDENTITIES, TRICKY_IDENTITIES

x, y, s, t = sp.symbols("x y s t", positive=True)
r = sp.Symbol("r", real=True)


def told_by_sympy(exprs: tuple[sp.Expr, ...]) -> list[tuple[bool, bool]] | None:
    try:
        normalizer = Normalizer(exprs)
        found = [normalizer.fraction(expr) for expr in exprs]
        return [(form.is_zero, form.positive_form()) for form in found]
    except SymhetError:
        return None


def told_by_terms(exprs: tuple[sp.Expr, ...]) -> list[tuple[bool, bool]] | None:
    """Return what it says of terms; None of terms that it finds never to exist together."""
    try:
        return [(form.is_zero, form.positive()) for form in forms(tuple(map(from_sympy, exprs)))]
    except Refusal as refusal:
        if "never exist" in refusal.why:
            return None
        raise


def agree(exprs: tuple[sp.Expr, ...]) -> bool:
    """Tell whether the same terms are zero, and what was positive still is."""
    before = told_by_sympy(exprs)
    after = None if before is None else told_by_terms(exprs)
    return (
        before is None
        or after is None
        or all(
            zero == still_zero and (not positive or still_positive)
            for (zero, positive), (still_zero, still_positive) in zip(before, after, strict=True)
        )
    )


@pytest.mark.parametrize(("left", "right"), MODEL_IDENTITIES + TRICKY_IDENTITIES)
def test_identities(left: sp.Expr, right: sp.Expr) -> None:
    assert agree((sp.Add(left, -right, evaluate=False), left, right))


def _random(rng: Random, depth: int) -> sp.Expr:
    if depth == 0:
        return rng.choice((x, y, s, t, r, *map(sp.Integer, (1, 2, -1)), sp.Rational(1, 2)))
    one, other = _random(rng, depth - 1), _random(rng, depth - 1)
    exponent = rng.choice((s, t, s - 1, 1 / (s - 1), sp.Rational(1, 2), -1, 2, -2))
    sums = (one + other, one - other, one * other, one / (other or 1))
    powers = (one**exponent, one**exponent, other**exponent)
    return rng.choice((*sums, *powers, Survival(one), TailMoment(other, exponent), sp.log(one) if one else one))


def test_random_terms() -> None:
    rng, compared = Random(7), 0
    for _ in range(600):
        left = _random(rng, 3)
        right = rng.choice((sp.expand, sp.together, sp.factor_terms, lambda e: e + x - 1))(left)
        if left.has(sp.I, sp.zoo, sp.nan, sp.Abs, sp.sign) or right.has(sp.I, sp.zoo, sp.nan, sp.Abs, sp.sign):
            continue
        exprs = (sp.Add(left, -right, evaluate=False), left, right)
        assert agree(exprs), exprs
        compared += told_by_sympy(exprs) is not None
    assert compared > 300


@pytest.mark.slow
@pytest.mark.parametrize("key", ["kz", "bo"])
def test_every_problem_of_a_ledger(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from symhet.claims import judge

    asked: dict[tuple[sp.Expr, ...], None] = {}
    begin = Normalizer.__init__

    def watch(self: Normalizer, exprs: tuple[sp.Expr, ...]) -> None:
        asked[tuple(exprs)] = None
        begin(self, exprs)

    with monkeypatch.context() as patched, KEEPER.searching():
        patched.setattr(Normalizer, "__init__", watch)
        for claim in ledger(key).claims:
            judge(claim)
    assert len(asked) > 500
    assert [exprs for exprs in asked if not agree(exprs)] == []
