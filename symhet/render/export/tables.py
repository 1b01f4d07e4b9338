"""Tables for manuscripts (booktabs): the notation, the assumptions, the signs of comparative statics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import sympy as sp

from symhet.algebra.total import PREFIX, is_total
from symhet.claims import Verdict
from symhet.domain import Domain, Parameter
from symhet.propositions import And, Prop, Rel
from symhet.render.accounts import Account
from symhet.render.export.renaming import RenamedWriter
from symhet.render.prose import to_latex, with_words

ROWS_A_PAGE = 36
HOLDING = (Verdict.PROVED, Verdict.PROVED_WITH)


def notation_table(parameters: Sequence[Parameter], writer: RenamedWriter) -> str:
    """Return what every symbol means and is measured in."""
    rows = [
        (
            f"${with_words(writer.rename.latex(p.latex))}$",
            _said(p.meaning, writer),
            "" if p.unit == "1" else _said(p.unit, writer),
        )
        for p in parameters
    ]
    return _tabulars(r"lp{8cm}p{4.2cm}", ("symbol", "meaning", "unit"), rows)


def assumptions_table(domain: Domain, writer: RenamedWriter) -> str:
    """Return the named inequalities of a model."""
    rows = [
        (_name(a.name, writer), f"${with_words(writer.statement(a.relation))}$", _said(a.says, writer))
        for a in domain.assumptions
    ]
    return _tabulars(r"llp{5.8cm}", ("", "assumption", "says"), rows)


def _name(name: str, writer: RenamedWriter) -> str:
    return name if name[:1].isupper() and "." in name else ""


def signs_table(rows: Sequence[Account], writer: RenamedWriter) -> str:
    """Return the signs of the derivatives of variables by parameters that were proved; a star marks a condition."""
    signs = dict(proved_signs(rows))
    variables = list(dict.fromkeys(variable for variable, _ in signs))
    parameters = list(dict.fromkeys(parameter for _, parameter in signs))
    order = writer.notation.order
    variables.sort(key=order)
    parameters.sort(key=order)
    if not signs:
        return ""
    head = ("", *(_symbol(name, writer) for name in parameters))
    body = [
        (_symbol(variable, writer), *(signs.get((variable, parameter), "") for parameter in parameters))
        for variable in variables
    ]
    return _tabulars("l" + "c" * len(parameters), head, body)


def _symbol(name: str, writer: RenamedWriter) -> str:
    return f"${with_words(writer.rename.latex(writer.notation.latex_of(name)))}$"


def proved_signs(rows: Iterable[Account]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield variable and parameter with the sign that a proved claim gives the derivative.

    A derivative that one claim signs throughout and another under a condition has the sign without a star.
    """
    entries = [entry for row in rows for entry in row.walk()]
    for starred in (True, False):
        for entry in entries:
            corrected = entry.corrected if entry.verdict == Verdict.REFUTED else None
            told = entry.statement if entry.verdict in HOLDING else corrected
            if told is None or (entry.verdict == Verdict.PROVED_WITH) != starred:
                continue
            for symbol, sign in _signed(told):
                variable, parameter = symbol.name[len(PREFIX) : -1].split(",")
                yield (variable, parameter), f"${sign}^{{*}}$" if starred else f"${sign}$"


def _signed(prop: Prop) -> Iterator[tuple[sp.Symbol, str]]:
    if isinstance(prop, And):
        for part in prop.parts:
            yield from _signed(part)
    elif isinstance(prop, Rel) and prop.op in ("<", "="):
        for one, other, sign in ((prop.lhs, prop.rhs, "-"), (prop.rhs, prop.lhs, "+")):
            if other == 0 and isinstance(one, sp.Symbol) and is_total(one):
                yield one, "0" if prop.op == "=" else sign


def _said(text: str, writer: RenamedWriter) -> str:
    return writer.rename.sentence(to_latex(text, writer.notation))


def _tabulars(columns: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table, cut into several where it would not fit on a page."""
    pieces = [rows[start : start + ROWS_A_PAGE] for start in range(0, len(rows), ROWS_A_PAGE)]
    return "\n\n".join(_tabular(columns, head, piece) for piece in pieces)


def _tabular(columns: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    body = "\n".join(" & ".join(row) + r" \\" for row in rows)
    return (
        f"\\begin{{center}}\n\\begin{{tabular}}{{{columns}}}\n\\toprule\n{' & '.join(head)} \\\\\n\\midrule\n"
        f"{body}\n\\bottomrule\n\\end{{tabular}}\n\\end{{center}}"
    )
