"""Every command's words fit eighty columns; documents, tables of data and code are files and keep their lines."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from symhet.cli import main

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "examples").rglob("*.toml"))
SMALL = [ROOT / "examples" / "claims" / f"{name}.toml" for name in ("cobb_douglas", "dixit_stiglitz", "gravity")]
"""Judged in a few hundredths of a second each; the slow test takes all files."""
LONGER = ("list kz --verdict open", "statics kz", "axioms")
PAPERS = (
    "list kz", "list bo", "show kz.R.2.aggregate", "show bo.eq9", "show kz.A.2", "verify kz.eq12 bo.result1",
    "solve kz", "solve bo", "solve bo --regime long-run", "statics bo", "calibrate kz --list", "plot", "axioms --size",
    "calibrate kz --moment share_exporting=0.18 --free f_ex",
)  # fmt: skip
MISTAKES = (
    "solve kzz", "show kz.eq1Z", "solve kz L=30", "solve kz n=0.5", "sweep kz --over tau_I=1..2", "list nowhere.toml",
    "solve kz --distribution paretto:shape=3", "solve kz --distribution pareto:shape=1", "plot nothing", "plot kz",
    "derive kz.nothing", "calibrate kz --moment share=1 --free f_ex", "statics kz --of foo", "check README.md",
    "sweep kz --over tau_I=1.1 --outputs foo -q", "numeric kz.R.1", "numeric kz.eq12 --output foo", "replay nowhere",
    "export latex kz.eq12 --notation nowhere", "statics bo --regime short-run", "statics bo phi=0.95",
    "solve kz --json /nowhere/x.json", "wrong",
)  # fmt: skip


def columns(line):
    return sum(not unicodedata.combining(letter) for letter in line)


@pytest.fixture(params=[80, pytest.param(120, marks=pytest.mark.slow)])
def too_wide(request, monkeypatch):
    """Run commands on a terminal so wide, and return each with the widest of its lines that do not fit."""
    width = request.param
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.chdir(ROOT)

    def measure(lines):
        printed = {line: CliRunner().invoke(main, line.split(), prog_name="symhet") for line in lines}
        assert [line for line, result in printed.items() if not isinstance(result.exception, SystemExit | None)] == []
        widest = {line: max(result.output.splitlines() or [""], key=columns) for line, result in printed.items()}
        return {line: text for line, text in widest.items() if columns(text) > width}

    return measure


def helps(group=main, words=""):
    yield f"{words} --help"
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from helps(command, f"{words} {name}")
        else:
            yield f"{words} {name} --help"


def test_helps_and_mistakes(too_wide):
    assert too_wide([*helps(), "", *MISTAKES]) == {}


def test_papers(too_wide):
    assert too_wide(PAPERS) == {}


def test_lists_of_model_files(too_wide):
    assert too_wide(f"list {path}" for path in FILES) == {}


def test_model_files(too_wide):
    commands = ("check", "show", "solve", "statics")
    assert too_wide(f"{command} {path}" for path in SMALL for command in commands) == {}


@pytest.mark.slow
def test_every_model_file(too_wide):
    commands = ("check", "check --why", "show", "solve", "statics")
    assert too_wide(f"{command} {path}" for path in FILES for command in commands) == {}
    assert too_wide(LONGER) == {}


def test_a_terminal_is_as_wide_as_it_says():
    """The width of a terminal itself counts where COLUMNS is not set."""
    code = (
        "import fcntl, os, pty, struct, sys, termios\n"
        "def child():\n"
        "    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 60, 0, 0))\n"
        "    os.execv(sys.executable, [sys.executable, '-m', 'symhet', *sys.argv[1:]])\n"
        "pid, end = pty.fork()\n"
        "if not pid: child()\n"
        "found = b''\n"
        "try:\n"
        "    while part := os.read(end, 4096): found += part\n"
        "except OSError: pass\n"
        "os.waitpid(pid, 0)\n"
        "sys.stdout.buffer.write(found)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"NO_COLOR": "1"}
    words = ("list", str(ROOT / "examples" / "chaney.toml"))
    told = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    widest = max(map(columns, told.stdout.splitlines()))
    assert 50 < widest <= 60
