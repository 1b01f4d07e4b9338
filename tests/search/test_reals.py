"""What the search makes of quantities that may be negative or zero, as tables of lines, and conditions for values."""

import re

import pytest

from symhet import search
from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.reading import Names
from symhet.language.text import read_statement
from symhet.search import prove
from tests.search.test_one_liners import lines, require_proved, require_refuted

FUNCTIONS = {"exp", "log", "abs", "max", "min", "not", "and", "or"}


def read(line: str) -> tuple[Context, s.Statement]:
    words = set(re.findall(r"[A-Za-z]\w*", line)) - FUNCTIONS
    names = Names({word: t.symbol(word, positive=False) for word in words})
    premises, goal = line.split("|-")
    given = [part for part in premises.split(", ") if part.strip()]
    return Context({f"premise {i}": read_statement(p, names) for i, p in enumerate(given)}), read_statement(goal, names)


@pytest.mark.parametrize("line", lines("real_facts.txt"))
def test_facts_about_real_numbers_are_proved_without_help(line: str) -> None:
    context, goal = read(line)
    require_proved(context, goal, 6000)
    assert prove(context, s.implies(goal, s.FALSE), work=300) is None


@pytest.mark.parametrize("line", lines("not_real_facts.txt"))
def test_what_does_not_follow_for_real_numbers_is_refuted_exactly_and_not_proved(line: str) -> None:
    require_refuted(*read(line), 1500)


@pytest.mark.parametrize(("claim", "condition", "exactly"), [
    ("z/z = 1", "z != 0", True),
    ("z/w = z/w", "w != 0", True),
    ("exp(log(z)) = z", "0 < z", True),
    ("log(z*w) = log(z) + log(w)", "0 < z and 0 < w", True),
    ("(z^2)^(1/2) = z", "0 < z", True),
    ("z > w or z < w", "w != z", True),
])  # fmt: skip
def test_what_is_needed_for_a_value_is_a_condition(claim: str, condition: str, exactly: bool) -> None:
    _, goal = read(f"|- {claim}")
    _, wanted = read(f"|- {condition}")
    decision = search.decide(Context(), goal, work=6000)
    assert (decision.condition, decision.exactly) == (wanted, exactly)


def test_a_case_that_the_premises_exclude_needs_no_value() -> None:
    """The parts of a premise that no economy meets are steps once, not twice: the certificate was refused before."""
    context, goal = read("|- -z*z > 0 and w > 0 => w < 0")
    assert prove(context, goal) is not None
