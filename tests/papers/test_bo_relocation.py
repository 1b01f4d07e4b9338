"""Relocation in Baldwin and Okubo: verdicts, what the provers do with false goals, and the process in time."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from symhet.claims import Finding, Verdict
from symhet.errors import DomainError
from symhet.papers.bo.adjustment_path import adjust
from symhet.propositions import And, Prop, Rel
from tests.judged import judged

VERDICTS = {
    "bo.eq12": "proved",
    "bo.eq13": "proved",
    "bo.eq14.portable": "proved",
    "bo.eq14.sunk": "refuted",
    "bo.fig3.portable": "refuted",
    "bo.fig3.sunk": "proved",
    "bo.B-initial": "proved",
    "bo.result2.portable": "proved-with",
    "bo.result2.sunk": "proved",
    "bo.eq15": "proved",
    "bo.B-solved": "proved",
    "bo.eq16": "proved-with",
    "bo.eq17": "proved",
    "bo.eq17-unique": "proved",
    "bo.two-phases": "refuted",
    "bo.eq18": "proved",
    "bo.eq19.portable": "proved",
    "bo.eq19.sunk": "refuted",
    "bo.eq20.portable": "proved",
    "bo.eq20.sunk": "refuted",
    "bo.sustain.before.portable": "refuted",
    "bo.sustain.before.sunk": "refuted",
    "bo.full-agglomeration.before.portable": "refuted",
    "bo.full-agglomeration.before.sunk": "refuted",
    "bo.result3.before.portable": "refuted",
    "bo.result3.before.sunk": "refuted",
    "bo.abar-XX": "refuted",
    "bo.abar-DD": "proved",
    "bo.eq23": "refuted",
    "bo.special-case": "proved-with",
    "bo.result5": "refuted",
    "bo.result5.large.XX.before": "proved",
    "bo.result5.small.XX.before": "proved",
    "bo.result5.large.XX.after": "proved",
    "bo.result5.large.XX.trend": "refuted",
    "bo.result5.large.DD.before": "refuted",
    "bo.result5.large.DD.after": "refuted",
    "bo.result5.small.XX.after": "proved",
    "bo.result5.small.DD.level": "proved",
    "bo.result5.small.DD.before": "refuted",
    "bo.result5.small.DD.after": "refuted",
    "bo.eq27": "given",
    "bo.first-instant": "proved",
    "bo.order.portable": "refuted",
    "bo.order.sunk": "proved",
    "bo.eq28.portable": "proved",
    "bo.eq28.sunk": "refuted",
    "bo.flow": "proved",
    "bo.eq29": "proved",
    "bo.eq30": "proved",
    "bo.eq31": "refuted",
}


def _finding(identifier: str) -> Finding:
    return judged(identifier).finding


@pytest.mark.parametrize("identifier", VERDICTS)
def test_verdict(identifier: str) -> None:
    finding = _finding(identifier)
    assert finding.verdict == VERDICTS[identifier]
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
    for identifier, verdict in VERDICTS.items():
        if verdict == "refuted":
            witness = _finding(identifier).witness
            assert witness is not None
            assert all(isinstance(x, sp.Rational | int) for x in witness.point.values())
