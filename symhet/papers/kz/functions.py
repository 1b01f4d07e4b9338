"""Appendix C, last sentence: the other endogenous variables as functions of the three cutoffs."""

from __future__ import annotations

from symhet.claims import Claim, Finding, proved
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import MARGINAL_INDEX, SALES, account, goods_market
from symhet.papers.kz.efficiency import VARIETIES
from symhet.papers.kz.flows import (
    ABROAD,
    ARRIVING,
    EXPORTS,
    HOME_GAP,
    HOME_SOURCED,
    OFFSHORED,
    X_SPENDING,
    solve_exports,
    solve_imports,
)
from symhet.papers.kz.groups import S_EX, S_MIN
from symhet.papers.kz.notation import L_I, M_e, M_t
from symhet.papers.kz.sources import appendix
from symhet.papers.kz.symbols import exports, imports_cif
from symhet.propositions import And, Prop, eq
from symhet.provers.tactics import by, split

PER_SALES = m.beta * m.L * m.phi_min**m.k / (m.sigma * m.f_p * SALES)
IN_CUTOFFS = {
    m.P_X: MARGINAL_INDEX,
    M_e: PER_SALES,
    M_t: PER_SALES * (S_MIN + m.n * S_EX),
    exports: X_SPENDING * ABROAD / SALES,
    imports_cif: m.alpha * m.rho * X_SPENDING * OFFSHORED / SALES,
    L_I: m.alpha * m.rho * m.beta * m.L * HOME_GAP / SALES,
}
"""What price index, masses, trade and labour are, by the cutoffs and parameters alone."""


@appendix("C").claim(
    "kz.C-functions",
    And(tuple(eq(symbol, term) for symbol, term in IN_CUTOFFS.items())),
    title="the other variables by the cutoffs",
    printed=r"\text{all other endogenous variables can be expressed as functions of these three cutoff levels}",
)
def _in_cutoffs(statement: Prop) -> Finding:
    accounts = ((M_t, VARIETIES), (exports, EXPORTS), (imports_cif, m.p_I_off * ARRIVING))
    d = goods_market(*accounts, (L_I, HOME_SOURCED / m.phi_I))
    account(d, M_t, IN_CUTOFFS[M_t], "The mass of varieties sold in one economy is")
    solve_exports(d)
    solve_imports(d)
    account(d, L_I, IN_CUTOFFS[L_I], "Labour in intermediates is")
    reason = (
        "These are the price index, the masses of entrants and of varieties, both flows of trade and labour in "
        "intermediates; what firms sell and earn follows from the price index by (8), the averages of the groups are "
        "in AppB, and welfare is (17)."
    )
    steps = (h.P_X_form, h.M_e, h.of(M_t), h.of(exports), h.of(imports_cif), h.of(L_I))
    return proved(d, statement, split(*map(by, steps)), "All of it is known once the cutoffs are:", reason)


CLAIMS: tuple[Claim, ...] = (_in_cutoffs,)
