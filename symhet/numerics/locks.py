"""One writer at a time: a lock that a store's writer holds, and that the system lets go when the writer dies."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from symhet.errors import OutputError
from symhet.numerics.faults import StoreLocked

__all__ = ["require_free", "writing"]

SUFFIX = ".lock"
_held: set[int] = set()
"""File descriptors of the locks of this process: a forked worker closes its copies, lest it outlive its parent."""


@contextmanager
def writing(store: Path) -> Iterator[None]:
    """Hold a store as its only writer.

    Parameters
    ----------
    store : Path
        A file or folder, which need not exist; the lock is a file next to it.

    Raises
    ------
    StoreLocked
        When another run holds it: says which process, where and since when.
    OutputError
        When the lock cannot be made, as in a folder that is not writable.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> store = Path(mkdtemp()) / "s.zarr"
    >>> with writing(store):
    ...     [path.name for path in store.parent.iterdir()]
    ['s.zarr.lock']
    """
    lock = store.with_name(store.name + SUFFIX)
    descriptor = _acquired(store, lock)
    _held.add(descriptor)
    try:
        yield
    finally:
        _held.discard(descriptor)
        lock.unlink(missing_ok=True)
        os.close(descriptor)


def require_free(store: Path) -> None:
    """Refuse a store that a run is writing to; nothing is written, so that a folder may be read-only.

    Raises
    ------
    StoreLocked
        When a run holds it.
    """
    try:
        descriptor = os.open(store.with_name(store.name + SUFFIX), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        raise StoreLocked(str(store), _holder(descriptor)) from None
    finally:
        os.close(descriptor)


def _holder(descriptor: int) -> str:
    return os.pread(descriptor, 200, 0).decode("utf-8", "replace").strip() or "another process"


def _acquired(store: Path, lock: Path) -> int:
    """Return the descriptor of the lock, made and held by this process."""
    while True:
        try:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise OutputError(str(store), error.strerror or str(error)) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = _holder(descriptor)
            os.close(descriptor)
            raise StoreLocked(str(store), holder) from None
        if _is_still_there(descriptor, lock):
            _sign(descriptor)
            return descriptor
        os.close(descriptor)


def _is_still_there(descriptor: int, lock: Path) -> bool:
    """Tell whether the file that was locked has its name: the run before takes it away when it ends."""
    try:
        return os.path.samestat(os.fstat(descriptor), lock.stat())
    except FileNotFoundError:
        return False


def _sign(descriptor: int) -> None:
    """Write who holds the lock, for the message of the next; a full disk is no reason not to hold it."""
    text = f"process {os.getpid()} on {socket.gethostname()} since {time.strftime('%Y-%m-%d %H:%M:%S')}\n"
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, text.encode(), 0)
    except OSError:
        return


def _let_go() -> None:
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)
