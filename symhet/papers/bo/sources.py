"""Where the paper says what, written one way."""

from __future__ import annotations

from symhet.render.stating import Place

PAPER = "Baldwin and Okubo"


def appendix(equation: str = "") -> Place:
    """Return a place such as ``Baldwin and Okubo, appendix, equation (27)``.

    Examples
    --------
    >>> appendix("27").source
    'Baldwin and Okubo, appendix, equation (27)'
    """
    return Place(f"{PAPER}, appendix" + (f", equation ({equation})" if equation else ""))


def section(number: str, within: str = "") -> Place:
    """Return a place such as ``Baldwin and Okubo, section 3.1.2, equation 10``.

    Examples
    --------
    >>> section("3.1.2", "equation 10").source
    'Baldwin and Okubo, section 3.1.2, equation 10'
    """
    return Place(f"{PAPER}, section {number}" + (f", {within}" if within else ""))
