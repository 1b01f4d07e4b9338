"""Claims and what became of them: the rows of a ledger, judged one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from symhet.asked import Shown, ask
from symhet.errors import KernelError, UnknownClaim
from symhet.findings import (
    WEAKEST_FIRST,
    Finding,
    Severity,
    Verdict,
    Witness,
    ambiguous,
    given,
    graded,
    opened,
    proved,
    proved_with,
    refuted,
)
from symhet.propositions import Prop

__all__ = [
    "TAKEN_AS_GIVEN",
    "WEAKEST_FIRST",
    "Claim",
    "Finding",
    "Judgement",
    "Ledger",
    "Severity",
    "Verdict",
    "Witness",
    "ambiguous",
    "beside_print",
    "given",
    "graded",
    "judge",
    "opened",
    "proved",
    "proved_with",
    "refuted",
]

TAKEN_AS_GIVEN = frozenset({"primitive", "definition", "condition", "assumption"})


@dataclass(frozen=True)
class Claim(Shown):
    """One row of a ledger, or one part of a row.

    Parameters
    ----------
    id : str
        Identifier such as ``"kz.eq12"``.
    kind : str
        ``primitive``, ``definition``, ``condition``, ``assumption``, ``derived``, ``claim``, ``result`` or ``remark``.
    source : str
        Paper, section and equation.
    printed : str, optional
        LaTeX of the statement as printed; None when the display is lost, and for what the paper does not say.
    argue : Callable, optional
        Builds the finding; None for a row that is judged by its parts.
    parts : tuple of Claim
        Parts with verdicts of their own.
    title : str
        A few words for tables.
    reconstruction : str
        LaTeX of what stands in the place of a lost display; the verdict is on this reading of it.
    added : str
        LaTeX of a statement that the paper does not make: a variant of its own or a sharper one, judged beside it.
    states : Prop, optional
        What it says; its argument must be about that. `symhet.render.stating.stated` prints it where the paper has no
        other print.

    Raises
    ------
    KernelError
        When a claim has none of a print, a reconstruction and an addition, or several.

    Examples
    --------
    >>> row = Claim("kz.R", "result", "A paper", "x", parts=(Claim("kz.R.a", "result", "A paper", "x"),))
    >>> [claim.id for claim in row.walk()]
    ['kz.R', 'kz.R.a']
    """

    id: str
    kind: str
    source: str
    printed: str | None
    argue: Callable[[], Finding] | None = None
    parts: tuple[Claim, ...] = ()
    title: str = ""
    reconstruction: str = ""
    states: Prop | None = None
    added: str = ""

    def __post_init__(self) -> None:
        """Keep prints, reconstructions and additions apart."""
        given = (self.printed is not None) + bool(self.reconstruction) + bool(self.added)
        if given != 1:
            raise KernelError(
                "a claim has a print, or the reconstruction of a lost one, or is added to the paper's",
                where=self.id,
                why=f"{given} of the three were given",
                fix="give the print alone, or printed=None with reconstruction=... or added=...",
            )

    @property
    def shown(self) -> str:
        """LaTeX of the print, of its reconstruction, or of what is added."""
        return (self.reconstruction or self.added) if self.printed is None else self.printed

    @property
    def by_parts(self) -> bool:
        """Whether its parts judge it."""
        return self.argue is None and bool(self.parts)

    def walk(self) -> Iterator[Claim]:
        """Yield the claim and its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()


def beside_print(claim: Claim) -> Claim:
    """Return a claim as one that the paper does not make; its statement, given as a print, stands as an addition.

    Examples
    --------
    >>> beside = beside_print(Claim("kz.R.sharper", "result", "A paper", "x"))
    >>> beside.printed, beside.added, beside.shown
    (None, 'x', 'x')
    """
    return replace(claim, printed=None, reconstruction="", added=claim.shown)


