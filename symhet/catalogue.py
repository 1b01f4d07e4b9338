"""The papers that are installed: each is one room, found by its entry point in the group ``symhet.papers``.

A package brings a paper by naming a `Paper` in its metadata; nothing of symhet names it, ours come in the same way::

    [project.entry-points."symhet.papers"]
    kz = "symhet.papers.kz:PAPER"
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, ClassVar

import sympy as sp

from symhet.claims import Claim, Ledger
from symhet.domain import Domain, Parameter
from symhet.errors import SymhetError, UnknownClaim, UnknownModel
from symhet.exposition import Corrections, Exposition
from symhet.keeping import KEEPER, STORE

__all__ = [
    "GROUP",
    "BrokenPaper",
    "NoPapers",
    "Paper",
    "Vocabulary",
    "bring",
    "brought",
    "find_claim",
    "find_paper",
    "keys",
    "ledger",
    "papers",
]

GROUP = "symhet.papers"
"""The group of entry points by which papers are found."""
OWN = "symhet"
"""The distribution that brings papers of its own."""


@dataclass(frozen=True)
class Vocabulary:
    r"""The symbols of a paper: how they are written, and which stand for others.

    Parameters
    ----------
    parameters, variables : tuple of Parameter
        What the paper's notation lists, in its order.
    helpers : tuple of Parameter, optional
        Symbols that occur in derivations only.
    domain : Domain, optional
        Parameters with their assumptions.
    named : Mapping[str, Expr], optional
        Letters of the paper that stand for a term in its parameters, such as rho for (sigma - 1)/sigma.
    moment : Expr, optional
        The order of the tail moment that the paper writes without an index.
    shares : tuple of str, optional
        Variables that an author writes where parameters stand.
    abbreviated : Mapping[Expr, Symbol], optional
        Terms for which the paper has a variable of its own, though a claim may state them written out.

    Examples
    --------
    >>> tau = Parameter(sp.Symbol("tau", positive=True), r"\\tau", "trade cost")
    >>> Vocabulary(parameters=(tau,)).parameters[0].meaning
    'trade cost'
    """

    parameters: tuple[Parameter, ...] = ()
    variables: tuple[Parameter, ...] = ()
    helpers: tuple[Parameter, ...] = ()
    domain: Domain | None = None
    named: Mapping[str, sp.Expr] = field(default_factory=dict)
    moment: sp.Expr | None = None
    shares: tuple[str, ...] = ()
    abbreviated: Mapping[sp.Expr, sp.Symbol] = field(default_factory=dict)


class Paper:
    """One paper and all that is its own; subclass it and name an instance as entry point.

    Only `ledger` must be given. Each method is called when what it returns is needed, so that it may import it then.

    Examples
    --------
    >>> class Small(Paper):
    ...     key = "small"
    ...     def ledger(self):
    ...         return Ledger("small", "A small paper", ())
    >>> Small().ledger().title
    'A small paper'
    """

    key: ClassVar[str]
    """Its short name: that of the entry point, and the first part of the ID of each claim."""
    place: ClassVar[int] = 100
    """Where it stands among the papers; those of the same place are ordered by key."""
    text: str = ""
    """What it is made of, where that is more than its package: sweeps record it."""

    def ledger(self) -> Ledger:
        """Return its claims, none of them judged."""
        raise NotImplementedError

    def vocabulary(self) -> Vocabulary:
        """Return its symbols; without any, symbols are written by their names."""
        return Vocabulary()

    def model(self) -> Any:
        """Return how its model is solved, a `symhet.numerics.models.SolvableModel`, or None."""
        return None

    def plan(self) -> Any:
        """Return which claims go into which part of its log, a `symhet.render.planning.PaperPlan`, or None."""
        return None

    def appendix(self) -> Exposition | None:
        """Return its appendix as it should have been printed."""
        return None

    def corrections(self) -> Corrections | None:
        """Return its faults."""
        return None

    def figures(self) -> Mapping[str, Any]:
        """Return its pictures, each a `symhet.render.planning.Plot`, by name without the paper's key."""
        return {}

    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """Return further numeric functions, which `symhet.numerics` offers by these names."""
        return {}

    @property
    def store(self) -> Path:
        """The file in which its theorems are kept; it need not exist."""
        module = sys.modules[type(self).__module__]
        return Path(module.__file__ or "").parent / STORE


class Room(Paper):
    """A paper whose parts stand in a package under the usual names; each is loaded when it is asked for.

    A subclass stands in the package itself.
    """

    def ledger(self) -> Ledger:
        """Return its claims, none of them judged."""
        return self._part("ledger").ledger()

    def model(self) -> Any:
        """Return how its model is solved."""
        return self._part("solvable").MODEL

    def plan(self) -> Any:
        """Return which claims go into which part of its log."""
        return self._part("plan").PLAN

    def appendix(self) -> Exposition | None:
        """Return its appendix as it should have been printed."""
        return self._part("appendix").APPENDIX

    def corrections(self) -> Corrections | None:
        """Return its faults."""
        return self._part("corrections").CORRECTIONS

    def figures(self) -> Mapping[str, Any]:
        """Return its pictures."""
        return self._part("figures").FIGURES

    def _part(self, name: str) -> Any:
        return import_module(f"{type(self).__module__}.{name}")


class NoPapers(SymhetError):
    """The metadata of the installed package names no paper: it is older than the files.

    Examples
    --------
    >>> print(NoPapers("symhet"))
    [SH607] the installed symhet names no paper
      why: its metadata has no entry point in the group symhet.papers; it was written before the files that run now
      fix: pip install --no-deps --editable . in the folder of pyproject.toml, or pip install --force-reinstall symhet
    """

    code = "SH607"

    def __init__(self, distribution: str) -> None:
        super().__init__(
            f"the installed {distribution} names no paper",
            why=f"its metadata has no entry point in the group {GROUP}; it was written before the files that run now",
            fix="pip install --no-deps --editable . in the folder of pyproject.toml, "
            f"or pip install --force-reinstall {distribution}",
        )


