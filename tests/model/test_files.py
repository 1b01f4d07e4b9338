"""Model files: what they mean, and each mistake with its place."""

import os
import random
import runpy
from pathlib import Path

import pytest

from symhet.errors import SymhetError
from symhet.language import mistakes as wrong
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.spelling import text
from symhet.model import Model, read_model
from symhet.model import mistakes as bad
from symhet.model.file import model_of
from symhet.model.toml import MAX_BYTES, parse_document
from symhet.model.world import understood

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))
BASE = """title = "Demo"
[parameters]
sigma = { above = 1 }
tau = { above = 1 }
f = {}
[distribution]
G = { order = "sigma - 1" }
[variables]
phi = {}
[conditions]
entry = "f*(phi^(1-sigma)*T(phi) - S(phi)) = tau"
[definitions]
W = { is = "phi*tau" }
[claims]
falls = { says = "d(W)/d(tau) < 0", hints = ["d(phi)/d(tau) < 0"] }
"""


def world_of(written):
    model = model_of(parse_document(written, "demo.toml"))
    world = understood(model)
    for claim in model.claims.values():
        world.said(claim)
    return world


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_case_is_understood(path):
    model = read_model(path)
    world = understood(model)
    for claim in model.claims.values():
        assert world.said(claim).statement.reach == 0


def test_bounds_moments_and_conditions_are_hypotheses():
    world = world_of(BASE)
    sigma, phi, f = t.symbol("sigma"), t.symbol("phi"), t.symbol("f")
    context = world.context(world.said(world.model.claims["falls"]))
    facts = set(context.hypotheses.values())
    assert {s.lt(t.ONE, sigma), s.DENSE, s.exists(t.tail(t.ONE, t.add(sigma, t.MINUS_ONE)))} <= facts
    assert s.exists(t.density(phi)) in facts
    assert s.exists(t.density(phi)) not in world.context().hypotheses.values()
    assert context.system == {"entry"}
    assert context.endogenous == {phi}
    assert f in context.leaves


def test_derivatives_go_through_the_conditions():
    world = world_of(BASE)
    said = world.said(world.model.claims["falls"])
    assert text(said.goal) == "phi + tau*1*d(phi)/d(tau) < 0" or "d(phi)/d(tau)" in text(said.goal)
    assert said.hints == (s.lt(t.total(t.symbol("phi"), t.symbol("tau")), t.ZERO),)


def test_premises_of_a_claim_are_its_own_assumptions():
    world = world_of(BASE.replace('"d(W)/d(tau) < 0"', '"f > 1 => tau > 2 => W > 0"'))
    said = world.said(world.model.claims["falls"])
    assert len(said.premises) == 2
    assert text(said.goal) == "0 < phi*tau"
    assert "premise 2" in world.context(said).hypotheses


PARETO = """
[parameters]
k = {}
b = {}
x = {}
[distribution]
G = { family = "pareto", shape = "k", scale = "b", order = "1" }
[assumptions]
above = "S(x) < 1"
[claims]
c = "CLAIM"
"""


@pytest.mark.parametrize(
    ("claim", "reading"),
    [
        ("S(x) = 1/2", "(x/b)^(-k) = 1/2"),
        ("S(b) = 1", "(b/b)^(-k) = 1"),
        ("g(x) > 0", "0 < k*b^k*x^(-k - 1)"),
        ("for all z > b: S(z) < 1", "for all x > b: b < x"),
        ("S(2) = 1", "(2 < b => 1 = 1) and (b <= 2 => (2/b)^(-k) = 1)"),
        ("b < 2 => S(2) = 1", "b < 2 => (2/b)^(-k) = 1"),
        ("T(x, 2) > 0", "0 < k*b^k*x^(2 - k)*(k - 2)^(-1/1)"),
    ],
)
def test_a_pareto_law_has_closed_tails_above_its_scale(claim, reading):
    world = world_of(PARETO.replace("CLAIM", claim))
    assert text(world.said(world.model.claims["c"]).statement) == reading
    assert "k > 1" in world.hypotheses
    assert world.notes == ["k > 1 is supposed, so that the moment is finite"]


