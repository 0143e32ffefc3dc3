"""The same event told by several documents: which rows belong together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any


def clusters(rows: Iterable[Sequence[Any]]) -> dict[str, str]:
    """Event id → id of the first event of its cluster.

    Parameters
    ----------
    rows
        ``(id, document, type, status, date, precision, place, actors, recipients)``, earliest first.

    Notes
    -----
    Two rows are one event where type, status, parties and date agree, and the places do not contradict each
    other. Dates of *day* precision must be the same day; coarser ones must have the same start and precision. Rows
    of one document are never joined here: a document's own repetitions are merged when it is coded.
    """
    of: dict[str, str] = {}
    open_clusters: dict[tuple[Any, ...], list[_Cluster]] = {}
    for key_id, document, kind, status, date, precision, place, actors, recipients in rows:
        key = (kind, status, date, precision, actors, recipients)
        found = next((c for c in open_clusters.get(key, ()) if c.takes(document, place)), None)
        if found is None or date is None:
            found = _Cluster(key_id, place, set())
            open_clusters.setdefault(key, []).append(found)
        found.documents.add(document)
        found.place = found.place or place
        of[key_id] = found.first
    return of


class _Cluster:
    def __init__(self, first: str, place: str | None, documents: set[str]) -> None:
        self.first, self.place, self.documents = first, place, documents

    def takes(self, document: str, place: str | None) -> bool:
        return document not in self.documents and (not self.place or not place or self.place == place)


def week_and_month(day: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """Monday of the week and first of the month of a day."""
    if day is None:
        return None, None
    return day - dt.timedelta(days=day.weekday()), day.replace(day=1)
