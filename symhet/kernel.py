"""The kernel: the only maker of theorems, by replaying certificates (see `symhet.core.kernel`)."""

from __future__ import annotations

from symhet.core.kernel import Theorem, check, contradictory, genuine, prove, refute

__all__ = ["Theorem", "check", "contradictory", "genuine", "prove", "refute"]
