"""What the quick tests take of a long list of cases: a sample; `make test-all` takes them all."""

from collections.abc import Iterable
from typing import Any
from zlib import crc32

import pytest


def sampled(cases: Iterable[str], share: int) -> list[Any]:
    """Return all cases; those that are not one in so many, by a checksum of the name, are for the slow tests."""
    return [case if crc32(case.encode()) % share == 0 else pytest.param(case, marks=pytest.mark.slow) for case in cases]
