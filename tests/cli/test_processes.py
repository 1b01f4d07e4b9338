"""The command line as a process: examples of the help, time to answer, colours, interruption."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from symhet.cli import main
from symhet.cli.kept import Kept
from symhet.cli.rooms import rooms

ROOT = Path(__file__).parents[2]
SLOW_LEDGER = """
import os
import signal
import time
from pathlib import Path
from symhet import papers
from symhet.claims import Claim, Ledger, given
from symhet.cli.running import Run

# A program that a script starts in the background ignores interruptions, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

def slow():
    # Naps: a signal that comes between two lines would find no end of a single long sleep.
    while True:
        time.sleep(0.05)

rows = [Claim(f"kz.fast{i}", "primitive", "s", "x", given) for i in range(3)]
rows += [Claim(f"kz.slow{i}", "claim", "s", "x", slow) for i in range(3)]
judge_all = Run.execute

def watched(self, jobs, when_done):
    def tell(told):
        when_done(told)
        if len(self.done) == 3:
            Path(os.environ["SLOW_BEGAN"]).touch()
    return judge_all(self, jobs, tell)

Run.execute = watched
papers.keys = lambda: ("kz",)
papers.ledger = lambda key: Ledger("kz", "t", tuple(rows))
from symhet.cli import main
main(prog_name="symhet")
"""


def run(*words, **options):
    command = [sys.executable, "-m", "symhet", *words]
    return subprocess.run(command, cwd=options.pop("cwd", ROOT), capture_output=True, text=True, check=False, **options)


def called(*words):
    """Run a command in this process: starting another takes longer than most commands do."""
    return CliRunner().invoke(main, words, prog_name="symhet")


def commands(group=main, name="symhet"):
    """Return every command by the words that call it, and the main one; groups in between only lead to others."""
    found = {name: group} if group is main else {}
    for word, command in group.commands.items():
        inner = isinstance(command, click.Group)
        found |= commands(command, f"{name} {word}") if inner else {f"{name} {word}": command}
    return found


def examples(command):
    """Return the example lines of a command's help."""
    context = click.Context(command, info_name="symhet")
    told = re.sub(r" *\\\n *", " ", command.get_help(context).partition("Example")[2])
    return re.findall(r"^ *(symhet .+)$", told, re.MULTILINE)


@pytest.mark.parametrize("name", commands())
def test_every_help_has_an_example(name):
    assert examples(commands()[name])


TYPESETTERS = ("latexmk", "tectonic", "pdflatex")
WHOLE = re.compile(r"symhet (docs|report|selftest$|verify --certificates|derive kz --full|derive kz.appendix|axioms$)")
"""Examples that judge whole papers: `make docs-check` and `make site` run the first two on every commit."""
BEFORE = {
    "model.toml": "symhet new model.toml",
    "theorems": "symhet verify kz.eq12 --certificates theorems",
    "relocation.zarr": "symhet sweep bo --regime short-run --over phi=0.1:0.9:4 --outputs a_D,a_R -o relocation.zarr",
}
"""What writes a file that examples read."""
EXAMPLES = [
    pytest.param(line, marks=pytest.mark.slow if WHOLE.match(line) else ())
    for line in sorted({line for command in commands().values() for line in examples(command)})
]


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_works_as_typed(line, tmp_path, monkeypatch):
    program, *words = shlex.split(line)
    assert program == "symhet"
    monkeypatch.chdir(tmp_path)
    # A process that has loaded the papers judges anew, and this one has: who types a line is told what is kept.
    monkeypatch.setattr("symhet.cli.kept.GROUP", "no module")
    monkeypatch.setattr("symhet.cli.running.cores", lambda: 1)
    if line.startswith("symhet export pdf") and not any(map(shutil.which, TYPESETTERS)):
        pytest.skip(f"left out: none of {', '.join(TYPESETTERS)} is installed")
    if "phi,phi_x" in words:
        shutil.copy(ROOT / "examples" / "melitz.toml", tmp_path / "model.toml")
    for name, writes in BEFORE.items():
        if (
            name in words
            and not (tmp_path / name).exists()
            and words[words.index(name) - 1] not in ("-o", "new", "--certificates")
        ):
            assert called(*shlex.split(writes)[1:]).exit_code == 0
    result = called(*words)
    assert result.exit_code == 0, result.output
    assert result.output or list(tmp_path.iterdir())


COUNTED = """
import sys
calls = 0

def count(frame, event, argument):
    global calls
    calls += event == "call"

sys.setprofile(count)
from symhet.cli import main
try:
    main(sys.argv[1:], prog_name="symhet")
finally:
    sys.setprofile(None)
    print(calls, file=sys.stderr)
"""


def calls(*words):
    """Return how often a command calls functions, those of its imports among them: no clock, whatever else runs."""
    result = subprocess.run([sys.executable, "-c", COUNTED, *words], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return int(result.stderr.split()[-1])


def test_help_answers_at_once():
    """A tenth of a second: 34,000 calls when this was written."""
    assert calls("--help") < 50_000


def test_one_claim_is_shown_in_time():
    """Less than a second: 400,000 calls from what is kept, 865,000 without, when this was written."""
    assert calls("show", "kz.eq12") < (600_000 if Kept(rooms()).fresh() else 1_300_000)


def test_help_loads_neither_sympy_nor_rich():
    code = "import sys, symhet.cli; print(sorted({'sympy', 'rich', 'flint'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_no_color_is_respected():
    colourful = {**os.environ, "FORCE_COLOR": "1"}
    assert "\x1b[" in run("show", "kz.eq1", env=colourful).stdout
    plain = run("show", "kz.eq1", env={**colourful, "NO_COLOR": "1"}).stdout
    assert not re.search(r"\x1b\[[\d;]*3[0-9]", plain)


def test_the_shell_completes_commands_and_claims():
    env = {**os.environ, "_SYMHET_COMPLETE": "bash_complete", "COMP_WORDS": "symhet show kz.eq1", "COMP_CWORD": "2"}
    result = run(env=env)
    assert "plain,kz.eq12" in result.stdout.splitlines()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_leaves_finished_verdicts(jobs, tmp_path):
    target, began = tmp_path / "out.json", tmp_path / "began"
    command = [sys.executable, "-c", SLOW_LEDGER, "verify", "--json", str(target), "--jobs", jobs]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": {**os.environ, "SLOW_BEGAN": str(began)}}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        while not began.exists() and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == 130
    assert "[SH604] interrupted after 3 of 6" in errors
    data = json.loads(target.read_text("utf-8"))
    assert {entry["id"]: entry["verdict"] for entry in data["claims"]} == {f"kz.fast{i}": "given" for i in range(3)}
    assert data["summary"]["interrupted"] is True
