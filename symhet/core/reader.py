"""A reader of rows: it builds terms, statements and proofs anew, each from rows before its own.

Nothing here is believed: what is read goes to the kernel, which builds it anew. `symhet.core.data` says what rows are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import repeat
from typing import Any

from symhet.core.door import ATOMS, MAX_PARTS, MAX_TEXT, refusal
from symhet.core.records import KINDS, RECORDS, Function, Record
from symhet.language import terms as t
from symhet.language.heads import Head, Op
from symhet.language.terms import Statement, Term, node

TABLES = ("terms", "statements", "proofs")
OVER_STATEMENTS = frozenset({Op.AND, Op.OR, Op.IMPLIES, Op.IFF, Op.FORALL})
_NUMBER = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")
_OPS = {op.value: op for op in Op}
_OWN = (Head.NUMBER, Head.SYMBOL, Head.TOTAL, Head.BOUND, Head.WHOLE_POWER, Head.UNSPECIFIED)
_HEADS = {head.name.lower(): head for head in Head if head not in _OWN}


class Reader:
    """Builds everything anew; a number stands for the row of that number, which must be read already.

    Of each row, and of what stands in none at the end, it is kept which rows it refers to, table by table.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = {kind: [] for kind in TABLES}
        self.used: list[tuple[str, int]] = []
        self._uses: dict[str, list[list[tuple[str, int]] | None]] = {kind: [] for kind in TABLES}
        self._counted = dict.fromkeys(TABLES, 0)
        self._measures: list[tuple[int, int]] = []
        self._depth, self._size = 0, 1
        self._names: dict[tuple[bool, str], Any] = {}

    def read(self, data: Any) -> None:
        """Read the rows of all tables."""
        if sum(len(listed(data[kind])) for kind in TABLES) > MAX_PARTS:
            raise refusal(f"more than {MAX_PARTS} rows")
        makers: tuple[Callable[[Any], Any], ...] = (self._term, self._statement, self._proof)
        for kind, maker in zip(TABLES, makers, strict=True):
            rows, uses = self.rows[kind], self._uses[kind]
            for row in data[kind]:
                self.used = []
                rows.append(maker(row))
                uses.append(self.used)
        self.used = []

    def require_order(self, proofs: Any) -> None:
        """Refuse rows that do not stand in the order of their first use, stand twice or are unused."""
        self._count(self.used)
        kept = {"proofs": set(map(repr, proofs)), **{kind: set(self.rows[kind]) for kind in TABLES[:2]}}
        if any(not len(kept[kind]) == self._counted[kind] == len(self.rows[kind]) for kind in TABLES):
            raise refusal("a row stands twice, or is unused")

    def _count(self, places: list[tuple[str, int]]) -> None:
        """Count rows where they are used first, after those that they use."""
        for kind, number in places:
            uses = self._uses[kind][number]
            if uses is None:
                continue
            self._uses[kind][number] = None
            self._count(uses)
            if self._counted[kind] != number:
                raise refusal(f"rows of {kind} do not stand in the order of their first use", number)
            self._counted[kind] += 1

    def get(self, kind: Any, value: Any) -> Any:
        """Return what data mean as a field of this kind."""
        if type(kind) is tuple:
            get, values = self.get, listed(value)
            if kind[-1] is ...:
                (inner, _) = kind
                return tuple([get(inner, part) for part in values])
            return tuple([get(inner, part) for inner, part in zip(kind, values, strict=True)])
        if kind in ATOMS:
            if type(value) is not kind or (type(value) is str and len(value) > MAX_TEXT):
                raise refusal(f"of another type than {kind}", value)
            return value
        if kind is Record:
            (found,) = self._at("proofs", (value,))
            depth, size = self._measures[value]
            self._depth, self._size = max(self._depth, depth), self._size + size
            return found
        (found,) = self._at("statements" if kind is Statement else "terms", (value,))
        if found.reach and kind is not Function:
            raise refusal("a variable is bound by nothing", found)
        return found

    def _at(self, kind: str, numbers: Iterable[Any]) -> list[Any]:
        """Return the rows of these numbers."""
        rows, found = self.rows[kind], []
        for number in numbers:
            if type(number) is not int or not 0 <= number < len(rows):
                raise refusal(f"the number of an earlier row of {kind} is expected", number)
            self.used.append((kind, number))
            found.append(rows[number])
        return found

    def _term(self, row: Any) -> Term:
        if type(row) is str:
            return _number(row)
        tag, rest = _tagged(row)
        if tag in _HEADS:
            return node(_HEADS[tag], *self._at("terms", rest))
        if tag in ("positive", "real"):
            (name,) = rest
            return self._once((False, name), t.symbol(name, positive=tag == "positive"))
        if tag == "whole_power" and len(rest) == 2:
            (base,) = self._at("terms", rest[:1])
            return t.whole_power(base, rest[1])
        if tag == "bound":
            return t.bound(*rest)
        if tag == "total":
            return t.total(*self._at("terms", rest))
        if tag == "unspecified" and len(rest) > 2:
            made = t.unspecified(rest[0], tuple(listed(rest[1])), *self._at("terms", rest[2:]))
            self._once((True, rest[0]), len(rest))
            return made
        raise refusal("there is no such term", tag[:60])

    def _once(self, name: tuple[bool, str], made: Any) -> Any:
        if self._names.setdefault(name, made) != made:
            raise refusal("one name stands for two symbols, or functions of different numbers of arguments", name[1])
        return made

    def _statement(self, row: Any) -> Statement:
        tag, rest = _tagged(row)
        if tag not in _OPS:
            raise refusal("there is no such statement", tag[:60])
        kind = "statements" if _OPS[tag] in OVER_STATEMENTS else "terms"
        return node(_OPS[tag], *self._at(kind, rest))

    def _proof(self, row: Any) -> Any:
        rule, rest = _tagged(row)
        record = RECORDS.get(rule)
        if record is None or len(rest) != len(KINDS[record]):
            raise refusal("there is no such rule, or not with so many fields", rule[:60])
        self._depth, self._size = 0, 1
        parts = [self.get(kind, value) for (_, kind), value in zip(KINDS[record], rest, strict=True)]
        if self._depth >= t.MAX_DEPTH or self._size > MAX_PARTS:
            raise refusal(f"nested more than {t.MAX_DEPTH} deep, or more than {MAX_PARTS} rules one after another")
        self._measures.append((self._depth + 1, self._size))
        return record(*parts)


@lru_cache(maxsize=4096)
def _number(row: str) -> Term:
    """Return the number that a text spells as `spelled` does."""
    if not _NUMBER.fullmatch(row):
        raise refusal("a number looks like -3/4", row[:60])
    above, _, below = row.partition("/")
    made = t.number(int(above), int(below or 1))
    if spelled(made.args) != row:
        raise refusal("a number is written in lowest terms", row[:60])
    return made


def paired(kinds: tuple[Any, ...], values: Any) -> Iterable[tuple[Any, Any]]:
    """Return the entries of a tuple with their kinds."""
    return zip(repeat(kinds[0]), values) if kinds[-1] is ... else zip(kinds, values, strict=True)


def spelled(number: tuple[int, int]) -> str:
    """Return the text of a rational number."""
    return str(number[0]) if number[1] == 1 else f"{number[0]}/{number[1]}"


def listed(value: Any) -> Any:
    """Return a value that must be a list."""
    if type(value) is not list and type(value) is not tuple:
        raise refusal("a list is expected", value)
    return value


def _tagged(row: Any) -> tuple[str, Any]:
    if not listed(row) or type(row[0]) is not str:
        raise refusal("a row begins with a word", row)
    return row[0], row[1:]
