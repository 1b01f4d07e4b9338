"""Symbols of section 4 and Appendices C and D, and those of Melitz (2003): names, how they print, what they mean."""

from __future__ import annotations

from symhet.domain import Declared
from symhet.papers.kz.notation import GOODS, WORKERS

_symbol = Declared()

SHIPPED = "units shipped per unit arriving"

exports = _symbol("exports", r"\mathit{EX}", "exports of X of one advanced economy", GOODS)
imports_cif = _symbol(
    "imports_cif", r"\mathit{IM}^{cif}", "intermediates that arrive in one economy, valued c.i.f.", GOODS
)
imports_fob = _symbol("imports_fob", r"\mathit{IM}^{fob}", "intermediates shipped to one economy, valued f.o.b.", GOODS)
trade = _symbol("trade", r"\mathit{TT}", "exports of X and imports of intermediates of one economy", GOODS)
r_H_d = _symbol("r_H_d", "r_H^d", "home revenue of a firm that sources at home", GOODS)
r_H_off = _symbol("r_H_off", "r_H^{off}", "home revenue of a firm that offshores", GOODS)
x_F = _symbol("x_F", "x_F", "units of an offshoring exporter that arrive in one foreign market")
p_t = _symbol("p_t", r"p(\tilde\phi_t)", "price of the variety of average efficiency", GOODS)
index_sum = _symbol("index_sum", "I_X", "integral of p**(1 - sigma) over all varieties sold at home")
home_sum = _symbol("home_sum", "I_H", "integral of p**(1 - sigma) over home varieties")
old_sum = _symbol("old_sum", r"I_F^\circ", "integral of p**(1 - sigma) over the imported varieties of given firms")
lowest_old = _symbol("phi_ex_old", r"\varphi_F^\circ", "lowest productivity of these firms")
c_firm = _symbol("c_firm", r"c^{off}", "cost of a unit for the home market of a firm that offshores", GOODS)
sales_x = _symbol("sales_x", "s_{ex}", "sales of all exporters, relative to those of the marginal exporter")
c_off = _symbol("c_off", "c_{off}", "offshoring cutoff relative to the cutoff of production")
c_ex = _symbol("c_ex", "c_{ex}", "export cutoff relative to the cutoff of production")
sales_above = _symbol("U_x", r"U(x,\infty)", "integral of efficiencies to the power sigma - 1 above a cutoff x")
mean_above = _symbol("Phi_above", r"\tilde\phi(x)", "average efficiency of all firms above a cutoff x")
own = _symbol("Phi_x", r"\phi(x)", "efficiency of the firm at a cutoff x")
theta = _symbol("theta", r"\theta", "shape of a Pareto distribution")
lowest = _symbol("b_P", "b", "lower end of a Pareto distribution")

tau_I_1 = _symbol("tau_I_1", r"\tau_I'", "another iceberg cost of intermediates", SHIPPED)
Lambda_1 = _symbol("Lambda_1", r"\Lambda'", "factor by which offshoring raises variable profit at that cost")
p_off_1 = _symbol("p_I_off_1", r"p_I^{off\prime}", "c.i.f. price of W's intermediates at that cost", GOODS)
phi_min_1 = _symbol("phi_min_1", r"\hat\varphi_{min}'", "cutoff of production at that cost")
phi_ex_1 = _symbol("phi_ex_1", r"\hat\varphi_{ex}'", "cutoff of exporting at that cost")
P_X_1 = _symbol("P_X_1", "P_X'", "price index of the differentiated good at that cost", GOODS)
r_F_1 = _symbol("r_F_1", "r_F'", "revenue of the firm in one foreign market at that cost", GOODS)
r_H_1 = _symbol("r_H_off_1", r"r_H^{off\prime}", "home revenue of the firm at that cost", GOODS)
x_F_1 = _symbol("x_F_1", "x_F'", "units of the firm that arrive in one foreign market at that cost")

