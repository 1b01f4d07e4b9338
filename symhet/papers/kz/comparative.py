"""Comparative statics of the three cutoffs for a general distribution: what every claim of section 4 starts from."""

from __future__ import annotations

import sympy as sp

from symhet.algebra.calculus import derivative
from symhet.algebra.tails import Survival, TailMoment
from symhet.algebra.total import total
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.papers.kz import model as m
from symhet.papers.kz import named as h
from symhet.papers.kz.facts import GAINS, PRICES, RELATIVE_PRICE, above_one, offshoring_gains, ordered_cutoffs
from symhet.propositions import eq, gt, lt
from symhet.provers.tactics import Tactic, Terms, combine, fact, implicit, lemma, sign
from symhet.steps import Step

CUTOFFS = (h.cutoff_off, h.cutoff_ex, h.free_entry)
"""The equilibrium conditions that determine the cutoffs, given what offshoring gains."""

GAIN_KNOWN = (*PRICES, h.A_1, *CUTOFFS)
"""Hypotheses under which A.1 alone is used of A.1-A.3."""

ORDER_KNOWN = (*GAINS, *CUTOFFS, h.firms_d)
"""Hypotheses under which the order of the cutoffs is used, derived from A.1-A.3."""

SIGNS = {m.tau_I: (-1, 1, 1), m.f_I: (-1, 1, -1), m.tau: (-1, -1, 1), m.f_ex: (-1, -1, 1), m.n: (1, 1, 1)}
"""Signs of the derivatives of phi_min, phi_off, phi_ex with respect to each parameter."""

_ALL = (m.phi_min, m.phi_off, m.phi_ex)
SYSTEM = (h.gain, *CUTOFFS)
"""Equations that determine the offshoring factor and the cutoffs."""
_NAMES = {
    m.tau_I: "the cost of trading intermediates",
    m.f_I: "the fixed cost of offshoring",
    m.tau: "the cost of trading final goods",
    m.f_ex: "the fixed cost of exporting",
    m.n: "the number of foreign markets",
}


_STEPS = {m.phi_min: "production", m.phi_off: "offshoring", m.phi_ex: "exporting"}


def slope_step(x: sp.Symbol) -> Step:
    """Return the step that says how a variable moves, which `moves`, `follows` and their like make.

    Examples
    --------
    >>> slope_step(m.phi_ex), sign_step(m.phi_ex)
    ('dphi_ex', 'sign phi_ex')
    """
    return Step(h.d_in(x))


def sign_step(x: sp.Symbol) -> Step:
    """Return the step that says in which direction a variable moves, which `sign_moves` makes."""
    return Step(h.sign_of(x))


def scaled(x: sp.Expr) -> sp.Expr:
    """Return ``x**(1 - sigma) T(x)``: sales of all firms above x, in units of the sales of a firm at x."""
    return x**-m.k * TailMoment(x, m.k)


def weight(x: sp.Symbol) -> sp.Expr:
    """Return fixed cost times scaled sales at a cutoff, the weight of that cutoff in free entry."""
    return {m.phi_min: m.f_p, m.phi_off: m.f_I, m.phi_ex: m.n * m.f_ex}[x] * scaled(x)


WEIGHTS = weight(m.phi_min) + weight(m.phi_off) + weight(m.phi_ex)
"""Sum of the weights of the three cutoffs."""


def elasticities(parameter: sp.Symbol) -> dict[sp.Symbol, sp.Expr]:
    """Return the elasticities of the cutoffs with respect to a parameter, as the claims state them.

    They are what the implicit function theorem is asked to confirm; nothing rests on this table.

    Parameters
    ----------
    parameter : sympy.Symbol
        One of tau_I, f_I, tau, f_ex, n.

    Returns
    -------
    dict
        Elasticities of phi_min, phi_off and phi_ex.

    Examples
    --------
    >>> elasticities(m.tau)[m.phi_ex] - elasticities(m.tau)[m.phi_min]
    1
    """
    share = 1 - 1 / m.Lambda
    lowest = {
        m.tau_I: -m.alpha * (weight(m.phi_off) / share + weight(m.phi_ex)) / WEIGHTS,
        m.f_I: -m.f_I * Survival(m.phi_off) / (m.k * WEIGHTS),
        m.tau: -weight(m.phi_ex) / WEIGHTS,
        m.f_ex: -m.n * m.f_ex * Survival(m.phi_ex) / (m.k * WEIGHTS),
        m.n: m.n * m.f_ex * (scaled(m.phi_ex) - Survival(m.phi_ex)) / (m.k * WEIGHTS),
    }[parameter]
    direct: dict[sp.Symbol, tuple[sp.Expr, sp.Expr]] = {
        m.tau_I: (m.alpha / share, m.alpha),
        m.f_I: (1 / m.k, sp.S.Zero),
        m.tau: (sp.S.Zero, sp.S.One),
        m.f_ex: (sp.S.Zero, 1 / m.k),
        m.n: (sp.S.Zero, sp.S.Zero),
    }
    off, ex = direct[parameter]
    return {m.phi_min: lowest, m.phi_off: lowest + off, m.phi_ex: lowest + ex}


