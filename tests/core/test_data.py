"""Theorems as rows: what crosses comes back the same, and nothing else is read."""

import copy
import json
import random
from types import MappingProxyType
from typing import Any

import pytest

from symhet.core import data as d
from symhet.core import derived, door
from symhet.core import records as r
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal, guarded

X, B, P, Y = t.symbol("x"), t.symbol("b", positive=False), t.symbol("p"), t.symbol("y")
GOAL = s.lt(t.ONE, t.power(X, B))
CONTEXT = Context({"x>1": s.lt(t.ONE, X), "b>0": s.positive(B)})
PROOF = r.Lemma("pow_mono", (t.ONE, X, B), (r.Combine(), r.Hypothesis("x>1"), r.Hypothesis("b>0")))
EXAMPLE = {
    "format": "symhet-theorem", "version": 5, "claim": "demo.power", "says": "holds",
    "terms": ["1", ["positive", "x"], "0", ["real", "b"], ["power", 1, 3]],
    "statements": [["<", 0, 1], ["<", 2, 3], ["<", 0, 4]],
    "proofs": [
        ["combine", [], 0, []], ["hypothesis", "x>1", []], ["hypothesis", "b>0", []],
        ["lemma", "pow_mono", [0, 1, 3], [0, 1, 2]],
    ],
    "hypotheses": [["x>1", 0], ["b>0", 1]], "system": [], "endogenous": [], "goal": 2, "proof": 3,
}  # fmt: skip


def read(data=None, **changes):
    return d.from_rows({**copy.deepcopy(data or EXAMPLE), **changes})


def test_the_example_of_the_design_is_read_and_written():
    context, goal, certificate, says = read()
    assert (context, goal, certificate, says) == (CONTEXT, GOAL, PROOF, "holds")
    written = d.dumps(d.to_rows(CONTEXT, GOAL, PROOF, "holds", "demo.power"))
    assert json.loads(written) == EXAMPLE
    assert d.loads(written) == EXAMPLE


def sample(kind: Any, source: random.Random):
    """Return a random value of a field's kind."""
    terms = (t.ONE, X, B, t.power(X, B), t.add(X, Y, t.ONE), t.whole_power(Y, -2), t.number(-3, 7))
    statements = (GOAL, s.forall(s.positive(t.bound(0))), s.DENSE, s.unique_root(t.difference(X, t.bound(0))))
    if type(kind) is tuple:
        kinds = kind[:1] * source.randrange(3) if kind[-1] is ... else kind
        return tuple(sample(part, source) for part in kinds)
    choices = {
        r.Record: (derived.identity(), derived.sign(), PROOF, r.Choose(1, derived.identity())),
        s.Statement: statements,
        str: ("x>1",),
        bool: (True,),
        int: (1,),
    }
    return source.choice(choices.get(kind, terms))


@pytest.mark.parametrize("rule", r.RECORDS)
def test_every_rule_crosses_and_comes_back(rule):
    source = random.Random(rule)
    record = r.RECORDS[rule]
    for _ in range(20):
        certificate = record(*(sample(kind, source) for _, kind in r.KINDS[record]))
        written = d.dumps(d.to_rows(CONTEXT, GOAL, certificate, "fails"))
        assert d.from_rows(d.loads(written)) == (CONTEXT, GOAL, certificate, "fails")
        assert door.rebuilt(CONTEXT, GOAL, certificate) == (CONTEXT, GOAL, certificate)


def test_every_head_of_the_language_crosses():
    z = t.bound(0)
    parts = [
        s.exists(t.exp(t.log(X))),
        s.ne(t.tail(X, B), t.survival(Y)),
        s.le(t.density(t.SUPPORT), t.integral(B, X, Y)),
        s.eq(t.integral_from_zero(B, Y), t.unspecified("f", (0, 2), X, Y)),
        s.maximiser(t.multiply(z, X), X, Y, t.ZERO),
        s.maximiser(t.multiply(z, X), X, t.ZERO, t.ONE),
        s.iff(GOAL, s.implies(GOAL, s.either(GOAL, s.DENSE))),
        s.forall(s.forall(s.lt(t.bound(1), z))),
    ]
    goal = s.both(*parts)
    assert door.rebuilt(Context(), goal, derived.identity())[1] is goal
    assert d.from_rows(d.to_rows(Context(), goal, derived.identity(), "holds"))[1] is goal


