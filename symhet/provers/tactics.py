"""Tactics: each looks at a goal in its context and hands over a certificate, or gives up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import sympy as sp

from symhet import lemmas
from symhet.algebra.calculus import derivative
from symhet.algebra.normal import Normalizer
from symhet.algebra.total import total
from symhet.certificate import Certificate
from symhet.errors import GaveUp, SymhetError
from symhet.kernel import check
from symhet.propositions import (
    And,
    ForAll,
    Iff,
    Implies,
    Maximiser,
    Or,
    Prop,
    Rel,
    UniqueRoot,
    eq,
    gt,
    le,
    lt,
    ne,
    negate,
    substitute,
)
from symhet.provers.positivity import positive_certificate, side_proofs
from symhet.rules.base import Context, rewrite_all

Tactic = Callable[[Context, Prop], Certificate]
Terms = Mapping[str, sp.Expr | int]


def give_up(why: str, goal: Prop) -> GaveUp:
    """Return the error of a prover that found no certificate."""
    return GaveUp(
        "no certificate was found",
        where=str(goal)[:300],
        why=why,
        fix="give the prover a lemma or another tactic",
    )


def _rewritten(using: Sequence[str], inner: Tactic) -> Tactic:
    if not using:
        return inner

    def tactic(context: Context, goal: Prop) -> Certificate:
        target = rewrite_all(goal, context, using)
        return Certificate("rewrite", {"using": tuple(using), "then": inner(context, target)})

    return tactic


def identity(*using: str) -> Tactic:
    """Both sides agree in normal form, after rewriting with the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        normalizer = Normalizer([goal.gap])
        if not normalizer.fraction(goal.gap).is_zero:
            raise give_up("the two sides differ", goal)
        return Certificate("identity", {"side": side_proofs(context, normalizer.side_conditions)})

    return _rewritten(using, tactic)


def sign(*using: str, multiplier: sp.Expr | int = 1) -> Tactic:
    """The gap has positive coefficients over positive generators, after rewriting with the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op == "=":
            raise give_up("not an inequality", goal)
        factor = sp.S(multiplier)
        normalizer = Normalizer([factor, factor * goal.gap])
        product = normalizer.fraction(factor * goal.gap)
        flip = goal.op == "!=" and not product.positive_form()
        if flip:
            product = normalizer.fraction(-factor * goal.gap)
        if not (product.nonneg_form() if goal.op == "<=" else product.positive_form()):
            raise give_up("a coefficient is not positive", goal)
        side = side_proofs(context, normalizer.side_conditions)
        return Certificate("sign", {"multiplier": factor, "side": side, **({"flip": True} if flip else {})})

    return _rewritten(using, tactic)


def by(name: str) -> Tactic:
    """The goal is the named hypothesis."""
    return lambda context, goal: Certificate("hypothesis", {"name": name})


def use(name: str, part: int = 0) -> Tactic:
    """The goal is a part of the named conjunction, or follows from a named implication."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        known = context.hypotheses[name]
        if isinstance(known, And):
            return Certificate(
                "use", {"name": name, "part": known.parts.index(goal) if goal in known.parts else part}
            )
        if isinstance(known, Implies):
            return Certificate("use", {"name": name, "premise": auto()(context, known.premise)})
        if isinstance(known, Iff):
            forward = known.right == goal
            premise = known.left if forward else known.right
            return Certificate("use", {"name": name, "forward": forward, "premise": auto()(context, premise)})
        raise give_up(f"{name!r} has no parts", goal)

    return tactic


