"""A model of one's own with everything that the papers have: judged, solved, swept, compiled, printed and drawn."""

from symhet.workbench.model import Model, read_model
from symhet.workbench.opening import calibrate, key_of, numeric, own_model, solve, statics, sweep

__all__ = ["Model", "calibrate", "key_of", "numeric", "own_model", "read_model", "solve", "statics", "sweep"]
