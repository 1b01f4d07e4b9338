"""The export of every claim and table of both papers compiles, renames every symbol and leaves out no hypothesis."""

import re
import shutil
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from symhet import papers
from symhet.algebra.tails import Density, Survival, TailMoment
from symhet.claims import Verdict
from symhet.cli import exporting, main
from symhet.propositions import And, Dense, Rel, says_existence
from symhet.render.accounts import to_json
from symhet.render.export.claims import Exporter
from symhet.render.export.renaming import RenamedWriter, Renaming
from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for
from symhet.render.remarks import stated, tidy, unstated
from tests.judged import accounts
from tests.sources import ROOT, loaded

PAPERS = ("kz", "bo")
LETTERS = {
    "kz": {r"\sigma": r"\varepsilon", r"\varphi": "z", r"\tau": "t", "f": "F", "e": "k"},
    "bo": {r"\sigma": r"\varepsilon", r"\phi": "z", r"\beta": "b", "a": "h", "s": r"\theta", "D": "H"},
}
SYMBOLS = {
    "kz": {
        "sigma": r"\varepsilon_X", "tau": "t", "tau_I": "t_{OUT}", "alpha": r"\gamma", "f_p": "F_D", "f_I": "F_O",
        "f_ex": "F_X", "f_e": "F_E", "phi_min": "z_D", "phi_off": "z_O", "phi_ex": r"\check z_{X}", "n": "N",
        "w": r"\omega_0", "p_I_off": "q^O", "p_I_d": "q_D", "Lambda": r"\Gamma", "E_X": "R", "phi": "z", "L": "H",
    },
    "bo": {
        "sigma": r"\varepsilon", "phi": "z_T", "beta": "b", "s_E": r"\theta", "rho": "r", "a_D": "c_D", "a_X": "c_X",
        "a_R": "c_R", "a_D_star": "c_D^*", "a_X_star": "c_X^*", "n": "N", "n_star": "N^*", "s_n": r"\lambda_n",
        "B": r"\Delta", "mbar": "S", "mbar_star": "S^*", "f_I": "f_E", "abar": r"\hat c", "f": "K",
    },
}  # fmt: skip
NOTATIONS = {"plain": {}, "letters": {"letters": LETTERS}, "symbols": {"symbols": SYMBOLS}}
QUICK = {("kz", "plain"), ("kz", "symbols"), ("bo", "plain"), ("bo", "letters")}
"""An export takes seconds: the quick tests make two of each paper, and compile one."""
slow = pytest.mark.slow
EXPORTS = [pytest.param(*each, marks=() if each in QUICK else slow) for each in product(PAPERS, NOTATIONS)]
COMPILED = [each if each.values == ("kz", "symbols") else pytest.param(*each.values, marks=slow) for each in EXPORTS]


@cache
def export(paper, name):
    """Return a paper's claims and then its tables, as the commands export them in one of the notations."""
    lines = []
    for table, entries in NOTATIONS[name].items():
        lines += [f"[{table}]", *(f"'{old}' = '{new}'" for old, new in entries[paper].items())]
    parts = []
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        path = Path(folder) / "notation.toml"
        path.write_text("\n".join(lines), "utf-8")
        patch.setattr(exporting, "_judged", lambda names: accounts(names[0]))
        for words in (("latex", paper, "--standalone", "--labels"), ("tables", paper)):
            done = CliRunner().invoke(main, ["export", *words, "--notation", str(path)], prog_name="symhet")
            assert done.exit_code == 0, done.output
            parts.append(done.output)
    end = r"\end{document}"
    return parts[0].replace(end, parts[1] + end)


@pytest.mark.parametrize(("paper", "name"), COMPILED)
def test_every_claim_compiles_without_errors_and_overfull_lines(paper, name, tmp_path):
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    text = export(paper, name)
    assert text.count(r"\section*") == len(papers.ledger(paper).claims)
    source = tmp_path / f"{paper}.tex"
    source.write_text(text, "utf-8")
    assert loaded(ROOT / "scripts" / "check_pdf.py").compile_document(source, tmp_path / "out", passes=1) == []


