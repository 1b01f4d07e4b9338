"""Exponentials and logarithms without branches or calls, so that a compiler turns a loop over them into vector code.

Each is accurate to about one unit in the last place over the whole range: arguments are reduced by a power of two with
ln 2 in two parts, what remains is a Taylor polynomial (of 1/n!, or of the odd powers of s = f/(2+f)), long enough
that the first term left out is below rounding. What rounds by adding a constant and taking it away again gets it from
`constant`: XLA would cancel two literals.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
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
LOG_LEAST_NORMAL, LOG_LEAST = math.log(2.0**-1022), math.log(2.0**-1074) - math.log(2)
"""Between them the exponential is positive but below the normal numbers."""
EXP_TERMS = tuple(1.0 / math.factorial(n) for n in range(13, 1, -1))
LOG_TERMS = tuple(2.0 / (2 * n + 1) for n in range(10, 0, -1))


def polynomial(terms: tuple[float, ...], x: str) -> str:
    """Return the code of a polynomial, highest coefficient first, in pairs of terms, pairs of pairs and so on.

    A processor works on several terms at a time, where one term after the other would wait for the one before.

    Examples
    --------
    >>> polynomial((3.0, 2.0, 1.0), "x")
    '(3.0 * (x * x) + (2.0 * x + 1.0))'
    >>> polynomial((4.0, 3.0, 2.0, 1.0), "x")
    '((4.0 * x + 3.0) * (x * x) + (2.0 * x + 1.0))'
    """
    if len(terms) == 1:
        return repr(terms[0])
    if len(terms) == 2:
        return f"({terms[0]!r} * {x} + {terms[1]!r})"
    size = 1 << (len(terms) - 1).bit_length() - 1
    power = x
    for _ in range(size.bit_length() - 1):
        power = f"({power} * {power})"
    return f"({polynomial(terms[:-size], x)} * {power} + {polynomial(terms[-size:], x)})"


SOURCE = f"""
@inline
def reduced(x):
    rounder = constant({ROUNDER!r}, x)
    shifted = x * {1 / math.log(2)!r} + rounder
    whole = shifted - rounder
    r = (x - whole * {LN2_HIGH!r}) - whole * {LN2_LOW!r}
    return bits(shifted) - bits({ROUNDER!r}), r + r * r * {polynomial(EXP_TERMS, "r")}

@inline
def power_of_two(k):
    return number((k + {EXPONENT_BIAS}) << 52)

@inline
def exp(x):
    x = where(x > 710.0, 710.0, where(x < -746.0, -746.0, x))
    k, p = reduced(x)
    half = k >> 1
    return ((1.0 + p) * power_of_two(half)) * power_of_two(k - half)

@inline
def expm1(x):
    x = where(x > 710.0, 710.0, where(x < -746.0, -746.0, x))
    k, p = reduced(x)
    half = k >> 1
    first = power_of_two(half)
    value = (first * p + (first - power_of_two(half - k))) * power_of_two(k - half)
    return where(x == 0.0, x, where(x < -40.0, -1.0, value))

@inline
def log_parts(x, correction):
    pattern = bits(x)
    k = (pattern - {ROOT_HALF_BITS}) >> 52
    f = number(pattern - (k << 52)) - 1.0
    s = f / (2.0 + f)
    z = s * s
    square = 0.5 * f * f
    tail = s * (square + z * {polynomial(LOG_TERMS, "z")})
    whole = real(k)
    return whole * {LN2_HIGH!r} - ((square - (tail + (whole * {LN2_LOW!r} + correction))) - f)

@inline
def log(x):
    small = x < {2.0**-1022!r}
    value = log_parts(where(small, x * {2.0**54!r}, x), 0.0)
    value = where(small, value - {54 * math.log(2)!r}, value)
    value = where(x > 0.0, value, where(x == 0.0, -inf, nan))
    return where(x < inf, value, x)

@inline
def log1p(y):
    one = constant(1.0, y)
    u = one + y
    high = u - one
    value = log_parts(u, ((one - (u - high)) + (y - high)) / u)
    value = where(y > -1.0, value, where(y == -1.0, -inf, nan))
    value = where(abs(y) < 1e-300, y, value)
    return where(y < inf, value, y)
"""


NAMES = ("exp", "expm1", "log", "log1p")
WIDE = '"prefer-vector-width"="512"'
"""Attribute of a function for LLVM, which would use half of the registers that processors with wide ones have."""


@cache
def for_numba() -> Mapping[str, Callable[..., Any]]:
    """Return the functions by name, compiled by Numba into the loop that calls them.

    A loop in which ``with_wide_registers(x)`` stands, which is x, is compiled for these; others take no notice.

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

    def with_wide_registers(context: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            # llvmlite writes out any attribute in this set, and its own method takes those without a value only.
            set.add(builder.function.attributes, WIDE)
            return arguments[0]

        return value(value), generate

    inline = numba.njit(error_model="numpy", fastmath={"contract"})
    functions = _functions(
        inline=inline,
        bits=cast(types.float64, types.int64),
        number=cast(types.int64, types.float64),
        where=inline(lambda condition, first, second: first if condition else second),
        real=inline(lambda whole: float(whole)),
        constant=inline(lambda value, x: value),
    )
    return {**functions, "with_wide_registers": intrinsic(with_wide_registers)}


@cache
def for_jax() -> Mapping[str, Callable[..., Any]]:
    """Return the functions by name for JAX arrays of 64-bit floats; XLA's own logarithms are worked out point by point.

    XLA takes subnormal numbers for zero. An exponential that is one is not a number, for zero would make a product
    wrong that itself is a normal number.

    Raises
    ------
    MissingExtra
        Without JAX.
    """
    try:
        import jax
    except ImportError as error:
        raise MissingExtra("the JAX backend", "jax", "jax") from error
    numpy = jax.numpy
    functions = _functions(
        inline=lambda function: function,
        bits=lambda x: jax.lax.bitcast_convert_type(x, numpy.int64),
        number=lambda k: jax.lax.bitcast_convert_type(k, numpy.float64),
        where=numpy.where,
        real=lambda whole: whole.astype(numpy.float64),
        constant=lambda value, x: numpy.where(x < math.inf, value, math.nan),
    )

    def exp(x: Any) -> Any:
        return numpy.where((x < LOG_LEAST_NORMAL) & (x > LOG_LEAST), math.nan, functions["exp"](x))

    return {**functions, "exp": exp}


def _functions(**language: Callable[..., Any]) -> Mapping[str, Callable[..., Any]]:
    space: dict[str, Any] = {**language, "inf": math.inf, "nan": math.nan}
    exec(SOURCE, space)
    return {name: space[name] for name in NAMES}
