"""Counterexamples told in a sentence, with exact numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from symhet.errors import SymhetError
from symhet.findings import ROUNDED
from symhet.language import terms as t
from symhet.language.reading import Names
from symhet.language.sympy_door import to_sympy
from symhet.language.text import read_term
from symhet.numerics.counterexamples import Counterexample
from symhet.propositions import And, Rel
from symhet.render.latex import LatexWriter
from symhet.render.notation import Notation
from symhet.render.prose import listed
from symhet.render.widths import width
from symhet.valuation import Point

LONG_NUMBER, LONGEST_NUMBER, LONGEST_FRACTION, SHORT_FRACTION = 16, 40, 24, 6
WIDEST = 20.0
"""Statements up to this width, in em, are told again within a sentence."""
_DISTRIBUTION = "G."


PRINT_FAILS = "All hypotheses hold and the printed form fails"
FAILS = "All hypotheses hold and it fails"
HOLDS = "All hypotheses hold and it does"


def told_witness(witness: Sequence[tuple[str, str]], notation: Notation, said: str = PRINT_FAILS) -> str:
    r"""Return the point of a counterexample as sentences.

    Parameters
    ----------
    witness : sequence of (str, str)
        Names and exact values.
    notation : Notation
        How the names are written.
    said : str
        What is so at the point.

    Examples
    --------
    >>> told_witness((("sigma", "3"), ("f_p", "1/2")), Notation())
    'All hypotheses hold and the printed form fails at $f_{p}=1/2$ and $\\sigma=3$.'
    """
    values = [(name, value) for name, value in witness if not name.startswith(_DISTRIBUTION)]
    ordered = sorted(values, key=lambda item: notation.order(item[0]))
    named = [_told_value(name, value, notation) for name, value in ordered]
    text = f"{said} at {listed(named)}."
    if any(value.startswith(ROUNDED) for _, value in values):
        text += " What is rounded there follows from the other numbers by the conditions."
    distribution = {name[len(_DISTRIBUTION) :]: value for name, value in witness if name.startswith(_DISTRIBUTION)}
    return f"{text} {_told_distribution(distribution)}".strip()


def _told_value(name: str, value: str, notation: Notation) -> str:
    """Return a value, or the term of a function such as ``demand(x)``, between dollars."""
    if value.startswith(ROUNDED):
        return rf"${notation.latex_of(name)}\approx {value.removeprefix(ROUNDED)}$"
    function, _, arguments = name.rstrip(")").partition("(")
    if not arguments:
        return f"${notation.latex_of(name)}={_breakable(value)}$"
    symbols = {letter: t.symbol(letter) for letter in arguments.split(", ")}
    term = LatexWriter(notation).term(to_sympy(read_term(value, Names(symbols))))
    return f"${notation.latex_of(function)}({arguments})={term}$"


def sides(example: Counterexample) -> Iterator[tuple[Rel, str, str]]:
    """Yield what fails at a counterexample, relation by relation, with the values of its two sides there.

    Derivatives have the values that the derivation found; a relation whose sides have no number is left out.
    """
    at = Point(dict(example.point), example.distribution)
    parts = example.goal.parts if isinstance(example.goal, And) else (example.goal,)
    for part in parts:
        if not isinstance(part, Rel):
            continue
        try:
            left, right = at.value(part.lhs), at.value(part.rhs)
            failing = at.fails(part)
        except SymhetError:
            continue
        if failing and left.is_number and right.is_number:
            yield part, _shown(left), _shown(right)


def told_sides(example: Counterexample, writer: LatexWriter) -> Iterator[str]:
    """Yield what fails at a counterexample in sentences, with the values of both sides."""
    for relation, left, right in sides(example):
        shown = writer.inline_statement(relation)
        what = f" of ${shown}$" if width(shown) <= WIDEST else ""
        yield f"There the left side{what} is ${left}$, the right side ${right}$."


def _shown(number: sp.Expr) -> str:
    """Return a number: exactly where that is short, else to some digits."""
    exact = str(number)
    if isinstance(number, sp.Rational) and len(exact) <= LONGEST_FRACTION:
        return exact if number.q == 1 or len(exact) < SHORT_FRACTION else f"{exact}={_decimal(number)}"
    return _decimal(number)


def _decimal(number: sp.Expr) -> str:
    return f"{float(number):.6g}"


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
    """Allow long fractions to break between lines at the stroke, and longer numbers after every ten digits."""
    if len(number) <= LONGEST_NUMBER:
        return number.replace("/", r"/\allowbreak ") if len(number) > LONG_NUMBER else number
    return r"\allowbreak ".join(number[i : i + 10] for i in range(0, len(number), 10))