class Text(str):
    """Looks like text."""


class Whole(int):
    """Looks like a whole number."""


class Sly(Context):
    """Looks like a context."""


class Turning(dict):
    """Gives other items the second time."""

    turns = 0

    def items(self):
        self.turns += 1
        return super().items() if self.turns == 1 else [("x>1", s.FALSE)]


def test_a_mapping_that_changes_its_answer_is_read_once():
    odd = Context()
    object.__setattr__(odd, "hypotheses", MappingProxyType(Turning({"x>1": s.lt(t.ONE, X)})))
    assert door.rebuilt(odd, GOAL, derived.identity())[0].hypotheses == {"x>1": s.lt(t.ONE, X)}


def forged(**parts):
    context = Context({"x>1": s.lt(t.ONE, X)})
    for name, value in parts.items():
        object.__setattr__(context, name, value)
    return context


def hollow(kind, **parts):
    made = object.__new__(kind)
    for name, value in parts.items():
        object.__setattr__(made, name, value)
    return made


def circular():
    proof = derived.weaken(True, derived.identity())
    object.__setattr__(proof, "proof", proof)
    return proof


ODD = [
    (Sly(), GOAL, PROOF),
    (None, GOAL, PROOF),
    (forged(hypotheses={Text("x>1"): GOAL}), GOAL, PROOF),
    (forged(hypotheses=Turning({"x>1": GOAL})), GOAL, PROOF),
    (forged(hypotheses=[("x>1", GOAL)]), GOAL, PROOF),
    (forged(hypotheses={"x>1": "0 < 1"}), GOAL, PROOF),
    (forged(hypotheses={"x>1": s.positive(t.bound(0))}), GOAL, PROOF),
    (forged(system=["x>1"]), GOAL, PROOF),
    (forged(system=frozenset({"x>1"})), GOAL, PROOF),
    (forged(system=frozenset({"other"})), GOAL, PROOF),
    (forged(system=frozenset({Text("x>1")})), GOAL, PROOF),
    (forged(endogenous=frozenset({"x"})), GOAL, PROOF),
    (forged(endogenous=frozenset({t.ONE})), GOAL, PROOF),
    (Context({"s": s.eq(X, t.total(X, Y))}, frozenset({"s"}), frozenset({X})), GOAL, PROOF),
    (Context({"s": s.eq(X, t.density(Y))}, frozenset({"s"}), frozenset({X})), GOAL, PROOF),
    (Context({"s": s.eq(X, Y)}, frozenset({"s"}), frozenset({X})), s.positive(t.total(Y, P)), PROOF),
    (Context({"s": s.eq(X, Y)}, frozenset({"s"}), frozenset({X, Y})), s.positive(t.total(X, Y)), PROOF),
    (CONTEXT, "0 < 1", PROOF),
    (CONTEXT, X, PROOF),
    (CONTEXT, s.positive(t.bound(0)), PROOF),
    (CONTEXT, s.lt(X, t.symbol("x", positive=False)), PROOF),
    (CONTEXT, s.lt(t.unspecified("f", (0,), X), t.unspecified("f", (0, 0), X, X)), PROOF),
    (CONTEXT, hollow(s.Statement), PROOF),
    (CONTEXT, hollow(s.Statement, op=s.Op.LESS, args=[t.ZERO, t.ONE]), PROOF),
    (CONTEXT, GOAL, "identity"),
    (CONTEXT, GOAL, None),
    (CONTEXT, GOAL, GOAL),
    (CONTEXT, GOAL, r.Lemma("pow_mono", [t.ONE, X, B])),
    (CONTEXT, GOAL, r.Lemma(Text("pow_mono"), (t.ONE, X, B))),
    (CONTEXT, GOAL, r.Lemma("pow_mono", (t.ONE, X, GOAL))),
    (CONTEXT, GOAL, derived.sign(t.bound(0))),
    (CONTEXT, GOAL, r.Choose(True, derived.identity())),
    (CONTEXT, GOAL, r.Choose(Whole(1), derived.identity())),
    (CONTEXT, GOAL, r.Rewrite((), derived.identity(), 1)),
    (CONTEXT, GOAL, r.Combine(((1, ()),))),
    (CONTEXT, GOAL, r.Combine(((X,),))),
    (CONTEXT, GOAL, r.Combine((X, ()))),
    (CONTEXT, GOAL, r.Cut((("", X, derived.identity(), False),), derived.identity())),
    (CONTEXT, GOAL, derived.sign(hollow(t.Term, head=t.Head.NUMBER, args=(Whole(1), 1)))),
    (CONTEXT, GOAL, derived.sign(hollow(t.Term, head=t.Head.SYMBOL, args=(Text("x"), True)))),
    (CONTEXT, GOAL, derived.sign(hollow(t.Term, head="number", args=(1, 1)))),
    (CONTEXT, GOAL, circular()),
]


