"""Symbols that arguments introduce beside the model's, and the marks of economies that are compared: how to write them.

Documents list them with their meaning; a mark stands as an index, so that a_D_2 is the domestic cutoff of economy 2.
"""

from __future__ import annotations

import sympy as sp

from symhet.domain import Declared, Parameter
from symhet.papers.bo import model as m

_MARKS = {"0": "0", "stay": "0", "2": "2", "freer": "2", "DD": r"\mathit{DD}"}
"""Index of each mark: 0 for the economy without relocation, 2 for one with freer trade."""

_UNMARKED = {"sigma", "beta", "s_E", "f", "f_I", "delta", "F", "F_I", "mu", "t", "E"}


def _marked(parameter: Parameter, mark: str) -> Parameter:
    base, star, _ = parameter.latex.partition("^")
    stem, _, old = base.partition("_")
    latex = f"{stem}_{{{f'{old},' if old else ''}{_MARKS[mark]}}}{star}{parameter.latex[len(base) + 1 :]}"
    return Parameter(sp.Symbol(f"{parameter.symbol.name}_{mark}"), latex, "")


_symbol = Declared()

phi_P = _symbol("phi_P", r"\phi_P", "partitioning point")
phi_S = _symbol("phi_S", r"\phi_S", "sustain point")
gain_X = _symbol("v_X", "v_X", "gain of an exporter from moving", real=True)
gain_D = _symbol("v_D", "v_D", "gain of a firm without exports from moving", real=True)
m_star = _symbol("m_star", r"\bar m^*", "weighted sum of marginal selling costs in the South", real=True)
a = _symbol("a", "a", "unit cost of a firm")
a_low = _symbol("a_low", "a'", "a lower unit cost")
toll = _symbol("toll", "T", "what a mover pays, times sigma delta, for its beachhead in the North", real=True)
kept = _symbol("kept", "k", "1 if a mover keeps its beachhead in the South, 0 if it gives it up", real=True)
level = _symbol("level", r"\ell", "a finite value")
beta_2 = _symbol("beta_2", r"\beta_2", "a larger beta")
front = _symbol("a_front", r"\tilde a", "unit cost of the firms that are just moving")
gamma = _symbol("gamma", r"\gamma", "adjustment cost per firm that moves and unit of time")
speed = _symbol("speed", r"\dot{\tilde a}", "speed at which the cost of moving firms rises")
flow = _symbol("flow", r"\dot x", "firms that move per unit of time")
gain = _symbol("v", "v", "gain from moving", real=True)
W_X = _symbol("W_X", "W_X", "constant in the weight of exporters")
W_D = _symbol("W_D", "W_D", "constant in the weight of other firms")
p = _symbol("p", "p", "price of a variety; in results on productivity, the North's relative size")
p_f = _symbol("p_f", "p_f", "mill price of a foreign variety")
c = _symbol("c", "c", "consumption of a variety")
c_f = _symbol("c_f", "c_f", "consumption of a foreign variety")
P = _symbol("P", "P", "price index of manufactures")
M = _symbol("M", "M", "sum of consumption in the aggregate, to the power 1 - 1/sigma of each variety")
C_M = _symbol("C_M", "C_M", "consumption of the aggregate of manufactures")
w = _symbol("w", "w", "wage in the North")
w_star = _symbol("w_star", "w^*", "wage in the South")
price_A = _symbol("p_A", "p_A", "price of the numeraire good")
labour_A = _symbol("l_A", r"\ell_A", "labour in a unit of the numeraire good")
income = _symbol("I", "I", "income per head")
q = _symbol("q", "q", "output of a firm")
D = _symbol("D", "D", "level of the demand that a firm faces")
top = _symbol("y", "y", "export cutoff over domestic cutoff, to the power sigma - 1")
top_N = _symbol("y_N", "y_N", "the same for the North's firms without relocation")
top_S = _symbol("y_S", "y_S", "the same for the South's firms without relocation")
share = _symbol("Y", "Y", "share of firms that export")
share_N = _symbol("Y_N", "Y_N", "share of the North's firms that export without relocation")
share_S = _symbol("Y_S", "Y_S", "share of the South's firms that export without relocation")
cost = _symbol("xi", r"\xi", "export cutoff over domestic cutoff")
cost_N = _symbol("xi_N", r"\xi_N", "the same for the North's firms without relocation")
cost_S = _symbol("xi_S", r"\xi_S", "the same for the South's firms without relocation")
lam = _symbol("lambda", r"\lambda", "the North's exporters without relocation over exporters with it")
mu_S = _symbol("mu_S", r"\mu_S", "the South's exporters without relocation over exporters with it")
Z = _symbol("Z", "Z", "share of the South's sales that moved")
d_ = _symbol("d", "d", "the inverse of alpha = 1 - sigma + rho")
e_ = _symbol("e", r"\epsilon", "the inverse of rho")

HELPERS = (
    *_symbol.taken(),
    *(
        _marked(parameter, mark)
        for mark in _MARKS
        for parameter in (*m.PARAMETERS, *m.VARIABLES)
        if parameter.symbol.name not in _UNMARKED
    ),
)
"""How the symbols are written and what they mean; marked ones are not listed in documents."""
