"""What terms, statements and theorems share: they do not change, are not subclassed, and are copied as themselves."""

from __future__ import annotations

from typing import Any, NoReturn, Self, TypeVar
from weakref import KeyedRef


class Immutable:
    """A thing that functions of its module make; it equals itself alone."""

    __slots__ = ("__weakref__",)

    def __init__(self, *args: object, **options: object) -> None:
        """Refuse: functions of the module make them."""
        raise TypeError(f"a {type(self).__name__.lower()} is made by the functions of its module")

    def __init_subclass__(cls) -> None:
        if not cls.__module__.startswith("symhet."):
            raise TypeError("there are no subclasses outside the package")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__.lower()} does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__.lower()} does not change")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


_Made = TypeVar("_Made", bound=Immutable)


class Table(dict[tuple[Any, ...], "KeyedRef[tuple[Any, ...], _Made]"]):
    """The things that are made, by what they are made of, for as long as something holds them."""

    def enter(self, key: tuple[Any, ...], made: _Made) -> _Made:
        """Return the thing that stands under a key, this one if none does.

        Looking and entering is one step of the interpreter, so that two threads get the same thing.
        """
        ref = KeyedRef(made, self.forget, key)
        found = self.setdefault(key, ref)()
        if found is None:
            self[key], found = ref, made
        return found

    def forget(self, ref: KeyedRef[tuple[Any, ...], _Made]) -> None:
        """Remove what nothing holds any more."""
        if self.get(ref.key) is ref:
            del self[ref.key]
