"""What tests count, such as the mutations that they put to provers: one sum for a whole run."""

from collections import Counter
from collections.abc import Callable, Iterable

Count = Callable[[str, object], None]
"""Fixture ``record_property``: what it records travels with the report of a test, also from another process."""

PREFIX = "counted: "


def counts(reports: Iterable[object]) -> Counter[str]:
    """Sum what tests recorded under names that begin with `PREFIX`."""
    total: Counter[str] = Counter()
    for report in reports:
        for name, value in getattr(report, "user_properties", ()) if getattr(report, "when", "") == "call" else ():
            if name.startswith(PREFIX):
                total[name.removeprefix(PREFIX)] += value
    return total
