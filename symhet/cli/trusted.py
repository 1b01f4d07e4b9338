"""What has to be believed: the files that the kernel consists of, and how much code is in them."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[2]
_SILENT = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


def trusted_files() -> list[Path]:
    """Return the files of the package that importing `symhet.core.kernel` runs, in alphabetical order.

    Examples
    --------
    >>> [path.name for path in trusted_files()][-1]
    'terms.py'
    """
    found: set[Path] = set()
    waiting = ["symhet.core.kernel"]
    while waiting:
        path = _path(waiting.pop())
        if path is not None and path not in found:
            found.add(path)
            waiting += _imports(ast.parse(path.read_text("utf-8")))
    return sorted(found)


def _path(module: str) -> Path | None:
    """Return the file of a module, or None for a name inside one."""
    base = ROOT.joinpath(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _imports(tree: ast.Module) -> list[str]:
    sources = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = [f"{node.module}.{alias.name}" for node in sources for alias in node.names]
    return [name for name in (*(str(node.module) for node in sources), *names) if name.startswith("symhet.")]


def code_lines(path: Path) -> int:
    """Return the number of lines with code in a file: no blank lines, comments or docstrings.

    Examples
    --------
    >>> code_lines(ROOT / "symhet" / "core" / "__init__.py")
    0
    """
    source = path.read_text("utf-8")
    silent = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    spoken = {line for t in tokens if t.type not in _SILENT for line in range(t.start[0], t.end[0] + 1)}
    return len(spoken - silent)