def slopes(parameter: sp.Symbol) -> dict[sp.Symbol, sp.Expr]:
    """Return the derivatives of the offshoring factor and the cutoffs with respect to a parameter."""
    gain = -m.alpha * m.k * m.Lambda / m.tau_I if parameter == m.tau_I else sp.S.Zero
    return {m.Lambda: gain, **{x: x / parameter * e for x, e in elasticities(parameter).items()}}


def start(*names: Step, ordered: bool = False, extra: Context | None = None) -> Derivation:
    """Return a derivation with the equilibrium conditions, ``Lambda>1`` and ``gain``, and the cutoffs' order if wanted.

    Parameters
    ----------
    *names : str
        Further hypotheses of the model.
    ordered : bool, optional
        Whether A.2 is used too, and with it the order of the cutoffs.
    extra : Context, optional
        Further hypotheses, with their share of the system.
    """
    known = dict.fromkeys((*(ORDER_KNOWN if ordered else GAIN_KNOWN), *names))
    context = m.offshoring_first().context(*known)
    if extra is not None:
        context = joined(context, extra)
    d = Derivation(context)
    (ordered_cutoffs if ordered else offshoring_gains)(d)
    says = "In terms of technology and trade costs the factor is"
    gain = eq(m.Lambda, RELATIVE_PRICE ** (-m.alpha * m.k))
    d.step(h.gain, gain, says, identically=True)
    return d


def joined(*contexts: Context) -> Context:
    """Return the context with the hypotheses of all given ones."""
    hypotheses = {name: prop for context in contexts for name, prop in context.hypotheses.items()}
    system = frozenset().union(*(context.system for context in contexts))
    endogenous = frozenset().union(*(context.endogenous for context in contexts))
    return m.presuming(Context(hypotheses, system, endogenous))


def moves(d: Derivation, parameter: sp.Symbol, *cutoffs: sp.Symbol) -> None:
    """Add the steps ``d<cutoff>``: how the cutoffs (all three by default) move with a parameter.

    Parameters
    ----------
    d : Derivation
        From `start`.
    parameter : sympy.Symbol
        One of tau_I, f_I, tau, f_ex, n.
    *cutoffs : sympy.Symbol
        Those whose derivatives are wanted.
    """
    values = slopes(parameter)
    by = implicit(values, parameter, SYSTEM, regular=above_one(sign()))
    for place, x in enumerate(cutoffs or _ALL):
        says = (
            f"Differentiate (12), (14) and free entry with respect to {_NAMES[parameter]} and solve; the densities at "
            "the cutoffs cancel, because a firm at a cutoff adds nothing to expected profit:"
            if place == 0
            else "and"
        )
        d.step(slope_step(x), eq(total(x, parameter), values[x]), says, by=by)


def gain_moves(d: Derivation) -> None:
    """Add the step ``dLambda``: the offshoring factor falls as the cost of trading intermediates rises."""
    values = slopes(m.tau_I)
    by = implicit(values, m.tau_I, SYSTEM, regular=above_one(sign()))
    says = "The factor by which offshoring raises variable profit falls with the cost of trading intermediates:"
    d.step(h.dLambda, eq(total(m.Lambda, m.tau_I), values[m.Lambda]), says, by=by)


def fixed_costs(d: Derivation) -> None:
    """Add the steps ``f_I`` and ``f_ex``: fixed costs in terms of the cutoffs, from (12) and (14)."""
    fixed = eq(m.f_I, m.f_p * (m.Lambda - 1) * (m.phi_off / m.phi_min) ** m.k)
    says = "By (12) the fixed cost of offshoring is"
    d.step(h.f_I, fixed, says, identically=True)
    fixed = eq(m.f_ex, m.f_p * m.Lambda * (m.phi_ex / (m.tau * m.phi_min)) ** m.k)
    says = "and by (14) that of exporting is"
    d.step(h.f_ex, fixed, says, identically=True)


def moments_compared(d: Derivation) -> None:
    """Add the steps ``f_I``, ``f_ex`` and ``T falls``: offshorers sell less than all survivors would at home cost.

    Parameters
    ----------
    d : Derivation
        From `start` with the cutoffs ordered.
    """
    fixed_costs(d)
    says = "Since some firms survive without offshoring,"
    falls = fact("tail_moment_falls", m.phi_min, m.phi_off, m.k)
    d.step(h.T_falls, falls, says)


