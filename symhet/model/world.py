"""What a model supposes, as a context of the core, and what its claims say, as goals in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.mistakes import Source, TextError
from symhet.language.reading import Names
from symhet.language.spelling import text
from symhet.language.statements import Op, Statement
from symhet.language.surface import parse_surface
from symhet.language.terms import Head, Term
from symhet.model.declared import FAMILIES, Claim, Family, Quantity, Supposition, Unspecified
from symhet.model.laws import CLOSED
from symhet.model.meaning import Setting, parts_of, require_form
from symhet.model.mistakes import BelowSupport, DependentConditions, UnknownHint, WrongCount, WrongValue
from symhet.model.model import Model

_BOUNDS = {"above": ("<", True), "at_least": ("<=", True), "below": ("<", False), "at_most": ("<=", False)}


@dataclass(frozen=True)
class Said:
    """A claim as understood.

    Parameters
    ----------
    claim : Claim
        As it was written.
    premises : tuple of Statement
        What it supposes itself.
    goal : Statement
        What it says under them; for an open sign, that the term is positive.
    undecided : Term, optional
        The term whose sign is said to be open.
    hints : tuple of Statement
        What is to be proved first.
    """

    claim: Claim
    premises: tuple[Statement, ...]
    goal: Statement
    undecided: Term | None = None
    hints: tuple[Statement, ...] = ()

    @property
    def statement(self) -> Statement:
        """Premises and goal as one statement."""
        whole = self.goal
        for premise in reversed(self.premises):
            whole = s.implies(premise, whole)
        return whole


@dataclass
class World:
    """A model with its texts understood.

    Parameters
    ----------
    model : Model
        The model.
    setting : Setting
        What its texts may refer to.
    hypotheses : dict
        What it supposes, by name.
    system : tuple of str
        The hypotheses that are its conditions.
    regimes : tuple of World
        Where the conditions have other forms when cutoffs lie outside the support: a world for each placing of them.
    placing : tuple of Statement
        In which regime this is: where the cutoffs lie.
    smooth : tuple of Term
        The cutoffs at which derivatives ask that the density has a value.
    notes : list of str
        What was supposed beyond the text.
    cutoffs : tuple of Term
        What lies inside the support in one regime and outside in another.
    """

    model: Model
    setting: Setting
    hypotheses: dict[str, Statement] = field(default_factory=dict)
    system: tuple[str, ...] = ()
    placing: tuple[Statement, ...] = ()
    smooth: tuple[Term, ...] = ()
    notes: list[str] = field(default_factory=list)
    regimes: tuple[World, ...] = ()
    cutoffs: tuple[Term, ...] = ()

    def context(self, said: Said | None = None, without: frozenset[str] = frozenset()) -> Context:
        """Return the context of a claim: what the model supposes, what the claim does, and values of the density."""
        hypotheses = {name: fact for name, fact in self.hypotheses.items() if name not in without}
        statements = () if said is None else (said.goal, *said.premises, *said.hints)
        if any(statement.mentions(Head.TOTAL) for statement in statements):
            for cutoff in self.smooth:
                hypotheses[f"the density has a value at {text(cutoff)}"] = s.exists(t.density(cutoff))
        for index, premise in enumerate(() if said is None else said.premises):
            hypotheses[f"premise {index + 1}"] = premise
        system = frozenset(name for name in self.system if name in hypotheses)
        return Context(hypotheses, system, self.setting.endogenous if system else frozenset())

    def said(self, claim: Claim) -> Said:
        """Return a claim as understood.

        Raises
        ------
        TextError
            When its text is not in the grammar, or names something unknown.
        """
        undecided, statement = self._statement(claim.says)
        premises: list[Statement] = []
        while undecided is None and statement.op is Op.IMPLIES and statement.args[1] is not s.FALSE:
            premises.append(statement.args[0])
            statement = statement.args[1]
        hints = tuple(self._hint(hint) for hint in claim.hints)
        return Said(claim, tuple(premises), statement, undecided, hints)

    def _statement(self, source: Source) -> tuple[Term | None, Statement]:
        tree = parse_surface(source)
        if tree.kind != "sign":
            return None, self.setting.statement(source)
        term = self.setting.reader(source).term(tree.parts[0])
        return term, s.positive(term)

    def _hint(self, hint: Source) -> Statement:
        known = self.model.claims.get(hint.text)
        if known is not None:
            undecided, statement = self._statement(known.says)
            if undecided is not None:
                raise UnknownHint("that a sign is open is no hint", hint, 0)
            return statement
        try:
            return self.setting.statement(hint)
        except TextError as error:
            why = f"{hint.text!r} is no claim of the model, and as a statement: {error.what}"
            fix = f"claims: {', '.join(list(self.model.claims)[:8])}"
            raise UnknownHint("a hint is a claim or a statement", hint, error.offset, why=why, fix=fix) from error


MAX_UNPLACED = 3


def understood(model: Model) -> World:
    """Return a model with its texts understood.

    Raises
    ------
    SymhetError
        For the first text that makes no sense, with its place.
    """
    try:
        return _understood(model, ())
    except _UnplacedError as unplaced:
        cutoffs, error = unplaced.cutoffs, unplaced.error
    if len(cutoffs) > MAX_UNPLACED:
        raise error
    first, *others = (_understood(model, placing, outside=i > 0) for i, placing in enumerate(_placings(model, cutoffs)))
    first.regimes = (first, *others)
    first.cutoffs = tuple(cutoffs)
    return first


class _UnplacedError(Exception):
    """Conditions whose form depends on where cutoffs lie."""

    def __init__(self, cutoffs: list[Term], error: BelowSupport) -> None:
        super().__init__()
        self.cutoffs = cutoffs
        self.error = error


def _placings(model: Model, cutoffs: list[Term]) -> Iterator[tuple[Statement, ...]]:
    """Yield each way in which cutoffs lie inside the support of the law, or strictly outside."""
    law = _understood(model, None).setting.law
    assert law is not None
    sides: list[list[tuple[Statement, ...]]] = []
    for x in cutoffs:
        inside = (s.lt(law.low, x),) if law.high is None else (s.lt(law.low, x), s.lt(x, law.high))
        sides.append([inside, (s.lt(x, law.low),), *([] if law.high is None else [(s.lt(law.high, x),)])])
    for choice in product(*sides):
        yield tuple(part for parts in choice for part in parts)


def _understood(model: Model, placing: tuple[Statement, ...] | None, outside: bool = False) -> World:
    """Return a model with its texts understood under placings of cutoffs; None: without conditions.

    Conditions may determine less where a cutoff lies outside the support.
    """
    symbols = {name: t.symbol(name, positive=q.positive) for name, q in model.quantities.items()}
    functions = {name: len(function.arguments) for name, function in model.functions.items()}
    tails = model.family is not None
    endogenous = frozenset(symbols[name] for name, q in model.quantities.items() if q.endogenous)
    definitions = {name: definition.term for name, definition in model.definitions.items()}
    setting = Setting(Names(symbols, functions, tails), endogenous, definitions)
    world = World(model, setting, placing=placing or ())
    for quantity in model.quantities.values():
        _bounds(world, quantity)
    if model.family is not None:
        _distribution(world, model.family)
    for function in model.functions.values():
        _function(world, function)
    for statement in world.placing:
        _put(world, text(statement), statement)
    setting.known.update(parts_of(world.hypotheses.values()))
    _assumptions(world)
    if placing is None:
        return world
    _conditions(world, outside)
    for name, definition in model.definitions.items():
        setting.reader(definition.term).term(parse_surface(Source(name, definition.term.file)))
    return world


def _put(world: World, name: str, statement: Statement) -> None:
    taken, count = name, 2
    while taken in world.hypotheses:
        taken, count = f"{name} ({count})", count + 1
    world.hypotheses[taken] = statement


def _bounds(world: World, quantity: Quantity) -> None:
    symbol = world.setting.names.symbols[quantity.name]
    for kind, source in quantity.bounds:
        sign, lower = _BOUNDS[kind]
        bound = world.setting.term(source)
        if not quantity.endogenous and bound.leaves & world.setting.endogenous:
            raise WrongValue(f"the bound of {quantity.name} is a term in parameters", source, 0)
        ends = (bound, symbol) if lower else (symbol, bound)
        shown = sign.replace("<", ">") if lower else sign
        statement = (s.lt if sign == "<" else s.le)(*ends)
        _put(world, f"{quantity.name} {shown} {source.text}", statement)


def _distribution(world: World, family: Family) -> None:
    setting = world.setting
    arguments = {name: setting.term(source) for name, source in family.arguments.items()}
    order = None if family.order is None else setting.term(family.order)
    setting.names = Names(setting.names.symbols, setting.names.functions, True, order)
    if family.family in CLOSED:
        setting.law = CLOSED[family.family](*(arguments[name] for name in FAMILIES[family.family]))
        if family.family == "pareto" and order is not None:
            what = f"{text(arguments['shape'])} > {text(order)}"
            _suppose_once(world, what, s.lt(order, arguments["shape"]), "so that the moment is finite")
        if setting.law.high is not None:
            what = f"{text(setting.law.low)} < {text(setting.law.high)}"
            _suppose_once(world, what, s.lt(setting.law.low, setting.law.high), "so that the support is an interval")
        return
    if family.family:
        world.notes.append(
            f"the tails of a {family.family} law have no form in the language: verdicts hold for any law"
        )
    _put(world, f"the density of {family.name} is positive above its support's lower end", s.DENSE)
    if order is not None:
        _put(world, f"the moment of order {text(order)} is finite", s.exists(t.tail(t.ONE, order)))


def _suppose_once(world: World, name: str, statement: Statement, why: str) -> None:
    if statement not in world.hypotheses.values():
        _put(world, name, statement)
        world.notes.append(f"{name} is supposed, {why}")


def _function(world: World, function: Unspecified) -> None:
    count = len(function.arguments)
    inner = tuple(t.bound(count - 1 - index) for index in range(count))

    def throughout(orders: tuple[int, ...], sign: int) -> Statement:
        value = t.unspecified(function.name, orders, *inner)
        statement = s.positive(value) if sign > 0 else s.lt(value, t.ZERO)
        for _ in range(count):
            statement = s.forall(statement)
        return statement

    if function.form:
        require_form(world.setting, function)
    if function.positive:
        _put(world, f"{function.name} is positive", throughout((0,) * count, 1))
    for index, argument in enumerate(function.arguments):
        orders = tuple(int(index == other) for other in range(count))
        for names, sign, verb in ((function.rises, 1, "rises"), (function.falls, -1, "falls")):
            if argument in names:
                _put(world, f"{function.name} {verb} in {argument}", throughout(orders, sign))


def _assumptions(world: World) -> None:
    """Read the assumptions; a second time when the first has shown on which side of the support's end terms lie."""
    setting = world.setting
    found: dict[str, Statement] = {}
    for _ in range(2 if setting.law is not None else 1):
        for name, assumption in world.model.assumptions.items():
            found[name] = setting.statement(assumption.says, supposed=True)
            setting.known.update(parts_of([found[name]]))
    for name, statement in found.items():
        _put(world, name, statement)
    if world.model.family is None or setting.law is not None:
        return
    for part in parts_of(found.values()):
        if part.op is Op.LESS and part.args[1] is t.ONE and part.args[0].head is Head.SURVIVAL:
            (x,) = part.args[0].args
            _put(world, f"{text(x)} lies above the support's lower end", s.lt(t.SUPPORT, x))


