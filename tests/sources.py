"""The files of the checkout as tests read them: each is found, read and parsed once a process."""

import ast
import importlib.util
import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "symhet"
TEXT_SUFFIXES = {
    ".py", ".md", ".toml", ".txt", ".lock", ".sh", ".tex", ".json", ".ipynb", ".yml", ".cfg", ".html", ".css",
}  # fmt: skip
TEXT_NAMES = {"Makefile", "run", ".gitignore", "LICENSE"}
NOT_OURS = {
    ".git", ".venv", "__pycache__", "build", "dist", "site", ".pytest_cache", ".mypy_cache", ".ruff_cache",
    ".hypothesis", "api",
}  # fmt: skip


@cache
def our_files() -> tuple[Path, ...]:
    """Return the text files of the checkout; folders that tools fill are not entered."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in NOT_OURS]
        paths = (Path(folder, name) for name in names if name not in NOT_OURS)
        found += [path for path in paths if path.suffix in TEXT_SUFFIXES or path.name in TEXT_NAMES]
    return tuple(sorted(found))


@cache
def modules(package: Path = PACKAGE) -> tuple[Path, ...]:
    """Return the modules of a package."""
    return tuple(sorted(package.rglob("*.py")))


@cache
def lines_of(path: Path) -> tuple[str, ...]:
    """Return the lines of a file."""
    return tuple(path.read_text("utf-8").splitlines())


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a module as Python parses it."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return everything that stands in a module."""
    return tuple(ast.walk(tree_of(path)))


def loaded(path: Path) -> ModuleType:
    """Return what a file of Python that stands in no package is when it is imported."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