def _excess(d: Derivation, x: sp.Symbol) -> Step:
    name = h.excess_of(x)
    if name not in d.context.hypotheses:
        says = "Every firm above a cutoff sells more than the firm at it:"
        d.step(name, fact("tail_excess", x, m.k), says, by=lemma("tail_excess", x, m.k))
    return name


def sign_of(d: Derivation, parameter: sp.Symbol, x: sp.Symbol) -> Tactic:
    """Return the tactic that signs the derivative of a cutoff, after adding to d the bounds that it needs.

    Parameters
    ----------
    d : Derivation
        With the step ``d<cutoff>``; for phi_ex and tau_I with `moments_compared`.
    parameter, x : sympy.Symbol
        What moves, and which cutoff is to be signed.
    """
    step = slope_step(x)
    if (parameter, x) == (m.tau_I, m.phi_ex):
        others = weight(m.phi_min) + (m.Lambda - 1) * scaled_at_min(m.phi_off) + weight(m.phi_ex)
        coefficient = m.phi_ex / m.tau_I * m.alpha * m.f_p * m.phi_min**-m.k / others
        return _charted_combine({h.T_falls: coefficient}, step, h.f_I)
    needs = {(m.f_I, m.phi_off): m.phi_off, (m.f_ex, m.phi_ex): m.phi_ex, (m.n, m.phi_min): m.phi_ex}
    at = needs.get((parameter, x), m.phi_ex if parameter == m.n else None)
    if at is None:
        return above_one(sign(step))
    name = _excess(d, at)
    own = m.f_I if at == m.phi_off else m.n * m.f_ex
    return _charted_combine({name: x / parameter * own * at**-m.k / (m.k * WEIGHTS)}, step)


def scaled_at_min(x: sp.Expr) -> sp.Expr:
    """Return sales above x, in units of fixed production cost times the sales of the least productive survivor."""
    return m.f_p * m.phi_min**-m.k * TailMoment(x, m.k)


def _charted_combine(terms: dict[Step, sp.Expr], *using: Step) -> Tactic:
    from symhet.papers.kz.facts import SPARE_L, SPARE_S

    charted = {name: term.xreplace({m.k + 1: 1 + SPARE_S, m.Lambda: 1 + SPARE_L}) for name, term in terms.items()}
    return above_one(combine(charted, *using))


def sign_moves(d: Derivation, parameter: sp.Symbol, *cutoffs: sp.Symbol) -> None:
    """Add the steps ``sign <cutoff>``: the signs of the derivatives of the cutoffs."""
    for x in cutoffs or _ALL:
        rises = SIGNS[parameter][_ALL.index(x)] > 0
        derived = total(x, parameter)
        by = sign_of(d, parameter, x)
        says = f"So the cutoff of {_STEPS[x]} {'rises' if rises else 'falls'} as {_NAMES[parameter]} rises:"
        d.step(sign_step(x), gt(derived, 0) if rises else lt(derived, 0), says, by=by)


def follows(d: Derivation, symbol: sp.Symbol, equation: Step, parameter: sp.Symbol, says: str) -> sp.Expr:
    """Add the step ``d<symbol>``: the derivative of a function of the cutoffs, by the chain rule.

    Parameters
    ----------
    d : Derivation
        With the derivatives of the cutoffs and, for tau_I, of Lambda, as steps.
    symbol : sympy.Symbol
        The function.
    equation : str
        Name of the equation, holding identically, that gives it in terms of parameters, Lambda and cutoffs.
    parameter : sympy.Symbol
        What moves.
    says : str
        The sentence of the step.

    Returns
    -------
    sympy.Expr
        The derivative in terms of those of the cutoffs.
    """
    term = d.context.hypotheses[equation].rhs  # type: ignore[union-attr]
    moving = [y for y in (m.Lambda, *_ALL) if slope_step(y) in d.context.hypotheses]
    rate = derivative(term, parameter) + sp.Add(*(derivative(term, y) * total(y, parameter) for y in moving))
    values = {**slopes(parameter), **{y: total(y, parameter) for y in moving}, symbol: rate}
    using = tuple(map(slope_step, moving))
    system: tuple[Step, ...] = (*SYSTEM, equation)
    plain: dict[Step, Terms] = {equation: {}}
    by = implicit(values, parameter, system, regular=above_one(sign()), using=using, cofactors=plain)
    d.step(slope_step(symbol), eq(total(symbol, parameter), rate), says, by=by)
    return rate
