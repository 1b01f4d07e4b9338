"""How commands end: in words and with the status that the help tells, whatever a user meets."""

import io
import os
import re
import signal
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from click.testing import CliRunner

from symhet.cli import main
from symhet.cli.streams import spelled

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
WRITERS = (
    "list kz", "show kz.eq1", "verify kz.eq1 kz.eq12", "derive kz.eq1", "solve kz", "statics kz", "kernel kz.eq14",
    "export latex kz.eq12", "axioms --size", "sweep kz --over tau_I=1.1,1.2 -q", "plot", "calibrate kz --list",
)  # fmt: skip


def run(text):
    return CliRunner().invoke(main, text.split())


def shell(line, encoding="utf-8", **more):
    symhet = f"{sys.executable} -m symhet"
    return subprocess.run(
        ["bash", "-c", line.replace("symhet", symhet, 1)], cwd=ROOT, env={**ENVIRONMENT, **more}, capture_output=True,
        text=True, encoding=encoding, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(("words", "says"), [
    ("solve kz n=0.5", "n >= 1"),
    ("solve kz tau_I=abc", "'abc' is not a number"),
    ("solve kz --set tau_I=1.2 --set tau_I=1.3", "tau_I is given twice"),
    ("solve kz L=30", "diversified"),
    ("sweep kz --over tau_I=1.1,1.2 --set tau_I=1.2", "it varies and is set to one value"),
    ("sweep kz --over tau_I=1.1,1.2 --over tau_I=1.3", "tau_I is given twice"),
    ("sweep kz --over tau_I=1..2", "START:STOP:COUNT"),
    ("sweep kz --over tau_I=1:2:99999999999", "COUNT lies between one and 100,000,000"),
    ("solve kz sigma=3,4", "symhet sweep"),
    ("show kz", "symhet list kz"),
    ("calibrate kz", "--moment NAME=VALUE --free NAMES"),
    ("calibrate kz --moment share_exporting=0.18", "--free NAMES"),
    ("export latex kz.eq12 --notation nowhere", "why: No such file or directory"),
    ("replay nowhere", "why: No such file or directory"),
])  # fmt: skip
def test_what_is_no_economy_is_refused_in_words(words, says):
    result = run(words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


def test_weights_that_do_not_add_up_to_one_are_named():
    result = run("solve kz --distribution 0.3*pareto:shape=4.5,scale=1+0.6*lognormal:mu=0,sigma=0.6")
    assert "warning: the weights 0.3 + 0.6 add up to 0.9, not to one; they are divided by it" in result.stderr
    assert (
        "weights" not in run("solve kz --distribution 0.4*pareto:shape=4.5,scale=1+0.6*pareto:shape=5,scale=1").stderr
    )


def test_points_without_solution_are_counted_in_words_and_end_with_one():
    result = run("sweep kz --over L=2,4,6 --outputs welfare -q")
    assert result.exit_code == 1
    assert "2 points have no solution: L_w > I_w/phi_I_w, the labour of country W in intermediates" in result.stderr
    assert [line.count(",") for line in result.stdout.splitlines()] == [1, 1, 1, 1]
    assert run("sweep kz --over tau_I=1.1,1.2 --outputs welfare -q").exit_code == 0


def test_a_store_tells_the_same_reason_as_the_screen(tmp_path):
    line = f"sweep kz --over L=2,4 --outputs welfare,status -q -o {tmp_path / 's.zarr'}"
    for _ in range(2):
        result = run(line)
        assert (result.exit_code, "1 point has no solution: L_w > I_w/phi_I_w" in result.stderr) == (1, True)


def test_phases_and_regimes_are_words_in_a_table():
    assert [line.split(",")[1] for line in run("sweep kz --over tau_I=1.2,3 --outputs regime -q").stdout.split()] == [
        "regime", "paper", "no-offshoring",
    ]  # fmt: skip
    assert "full" in run("sweep bo --over phi=0.95,0.99 --outputs phase -q").stdout


def test_what_is_not_defined_is_no_number():
    assert "nan" not in run("solve bo --regime short-run phi=0.99").stdout
    assert "undefined" in run("solve bo --regime short-run phi=0.99").stdout


@pytest.mark.parametrize("words", WRITERS)
def test_a_full_disk_is_said(words):
    said = io.StringIO()
    with (
        Path("/dev/full").open("w") as full,
        redirect_stdout(full),
        redirect_stderr(said),
        pytest.raises(SystemExit) as ended,
    ):
        main(words.split(), prog_name="symhet")
    assert ended.value.code == 2
    assert "[SH601] cannot write to 'standard output'" in said.getvalue()


def test_a_full_disk_is_said_by_the_program():
    result = shell("symhet list kz > /dev/full")
    assert result.returncode == 2
    assert "[SH601] cannot write to 'standard output'" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("words", ["show kz.eq12", "solve kz --json -", "report kz -o /proc/nowhere"])
def test_what_cannot_be_written_is_said_before_any_work(words):
    result = shell(f"symhet {words} >&-")
    assert result.returncode == 2
    assert "[SH601]" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_closed_error_stream_is_no_fault():
    assert shell("symhet show kz.nothing 2>&-").returncode == 2


@pytest.mark.parametrize("words", ["list kz", "sweep kz --over tau_I=1.05:1.5:20000 -q", "verify kz.eq1 kz.eq2 kz.eq3"])
def test_a_closed_pipe_ends_quietly(words):
    result = shell(f"(symhet {words}; echo status $? >&2) | true")
    assert result.stderr.split("\n")[0] in ("status 141", "status 0")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_unicode_gets_letters_by_their_names(encoding):
    result = shell("symhet show kz.eq12", encoding, PYTHONIOENCODING=encoding)
    assert result.returncode == 0
    assert "phi" in result.stdout
    assert "sigma - 1" in result.stdout


def test_spelling():
    assert spelled("Λ·φ̂_min² ≥ ϕ^k ⟹ a′ → ∞") == "Lambda*phi-hat_min^2 >= Phi^k => a' -> inf"


@pytest.mark.parametrize("words", ["docs -o {}/site", "report -o {}/site", "verify kz.eq1 --certificates {}/theorems"])
def test_a_folder_that_cannot_be_is_refused_before_any_work(words, tmp_path, monkeypatch):
    monkeypatch.setattr("symhet.cli.running.Run.execute", lambda *_, **__: pytest.fail("work was done"))
    file = tmp_path / "file"
    file.touch()
    result = run(words.format(file))
    assert result.exit_code == 2
    assert "[SH601]" in result.stderr


@pytest.mark.parametrize("words", [
    "docs -o {}", "report -o {}", "verify kz.eq1 --certificates {}", "verify kz.eq1 --json {}/v",
    "kernel kz.eq14 -o {}/k.py", "derive kz.eq1 -o {}/d", "plot bo-cutoffs -o {}/p.svg",
])  # fmt: skip
def test_a_read_only_folder_is_found_before_any_work(words, tmp_path, monkeypatch):
    monkeypatch.setattr("symhet.cli.running.Run.execute", lambda *_, **__: pytest.fail("work was done"))
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    result = run(words.format(tmp_path))
    assert result.exit_code == 2
    assert "writing there is not permitted" in result.stderr


@pytest.mark.parametrize("words", ["show kz.eq12", "derive kz.eq12", "solve kz", "docs -o {}", "kernel kz.eq14"])
def test_an_interruption_ends_with_130(words, tmp_path, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    for place in (
        "symhet.cli.running.judge_leaf",
        "symhet.numerics.models.solve",
        "symhet.workbench.numeric",
    ):
        monkeypatch.setattr(place, interrupt)
    monkeypatch.setattr("symhet.cli.running.cores", lambda: 1)
    result = run(words.format(tmp_path))
    assert result.exit_code == 128 + signal.SIGINT


def test_the_help_tells_every_status():
    text = run("--help").stdout
    assert all(re.search(rf"\b{status}\s+[a-z]", text) for status in (0, 1, 2, 130, 141))


def test_a_device_is_written_to_and_a_link_is_followed(tmp_path):
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(real)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert run(f"solve kz -q --json {link}").exit_code == 0
    assert link.is_symlink()
    assert '"kz"' in real.read_text()
    result = shell(f"(symhet solve kz -q --json {pipe} >/dev/null &); cat {pipe}")
    assert '"model": "kz"' in result.stdout
    assert pipe.is_fifo()
    assert shell("symhet solve kz -q --json /dev/stdout | head -1").stdout == "{\n"


def test_one_claim_is_one():
    assert "\n1 claim: 1 given" in run("verify kz.eq1").stdout
    assert "\n2 claims: 2 given" in run("verify kz.eq1 kz.eq2").stdout


def test_no_standard_error_is_no_number():
    printed = run("calibrate kz --moment share_exporting=0.18 --free f_ex").stdout
    assert "nan" not in printed
