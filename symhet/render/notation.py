"""Notation: how symbols are written, and in which order an author lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

import sympy as sp

from symhet.algebra.tails import SUPPORT
from symhet.algebra.total import differentiated, is_total
from symhet.catalogue import Vocabulary, find_paper
from symhet.domain import Parameter
from symhet.language.tex import is_command, split_scripts, tokens
from symhet.model.letters import ACCENTS, index_of, spelled
from symhet.propositions import Rel

OTHER_VALUES = frozenset({"0", "1", "2", "s", "DD", "freer", "stay"})
"""What is added to the name of a symbol for another value of it."""
UNRANKED = 10_000
_SILENT = frozenset({"{", "}", r"\mathit", r"\mathrm", r"\text", r"\operatorname"})
"""Tokens that a terminal does not show."""


@dataclass(frozen=True)
class Notation:
    r"""How each symbol is written.

    Parameters
    ----------
    written : Mapping[str, str]
        LaTeX by symbol name, in the order in which an author lists the symbols: parameters before variables.
    meanings : Mapping[str, str]
        What the symbols stand for, by name.
    positive_sums : frozenset of Expr
        Differences that the assumptions make positive, such as sigma - 1: they keep this orientation in products.
    moment : Expr, optional
        The order of the tail moment that is written without an index.
    quotients : Mapping[(Expr, Expr), Symbol]
        Symbols that stand for a quotient, by numerator and denominator, such as rho for (sigma - 1)/sigma.
    abbreviations : tuple of (Expr, Symbol)
        Products and sums that are written as a symbol wherever all their parts occur, in this order.
    leading : frozenset of str
        Names of parameters: they stand before variables in products, alone and in sums.

    Examples
    --------
    >>> notation = Notation({"tau_I": r"\tau_I", "phi_min": r"\hat\varphi_{min}"})
    >>> notation.latex(sp.Symbol("D[phi_min,tau_I]"))
    '\\frac{d \\hat\\varphi_{min}}{d \\tau_I}'
    >>> notation.plain(sp.Symbol("phi_min")), notation.latex(sp.Symbol("y_sigma"))
    ('φ̂_min', 'y_{\\sigma}')
    >>> notation.latex(sp.Symbol("phi_min_1"))
    '\\hat\\varphi_{min,1}'
    """

    written: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    positive_sums: frozenset[sp.Expr] = frozenset()
    moment: sp.Expr | None = None
    quotients: Mapping[tuple[sp.Expr, sp.Expr], sp.Symbol] = field(default_factory=dict)
    abbreviations: tuple[tuple[sp.Expr, sp.Symbol], ...] = ()
    leading: frozenset[str] = frozenset()

    def latex(self, symbol: sp.Symbol) -> str:
        """Return the LaTeX of a symbol; total derivatives are written as quotients of differentials."""
        if is_total(symbol):
            above, below = self._total(symbol)
            order = f"^{{{len(below)}}}" if len(below) > 1 else ""
            apart = r"\," if above.startswith(r"\math") else " "
            slope = r"\,".join(f"d {each}" for each in below)
            return rf"\frac{{d{order}{apart}{above}}}{{{slope}}}"
        return self._named(symbol.name)

    def plain(self, symbol: sp.Symbol) -> str:
        """Return the symbol in Unicode for a terminal."""
        if is_total(symbol):
            above, below = self._total(symbol)
            order = f"^{len(below)}" if len(below) > 1 else ""
            slope = "·".join(f"d{self._unicode(each)}" for each in below)
            return f"d{order}{self._unicode(above)}/{f'({slope})' if order else slope}"
        return self._unicode(self._named(symbol.name))

    def rank(self, symbol: sp.Symbol) -> tuple[int, str]:
        """Return a key that sorts symbols as an author lists them; a derivative stands where its variable does."""
        return self.order(differentiated(symbol)[0] if is_total(symbol) else symbol.name)

    def leads(self, symbol: sp.Symbol) -> bool:
        """Tell whether a symbol is a parameter, or another value of one."""
        stem, _, value = symbol.name.rpartition("_")
        return symbol.name in self.leading or (value in OTHER_VALUES and stem in self.leading)

    def latex_of(self, name: str) -> str:
        """Return the LaTeX of a symbol by its name."""
        return self._named(name)

    def order(self, name: str) -> tuple[int, str]:
        """Return a key that sorts names of symbols as an author lists them; another value stands beside the first."""
        stem, _, value = name.rpartition("_")
        return (self._ranks.get(stem if value in OTHER_VALUES and stem in self._ranks else name, UNRANKED), name)

    @cached_property
    def letters(self) -> Mapping[str, str]:
        r"""The letters of a terminal by their names in LaTeX; ``\phi`` has its own where there is a ``\varphi`` too."""
        both = any(r"\varphi" in latex for name, latex in self.written.items() if name != SUPPORT.name)
        return {**LETTERS, "phi": "ϕ"} if both else LETTERS

    @cached_property
    def arranged(self) -> dict[sp.Expr, Any]:
        """What `symhet.render.layout.arrange` made of terms: claims repeat the same ones many times."""
        return {}

    def with_names(self, names: Mapping[str, str]) -> Notation:
        """Return the notation with further names, listed last."""
        return replace(self, written={**self.written, **names})

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.written)}

    def _named(self, name: str) -> str:
        if name in self.written:
            return self.written[name]
        stem, _, index = name.rpartition("_")
        while stem and stem not in self.written:
            stem, _, more = stem.rpartition("_")
            index = f"{more}_{index}"
        return _indexed(self.written[stem], index) if stem else spelled(name)

    def _unicode(self, latex: str) -> str:
        text, accent = "", ""
        for token in tokens(latex):
            name = token.removeprefix("\\")
            if token.startswith("\\") and name in ACCENTS:
                accent = ACCENTS[name]
            elif token not in _SILENT and not token.isspace():
                text += (self.letters.get(name, name) if is_command(token) else name.strip()) + accent
                accent = ""
        return text.replace("'", "′")

    def _total(self, symbol: sp.Symbol) -> tuple[str, tuple[str, ...]]:
        variable, parameters = differentiated(symbol)
        return self._named(variable), tuple(map(self._named, parameters))


def _indexed(latex: str, index: str) -> str:
    """Add an index to what a table writes, next to the index that stands there."""
    parts = split_scripts(latex)
    added = ",".join(index_of(part) for part in index.split("_"))
    if parts is None:
        return rf"\left({latex}\right)_{{{added}}}"
    head, below, above = parts
    raised = above if len(tokens(above)) < 2 else f"{{{above}}}"
    return f"{head}_{{{f'{below},' if below else ''}{added}}}{f'^{raised}' if raised else ''}"


def notation_of(
    parameters: Sequence[Parameter],
    variables: Sequence[Parameter] = (),
    assumptions: Iterable[Rel] = (),
    moment: sp.Expr | None = None,
    named: Mapping[str, sp.Expr] = MappingProxyType({}),
    shares: Iterable[str] = (),
) -> Notation:
    """Return the notation of a model from its parameters and variables."""
    sums = frozenset(rel.gap for rel in assumptions if rel.op == "<" and len(rel.gap.args) == 2)
    fractions = {sp.Symbol(name, positive=True): sp.fraction(term) for name, term in named.items()}
    quotients = {parts: symbol for symbol, parts in fractions.items() if parts[1] != 1}
    whole = tuple((parts[0], symbol) for symbol, parts in fractions.items() if parts[1] == 1)
    written = {p.symbol.name: p.latex for p in parameters} | {name: spelled(name) for name in named}
    written |= {p.symbol.name: p.latex for p in variables} | {SUPPORT.name: r"\underline{\varphi}"}
    listed = (*parameters, *variables)
    leading = frozenset({*(p.symbol.name for p in parameters), *named, *shares})
    return Notation(written, {p.symbol.name: p.meaning for p in listed}, sums, moment, quotients, whole, leading)


@cache
def notation_for(key: str) -> Notation:
    """Return the notation of a paper by its key; what is no paper, or lists no symbols, gets spelled names."""
    names = vocabulary_of(key)
    if not names.parameters:
        return Notation()
    assumptions = [assumption.relation for assumption in names.domain.assumptions] if names.domain else []
    variables = (*names.variables, *names.helpers)
    return notation_of(names.parameters, variables, assumptions, names.moment, names.named, names.shares)


def parameters_of(key: str) -> tuple[str, ...]:
    """Return the names of the parameters of a paper's model, by its key."""
    return tuple(parameter.symbol.name for parameter in vocabulary_of(key).parameters)


@cache
def vocabulary_of(key: str) -> Vocabulary:
    """Return the symbols of a paper by its key; none for what is no paper."""
    paper = find_paper(key)
    return paper.vocabulary() if paper is not None else Vocabulary()


LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
}  # fmt: skip
