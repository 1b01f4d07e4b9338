"""LaTeX for manuscripts: numbers, labels, tables, other notations; and that all of it compiles."""

import re
import shutil

import pytest
import sympy as sp
from click.testing import CliRunner
from hypothesis import given as drawn
from hypothesis import strategies as st

from symhet.cli import main
from symhet.errors import NotationError, UnknownName
from symhet.propositions import And, gt
from symhet.render.accounts import Account
from symhet.render.export.claims import Exporter
from symhet.render.export.renaming import RenamedWriter, Renaming, key_of, read_notation, renaming
from symhet.render.export.standalone import standalone, write_pdf
from symhet.render.export.tables import assumptions_table, notation_table, proved_signs, signs_table
from symhet.render.notation import Notation, notation_for
from tests.sources import ROOT, loaded

CUTOFFS = ("kz.eq11", "kz.eq12", "kz.eq14", "kz.A.2-width", "kz.relative-output")
NEW = {
    "symbols": {"phi_min": "z_D", "f_ex": "F_{X}", "alpha": r"\gamma"},
    "letters": {r"\varphi": "z", r"\sigma": r"\varepsilon", r"\phi": r"\zeta"},
}


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="symhet")


def rename(**data):
    return renaming(data, notation_for("kz"))


@pytest.fixture(scope="module")
def cutoffs():
    result = run("export", "latex", *CUTOFFS, "--standalone", "--labels")
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def notation_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("notation") / "mine.toml"
    lines = []
    for table, entries in NEW.items():
        lines += [f"[{table}]", *(f"'{old}' = '{new}'" for old, new in entries.items())]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_equations_have_the_numbers_of_the_paper_and_labels(cutoffs):
    for text in (r"\tag{12}\label{eq:kz.eq12}", r"\tag{11}\label{eq:kz.eq11}", r"\begin{align}"):
        assert text in cutoffs
    labels = re.findall(r"\\label\{[^}]*\}", cutoffs)
    assert len(labels) == len(set(labels))


def test_the_preamble_needs_three_packages(cutoffs):
    assert re.findall(r"\\usepackage(?:\[.*?\])?\{(.*?)\}", cutoffs) == ["amsmath,amssymb", "booktabs"]


def test_a_refuted_form_is_not_exported_as_true(cutoffs):
    assert "the printed form is refuted" in cutoffs
    untrue = Account("kz.x", "claim", "A paper", "a < b", "", "refuted", "e", witness=(("a", "1"), ("b", "0")))
    text = Exporter(RenamedWriter(Notation(), Renaming())).claim(untrue)
    assert "It is not true in general that" in text
    assert "a=1" in text


def test_what_is_open_is_called_open():
    text = Exporter(RenamedWriter(Notation(), Renaming())).claim(
        Account("kz.x", "claim", "A paper, eq. (3)", "a < b", "", "open", "e")
    )
    assert "This is open" in text
    assert r"\tag{3}" in text


def test_the_condition_of_a_claim_is_exported_with_it():
    a, b = sp.symbols("a b", positive=True)
    told = Account(
        "kz.x", "claim", "A paper", "", "", "proved-with", "e", conditions=(("c", gt(a, 1)),), statement=gt(a, b)
    )
    text = Exporter(RenamedWriter(Notation(), Renaming())).claim(told)
    assert text.index("b < a") < text.index("provided that") < text.index("a > 1")


