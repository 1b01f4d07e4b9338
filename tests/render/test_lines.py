"""Long formulas are broken where an author would break them, and fit on the page."""

import re
import shutil
import subprocess
from itertools import pairwise

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from symhet.algebra.total import total
from symhet.papers.kz.model import offshoring_first
from symhet.propositions import And, Implies, eq, gt
from symhet.render.displays import Namer, display_latex, displays
from symhet.render.latex import LatexWriter
from symhet.render.lines import break_lines
from symhet.render.notation import notation_for
from symhet.render.widths import width

KZ = LatexWriter(notation_for("kz"))
names = [f"{letter}_{i}" for i in range(6) for letter in ("f", "p", "phi")]
SYMBOLS = sp.symbols(names, positive=True)


def wide_sum(length):
    return sum(s**2 * (1 + t) for s, t in pairwise(SYMBOLS[: length + 1]))


def test_a_short_formula_stays_on_one_line():
    assert break_lines("a = b").lines == ("a = b",)


def test_lines_break_at_relations_before_signs():
    broken = break_lines("aaaaaaaaaaaaaa+bbbbbbbbb = cccccccccc+ddddddd", 20)
    assert broken.lines == ("& aaaaaaaaaaaaaa+bbbbbbbbb", r" & \quad = cccccccccc+ddddddd")


def test_brackets_torn_by_a_break_have_a_fixed_size():
    latex = r"x = \left(\frac{a}{b}+\frac{cccccccccccc}{d}+\frac{eeeeeeeeeeee}{f}\right)"
    text = "\n".join(break_lines(latex, 16).lines)
    assert r"\biggl(" in text
    assert r"\left" not in text


def test_connectives_are_not_torn():
    latex = r"\left\lbrace aaaaaaaaaa\right\rbrace \quad\text{and}\quad \left\lbrace bbbbbbbbbb\right\rbrace"
    second = break_lines(latex, 14).lines[1]
    assert second.split("&")[1].strip().startswith(r"\quad \text{and}")


def test_a_long_sentence_is_broken_between_words():
    lines = break_lines(r"\text{" + "words that go on " * 8 + "}", 30).lines
    assert len(lines) > 2
    assert all(width(line.replace("&", "")) <= 33 for line in lines)


def test_wide_denominators_get_a_name():
    big = wide_sum(12)
    namer = Namer()
    [main], explained = displays(eq(SYMBOLS[0], SYMBOLS[1] / big), KZ, namer)
    assert main.lines == (r"f_{0} = \frac{p_{0}}{\Delta_{1}}",)
    assert explained[0].lines[0].startswith(r"\Delta_{1} & =")
    [again], nothing = displays(eq(SYMBOLS[2], 1 / big), KZ, namer)
    assert r"\Delta_{1}" in again.lines[0]
    assert nothing == ()


def test_each_claim_explains_the_names_that_it_uses():
    namer = Namer()
    first, second = [namer.forget() or displays(eq(SYMBOLS[0], 1 / wide_sum(12)), KZ, namer) for _ in range(2)]
    assert first == second


def test_a_sum_that_many_lines_repeat_gets_a_name():
    big = wide_sum(6)
    term = sum(s * t / big for s, t in pairwise(SYMBOLS))
    unfit, _ = displays(eq(SYMBOLS[0], term), KZ, Namer())
    assert sum(line.count(r"\Delta_{1}") for line in unfit[0].lines) == len(SYMBOLS) - 1


def test_a_long_conjunction_is_set_in_rows():
    parts = tuple(gt(SYMBOLS[i], 1) for i in range(5))
    shown, _ = displays(And((*parts, eq(SYMBOLS[0], wide_sum(5)))), KZ, Namer(), "7")
    assert [display.number for display in shown] == ["", "7"]
    assert shown[0].lines[0].count(r",\qquad ") == 4


fractions = st.builds(
    lambda i, j, m: SYMBOLS[i] ** SYMBOLS[j] / (1 + wide_sum(m)), *[st.integers(0, 9)] * 2, st.integers(1, 9)
)
sums = st.lists(fractions, min_size=1, max_size=9).map(sum)


@given(sums)
def test_every_line_is_as_wide_as_allowed(term):
    shown, explained = displays(eq(SYMBOLS[-1], term), KZ, Namer())
    for display in (*shown, *explained):
        assert all(width(re.sub(r"&", "", line)) <= 43.5 for line in display.lines)


@given(st.text(alphabet="ab+-=(){}[]^_\\,;& \n", max_size=40))
def test_breaking_odd_text_does_not_fail(text):
    break_lines(text, 10)


def examples():
    model = offshoring_first()
    yield from (model.domain.hypotheses() | dict(model.definitions) | dict(model.conditions)).values()
    for length in range(1, 16, 2):
        big, small = wide_sum(length), wide_sum(4)
        yield eq(SYMBOLS[0], big)
        yield eq(SYMBOLS[0], small / (1 + big) - (1 + SYMBOLS[2] / SYMBOLS[3]) * (big + small) / SYMBOLS[4])
        yield Implies(And((gt(big, 1), gt(small, 2))), gt((1 + big) ** (SYMBOLS[5] - 1), small))
        yield eq(
            total(SYMBOLS[0], SYMBOLS[1]), (small + SYMBOLS[1]) ** (1 / (1 + SYMBOLS[2])) * (1 / (1 + small) + big)
        )


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_no_line_is_overfull_in_print(tmp_path):
    from symhet.render.blocks import Document, Formula, write_latex

    namer = Namer()
    shown = [displays(prop, KZ, namer, number) for prop in examples() for number in ("", "11")]
    formulas = [Formula(display) for main, more in shown for display in (*main, *more)]
    formulas.append(Formula(display_latex(r"x = \text{" + "many words " * 12 + r"}, \quad y > 0")))
    text = write_latex(Document("t", "t", "t", tuple(formulas)), KZ.notation)
    (tmp_path / "t.tex").write_text(text, "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    wide = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", run.stdout)]
    assert max(wide, default=0) <= 5


def test_an_implication_breaks_at_its_arrow():
    lines = break_lines(r"aaaaaaaaaaaa+bbbbbbbbbbb < cccccccc \;\Longrightarrow\; dddd < eeee", 24).lines
    assert r"\Longrightarrow" in lines[1]
    assert "eeee" in lines[1]


def test_a_sign_does_not_stand_alone_on_the_last_line():
    assert break_lines("aaaaaaaaaaaa+bbbbbbbbbbbb+cccccccccccc < 0", 23.5).lines[-1].strip() != "& < 0"


def test_a_short_bracket_is_not_torn():
    latex = r"y = aaaaaaaaaaaaa [1-G(x)] \left[\frac{b}{c}-dddddddddddddddd\right]"
    assert not any(line.rstrip().endswith("[1") for line in break_lines(latex, 17).lines)
