"""Claims in LaTeX as an author prints them: definitions by their names, derivatives as quotients, tails as tails."""

from __future__ import annotations

from dataclasses import replace

from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.mistakes import Source, TextError
from symhet.language.reading import Names
from symhet.language.refusals import Refusal
from symhet.language.surface import Node, parse_surface
from symhet.language.terms import Term
from symhet.model.declared import Claim
from symhet.model.judging import in_latex, symbols_in_latex
from symhet.model.latex import latex
from symhet.model.meaning import ModelReader, Setting
from symhet.model.world import World

__all__ = ["printed"]


def printed(world: World, claim: Claim) -> str:
    r"""Return a claim in LaTeX as it was written, where the file does not say how it is printed.

    Examples
    --------
    >>> from symhet.model.file import model_of
    >>> from symhet.model.toml import parse_document
    >>> from symhet.model.world import understood
    >>> text = '[parameters]\ntau = {}\nL = {}\n[definitions]\nW = "L/tau^2"\n[claims]\nc = "dln(W)/dln(tau) = -2"'
    >>> world = understood(model_of(parse_document(text)))
    >>> print(printed(world, world.model.claims["c"]))
    \frac{d \ln W}{d \ln \tau} = -2
    """
    if claim.printed:
        return claim.printed
    try:
        return _written(world, claim)
    except (TextError, Refusal, RecursionError):
        return in_latex(world, world.said(claim))


def _written(world: World, claim: Claim) -> str:
    known = world.setting.names
    named = {**known.symbols} | {name: t.symbol(name, positive=False) for name in world.setting.definitions}
    names = Names(named, known.functions, known.tails, known.order)
    reader = _Printer(claim.says, replace(world.setting, names=names, definitions={}, law=None, parsed={}, unfolded={}))
    reader.letters = symbols_in_latex(world.model)
    tree = parse_surface(claim.says)
    if tree.kind == "sign":
        return rf"{reader.shown(reader.term(tree.parts[0]))} \lessgtr 0"
    return reader.statement_in_latex(tree)


_SIGNS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "=": "=", "!=": r"\ne"}


class _Printer(ModelReader):
    """Reads derivatives as symbols whose LaTeX is the quotient."""

    def __init__(self, source: Source, setting: Setting) -> None:
        super().__init__(source, setting)
        self.letters: dict[str, str] = {}

    def shown(self, term: Term) -> str:
        """Return a term in LaTeX."""
        return latex(s.eq(term, t.ZERO), self.letters).removesuffix(" = 0")

    def statement_in_latex(self, node: Node) -> str:
        """Return a relation, or an implication between such, with its sides where they stand."""
        if node.kind == "group":
            return self.statement_in_latex(node.parts[0])
        if node.kind == "implies":
            return r" \Rightarrow ".join(map(self.statement_in_latex, node.parts))
        if node.kind == "relation":
            operators, sides = node.parts
            written = [self.shown(self.term(side)) for side in sides]
            if not self.cases:
                signs = (f" {_SIGNS[operator]} {side}" for operator, side in zip(operators, written[1:], strict=True))
                return written[0] + "".join(signs)
        return latex(self.statement(node), self.letters)

    def _derivative(self, node: Node) -> Term:
        logarithmic, above, below = node.parts
        mark = r"d \ln " if logarithmic else "d "
        return self._quotient(mark, self.term(above), self.shown(self.names.symbols[below.parts[0]]))

    def _partial(self, node: Node) -> Term:
        inner, by = node.parts[2]
        return self._quotient(r"\partial ", self.term(inner), self.shown(self.term(by)))

    def _quotient(self, mark: str, term: Term, below: str) -> Term:
        inner = self.shown(term)
        above = inner if not term.children else rf"\left({inner}\right)"
        name = f"derivative_{len(self.letters)}"
        self.letters[name] = rf"\frac{{{mark}{above}}}{{{mark}{below}}}"
        return t.symbol(name, positive=False)