def powers(factors: Terms, *using: str) -> Tactic:
    """lhs/rhs is the product of powers of (lhs_i/rhs_i) of named equations between positive terms."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        ratio: sp.Expr = sp.S.One
        for name, exponent in factors.items():
            equation = context.hypotheses[name]
            assert isinstance(equation, Rel)
            ratio *= (equation.lhs / equation.rhs) ** exponent
        expr = goal.lhs - goal.rhs * ratio
        normalizer = Normalizer([expr])
        if not normalizer.fraction(expr).is_zero:
            raise give_up("the product of powers is not the goal", goal)
        pairs = tuple((name, sp.S(exponent)) for name, exponent in factors.items())
        return Certificate(
            "powers", {"factors": pairs, "side": side_proofs(context, normalizer.side_conditions)}
        )

    return _rewritten(using, tactic)


def linear(terms: Terms, *using: str) -> Tactic:
    """lhs - rhs is a combination of the named equations."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op != "=":
            raise give_up("not an equation", goal)
        expr = -goal.gap
        for name, coefficient in terms.items():
            expr += coefficient * _gap(context, name)
        normalizer = Normalizer([expr])
        if not normalizer.fraction(expr).is_zero:
            raise give_up("the combination is not the goal", goal)
        pairs = tuple((name, sp.S(coefficient)) for name, coefficient in terms.items())
        return Certificate(
            "linear", {"terms": pairs, "side": side_proofs(context, normalizer.side_conditions)}
        )

    return _rewritten(using, tactic)


def combine(
    terms: Terms, *using: str, multiplier: sp.Expr | int = 1, equations: Terms | None = None
) -> Tactic:
    """multiplier * gap = sum of coefficient * known gap + a rest with positive coefficients."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Rel) or goal.op not in ("<", "<="):
            raise give_up("not an inequality", goal)
        known = {name: sp.S(coefficient) for name, coefficient in terms.items()}
        equal = {name: sp.S(coefficient) for name, coefficient in (equations or {}).items()}
        factor = sp.S(multiplier)
        rest = factor * goal.gap
        for name, coefficient in (*known.items(), *equal.items()):
            rest -= coefficient * _gap(context, name)
        normalizer = Normalizer([rest, factor, *known.values(), *equal.values()])
        reduced = normalizer.fraction(rest)
        if not reduced.nonneg_form():
            raise give_up("the rest is not manifestly non-negative", goal)
        numer, denom = reduced.to_expr()
        rest_term = numer / denom
        combination = factor * goal.gap - rest_term
        combination -= sum((c * _gap(context, n) for n, c in (*known.items(), *equal.items())), sp.S.Zero)
        conditions = Normalizer([combination, factor, rest_term, *known.values()]).side_conditions
        args = {
            "terms": tuple(known.items()),
            "equations": tuple(equal.items()),
            "multiplier": factor,
            "rest": rest_term,
            "side": side_proofs(context, conditions),
        }
        return Certificate("combine", args)

    return _rewritten(using, tactic)


def _gap(context: Context, name: str) -> sp.Expr:
    prop = context.hypotheses[name]
    if not isinstance(prop, Rel):
        raise give_up(f"{name!r} is not a relation", prop)
    return prop.gap


def product(factors: Mapping[str, int], *using: str, coefficient: sp.Expr | int = 1) -> Tactic:
    """The gap is the coefficient times whole powers of the gaps of named strict inequalities."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, Rel)
        term = sp.S(coefficient)
        for name, exponent in factors.items():
            term *= _gap(context, name) ** exponent
        conditions = Normalizer([goal.gap - term, sp.S(coefficient)]).side_conditions
        args = {"factors": tuple(factors.items()), "coefficient": sp.S(coefficient)}
        return Certificate("product", {**args, "side": side_proofs(context, conditions)})

    return _rewritten(using, tactic)


def lemma(
    name: str, *arguments: sp.Expr | int, premises: Sequence[Tactic] = (), using: Sequence[str] = ()
) -> Tactic:
    """The goal is an instance of a named lemma; its premises are proved by the given tactics (default: auto)."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        terms = tuple(map(sp.S, arguments))
        needed, conclusion = lemmas.instance(name, terms)
        tactics = tuple(premises) or tuple(auto(*using) for _ in needed)
        proofs = tuple(prover(context, premise) for prover, premise in zip(tactics, needed, strict=True))
        args = {"name": name, "arguments": terms, "premises": proofs}
        if conclusion != goal and isinstance(goal, Rel) and isinstance(conclusion, Rel):
            conditions = Normalizer([goal.gap - conclusion.gap]).side_conditions
            args["side"] = side_proofs(context, conditions)
        return Certificate("lemma", args)

    return tactic


def fact(name: str, *arguments: sp.Expr | int) -> Prop:
    """Return what a named lemma concludes at the arguments, to be stated as a step."""
    return lemmas.instance(name, tuple(map(sp.S, arguments)))[1]


def split(*parts: Tactic) -> Tactic:
    """Prove a conjunction part by part (default: auto for each)."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, And):
            raise give_up("not a conjunction", goal)
        tactics = parts or tuple(auto() for _ in goal.parts)
        proofs = tuple(prover(context, part) for prover, part in zip(tactics, goal.parts, strict=True))
        return Certificate("split", {"parts": proofs})

    return tactic


