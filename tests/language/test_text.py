"""The grammar of terms and statements: read, written back as the same object, and refused with a place."""

import random

import pytest

from symhet.language import statements as s
from symhet.language import terms as t
from symhet.language.mistakes import (
    NotInLanguage,
    NotYet,
    OddCharacter,
    TextError,
    TooLarge,
    Unexpected,
    UnknownWord,
    WrongArguments,
    WrongKind,
)
from symhet.language.refusals import Refusal
from symhet.language.spelling import text
from symhet.language.text import Names, read_statement, read_term

X, Y, B = t.symbol("alpha"), t.symbol("beta"), t.symbol("b", positive=False)
NAMES = Names({"alpha": X, "beta": Y, "b": B}, {"f": 1, "h": 2}, tails=True, order=t.difference(X, t.ONE))
N = t.number

READ = [
    ("alpha - 2*b", t.add(X, t.multiply(N(-2), B))),
    ("alpha - b*beta", t.add(X, t.multiply(N(-1), B, Y))),
    ("-alpha^2", t.multiply(N(-1), t.whole_power(X, 2))),
    ("alpha^-2", t.whole_power(X, -2)),
    ("alpha^b^2", t.power(X, t.whole_power(B, 2))),
    ("alpha**b", t.power(X, B)),
    ("alpha^0.5", t.power(X, N(1, 2))),
    ("alpha^2.0", t.whole_power(X, 2)),
    ("alpha^(2)", t.whole_power(X, 2)),
    ("alpha^(4/2)", t.power(X, N(2))),
    ("3/4*alpha", t.multiply(N(3, 4), X)),
    ("alpha/4", t.multiply(X, N(1, 4))),
    ("alpha/beta/b", t.multiply(X, t.whole_power(Y, -1), t.whole_power(B, -1))),
    ("1/alpha*beta", t.multiply(t.whole_power(X, -1), Y)),
    ("2^3/4", t.multiply(t.whole_power(N(2), 3), N(1, 4))),
    ("0.25", N(1, 4)),
    ("alpha/0", t.multiply(X, t.whole_power(t.ZERO, -1))),
    ("sqrt(alpha)", t.power(X, N(1, 2))),
    ("log(alpha) + ln(beta)", t.add(t.log(X), t.log(Y))),
    ("G(alpha)", t.difference(t.ONE, t.survival(X))),
    ("T(alpha)", t.tail(X, t.difference(X, t.ONE))),
    ("T(alpha, 2)", t.tail(X, N(2))),
    ("h'[1,0](alpha, beta)", t.unspecified("h", (1, 0), X, Y)),
    ("f''(alpha)", t.unspecified("f", (2,), X)),
    ("d(alpha)/d(beta)", t.total(X, Y)),
    ("integral(z^b, z, alpha, beta)", t.integral(B, X, Y)),
    ("integral(z^b, z, 0, beta)", t.integral_from_zero(B, Y)),
    ("integral(z, z, 0, beta)", t.multiply(N(1, 2), t.whole_power(Y, 2))),
    ("integral(1/z, z, alpha, beta)", t.log(t.quotient(Y, X))),
    ("integral(alpha*z^-3, z, beta, inf)", t.multiply(X, t.multiply(N(1, 2), t.power(Y, N(-2))))),
]


@pytest.mark.parametrize(("written", "term"), READ, ids=lambda v: v if isinstance(v, str) else "")
def test_a_term_is_read(written, term):
    assert read_term(written, NAMES) is term
    assert read_term(text(term), NAMES) is term


Z, W = t.bound(0), t.bound(1)
SQUARE = t.add(t.multiply(X, Z), t.multiply(N(-1), t.whole_power(Z, 2)))
BELOW, ABOVE = s.lt(B, t.ZERO), s.le(t.ZERO, B)
FALLS, RISES = s.unique_root(t.difference(Z, X)), s.unique_root(t.difference(X, Z))
LARGE = s.both(s.implies(ABOVE, s.lt(t.ONE, B)), s.implies(BELOW, s.lt(t.ONE, t.negative(B))))
LARGE_SUPPOSED = s.either(s.both(ABOVE, s.lt(t.ONE, B)), s.both(BELOW, s.lt(t.ONE, t.negative(B))))

