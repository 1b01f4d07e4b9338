"""What is known of the signs of some quantities other than zero: linear algebra over the field with two elements."""

from __future__ import annotations

from collections.abc import Iterable


class Signs:
    """Known signs of products of quantities.

    Each fact says that the product of some quantities, every one different from zero, has a certain sign. Products of
    facts are facts; the rows are kept in echelon form, so that every consequence is found.

    Examples
    --------
    >>> signs = Signs()
    >>> signs.learn([1, 2], 1), signs.learn([2, 3], -1), signs.learn([1, 3], 1)
    (True, True, False)
    >>> signs.product([1, 3]), signs.product([1])
    (-1, None)
    """

    def __init__(self) -> None:
        self._rows: dict[int, tuple[frozenset[int], int]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def _reduced(self, quantities: Iterable[int], sign: int) -> tuple[frozenset[int], int]:
        rest = frozenset(quantities)
        for first in sorted(self._rows):
            if first in rest:
                others, known = self._rows[first]
                rest, sign = rest ^ others, sign * known
        return rest, sign

    def learn(self, quantities: Iterable[int], sign: int) -> bool:
        """Add the fact that the product of distinct quantities has this sign; tell whether that can be."""
        rest, sign = self._reduced(quantities, sign)
        if rest:
            self._rows[min(rest)] = (rest, sign)
        return bool(rest) or sign > 0

    def product(self, quantities: Iterable[int]) -> int | None:
        """Return the sign of the product of distinct quantities, None when it does not follow from the facts."""
        rest, sign = self._reduced(quantities, 1)
        return None if rest else sign
