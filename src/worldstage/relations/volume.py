"""How much was reported, and the same thing reported more than once: views over frames, nothing is deleted.

Every function takes and gives Narwhals frames, so that it runs on whatever holds the tables.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from worldstage.core.errors import ConfigError

Filter = Literal["none", "one-a-day", "near-duplicates"]
FILTERS: tuple[str, ...] = get_args(Filter)
# What must agree for two events to be one.
_SAME: dict[str, tuple[str, ...]] = {
    # As users of ICEWS and GDELT have it: one event of a type per pair and day.
    "one-a-day": ("date", "type"),
    # The same event in two sources, or twice in one: place too must agree.
    "near-duplicates": ("date", "type", "place"),
}


def parties_key(parties: Any) -> Any:
    """One row per event with what its parties have in common with those of no other: columns ``event, key_…``.

    Least and greatest party (code and sector) and number of parties of each side: exact for up to two
    on a side, and where a side has more, wrong only for events that differ in none of the three.
    """
    import narwhals as nw

    coded = parties.filter(~nw.col("code").is_null()).with_columns(
        nw.concat_str(nw.col("code"), nw.col("sector"), separator="/").alias("party")
    )
    sides = {}
    for side in ("actor", "recipient"):
        sides[side] = (
            coded.filter(nw.col("side") == side)
            .group_by("event")
            .agg(
                nw.col("party").min().alias(f"key_{side}_least"),
                nw.col("party").max().alias(f"key_{side}_most"),
                nw.col("party").n_unique().alias(f"key_{side}_count"),
            )
        )
    return sides["actor"].join(sides["recipient"], on="event", how="left")


_KEY = tuple(f"key_{side}_{what}" for side in ("actor", "recipient") for what in ("least", "most", "count"))


def distinct_events(events: Any, parties: Any, keep: Filter = "near-duplicates") -> Any:
    """The events, each happening once: of those that agree, the one with the least id.

    Parameters
    ----------
    events, parties
        Frames with the columns of the store's ``events`` and ``event_actors``.
    keep
        ``none`` gives all; ``one-a-day`` one event of a type per day, actors and recipients; ``near-duplicates`` lets
        events of a day differ by place.

    Returns
    -------
    Narwhals frame
        Rows of `events`. Events without a known actor are kept: nothing says that they are the same.

    Raises
    ------
    ConfigError
        For an unknown filter.
    """
    import narwhals as nw

    if keep == "none":
        return events
    if keep not in _SAME:
        raise ConfigError(f"Unknown filter {keep!r}.", expected=", ".join(FILTERS))
    same = _SAME[keep]
    keyed = events.select("id", *same).join(parties_key(parties), left_on="id", right_on="event", how="inner")
    filled = keyed.with_columns(
        *(nw.col(c).fill_null("") for c in (*(s for s in same if s != "date"), *_KEY) if not c.endswith("_count")),
        *(nw.col(c).fill_null(0) for c in _KEY if c.endswith("_count")),
    )
    first = filled.group_by(*same, *_KEY).agg(nw.col("id").min().alias("first"))
    repeats = filled.join(first.select("first"), left_on="id", right_on="first", how="anti").select("id")
    return events.join(repeats, on="id", how="anti")


def repeats(events: Any, parties: Any) -> Any:
    """Per data set: events, and how many of them each filter leaves out.

    Returns
    -------
    Narwhals frame
        Columns ``dataset, events, one_a_day, near_duplicates``.
    """
    import narwhals as nw

    counted = events.group_by("dataset").agg(nw.len().alias("events"))
    for name in ("one-a-day", "near-duplicates"):
        column = name.replace("-", "_")
        left = distinct_events(events, parties, name).group_by("dataset").agg(nw.len().alias(column))
        counted = counted.join(left, on="dataset", how="left").with_columns(
            (nw.col("events") - nw.col(column).fill_null(0)).alias(column)
        )
    return counted.sort("dataset")


def reporting(events: Any, reports: Any, *, unit: str, by: tuple[str, ...] = ()) -> Any:
    """The volume of reporting per period: events, and rows of data sets that tell none (public statements).

    Parameters
    ----------
    events, reports
        Frames with the columns of the store's tables of these names.
    unit
        ``day``, ``week`` or ``month``.
    by
        Any of ``dataset`` and ``publisher``: the volume of each, where they are known.

    Returns
    -------
    Narwhals frame
        Columns ``period``, those of `by`, ``volume``; sorted.
    """
    import narwhals as nw

    column = {"day": "date", "week": "week", "month": "month"}[unit]
    wanted = [nw.col(column).alias("period"), *(nw.col(b) for b in by)]
    rows = nw.concat([events.select(*wanted), reports.select(*wanted)])
    known = rows.filter(~nw.col("period").is_null())
    return known.group_by("period", *by).agg(nw.len().alias("volume")).sort("period", *by)
