"""The paper's faults, each where it begins, its implicit hypotheses, and what was not judged."""

from __future__ import annotations

from symhet.exposition import Corrections

CORRECTIONS = Corrections((), (), ())
