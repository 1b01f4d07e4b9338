"""What is known of the signs of numbers other than zero: linear algebra over the field with two elements."""

from __future__ import annotations

from collections.abc import Iterable


class Signs:
    """Known signs of products of numbers other than zero, every consequence found.

    Examples
    --------
    >>> signs = Signs()
    >>> signs.learn([1, 2], 1), signs.learn([2, 3], -1), signs.learn([1, 3], 1)
    (True, True, False)
    >>> signs.reduced([1, 3]), signs.reduced([1])
    ((frozenset(), -1), (frozenset({3}), -1))
    """

    def __init__(self) -> None:
        self._rows: dict[int, tuple[frozenset[int], int]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def reduced(self, numbers: Iterable[int]) -> tuple[frozenset[int], int]:
        """Return fewer numbers, and a sign, whose product has the sign of the product of the given ones."""
        rest, sign = frozenset(numbers), 1
        for first, (others, known) in self._rows.items():
            if first in rest:
                rest, sign = rest ^ others, sign * known
        return rest, sign

    def learn(self, numbers: Iterable[int], sign: int) -> bool:
        """Add the fact that the product of some numbers has this sign; tell whether that can be."""
        rest, known = self.reduced(numbers)
        sign *= known
        if not rest:
            return sign > 0
        pivot = min(rest)
        for first, (others, other) in self._rows.items():
            if pivot in others:
                self._rows[first] = (others ^ rest, other * sign)
        self._rows[pivot] = (rest, sign)
        return True

    def of(self, number: int) -> int:
        """Return the sign of one number, zero when it is not known."""
        others, sign = self._rows.get(number, (frozenset((number, -1)), 0))
        return sign if len(others) == 1 else 0
