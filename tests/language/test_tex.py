"""LaTeX is taken apart in one place, token by token: nothing of it is lost, and no pattern reads it."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symhet.language import tex
from symhet.papers import keys, ledger
from symhet.render.notation import notation_for
from tests.sources import PACKAGE, modules, nodes_of

PRINTS = [claim.printed for key in keys() for claim in ledger(key).walk() if claim.printed]
SYMBOLS = [latex for key in keys() for latex in notation_for(key).written.values()]


@pytest.mark.parametrize("latex", [*PRINTS, *SYMBOLS])
def test_what_the_papers_print_is_its_tokens(latex):
    assert "".join(tex.tokens(latex)) == latex
    assert tex.is_balanced(latex)


@given(st.text(alphabet="\\{}^_ab *,;|\n\t'1+", max_size=30))
def test_nothing_is_lost(text):
    found = tex.tokens(text)
    assert "".join(found) == text
    assert all(found)
    assert tex.map_groups(text, {r"\a", r"\b"}, lambda command, inside: f"{command}{{{inside}}}") == text


@pytest.mark.parametrize(
    ("latex", "found"),
    [
        (r"\operatorname*{a}\,x\\", (r"\operatorname*", "{", "a", "}", r"\,", "x", r"\\")),
        ("a  \n_{12}'", ("a", "  \n", "_", "{", "1", "2", "}", "'")),
        (r"\{\ \sigma2" + "\\", (r"\{", r"\ ", r"\sigma", "2", "\\")),
        ("", ()),
    ],
)
def test_tokens(latex, found):
    assert tex.tokens(latex) == found


@pytest.mark.parametrize("latex", ["}{", "{x", "x}", r"\frac{{1}{2}"])
def test_braces_that_do_not_match_are_seen(latex):
    assert not tex.is_balanced(latex)


def test_groups_with_further_braces_stay():
    kept = r"\text{a {b} c} \text{d"
    assert tex.map_groups(kept, {r"\text"}, lambda command, inside: "") == kept
    assert tex.groups_of(kept, r"\text") == []


@pytest.mark.parametrize("latex", ["x_1^2^3", "x^2_1", "x_1+y", "_1", "x_", "x^"])
def test_what_is_more_than_a_symbol_is_not_split(latex):
    assert tex.split_scripts(latex) is None


def patterns_of(nodes):
    """Yield the texts that are made into regular expressions."""
    for node in nodes:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=[pattern, *_]):
                yield from (part.value for part in ast.walk(pattern) if isinstance(part, ast.Constant))


def reads_latex(pattern):
    r"""Tell whether a pattern looks for a backslash, as every command of LaTeX has one, or for scripts in braces."""
    return r"\\" in pattern or r"_\{" in pattern or r"\^\{" in pattern or r"\$" in pattern


OF_TOML = "model/toml.py"
"""It finds the lines of a model file, in whose strings a backslash stands for what follows it."""


def test_no_regular_expression_reads_latex():
    found = {
        f"{path.relative_to(PACKAGE)}: {pattern}"
        for path in modules()
        if path.relative_to(PACKAGE).as_posix() != OF_TOML
        for pattern in patterns_of(nodes_of(path))
        if isinstance(pattern, str) and reads_latex(pattern)
    }
    assert found == set()


def test_a_pattern_that_reads_latex_is_recognised():
    source = r"""
import re
A = re.compile(r"\\frac\{")
re.sub(rf"\\{B} x", "", text)
re.sub(r"_\{min\}", "", text)
re.compile(r"[a-z]+")
"""
    assert [reads_latex(text) for text in patterns_of(ast.walk(ast.parse(source)))] == [True, True, False, True, False]
