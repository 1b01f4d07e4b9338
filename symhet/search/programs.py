"""Linear programming over monomial times known inequality: which combination shows that a polynomial is positive.

The method
    target = sum of w_j * monomial_j * fact_j + sum of c_k * monomial_k * equation_k + rest, with w_j >= 0, c_k any
    numbers, and a rest whose coefficients are not negative and whose monomials are positive. Products of facts with
    monomials are taken that cover a monomial of the target which is not positive, then those that cover what these
    bring in. HiGHS finds the weights in floating point; they are made rational by solving the tight rows exactly.

Limits
    Columns and rows are bounded; a program too large is given up. Facts are multiplied by monomials only, not by one
    another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Monomial: TypeAlias = tuple[int, ...]
Polynomial: TypeAlias = Mapping[Monomial, Fraction]
MAX_COLUMNS = 1200
MAX_ROWS = 2500
MAX_PARTS = 60
BITS = 24
HALF, MASK = 1 << (BITS - 1), (1 << BITS) - 1
ROUNDS = 2
ENTRIES = 60
"""Entries of a program that make one more step."""
NOTHING = Fraction(0)


@dataclass(frozen=True)
class Weighted:
    """A known relation, by its place, times a monomial with a coefficient."""

    fact: int
    monomial: Monomial
    weight: Fraction


@dataclass(frozen=True)
class Combination:
    """target = the sum of the weighted facts and equations + rest."""

    facts: tuple[Weighted, ...]
    equations: tuple[Weighted, ...]
    rest: dict[Monomial, Fraction]


@dataclass(frozen=True)
class Room:
    """Which of the variables are positive; the others only give positive monomials when their exponents are even."""

    positive: tuple[bool, ...]

    def is_positive(self, monomial: Monomial) -> bool:
        """Tell whether a monomial is not negative wherever it has a value."""
        return all(sign or not e % 2 for sign, e in zip(self.positive, monomial, strict=True))

    def may_divide(self, monomial: Monomial) -> bool:
        """Tell whether a monomial has a value wherever its variables do."""
        return all(sign or e >= 0 for sign, e in zip(self.positive, monomial, strict=True))


class Packing:
    """Monomials written as whole numbers in the same order, so that multiplying two of them is one addition.

    Parameters
    ----------
    room : Room
        Which of the variables are positive.

    Examples
    --------
    >>> packing = Packing(Room((True, True)))
    >>> packing.unpacked(packing.packed((2, -1)) + packing.packed((0, 3)))
    (2, 2)
    """

    def __init__(self, room: Room) -> None:
        self._width = len(room.positive)
        places = [BITS * place for place in reversed(range(self._width))]
        self._shift = sum(HALF << place for place in places)
        signed = [place for place, positive in zip(places, room.positive, strict=True) if not positive]
        self._odd, self._above = sum(1 << place for place in signed), sum(HALF << place for place in signed)

    def packed(self, monomial: Monomial) -> int:
        """Return the number of a monomial."""
        number = 0
        for exponent in monomial:
            number = (number << BITS) + exponent
        return number

    def unpacked(self, number: int) -> Monomial:
        """Return the monomial of a number."""
        found = []
        for _ in range(self._width):
            exponent = ((number + HALF) & MASK) - HALF
            found.append(exponent)
            number = (number - exponent) >> BITS
        return tuple(reversed(found))

    def degrees(self, numbers: Sequence[int]) -> list[int]:
        """Return the sums of the sizes of the exponents of some monomials."""
        known: dict[int, int] = {}
        for number in numbers:
            if number not in known:
                known[number] = sum(map(abs, self.unpacked(number)))
        return [known[number] for number in numbers]

    def is_positive(self, number: int) -> bool:
        """Tell whether a monomial is not negative wherever it has a value: exponents of others than positives even."""
        return not (number + self._shift) & self._odd

    def may_divide(self, number: int) -> bool:
        """Tell whether a monomial has a value wherever its variables do: others than positives are not divided by."""
        return (number + self._shift) & self._above == self._above


def combination(
    target: Polynomial,
    facts: Sequence[Polynomial],
    equations: Sequence[Polynomial],
    room: Room,
    spend: Callable[[int], None] = lambda steps: None,
) -> Combination | None:
    """Return a combination that shows a polynomial not to be negative, or None; ``spend`` is told the work.

    Examples
    --------
    >>> x_minus_one = {(1,): Fraction(1), (0,): Fraction(-1)}
    >>> found = combination({(2,): Fraction(1), (0,): Fraction(-1)}, [x_minus_one], [], Room((True,)))
    >>> [(part.monomial, part.weight) for part in found.facts], found.rest
    ([((0,), Fraction(1, 1)), ((1,), Fraction(1, 1))], {})
    """
    packing = Packing(room)
    goal, *known = [
        {packing.packed(m): c for m, c in polynomial.items()} for polynomial in (target, *facts, *equations)
    ]
    wanting = {m for m, c in goal.items() if c < 0 or not packing.is_positive(m)}
    if not wanting:
        return Combination((), (), dict(target))
    columns = _columns(wanting, known, len(facts), packing, ROUNDS)
    if not columns:
        return None
    columns = _useful(goal, columns, len(facts), packing)
    spend(sum(len(column) for _, _, column in columns) // ENTRIES)
    if any(not any(m in column for *_, column in columns) for m in wanting):
        return None
    found = _solve(goal, columns, len(facts), packing)
    if found is None:
        return None
    rest = {packing.unpacked(m): c for m, c in found.rest.items()}
    return Combination(_unpacked(found.facts, packing), _unpacked(found.equations, packing), rest)


def _unpacked(parts: Iterable[Packed], packing: Packing) -> tuple[Weighted, ...]:
    return tuple(Weighted(fact, packing.unpacked(monomial), weight) for fact, monomial, weight in parts)


Packed: TypeAlias = tuple[int, int, Fraction]
Numbered: TypeAlias = dict[int, Fraction]


@dataclass(frozen=True)
class Found:
    """A combination whose monomials are packed."""

    facts: tuple[Packed, ...]
    equations: tuple[Packed, ...]
    rest: Numbered


Column: TypeAlias = tuple[int, int, Numbered]


def _columns(wanting: set[int], known: Sequence[Numbered], facts: int, packing: Packing, rounds: int) -> list[Column]:
    """Return facts, which come first, and equations times the monomials that cover what is wanting."""
    found: dict[tuple[int, int], Numbered] = {}
    covered: set[int] = set()
    frontier = set(wanting)
    signs = [_signs(polynomial) for polynomial in known]
    for _ in range(rounds):
        new: set[int] = set()
        met: set[int] = set()
        for index, polynomial in enumerate(known):
            if len(polynomial) > MAX_PARTS:
                continue
            for monomial in frontier:
                below = index < facts and packing.is_positive(monomial)
                for part, is_above in zip(polynomial, signs[index], strict=True):
                    if below and is_above:
                        continue
                    factor = monomial - part
                    if (index, factor) in found:
                        met.add(monomial)
                        continue
                    if not packing.may_divide(factor) or (index < facts and not packing.is_positive(factor)):
                        continue
                    met.add(monomial)
                    column = {factor + m: c for m, c in polynomial.items()}
                    found[index, factor] = column
                    new.update(column)
            if len(found) > MAX_COLUMNS:
                return _listed(found)
        if not covered and met != frontier:
            return []
        covered |= frontier
        frontier = new - covered
    return _listed(found)


def _signs(polynomial: Numbered) -> list[bool]:
    return [c.numerator > 0 for c in polynomial.values()]


def _listed(found: dict[tuple[int, int], Numbered]) -> list[Column]:
    return [(index, factor, column) for (index, factor), column in sorted(found.items(), key=lambda item: item[0])]


def _useful(target: Numbered, columns: list[Column], facts: int, packing: Packing) -> list[Column]:
    """Return the columns without those facts that bring in what nothing else makes up for."""
    signs: dict[int, list[bool]] = {}
    takers: dict[int, tuple[list[int], list[int]]] = {}
    free: set[int] = set()
    for place, (index, _, column) in enumerate(columns):
        if index >= facts:
            free.update(column)
            continue
        if index not in signs:
            signs[index] = _signs(column)
        for monomial, is_above in zip(column, signs[index], strict=True):
            takers.setdefault(monomial, ([], []))[is_above].append(place)
    stays = [True] * len(columns)
    count = {monomial: [len(places) for places in sides] for monomial, sides in takers.items()}
    waiting = [(monomial, is_above) for monomial in takers for is_above in (False, True)]
    while waiting:
        monomial, is_above = waiting.pop()
        level = target.get(monomial, NOTHING).numerator
        if count[monomial][not is_above] or monomial in free or (level > 0 if is_above else level < 0):
            continue
        if not is_above and packing.is_positive(monomial):
            continue
        for place in takers[monomial][is_above]:
            if stays[place]:
                stays[place] = False
                index, _, column = columns[place]
                for other, side in zip(column, signs[index], strict=True):
                    count[other][side] -= 1
                    if not count[other][side]:
                        waiting.append((other, not side))
    return [column for column, kept in zip(columns, stays, strict=True) if kept]


def _solve(target: Numbered, columns: list[Column], facts: int, room: Packing) -> Found | None:
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix

    rows = {
        monomial: index for index, monomial in enumerate(dict.fromkeys([*target, *(m for c in columns for m in c[2])]))
    }
    if len(rows) > MAX_ROWS:
        return None
    numbers: dict[Fraction, float] = {}
    for *_, column in columns:
        numbers.update((c, 0.0) for c in column.values() if c not in numbers)
    numbers = {c: float(c) for c in numbers}
    entries = [(rows[m], j, numbers[c]) for j, column in enumerate(columns) for m, c in column[2].items()]
    row, place, value = zip(*entries, strict=True)
    matrix = csr_matrix((value, (row, place)), shape=(len(rows), len(columns)))
    level = np.zeros(len(rows))
    for monomial, coefficient in target.items():
        level[rows[monomial]] = float(coefficient)
    loose = [index for monomial, index in rows.items() if room.is_positive(monomial)]
    tight = [index for monomial, index in rows.items() if not room.is_positive(monomial)]
    degrees = room.degrees([m for _, m, _ in columns])
    result = linprog(
        [1.0 + 0.01 * degree if index < facts else 0.0 for degree, (index, *_) in zip(degrees, columns, strict=True)],
        A_ub=matrix[loose] if loose else None,
        b_ub=level[loose] if loose else None,
        A_eq=matrix[tight] if tight else None,
        b_eq=level[tight] if tight else None,
        bounds=[(0, None) if index < facts else (None, None) for index, _, _ in columns],
        method="highs-ds",
        options={"presolve": True},
    )
    if result.status != 0:
        return None
    support = [j for j, x in enumerate(result.x) if abs(x) > 1e-9]
    for weights in _rational(target, columns, support, result.x, rows, matrix, level):
        found = _checked(target, columns, dict(zip(support, weights, strict=True)), facts, room)
        if found is not None:
            return found
    return None


def _rational(target, columns, support, x, rows, matrix, level):  # type: ignore[no-untyped-def]
    """Yield rational weights: rounded, then from the rows without slack."""
    yield [Fraction(float(x[j])).limit_denominator(840) for j in support]
    slack = level - matrix @ x
    names = list(rows)
    chosen = [index for index, gap in enumerate(slack) if abs(gap) < 1e-7 * (1 + abs(level[index]))]
    chosen = [index for index in chosen if any(names[index] in columns[j][2] for j in support)]
    found = _exact(
        [[columns[j][2].get(names[i], Fraction(0)) for j in support] for i in chosen],
        [Fraction(target.get(names[i], 0)) for i in chosen],
    )
    if found is not None:
        yield found


def _exact(matrix: list[list[Fraction]], level: list[Fraction]) -> list[Fraction] | None:
    """Return a solution of a linear system, free unknowns zero; None when there is none."""
    from flint import fmpq, fmpq_mat

    if not matrix or not matrix[0]:
        return None
    width = len(matrix[0])
    augmented = fmpq_mat(
        [[fmpq(c.numerator, c.denominator) for c in (*row, b)] for row, b in zip(matrix, level, strict=True)]
    )
    reduced, rank = augmented.rref()
    solution = [Fraction(0)] * width
    for i in range(rank):
        lead = next(j for j in range(width + 1) if reduced[i, j] != 0)
        if lead == width:
            return None
        last = reduced[i, width]
        solution[lead] = Fraction(int(last.p), int(last.q))
    return solution


def _checked(
    target: Numbered, columns: list[Column], weights: dict[int, Fraction], facts: int, room: Packing
) -> Found | None:
    rest = dict(target)
    for j, weight in weights.items():
        index, _, column = columns[j]
        if index < facts and weight < 0:
            return None
        for monomial, coefficient in column.items():
            rest[monomial] = rest.get(monomial, Fraction(0)) - weight * coefficient
    rest = {monomial: coefficient for monomial, coefficient in rest.items() if coefficient}
    if any(coefficient < 0 or not room.is_positive(monomial) for monomial, coefficient in rest.items()):
        return None
    used = [(columns[j], weight) for j, weight in weights.items() if weight]
    return Found(
        tuple((index, factor, weight) for (index, factor, _), weight in used if index < facts),
        tuple((index - facts, factor, weight) for (index, factor, _), weight in used if index >= facts),
        rest,
    )


def squares(target: Polynomial, room: Room) -> list[tuple[Monomial, Monomial, Fraction]]:
    """Return squares (u - ratio v)^2 whose mixed part is a negative part of a polynomial, as the two monomials.

    Monomials are returned by their squares, so that roots of positive variables are allowed.

    Examples
    --------
    >>> squares({(2, 0): Fraction(1), (1, 1): Fraction(-2), (0, 2): Fraction(1)}, Room((False, False)))
    [((2, 0), (0, 2), Fraction(1, 1))]
    """
    positive = {m: c for m, c in target.items() if c > 0 and room.is_positive(m)}
    found = []
    for mixed, coefficient in target.items():
        if coefficient > 0 and room.is_positive(mixed):
            continue
        double = tuple(2 * e for e in mixed)
        for one, weight in positive.items():
            other = tuple(a - b for a, b in zip(double, one, strict=True))
            if other not in positive or one <= other or not _rooted(one, other, room):
                continue
            ratio = _root_of(positive[other] / weight)
            sign = -1 if coefficient > 0 else 1
            found.append((one, other, sign * (ratio or Fraction(1))))
    return found


def _rooted(one: Monomial, other: Monomial, room: Room) -> bool:
    return all(sign or (a % 2 == 0 and b % 2 == 0) for sign, a, b in zip(room.positive, one, other, strict=True))


def _root_of(value: Fraction) -> Fraction | None:
    from math import isqrt

    above, below = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(above, below) if above**2 == value.numerator and below**2 == value.denominator else None
