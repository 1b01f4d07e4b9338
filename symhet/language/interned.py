"""What terms and statements share: they do not change, are not subclassed, and are copied as themselves."""

from __future__ import annotations

from typing import NoReturn, Self


class Interned:
    """An immutable node; equal nodes are the same object, so that equality and hash are those of `object`."""

    __slots__ = ("__weakref__",)

    def __init__(self, *args: object, **options: object) -> None:
        """Refuse: functions of the module make the nodes."""
        raise TypeError(f"a {type(self).__name__.lower()} is made by the functions of its module")

    def __init_subclass__(cls, **options: object) -> None:
        if cls.__mro__[1] is not Interned:
            raise TypeError(f"{cls.__mro__[1].__name__} has no subclasses")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__.lower()} does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__.lower()} does not change")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self
