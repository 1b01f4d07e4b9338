"""What a paper's documents are made of: sections with their claims and pictures, and how pictures are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Picture:
    """A picture with its caption.

    Parameters
    ----------
    name : str
        Its name in `symhet.render.plots`.
    label : str
        What it is called.
    caption : str
        What is to be seen on it.
    """

    name: str
    label: str
    caption: str


@dataclass(frozen=True)
class Plot:
    """A picture that can be drawn.

    Parameters
    ----------
    draw : Callable
        Returns the picture, a matplotlib figure; takes the model's parameters that are not the calibrated ones.
    shows : str
        What it shows, in a sentence.
    claims : str, optional
        The claims on whose pages it stands, given by their IDs without the paper's key, with blanks between.
    apart : str, optional
        Parameters that it does not take, as they move in it or do not matter to it, with blanks between.
    """

    draw: Callable[..., Any]
    shows: str
    claims: str = ""
    apart: str = ""


@dataclass(frozen=True)
class Section:
    """Rows of the ledger, or parts of rows, that stand together under a heading, and the pictures that follow them."""

    heading: str
    claims: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Plan:
    """One document of a paper.

    Parameters
    ----------
    name : str
        Name of its files without suffix.
    key : str
        How the command line calls it, after the key of the paper.
    title : str
        What stands above it.
    opening : str
        Its first paragraph.
    sections : tuple of Section
        Its claims, in order.
    """

    name: str
    key: str
    title: str
    opening: str
    sections: tuple[Section, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """IDs of the rows and parts in the document."""
        return tuple(claim for section in self.sections for claim in section.claims)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures in the document."""
        return tuple(picture for section in self.sections for picture in section.pictures)


@dataclass(frozen=True)
class PaperPlan:
    """The parts of one paper's log, and what they all suppose."""

    setting: str
    documents: tuple[Plan, ...]


def section(key: str, heading: str, claims: str, *pictures: Picture) -> Section:
    """Return a section of claims given by their IDs without the paper's key."""
    return Section(heading, tuple(f"{key}.{claim}" for claim in claims.split()), pictures)
