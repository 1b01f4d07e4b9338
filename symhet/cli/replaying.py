"""``symhet replay`` and ``symhet axioms``: theorems from files, made anew by the kernel alone."""

from __future__ import annotations

import gc
import signal
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import click

from symhet.cli.folding import fold, fold_all
from symhet.cli.options import columns, is_quiet, quiet_option
from symhet.cli.running import cores
from symhet.errors import SymhetError

WORTH = 20
"""Processes are worth their start for more theorems than these."""
SUFFIXES = (".json", ".jsonl")
MOST = 20_000
"""Files and folders below one that is named: one with more, such as a whole disk, is no folder of theorems."""


class NoTheorems(SymhetError):
    """There is nothing to replay in a file or folder.

    Parameters
    ----------
    path : str
        The file or folder.
    why : str
        What is wrong with it.
    command : str, optional
        What writes theorems.
    """

    code = "SH409"

    def __init__(self, path: str, why: str, command: str = "symhet verify --certificates DIR") -> None:
        super().__init__("no theorem can be read", where=path, why=why, fix=f"write them with: {command}")


class Replayed(NamedTuple):
    """What is printed of a theorem that was replayed, or why it was refused."""

    told: tuple[str, ...]
    rules: Counter[str]
    lemmas: Counter[str]
    refusal: str = ""


@click.command(epilog="\b\nExamples:\n  symhet verify --certificates theorems\n  symhet replay theorems")
@click.argument("paths", metavar="DIR|FILE...", nargs=-1, required=True)
@click.option("-j", "--jobs", type=click.IntRange(1), help="Number of processes; all cores unless given.")
@quiet_option
def replay(paths: tuple[str, ...], jobs: int | None, quiet: bool) -> None:
    """Replay the certificates in files and print what each theorem says and rests on.

    Nothing but the kernel runs: no search, no paper, no SymPy. Exit status 0 when every certificate proves what its
    file says, 1 when one does not, 2 when there is nothing to read.
    """
    made = refused = 0
    for found in _replayed([*_texts(paths)], jobs or cores(), not is_quiet(quiet)):
        if found.refusal:
            refused += 1
            continue
        made += 1
        if found.told:
            click.echo("\n".join(fold_all(found.told, columns())))
    click.echo(f"{made} theorems replayed, {refused} refused")
    raise SystemExit(1 if refused else 0)


def _replayed(texts: Sequence[tuple[str, str]], jobs: int, telling: bool) -> Iterator[Replayed]:
    """Yield what became of each text behind its place, in their order; what is refused is said."""
    # The core leaves no cycles behind, and looking for them would take a quarter of the time.
    gc.disable()
    replayed = partial(_replayed_one, telling)
    with ExitStack() as stack:
        found: Iterable[Replayed] = map(replayed, texts)
        if jobs > 1 and len(texts) > WORTH:
            pool = stack.enter_context(ProcessPoolExecutor(jobs, initializer=_start))
            # Theorems that stand together share contexts, and what was made of them.
            found = pool.map(replayed, texts, chunksize=max(1, len(texts) // (4 * jobs)))
        for one in found:
            if one.refusal:
                click.echo(one.refusal, err=True)
            yield one


def _start() -> None:
    """Begin a process that is ended by the one that began it."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _replayed_one(telling: bool, place_and_text: tuple[str, str]) -> Replayed:
    from symhet.core.data import replay_text
    from symhet.core.uses import uses
    from symhet.language.spelling import text as spelled

    place, text = place_and_text
    try:
        claim, theorem = replay_text(text)
    except ValueError as error:
        return Replayed((), Counter(), Counter(), f"{place}: refused: {error}")
    rules, lemmas = uses(theorem.certificate)
    if not telling:
        return Replayed((), rules, lemmas)
    lines = [f"{claim or place}  {theorem.says}", f"  {spelled(theorem.goal)}", f"  rules: {_counted(rules)}"]
    if lemmas:
        lines.append(f"  lemmas: {_counted(lemmas)}")
    return Replayed(tuple(lines), rules, lemmas)


def _texts(paths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the text of each theorem behind its file and, where a file has several, its line."""
    for name in paths:
        path = Path(name)
        if not name:
            raise NoTheorems(name, "it is no name of a file or folder")
        if path.suffix == ".toml":
            raise NoTheorems(name, "a model file has no certificates in it", f"symhet check {name} --certificates DIR")
        found = _files(path) if path.is_dir() else [path]
        if not found:
            raise NoTheorems(name, f"the folder holds no file that ends in {' or '.join(SUFFIXES)}")
        for file in found:
            try:
                lines = file.read_text("utf-8").splitlines(keepends=True)
            except (OSError, ValueError) as error:
                raise NoTheorems(str(file), getattr(error, "strerror", None) or str(error)) from error
            for number, line in enumerate(lines, 1):
                yield f"{file}:{number}" if len(lines) > 1 else str(file), line


def _files(folder: Path) -> list[Path]:
    """Return the files in a folder, and below it, whose names are those of theorems; in order."""
    try:
        held = [*islice(folder.rglob("*"), MOST + 1)]
    except OSError as error:
        raise NoTheorems(str(folder), error.strerror or str(error)) from error
    if len(held) > MOST:
        raise NoTheorems(str(folder), f"the folder holds more than {MOST:,} files: name the one with the theorems")
    return sorted(path for path in held if path.suffix in SUFFIXES)


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))


