"""The papers that symhet judges: primitives, derivations and ledgers of claims."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from symhet.errors import UnknownModel
from symhet.keeping import KEEPER, STORE

if TYPE_CHECKING:
    from symhet.claims import Ledger

__all__ = ["keys", "ledger"]

_ROOMS = {"kz": "kz", "bo": "bo"}


def keys() -> tuple[str, ...]:
    """Return the short names of the papers that have a ledger.

    Returns
    -------
    tuple of str
        ``"kz"``, ``"bo"``.

    Examples
    --------
    >>> "kz" in keys()
    True
    """
    return tuple(key for key, room in _ROOMS.items() if find_spec(f"symhet.papers.{room}.ledger"))


def ledger(key: str) -> Ledger:
    """Return the ledger of a paper: its claims, not yet judged.

    Parameters
    ----------
    key : str
        One of `keys`.

    Returns
    -------
    Ledger
        Its rows in the order of the paper.

    Raises
    ------
    UnknownModel
        Naming the nearest keys.

    Examples
    --------
    >>> ledger("kz").find("kz.eq12").title
    'offshoring cutoff'
    """
    if key not in keys():
        raise UnknownModel(key, keys())
    _open_store(key)
    found: Ledger = import_module(f"symhet.papers.{_ROOMS[key]}.ledger").ledger()
    return found


@cache
def _open_store(key: str) -> None:
    """Have the theorems looked up that come with a paper."""
    KEEPER.open(store_of(key))


def store_of(key: str) -> Path:
    """Return the file in which the theorems of a paper are kept."""
    return Path(__file__).parent / _ROOMS[key] / STORE
