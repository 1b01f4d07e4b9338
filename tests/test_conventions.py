"""What a repository is expected to have, and that it says what is so."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import symhet
from symhet.cli import main

ROOT = Path(__file__).parents[1]
FILES = ("CITATION.cff", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE", "README.md")


@pytest.mark.parametrize("name", FILES)
def test_it_is_there(name):
    assert len((ROOT / name).read_text("utf-8")) > 300


def test_the_version_is_said_once():
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert cited[1] == symhet.__version__
    assert re.search(rf"^## {re.escape(symhet.__version__)}$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md"])
def test_what_it_names_exists(name):
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (ROOT / target).exists(), target
    for command in re.findall(r"`symhet ([a-z]+)", text):
        assert command in main.commands, command
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|\$ )make ([a-z-]+)", text)) <= targets
    for path in re.findall(r"`(symhet/[\w/.]+|tests/[\w/.]+|core/[\w/.]+)`", text):
        assert (ROOT / path).exists() or (ROOT / "symhet" / path).exists(), path


def test_what_is_stored_says_by_which_version():
    found = symhet.sweep("kz", {"tau_I": [1.1, 1.2]}, "welfare")
    assert found.attrs["symhet"] == symhet.__version__
    assert symhet.sweep("kz.eq14", {"tau": [1.1, 1.2]}, phi_min=1, alpha=0.5, sigma=3, f_p=1, f_ex=1.5, p_I_off=0.8,
                        p_I_d=1).attrs["symhet"] == symhet.__version__  # fmt: skip


def test_the_library_prints_nothing(capfd):
    symhet.sweep("kz", {"tau_I": [1.1, 1.2]}, "welfare")
    symhet.solve("kz", distribution="0.5*pareto:shape=4.5,scale=1 + 0.4*pareto:shape=5,scale=1")
    assert capfd.readouterr().out == ""
    for path in (ROOT / "symhet").rglob("*.py"):
        source = re.sub(r">>>.*|\.\.\. .*", "", path.read_text("utf-8"))
        assert not re.search(r"(?<![\w.])print\(", source), path


@pytest.mark.slow
def test_a_wheel_works_without_the_source_tree(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", tmp_path, ROOT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    place = tmp_path / "place"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    for words in (["show", "kz.eq11"], ["axioms"], ["new", "model.toml"], ["check", "model.toml"], ["solve", "bo"]):
        run(place, *words)


def run(place, *words):
    code = f"import sys; sys.path.insert(0, {str(place)!r}); from symhet.cli import main; main({list(words)!r})"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=place.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert str(ROOT / "symhet") not in done.stdout
