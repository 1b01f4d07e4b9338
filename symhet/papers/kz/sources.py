"""Where the paper says what, written one way."""

from __future__ import annotations

from symhet.render.stating import Place

PAPER = "Kleinert and Zorell"


def section(place: str, equation: str = "") -> Place:
    """Return a place such as ``Kleinert and Zorell, section 3.1, eq. (1)``.

    Examples
    --------
    >>> section("3.1", "1").source
    'Kleinert and Zorell, section 3.1, eq. (1)'
    """
    return Place(f"{PAPER}, section {place}" + (f", eq. ({equation})" if equation else ""))


def appendix(letter: str, equation: str = "") -> Place:
    """Return a place such as ``Kleinert and Zorell, Appendix A, eq. (A.1)``.

    Examples
    --------
    >>> appendix("A").source
    'Kleinert and Zorell, Appendix A'
    """
    return Place(f"{PAPER}, Appendix {letter}" + (f", eq. ({equation})" if equation else ""))
