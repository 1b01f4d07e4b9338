"""Formulas handed out: an equation with its symbols by name, to substitute in, differentiate and write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.algebra.total import total
from symhet.errors import DomainError, UnknownParameter
from symhet.numerics.compiled.functions import NumericFunction
from symhet.numerics.compiled.registry import numeric
from symhet.numerics.faults import UnclearSetting
from symhet.propositions import Rel
from symhet.render.latex import LatexWriter
from symhet.render.notation import notation_for

__all__ = ["Formula", "formula"]


@dataclass(frozen=True)
class Formula:
    """A variable and the term that a claim was proved to solve it for.

    Attributes
    ----------
    claim : str
        ID of the claim.
    variable : Symbol
        What the formula is for.
    expression : Expr
        The term, in the parameters and variables that the claim takes as given.
    conditions : Mapping[str, Rel]
        Where it holds.
    others : Mapping[str, Formula]
        The other variables that the claim solves for.

    Examples
    --------
    >>> cutoff = formula("kz.eq14")
    >>> print(cutoff)
    phi_ex = phi_min*tau*(f_ex/f_p)**(1/(sigma - 1))*(p_I_off/p_I_d)**alpha
    >>> print(cutoff.subs(sigma=3, alpha=0).diff("tau"))
    D[phi_ex,tau] = sqrt(f_ex)*phi_min/sqrt(f_p)
    """

    claim: str
    variable: sp.Symbol
    expression: sp.Expr
    conditions: Mapping[str, Rel] = field(default_factory=dict, hash=False)
    others: Mapping[str, Formula] = field(default_factory=dict, repr=False, compare=False)

    @property
    def symbols(self) -> dict[str, sp.Symbol]:
        """The symbols of the term by name: ``f.symbols["sigma"]`` is the one that the formula has."""
        return {symbol.name: symbol for symbol in sorted(self.expression.free_symbols, key=str)}

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that the claim solves for."""
        return (self.variable.name, *self.others)

    @property
    def eq(self) -> sp.Eq:
        """The equation, as SymPy has it."""
        return sp.Eq(self.variable, self.expression, evaluate=False)

    def __getitem__(self, name: str) -> Formula:
        """Return the formula for another variable of the claim.

        Raises
        ------
        UnknownParameter
            When the claim does not solve for it.
        """
        if name == self.variable.name:
            return self
        if name not in self.others:
            raise UnknownParameter(name, self.names, where=self.claim)
        return self.others[name]

    def subs(self, values: Mapping[str, Any] | None = None, /, **more: Any) -> Formula:
        """Return the formula with numbers or terms in place of symbols, named by name.

        Parameters
        ----------
        values, **more : Mapping[str, number, Expr or Formula]
            What to put in for which symbol.

        Raises
        ------
        UnknownParameter
            For a name that does not occur.
        UnclearSetting
            For what is neither a number nor a term.
        DomainError
            Where a condition of the formula fails.

        Examples
        --------
        >>> formula("bo.eq9")["n_w"].subs(beta=2, f=1, phi=sp.Rational(1, 2)).expression
        2/5
        """
        put = {self._symbol(name): _term(value, name) for name, value in {**(values or {}), **more}.items()}
        conditions = {
            name: Rel(relation.op, relation.lhs.subs(put), relation.rhs.subs(put))
            for name, relation in self.conditions.items()
        }
        for name, relation in conditions.items():
            if _COMPARED[relation.op](relation.lhs, relation.rhs) == sp.false:
                left, right = relation.lhs, relation.rhs
                raise DomainError(name, relation=str(self.conditions[name]), left=left, right=right, where=self.claim)
        return replace(self, expression=self.expression.subs(put, simultaneous=True), conditions=conditions)

    def diff(self, *names: str | sp.Symbol) -> Formula:
        """Return the partial derivative with respect to a symbol, or to several one after the other, by name.

        Raises
        ------
        UnknownParameter
            For a name that does not occur.

        Examples
        --------
        >>> formula("bo.eq9")["n_w"].diff("f") == formula("bo.eq9")["n_w"].diff(sp.Symbol("f"))
        True
        """
        variable, expression = self.variable, self.expression
        for name in names:
            symbol = self._symbol(name)
            variable, expression = total(variable, symbol), derivative(expression, symbol)
        return replace(self, variable=variable, expression=expression, others={})

    def latex(self, notation: Mapping[str, str] | None = None) -> str:
        r"""Return the equation in LaTeX, in the paper's notation.

        Parameters
        ----------
        notation : Mapping[str, str], optional
            How to write symbols otherwise than the paper, by name.

        Examples
        --------
        >>> formula("kz.eq9").latex({"sigma": r"\epsilon", "pi_H": r"\Pi"})
        '\\Pi = \\frac{r_H}{\\epsilon}-f_p w'
        """
        own = notation_for(self.claim.partition(".")[0])
        writer = LatexWriter(replace(own, written={**own.written, **(notation or {})}))
        return f"{writer.term(self.variable)} = {writer.term(self.expression)}"

    def numeric(self, backend: str = "numpy") -> NumericFunction:
        """Return the formula as a numeric function of keyword parameters.

        Parameters
        ----------
        backend : str, optional
            ``"numpy"``, ``"numba"`` or ``"jax"``.
        """
        known = {name: rel for name, rel in self.conditions.items() if rel.gap.free_symbols}
        within = {n: rel for n, rel in known.items() if rel.gap.free_symbols <= self.expression.free_symbols}
        return NumericFunction(self.claim, {str(self.variable): self.expression}, within, backend)

    kernel = numeric
    """The name that `numeric` had before."""

    def __str__(self) -> str:
        """Return the equation as text."""
        return f"{self.variable} = {self.expression}"

    def _repr_latex_(self) -> str:
        """Show the equation in a notebook."""
        return rf"$\displaystyle {self.latex()}$"

    def _symbol(self, named: str | sp.Symbol) -> sp.Symbol:
        """Return the symbol of a name; one that was made by hand has other assumptions, and means the same."""
        name = named.name if isinstance(named, sp.Symbol) else named
        known = {s.name: s for rel in self.conditions.values() for s in rel.gap.free_symbols} | self.symbols
        if name not in known:
            raise UnknownParameter(name, known, where=f"{self.claim}, {self.variable}")
        return known[name]