def test_a_slope_has_a_value_only_where_its_term_has_one():
    world = world_of('[parameters]\nx = {}\nb = { real = true }\n[claims]\nc = "partial(x + ln(b), x) = 1"')
    assert text(world.said(world.model.claims["c"]).statement) == "1 + 0*(x + ln(b)) = 1"


MISTAKES = [
    ("sigma = { above = 1 }", "sigma = { abve = 1 }", bad.UnknownKey, "did you mean above"),
    ("[conditions]", "[condtions]", bad.UnknownKey, "did you mean conditions"),
    ("sigma = { above = 1 }", "sigma = 1", bad.WrongValue, "sigma is a table"),
    ("sigma = { above = 1 }", "sigma = { above = [1] }", bad.WrongValue, "above is a number"),
    ("sigma = { above = 1 }", "sigma = { above = inf }", bad.WrongValue, "above is a number"),
    ("sigma = { above = 1 }", 'sigma = { above = "phi" }', bad.WrongValue, "parameters"),
    ("sigma = { above = 1 }", "sigma = { default = nan }", bad.WrongValue, "default"),
    ("sigma = { above = 1 }", "sigma = { real = 1 }", bad.WrongValue, "real"),
    ("f = {}", "f = { latex = '\\input{secrets}' }", bad.NotMathematics, r"\input"),
    ("f = {}", "f = { latex = '^^5cinput{secrets}' }", bad.NotMathematics, "^^"),
    ("f = {}", "f = { latex = 'f}' }", bad.NotMathematics, "braces"),
    ("f = {}", "f = { latex = '$f$' }", bad.NotMathematics, "without dollars"),
    ("f = {}", "f = { latex = '\\begin{document}' }", bad.NotMathematics, "'document'"),
    ("f = {}", "f = { latex = '\\begin x' }", bad.NotMathematics, "begins ''"),
    ("f = {}", "f = { latex = '\\vaphi' }", bad.NotMathematics, r"did you mean \varphi"),
    ("f = {}", "f = { meaning = 'cost $\\input{secrets}$' }", bad.NotMathematics, r"\input"),
    ('title = "Demo"', "title = 'Demo $\\csname input\\endcsname$'", bad.NotMathematics, r"\csname"),
    ('title = "Demo"', 'title = "Demo"\nkey = "../demo"', bad.BadName, "names files"),
    ("f = {}", 'f = {}\n[functions]\nu = { of = ["p"], form = "exec(p)" }', wrong.UnknownWord, "exec"),
    ("f = {}", 'f = {}\n[functions]\nu = { of = ["p"], rises = ["p"], falls = ["p"] }', bad.WrongValue, "each in one"),
    ('G = { order = "sigma - 1" }', 'G = "pareto"', bad.WrongValue, 'family = "pareto"'),
    ('[distribution]\nG = { order = "sigma - 1" }\n', "", bad.NoMoment, "the model has none"),
    ("[definitions]", "[variables]\n[definitions]", bad.BadToml, "stands once in a file"),
    ("f = {}", "max = {}", bad.BadName, "word of the grammar"),
    ("f = {}", "root = {}", bad.BadName, "write root_1"),
    ("f = {}", "status = {}", bad.BadName, "write status_1"),
    ("phi = {", "roots = {}\nphi = {", bad.BadName, "write roots_1"),
    ("f = {}", '"σ" = {}', bad.BadName, "no name"),
    ("f = {}", "f = {}\nS = {}", bad.BadName, "reserved where there is a distribution"),
    ("f = {}", "f = {}\nphi = {}", bad.BadName, "declared twice"),
    ("f = {}", "f = {}\nf = {}", bad.BadToml, "line"),
    ('G = { order = "sigma - 1" }', "G = {}", bad.NoMoment, "no order"),
    ('G = { order = "sigma - 1" }', 'G = { family = "pareto", shape = "f" }', bad.NoMoment, "scale"),
    ('G = { order = "sigma - 1" }', 'G = { family = "paretto" }', bad.UnknownKey, "did you mean pareto"),
    ('G = { order = "sigma - 1" }', 'G = { order = "sigma - 1" }\nH = { order = "1" }', bad.BadName, "at most one"),
    ("phi = {}", "phi = {}\npsi = {}", bad.WrongCount, "2 variables, 1 conditions"),
    ("[definitions]", 'two = "phi = f"\n[definitions]', bad.WrongCount, "1 variables, 2 conditions"),
    ("[definitions]", 'two = "phi > f"\n[definitions]', bad.WrongValue, "no equation"),
    ("f*(phi^(1-sigma)*T(phi) - S(phi)) = tau", "f = tau", bad.DependentConditions, "determines nothing"),
    ("phi*tau", "phi*W", bad.CircularDefinition, "W -> W"),
    ("phi*tau", "phi*tua", wrong.UnknownWord, "did you mean tau"),
    ("d(W)/d(tau) < 0", "d(W)/d(phi) < 0", wrong.NotInLanguage, "by a parameter"),
    ("d(W)/d(tau) < 0", "d(W)/d(tau) <", wrong.Unexpected, "demo.toml, line 15, column 32"),
    ("d(W)/d(tau) < 0", "partial(T(phi), sigma) < 0", wrong.NotInLanguage, "no derivative"),
    ("d(W)/d(tau) < 0", "d(dln(W)/dln(tau))/d(f) < 0", wrong.NotInLanguage, "define the slope by its formula"),
    ("d(W)/d(tau) < 0", "d(abs(W))/d(tau) < 0", wrong.NotInLanguage, "no derivative"),
    ('"d(W)/d(tau) < 0"', "3", bad.WrongValue, "statement as text"),
    ('hints = ["d(phi)/d(tau) < 0"]', 'hints = ["fals"]', bad.UnknownHint, "falls"),
    ('hints = ["d(phi)/d(tau) < 0"]', 'hints = "falls"', bad.WrongValue, "hints"),
    ("falls =", '"a b" =', bad.BadName, "cannot name a claim"),
    ('title = "Demo"', "title = 3", bad.WrongValue, "title is text"),
    ('title = "Demo"', 'titel = "Demo"', bad.UnknownKey, "did you mean title"),
    ('title = "Demo"', "title = [[[", bad.BadToml, ""),
    ("tau = { above = 1 }", "tau = { above = 1, where = 1 }", bad.UnknownKey, "where"),
]


