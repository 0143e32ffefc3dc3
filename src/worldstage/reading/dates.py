"""Dates as outlets, file names and metadata write them. A date is a day: a month alone is none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_ZONE = r"(?:\s*(?:Z\b|\(?(?:UTC|GMT|[A-Z]{1,4}T)\b\)?|[+-]\d\d:?\d\d))?"
_TIME = rf"(?:(?:,|\s+at|\s+@|T)?\s*\d\d?[:.h]\d\d(?::\d\d(?:\.\d+)?)?(?:\s*[ap]\.?m\b\.?)?{_ZONE})?"
_FORMS = tuple(
    re.compile(rf"(?<![\w.])(?:{_WEEKDAY}{form})(?!\.?\d){_TIME}", re.IGNORECASE)
    for form in (
        rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_YEAR}(?P<mark>[-/])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)",
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"(?P<first>\d\d?)/(?P<second>\d\d?)/{_YEAR}",
    )
)
_COMPACT = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)(\d\d)(\d\d)(?!\d)")
_PATH = re.compile(r"/((?:1[89]|20)\d\d)(/?)(\d\d|[a-z]{3})\2(\d\d)(?=/)", re.IGNORECASE)
_EPOCH_MILLISECONDS = 10**11
EARLIEST = dt.date(1800, 1, 1)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line, from character `first` up to, not including, `last` (weekday and time included)."""

    day: dt.date
    first: int
    last: int


def believable(day: dt.date | None) -> dt.date | None:
    """The date, unless it is before 1800 or in the future (a day is granted for time zones)."""
    if day is None or not EARLIEST <= day <= dt.date.today() + dt.timedelta(days=1):  # noqa: DTZ011
        return None
    return day


def find(line: str) -> list[Found]:
    """The believable dates in a line, in order; numbers that can be read as two different dates are none."""
    found: list[Found] = []
    for form in _FORMS:
        for match in form.finditer(line):
            day = believable(_day(match.groupdict()))
            if day and not any(one.first < match.end() and match.start() < one.last for one in found):
                found.append(Found(day, match.start(), match.end()))
    return sorted(found, key=lambda one: one.first)


def _day(parts: dict[str, str | None]) -> dt.date | None:
    year = int(parts["year"] or 0)
    if parts.get("first"):
        one, two = int(parts["first"] or 0), int(parts["second"] or 0)
        if one != two and one <= 12 and two <= 12:
            return None
        return _made(year, min(one, two), max(one, two))
    return _made(year, _month(parts["month"] or ""), int(parts["day"] or 0))


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    short = text[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def of_value(value: object) -> dt.date | None:
    """The date in a value of metadata: ISO or mail form, prose, or seconds or milliseconds since 1970.

    The day is that of the source's own time zone.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _since_1970(value)
    text = str(value).strip()[:200]
    if text.isdecimal() and len(text) in (10, 13):
        return _since_1970(int(text))
    if compact := _COMPACT.match(text):
        return believable(_made(*(int(part) for part in compact.groups())))
    found = find(text)
    return found[0].day if found else None


def _since_1970(number: float) -> dt.date | None:
    try:
        seconds = number / 1000 if abs(number) >= _EPOCH_MILLISECONDS else number
        return believable(dt.datetime.fromtimestamp(seconds, dt.UTC).date()) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def of_name(source: str) -> dt.date | None:
    """The date in the name of a file or in the path of an address, as ``2015-11-17-raqqa.md`` or ``/2015/nov/17/``."""
    path = re.split(r"[?#]", source, maxsplit=1)[0] if "://" in source else source
    name = path.rstrip("/").rsplit("/", 1)[-1]
    if compact := _COMPACT.search(name):
        day = believable(_made(*(int(part) for part in compact.groups())))
        if day:
            return day
    dated = re.search(r"(?<!\d)((?:1[89]|20)\d\d)[-_.](\d\d?)[-_.](\d\d?)(?!\d)", name)
    if dated:
        return believable(_made(*(int(part) for part in dated.groups())))
    found = find(re.sub(r"[-_.+]+", " ", name))
    if found:
        return found[0].day
    if parts := _PATH.search(path):
        return believable(_made(int(parts[1]), _month(parts[3]), int(parts[4])))
    return None
