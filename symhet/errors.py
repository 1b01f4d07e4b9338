"""One exception class for each failure a user can meet.

Every error says what went wrong, where, why, and what to do about it, and carries a ``code`` that keeps its meaning.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, ClassVar


def _restore(cls: type[SymhetError], args: tuple[Any, ...], state: dict[str, Any]) -> SymhetError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class SymhetError(Exception):
    """Base of every error that symhet raises on purpose.

    Parameters
    ----------
    what : str
        What went wrong, one line.
    where : str, optional
        The claim, file, step or parameter it happened at.
    why : str, optional
        The cause, with the values that show it.
    fix : str, optional
        What the user can do about it.

    Examples
    --------
    >>> print(SymhetError("the store is locked", where="sweep.zarr", fix="end the other run"))
    [SH000] the store is locked
      where: sweep.zarr
      fix: end the other run
    """

    code: ClassVar[str] = "SH000"

    def __init__(self, what: str, *, where: str = "", why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.fix = fix

    def __str__(self) -> str:
        """Return the code and what happened, then where, why and fix on lines of their own."""
        details = (("where", self.where), ("why", self.why), ("fix", self.fix))
        return "\n".join([f"[{self.code}] {self.what}", *(f"  {name}: {text}" for name, text in details if text)])

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild from the fields: subclasses' constructors differ, worker processes send errors back."""
        return _restore, (type(self), self.args, self.__dict__.copy())

    def as_dict(self) -> dict[str, str]:
        """Return the fields as strings, for JSON output.

        Examples
        --------
        >>> SymhetError("no", why="because").as_dict()
        {'code': 'SH000', 'what': 'no', 'where': '', 'why': 'because', 'fix': ''}
        """
        return {"code": self.code, "what": self.what, "where": self.where, "why": self.why, "fix": self.fix}


class UnknownName(SymhetError):
    """A name that stands for nothing; the nearest known names are suggested.

    Parameters
    ----------
    name : str
        The name as the user gave it.
    known : iterable of str, optional
        All names that would have been understood, which may be none; not told unless given.
    where : str, optional
        Where the name was given.
    noun : str, optional
        What it should have been a name of, such as a regime.

    Attributes
    ----------
    suggestions : tuple of str
        At most three known names, nearest first.
    """

    code: ClassVar[str] = "SH100"
    noun: ClassVar[str] = "name"
    overview: ClassVar[str] = ""

    def __init__(self, name: str, known: Iterable[str] | None = None, *, where: str = "", noun: str = "") -> None:
        candidates = sorted(set(known or ()))
        self.name = name
        self.suggestions = nearest(name, candidates)
        why = f"none of the {len(candidates)} known {noun or self.noun}s has this name" if len(candidates) > 1 else ""
        super().__init__(
            f"unknown {noun or self.noun} {name!r}",
            where=where,
            why=why,
            fix=_to_type(self.suggestions, self.overview, candidates) or ("" if known is None else NONE_KNOWN),
        )


