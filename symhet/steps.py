"""Statements at hand, as arguments refer to them: what a model supposes and what was derived are values, not words."""

from __future__ import annotations

from symhet.propositions import Prop


class Step(str):
    """An assumption, a condition or a step, as later steps refer to it; its text is its name in certificates.

    `symhet.derivation.Derivation.step` returns one.

    Parameters
    ----------
    name : str
        Its name.
    prop : Prop, optional
        The statement; a name that is declared ahead has none yet.

    Examples
    --------
    >>> import sympy as sp
    >>> from symhet.propositions import gt
    >>> square = Step("square", gt(sp.Symbol("x", real=True) ** 2 + 1, 0))
    >>> square, str(square.prop)
    ('square', '0 < x**2 + 1')
    """

    __slots__ = ("prop",)
    prop: Prop | None

    def __new__(cls, name: str, prop: Prop | None = None) -> Step:
        """Return the name, with the statement."""
        made = super().__new__(cls, name)
        made.prop = prop
        return made

    def __reduce__(self) -> tuple[type[Step], tuple[str, Prop | None]]:
        """Let a copy be made of what the step was made of."""
        return Step, (str(self), self.prop)


class StepOf:
    """Steps of one kind, told apart by what they are about.

    Parameters
    ----------
    form : str
        Their names, with braces for what they are about.

    Examples
    --------
    >>> share_of = StepOf("share of {}")
    >>> share_of("exporters")
    'share of exporters'
    """

    def __init__(self, form: str) -> None:
        self.form = form

    def __call__(self, *about: object) -> Step:
        """Return the step about these."""
        return Step(self.form.format(*about))


def steps(*names: str) -> tuple[Step, ...]:
    """Declare names of steps.

    Examples
    --------
    >>> low, high = steps("low", "high")
    >>> high
    'high'
    """
    return tuple(map(Step, names))
