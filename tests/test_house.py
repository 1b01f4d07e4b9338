"""House rules that a machine can hold: size, sealing, no evaluated text, no leftovers, a light import."""

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.sources import PACKAGE, ROOT, lines_of, modules, nodes_of, our_files, tree_of

LONGEST_FILE = 400

EVALUATORS = {
    "eval",
    "exec",
    "compile",
    "sympify",
    "S",
    "parse_expr",
    "parse_latex",
    "parse_mathematica",
    "lambdify",
}
# Generated kernel functions are compiled from code that symhet wrote itself out of its own expression nodes.
MAY_EVALUATE: dict[str, set[str]] = {
    "symhet/numerics/compiled/backends.py": {"exec"},
    "symhet/numerics/compiled/elementary.py": {"exec"},
}


def house_files() -> Iterator[Path]:
    """Yield the text files of the checkout, this one excepted: it spells out what it looks for."""
    return (path for path in our_files() if path != Path(__file__))


PICTURE = re.compile(r'\s*"image/png": "')
"""A picture in a notebook: letters in no language."""


def find_lines(pattern: str, files: Iterable[Path]) -> list[str]:
    """Return ``file:line`` of every match; pictures in notebooks are no text."""
    sought = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(lines_of(path), 1)
        if sought.search(line) and not PICTURE.match(line)
    ]


def find_evaluations(nodes: Iterable[ast.AST]) -> list[tuple[int, str]]:
    """Return line and name of every call that turns text into code or into an expression.

    Methods of the same name on other objects (``re.compile``) are not meant, nor is
    ``sympify(x, strict=True)``: it refuses text.
    """
    found = []
    for node in nodes:
        match node:
            case ast.Call(keywords=[*_, ast.keyword(arg="strict", value=ast.Constant(value=True))]):
                continue
            case ast.Call(args=[ast.Constant(value=int() | float()) | ast.UnaryOp(operand=ast.Constant(value=int()))]):
                continue
            case (
                ast.Call(func=ast.Name(id=name))
                | ast.Call(func=ast.Attribute(value=ast.Name(id="sp" | "sympy" | "builtins"), attr=name))
            ) if name in EVALUATORS:
                found.append((node.lineno, name))
    return found


def test_files_of_the_checkout_are_found():
    names = {path.relative_to(ROOT).as_posix() for path in house_files()}
    assert {"Makefile", "pyproject.toml", "symhet/__init__.py", ".ci/run"} <= names


WRITTEN = {".json", ".ipynb"}
"""Endings of what the package, or a notebook, writes itself."""


def find_long(paths: Iterable[Path], root: Path) -> list[str]:
    """Return the files written by hand that have too many lines."""
    names = {path.relative_to(root).as_posix(): path for path in paths if path.suffix not in WRITTEN}
    by_hand = {name: path for name, path in names.items() if not name.startswith("derivations/")}
    return [name for name, path in by_hand.items() if len(lines_of(path)) > LONGEST_FILE]


def test_files_are_short():
    assert find_long(our_files(), ROOT) == []


def test_a_long_file_is_found_in_any_room(tmp_path):
    names = ("symhet/long.py", "tests/long.py", "docs/long.md", "derivations/long.md", "notebooks/long.ipynb")
    paths = [tmp_path / name for name in (*names, "symhet/short.py")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("line\n" * (LONGEST_FILE + (path.stem == "long")), "utf-8")
    assert find_long(paths, tmp_path) == list(names[:3])


MAKERS = ("symhet/core/kernel.py:", "symhet/theorems.py:", "tests/core/test_odd_objects.py:")


def test_only_the_kernel_makes_theorems():
    made = find_lines(r"\bTheorem\(", (path for path in house_files() if path.suffix in {".py", ".ipynb"}))
    assert [place for place in made if not place.startswith(MAKERS)] == []
    made_by_the_back_door = find_lines(r"__new__\(\s*(?:\w+\.)?Theorem\b", modules())
    assert [place for place in made_by_the_back_door if not place.startswith("symhet/core/kernel.py:")] == []


def test_text_is_never_evaluated():
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{line} {name}"
        for path in modules()
        for line, name in find_evaluations(nodes_of(path))
        if name not in MAY_EVALUATE.get(path.relative_to(ROOT).as_posix(), set())
    }
    assert found == set()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("eval('1')", ["eval"]),
        ("import sympy as sp\nsp.sympify('x')", ["sympify"]),
        ("from sympy import S\nS('x')", ["S"]),
        ("import re\nre.compile('x')", []),
        ("import sympy as sp\nsp.S.One", []),
        ("from sympy import sympify\nsympify(x, strict=True)", []),
        ("def evaluate(): ...\nevaluate()", []),
    ],
)
def test_evaluations_are_recognised(source, names):
    assert [name for _, name in find_evaluations(ast.walk(ast.parse(source)))] == names


CALLED_BY_PYTHON = re.compile(r"__\w+__")


def find_unused(paths: Iterable[Path], everywhere: Iterable[Path]) -> list[str]:
    """Return functions, classes and constants of modules that no file says again."""
    said = Counter(word for path in everywhere for line in lines_of(path) for word in re.findall(r"\w+", line))
    return [
        f"{path.relative_to(path.parents[1]).as_posix()}: {name}"
        for path in paths
        for statement in tree_of(path).body
        for name in _bound(statement)
        if said[name] == 1 and not CALLED_BY_PYTHON.fullmatch(name)
    ]


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
        yield from (node.id for node in names if isinstance(node.ctx, ast.Store))


def test_nothing_in_a_module_is_without_use():
    assert find_unused(modules(), (path for path in our_files() if path.suffix == ".py")) == []


