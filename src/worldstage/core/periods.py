"""Periods of time: days, ISO weeks and months, and windows of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from worldstage.core.errors import WindowError

Unit = Literal["day", "week", "month"]
UNITS: tuple[str, ...] = get_args(Unit)
EPOCH = dt.date(1970, 1, 1)


def ordinal(day: dt.date) -> int:
    """Days since 1970-01-01, by which arrays hold dates."""
    return (day - EPOCH).days


def from_ordinal(days: int) -> dt.date:
    """The day so many days after 1970-01-01."""
    return EPOCH + dt.timedelta(days=int(days))


def as_day(value: dt.date) -> dt.date:
    """The day of a date or of a time stamp, as tables give one or the other."""
    return value.date() if isinstance(value, dt.datetime) else value


def parse_date(text: str, *, what: str = "date") -> dt.date:
    """A date from ``YYYY-MM-DD``.

    Raises
    ------
    WindowError
        If the text is no such date.
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WindowError(
            f"{text!r} is not a {what}.", expected="a calendar date as YYYY-MM-DD", hint="for example 2015-11-13"
        ) from None


def period_start(day: dt.date, unit: Unit) -> dt.date:
    """The first day of the period that holds `day`; weeks begin on Monday."""
    if unit == "day":
        return day
    if unit == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1)


def next_period(start: dt.date, unit: Unit) -> dt.date:
    """The first day of the period after the one that begins at `start`."""
    if unit == "day":
        return start + dt.timedelta(days=1)
    if unit == "week":
        return start + dt.timedelta(days=7)
    return (start.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days; both ends included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise WindowError(f"The window ends ({self.last}) before it begins ({self.first}).")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days, both ends included."""
        return (self.last - self.first).days + 1

    def periods(self, unit: Unit) -> Iterator[dt.date]:
        """The starts of the periods that the window touches, in order."""
        start = period_start(self.first, unit)
        while start <= self.last:
            yield start
            start = next_period(start, unit)
