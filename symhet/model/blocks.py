"""Building blocks that trade theory repeats: conditions for a model, each with the derivation that leads to it.

A block is text for a model, and a small model of its own whose claims are the steps of the derivation: `Block.check`
has them proved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from symhet.errors import DomainError
from symhet.model.model import Model
from symhet.model.typed import as_text

if TYPE_CHECKING:
    from symhet.model.report import Report

__all__ = [
    "Block",
    "Strategy",
    "ces_demand",
    "cobb_douglas_cost",
    "free_entry",
    "market_clearing",
    "markup_pricing",
    "pareto_closure",
    "strategies",
    "zero_cutoff_profit",
]


@dataclass(frozen=True)
class Block:
    """What a piece of theory adds to a model, and why.

    Parameters
    ----------
    title : str
        What it is.
    derivation : Model
        A model of its own, whose claims are the steps.
    conditions : Mapping[str, str]
        Equations that determine variables, by name.
    definitions : Mapping[str, str]
        Terms, by name.
    assumptions : Mapping[str, str]
        What has to be supposed.
    distribution : Mapping[str, str]
        Options of `Model.distribution`.
    """

    title: str
    derivation: Model
    conditions: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    assumptions: Mapping[str, str] = field(default_factory=dict)
    distribution: Mapping[str, str] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The steps of the derivation: what is done, and what is said."""
        return tuple((claim.title, claim.says.text) for claim in self.derivation.claims.values())

    def check(self) -> Report:
        """Have the steps of the derivation judged."""
        return self.derivation.check()

    def add_to(self, model: Model, **names: str) -> None:
        """Add what the block says to a model; ``names`` gives conditions and assumptions other names."""
        if self.distribution:
            model.distribution("G", **self.distribution)
        for name, term in self.definitions.items():
            model.define(name, term)
        for name, statement in self.assumptions.items():
            model.assume(names.get(name, name), statement)
        for name, equation in self.conditions.items():
            model.condition(names.get(name, name), equation)


def _text(value: Any) -> str:
    """Return a term as text, in brackets unless it is a name or a number."""
    text = value if isinstance(value, str) else as_text(value, Model("A block"))
    plain = text.replace("_", "").replace(".", "")
    return text if plain.isalnum() else f"({text})"


def _model(title: str, positive: Sequence[str], **bounds: Mapping[str, str]) -> Model:
    found = Model(title)
    for name in positive:
        found.parameter(name, **bounds.get(name, {}))
    return found


_ELASTIC = {"sigma": {"above": "1"}}


def ces_demand(price: Any, spending: Any, index: Any, sigma: Any, quantity: str = "q") -> Block:
    """Return CES demand for a variety: q = E P^(sigma-1) p^(-sigma), as a definition.

    Parameters
    ----------
    price, spending, index : str or expression
        Price of the variety, spending on all varieties, and their price index.
    sigma : str or expression
        Elasticity of substitution.
    quantity : str, optional
        What the quantity is called.

    Examples
    --------
    >>> ces_demand("p", "E", "P", "sigma").definitions
    {'q': 'E*P^(sigma - 1)*p^(-sigma)'}
    """
    p, e, index, sigma = map(_text, (price, spending, index, sigma))
    why = _model("CES demand", ("sigma", "p", "P", "U", "E", "Z"), **_ELASTIC)
    why.variable("x")
    why.define("r", "(sigma - 1)/sigma")
    why.condition("first order", "(U/x)^(1/sigma) = p/P")
    why.assume("utility costs its index", "E = P*U")
    marginal = "partial((x^r + Z)^(1/r), x) = ((x^r + Z)^(1/r)/x)^(1/sigma)"
    why.claim("marginal", marginal, title="a variety adds to utility (U/x)^(1/sigma), of which each unit costs P")
    why.claim("quantity", "x = U*(p/P)^(-sigma)", title="solve the first-order condition")
    why.claim("demand", "x = E*P^(sigma - 1)*p^(-sigma)", title="put in what utility costs")
    why.claim("spending", "p*x = E*(p/P)^(1 - sigma)", title="multiply by the price")
    return Block("CES demand", why, definitions={quantity: f"{e}*{index}^({sigma} - 1)*{p}^(-{sigma})"})


