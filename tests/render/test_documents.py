"""Documents say what was claimed, what was proved, what failed, and leave nothing out."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import sympy as sp

from symhet.claims import Claim, Severity, Verdict, Witness, graded, judge, proved, proved_with, refuted
from symhet.context import Context
from symhet.derivation import Derivation, Line
from symhet.errors import KernelError, UnknownClaim
from symhet.papers import ledger
from symhet.propositions import eq, gt, lt
from symhet.provers.tactics import auto, chart, identity
from symhet.render.accounts import account, row, to_json, unjudged
from symhet.render.blocks import write_latex, write_markdown
from symhet.render.documents import single, verdicts
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation
from symhet.render.prints import number_of, printed
from symhet.render.remarks import side_conditions, tidy
from symhet.render.written import find_plan, plan_of

ROOT = Path(__file__).parents[2]
a, b, s, t = sp.symbols("a b sigma t", positive=True)
PLAIN = Notation()


def judged(argue, printed_form="a > 0", **more):
    return account(judge(Claim("kz.x", "derived", "A paper, section 2, eq. (7)", printed_form, argue, **more)))


def a_proof():
    d = Derivation(Context({"sigma>1": gt(s, 1)}))
    shifted = chart({t: s - 1}, {s: 1 + t}, identity())
    d.step("power", eq(a ** (1 / (s - 1)) * a, a ** (s / (s - 1))), "Collect powers of a:", "(7)", by=shifted)
    return proved(d, gt(s, 0), auto(), "So it is positive:", "The print has a slip.")


def a_refutation():
    corrected = proved(Derivation(Context()), gt(a + b, a), auto(), "A sum exceeds its terms.")
    point = Witness({a: sp.Rational(1, 2), b: sp.Integer(1)})
    return refuted(Derivation(Context()), lt(a + b, a), point, "The sign is wrong.", corrected=corrected)


def a_refutation_elsewhere():
    holding = Derivation(Context({"sigma>1": gt(s, 1)}))
    corrected = proved(holding, gt(a + s, 1), auto(), "A sum exceeds its terms.")
    point = Witness({a: sp.Rational(1, 2), b: sp.Integer(1)})
    return refuted(Derivation(Context({"b>a": gt(b, a)})), lt(a + b, a), point, "No.", corrected=corrected)


def refuted_with(**grade):
    return lambda: graded(a_refutation(), **grade)


def a_conditional_proof():
    holding = proved(Derivation(Context({"a>b": gt(a, b)})), gt(a, b), auto(), "As assumed.")
    point = Witness({a: sp.Integer(1), b: sp.Integer(2)})
    return proved_with(holding, (("a>b", gt(a, b)),), Derivation(Context()), point, "It needs a large a.")


def test_a_proof_reads_sentence_formula_sentence():
    text = write_markdown(single(judged(a_proof), "A paper", PLAIN), PLAIN)
    parts = ["Claimed in section 2, eq. (7) (kz.x):", "a > 0 \\tag{7}", "From $\\sigma > 1$:", "Collect powers of a",
             "\\tag{7}", "So it is positive:", "\\sigma > 0", "**Proved.** The print has a slip."]  # fmt: skip
    at = 0
    for part in parts:
        at = text.index(part, at) + 1


def test_a_refutation_shows_both_forms_reason_and_numbers():
    text = write_markdown(single(judged(a_refutation, "a+b < a"), "A paper", PLAIN), PLAIN)
    for part in ("**Refuted.** The sign is wrong.", "a+b < a", "$a=1/2$ and $b=1$", "a < a+b", "**Corrected.**"):
        assert part in text


def test_a_condition_is_named_and_the_counterexample_without_it_given():
    text = write_markdown(single(judged(a_conditional_proof), "A paper", PLAIN), PLAIN)
    for part in ("**Proved under a condition.** It needs a large a.", "b < a", "$a=1$ and $b=2$"):
        assert part in text


def test_what_was_derived_above_is_not_repeated():
    first, second = judged(a_proof), replace(judged(a_proof), id="kz.y")
    whole = row(Claim("kz.r", "derived", "A paper", "x"), (first, second))
    text = write_markdown(single(whole, "A paper", PLAIN), PLAIN)
    assert text.count("Collect powers") == 1
    assert "As derived above (kz.x)," in text


def test_a_row_says_which_verdict_its_weakest_part_has():
    whole = row(Claim("kz.r", "derived", "A paper", "x"), (judged(a_proof), judged(a_refutation)))
    assert whole.verdict == Verdict.REFUTED
    text = write_markdown(single(whole, "A paper", PLAIN), PLAIN)
    assert "The verdict of kz.r is that of its weakest part: refuted." in text


def test_the_verdicts_list_every_difference():
    accounts = [
        judged(a_proof),
        replace(judged(a_refutation), id="kz.y"),
        replace(judged(a_conditional_proof), id="kz.z"),
    ]
    text = write_markdown(verdicts(accounts, "A paper", PLAIN), PLAIN)
    assert "3 claims, parts included: 1 proved, 1 proved-with and 1 refuted." in text
    differences = text.partition("## Where the print and the derivation differ")[2]
    corrections, _, readings = differences.partition("## Slips and readings")
    assert "kz.y" in corrections
    assert "kz.z" in corrections
    assert "kz.x" not in corrections
    assert "The print has a slip." in readings


def test_a_lost_print_is_a_reconstruction_counted_apart():
    lost = replace(judged(a_proof), id="kz.l", printed=None, reconstruction="a > 0")
    text = write_markdown(verdicts([judged(a_proof), lost], "A paper", PLAIN), PLAIN)
    assert "1 claims, parts included: 1 proved." in text
    assert "1 reconstructions of lost displays: 1 proved." in text
    page = write_markdown(single(lost, "A paper", PLAIN), PLAIN)
    assert "The display of (7) is lost. It is reconstructed as" in page
    assert "has" not in page.partition("reconstructed as")[0].split()
    record = to_json(lost, LatexWriter(PLAIN))
    assert record["printed"] is None
    assert record["reconstruction"] == "a > 0"


def test_what_the_paper_does_not_say_is_counted_apart():
    ours = replace(judged(a_proof), id="kz.o", printed=None, added="a > 0")
    text = write_markdown(verdicts([judged(a_proof), ours], "A paper", PLAIN), PLAIN)
    assert "1 statements that the paper does not make, judged beside its own: 1 proved." in text
    page = write_markdown(single(ours, "A paper", PLAIN), PLAIN)
    assert "The paper does not say so; beside its own statement is judged:" in page
    record = to_json(ours, LatexWriter(PLAIN))
    assert (record["printed"], record["reconstruction"], record["added"]) == (None, None, "a > 0")


def test_each_theorem_has_its_own_context():
    told = judged(a_refutation_elsewhere)
    [failure, correction] = to_json(told, LatexWriter(PLAIN))["theorems"]
    assert failure == {
        "says": "fails",
        "statement": "a+b < a",
        "context": {"b>a": "a < b"},
        "at": {"a": "1/2", "b": "1"},
    }
    assert correction["says"] == "holds"
    assert list(correction["context"]) == ["sigma>1"]
    assert [name for name, _ in told.assumptions] == ["sigma>1"]
    assert told.failure is not None
    assert [name for name, _ in told.failure.context] == ["b>a"]


def test_a_fault_is_its_own_root_unless_another_is_named():
    graded_proof = refuted_with(severity=Severity.MISPRINT)
    assert (judged(graded_proof).severity, judged(graded_proof).root) == ("misprint", "kz.x")
    following = refuted_with(severity=Severity.SUBSTANCE, root="kz.r")
    assert judged(following).root == "kz.r"
    assert (judged(a_proof).severity, judged(a_proof).root) == (None, None)
    whole = row(Claim("kz.r", "derived", "A paper", "x"), (judged(a_proof), judged(following)))
    assert (whole.severity, whole.root) == ("substance", "kz.r")


def test_what_is_proved_has_no_fault_of_substance():
    with pytest.raises(KernelError, match="does not fit"):
        graded(a_proof(), Severity.SUBSTANCE)
    with pytest.raises(KernelError, match="does not fit"):
        replace(a_refutation(), root="kz.r")


def test_a_claim_has_a_print_or_a_reconstruction():
    for fields in ({"printed": None}, {"printed": "x", "reconstruction": "x"}, {"printed": "x", "added": "x"}):
        with pytest.raises(KernelError, match="a print, or the reconstruction"):
            Claim("kz.r", "derived", "A paper", **fields)


def test_nothing_unjudged_reads_as_a_verdict():
    told = unjudged(Claim("kz.x", "claim", "A paper", "x"), "it fell over")
    text = write_markdown(single(told, "A paper", PLAIN), PLAIN)
    assert "**No verdict.** it fell over" in text
    assert "Proved" not in text


def test_a_sentence_stands_without_quotation_marks():
    [paragraph] = printed("Claimed:", r"\text{all of the } n \text{ firms that survive export}")
    assert paragraph.text == "Claimed: all of the $n$ firms that survive export"


def test_equation_numbers_come_from_the_source():
    assert number_of("A paper, Appendix C, eq. (C.3)") == "C.3"
    assert number_of("A paper, section 4.1") == ""


def test_side_conditions_are_tidy_known_and_said_once():
    line = Line("derive", "x", eq(a, a), "So", conditions=(gt(s - 1, 0), gt(s, 1), lt(1 - s, 0), gt(t, 0)))
    told = replace(judged(a_proof), lines=(line,))
    assert [str(prop) for prop in side_conditions(line, told)] == ["1 < sigma"]
    assert str(tidy(gt(1 - a / b, 0))) == "a/b < 1"
    assert tidy(gt(a + b, 0)) == gt(a + b, 0)


@pytest.mark.parametrize("key", ["kz", "bo"])
def test_every_row_of_the_ledger_is_in_one_document(key):
    planned = Counter(name for plan in plan_of(key).documents for name in plan.claims)
    for claim in ledger(key).claims:
        whole, parts = planned[claim.id], [planned[part.id] for part in claim.parts]
        assert whole == 1 or (whole == 0 and parts and set(parts) == {1}), claim.id


def test_an_unknown_document_is_named():
    assert find_plan("kz", "AppD").name == "appendix_d"
    with pytest.raises(UnknownClaim, match="AppE"):
        find_plan("kz", "AppE")


def test_latex_and_markdown_have_the_same_formulas():
    document = single(judged(a_refutation, "a+b < a"), "A paper", PLAIN)
    latex, markdown = write_latex(document, PLAIN), write_markdown(document, PLAIN)
    assert latex.count("\\[\n") == markdown.count("$$\n") // 2 > 2


@pytest.mark.slow
@pytest.mark.parametrize("form", ["latex", "markdown"])
def test_documents_do_not_depend_on_the_seed_of_hashes(form):
    command = [sys.executable, "-m", "symhet", "derive", "kz.eq12", "--format", form]
    texts = {
        subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1
