"""Dates as texts name them, and which day a weekday, month or season means, seen from another day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from worldstage.core.records import DatePrecision

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur", "friday fri", "saturday", "sunday")
    )
    for name in names.split()
}
# Northern seasons, by the month in which meteorologists let them begin.
SEASONS: dict[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@dataclass(slots=True)
class When:
    """A date named in a text.

    Attributes
    ----------
    first, last
        Half-open token range of the words that name it, prepositions left out.
    day
        The first day of what is named; None where nothing can be said (*years ago*).
    precision
        How much is named: a ``day``, ``week``, ``month`` or ``year``; ``unknown`` without a day.
    """

    first: int
    last: int
    day: dt.date | None
    precision: DatePrecision


def made(year: int, month: int = 1, day: int = 1) -> dt.date | None:
    """That date, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def days_on(day: dt.date, days: int) -> dt.date | None:
    """The date so many days later (earlier, if negative); None beyond the calendar."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def months_on(day: dt.date, months: int) -> dt.date | None:
    """The first day of the month so many months later."""
    index = day.year * 12 + day.month - 1 + months
    return made(index // 12, index % 12 + 1)


def monday(day: dt.date) -> dt.date | None:
    """The Monday of the week that holds a day."""
    return days_on(day, -day.weekday())


def shifted(day: dt.date, amount: int, unit: str) -> tuple[dt.date | None, DatePrecision]:
    """A day moved by an amount of ``day``, ``week``, ``month`` or ``year``, as first day of that period.

    >>> shifted(dt.date(2015, 11, 13), -1, "month")
    (datetime.date(2015, 10, 1), 'month')
    """
    if unit == "day":
        return days_on(day, amount), "day"
    if unit == "week":
        moved = days_on(day, 7 * amount)
        return (monday(moved) if moved else None), "week"
    if unit == "month":
        return months_on(day, amount), "month"
    return made(day.year + amount), "year"


def weekday_near(day: dt.date, weekday: int, *, ahead: bool, strict: bool = False) -> dt.date | None:
    """The last such weekday on or before a day; with `ahead`, the first on or after it.

    Parameters
    ----------
    weekday
        0 for Monday to 6 for Sunday.
    strict
        Whether the day itself is left out.
    """
    if ahead:
        return days_on(day, (weekday - day.weekday()) % 7 or (7 if strict else 0))
    return days_on(day, -((day.weekday() - weekday) % 7 or (7 if strict else 0)))


def month_near(day: dt.date, month: int, *, ahead: bool, strict: bool = False) -> dt.date | None:
    """First day of the last such month not after a day; with `ahead`, of the next; not its own, if `strict`."""
    if ahead:
        later = month < day.month or (strict and month == day.month)
        return made(day.year + later, month)
    earlier = month > day.month or (strict and month == day.month)
    return made(day.year - earlier, month)


def date_near(day: dt.date, month: int, number: int, *, ahead: bool, slack: int = 0) -> dt.date | None:
    """The last such date not after a day (with `ahead`, the next not before it).

    Parameters
    ----------
    slack
        How many days on the wrong side are let pass: the world's clocks differ, and reports are dated early.
    """
    step = 1 if ahead else -1
    limit = days_on(day, -slack * step) or day
    year = day.year + (1 if not ahead and slack else 0)
    for y in range(year, year + 9 * step, step):
        found = made(y, month, number)
        if found and ((found >= limit) if ahead else (found <= limit)):
            return found
    return None


def season_near(day: dt.date, month: int, *, ahead: bool, over: bool = False) -> dt.date | None:
    """First day of the last season that had begun by a day.

    Parameters
    ----------
    month
        The season's first month.
    ahead
        Take the next one to begin instead.
    over
        Take only one that is over by then.
    """
    start = months_on(day, -3) if over else day
    return month_near(start, month, ahead=ahead, strict=ahead) if start else None


def season_of(day: dt.date, month: int) -> dt.date | None:
    """First day of *this* season: that of the day's year, or the winter that is not over in January and February."""
    return made(day.year - (month == 12 and day.month < 3), month)


def weekend(day: dt.date, *, ahead: bool) -> dt.date | None:
    """The Saturday of the last weekend that had begun by a day (with `ahead`, of the next one)."""
    return weekday_near(day, 5, ahead=ahead)
