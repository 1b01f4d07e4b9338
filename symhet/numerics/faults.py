"""What can be wrong with a store of results, or with a setting: one class for each failure."""

from __future__ import annotations

from collections.abc import Iterable

from symhet.errors import OutputError, SymhetError, UnknownParameter

__all__ = [
    "MissingInput", "NoElasticities", "StoreDamaged", "StoreError", "StoreFull", "StoreLocked", "StoreMismatch",
    "StoreWarning", "UnknownRegime",
]  # fmt: skip


class MissingInput(UnknownParameter):
    """Inputs of a numeric function that are given no value.

    Examples
    --------
    >>> print(MissingInput(["alpha", "tau"], "kz.eq14"))
    [SH105] no value for alpha, tau
      where: kz.eq14
      fix: give alpha=..., tau=...: a number or an array for each
    """

    code = "SH105"

    def __init__(self, names: Iterable[str], where: str) -> None:
        names = list(names)
        given = ", ".join(f"{name}=..." for name in names)
        fix = f"give {given}: a number or an array for each"
        SymhetError.__init__(self, f"no value for {', '.join(names)}", where=where, fix=fix)
        self.name, self.suggestions = names[0], ()


class NoElasticities(SymhetError):
    """A point or regime of a model at which no elasticities are derived.

    Parameters
    ----------
    where : str
        The model and the regime.
    why : str
        What there is not, or does not hold there.
    fix : str
        Where there are some, or what gives differences instead.

    Examples
    --------
    >>> print(NoElasticities("bo, autarky", "trade moves nothing there", "choose another regime"))
    [SH609] no elasticities are derived here
      where: bo, autarky
      why: trade moves nothing there
      fix: choose another regime
    """

    code = "SH609"

    def __init__(self, where: str, why: str, fix: str) -> None:
        super().__init__("no elasticities are derived here", where=where, why=why, fix=fix)


class StoreError(OutputError):
    """A store of results cannot be used; what was finished before is untouched.

    Parameters
    ----------
    path : str
        The store as the user named it.
    what : str
        What went wrong, one line.
    why, fix : str, optional
        What was found, and what to do.
    """

    code = "SH610"

    def __init__(self, path: str, what: str, why: str = "", *, fix: str = "") -> None:
        self.path = path
        SymhetError.__init__(self, what, where=path, why=why, fix=fix)


class StoreLocked(StoreError):
    """Another run writes to the store.

    Examples
    --------
    >>> print(StoreLocked("sweep.nc", "process 411 on trade since 10:32:05"))
    [SH611] another run writes to this store; nothing was changed
      where: sweep.nc
      why: it is held by process 411 on trade since 10:32:05
      fix: wait for that run, end it, or give another name
    """

    code = "SH611"

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(
            path,
            "another run writes to this store; nothing was changed",
            f"it is held by {holder}",
            fix="wait for that run, end it, or give another name",
        )


class StoreMismatch(StoreError):
    """The store holds something other than what this run would write.

    Examples
    --------
    >>> print(StoreMismatch("sweep.zarr", ["another distribution", "other values of tau_I"]))
    [SH612] the store holds another sweep; nothing was changed
      where: sweep.zarr
      why: it was made with another distribution; other values of tau_I
      fix: give the name of a new store
    """

    code = "SH612"

    def __init__(self, path: str, differences: Iterable[str], *, fix: str = "") -> None:
        self.differences = tuple(differences)
        super().__init__(
            path,
            "the store holds another sweep; nothing was changed",
            f"it was made with {'; '.join(self.differences)}",
            fix=fix or "give the name of a new store",
        )


class StoreDamaged(StoreError):
    """The store, or a part of it that cannot be solved again, is not what was written.

    Examples
    --------
    >>> print(StoreDamaged("sweep.nc", "the values of welfare are not those that were written"))
    [SH613] the store is damaged; nothing was changed
      where: sweep.nc
      why: the values of welfare are not those that were written
      fix: move it away and run the sweep again
    """

    code = "SH613"

    def __init__(self, path: str, why: str, *, fix: str = "") -> None:
        fix = fix or "move it away and run the sweep again"
        super().__init__(path, "the store is damaged; nothing was changed", why, fix=fix)


class StoreFull(StoreError):
    """A chunk could not be written, most often for want of space; the finished ones are kept.

    Examples
    --------
    >>> print(StoreFull("sweep.zarr", "No space left on device", 12, 40))
    [SH614] the store could not be written; 12 of 40 chunks are kept
      where: sweep.zarr
      why: No space left on device
      fix: make room and run the same command again
    """

    code = "SH614"

    def __init__(self, path: str, why: str, finished: int, total: int) -> None:
        self.finished, self.total = finished, total
        super().__init__(
            path,
            f"the store could not be written; {finished} of {total} chunks are kept",
            why,
            fix="make room and run the same command again",
        )


class StoreWarning(UserWarning):
    """Some chunks of a store were damaged, and are solved again."""


class UnclearSetting(SymhetError):
    """A setting cannot be read, is given twice, or contradicts another.

    Parameters
    ----------
    given : str
        What was given.
    why : str
        What is wrong with it.
    where, fix : str, optional
        The option that named it, and what to give instead.

    Examples
    --------
    >>> print(UnclearSetting("tau_I=abc", "'abc' is not a number", where="--set", fix="write --set tau_I=1.2"))
    [SH202] the setting 'tau_I=abc' is not clear
      where: --set
      why: 'abc' is not a number
      fix: write --set tau_I=1.2
    """

    code = "SH202"

    def __init__(self, given: str, why: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(f"the setting {given!r} is not clear", where=where, why=why, fix=fix)


class UnknownRegime(UnknownParameter):
    """A regime that the model does not have; many models have none to choose.

    Examples
    --------
    >>> print(UnknownRegime("long", where="kz"))
    [SH104] unknown regime 'long'
      where: kz
      why: the model has no regimes to choose from
      fix: leave the regime out
    """

    code = "SH104"
    noun = "regime"

    def __init__(self, name: str, known: Iterable[str] = (), *, where: str = "") -> None:
        super().__init__(name, known, where=where)
        if not self.why:
            self.why, self.fix = "the model has no regimes to choose from", "leave the regime out"
