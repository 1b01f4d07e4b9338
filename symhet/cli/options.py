"""What commands share: how IDs, output files and quietness are read from the command line."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from symhet.errors import OutputError

if TYPE_CHECKING:
    from rich.console import Console

Command = TypeVar("Command", bound=Callable[..., Any])
WIDTH_OF_A_FILE = 140
"""Columns of tables that are not printed on a terminal."""


def complete_claims(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the IDs that begin with what was typed, for the completion of shells."""
    from symhet.cli.completing import identifiers

    return [name for name in identifiers() if name.startswith(incomplete)]


def complete_papers(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Return the keys of papers that begin with what was typed."""
    return [name for name in complete_claims(context, parameter, incomplete) if "." not in name]


def quiet_option(command: Command) -> Command:
    """Add ``--quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help="Print results only: no progress, no hints.")(command)


def anew_option(command: Command) -> Command:
    """Add ``--anew``."""
    said = "Build every claim from its primitives, though what was found is kept."
    return click.option("--anew", is_flag=True, help=said)(command)


def is_quiet(quiet: bool) -> bool:
    """Tell whether quietness was asked for, before or after the name of the command."""
    context = click.get_current_context()
    return quiet or bool(context.find_root().params.get("quiet"))


def columns(stream: IO[str] | None = None) -> int:
    """Return how wide lines on standard output, or on another stream, may be."""
    file = stream or sys.stdout
    return shutil.get_terminal_size().columns if file.isatty() or "COLUMNS" in os.environ else WIDTH_OF_A_FILE


def console(stream: IO[str] | None = None) -> Console:
    """Return a console on standard output, or on another stream; NO_COLOR is respected."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    file = stream or sys.stdout
    width = None if file.isatty() or "COLUMNS" in os.environ else WIDTH_OF_A_FILE
    return Piped(file=file, width=width, highlight=False, soft_wrap=False)


def check_output(path: str, option: str) -> None:
    """Check, before any work is done, that a file can be written; ``-`` is standard output.

    Raises
    ------
    OutputError
        When the folder is missing, the path is a folder, or either is not writable.
    """
    if path == "-":
        return
    target = Path(path)
    if not path.strip():
        raise OutputError(path, "this is no name of a file", where=option)
    _look(target, option)
    if target.is_dir():
        raise OutputError(path, "it is a folder", where=option)
    if not target.parent.is_dir():
        raise OutputError(path, f"the folder {str(target.parent)!r} does not exist", where=option)
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise OutputError(path, "writing there is not permitted", where=option)


def check_folder(path: str, option: str, make: bool = False) -> Path:
    """Check, before any work is done, that files can be written to a folder, which need not exist.

    Parameters
    ----------
    path : str
        The folder.
    option : str
        The option that named it.
    make : bool
        Whether folders above it that are missing are made.

    Raises
    ------
    OutputError
        When it is a file, is in a folder that does not exist, or writing is not permitted.
    """
    folder = Path(path)
    _look(folder, option)
    if folder.exists() and not folder.is_dir():
        raise OutputError(path, "it is a file, not a folder", where=option, fix="give a folder")
    above = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not make and above not in (folder.absolute(), folder.absolute().parent):
        raise OutputError(path, f"the folder {str(folder.parent)!r} does not exist", where=option, fix="make it first")
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise OutputError(path, "writing there is not permitted", where=option, fix="give another folder")
    from tempfile import mkdtemp

    try:
        # There are file systems on which no folder can be made although its parent may be written to.
        os.rmdir(mkdtemp(dir=above))
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(path, why, where=option, fix="give another folder") from error
    return folder


def _look(target: Path, option: str) -> None:
    """Refuse a name that no file can have, and a link that leads nowhere but to itself."""
    try:
        target.stat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise OutputError(str(target), error.strerror or str(error), where=option) from error
    except ValueError as error:
        raise OutputError(str(target), "this is no name of a file", where=option) from error


def write_output(path: str, text: str, option: str) -> None:
    """Write text to a file in one piece, or to standard output for ``-``.

    What is no plain file, such as ``/dev/stdout`` or a pipe, is written to where it is, and a link is followed.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    if path == "-":
        click.echo(text, nl=False)
        return
    target = Path(path)
    if target.exists() and not target.is_file():
        with _told_where(path, option):
            target.write_text(text, "utf-8")
        return
    target = target.resolve()
    scratch = target.with_name(f".{target.name}.part")
    with _told_where(path, option):
        try:
            scratch.write_text(text, "utf-8")
            scratch.replace(target)
        finally:
            scratch.unlink(missing_ok=True)


@contextmanager
def _told_where(path: str, option: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(path, error.strerror or str(error), where=option) from error
