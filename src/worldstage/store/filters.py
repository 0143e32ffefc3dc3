"""What part of the events is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Conditions on events; all that are given must hold.

    Attributes
    ----------
    actor
        Code (or country) on either side.
    between
        Two codes, one on each side, or both among the actors of a joint or reciprocal event.
    types, statuses
        Any of these; no status given means ``occurred`` alone, ``("any",)`` means all.
    first, last
        Days, both included.
    least
        Least confidence.
    place
        Part of the place's name, or the code of its country.
    """

    actor: str | None = None
    between: tuple[str, str] | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ("occurred",)
    first: dt.date | None = None
    last: dt.date | None = None
    least: float = 0.0
    place: str | None = None
    ids: tuple[str, ...] = ()

    def where(self) -> tuple[str, list[Any]]:
        """An SQL condition over the table ``events`` aliased ``e``, and its parameters."""
        parts: list[str] = ["TRUE"]
        values: list[Any] = []
        if self.actor:
            parts.append(_has("x"))
            values += [self.actor, self.actor]
        if self.between:
            one, two = self.between
            parts.append(
                "EXISTS (SELECT 1 FROM event_actors x JOIN event_actors y USING (event, document)"
                " WHERE x.event = e.id AND x.document = e.document AND ? IN (x.code, x.country)"
                " AND ? IN (y.code, y.country)"
                " AND (x.side <> y.side OR (x.side = 'actor' AND x.position <> y.position)))"
            )
            values += [one, two]
        for column, wanted in (
            ("type", self.types),
            ("status", () if "any" in self.statuses else self.statuses),
            ("cluster", self.ids),
        ):
            if wanted:
                parts.append(f"e.{column} IN ({', '.join('?' * len(wanted))})")
                values += list(wanted)
        for condition, value in (
            ("e.date >= ?", self.first),
            ("e.date <= ?", self.last),
            ("e.confidence >= ?", self.least or None),
        ):
            if value is not None:
                parts.append(condition)
                values.append(value)
        if self.place:
            parts.append("(contains(lower(e.place), lower(?)) OR e.place_country = ?)")
            values += [self.place, self.place]
        return " AND ".join(parts), values


def _has(alias: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM event_actors {alias} WHERE {alias}.event = e.id AND {alias}.document = e.document"
        f" AND (? = {alias}.code OR ? = {alias}.country))"
    )