@click.command(epilog="\b\nExamples:\n  symhet axioms\n  symhet axioms theorems\n  symhet axioms --size")
@click.argument("paths", metavar="[DIR|FILE...]", nargs=-1)
@click.option("--size", is_flag=True, help="Print the trusted files instead, with their lines of code.")
def axioms(paths: tuple[str, ...], size: bool) -> None:
    """List the rules and lemmas that theorems rest on, with how many theorems use each.

    The theorems are those in the files given, or those that come with the papers. Exit status 1 when one of them does
    not stand.
    """
    if size:
        _print_size()
        return
    from symhet.core import lemmas, records

    rule_users: Counter[str] = Counter()
    lemma_users: Counter[str] = Counter()
    total = refused = 0
    for found in _replayed([*(_texts(paths) if paths else _kept())], cores(), telling=False):
        refused += bool(found.refusal)
        total += not found.refusal
        rule_users.update(found.rules.keys())
        lemma_users.update(found.lemmas.keys())
    click.echo(f"rules, with how many of {total} theorems use each")
    for name, record in records.RECORDS.items():
        _print_row(f"{rule_users[name]:>6}  {name:<18} ", _first_line(record))
    click.echo("\nlemmas")
    for name in lemmas.LEMMAS:
        _print_row(f"{lemma_users[name]:>6}  {name:<24} ", _said_by(name))
    click.echo("\nlemmas about functions")
    for name, principle in lemmas.PRINCIPLES.items():
        _print_row(f"{lemma_users[name]:>6}  {name:<24} ", _first_line(principle))
    raise SystemExit(1 if refused else 0)


def _print_row(head: str, said: str) -> None:
    """Print what is said of something behind its head, folded in the column where it begins."""
    click.echo("\n".join(fold(head + said, columns(), hang=len(head))))


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().splitlines()[0]


def _said_by(lemma: str) -> str:
    """Return what a lemma says of numbers a, b and c."""
    from symhet.core import corollaries, lemmas
    from symhet.language.spelling import text
    from symhet.language.terms import symbol

    arguments = tuple(symbol(name, positive=False) for name in "abc"[: corollaries.arity(lemma)])
    premises, conclusion = lemmas.instance(lemma, arguments)
    return " and ".join(map(text, premises)) + (" give " if premises else "") + text(conclusion)


def _kept() -> Iterator[tuple[str, str]]:
    """Yield the theorems that come with the papers, each behind its place."""
    from symhet.keeping import STORE, read_store

    stores = sorted((Path(__file__).parents[1] / "papers").glob(f"*/{STORE}"))
    for line in read_store(*stores).lines():
        digest, _, text = line.partition("\t")
        yield digest, text + "\n"


def _print_size() -> None:
    """Print what the kernel consists of: every file of the package that it imports."""
    from symhet.cli.trusted import ROOT, code_lines, trusted_files

    sizes = {path.relative_to(ROOT).as_posix(): code_lines(path) for path in trusted_files()}
    for name, lines in sizes.items():
        click.echo(f"{lines:>6}  {name}")
    click.echo(f"{sum(sizes.values()):>6}  lines of code, without blank lines, comments and docstrings")