def _conditions(world: World, outside: bool) -> None:
    setting, model = world.setting, world.model
    names: list[str] = []
    setting.unplaced.clear()
    setting.unfolded.clear()
    read = {name: setting.statement(condition.says, supposed=True) for name, condition in model.conditions.items()}
    for name, condition in model.conditions.items():
        statement = read[name]
        _require_equation(world, condition, statement, outside)
        _put(world, name, statement)
        if statement.leaves & setting.endogenous and not statement.mentions(Head.TOTAL, Head.DENSITY):
            names.append(name)
    world.system = tuple(names)
    variables = [q for q in model.quantities.values() if q.endogenous]
    if not model.loose and not outside:
        _require_square(world, variables)
    terms = [term for name in names for term in world.hypotheses[name].args]
    world.smooth = tuple(dict.fromkeys(x for term in terms for x in _tail_arguments(term)))


def _require_equation(world: World, condition: Supposition, statement: Statement, outside: bool) -> None:
    if statement.op is Op.EQUAL:
        if not outside and not statement.leaves & world.setting.endogenous:
            why = f"no variable stands in {condition.name!r}"
            raise DependentConditions("this equation determines nothing", condition.says, 0, why=why)
        return
    tree = parse_surface(condition.says)
    while tree.kind == "group":
        tree = tree.parts[0]
    if tree.kind == "relation" and tree.parts[0] == ("=",):
        fix = "suppose on which side it lies, such as S(phi) < 1 or phi > b under [assumptions]"
        what = "this equation has other forms inside the support and outside, or has abs, min or max in it"
        error = BelowSupport(what, condition.says, 0, fix=fix)
        if world.setting.unplaced:
            raise _UnplacedError(list(world.setting.unplaced), error)
        raise error
    what = f"the condition {condition.name!r} is no equation"
    raise WrongValue(what, condition.says, 0, fix="inequalities stand under [assumptions]")


