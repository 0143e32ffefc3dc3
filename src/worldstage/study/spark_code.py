"""Coding a corpus on Spark: files go out to the workers, records come back; each worker codes as one machine would."""

from __future__ import annotations

import datetime as dt
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import ConfigError
from worldstage.core.records import Document, Skipped, as_json
from worldstage.study.corpus import CorpusCoding, english

if TYPE_CHECKING:
    from worldstage.coding.coder import Coder

_SCHEMA = "number LONG, position LONG, kind STRING, value STRING"
_MOST_ROWS = 500
# The parser works in batches, so that a task wants several files; a cluster wants many tasks, to be busy to the end.
_LEAST_FILES, _MANY_TASKS, _FILES_A_TASK = 8, 200, 100


@dataclass(frozen=True, slots=True)
class _Source:
    """A file or address, and its place among all; `named` as of `read_file`."""

    number: int
    path: str
    named: bool


def code_on_spark(
    files: Sequence[str],
    *,
    what: str = "events",
    published: dt.date | None = None,
    least: float | None = None,
    fast: bool = False,
) -> CorpusCoding:
    """Code files on the workers of a Spark session.

    Parameters
    ----------
    files
        Files, folders and web addresses; the workers must see the files under the same paths.
    what
        ``events``, ``statements`` or ``figures``: the records that are wanted, as their JSON forms.

    Raises
    ------
    ConfigError, InputError
        If Spark or Java is missing; for standard input, which no worker has; if Spark fails.
    """
    from worldstage.store.spark import check_spark

    check_spark()
    if "-" in files:
        raise ConfigError("Standard input cannot be coded on Spark.", expected="files and folders that all workers see")
    sources: list[_Source] = []
    noted: list[tuple[int, Skipped]] = []
    for number, item in enumerate(_spread(files)):
        if isinstance(item, Skipped):
            noted.append((number, item))
        else:
            sources.append(_Source(number, *item))
    coding = CorpusCoding()
    coding.records = _records(coding, sources, noted, _Task(what, published, least, fast))
    return coding


def _spread(files: Iterable[str]) -> Iterator[tuple[str, bool] | Skipped]:
    """Each file that is meant, as absolute path, and whether it was named itself."""
    from worldstage.reading.folder import files as files_in

    for name in files:
        if "://" in name or not Path(name).is_dir():
            yield name if "://" in name else str(Path(name).absolute()), True
            continue
        empty = True
        for item in files_in(Path(name)):
            empty = False
            yield item if isinstance(item, Skipped) else (str(item.absolute()), False)
        if empty:
            yield Skipped(name, "a folder without files")


def _records(
    coding: CorpusCoding, sources: Sequence[_Source], noted: list[tuple[int, Skipped]], task: _Task
) -> Iterator[Any]:
    for number, kind, value in _rows(sources, task) if sources else ():
        if kind == "record":
            yield value
        elif kind == "undated":
            coding.undated += 1
        else:
            noted.append((number, Skipped(*value)))
    coding.skipped += [one for _, one in sorted(noted, key=lambda pair: pair[0])]


def _rows(sources: Sequence[_Source], task: _Task) -> Iterator[tuple[int, str, Any]]:
    """What the workers give, in the order of the sources."""
    from pyspark import StorageLevel

    from worldstage.store import spark
    from worldstage.store.engines import failing

    with failing("spark"):
        rows = [(s.number, s.path, s.named) for s in sources]
        tasks = min(-(-len(rows) // _LEAST_FILES), max(_MANY_TASKS, len(rows) // _FILES_A_TASK))
        frame = spark.session().createDataFrame(rows, "number LONG, path STRING, named BOOLEAN")
        coded = frame.repartition(tasks).mapInArrow(task, _SCHEMA).persist(StorageLevel.DISK_ONLY)
        try:
            # All workers code at once; then the rows are fetched part by part, so that memory here stays flat.
            coded.count()
            for row in coded.sort("number", "position").toLocalIterator(prefetchPartitions=True):
                yield row.number, row.kind, json.loads(row.value)
        finally:
            coded.unpersist()


@dataclass(frozen=True)
class _Task:
    """What a worker does with batches of sources; goes out to it by name, so that it needs this package."""

    what: str
    published: dt.date | None
    least: float | None
    fast: bool

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        sources = (_Source(**row) for batch in batches for row in batch.to_pylist())
        return _batches(self._coded(sources))

    def _coded(self, sources: Iterable[_Source]) -> Iterator[tuple[int, str, Any]]:
        """Source's number, kind and value of each row, the coder seeing one stream of documents."""
        aside: deque[tuple[int, str, Any]] = deque()
        numbers: deque[int] = deque()

        def documents() -> Iterator[Document]:
            for source in sources:
                for item in self._read(source):
                    if isinstance(item, Skipped):
                        aside.append((source.number, "skipped", [item.source, item.reason]))
                        continue
                    if item.published is None:
                        aside.append((source.number, "undated", None))
                    numbers.append(source.number)
                    yield item

        for coding in _coder(self.least, self.fast).code(documents()):
            number = numbers.popleft()
            yield from ((number, "record", as_json(record)) for record in getattr(coding, self.what))
        yield from aside

    def _read(self, source: _Source) -> Iterator[Document | Skipped]:
        from worldstage.reading import read
        from worldstage.reading.sources import read_file

        if "://" in source.path:
            return english(read([source.path], published=self.published))
        return english(read_file(Path(source.path), named=source.named, published=self.published))


@cache
def _coder(least: float | None, fast: bool) -> Coder:
    """The coder of a worker process, loaded once however many tasks it is given."""
    from worldstage.coding.coder import Coder
    from worldstage.coding.extract import LEAST

    return Coder(least=LEAST if least is None else least, fast=fast)


def _batches(rows: Iterable[tuple[int, str, Any]]) -> Iterator[Any]:
    """Rows as Arrow batches, numbered in their order."""
    import pyarrow as pa

    schema = pa.schema(
        [("number", pa.int64()), ("position", pa.int64()), ("kind", pa.string()), ("value", pa.string())]
    )
    numbered = ((number, i, kind, json.dumps(value)) for i, (number, kind, value) in enumerate(rows))
    while batch := list(islice(numbered, _MOST_ROWS)):
        yield pa.RecordBatch.from_arrays(
            [pa.array(c, t) for c, t in zip(zip(*batch, strict=True), schema.types, strict=True)], schema=schema
        )