def intro(name: str, then: Tactic) -> Tactic:
    """Assume the premise of an implication under a name and go on."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Implies):
            raise give_up("not an implication", goal)
        return Certificate(
            "intro", {"name": name, "then": then(context.having(name, goal.premise), goal.conclusion)}
        )

    return tactic


def both(forward: Tactic, backward: Tactic, name: str = "premise") -> Tactic:
    """Prove an equivalence: each side is assumed under ``name`` to prove the other."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if not isinstance(goal, Iff):
            raise give_up("not an equivalence", goal)
        there = intro(name, forward)(context, Implies(goal.left, goal.right))
        back = intro(name, backward)(context, Implies(goal.right, goal.left))
        return Certificate("both", {"forward": there, "backward": back})

    return tactic


def cases(known: str, *proofs: Tactic, name: str = "case") -> Tactic:
    """Use a named disjunction: prove the goal in each of its cases."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        parts = context.hypotheses[known]
        assert isinstance(parts, Or)
        found = tuple(
            prover(context.having(name, part), goal) for prover, part in zip(proofs, parts.parts, strict=True)
        )
        return Certificate("cases", {"name": known, "as": name, "proofs": found})

    return tactic


def choose(part: int, then: Tactic) -> Tactic:
    """Prove a disjunction by one of its parts."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, Or)
        return Certificate("choose", {"part": part, "proof": then(context, goal.parts[part])})

    return tactic


def absurd(proof: Tactic, name: str | None = None) -> Tactic:
    """Derive 0 < 0, from the negation of the goal under ``name`` when a name is given."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        inner = context.having(name, negate(goal)) if name else context
        args = {"proof": proof(inner, lt(0, 0)), **({"name": name} if name else {})}
        return Certificate("absurd", args)

    return tactic


def cut(steps: Iterable[tuple[str, Prop, Tactic]], then: Tactic) -> Tactic:
    """Prove statements first, each with the ones before it, then the goal with all of them."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        proved = []
        for name, prop, prover in steps:
            proved.append((name, prop, prover(context, prop)))
            context = context.having(name, prop)
        return Certificate("cut", {"steps": tuple(proved), "then": then(context, goal)})

    return tactic


def name_term(
    symbol: sp.Symbol, term: sp.Expr, label: str, then: Tactic, positive: Tactic | None = None
) -> Tactic:
    """Give the positive term a name: the equation ``symbol = term`` is at hand under ``label``."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        proof = (positive or auto())(context, gt(term, 0))
        rest = then(context.having(label, eq(symbol, term)), goal)
        return Certificate(
            "name", {"symbol": symbol, "term": term, "as": label, "positive": proof, "then": rest}
        )

    return tactic


def chart(
    coordinates: Mapping[sp.Symbol, sp.Expr], replacements: Mapping[sp.Symbol, sp.Expr], then: Tactic
) -> Tactic:
    """Change to positive coordinates: each new symbol is a positive term of the old ones, which it replaces."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        proofs = tuple(auto()(context, gt(term, 0)) for term in coordinates.values())
        checks = [old - new.xreplace(dict(coordinates)) for old, new in replacements.items()]
        conditions = [c for expr in checks for c in Normalizer([expr]).side_conditions]
        inner = then(context.rewritten(replacements), substitute(goal, replacements))
        args = {
            "coordinates": dict(coordinates),
            "map": dict(replacements),
            "positive": proofs,
            "then": inner,
        }
        return Certificate("chart", {**args, "side": side_proofs(context, conditions)})

    return tactic


