"""The file format Parquet: typed columns in row groups, written by pyarrow.

Rows become JSON Lines first, which pyarrow reads into columns faster than Python could. It is
imported where it is used: it is the extra `parquet`.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from api.tables.columns import Column

ROW_GROUP = 16 << 20  # bytes of JSON Lines in a row group, which is in memory as a whole


class Sink(io.RawIOBase):
    """A file that keeps what is written until it is taken."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []
        self.position = 0

    def writable(self) -> bool:
        """Return whether the file can be written."""
        return True

    def tell(self) -> int:
        """Return the number of bytes written so far."""
        return self.position

    def write(self, data: Any) -> int:
        """Append bytes."""
        self.chunks.append(bytes(data))
        self.position += len(self.chunks[-1])
        return len(self.chunks[-1])

    def take(self) -> bytes:
        """Return the bytes written since the last call."""
        taken = b"".join(self.chunks)
        self.chunks.clear()
        return taken


def write_row_groups(columns: Sequence[Column], lines: Iterable[bytes]) -> Iterator[bytes]:
    """Write Parquet, compressed with Zstandard, from batches of rows as JSON Lines."""
    import pyarrow as pa
    from pyarrow import json, parquet

    def list_fields(types: dict[str, Any]) -> Any:
        for column in columns:
            type_ = types.get(column.type, pa.string())
            yield pa.field(column.name, pa.list_(type_) if column.listed else type_)

    types = {  # of Arrow, by that of GraphQL; all others are strings
        "Int": pa.int64(),
        "Float": pa.float64(),
        "Decimal": pa.decimal128(18, 3),
        "Boolean": pa.bool_(),
        "Date": pa.date32(),
        "DateTime": pa.timestamp("us", "UTC"),
    }
    schema = pa.schema(list_fields(types))
    # pyarrow reads no dates in JSON: they are cast.
    read = pa.schema(list_fields({**types, "Date": pa.string()}))
    parsing = json.ParseOptions(explicit_schema=read, unexpected_field_behavior="error")
    sink = Sink()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        yield sink.take()
        for group in _gather(lines):
            reading = json.ReadOptions(use_threads=False, block_size=len(group))
            table = json.read_json(pa.BufferReader(group), reading, parsing)
            writer.write_table(table.cast(schema))
            yield sink.take()
    yield sink.take()


def _gather(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join chunks to ones of about the size of a row group."""
    group: list[bytes] = []
    size = 0
    for chunk in lines:
        group.append(chunk)
        if (size := size + len(chunk)) >= ROW_GROUP:
            yield b"".join(group)
            group, size = [], 0
    if size:
        yield b"".join(group)
