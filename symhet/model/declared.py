"""What a model declares, as written: texts with their places, nothing elaborated."""

from __future__ import annotations

from dataclasses import dataclass

from symhet.language.mistakes import Source

BOUNDS = ("above", "at_least", "below", "at_most")


@dataclass(frozen=True)
class Quantity:
    """A parameter or variable.

    Parameters
    ----------
    name : str
        Its name in texts.
    endogenous : bool
        Whether the conditions determine it.
    positive : bool
        Whether it ranges over the positive numbers.
    latex, meaning, unit : str
        How it is written, what it stands for, in what it is measured.
    default : int, float or str, optional
        A value to start from, exact when it is text such as ``"3/4"``.
    bounds : tuple of (str, Source)
        Each of ``above``, ``at_least``, ``below``, ``at_most`` that is given, with the text of the bound.
    source : Source
        Where it is declared.
    """

    name: str
    endogenous: bool
    positive: bool
    latex: str
    meaning: str
    unit: str
    default: int | float | str | None
    bounds: tuple[tuple[str, Source], ...]
    source: Source


@dataclass(frozen=True)
class Family:
    """The distribution of productivity, unspecified or of a named family."""

    name: str
    latex: str
    family: str
    order: Source | None
    arguments: dict[str, Source]
    source: Source


@dataclass(frozen=True)
class Unspecified:
    """A smooth function known by its name, and the signs of its partial derivatives; numbers need a form too."""

    name: str
    arguments: tuple[str, ...]
    rises: tuple[str, ...]
    falls: tuple[str, ...]
    positive: bool
    latex: str
    meaning: str
    source: Source
    form: str = ""


@dataclass(frozen=True)
class Definition:
    """A further quantity: a name for a term."""

    name: str
    term: Source
    latex: str
    meaning: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Supposition:
    """An assumption or condition: a named statement."""

    name: str
    says: Source


@dataclass(frozen=True)
class Claim:
    """A statement to judge.

    Parameters
    ----------
    name : str
        Its name within the model.
    says : Source
        The statement.
    source, printed, title, kind : str
        Where it stands, how it is printed there, what it is called, what it is.
    hints : tuple of Source
        Claims, or statements, to prove first.
    """

    name: str
    says: Source
    source: str = ""
    printed: str = ""
    title: str = ""
    kind: str = ""
    hints: tuple[Source, ...] = ()

    @property
    def shown(self) -> str:
        """The statement on one line."""
        return " ".join(self.says.text.split())


_SETTINGS = """
model over outputs executor out samples distribution regime chunk progress unsolved functions check root start
threads dtype self of to
"""
SETTINGS = frozenset(_SETTINGS.split())
"""What `solve`, `sweep`, `statics` and numeric functions take beside the parameters, by keyword like these."""
TOLD = ("status", "roots")
"""What tables of equilibria have beside parameters and variables, by name like these."""
FAMILIES = {
    "pareto": ("shape", "scale"),
    "bounded-pareto": ("shape", "scale", "upper"),
    "lognormal": ("mu", "sigma"),
    "weibull": ("shape", "scale"),
    "frechet": ("shape", "scale"),
    "uniform": ("low", "high"),
}
