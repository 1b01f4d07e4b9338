"""Models as a theorist writes them: parameters, variables, what determines them, and claims.

A file and these calls say the same; each can be written out as the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symhet.errors import nearest
from symhet.language.mistakes import Source, UnknownWord
from symhet.language.surface import RESERVED, TAILS
from symhet.model.declared import (
    BOUNDS,
    FAMILIES,
    SETTINGS,
    TOLD,
    Claim,
    Definition,
    Family,
    Quantity,
    Supposition,
    Unspecified,
)
from symhet.model.letters import spelled
from symhet.model.mathematics import require_mathematics, require_prose
from symhet.model.mistakes import BadName, NoMoment, UnknownKey, WrongValue

if TYPE_CHECKING:
    from symhet.model.report import Report

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
MAX_NAME = 60
MAX_TEXT = 10_000


class Model:
    """Primitives, assumptions and conditions of one economy, and claims about it.

    Terms and statements are text in the grammar of model files, or SymPy expressions and relations in the symbols that
    `parameter` and `variable` return.

    Parameters
    ----------
    title : str
        What the model is called.
    key : str, optional
        A short name for identifiers.
    source : str, optional
        Where it comes from.
    loose : bool, optional
        Whether the number of conditions may differ from that of the variables.

    Examples
    --------
    >>> tax = Model("Tax on a monopoly")
    >>> c, t = tax.parameter("c"), tax.parameter("t")
    >>> price = tax.define("p", "(1 + c + t)/2")
    >>> tax.claim("half", "d(p)/d(t) = 1/2")
    >>> tax.claims["half"].says.text
    'd(p)/d(t) = 1/2'
    """

    def __init__(self, title: str, key: str = "", source: str = "", loose: bool = False, file: str = "") -> None:
        self.title = _text(title, "title", Source(str(title)[:80], file))
        self.key = key or _slug(title)
        self.source = _text(source, "source", Source(str(source)[:80], file))
        if not isinstance(self.key, str) or not _KEY.fullmatch(self.key) or len(self.key) > MAX_NAME:
            fix = "letters, digits, _ and -: it names files"
            raise BadName(f"{str(key)[:MAX_NAME]!r} is no key", Source(str(key)[:MAX_NAME], file), 0, fix=fix)
        self.loose = loose
        self.file = file
        self.quantities: dict[str, Quantity] = {}
        self.functions: dict[str, Unspecified] = {}
        self.family: Family | None = None
        self.assumptions: dict[str, Supposition] = {}
        self.conditions: dict[str, Supposition] = {}
        self.definitions: dict[str, Definition] = {}
        self.claims: dict[str, Claim] = {}
        self.notes: list[str] = []

    # What is given

    def parameter(self, name: str, **options: Any) -> Any:
        """Declare an exogenous quantity and return its SymPy symbol.

        Parameters
        ----------
        name : str
            Its name: a letter, then letters, digits and underscores.
        **options
            ``latex``, ``meaning``, ``unit``, ``default``; ``real=True`` for one of either sign; ``above``, ``below``,
            ``at_least``, ``at_most``: numbers, or terms in parameters.

        Raises
        ------
        BadName, UnknownKey, WrongValue
            When the name is malformed, reserved or taken, or an option is unknown or of the wrong type.
        """
        return self._quantity(name, False, options)

    def variable(self, name: str, **options: Any) -> Any:
        """Declare an endogenous quantity, with the options of a parameter, and return its SymPy symbol."""
        return self._quantity(name, True, options)

    def _quantity(self, name: str, endogenous: bool, options: dict[str, Any]) -> Any:
        source = options.pop("where", None) or Source(str(name), self.file)
        self._require_new(name, source)
        if not endogenous and name in SETTINGS:
            fix = f"write {name}_1, or another name"
            raise BadName(f"{name} is a setting of solve and its like, no parameter", source, 0, fix=fix)
        known = ("latex", "meaning", "unit", "default", "real", *BOUNDS)
        _require_known(options, known, source)
        texts = {field: _text(options.get(field, ""), field, source) for field in ("latex", "meaning", "unit")}
        real = options.get("real", False)
        if type(real) is not bool:
            raise WrongValue("real is true or false", source, 0)
        bounds = tuple((field, self._source(options[field])) for field in BOUNDS if field in options)
        default = options.get("default")
        if default is not None and (type(default) not in (int, float, str) or default != default):
            raise WrongValue("default is a number, or an exact one as text", source, 0)
        self.quantities[name] = Quantity(
            name,
            endogenous,
            not real,
            texts["latex"] or spelled(name),
            texts["meaning"],
            texts["unit"],
            default,
            bounds,
            source,
        )
        return _symbol(name, not real)

    def distribution(self, name: str = "G", *, order: Any = None, family: str = "", **arguments: Any) -> None:
        """Declare the distribution of productivity.

        Parameters
        ----------
        name : str
            Its name; S, T and g are its tails.
        order : text or term, optional
            The order of T(x): a moment of an order a little above it is finite.
        family : str, optional
            ``pareto`` with ``shape`` and ``scale``, or another family with its parameters; unspecified without.
        **arguments
            The parameters of the family; ``latex``.

        Raises
        ------
        NoMoment
            When neither an order nor a family is given, or a parameter of the family is missing.
        """
        source = arguments.pop("where", None) or Source(name, self.file)
        if self.family is not None:
            raise BadName("a model has at most one distribution", source, 0)
        if not _NAME.fullmatch(name) or (name in RESERVED) or name in self.quantities:
            raise BadName(f"{name!r} cannot name a distribution", source, 0)
        latex = _text(arguments.pop("latex", name), "latex", source)
        if family and family not in FAMILIES:
            raise UnknownKey(str(family), FAMILIES, source, noun="family")
        wanted = FAMILIES.get(family, ())
        _require_known(arguments, wanted, source)
        missing = [field for field in wanted if field not in arguments]
        if missing or (order is None and not family):
            what = f"{family} needs {' and '.join(missing)}" if missing else "the distribution has no order"
            fix = 'G = { order = "sigma - 1" }, or G = { family = "pareto", shape = "k", scale = "b" }'
            raise NoMoment(what, source, 0, fix=fix)
        for taken in sorted(TAILS & set(self.quantities)):
            raise BadName(f"{taken} is reserved where there is a distribution", self.quantities[taken].source, 0)
        written = {field: self._source(value) for field, value in arguments.items()}
        self.family = Family(name, latex, family, None if order is None else self._source(order), written, source)

    def function(self, name: str, of: Iterable[str], **options: Any) -> Any:
        """Declare a smooth function known by its name, and return it as a SymPy function.

        Parameters
        ----------
        name : str
            Its name.
        of : iterable of str
            What its arguments are called.
        **options
            ``rises`` and ``falls``: arguments in which it does, strictly; ``positive``; ``latex``, ``meaning``;
            ``form``, a term in the arguments that numbers are worked out with: what is proved does not rest on it.
        """
        source = options.pop("where", None) or Source(str(name), self.file)
        self._require_new(name, source)
        _require_known(options, ("rises", "falls", "positive", "latex", "meaning", "form"), source)
        of = _names(of, "of", source)
        rises, falls = (_names(options.get(field, ()), field, source) for field in ("rises", "falls"))
        if not of:
            raise WrongValue(f"{name} has no arguments", source, 0, fix='write of = ["p"]')
        for argument in (*rises, *falls):
            if argument not in of or (argument in rises and argument in falls):
                fix = f"rises and falls name arguments of {name}, each in one of them: {', '.join(of)}"
                what = f"{argument!r} is no argument of {name}, or both rises and falls"
                raise WrongValue(what, source, 0, fix=fix)
        positive = options.get("positive", False)
        if type(positive) is not bool:
            raise WrongValue("positive is true or false", source, 0)
        latex, meaning, form = (_text(options.get(field, ""), field, source) for field in ("latex", "meaning", "form"))
        letters = latex or spelled(name)
        self.functions[name] = Unspecified(name, of, rises, falls, positive, letters, meaning, source, form)
        import sympy as sp

        return sp.Function(name)

    # What is supposed, what determines, what is said

    def assume(self, name: str, statement: Any) -> None:
        """Suppose a statement, beyond the bounds of the parameters."""
        self._suppose(self.assumptions, name, statement)

    def condition(self, name: str, equation: Any) -> None:
        """State an equation that determines the variables."""
        self._suppose(self.conditions, name, equation)

    def _suppose(self, where: dict[str, Supposition], name: str, statement: Any) -> None:
        source = self._source(statement)
        if not isinstance(name, str) or not name.strip() or len(name) > MAX_NAME:
            raise BadName(f"an assumption or condition has a name of at most {MAX_NAME} characters", source, 0)
        if name in self.assumptions or name in self.conditions:
            raise BadName(f"two assumptions or conditions are called {name!r}", source, 0)
        where[name] = Supposition(name, source)

    def define(self, name: str, term: Any, **options: Any) -> Any:
        """Give a name to a term; return its SymPy symbol."""
        source = self._source(term)
        self._require_new(name, source)
        _require_known(options, ("latex", "meaning", "unit"), source)
        texts = {field: _text(value, field, source) for field, value in options.items()}
        latex = texts.get("latex", "") or spelled(name)
        self.definitions[name] = Definition(name, source, latex, texts.get("meaning", ""), texts.get("unit", ""))
        return _symbol(name, False)

    def claim(self, name: str, says: Any, **options: Any) -> None:
        """Say something of the model that is to be judged.

        Parameters
        ----------
        name : str
            Its name.
        says : text or statement
            The statement.
        **options
            ``source``, ``printed``, ``title``, ``kind``; ``hints``: claims, or statements, to prove first.
        """
        source = self._source(says)
        _require_known(options, ("source", "printed", "title", "kind", "hints"), source)
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name) or len(name) > MAX_NAME:
            raise BadName(f"{name!r} cannot name a claim: letters, digits, _ . -", source, 0)
        if name in self.claims:
            raise BadName(f"two claims are called {name}", source, 0)
        hints = options.pop("hints", ())
        if type(hints) not in (list, tuple):
            raise WrongValue("hints is a list of claims or statements", source, 0)
        texts = {field: _text(value, field, source) for field, value in options.items()}
        self.claims[name] = Claim(name, source, **texts, hints=tuple(self._source(hint) for hint in hints))

    def note(self, text: str) -> None:
        """Add a line for documents."""
        self.notes.append(_text(text, "a note", Source(str(text)[:80], self.file)))

    def check(
        self,
        *claims: str,
        why: bool = False,
        search: bool = False,
        progress: Callable[[Report], None] | None = None,
    ) -> Report:
        """Judge claims, all without arguments.

        Parameters
        ----------
        *claims : str
            Names of claims.
        why : bool, optional
            Whether to look for a smallest set of assumptions that suffices.
        search : bool, optional
            Whether to search although a decision is kept from before; without, what is kept is replayed.
        progress : callable, optional
            Given the report when it is known whether the model makes sense, and again after each claim.

        Raises
        ------
        UnknownWord
            For a claim that the model does not have.
        """
        from symhet.model.judging import check
        from symhet.model.kept import Shelf, default_folder

        for name in claims:
            if name not in self.claims:
                close = nearest(name, self.claims)
                raise UnknownWord(name, close or self.claims, Source(name, self.file), 0, noun="claim")
        shelf = Shelf(default_folder(), anew=search)
        return check(self, claims or tuple(self.claims), why=why, progress=progress, shelf=shelf)

    def to_toml(self) -> str:
        """Return the model as the text of a model file."""
        from symhet.model.writing import as_toml

        return as_toml(self)

    def to_python(self) -> str:
        """Return the Python calls that make the model."""
        from symhet.model.writing import as_python

        return as_python(self)

    # Names and texts

    def _require_new(self, name: object, source: Source) -> None:
        if not isinstance(name, str) or not _NAME.fullmatch(name) or len(name) > MAX_NAME:
            fix = "a letter A to Z, then letters, digits and underscores; Greek letters by name"
            raise BadName(f"{str(name)[:60]!r} is no name", source, 0, fix=fix)
        if name in RESERVED:
            raise BadName(f"{name} is a word of the grammar", source, 0, fix=f"write {name}_1, or another name")
        if name in TOLD:
            fix = f"write {name}_1, or another name"
            raise BadName(f"{name} is a column of every table of equilibria", source, 0, fix=fix)
        if self.family is not None and (name in TAILS or name in (self.family.name, "b_G")):
            raise BadName(f"{name} is reserved where there is a distribution", source, 0)
        if name in self.quantities or name in self.functions or name in self.definitions:
            raise BadName(f"{name} is declared twice", source, 0)

    def _source(self, value: Any) -> Source:
        if isinstance(value, Source):
            return value
        if type(value) is str:
            return Source(value, self.file)
        from symhet.model.typed import as_text

        return Source(as_text(value, self), self.file)


def _slug(title: str) -> str:
    words = re.findall(r"[A-Za-z0-9]+", title.lower())
    return "-".join(words[:4]) or "model"


def _symbol(name: str, positive: bool) -> Any:
    import sympy as sp

    return sp.Symbol(name, **{"positive" if positive else "real": True})


def _text(value: Any, field: str, source: Source) -> str:
    if type(value) is not str or len(value) > MAX_TEXT:
        raise WrongValue(f"{field} is text of at most {MAX_TEXT} characters", source, 0)
    (require_mathematics if field in ("latex", "printed") else require_prose)(value, field, source)
    return value


def _names(value: Any, field: str, source: Source) -> tuple[str, ...]:
    if type(value) not in (list, tuple) or not all(type(name) is str and _NAME.fullmatch(name) for name in value):
        raise WrongValue(f"{field} is a list of names", source, 0, fix=f'write {field} = ["p"]')
    return tuple(value)


def _require_known(options: dict[str, Any], known: Iterable[str], source: Source) -> None:
    for field in options:
        if field not in known:
            raise UnknownKey(str(field), known, source)


def read_model(path: str | Path, kind: type[Model] = Model) -> Model:
    """Return the model of a file, of a class: what `symhet.read_model` does, which gives one that can be solved too."""
    from symhet.model.file import model_of
    from symhet.model.toml import read_document

    return model_of(read_document(path), kind)
