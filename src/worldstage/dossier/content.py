"""What a dossier is made of: all that the pages print, gathered by the study."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from worldstage.core.records import Document, Event, Figure, Mention, Skipped, Statement
from worldstage.core.results import Result


@dataclass(frozen=True)
class SeriesPoint:
    """Events of one quad class between the focus actor and its partners in one period."""

    period: dt.date
    quad: str
    count: int
    partner: str


@dataclass(frozen=True)
class Link:
    """A relation in the network picture: events and mean score between two actors in one stretch of time."""

    a: str
    b: str
    events: int
    score: float
    stretch: str


@dataclass(frozen=True)
class Content:
    """Everything that a dossier shows.

    Attributes
    ----------
    relations
        One result per shock, in the order of the shocks.
    series
        Per period, quad class and partner, for the focus actor.
    volume
        Period → all dyadic events reported.
    links
        Between the actors of the network picture, ``before`` and ``after`` the first shock.
    names
        Code → usual name.
    pending, unresolved
        Documents not coded; names that resolved to nobody, most frequent first.
    statuses
        Status → number of distinct events.
    written
        The day on which the dossier is made.
    """

    question: str
    focus: str | None
    unit: str
    window: tuple[dt.date, dt.date] | None
    shocks: Sequence[tuple[str, dt.date]]
    relations: Sequence[Result]
    series: Sequence[SeriesPoint]
    volume: Mapping[dt.date, int]
    links: Sequence[Link]
    events: Sequence[Event]
    statements: Sequence[Statement]
    figures: Sequence[Figure]
    documents: Sequence[Document]
    names: Mapping[str, str]
    unresolved: Sequence[Mention]
    skipped: Sequence[Skipped]
    statuses: Mapping[str, int]
    runs: Sequence[Mapping[str, Any]]
    pending: int
    versions: Mapping[str, str]
    notices: Sequence[str] = ()
    warnings: Sequence[str] = field(default=())
    written: dt.date | None = None