SAID = [
    ("alpha > beta", s.lt(Y, X)),
    ("0 < alpha < beta", s.both(s.lt(t.ZERO, X), s.lt(X, Y))),
    ("not alpha = beta", s.implies(s.eq(X, Y), s.FALSE)),
    ("alpha < beta and beta < b or b = 0", s.either(s.both(s.lt(X, Y), s.lt(Y, B)), s.eq(B, t.ZERO))),
    ("b = 0 => b = 1 => b = 2", s.implies(s.eq(B, N(0)), s.implies(s.eq(B, N(1)), s.eq(B, N(2))))),
    ("for all x > 0: x < alpha", s.forall(s.lt(Z, X))),
    ("for all x > alpha: x > b", s.forall(s.implies(s.lt(X, Z), s.lt(B, Z)))),
    ("for all alpha < x <= b: x = 1", s.forall(s.implies(s.lt(X, Z), s.implies(s.le(Z, B), s.eq(Z, t.ONE))))),
    ("for all x > 0: for all y > x: x < y", s.forall(s.forall(s.implies(s.lt(W, Z), s.lt(W, Z))))),
    ("exactly one x > 0: x = alpha", s.either(FALLS, RISES)),
    ("exactly one x > 0: x = alpha, rising", RISES),
    ("max of alpha*x - x^2 for 0 < x < alpha at alpha/2", s.maximiser(SQUARE, t.multiply(X, N(1, 2)), t.ZERO, X)),
    ("max of alpha*x - x^2 for x > 0 at alpha/2", s.maximiser(SQUARE, t.multiply(X, N(1, 2)), t.ZERO)),
    ("dense(G) and true", s.both(s.DENSE, s.eq(t.ZERO, t.ZERO))),
    ("abs(b) > 1", LARGE),
    ("abs(b) > 1 => b = 2", s.implies(LARGE_SUPPOSED, s.eq(B, N(2)))),
]  # fmt: skip


@pytest.mark.parametrize(("written", "statement"), SAID, ids=lambda v: v if isinstance(v, str) else "")
def test_a_statement_is_read(written, statement):
    assert read_statement(written, NAMES) is statement
    assert read_statement(text(statement), NAMES) is statement


def test_an_extreme_of_undefined_terms_has_no_value():
    read = read_statement("min(ln(b), alpha) < 1", NAMES)
    assert s.exists(t.log(B)) in read.args


class Drawn:
    """Random terms and statements of the language."""

    def __init__(self, seed: int) -> None:
        self.source = random.Random(seed)

    def term(self, depth: int, bound: int = 0) -> t.Term:
        draw = self.source
        if depth == 0 or draw.random() < 0.15:
            leaves = [
                X,
                Y,
                B,
                t.SUPPORT,
                t.total(X, Y),
                *(N(draw.randrange(-3, 4), draw.randrange(1, 4)) for _ in range(4)),
            ]
            return draw.choice([*leaves, *map(t.bound, range(bound))])
        inner = [self.term(depth - 1, bound) for _ in range(3)]
        return draw.choice(
            [
                lambda: t.add(*inner[: draw.randrange(2, 4)]),
                lambda: t.multiply(*inner[: draw.randrange(2, 4)]),
                lambda: t.multiply(N(-1), *inner[:2]),
                lambda: t.quotient(*inner[:2]),
                lambda: t.difference(*inner[:2]),
                lambda: t.whole_power(inner[0], draw.randrange(-3, 4)),
                lambda: t.power(*inner[:2]),
                lambda: draw.choice([t.exp, t.log, t.survival, t.density])(inner[0]),
                lambda: t.tail(*inner[:2]),
                lambda: t.integral(*inner),
                lambda: t.integral_from_zero(*inner[:2]),
                lambda: t.unspecified("f", (draw.randrange(3),), inner[0]),
                lambda: t.unspecified("h", (draw.randrange(2), draw.randrange(3)), *inner[:2]),
            ]
        )()

    def statement(self, depth: int, bound: int = 0) -> s.Statement:
        draw = self.source
        terms = [self.term(draw.randrange(3), bound) for _ in range(4)]
        if depth == 0 or draw.random() < 0.2:
            return s.statement(draw.choice(sorted(s.RELATIONS, key=str)), *terms[:2])
        inner = [self.statement(depth - 1, bound) for _ in range(3)]
        return draw.choice(
            [
                lambda: s.both(*inner[: draw.randrange(2, 4)]),
                lambda: s.either(*inner[: draw.randrange(2, 4)]),
                lambda: s.implies(*inner[:2]),
                lambda: s.implies(inner[0], s.FALSE),
                lambda: s.iff(*inner[:2]),
                lambda: s.forall(self.statement(depth - 1, bound + 1)),
                lambda: s.unique_root(self.term(2, bound + 1)),
                lambda: s.maximiser(self.term(2, bound + 1), *terms[: draw.randrange(2, 4)]),
                lambda: s.DENSE,
            ]
        )()


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 8))])
def test_what_is_written_reads_back_as_the_same_object(seed):
    drawn = Drawn(seed)
    for _ in range(120):
        term = drawn.term(4)
        assert read_term(text(term), NAMES) is term, text(term)
        statement = drawn.statement(3)
        assert read_statement(text(statement), NAMES) is statement, text(statement)


