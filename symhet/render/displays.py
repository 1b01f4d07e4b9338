"""Displays: a statement broken into lines that fit, with names for sums that are too wide to print in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sympy as sp

from symhet.algebra.total import is_total
from symhet.propositions import And, Or, Prop, as_chain, eq, substitute, terms
from symhet.render.latex import LatexWriter
from symhet.render.lines import Broken, break_lines
from symhet.render.widths import TEXTWIDTH, width

NUMBER_WIDTH = 5.0
"""Room kept for the equation number, in em."""

WORTH_A_NAME = 5.0
"""Sums narrower than this, in em, are not given a name of their own."""

REPEATED_TOO_OFTEN = 3
"""A sum that occurs so often in a formula of several lines is given a name although it would fit."""

SEVERAL_LINES = 4


@dataclass(frozen=True)
class Display:
    """A displayed formula.

    Parameters
    ----------
    lines : tuple of str
        LaTeX of the lines, with alignment marks when there are several.
    number : str
        Equation number without brackets, or empty.
    """

    lines: tuple[str, ...]
    number: str = ""


@dataclass
class Namer:
    """Gives names to sums that are too wide.

    One namer serves a document, so that a sum keeps its name; each claim says again what the names that it uses mean.
    """

    names: dict[sp.Expr, sp.Symbol] = field(default_factory=dict)
    explained: set[sp.Expr] = field(default_factory=set)

    def forget(self) -> None:
        """Begin a new claim: every name is to be explained again."""
        self.explained.clear()

    def name(self, term: sp.Expr) -> tuple[sp.Symbol, bool]:
        """Return the symbol that stands for a term, and whether it has to be explained."""
        symbol = self.names.setdefault(term, sp.Symbol(f"Delta_{len(self.names) + 1}", real=True))
        fresh = term not in self.explained
        self.explained.add(term)
        return symbol, fresh


def displays(
    prop: Prop, writer: LatexWriter, namer: Namer, number: str = ""
) -> tuple[tuple[Display, ...], tuple[Display, ...]]:
    """Return the displays of a statement, and those that explain the names it uses for the first time in a claim.

    A conjunction that does not fit on one line is given in rows of whole statements. A name is introduced only where
    a formula does not fit on lines otherwise, or repeats a wide sum over many lines.
    """
    fresh: list[tuple[sp.Symbol, sp.Expr]] = []
    shown = _shown(prop, writer, namer, number, fresh)
    explained: list[Display] = []
    for symbol, term in fresh:
        main, more = displays(eq(symbol, term), writer, namer)
        explained += [*main, *more]
    return shown, tuple(explained)


def _shown(
    prop: Prop, writer: LatexWriter, namer: Namer, number: str, fresh: list[tuple[sp.Symbol, sp.Expr]]
) -> tuple[Display, ...]:
    limit = TEXTWIDTH - (NUMBER_WIDTH if number else 0.0)
    joined = isinstance(prop, Or) or (isinstance(prop, And) and not as_chain(prop))
    if isinstance(prop, And | Or) and joined and width(writer.statement(prop)) > limit:
        parts = [_named(part, writer, namer, limit - 2, fresh) for part in prop.parts]
        return in_rows(parts, limit, number, r"\text{or}" if isinstance(prop, Or) else "")
    return (Display(_named(prop, writer, namer, limit, fresh).lines, number),)


def _named(
    prop: Prop, writer: LatexWriter, namer: Namer, limit: float, fresh: list[tuple[sp.Symbol, sp.Expr]]
) -> Broken:
    """Break a statement, after giving names to its sums for as long as that is needed."""
    while True:
        broken = break_lines(writer.statement(prop), limit)
        candidates = _wide_sums(prop, writer) if broken.overflow else _repeated_sums(prop, writer, broken)
        if not candidates:
            return broken
        symbol, new = namer.name(candidates[0])
        if new:
            fresh.append((symbol, candidates[0]))
        prop = substitute(prop, {candidates[0]: symbol})


def in_rows(parts: Sequence[Broken], limit: float, number: str = "", word: str = "") -> tuple[Display, ...]:
    """Set statements in rows, as many short ones in a row as fit; the last row has the number.

    A word such as ``or`` stands between statements and before rows; without one, commas stand between them.
    """
    between, before = (rf"\quad {word}\quad ", rf"{word}\quad ") if word else (r",\qquad ", "")
    rows: list[tuple[str, ...]] = []
    current = ""
    for place, part in enumerate(parts):
        first, *others = part.lines
        if not others and current and width(f"{current}{between}{first}") <= limit:
            current = f"{current}{between}{first}"
            continue
        rows += [(current,)] if current else []
        opened = f"{before}{first}" if place else first
        current = "" if others else opened
        rows += [(opened, *others)] if others else []
    rows += [(current,)] if current else []
    return tuple(Display(lines, number if place == len(rows) else "") for place, lines in enumerate(rows, 1))


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


def _repeated_sums(prop: Prop, writer: LatexWriter, broken: Broken) -> list[sp.Expr]:
    """Return the wide sums that a formula of many lines repeats again and again."""
    if len(broken.lines) < SEVERAL_LINES:
        return []
    nodes = [node for term in terms(prop) for node in sp.preorder_traversal(term)]
    return [base for base in _wide_sums(prop, writer) if nodes.count(base) >= REPEATED_TOO_OFTEN]


def display_latex(latex: str, number: str = "") -> Display:
    """Return the display of LaTeX that is given as text, such as the printed form of a claim."""
    return Display(break_lines(latex, TEXTWIDTH - (NUMBER_WIDTH if number else 0.0)).lines, number)
