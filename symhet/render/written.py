"""What is written by hand about a paper: its appendix and its corrections, found in the paper's own room."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from symhet.exposition import Corrections, Exposition
from symhet.render.plans import PLANS


@cache
def appendix_of(key: str) -> Exposition:
    """Return the appendix of a paper by the key of its ledger."""
    found: Exposition = import_module(f"symhet.papers.{PLANS[key].folder}.appendix").APPENDIX
    return found


@cache
def corrections_of(key: str) -> Corrections:
    """Return the corrections of a paper by the key of its ledger."""
    found: Corrections = import_module(f"symhet.papers.{PLANS[key].folder}.corrections").CORRECTIONS
    return found
