"""The one day by which a statement or figure is dated, from a date that may be a whole month."""

from __future__ import annotations

import datetime as dt

from worldstage.coding.dates import When


def day_of(when: When, published: dt.date | None) -> dt.date | None:
    """The day of a date; that of publication for a week, month or year in which the report itself appeared.

    *This year* and *in November*, printed that November, say no more than *now*.
    """
    day = when.day
    if day is None or published is None or when.precision == "day":
        return day
    same = {
        "week": 0 <= (published - day).days < 7,
        "month": (day.year, day.month) == (published.year, published.month),
        "year": day.year == published.year,
    }
    return published if same.get(when.precision, False) else day
