"""The results of a sweep as a table that is written as it comes, one row a point: CSV or Parquet, by Arrow."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from symhet.errors import MissingExtra, OutputError
from symhet.numerics.chunks import Block, Points, Task

__all__ = ["TableStore"]


class TableStore:
    """Rows in the order of the points, written chunk by chunk; a chunk that comes early waits for those before it.

    Names of phases and regimes are words, what is not a number is left out (CSV) or null (Parquet). The file has its
    name once it is whole.

    Parameters
    ----------
    out : Path, str or binary stream
        A name that ends in .csv or .parquet, or a stream for CSV.
    task, points, most : Task, Points, int
        As for `symhet.numerics.stores.ZarrStore`.

    Raises
    ------
    MissingExtra
        Without pyarrow.
    OutputError
        When the file cannot be written.
    """

    keeps = False

    def __init__(self, out: Any, task: Task, points: Points, most: int) -> None:
        try:
            import pyarrow  # noqa: F401
        except ImportError as error:
            raise MissingExtra("tables", "numerics", "pyarrow") from error
        self.task, self.points, self.total = task, points, points.number(most)
        self._path = None if hasattr(out, "write") else Path(out)
        self._stream = out if self._path is None else self._opened(self._path)
        self._waiting: dict[int, tuple[Block, dict[str, Any]]] = {}
        self._next = 0
        self._writer: Any = None
        # Arrow writes a chunk without holding the interpreter, while the next one is solved.
        self._pool = ThreadPoolExecutor(1)
        self._pending: Future[None] | None = None

    @staticmethod
    def _opened(path: Path) -> Any:
        try:
            return path.with_name(path.name + ".part").open("wb")
        except OSError as error:
            raise OutputError(str(path), error.strerror or str(error)) from error

    @property
    def held(self) -> int:
        """Chunks that wait for an earlier one."""
        return len(self._waiting)

    def finished(self, number: int) -> bool:
        """Return False: a table is written from its first row."""
        return False

    def count(self) -> int:
        """Return how many chunks have been written."""
        return self._next

    def write(self, number: int, block: Block, results: dict[str, Any]) -> None:
        """Take a chunk, and write it and those that waited for it when its turn has come.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        self._waiting[number] = block, results
        try:
            while self._next in self._waiting:
                self._settle()
                self._pending = self._pool.submit(self._append, *self._waiting.pop(self._next))
                self._next += 1
        except BrokenPipeError:
            raise
        except OSError as error:
            self.discard()
            raise OutputError(str(self._path or "standard output"), error.strerror or str(error)) from error

    def _settle(self) -> None:
        """Wait until the last chunk is written; what went wrong is raised here."""
        if self._pending is not None:
            self._pending.result()
            self._pending = None

    def _append(self, block: Block, results: dict[str, Any]) -> None:
        table = self._table(block, results)
        if self._writer is None:
            self._writer = self._new_writer(table.schema)
        self._writer.write_table(table)

    def _new_writer(self, schema: Any) -> Any:
        if self._path is not None and self._path.suffix == ".parquet":
            import pyarrow
            from pyarrow.parquet import ParquetWriter

            # Numbers hardly repeat: a dictionary of them would take memory, and room in the file.
            words = [field.name for field in schema if pyarrow.types.is_string(field.type)]
            return ParquetWriter(self._stream, schema, use_dictionary=words)
        from pyarrow.csv import CSVWriter, WriteOptions

        self._stream.write((",".join(schema.names) + "\n").encode())
        return CSVWriter(self._stream, schema, write_options=WriteOptions(include_header=False, quoting_style="none"))

    def _table(self, block: Block, results: dict[str, Any]) -> Any:
        import pyarrow

        shape = tuple(part.stop - part.start for part in block)
        columns: dict[str, Any] = {}
        for name, values in self.points.values(block).items():
            columns[name] = pyarrow.array(np.broadcast_to(values, shape).reshape(-1))
        for name, values in results.items():
            flags = self.task.flags(name)
            flat = np.ascontiguousarray(values).reshape(-1)
            if flags:
                codes = pyarrow.array((flat - min(flags)).astype(np.int32))
                columns[name] = pyarrow.DictionaryArray.from_arrays(codes, list(flags.values())).cast(pyarrow.string())
            else:
                columns[name] = pyarrow.array(flat, from_pandas=True)
        return pyarrow.table(columns)

    def dataset(self) -> Any:
        """Finish the file; return its path, nothing for a stream.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        try:
            self._settle()
            self._pool.shutdown()
            if self._writer is not None:
                self._writer.close()
            if self._path is None:
                return None
            self._stream.close()
            part = self._path.with_name(self._path.name + ".part")
            part.replace(self._path)
        except OSError as error:
            self.discard()
            raise OutputError(str(self._path or "standard output"), error.strerror or str(error)) from error
        return self._path

    def discard(self) -> None:
        """Take away a file that will not be finished."""
        self._pool.shutdown(cancel_futures=True)
        if self._path is not None:
            self._path.with_name(self._path.name + ".part").unlink(missing_ok=True)
            with suppress(OSError):
                self._stream.close()