class BrokenPaper(SymhetError):
    """A package names a paper that cannot be loaded.

    Parameters
    ----------
    key : str
        Name of the entry point.
    target : str
        What it points to.
    package : str
        The distribution that names it.
    why : str
        What went wrong.

    Examples
    --------
    >>> print(BrokenPaper("toy", "toy:PAPER", "toy-paper", "ImportError: no module 'toy'"))
    [SH608] the paper 'toy' cannot be loaded
      where: entry point toy = toy:PAPER of the package toy-paper
      why: ImportError: no module 'toy'
      fix: mend the package, or pip uninstall toy-paper
    """

    code = "SH608"

    def __init__(self, key: str, target: str, package: str, why: str) -> None:
        super().__init__(
            f"the paper {key!r} cannot be loaded",
            where=f"entry point {key} = {target} of the package {package}",
            why=why,
            fix=f"mend the package, or pip uninstall {package}",
        )


@cache
def _entries(path: tuple[str, ...]) -> Mapping[str, EntryPoint]:
    """Return the entry points by key, as the packages on the path name them."""
    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=GROUP):
        known = found.setdefault(entry.name, entry)
        if known.value != entry.value:
            raise _broken(entry, f"{_package(known)} brings a paper of the same key")
    if not any(_package(entry) == OWN for entry in found.values()):
        raise NoPapers(OWN)
    return found


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else "of an unknown name"


def _broken(entry: EntryPoint, why: str) -> BrokenPaper:
    return BrokenPaper(entry.name, entry.value, _package(entry), why)


@cache
def _load(entry: EntryPoint) -> Paper:
    try:
        paper = entry.load()
    except (ImportError, AttributeError, SyntaxError) as error:
        raise _broken(entry, f"{type(error).__name__}: {error}") from error
    if not isinstance(paper, Paper) or paper.key != entry.name:
        what = f"its key is {paper.key!r}" if isinstance(paper, Paper) else f"it is a {type(paper).__name__}"
        raise _broken(entry, f"{what}; the entry point must be a symhet.Paper whose key is {entry.name!r}")
    return paper


def keys() -> tuple[str, ...]:
    """Return the short names of the papers that are installed.

    Returns
    -------
    tuple of str
        In the order in which papers are listed.

    Raises
    ------
    NoPapers
        When the metadata of symhet is older than its files.
    BrokenPaper
        When a package names a paper that cannot be loaded.

    Examples
    --------
    >>> "kz" in keys()
    True
    """
    return tuple(paper.key for paper in papers())


def papers() -> tuple[Paper, ...]:
    """Return the papers that are installed, in the order in which they are listed."""
    found = map(_load, _entries(tuple(sys.path)).values())
    return tuple(sorted(found, key=lambda paper: (paper.place, paper.key)))


_BROUGHT: dict[str, Paper] = {}


def bring(paper: Paper) -> None:
    """Have a paper found by its key in this process, though no package names it, such as a model of one's own.

    Raises
    ------
    BrokenPaper
        When a paper of that key is installed.

    Examples
    --------
    >>> class Guest(Paper):
    ...     key = "guest-of-a-doctest"
    ...     def ledger(self):
    ...         return Ledger(self.key, "A guest", ())
    >>> bring(Guest())
    >>> ledger("guest-of-a-doctest").title, "guest-of-a-doctest" in keys()
    ('A guest', False)
    """
    entry = _entries(tuple(sys.path)).get(paper.key)
    if entry is not None:
        raise _broken(entry, "a model that was brought has the same key")
    _BROUGHT[paper.key] = paper


def brought(key: str) -> Paper | None:
    """Return the paper of that key where it was brought, None where it is installed or unknown."""
    return _BROUGHT.get(key)


def find_paper(key: str) -> Paper | None:
    """Return the paper of that key, or None where no package brings it."""
    entry = _entries(tuple(sys.path)).get(key)
    return brought(key) if entry is None else _load(entry)


def find_claim(identifier: str, known: Sequence[str] = (), of: Callable[[str], Ledger] | None = None) -> Claim:
    """Return the claim with that ID, whatever paper it is in.

    Parameters
    ----------
    identifier : str
        Such as ``"kz.eq12"``.
    known : sequence of str, optional
        Keys of papers to look in; all by default.
    of : Callable, optional
        Returns the ledger of a key; `ledger` by default.

    Raises
    ------
    UnknownClaim
        For an ID that no paper has, naming the nearest.

    Examples
    --------
    >>> find_claim("kz.eq12").title
    'offshoring cutoff'
    """
    known, of = known or keys(), of or ledger
    key = str(identifier).partition(".")[0]
    if key in known or find_paper(key) is not None:
        return of(key).find(identifier)
    raise UnknownClaim(identifier, [*(claim.id for paper in known for claim in of(paper).walk()), *known])


def ledger(key: str) -> Ledger:
    """Return the ledger of a paper: its claims, not yet judged.

    Parameters
    ----------
    key : str
        One of `keys`.

    Returns
    -------
    Ledger
        Its rows in the order of the paper.

    Raises
    ------
    UnknownModel
        Naming the nearest keys.

    Examples
    --------
    >>> ledger("kz").find("kz.eq12").title
    'offshoring cutoff'
    """
    paper = find_paper(key)
    if paper is None:
        raise UnknownModel(key, keys())
    _open_store(paper.store)
    return paper.ledger()


@cache
def _open_store(store: Path) -> None:
    """Have the theorems looked up that come with a paper."""
    KEEPER.open(store)
