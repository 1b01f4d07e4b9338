"""Every public name is told in full: what goes in, what comes out, what is raised, and an example that runs."""

import ast
import inspect
import re
import textwrap

import pytest

import symhet
from scripts import make_api
from symhet.errors import SymhetError

SECTION = re.compile(r"^(\w+)\n-+$", re.MULTILINE)


def public():
    """Return what users reach by name: the front door's names, and those of the modules among them."""
    found = {}
    for name in symhet.__all__:
        value = getattr(symhet, name)
        if inspect.ismodule(value):
            inner = {f"{name}.{each}": getattr(value, each) for each in getattr(value, "__all__", ())}
            found |= {f"symhet.{each}": what for each, what in inner.items() if not inspect.ismodule(what)}
        elif not name.startswith("_"):
            found[f"symhet.{name}"] = value
    return found


NAMES = public()
MODULES = [name for name in symhet.__all__ if inspect.ismodule(getattr(symhet, name))]


def needed(value):
    """Return the sections that a docstring must have."""
    if inspect.isclass(value):
        return {"Examples"} | ({"Parameters"} if "__dataclass_fields__" in vars(value) else set())
    signature = inspect.signature(value)
    sections = {"Examples", "Returns"} | ({"Parameters"} if signature.parameters else set())
    tree = ast.parse(textwrap.dedent(inspect.getsource(value)))
    return sections | ({"Raises"} if any(isinstance(node, ast.Raise) for node in ast.walk(tree)) else set())


@pytest.mark.parametrize("name", NAMES)
def test_docstrings_have_the_sections_that_the_name_needs(name):
    text = inspect.getdoc(NAMES[name]) or ""
    assert text.partition("\n")[0].endswith((".", ":")), "the first line is a sentence"
    assert needed(NAMES[name]) <= set(SECTION.findall(text)), name


@pytest.mark.parametrize("name", [name for name in NAMES if inspect.isfunction(NAMES[name])])
def test_every_parameter_is_told_and_no_other(name):
    text = inspect.getdoc(NAMES[name])
    told = re.search(r"^Parameters\n-+\n(.*?)(?:\n\n\w+\n-+|\Z)", text, re.MULTILINE | re.DOTALL)
    lines = re.findall(r"^(\*{0,2}\w[\w, *]*?)(?: : .*)?$", told[1], re.MULTILINE) if told else []
    names = {each.strip(" *") for line in lines for each in line.split(",")}
    assert names == set(inspect.signature(NAMES[name]).parameters)


@pytest.mark.parametrize("name", MODULES)
def test_modules_say_what_they_are(name):
    assert make_api.summary(getattr(symhet, name))


def test_every_error_says_what_it_means():
    for error in SymhetError.__subclasses__():
        assert inspect.getdoc(error)
        assert inspect.getdoc(error) != inspect.getdoc(SymhetError)


def test_the_reference_covers_every_module_and_every_public_name():
    names = make_api.modules()
    assert {"symhet", "symhet.core.kernel", "symhet.numerics.models", "symhet.render.plots"} <= set(names)
    page = make_api.first_page(names)
    assert all(f"symhet.{name}</code>" in page for name in symhet.__all__ if not name.startswith("_"))
    assert 'href="symhet/workbench.html#numeric"' in page
    assert all(f'href="{make_api.address(name)}"' in page for name in names)


def test_pages_are_written_without_a_network(tmp_path):
    pytest.importorskip("pdoc")
    written = make_api.write(tmp_path, ["symhet.domain", "symhet.numerics.models"])
    assert written == len(list(tmp_path.rglob("*.html")))
    text = (tmp_path / "symhet" / "numerics" / "models.html").read_text("utf-8")
    assert '<h6 id="parameters">Parameters' in text
    assert "<strong>regime</strong>" in text
    for page in tmp_path.rglob("*.html"):
        assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?//', page.read_text("utf-8"))
