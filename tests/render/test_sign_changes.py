"""Pictures of refuted claims: what is drawn is what the statement says at points where every hypothesis holds."""

import math
import random
from xml.etree import ElementTree

import numpy as np
import pytest
import sympy as sp

from symhet import papers
from symhet.claims import Claim, Verdict, Witness, judge, refuted
from symhet.cli.running import leaves
from symhet.context import Context
from symhet.derivation import Derivation
from symhet.errors import NoPicture, UnknownParameter
from symhet.numerics.gaps import holding
from symhet.numerics.piecewise import PiecewiseTails
from symhet.propositions import ge, lt, ne
from symhet.render import plots
from symhet.render.accounts import account
from symhet.render.notation import notation_for
from symhet.render.plots.sign_change import describe, find_path, picture
from symhet.render.report.pictures import draw_sign_changes
from symhet.valuation import PiecewiseUniform, Point
from tests.judged import judged
from tests.points.economy import Economy

a, b = sp.symbols("a b", positive=True)
FAILING = (Verdict.REFUTED, Verdict.PROVED_WITH)
QUICK = {
    "bo.B-equal": True, "bo.freeness": True, "bo.full-agglomeration.before.portable": True, "bo.result2": True,
    "bo.sustain.before": True, "bo.two-phases": False, "bo.eq24": True, "kz.A.2-width.f_I": True,
    "kz.relative-output.text": True, "kz.labour.entry": True,
}  # fmt: skip
"""Whether the gap changes its sign or reaches zero."""
NOTHING_CHANGES = {"bo.dependence.undetermined", "bo.large-welfare.before", "bo.migration-better.after", "bo.result7"}
"""The gap of these is zero along every path: what is claimed to differ is always the same."""


class Tails:
    """The exact distribution of a counterexample, for the evaluation that knows nothing of arrays."""

    def __init__(self, exact: PiecewiseUniform) -> None:
        self.tails = PiecewiseTails(exact)

    def survival(self, x):
        return float(self.tails.survival(x))

    def density(self, x):
        return float(self.tails.density(x))

    def moment(self, x, power):
        return float(self.tails.moment(x, power))


def verify(told):
    """Hold a picture against the exact counterexample and against another evaluation; return whether signs change."""
    path, example = find_path(told)
    start, track = path.track.start, path.track
    point = Point(dict(example.point), example.distribution)
    assert point.fails(example.goal)
    for gap in path.gaps:
        left, right = (float(point.value(side)) for side in (gap.relation.lhs, gap.relation.rhs))
        unit = abs(left) if gap.relative else 1.0
        assert gap.values[start] == pytest.approx((right - left) / unit, rel=1e-9, abs=1e-12)
    assert not all(gap.holds[start] for gap in path.gaps)
    assert list(path.positions) == sorted(path.positions)
    exact = Tails(example.distribution) if example.distribution is not None else None
    for state in random.Random(1).sample(track.states, 4):
        economy = Economy(dict(state), exact)
        for prop in example.hypotheses:
            assert economy.holds(prop, 1e-6), (state[track.symbol], str(prop))
        for gap in path.gaps:
            value = gap.values[track.states.index(state)] * (
                abs(economy.value(gap.relation.lhs)) if gap.relative else 1
            )
            assert value == pytest.approx(economy.value(gap.relation.gap), rel=1e-6, abs=1e-9)
    signs = {int(sign) for gap in path.gaps for sign in gap.signs}
    assert (len(signs) > 1) or not path.changes
    assert all(path.positions[0] <= change <= path.positions[-1] for change in path.changes)
    if path.condition is not None and told.verdict == Verdict.PROVED_WITH:
        tails = PiecewiseTails(example.distribution) if example.distribution is not None else None
        assert holding(example.goal, track, tails)[path.condition].all(), "it fails where its condition holds"
    return bool(path.changes)


@pytest.mark.parametrize(("identifier", "changes"), QUICK.items())
def test_the_gap_drawn_is_that_of_the_statement(identifier, changes):
    assert verify(account(judged(identifier))) == changes


