"""Arranging a term changes how it looks, never its value."""

import math

import sympy as sp
from hypothesis import assume, example, given
from hypothesis import strategies as st

from symhet.algebra.tails import Survival
from symhet.render.layout import Call, Leaf, Power, Product, Sum, arrange
from symhet.render.notation import notation_for

KZ = notation_for("kz")
SYMBOLS = sp.symbols("alpha sigma tau f_p f_I w Lambda phi_min", positive=True)
POINT = dict(zip(SYMBOLS, map(sp.Rational, ("0.37", "2.9", "1.3", "0.8", "1.7", "0.6", "1.9", "1.1")), strict=True))
alpha, sigma = SYMBOLS[:2]
TAILS = {"Survival": lambda x: 1 / (2 + x), "G": lambda x: 1 - 1 / (2 + x), "log": math.log}

exponents = st.sampled_from([2, -1, -2, sp.Rational(1, 2), sigma - 1, 1 - sigma, alpha, -alpha, 1 / (sigma - 1),
                             alpha * (1 - sigma), -alpha * (sigma - 1), 1 / (1 - sigma)])  # fmt: skip
leaves = st.sampled_from(
    [*SYMBOLS, sigma - 1, 1 - sigma, 1 - alpha, (sigma - 1) / sigma, sp.Rational(-3, 2), sp.Integer(2)]
)
atoms = leaves | st.sampled_from(SYMBOLS).map(Survival) | st.sampled_from(SYMBOLS).map(sp.log)


def extend(inner):
    powers = st.tuples(
        st.sampled_from(SYMBOLS) | st.tuples(*[st.sampled_from(SYMBOLS)] * 2).map(lambda p: p[0] / p[1]), exponents
    )
    return st.one_of(
        st.tuples(inner, inner).map(sum),
        st.tuples(inner, inner).map(lambda pair: pair[0] - pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] / pair[1] if pair[1] != 0 else pair[0]),
        powers.map(lambda pair: pair[0] ** pair[1]),
    )


terms = st.recursive(atoms, extend, max_leaves=8)


def value(node):
    """Evaluate an arranged term."""
    match node:
        case Leaf(term):
            return complex(term.xreplace({**POINT, sp.Symbol("rho", positive=True): (POINT[sigma] - 1) / POINT[sigma]}))
        case Sum(parts):
            return sum(-value(part) if minus else value(part) for minus, part in parts)
        case Product(above, below):
            return math.prod(map(value, above), start=1) / math.prod(map(value, below), start=1)
        case Power(base, exponent):
            return value(base) ** value(exponent)
        case Call(function, arguments):
            return TAILS[type(function).__name__](*(value(argument).real for argument in arguments))


def expected(term):
    """Return the value of a term at the point; a term that has none there is no example."""
    found = term.replace(Survival, lambda x: 1 / (2 + x)).xreplace(POINT)
    assume(not found.has(sp.zoo, sp.nan, sp.oo))
    return complex(found)


@given(terms)
@example(term=(1 - sigma) * (sigma - 1) / sigma)
@example(term=(1 - sigma) / (sigma - 1) ** 2)
def test_an_arranged_term_has_the_same_value(term):
    wanted = expected(term)
    assert abs(value(arrange(term, KZ)) - wanted) <= 1e-9 * max(1, abs(wanted))


@given(terms)
def test_nothing_printed_starts_a_product_with_a_minus(term):
    def check(node):
        match node:
            case Product(above, below):
                assert all(not (isinstance(part, Leaf) and part.value.is_negative) for part in (*above, *below))
                for part in (*above, *below):
                    check(part)
            case Sum(parts):
                for _, part in parts:
                    check(part)

    check(arrange(term, KZ))
