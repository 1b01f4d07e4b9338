"""No code and no block of imports stands twice."""

import ast
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.sources import ROOT, lines_of, our_files, tree_of

REPEATED = 6
"""As many lines of code in a row stand once."""
OF_ITS_OWN = ROOT / "tests" / "referees"
"""A referee that shared code with what it judges would be none."""


def code_of(path: Path) -> list[str]:
    """Return the lines of a module as Python prints them, but for docstrings and imports."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [inner for inner in node.body if not _is_text(inner)] or [ast.Pass()]
    rows = (row.strip() for row in ast.unparse(tree).splitlines())
    return [row for row in rows if row and not row.startswith(("import ", "from "))]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def imports_of(path: Path) -> list[str]:
    """Return the lines of a module with which it takes names from elsewhere."""
    found = [node for node in tree_of(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
    lines = [lines_of(path)[number].strip() for node in found for number in range(node.lineno - 1, node.end_lineno)]
    return lines[lines[:1] == ["from __future__ import annotations"] :]


def find_repeated(
    paths: Iterable[Path], rows_of: Callable[[Path], list[str]] = code_of, most: int = REPEATED
) -> list[str]:
    """Return the pairs of files, or the files, in which as many of the same rows stand twice."""
    places: dict[tuple[str, ...], set[str]] = {}
    twice = set()
    for path in paths:
        rows = rows_of(path)
        for start in range(len(rows) - most + 1):
            run = tuple(rows[start : start + most])
            others = places.setdefault(run, set())
            twice |= {f"{other} ~ {path.name}: {run[0]}" for other in others}
            others.add(path.name)
    return sorted(twice)


def test_no_code_stands_twice():
    assert find_repeated(path for path in our_files() if path.suffix == ".py" and OF_ITS_OWN not in path.parents) == []


def test_no_block_of_imports_stands_twice():
    """What many files take from many modules they would better take from one."""
    assert find_repeated((path for path in our_files() if path.suffix == ".py"), imports_of, REPEATED + 2) == []


BODY = "    a = f(1)\n    b = a + 1\n    if b:\n        return a\n    c = b\n    return c\n"


def test_code_that_stands_twice_is_found(tmp_path):
    one, other, alike = (tmp_path / f"{name}.py" for name in ("one", "other", "alike"))
    one.write_text(f'import x\n\ndef f(a):\n    """Say one thing."""\n{BODY}', "utf-8")
    other.write_text(f'import y\n\ndef g(b):\n    """Say another."""\n\n    # Why.\n{BODY}', "utf-8")
    alike.write_text(f"def h():\n{BODY.replace('1', '2')}", "utf-8")
    assert find_repeated([one, other, alike]) == ["one.py ~ other.py: a = f(1)"]
    several = "import a\nimport b\nimport c\nfrom d import (\n    e,\n    f,\n    g,\n)\n"
    one.write_text("from __future__ import annotations\n" + several, "utf-8")
    other.write_text(several, "utf-8")
    assert find_repeated([one, other], imports_of, REPEATED + 2) == ["one.py ~ other.py: import a"]


def test_code_that_stands_twice_in_one_file_is_found(tmp_path):
    one = tmp_path / "one.py"
    one.write_text("def f():\n" + BODY + BODY.replace("(1)", "(3)") + BODY, "utf-8")
    assert find_repeated([one]) == ["one.py ~ one.py: a = f(1)"]
