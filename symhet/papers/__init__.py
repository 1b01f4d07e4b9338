"""The papers that symhet judges: one room each, with all that is the paper's own."""

from __future__ import annotations

from symhet.catalogue import keys, ledger

__all__ = ["keys", "ledger"]


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
