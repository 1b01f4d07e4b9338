"""The equilibrium of any model that can be written down: read, ordered, solved, and held against its own conditions."""

from symhet.numerics.equilibrium.problem import Problem, problem_of
from symhet.numerics.equilibrium.result import Equilibrium
from symhet.numerics.equilibrium.solver import solve_model

__all__ = ["Equilibrium", "Problem", "problem_of", "solve_model"]
