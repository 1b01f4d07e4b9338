"""Numeric functions: derived formulas over arrays. SymPy stops at `graph.freeze`."""