def test_without_labels_and_numbers_nothing_is_numbered():
    a = sp.Symbol("a")
    told = Account("kz.x", "claim", "A paper", "", "", "proved", "e", statement=gt(a, 1))
    assert r"\begin{align*}" in Exporter(RenamedWriter(Notation(), Renaming())).claim(told)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"\hat\varphi_{min}^{\sigma-1}", r"z_D^{\varepsilon-1}"),
        (r"\hat{\varphi}_{min}", "z_D"),
        (r"\hat\varphi_{off}", r"\hat z_{off}"),
        (r"\frac{f_{ex}}{f_p}", r"\frac{F_{X}}{f_p}"),
        (r"f_{ex}x", "F_{X}x"),
        (r"T_{\sigma-1}(\varphi)", r"T_{\varepsilon-1}(z)"),
        (r"x^\sigma", r"x^\varepsilon"),
        (r"\alpha x", r"\gamma x"),
        (r"\text{a \sigma-field}", r"\text{a \sigma-field}"),
        (r"\varphi_Y^w", "z_Y^w"),
    ],
)
def test_formulas_are_renamed(old, new):
    assert renaming(NEW, notation_for("kz")).latex(old).replace(" ", "") == new.replace(" ", "")


def test_an_index_above_is_not_taken_for_a_power():
    found = renaming({"symbols": {"a_D": "c_D"}}, notation_for("bo"))
    assert found.latex("a_D^* a_D^{2}") == "a_D^* c_D^2"


def test_a_name_with_a_superscript_is_bracketed_in_powers():
    assert rename(symbols={"tau": "t^x"}).latex(r"\tau^{2}") == "(t^x)^2"


def test_two_symbols_can_change_places():
    swap = rename(symbols={"tau": r"\sigma", "sigma": r"\tau"})
    assert swap.latex(r"\tau^{1-\sigma}").replace(" ", "") == r"\sigma^{1-\tau}"


def test_a_statement_is_renamed_once():
    swap = rename(symbols={"tau": r"\sigma", "sigma": r"\tau"})
    tau, sigma = sp.symbols("tau sigma", positive=True)
    assert RenamedWriter(notation_for("kz"), swap).statement(gt(tau, 1 + sigma)) == r"1+\tau < \sigma"


@pytest.mark.parametrize(
    ("paper", "symbols", "old", "new"),
    [
        ("bo", {"phi": "z", "a_D": "c_D"}, r"\phi_2^\beta a_{D,2}^{\rho}", r"z_2^\beta c_{D,2}^\rho"),
        ("bo", {"mbar_star": r"\Delta^*"}, r"\bar m_{2}^*", r"\Delta_2^*"),
        ("bo", {"phi": "z_T"}, r"\phi_{\mathrm{DD}}", r"z_{T,\mathrm{DD}}"),
        ("kz", {"p_I_off": "q_O"}, r"p_I^{off\prime}", r"q_O^\prime"),
        ("kz", {"sigma": r"\varepsilon"}, r"\sigma^\circ", r"\varepsilon^\circ"),
        ("kz", {"w": r"\omega"}, r"w p_I^w", r"\omega p_I^w"),
        ("kz", {"sigma": r"\varepsilon_1"}, r"\frac{1}{\sigma}", r"\frac{1}{\varepsilon_1}"),
        ("kz", {"tau": "t^x"}, r"\tau' < 1", r"(t^x)' < 1"),
    ],
)
def test_other_values_of_a_symbol_are_renamed_and_indices_are_not(paper, symbols, old, new):
    assert renaming({"symbols": symbols}, notation_for(paper)).latex(old) == new


def test_letters_of_a_word_below_a_symbol_stay():
    assert rename(letters={"n": "N", "f": "F"}).latex(r"n f_{ex} \hat\varphi_{min}") == r"N F_{ex} \hat\varphi_{min}"


@drawn(st.sampled_from(sorted(notation_for("kz").written)))
def test_no_renaming_leaves_formulas_as_they_are(name):
    latex = notation_for("kz").written[name]
    assert Renaming().latex(latex) == latex
    assert rename(letters={r"\aleph": "b"}).latex(latex).replace("{", "").replace("}", "").replace(" ", "") == (
        latex.replace("{", "").replace("}", "").replace(" ", "")
    )