def nearest(name: object, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return at most `limit` known names most like a mistyped one, nearest first, ignoring case.

    What is given for a name need be no text: its own name is looked for then.

    Examples
    --------
    >>> nearest("KZ.eq1Z", ["kz.eq12", "kz.eq3", "bo.eq9"], limit=1)
    ('kz.eq12',)
    """
    by_folded = {entry.casefold(): entry for entry in known}
    close = difflib.get_close_matches(str(name).casefold(), by_folded, n=limit, cutoff=0.5)
    return tuple(by_folded[entry] for entry in close)


NONE_KNOWN = "leave it out: there is none here"


def _to_type(suggestions: tuple[str, ...], overview: str, known: list[str]) -> str:
    told = f"did you mean {' or '.join(suggestions)}?" if suggestions else ""
    every = (" or " if len(known) <= 12 else ", ").join(known)
    return "; ".join(filter(None, (told, overview))) or (f"use {every}" if known else "")


class UnknownClaim(UnknownName):
    """A claim ID that is in no ledger.

    Examples
    --------
    >>> print(UnknownClaim("kz.eq1o", ["kz.eq10", "kz.eq9"]))
    [SH101] unknown claim 'kz.eq1o'
      why: none of the 2 known claims has this name
      fix: did you mean kz.eq10 or kz.eq9?; `symhet list` prints every claim
    """

    code = "SH101"
    noun = "claim"
    overview = "`symhet list` prints every claim"


class UnknownModel(UnknownName):
    """A model or paper that symhet does not have."""

    code = "SH102"
    noun = "model"


class UnknownParameter(UnknownName):
    """A parameter, output or option that the model does not have."""

    code = "SH103"
    noun = "parameter"


class DomainError(SymhetError):
    """A parameter outside the domain: names the assumption and shows both sides' values.

    Parameters
    ----------
    assumption : str
        Name of the assumption that fails, such as ``"A.1"`` or ``"sigma > 1"``.
    relation : str, optional
        The assumption written out, ``left relation right``.
    left, right : object, optional
        Values of the two sides at the given parameters.
    where, fix : str, optional
        The model, with the first offending index when arrays were given, and what to change.

    Examples
    --------
    >>> print(DomainError("elastic demand", relation="sigma > 1", left=0.5, right=1, where="kz"))
    [SH201] assumption 'elastic demand' does not hold: sigma > 1
      where: kz
      why: the left side is 0.5, the right side is 1
      fix: choose parameters that satisfy sigma > 1
    """

    code = "SH201"

    def __init__(
        self,
        assumption: str,
        *,
        relation: str = "",
        left: object = None,
        right: object = None,
        where: str = "",
        fix: str = "",
    ) -> None:
        self.assumption = assumption
        self.relation = relation
        self.left = left
        self.right = right
        named = f"assumption {assumption!r} does not hold"
        super().__init__(
            f"{named}: {relation}" if relation else named,
            where=where,
            why="" if left is None and right is None else f"the left side is {left}, the right side is {right}",
            fix=fix or f"choose parameters that satisfy {relation or assumption}",
        )


class TermError(SymhetError):
    """An expression contains something that symhet's algebra or code generation does not accept."""

    code = "SH301"


class CertificateError(SymhetError):
    """The kernel replayed a certificate and it did not prove the claim.

    Parameters
    ----------
    rule : str
        The kernel rule whose check failed.
    why : str
        What the check found.
    where, fix : str, optional
        ID of the claim, and what to do.

    Examples
    --------
    >>> print(CertificateError("positive-form", "coefficient -2 of s*u is negative", where="kz.R1"))
    [SH401] the certificate does not hold: rule 'positive-form' failed
      where: kz.R1
      why: coefficient -2 of s*u is negative
      fix: search for a new certificate: symhet verify ID
    """

    code = "SH401"

    def __init__(self, rule: str, why: str, *, where: str = "", fix: str = "") -> None:
        self.rule = rule
        super().__init__(
            f"the certificate does not hold: rule {rule!r} failed",
            where=where,
            why=why,
            fix=fix or "search for a new certificate: symhet verify ID",
        )


class DerivationError(SymhetError):
    """A step of a derivation is false, does not follow from the lines before it, or was not proved.

    Parameters
    ----------
    step : str
        Name or number of the step.
    why : str
        What the check of the step found.
    verdict : str, optional
        Which of the three is the case.
    **details : str
        The derivation (``where``), and what to do (``fix``).

    Examples
    --------
    >>> print(DerivationError("3: divide by sigma - 1", "the divisor may be zero", where="kz.AppA"))
    [SH402] step '3: divide by sigma - 1' does not follow
      where: kz.AppA
      why: the divisor may be zero
    """

    code = "SH402"

    def __init__(
        self, step: str, why: str, *, where: str = "", fix: str = "", verdict: str = "does not follow"
    ) -> None:
        self.step = step
        super().__init__(f"step {step!r} {verdict}", where=where, why=why, fix=fix)


class KernelError(SymhetError):
    """The proof kernel was asked for something outside its rules, such as a theorem without replay."""

    code = "SH403"


class GaveUp(SymhetError):
    """A prover found no certificate; this says nothing about the truth of the goal."""

    code = "SH404"


class SolverError(SymhetError):
    """The equilibrium solver found no bracket, or did not converge."""

    code = "SH501"


class OutputError(SymhetError):
    """A result could not be written where the user asked for it.

    Parameters
    ----------
    path : str
        The path as the user gave it.
    why : str
        What is wrong with it.
    where, fix : str, optional
        The option that named it, and what to give instead.

    Examples
    --------
    >>> print(OutputError("missing/out.json", "the folder 'missing' does not exist"))
    [SH601] cannot write to 'missing/out.json'; nothing was written
      why: the folder 'missing' does not exist
      fix: give a writable file, or - for standard output
    """

    code = "SH601"

    def __init__(self, path: str, why: str, *, where: str = "", fix: str = "") -> None:
        self.path = path
        fix = fix or "give a writable file, or - for standard output"
        super().__init__(f"cannot write to {path!r}; nothing was written", where=where, why=why, fix=fix)


class MissingExtra(SymhetError):
    """A feature needs an optional dependency that is not installed.

    Parameters
    ----------
    feature : str
        What was asked for.
    extra : str
        The extra of the distribution that brings it, such as ``"plot"``.
    package : str, optional
        The package that was not found.

    Examples
    --------
    >>> print(MissingExtra("plotting", "plot", "matplotlib"))
    [SH602] an optional part of symhet is needed for plotting
      why: the package 'matplotlib' is not installed
      fix: pip install "symhet[plot]"
    """

    code = "SH602"

    def __init__(self, feature: str, extra: str, package: str = "") -> None:
        self.extra = extra
        super().__init__(
            f"an optional part of symhet is needed for {feature}",
            why=f"the package {package!r} is not installed" if package else "",
            fix=f'pip install "symhet[{extra}]"',
        )


class NotationError(SymhetError):
    """A notation file is malformed, renames an unknown symbol, or makes two symbols look alike."""

    code = "SH603"


class InterruptedRun(SymhetError):
    """A run was interrupted; what was finished before is kept.

    Parameters
    ----------
    finished, total : int
        How many pieces of work were done, and how many there were.
    kept : str, optional
        Where the finished part is.
    fix : str, optional
        How to go on.

    Examples
    --------
    >>> print(InterruptedRun(12, 40, kept="verdicts.json"))
    [SH604] interrupted after 12 of 40
      where: verdicts.json
      why: the run was stopped from outside
      fix: run the same command again
    """

    code = "SH604"

    def __init__(self, finished: int, total: int, *, kept: str = "", fix: str = "") -> None:
        self.finished = finished
        self.total = total
        super().__init__(
            f"interrupted after {finished} of {total}",
            where=kept,
            why="the run was stopped from outside",
            fix=fix or "run the same command again",
        )


class NoPicture(SymhetError):
    """A claim has no counterexample to draw, or a model no solution where a picture of it is asked for."""

    code = "SH605"
