"""A model of one's own with everything that the papers have: judged, solved, swept, compiled, printed and drawn."""

from symhet.workbench.model import Model, read_model
from symhet.workbench.opening import kernel, key_of, solve, statics, sweep

__all__ = ["Model", "kernel", "key_of", "read_model", "solve", "statics", "sweep"]
