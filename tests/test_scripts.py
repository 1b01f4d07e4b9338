"""The checks of the Makefile can fail: changed documents, LaTeX errors and overfull lines are found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import check_docs, check_pdf, pin

SCRIPTS = Path(check_pdf.__file__).parent
DOCUMENT = "\\documentclass{article}\n\\begin{document}\n%s\n\\end{document}\n"
needs_latex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")


def test_equal_trees_have_no_problems():
    assert check_docs.compare_trees({"a.md": b"x\n"}, {"a.md": b"x\n"}) == []


def test_changed_missing_and_left_over_documents_are_found():
    committed = {"same.md": b"1\n", "changed.md": b"1\n", "old.md": b""}
    fresh = {"same.md": b"1\n", "changed.md": b"2\n", "new.md": b""}
    changed, left_over, missing = check_docs.compare_trees(committed, fresh)
    assert changed.splitlines() == [
        "--- committed/changed.md",
        "+++ fresh/changed.md",
        "@@ -1 +1 @@",
        "-1",
        "+2",
    ]
    assert left_over == "committed, but no longer written: old.md"
    assert missing == "not committed: new.md"


def test_long_differences_are_cut():
    text = check_docs.describe_change("a", b"", b"line\n" * 500)
    assert text.endswith("more lines")
    assert len(text.splitlines()) == check_docs.LINES_SHOWN + 1


def test_what_latex_leaves_is_not_a_document(tmp_path):
    for name in ("a.tex", "a.pdf", "a.log"):
        (tmp_path / name).write_bytes(b"")
    assert list(check_docs.read_tree(tmp_path)) == ["a.tex"]


@pytest.mark.parametrize(
    ("line", "is_problem"),
    [
        (r"Overfull \hbox (5.1pt too wide) in paragraph at lines 3--4", True),
        (r"Overfull \hbox (5.0pt too wide) in paragraph at lines 3--4", False),
        (r"Overfull \hbox (123.0pt too wide) detected at line 7", True),
        ("LaTeX Warning: Reference `eq:1' on page 1 undefined on input line 3.", True),
        ("LaTeX Warning: Label `eq:1' multiply defined.", True),
        ("./a.tex:3: Undefined control sequence.", True),
        ("! Emergency stop.", True),
        ("LaTeX Font Info: nothing", False),
    ],
)
def test_logs_are_read(line, is_problem):
    assert check_pdf.read_log(f"before\n{line}\nafter\n") == ([line] if is_problem else [])


def run_check(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPTS / "check_pdf.py", folder]
    return subprocess.run(command, env=environment or None, capture_output=True, text=True, check=False)


def test_pins_tell_one_claim_from_another_and_the_same_from_the_same(tmp_path, monkeypatch, capsys):
    taken = iter([{"pages": {"a": "1", "b": "2"}}, {"pages": {"a": "1", "b": "2"}}, {"pages": {"a": "1", "b": "3"}}])
    monkeypatch.setattr(pin, "take", lambda papers: next(taken))
    path = str(tmp_path / "pins.json")
    assert [pin.main([mode, path]) for mode in ("write", "compare", "compare")] == [0, 0, 1]
    assert "pages: another b\n1 changes among 2 pages" in capsys.readouterr().out


def test_pins_are_compared_with_what_was_written(tmp_path, capsys):
    assert pin.main(["compare", str(tmp_path / "pins.json")]) == pin.USAGE
    assert "does not exist: write it first" in capsys.readouterr().out


@needs_latex
@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ("Fine.", 0, "1 of 1 documents compile cleanly"),
        (r"\undefinedcommand", 1, "Undefined control sequence"),
        (r"\hbox to \textwidth{\hskip 1.1\textwidth}", 1, "Overfull"),
        (r"\ref{nowhere}", 1, "undefined"),
        (r"\label{a}\ref{a}", 0, "1 of 1 documents compile cleanly"),
    ],
)
def test_documents_are_compiled(tmp_path, body, status, message):
    (tmp_path / "a.tex").write_text(DOCUMENT % body)
    run = run_check(tmp_path)
    assert run.returncode == status, run.stdout
    assert message in run.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["a.tex"]


@needs_latex
@pytest.mark.parametrize(
    ("name", "pages", "message"),
    [
        ("corrections", 2, ""),
        ("corrections", 3, "3 pages; at most 2 are allowed"),
        ("kz/appendix", 12, ""),
        ("bo/appendix", 13, "13 pages; at most 12"),
        ("other", 20, ""),
    ],
)
def test_documents_keep_within_their_pages(tmp_path, name, pages, message):
    path = tmp_path / f"{name}.tex"
    path.parent.mkdir(exist_ok=True)
    path.write_text(DOCUMENT % r"\newpage ".join(["A page. "] * pages))
    run = run_check(tmp_path)
    assert run.returncode == bool(message), run.stdout
    assert message in run.stdout


@needs_latex
def test_nothing_to_compile_is_not_a_pass(tmp_path):
    (tmp_path / "part.tex").write_text("no document of its own")
    run = run_check(tmp_path)
    assert run.returncode == 1
    assert "nothing was checked" in run.stdout


def test_without_latex_it_says_what_to_install(tmp_path):
    run = run_check(tmp_path, PATH="")
    assert run.returncode == 2
    assert "apt-get install texlive-latex-base" in run.stdout


SKIPPED = (
    "import pytest\ndef test_it(): pytest.skip('not today')",
    "import pytest\n@pytest.mark.skip\ndef test_it(): ...",
    "import pytest\npytest.importorskip('no_such_package')\ndef test_it(): ...",
    "def f():\n    '''\n    >>> 1 + 1  # doctest: +" + "SKIP\n    2\n    '''",
)


@pytest.mark.parametrize("ci", ["true", ""])
def test_a_skipped_test_fails_in_ci_only(tmp_path, ci):
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    for number, body in enumerate(SKIPPED):
        (tmp_path / f"test_skipped_{number}.py").write_text(f"{body}\n")
    (tmp_path / "test_runs.py").write_text("def test_runs(): ...\n")
    command = [sys.executable, "-m", "pytest", "-q", "-rfEs", "--continue-on-collection-errors", "--doctest-modules"]
    command += ["--rootdir", tmp_path, tmp_path]
    run = subprocess.run(command, env={"CI": ci, "PATH": ""}, capture_output=True, text=True, check=False)
    assert bool(run.returncode) == bool(ci), run.stdout
    assert ("in CI nothing may be skipped" in run.stdout) == bool(ci), run.stdout
    if not ci:
        assert "1 passed" in run.stdout
        assert " skipped" in run.stdout
        return
    for number in range(len(SKIPPED)):
        said = [line for line in run.stdout.splitlines() if f"test_skipped_{number}.py" in line]
        assert any(line.startswith(("FAILED", "ERROR")) for line in said), run.stdout