WRONG = [
    ("alpha <", Unexpected, 7),
    ("2alpha = 1", Unexpected, 1),
    ("alpha == beta", Unexpected, 7),
    ("alpha < gamma", UnknownWord, 8),
    ("σ > 1", OddCharacter, 0),
    ("аlpha > 1", OddCharacter, 0),
    ("alpha ≤ 1", OddCharacter, 6),
    ("__import__('os') = 1", OddCharacter, 0),
    ("alpha.real = 1", OddCharacter, 5),
    ("d(alpha) > 1", Unexpected, 9),
    ("dln(alpha)/dln(beta) > 1", NotInLanguage, 0),
    ("d(alpha)/dln(beta) > 1", Unexpected, 9),
    ("for x > 1: x > 1", Unexpected, 4),
    ("for all alpha > 1: alpha > 0", Unexpected, 8),
    ("for all b > 1: 1 > 0", Unexpected, 8),
    ("alpha = sum(i, 1, 2)", NotYet, 8),
    ("ln(alpha, beta) = 1", WrongArguments, 0),
    ("f(alpha, beta) = 1", WrongArguments, 0),
    ("f = 1", WrongArguments, 0),
    ("S = 1", WrongArguments, 0),
    ("alpha(beta) = 1", WrongArguments, 0),
    ("sin(alpha) = 1", UnknownWord, 0),
    ("max(alpha) = 1", WrongArguments, 0),
    ("alpha + (alpha < 1) = 2", WrongKind, 15),
    ("alpha and beta", WrongKind, 0),
    ("alpha", WrongKind, 0),
    ("alpha^1001 = 1", TooLarge, 6),
    ("alpha = " + "1" * 1001, TooLarge, 8),
    ("(" * 300, TooLarge, 200),
    ("alpha = " + "-" * 5000 + "1", TooLarge, None),
    ("alpha^" * 300 + "1 > 0", TooLarge, None),
    (" " * 10001, TooLarge, 0),
    ("", Unexpected, 0),
    ("inf > 1", NotInLanguage, 0),
    ("integral(exp(z), z, 1, 2) > 1", NotInLanguage, 0),
    ("integral(z, 2, 1, 2) > 1", Unexpected, 12),
    ("sign of alpha is open and alpha > 1", NotInLanguage, None),
    ("alpha <=> beta", WrongKind, 0),
    ("exactly one x > 0: x > 1", Unexpected, 21),
    ("for = 1", Unexpected, 4),
]  # fmt: skip


@pytest.mark.parametrize(("written", "error", "offset"), WRONG, ids=lambda v: v[:30] if isinstance(v, str) else "")
def test_a_mistake_is_shown_at_its_place(written, error, offset):
    with pytest.raises(error) as caught:
        read_statement(written, NAMES)
    if offset is not None:
        assert caught.value.offset == offset


def test_the_nearest_name_is_suggested():
    with pytest.raises(UnknownWord, match="did you mean alpha"):
        read_statement("alhpa > 1", NAMES)


def test_random_text_gives_an_error_or_a_statement():
    source = random.Random(11)
    words = [*"+-*/^()<=:,'[]xbSTfd12", "alpha", "0.5", "=>", "and", "or", "not", "for", "all", "exactly", "one", "dln"]
    words += ["exp", "max", "of", "at", "<=>", "!=", "min", "abs", "inf", "integral", "sign", "dense", "1e9", "0"]
    for _ in range(10_000):
        written = " ".join(source.choice(words) for _ in range(source.randrange(1, 14)))
        try:
            read = read_statement(written, NAMES)
        except (TextError, Refusal):
            continue
        assert read_statement(text(read), NAMES) is read
