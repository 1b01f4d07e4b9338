"""Which rules and lemmas a certificate uses: read off its records, for people; nothing rests on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import Any

from symhet.core.records import RECORDS, Lemma

_RULES = {record: name for name, record in RECORDS.items()}


def uses(proof: Any) -> tuple[Counter[str], Counter[str]]:
    """Return how often each rule and each lemma is used.

    Parameters
    ----------
    proof : record
        A certificate of `symhet.core.records`.

    Examples
    --------
    >>> from symhet.core.records import Absurd, Hypothesis
    >>> uses(Absurd(Hypothesis("h")))[0]
    Counter({'absurd': 1, 'hypothesis': 1})
    """
    rules: Counter[str] = Counter()
    lemmas: Counter[str] = Counter()
    waiting = [proof]
    while waiting:
        node = waiting.pop()
        if type(node) in _RULES:
            rules[_RULES[type(node)]] += 1
            if type(node) is Lemma:
                lemmas[node.schema] += 1
            waiting += [getattr(node, field.name) for field in fields(node)]
        elif type(node) is tuple:
            waiting += node
    return rules, lemmas
