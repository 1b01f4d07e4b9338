"""Attacks written with SymPy's terms: records with whatever proofs are named, right or wrong, for the core to judge.

What a tactic would first settle itself, and give up on, is left open here: the core has to refuse it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import sympy as sp

from symhet.context import Context
from symhet.core import derived, functions, kernel, records
from symhet.core.calculus import derivative
from symhet.core.records import Proof, Side
from symhet.core.rules.base import open_conditions
from symhet.errors import GaveUp, SymhetError
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.rebuilding import own_terms
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.terms import ZERO, Term
from symhet.propositions import Prop
from symhet.provers import analysis, implicit, relations, structure
from symhet.provers.base import Place, Tactic
from symhet.provers.carrier import carrier_for

FRESH = sp.Symbol("fresh", positive=True)


class Reckless(Place):
    """A place at which conditions that nothing cheap settles are left open, and what is not shown is claimed."""

    def within(self, context: Any) -> Reckless:
        return Reckless(context, self.carrier)

    def side(self, *terms: Term) -> Side:
        settled = []
        for condition in open_conditions(self.context, terms):
            try:
                settled.append(self._settled(condition))
            except GaveUp:
                continue
        return tuple(settled)

    def searched(self, goal: Statement) -> Proof:
        raise GaveUp("no search here", where=str(goal)[:100], why="the core is to refuse", fix="none")

    def shown(self, goal: Statement) -> Proof:
        try:
            return super().shown(goal)
        except GaveUp:
            return derived.sign()


def proved(context: Context, goal: Prop, attack: Tactic) -> kernel.Theorem:
    """Return what the core makes of a goal by an attack."""
    carrier = carrier_for(context)
    here, statement = carrier.context(context), carrier.statement(goal)
    return kernel.prove(here, statement, attack(Reckless(here, carrier), statement))


def refused(context: Context, goal: Prop, attack: Tactic) -> None:
    """Fail unless the core refuses to prove a goal by an attack, or it cannot even be written."""
    with pytest.raises((Refusal, SymhetError, LookupError, TypeError, ValueError, AttributeError)):
        proved(context, goal, attack)


def known(**hypotheses: Prop) -> Context:
    """Return a context."""
    return Context(hypotheses)


def by(name: str) -> Tactic:
    """Claim that the goal is a hypothesis."""
    return lambda place, goal: derived.hypothesis(name, place.side(*own_terms(goal)))


def forged(rule: str, args: Mapping[str, Any] | None = None) -> Tactic:
    """Return the tactic that makes the record of a rule from SymPy's terms and further tactics."""
    return lambda place, goal: _RULES[rule](place, goal, {**(args or {})})


def _given(place: Place, args: Mapping[str, Any], *terms: Term) -> Side:
    named = tuple((place.statement(prop), by_(place, place.statement(prop))) for prop, by_ in args.get("side", ()))
    return (*named, *place.side(*terms))


def _terms(place: Place, pairs: Any) -> derived.Coefficients:
    return tuple((name, place.term(value)) for name, value in pairs)


def _linear(place: Place, goal: Statement, args: Any) -> Proof:
    pairs = _terms(place, args["terms"])
    return derived.linear(pairs, _given(place, args, *goal.args, *(value for _, value in pairs)))


def _combine(place: Place, goal: Statement, args: Any) -> Proof:
    weights, equations = _terms(place, args["terms"]), _terms(place, args.get("equations", ()))
    multiplier, rest = place.term(args.get("multiplier", 1)), place.term(args.get("rest", 0))
    existing = (*goal.args, multiplier, rest, *(value for _, value in (*weights, *equations)))
    return derived.combine(weights, equations, multiplier, rest, _given(place, args, *existing))


def _powers(place: Place, goal: Statement, args: Any) -> Proof:
    pairs = _terms(place, args["factors"])
    return derived.powers(place.context, goal, pairs, _given(place, args, *goal.args, *(value for _, value in pairs)))


def _product(place: Place, goal: Statement, args: Any) -> Proof:
    coefficient = place.term(args.get("coefficient", 1))
    return derived.product(tuple(args["factors"]), coefficient, _given(place, args, *goal.args, coefficient))