@pytest.mark.slow
@pytest.mark.parametrize("key", ["kz", "bo"])
def test_every_refuted_claim_whose_gap_changes_sign_has_a_picture(key, tmp_path):
    told = [account(judge(leaf)) for claim in papers.ledger(key).claims for leaf in leaves(claim)]
    failing = {entry.id: entry for entry in told if entry.failing}
    assert {entry.id for entry in told if entry.verdict in FAILING} <= set(failing)
    captions = draw_sign_changes(tmp_path, told, {key: notation_for(key)}, jobs=2)
    undrawn = set(failing) - set(captions)
    assert {name for name in NOTHING_CHANGES if name.startswith(key)} <= undrawn
    assert not any(verify(failing[name]) for name in undrawn - NOTHING_CHANGES), "a change of sign is drawn"
    assert len(captions) >= 20
    for name, caption in captions.items():
        assert verify(failing[name]) == ("changes sign" in caption)
        assert (tmp_path / f"sign-{name}.svg").stat().st_size < 11_000


def fails(goal, **point):
    witness = Witness({symbol: sp.Rational(value) for symbol, value in zip((a, b), point.values(), strict=False)})
    claim = Claim("kz.x", "claim", "A paper", "x", lambda: refuted(Derivation(Context()), goal, witness, "It fails."))
    return account(judge(claim))


def test_the_sign_changes_where_both_sides_are_equal():
    path, _ = find_path(fails(lt(a, 2 * b), a="5/2", b="1"))
    assert path.track.symbol == a
    assert path.changes == pytest.approx((2.0,), rel=1e-6)
    below = path.positions < 2 - 1e-9
    assert (path.gaps[0].values[below] > 0).all()
    assert path.gaps[0].holds[below].all()
    assert "$a = 2$" in describe(path, notation_for("kz"))


def test_summands_that_cancel_at_the_counterexample_are_zero_there():
    goal = ne(a ** sp.Rational(1, 3) * b - 2 * b / 3 - b / 30, 0)
    path, _ = find_path(fails(goal, a="343/1000", b="7/10"))
    assert path.changes == pytest.approx((0.343,))
    assert path.gaps[0].signs[path.track.start] == 0
    assert not path.gaps[0].holds[path.track.start]
    assert len(path.positions) > 40, "the picture shrinks to the rounding of its one zero"


def test_what_floating_point_does_not_follow_is_left_out_and_says_so(tmp_path, monkeypatch):
    told = fails(lt(a, 2 * b), a="5/2", b="1")
    monkeypatch.setattr("symhet.numerics.gaps.REACH", 0)
    with pytest.raises(NoPicture, match="floating point does not follow"):
        find_path(told)
    assert draw_sign_changes(tmp_path, [told], {"kz": notation_for("kz")}) == {}


def test_any_symbol_can_be_moved():
    path, _ = find_path(fails(lt(a, 2 * b), a="5/2", b="1"), over="b")
    assert path.track.symbol == b
    assert path.changes == pytest.approx((1.25,), rel=1e-6)
    with pytest.raises(UnknownParameter, match="'c'"):
        find_path(fails(lt(a, 2 * b), a="5/2", b="1"), over="c")


def test_what_never_changes_is_not_drawn():
    with pytest.raises(NoPicture, match="whatever is moved"):
        find_path(fails(lt(a, a), a="3"))


def test_a_line_that_never_holds_keeps_its_sign():
    path, _ = find_path(fails(ge(a, a + b), a="1", b="1"))
    assert path.changes == ()
    assert (path.gaps[0].values < 0).all()
    assert "stays as it is" in describe(path, notation_for("kz"))


def test_the_drawn_line_passes_through_the_counterexample():
    path, _ = find_path(fails(lt(a, 2 * b), a="5/2", b="1"))
    with plots.style.look():
        axes = picture(path, notation_for("kz")).axes[0]
    line, dot = axes.lines[0], next(each for each in axes.lines if each.get_marker() == "o")
    (x,), (y,) = dot.get_data()
    assert (x, y) == (2.5, -0.5)
    assert np.interp(x, *line.get_data()) == pytest.approx(y)
    assert math.isclose(axes.get_xlim()[0], path.positions[0])


def test_small_pictures_are_whole_and_keep_their_letters(tmp_path):
    told = fails(lt(a, 2 * b), a="5/2", b="1")
    assert list(draw_sign_changes(tmp_path, [told], {"kz": notation_for("kz")})) == ["kz.x"]
    root = ElementTree.parse(tmp_path / "sign-kz.x.svg").getroot()
    words = "".join(root.itertext())
    assert "counterexample" in words
    assert "fails" in words
    assert "metadata" not in (tmp_path / "sign-kz.x.svg").read_text("utf-8")
