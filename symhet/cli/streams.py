"""Standard output as it is: closed pipes, full disks, interruptions, terminals without Unicode."""

from __future__ import annotations

import codecs
import errno
import io
import logging
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import click

from symhet.errors import InterruptedRun, OutputError, SymhetError

USER_ERROR, INTERRUPTED, PIPE_CLOSED = 2, 130, 141
_SPELLED = {
    "·": "*", "−": "-", "≤": "<=", "≥": ">=", "≠": "!=", "≡": ":=", "⟹": "=>", "⇒": "=>", "⟺": "<=>", "⇔": "<=>",
    "→": "->", "∞": "inf", "∫": "integral", "∈": "in", "′": "'", "…": "...", "ϕ": "Phi", "↑": " up", "↓": " down",
    "–": "-", "√": "sqrt", "∂": "d", "λ": "lambda", "Λ": "Lambda",
}  # fmt: skip
_FULL = (errno.ENOSPC, errno.EDQUOT)
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_ACCENTS = {"\u0302": "-hat", "\u0303": "-tilde", "\u0304": "-bar", "\u0332": "-low", "\u0307": "-dot"}


def spelled(text: str) -> str:
    """Return a text in ASCII: letters by their names, signs as they are typed.

    Examples
    --------
    >>> spelled("φ̂_min ≤ σ² − 1")
    'phi-hat_min <= sigma^2 - 1'
    """
    found = ""
    raised = False
    for letter in text:
        digit = _RAISED.get(letter)
        found += ("" if raised else "^") + digit if digit else _SPELLED.get(letter) or _ascii(letter)
        raised = digit is not None
    return found


def _ascii(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _ACCENTS:
        return _ACCENTS[letter]
    if (plain := unicodedata.normalize("NFD", letter)) != letter:
        return "".join(map(_ascii, plain))
    words = unicodedata.name(letter, "").split()
    if words[:1] == ["GREEK"] and len(words) == 4:
        return words[3].capitalize() if words[1] == "CAPITAL" else words[3].lower()
    return "?"


def _spell(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return spelled(error.object[error.start : error.end]), error.end


codecs.register_error("symhet.spelled", _spell)


class _Closed(io.TextIOBase):
    """Standard output that was closed before the command began."""

    def write(self, text: str) -> int:
        """Refuse: what a command prints would be lost without a word."""
        raise OSError(errno.EBADF, "it is closed")


class _Told(logging.Handler):
    """Prints what the library warns of on standard error, as it is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        click.echo(f"{record.levelname.lower()}: {record.getMessage()}", err=True)


def in_lines(error: SymhetError) -> str:
    """Return an error as lines for a terminal; the place that a caret points at stays on its line."""
    from symhet.cli.folding import fold_all
    from symhet.cli.options import columns

    width = columns(sys.stderr)
    found: list[str] = []
    for line in str(error).split("\n"):
        if line.strip() == "^":
            margin = len(found[-1]) - len(found[-1].lstrip())
            left = max(0, line.index("^") + 1 - width)
            found[-1] = " " * margin + found[-1][margin + left :][: width - margin]
            found.append(line[left:])
        else:
            found.append(line)
    return "\n".join(part for line in found for part in fold_all([line], width, hang=5))


@contextmanager
def ending(context: click.Context) -> Iterator[None]:
    """Run a command; what a user can meet ends in words and a status of its own, never in a traceback."""
    # Python has None for a stream that is closed.
    sys.stdout, sys.stderr = sys.stdout or _Closed(), sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="symhet.spelled")
    log, told = logging.getLogger("symhet"), _Told(logging.WARNING)
    log.addHandler(told)
    try:
        try:
            yield
        finally:
            log.removeHandler(told)
            sys.stdout.flush()
    except SymhetError as error:
        if isinstance(error.__cause__, BrokenPipeError):
            _on_output(error.__cause__, context)
        click.echo(in_lines(error), err=True)
        context.exit(INTERRUPTED if isinstance(error, InterruptedRun) else USER_ERROR)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        context.exit(INTERRUPTED)
    except OSError as error:
        _on_output(error, context)


def _on_output(error: OSError, context: click.Context) -> None:
    """End after an error of the system, if it is one of writing or reading; others are faults of the program."""
    if error.errno == errno.EPIPE:
        _silence()
        context.exit(PIPE_CLOSED)
    if error.errno in (*_FULL, errno.EACCES, errno.EROFS, errno.EIO, errno.ENAMETOOLONG, errno.EBADF):
        _silence()
        path = str(error.filename) if error.filename else "standard output"
        fix = "make room there, or write elsewhere" if error.errno in _FULL else "write elsewhere"
        click.echo(in_lines(OutputError(path, error.strerror or str(error), fix=fix)), err=True)
        context.exit(USER_ERROR)
    raise error


def _silence() -> None:
    """Let what is still in the buffer of standard output go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = io.StringIO()
