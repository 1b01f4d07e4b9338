"""What a solver can be missing or refuse: one class for each failure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symhet.errors import SymhetError


class MissingValue(SymhetError):
    """A parameter without default that is given no value.

    Examples
    --------
    >>> print(MissingValue({"tau": 2.0, "f": 1.0}, "melitz.toml"))
    [SH730] no value for tau, f
      where: melitz.toml
      why: the conditions or assumptions mention them, and they have no default
      fix: --set tau=2.0 f=1.0 on the command line, tau=2.0, f=1.0 in Python, or default = 2.0 in the file
    """

    code = "SH730"

    def __init__(self, instances: Mapping[str, float], where: str = "") -> None:
        given = [f"{name}={value}" for name, value in instances.items()]
        default = next(iter(instances.values()))
        they = "it, and it has" if len(given) == 1 else "them, and they have"
        super().__init__(
            f"no value for {', '.join(instances)}",
            where=where,
            why=f"the conditions or assumptions mention {they} no default",
            fix=f"--set {' '.join(given)} on the command line, {', '.join(given)} in Python, "
            f"or default = {default} in the file",
        )


class MissingFunction(SymhetError):
    """A function known by the signs of its slopes only: numbers need a form.

    Examples
    --------
    >>> print(MissingFunction("demand", ["p"]))
    [SH731] the function demand has no form
      why: numbers cannot be worked out from the signs of its slopes alone
      fix: form = "10/p" in the file, functions={"demand": "10/p"} in Python, or --function demand=10/p
    """

    code = "SH731"

    def __init__(self, name: str, arguments: Iterable[str], where: str = "") -> None:
        form = f"10/{next(iter(arguments))}"
        super().__init__(
            f"the function {name} has no form",
            where=where,
            why="numbers cannot be worked out from the signs of its slopes alone",
            fix=f'form = "{form}" in the file, functions={{"{name}": "{form}"}} in Python, or --function {name}={form}',
        )


class WrongForm(SymhetError):
    """A form of a function that falls where the model says that it rises, or the other way round."""

    code = "SH734"


class NotDetermined(SymhetError):
    """Conditions that are fewer or more than the variables."""

    code = "SH732"


class NoDistribution(SymhetError):
    """A distribution for a model that has none."""

    code = "SH733"
