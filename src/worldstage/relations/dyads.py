"""Events as dyads: one row per event and pair of actors, in Narwhals, for DuckDB or any other backend."""

from __future__ import annotations

import datetime as dt
from typing import Any

_DATE_COLUMN = {"day": "date", "week": "week", "month": "month"}


def dyad_rows(events: Any, parties: Any, *, statuses: tuple[str, ...] = ("occurred",)) -> Any:
    """One row per event and ordered pair of different actors.

    Parameters
    ----------
    events, parties
        Narwhals frames with the columns of the store's tables ``events`` and ``event_actors``. Of an event that
        several documents tell, only the first row counts.
    statuses
        Statuses that count.

    Returns
    -------
    Narwhals frame
        Columns ``event, date, week, month, quad, type, score, a, b, joint``; `a` acts and `b` receives. In an event
        without recipients (a meeting) every ordered pair of the parties is a row, marked `joint`.
    """
    import narwhals as nw

    counted = events.filter(nw.col("status").is_in(list(statuses)) & (nw.col("id") == nw.col("cluster"))).select(
        "id", "document", "date", "week", "month", "quad", "type", "score"
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


def dyad_series(rows: Any, *, unit: str, first: dt.date | None = None, last: dt.date | None = None) -> Any:
    """Counts and scores per period, ordered dyad and quad class.

    Returns
    -------
    Narwhals frame
        Columns ``period, a, b, quad, joint, count, score`` (`score`: sum of the events' scores, on [-10, 10] each).
    """
    import narwhals as nw

    column = _DATE_COLUMN[unit]
    rows = rows.filter(~nw.col("date").is_null())
    if first is not None:
        rows = rows.filter(nw.col("date") >= first)
    if last is not None:
        rows = rows.filter(nw.col("date") <= last)
    return (
        rows.group_by(nw.col(column).alias("period"), "a", "b", "quad", "joint")
        .agg(nw.len().alias("count"), nw.col("score").sum().alias("score"))
        .sort("period", "a", "b", "quad", "joint")
    )
