"""The model file that ``symhet new`` writes."""

EXAMPLE = r"""# A model in one file. Check it with: symhet check FILE
title = "An excise tax"

[parameters]      # exogenous; positive unless real = true
t = { meaning = "tax per unit, paid by buyers", default = 1 }
# sigma = { latex = '\sigma', meaning = "elasticity of substitution", above = 1, default = 4 }

[functions]       # smooth, known by the signs of their slopes only
demand = { of = ["p"], falls = ["p"], positive = true }
supply = { of = ["p"], rises = ["p"], positive = true }

# [distribution]  # of productivity: S(x) = 1 - G(x), T(x) = the integral of z^order dG(z) above x, density g(x)
# G = { order = "sigma - 1" }
# G = { family = "pareto", shape = "k", scale = "b", order = "sigma - 1" }

[variables]       # endogenous; as many as conditions
p = { meaning = "price received by sellers" }

# [assumptions]   # beyond the bounds of the parameters
# "small tax" = "t < p"

[conditions]      # equations that determine the variables
clearing = "demand(p + t) = supply(p)"

[definitions]
q = { is = "p + t", meaning = "price paid by buyers" }

[claims]          # + - * / ^ ( ), exp ln sqrt abs min max; < <= = != and or not => <=>; for all x > a: ...
sellers_lose = "d(p)/d(t) < 0"                                                # through the conditions
shared       = { says = "0 < d(q)/d(t) < 1", title = "buyers bear a part" }
all_shifted  = "d(p)/d(t) = -1"                                               # wrong: see the counterexample
half         = "d(p)/d(t) < -1/2"                                             # depends
half_if      = "partial(demand(q), t) < -partial(supply(p), p) => d(p)/d(t) < -1/2"
"""
