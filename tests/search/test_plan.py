"""Plans of equations in which what is solved before does not fit into a term."""

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.search.plan import plans

x, y, z = (t.symbol(name) for name in "xyz")


def deep(term, depth):
    for _ in range(depth):
        term = t.exp(t.add(t.ONE, term))
    return term


def test_what_does_not_fit_when_put_in_is_left():
    chain = {
        "y": s.eq(y, deep(x, 60)),
        "z": s.eq(z, deep(y, 60)),
        "both": s.eq(t.add(z, t.exp(z)), t.add(x, y, t.exp(x), t.exp(y))),
    }
    found = plans(Context(chain))
    assert found
    assert all(plan.left for plan in found)