def markup_pricing(cost: Any, sigma: Any, price: str = "p") -> Block:
    """Return the price that is best at constant elasticity of demand: sigma/(sigma-1) times cost.

    Parameters
    ----------
    cost, sigma : str or expression
        Marginal cost, and the elasticity of demand.
    price : str, optional
        What the price is called.

    Examples
    --------
    >>> markup_pricing("w/phi", "sigma").definitions
    {'p': 'sigma/(sigma - 1)*(w/phi)'}
    """
    cost, sigma = _text(cost), _text(sigma)
    why = _model("Mark-up pricing", ("sigma", "A", "c"), **_ELASTIC)
    why.define("best", "sigma/(sigma - 1)*c")
    profit = "A*x^(-sigma)*(x - c)"
    rises = f"for all 0 < x < best: partial({profit}, x) > 0"
    why.claim("rises", rises, title="below the mark-up profit rises with the price")
    why.claim("falls", f"for all x > best: partial({profit}, x) < 0", title="above it profit falls")
    share = "A*best^(-sigma)*(best - c) = A*best^(1 - sigma)/sigma"
    why.claim("share", share, title="profit is the sigma-th part of revenue")
    return Block("Mark-up pricing", why, definitions={price: f"{sigma}/({sigma} - 1)*{cost}"})


def cobb_douglas_cost(prices: Mapping[str, Any], cost: str = "c") -> Block:
    """Return the unit cost of a Cobb-Douglas technology: the product of prices to their shares.

    Parameters
    ----------
    prices : mapping of str to str or expression
        The cost share of each input, by the name of its price; the shares add up to one.
    cost : str, optional
        What the unit cost is called.

    Examples
    --------
    >>> cobb_douglas_cost({"w": "1 - alpha", "p_I": "alpha"}).definitions
    {'c': 'w^(1 - alpha)*p_I^alpha'}
    """
    if len(prices) < 2:
        raise DomainError("two inputs", relation="a technology has at least two inputs", left=len(prices), right=2)
    shares = {name: _text(share) for name, share in prices.items()}
    why = Model("Cobb-Douglas cost")
    weights = [f"a_{place}" for place in range(1, len(shares))]
    for weight in weights:
        why.parameter(weight, below=1)
    last = "1 - " + " - ".join(weights)
    why.assume("the last share", f"{last} > 0")
    weights = [*weights, f"({last})"]
    for place in range(1, len(shares) + 1):
        why.parameter(f"w_{place}")
    why.parameter("y")
    parts = list(enumerate(weights, 1))
    why.define("c", "*".join(f"w_{place}^{weight}" for place, weight in parts))
    for place, weight in parts:
        why.define(f"x_{place}", f"{weight}*c*y/w_{place}")
    total = " + ".join(f"w_{place}*x_{place}" for place, _ in parts)
    made = "*".join(f"(x_{place}/{weight})^{weight}" for place, weight in parts)
    why.claim("output", f"{made} = y", title="the inputs that share out the cost make the output")
    why.claim("cost", f"{total} = c*y", title="and cost the unit cost times it")
    first = weights[0]
    for place, weight in parts[1:]:
        rest = "".join(f"*(x_{other}/{share})^{share}" for other, share in parts[1:] if other != place)
        needed = f"{weight}*(y/((x/{first})^{first}{rest}))^(1/{weight})"
        cheapest = f"max of -w_1*x - w_{place}*{needed} for x > 0 at x_1"
        why.claim(f"cheapest_{place}", cheapest, title="no other split between two of them makes the output cheaper")
    term = "*".join(f"{name}^{share}" for name, share in shares.items())
    return Block("Cobb-Douglas cost", why, definitions={cost: term})


@dataclass(frozen=True)
class Strategy:
    """What a firm of any productivity can do: how much it gains of variable profit, and what that costs.

    Parameters
    ----------
    cutoff : str
        The productivity from which on it pays.
    gain : str or expression
        What it adds to variable profit, as a multiple of that of the first strategy.
    fixed : str or expression
        The fixed cost that it adds.
    """

    cutoff: str
    gain: Any
    fixed: Any


