"""What the README says is what the ledgers say."""

import re
import runpy
import shlex
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from symhet import papers
from symhet.cli import main
from tests.judged import judged
from tests.test_layering import FLOOR_OF, FLOORS

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
ROWS = re.findall(r"^\| `((?:kz|bo)\.[^`]+)`[^|]*\| ([a-z-]+) \|", README, re.MULTILINE)


def test_the_table_was_found():
    assert len(ROWS) > 12
    assert {"proved", "proved-with", "refuted"} == {verdict for _, verdict in ROWS}


@pytest.mark.parametrize(("identifier", "verdict"), ROWS)
def test_the_table_of_results_is_true(identifier, verdict):
    assert judged(identifier).finding.verdict == verdict


def test_files_that_it_names_exist():
    root = Path(__file__).resolve().parent.parent
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (root / target).exists(), target


def test_the_first_commands_are_the_two_that_do_everything():
    assert re.findall(r"^\$ (make \w+)", README, re.MULTILINE)[:2] == ["make verify", "make test"]


def test_the_number_of_claims_is_right():
    claims = sum(1 for paper in ("kz", "bo") for _ in papers.ledger(paper).walk())
    assert f"{claims} with the parts" in README


def test_the_first_example_is_judged_as_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    model, shown = re.search(r"^```toml\n(.*?)^```\n\n```text\n(.*?)^```", README, re.MULTILINE | re.DOTALL).groups()
    place = tmp_path / "model.toml"
    place.write_text(model, "utf-8")
    output = CliRunner().invoke(main, ["check", str(place)], prog_name="symhet").stdout
    printed = [" ".join(line.split()) for line in output.splitlines()]
    wanted = [line for line in shown.splitlines() if not line.endswith("…")]
    assert len(wanted) == 4
    for line in wanted[1:]:
        assert " ".join(line.split()) in printed
    assert "consistent" in " ".join(printed[:3])


WHOLE_PAPERS = ("symhet docs", "symhet report", "symhet verify --json", "symhet derive kz.appendix")
"""Commands that judge whole papers; `make docs-check`, `make site` and `make verify` do the same on every commit."""
COMMANDS = [
    pytest.param(line, marks=pytest.mark.slow if line.startswith(WHOLE_PAPERS) else ())
    for line in re.findall(r"^\$ (symhet [^#\n]*?) *(?:#.*)?$", README, re.MULTILINE)
]
PROGRAMS = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_works_as_typed(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(line)[1:], prog_name="symhet")
    assert result.exit_code == 0, result.output
    assert result.output or list(tmp_path.iterdir())


def test_every_program_works_as_typed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    found = []
    for place, program in enumerate(PROGRAMS):
        path = tmp_path / f"program_{place}.py"
        path.write_text(program, "utf-8")
        found.append(runpy.run_path(str(path)))
        for said in re.findall(r"print\(.*?\)  # ([a-z-]+)$", program, re.MULTILINE):
            assert said in capsys.readouterr().out.splitlines()
    assert len(PROGRAMS) == 3
    assert found[1]["economy"].phi_min.shape == (1000,)
    assert found[2]["fit"].identified


def test_the_house_stands_as_it_is_told():
    """Rooms are listed from the top downwards, each once: what stands above may be imported."""
    house = re.search(r"^symhet/\n((?:  .*\n)+)", README, re.MULTILINE)[1]
    told = [re.findall(r"([a-z]+)(?:\.py|/)(?!\w)", re.split(r" {3,}", line.strip())[0]) for line in house.splitlines()]
    assert sorted(room for rooms in told for room in rooms) == sorted(room for floor in FLOORS for room in floor)
    floors = [{FLOOR_OF[room] for room in rooms} for rooms in told]
    assert all(max(above) < min(below) for above, below in pairwise(floors))
