"""Golden messages: what a user reads when something fails, word for word."""

import pickle
import re
from pathlib import Path

import pytest

from symhet import errors
from symhet.errors import (
    CertificateError,
    DerivationError,
    DomainError,
    GaveUp,
    InterruptedRun,
    KernelError,
    MissingExtra,
    NoPicture,
    NotationError,
    OutputError,
    SolverError,
    SymhetError,
    TermError,
    UnknownClaim,
    UnknownModel,
    UnknownParameter,
)

GOLDEN = [
    (SymhetError("the store is locked"), "[SH000] the store is locked"),
    (
        UnknownClaim("kz.eq1Z", ["kz.eq12", "kz.eq14", "bo.R2"], where="symhet show"),
        """\
[SH101] unknown claim 'kz.eq1Z'
  where: symhet show
  why: none of the 3 known claims has this name
  fix: did you mean kz.eq14 or kz.eq12?; `symhet list` prints every claim""",
    ),
    (
        UnknownClaim("xyzzy", ["kz.eq12"]),
        """\
[SH101] unknown claim 'xyzzy'
  fix: `symhet list` prints every claim""",
    ),
    (
        UnknownModel("kzz", ["kz", "bo"]),
        """\
[SH102] unknown model 'kzz'
  why: none of the 2 known models has this name
  fix: did you mean kz?""",
    ),
    (UnknownParameter("tau_X"), "[SH103] unknown parameter 'tau_X'"),
    (
        DomainError("A.1", relation="tau_I**(1 - sigma) < f_I", left="1/4", right="1/5", where="kz, point 17"),
        """\
[SH201] assumption 'A.1' does not hold: tau_I**(1 - sigma) < f_I
  where: kz, point 17
  why: the left side is 1/4, the right side is 1/5
  fix: choose parameters that satisfy tau_I**(1 - sigma) < f_I""",
    ),
    (
        DomainError("A.3"),
        """\
[SH201] assumption 'A.3' does not hold
  fix: choose parameters that satisfy A.3""",
    ),
    (
        TermError("Abs has no normal form", where="Abs(x - 1)", why="it is not a power product"),
        """\
[SH301] Abs has no normal form
  where: Abs(x - 1)
  why: it is not a power product""",
    ),
    (
        CertificateError("positive-form", "coefficient -2 of s*u is negative", where="kz.R1"),
        """\
[SH401] the certificate does not hold: rule 'positive-form' failed
  where: kz.R1
  why: coefficient -2 of s*u is negative
  fix: search for a new certificate: symhet verify ID""",
    ),
    (
        DerivationError("3: divide", "the divisor may be zero", where="kz.AppA", fix="prove sigma != 1 first"),
        """\
[SH402] step '3: divide' does not follow
  where: kz.AppA
  why: the divisor may be zero
  fix: prove sigma != 1 first""",
    ),
    (KernelError("a theorem needs a certificate"), "[SH403] a theorem needs a certificate"),
    (GaveUp("no certificate found", where="kz.R4"), "[SH404] no certificate found\n  where: kz.R4"),
    (
        SolverError("no sign change", where="phi_min", why="the bracket [1, 2] gives 3 and 4"),
        """\
[SH501] no sign change
  where: phi_min
  why: the bracket [1, 2] gives 3 and 4""",
    ),
    (
        OutputError("missing/out.json", "the folder 'missing' does not exist", where="--json"),
        """\
[SH601] cannot write to 'missing/out.json'; nothing was written
  where: --json
  why: the folder 'missing' does not exist
  fix: give a writable file, or - for standard output""",
    ),
    (
        MissingExtra("plotting", "plot", "matplotlib"),
        """\
[SH602] an optional part of symhet is needed for plotting
  why: the package 'matplotlib' is not installed
  fix: pip install "symhet[plot]\"""",
    ),
    (
        NotationError("two symbols would look alike", where="names.toml, line 3"),
        """\
[SH603] two symbols would look alike
  where: names.toml, line 3""",
    ),
    (
        InterruptedRun(12, 40, kept="verdicts.json"),
        """\
[SH604] interrupted after 12 of 40
  where: verdicts.json
  why: the run was stopped from outside
  fix: run the same command again""",
    ),
    (
        NoPicture("no change of sign can be drawn", where="kz.eq12", why="the claim has no counterexample"),
        """\
[SH605] no change of sign can be drawn
  where: kz.eq12
  why: the claim has no counterexample""",
    ),
]
ERRORS = pytest.mark.parametrize("error", [error for error, _ in GOLDEN], ids=lambda error: type(error).__name__)


def classes() -> list[type[SymhetError]]:
    found = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, SymhetError)]
    assert len(found) > 10
    return found


@pytest.mark.parametrize(("error", "message"), GOLDEN, ids=[type(error).__name__ for error, _ in GOLDEN])
def test_messages(error, message):
    assert str(error) == message


def test_every_class_a_user_can_meet_has_a_golden_message():
    assert {type(error) for error, _ in GOLDEN} == set(classes()) - {errors.UnknownName}


def test_codes_are_unique_and_well_formed():
    codes = [cls.code for cls in classes()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"SH\d{3}", code) for code in codes)


def test_one_code_is_one_failure():
    package = Path(errors.__file__).parent
    given = re.compile(r'^    code\b.*= "(SH\d+)"', re.MULTILINE)
    found = [code for path in package.rglob("*.py") for code in given.findall(path.read_text("utf-8"))]
    assert len(found) > 50
    assert [code for code in found if found.count(code) > 1] == []


@ERRORS
def test_errors_survive_the_way_back_from_a_worker_process(error):
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert (str(copy), vars(copy)) == (str(error), vars(error))


@ERRORS
def test_fields_are_what_the_message_prints(error):
    fields = error.as_dict()
    assert all(text in str(error) for text in fields.values())
    assert fields["code"] == type(error).code


def test_one_except_clause_catches_every_error():
    for error, _ in GOLDEN:
        with pytest.raises(SymhetError):
            raise error


def test_suggestions_ignore_case_and_keep_order():
    assert errors.nearest("BO.r2", ["bo.R22", "bo.R2", "kz.R1"])[0] == "bo.R2"
    assert errors.nearest("", ["kz.eq1"]) == ()


def test_extras_named_in_a_fix_exist():
    import tomllib

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    source = "\n".join(path.read_text("utf-8") for path in Path(errors.__file__).parent.rglob("*.py"))
    named = set(re.findall(r"MissingExtra\(\s*\"[^\"]*\",\s*\"(\w+)\"", source))
    assert named <= set(project["optional-dependencies"])
