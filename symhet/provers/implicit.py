"""The implicit function theorem: a system differentiated, and a derivative solved for by a row of the inverse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from symhet.core import derived, records
from symhet.core.calculus import derivative
from symhet.core.records import Names, Proof
from symhet.core.rules.base import rewritten
from symhet.core.rules.relations import differentiated
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.statements import Op, Statement
from symhet.language.sympy_door import to_sympy
from symhet.language.terms import ONE, ZERO, Term
from symhet.provers.base import Place, Tactic, Terms, give_up, require
from symhet.provers.structure import auto
from symhet.steps import Step


def implicit(
    values: Mapping[sp.Symbol, sp.Expr],
    parameter: sp.Symbol,
    equations: Sequence[Step],
    regular: Tactic | None = None,
    using: Sequence[Step] = (),
    cofactors: Mapping[Step, Terms] | None = None,
) -> Tactic:
    """Implicit function theorem for the named system, with the derivatives of its unknowns given by ``values``.

    A differentiated equation may be brought to zero with multiples (cofactors) of equations that hold at the point;
    ``y = term`` is differentiated as a logarithm where none are given.
    """

    def tactic(place: Place, goal: Statement) -> Proof:
        require(goal, Op.EQUAL)
        names, put_in = tuple(map(str, equations)), tuple(map(str, using))
        unknowns, by = {place.term(y): place.term(value) for y, value in values.items()}, place.term(parameter)
        rows = [index for index, y in enumerate(unknowns) if goal.args[0] is t.total(y, by)]
        if not rows:
            raise give_up("not the total derivative of one of the unknowns", goal)
        helpers = {name: _log_cofactor(place, name, unknowns) for name in names}
        helpers |= {str(name): place.coefficients(terms) for name, terms in (cofactors or {}).items()}
        solving = _Solving(place, put_in, by)
        return solving.solved(goal, names, tuple(unknowns), rows[0], helpers, regular or auto())

    return tactic


def _log_cofactor(place: Place, name: str, values: Mapping[Term, Term]) -> derived.Coefficients:
    """Turn the derivative of ``y = term`` into that of its logarithm: subtract y'/y times the equation."""
    left = place.known(name).args[0]
    if values.get(left, ZERO) is ZERO:
        return ()
    return ((name, t.negative(t.quotient(values[left], left))),)


class _Solving:
    """A system being solved: steps are added, and read after the rewriting."""

    def __init__(self, place: Place, using: Names, parameter: Term) -> None:
        self.place = place
        self.using = using
        self.parameter = parameter
        self.steps: list[tuple[str, Statement, Proof, bool]] = []

    def solved(
        self,
        goal: Statement,
        names: Names,
        unknowns: tuple[Term, ...],
        row: int,
        given: Mapping[str, derived.Coefficients],
        regular: Tactic,
    ) -> Proof:
        """Return a proof of the derivative that a row of the inverse Jacobian gives."""
        slopes = [[derivative(self.place.known(name).gap, y) for y in unknowns] for name in names]
        jacobian = sp.Matrix([[to_sympy(slope) for slope in line] for line in slopes])
        determinant = self.place.term(jacobian.det(method="berkowitz"))
        statement = s.ne(determinant, ZERO)
        self._step("regular", statement, regular(self.place, statement))
        self._moved("regular")
        inverse = t.whole_power(self._put_in(determinant), -1)
        others = tuple(column for column in range(len(unknowns)) if column != row)
        terms: list[tuple[str, Term]] = []
        helpers: dict[str, list[Term]] = {}
        for index, name in enumerate(names):
            minor = _minor([line for other, line in enumerate(slopes) if other != index], others)
            weight = t.multiply(self._put_in(_signed(index + row, minor)), inverse)
            terms.append((self._differentiated(name), weight))
            for other, factor in given.get(name, ()):
                part = t.multiply(t.MINUS_ONE, weight, self._put_in(factor))
                helpers.setdefault(self._moved(other), []).append(part)
        terms += [(name, t.total_of(parts)) for name, parts in helpers.items()]
        target = rewritten(goal, self.place.context, self.using)
        proof: Proof = derived.linear(tuple(terms), self.place.side(*target.args, *(term for _, term in terms)))
        return records.Cut(tuple(self.steps), records.Rewrite(self.using, proof) if self.using else proof)

    def _differentiated(self, name: str) -> str:
        partials, statement = differentiated(self.place.context, name, self.parameter)
        side = self.place.side(*partials)
        self._step(f"d {name}", statement, derived.differentiate(name, self.parameter, side))
        return self._moved(f"d {name}")

    def _step(self, name: str, statement: Statement, proof: Proof) -> None:
        self.steps.append((name, statement, proof, False))
        self.place = self.place.having(name, statement)

    def _moved(self, name: str) -> str:
        """Return the name of a known statement as it reads after the rewriting."""
        known, moved = self.place.known(name), f"{name} moved"
        statement = rewritten(known, self.place.context, self.using)
        if statement is known:
            return name
        if moved not in self.place.context.hypotheses:
            positive = () if statement.op is Op.EQUAL else (derived.sign(),)
            self._step(moved, statement, derived.transported(name, self.using, ONE, positive))
        return moved

    def _put_in(self, term: Term) -> Term:
        return rewritten(s.exists(term), self.place.context, self.using).args[0]


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
