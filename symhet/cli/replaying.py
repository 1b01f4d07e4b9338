"""``symhet replay`` and ``symhet axioms``: theorems from files, made anew by the kernel alone."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from symhet.cli.options import is_quiet, quiet_option
from symhet.errors import SymhetError

if TYPE_CHECKING:
    from symhet.core.kernel import Theorem

SUFFIXES = (".json", ".jsonl")


class NoTheorems(SymhetError):
    """There is nothing to replay in a file or folder.

    Parameters
    ----------
    path : str
        The file or folder.
    why : str
        What is wrong with it.
    """

    code = "SH409"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            "no theorem can be read", where=path, why=why, fix="write them with: symhet verify --certificates DIR"
        )


@click.command(epilog="\b\nExamples:\n  symhet verify --certificates theorems\n  symhet replay theorems")
@click.argument("paths", metavar="DIR|FILE...", nargs=-1, required=True)
@quiet_option
def replay(paths: tuple[str, ...], quiet: bool) -> None:
    """Replay the certificates in files and print what each theorem says and rests on.

    Nothing but the kernel runs: no search, no paper, no SymPy. Exit status 0 when every certificate proves what its
    file says, 1 when one does not, 2 when there is nothing to read.
    """
    # The core leaves no cycles behind, and looking for them would take a quarter of the time.
    gc.disable()
    failed = done = 0
    for path, number, text in _texts(paths):
        place = f"{path}:{number}" if number else str(path)
        try:
            claim, theorem = _replayed(text)
        except ValueError as error:
            failed += 1
            click.echo(f"{place}: refused: {error}", err=True)
            continue
        done += 1
        if not is_quiet(quiet):
            click.echo(_told(claim or place, theorem))
    click.echo(f"{done} theorems replayed, {failed} refused")
    raise SystemExit(1 if failed else 0)


def _texts(paths: tuple[str, ...]) -> Iterator[tuple[Path, int, str]]:
    """Yield the text of each theorem with its file and, where a file has several, its line."""
    for name in paths:
        path = Path(name)
        found = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES) if path.is_dir() else [path]
        if not found:
            raise NoTheorems(name, f"the folder holds no file that ends in {' or '.join(SUFFIXES)}")
        for file in found:
            try:
                lines = file.read_text("utf-8").splitlines(keepends=True)
            except (OSError, UnicodeDecodeError) as error:
                raise NoTheorems(str(file), getattr(error, "strerror", None) or str(error)) from error
            for number, line in enumerate(lines, 1):
                yield file, number if len(lines) > 1 else 0, line


def _replayed(text: str) -> tuple[str, Theorem]:
    from symhet.core.data import replay_text

    return replay_text(text)


def _told(claim: str, theorem: Theorem) -> str:
    from symhet.core.uses import uses
    from symhet.language.spelling import text

    rules, lemmas = uses(theorem.certificate)
    lines = [f"{claim}  {theorem.says}", f"  {text(theorem.goal)}", f"  rules: {_counted(rules)}"]
    if lemmas:
        lines.append(f"  lemmas: {_counted(lemmas)}")
    return "\n".join(lines)


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))


@click.command(epilog="\b\nExamples:\n  symhet axioms\n  symhet axioms theorems\n  symhet axioms --size")
@click.argument("paths", metavar="[DIR|FILE...]", nargs=-1)
@click.option("--size", is_flag=True, help="Print the trusted files instead, with their lines of code.")
def axioms(paths: tuple[str, ...], size: bool) -> None:
    """List the rules and lemmas that theorems rest on, with how many theorems use each.

    The theorems are those in the files given, or those that come with the papers.
    """
    if size:
        _print_size()
        return
    from symhet.core import lemmas, records
    from symhet.core.uses import uses

    rule_users: Counter[str] = Counter()
    lemma_users: Counter[str] = Counter()
    total = 0
    for text in [text for *_, text in _texts(paths)] if paths else _kept():
        found = uses(_replayed(text)[1].certificate)
        rule_users.update(found[0].keys())
        lemma_users.update(found[1].keys())
        total += 1
    click.echo(f"rules, with how many of {total} theorems use each")
    for name, record in records.RECORDS.items():
        click.echo(f"{rule_users[name]:>6}  {name:<18} {_first_line(record)}")
    click.echo("\nlemmas")
    for name, schema in lemmas.SCHEMAS.items():
        click.echo(f"{lemma_users[name]:>6}  {name:<24} {_first_line(schema)}")


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().splitlines()[0]


def _kept() -> Iterator[str]:
    """Yield the theorems that come with the papers."""
    from symhet.keeping import STORE, read_store

    stores = sorted((Path(__file__).parents[1] / "papers").glob(f"*/{STORE}"))
    for line in read_store(*stores).lines():
        yield line.partition("\t")[2] + "\n"


def _print_size() -> None:
    """Print what the kernel consists of: every file of the package that it imports."""
    from symhet.cli.trusted import ROOT, code_lines, trusted_files

    sizes = {path.relative_to(ROOT).as_posix(): code_lines(path) for path in trusted_files()}
    for name, lines in sizes.items():
        click.echo(f"{lines:>6}  {name}")
    click.echo(f"{sum(sizes.values()):>6}  lines of code, without blank lines, comments and docstrings")
