"""Certificates of the tactics of analysis, carried to records: lemmas, derivatives, slopes, maxima, roots, points."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import sympy as sp

from symhet import lemmas as old_lemmas
from symhet.algebra.tails import SUPPORT
from symhet.algebra.total import is_total
from symhet.core import kernel, lemmas, records
from symhet.core.calculus import derivative
from symhet.core.context import Context
from symhet.core.rules.analysis import between_breaks, differentiated
from symhet.core.rules.base import rewritten
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.refusals import Refusal
from symhet.language.statements import Op, Statement
from symhet.language.sympy_door import to_sympy
from symhet.language.terms import ONE, ZERO, Head, Term
from symhet.propositions import ForAll, Prop
from symhet.provers.carrying import Carried, candidates
from symhet.rules import base


class Carrier(Carried):
    """Carries contexts, statements and certificates into the language."""

    def _lemma(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        arguments = tuple(map(self._term, args["arguments"]))
        premises, conclusion = lemmas.instance(args["name"], arguments)
        asked = [self.door.statement(prop) for prop in old_lemmas.instance(args["name"], tuple(args["arguments"]))[0]]
        given = {p: self.proof(context, p, c) for p, c in zip(asked, args["premises"], strict=True)}
        proofs = tuple(_premise(context, premise, given) for premise in premises)
        parts = conclusion.args if conclusion.op is Op.OR else (conclusion,)
        terms = [term for part in parts for term in part.args]
        if goal is not conclusion and goal.is_relation:
            terms += goal.args
        hints = (*zip(premises, proofs, strict=True), *self._hints(context, args))
        return records.Lemma(args["name"], arguments, proofs, self.side(context, terms, hints))

    def _implicit(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        """Differentiate the equations, and solve for the derivative with a row of the inverse Jacobian."""
        unknowns, parameter = tuple(map(self._term, args["unknowns"])), self._term(args["parameter"])
        names, using = tuple(args["equations"]), tuple(args["using"])
        gaps = [context.known(name).gap for name in names]
        slopes = [[derivative(gap, y) for y in unknowns] for gap in gaps]
        jacobian = sp.Matrix([[to_sympy(slope) for slope in line] for line in slopes])
        row = next(i for i, y in enumerate(unknowns) if goal.args[0] is t.total(y, parameter))
        determinant = self._term(jacobian.det(method="berkowitz"))
        others = tuple(column for column in range(len(unknowns)) if column != row)
        cofactors = [
            _signed(i + row, _minor([line for j, line in enumerate(slopes) if j != i], others))
            for i in range(len(names))
        ]
        regular = s.ne(determinant, ZERO)
        steps: list[tuple[str, Statement, records.Proof, bool]] = []

        def step(name: str, statement: Statement, proof: records.Proof) -> None:
            nonlocal context
            steps.append((name, statement, proof, False))
            context = context.having(name, statement)

        def moved(name: str) -> str:
            """Return the name of a known statement as it reads after the rewriting."""
            statement = rewritten(context.known(name), context, using)
            if statement is context.known(name):
                return name
            positive = () if statement.op is Op.EQUAL else (records.Sign(),)
            if f"{name} moved" not in context.hypotheses:
                step(f"{name} moved", statement, records.Transported(name, using, ONE, positive))
            return f"{name} moved"

        hints = self._hints(context, args)
        step("regular", regular, self.proof(context, regular, args["regular"]))
        moved("regular")
        inverse = t.whole_power(self._moved(determinant, context, using), -1)
        terms: list[tuple[str, Term]] = []
        helpers: dict[str, list[Term]] = {}
        given = dict(args.get("cofactors", ()))
        for name, cofactor in zip(names, cofactors, strict=True):
            partials, statement = differentiated(context, name, parameter)
            weight = t.multiply(self._moved(cofactor, context, using), inverse)
            step(f"d {name}", statement, records.Differentiate(name, parameter, self.side(context, partials, hints)))
            terms.append((moved(f"d {name}"), weight))
            for other, factor in given.get(name, ()):
                factor = self._moved(self._term(factor), context, using)
                helpers.setdefault(moved(other), []).append(t.multiply(t.MINUS_ONE, weight, factor))
        terms += [(name, t.total_of(parts)) for name, parts in helpers.items()]
        target = rewritten(goal, context, using)
        needed = (*target.args, *(term for _, term in terms))
        solved = records.Linear(tuple(terms), self.side(context, needed, hints))
        return records.Cut(tuple(steps), records.Rewrite(using, solved) if using else solved)

    @staticmethod
    def _moved(term: Term, context: Context, using: records.Names) -> Term:
        return rewritten(s.exists(term), context, using).args[0]

    def witness(self, goal: Prop, args: Mapping[str, Any]) -> records.Witness:
        """Return the record of a witness; what totals are is told by the core itself."""
        point, bound = dict(args["point"]), []
        while isinstance(goal, ForAll):
            bound.append(self._term(point.pop(goal.variable)))
            goal = goal.body
        law = args.get("distribution")
        laws: records.Laws = ()
        if law is not None:
            breaks, heights = (tuple(map(self._term, parts)) for parts in (law.breaks, law.heights))
            laws = ((breaks, heights, self._term(law.shape)),)
        pairs = tuple(
            (self.door.term(symbol), self._term(value)) for symbol, value in point.items() if symbol != SUPPORT
        )
        return records.Witness(pairs, laws, (), tuple(bound))

    def _falling(
        self, context: Context, weight: Any, scale: Any, order: Any, proofs: Any
    ) -> tuple[Term, Term, Term, records.Proofs]:
        terms = (self._term(weight), self._term(scale), self._term(order))
        pairs = zip(terms, proofs, strict=True)
        return (*terms, tuple(self.proof(context, s.positive(term), proof) for term, proof in pairs))

    def _monotone(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        x, rising, label = self._term(args["variable"]), bool(args["rising"]), args["name"]
        function = t.replace(self._term(args["function"]), {x: t.bound(0)})
        start, end = self._term(args["start"]), self._term(args["end"])
        low, high = (start, end) if rising else (end, start)
        inner = context.having(f"{label}_low", s.lt(low, x)).having(f"{label}_high", s.lt(x, high))
        slope = derivative(s.at(function, x), x)
        sloped = s.lt(ZERO, slope) if rising else s.lt(slope, ZERO)
        ends = (s.at(function, start), s.at(function, end), *goal.args)
        return records.Monotone(
            function,
            x,
            label,
            start,
            end,
            rising,
            self.proof(context, s.lt(low, high), args["order"]),
            self.proof(context, s.le(ZERO, low), args["nonnegative"]),
            self.proof(between_breaks(inner, label, slope, x), sloped, args["slope"]),
            self.proof(context, s.le(ZERO, s.at(function, start)), args["base"]),
            self.side(inner, (s.at(function, x),), self._hints(inner, args, "domain")),
            self.side(context, ends, self._hints(context, args)),
        )

    def _concave(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        function, point, lower, *upper = goal.args
        x = self._variables[goal.op]
        slope = derivative(s.at(function, x), x)
        inner = context.having("within_low", s.lt(lower, x))
        for end in upper:
            inner = inner.having("within_high", s.lt(x, end))
        return records.Concave(
            x,
            "within",
            self.proof(context, s.le(ZERO, lower), args["nonnegative"]),
            self.proof(context, s.lt(lower, point), args["above"]),
            tuple(self.proof(context, s.lt(point, end), args["below"]) for end in upper),
            self.proof(context, s.eq(t.replace(slope, {x: point}), ZERO), args["stationary"]),
            self.proof(inner, s.lt(derivative(slope, x), ZERO), args["curvature"]),
            self.side(inner, (s.at(function, x), slope)),
        )

    def _unique_root(self, context: Context, goal: Statement, args: Mapping[str, Any]) -> records.Proof:
        (function,) = goal.args
        x, label = self._variables[goal.op], "root"
        here = s.at(function, x)
        slope = derivative(here, x)
        falls = self.proof(between_breaks(context, label, slope, x), s.lt(slope, ZERO), args["slope"])
        inner = self.side(context, (here,))
        if "tails" in args:
            tails = tuple(self._falling(context, *row) for row in args["tails"])
            level = self._term(args["level"])
            above_zero = self.proof(context, s.positive(level), args["level_positive"])
            return records.UniqueRootOfTails(x, label, falls, level, above_zero, tails, inner)
        left, right = self._term(args["left"]), self._term(args["right"])
        return records.UniqueRoot(
            x,
            label,
            falls,
            left,
            self.proof(context, s.positive(left), args["left_positive"]),
            self.proof(context, s.positive(s.at(function, left)), args["above"]),
            right,
            self.proof(context, s.positive(right), args["right_positive"]),
            self.proof(context, s.lt(s.at(function, right), ZERO), args["below"]),
            inner,
        )


_CARRIERS: dict[frozenset[sp.Symbol], Carrier] = {}


def carrier_for(context: base.Context) -> Carrier:
    """Return what carries statements over the symbols of a context: totals name theirs, which may be real ones."""
    real = frozenset(symbol for symbol in context.symbols() | context.endogenous if not symbol.is_positive)
    plain = frozenset(symbol for symbol in real if not is_total(symbol) and symbol != SUPPORT)
    return _CARRIERS.setdefault(plain, Carrier(plain))


def _premise(context: Context, premise: Statement, given: Mapping[Statement, records.Proof]) -> records.Proof:
    """Return a proof of a premise of a lemma from those of the premises that the tactics' lemma asks for."""
    if premise in given:
        return given[premise]
    if premise.op is Op.AT_MOST and s.lt(*premise.args) in given:
        return records.Weaken(False, given[s.lt(*premise.args)])
    if premise.op is Op.LESS and premise.args[0].head is Head.SURVIVAL:
        (high,), (low,) = premise.args[0].args, premise.args[1].args
        needed, _ = lemmas.instance("tail_survival_falls", (low, high))
        return records.Lemma("tail_survival_falls", (low, high), tuple(_premise(context, p, given) for p in needed))
    for name, known in context.hypotheses.items():
        if known is premise:
            return records.Hypothesis(name)
    for proof in candidates(context, premise, ()):
        with suppress(Refusal):
            kernel.check(context, premise, proof)
            return proof
    raise Refusal("carrying", "a premise of a lemma is not shown", premise)


def _signed(power: int, term: Term) -> Term:
    return term if power % 2 == 0 or term is ZERO else t.negative(term)


def _minor(lines: list[list[Term]], columns: tuple[int, ...]) -> Term:
    """Return the determinant of some columns of as many lines, expanded by the first line, as written."""
    if not lines:
        return ONE
    parts = []
    for place, column in enumerate(columns):
        if lines[0][column] is ZERO:
            continue
        rest = _minor(lines[1:], columns[:place] + columns[place + 1 :])
        if rest is not ZERO:
            factors = [factor for factor in (lines[0][column], rest) if factor is not ONE]
            parts.append(_signed(place, t.product_of(factors)))
    return t.total_of(parts)