_COMPARED: Mapping[str, Callable[[sp.Expr, sp.Expr], sp.Basic]] = {"<": sp.Lt, "<=": sp.Le, "=": sp.Eq, "!=": sp.Ne}


def _term(value: Any, name: str) -> sp.Expr:
    if isinstance(value, Formula):
        return value.expression
    try:
        term = sp.sympify(value, strict=True)
    except sp.SympifyError:
        term = None
    if not isinstance(term, sp.Expr) or term.has(sp.nan, sp.zoo):
        fix = f"give a number, a SymPy term or a formula for {name}; for arrays there is numeric()"
        raise UnclearSetting(f"{name}={value!r}", "it is neither a number nor a term", where="subs", fix=fix)
    return term


def formula(identifier: str, variable: str | None = None, *, printed: bool = False) -> Formula:
    """Return the formula that a claim was proved to conclude, with its symbols by name.

    Parameters
    ----------
    identifier : str
        ID of a claim, such as ``"kz.eq12"``.
    variable : str, optional
        Which of its variables; the first by default, and the others by ``formula(id)["name"]``.
    printed : bool, optional
        The formula as printed, right or wrong.

    Returns
    -------
    Formula
        Variable, term and conditions; in a notebook it shows itself in the paper's letters.

    Raises
    ------
    UnknownClaim
        For an ID that no ledger has.
    UnknownParameter
        For a variable that the claim does not solve for.
    NoFormula
        When it solves for none, or its print is refuted and nothing was proved instead.

    Source
    ------
    The paper that the ID's prefix names; the equation is the claim's.

    Examples
    --------
    >>> cutoff = formula("kz.eq12")
    >>> cutoff.symbols["f_I"].is_positive, cutoff.variable
    (True, phi_off)
    >>> formula("bo.eq9").names
    ('a_D', 'a_X', 'n_w', 's_n')
    """
    if not isinstance(identifier, str):
        raise TypeError(f"formula takes the ID of one claim, not {type(identifier).__name__}")
    function = numeric(identifier, printed=printed)
    found = {
        name: Formula(identifier, sp.Symbol(name, positive=True), term, function.conditions)
        for name, term in function.formulas.items()
    }
    handed = {
        name: replace(one, others={n: other for n, other in found.items() if n != name}) for name, one in found.items()
    }
    first = next(iter(handed.values()))
    return first if variable is None else first[variable]