@pytest.mark.parametrize(("context", "goal", "certificate"), ODD)
def test_odd_objects_are_refused(context, goal, certificate):
    try:
        found = guarded("door", door.rebuilt, context, goal, certificate)
    except Refusal:
        return
    # What only looks different may be read, as what it looks like; then nothing of it is kept.
    assert found[2] is not certificate
    assert type(found[2].multiplier) is t.Term
    assert found[2].multiplier in (t.ONE, X)


def test_a_hollow_term_is_refused():
    odd = hollow(t.Term, head=t.Head.NUMBER, args=(1, 1))
    assert odd is not t.ONE
    with pytest.raises(Refusal):
        door.rebuilt(CONTEXT, GOAL, derived.sign(odd))


CHANGES = [
    {"format": "other"},
    {"version": 1},
    {"version": True},
    {"version": 2},
    {"version": 5.0},
    {"claim": None},
    {"says": "maybe"},
    {"says": True},
    {"terms": EXAMPLE["terms"] + ["7"]},
    {
        "terms": ["1", ["positive", "x"], ["real", "b"], "0", ["power", 1, 2]],
        "statements": [["<", 0, 1], ["<", 3, 2], ["<", 0, 4]],
    },
    {"terms": ["1", ["positive", "x"], "0", ["real", "x"], ["power", 1, 3]]},
    {"terms": ["2/2", ["positive", "x"], "0", ["real", "b"], ["power", 1, 3]]},
    {"terms": ["01", ["positive", "x"], "0", ["real", "b"], ["power", 1, 3]]},
    {"terms": [1, ["positive", "x"], "0", ["real", "b"], ["power", 1, 3]]},
    {"terms": ["1" * 4001, ["positive", "x"], "0", ["real", "b"], ["power", 1, 3]]},
    {"terms": ["1", ["positive", "x y"], "0", ["real", "b"], ["power", 1, 3]]},
    {"terms": ["1", ["positive", "x"], "0", ["real", "b"], ["power", 1, 4]]},
    {"terms": ["1", ["positive", "x"], "0", ["real", "b"], ["power", True, 3]]},
    {"terms": ["1", ["positive", "x"], "0", ["real", "b"], ["power", 1, 3, 3]]},
    {"terms": ["1", ["positive", "x"], "0", ["real", "b"], ["power", -4, 3]]},
    {"terms": ["1", ["positive", "x"], "0", ["real", "b"], ["log", 1, 3]]},
    {"terms": ["1", ["positive", "x"], "0", ["real", "b"], ["root", 1, 3]]},
    {"terms": ["1", ["positive", "x"], "0", ["bound", 0], ["power", 1, 3]]},
    {"terms": ["1", ["positive", "x"], "0", ["whole_power", 1, True], ["power", 1, 3]]},
    {"terms": {}},
    {"statements": [["<", 0, 1], ["<", 2, 3], ["<", 0, 4], ["<", 0, 4]]},
    {"statements": [["<", 2, 3], ["<", 0, 1], ["<", 0, 4]]},
    {"statements": [["<", 0, 1], ["<", 2, 3], [">", 0, 4]]},
    {"statements": [["<", 0, 1], ["<", 2, 3], ["<", 0]]},
    {"statements": [["<", 0, 1], ["<", 2, 3], ["and", 0]]},
    {"statements": [["<", 0, 1], ["<", 2, 3], ["or", 2, 1]]},
    {"proofs": [*EXAMPLE["proofs"][:3], ["lemma", "pow_mono", [0, 1, 3]]]},
    {"proofs": [*EXAMPLE["proofs"][:3], ["axiom", "pow_mono", [0, 1, 3], [0, 1, 2]]]},
    {"proofs": [*EXAMPLE["proofs"][:1], ["hypothesis", 1, []], *EXAMPLE["proofs"][2:]]},
    {"proofs": [*EXAMPLE["proofs"][:3], ["lemma", "pow_mono", [0, 1, 3], [0, 1, 3]]]},
    {"proofs": [*EXAMPLE["proofs"][:1], *EXAMPLE["proofs"][1:2] * 2, *EXAMPLE["proofs"][3:]]},
    {"hypotheses": [["x>1", 0], ["x>1", 1]]},
    {"hypotheses": [["x>1", 0]]},
    {"hypotheses": {"x>1": 0, "b>0": 1}},
    {"system": ["x>1"]},
    {"system": ["y"]},
    {"system": None},
    {"endogenous": [0]},
    {"endogenous": ["x"]},
    {"goal": 3},
    {"goal": "2"},
    {"goal": 2.0},
    {"proof": None},
    {"proof": 0},
    {"more": 1},
]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda c: str(c)[:70])
def test_other_data_are_refused(changes):
    with pytest.raises(Refusal):
        read(**changes)


