"""Symbols that arguments introduce beside the model's, and the marks of economies that are compared: how to write them.

Documents list them with their meaning; a mark stands as an index, so that a_D_2 is the domestic cutoff of economy 2.
"""

from __future__ import annotations

import sympy as sp

from symhet.domain import Parameter
from symhet.papers.bo import model as m

_MARKS = {"0": "0", "stay": "0", "2": "2", "freer": "2", "DD": r"\mathit{DD}"}
"""Index of each mark: 0 for the economy without relocation, 2 for one with freer trade."""

_UNMARKED = {"sigma", "beta", "s_E", "f", "f_I", "delta", "F", "F_I", "mu", "t", "E"}


def _marked(parameter: Parameter, mark: str) -> Parameter:
    base, star, _ = parameter.latex.partition("^")
    stem, _, old = base.partition("_")
    latex = f"{stem}_{{{f'{old},' if old else ''}{_MARKS[mark]}}}{star}{parameter.latex[len(base) + 1 :]}"
    return Parameter(sp.Symbol(f"{parameter.symbol.name}_{mark}"), latex, "")


def _helper(name: str, latex: str, meaning: str) -> Parameter:
    return Parameter(sp.Symbol(name), latex, meaning)


_OWN = (
    _helper("phi_P", r"\phi_P", "partitioning point"),
    _helper("phi_S", r"\phi_S", "sustain point"),
    _helper("v_X", "v_X", "gain of an exporter from moving"),
    _helper("v_D", "v_D", "gain of a firm without exports from moving"),
    _helper("m_star", r"\bar m^*", "weighted sum of marginal selling costs in the South"),
    _helper("a", "a", "unit cost of a firm"),
    _helper("a_low", "a'", "a lower unit cost"),
    _helper("toll", "T", "what a mover pays, times sigma delta, for its beachhead in the North"),
    _helper("kept", "k", "1 if a mover keeps its beachhead in the South, 0 if it gives it up"),
    _helper("level", r"\ell", "a finite value"),
    _helper("beta_2", r"\beta_2", "a larger beta"),
    _helper("a_front", r"\tilde a", "unit cost of the firms that are just moving"),
    _helper("gamma", r"\gamma", "adjustment cost per firm that moves and unit of time"),
    _helper("speed", r"\dot{\tilde a}", "speed at which the cost of moving firms rises"),
    _helper("flow", r"\dot x", "firms that move per unit of time"),
    _helper("v", "v", "gain from moving"),
    _helper("W_X", "W_X", "constant in the weight of exporters"),
    _helper("W_D", "W_D", "constant in the weight of other firms"),
    _helper("p", "p", "price of a variety; in results on productivity, the North's relative size"),
    _helper("p_f", "p_f", "mill price of a foreign variety"),
    _helper("c", "c", "consumption of a variety"),
    _helper("c_f", "c_f", "consumption of a foreign variety"),
    _helper("P", "P", "price index of manufactures"),
    _helper("M", "M", "sum of consumption in the aggregate, to the power 1 - 1/sigma of each variety"),
    _helper("C_M", "C_M", "consumption of the aggregate of manufactures"),
    _helper("I", "I", "income per head"),
    _helper("q", "q", "output of a firm"),
    _helper("D", "D", "level of the demand that a firm faces"),
    _helper("y", "y", "export cutoff over domestic cutoff, to the power sigma - 1"),
    _helper("y_N", "y_N", "the same for the North's firms without relocation"),
    _helper("y_S", "y_S", "the same for the South's firms without relocation"),
    _helper("Y", "Y", "share of firms that export"),
    _helper("Y_N", "Y_N", "share of the North's firms that export without relocation"),
    _helper("Y_S", "Y_S", "share of the South's firms that export without relocation"),
    _helper("xi", r"\xi", "export cutoff over domestic cutoff"),
    _helper("xi_N", r"\xi_N", "the same for the North's firms without relocation"),
    _helper("xi_S", r"\xi_S", "the same for the South's firms without relocation"),
    _helper("lambda", r"\lambda", "the North's exporters without relocation over exporters with it"),
    _helper("mu_S", r"\mu_S", "the South's exporters without relocation over exporters with it"),
    _helper("Z", "Z", "share of the South's sales that moved"),
    _helper("d", "d", "the inverse of alpha = 1 - sigma + rho"),
    _helper("e", r"\epsilon", "the inverse of rho"),
)

HELPERS = (
    *_OWN,
    *(
        _marked(parameter, mark)
        for mark in _MARKS
        for parameter in (*m.PARAMETERS, *m.VARIABLES)
        if parameter.symbol.name not in _UNMARKED
    ),
)
"""How the symbols are written and what they mean; marked ones are not listed in documents."""
