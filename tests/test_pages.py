"""The pages under docs/: a reader who types what they show sees what they show."""

import re
import runpy
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from symhet.cli import main

DOCS = Path(__file__).resolve().parent.parent / "docs"
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```', re.MULTILINE | re.DOTALL)
MORE = ", one more claim"
TYPED = [page for page in sorted(DOCS.glob("*.md")) if "```toml title=" in page.read_text("utf-8")]
PROGRAMS = [page for page in sorted(DOCS.glob("*.md")) if "```python" in page.read_text("utf-8")]


@dataclass(frozen=True)
class Fence:
    """A block of a page: its language, its title and its lines."""

    language: str
    title: str
    body: str


def fences(page):
    return [Fence(*match) for match in FENCE.findall(page.read_text("utf-8"))]


def plain(text):
    return " ".join(text.split())


def run(line, fails):
    result = CliRunner().invoke(main, shlex.split(line)[1:], prog_name="symhet")
    assert (result.exit_code >= 2) == fails, result.output
    return [plain(each) for each in result.output.splitlines()]


def replay(block):
    """Run the commands of a block, and look for every line that the page shows below them."""
    shown = []
    for line in block.body.splitlines():
        if line.startswith("$ "):
            command = line.removeprefix("$ ").partition("  #")[0]
            shown = run(command, block.title == "an error") if command.startswith("symhet ") else []
        else:
            wanted = plain(line.partition("…")[0])
            assert any(each.startswith(wanted) for each in shown), (line, shown)


@pytest.mark.parametrize("page", TYPED, ids=lambda page: page.stem)
def test_a_page_shows_what_its_reader_sees(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    # Pages show a claim on one line; a narrower terminal folds it.
    monkeypatch.setenv("COLUMNS", "120")
    for block in fences(page):
        if block.language == "toml" and block.title:
            name = block.title.removesuffix(MORE)
            more = Path(name).read_text("utf-8") if block.title.endswith(MORE) else ""
            Path(name).write_text(more + block.body, "utf-8")
        elif block.language == "console":
            replay(block)


@pytest.mark.parametrize("page", PROGRAMS, ids=lambda page: page.stem)
def test_programs_print_what_stands_beside_them(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    # What a page imports or makes in one block is at hand in the next.
    program = "\n".join(block.body for block in fences(page) if block.language == "python")
    path = tmp_path / "program.py"
    path.write_text(program, "utf-8")
    runpy.run_path(str(path))
    said = re.findall(r"print\(.*\)  # (\[.+)$", program, re.MULTILINE)
    shown = capsys.readouterr().out.splitlines()
    assert shown
    assert set(said) <= set(shown)


def test_pages_link_to_pages_that_exist():
    made = re.compile(r"^(gallery|api)/")
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert made.match(target) or (DOCS / target).exists(), (page.name, target)


def test_the_tutorials_are_typed():
    assert {page.stem for page in TYPED} >= {"first-claim", "from-appendix", "verdicts"}
