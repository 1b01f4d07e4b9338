"""Sentences, printed formulas on a terminal, and counterexamples in words."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symhet.render.notation import Notation, notation_for
from symhet.render.prose import listed, to_latex, to_markdown, to_plain, with_words
from symhet.render.readable import readable
from symhet.render.witnesses import told_witness

KZ = notation_for("kz")


@pytest.mark.parametrize(("sentence", "latex"), [
    ("It rises with sigma.", r"It rises with $\sigma$."),
    ("Where f_p < tau^(sigma-1) f_ex, firms leave.", r"Where $f_p < \tau^{\sigma-1} f_{\mathrm{ex}}$, firms leave."),
    ("A firm in W sells n goods.", "A firm in $W$ sells $n$ goods."),
    ("Appendix D has D-types, c.i.f. and C's a", "Appendix D has D-types, c.i.f. and $C$'s a"),
    ("By A.1 Lambda > 1", r"By A.1 $\Lambda > 1$"),
    ("as -ln(1-sigma)/ln f_p is", r"as $-\ln(1-\sigma)/\ln f_p$ is"),
    ("net of F it is (f_p^(1-sigma) w - f_e)/n", r"net of $F$ it is $(f_p^{1-\sigma} w - f_e)/n$"),
    ("By A.1-A.3 and (S.1)-(S.3)", "By A.1--A.3 and (S.1)--(S.3)"),
    ("See kz.A.2-width.f_p & more", r"See \mbox{kz.A.2-width.f\_p} \& more"),
    ("p-hat = 1 - 1/Lambda", r"$\hat p = 1 - 1/\Lambda$"),
    ("by (tau_I/tau_I')**alpha and f_e/[1-sigma]", r"by $(\tau_I/\tau_I')^{\alpha}$ and $f_e/[1-\sigma]$"),
    ("the cost-saving f_I (see below)", r"the cost-saving $f_I$ (see below)"),
    ("U(phi_min)/U(phi_off) > 1", r"$U(\hat\varphi_{\mathrm{min}})/U(\hat\varphi_{\mathrm{off}}) > 1$"),
    ("already $x^2$ there", r"already $x^2$ there"),
    ("σ ≤ 3 and 50% of #1", r"$\sigma$ $\leq$ 3 and 50\% of \#1"),
    ('the "print"', "the ``print''"),
    ("with 2 markets or 10 firms", "with 2 markets or 10 firms"),
])  # fmt: skip
def test_symbols_in_sentences_become_mathematics(sentence, latex):
    assert to_latex(sentence, KZ) == latex


def test_markdown_escapes_its_own_marks():
    assert to_markdown("a_b * c < d | f_p", KZ) == r"a\_b \* $c < d$ \| $f_p$"


@given(st.text(alphabet="ab fp_I^()+-*/<>=!$%&#~{}\\ 123.,'\"σ≤|", max_size=60))
def test_any_sentence_comes_out_with_balanced_dollars(sentence):
    latex = to_latex(sentence, KZ)
    if "$" not in sentence:
        assert latex.replace(r"\$", "").count("$") % 2 == 0


def test_lists():
    assert [listed(["a"]), listed(["a", "b"]), listed([])] == ["a", "a and b", ""]


def test_long_indices_are_set_as_words():
    assert with_words(r"f_{ex}+p_I^{off}+x^{a}") == r"f_{\mathrm{ex}}+p_I^{\mathrm{off}}+x^{a}"


@pytest.mark.parametrize(("latex", "text"), [
    (r"\frac{a+b}{c d}", "(a + b)/(c·d)"),
    (r"\frac{a}{b}(1-c)", "a/b·(1 − c)"),
    (r"\frac{a}{b(1-c)}", "a/(b·(1 − c))"),
    (r"\frac{a}{b/c}", "a/(b/c)"),
    (r"\left(\frac{f_I}{f_p}\right)^{\frac{1}{\sigma-1}}", "(f_I/f_p)^(1/(σ − 1))"),
    (r"f_pj(\hat\varphi_{min})+a^{b(c-1)}", "f_p·j(φ̂_min) + a^(b·(c − 1))"),
    (r"\phi (a_X^*)^{1-\sigma} B", "φ·(a_X^*)^(1 − σ)·B"),
    (r"\hat\varphi_{min} < \tilde p_1", "φ̂_min < p̃_1"),
    (r"\text{all firms} \;\Rightarrow\; x \geq 0", "all firms ⇒ x ≥ 0"),
    (r"\int_0^\infty g(\varphi)\,d\varphi", "∫(0..∞) g(φ) dφ"),
    (r"\begin{cases} a & b \\ c & \text{if } d \end{cases}", "{a, b; c, if d}"),
    (r"\frac{d}{d\phi}(1+\phi)^2 < \frac{d\ln x}{dy}", "d/dφ [(1 + φ)²] < d ln(x)/dy"),
])  # fmt: skip
def test_printed_formulas_on_a_terminal(latex, text):
    assert readable(latex) == text


@given(st.text(alphabet="ab{}[]()^_\\ frac$&+-=", max_size=40))
def test_odd_latex_does_not_fail(latex):
    readable(latex)


@pytest.mark.parametrize(("sentence", "text"), [
    ("and write $I_\\Omega$, on phi < ((1-s_E)/s_E)^(1/beta)", "and write I_Ω, on φ < ((1 − s_E)/s_E)^(1/β)"),
    ("See kz.A.2-width.f_p: 50% of firms", "See kz.A.2-width.f_p: 50% of firms"),
])  # fmt: skip
def test_sentences_on_a_terminal(sentence, text):
    assert to_plain(sentence, notation_for("bo")) == text


def test_a_counterexample_names_parameters_before_variables():
    told = told_witness((("phi_min", "1"), ("sigma", "3"), ("f_p", "1/2")), KZ)
    assert told.endswith(r"at $\sigma=3$, $f_p=1/2$ and $\hat\varphi_{min}=1$.")


def test_a_counterexample_tells_its_distribution():
    witness = (("a", "1"), ("G.breaks", "1, 2, 3"), ("G.heights", "1/4, 1/8"), ("G.pareto_tail_shape", "4"))
    told = told_witness(witness, Notation())
    assert "The density of $G$ is $1/4$ on $(1, 2)$ and $1/8$ on $(2, 3)$" in told
    assert "a Pareto tail of shape $4$ carries the rest above $3$" in told


def test_long_numbers_can_break_between_lines():
    told = told_witness((("a", "1" * 50),), Notation())
    assert told.count(r"\allowbreak") == 4


PACKAGE = Path(__file__).parents[2] / "symhet"
UNPLAIN = re.compile(
    r"\b(?:dear|dearer|thins? out|judged apart|judged by itself|would else|put to the proof|teller"
    r"|bearer|the print integrates|put in the derivatives?|put in what is known|a pass over the points less)\b",
    re.IGNORECASE,
)


def sentences(path):
    """Yield the texts of a module that have several words: what users and readers see, and docstrings."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value


def test_sentences_have_plain_words():
    rooms = [PACKAGE / room for room in ("papers", "render", "cli", "workbench", "model", "numerics")]
    paths = [path for room in rooms for path in room.rglob("*.py")]
    found = [(path.name, text[:80]) for path in paths for text in sentences(path) if UNPLAIN.search(text)]
    assert found == []
    assert UNPLAIN.search("foreign intermediates are as dear as domestic ones")
