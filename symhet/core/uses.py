"""Which rules and lemmas a certificate uses: read off its records, for people; nothing rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from symhet.core.records import KINDS, RECORDS, Lemma

_RULES = {record: name for name, record in RECORDS.items()}


def uses(proof: Any) -> tuple[Counter[str], Counter[str]]:
    """Return how often each rule and each lemma is used.

    Parameters
    ----------
    proof : record
        A certificate of `symhet.core.records`.

    Examples
    --------
    >>> from symhet.core.records import Choose, Hypothesis
    >>> uses(Choose(0, Hypothesis("h")))[0]
    Counter({'choose': 1, 'hypothesis': 1})
    """
    rules: Counter[str] = Counter()
    lemmas: Counter[str] = Counter()
    for record in records_in(proof):
        rules[_RULES[type(record)]] += 1
        if type(record) is Lemma:
            lemmas[record.schema] += 1
    return rules, lemmas


def records_in(proof: Any) -> Iterator[Any]:
    """Yield a certificate and every record inside it.

    Examples
    --------
    >>> from symhet.core.records import Choose, Hypothesis
    >>> [type(record).__name__ for record in records_in(Choose(0, Hypothesis("h")))]
    ['Choose', 'Hypothesis']
    """
    waiting = [proof]
    while waiting:
        node = waiting.pop()
        if type(node) in _RULES:
            yield node
            waiting += [getattr(node, name) for name, _ in KINDS[type(node)]]
        elif type(node) is tuple:
            waiting += node
