"""Assumptions and steps are referred to by values: words for them stand in a paper's `named.py` and nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "symhet"
ROOMS = (PACKAGE / "papers", PACKAGE / "workbench")

EVERY = range(100)
NAMING = {
    "by": ([0], ()),
    "use": ([0], ()),
    "specialise": ([0], ()),
    "cases": ([0], ("name",)),
    "both": ([2], ("name",)),
    "absurd": ([1], ("name",)),
    "intro": ([0], ()),
    "name_term": ([2], ()),
    "lemma": ([], ("using",)),
    "implicit": ([2], ("using", "cofactors")),
    "transported": (EVERY, ()),
    "identity": (EVERY, ()),
    "sign": (EVERY, ()),
    "auto": (EVERY, ()),
    "linear": (EVERY, ()),
    "powers": (EVERY, ()),
    "product": (EVERY, ()),
    "combine": (EVERY, ("equations",)),
    "cut": ([0], ()),
    "step": ([0], ()),
    "define": ([0], ()),
    "recall": ([0], ()),
    "lacking": ([0], ()),
    "rewritten": ([1], ()),
    "context": (EVERY, ()),
    "whole_domain": (EVERY, ()),
    "refuted": ([], ("using",)),
    "ambiguous": ([], ("using",)),
    "proved_with": ([], ("using",)),
    "Context": ([0], ()),
}
"""Where calls of tactics, derivations and models take names: which arguments, and which keywords."""


def words(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the literals by which an argument names something."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            yield node
        case ast.Tuple(elts=[ast.Constant(value=str()) | ast.JoinedStr() as name, *_]):
            yield name
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            for part in parts:
                yield from words(part)
        case ast.Dict(keys=keys):
            for key in keys:
                yield from words(key) if key is not None else ()
        case ast.DictComp(key=key) | ast.GeneratorExp(elt=key) | ast.ListComp(elt=key) | ast.Starred(value=key):
            yield from words(key)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from words(one)
            yield from words(other)


def find_words(source: str) -> list[str]:
    """Return the literals by which calls refer to an assumption or a step."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in NAMING:
                places, keywords = NAMING[name]
                taken = [argument for place, argument in enumerate(node.args) if place in places]
                taken += [keyword.value for keyword in node.keywords if keyword.arg in keywords]
                found += [ast.unparse(word) for argument in taken for word in words(argument)]
            case ast.Subscript(value=ast.Attribute(attr="hypotheses"), slice=key):
                found += [ast.unparse(word) for word in words(key)]
            case ast.Compare(left=key, comparators=[ast.Attribute(attr="hypotheses")]):
                found += [ast.unparse(word) for word in words(key)]
    return found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("via.by('phi<1')", ["'phi<1'"]),
        ("via.combine({'half': 1, **more}, f'cut{mark}', equations={'same': 1})", ["'half'", "f'cut{mark}'", "'same'"]),
        ("via.cut([('half', eq(a, b), via.sign())], then)", ["'half'"]),
        ("model.context(*names, 'phi<1')", ["'phi<1'"]),
        ("d.step('half', lt(a, b), 'so that')", ["'half'"]),
        ("d.context.hypotheses['half']", ["'half'"]),
        ("'half' in d.context.hypotheses", ["'half'"]),
        ("via.linear({name: 1 for name in ('a', 'b')})", []),
        ("d.step(h.half, lt(a, b), 'so that', by=via.combine({h.room: 1}, h.cut_in(mark)))", []),
        ("via.lemma('pow_mono', a, b)", []),
    ],
)
def test_words_are_recognised(source, found):
    assert find_words(source) == found


@pytest.mark.parametrize(
    "path", [path for room in ROOMS for path in sorted(room.rglob("*.py"))], ids=lambda path: path.stem
)
def test_no_step_is_referred_to_by_a_word(path):
    assert find_words(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "papers").glob("*/named.py")), ids=lambda path: path.parent.name)
def test_a_name_is_declared_once_and_used(path):
    declared = [node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.Assign)]
    texts = [ast.unparse(text) for node in declared for text in node.value.args]
    assert sorted(texts) == sorted(set(texts))
    names = {name.id for node in declared for name in ast.walk(node.targets[0]) if isinstance(name, ast.Name)}
    used = {
        node.attr
        for other in path.parent.glob("*.py")
        for node in ast.walk(ast.parse(other.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "h"
    }
    assert names == used