def _require_square(world: World, variables: list[Quantity]) -> None:
    conditions = list(world.model.conditions.values())
    if len(conditions) != len(variables):
        source = conditions[-1].says if conditions else variables[0].source
        lines = ", ".join(f"{c.name!r} (line {c.says.line})" for c in conditions) or "none"
        why = f"variables: {', '.join(q.name for q in variables) or 'none'}; conditions: {lines}"
        fix = "as many conditions as variables, or [model] loose = true"
        raise WrongCount(f"{len(variables)} variables, {len(conditions)} conditions", source, 0, why=why, fix=fix)
    seen: dict[Statement, Supposition] = {}
    for condition in conditions:
        statement = world.hypotheses[condition.name]
        twin = seen.setdefault(statement, condition)
        if twin is not condition:
            why = f"it is {twin.name!r} (line {twin.says.line}) again"
            raise DependentConditions("two conditions are the same", condition.says, 0, why=why)
    _require_matching(world, conditions, variables)


def _require_matching(world: World, conditions: list[Supposition], variables: list[Quantity]) -> None:
    """Fail unless each variable can be given an equation of its own in which it stands."""
    symbols = world.setting.names.symbols
    owner: dict[str, str] = {}

    def give(variable: str, tried: set[str]) -> bool:
        for condition in conditions:
            if symbols[variable] not in world.hypotheses[condition.name].leaves or condition.name in tried:
                continue
            tried.add(condition.name)
            if condition.name not in owner or give(owner[condition.name], tried):
                owner[condition.name] = variable
                return True
        return False

    for variable in variables:
        tried: set[str] = set()
        if not give(variable.name, tried):
            if not tried:
                why = f"no condition mentions {variable.name}"
            else:
                lines = ", ".join(f"{c.name!r} (line {c.says.line})" for c in conditions if c.name in tried)
                why = f"{lines} would have to determine more variables than they are"
            raise DependentConditions(f"nothing determines {variable.name}", conditions[0].says, 0, why=why)


def _tail_arguments(term: Term) -> Iterator[Term]:
    if term.head in (Head.SURVIVAL, Head.TAIL):
        yield term.args[0]
    for child in term.children:
        yield from _tail_arguments(child)
