"""Tactics: each looks at a goal in its place and returns a certificate of the core, or gives up."""

from __future__ import annotations

from symhet.provers.analysis import bracketed_root, concave, fact, falling_tails, lemma, monotone
from symhet.provers.base import Tactic, Terms, give_up
from symhet.provers.implicit import implicit
from symhet.provers.relations import by, combine, differ, identity, linear, powers, product, sign, transported
from symhet.provers.structure import (
    absurd,
    auto,
    both,
    cases,
    chart,
    choose,
    cut,
    generalise,
    intro,
    name_term,
    specialise,
    split,
    use,
)

__all__ = [
    "Tactic",
    "Terms",
    "absurd",
    "auto",
    "both",
    "bracketed_root",
    "by",
    "cases",
    "chart",
    "choose",
    "combine",
    "concave",
    "cut",
    "differ",
    "fact",
    "falling_tails",
    "generalise",
    "give_up",
    "identity",
    "implicit",
    "intro",
    "lemma",
    "linear",
    "monotone",
    "name_term",
    "powers",
    "product",
    "sign",
    "specialise",
    "split",
    "transported",
    "use",
]
