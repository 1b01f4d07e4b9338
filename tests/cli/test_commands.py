"""What each command prints, writes and returns, on a small ledger."""

import json

import pytest

KEYS = [
    "id", "kind", "source", "printed", "reconstruction", "added", "verdict", "severity", "root", "evidence", "method",
    "conditions", "counterexample", "corrected", "theorems", "tried", "seconds",
]  # fmt: skip


def verdicts(result):
    return {entry["id"]: entry["verdict"] for entry in json.loads(result.stdout)["claims"]}


def test_symhet_alone_says_what_to_try_next(symhet):
    result = symhet()
    assert result.exit_code == 0
    assert "symhet verify kz" in result.output


def test_list_prints_every_claim_and_part(symhet, sound):
    result = symhet("list", "kz")
    assert result.exit_code == 0
    assert all(claim.id in result.output for claim in sound.walk())


def test_show_prints_a_proof(symhet):
    result = symhet("show", "kz.eq11")
    assert result.exit_code == 0
    for text in (
        "proved",
        "2·a + a² > 0",
        "Multiply out:",
        "(1 + a)² = 1 + 2·a + a²",
        "(11)",
        "a>1: a > 1",
        "combine",
    ):
        assert text in result.output


def test_show_prints_a_refutation_with_exact_numbers(symhet):
    output = symhet("show", "kz.eq12").output
    for text in ("refuted", "The sign is wrong.", "a = 1/2", "b = 1", "true instead", "a < a + b"):
        assert text in output


def test_show_prints_the_condition(symhet):
    output = symhet("show", "kz.R.1").output
    for text in ("proved-with", "holds under", "a>b: b < a", "a = 1", "b = 2"):
        assert text in output


def test_show_lists_the_parts_of_a_row(symhet):
    output = symhet("show", "kz.R.2").output
    assert "kz.R.2.a: proved" in output
    assert "kz.R.2.b: refuted" in output


def test_a_row_has_the_weakest_verdict_of_its_parts(symhet):
    found = verdicts(symhet("verify", "kz.R.2", "--json", "-"))
    assert found == {"kz.R.2": "refuted", "kz.R.2.a": "proved", "kz.R.2.b": "refuted"}


def test_verify_judges_a_whole_paper(symhet, sound):
    result = symhet("verify", "kz", "--json", "-")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert [entry["id"] for entry in data["claims"]] == [claim.id for claim in sound.walk()]
    assert all(list(entry) == KEYS for entry in data["claims"])
    assert data["summary"]["verdicts"] == {"given": 1, "proved": 3, "proved-with": 1, "refuted": 3, "open": 1}


def test_one_process_and_several_give_the_same_verdicts(symhet):
    alone, together = (verdicts(symhet("verify", "--json", "-", "--jobs", jobs)) for jobs in (1, 2))
    assert alone == together


def test_the_json_of_each_verdict(symhet):
    entries = {entry["id"]: entry for entry in json.loads(symhet("verify", "--json", "-").stdout)["claims"]}
    refuted = entries["kz.eq12"]
    assert refuted["counterexample"] == {"a": "1/2", "b": "1"}
    assert refuted["corrected"] == "a < a+b"
    assert refuted["printed"] == "a+b < a"
    assert entries["kz.R.1"]["conditions"] == ["a>b: b < a"]
    assert entries["kz.R.3"]["tried"] == 100
    proved = entries["kz.eq11"]
    assert (proved["counterexample"], proved["corrected"], proved["conditions"]) == (None, None, [])
    assert "combine" in proved["method"]


def test_verify_prints_a_table_and_a_summary(symhet):
    result = symhet("verify")
    assert "kz.R.2.b" in result.output
    assert "9 claims: 1 given, 3 proved, 1 proved-with, 3 refuted, 1 open" in result.output


def test_verify_writes_a_file(symhet, tmp_path):
    target = tmp_path / "verdicts.json"
    result = symhet("verify", "kz.eq11", "--json", target)
    assert result.exit_code == 0
    assert json.loads(target.read_text("utf-8"))["claims"][0]["verdict"] == "proved"
    assert [path.name for path in tmp_path.iterdir()] == ["verdicts.json"]


def test_quiet_prints_json_alone(symhet):
    result = symhet("--quiet", "verify", "kz.eq11", "--json", "-")
    assert result.stderr == ""
    json.loads(result.stdout)


