"""Where the paper says what: sources of claims, written one way."""

from __future__ import annotations

PAPER = "Kleinert and Zorell"


def section(place: str, equation: str = "") -> str:
    """Return a source such as ``Kleinert and Zorell, section 3.1, eq. (1)``.

    Examples
    --------
    >>> section("3.1", "1")
    'Kleinert and Zorell, section 3.1, eq. (1)'
    """
    return f"{PAPER}, section {place}" + (f", eq. ({equation})" if equation else "")


def appendix(letter: str, equation: str = "") -> str:
    """Return a source such as ``Kleinert and Zorell, Appendix A, eq. (A.1)``.

    Examples
    --------
    >>> appendix("A")
    'Kleinert and Zorell, Appendix A'
    """
    return f"{PAPER}, Appendix {letter}" + (f", eq. ({equation})" if equation else "")
