"""Tactics: each looks at a goal in its context and hands over a certificate, or gives up."""

from __future__ import annotations

from symhet.provers.analysis import bracketed_root, concave, fact, falling_tails, implicit, lemma, monotone
from symhet.provers.automatic import auto, intro, nonzero, split
from symhet.provers.base import Tactic, Terms, give_up
from symhet.provers.relations import by, combine, identity, linear, powers, product, sign, transported
from symhet.provers.structure import absurd, both, cases, chart, choose, cut, generalise, name_term, specialise, use

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
    "nonzero",
    "powers",
    "product",
    "sign",
    "specialise",
    "split",
    "transported",
    "use",
]
