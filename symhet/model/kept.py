"""Decisions kept in a folder: a claim that was judged before is replayed, not searched for again.

What is kept is not believed. Each theorem is made anew by the core, and a decision is taken only when its theorems say,
about this context and this statement, what it claims; otherwise the claim is searched for as if nothing were kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from symhet import __version__
from symhet.core import data
from symhet.core.context import Context
from symhet.core.kernel import Theorem
from symhet.core.records import Combine
from symhet.language import statements as s
from symhet.language.refusals import Refusal
from symhet.language.statements import FALSE, Statement
from symhet.search import Decision

FORMAT = 1
_KEPT = frozenset(("true", "false", "mixed", "contradictory"))


def default_folder() -> Path:
    """Return where decisions are kept: ``SYMHET_CACHE``, or the user's cache folder."""
    chosen = os.environ.get("SYMHET_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "symhet"


class Shelf:
    """Decisions in a folder.

    Parameters
    ----------
    folder : Path, optional
        Where they are; nothing is kept without one.
    anew : bool, optional
        Whether to search although a decision is kept; it is then replaced.
    """

    def __init__(self, folder: Path | None, anew: bool = False) -> None:
        self.folder = folder
        self.anew = anew

    def decision(self, context: Context, goal: Statement, search: Callable[[], Decision]) -> Decision:
        """Return the kept decision on a statement, or search for one and keep it."""
        return self._kept(context, goal, "decides", search)

    def sense(self, context: Context, search: Callable[[], Decision]) -> Decision:
        """Return the kept decision on whether a context has a model, or search for one and keep it."""
        return self._kept(context, FALSE, "makes sense", search)

    def _kept(self, context: Context, goal: Statement, question: str, search: Callable[[], Decision]) -> Decision:
        if self.folder is None:
            return search()
        place = self.folder / f"{_key(context, goal, question)}.json"
        if not self.anew:
            kept = _read(place)
            if kept is not None and (
                makes_sense(kept, context) if question == "makes sense" else supported(kept, context, goal)
            ):
                return kept
        found = search()
        if found.truth in _KEPT:
            _write(place, found)
        return found


def _key(context: Context, goal: Statement, question: str) -> str:
    written = data.dumps(data.to_rows(context, goal, Combine(), "holds", f"{__version__} {question}"))
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def _exported(theorem: Theorem | None) -> Any:
    if theorem is None:
        return None
    return data.to_rows(theorem.context, theorem.goal, theorem.certificate, theorem.says)


def _write(place: Path, found: Decision) -> None:
    condition = found.condition and data.to_rows(Context(), found.condition, Combine(), "holds")
    kept = {
        "format": FORMAT,
        "truth": found.truth,
        "exactly": found.exactly,
        "condition": condition,
        "theorems": list(map(_exported, found.theorems)),
        "counterexample": _exported(found.counterexample),
        "example": _exported(found.example),
    }
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        scratch = place.with_suffix(f".{os.getpid()}.part")
        scratch.write_text(json.dumps(kept, separators=(",", ":")), "utf-8")
        scratch.replace(place)


def _read(place: Path) -> Decision | None:
    """Return what is kept, its theorems made anew; None when anything in it is amiss."""
    try:
        kept = json.loads(place.read_text("utf-8"))
        if kept["format"] != FORMAT:
            return None
        condition = None if kept["condition"] is None else data.from_rows(kept["condition"])[1]
        return Decision(
            str(kept["truth"]),
            condition,
            kept["exactly"] is True,
            tuple(data.replay(theorem) for theorem in kept["theorems"]),
            kept["counterexample"] and data.replay(kept["counterexample"]),
            kept["example"] and data.replay(kept["example"]),
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, Refusal):
        return None


def makes_sense(found: Decision, context: Context) -> bool:
    """Tell whether the theorems of a decision say of this context that it has a model, or none, as it claims."""
    if found.truth == "true":
        return _fails(found.example, context, FALSE)
    return found.truth == "contradictory" and any(_holds(theorem, context, FALSE) for theorem in found.theorems)


def supported(found: Decision, context: Context, goal: Statement) -> bool:
    """Tell whether the theorems of a decision say, of this context and statement, what it claims.

    Examples
    --------
    >>> from symhet.search import decide
    >>> from symhet.language import terms as t
    >>> x = t.symbol("x")
    >>> found = decide(Context(), s.lt(x, t.add(x, t.ONE)))
    >>> supported(found, Context(), s.lt(x, t.add(x, t.ONE))), supported(found, Context(), s.lt(x, x))
    (True, False)
    """
    denied = s.implies(goal, FALSE)
    if found.truth == "true":
        return any(_holds(theorem, context, goal) for theorem in found.theorems)
    if found.truth == "contradictory":
        return any(_holds(theorem, context, FALSE) for theorem in found.theorems)
    if found.truth == "false":
        return any(_holds(theorem, context, denied) for theorem in found.theorems)
    if found.truth != "mixed" or not _fails(found.counterexample, context, goal):
        return False
    if found.condition is None:
        return not found.exactly and _fails(found.example, context, denied)
    if not any(_fails(found.example, context, p) for p in (denied, s.implies(found.condition, FALSE))):
        return False
    sufficient = any(_holds(theorem, context, s.implies(found.condition, goal)) for theorem in found.theorems)
    needed = any(_holds(theorem, context, s.implies(goal, found.condition)) for theorem in found.theorems)
    return sufficient and (needed or not found.exactly)


def _holds(theorem: Theorem, context: Context, goal: Statement) -> bool:
    return theorem.says == "holds" and theorem.goal is goal and theorem.context == context


def _fails(theorem: Theorem | None, context: Context, goal: Statement) -> bool:
    return theorem is not None and theorem.says == "fails" and theorem.goal is goal and theorem.context == context
