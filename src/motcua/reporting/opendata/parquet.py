"""Rows as Parquet, group by group. The only place that knows the Arrow library.

It is loaded when the first Parquet file is asked for: a second and 75 MB that a worker which never writes one keeps.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from motcua.reporting.opendata.columns import Dataset, Kind
from motcua.reporting.opendata.writing import pieces

GROUP: Final = 20_000


@lru_cache(maxsize=1)
def _arrow() -> Any:
    import_module("pyarrow.parquet")
    return import_module("pyarrow")


def _type_of(kind: Kind) -> Any:
    arrow = _arrow()
    return {
        Kind.TEXT: arrow.string(),
        Kind.WHOLE: arrow.int64(),
        Kind.DAY: arrow.date32(),
        Kind.MOMENT: arrow.timestamp("us", tz="UTC"),
        Kind.TRUTH: arrow.bool_(),
    }[kind]


class _Outbox:
    """What the writer wrote and nobody took yet."""

    closed = False

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def write(self, part: Any) -> int:
        """Keep it until it is taken."""
        self._parts.append(bytes(part))
        self._written += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        """How much was ever written."""
        return self._written

    def flush(self) -> None:
        """What is written is there at once."""

    def close(self) -> None:
        """The writer is done; what it wrote is still to be taken."""
        self.closed = True

    def readable(self) -> bool:
        """It is only written to."""
        return False

    def writable(self) -> bool:
        """It is only written to."""
        return True

    def seekable(self) -> bool:
        """What was taken is gone."""
        return False

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self._parts = b"".join(self._parts), []
        return taken


def parquet_pieces(dataset: Dataset, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """The same rows with their kinds; the version of the table stands in its metadata."""
    arrow = _arrow()
    shape = arrow.schema(
        [arrow.field(one.name, _type_of(one.kind), nullable=one.may_be_empty) for one in dataset.columns],
        metadata={"dataset": dataset.code, "version": str(dataset.version)},
    )
    outbox = _Outbox()
    with arrow.parquet.ParquetWriter(outbox, shape, compression="zstd") as writer:
        for piece in pieces(rows, GROUP):
            columns = [
                arrow.array(column, one.type) for column, one in zip(zip(*piece, strict=True), shape, strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(columns, schema=shape))
            yield outbox.take()
    yield outbox.take()
