"""Series of dyads from whatever holds the events: a case, a folder of Parquet files, on DuckDB or on Spark."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import ConfigError, WindowError
from worldstage.core.periods import Unit
from worldstage.relations.dyads import cell_rows, dyad_means, dyad_rows, of_actors
from worldstage.store.engines import Engine, Frames, failing, open_frames, store_frames, write_parquet

if TYPE_CHECKING:
    from worldstage.reference.actors import Directory
    from worldstage.study.case import Case


@dataclass(frozen=True)
class Asked:
    """Which series are wanted.

    Attributes
    ----------
    actor, between
        Names or codes: dyads of this actor, or between these two, in either direction.
    unit
        That of the case if not given; a month where there is no case.
    first, last
        Days, both included.
    """

    actor: str | None = None
    between: Sequence[str] | None = None
    unit: Unit | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    statuses: tuple[str, ...] = ("occurred",)


def series(
    case: Case | None, asked: Asked, *, events: str | Path | None = None, engine: Engine = "duckdb"
) -> list[dict[str, Any]]:
    """The series as rows ``period, a, b, quad, count, mean_score``, sorted; see `write_series` for millions of them.

    Parameters
    ----------
    case
        Whose events, if `events` is not given, and whose names; None where there is no case.
    events
        A Parquet file, a folder of such files, or for Spark an address; see `worldstage.store.engines`.

    Raises
    ------
    ConfigError, InputError, UnknownNameError, WindowError
        Without case and events; for files of no known layout, an engine that is not installed, a name that nobody has,
        a period that ends before it begins.
    """
    with _lazy(case, asked, events, engine) as frame:
        return [dict(row) for row in frame.collect("pyarrow").to_arrow().to_pylist()]


def write_series(
    case: Case | None, asked: Asked, path: Path, *, events: str | Path | None = None, engine: Engine = "duckdb"
) -> None:
    """The same series straight into Parquet: one file from DuckDB, a folder of parts from Spark."""
    with _lazy(case, asked, events, engine) as frame:
        write_parquet(frame, path)


@contextlib.contextmanager
def _lazy(case: Case | None, asked: Asked, events: str | Path | None, engine: Engine) -> Iterator[Any]:
    """The series, not yet computed."""
    if asked.first and asked.last and asked.last < asked.first:
        raise WindowError(f"--to ({asked.last}) is before --from ({asked.first}).")
    unit = asked.unit or (case.settings.unit if case else "month")
    code = _directory(case).code_of
    actor = code(asked.actor) if asked.actor else None
    between = (code(asked.between[0]), code(asked.between[1])) if asked.between else None
    with _frames(case, events, engine) as frames, failing(engine):
        rows = of_actors(_rows(frames, asked.statuses), actor=actor, between=between)
        yield dyad_means(rows, unit=unit, first=asked.first, last=asked.last)


def _directory(case: Case | None) -> Directory:
    from worldstage.reference.actors import default

    return case.directory if case else default()


def _rows(frames: Frames, statuses: tuple[str, ...]) -> Any:
    if frames.parties is None:
        return cell_rows(frames.events, statuses=statuses, single=frames.single)
    return dyad_rows(frames.events, frames.parties, statuses=statuses)


@contextlib.contextmanager
def _frames(case: Case | None, events: str | Path | None, engine: Engine) -> Iterator[Frames]:
    if events is not None:
        with open_frames(events, engine) as frames:
            yield frames
        return
    if case is None:
        raise ConfigError("No events: there is no case.", hint="--events FOLDER, or -C DIR to name a case")
    with case.store() as store, store_frames(store, engine) as frames:
        yield frames