@pytest.mark.parametrize(
    "data",
    [
        {"symbols": {"sigma": r"\beta"}},
        {"symbols": {"sigma": "$x$"}},
        {"symbols": {"sigma": r"\input{secret}"}},
        {"symbols": {"sigma": "{x"}},
        {"symbols": {"sigma": ""}},
        {"symbols": {"sigma": 3}},
        {"symbols": {"sigma": "a+b"}},
        {"letters": {"ab": "c"}},
        {"colours": {"sigma": "red"}},
        {"symbols": "sigma"},
    ],
)
def test_a_notation_that_cannot_be_used_is_refused(data):
    with pytest.raises(NotationError):
        renaming(data, notation_for("kz"))


def test_an_unknown_symbol_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match="did you mean sigma"):
        rename(symbols={"sigmma": "x"})


@pytest.mark.parametrize("content", [b"sigma", b"\xff\xfe", None])
def test_a_file_that_is_no_toml_is_refused(tmp_path, content):
    path = tmp_path / "n.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NotationError, match="cannot be read"):
        read_notation(path, notation_for("kz"))


def test_a_symbol_is_read_however_it_is_braced():
    assert key_of(r"\hat{\varphi}_{min}") == key_of(r"\hat\varphi_{\mathrm{min}}")


def test_signs_are_taken_from_what_is_proved_only():
    d = sp.Symbol("D[phi_min,tau_I]", real=True)
    held, failed = (
        Account("kz.x", "claim", "", "", "", verdict, "e", statement=gt(d, 0)) for verdict in ("proved", "refuted")
    )
    assert dict(proved_signs([held])) == {("phi_min", "tau_I"): "$+$"}
    assert dict(proved_signs([failed])) == {}
    starred = Account("kz.x", "claim", "", "", "", "proved-with", "e", statement=And((gt(0, d), gt(d, d))))
    assert dict(proved_signs([starred])) == {("phi_min", "tau_I"): "$-^{*}$"}
    assert dict(proved_signs([starred, held])) == {("phi_min", "tau_I"): "$+$"}


def test_tables_are_booktabs_in_the_new_notation():
    from symhet.papers.kz import model

    writer = RenamedWriter(notation_for("kz"), renaming(NEW, notation_for("kz")))
    d = sp.Symbol("D[phi_min,tau_I]", real=True)
    tables = (
        notation_table(model.PARAMETERS, writer),
        assumptions_table(model.domain(), writer),
        signs_table([Account("kz.x", "claim", "", "", "", "proved", "e", statement=gt(0, d))], writer),
    )
    for table in tables:
        assert r"\toprule" in table
        assert not re.search(r"\\(?:sigma|varphi)(?![A-Za-z])", table)
    assert "z_D" in tables[2]


def test_a_renamed_export_has_no_old_symbol(notation_file, cutoffs):
    old = re.compile(r"\\(?:sigma|varphi|alpha|phi)(?![A-Za-z])|f_\{ex|f_\{\\mathrm\{ex")
    assert old.search(cutoffs)
    result = run("export", "latex", *CUTOFFS, "--standalone", "--notation", notation_file)
    assert result.exit_code == 0, result.output
    assert old.findall(result.output) == []


@pytest.mark.parametrize("renamed", [False, True])
def test_the_export_compiles_without_errors_and_overfull_lines(renamed, notation_file, cutoffs, tmp_path):
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    words = ("--notation", notation_file) if renamed else ()
    text = run("export", "latex", *CUTOFFS, "--standalone", *words).output if renamed else cutoffs
    source = tmp_path / "export.tex"
    source.write_text(text, "utf-8")
    assert loaded(ROOT / "scripts" / "check_pdf.py").compile_document(source, tmp_path / "out") == []


def test_without_latex_the_user_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = run("export", "pdf", "kz.eq4", "-o", tmp_path / "x.pdf")
    assert result.exit_code == 2
    assert "apt-get install latexmk" in result.output


def test_a_pdf_is_written(tmp_path):
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    write_pdf(standalone("A title", [("One", "$x$")]), tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