def _transported(place: Place, goal: Statement, args: Any) -> Proof:
    factor = place.term(args.get("factor", 1))
    positive = (args["positive"](place, s.positive(factor)),) if "positive" in args else ()
    return derived.transported(args["name"], tuple(args["using"]), factor, positive, place.side(*goal.args, factor))


def _apart(place: Place, goal: Statement, args: Any) -> Proof:
    left, right = goal.args if args["below"] else goal.args[::-1]
    return derived.apart(args["below"], args["proof"](place, s.lt(left, right)))


def _weaken(place: Place, goal: Statement, args: Any) -> Proof:
    equal = bool(args.get("equal"))
    return derived.weaken(equal, args["proof"](place, (s.eq if equal else s.lt)(*goal.args)))


def _cut(place: Place, goal: Statement, args: Any) -> Proof:
    steps = []
    for name, prop, proof, *identically in args["steps"]:
        statement, flag = place.statement(prop), any(identically)
        here = place.within(place.context.nearby()) if flag else place
        steps.append((name, statement, proof(here, statement), flag))
        place = place.within(place.context.having(name, statement, flag))
    return records.Cut(tuple(steps), args["then"](place, goal))


def _chart(place: Place, goal: Statement, args: Any) -> Proof:
    new = {place.term(symbol): place.term(term) for symbol, term in args["coordinates"].items()}
    images = {place.term(old): place.term(image) for old, image in args["map"].items()}
    pairs = zip(new.values(), args["positive"], strict=True)
    proofs = tuple(proof(place, s.positive(term)) for term, proof in pairs)
    inner = place.within(place.context.substituted(images))
    then = args["then"](inner, s.substitute(goal, images))
    side = _given(place, args, *(t.replace(image, new) for image in images.values()))
    return derived.chart(tuple(new.items()), tuple(images.items()), proofs, then, side)


def _both(place: Place, goal: Statement, args: Any) -> Proof:
    left, right = goal.args
    forward = args["forward"](place, s.implies(left, right))
    return derived.both(forward, args["backward"](place, s.implies(right, left)))


def _use(place: Place, goal: Statement, args: Any) -> Proof:
    fact = place.known(args["name"])
    if fact.op not in (Op.IMPLIES, Op.IFF):
        return derived.use(args["name"], args.get("part", 0))
    forward = args.get("forward", True)
    return derived.use(args["name"], 0, forward, (args["premise"](place, fact.args[0 if forward else 1]),))


def _specialise(place: Place, goal: Statement, args: Any) -> Proof:
    at = place.term(args["term"])
    return derived.specialise(args["name"], at, args["positive"](place, s.positive(at)))


def _lemma(place: Place, goal: Statement, args: Any) -> Proof:
    return analysis.lemma(args["name"], *args["arguments"], premises=args["premises"])(place, goal)


def _implicit(place: Place, goal: Statement, args: Any) -> Proof:
    values = dict(zip(args["unknowns"], args["values"], strict=True))
    cofactors = {name: dict(terms) for name, terms in args.get("cofactors", ())}
    names = args["equations"]
    return implicit.implicit(values, args["parameter"], names, args["regular"], cofactors=cofactors)(place, goal)


def _monotone(place: Place, goal: Statement, args: Any) -> Proof:
    x, label = place.term(args["variable"]), args["name"]
    body = t.replace(place.term(args["function"]), {x: t.bound(0)})
    start, end = place.term(args["start"]), place.term(args["end"])
    low, high = (start, end) if args["rising"] else (end, start)
    inner = place.having(f"{label}_low", s.lt(low, x)).having(f"{label}_high", s.lt(x, high))
    change = derivative(s.at(body, x), x)
    sloped = s.lt(ZERO, change) if args["rising"] else s.lt(change, ZERO)
    proof = functions.monotone(
        body,
        x,
        label,
        start,
        end,
        args["rising"],
        args["order"](place, s.lt(low, high)),
        args["nonnegative"](place, s.le(ZERO, low)),
        args["slope"](inner.within(functions.smooth(inner.context, label, change, x)), sloped),
        args["base"](place, s.le(ZERO, s.at(body, start))),
        derived.identity(_given(inner, {"side": args.get("domain", ())}, s.at(body, x))),
    )
    return derived.sided(place.side(s.at(body, start), s.at(body, end), *goal.args), proof)


