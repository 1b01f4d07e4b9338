"""Theorems as JSON: exported with everything that a replay needs, and made anew by replaying, never by believing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from symhet.core import data, kernel
from symhet.errors import CertificateError
from symhet.language.refusals import Refusal
from symhet.theorems import Theorem

__all__ = ["export_theorem", "import_theorem", "loads"]


def export_theorem(theorem: Theorem | kernel.Theorem, claim: str = "") -> dict[str, Any]:
    """Return a theorem as JSON data: context, goal, what is said of it, and the certificate, as rows.

    Parameters
    ----------
    theorem : Theorem
        One of the core, or of a paper's scripts.
    claim : str, optional
        The ID of the claim that it is about.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.propositions import gt
    >>> from symhet.context import Context
    >>> from symhet.core.records import Combine
    >>> from symhet.theorems import prove
    >>> x = sp.Symbol("x", positive=True)
    >>> exported = export_theorem(prove(Context(), gt(x + 1, 1), Combine()))
    >>> exported["terms"], exported["statements"]
    (['1', ('positive', 'x'), ('sum', 0, 1)], [('<', 0, 2)])
    >>> import_theorem(exported).says
    'holds'
    """
    core = theorem.core if isinstance(theorem, Theorem) else theorem
    return data.to_rows(core.context, core.goal, core.certificate, core.says, claim)


def import_theorem(exported: Any) -> kernel.Theorem:
    """Replay the certificate of an exported theorem and return the theorem that the kernel makes of it.

    Parameters
    ----------
    exported : dict
        What `export_theorem` returned, perhaps written to a file and read in another process.

    Raises
    ------
    CertificateError
        When the data have another form, or the certificate does not prove what they say.
    """
    with _telling():
        return data.replay(exported)


def loads(text: str) -> kernel.Theorem:
    """Replay an exported theorem from JSON text.

    Raises
    ------
    CertificateError
        As `import_theorem`, and when the text is not the one that is written for its data.
    """
    with _telling():
        return data.replay_text(text)[1]


@contextmanager
def _telling() -> Iterator[None]:
    """Turn a refusal of the core into the error of a certificate."""
    try:
        yield
    except Refusal as error:
        raise CertificateError(error.where, error.why, where=str(error.about)[:300]) from error
