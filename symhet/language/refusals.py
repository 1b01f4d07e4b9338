"""The one error of the trusted modules: it carries terms and statements, and text is made of them only when read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

R = TypeVar("R")
ODD = (TypeError, ValueError, LookupError, AttributeError, RecursionError, ArithmeticError, MemoryError)


class Refusal(ValueError):
    """Something is not well formed, has no value, or does not follow.

    Parameters
    ----------
    where : str
        The rule, head or door that refuses.
    why : str
        What does not hold.
    about : object, optional
        The term, statement or data in question, kept as it is.

    Examples
    --------
    >>> Refusal("identity", "the two sides differ").where
    'identity'
    """

    def __init__(self, where: str, why: str, about: object = None) -> None:
        super().__init__(where, why, about)
        self.where = where
        self.why = why
        self.about = about

    def __str__(self) -> str:
        return f"{self.where}: {self.why}" + ("" if self.about is None else f" [{str(self.about)[:300]}]")


def guarded(where: str, act: Callable[..., R], *given: Any) -> R:
    """Return what a function makes of what is given; what odd data may raise becomes a refusal.

    Examples
    --------
    >>> guarded("number", int, "three")
    Traceback (most recent call last):
        ...
    symhet.language.refusals.Refusal: number: malformed data (ValueError)
    """
    try:
        return act(*given)
    except Refusal:
        raise
    except ODD as error:
        raise Refusal(where, f"malformed data ({type(error).__name__})") from error