def strategies(first: Strategy, *others: Strategy, sigma: Any, demand: str = "") -> Block:
    """Return the cutoffs of strategies that are taken up one after another, and what puts them in order.

    A firm of productivity phi gains ``gain * A * phi^(sigma-1)`` from a strategy and pays its fixed cost.

    Parameters
    ----------
    first, *others : Strategy
        In the order in which firms take them up.
    sigma : str or expression
        Elasticity of substitution.
    demand : str, optional
        The level A of variable profit, a variable of the model; without it conditions are relative to the first cutoff.

    Examples
    --------
    >>> block = strategies(
    ...     Strategy("phi", "1", "f"), Strategy("phi_x", "tau^(1-sigma)", "f_x"), sigma="sigma"
    ... )
    >>> block.conditions
    {'cutoff phi_x': '(tau^(1-sigma))*f*(phi_x/phi)^(sigma - 1) = f_x'}
    >>> block.assumptions
    {'phi < phi_x': '(tau^(1-sigma))*f < 1*f_x'}
    """
    sigma = _text(sigma)
    whole = (first, *others)
    gains, costs = [_text(s.gain) for s in whole], [_text(s.fixed) for s in whole]
    conditions: dict[str, str] = {}
    for place, strategy in enumerate(whole):
        if demand:
            power = f"{demand}*{strategy.cutoff}^({sigma} - 1)"
            conditions[f"cutoff {strategy.cutoff}"] = f"{gains[place]}*{power} = {costs[place]}"
        elif place:
            ratio = f"({strategy.cutoff}/{first.cutoff})^({sigma} - 1)"
            left = f"{gains[place]}*{costs[0]}*{ratio}"
            right = costs[place] if gains[0] == "1" else f"{gains[0]}*{costs[place]}"
            conditions[f"cutoff {strategy.cutoff}"] = f"{left} = {right}"
    pairs = [(before, before + 1) for before in range(len(others))]
    assumptions = {
        f"{whole[low].cutoff} < {whole[high].cutoff}": f"{gains[high]}*{costs[low]} < {gains[low]}*{costs[high]}"
        for low, high in pairs
    }
    why = _model("Cutoffs of strategies", ("sigma", "A", "z", "g_0", "f_0", "g_1", "f_1"), **_ELASTIC)
    why.variable("phi_0")
    why.variable("phi_1")
    why.assume("order", "g_1*f_0 < g_0*f_1")
    why.condition("first", "g_0*A*phi_0^(sigma - 1) = f_0")
    why.condition("second", "g_1*A*phi_1^(sigma - 1) = f_1")
    pays = "phi_1 < z <=> g_1*A*z^(sigma - 1) > f_1"
    why.claim("pays", pays, title="the more productive gain more: a strategy pays above its cutoff and nowhere else")
    why.claim("ratio", "g_1*f_0*(phi_1/phi_0)^(sigma - 1) = g_0*f_1", title="divide one condition by the other")
    why.claim("order_of", "phi_0 < phi_1", title="what gains less for its cost is taken up later")
    return Block("Cutoffs of strategies", why, conditions, {}, assumptions)


def zero_cutoff_profit(cutoff: str, fixed: Any, sigma: Any, demand: Any = "A", cost: Any = "1") -> Block:
    """Return the condition that the least productive firm of a market earns its fixed cost: A (phi/cost)^(sigma-1) = f.

    Examples
    --------
    >>> zero_cutoff_profit("phi_x", "f_x", "sigma", cost="tau").conditions
    {'zero profit at phi_x': 'A*(phi_x/tau)^(sigma - 1) = f_x'}
    """
    demand, cost, fixed, sigma = map(_text, (demand, cost, fixed, sigma))
    why = _model("Zero cutoff profit", ("sigma", "A", "z", "f", "t"), **_ELASTIC)
    why.variable("phi")
    why.condition("zero profit", "A*(phi/t)^(sigma - 1) = f")
    why.claim("earns", "phi < z <=> A*(z/t)^(sigma - 1) - f > 0", title="profits rise with productivity")
    why.claim("profit", "A*(z/t)^(sigma - 1) - f = f*((z/phi)^(sigma - 1) - 1)", title="and are known from the cutoff")
    scaled = cutoff if cost == "1" else f"({cutoff}/{cost})"
    return Block("Zero cutoff profit", why, {f"zero profit at {cutoff}": f"{demand}*{scaled}^({sigma} - 1) = {fixed}"})


