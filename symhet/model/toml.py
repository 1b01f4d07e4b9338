"""Model files as TOML, every value with the place where it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symhet.language.mistakes import Source
from symhet.model.mistakes import BadToml, UnreadableFile, WrongValue

MAX_BYTES = 1_000_000
MAX_ENTRIES = 2_000
_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_.\"' -]+?)\s*\]+\s*(?:#.*)?$")
_ENTRY = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[A-Za-z0-9_.-]+)\s*=\s*")
_AT = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True)
class Document:
    """A file's data, and its lines.

    Parameters
    ----------
    data : dict
        What the file holds.
    lines : tuple of str
        Its lines.
    name : str
        What errors call it.
    """

    data: dict[str, Any]
    lines: tuple[str, ...]
    name: str

    def source(self, section: str, key: str = "", field: str = "", value: str | None = None) -> Source:
        """Return a text of the file and where it stands, as near as its line tells."""
        line, begin = self._entry(section, key)
        if value is None:
            return Source(self.lines[line] if self.lines else "", self.name, line + 1, 1)
        for at in range(line, min(line + 40, len(self.lines))):
            start = begin if at == line else 0
            if field:
                found = re.compile(rf"\b{re.escape(field)}\s*=\s*").search(self.lines[at], start)
                start = found.end() if found else start
            column = self.lines[at].find(value.split("\n")[0], start)
            if column >= 0:
                return Source(value, self.name, at + 1, column + 1)
        return Source(value, self.name, line + 1, begin + 1)

    def _entry(self, section: str, key: str) -> tuple[int, int]:
        """Return the line of a key of a section, counted from zero, and the column behind its equals sign."""
        here, first = "", 0
        for number, line in enumerate(self.lines):
            header = _HEADER.match(line)
            if header:
                here = header.group(1).strip()
                if here == section:
                    first = number
                if key and here in (f"{section}.{key}", f'{section}."{key}"'):
                    return number, 0
                continue
            entry = _ENTRY.match(line)
            if entry and here == section and entry.group(1).strip("\"'").split(".")[0] == key:
                return number, entry.end()
        return first, 0


def read_document(path: str | Path) -> Document:
    """Read a file.

    Raises
    ------
    UnreadableFile, BadToml
        When the file is missing, too large, no text, or no TOML.
    """
    place = Path(path)
    try:
        if place.exists() and not (place.is_file() or place.is_dir()):
            raise UnreadableFile("this is a pipe or a device, not a file", where=str(path))
        with place.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        fix = "`symhet new FILE` writes one to start from"
        raise UnreadableFile(
            "the model file cannot be read", where=str(path), why=str(error.strerror), fix=fix
        ) from error
    except UnicodeDecodeError as error:
        fix = "save it as UTF-8"
        raise UnreadableFile("the file is no text in UTF-8", where=f"{path}, byte {error.start}", fix=fix) from error
    except ValueError as error:
        fix = "give the path of a file"
        raise UnreadableFile("this is no path", where=repr(str(path)), why=str(error), fix=fix) from error
    if len(raw) > MAX_BYTES:
        fix = "leave out what is no part of the model"
        raise UnreadableFile(f"a model file has at most {MAX_BYTES} bytes", where=str(path), fix=fix)
    return parse_document(text, str(path))


def parse_document(text: str, name: str = "model") -> Document:
    """Return the data of a text.

    Raises
    ------
    BadToml
        With line and column.
    """
    lines = tuple(re.split(r"\r\n|\r|\n", text))
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise _bad_toml(error, lines, name) from error
    for section, entries in data.items():
        if type(entries) is dict and len(entries) > MAX_ENTRIES:
            raise BadToml(f"[{section}] has more than {MAX_ENTRIES} entries", Source("", name), 0)
    return Document(data, lines, name)


def _bad_toml(error: Exception, lines: tuple[str, ...], name: str) -> BadToml:
    why = "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
    at = _AT.search(why)
    line, column = (int(at.group(1)), int(at.group(2))) if at else (len(lines), 1)
    shown = lines[line - 1] if line <= len(lines) else ""
    why = _AT.sub("", why).replace("(at )", "").strip()
    fix = 'a line is name = "text", name = 1.5 or name = { meaning = "text" }, under a [section]'
    if "overwrite" in why or "twice" in why:
        fix = "a section stands once in a file, and a name once in its section"
    return BadToml(f"this is not TOML: {why}", Source(shown, name, line), min(column - 1, len(shown)), fix=fix)


def checked(document: Document, section: str, key: str, entry: Mapping[str, Any], kinds: Mapping[str, Any]) -> None:
    """Fail unless an entry has known fields of the right types."""
    from symhet.model.mistakes import UnknownKey

    for field, value in entry.items():
        if field not in kinds:
            source = document.source(section, key)
            raise UnknownKey(str(field), kinds, source, max(0, source.text.find(str(field))))
        if type(value) not in kinds[field]:
            wanted = " or ".join(_NAMES[kind] for kind in kinds[field])
            raise WrongValue(
                f"{field} is {wanted}", document.source(section, key), 0, why=f"{_NAMES.get(type(value), 'this')} given"
            )


_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "a table"}
