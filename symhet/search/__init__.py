"""The search for certificates, witnesses and conditions: nothing here is believed, the core accepts every result.

Algorithm
    Economies that meet the hypotheses are drawn by floating point (`drawing`, `plan`, `evaluation`). A goal that fails
    in one is refuted: numbers are rounded, the rest follows exactly by the plan, and the core decides (`witness`). A
    goal that fails in none is proved (`portfolio`): taken apart, then by normal form, factor by factor and by linear
    programming over known inequalities (`signs`, `programs`), by logarithms of products (`logarithms`), lemma instances
    (`instances`), coordinates found from bounds (`charts`), elimination of known equations (`equations`, `isolate`) and
    differentiation of the system (`statics`), by what a parameter does not move first (`unmoved`). Disjunctions are
    settled (`phases`), orders found by way of a third symbol (`chains`) and variables that are equal in all economies
    drawn proved so (`twins`). Signs of factors and of conditions are sub-goals of the same search.

Limits
    Work is counted in steps, never in seconds. Sub-goals are a few levels deep. What is not found is open, never false.

Files
    `api` (what is offered), `portfolio` (order of tactics), `branch` (a place in a proof, work), the tactics named
    above, `conditions` (under which a refuted statement holds), `contradiction`, `contraries`, `forms` and `writing`
    (fractions of polynomials and their terms), `algebra`, `building`, `fingerprints`, `functions`, `exact`.
"""

from symhet.search.api import DEFAULT, Decision, Found, consistent, decide, prove, refute
from symhet.search.stock import orders

__all__ = ["DEFAULT", "Decision", "Found", "consistent", "decide", "orders", "prove", "refute"]