@pytest.mark.parametrize(("old", "new", "error", "says"), MISTAKES, ids=lambda value: str(value)[:30])
def test_a_mistake_has_its_own_error(old, new, error, says):
    assert old in BASE
    with pytest.raises(error) as caught:
        world_of(BASE.replace(old, new))
    assert says in str(caught.value)
    assert "demo.toml" in str(caught.value)


def test_two_conditions_that_are_the_same_are_named():
    twice = BASE.replace("phi = {}", "phi = {}\npsi = {}").replace("entry =", 'entry = "phi = f"\nagain =')
    twice = twice.replace('again = "f*(phi^(1-sigma)*T(phi) - S(phi)) = tau"', 'again = "phi = f"')
    with pytest.raises(bad.DependentConditions, match="line 12"):
        world_of(twice)


def test_variables_that_no_condition_determines_are_named():
    with pytest.raises(bad.DependentConditions, match="nothing determines psi"):
        world_of(
            BASE.replace("phi = {}", "phi = {}\npsi = {}").replace("[definitions]", 'two = "phi = f"\n[definitions]')
        )


def test_a_cutoff_that_may_lie_outside_the_support_is_judged_in_each_place():
    written = PARETO.replace('[assumptions]\nabove = "S(x) < 1"', '[variables]\ny = {}\n[conditions]\nc = "S(y)/y = k"')
    world = world_of(written.replace("CLAIM", "x > 0"))
    assert [text(regime.hypotheses["c"]) for regime in world.regimes] == ["(y/b)^(-k)/y = k", "1*(1/y) = k"]
    assert [text(x) for x in world.cutoffs] == ["y"]


