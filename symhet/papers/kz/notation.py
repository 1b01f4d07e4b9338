"""Symbols of households, single firms and the accounts, beyond the parameters and prices of the model."""

from __future__ import annotations

from symhet.domain import Declared

_symbol = Declared()

GOODS, WORKERS = "units of Y", "workers"

X = _symbol("X", "X", "quantity of the bundle of differentiated goods")
Y = _symbol("Y", "Y", "quantity of the homogeneous good", GOODS)
U = _symbol("U", "U", "utility")
E = _symbol("E", "E", "expenditure of an advanced economy", GOODS)
E_Y = _symbol("E_Y", "E_Y", "expenditure on the homogeneous good", GOODS)
E_Y_w = _symbol("E_Y_w", "E_Y^w", "expenditure of country W on the homogeneous good", GOODS)
P = _symbol("P", "P", "price index of consumption", GOODS)
p_Y = _symbol("p_Y", "p_Y", "price of the homogeneous good in an advanced economy", GOODS)
p_Y_w = _symbol("p_Y_w", "p_Y^w", "price of the homogeneous good in country W", GOODS)
kappa = _symbol("kappa", r"\kappa", "shadow value of spending on varieties")
share = _symbol("s_X", "s", "share of spending on differentiated goods")
x = _symbol("x_omega", r"x(\omega)", "quantity of a variety")
p = _symbol("p_omega", r"p(\omega)", "price of a variety", GOODS)
spent = _symbol("e_omega", r"e(\omega)", "expenditure on a variety", GOODS)
price_sum = _symbol("I_Omega", r"I_\Omega", "integral of the prices of all varieties to the power 1 - sigma")

L_Y = _symbol("L_Y", "L_Y", "labour in good Y", WORKERS)
L_I = _symbol("L_I", "L_I", "labour in intermediates", WORKERS)
L_I_left = _symbol(
    "L_I_left",
    "L_I",
    "labour in intermediates, which may be none when every survivor offshores",
    WORKERS,
    real=True,
)
L_X = _symbol("L_X", "L_X", "labour in the differentiated sector, entry apart", WORKERS)
L_e = _symbol("L_e", "L_e", "labour used for entry", WORKERS)
L_Y_w = _symbol("L_Y_w", "L_Y^w", "labour in good Y in country W", WORKERS)
L_I_w = _symbol("L_I_w", "L_I^w", "labour in intermediates in country W", WORKERS)
Y_s = _symbol("Y_s", "Y", "output of good Y in an advanced economy", GOODS)
Y_w = _symbol("Y_w", "Y^w", "output of good Y in country W", GOODS)
I_s = _symbol("I_s", "I", "output of intermediates in an advanced economy", "units of I")
I_w = _symbol("I_w", "I^w", "output of intermediates in country W", "units of I")
I_off = _symbol("I_off", "I^{off}", "foreign intermediates that arrive in an advanced economy", "units of I")

phi = _symbol("phi", r"\varphi", "productivity of a firm")
p_I = _symbol("p_I", "p_I^k", "price of the intermediates that a firm uses", GOODS)
Phi = _symbol("Phi", r"\phi^k", "efficiency of a firm")
quantity = _symbol("x_s", "x", "output of a firm")
ell = _symbol("ell", r"\ell", "production labour of a firm", WORKERS)
inputs = _symbol("i_s", "i", "intermediates that a firm uses", "units of I")
c = _symbol("c", "c", "cost of a unit", GOODS)
A_X = _symbol("A_X", "A", "level of demand that a firm faces in one market")
Phi_1 = _symbol("Phi_1", r"\phi'", "efficiency of one firm")
Phi_2 = _symbol("Phi_2", r"\phi''", "efficiency of another firm")
x_1 = _symbol("x_1", r"x(\phi')", "output of one firm")
x_2 = _symbol("x_2", r"x(\phi'')", "output of another firm")
v = _symbol("v", "v", "variable profit at home with domestic intermediates, in units of labour", WORKERS)
r_H = _symbol("r_H", "r_H", "revenue of a firm at home", GOODS)
r_F = _symbol("r_F", "r_F", "revenue of a firm in one export market", GOODS)
m = _symbol("m", "m", "number of export markets that a firm serves")
pi_H = _symbol("pi_H", r"\pi_H", "profit from sales at home", GOODS, real=True)
pi_F = _symbol("pi_F", r"\pi_F", "profit from sales in one export market", GOODS, real=True)
pi_d = _symbol("pi_d", r"\pi^d", "profit of a firm at home with domestic intermediates", GOODS, real=True)
pi_off = _symbol("pi_off", r"\pi^{off}", "profit of a firm at home that offshores", GOODS, real=True)
pi_ex = _symbol("pi_ex", r"\pi^{ex,off}", "profit of a firm that exports and offshores", GOODS, real=True)
pi_x = _symbol("pi_x", r"\pi^{ex,d}", "profit of a firm that exports without offshoring", GOODS, real=True)

reach = _symbol("a_X", "a", "sales in all markets served as a multiple of those at home")
fixed = _symbol("f_all", "f", "fixed costs that a firm bears whatever its inputs", WORKERS)
tau_1 = _symbol("tau_1", r"\tau'", "another iceberg cost of final goods", "units shipped per unit arriving")
f_p_1 = _symbol("f_p_1", "f_p'", "another fixed cost of production", WORKERS)
f_I_1 = _symbol("f_I_1", "f_I'", "another fixed cost of offshoring", WORKERS)
f_ex_1 = _symbol("f_ex_1", "f_{ex}'", "another fixed cost of exporting per market", WORKERS)

M = _symbol("M", "M", "mass of producing firms of one economy")
M_e = _symbol("M_e", "M_e", "mass of entrants of one economy")
M_d = _symbol("M_d", "M_d", "mass of firms that neither offshore nor export")
M_off = _symbol("M_off", "M_{off}", "mass of firms that offshore and do not export")
M_ex = _symbol("M_ex", "M_{ex}", "mass of exporters")
M_t = _symbol("M_t", "M_t", "mass of varieties sold in one economy")
mean = _symbol("Phi_mean", r"\tilde\phi", "average efficiency of the firms of one economy")
mean_d = _symbol("Phi_d", r"\tilde\phi_d", "average efficiency of firms that neither offshore nor export")
mean_off = _symbol("Phi_off", r"\tilde\phi_{off}", "average efficiency of firms that offshore and do not export")
mean_ex = _symbol("Phi_ex", r"\tilde\phi_{ex}", "average efficiency of exporters")
mean_t = _symbol("Phi_t", r"\tilde\phi_t", "average efficiency of the varieties sold in one economy")
pi_bar = _symbol("pi_bar", r"\bar\pi", "average profit of producing firms", GOODS)
R_X = _symbol("R_X", "R_X", "revenue of all firms of one economy", GOODS)
W = _symbol("W", "W", "welfare per worker")
W_w = _symbol("W_w", "W^w", "welfare per worker in country W")

AGENTS = _symbol.taken()