def formulas(text):
    """Return the formulas of a document without the words in them."""
    text = re.sub(r"(?m)(?<!\\)%.*$|\\(?:label|tag)\{[^{}]*\}", "", text)
    displays = r"\\begin\{(align\*?)\}(.*?)\\end\{\1\}"
    found = [match[2] for match in re.finditer(displays, text, re.DOTALL)]
    found += re.findall(r"(?<!\\)\$([^$]*)\$", re.sub(displays, "", text, flags=re.DOTALL))
    return re.sub(r"\\(?:text|operatorname\*?|begin|end)\{[^{}]*\}", " ; ", " ; ".join(found))


def mathematics(text):
    """Return the formulas in one spelling: commands in angles, every script braced, no fonts, no blanks."""
    spelled = formulas(text)
    spelled = re.sub(r"\\math(?:it|rm)\{([^{}]*)\}", r"\1", spelled)
    spelled = re.sub(r"\\([A-Za-z]+)", r"<\1>", spelled)
    spelled = re.sub(r"([_^])(<\w+>|[^{<\s])", r"\1{\2}", re.sub(r"\s+", "", spelled))
    return re.sub(r"(<(?:hat|bar|tilde|check|underline|dot)>)\{(<\w+>|\w)\}", r"\1\2", spelled)


INDICES = r"(?:0|2|DD)"
"""Other values of a symbol are marked by an index, besides primes and circles."""
ABOVE = r"\^\{(?:\*|w|d|k|off|cif|fob)"
"""With one of these above it, a symbol is another one."""


def occurrences(latex, text):
    """Return where a symbol, or another value of it, stands in formulas in one spelling."""
    nucleus, below, above = re.fullmatch(r"(.*?)(?:_\{(.*?)\})?(?:\^\{(.*?)\})?", mathematics(f"${latex}$")).groups()
    index = rf"_\{{{re.escape(below)}(?:,{INDICES})?\}}" if below else rf"(?:_\{{{INDICES}\}})?(?!_)"
    power = rf"\^\{{{re.escape(above)}(?:<prime>)?\}}" if above else rf"(?!{ABOVE})"
    ahead = r"(?<!<hat>)(?<!<bar>)(?<!<tilde>)"
    if nucleus.isalpha():
        ahead += r"(?<![A-Za-z<])(?<!_\{)" + (r"(?<!\^\{)" if re.match(ABOVE, f"^{{{nucleus}") else "")
    inside = r"(?![A-Za-z])" if nucleus.isalpha() and not below else ""
    found = re.finditer(ahead + re.escape(nucleus) + inside + index + power, text)
    return [text[max(0, match.start() - 30) : match.end() + 30] for match in found]


@pytest.mark.parametrize("paper", ["kz", pytest.param("bo", marks=slow)])
def test_renamed_symbols_are_gone(paper):
    before, after = mathematics(export(paper, "plain")), mathematics(export(paper, "symbols"))
    notation = notation_for(paper)
    for name in SYMBOLS[paper]:
        assert occurrences(notation.written[name], before), f"{name} was not there, so this shows nothing"
        new = set(occurrences(SYMBOLS[paper][name], after))
        assert new, f"{name} has no new name"
        assert not occurrences(notation.written[name], after), name


@pytest.mark.parametrize("paper", [pytest.param("kz", marks=slow), "bo"])
def test_renamed_letters_are_gone(paper):
    before, after = export(paper, "plain"), export(paper, "letters")
    for letter in LETTERS[paper]:
        gone = re.compile(r"(?<![A-Za-z\\])" * letter.isalpha() + re.escape(letter) + r"(?![A-Za-z])")
        assert gone.search(formulas(before)), letter
        assert not gone.search(re.sub(r"\\math(?:it|rm)\{[^{}]*\}", "", formulas(after))), letter


