"""What terms, statements and theorems share: they do not change, are not subclassed, and are copied as themselves."""

from __future__ import annotations

from typing import NoReturn, Self


class Immutable:
    """A thing that functions of its module make; it equals itself alone."""

    __slots__ = ("__weakref__",)

    def __init__(self, *args: object, **options: object) -> None:
        """Refuse: functions of the module make them."""
        raise TypeError(f"a {type(self).__name__.lower()} is made by the functions of its module")

    def __init_subclass__(cls, **options: object) -> None:
        if cls.__mro__[1] is not Immutable:
            raise TypeError(f"{cls.__mro__[1].__name__} has no subclasses")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__.lower()} does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__.lower()} does not change")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self
