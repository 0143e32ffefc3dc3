"""Events as lazy frames of an engine: DuckDB over a store or Parquet files, or Spark over Parquet files.

What is computed over the frames is written once, in Narwhals (`worldstage.relations`); what differs between the engines
and between the layouts of files stands here.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from worldstage.core.errors import ConfigError, InputError
from worldstage.reference.plover import QUADS, TYPES

if TYPE_CHECKING:
    from worldstage.store.store import Store

Engine = Literal["duckdb", "spark"]
ENGINES: tuple[str, ...] = get_args(Engine)
Layout = Literal["records", "cells", "pairs"]
# Layout → the columns by which it is known.
_KNOWN_BY: Mapping[Layout, tuple[str, ...]] = {
    "records": ("date", "actors", "recipients"),
    "cells": ("date", "actor_code", "recipient_code"),
    "pairs": ("date", "actor", "recipient"),
}
# How the codes of a side become one cell, `A;B`.
_CODES = {"duckdb": "array_to_string(list_transform({0}, lambda x: x.code), ';')",
          "spark": "array_join(transform({0}, x -> x.code), ';')"}  # fmt: skip
# DuckDB groups by a number a fifth faster than by these words; the order is that of the words.
_QUAD = {"duckdb": "::ENUM(" + ", ".join(f"'{q}'" for q in sorted(QUADS)) + ")", "spark": ""}
_TABLE_COLUMNS = {
    "events": ("id", "cluster", "document", "date", "week", "month", "quad", "type", "score", "status"),
    "event_actors": ("event", "document", "side", "code"),
}
LAYOUTS = (
    "Parquet files with the columns date, actor_code, recipient_code, quad (`worldstage export`), "
    "or date, actors, recipients, quad (`worldstage events --format parquet`, `worldstage code`), "
    "or date, actor, recipient and type or quad (one code each); "
    "or the tables events.parquet and event_actors.parquet of a store"
)


@dataclass(frozen=True)
class Frames:
    """Events in the frames of an engine.

    Attributes
    ----------
    events
        Narwhals frame: the columns of the store's table ``events`` where `parties` is given; else one row per event
        with ``date, week, month, quad, score, status`` and, as text, ``actor`` and ``recipient``: codes parted by
        ``;``, empty where nobody is known.
    parties
        Narwhals frame with the columns of the store's table ``event_actors``.
    single
        Every cell of `events` holds one code at most.
    """

    events: Any
    parties: Any = None
    single: bool = False


@contextlib.contextmanager
def store_frames(store: Store, engine: Engine = "duckdb") -> Iterator[Frames]:
    """The events of a store; for Spark they are first written to Parquet, in a folder that goes afterwards."""
    if engine == "duckdb":
        yield Frames(store.frame("events"), store.frame("event_actors"))
        return
    from worldstage.store.spark import check_spark

    check_spark()
    with tempfile.TemporaryDirectory(prefix="worldstage-") as folder:
        for table, columns in _TABLE_COLUMNS.items():
            write_parquet(store.frame(table).select(*columns), Path(folder) / f"{table}.parquet")
        with open_frames(folder, engine) as frames:
            yield frames


@contextlib.contextmanager
def open_frames(source: str | Path, engine: Engine = "duckdb") -> Iterator[Frames]:
    """The events in a Parquet file or a folder of such files.

    Parameters
    ----------
    source
        For Spark also an address that it reads (``hdfs://…``, ``s3a://…``) of files with one row per event.

    Raises
    ------
    InputError, ConfigError
        If there are no Parquet files, they cannot be read, or their columns are of no known layout; for an engine that
        is unknown or not installed.
    """
    if engine not in ENGINES:
        raise ConfigError(f"Unknown engine {engine!r}.", expected=" or ".join(ENGINES))
    if engine == "spark":
        from worldstage.store import spark

        spark.check_spark()
        if "://" in str(source):
            frame = spark.read([str(source)])
            layout = _layout(frame.columns, str(source))
            yield _flat(frame.selectExpr, layout, frame.columns, engine)
            return
    files = _files(Path(source))
    with _duckdb() as db:
        if isinstance(files, Mapping):
            tables = {name: _scan(db, paths) for name, paths in files.items()}
            for name, table in tables.items():
                _need(table.columns, _TABLE_COLUMNS[name], files[name][0])
            yield Frames(*(_table(engine, tables[name], files[name], columns)
                           for name, columns in _TABLE_COLUMNS.items()))  # fmt: skip
            return
        relation = _scan(db, files)
        columns, layout = relation.columns, _layout(relation.columns, str(source))
        select = spark.read(files).selectExpr if engine == "spark" else _projector(relation)
        yield _flat(select, layout, columns, engine)


def write_parquet(frame: Any, path: Path) -> None:
    """Compute a lazy frame straight into Parquet: one file from DuckDB, a folder of parts from Spark.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    native = frame.to_native()
    if type(native).__module__.startswith("pyspark."):
        from worldstage.store import spark

        spark.write(native, path)
        return
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(f"{path} cannot be written.", expected="the name of a file in a folder that is there")
    native.write_parquet(str(path), compression="zstd")


@contextlib.contextmanager
def failing(engine: Engine) -> Iterator[None]:
    """Turn what an engine throws while it computes into an error that a user can act on."""
    import duckdb

    kinds: tuple[type[Exception], ...] = (duckdb.Error,)
    if engine == "spark":
        from worldstage.store import spark

        kinds = spark.failures()
    try:
        yield
    except kinds as error:
        said = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise InputError(f"{engine} failed: {said[:300]}", hint="--debug for the whole of it") from error


def _files(source: Path) -> list[Path] | dict[str, list[Path]]:
    """The Parquet files of a source; by table where it holds those of a store."""
    if not source.exists():
        raise InputError(f"There is no file or folder {source}.", expected=LAYOUTS)
    tables = {name: source / f"{name}.parquet" for name in _TABLE_COLUMNS}
    if all(path.exists() for path in tables.values()):
        return {name: _parts(path) for name, path in tables.items()}
    found = _parts(source)
    if not found:
        raise InputError(f"{source} holds no Parquet file.", expected=LAYOUTS)
    return found


def _parts(source: Path) -> list[Path]:
    if source.is_file():
        return [source.resolve()]
    # Spark and others leave marks and unfinished parts in names that begin so.
    return sorted(p.resolve() for p in source.rglob("*.parquet") if p.is_file() and p.name[0] not in "._")


@contextlib.contextmanager
def _duckdb() -> Iterator[Any]:
    import duckdb

    with tempfile.TemporaryDirectory(prefix="worldstage-") as spill, duckdb.connect() as db:
        # What does not fit into memory would otherwise go to the current folder.
        db.execute("SET temp_directory = '" + spill.replace("'", "''") + "'")
        yield db


def _scan(db: Any, files: Sequence[Path]) -> Any:
    import duckdb

    try:
        return db.read_parquet([str(f) for f in files], union_by_name=True)
    except duckdb.Error as error:
        raise InputError(f"{files[0].parent} cannot be read as Parquet: {str(error).splitlines()[0]}.") from error


def _projector(relation: Any) -> Any:
    return lambda *parts: relation.project(", ".join(parts))


def _table(engine: str, relation: Any, files: Sequence[Path], columns: Sequence[str]) -> Any:
    import narwhals as nw

    if engine == "spark":
        from worldstage.store import spark

        return nw.from_native(spark.read(files)).select(*columns)
    return nw.from_native(relation).select(*columns)


def _need(columns: Sequence[str], wanted: Sequence[str], path: Path) -> None:
    missing = [c for c in wanted if c not in columns]
    if missing:
        raise InputError(f"{path} has no column {', '.join(missing)}.", expected=LAYOUTS)


def _layout(columns: Sequence[str], source: str) -> Layout:
    """The layout of files with these columns."""
    fitting = [name for name, marks in _KNOWN_BY.items() if set(marks) <= set(columns)]
    if len(fitting) > 1:
        raise InputError(f"{source} mixes files of several layouts.", hint="give each layout a folder of its own")
    if not fitting or not {"quad", "type"} & set(columns):
        raise InputError(
            f"{source} holds no events that are known: its columns are {', '.join(columns[:20])}.", expected=LAYOUTS
        )
    return fitting[0]


def _flat(select: Any, layout: Layout, columns: Sequence[str], engine: str) -> Frames:
    """Frames of one row per event; DuckDB and Spark understand the same SQL but for lists."""
    import narwhals as nw

    day = "try_cast(date AS DATE)"
    quads = " ".join(f"WHEN '{name}' THEN '{kind.quad}'{_QUAD[engine]}" for name, kind in TYPES.items())
    sides = {
        "records": [_CODES[engine].format(side) for side in ("actors", "recipients")],
        "cells": ["actor_code", "recipient_code"],
        "pairs": ["actor", "recipient"],
    }[layout]
    return Frames(
        nw.from_native(select(
            f"{day} AS date",
            f"CAST(date_trunc('week', {day}) AS DATE) AS week",
            f"CAST(date_trunc('month', {day}) AS DATE) AS month",
            "quad" if "quad" in columns else f"CASE upper(type) {quads} END AS quad",
            "CAST(score AS DOUBLE) AS score" if "score" in columns else "CAST(NULL AS DOUBLE) AS score",
            "status" if "status" in columns else "'occurred' AS status",
            *(f"coalesce({cell}, '') AS {side}" for cell, side in zip(sides, ("actor", "recipient"), strict=True)),
        )),
        single=layout == "pairs",
    )  # fmt: skip