def test_an_equation_with_cases_of_another_kind_is_named():
    with pytest.raises(bad.BelowSupport, match="abs, min or max"):
        world_of(BASE.replace("f*(phi^(1-sigma)*T(phi) - S(phi)) = tau", "abs(phi - f) = tau"))


@pytest.mark.parametrize(
    ("family", "claim", "reading"),
    [
        ('"uniform", low = 0, high = "x"', "S(b) > 1/2", "1/2 < (x - b)/x"),
        ('"uniform", low = "b", high = 100', "T(50, k) = 1", "1/(100 - b)*(1*integral(x^k, x, 50, 100)) = 1"),
        ('"bounded-pareto", shape = "k", scale = "b", upper = 90', "g(50) > 0", "0 < k*b^k/(1 - (b/90)^k)*50^(-k - 1)"),
        (
            '"bounded-pareto", shape = "k", scale = "b", upper = "x"',
            "S(x) = 0",
            "((b/x)^k - (b/x)^k)/(1 - (b/x)^k) = 0",
        ),
    ],
)
def test_bounded_laws_have_closed_tails(family, claim, reading):
    written = PARETO.replace('"pareto", shape = "k", scale = "b", order = "1"', family).replace("CLAIM", claim)
    world = world_of(written.replace('above = "S(x) < 1"', 'above = "b < 50 and b < x"'))
    assert text(world.said(world.model.claims["c"]).statement) == reading


def test_loose_models_may_have_fewer_conditions():
    world_of(BASE.replace("phi = {}", "phi = {}\npsi = {}") + "[model]\nloose = true\n")