def generalise(then: Tactic, symbol: sp.Symbol | None = None) -> Tactic:
    """Prove a statement about all positive values for a fresh symbol."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, ForAll)
        fresh = symbol or goal.variable
        inner = then(context, substitute(goal.body, {goal.variable: fresh}))
        return Certificate("generalise", {"symbol": fresh, "then": inner})

    return tactic


def specialise(name: str, term: sp.Expr) -> Tactic:
    """Use a statement about all positive values at one positive term."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        return Certificate(
            "specialise", {"name": name, "term": term, "positive": auto()(context, gt(term, 0))}
        )

    return tactic


def implicit(
    values: Mapping[sp.Symbol, sp.Expr],
    parameter: sp.Symbol,
    equations: Sequence[str],
    regular: Tactic | None = None,
    using: Sequence[str] = (),
    cofactors: Mapping[str, Terms] | None = None,
) -> Tactic:
    """Implicit function theorem for the named system, with the derivatives of its unknowns given by ``values``."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, Rel)
        unknowns = tuple(values)
        gaps = [_gap(context, name) for name in equations]
        jacobian = sp.Matrix([[derivative(gap, y) for y in unknowns] for gap in gaps])
        determinant = jacobian.det(method="berkowitz")
        proof = (regular or nonzero(determinant))(context, ne(determinant, 0))
        helpers = {name: _log_cofactor(context, name, values) for name in equations}
        helpers |= {
            name: tuple((o, sp.S(c)) for o, c in terms.items()) for name, terms in (cofactors or {}).items()
        }
        checks = [
            derivative(gap, parameter)
            + sum((derivative(gap, y) * values[y] for y in unknowns), sp.S.Zero)
            + sum((c * _gap(context, other) for other, c in helpers.get(name, ())), sp.S.Zero)
            for name, gap in zip(equations, gaps, strict=True)
        ]
        checks.append(
            goal.rhs - next(value for y, value in values.items() if goal.lhs == total(y, parameter))
        )
        rewritten = [rewrite_all(eq(expr, 0), context, using) for expr in checks]
        conditions = [c for prop in rewritten for c in Normalizer([prop.gap]).side_conditions]
        args = {"unknowns": unknowns, "parameter": parameter, "values": tuple(values.values())}
        args["cofactors"] = tuple(helpers.items())
        args |= {
            "equations": tuple(equations),
            "using": tuple(using),
            "regular": proof,
            "side": side_proofs(context, conditions),
        }
        return Certificate("implicit", args)

    return tactic


def _log_cofactor(
    context: Context, name: str, values: Mapping[sp.Symbol, sp.Expr]
) -> tuple[tuple[str, sp.Expr], ...]:
    """Turn the derivative of ``y = term`` into that of its logarithm: subtract y'/y times the equation."""
    equation = context.hypotheses[name]
    if not isinstance(equation, Rel) or equation.lhs not in values or values[equation.lhs] == 0:
        return ()
    return ((name, -values[equation.lhs] / equation.lhs),)


def nonzero(term: sp.Expr) -> Tactic:
    """The term differs from zero because it is manifestly, or by a hypothesis, positive or negative."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        try:
            return sign()(context, goal)
        except SymhetError:
            pass
        for below, side in ((False, gt(term, 0)), (True, lt(term, 0))):
            try:
                return Certificate("apart", {"below": below, "proof": auto()(context, side)})
            except SymhetError:
                continue
        raise give_up("neither sign was found", goal)

    return tactic


def monotone(
    function: sp.Expr,
    variable: sp.Symbol,
    start: sp.Expr | int,
    end: sp.Expr | int,
    *,
    rising: bool = True,
    slope: Tactic | None = None,
    base: Tactic | None = None,
    order: Tactic | None = None,
    name: str = "between",
) -> Tactic:
    """Mean value theorem: the function is not negative at ``start`` and rises from there to ``end``."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        first, last = sp.S(start), sp.S(end)
        low, high = (first, last) if rising else (last, first)
        inner = context.having(f"{name}_low", lt(low, variable)).having(f"{name}_high", lt(variable, high))
        change = derivative(function, variable)
        checks = Normalizer([goal.gap - function.xreplace({variable: last})]).side_conditions
        args = {
            "function": function,
            "variable": variable,
            "start": first,
            "end": last,
            "rising": rising,
            "name": name,
            "order": (order or auto())(context, lt(low, high)),
            "nonnegative": auto()(context, le(0, low)),
            "slope": (slope or auto())(inner, gt(change, 0) if rising else lt(change, 0)),
            "base": (base or auto())(context, le(0, function.xreplace({variable: first}))),
            "side": side_proofs(context, checks),
        }
        return Certificate("monotone", args)

    return tactic


