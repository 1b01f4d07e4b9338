"""Settings of all tests: in CI a skipped test is a failure, and hypothesis is reproducible."""

import gc
import os
import sys
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings

from tests.counted import counts

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}

# No deadline: the first example of a test pays for SymPy's caches.
settings.register_profile("here", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "here")

# Caches of terms only grow: looking through all of them for garbage after every few thousand new ones costs a tenth.
gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _shared_accounts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the processes of one run of the tests share what they have judged, if any of the tests asks for it."""
    judged = sys.modules.get("tests.judged")
    if judged is None:
        return
    own = tmp_path_factory.getbasetemp()
    judged.folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "judged"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what argues claims of the papers.

    Of several processes each begins with a run of tests that stand together, and what one process argues it argues
    once: tests of claims that stood apart would have every claim argued in every process.
    """
    items.sort(key=lambda item: not _argues(item))


def _argues(item: pytest.Item) -> bool:
    used = vars(getattr(item, "module", pytest)).values()
    return any(str(getattr(each, "__module__", "")).startswith(("tests.judged", "tests.papers.")) for each in used)


@pytest.fixture
def brief_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let steps without a tactic be searched for briefly: what is false is proved by no amount of work."""
    monkeypatch.setattr("symhet.searched.STEPS", 200)


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _fail_if_skipped(report: Report) -> Report:
    if IN_CI and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and in CI nothing may be skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failure: what did not run has not passed."""
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a module that skips itself (importorskip) into a failure."""
    return _fail_if_skipped((yield))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests counted: how many mutations were put to the provers, and what became of them."""
    total = counts(report for reports in terminalreporter.stats.values() for report in reports)
    if total:
        terminalreporter.section("counted")
        terminalreporter.line(", ".join(f"{value} {name}" for name, value in total.most_common()))
