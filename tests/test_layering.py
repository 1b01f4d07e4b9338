"""Rooms import only what stands above them, and heavy libraries are loaded where they are needed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.sources import PACKAGE, modules, tree_of

# From the top of the house downwards; the modules of one line may import one another.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "asked"),
    ("propositions",),
    ("steps",),
    ("domain",),
    ("algebra", "language"),
    ("core",),
    ("search",),
    ("valuation", "context"),
    ("provers",),
    ("theorems", "exchange", "keeping", "searched"),
    ("derivation",),
    ("findings",),
    ("claims",),
    ("model", "exposition"),
    ("catalogue",),
    ("numerics",),
    ("render",),
    ("papers", "workbench"),
    ("cli",),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# The front door and `python -m symhet` lead to every room and belong to none.
OUTSIDE = {"__init__", "__main__"}

HEAVY = {
    "IPython", "dask", "distributed", "hypothesis", "ipywidgets", "jax", "latex2mathml", "llvmlite",
    "matplotlib", "netCDF4", "numba", "pandas", "pyarrow", "scipy", "xarray", "z3", "zarr",
}  # fmt: skip
LOADERS = {"import_module", "__import__", "find_spec"}


DEFERRING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Import:
    """One imported module, by absolute name, and whether importing the file runs it."""

    target: str
    line: int
    runs_on_import: bool


@cache
def find_imports(tree: ast.Module, module: str, *, is_package: bool) -> tuple[Import, ...]:
    """Return what a module imports, inside functions and through import_module too."""
    here = module.split(".") if is_package else module.split(".")[:-1]
    waiting: list[tuple[ast.AST, bool]] = [(tree, True)]
    found = []
    while waiting:
        node, runs = waiting.pop()
        found += [Import(target, node.lineno, runs) for target in _targets(node, here)]
        runs = runs and not isinstance(node, DEFERRING) and not _is_for_types_only(node)
        waiting += [(inner, runs) for inner in reversed([*ast.iter_child_nodes(node)])]
    return tuple(found)


def _is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).split(".")[-1] == "TYPE_CHECKING"


def _targets(node: ast.AST, here: list[str]) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=source, names=names, level=level):
            base = [*(here[: len(here) - level + 1] if level else []), *([source] if source else [])]
            return [".".join([*base, name.name]) for name in names]
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=[first, *_]) if called in LOADERS:
            return [target for target in [_leading_text(first)] if target]
    return []


def _leading_text(node: ast.expr) -> str:
    """Return a string literal, or the fixed beginning of an f-string."""
    if isinstance(node, ast.JoinedStr) and node.values:
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def room_of(module: str) -> str:
    """Return the part of a module's name that names its room."""
    return [*module.split("."), "__init__"][1]


def modules_of(package: Path) -> Iterator[tuple[str, ast.Module, bool]]:
    for path in modules(package):
        parts = path.relative_to(package.parent).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        yield name, tree_of(path), is_package


def find_upward_breaches(package: Path) -> list[str]:
    """Return one line for each import of a room from below, and for each module without a room."""
    breaches = []
    for name, tree, is_package in modules_of(package):
        room = room_of(name)
        if room in OUTSIDE:
            continue
        if room not in FLOOR_OF:
            breaches.append(f"{name} stands in no room")
            continue
        for found in find_imports(tree, name, is_package=is_package):
            if found.target.split(".")[0] != package.name:
                continue
            wanted = room_of(found.target)
            if wanted == "__version__":
                continue
            if wanted not in FLOOR_OF or FLOOR_OF[wanted] > FLOOR_OF[room]:
                breaches.append(f"{name}:{found.line} imports {found.target}")
    return breaches


def find_eager_heavy_imports(package: Path) -> list[str]:
    """Return one line for each heavy library that importing a module of the package would load."""
    return [
        f"{name}:{found.line} loads {found.target}"
        for name, tree, is_package in modules_of(package)
        for found in find_imports(tree, name, is_package=is_package)
        if found.runs_on_import and _is_heavy(found.target.split(".")[0], room_of(name))
    ]


def _is_heavy(library: str, room: str) -> bool:
    return library in HEAVY or (library == "flint" and room not in ("algebra", "core", "search"))


def write_package(folder: Path, files: dict[str, str]) -> Path:
    """Write a small package named like the real one."""
    package = folder / "symhet"
    for name, text in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return package


def test_rooms_import_only_what_stands_above_them():
    assert find_upward_breaches(PACKAGE) == []


def test_heavy_libraries_are_loaded_by_the_functions_that_need_them():
    assert find_eager_heavy_imports(PACKAGE) == []


def test_the_rooms_are_read_at_all():
    modules = {name for name, _, _ in modules_of(PACKAGE)}
    assert {"symhet", "symhet.errors"} <= modules


@pytest.mark.parametrize(
    "line",
    [
        "import symhet.claims",
        "import symhet.claims as k",
        "from symhet import claims",
        "from symhet.claims import Claim",
        "from .. import claims",
        "from ..claims import Claim",
        "def f():\n    from symhet.claims import Claim",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from symhet.claims import Claim",
        "from importlib import import_module\nimport_module('symhet.claims')",
        "import importlib\nname = 'eq1'\nimportlib.import_module(f'symhet.papers.{name}')",
        "import symhet",
        "from symhet import solve",
    ],
)
def test_an_import_from_below_is_found(tmp_path, line):
    package = write_package(tmp_path, {"algebra/__init__.py": "", "algebra/normal.py": line, "claims.py": ""})
    [breach] = find_upward_breaches(package)
    assert breach.startswith("symhet.algebra.normal:")


def test_an_import_turned_round_is_found(tmp_path):
    upright = {"domain.py": "from symhet import errors", "errors.py": "import sys"}
    assert find_upward_breaches(write_package(tmp_path / "upright", upright)) == []
    turned = {"domain.py": "import sys", "errors.py": "from symhet import domain"}
    assert find_upward_breaches(write_package(tmp_path / "turned", turned)) == ["symhet.errors:1 imports symhet.domain"]


def test_a_relative_import_of_a_package_is_resolved_from_the_package(tmp_path):
    files = {"algebra/__init__.py": "from . import normal\nfrom ..cli import main", "algebra/normal.py": ""}
    assert find_upward_breaches(write_package(tmp_path, files)) == ["symhet.algebra:2 imports symhet.cli.main"]


def test_a_module_without_a_room_is_found(tmp_path):
    assert find_upward_breaches(write_package(tmp_path, {"attic.py": ""})) == ["symhet.attic stands in no room"]


def test_only_imports_that_run_on_import_count_as_heavy(tmp_path):
    files = {
        "numerics/a.py": "import scipy.optimize",
        "numerics/b.py": "def f():\n    import scipy.optimize",
        "numerics/c.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import xarray",
        "numerics/d.py": "if True:\n    from numba import njit",
        "algebra/e.py": "import flint",
        "provers/f.py": "import flint",
    }
    assert find_eager_heavy_imports(write_package(tmp_path, files)) == [
        "symhet.numerics.a:1 loads scipy.optimize",
        "symhet.numerics.d:2 loads numba.njit",
        "symhet.provers.f:1 loads flint",
    ]