def concave(
    *, stationary: Tactic | None = None, curvature: Tactic | None = None, above: Tactic | None = None
) -> Tactic:
    """A strictly concave function has its only maximum at the stationary point."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, Maximiser)
        x = goal.variable
        slope = derivative(goal.function, x)
        inner = context.having("within_low", lt(goal.lower, x))
        args = {
            "nonnegative": auto()(context, le(0, goal.lower)),
            "above": (above or auto())(context, lt(goal.lower, goal.point)),
            "stationary": (stationary or auto())(context, eq(slope.xreplace({x: goal.point}), 0)),
        }
        if goal.upper != sp.oo:
            args["below"] = auto()(context, lt(goal.point, goal.upper))
            inner = inner.having("within_high", lt(x, goal.upper))
        args["curvature"] = (curvature or auto())(inner, lt(derivative(slope, x), 0))
        return Certificate("concave", args)

    return tactic


def falling_tails(tails: Sequence[tuple[sp.Expr, sp.Expr, sp.Expr]], level: sp.Expr) -> Tactic:
    """A positive combination of j(c x) falls from infinity to zero and meets the level once."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, UniqueRoot)
        slope = auto()(context, lt(derivative(goal.function, goal.variable), 0))
        listed = tuple((*entry, tuple(auto()(context, gt(term, 0)) for term in entry)) for entry in tails)
        conditions = Normalizer([goal.function]).side_conditions
        args = {"slope": slope, "tails": listed, "level": level, "side": side_proofs(context, conditions)}
        return Certificate("unique_root", {**args, "level_positive": auto()(context, gt(level, 0))})

    return tactic


def bracketed_root(
    left: sp.Expr,
    right: sp.Expr,
    slope: Tactic | None = None,
    above: Tactic | None = None,
    below: Tactic | None = None,
) -> Tactic:
    """A falling function that is positive at ``left`` and negative at ``right`` has exactly one root."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        assert isinstance(goal, UniqueRoot)
        x, f = goal.variable, goal.function
        args = {
            "slope": (slope or auto())(context, lt(derivative(f, x), 0)),
            "left": left,
            "right": right,
            "above": (above or auto())(context, gt(f.xreplace({x: left}), 0)),
            "below": (below or auto())(context, lt(f.xreplace({x: right}), 0)),
            "left_positive": auto()(context, gt(left, 0)),
            "right_positive": auto()(context, gt(right, 0)),
        }
        return Certificate("unique_root", args)

    return tactic


def auto(*using: str) -> Tactic:
    """Try the cheap tactics in turn: hypotheses, identity, sign, one known inequality times a positive factor."""

    def tactic(context: Context, goal: Prop) -> Certificate:
        if isinstance(goal, And):
            return split(*(auto(*using) for _ in goal.parts))(context, goal)
        if isinstance(goal, Implies):
            return intro("assumed", auto(*using))(context, goal)
        for attempt in _attempts(context, goal, using):
            try:
                certificate = attempt(context, goal)
                check(context, goal, certificate)
            except SymhetError:
                continue
            return certificate
        raise give_up("none of the automatic tactics succeeded", goal)

    return tactic


def _attempts(context: Context, goal: Prop, using: Sequence[str]) -> Iterable[Tactic]:
    for name, prop in context.hypotheses.items():
        if prop == goal:
            yield by(name)
    if not isinstance(goal, Rel):
        return
    if goal.op == "=":
        yield identity(*using)
        return
    yield sign(*using)
    if goal.op == "!=":
        yield lambda c, g: Certificate(
            "apart", {"below": True, "proof": auto(*using)(c, lt(goal.lhs, goal.rhs))}
        )
        yield lambda c, g: Certificate(
            "apart", {"below": False, "proof": auto(*using)(c, lt(goal.rhs, goal.lhs))}
        )
        return
    yield _rewritten(using, lambda c, g: positive_certificate(c, g))
