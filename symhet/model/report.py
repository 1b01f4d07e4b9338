"""What comes back from a check: whether the model makes sense, and a verdict a claim, as data and as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from typing import Any

import numpy as np

from symhet.core.records import Witness
from symhet.language import terms as t
from symhet.language.mistakes import Source, UnknownWord
from symhet.language.spelling import text
from symhet.language.statements import Statement
from symhet.language.terms import Head, Term
from symhet.model.declared import Claim
from symhet.model.model import Model
from symhet.search.evaluation import Economies

VERSION = 1
OPEN = "open"
LONGEST_TERM = 40
"""Signs of a number's term up to which it is printed; JSON has it whatever its length."""
ROOT = "a root"


@dataclass(frozen=True)
class Economy:
    """Exact numbers: a value for each symbol, and the distribution where there is one.

    Parameters
    ----------
    values : dict
        Numbers as text, by name; where one is not rational a term in other names, or of what and where it is a root.
    distribution : dict, optional
        Breaks, heights of the density between them, and the shape of the Pareto tail beyond the last.
    functions : dict
        What the functions known by their name alone are there, as text in ``x``, ``y`` … for their arguments.
    bound : tuple of str
        Values of the variables that the claim quantifies over.
    theorem : Theorem
        That the hypotheses hold there.
    near : dict
        What the numbers that are not rational are near, by name.
    """

    values: dict[str, str]
    distribution: dict[str, Any] | None
    functions: dict[str, str]
    bound: tuple[str, ...]
    theorem: Any
    near: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, theorem: Any) -> Economy | None:
        """Return the economy of a refutation, or None of None."""
        if theorem is None or not isinstance(theorem.certificate, Witness):
            return None
        witness = theorem.certificate
        values = {str(symbol.args[0]): text(value) for symbol, value in witness.point}
        distribution = None
        for breaks, heights, shape in witness.law:
            distribution = {
                "breaks": list(map(text, breaks)),
                "heights": list(map(text, heights)),
                "shape": _shown(shape),
            }
        functions = {f"{name}({', '.join(_letters(body))})": _applied(body) for name, body in witness.functions}
        if witness.box:
            names = {statement: name for name, statement in theorem.context.hypotheses.items()}
            of = " and ".join(names.get(equation, text(equation)) for equation in witness.equations)
            for x, low, high in witness.box:
                values[str(x.args[0])] = f"{ROOT} of {of} between {_decimal(low)} and {_decimal(high)}"
        return cls(values, distribution, functions, tuple(map(text, witness.bound)), theorem, _near(witness))

    def as_dict(self) -> dict[str, Any]:
        """Return the economy as JSON data."""
        found: dict[str, Any] = self.values | self.functions
        if self.distribution is not None:
            found["G"] = self.distribution
        return found

    def __str__(self) -> str:
        parts = [self._told(name, value) for name, value in (self.values | self.functions).items()]
        if self.bound:
            parts.append(f"at {', '.join(self.bound)}")
        if self.distribution is not None:
            law = self.distribution
            density = f"density {', '.join(law['heights'])} between {', '.join(law['breaks'])}"
            parts.append(f"G: {density}, then a Pareto tail of shape {law['shape']}")
        return ", ".join(parts)

    def _told(self, name: str, value: str) -> str:
        """Return a number as it is, or what it is near and what it is, where that is short."""
        if name not in self.near:
            return f"{name} = {value}"
        what = value if len(value) <= LONGEST_TERM or value.startswith(ROOT) else "as the conditions give it"
        return f"{name} ≈ {self.near[name]} ({what})"


def _near(witness: Witness) -> dict[str, str]:
    """Return what the values of a witness that are no rational numbers are near."""
    leaves = {x: np.array([(_float(low) + _float(high)) / 2]) for x, low, high in witness.box}
    rounded = set(leaves)
    for x, value in witness.point:
        leaves[x] = Economies(1, dict(leaves)).value(value)
        rounded |= set() if value.head is Head.NUMBER else {x}
    return {str(x.args[0]): f"{float(leaves[x][0]):.6g}" for x in leaves if x in rounded}


