"""Economies that are not rational: how a check prints them, and keeps them as data."""

from __future__ import annotations

from click.testing import CliRunner

from symhet.cli import main
from symhet.model import read_model

ROOT = """\
title = "A wage that is a root"
[parameters]
a = { above = 1 }
[variables]
w = {}
y = {}
[conditions]
balance = "w*exp(w) + y^3*w = 2"
demand = "y + log(y) + w^2 = 1"
[claims]
low = "w > 0.9"
"""


def test_a_root_is_printed_with_its_condition_and_ends(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMHET_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "root.toml"
    path.write_text(ROOT)
    report = read_model(path).check()
    said = str(report)
    assert report.consistent
    assert report["low"].verdict == "refuted"
    assert "w ≈ 0.782094 (a root of demand between 0.782094" in said
    assert "y ≈ 0.718675 (((-w*exp(w) + 2)/w)^(1/3))" in said
    data = report.as_dict()["claims"][0]["counterexample"]
    assert data["w"].startswith("a root of demand between ")
    assert data["y"] == "((-w*exp(w) + 2)/w)^(1/3)"
    told = CliRunner().invoke(main, ["derive", f"{path}:low"]).output
    assert r"$w\approx 0.782094$" in told
    assert "What is rounded there follows from the other numbers by the conditions." in " ".join(told.split())