sigma_1 = _symbol("sigma_1", r"\sigma^\circ", "another elasticity of substitution")
Lambda_s = _symbol("Lambda_s", r"\Lambda^\circ", "factor by which offshoring raises variable profit at that elasticity")
min_s = _symbol("phi_min_s", r"\hat\varphi_{min}^\circ", "cutoff of production at that elasticity")
off_s = _symbol("phi_off_s", r"\hat\varphi_{off}^\circ", "cutoff of offshoring at that elasticity")
ex_s = _symbol("phi_ex_s", r"\hat\varphi_{ex}^\circ", "cutoff of exporting at that elasticity")

X_1 = _symbol("X_1", "X'", "quantity of the bundle at another price index")
Y_s_1 = _symbol("Y_s_1", "Y'", "another output of good Y in an advanced economy", GOODS)
Y_w_1 = _symbol("Y_w_1", r"Y^{w\prime}", "output of good Y in country W that goes with it", GOODS)
L_Y_w_1 = _symbol("L_Y_w_1", r"L_Y^{w\prime}", "labour in good Y in country W that goes with it", WORKERS)
L_I_w_1 = _symbol("L_I_w_1", r"L_I^{w\prime}", "labour in intermediates in country W that goes with it", WORKERS)
I_w_1 = _symbol("I_w_1", r"I^{w\prime}", "output of intermediates in country W that goes with it", "units of I")
rest_Y = _symbol("rest_Y", r"L_Y", "labour that other sectors leave to good Y", WORKERS, real=True)
rest_W = _symbol("rest_W", r"L_Y^w", "labour that intermediates leave to good Y in country W", WORKERS, real=True)
c_other = _symbol("c_other", r"c_1^{off}", "cost of a unit of another firm that offshores", GOODS)
c_home = _symbol("c_home", r"c^d", "cost of a unit of a firm that sources at home", GOODS)
alpha_1 = _symbol("alpha_1", r"\alpha'", "another cost share of intermediates")
Lambda_a = _symbol("Lambda_a", r"\Lambda'", "factor by which offshoring raises variable profit at that cost share")
pi_fe = _symbol("pi_fe", r"\bar\pi_{FE}", "average profit that free entry asks for", GOODS)
pi_zcp = _symbol("pi_zcp", r"\bar\pi_{ZCP}", "average profit of survivors, by the zero cutoff profit condition", GOODS)
i_firm = _symbol("i_firm", r"\mathit{im}", "value of the intermediates that an exporting offshorer imports", GOODS)
im_share = _symbol("im_share", r"\mathit{s}_I", "share of intermediates in total trade")
other_phi = _symbol("phi_1", r"\varphi_1", "productivity of another firm")
other_v = _symbol("v_1", "v_1", "variable profit at home of that firm with domestic intermediates", WORKERS)

SECTION_4 = _symbol.taken()

sigma_m = _symbol("sigma_m", r"\sigma_M", "elasticity of substitution in Melitz (2003)")
tau_m = _symbol("tau_m", r"\tau_M", "iceberg cost in Melitz (2003)", SHIPPED)
f_m = _symbol("f_m", "f_M", "fixed cost of production in Melitz (2003), a period", WORKERS)
f_x = _symbol("f_x", "f_x", "fixed cost of exporting per market in Melitz (2003), a period", WORKERS)
f_entry = _symbol("f_entry", r"\delta f_e^M", "cost of entry in Melitz (2003), a period", WORKERS)
n_m = _symbol("n_m", "n_M", "number of foreign countries in Melitz (2003)", "countries")
A_m = _symbol("A_m", "A_M", "revenue at home of a firm of productivity one in Melitz (2003)", "wages")
star = _symbol("phi_star", r"\varphi^*", "cutoff of production in Melitz (2003)")
star_x = _symbol("phi_star_x", r"\varphi_x^*", "cutoff of exporting in Melitz (2003)")
pi_m = _symbol("pi_bar_m", r"\bar\pi_M", "average profit of survivors in Melitz (2003)", "wages")

MELITZ = _symbol.taken()
