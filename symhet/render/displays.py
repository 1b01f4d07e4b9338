"""Displays: a statement broken into lines that fit, with names for sums that are too wide to print in place."""

from __future__ import annotations

from dataclasses import dataclass, field

import sympy as sp

from symhet.algebra.total import is_total
from symhet.propositions import Prop, eq, substitute, terms
from symhet.render.latex import LatexWriter
from symhet.render.lines import break_lines
from symhet.render.widths import TEXTWIDTH, width

NUMBER_WIDTH = 5.0
"""Room kept for the equation number, in em."""

WORTH_A_NAME = 5.0
"""Sums narrower than this, in em, are not given a name of their own."""


@dataclass(frozen=True)
class Display:
    """A displayed formula.

    Parameters
    ----------
    lines : tuple of str
        LaTeX of the lines, with alignment marks when there are several.
    number : str
        Equation number with its brackets, or empty.
    """

    lines: tuple[str, ...]
    number: str = ""


@dataclass
class Namer:
    """Gives names to sums that are too wide; one namer serves a document, so that a sum keeps its name.

    Parameters
    ----------
    letter : str
        LaTeX of the letter that is numbered.
    """

    letter: str = r"\Delta"
    names: dict[sp.Expr, sp.Symbol] = field(default_factory=dict)

    def name(self, term: sp.Expr) -> tuple[sp.Symbol, bool]:
        """Return the symbol that stands for a term, and whether it is new."""
        known = term in self.names
        if not known:
            self.names[term] = sp.Symbol(f"Delta_{len(self.names) + 1}", real=True)
        return self.names[term], not known


def displays(prop: Prop, writer: LatexWriter, namer: Namer, number: str = "") -> tuple[Display, tuple[Display, ...]]:
    """Return the display of a statement, and displays of the names that it uses for the first time.

    A name is introduced only where a formula does not fit on lines otherwise.
    """
    limit = TEXTWIDTH - (NUMBER_WIDTH if number else 0.0)
    fresh: list[tuple[sp.Symbol, sp.Expr]] = []
    while True:
        broken = break_lines(writer.statement(prop), limit)
        candidates = _wide_sums(prop, writer) if broken.overflow else []
        if not candidates:
            break
        symbol, new = namer.name(candidates[0])
        if new:
            fresh.append((symbol, candidates[0]))
        prop = substitute(prop, {candidates[0]: symbol})
    explained = [displays(eq(symbol, term), writer, namer) for symbol, term in fresh]
    return Display(broken.lines, number), tuple(d for main, more in explained for d in (main, *more))


def _wide_sums(prop: Prop, writer: LatexWriter) -> list[sp.Expr]:
    """Return the sums below fractions and in powers, widest first; other sums can break by themselves."""
    found: dict[sp.Expr, float] = {}
    for term in terms(prop):
        for power in term.atoms(sp.Pow):
            base = power.base
            if isinstance(base, sp.Add) and not any(map(is_total, base.free_symbols)):
                found[base] = width(writer.term(base))
    wide = [base for base, size in found.items() if size > WORTH_A_NAME]
    return sorted(wide, key=lambda base: (-found[base], sp.default_sort_key(base)))


def display_latex(latex: str, number: str = "") -> Display:
    """Return the display of LaTeX that is given as text, such as the printed form of a claim."""
    return Display(break_lines(latex, TEXTWIDTH - (NUMBER_WIDTH if number else 0.0)).lines, number)
