"""Theorems leave by ``verify --certificates`` and are made anew by ``replay``, with nothing but the kernel at work."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from symhet.cli import main
from symhet.cli.trusted import ROOT, code_lines, trusted_files


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def test_certificates_are_written_replayed_and_counted(tmp_path: Path) -> None:
    assert run("verify", "kz.eq12", "kz.R.1", "-j", "1", "-q", "--certificates", str(tmp_path)).exit_code == 0
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert "kz.R.1.jsonl" in first
    again = run("verify", "kz.eq12", "kz.R.1", "-j", "1", "-q", "--certificates", str(tmp_path))
    assert again.exit_code == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    replayed = run("replay", str(tmp_path))
    assert replayed.exit_code == 0, replayed.output
    assert "kz.R.1  holds" in replayed.output
    assert "rules: " in replayed.output
    assert ", 0 refused" in replayed.output
    counted = run("axioms", str(tmp_path))
    assert "differentiate" in counted.output


def test_a_damaged_certificate_is_refused_and_named(tmp_path: Path) -> None:
    run("verify", "kz.eq12", "-j", "1", "-q", "--certificates", str(tmp_path))
    file = next(tmp_path.iterdir())
    file.write_text(file.read_text("utf-8").replace('"says":"holds"', '"says":"fails"'), "utf-8")
    for command in ("replay", "axioms"):
        refused = run(command, str(tmp_path))
        assert refused.exit_code == 1, command
        assert f"{file.name}: refused" in refused.output, command


def test_nothing_to_replay_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.json"):
        result = run("replay", str(path))
        assert result.exit_code == 2
        assert "symhet verify --certificates DIR" in result.output


def test_a_folder_with_very_many_files_is_not_walked_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("symhet.cli.replaying.MOST", 5)
    seen = []
    monkeypatch.setattr(Path, "rglob", lambda folder, pattern: (seen.append(n) or folder / f"{n}" for n in count()))
    result = run("replay", str(tmp_path))
    assert result.exit_code == 2
    assert "holds more than 5 files: name the one with the theorems" in " ".join(result.output.split())
    assert len(seen) == 6


def test_a_model_file_has_no_certificates_and_what_writes_them_is_said(tmp_path: Path) -> None:
    place = str(tmp_path / "model.toml")
    for command in ("replay", "axioms"):
        result = run(command, place)
        assert result.exit_code == 2
        assert f"symhetcheck{place}--certificatesDIR" in "".join(result.output.split())


def test_replay_loads_neither_sympy_nor_search_nor_papers(tmp_path: Path) -> None:
    run("verify", "kz.eq12", "-j", "1", "-q", "--certificates", str(tmp_path))
    code = (
        "import sys\nfrom symhet.cli import main\n"
        "try: main(sys.argv[1:])\nexcept SystemExit as done: assert done.code == 0, done.code\n"
        "assert 'sympy' not in sys.modules\n"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('symhet.')}\n"
        "assert not rooms & {'search', 'provers', 'papers', 'render', 'numerics', 'algebra', 'model'}, rooms"
    )
    subprocess.run([sys.executable, "-c", code, "replay", str(tmp_path)], check=True, capture_output=True)


def test_the_trusted_files_import_no_sympy() -> None:
    code = (
        "import sys, symhet; before = set(sys.modules); import symhet.core.kernel\n"
        "assert 'sympy' not in sys.modules; print(*set(sys.modules) - before)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {name for name in done.stdout.split() if name.startswith("symhet.")}
    named = {path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in trusted_files()}
    assert loaded == {name.removesuffix(".__init__") for name in named}


def test_trusted_files_are_short() -> None:
    assert max(map(code_lines, trusted_files())) < 350