def _float(value: Term) -> float:
    return float(Fraction(*value.args))


def _decimal(value: Term) -> str:
    return f"{_float(value):.15g}"


def _shown(value: Term | int) -> str:
    return text(value) if isinstance(value, Term) else str(value)


_LETTERS = ("x", "y", "z", "u", "v", "w")


def _letters(body: Term) -> list[str]:
    """Return letters for the arguments of a function, as many as its term has."""
    return [*_LETTERS, *(f"x_{index}" for index in range(body.reach))][: max(body.reach, 1)]


def _applied(body: Term) -> str:
    """Return a function's term with letters for its arguments."""
    named = {t.bound(index): t.symbol(name) for index, name in enumerate(_letters(body))}
    return text(t.replace(body, named)).replace("/1)", ")")


@dataclass(frozen=True)
class ClaimReport:
    """The verdict on one claim.

    Parameters
    ----------
    claim : Claim
        As it was written.
    reading : Statement
        As it was understood.
    latex : str
        The same in LaTeX, in the model's symbols.
    undecided : Term or None
        The term whose sign is said to be open.
    verdict, truth : str
        ``proved``, ``proved-with``, ``refuted``, ``inconsistent`` or ``open``; and what that says of the economies.
    condition : Statement or None
        Under what it holds; ``exactly`` when it holds nowhere else.
    counterexample, example : Economy or None
        Where it fails, and where it holds.
    uses : list or None
        What it needs, when that was asked for.
    tried : tuple of str
        What was tried where nothing was found.
    theorems : tuple
        What the verdict rests on.
    seconds : float
        How long it took.
    """

    claim: Claim
    reading: Statement
    latex: str
    undecided: Term | None
    verdict: str
    truth: str
    condition: Statement | None
    exactly: bool
    counterexample: Economy | None
    example: Economy | None
    uses: list[Any] | None
    tried: tuple[str, ...]
    theorems: tuple[Any, ...]
    seconds: float

    @property
    def rests_on(self) -> list[Any]:
        """The theorems that the verdict rests on, counterexample and example among them, each once."""
        economies = [economy.theorem for economy in (self.counterexample, self.example) if economy is not None]
        return list(dict.fromkeys((*self.theorems, *economies)))

    @property
    def read_as(self) -> str:
        """The statement as understood, in the grammar."""
        return text(self.reading) if self.undecided is None else f"sign of {text(self.undecided)} is open"

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON data."""
        kind = "exactly when" if self.exactly else "sufficient"
        conditions = [] if self.condition is None else [{"says": text(self.condition), "kind": kind}]
        return {
            "id": self.claim.name,
            "says": self.claim.says.text,
            "reading": {"text": self.read_as, "latex": self.latex},
            "source": self.claim.source or None,
            "printed": self.claim.printed or None,
            "title": self.claim.title or None,
            "verdict": self.verdict,
            "truth": self.truth,
            "conditions": conditions,
            "counterexample": _data(self.counterexample),
            "example": _data(self.example),
            "uses": None if self.uses is None else [_used(use) for use in self.uses],
            "tried": list(self.tried),
            "seconds": round(self.seconds, 3),
        }


def _data(economy: Economy | None) -> dict[str, Any] | None:
    return None if economy is None else economy.as_dict()


def _used(use: Any) -> dict[str, Any]:
    return {"name": use.name, "says": use.says, "counterexample": _data(use.counterexample)}


@dataclass
class Report:
    """Whether a model makes sense, and its verdicts.

    Parameters
    ----------
    model : Model
        The model.
    consistent : bool or None
        Whether an economy meets its assumptions and conditions; None when neither one nor a proof was found.
    economy : Economy or None
        One that does.
    notes : list of str
        What was supposed beyond the text.
    claims : list of ClaimReport
        A verdict a claim.
    """

    model: Model
    consistent: bool | None
    economy: Economy | None
    notes: list[str]
    claims: list[ClaimReport] = field(default_factory=list)

    @property
    def summary(self) -> dict[str, int]:
        """How many claims got each verdict."""
        return dict(Counter(claim.verdict for claim in self.claims))

    @property
    def status(self) -> int:
        """0 when every claim got a verdict other than open, else 1."""
        return int(any(claim.verdict == OPEN for claim in self.claims))

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON data; numbers are exact, as text."""
        return {
            "version": VERSION,
            "model": {"title": self.model.title, "key": self.model.key, "source": self.model.source or None},
            "consistent": self.consistent,
            "economy": _data(self.economy),
            "notes": self.notes,
            "claims": [claim.as_dict() for claim in self.claims],
            "summary": self.summary,
        }

    def __getitem__(self, name: str) -> ClaimReport:
        """Return the verdict on a claim.

        Raises
        ------
        UnknownWord
            For a claim that was not judged.
        """
        found = {claim.claim.name: claim for claim in self.claims}
        if name not in found:
            raise UnknownWord(name, found, Source(str(name), self.model.file), 0, noun="claim")
        return found[name]

    def __iter__(self) -> Iterator[ClaimReport]:
        """Iterate over the verdicts, in the order of the claims."""
        return iter(self.claims)

    def __len__(self) -> int:
        """How many claims were judged."""
        return len(self.claims)

    def __bool__(self) -> bool:
        """A report is one even where there are no claims."""
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as the model and what was asked: what arrives is judged there, from what is kept or anew."""
        names = tuple(claim.claim.name for claim in self.claims)
        return _judged, (self.model, names, any(claim.uses is not None for claim in self.claims))

    def _repr_html_(self) -> str:
        """Show the report in a notebook, as it is printed."""
        return f'<pre style="white-space: pre-wrap">{escape(str(self))}</pre>'

    def __str__(self) -> str:
        """Return the report as lines for a terminal."""
        verdicts = [line for claim in self.claims for line in verdict(claim, self.width)]
        return "\n".join([*heading(self), *verdicts, counts(self)])

    @property
    def width(self) -> int:
        """The longest name of a claim."""
        return max((len(name) for name in self.model.claims), default=0)


def _judged(model: Model, names: tuple[str, ...], why: bool) -> Report:
    return model.check(*names, why=why)


def heading(report: Report) -> list[str]:
    """Return lines that say whether a model makes sense."""
    sense = {True: "consistent", False: "contradictory", None: "neither an exact economy nor a contradiction was found"}
    found = [f"{report.model.title}: {sense[report.consistent]}"]
    if report.economy is not None and str(report.economy):
        found.append(f"  for instance {report.economy}")
    if report.consistent is None:
        found.append("  what is proved below may hold because no economy meets the assumptions")
    return found + [f"  note: {note}" for note in report.notes]


def verdict(claim: ClaimReport, width: int) -> list[str]:
    """Return lines with the verdict on a claim."""
    first = f"{claim.verdict:<12} {claim.claim.name:<{width}}  {claim.claim.shown}"
    return [first, *(f"{'':<12} {'':<{width}}  {line}" for line in _details(claim))]


def counts(report: Report) -> str:
    """Return a line with the number of claims of each verdict."""
    return ", ".join(f"{count} {word}" for word, count in report.summary.items()) or "no claims"


def _details(claim: ClaimReport) -> list[str]:
    found = []
    if claim.condition is not None:
        found.append(f"{'exactly when' if claim.exactly else 'holds when'} {text(claim.condition)}")
    elif claim.verdict == "refuted":
        says = {"false": "false in every economy", "mixed": "true in some economies, false in others"}
        found.append(says.get(claim.truth, "not true in every economy"))
    if claim.counterexample is not None and str(claim.counterexample):
        found.append(f"{'negative' if claim.undecided is not None else 'fails'} at {claim.counterexample}")
    if claim.example is not None and (claim.verdict == "refuted" or claim.undecided is not None):
        found.append(f"{'positive' if claim.undecided is not None else 'holds'} at {claim.example}")
    for use in claim.uses or []:
        without = "" if use.counterexample is None else f"; without it fails at {use.counterexample}"
        found.append(f"uses {use.name}{without}")
    return found + [f"tried: {line}" for line in claim.tried if claim.verdict == OPEN]
