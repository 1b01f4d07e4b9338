"""Exponentials and logarithms without branches or calls, so that a compiler turns a loop over them into vector code.

Each is accurate to about one unit in the last place over the whole range: arguments are reduced by a power of two with
ln 2 in two parts, what remains is a Taylor polynomial (of 1/n!, or of the odd powers of s = f/(2+f)), long enough
that the first term left out is below rounding.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

from symhet.errors import MissingExtra

LN2_HIGH = 6.93147180369123816490e-01
"""ln 2 to 32 bits: its products with exponents are exact."""
LN2_LOW = 1.90821492927058770002e-10
ROUNDER = 6755399441055744.0
"""1.5 times 2 to the 52: adding it rounds to a whole number, which then stands in the last bits."""
EXPONENT_BIAS = 1023
ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
EXP_TERMS = tuple(1.0 / math.factorial(n) for n in range(13, 1, -1))
LOG_TERMS = tuple(2.0 / (2 * n + 1) for n in range(10, 0, -1))


def horner(terms: tuple[float, ...], x: str) -> str:
    """Return the code of a polynomial, highest coefficient first.

    Examples
    --------
    >>> horner((3.0, 2.0), "x")
    '((3.0) * x + 2.0)'
    """
    code = repr(terms[0])
    for term in terms[1:]:
        code = f"(({code}) * {x} + {term!r})"
    return code


SOURCE = f"""
@inline
def reduced(x):
    shifted = x * {1 / math.log(2)!r} + {ROUNDER!r}
    whole = shifted - {ROUNDER!r}
    r = (x - whole * {LN2_HIGH!r}) - whole * {LN2_LOW!r}
    return bits(shifted) - bits({ROUNDER!r}), r + r * r * {horner(EXP_TERMS, "r")}

@inline
def power_of_two(k):
    return number((k + {EXPONENT_BIAS}) << 52)

@inline
def exp(x):
    x = 710.0 if x > 710.0 else x
    x = -746.0 if x < -746.0 else x
    k, p = reduced(x)
    half = k >> 1
    return ((1.0 + p) * power_of_two(half)) * power_of_two(k - half)

@inline
def expm1(x):
    x = 710.0 if x > 710.0 else x
    x = -746.0 if x < -746.0 else x
    k, p = reduced(x)
    half = k >> 1
    first = power_of_two(half)
    value = (first * p + (first - power_of_two(half - k))) * power_of_two(k - half)
    return x if x == 0.0 else (-1.0 if x < -40.0 else value)

@inline
def log_parts(x, correction):
    pattern = bits(x)
    k = (pattern - {ROOT_HALF_BITS}) >> 52
    f = number(pattern - (k << 52)) - 1.0
    s = f / (2.0 + f)
    z = s * s
    square = 0.5 * f * f
    tail = s * (square + z * {horner(LOG_TERMS, "z")})
    whole = float(k)
    return whole * {LN2_HIGH!r} - ((square - (tail + (whole * {LN2_LOW!r} + correction))) - f)

@inline
def log(x):
    small = x < {2.0**-1022!r}
    value = log_parts(x * {2.0**54!r} if small else x, 0.0)
    value = value - {54 * math.log(2)!r} if small else value
    value = value if x > 0.0 else (-inf if x == 0.0 else nan)
    return value if x < inf else x

@inline
def log1p(y):
    u = 1.0 + y
    high = u - 1.0
    value = log_parts(u, ((1.0 - (u - high)) + (y - high)) / u)
    value = value if y > -1.0 else (-inf if y == -1.0 else nan)
    value = y if abs(y) < 1e-300 else value
    return value if y < inf else y
"""


@cache
def vectorisable() -> dict[str, Callable[..., Any]]:
    """Return exp, expm1, log and log1p as functions that Numba compiles into the loop that calls them.

    Raises
    ------
    MissingExtra
        Without Numba.
    """
    try:
        import numba
        from numba.core import types
        from numba.extending import intrinsic
    except ImportError as error:
        raise MissingExtra("the Numba backend", "fast", "numba") from error

    def cast(source: Any, target: Any) -> Callable[..., Any]:
        def typed(context: Any, value: Any) -> Any:
            def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
                return builder.bitcast(arguments[0], context.get_value_type(target))

            return target(source), generate

        return intrinsic(typed)

    space: dict[str, Any] = {
        "inline": numba.njit(error_model="numpy", fastmath={"contract"}),
        "bits": cast(types.float64, types.int64),
        "number": cast(types.int64, types.float64),
        "inf": math.inf,
        "nan": math.nan,
    }
    exec(SOURCE, space)
    return {name: space[name] for name in ("exp", "expm1", "log", "log1p")}