@pytest.mark.parametrize(("paper", "name"), EXPORTS)
def test_no_name_of_the_program_stands_in_the_words(paper, name):
    text = re.sub(r"(?m)(?<!\\)%.*$|\\label\{[^{}]*\}|\$[^$]*\$", "", export(paper, name))
    text = re.sub(r"\b(?:kz|bo)\.[\w.-]+", "", text)
    words = re.sub(r"\\begin\{(align\*?)\}.*?\\end\{\1\}", "", text, flags=re.DOTALL).partition(r"\begin{document}")[2]
    assert not re.findall(r"\S*\\_\S*", words)
    assert not re.findall(r"(?<!\\)\b(?:sigma|tau|phi|varphi|alpha|beta|rho|mu|Lambda|Phi)\b", words)


def recording(key):
    """Return an exporter of a paper, and the list to which it adds every statement that it displays."""
    exporter, shown = Exporter(RenamedWriter(notation_for(key), Renaming())), []
    display = exporter._formula

    def formula(prop, identifier, number):
        shown.extend(prop.parts if isinstance(prop, And) else (prop,))
        return display(prop, identifier, number)

    exporter._formula = formula
    return exporter, shown


@pytest.mark.parametrize("paper", PAPERS)
def test_every_theorem_is_exported_with_what_it_supposes(paper):
    """An equation of the model may be referred to; what picks out parameters or distributions is displayed."""
    theorems = 0
    for entry in (entry for row in accounts(paper) for entry in row.walk()):
        if (
            entry.derived is None
            or entry.derived.says != "holds"
            or entry.derived.goal
            not in (
                entry.statement,
                entry.corrected,
            )
        ):
            continue
        theorems += 1
        exporter, shown = recording(paper)
        text = exporter.claim(entry)
        for _, hypothesis in entry.assumptions:
            for prop in hypothesis.parts if isinstance(hypothesis, And) else (hypothesis,):
                if isinstance(prop, Dense) or says_existence(prop):
                    assert "The distribution $G$" in text, entry.id
                elif prop not in shown and tidy(prop) not in shown:
                    assert isinstance(prop, Rel), entry.id
                    assert prop.op == "=", (entry.id, str(prop))
                    assert not isinstance(prop.lhs, Survival | TailMoment | Density), (entry.id, str(prop))
                    assert "the model's equations" in text, entry.id
    assert theorems > 100


@pytest.mark.parametrize("paper", PAPERS)
def test_a_hypothesis_is_stated_or_an_equation_that_is_referred_to(paper):
    writer = RenamedWriter(notation_for(paper), Renaming())
    for entry in (entry for row in accounts(paper) for entry in row.walk()):
        short, long = stated(entry, writer)
        assert not {*short, *long} & {tidy(prop) for prop in unstated(entry, writer)}, entry.id


@pytest.mark.parametrize("paper", PAPERS)
def test_no_verdict_with_a_theorem_is_exported_without_it(paper):
    holding = {Verdict.PROVED, Verdict.PROVED_WITH}
    for entry in (entry for row in accounts(paper) for entry in row.walk()):
        true = entry.corrected or (entry.statement if entry.verdict in holding else None)
        if true is not None:
            exporter, shown = recording(paper)
            exporter.claim(entry)
            assert set(true.parts if isinstance(true, And) else (true,)) <= set(shown), entry.id


@pytest.mark.parametrize("paper", PAPERS)
def test_the_record_of_every_claim_has_its_grading_and_each_theorem_its_hypotheses(paper):
    writer = LatexWriter(notation_for(paper))
    faulty = {Verdict.REFUTED, Verdict.PROVED_WITH}
    claims = {claim.id: claim for claim in papers.ledger(paper).walk()}
    for entry in (entry for row in accounts(paper) for entry in row.walk()):
        record = to_json(entry, writer)
        if record["verdict"] in faulty:
            assert record["severity"], entry.id
            assert record["root"] in claims, entry.id
        if claims[entry.id].reconstruction:
            assert record["printed"] is None, entry.id
            assert record["reconstruction"], entry.id
        if entry.statement is not None:
            contexts = [list(theorem["context"]) for theorem in record["theorems"]]
            assert contexts == [[name for name, _ in theorem.context] for theorem in entry.theorems], entry.id
