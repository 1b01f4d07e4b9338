"""Every command on every model that comes with symhet, and the same in Python: it works, or says what to type."""

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import symhet as sh
from symhet.cli import main
from symhet.errors import SymhetError

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(EXAMPLES.glob("**/*.toml"))
QUICK = {"tax_incidence", "contradictory", "jensen", "krugman"}
COMMANDS = (
    "list FILE",
    "show CLAIM",
    "check FILE NAME --why",
    "check FILE NAME --json -",
    "verify CLAIM",
    "verify CLAIM --json -",
    "verify CLAIM --certificates DIR/theorems",
    "replay DIR/theorems",
    "axioms DIR/theorems",
    "derive CLAIM",
    "derive CLAIM --format latex",
    "export latex CLAIM",
    "export tables FILE",
    "numeric CLAIM",
    "numeric CLAIM --backend c",
    "selftest CLAIM",
    "solve FILE",
    "solve FILE --json -",
    "solve FILE --over GRID",
    "sweep FILE --over GRID -o DIR/store.zarr",
    "statics FILE",
    "statics FILE --json -",
    "plot FILE --over GRID -o DIR/picture.svg",
    "calibrate FILE --list",
    "replay FILE",
    "axioms FILE",
)


def grid_of(model):
    """Return a parameter and two values of it."""
    parameters = [each for each in model.quantities.values() if not each.endogenous]
    for each in parameters:
        if each.default is not None:
            return each.name, [float(each.default) * factor for factor in (1.0, 1.01)]
    return parameters[0].name, [2.0, 2.1]


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem, marks=() if path.stem in QUICK else pytest.mark.slow) for path in FILES]
)
def test_every_command_works_or_says_what_to_type(path, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    model = sh.read_model(path)
    name, (low, high) = grid_of(model)
    claim = next(iter(model.claims))
    words = {
        "FILE": str(path),
        "CLAIM": f"{path}:{claim}",
        "NAME": claim,
        "DIR": str(tmp_path),
        "GRID": f"{name}={low},{high}",
    }
    monkeypatch.chdir(tmp_path)
    for command in COMMANDS:
        arguments = [re.sub("|".join(words), lambda found: words[found[0]], word) for word in command.split()]
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), (command, result.exception)
        assert result.exit_code in (0, 1, 2), (command, result.output)
        if result.exit_code == 2:
            assert "\n  fix: " in result.output, (command, result.output)
        elif "--json" in command:
            json.loads(result.stdout)
        assert result.output.strip(), command


def outcome(attempt):
    try:
        return "gives nothing" if attempt() is None else "works"
    except SymhetError as error:
        return "says what to type" if error.fix else str(error)


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.stem, marks=() if path.stem in QUICK else pytest.mark.slow) for path in FILES]
)
def test_every_method_works_or_says_what_to_type(path, tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    model = sh.read_model(path)
    name, values = grid_of(model)
    claim = next(iter(model.claims))
    attempts = {
        "check": lambda: model.check(claim, why=True).as_dict()["summary"],
        "to_toml": model.to_toml,
        "to_python": model.to_python,
        "solve": lambda: model.solve(),
        "solve over": lambda: model.solve(**{name: values}),
        "sweep": lambda: model.sweep({name: values}),
        "statics": lambda: model.statics(),
        "numeric": lambda: model.numeric(claim),
        "plot": lambda: model.plot(name, values),
        "economies": lambda: model.economies(),
        "sh.solve": lambda: sh.solve(path),
        "sh.statics": lambda: sh.statics(path),
        "sh.numeric": lambda: sh.numeric(f"{path}:{claim}"),
        "sh.calibrate": lambda: sh.calibrate(path, moments={}, free=()),
    }
    ended = {word: outcome(attempt) for word, attempt in attempts.items()}
    assert {word: how for word, how in ended.items() if how not in ("works", "says what to type")} == {}
    assert os.listdir(tmp_path) in ([], ["cache"])
