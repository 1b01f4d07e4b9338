"""Random terms with powers, logarithms and exact poles, and steps to terms that are equal, nearly, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from flint import fmpq

from symhet.language import terms as t
from symhet.language.terms import Head, Term

POSITIVE = tuple(map(t.symbol, "xyzst"))
REAL = (t.symbol("r", False), t.symbol("q", False), t.total(t.symbol("y"), t.symbol("p")), t.SUPPORT)
HALF = t.number(1, 2)
_POSITIVE_VALUES = [
    fmpq(p, q) for p, q in ((1, 1), (1, 1), (2, 1), (2, 1), (3, 1), (1, 2), (1, 2), (4, 1), (3, 2), (1, 4))
]
_REAL_VALUES = [
    fmpq(p, q) for p, q in ((0, 1), (0, 1), (1, 1), (-1, 1), (2, 1), (-2, 1), (1, 2), (-1, 2), (4, 1), (-3, 1))
]


def random_point(rng: Random) -> dict[Term, fmpq]:
    """Return a point of few values, so that differences vanish often."""
    point = {symbol: rng.choice(_POSITIVE_VALUES) for symbol in POSITIVE}
    return point | {symbol: rng.choice(_REAL_VALUES) for symbol in REAL}


def random_leaf(rng: Random) -> Term:
    """Return a symbol or a number."""
    draw = rng.random()
    if draw < 0.6:
        return rng.choice(POSITIVE)
    if draw < 0.8:
        return rng.choice(REAL[:2]) if draw < 0.77 else rng.choice(REAL)
    return rng.choice([t.number(p, q) for p, q in ((1, 1), (1, 1), (2, 1), (-1, 1), (3, 1), (1, 2), (0, 1), (4, 1))])


def random_term(rng: Random, depth: int) -> Term:
    """Return a term of at most so many levels (a few more where a head is a shorthand)."""
    if depth <= 0 or rng.random() < 0.1:
        return random_leaf(rng)

    def part() -> Term:
        return random_term(rng, depth - 1 - (rng.random() < 0.3))

    makers: list[tuple[int, Callable[[], Term]]] = [
        (5, lambda: t.add(*(part() for _ in range(rng.choice((2, 2, 3)))))),
        (5, lambda: t.difference(part(), part())),
        (5, lambda: t.multiply(*(part() for _ in range(rng.choice((2, 2, 3)))))),
        (5, lambda: t.quotient(part(), part())),
        (3, lambda: t.whole_power(part(), rng.choice((-2, -1, 0, 2, 2, 3)))),
        (5, lambda: t.power(part(), part())),
        (3, lambda: t.power(part(), rng.choice((HALF, t.number(-1, 2), t.number(2, 3), t.number(2), t.ONE)))),
        (2, lambda: t.log(part())),
        (2, lambda: t.exp(part())),
        (1, lambda: t.survival(part())),
        (1, lambda: t.tail(part(), part())),
        (1, lambda: t.density(part())),
        (1, lambda: t.unspecified("f", (rng.choice((0, 1)),), part())),
        (1, lambda: t.integral(part(), part(), part())),
        (1, lambda: t.integral_from_zero(part(), part())),
    ]
    return rng.choices([make for _, make in makers], [weight for weight, _ in makers])[0]()


def random_group(rng: Random) -> tuple[Term, Term, tuple[Term, ...]]:
    """Return two terms in powers of the same few sums, and terms that tell signs of products of these sums."""
    bases = [random_term(rng, 1) if rng.random() < 0.2 else t.difference(random_leaf(rng), random_leaf(rng))]
    bases += [t.difference(random_leaf(rng), random_leaf(rng)), t.add(random_leaf(rng), random_leaf(rng))]
    exponents = [HALF, t.number(-1, 2), t.number(3, 2), *POSITIVE[3:], t.add(POSITIVE[3], t.ONE)]

    def power_of(base: Term) -> Term:
        draw = rng.random()
        if draw < 0.5:
            return t.whole_power(base, rng.choice((-2, -1, 1, 1, 2, 3)))
        square = t.whole_power(base, 2)
        return t.power(rng.choice((square, square, base, t.negative(base))), rng.choice(exponents))

    def product() -> Term:
        return t.product_of([power_of(rng.choice(bases)) for _ in range(rng.choice((1, 2, 3)))])

    one, other = product(), product()
    beside = [t.multiply(*rng.sample(bases, 2)), bases[0], t.quotient(bases[1], bases[0]), t.negative(bases[0])]
    told = tuple(t.log(term) for term in rng.sample(beside, rng.choice((0, 1, 1, 2))))
    if rng.random() < 0.5:
        return one, _reversed(rng, one, bases), told
    common = product()
    return t.add(t.multiply(common, one), t.multiply(common, other)), t.multiply(common, t.add(other, one)), told


def random_product(rng: Random) -> tuple[Term, Term, tuple[Term, ...]]:
    """Return a power or logarithm of a product of sums, and the same, or nearly, from the squares of the sums."""
    order = rng.choice((POSITIVE[3], POSITIVE[4], t.difference(POSITIVE[3], t.ONE), t.difference(*POSITIVE[3:])))
    symbol = rng.choice((*REAL[:2], *REAL[:2], POSITIVE[0]))
    sums = [
        rng.choice(
            (
                t.difference(t.number(rng.choice((1, 2, 3))), symbol),
                t.difference(t.number(rng.choice((1, 2, 3))), symbol),
                t.difference(random_leaf(rng), symbol),
                t.add(t.ONE, t.power(rng.choice(POSITIVE[:2]), t.whole_power(order, -1))),
                t.difference(t.power(rng.choice(POSITIVE[:2]), order), random_leaf(rng)),
                t.difference(t.whole_power(symbol, 2), t.whole_power(random_leaf(rng), rng.choice((2, 4)))),
            )
        )
        for _ in range(rng.choice((2, 3, 3)))
    ]
    twist = rng.choice((_same, _with_magnitudes, _swapped))
    others = [twist(rng, part) for part in sums]
    exponent = rng.choice((HALF, t.number(2, 3), POSITIVE[4], order, t.whole_power(order, -1)))
    squared = rng.random() < 0.5
    halved = t.multiply(HALF, exponent) if squared else exponent
    others = [t.whole_power(part, 2) if squared else part for part in others]
    if rng.random() < 0.3:
        right = t.add(*map(t.log, others))
        return t.multiply(t.number(1 + squared), t.log(t.multiply(*sums))), right, ()
    return t.power(t.multiply(*sums), exponent), t.multiply(*(t.power(part, halved) for part in others)), ()


def _same(rng: Random, term: Term) -> Term:
    return term


def _with_magnitudes(rng: Random, term: Term) -> Term:
    return t.replace(term, {symbol: t.power(t.whole_power(symbol, 2), HALF) for symbol in REAL})


def _swapped(rng: Random, term: Term) -> Term:
    return t.replace(term, dict(zip(REAL[:2], REAL[1::-1], strict=True)))


def _reversed(rng: Random, term: Term, bases: list[Term]) -> Term:
    """Write a product of powers anew: roots of squares as the base or its opposite, or exponents taken apart."""
    found = []
    for factor in term.args if term.head is Head.PRODUCT else (term,):
        base, exponent = factor.args
        if factor.head is Head.POWER and base.head is Head.WHOLE_POWER and rng.random() < 0.7:
            inner = rng.choice((base.args[0], t.negative(base.args[0])))
            found.append(t.power(inner, t.multiply(t.number(2), exponent)))
            if exponent in (HALF, t.number(3, 2)):
                found[-1] = t.whole_power(inner, int(2 * exponent.args[0] / exponent.args[1]))
        else:
            found.append(step(rng, factor))
    return t.multiply(rng.choice((t.ONE, t.ONE, t.MINUS_ONE)), *found)


def step(rng: Random, term: Term) -> Term:
    """Return a term with one of its parts written in another way, not always rightly."""
    if term.children and rng.random() < 0.75:
        children = list(term.children)
        i = rng.randrange(len(children))
        children[i] = step(rng, children[i])
        return term.with_children(tuple(children))
    return rng.choice(_OWN_STEPS.get(term.head, ()) + _STEPS)(rng, term)


Step = Callable[[Random, Term], Term]


def _other(rng: Random) -> Term:
    return random_term(rng, 1)


def _through_quotient(rng: Random, a: Term) -> Term:
    b = _other(rng)
    return t.quotient(t.multiply(a, b), b)


def _through_difference(rng: Random, a: Term) -> Term:
    b = _other(rng)
    return t.difference(t.add(a, b), b)


def _through_root(rng: Random, a: Term) -> Term:
    b = _other(rng)
    return t.power(t.power(a, b), t.whole_power(b, -1))


def _through_exp(rng: Random, a: Term) -> Term:
    b = _other(rng)
    return t.exp(t.quotient(t.add(t.multiply(b, t.log(a)), t.multiply(b, b)), b))


def _through_conjugate(rng: Random, a: Term) -> Term:
    b = _other(rng)
    return t.quotient(t.difference(t.whole_power(a, 2), t.whole_power(b, 2)), t.difference(a, b))


_STEPS: tuple[Step, ...] = (
    _through_quotient,
    _through_quotient,
    _through_difference,
    _through_root,
    _through_exp,
    _through_conjugate,
    lambda rng, a: t.power(t.whole_power(a, 2), HALF),
    lambda rng, a: t.whole_power(t.power(a, HALF), 2),
    lambda rng, a: t.exp(t.log(a)),
    lambda rng, a: t.log(t.exp(a)),
    lambda rng, a: t.whole_power(t.whole_power(a, -1), -1),
    lambda rng, a: t.negative(t.negative(a)),
    lambda rng, a: t.power(a, t.ONE),
    lambda rng, a: t.whole_power(a, 1),
    lambda rng, a: t.multiply(a, t.whole_power(_other(rng), 0)),
    lambda rng, a: t.multiply(a, t.power(_other(rng), t.ZERO)),
    lambda rng, a: t.add(a, t.multiply(t.ZERO, _other(rng))),
    lambda rng, a: t.negative(a),
    lambda rng, a: t.add(a, t.ONE),
    lambda rng, a: a,
)


def _shuffled(rng: Random, term: Term) -> Term:
    return term.with_children(tuple(rng.sample(term.children, len(term.children))))


def _distributed(rng: Random, term: Term) -> Term:
    for i, factor in enumerate(term.args):
        if factor.head is Head.SUM:
            others = [*term.args[:i], *term.args[i + 1 :]]
            return t.add(*(t.product_of([part, *others]) for part in factor.args))
    return term


def _powers_apart(rng: Random, term: Term) -> Term:
    base, exponent = term.args
    if base.head is Head.PRODUCT:
        return t.multiply(*(t.power(factor, exponent) for factor in base.args))
    if base.head in (Head.POWER, Head.WHOLE_POWER):
        inner = base.args[1] if base.head is Head.POWER else t.number(base.args[1])
        return t.power(base.args[0], t.multiply(inner, exponent))
    if exponent.head is Head.SUM:
        return t.multiply(*(t.power(base, part) for part in exponent.args))
    return t.exp(t.multiply(exponent, t.log(base)))


def _turned(rng: Random, term: Term) -> Term:
    return t.multiply(rng.choice((t.ONE, t.MINUS_ONE)), t.power(t.negative(term.args[0]), term.args[1]))


def _whole_apart(rng: Random, term: Term) -> Term:
    base, n = term.args
    if base.head is Head.PRODUCT:
        return t.multiply(*(t.whole_power(factor, n) for factor in base.args))
    if base.head is Head.WHOLE_POWER:
        return t.whole_power(base.args[0], base.args[1] * n)
    return t.multiply(base, t.whole_power(base, n - 1))


def _log_apart(rng: Random, term: Term) -> Term:
    (inside,) = term.args
    if inside.head is Head.PRODUCT:
        return t.add(*map(t.log, inside.args))
    if inside.head in (Head.POWER, Head.WHOLE_POWER):
        exponent = inside.args[1] if inside.head is Head.POWER else t.number(inside.args[1])
        return t.multiply(exponent, t.log(inside.args[0]))
    return t.multiply(HALF, t.log(t.whole_power(inside, 2)))


def _exp_apart(rng: Random, term: Term) -> Term:
    (inside,) = term.args
    if inside.head is Head.SUM:
        return t.multiply(*map(t.exp, inside.args))
    return t.power(t.exp(t.ONE), inside)


_OWN_STEPS: dict[Head, tuple[Step, ...]] = {
    Head.SUM: (_shuffled,) * 3,
    Head.PRODUCT: (_shuffled, _distributed, _distributed, _distributed),
    Head.POWER: (_powers_apart,) * 6 + (_turned,),
    Head.WHOLE_POWER: (_whole_apart,) * 3 + (lambda rng, a: t.power(a.args[0], t.number(a.args[1])),),
    Head.LOG: (_log_apart,) * 4,
    Head.EXP: (_exp_apart,) * 4,
}
