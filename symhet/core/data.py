"""Theorems as plain data: rows of terms, statements and proofs, each the first time it is used, and back.

A row refers to earlier rows only, by number; none stands twice and none is unused, so that the same theorem has the
same bytes, and a reader refuses every other order. Nothing here is believed: what is read goes to the kernel, which
builds it anew, and the theorem that comes back says what was proved.

```json
{"format": "symhet-theorem", "version": 5, "claim": "demo.power", "says": "holds",
 "terms": ["1", ["positive", "x"], "0", ["real", "b"], ["power", 1, 3]],
 "statements": [["<", 0, 1], ["<", 2, 3], ["<", 0, 4]],
 "proofs": [["combine", [], 0, []], ["hypothesis", "x>1", []], ["hypothesis", "b>0", []],
            ["lemma", "pow_mono", [0, 1, 3], [0, 1, 2]]],
 "hypotheses": [["x>1", 0], ["b>0", 1]], "system": [], "endogenous": [], "goal": 2, "proof": 3}
```
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from symhet.core.context import Context
from symhet.core.door import ATOMS, MAX_PARTS, refusal, require_system
from symhet.core.kernel import Theorem, prove, refute
from symhet.core.reader import OVER_STATEMENTS, TABLES, Reader, listed, paired, spelled
from symhet.core.records import KINDS, RECORDS, Record
from symhet.language.refusals import guarded
from symhet.language.statements import Statement
from symhet.language.terms import Head, Term

FORMAT, VERSION = "symhet-theorem", 5
MAX_CHARACTERS = 50_000_000
_FIELDS = ("format", "version", "claim", "says", *TABLES, "hypotheses", "system", "endogenous", "goal", "proof")
_RULES = {record: rule for rule, record in RECORDS.items()}


class _Writer:
    """Numbers everything in the order of its first use."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[Any, int]] = {"terms": {}, "statements": {}, "proofs": {}}
        self._seen: dict[Any, int] = {}
        self._held: list[object] = []

    def put(self, kind: Any, value: Any) -> Any:
        """Return a field's value as data, its terms, statements and proofs as numbers of rows."""
        if kind in ATOMS:
            if type(value) is not kind:
                raise refusal(f"of another type than {kind}", value)
            return value
        if type(kind) is tuple:
            return tuple([self.put(*pair) for pair in paired(kind, _exact(value))])
        if kind is Record:
            return self.proof(value)
        return self.statement(value) if kind is Statement else self.term(value)

    def proof(self, record: Any) -> int:
        number = self._seen.get(id(record))
        if number is None:
            if type(record) not in _RULES:
                raise refusal("a proof is expected", record)
            parts = [self.put(kind, getattr(record, name)) for name, kind in KINDS[type(record)]]
            # Kept, so that no other object gets its id while this is written.
            self._held.append(record)
            self._seen[id(record)] = number = self._number("proofs", (_RULES[type(record)], *parts))
        return number

    def statement(self, statement: Any) -> int:
        if type(statement) is not Statement:
            raise refusal("a statement is expected", statement)
        number = self._seen.get(statement)
        if number is None:
            put = self.statement if statement.op in OVER_STATEMENTS else self.term
            row = (statement.op.value, *map(put, _exact(statement.args)))
            self._seen[statement] = number = self._number("statements", row)
        return number

    def term(self, term: Any) -> int:
        if type(term) is not Term:
            raise refusal("a term is expected", term)
        number = self._seen.get(term)
        if number is None:
            self._seen[term] = number = self._number("terms", self._term_row(term.head, _exact(term.args)))
        return number

    def _term_row(self, head: Head, args: tuple[Any, ...]) -> Any:
        if head is Head.NUMBER:
            return spelled(args)
        if head is Head.SYMBOL:
            return ("positive" if args[1] else "real", args[0])
        if head is Head.WHOLE_POWER:
            return ("whole_power", self.term(args[0]), args[1])
        plain = {Head.BOUND: 1, Head.UNSPECIFIED: 2}.get(head, 0)
        return (head.name.lower(), *args[:plain], *map(self.term, args[plain:]))

    def _number(self, kind: str, row: Any) -> int:
        rows = self.rows[kind]
        if len(rows) >= MAX_PARTS:
            raise refusal(f"more than {MAX_PARTS} rows")
        return rows.setdefault(row, len(rows))


def _exact(value: Any) -> tuple[Any, ...]:
    if type(value) is not tuple:
        raise refusal("a tuple is expected", value)
    return value


