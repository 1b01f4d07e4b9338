"""What every rule works with: the context of a goal, and terms brought to normal form with their conditions proved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Protocol

import sympy as sp

from symhet.algebra.normal import Fraction, Normalizer, SideCondition
from symhet.algebra.tails import Density, DensitySlope
from symhet.algebra.total import is_total
from symhet.certificate import Certificate
from symhet.errors import CertificateError, SymhetError
from symhet.propositions import Prop, Rel, free_symbols, gt, lt, ne, replace, stated, substitute
from symhet.rules.definedness import (
    bound_variables,
    dropped,
    follows,
    granted,
    lost,
    of_terms,
    positive_if_defined,
    shows_at_once,
)
from symhet.rules.language import is_plain, require_terms
from symhet.steps import Step

Args = Mapping[str, Any]


class Check(Protocol):
    """The kernel's replay, handed to every rule for its sub-certificates."""

    def __call__(self, context: Context, goal: Prop, certificate: Certificate) -> None:
        """Return nothing, or raise CertificateError."""


@dataclass(frozen=True)
class Context:
    """Named hypotheses under which a goal is claimed.

    Parameters
    ----------
    hypotheses : Mapping[Step, Prop]
        Statements that hold at every point of the claim.
    system : frozenset[Step]
        Names of those hypotheses that are equations holding identically in a neighbourhood of every point, so that
        they may be differentiated (definitions and equilibrium conditions).
    endogenous : frozenset[sympy.Symbol]
        Symbols whose value depends on the parameters; every other symbol of the system is exogenous.
    """

    hypotheses: Mapping[Step, Prop] = field(default_factory=dict)
    system: frozenset[Step] = frozenset()
    endogenous: frozenset[sp.Symbol] = frozenset()

    def __post_init__(self) -> None:
        """Keep the hypotheses and sets from changing under a theorem that rests on them."""
        kept = {name: stated(prop) for name, prop in self.hypotheses.items()}
        object.__setattr__(self, "hypotheses", MappingProxyType(kept))
        object.__setattr__(self, "system", frozenset(self.system))
        object.__setattr__(self, "endogenous", frozenset(self.endogenous))

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a copy be made of what the context was made of."""
        return Context, (dict(self.hypotheses), self.system, self.endogenous)

    def lacking(self, name: Step) -> Context:
        """Return the context without one of its hypotheses."""
        kept = {known: prop for known, prop in self.hypotheses.items() if known != name}
        return Context(kept, self.system - {name}, self.endogenous)

    def having(self, name: Step, prop: Prop, identically: bool = False) -> Context:
        """Return the context with one more hypothesis; a name is given once."""
        if name in self.hypotheses:
            raise failure("context", f"the name {name!r} is taken", name)
        system = self.system | {name} if identically else self.system
        return Context({**self.hypotheses, name: prop}, system, self.endogenous)

    def nearby(self) -> Context:
        """Return the part of the context that also holds at every point near by.

        These are the equations of the system, and the strict inequalities between terms that are continuous: a density
        may jump, a derivative may too, so what mentions either is left out.
        """
        kept = {n: p for n, p in self.hypotheses.items() if n in self.system or (self.system and _is_open(p))}
        return Context(kept, self.system, self.endogenous)

    def rewritten(self, mapping: Mapping[sp.Expr, sp.Expr]) -> Context:
        """Return the context with terms replaced in every hypothesis; nothing in it may be differentiated any more."""
        return Context({name: substitute(prop, mapping) for name, prop in self.hypotheses.items()})

    def relations(self) -> Context:
        """Return the part of the context that says the same after a replacement, whatever has a value before it."""
        return Context({name: prop for name, prop in self.hypotheses.items() if isinstance(prop, Rel)})

    def symbols(self) -> frozenset[sp.Symbol]:
        """Return every symbol that a hypothesis mentions freely."""
        return self._symbols

    @cached_property
    def _symbols(self) -> frozenset[sp.Symbol]:
        return frozenset().union(*(free_symbols(prop) for prop in self.hypotheses.values()))


def _is_open(prop: Prop) -> bool:
    return isinstance(prop, Rel) and prop.op in ("<", "!=") and _continuous(prop.gap)


@lru_cache(maxsize=4096)
def _continuous(gap: sp.Expr) -> bool:
    return not gap.has(Density, DensitySlope) and not any(map(is_total, gap.free_symbols))


def failure(rule: str, why: str, where: str) -> CertificateError:
    """Return the error of a certificate that does not replay."""
    return CertificateError(rule, why, where=where[:300])


def equation_of(context: Context, name: Step) -> Rel:
    """Return the hypothesis ``name``, which must be an equation."""
    prop = context.hypotheses[name]
    if not isinstance(prop, Rel) or prop.op != "=":
        raise failure("equation", f"{name!r} is not an equation", str(prop))
    return prop


def require_determined(context: Context) -> None:
    """Fail when more equations are said to hold identically than there are symbols for them to determine.

    Each needs a symbol of its own that it can be solved for; where some have none they tie down the parameters, which
    then cannot vary, and everything would follow from derivatives with respect to them.
    """
    solved: dict[sp.Symbol, Step] = {}

    def finds_own(name: Step, tried: set[sp.Symbol]) -> bool:
        for symbol in sorted(equation_of(context, name).gap.free_symbols & context.endogenous - tried, key=str):
            tried.add(symbol)
            if symbol not in solved or finds_own(solved[symbol], tried):
                solved[symbol] = name
                return True
        return False

    for name in sorted(context.system):
        gap = equation_of(context, name).gap
        if not finds_own(name, set()) and not normal_forms((gap,))[0][0].is_zero:
            raise failure("context", f"{name!r} ties down what the context calls exogenous", str(gap))


def equation_mapping(context: Context, name: Step) -> dict[sp.Expr, sp.Expr]:
    """Return the replacement of left by right side that the equation ``name`` allows.

    A number is not replaced: powers exist for more bases when their exponents are whole numbers and seen to be.
    """
    equation = equation_of(context, name)
    if isinstance(equation.lhs, sp.Rational):
        raise failure("equation", f"{name!r} would replace a number", str(equation))
    return {equation.lhs: equation.rhs}


def fractions(
    check: Check, context: Context, exprs: Sequence[sp.Expr], args: Args, facts: Iterable[Prop] = ()
) -> list[Fraction]:
    """Return normal forms on joint generators, after every side condition was proved from ``args["side"]``.

    Conditions without which the ``facts``, statements known to hold, would have no meaning need no proof.
    """
    require_terms(exprs)
    reduced, needed = normal_forms(tuple(exprs))
    require_conditions(check, context, open_conditions(needed, facts), args)
    return [*reduced]


def open_conditions(needed: Iterable[SideCondition], facts: Iterable[Prop]) -> tuple[SideCondition, ...]:
    """Return the conditions that the facts, which hold and therefore have a meaning, do not settle."""
    known = granted(facts)
    return tuple(condition for condition in needed if not follows(condition, known))


def require_conditions(check: Check, context: Context, needed: Iterable[SideCondition], args: Args) -> None:
    """Fail unless each condition shows from positive coefficients or is proved in ``args["side"]``."""
    given = tuple(args.get("side", ()))
    for condition in needed:
        options = [gt(condition.expr, 0)]
        if condition.kind == "nonzero":
            options += [ne(condition.expr, 0), lt(condition.expr, 0)]
        proof = next((item for item in given if item[0] in options), None)
        if proof is not None:
            check(context, proof[0], proof[1])
        elif not shows(condition):
            raise failure("side condition", f"{condition} is not proved", str(condition.expr))


def shows(condition: SideCondition) -> bool:
    """Tell whether a condition on a term that exists follows from its build or the coefficients of its normal form."""
    if shows_at_once(condition):
        return True
    try:
        (form,), needed = normal_forms((condition.expr,))
        (opposite,), _ = normal_forms((-condition.expr,))
    except SymhetError:
        return False
    if any(not follows(other, of_terms((condition.expr,))) for other in needed):
        return False
    return form.positive_form() or (condition.kind == "nonzero" and opposite.positive_form())


def is_positive(term: sp.Expr, form: Fraction) -> bool:
    """Tell whether a term with a value is positive, from its build or from the coefficients of its normal form."""
    return positive_if_defined(term) or form.positive_form()


def is_nonnegative(term: sp.Expr, form: Fraction) -> bool:
    """Tell whether a term with a value is not negative, from its build or from the coefficients of its normal form."""
    return positive_if_defined(term) or form.nonneg_form()


def require_defined(check: Check, context: Context, terms: Iterable[sp.Expr], args: Args) -> None:
    """Fail unless the terms have a value wherever the context holds."""
    given = tuple(terms)
    require_terms(given)
    require_conditions(check, context, of_terms(given), args)


def require_kept(
    check: Check,
    context: Context,
    before: Prop,
    after: Prop,
    moved: Callable[[sp.Expr], sp.Expr],
    args: Args,
    facts: Iterable[Prop] = (),
    assumed: bool = False,
) -> None:
    """Fail when a replacement cancelled a divisor, a base or an argument that may not have existed.

    ``before`` is to follow from ``after``, or ``after`` from it when ``before`` is `assumed`.
    """
    require_free(context, before, after, moved, assumed)
    require_conditions(check, context, lost(before, after, moved, facts, assumed), args)


def require_free(
    context: Context, before: Prop, after: Prop, moved: Callable[[sp.Expr], sp.Expr], assumed: bool = False
) -> None:
    """Fail when a condition that may have gone is about every value of a variable of which the context knows more."""
    for bound in bound_variables(before):
        concerned = any(bound in old.expr.free_symbols for old, _ in dropped(before, after, assumed))
        if concerned and (bound in context.symbols() or moved(bound) != bound):
            raise failure("side condition", f"{bound} is bound here and may not stand for something else", str(before))


@lru_cache(maxsize=4096)
def normal_forms(exprs: tuple[sp.Expr, ...]) -> tuple[tuple[Fraction, ...], tuple[SideCondition, ...]]:
    """Return normal forms on joint generators with their side conditions; the same question comes up again and again.

    It depends on nothing but the terms: a proof is found, checked, and replayed as a part of later ones.
    """
    normalizer = Normalizer(exprs)
    return tuple(normalizer.fraction(expr) for expr in exprs), normalizer.side_conditions


def require_zero(
    check: Check,
    context: Context,
    expr: sp.Expr,
    args: Args,
    rule: str,
    existing: Iterable[sp.Expr] = (),
    facts: Iterable[Prop] = (),
) -> None:
    """Fail unless the normal form of ``expr`` is zero and the ``existing`` terms have a value."""
    if not fractions(check, context, [expr, *existing], args, facts)[0].is_zero:
        raise failure(rule, "the two sides differ", str(expr))


def relation_of(goal: Prop, rule: str, *operators: str) -> Rel:
    """Return the goal as a relation with one of the given operators."""
    if not isinstance(goal, Rel) or goal.op not in operators:
        raise failure(rule, f"the goal is not a relation of kind {operators}", str(goal))
    return goal


def require_fresh(symbol: sp.Symbol, taken: Iterable[sp.Symbol], goal: Prop, rule: str) -> None:
    """Fail unless this is a plain positive symbol whose name no symbol in use has."""
    if not is_plain(symbol) or not symbol.is_positive or is_total(symbol):
        raise failure(rule, f"{symbol} is not a positive symbol", str(goal))
    if symbol.name in {used.name for used in taken}:
        raise failure(rule, f"{symbol} is not fresh", str(goal))


def rewrite_term(term: sp.Expr, context: Context, names: Iterable[Step]) -> sp.Expr:
    """Rewrite a term with the named equations, as `rewrite_all` does a statement."""
    for name in names:
        term = replace(term, equation_mapping(context, name))
    return term


def rewrite_all(goal: Prop, context: Context, names: Iterable[Step]) -> Prop:
    """Rewrite ``goal`` with the named equations of the context, left side to right side, one after another."""
    for name in names:
        goal = substitute(goal, equation_mapping(context, name))
    return goal
