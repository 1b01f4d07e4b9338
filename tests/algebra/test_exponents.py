"""Exponent fields, lattices and signs do their linear algebra right."""

from __future__ import annotations

import itertools

import pytest
import sympy as sp
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from symhet.algebra.exponents import ExponentField, ExponentRecord, Lattice
from symhet.algebra.refusals import LatticeGrewError
from symhet.algebra.signs import Signs
from symhet.errors import NormalFormError

s, t = sp.symbols("s t", positive=True)
r = sp.Symbol("r", real=True)


def _field() -> ExponentField:
    return ExponentField([r, s, t])


def _vectors() -> st.SearchStrategy[list[dict[tuple[int, ...], fmpq]]]:
    entry = st.builds(fmpq, st.integers(-6, 6), st.integers(1, 6))
    vector = st.dictionaries(st.sampled_from([(2, 0), (1, 1), (1, 0), (0, 1), (0, 0)]), entry, max_size=4)
    return st.lists(vector.map(lambda v: {m: x for m, x in v.items() if x != 0}), min_size=1, max_size=4)


@given(_vectors(), st.lists(st.integers(-3, 3), min_size=4, max_size=4))
def test_lattice_holds_its_vectors_and_their_integer_combinations(
    vectors: list[dict[tuple[int, ...], fmpq]], weights: list[int]
) -> None:
    lattice = Lattice(vectors)
    combined: dict[tuple[int, ...], fmpq] = {}
    for weight, vector in zip(weights, vectors, strict=False):
        for monomial, entry in vector.items():
            combined[monomial] = combined.get(monomial, fmpq(0)) + weight * entry
    for vector in [*vectors, combined]:
        coordinates = lattice.coordinates(vector)
        assert coordinates is not None
        rebuilt: dict[tuple[int, ...], fmpq] = {}
        for weight, row in zip(coordinates, lattice.basis, strict=True):
            for monomial, entry in row.items():
                rebuilt[monomial] = rebuilt.get(monomial, fmpq(0)) + weight * entry
        assert {m: x for m, x in rebuilt.items() if x != 0} == {m: x for m, x in vector.items() if x != 0}


@given(_vectors())
def test_lattice_basis_is_independent_and_in_echelon_form(vectors: list[dict[tuple[int, ...], fmpq]]) -> None:
    pivots = [next(iter(row)) for row in Lattice(vectors).basis]
    assert pivots == sorted(set(pivots), reverse=True)
    for row in Lattice(vectors).basis:
        assert next(iter(row)) == max(row)
        assert row[max(row)] > 0


def test_lattice_does_not_hold_fractions_of_its_vectors() -> None:
    lattice = Lattice([{(1,): fmpq(2)}, {(1,): fmpq(3), (0,): fmpq(1)}])
    assert lattice.coordinates({(1,): fmpq(1)}) is None
    assert lattice.coordinates({(1,): fmpq(1), (0,): fmpq(1)}) is not None
    assert lattice.coordinates({(2,): fmpq(1)}) is None


@pytest.mark.parametrize(
    "expr",
    [s, s / (s - 1), 1 / (t * (s - 1)) - 2, (s**2 - 1) / (s - 1), sp.Rational(2, 3), sp.S.Zero, r * s - s * r, 1 / r],
)
def test_exponents_read_and_write(expr: sp.Expr) -> None:
    field = _field()
    assert sp.cancel(field.write(field.read(expr, lambda _: None)) - expr) == 0


def test_denominators_that_may_vanish_are_told() -> None:
    found: list[sp.Expr] = []
    _field().read(1 / (s - 1) + 1 / (s + 1) + r**-2 + (s * t) ** -1, found.append)
    assert set(found) == {s - 1, r}


@pytest.mark.parametrize("expr", [s**t, sp.log(s), sp.sqrt(s), sp.Float(1.5), sp.Symbol("u", real=True), sp.pi])
def test_other_exponents_are_refused(expr: sp.Expr) -> None:
    with pytest.raises(NormalFormError, match="exponent"):
        _field().read(expr, lambda _: None)


def test_division_by_zero_in_an_exponent_is_refused() -> None:
    with pytest.raises(NormalFormError, match="zero"):
        _field().read(1 / ((s + 1) ** 2 - s**2 - 2 * s - 1), lambda _: None)


@given(st.lists(st.sampled_from([s, t, sp.S.One, s * t, sp.Rational(1, 2)]), min_size=1, max_size=5))
def test_split_is_linear_and_one_on_one(parts: list[sp.Expr]) -> None:
    field = _field()
    field.admit(field.read(1 / (s * t - t), lambda _: None))
    exponents = [field.read(part / (s - 1), lambda _: None) for part in parts]
    total = sum(exponents[1:], exponents[0])
    assert field.split(field.one) == (1, {})
    assert field.split(total)[0] == sum(field.split(e)[0] for e in exponents)
    constant, rest = field.split(total)
    assert (field.from_vector(rest) + field.number(constant)).key() == total.key()


def test_new_denominator_starts_the_conversion_again() -> None:
    field = _field()
    exponent = field.read(1 / (s - 1), lambda _: None)
    with pytest.raises(LatticeGrewError):
        field.vector(exponent)
    assert field.vector(exponent) == {(0, 0, 0): 1}


def test_record_counts_whole_numbers_as_one() -> None:
    record = ExponentRecord(_field())
    for number in (2, -4, 6):
        record.add(0, record.field.number(number))
    assert record.free(0).coordinates(record.field.vector(record.field.one)) == [1]


@given(
    st.lists(st.sampled_from([1, -1]), min_size=5, max_size=5),
    st.lists(st.sets(st.integers(0, 4), min_size=1), max_size=6),
    st.sets(st.integers(0, 4)),
)
def test_signs_say_just_what_follows(truth: list[int], facts: list[set[int]], asked: set[int]) -> None:
    def sign(quantities: set[int], values: tuple[int, ...] | list[int]) -> int:
        product = 1
        for quantity in quantities:
            product *= values[quantity]
        return product

    signs = Signs()
    assert all(signs.learn(fact, sign(fact, truth)) for fact in facts)
    possible = [
        values
        for values in itertools.product((1, -1), repeat=5)
        if all(sign(fact, values) == sign(fact, truth) for fact in facts)
    ]
    answers = {sign(asked, values) for values in possible}
    assert signs.product(asked) == (answers.pop() if len(answers) == 1 else None)
