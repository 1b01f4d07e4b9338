"""What is printed fits the terminal, row by row, and ends with what to take away."""

import io
import json
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from symhet import __version__
from symhet.cli.folding import fold
from symhet.cli.running import Run
from symhet.cli.tables import VerdictRows, conclude
from symhet.cli.telling import brief


def columns(line):
    return sum(not unicodedata.combining(letter) for letter in line)


def widest_word(text):
    return max(map(columns, text.split()), default=0)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("line", [
    ("show", "kz.eq8"), ("show", "kz.A.2"), ("show", "bo.eq9"), ("show", "kz.eqC3.entry"), ("list", "kz"),
    ("verify", "kz.eq12", "bo.result1"),
], ids=" ".join)  # fmt: skip
def test_lines_fit(line, width, monkeypatch):
    from click.testing import CliRunner

    from symhet.cli import main

    monkeypatch.setenv("COLUMNS", str(width))
    lines = CliRunner().invoke(main, line).output.splitlines()
    assert len(lines) > 5
    assert [text for text in lines if columns(text) > max(width, widest_word(text) + 10)] == []


@given(st.text(alphabet="ab ()[]=+−·,φ̂", max_size=200), st.integers(1, 80))
@example("=" * 11, 12)
@example("kz.eq14  export", 1)
def test_folding_keeps_every_word(text, width):
    folded = " ".join(fold(text, width))
    assert "".join(folded.split()) == "".join(text.split())
    # A word that is wider than a line is torn.
    if widest_word(text) <= width - 2:
        assert whole(folded) == whole(text)


def whole(text):
    """Return words with their factors together: a line may begin with a product's sign."""
    return re.sub(r" ?(?=·)", "", " ".join(text.split()))


def test_formulas_fold_outside_brackets():
    assert fold("y = a·(b + c + d + e) + f·(g + h)", 24) == ["y = a·(b + c + d + e)", "  + f·(g + h)"]


def written(width, told, claims):
    out = Console(file=io.StringIO(), width=width)
    rows = VerdictRows(claims, out)
    briefs = list(map(brief, told))
    for each in briefs:
        rows.add(each)
    conclude(briefs, out)
    return out.file.getvalue()


def test_a_row_is_one_line(sound):
    run = Run(sound.claims)
    run.execute(1)
    told = run.accounts()
    for width in (60, 80, 120):
        lines = written(width, told, sound.claims).splitlines()
        entries = [entry for each in told for entry in each.walk()]
        assert [line.split()[0] for line in lines[1 : len(entries) + 1]] == [entry.id for entry in entries]


def test_a_row_is_there_as_soon_as_it_and_those_before_it_are_judged(sound):
    run = Run(sound.claims)
    seen = []
    run.execute(1, lambda told: seen.append([run.finished(place) is not None for place in range(len(sound.claims))]))
    assert [sum(row) for row in seen] == sorted(sum(row) for row in seen)
    assert seen[0] == [True, *[False] * (len(sound.claims) - 1)]
    assert all(seen[-1])


def graded(told):
    return replace(told, severity="substance", root=told.id)


def test_many_verdicts_end_with_the_faults_of_substance(sound, monkeypatch):
    monkeypatch.setattr("symhet.cli.tables.FEW", 3)
    run = Run(sound.claims)
    run.execute(1)
    run.done |= {name: graded(told) for name, told in run.done.items() if told.verdict == "refuted"}
    text = written(80, run.accounts(), sound.claims)
    assert "kz.R.3  open  Neither proof nor counterexample was found." in text
    behind = text.partition("faults of substance")[2]
    assert "kz.eq12  The sign is wrong" in behind
    assert "kz.R.2.b  The sign is wrong" in behind
    assert behind.splitlines()[-1].startswith("9 claims:")


def test_list_by_verdict(symhet):
    output = symhet("list", "kz", "--verdict", "refuted").output
    assert [line.split()[0] for line in output.splitlines() if line.startswith("kz.")] == [
        "kz.eq12",
        "kz.R.2",
        "kz.R.2.b",
    ]
    assert symhet("list", "kz", "--verdict", "wrong").exit_code == 2


def test_show_as_json(symhet):
    data = json.loads(symhet("show", "kz.R.2", "--json", "-").stdout)
    assert data["symhet"] == __version__
    assert [(entry["id"], entry["verdict"]) for entry in data["claims"]] == [
        ("kz.R.2", "refuted"), ("kz.R.2.a", "proved"), ("kz.R.2.b", "refuted"),
    ]  # fmt: skip
