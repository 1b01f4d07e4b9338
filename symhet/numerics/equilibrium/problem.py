"""What is to be solved: the conditions of a model as terms, with abstract tails, and what must hold beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import prod

from symhet.core.calculus import derivative
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.definedness import evident
from symhet.language.mistakes import Source
from symhet.language.reading import Names
from symhet.language.rebuilding import map_terms
from symhet.language.statements import Statement
from symhet.language.surface import Node, parse_surface
from symhet.language.terms import Head, Term
from symhet.model.declared import FAMILIES, Supposition
from symhet.model.meaning import ModelReader, Setting
from symhet.model.mistakes import WrongValue
from symhet.model.model import Model
from symhet.numerics.equilibrium.mistakes import MissingFunction, NotDetermined, WrongForm
from symhet.numerics.equilibrium.tails import Excess, with_excesses
from symhet.search.fingerprints import fingerprint, same

Case = tuple[Statement, Term]
_BOUNDS = {"above": (">", s.lt), "at_least": (">=", s.le), "below": ("<", s.lt), "at_most": ("<=", s.le)}


@dataclass(frozen=True)
class Problem:
    """A model as its solver reads it.

    Parameters
    ----------
    model : Model
        Where it comes from.
    parameters, unknowns : dict of str to Term
        Symbols by name.
    conditions : dict of str to (Term, Term)
        Both sides of each equation.
    assumptions : dict of str to Statement
        Bounds and assumptions that numbers can be held against.
    unchecked : tuple of str
        Assumptions that speak of all values of something, which no number settles.
    definitions : dict of str to Term
        Further quantities.
    cases : dict of Term to tuple
        Symbols that stand for abs, min and max, with their values case by case.
    excesses : dict of Term to Excess
        Symbols that stand for T(x, k)/x^k - S(x), which has a value of its own without a difference.
    law : dict of str to Term
        The parameters of the distribution, where the model names its family.
    bounds : dict of str to tuple
        Kinds of bounds and their terms, by parameter.
    """

    model: Model
    parameters: Mapping[str, Term]
    unknowns: Mapping[str, Term]
    conditions: Mapping[str, tuple[Term, Term]]
    assumptions: Mapping[str, Statement]
    unchecked: tuple[str, ...]
    definitions: Mapping[str, Term]
    cases: Mapping[Term, tuple[Case, ...]]
    excesses: Mapping[Term, Excess]
    law: Mapping[str, Term] = field(default_factory=dict)
    bounds: Mapping[str, tuple[tuple[str, Term], ...]] = field(default_factory=dict)
    _leaves: dict[Term, frozenset[Term]] = field(default_factory=dict, repr=False, compare=False)
    _signs: dict[Term, int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def where(self) -> str:
        """What errors call the model."""
        return self.model.file or self.model.title

    def leaves(self, term: Term) -> frozenset[Term]:
        """Return the symbols on which a term depends, through cases and excesses too."""
        known = self._leaves.get(term)
        if known is not None:
            return known
        found: set[Term] = set()
        waiting = list(term.leaves)
        while waiting:
            leaf = waiting.pop()
            if leaf in found:
                continue
            found.add(leaf)
            for case, value in self.cases.get(leaf, ()):
                waiting += [*case.leaves, *value.leaves]
            if leaf in self.excesses:
                waiting += self.excesses[leaf].leaves
        known = self._leaves[term] = frozenset(found)
        return known

    def sign(self, term: Term) -> int:
        """Return 1 or -1 where a term has that sign in every admissible economy, as its build and the bounds show."""
        found = self._signs.get(term)
        if found is None:
            found = self._signs[term] = 1 if evident(term) else self._sign(term)
        return found

    def _sign(self, term: Term) -> int:
        head, args = term.head, term.args
        if head is Head.NUMBER:
            return -1
        if head is Head.PRODUCT:
            return prod(map(self.sign, args))
        if head is Head.WHOLE_POWER:
            return self.sign(args[0]) ** (2 - args[1] % 2)
        if head is not Head.SUM:
            return 0
        parts = {self.sign(part) for part in args}
        if len(parts) == 1 and 0 not in parts:
            return parts.pop()
        for statement in self.assumptions.values():
            if statement.op is s.Op.LESS and statement.leaves == term.leaves:
                gap = statement.gap
                for sign, other in ((1, term), (-1, t.negative(term))):
                    if same(gap, other):
                        return sign
        return 0

    @property
    def orders(self) -> tuple[Term, ...]:
        """Orders of the moments that conditions and assumptions mention."""
        terms = [side for sides in self.conditions.values() for side in sides]
        terms += [term for statement in self.assumptions.values() for term in _terms(statement)]
        found = [node.args[1] for term in terms for node in t.nodes(term, Head.TAIL)]
        return tuple(dict.fromkeys([*found, *(excess.order for excess in self.excesses.values())]))


def problem_of(model: Model, functions: Mapping[str, str] | None = None) -> Problem:
    """Return what is to be solved.

    Parameters
    ----------
    model : Model
        As it was written.
    functions : Mapping[str, str], optional
        Forms of its unspecified functions, as text in their arguments.

    Raises
    ------
    SymhetError
        For the first text that makes no sense, for conditions that do not determine the variables, and for a function
        without a form.

    Examples
    --------
    >>> model = Model("Demo")
    >>> x, y = model.parameter("x"), model.variable("y")
    >>> model.condition("double", "y = 2*x")
    >>> list(problem_of(model).conditions)
    ['double']
    """
    given = {name: function.form for name, function in model.functions.items() if function.form}
    reading = _Reading(model, given | dict(functions or {}))
    conditions = {name: reading.equation(condition) for name, condition in model.conditions.items()}
    assumptions, unchecked = reading.assumptions()
    definitions = {
        name: reading.term(Source(name, definition.term.file, definition.term.line))
        for name, definition in model.definitions.items()
    }
    unknowns = {name: reading.symbols[name] for name, q in model.quantities.items() if q.endogenous}
    parameters = {name: symbol for name, symbol in reading.symbols.items() if name not in unknowns}
    law: dict[str, Term] = {}
    if model.family is not None and model.family.family:
        law = {name: reading.term(model.family.arguments[name]) for name in FAMILIES[model.family.family]}
    found = Problem(
        model, parameters, unknowns, conditions, assumptions, unchecked, definitions, reading.cases,
        reading.excesses, law, reading.bounds,
    )  # fmt: skip
    _require_determined(found)
    return found


class _Reading:
    """Reads the texts of a model with abstract tails, whatever its family, since numbers know every tail."""

    def __init__(self, model: Model, functions: dict[str, str]) -> None:
        self.model = model
        self.forms = functions
        self.cases: dict[Term, tuple[Case, ...]] = {}
        self.excesses: dict[Term, Excess] = {}
        self.bounds: dict[str, tuple[tuple[str, Term], ...]] = {}
        self.symbols = {name: t.symbol(name, positive=q.positive) for name, q in model.quantities.items()}
        arities = {name: len(function.arguments) for name, function in model.functions.items()}
        endogenous = frozenset(self.symbols[name] for name, q in model.quantities.items() if q.endogenous)
        definitions = {name: definition.term for name, definition in model.definitions.items()}
        family = model.family is not None
        self.setting = Setting(Names(self.symbols, arities, family), endogenous, definitions)
        if model.family is not None and model.family.order is not None:
            order = self.setting.term(model.family.order)
            self.setting.names = Names(self.symbols, arities, True, order)
        self.functions = {name: self._form(name) for name in model.functions}

    def _form(self, name: str) -> Term | None:
        """Return a function as a term of its bound arguments."""
        if name not in self.forms:
            return None
        function = self.model.functions[name]
        count = len(function.arguments)
        arguments = {argument: t.symbol(argument) for argument in function.arguments}
        names = Names({**self.symbols, **arguments}, {}, False)
        term = Setting(names).term(Source(self.forms[name], f"the form of {name}"))
        for verb, sign, said in (("rises", 1, function.rises), ("falls", -1, function.falls)):
            for argument in said:
                slope = sign * fingerprint(derivative(term, arguments[argument]))
                if (slope <= 0).all():
                    why = f"the model says that {name} {verb} in {argument}, strictly"
                    raise WrongForm(f"{self.forms[name]} is no form of {name}", where=self.model.file, why=why)
        return t.replace(term, {x: t.bound(count - 1 - index) for index, x in enumerate(arguments.values())})

    def term(self, source: Source) -> Term:
        """Return a text as a term."""
        return self._terms(source, parse_surface(source))[0]

    def equation(self, condition: Supposition) -> tuple[Term, Term]:
        """Return both sides of a condition."""
        tree = parse_surface(condition.says)
        while tree.kind == "group":
            tree = tree.parts[0]
        if tree.kind != "relation" or tree.parts[0] != ("=",):
            what = f"the condition {condition.name!r} is no equation"
            raise WrongValue(what, condition.says, 0, fix="inequalities stand under [assumptions]")
        left, right = self._terms(condition.says, *tree.parts[1])
        return left, right

    def _terms(self, source: Source, *trees: Node) -> list[Term]:
        reader = self.setting.reader(source)
        terms = [reader.term(tree) for tree in trees]
        return [self._settled(term, self._marks(reader)) for term in terms]

    def _marks(self, reader: ModelReader) -> dict[Term, Term]:
        """Give the abs, min and max of a text symbols of their own, and return them by those of the text."""
        marks: dict[Term, Term] = {}
        for mark, options, _ in reader.cases:
            if mark not in marks:
                marks[mark] = t.symbol(f"case_{len(self.cases) + 1}_of_all", positive=False)
                self.cases[marks[mark]] = tuple(
                    (self._stated(case, marks), self._settled(value, marks)) for case, value in options
                )
        return marks

    def _settled(self, term: Term, marks: Mapping[Term, Term]) -> Term:
        """Return a term with its functions written out and its excesses named."""
        return with_excesses(self._written_out(t.replace(term, marks)), self.excesses)

    def _stated(self, statement: Statement, marks: Mapping[Term, Term]) -> Statement:
        return map_terms(statement, lambda term, _: self._settled(term, marks))

    def _written_out(self, term: Term) -> Term:
        if not term.mentions(Head.UNSPECIFIED):
            return term
        children = tuple(self._written_out(child) for child in term.children)
        if term.head is not Head.UNSPECIFIED:
            return term.with_children(children)
        name, orders = term.args[:2]
        form = self.functions[name]
        if form is None:
            raise MissingFunction(name, self.model.functions[name].arguments, self.model.file or self.model.title)
        places = [t.bound(len(children) - 1 - index) for index in range(len(children))]
        for place, order in zip(places, orders, strict=True):
            for _ in range(order):
                form = derivative(form, place)
        return t.replace(form, dict(zip(places, children, strict=True)))

    def assumptions(self) -> tuple[dict[str, Statement], tuple[str, ...]]:
        """Return bounds and assumptions that numbers settle, and the names of those that they do not."""
        found: dict[str, Statement] = {}
        unchecked: list[str] = []
        for quantity in self.model.quantities.values():
            symbol = self.symbols[quantity.name]
            for kind, source in quantity.bounds:
                sign, relation = _BOUNDS[kind]
                bound = self.term(source)
                self.bounds[quantity.name] = (*self.bounds.get(quantity.name, ()), (kind, bound))
                ends = (bound, symbol) if sign.startswith(">") else (symbol, bound)
                found[f"{quantity.name} {sign} {source.text}"] = relation(*ends)
        for name, assumption in self.model.assumptions.items():
            statement = self.setting.statement(assumption.says, supposed=True)
            if _binds(statement):
                unchecked.append(name)
            else:
                found[name] = self._stated(statement, {})
        return found, tuple(unchecked)


def _binds(statement: Statement) -> bool:
    """Tell whether a statement speaks of all values of something."""
    if statement.is_relation or statement.op is s.Op.DENSE:
        return False
    inner = [part for part in statement.args if isinstance(part, s.Statement)]
    return not inner or statement.op is s.Op.FORALL or any(map(_binds, inner))


def _terms(statement: Statement) -> Iterator[Term]:
    if statement.is_relation:
        yield from statement.args
        return
    for part in statement.args:
        if isinstance(part, s.Statement):
            yield from _terms(part)


def _require_determined(problem: Problem) -> None:
    unknowns, conditions = list(problem.unknowns), list(problem.conditions)
    if len(unknowns) == len(conditions):
        return
    why = f"variables: {', '.join(unknowns) or 'none'}; conditions: {', '.join(conditions) or 'none'}"
    raise NotDetermined(
        f"{len(unknowns)} variables, {len(conditions)} conditions",
        where=problem.where,
        why=why,
        fix="state as many conditions as there are variables",
    )
