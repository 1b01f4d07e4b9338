"""What is written by hand about a paper: its appendix, its corrections, and the plan of its log, found by its key."""

from __future__ import annotations

from functools import cache

from symhet.catalogue import find_paper
from symhet.errors import UnknownClaim
from symhet.exposition import Corrections, Exposition
from symhet.render.planning import PaperPlan, Plan

__all__ = ["appendix_of", "corrections_of", "find_plan", "plan_of", "whole_log"]


@cache
def appendix_of(key: str) -> Exposition | None:
    """Return the appendix of a paper, if it has one."""
    paper = find_paper(key)
    return paper.appendix() if paper is not None else None


@cache
def corrections_of(key: str) -> Corrections | None:
    """Return the corrections of a paper, if it has any."""
    paper = find_paper(key)
    return paper.corrections() if paper is not None else None


@cache
def plan_of(key: str) -> PaperPlan:
    """Return which claims of a paper go into which part of its log; no parts where there is no plan."""
    paper = find_paper(key)
    found: PaperPlan | None = paper.plan() if paper is not None else None
    return found or PaperPlan("", ())


def whole_log(paper: PaperPlan) -> Plan:
    """Return all parts of a paper's log as one document."""
    sections = tuple(section for plan in paper.documents for section in plan.sections)
    return Plan("log", "log", "The log of derivations", "Every step that the kernel checked.", sections)


def find_plan(key: str, name: str) -> Plan:
    """Return the document that a paper's key and a name such as ``AppD`` stand for.

    Raises
    ------
    UnknownClaim
        Naming the documents.
    """
    known = {f"{key}.{plan.key}": plan for plan in plan_of(key).documents}
    if f"{key}.{name}" not in known:
        raise UnknownClaim(f"{key}.{name}", known)
    return known[f"{key}.{name}"]