def test_a_claim_that_fails_inside_has_no_verdict(symhet, use_ledger, broken):
    use_ledger(broken)
    result = symhet("verify", "--json", "-")
    assert result.exit_code == 1
    assert verdicts(result) == {"kz.eq11": "proved", "kz.eq12": None, "kz.R.1": None}
    assert "RuntimeError: the argument fell over" in result.stderr
    assert "no verdict for kz.R.1: no argument has been given" in result.stderr


@pytest.mark.parametrize("command", [("show", "kz.eq12"), ("derive", "kz.eq12"), ("docs", "-o", "derived")])
def test_nothing_without_a_verdict_is_printed_as_a_result(symhet, use_ledger, broken, command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    use_ledger(broken)
    assert symhet(*command).exit_code == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["show", "verify", "derive"])
def test_an_unknown_claim_suggests_the_nearest(symhet, command):
    result = symhet(command, "kz.eq1Z")
    assert result.exit_code == 2
    assert "[SH101] unknown claim 'kz.eq1Z'" in result.stderr
    assert "kz.eq12" in result.stderr


def test_an_unknown_paper_is_an_error_of_its_own(symhet, monkeypatch):
    monkeypatch.undo()
    result = symhet("list", "kx")
    assert result.exit_code == 2
    assert "[SH102] unknown model 'kx'" in result.stderr


def test_an_unknown_command_suggests_the_nearest(symhet):
    result = symhet("verfy")
    assert result.exit_code == 2
    assert "did you mean verify?" in result.stderr


@pytest.mark.parametrize("path", ["missing/out.json", ".", " "])
def test_a_bad_json_path_fails_before_any_work(symhet, use_ledger, broken, path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    use_ledger(broken)
    result = symhet("verify", "--json", path)
    assert result.exit_code == 2
    assert "[SH601]" in result.stderr
    assert "nothing was written" in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_derive_prints_markdown_or_latex(symhet):
    assert "$$\n(1+a)^{2} = 1+2 a+a^{2} \\tag{11}\n$$" in symhet("derive", "kz.eq11").output
    latex = symhet("derive", "kz.eq11", "--format", "latex").output
    assert latex.startswith("\\documentclass")
    assert latex.endswith("\\end{document}\n")


def test_derive_prints_a_document_of_the_paper(symhet, tmp_path):
    target = tmp_path / "d.md"
    result = symhet("derive", "kz.AppD", "-o", target)
    assert (result.exit_code, result.output) == (0, "")
    text = target.read_text("utf-8")
    assert text.startswith("# Appendix D")
    assert "kz.D-min" in text
    assert "kz.eq12" not in text


def test_derive_prints_what_is_written_about_a_paper(symhet):
    appendix = symhet("derive", "kz").output
    assert appendix.startswith("# Appendix\n")
    assert symhet("derive", "kz.appendix").output == appendix
    assert symhet("derive", "kz.corrections").output.startswith("# Corrections\n")
    assert symhet("derive", "kz.verdicts").output.startswith("# Verdicts\n")


def test_derive_prints_the_whole_log(symhet):
    log = symhet("derive", "kz", "--full").output
    assert log.startswith("# The log of derivations\n")
    for step in ("Multiply out:", "kz.eq11", "kz.D-min"):
        assert step in log


def test_docs_writes_every_document(symhet, tmp_path):
    assert symhet("docs", "-o", tmp_path).exit_code == 0
    names = {path.name for path in (tmp_path / "kz").iterdir()}
    written = {f"{name}.{suffix}" for name in ("appendix", "corrections") for suffix in ("tex", "md")}
    assert names == {*written, "verdicts.md"}


def test_docs_does_not_write_into_a_file(symhet, tmp_path):
    target = tmp_path / "file"
    target.write_text("mine", "utf-8")
    assert symhet("docs", "-o", target).exit_code == 2
    assert target.read_text("utf-8") == "mine"


def test_shell_completion_offers_claims(sound, use_ledger):
    from symhet.cli import main
    from symhet.cli.options import complete_claims

    use_ledger(sound)
    show = main.commands["show"]
    assert complete_claims(None, show.params[0], "kz.eq") == ["kz.eq1", "kz.eq11", "kz.eq12"]
