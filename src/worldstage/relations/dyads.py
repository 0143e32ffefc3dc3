"""Events as dyads: one row per event and pair of actors, in Narwhals, for DuckDB or any other backend."""

from __future__ import annotations

import datetime as dt
from typing import Any

_DATE_COLUMN = {"day": "date", "week": "week", "month": "month"}


def dyad_rows(
    events: Any, parties: Any, *, statuses: tuple[str, ...] = ("occurred",), also: tuple[str, ...] = ()
) -> Any:
    """One row per event and ordered pair of different actors.

    Parameters
    ----------
    events, parties
        Narwhals frames with the columns of the store's tables ``events`` and ``event_actors``. Of an event that
        several documents tell, only the first row counts.
    statuses
        Statuses that count.
    also
        Further columns of the events to carry along.

    Returns
    -------
    Narwhals frame
        Columns ``event, date, week, month, quad, type, score, a, b, joint``, and those of `also`; `a` acts and `b`
        receives. In an event without recipients (a meeting) every ordered pair of the parties is a row, marked `joint`.
    """
    import narwhals as nw

    counted = events.filter(nw.col("status").is_in(list(statuses)) & (nw.col("id") == nw.col("cluster"))).select(
        "id", "document", "date", "week", "month", "quad", "type", "score", *also
    )
    sides = parties.filter(~nw.col("code").is_null()).select("event", "document", "side", "code")
    acting = sides.filter(nw.col("side") == "actor").select("event", "document", nw.col("code").alias("a"))
    receiving = sides.filter(nw.col("side") == "recipient").select("event", "document", nw.col("code").alias("b"))
    directed = acting.join(receiving, on=["event", "document"], how="inner")
    joint = (
        acting.join(receiving.select("event", "document"), on=["event", "document"], how="anti")
        .join(acting.select("event", "document", nw.col("a").alias("b")), on=["event", "document"], how="inner")
    )  # fmt: skip
    columns = ["event", "document", "a", "b"]
    pairs = nw.concat([
        directed.select(*columns, nw.lit(False).alias("joint")), joint.select(*columns, nw.lit(True).alias("joint")),
    ])  # fmt: skip
    pairs = pairs.filter(nw.col("a") != nw.col("b")).unique(subset=["event", "document", "a", "b"])
    return counted.join(pairs, left_on=["id", "document"], right_on=["event", "document"], how="inner").rename(
        {"id": "event"}
    )


def cell_rows(events: Any, *, statuses: tuple[str, ...] = ("occurred",), single: bool = False) -> Any:
    """One row per event and ordered pair of different actors, from events that hold their parties in cells.

    Parameters
    ----------
    events
        Narwhals frame with the columns ``date, week, month, quad, score, status, actor, recipient``; the last two are
        codes parted by ``;``, empty where nobody is known. Every event stands in one row.
    single
        No cell holds more than one code.

    Returns
    -------
    Narwhals frame
        Columns ``date, week, month, quad, score, a, b, joint``, as of `dyad_rows`.
    """
    import narwhals as nw

    a, b = nw.col("a"), nw.col("b")
    counted = events.filter(nw.col("status").is_in(list(statuses))).rename({"actor": "a", "recipient": "b"})
    columns = ["date", "week", "month", "quad", "score", "a", "b", "joint"]
    if single:
        pairs = counted.with_columns(nw.lit(False).alias("joint"))
        return pairs.filter((a != "") & (b != "") & (a != b)).select(*columns)
    # Unresolved parties leave empty members.
    counted = counted.with_columns(a.str.strip_chars(";"), b.str.strip_chars(";")).filter(a != "")
    many = a.str.contains(";", literal=True) | b.str.contains(";", literal=True)
    # Most events have one party a side: these need not be taken apart.
    one = counted.filter(~many & (b != "")).with_columns(nw.lit(False).alias("joint"))
    several = counted.filter(many).with_columns(
        nw.when(b == "").then(a).otherwise(b).alias("b"), (b == "").alias("joint")
    )
    apart = (
        several.with_columns(a.str.split(";").list.unique(), b.str.split(";").list.unique()).explode("a").explode("b")
    )
    pairs = nw.concat([one.select(*columns), apart.filter((a != "") & (b != "")).select(*columns)])
    return pairs.filter(a != b)


def of_actors(rows: Any, *, actor: str | None = None, between: tuple[str, str] | None = None) -> Any:
    """The dyad rows in which an actor takes part, or those of a pair in either direction."""
    import narwhals as nw

    a, b = nw.col("a"), nw.col("b")
    if actor:
        rows = rows.filter((a == actor) | (b == actor))
    if between:
        rows = rows.filter(a.is_in(list(between)) & b.is_in(list(between)))
    return rows


def dyad_series(
    rows: Any, *, unit: str, first: dt.date | None = None, last: dt.date | None = None, also: tuple[str, ...] = ()
) -> Any:
    """Counts and scores per period, ordered dyad and quad class.

    Parameters
    ----------
    also
        Further columns of the rows to tell apart.

    Returns
    -------
    Narwhals frame
        Columns ``period, a, b, quad, joint``, those of `also`, ``count, score`` (`score`: sum of the events' scores, on
        [-10, 10] each).
    """
    import narwhals as nw

    return (
        _dated(rows, first, last)
        .group_by(nw.col(_DATE_COLUMN[unit]).alias("period"), "a", "b", "quad", "joint", *also)
        .agg(nw.len().alias("count"), nw.col("score").sum().alias("score"))
        .sort("period", "a", "b", "quad", "joint", *also)
    )


def dyad_means(rows: Any, *, unit: str, first: dt.date | None = None, last: dt.date | None = None) -> Any:
    """Counts and mean scores per period, ordered dyad and quad class; a joint event counts in both directions.

    Returns
    -------
    Narwhals frame
        Columns ``period, a, b, quad, count, mean_score`` (on [-10, 10]; null where no event has a score), sorted.
    """
    import narwhals as nw

    return (
        _dated(rows, first, last)
        .group_by(nw.col(_DATE_COLUMN[unit]).alias("period"), "a", "b", "quad")
        .agg(nw.len().alias("count"), nw.col("score").mean().alias("mean_score"))
        .sort("period", "a", "b", "quad")
        # A backend may hold the four words as numbers.
        .with_columns(nw.col("quad").cast(nw.String()))
    )


def _dated(rows: Any, first: dt.date | None, last: dt.date | None) -> Any:
    import narwhals as nw

    rows = rows.filter(~nw.col("date").is_null())
    if first is not None:
        rows = rows.filter(nw.col("date") >= first)
    if last is not None:
        rows = rows.filter(nw.col("date") <= last)
    return rows
