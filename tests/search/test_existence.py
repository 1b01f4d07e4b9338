"""What has no value is not positive: a relation that holds says that its terms exist."""

from symhet.core.context import Context
from symhet.language import statements as s
from symhet.language import terms as t
from symhet.search import prove


def test_a_power_of_a_negative_base_is_in_no_relation_that_holds():
    x, k = t.symbol("x", positive=False), t.symbol("k")
    root = s.positive(t.power(t.add(x, t.MINUS_ONE), k))
    low, high = Context({"low": s.le(x, t.ONE)}), Context({"high": s.lt(t.ONE, x)})
    assert prove(low, s.implies(root, s.FALSE)) is not None
    assert prove(high, s.implies(root, s.FALSE)) is None
