"""Section 4.2 where no firm stands between the first two cutoffs, or at them: nothing is left to reallocate."""

from __future__ import annotations

from symhet.algebra.tails import Density
from symhet.algebra.total import total
from symhet.claims import Finding, beside_print, proved
from symhet.context import Context
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.aggregates import SALES, T_MIN, T_OFF, account, accounting, entrants, price_index
from symhet.papers.kz.comparative import fixed_costs, joined, slope_step, start
from symhet.papers.kz.facts import above_one
from symhet.papers.kz.flows import ARRIVING, HOME_GAP, HOME_SOURCED, USING, moved, solve_imports
from symhet.papers.kz.notation import L_I_left
from symhet.papers.kz.sources import section
from symhet.papers.kz.symbols import imports_cif
from symhet.propositions import And, Prop, eq
from symhet.provers.tactics import identity, split
from symhet.steps import Step

NOBODY: dict[Step, Prop] = {
    h.none_between: eq(T_OFF, T_MIN),
    h.none_at_phi_min: eq(Density(m.phi_min), 0),
    h.none_at_phi_off: eq(Density(m.phi_off), 0),
}
"""No firm stands between the first two cutoffs, at either of them, or next to these."""


@beside_print
@section("4.2").result(
    "kz.R.3.equality",
    And((eq(total(imports_cif, m.tau_I), 0), eq(total(L_I_left, m.tau_I), 0))),
    title="imports of intermediates, no firms in between",
    printed=r"\text{with no firms between } \hat\varphi_{min} \text{ and } \hat\varphi_{off} \text{, nor at these, "
    r"imports of intermediates keep their value and labour its place}",
)
def imports_stay(statement: Prop) -> Finding:
    """No firm sources at home, so labour in intermediates is zero, which a positive symbol could not be."""
    flows = (imports_cif, L_I_left)
    given = {
        h.imports_cif_def: eq(imports_cif, m.p_I_off * ARRIVING),
        h.L_I_left_def: eq(L_I_left, HOME_SOURCED / m.phi_I),
    }
    accounts = Context(given, frozenset(given), frozenset(flows))
    d = start(h.E_X, extra=joined(accounting(), accounts, Context(NOBODY)))
    price_index(d)
    entrants(d)
    d.recall(h.none_between, "Suppose that there are no firms between the first two cutoffs, so that")
    fixed_costs(d)
    solve_imports(d)
    account(d, L_I_left, m.alpha * m.rho * m.beta * m.L * HOME_GAP / SALES, "Labour in intermediates is")
    moved(d, m.tau_I, *flows)
    same = [above_one(identity(slope_step(flow), *USING, *NOBODY)) for flow in flows]
    says = "So imports keep their value, and no labour moves:"
    return proved(d, statement, split(*same), says)