def _concave(place: Place, goal: Statement, args: Any) -> Proof:
    (function, point, lower, *upper), x = goal.args, place.term(args.get("variable", FRESH))
    slope = derivative(s.at(function, x), x)
    inner = place.having("within_low", s.lt(lower, x))
    return functions.concave(
        goal,
        x,
        "within",
        args["nonnegative"](place, s.le(ZERO, lower)),
        args["above"](place, s.lt(lower, point)),
        tuple(args["below"](place, s.lt(point, end)) for end in upper),
        args["stationary"](place, s.eq(t.replace(slope, {x: point}), ZERO)),
        args["curvature"](inner, s.lt(derivative(slope, x), ZERO)),
        derived.identity(inner.side(t.add(s.at(function, x), slope))),
    )


def _unique_root(place: Place, goal: Statement, args: Any) -> Proof:
    (function,), x = goal.args, place.term(FRESH)
    here = s.at(function, x)
    change = derivative(here, x)
    falls = args["slope"](place.within(functions.smooth(place.context, "root", change, x)), s.lt(change, ZERO))
    if "tails" in args:
        level = place.term(args["level"])
        rows = []
        for *terms, proofs in args["tails"]:
            row = tuple(map(place.term, terms))
            positive = tuple(proof(place, s.positive(term)) for term, proof in zip(row, proofs, strict=True))
            rows.append((*row, (*positive, place.shown(s.exists(t.tail(t.ONE, row[2]))))))
        above = args["level_positive"](place, s.positive(level))
        return functions.unique_root_of_tails(
            function, x, derived.identity(place.side(here)), level, above, tuple(rows)
        )
    left, right = place.term(args["left"]), place.term(args["right"])
    return functions.unique_root(
        function,
        x,
        "root",
        derived.identity(place.side(here)),
        falls,
        left,
        args["left_positive"](place, s.positive(left)),
        args["above"](place, s.positive(s.at(function, left))),
        right,
        args["right_positive"](place, s.positive(right)),
        args["below"](place, s.lt(s.at(function, right), ZERO)),
    )


_RULES: Mapping[str, Callable[[Place, Statement, Any], Proof]] = {
    "identity": lambda place, goal, args: derived.identity(_given(place, args, *own_terms(goal))),
    "sign": lambda place, goal, args: derived.sign(
        place.term(args.get("multiplier", 1)), _given(place, args, *own_terms(goal))
    ),
    "hypothesis": lambda place, goal, args: by(args["name"])(place, goal),
    "linear": _linear,
    "combine": _combine,
    "powers": _powers,
    "product": _product,
    "transported": _transported,
    "apart": _apart,
    "weaken": _weaken,
    "cut": _cut,
    "rewrite": lambda place, goal, args: relations.rewritten(args["using"], args["then"])(place, goal),
    "name": lambda place, goal, args: structure.name_term(
        args["symbol"], args["term"], args["as"], args["then"], args["positive"]
    )(place, goal),
    "chart": _chart,
    "split": lambda place, goal, args: structure.split(*args["parts"])(place, goal),
    "intro": lambda place, goal, args: structure.intro(args["name"], args["then"])(place, goal),
    "both": _both,
    "choose": lambda place, goal, args: structure.choose(args["part"], args["proof"])(place, goal),
    "cases": lambda place, goal, args: structure.cases(args["name"], *args["proofs"], name=args["as"])(place, goal),
    "use": _use,
    "absurd": lambda place, goal, args: structure.absurd(args["proof"])(place, goal),
    "generalise": lambda place, goal, args: structure.generalise(args.get("symbol", FRESH), args["then"])(place, goal),
    "specialise": _specialise,
    "lemma": _lemma,
    "implicit": _implicit,
    "monotone": _monotone,
    "concave": _concave,
    "unique_root": _unique_root,
}

x, y, z = sp.symbols("x y z", real=True)
p, q, r, a, b = sp.symbols("p q r a b", positive=True)
IDENTITY = forged("identity")
SIGN = forged("sign")
