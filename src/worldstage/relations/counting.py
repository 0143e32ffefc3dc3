"""What counts as an event, and what events are measured against: choices that an analyst makes and a reader sees.

*Duplicates*: every telling counts; or an event that several documents tell counts once; or besides, events that agree
in day, type, parties (and place) count once. *Volume*: rates per event reported; or per event that the same sources
report; or per unit of time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import ConfigError
from worldstage.relations.volume import distinct_events

Duplicates = Literal["keep", "merged", "near-duplicates", "one-a-day"]
Volume = Literal["total", "source", "none"]
DUPLICATES: tuple[str, ...] = get_args(Duplicates)
VOLUMES: tuple[str, ...] = get_args(Volume)
# A source that reports less than this part as often on one side as on the other has begun or ceased.
_CEASED = 0.1
# Sources with a smaller share of the reporting are taken together.
_LEAST_SHARE = 0.02
OTHERS = "others"


def counted(events: Any, parties: Any, duplicates: Duplicates = "merged") -> Any:
    """The events with their marks set so that `dyad_rows` and volumes count what they should.

    Parameters
    ----------
    events, parties
        Frames with the columns of the store's ``events`` and ``event_actors``.
    duplicates
        ``keep``: every row, however often the event is told. ``merged``: those that the store joins count once.
        ``near-duplicates``, ``one-a-day``: of what remains, events that agree count once; see `distinct_events`.

    Raises
    ------
    ConfigError
        For an unknown word.
    """
    import narwhals as nw

    if duplicates not in DUPLICATES:
        raise ConfigError(f"Unknown treatment of duplicates: {duplicates!r}.", expected=", ".join(DUPLICATES))
    if duplicates == "keep":
        return events.with_columns(nw.col("id").alias("cluster"))
    if duplicates == "merged":
        return events
    # Only what happened is compared: a denied event is no repetition of one that occurred.
    happened = events.filter((nw.col("status") == "occurred") & (nw.col("id") == nw.col("cluster")))
    return distinct_events(happened, parties, duplicates)


def with_source(events: Any) -> Any:
    """The events with a column ``source``: who published them, or else the data set that holds them."""
    import narwhals as nw

    known = nw.when(~nw.col("publisher").is_null()).then(nw.col("publisher")).otherwise(nw.col("dataset"))
    return events.with_columns(known.fill_null("").alias("source"))


def constant_sources(
    reports: Mapping[str, tuple[float, float]], lengths: tuple[float, float] = (1.0, 1.0), *, least: float = 0.0
) -> dict[str, str]:
    """Which sources are compared with themselves across a shock: source → its group; the rest is not counted.

    Small ones form one group. A source that hardly reports on one side of the shock has nothing to be compared with.

    Parameters
    ----------
    reports
        Source → what it reported before and after.
    lengths
        Of the two sides, in any unit.
    least
        Reports of a source that stands alone.
    """
    whole = sum(before + after for before, after in reports.values())
    least = max(least, _LEAST_SHARE * whole)
    groups = {name: name if before + after >= least else OTHERS for name, (before, after) in reports.items()}
    sides: dict[str, list[float]] = {}
    for name, (before, after) in reports.items():
        side = sides.setdefault(groups[name], [0.0, 0.0])
        side[0], side[1] = side[0] + before, side[1] + after
    rates = {g: [n / max(length, 1e-9) for n, length in zip(side, lengths, strict=True)] for g, side in sides.items()}
    return {n: g for n, g in groups.items() if min(rates[g]) > _CEASED * max(rates[g])}


def source_exposure(told: NDArray[np.float64], reported: NDArray[np.float64], split: int) -> NDArray[np.float64]:
    """How much more or less of a relation is to be expected in each period, because its sources report more or less.

    Parameters
    ----------
    told
        Events of each relation before the shock by source, shape ``(relations, sources)``.
    reported
        All that each source reported, shape ``(sources, periods)``.
    split
        First period after the shock.

    Returns
    -------
    ndarray
        Shape ``(relations, periods)``; 1 is the mean before the shock. A relation that nobody told before is measured
        against all sources.
    """
    base = reported[:, :split].mean(1)
    level = reported / np.where(base > 0, base, 1.0)[:, None]
    weights = np.where(told.sum(1, keepdims=True) > 0, told, base[None, :])
    weights = weights / np.maximum(weights.sum(1, keepdims=True), 1e-12)
    return np.asarray(weights @ level, dtype=float)


def counting_words(duplicates: str, volume: str, told: int, kept: int, left_out: int, sources: Sequence[str]) -> str:
    """One sentence on what was counted and against what."""
    folded = told - kept
    how = {
        "keep": "every telling counts",
        "merged": "events that several documents tell count once",
        "near-duplicates": "events that agree in day, type, parties and place count once",
        "one-a-day": "events of one type between the same parties count once a day",
    }[duplicates]
    against = {
        "total": "measured against all reporting",
        "source": f"measured against the reporting of the same sources ({', '.join(sources) or 'none'})",
        "none": "the volume of reporting is not taken out",
    }[volume]
    gone = f"; {left_out:,} of sources that hardly report on one side of the shock are left out" if left_out else ""
    return f"Counted: {kept:,} events of {told:,} tellings, {folded:,} folded ({how}){gone}; {against}."
