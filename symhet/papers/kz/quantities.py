"""What the numbers of Kleinert and Zorell's model are: LaTeX, meaning and unit of parameters and results."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from symhet.numerics.quantities import Quantity

__all__ = ["QUANTITIES"]

_WORKERS = "workers"
_VALUE = "units of Y"

QUANTITIES: Mapping[str, Quantity] = MappingProxyType({
    "alpha": Quantity(r"\alpha", "cost share of intermediates"),
    "beta": Quantity(r"\beta", "expenditure share of the differentiated good"),
    "sigma": Quantity(r"\sigma", "elasticity of substitution between varieties"),
    "tau": Quantity(r"\tau", "iceberg cost of final goods", "units shipped per unit arriving"),
    "tau_I": Quantity(r"\tau_I", "iceberg cost of intermediates", "units shipped per unit arriving"),
    "n": Quantity("n", "foreign advanced economies", "countries"),
    "phi_Y": Quantity(r"\varphi_Y", "labour productivity in Y", "units of Y per worker"),
    "phi_I": Quantity(r"\varphi_I", "labour productivity in intermediates", "units of I per worker"),
    "phi_Y_w": Quantity(r"\varphi_Y^w", "labour productivity in Y in country W", "units of Y per worker"),
    "phi_I_w": Quantity(r"\varphi_I^w", "labour productivity in intermediates in country W", "units of I per worker"),
    "f_p": Quantity("f_p", "fixed cost of production", _WORKERS),
    "f_I": Quantity("f_I", "fixed cost of offshoring", _WORKERS),
    "f_ex": Quantity("f_{ex}", "fixed cost of exporting per market", _WORKERS),
    "f_e": Quantity("f_e", "cost of entry", _WORKERS),
    "L": Quantity("L", "labour of an advanced economy", _WORKERS),
    "L_w": Quantity("L^w", "labour of country W", _WORKERS),
    "phi_min": Quantity(r"\hat\varphi_{min}", "lowest productivity that produces"),
    "phi_off": Quantity(r"\hat\varphi_{off}", "lowest productivity that offshores"),
    "phi_ex": Quantity(r"\hat\varphi_{ex}", "lowest productivity that exports"),
    "w": Quantity("w", "wage", _VALUE),
    "p_I_d": Quantity("p_I^d", "price of domestic intermediates", _VALUE),
    "p_I_off": Quantity("p_I^{off}", "c.i.f. price of imported intermediates", _VALUE),
    "E_X": Quantity("E_X", "expenditure on X", _VALUE),
    "P_X": Quantity("P_X", "price index of X", _VALUE),
    "P": Quantity("P", "price index of consumption", _VALUE),
    "M": Quantity("M", "producing firms", "firms"),
    "M_d": Quantity("M_d", "firms that neither offshore nor export", "firms"),
    "M_off": Quantity("M_{off}", "firms that offshore without exporting", "firms"),
    "M_ex": Quantity("M_{ex}", "exporters", "firms"),
    "M_e": Quantity("M_e", "entrants", "firms"),
    "M_t": Quantity("M_t", "varieties sold in a country", "firms"),
    "welfare": Quantity("w/P", "real wage"),
    "exports_X": Quantity("EX_X", "exports of X to all markets, at the buyer's price", _VALUE),
    "imports_I_cif": Quantity("IM_I^{cif}", "imports of intermediates, c.i.f.", _VALUE),
    "imports_I_fob": Quantity("IM_I^{fob}", "intermediates shipped by W, f.o.b.", _VALUE),
    "imports_I_quantity": Quantity("I^{off}", "intermediates that arrive", "units of I"),
    "L_Y": Quantity("L_Y", "labour in Y", _WORKERS),
    "L_I": Quantity("L_I", "labour in intermediates", _WORKERS),
    "L_X": Quantity("L_X", "labour in X, fixed and variable", _WORKERS),
    "L_e": Quantity("L_e", "labour used for entry", _WORKERS),
    "Y": Quantity("Y", "output of Y", _VALUE),
    "Y_w": Quantity("Y^w", "output of Y in country W", _VALUE),
    "I_w": Quantity("I^w", "output of intermediates in country W", "units of I"),
    "diversified": Quantity("", "every country makes both homogeneous goods"),
    "regime": Quantity("", "order in which firms offshore and export"),
    "status": Quantity("", "why there is no solution"),
})  # fmt: skip
"""Parameters and results of Kleinert and Zorell's model."""
