"""Counterexamples told in a sentence, with exact numbers."""

from __future__ import annotations

from collections.abc import Sequence

from symhet.render.notation import Notation
from symhet.render.prose import listed

LONGEST_NUMBER = 40
_DISTRIBUTION = "G."


def told_witness(witness: Sequence[tuple[str, str]], notation: Notation) -> str:
    r"""Return the point of a counterexample as sentences.

    Examples
    --------
    >>> told_witness((("sigma", "3"), ("f_p", "1/2")), Notation())
    'All hypotheses hold and the printed form fails at $f_{p}=1/2$ and $\\sigma=3$.'
    """
    values = [(name, value) for name, value in witness if not name.startswith(_DISTRIBUTION)]
    ordered = sorted(values, key=lambda item: notation.order(item[0]))
    named = [f"${notation.latex_of(name)}={_breakable(value)}$" for name, value in ordered]
    text = f"All hypotheses hold and the printed form fails at {listed(named)}."
    distribution = {name[len(_DISTRIBUTION) :]: value for name, value in witness if name.startswith(_DISTRIBUTION)}
    return f"{text} {_told_distribution(distribution)}".strip()


def _told_distribution(parts: dict[str, str]) -> str:
    if not parts:
        return ""
    breaks = parts["breaks"].split(", ")
    heights = parts["heights"].split(", ") if parts["heights"] else []
    pieces = [
        f"${_breakable(h)}$ on $({_breakable(a)}, {_breakable(b)})$"
        for h, a, b in zip(heights, breaks, breaks[1:], strict=False)
    ]
    above = (
        f"and a Pareto tail of shape ${parts['pareto_tail_shape']}$ carries the rest above ${_breakable(breaks[-1])}$."
    )
    return f"The density of $G$ is {listed(pieces)}, {above}" if pieces else f"For $G$, {above[4:]}"


def _breakable(number: str) -> str:
    """Allow long numbers to break between lines after every ten digits."""
    if len(number) <= LONGEST_NUMBER:
        return number
    return r"\allowbreak ".join(number[i : i + 10] for i in range(0, len(number), 10))
