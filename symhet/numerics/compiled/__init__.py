"""Kernel functions: derived formulas as fast numeric functions. SymPy stops at `graph.freeze`."""
