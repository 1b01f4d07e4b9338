"""What the search proves and refutes, as tables of lines that a stranger can read."""

import re
from pathlib import Path

import pytest

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.reading import Names
from symhet.language.text import read_statement
from symhet.search import prove, refute
from symhet.search.contraries import contrary

HERE = Path(__file__).parent
WORDS = {"ln", "exp", "sqrt"}


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in text if line.strip() and not line.startswith("#")]


def read(line: str) -> tuple[Context, s.Statement]:
    names = Names({name: t.symbol(name) for name in set(re.findall(r"[A-Za-z]\w*", line)) - WORDS})
    premises, goal = line.split("|-")
    given = [part for part in premises.split(",") if part.strip()]
    hypotheses = {f"premise {i}": read_statement(part, names) for i, part in enumerate(given)}
    return Context(hypotheses), read_statement(goal, names)


def require_proved(context: Context, goal: s.Statement, work: int) -> None:
    found = prove(context, goal, work=work)
    assert found is not None
    assert found.theorem.goal is goal
    assert found.theorem.says == "holds"


def require_refuted(context: Context, goal: s.Statement, work: int) -> None:
    found = refute(context, goal)
    assert found is not None
    assert found.theorem.says == "fails"
    assert prove(context, goal, work=work) is None


@pytest.mark.parametrize("line", lines("one_liners.txt"))
def test_facts_are_proved_without_help(line: str) -> None:
    require_proved(*read(line), 3000)


@pytest.mark.parametrize("line", lines("one_liners.txt"))
def test_contraries_of_facts_are_not_proved(line: str) -> None:
    context, goal = read(line)
    assert prove(context, contrary(goal), work=300) is None


@pytest.mark.parametrize("line", lines("not_facts.txt"))
def test_what_does_not_follow_is_refuted_exactly_and_not_proved(line: str) -> None:
    require_refuted(*read(line), 500)
