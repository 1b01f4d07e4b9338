"""Relocation in Baldwin and Okubo: what the provers do with false goals, and the process in time."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

import symhet
from symhet.claims import Finding, Verdict
from symhet.errors import DomainError
from symhet.papers.bo.adjustment_path import adjust
from symhet.propositions import And, Prop, Rel
from tests.judged import judged
from tests.papers.bo.cases import Case
from tests.papers.expected import words
from tests.sampled import sampled

LISTED = words("""
eq12 eq13 eq14.portable eq14.sunk fig3.portable fig3.sunk B-initial result2.portable result2.sunk eq15 B-solved eq16
eq17 eq17-unique two-phases eq18 eq19.portable eq19.sunk eq20.portable eq20.sunk sustain.before.portable
sustain.before.sunk full-agglomeration.before.portable full-agglomeration.before.sunk result3.before.portable
rising.XX.before rising.DD.before.portable rising.DD.before.sunk rising.XX.after rising.DD.after
result3.before.sunk abar-XX abar-DD eq23 special-case result5 result5.large.XX.before result5.large.XX.after
result5.large.XX.trend result5.large.DD.before result5.large.DD.after result5.small.XX.after result5.small.XX.before
result5.small.DD.level result5.small.DD.before result5.small.DD.after eq27 first-instant order.portable order.sunk
eq28.portable eq28.sunk flow eq29 eq30 eq31
""")
ROWS = [f"bo.{row}" for row in LISTED]


def _finding(identifier: str) -> Finding:
    return judged(identifier).finding


@pytest.mark.usefixtures("brief_search")
@pytest.mark.parametrize("identifier", sampled(ROWS, 4))
def test_false_goals_are_not_proved(identifier: str) -> None:
    finding = _finding(identifier)
    if finding.verdict in (Verdict.REFUTED, Verdict.PROVED_WITH):
        assert finding.witness is not None
        assert {theorem.polarity for theorem in finding.theorems} >= {"fails"}
    if finding.prover is not None and isinstance(
        finding.theorems[0 if finding.corrected is None else -1].goal, Rel | And
    ):
        for false in _mutations(finding.statement if finding.corrected is None else finding.corrected):
            assert finding.prover(false) is None, f"proved: {false}"


def _mutations(prop: Prop) -> list[Prop]:
    """Goals that contradict a proved one: an inequality turned round, an equation off by one."""
    if isinstance(prop, And):
        return [
            And((*prop.parts[:i], wrong, *prop.parts[i + 1 :]))
            for i, part in enumerate(prop.parts)
            for wrong in _mutations(part)
        ]
    if not isinstance(prop, Rel) or prop.op == "!=":
        return []
    if prop.op == "=":
        return [Rel("=", prop.lhs, prop.rhs + 1), Rel("=", 2 * prop.lhs, prop.rhs)]
    return [Rel("<", prop.rhs, prop.lhs)]


def _short_run(beta: float, share: float, freeness: float) -> tuple[float, float]:
    """Export and relocation cutoff over a_D, to the power rho, from the export cutoff condition by bisection."""
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if middle + freeness * middle**beta < freeness else (low, middle)
    exporters = low**beta
    ratio = freeness * (2 * share - 1) / ((1 - freeness) * (1 - share))
    if ratio > 1:
        ratio = freeness * share / (1 - share)
    return exporters, (ratio * exporters ** (1 - 1 / beta)) ** (beta / (beta - 1))


@pytest.mark.parametrize(
    ("beta", "sigma", "share", "freeness"), [(2, 2, 0.6, 0.25), (1.5, 3, 0.6, 0.5), (2, 2, 0.64, 0.7)]
)
def test_process_ends_where_demands_are_equal(beta: float, sigma: float, share: float, freeness: float) -> None:
    path = adjust(beta, sigma, share, freeness)
    exporters, moved = _short_run(beta, share, freeness)
    assert path.gap[-1] == pytest.approx(0, abs=1e-7)
    assert path.moved[-1] == pytest.approx(moved, rel=1e-5)
    assert path.exporter[-1] ** (beta * (sigma - 1)) == pytest.approx(exporters, rel=1e-5)
    assert (np.diff(path.moved) >= 0).all()


def test_demands_per_firm_of_the_appendix_are_a_numeric_function() -> None:
    case = Case(3.0, 1.5, 0.5, 0.6, 1.0, 1.0)
    t = case.at("short-run")
    weights = {"phi": case.phi, "s_E": case.s, "sigma": case.sigma, "beta": case.beta}
    cutoffs = {name: t[name] for name in ("a_D", "a_X", "a_R")}
    found = symhet.numeric("bo.eq29")(n_w=t["n"] + t["n_star"], **cutoffs, **weights)
    assert found == pytest.approx({name: t[name] for name in ("B", "B_star")}, rel=1e-6)


def test_flow_starts_infinite() -> None:
    path = adjust(2, 2, 0.6, 0.25)
    speed = np.diff(path.moved[:4]) / np.diff(path.time[:4])
    assert (np.diff(speed) < 0).all()
    early = path.moved[1] / path.time[1] ** (2 / 3)
    assert path.moved[2] / path.time[2] ** (2 / 3) == pytest.approx(early, rel=1e-2)


@pytest.mark.parametrize(("share", "freeness"), [(0.6, 0.25), (0.6, 0.5), (0.6, 0.6), (0.7, 0.375), (0.52, 0.8)])
def test_order_breaks_exactly_where_the_front_passes_the_kink(share: float, freeness: float) -> None:
    beta = 2.0
    path = adjust(beta, 2, share, freeness)
    breaks = (1 - freeness) ** beta * (1 - share) < freeness * (2 * share - 1)
    assert path.orderly is not breaks
    assert adjust(beta, 2, share, freeness, "sunk").orderly


def test_sunk_footholds_stop_short_of_equal_demands() -> None:
    assert adjust(2, 2, 0.64, 0.7, "sunk").gap[-1] > 0.01
    path = adjust(2, 2, 0.64, 0.7, "sunk")
    assert path.front[-1] == pytest.approx(0.553964, rel=1e-4)


def test_bad_parameters_name_their_bound() -> None:
    with pytest.raises(DomainError, match="foothold"):
        adjust(2, 2, 0.6, 0.5, "gift")
    with pytest.raises(DomainError, match="phi"):
        adjust(2, 2, 0.6, 1.5)


def test_points_are_exact() -> None:
    for identifier in ROWS:
        if _finding(identifier).verdict == Verdict.REFUTED:
            witness = _finding(identifier).witness
            assert witness is not None
            assert all(isinstance(x, sp.Rational | int) for x in witness.point.values())
