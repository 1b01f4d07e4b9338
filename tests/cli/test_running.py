"""Judging on several processes."""

import multiprocessing
import sys
from types import ModuleType

import pytest

from symhet import papers
from symhet.cli.running import Run
from symhet.render.processes import start_method
from tests.small_claims import claim, fail, hold


def test_a_process_with_threads_of_a_library_does_not_fork(monkeypatch):
    monkeypatch.delitem(sys.modules, "jax", raising=False)
    assert start_method() == ("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    monkeypatch.setitem(sys.modules, "jax", ModuleType("jax"))
    assert start_method() == "spawn"


@pytest.mark.slow
def test_spawned_workers_give_the_verdicts_of_this_process(monkeypatch):
    monkeypatch.setitem(sys.modules, "jax", ModuleType("jax"))
    claims = [papers.ledger("kz").find(name) for name in ("kz.eq6", "kz.eq12", "kz.A.2-width")]
    here, there = Run(claims), Run(claims)
    here.execute(1)
    there.execute(2)
    assert [told.verdict for told in there.accounts()] == [told.verdict for told in here.accounts()]
    assert there.done.keys() == here.done.keys()


def test_spawned_workers_judge_claims_of_any_ledger(monkeypatch):
    monkeypatch.setitem(sys.modules, "jax", ModuleType("jax"))
    nameless = claim("R.3", "result", lambda: hold())
    run = Run([claim("R.1", "result", hold), claim("R.2", "result", fail), nameless])
    run.execute(2)
    assert [told.verdict for told in run.accounts()] == ["proved", "refuted", "proved"]
