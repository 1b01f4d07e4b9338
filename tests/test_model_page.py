"""Each rule and each table of docs/model-file.md, against the program."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from symhet.cli import main
from symhet.errors import SymhetError
from symhet.model import blocks
from symhet.model.file import SECTIONS, TOP
from symhet.workbench import read_model

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "model-file.md").read_text("utf-8")
PLAIN = """[parameters]
a = {}
r = { real = true }
k = { above = 1 }
b = { above = "k", at_most = 9 }
[variables]
x = {}
[conditions]
c = "x = a"
[claims]
"""
LAW = """[parameters]
k = { above = 1 }
[distribution]
G = { order = "k" }
[variables]
x = {}
[conditions]
c = "x = k"
[claims]
"""
RULES = {
    "positive unless `real = true`": {"a > 0": "proved", "r > 0": "proved-with"},
    "bounds are numbers or terms": {"b > k": "proved", "b <= 9": "proved"},
    "Numbers are exact": {"0.25 = 1/4": "proved", "3/4 = 0.75": "proved"},
    "binding from the right": {"2^3^2 = 2^9": "proved", "2**3 = 8": "proved"},
    "the negative of a square": {"-3^2 = -9": "proved", "-r^2 <= 0": "proved"},
    "exists for `x > 0`": {"sqrt(a)^2 = a": "proved", "sqrt(r)^2 = r": "proved-with", "ln(a) = log(a)": "proved"},
    "a whole power, which exists at negative bases too": {"r^2 >= 0": "proved", "r^3*r = r^4": "proved"},
    "exists for a positive base only": {
        "r^0.5 = r^0.5": "proved-with", "r^(2/1) = r^2": "proved-with", "r^k = r^k": "proved-with", "a^k > 0": "proved",
    },
    "`b` may be `inf`": {
        "integral(z^2, z, 0, 3) = 9": "proved",
        "integral(z^(-2), z, 1, inf) = 1": "proved",
        "integral(z, z, 1, inf) = integral(z, z, 1, inf)": "refuted",
    },
    "the derivative of any term by a parameter": {
        "d(x)/d(a) = 1": "proved", "dln(x)/dln(a) = 1": "proved", "partial(x*a, a) = x": "proved",
    },
    "also in chains": {"0 < a < a + k < 2*a + k": "proved", "a != k": "proved-with"},
    "`not and or => <=>`": {"not (a > 0)": "refuted", "a > 1 or a <= 1": "proved", "a > k <=> k < a": "proved"},
    "`for all x > a: ...`": {"for all y > k: y > 1": "proved", "for all k < y < b: y > 1": "proved"},
    "F is largest there at P and nowhere else": {"max of y*(2-y) for 0 < y < 2 at 1": "proved"},
    "`exactly one x > a: l = r`": {
        "exactly one y > 0: y = a": "proved",
        "exactly one y > 0: a = y, falling": "proved",
        "exactly one y > 0: y = a, rising": "proved",
    },
    "positive in one admissible economy and negative in another": {
        "sign of a - k is open": "proved", "sign of a is open": "refuted",
    },
    "A relation whose side has no value": {"1/r = 1/r": "proved-with"},
    "is to hold in each of their cases": {
        "abs(r) >= 0": "proved", "min(a, k) <= a": "proved", "max(a, k) >= k": "proved",
    },
    "count as assumptions of that claim": {"a > 2 => a > 1": "proved"},
}  # fmt: skip
"""What the page says, with claims that hold or fail by it."""
TAILS = {
    "`S(x)` is the share above": {"S(x) + G(x) = 1": "proved", "T(x) >= x^k*S(x)": "proved"},
    "says that phi lies": {"S(x) < 1": "proved-with"},
}
REFUSED = {
    "implied multiplication": ("2a > 1", "write * for a product"),
    "by a parameter through the conditions": ("d(x)/d(x) = 1", "by a parameter"),
    "Of a derivative there is none yet": ("d(d(x)/d(a))/d(a) = 0", "define the slope by its formula"),
    "Families indexed by country, sums and limits": ("sum(x) = 1", "not read yet"),
}


def verdicts(head, rules, folder):
    """Return the verdict of each claim, the claims of all rules in one file."""
    claims = [claim for each in rules.values() for claim in each]
    path = folder / "model.toml"
    path.write_text(head + "".join(f"c{place} = '{claim}'\n" for place, claim in enumerate(claims)), "utf-8")
    found = read_model(path).check().claims
    return {claim: each.verdict for claim, each in zip(claims, found, strict=True)}


@pytest.mark.parametrize(("head", "rules"), [(PLAIN, RULES), (LAW, TAILS)], ids=["terms", "tails"])
def test_a_rule_of_the_page_is_a_rule_of_the_program(head, rules, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    page = " ".join(PAGE.split())
    assert [rule for rule in rules if rule not in page] == []
    assert verdicts(head, rules, tmp_path) == {claim: says for each in rules.values() for claim, says in each.items()}


@pytest.mark.parametrize("rule", REFUSED)
def test_what_the_page_says_is_not_read_is_refused(rule, tmp_path):
    assert rule in " ".join(PAGE.split())
    claim, says = REFUSED[rule]
    path = tmp_path / "model.toml"
    path.write_text(f"{PLAIN}c1 = '{claim}'\n", "utf-8")
    with pytest.raises(SymhetError) as caught:
        read_model(path).check()
    assert says in str(caught.value)


def test_the_table_of_sections_has_each_section_and_key():
    rows = dict(re.findall(r"^\| (?:top|`\[+(\w+)\]+`) \| (.+?) \|", PAGE, re.MULTILINE))
    assert set(rows) - {""} == set(SECTIONS) - {"model"}
    assert set(re.findall(r"`(\w+)`", rows[""])) == set(TOP)
    assert "`[model]`" in PAGE


EVERY_KEY = r"""
title = "All of it"
key = "all"
source = "a paper"
[model]
loose = true
[parameters]
a = { latex = '\alpha', meaning = "a", unit = "1", default = 2, real = true, above = 1, below = "b" }
b = { default = 3, at_least = 1, at_most = 9 }
[distribution]
G = { order = "b - 1" }
[functions]
demand = { of = ["p"], falls = ["p"], positive = true, form = "10/p" }
[variables]
p = { latex = 'p^*', meaning = "price", unit = "1" }
q = {}
[assumptions]
dear = "p > b"
[conditions]
clearing = "demand(p) = a"
[definitions]
w = { is = "p*a", latex = '\omega', meaning = "spending" }
v = "p + a"
[claims]
plain = "p > 0"
full = { says = "w > 0", source = "1", printed = '\omega > 0', title = "all", kind = "result", hints = ["plain"] }
[[notes]]
text = "A line."
"""


def test_every_key_of_the_table_is_read(tmp_path):
    keys = set(re.findall(r"\b(\w+)(?==| =)", EVERY_KEY)) | set(re.findall(r"[{,] (\w+) =", EVERY_KEY))
    table = PAGE[PAGE.index("## Sections") : PAGE.index("`latex` and `printed`")]
    entries = " ".join(re.findall(r"\{([^}]*)\}", table))
    named = set(re.findall(r"[\w]+", re.sub(r'"[^"]*"|\[[^\]]*\]', "", entries)))
    assert named - keys - {"name", "G", "family", "shape", "scale", "true"} == set()
    path = tmp_path / "all.toml"
    path.write_text(EVERY_KEY, "utf-8")
    model = read_model(path)
    assert (model.key, model.loose, model.functions["demand"].form) == ("all", True, "10/p")
    assert [claim.name for claim in model.claims.values()] == ["plain", "full"]
    again = tmp_path / "again.toml"
    again.write_text(model.to_toml(), "utf-8")
    assert read_model(again).to_toml() == model.to_toml()


NUMBERS = """
title = "Numbers"
[parameters]
sigma = { above = 1, default = 3.8 }
tau = { above = 1, default = 1.3 }
f = { default = 1 }
f_x = { default = 1.2 }
f_e = { default = 2 }
[distribution]
G = { order = "sigma - 1" }
[variables]
phi = {}
phi_x = {}
[conditions]
exporter = "phi_x = phi*tau*(f_x/f)^(1/(sigma - 1))"
entry = "f*(phi^(1-sigma)*T(phi) - S(phi)) + f_x*(phi_x^(1-sigma)*T(phi_x) - S(phi_x)) = f_e"
[definitions]
W = "phi/tau"
[claims]
claim = "phi_x = phi*tau*(f_x/f)^(1/(sigma - 1))"
"""
COMMANDS = re.findall(r"^\| `(symhet [^`]+)` \|", PAGE, re.MULTILINE)


def test_the_commands_of_the_page_were_found():
    assert {line.split()[1] for line in COMMANDS} == {"solve", "sweep", "statics", "numeric", "plot"}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_works_as_typed(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model.toml").write_text(NUMBERS, "utf-8")
    words = shlex.split(line.replace("FILE", "model.toml"))[1:]
    result = CliRunner().invoke(main, [*words, *(["-o", "out.svg"] if words[0] == "plot" else [])], prog_name="symhet")
    assert result.exit_code == 0, result.output
    assert result.output or (tmp_path / "out.zarr").exists()


def test_the_table_of_blocks_has_each_block():
    named = re.findall(r"^\| `(\w+)\(", PAGE, re.MULTILINE)
    assert sorted(named) == sorted(set(blocks.__all__) - {"Block", "Strategy"})
