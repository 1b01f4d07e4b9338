"""Exact responses of trade flows to costs.

Each derivative is a positive multiple of what a lower cost takes from the flow less what it adds, so that the order of
these two is the condition for its sign, necessary and sufficient.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from symhet.algebra.tails import Density, Survival
from symhet.algebra.total import total
from symhet.claims import Finding, Severity, Witness, proved, proved_with
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import FOREIGN, SALES, T_EX, T_MIN, T_OFF
from symhet.papers.kz.comparative import slope_step
from symhet.papers.kz.facts import above_one
from symhet.papers.kz.flows import HOME_GAP, USING, X_SPENDING, charted
from symhet.papers.kz.symbols import exports, im_share, imports_cif, trade
from symhet.propositions import Iff, Prop, Rel, eq, lt
from symhet.provers.tactics import Tactic, both, combine, identity
from symhet.steps import Step


def at(x: sp.Symbol) -> sp.Expr:
    """Return the sales of the firms that stand at a cutoff, for a rise of its logarithm."""
    return x**m.sigma * Density(x)


HOME = T_MIN + (m.Lambda - 1) * T_OFF
"""Sales at home of all firms, in the units of `SALES`."""
_PART = m.alpha * m.rho
"""Spending on intermediates as a share of revenue."""
_ABROAD_TIMES = FOREIGN * m.Lambda * T_EX
_JOINING = T_MIN + FOREIGN * T_EX
"""Proportional to the rise of the offshoring cutoff with tau_I."""
_TRADED = (1 + _PART) * _ABROAD_TIMES + _PART * m.Lambda * T_OFF
_KEPT = (m.Lambda - 1) * m.phi_off**m.k * Survival(m.phi_off)
"""Proportional to the rise of the lowest cutoff as f_I falls."""


@dataclass(frozen=True)
class Response:
    """How a flow responds to a cost: its derivative is ``scale`` times (``reduces`` less ``raises``).

    Parameters
    ----------
    flow, cost : sympy.Symbol
        The account and the parameter.
    raises, reduces : sympy.Expr
        What a lower cost adds to the flow and what it takes away, both positive.
    scale : sympy.Expr
        Positive.
    using : tuple of str
        Steps that turn the derivative into tails, densities and parameters.
    """

    flow: sp.Symbol
    cost: sp.Symbol
    raises: sp.Expr
    reduces: sp.Expr
    scale: sp.Expr
    using: tuple[Step, ...]

    @property
    def condition(self) -> Rel:
        """What is necessary and sufficient for the flow to rise when the cost falls."""
        return lt(self.reduces, self.raises)

    @property
    def falls(self) -> Rel:
        """The flow falls in the cost."""
        return lt(total(self.flow, self.cost), 0)

    @property
    def exact(self) -> Iff:
        """The flow falls in the cost where the condition holds, and nowhere else."""
        return Iff(self.falls, self.condition)

    def derive(self, d: Derivation) -> None:
        """Add the step ``response``: the derivative of the flow as a difference of two positive terms.

        Parameters
        ----------
        d : Derivation
            With the derivatives of cutoffs and of the flow as steps.
        """
        closed = eq(total(self.flow, self.cost), self.scale * (self.reduces - self.raises))
        says = "With the derivatives of the cutoffs, firms at each cutoff and firms that change prices add up to"
        d.step(h.response, closed, says, by=above_one(identity(slope_step(self.flow), *self.using)))

    def signed(self) -> Tactic:
        """Return the tactic that the flow falls in the cost, from ``response`` and the condition ``balance``."""
        return above_one(combine(charted({h.balance: self.scale}), equations=charted({h.response: sp.Integer(1)})))

    def under(
        self,
        d: Derivation,
        falls: Prop,
        failing: tuple[Derivation, Witness],
        reason: str,
        using: tuple[Step, ...],
        root: str | None = None,
    ) -> Finding:
        """Return that the flow falls in the cost under the condition, and at a point of the whole domain does not.

        Parameters
        ----------
        d : Derivation
            Its context has the condition, as `balance` names it.
        falls : Prop
            The statement.
        failing : tuple of Derivation and Witness
            A derivation from the whole domain, and the point.
        reason, using, root : str, tuple of Step, str
            As for `proved_with`.
        """
        self.derive(d)
        says = "So it rises when the cost falls where the second term outweighs the first:"
        conditions = tuple(balance(self).items())
        holding, severity = proved(d, falls, self.signed(), says), Severity.SUBSTANCE
        return proved_with(holding, conditions, *failing, reason, using=using, severity=severity, root=root)

    def exactly(self, d: Derivation, exact: Prop) -> Finding:
        """Return that the condition is necessary and sufficient."""
        self.derive(d)
        there = charted({h.premise: 1 / self.scale})
        back = charted({h.premise: self.scale})
        forward = above_one(combine(there, equations=charted({h.response: -1 / self.scale})))
        backward = above_one(combine(back, equations=charted({h.response: sp.Integer(1)})))
        says = "So it rises when the cost falls exactly where the second term outweighs the first:"
        return proved(d, exact, both(forward, backward), says)


EXPORTS = Response(
    exports,
    m.tau_I,
    HOME_GAP * (m.k * SALES + HOME * at(m.phi_ex) / T_EX) + m.Lambda * (T_OFF + FOREIGN * T_EX) * at(m.phi_min),
    m.Lambda * _JOINING * at(m.phi_off),
    X_SPENDING * _ABROAD_TIMES * m.alpha / (m.tau_I * SALES**3),
    USING,
)
"""Exports and the cost of trading intermediates: only firms that begin to offshore reduce them."""

TRADE = Response(
    trade,
    m.tau_I,
    m.k * _TRADED * HOME_GAP * SALES
    + FOREIGN * m.Lambda * HOME_GAP * (HOME + _PART * HOME_GAP) * at(m.phi_ex)
    + m.Lambda * _TRADED * (T_OFF + FOREIGN * T_EX) * at(m.phi_min)
    + m.Lambda / (m.Lambda - 1) * _JOINING * (_PART * m.Lambda * T_MIN + (1 + _PART) * _ABROAD_TIMES) * at(m.phi_off),
    m.Lambda / (m.Lambda - 1) * _JOINING * m.Lambda * _ABROAD_TIMES * at(m.phi_off),
    X_SPENDING * m.alpha / (m.tau_I * SALES**3),
    USING,
)
"""Exports plus imports of intermediates, and the cost of trading intermediates."""

IMPORTS = Response(
    imports_cif,
    m.f_I,
    (SALES - _KEPT) * _JOINING * at(m.phi_off) + (T_OFF + FOREIGN * T_EX) * _KEPT * at(m.phi_min),
    FOREIGN * _KEPT * HOME_GAP * at(m.phi_ex),
    _PART * X_SPENDING * m.Lambda / (m.f_I * m.k * SALES**3),
    (h.dphi_min, h.dphi_off, h.dphi_ex, h.f_I, h.f_ex),
)
"""Imports of intermediates and the fixed cost of offshoring: only firms that stop exporting reduce them."""


IM_SHARE = Response(
    im_share,
    m.tau_I,
    T_EX * m.Lambda / (m.Lambda - 1) * _JOINING * at(m.phi_off),
    T_OFF * HOME_GAP * at(m.phi_ex),
    _PART * FOREIGN * m.alpha / (m.tau_I * SALES * (_PART * T_OFF + (1 + _PART) * FOREIGN * T_EX) ** 2),
    (h.dphi_min, h.dphi_off, h.dphi_ex, h.dLambda, h.f_I, h.f_ex),
)
"""The share of intermediates in total trade: new offshorers raise it, new exporters reduce it."""


def balance(response: Response) -> dict[Step, Prop]:
    """Return the condition under the name that `Response.under` expects."""
    return {h.balance: response.condition}