def test_every_field_is_needed():
    for field in EXAMPLE:
        with pytest.raises(Refusal):
            d.from_rows({key: value for key, value in EXAMPLE.items() if key != field})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[" * 5000,
        "{}",
        '{"format": NaN}',
        json.dumps(EXAMPLE),
        json.dumps(EXAMPLE, indent=1),
        "1" * 5000,
        b"",
    ],
    ids=lambda text: str(text)[:20],
)
def test_other_text_is_refused(text):
    with pytest.raises(Refusal):
        d.loads(text)


def test_too_many_rows_are_refused():
    with pytest.raises(Refusal):
        read(terms=[str(number) for number in range(100_001)])


def test_proofs_nested_too_deep_are_refused():
    rows = [["combine", [], 0, []], *[["choose", 0, number] for number in range(250)]]
    with pytest.raises(Refusal, match="deep"):
        read(proofs=rows, proof=250)


def test_shared_proofs_are_written_once():
    proof = derived.identity()
    for _ in range(15):
        proof = derived.both(proof, proof)
    assert len(d.to_rows(CONTEXT, GOAL, proof, "holds")["proofs"]) == 16
    assert type(door.rebuilt(CONTEXT, GOAL, proof)[2]) is r.Split


def test_random_corruption_never_gives_a_traceback():
    source = random.Random(4)
    values = [0, -1, 1, True, None, "", "1", "x", [], {}, 2.5, ["bound", 0], ["<", 0, 0], 10**30, ["support"]]
    for _ in range(3000):
        data = copy.deepcopy(EXAMPLE)
        spot, key = data, source.choice(list(data))
        while type(spot[key]) in (list, dict) and spot[key] and source.random() < 0.8:
            spot = spot[key]
            key = source.randrange(len(spot)) if type(spot) is list else source.choice(list(spot))
        spot[key] = source.choice(values)
        try:
            found = d.from_rows(data)
        except Refusal:
            continue
        assert d.dumps(d.to_rows(*found, claim=data["claim"])) == d.dumps(data)