def to_rows(context: Context, goal: Statement, certificate: Any, says: str, claim: str = "") -> dict[str, Any]:
    """Return a theorem as plain data; ``says`` is ``"holds"`` or ``"fails"``.

    Raises
    ------
    Refusal
        When anything in it is not of exactly the type that it should be.
    """
    if type(context) is not Context:
        raise refusal("a context is expected", context)
    writer = _Writer()
    named = [(name, writer.put(Statement, fact)) for name, fact in _pairs(context.hypotheses)]
    system, endogenous = _set(context.system, str), _set(context.endogenous, Term)
    return {
        "format": FORMAT,
        "version": VERSION,
        "claim": claim,
        "says": says,
        "hypotheses": named,
        "system": [name for name, _ in named if name in system] + sorted(system.difference(dict(named))),
        "endogenous": [writer.put(Term, symbol) for symbol in _in_order(endogenous)],
        "goal": writer.put(Statement, goal),
        "proof": writer.put(Record, certificate),
        **{kind: list(rows) for kind, rows in writer.rows.items()},
    }


def _pairs(hypotheses: Any) -> list[tuple[str, Any]]:
    if type(hypotheses) not in (dict, MappingProxyType):
        raise refusal("the hypotheses are a mapping", hypotheses)
    pairs = list(hypotheses.items())
    if not all(type(name) is str for name, _ in pairs):
        raise refusal("the name of a hypothesis is text")
    return pairs


def _set(values: Any, kind: type) -> frozenset[Any]:
    if type(values) is not frozenset or not all(type(value) is kind for value in values):
        raise refusal("the system is a set of names, the endogenous symbols one of symbols", values)
    return values


def _read(data: Any) -> tuple[Context, Statement, Any, str]:
    """Build context, goal and certificate from rows, and check what no row can check alone."""
    if type(data) is not dict or set(data) != set(_FIELDS):
        raise refusal(f"the fields are {', '.join(_FIELDS)}")
    if data["format"] != FORMAT or type(data["version"]) is not int or data["version"] != VERSION:
        raise refusal(f"only {FORMAT} of version {VERSION} is read: export the theorem again")
    if type(data["claim"]) is not str:
        raise refusal("the claim is named by text")
    reader = Reader()
    reader.read(data)
    pairs = [(reader.get(str, name), reader.get(Statement, fact)) for name, fact in map(listed, data["hypotheses"])]
    hypotheses = dict(pairs)
    system = reader.get((str, ...), data["system"])
    endogenous = reader.get((Term, ...), data["endogenous"])
    if len(hypotheses) < len(pairs) or system != tuple([name for name in hypotheses if name in set(system)]):
        raise refusal("hypotheses have different names, and those of the system are among them, in their order")
    require_system([hypotheses[name] for name in system], endogenous)
    if endogenous != _in_order(set(endogenous)):
        raise refusal("endogenous symbols stand in the order of their names")
    for term in reader.rows["terms"]:
        if system and term.head is Head.TOTAL and (term.args[0] not in endogenous or term.args[1] in endogenous):
            raise refusal("a total is that of an endogenous symbol by an exogenous one", term)
    if data["says"] not in ("holds", "fails"):
        raise refusal("a theorem says that its goal holds, or that it fails")
    context = Context(hypotheses, frozenset(system), frozenset(endogenous))
    found = context, reader.get(Statement, data["goal"]), reader.get(Record, data["proof"]), data["says"]
    reader.require_order(data["proofs"])
    return found


def _in_order(symbols: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(symbols, key=lambda symbol: str(symbol.args[0])))


def from_rows(data: Any) -> tuple[Context, Statement, Any, str]:
    """Return context, goal, certificate and what is said of the goal from plain data.

    Raises
    ------
    Refusal
        When the data are not exactly what `to_rows` would write.
    """
    return guarded("data", _read, data)


def replay(exported: Any) -> Theorem:
    """Return the theorem that exported data prove, as `loads` reads them.

    Raises
    ------
    Refusal
        When the data have another form, or the certificate does not prove what they say.
    """
    return _made(*from_rows(exported))


def _made(context: Context, goal: Statement, certificate: Any, says: str) -> Theorem:
    return (prove if says == "holds" else refute)(context, goal, certificate)


def replay_text(text: str) -> tuple[str, Theorem]:
    """Return the claim that a text names and the theorem that it proves.

    Raises
    ------
    Refusal
        When the text is not the one that `dumps` writes, or the certificate does not prove what it says.
    """
    data = loads(text)
    return data["claim"], _made(*from_rows(data))


def dumps(data: Mapping[str, Any]) -> str:
    """Return the one text of a theorem's data."""
    ordered = {field: data[field] for field in _FIELDS}
    return json.dumps(ordered, separators=(",", ":"), ensure_ascii=True, allow_nan=False) + "\n"


def loads(text: str) -> dict[str, Any]:
    """Return the data that a text holds.

    Raises
    ------
    Refusal
        When the text is not the one that `dumps` writes.
    """
    if type(text) is not str or len(text) > MAX_CHARACTERS:
        raise refusal(f"a theorem is text of at most {MAX_CHARACTERS} characters")
    data = guarded("data", json.loads, text)
    if type(data) is not dict or set(data) != set(_FIELDS) or guarded("data", dumps, data) != text:
        raise refusal("this is not the text that dumps writes")
    return data
