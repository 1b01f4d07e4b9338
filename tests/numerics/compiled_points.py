"""Points at which numeric functions of both papers have values, and these values exactly."""

import numpy as np
import sympy as sp

x, y, s = sp.symbols("x y s", positive=True)
BACKENDS = ("numpy", "numba", "jax")
POINTS = 400


def inputs_of(kernel, rng, size=POINTS):
    """Return admissible inputs of a Baldwin-Okubo or Kleinert-Zorell kernel."""
    beta, phi = rng.uniform(1.05, 2.5, size), rng.uniform(0.05, 0.95, size)
    room = 1 / (1 + phi**beta)
    values = {
        "sigma": rng.uniform(2, 6, size),
        "beta": beta,
        "phi": phi,
        "s_E": 0.5 + (room - 0.5) * rng.uniform(0.05, 0.95, size),
        "f": (f := rng.uniform(0.5, 2, size)),
        "f_I": rng.uniform(0.2, 0.95, size) * f / (beta - 1),
        "alpha": rng.uniform(0.1, 0.9, size),
        "tau": rng.uniform(1.05, 2, size),
        "f_p": rng.uniform(0.5, 2, size),
        "f_ex": rng.uniform(0.5, 2, size),
        "phi_min": rng.uniform(0.5, 2, size),
        "p_I_d": rng.uniform(1, 2, size),
        "p_I_off": rng.uniform(0.5, 0.99, size),
        "a_D": (a_D := rng.uniform(0.8, 1, size)),
        "n_w": rng.uniform(0.2, 1, size),
    }
    values["a_X"] = a_X = a_D * phi ** (1 / (values["sigma"] - 1))
    moved = rng.uniform(0.3, 0.9, size)
    values["a_R"] = a_X + moved * (a_D - a_X) if kernel.name.startswith("bo.eq19") else moved * a_X
    if "s_n" in kernel.inputs:
        values["s_n"] = after_relocation(values, rng.uniform(0.1, 0.9, size))
    return {name: values[name] for name in kernel.inputs}


def after_relocation(given, share):
    """Return the North's share of firms when some of the South's exporters have moved."""
    omega = given["phi"] ** given["beta"]
    born = given["s_E"] * (1 + omega) - omega
    moved = share * np.minimum((1 - given["phi"]) * given["phi"] ** (given["beta"] - 1), born)
    return (born - moved) / (1 - omega - moved)


def exact(expr, point):
    return complex(expr.evalf(40, subs={sp.Symbol(n, positive=True): sp.Float(float(v), 40) for n, v in point.items()}))


def rows(points):
    return [dict(zip(points, map(float, values), strict=True)) for values in zip(*points.values(), strict=True)]


ECONOMIES = {
    "bo.eq9": {"sigma": 3.0, "beta": 1.5, "phi": 0.3, "s_E": 0.55, "f": 1.0, "f_I": 0.9},
    "bo.eq24": {"sigma": 3.0, "beta": 1.5, "phi": 0.3, "s_E": 0.55, "s_n": 0.56, "f": 1.0, "f_I": 0.9},
    "kz.eq12": {"sigma": 3.0, "alpha": 0.5, "p_I_d": 1.0, "p_I_off": 0.8, "f_p": 1.0, "f_I": 1.5, "phi_min": 1.0},
    "kz.eq14": {"sigma": 3.0, "alpha": 1.0, "p_I_d": 1.0, "p_I_off": 0.8, "f_p": 1.0, "f_ex": 1.5, "phi_min": 1.0,
                "tau": 1.4},
}  # fmt: skip
