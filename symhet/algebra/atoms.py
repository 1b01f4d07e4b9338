"""What counts as an atom: something known only by its name and arguments."""

from __future__ import annotations

import sympy as sp
from sympy.core.function import AppliedUndef


def is_atom(expr: sp.Basic) -> bool:
    """Tell whether an expression is a symbol, an undefined function, or a function class not SymPy's own."""
    if isinstance(expr, sp.Symbol | AppliedUndef):
        return True
    return isinstance(expr, sp.Function) and not type(expr).__module__.startswith("sympy.")
