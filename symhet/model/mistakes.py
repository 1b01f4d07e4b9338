"""What can be wrong with a model: one class for each failure, with the lines that it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from symhet.errors import SymhetError, nearest
from symhet.language.mistakes import Source, TextError


class ModelError(SymhetError):
    """A model that says something that no model can say."""

    code: ClassVar[str] = "SH720"


class UnreadableFile(ModelError):
    """A file that is missing, too large, or no text."""

    code = "SH721"


class BadToml(TextError):
    """A file that is not TOML."""

    code = "SH722"


class UnknownKey(TextError):
    """A section or key that model files do not have."""

    code = "SH723"

    def __init__(self, name: str, known: Iterable[str], source: Source, offset: int = 0, *, noun: str = "key") -> None:
        known = list(known)
        close = nearest(name, known)
        fix = f"did you mean {' or '.join(close)}?" if close else f"known here: {', '.join(known)}"
        super().__init__(f"model files have no {noun} {name!r} here", source, offset, fix=fix)


class WrongValue(TextError):
    """A value of the wrong type, or a key that is missing."""

    code = "SH724"


class BadName(TextError):
    """A name that is malformed, reserved, or given twice."""

    code = "SH725"


class CircularDefinition(TextError):
    """A definition that uses itself."""

    code = "SH726"


class WrongCount(TextError):
    """More or fewer conditions than variables."""

    code = "SH727"


class DependentConditions(TextError):
    """A condition that follows from others, or that determines nothing."""

    code = "SH728"


class NoMoment(TextError):
    """A distribution without the order of the moment that is finite, or a family without its parameters."""

    code = "SH729"


class BelowSupport(TextError):
    """A closed form that holds only above the support's lower end, where nothing says that the term lies above it."""

    code = "SH735"


class UnknownHint(TextError):
    """A hint that is neither a claim nor a statement."""

    code = "SH736"


class NotMathematics(TextError):
    """LaTeX that is more than a formula: a command that reads files or defines others, or braces that do not match."""

    code = "SH737"
