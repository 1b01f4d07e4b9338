"""Writes the API reference from the docstrings: python scripts/make_api.py FOLDER. It needs no network."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import warnings
from html import escape
from pathlib import Path

import symhet

STYLE = "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}dt{margin-top:.5rem}"


def modules() -> list[str]:
    """Return every module of symhet but the command line's own: `symhet --help` tells those."""
    found = [each.name for each in pkgutil.walk_packages(symhet.__path__, "symhet.")]
    return ["symhet", *(name for name in found if not name.startswith(("symhet.cli", "symhet.__main__")))]


def summary(documented: object) -> str:
    """Return the first line of a docstring."""
    return (documented.__doc__ or "").strip().partition("\n")[0]


def address(source: str) -> str:
    """Return the page of a module, or the place on it of ``module:attribute``."""
    module, _, attribute = source.partition(":")
    return f"{module.replace('.', '/')}.html" + (f"#{attribute}" if attribute else "")


def entry(name: str, place: str, words: str) -> str:
    """Return a line of the first page."""
    return f'<dt><a href="{place}"><code>{name}</code></a></dt><dd>{escape(words)}</dd>'


def first_page(names: list[str]) -> str:
    """Return the page that lists the public names and the modules behind them."""
    public = [name for name in symhet.__all__ if not name.startswith("_")]
    offered = "".join(entry(f"symhet.{n}", address(symhet._SOURCES[n]), summary(getattr(symhet, n))) for n in public)
    rooms = "".join(entry(n, address(n), summary(importlib.import_module(n))) for n in names)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>symhet {symhet.__version__}</title>'
        f"<style>{STYLE}</style><h1>symhet {symhet.__version__}: API reference</h1><h2>Public names</h2>"
        f"<dl>{offered}</dl><h2>Modules</h2><dl>{rooms}</dl></html>\n"
    )


def write(folder: Path, names: list[str]) -> int:
    """Write the pages of modules into a folder and return how many there are."""
    import pdoc
    import pdoc.render

    folder.mkdir(parents=True, exist_ok=True)
    for page in folder.rglob("*.html"):
        page.unlink()
    pdoc.render.configure(docformat="numpy", footer_text=f"symhet {symhet.__version__}", show_source=False)
    with warnings.catch_warnings():
        # Names that only type checkers import have no page to link to, and packages bring their own modules along.
        warnings.filterwarnings("ignore", message="Error parsing type annotation")
        warnings.filterwarnings("ignore", message="The module specification")
        pdoc.pdoc(*names, output_directory=folder)
    (folder / "index.html").write_text(first_page(names), "utf-8")
    return sum(1 for _ in folder.rglob("*.html"))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    print(f"{write(target, modules())} pages: {target / 'index.html'}")
