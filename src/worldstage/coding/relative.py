"""Dates seen from another date: *yesterday*, *last week*, *two days later*, *the following month*."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from worldstage.coding.calendars import When, days_on, shifted, weekend
from worldstage.coding.numbers import number_at, starts_number
from worldstage.coding.tense import lies_ahead
from worldstage.coding.view import View
from worldstage.core.records import DatePrecision

_NAMES = ("day", "week", "month", "year", "fortnight", "decade", "hour", "minute")
_UNITS = {
    **{form: unit for unit in _NAMES for form in (unit, unit + "s")},
    "century": "century",
    "centuries": "century",
}
_MULTIPLES = {"fortnight": (2, "week"), "decade": (10, "year"), "century": (100, "year")}
_TIMES_OF_DAY = frozenset({"day", "night", "morning", "afternoon", "evening"})
_STEPS = {"last": -1, "this": 0, "next": 1}
_ANCHORED = {"following": 1, "next": 1, "previous": -1, "same": 0, "that": 0}
_FINE = {"day": 0, "week": 1, "month": 2, "year": 3}


@dataclass(slots=True)
class Standpoint:
    """From where relative dates are seen: the day of publication, and the date that the text named last."""

    published: dt.date | None
    named: dt.date | None
    precision: DatePrecision

    def from_named(self, step: int, unit: str) -> tuple[dt.date | None, DatePrecision]:
        """The date named last, moved; None where it is too coarse to be moved so."""
        times, unit = _MULTIPLES.get(unit, (1, unit))
        if self.named is None or _FINE.get(self.precision, 9) > _FINE[unit]:
            return None, "unknown"
        return shifted(self.named, step * times, unit)


def read_relative(view: View, i: int, seen: Standpoint) -> When | None:
    """The relative date whose key word is token `i`, or None where it is none."""
    reader = _READERS.get(view.lower[i])
    return reader(view, i, seen) if reader else None


def _word(view: View, i: int) -> str:
    return view.lower[i] if 0 <= i < len(view) else ""


def _deictic(view: View, i: int, seen: Standpoint) -> When | None:
    """*today*, *tonight*, *yesterday*, *tomorrow*, *overnight*."""
    if view.text[i][:1].isupper() and i and view.text[i - 1][:1].isupper() and view.pos[i - 1] == "PROPN":
        return None  # *Russia Today*
    step = {"yesterday": -1, "tomorrow": 1}.get(view.lower[i], 0)
    first = i
    if _word(view, i - 2) == "day" and _word(view, i - 1) in ("before", "after"):
        first, step = i - 2, step + (1 if _word(view, i - 1) == "after" else -1)
    return When(first, i + 1, days_on(seen.published, step) if seen.published else None, "day")


def _ago(view: View, i: int, seen: Standpoint) -> When | None:
    unit = _UNITS.get(_word(view, i - 1))
    if unit is None:
        return When(i - 1, i + 1, None, "unknown") if _word(view, i - 1) == "long" else None
    found = _amount(view, i - 1)
    if unit in ("hour", "minute"):
        return When(found[0] if found else i - 1, i + 1, seen.published, "day")
    if found is None or seen.published is None:
        return When(i - 1, i + 1, None, "unknown")
    times, unit = _MULTIPLES.get(unit, (1, unit))
    return When(found[0], i + 1, *shifted(seen.published, -found[1] * times, unit))


def _amount(view: View, i: int) -> tuple[int, int] | None:
    """The number that ends before the unit at token `i`: its first token and value."""
    lower = view.lower
    if i and lower[i - 1] in ("a", "an", "one"):
        return i - 1, 1
    for first in range(max(view.sents[view.sent[i]][0], i - 6), i):
        if starts_number(lower[first]):
            found = number_at(lower, first)
            if found and found[1] == i:
                return first, found[0]
    return None


def _unit(view: View, i: int, seen: Standpoint) -> When | None:
    """*last week*, *this morning*, *the following day*, *that year*."""
    word, prev, before = view.lower[i], _word(view, i - 1), _word(view, i - 2)
    first = i - 1
    if prev in ("past", "coming") and before == "this":
        prev, before, first = "this" if prev == "past" else "next", "", i - 2
    daily = word in _TIMES_OF_DAY
    if prev == "that" or (before == "the" and prev in _ANCHORED and (prev != "next" or daily)):
        return When(first, i + 1, *seen.from_named(_ANCHORED[prev], "day" if daily else word))
    step = _STEPS.get(prev)
    # *The last week* is a stretch of time, *the first time this year* no date of its own.
    if step is None or before == "the" or (step == 0 and before in ("time", "far")):
        return None
    if seen.published is None:
        return When(first, i + 1, None, "unknown")
    return When(first, i + 1, *shifted(seen.published, step, "day" if daily else word))


def _weekend(view: View, i: int, seen: Standpoint) -> When | None:
    prev = _word(view, i - 1)
    if prev not in ("the", "last", "this", "next", "past", "coming"):
        return None
    day = None
    if seen.published:
        ahead = prev in ("next", "coming") or (prev in ("the", "this") and lies_ahead(view, i))
        day = weekend(seen.published, ahead=ahead)
        if prev == "last" and day and seen.published.weekday() >= 5:
            day = days_on(day, -7)
    return When(i - (prev != "the"), i + 1, day, "day")


def _later(view: View, i: int, seen: Standpoint) -> When | None:
    """*two days later*, *a week earlier*, *earlier in the day*, *the day before.*"""
    word = view.lower[i]
    if word in ("earlier", "later") and view.lower[i + 1 : i + 4] in (["in", "the", "day"], ["on", "the", "day"]):
        return When(i, i + 4, *seen.from_named(0, "day"))
    unit = _UNITS.get(_word(view, i - 1))
    if unit in (None, "hour", "minute") or (word in ("before", "after") and _goes_on(view, i)):
        return None
    assert unit is not None
    step = 1 if word in ("later", "after", "afterwards") else -1
    if _word(view, i - 2) == "the" and word in ("before", "after"):
        return When(i - 1, i + 1, *seen.from_named(step, unit))
    found = _amount(view, i - 1)
    if found:
        return When(found[0], i + 1, *seen.from_named(step * found[1], unit))
    return When(i - 1, i + 1, None, "unknown") if view.lower[i - 1].endswith("s") else None


def _goes_on(view: View, i: int) -> bool:
    """Whether *before* or *after* takes what follows: *the day after the attacks* is seen from the attacks."""
    return _word(view, i + 1)[:1].isalnum() and view.pos[i + 1] not in ("VERB", "AUX", "ADP", "CCONJ")


_READERS: dict[str, Callable[[View, int, Standpoint], When | None]] = {
    **dict.fromkeys(("today", "tonight", "yesterday", "tomorrow", "overnight"), _deictic),
    **dict.fromkeys(("week", "month", "year", "night", "morning", "afternoon", "evening", "day"), _unit),
    **dict.fromkeys(("earlier", "later", "before", "after", "afterwards"), _later),
    "ago": _ago,
    "weekend": _weekend,
}
KEYS = frozenset(_READERS)