def test_what_nothing_uses_is_found(tmp_path):
    here = tmp_path / "module.py"
    here.write_text("USED, LEFT = 1, 2\ndef reads():\n    return USED\nclass Over: ...\nreads()\n", "utf-8")
    assert [told.rpartition(" ")[2] for told in find_unused([here], [here])] == ["LEFT", "Over"]


def test_nothing_is_left_to_do():
    assert find_lines(r"\b(?:TODO|FIXME|XXX|HACK)\b", house_files()) == []


def test_no_doctest_is_skipped():
    assert find_lines(r"doctest:\s*\+SKIP", house_files()) == []


def test_no_machine_is_named():
    paths = r"(?<![\w./-])/(?:work|root|home|Users|opt)/\w|file://"
    hosts = r"pypi\.org|pythonhosted|deb\.debian\.org|registry\.npmjs"
    assert find_lines(f"{paths}|{hosts}", house_files()) == []


def run_python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_import_loads_no_library():
    loaded = json.loads(
        run_python("import json, sys; import symhet; print(json.dumps([m for m in sys.modules if '.' not in m]))")
    )
    assert {"sympy", "numpy", "scipy", "flint", "rich", "click", "matplotlib", "z3"}.isdisjoint(loaded)


def test_import_costs_little_beyond_sympy():
    code = "import sympy, sys; before = set(sys.modules); import symhet; print(*{*sys.modules} - before)"
    loaded = run_python(code).split()
    assert all(name.partition(".")[0] == "symhet" for name in loaded)
    assert len(loaded) <= 5


def test_every_public_name_can_be_loaded():
    import symhet

    for name in symhet.__all__:
        assert getattr(symhet, name) is not None, name


def test_an_unknown_public_name_is_an_attribute_error():
    import symhet

    with pytest.raises(AttributeError, match="no attribute 'kernle'"):
        symhet.kernle  # noqa: B018


OF_A_PAPER = re.compile(r"(?<![a-z])(?:kz|bo)(?![a-z])|kleinert|zorell|baldwin|okubo", re.IGNORECASE)
"""The keys and authors of our papers."""
HELP = {"help", "epilog"}
"""Keywords under which commands show examples."""
SHOWN = {"NEXT_STEPS", "EXAMPLES"}
"""Names of what `symhet` prints where no command is given, and of examples."""


def find_papers_named(nodes: Sequence[ast.AST]) -> list[tuple[int, str]]:
    """Return line and text of what names one of our papers, but for docstrings and help texts."""
    shown = {
        id(inner)
        for node in nodes
        if (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant | ast.JoinedStr))
        or (isinstance(node, ast.keyword) and node.arg in HELP)
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in SHOWN)
        for inner in ast.walk(node)
    }
    said = []
    for node in nodes:
        match node:
            case ast.Constant(value=str(text)) if id(node) not in shown:
                said.append((node.lineno, text))
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                said.append((node.lineno, name))
            case ast.ClassDef(name=name) | ast.keyword(arg=str(name)):
                said.append((node.lineno, name))
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                said += [(node.lineno, name) for alias in names for name in (alias.name, alias.asname or "")]
                said += [(node.lineno, getattr(node, "module", None) or "")]
    return [(line, text) for line, text in said if OF_A_PAPER.search(text)]


def outside(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that stand in no paper's room."""
    return (path for path in paths if not any(room.is_dir() and room in path.parents for room in ROOMS))


ROOMS = tuple((PACKAGE / "papers").iterdir())
TOOLS = tuple(path for path in our_files() if path.parent == ROOT / "scripts" or path.name in ("Makefile", "run"))


def test_outside_its_room_a_paper_is_named_in_examples_only():
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line} {text}"
        for path in (*outside(modules()), *(path for path in TOOLS if path.suffix == ".py"))
        for line, text in find_papers_named(nodes_of(path))
    ]
    assert found == []


def test_outside_its_room_no_comment_and_no_other_file_of_the_package_names_a_paper():
    assert find_lines(rf"(?i)^[^'\"]*#.*(?:{OF_A_PAPER.pattern})", outside(modules())) == []
    others = [path for path in PACKAGE.rglob("*") if path.suffix in (".js", ".css", ".svg", ".html")]
    assert len(others) > 2
    plain = (path for path in (*others, *TOOLS) if path.suffix != ".py")
    assert find_lines(rf"(?i){OF_A_PAPER.pattern}", plain) == []


def test_what_stands_in_no_room_is_looked_at():
    looked_at = set(outside(modules()))
    assert {PACKAGE / "papers" / "__init__.py", PACKAGE / "catalogue.py"} <= looked_at
    assert PACKAGE / "papers" / "kz" / "model.py" not in looked_at
    assert {"Makefile", "run", "trail.py"} <= {path.name for path in TOOLS}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("TABLE = {'kz': 1}", ["kz"]),
        ("if key == 'bo':\n    pass", ["bo"]),
        ("from symhet.papers.kz import model", ["symhet.papers.kz"]),
        ("from symhet.numerics import solve_kz", ["solve_kz"]),
        ("def draw_bo(): ...", ["draw_bo"]),
        ("BO_QUANTITIES = 1", ["BO_QUANTITIES"]),
        ("name = f'kz.{row}'", ["kz."]),
        ("class KleinertZorell: ...", ["KleinertZorell"]),
        ("f(kz=1)", ["kz"]),
        ('def f():\n    """Judge kz."""', []),
        ("option('--x', help='for kz', epilog='kz' + 'bo')", []),
        ("bold = 'box'; about = bought", []),
    ],
)
def test_papers_that_are_named_are_recognised(source, found):
    assert [text for _, text in find_papers_named([*ast.walk(ast.parse(source))])] == found
