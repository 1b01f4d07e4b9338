"""Every command with every kind of name: it does its work, or says by name what is wrong and what to type.

A cell ends with the status that the help tells: 0 or 1 where something is there to work on, 2 where it is not.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from symhet.cli import main

MODEL = Path(__file__).parents[2] / "examples" / "claims" / "tax_incidence.toml"
THERE = {
    "paper": "kz",
    "claim": "kz.eq12",
    "file": "good.toml",
    "claim of a file": "good.toml:sellers",
    "empty file": "empty.toml",
}
"""Names of what is there; a command may still want another kind of thing."""
NOT_THERE = {
    "unknown name": "kzz",
    "unknown claim": "kz.eq999",
    "missing file": "nowhere.toml",
    "unknown claim of a file": "good.toml:nope",
    "folder": "folder",
    "folder named as a file": "folder.toml",
    "claim of a folder": "folder.toml:x",
    "this folder": ".",
    "link to itself": "loop.toml",
    "file that fails to be read": "mem.toml",
    "claim of a file that fails to be read": "mem.toml:x",
    "half a file": "half.toml",
    "claim of half a file": "half.toml:sellers",
    "bytes": "bytes.toml",
    "another encoding": "latin.toml",
    "a zero byte inside": "nul.toml",
    "half of JSON": "half.json",
    "JSON of something else": "other.json",
    "nothing": "",
    "name too long": "a" * 300,
    "file name too long": "a" * 300 + ".toml",
    "two lines": "a\nb",
    "zero byte": "a\0b.toml",
    "zero byte in a name": "a\0b",
    "no letters": ":",
    "half a letter": "\udcff.toml",
    "below a file": "good.toml/x.toml",
}
READ = (
    "check X", "check X sellers", "check good.toml X", "list X", "show X", "verify X", "replay X", "axioms X",
    "selftest X --most 1", "derive X", "derive X --full", "derive X --format latex", "solve X", "statics X",
    "calibrate X --list", "calibrate X --moment a=1 --free b", "sweep X --over tau_I=1.1,1.2", "sweep --check X",
    "numeric X", "plot X -o p.svg", "plot X --over W -o p.svg", "plot sign-change --claim X -o p.svg",
    "export latex X", "export tables X", "export pdf X -o p.pdf", "report X -o site",
    "export latex kz.eq12 --notation X",
)  # fmt: skip
WRITTEN = (
    "new X", "check good.toml --json X", "check good.toml --certificates X", "show kz.eq12 --json X",
    "verify kz.eq12 --json X", "verify kz.eq12 --certificates X", "derive kz.eq12 -o X", "solve kz --json X",
    "statics kz --to tau_I --of M --json X", "calibrate kz --moment share_exporting=0.18 --free f_ex --json X",
    "sweep kz --over tau_I=1.1,1.2 -o X", "numeric kz.eq12 -o X", "plot kz-liberalisation -o X",
    "export latex kz.eq12 -o X", "export tables kz --only notation -o X", "docs -o X", "report kz -o X",
)  # fmt: skip
LONG_WITH_A_PAPER = (
    "verify", "selftest", "derive", "list", "statics X", "export latex X", "export tables X", "export pdf", "report X",
    "check X",
)  # fmt: skip
"""Commands that take long with a whole paper."""
MINUTES_WITH_A_PAPER = ("verify", "selftest", "derive X --full", "export pdf", "report X")
"""Those of them that take minutes: other tests run these."""
LONG = ("selftest", "export pdf", "report X")
"""Commands that take long with one claim."""
NEVER_DONE = ("docs", "report kz")
"""Commands that are tried only with names of folders that nobody can make."""
NO_FILE = (
    "folder", "this folder", "link to itself", "nothing", "name too long", "file name too long", "zero byte",
    "zero byte in a name", "below a file",
)  # fmt: skip
"""Names under which no file can be written."""
NO_FOLDER = ("file", *(kind for kind in NO_FILE if "folder" not in kind and kind != "nothing"))
ALL_NAMES = {**THERE, **NOT_THERE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("matrix")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SYMHET_CACHE", str(place / "cache"))
        patch.chdir(place)
        yield place


def put_back(folder):
    """Put every kind of file where it was: commands may have written to them."""
    text = MODEL.read_bytes()
    written = {
        "good.toml": text,
        "empty.toml": b"",
        "half.toml": text[: len(text) * 2 // 3],
        "bytes.toml": bytes(range(256)) * 20,
        "latin.toml": text + "# é".encode("latin-1"),
        "nul.toml": text.replace(b"[claims]", b"\0[claims]"),
        "half.json": b'{"version": 1, "theorems": [',
        "other.json": b'{"a": 1}',
    }
    for entry in folder.iterdir():
        if entry.name not in (*written, "cache"):
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    for name in ("folder", "folder.toml"):
        (folder / name).mkdir()
    for name, content in written.items():
        (folder / name).write_bytes(content)
    for name, target in (("loop.toml", "loop.toml"), ("mem.toml", "/proc/self/mem")):
        os.symlink(target, folder / name)


def ends_in_words(command, name):
    """Run a command; return its status, after looking at what it says."""
    words = [name if word == "X" else word for word in command.split()]
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), (name, result.exc_info)
    assert result.exit_code in (0, 1, 2), name
    if result.exit_code == 2:
        assert re.search(r"\n  fix: |^Usage: ", result.stderr), result.stderr
        assert "Traceback" not in result.output
    return result


NO_THEOREM_STANDS = ("half of JSON", "JSON of something else", "this folder")
"""For commands that read theorems these are something: there is an answer, and it is no."""


@pytest.mark.parametrize("command", READ)
def test_what_is_not_there_is_refused_by_name(command, folder):
    put_back(folder)
    reads_theorems = command in ("replay X", "axioms X")
    for kind, name in NOT_THERE.items():
        result = ends_in_words(command, name)
        assert result.exit_code == (1 if reads_theorems and kind in NO_THEOREM_STANDS else 2), (kind, result.output)
        assert result.exit_code == 1 or not result.stdout, kind


def works(command, kind, folder):
    put_back(folder)
    result = ends_in_words(command, THERE[kind])
    assert result.exit_code == 2 or result.output.strip(), kind


def is_long(command, kind):
    return command.startswith(LONG_WITH_A_PAPER if kind == "paper" else LONG)


@pytest.mark.parametrize("command", [command for command in READ if not command.startswith(LONG)])
def test_what_is_there_is_worked_on_or_refused_by_name(command, folder):
    for kind in THERE:
        if not is_long(command, kind):
            works(command, kind, folder)


@pytest.mark.slow
@pytest.mark.parametrize("command", [command for command in READ if command.startswith((*LONG_WITH_A_PAPER, *LONG))])
def test_what_takes_long_is_worked_on_or_refused_by_name(command, folder):
    for kind in THERE:
        if is_long(command, kind) and not (kind == "paper" and command.startswith(MINUTES_WITH_A_PAPER)):
            works(command, kind, folder)


def written(command, name, folder):
    put_back(folder)
    result = ends_in_words(command, name)
    assert not list(folder.rglob(".*.part"))
    return result


@pytest.mark.parametrize("command", WRITTEN)
def test_where_nothing_can_be_written_that_is_said_before_any_work(command, folder):
    to_a_folder = "--certificates" in command or command.startswith(NEVER_DONE)
    for kind in NO_FOLDER if to_a_folder else NO_FILE:
        result = written(command, ALL_NAMES[kind], folder)
        assert result.exit_code == 2, (kind, result.output)
        assert not result.stdout, kind


@pytest.mark.slow
@pytest.mark.parametrize("command", [command for command in WRITTEN if not command.startswith(NEVER_DONE)])
def test_what_is_said_to_be_written_is_there(command, folder):
    for kind, name in ALL_NAMES.items():
        if written(command, name, folder).exit_code == 0:
            assert (folder / name).exists(), kind


def test_every_command_is_in_the_table():
    names = {" ".join(command.split()[: 2 if command.startswith("export") else 1]) for command in (*READ, *WRITTEN)}
    there = {name for name in main.commands if name != "export"}
    assert names == there | {f"export {name}" for name in main.commands["export"].commands}
