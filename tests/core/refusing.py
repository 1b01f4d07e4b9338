"""Attacks written in the language of the core: that they are refused, and with which words."""

from __future__ import annotations

from typing import Any

import pytest

from symhet.core.context import Context
from symhet.core.kernel import prove
from symhet.language.refusals import Refusal
from symhet.language.statements import Statement


def refused(context: Context, goal: Statement, proof: Any) -> Refusal:
    """Return with which words the core refuses to prove a goal by a record."""
    with pytest.raises(Refusal) as caught:
        prove(context, goal, proof)
    return caught.value