def test_unreadable_files_have_their_own_error(tmp_path):
    with pytest.raises(bad.UnreadableFile, match="symhet new"):
        read_model(tmp_path / "none.toml")
    with pytest.raises(bad.UnreadableFile):
        read_model(tmp_path)
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(bad.UnreadableFile, match="pipe"):
        read_model(tmp_path / "pipe.toml")
    for odd in ("a" * 300 + ".toml", "nul\0.toml", "none.toml/under.toml"):
        with pytest.raises(bad.UnreadableFile):
            read_model(tmp_path / odd)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(bad.UnreadableFile, match="UTF-8"):
        read_model(tmp_path / "bytes.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(bad.UnreadableFile, match="at most"):
        read_model(tmp_path / "large.toml")


def test_python_says_the_same_as_the_file():
    import sympy as sp

    from symhet.model.typed import d, dln

    model = Model("Tax")
    tax = model.parameter("t")
    demand, supply = model.function("demand", ["p"], falls=["p"]), model.function("supply", ["p"], rises=["p"])
    price = model.variable("p")
    model.condition("clearing", sp.Eq(demand(price + tax), supply(price)))
    model.claim("falls", d(price, tax) < 0)
    model.claim("elasticity", dln(price + tax, tax) < 1)
    assert model.claims["falls"].says.text == "d(p)/d(t) < 0"
    assert model.claims["elasticity"].says.text == "dln(p + t)/dln(t) < 1"
    assert model.conditions["clearing"].says.text == "demand(p + t) = supply(p)"
    understood(model)


def statements(model):
    world = understood(model)
    said = [world.said(claim) for claim in model.claims.values()]
    return world.context().hypotheses, [(claim.statement, claim.hints) for claim in said]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_model_is_written_out_in_both_forms(path, tmp_path):
    model = read_model(path)
    again = model_of(parse_document(model.to_toml()))
    assert statements(again) == statements(model)
    assert again.to_toml() == model.to_toml()
    (tmp_path / "made.py").write_text(model.to_python())
    made = runpy.run_path(str(tmp_path / "made.py"))
    assert made["model"].to_toml() == model.to_toml()


def test_random_files_give_an_error_or_a_model():
    source = random.Random(5)
    pieces = [line for path in CASES for line in path.read_text().splitlines()]
    junk = [
        "\x00",
        "σ",
        "__import__('os')",
        "{" * 50,
        "[" * 300,
        "^" * 40,
        '"',
        "'''",
        "=",
        "1e400",
        "9" * 5000,
        "\\u0000",
    ]
    for _ in range(1500):
        lines = [source.choice(pieces) for _ in range(source.randrange(1, 25))]
        for _ in range(source.randrange(3)):
            spot = source.randrange(len(lines))
            at = source.randrange(len(lines[spot]) + 1)
            lines[spot] = lines[spot][:at] + source.choice(junk) + lines[spot][at + source.randrange(3) :]
        try:
            world_of("\n".join(lines))
        except SymhetError:
            continue


def test_random_bytes_give_an_error(tmp_path):
    source = random.Random(6)
    for count in range(200):
        place = tmp_path / f"{count}.toml"
        place.write_bytes(source.randbytes(source.randrange(400)))
        try:
            read_model(place)
        except SymhetError:
            continue


def typed():
    model = Model("Typed")
    return model, model.parameter("a", above=1), model.variable("x")


def test_what_is_typed_is_read_as_it_is_written():
    import sympy as sp

    from symhet.model.typed import d

    model, a, x = typed()
    model.claim("decimal", x > 0.1)
    model.claim("half_power", x**0.5 > 2 * a)
    model.claim("largest", sp.Max(x, a, 3) >= 2 * a)
    model.claim("size", sp.Abs(d(x, a) - x) > 1)
    model.claim("by_name", sp.Symbol("x") > d("x", "a"))
    model.claim("undeclared", sp.Symbol("q") > 0)
    assert {name: claim.says.text for name, claim in model.claims.items()} == {
        "decimal": "1/10 < x",
        "half_power": "2*a < x^(1/2)",
        "largest": "2*a <= max(3, a, x)",
        "size": "1 < abs(d(x)/d(a) - x)",
        "by_name": "d(x)/d(a) < x",
        "undeclared": "0 < q",
    }


def test_numbers_of_every_kind_are_bounds():
    from decimal import Decimal
    from fractions import Fraction

    import numpy as np
    import sympy as sp

    model = Model("Bounds")
    for name, value in {"a": np.float64(1.5), "b": Fraction(3, 2), "c": Decimal("1.5"), "e": sp.Rational(3, 2)}.items():
        model.parameter(name, above=value)
    assert {quantity.bounds[0][1].text for quantity in model.quantities.values()} == {"3/2"}


@pytest.mark.parametrize(
    ("says", "why"),
    [
        (lambda a, x: a > 0, "SymPy has decided this by itself, as True"),
        (lambda a, x: a < 0, "SymPy has decided this by itself, as False"),
        (lambda a, x: x == a**2, "sp.Eq"),
        (lambda a, x: x > 1 / 3, "no decimal of at most 15 digits"),
        (lambda a, x: x > float("inf"), "as False"),
        (lambda a, x: float("nan"), "no decimal"),
    ],
)
def test_what_is_decided_before_it_is_read_is_refused(says, why):
    model, a, x = typed()
    with pytest.raises(wrong.NotInLanguage, match=why):
        model.claim("c", says(a, x))


def test_names_of_derivatives_are_not_run(tmp_path):
    from symhet.model.typed import d, dln, partial

    place = tmp_path / "made"
    for derivative in (d, dln, partial):
        with pytest.raises(wrong.NotInLanguage, match="text is no term"):
            derivative(f"open({str(place)!r}, 'w')", "a")
    assert not place.exists()