def free_entry(markets: Sequence[tuple[str, Any]], entry: Any, sigma: Any, name: str = "free entry") -> Block:
    """Return the condition that expected profits pay for entry, from the cutoff and the fixed cost of each market.

    Parameters
    ----------
    markets : sequence of (str, str or expression)
        Cutoffs with their fixed costs; several equal markets count by a factor of the cost.
    entry : str or expression
        The cost of entry.
    sigma : str or expression
        Elasticity of substitution; the order of the model's tails is ``sigma - 1``.
    name : str, optional
        What the condition is called.

    Examples
    --------
    >>> free_entry([("phi", "f"), ("phi_x", "n*f_x")], "f_e", "sigma").conditions["free entry"]
    'f*(phi^(1 - sigma)*T(phi) - S(phi)) + (n*f_x)*(phi_x^(1 - sigma)*T(phi_x) - S(phi_x)) = f_e'
    """
    entry, sigma = _text(entry), _text(sigma)
    why = _model("Free entry", ("sigma", "f", "f_e", "z"), **_ELASTIC)
    why.distribution("G", order="sigma - 1")
    why.variable("A")
    why.variable("phi")
    why.condition("zero profit", "A*phi^(sigma - 1) = f")
    why.condition("free entry", "A*T(phi) - f*S(phi) = f_e")
    written = "f*(phi^(1 - sigma)*T(phi) - S(phi)) = f_e"
    why.claim("cutoff", written, title="those above the cutoff earn A T(phi) and pay f S(phi); the cutoff gives A")
    why.claim(
        "average", "f*(phi^(1 - sigma)*T(phi)/S(phi) - 1)*S(phi) = f_e", title="or, the average profit of those in"
    )
    why.claim("unique", "exactly one x > 0: f*(x^(1 - sigma)*T(x) - S(x)) = f_e", title="which one cutoff solves")
    parts = (f"{_text(fixed)}*({x}^(1 - {sigma})*T({x}) - S({x}))" for x, fixed in markets)
    return Block("Free entry", why, {name: f"{' + '.join(parts)} = {entry}"})


def market_clearing(supply: Any, uses: Mapping[str, Any], name: str = "market clearing") -> Block:
    """Return the condition that what there is of something is used up.

    Parameters
    ----------
    supply : str or expression
        What there is.
    uses : mapping of str to str or expression
        What it is used for, and how much goes there.
    name : str, optional
        What the condition is called.

    Examples
    --------
    >>> market_clearing("L", {"entry": "M_e*f_e", "production": "M*l"}, "labour market").conditions
    {'labour market': 'L = M_e*f_e + M*l'}
    """
    why = _model("Market clearing", ("L", "w", "u_p"))
    for variable in ("R", "profit", "u_e"):
        why.variable(variable)
    why.condition("spending is income", "R = w*L")
    why.condition("receipts", "R = w*u_p + profit")
    why.condition("free entry", "profit = w*u_e")
    why.claim("walras", "u_p + u_e = L", title="what is paid out is earned: with no profits left, all of it is used")
    terms = " + ".join(use if isinstance(use, str) else _text(use) for use in uses.values())
    return Block("Market clearing", why, {name: f"{_text(supply)} = {terms}"})


def pareto_closure(shape: Any, scale: Any, sigma: Any) -> Block:
    """Return a Pareto distribution of productivity, and the closed tails that come with it.

    Parameters
    ----------
    shape, scale : str or expression
        Tail index, and lowest productivity.
    sigma : str or expression
        Elasticity of substitution; the shape exceeds ``sigma - 1``.

    Examples
    --------
    >>> pareto_closure("k", "b", "sigma").distribution
    {'family': 'pareto', 'shape': 'k', 'scale': 'b', 'order': 'sigma - 1'}
    """
    shape, scale, sigma = map(_text, (shape, scale, sigma))
    why = _model(
        "Pareto closure", ("sigma", "k", "b", "x", "f"), **_ELASTIC, k={"above": "sigma - 1"}, x={"above": "b"}
    )
    why.distribution("G", family="pareto", shape="k", scale="b", order="sigma - 1")
    why.claim("share", "S(x) = (b/x)^k", title="the share above x")
    why.claim("tail", "T(x) = k/(k - sigma + 1)*b^k*x^(sigma - 1 - k)", title="its moment, by integration")
    expected = "f*(x^(1 - sigma)*T(x) - S(x)) = (sigma - 1)/(k - sigma + 1)*f*(b/x)^k"
    why.claim("profit", expected, title="expected profit above a cutoff")
    options = {"family": "pareto", "shape": shape, "scale": scale, "order": f"{sigma} - 1"}
    return Block("Pareto closure", why, distribution=options)