@dataclass(frozen=True)
class Judgement(Shown):
    """A claim, its finding, and the time it took.

    Parameters
    ----------
    claim : Claim
        What was judged.
    finding : Finding
        The verdict and its evidence.
    seconds : float
        Wall-clock time.
    parts : tuple of Judgement
        Judgements of the parts.
    """

    claim: Claim
    finding: Finding
    seconds: float
    parts: tuple[Judgement, ...] = field(default=())

    @property
    def root(self) -> str | None:
        """ID of the claim whose fault this one follows from, its own when it is the root; None without a fault."""
        return (self.finding.root or self.claim.id) if self.finding.severity else None


def judge(claim: Claim | str) -> Judgement:
    """Return the verdict of a claim; a row with parts gets the weakest verdict among them.

    Parameters
    ----------
    claim : Claim or str
        A row of a ledger or a part of one, or the ID of one, such as ``"kz.eq12"``.

    Returns
    -------
    Judgement
        The finding with its theorems, those of the parts, and the time it took in seconds.

    Raises
    ------
    UnknownClaim
        For an ID that is in no ledger, naming the nearest.
    DerivationError
        When a step of the claim's own derivation does not follow.
    KernelError
        When the argument is about something else than the claim states.

    Examples
    --------
    >>> judge("kz.eq11").finding.verdict.value
    'proved'
    >>> str(judge(Claim("kz.eq1", "primitive", "A paper, eq. (1)", "u = u(c)")).finding.verdict)
    'given'
    """
    if isinstance(claim, str):
        claim = _found(claim)
    if not isinstance(claim, Claim):
        raise TypeError(f"judge takes one claim or its ID, not a {type(claim).__name__}; call it for each of several")
    started = time.perf_counter()
    parts = tuple(judge(part) for part in claim.parts)
    if claim.argue is not None:
        finding = _about(claim, claim.argue())
    elif parts:
        finding = _summary(parts)
    elif claim.kind in TAKEN_AS_GIVEN:
        finding = given()
    else:
        finding = opened(None, "no argument has been given", 0)
    return Judgement(claim, finding, time.perf_counter() - started, parts)


def _about(claim: Claim, finding: Finding) -> Finding:
    """Return what an argument finds, after a look at what it is about."""
    if claim.states is not None and finding.statement != claim.states and finding.verdict is not Verdict.OPEN:
        raise KernelError(
            "a claim is argued by something else than it states",
            where=claim.id,
            why=f"it states {claim.states}; the argument is about {finding.statement}",
            fix="argue what is stated, or state what is argued",
        )
    return finding


def _found(identifier: str) -> Claim:
    found: Claim | None = ask("claim", identifier)
    if found is None:
        raise UnknownClaim(identifier, ())
    return found


def _summary(parts: tuple[Judgement, ...]) -> Finding:
    weakest = min(parts, key=lambda part: WEAKEST_FIRST.index(part.finding.verdict))
    listed = "; ".join(f"{part.claim.id}: {part.finding.verdict}" for part in parts)
    theorems = tuple(theorem for part in parts for theorem in part.finding.theorems)
    return replace(weakest.finding, reason=listed, theorems=theorems, root=weakest.root, prover=None, weaker=None)


@dataclass(frozen=True)
class Ledger(Shown):
    """All claims of one paper.

    Parameters
    ----------
    key : str
        Short name, such as ``"kz"``.
    title : str
        Title of the paper.
    claims : tuple of Claim
        The rows, in the order of the paper.
    """

    key: str
    title: str
    claims: tuple[Claim, ...]

    def walk(self) -> Iterator[Claim]:
        """Yield every row and every part."""
        for claim in self.claims:
            yield from claim.walk()

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def __contains__(self, claim: object) -> bool:
        return any(claim in (known, known.id) for known in self.walk())

    def __getitem__(self, identifier: str) -> Claim:
        return self.find(identifier)

    def find(self, identifier: str) -> Claim:
        """Return the claim with that ID; ``ledger["kz.eq12"]`` does too.

        Raises
        ------
        UnknownClaim
            Naming the nearest IDs.
        """
        known = {claim.id: claim for claim in self.walk()}
        if identifier not in known:
            raise UnknownClaim(identifier, known)
        return known[identifier]
