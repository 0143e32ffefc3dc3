"""Dates that a text names, resolved against its date of publication and the dates that it named before.

Weeks are given by their Monday, months, seasons and years by their first day, ranges and weekends by their first day;
a decade is given as its first year (*early* as it is, *mid* from its fourth year, *late* from its seventh). Seasons
are those of the northern hemisphere, given to the month. Numeric dates are day-month-year unless that cannot be.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from worldstage.coding import calendars as cal
from worldstage.coding.calendars import When, made
from worldstage.coding.numbers import ORDINALS
from worldstage.coding.relative import KEYS as RELATIVE
from worldstage.coding.relative import Standpoint, read_relative
from worldstage.coding.tense import lies_ahead
from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.coding.years import read_decade, read_year
from worldstage.core.records import DatePrecision

__all__ = ["When", "find_dates"]

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|jun\.|july?|jul\.|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|to|until|till|through)\s*"
_YEAR = r"(1[5-9]\d\d|20\d\d|21\d\d)(?![\d%]|[.,:]\d)"
# Around the name of a month: what may stand before it and after it.
_BEFORE = re.compile(
    rf"(?<![\w.,:/$£€#-])(?:{_DAY}(?:{_TO}|\s+(?:and|or)\s+))?{_DAY}(?:\s+day)?(?:\s+of)?\s+$", re.IGNORECASE
)
_AFTER_DAY = re.compile(
    rf"\s*(?:the\s+)?{_DAY}(?![\w:/%]|[.,]\d)"
    rf"(?:(?:{_TO}|\s+and\s+){_DAY}(?![\w:/%]|[.,]\d|\.?\s+{_MONTH}\b))?(?:\s*,?\s+{_YEAR})?",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(rf"(?:\s+of|\s*,)?\s+(?:the\s+year\s+)?{_YEAR}", re.IGNORECASE)
_OTHER_END = re.compile(rf"(?:{_TO}|\s+and\s+)(?:{_DAY}\s+{_MONTH}|{_MONTH}\s+{_DAY}),?\s+{_YEAR}", re.IGNORECASE)
_DATE_FOLLOWS = re.compile(
    rf"\.?\s*,?\s*\(?(?:the\s+)?(?:{_DAY}(?:\s+of)?\s+{_MONTH}\b|{_MONTH}\s*{_DAY}\b)", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?:(?<![\w.,/$£€#-])|(?<=[Mm]id-))"
    r"(?:(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?"  # 2015-11-13
    r"|(\d{1,2})([/.-])(\d{1,2})\5(\d{4})"  # 13/11/2015
    r"|(9/11)"
    r"|((?:1[5-9]|20|21)\d\d)(?!s?\w|[.,/]\d)"  # a year, perhaps
    r"|((?:1[5-9]|20)\d0|[’'][2-9]0)s\b"  # a decade
    r")(?![\w%])(?!/\d)"
)
_NINE_ELEVEN = dt.date(2001, 9, 11)

_IN = words(
    "in since last next this early late mid of by until till from during between before after for through "
    "throughout - – and to following previous coming"
)
_NO_DAY = words("every each a any one black good bloody palm easter ash super holy maundy shrove cyber")
_BEFORE_SEASON = words("in early late last next this that coming by since until before")
_MISREAD = frozenset({"PERSON", "MONEY", "ORG", "PERCENT"})
# Months that are also verbs, adjectives or walks: alone they need a preposition before them.
_WORDS_TOO = frozenset({"may", "march", "august"})


def find_dates(view: View, published: dt.date | None) -> list[When]:
    """The dates of a document, in order.

    Parameters
    ----------
    published
        The day that *today*, *on Tuesday*, *last week* are seen from. Without it they have no day.
    """
    return _Search(view, published).run()


class _Search:
    """One pass over a document."""

    def __init__(self, view: View, published: dt.date | None) -> None:
        self.view, self.published = view, published
        self.seen = Standpoint(published, published, "day")
        self.out: list[When] = []
        self.done = 0  # tokens before this one belong to a date already found

    def run(self) -> list[When]:
        view, handlers = self.view, _HANDLERS
        numeric: dict[int, re.Match[str]] = {}
        for match in _NUMERIC.finditer(view.raw):
            i = bisect_right(view.start, match.start()) - 1
            if i >= 0:
                numeric.setdefault(i, match)
        at = [i for i, low in enumerate(view.lower) if low in handlers]
        for i in sorted({*at, *numeric}) if numeric else at:
            if i < self.done:
                continue
            if i in numeric:
                self._numeric(i, numeric[i])
            else:
                handlers[view.lower[i]](self, i)
        return self.out

    def _word(self, i: int) -> str:
        return self.view.lower[i] if 0 <= i < len(self.view) else ""

    def _add(self, first: int, last: int, day: dt.date | None, precision: DatePrecision) -> None:
        if day is not None:
            self.seen.named, self.seen.precision = day, precision
        first = max(first, self.done)
        self.out.append(When(first, last, day, precision if day else "unknown"))
        self.done = last

    def _token_after(self, offset: int, i: int) -> int:
        """The first token after `i` that begins at or after a character offset."""
        return max(bisect_left(self.view.start, offset), i + 1)

    def relative(self, i: int) -> None:
        """*yesterday*, *last week*, *two days later*."""
        found = read_relative(self.view, i, self.seen)
        if found:
            self._add(found.first, found.last, found.day, found.precision)

    # -- numerals ------------------------------------------------------------------------------

    def _numeric(self, i: int, match: re.Match[str]) -> None:
        view = self.view
        end = self._token_after(match.end(), i)
        year, month, day, d1, _, d2, y2, nine, plain, decade = match.groups()
        if year:
            self._exact(i, end, made(int(year), int(month), int(day)))
        elif d1:
            first, second = int(d1), int(d2)
            self._exact(i, end, made(int(y2), second, first) or made(int(y2), first, second))
        elif nine:
            if self.published is None or self.published >= _NINE_ELEVEN:
                self._add(i, end, _NINE_ELEVEN, "day")
        elif decade:
            first, value = read_decade(view, i, decade)
            self._add(first, end, made(value), "year")
        else:
            found = read_year(view, i, int(plain))
            if found:
                self._add(found.first, max(end, found.last), made(found.year), "year")

    def _exact(self, i: int, end: int, day: dt.date | None) -> None:
        if day is not None:
            self._add(i, end, day, "day")

    # -- months --------------------------------------------------------------------------------

    def month(self, i: int) -> None:
        """*13 November*, *Nov. 13, 2015*, *in September 2014*, *early March*."""
        view = self.view
        if not view.text[i][:1].isupper():
            return
        month = cal.MONTHS[view.lower[i].rstrip(".")]
        begin, end = view.start[i], view.end[i]
        if self._abbreviated(i) and view.raw.startswith(".", end):
            end += 1
        before = _BEFORE.search(view.raw, max(0, begin - 32), begin)
        ordinal = self._word(i - 1) == "of" and ORDINALS.get(self._word(i - 2))
        if before or ordinal:
            first, number = self._day_before(before) if before else (i - 2, ordinal or 0)
            year = _AFTER_YEAR.match(view.raw, end)
            self._dated(first, i, year.end() if year else end, month, number, year and int(year.group(1)))
            return
        day = _AFTER_DAY.match(view.raw, end)
        if day and (day.group(3) or not self._counts(i, day.end(1))):
            self._dated(i, i, day.end(), month, int(day.group(1)), day.group(3) and int(day.group(3)))
            return
        self._bare_month(i, month, end)

    def _abbreviated(self, i: int) -> bool:
        word = self.view.lower[i]
        return len(word.rstrip(".")) <= 4 and word not in ("may", "june", "july")

    def _day_before(self, match: re.Match[str]) -> tuple[int, int]:
        """First token and day of the number before a month: the first of two, unless that is another date's."""
        for group in (1, 2):
            if match.group(group):
                first = bisect_right(self.view.start, match.start(group)) - 1
                if first >= self.done or group == 2:
                    return first, int(match.group(group))
        raise AssertionError("the pattern has a day")

    def _counts(self, i: int, end: int) -> bool:
        """*In March 20 people were killed*: the number belongs to what follows."""
        j = self._token_after(end, i)
        return self._word(i - 1) in ("in", "since", "during") and self._word(j)[:1].isalpha()

    def _dated(self, first: int, i: int, end: int, month: int, number: int, year: int | str | None) -> None:
        """Add a month with a day; `end` is the character after it, `year` stands in the text if at all."""
        if made(2000, month, number) is None:
            return
        if not year and (other := _OTHER_END.match(self.view.raw, end)):
            year = int(other.group(3))
            end = end if other.group().lstrip().startswith("and") else other.end()
        last = self._token_after(end, i)
        if year:
            day = made(int(year), month, number)
        elif self.published is None:
            day = None
        elif (month, number) == (9, 11) and self._word(last)[:6] in ("attack", "hijack"):
            day = _NINE_ELEVEN
        else:
            ahead = lies_ahead(self.view, i)
            day = cal.date_near(self.published, month, number, ahead=ahead, slack=0 if ahead else 2)
        self._add(first, last, day, "day")

    def _bare_month(self, i: int, month: int, end: int) -> None:
        """Add a month without a day."""
        view = self.view
        word, prev = view.lower[i].rstrip("."), self._word(i - 1)
        first = self._qualified(i)
        year = _AFTER_YEAR.match(view.raw, end)
        if year and view.ent[i] != "PERSON":
            self._add(first, self._token_after(year.end(), i), made(int(year.group(1)), month), "month")
            return
        pointed = end > view.end[i] or view.lower[i].endswith(".")
        if not self._is_month(i, word, prev, qualified=first < i, pointed=pointed):
            return
        day = None
        if self.published:
            ahead = prev in ("next", "coming") or (prev != "last" and lies_ahead(view, i))
            day = cal.month_near(self.published, month, ahead=ahead, strict=prev in ("last", "next", "coming"))
        self._add(first, i + 1, day, "month")

    def _is_month(self, i: int, word: str, prev: str, *, qualified: bool, pointed: bool) -> bool:
        """Whether a bare word is a month, not a name, a verb or a walk."""
        view = self.view
        dated = view.ent[i] == "DATE"
        if view.ent[i] in _MISREAD or (self._abbreviated(i) and not pointed):
            return False
        if i and view.pos[i - 1] == "PROPN" and view.text[i - 1][:1].isupper() and not dated:
            return False
        if prev in _IN or qualified:
            return True
        return (dated and prev == "the") or (word not in _WORDS_TOO and bool(view.dep[i]))

    def _qualified(self, i: int) -> int:
        """The first token of *early*, *mid-*, *last*, … before a month or season."""
        if self._word(i - 1) in ("-", "–") and self._word(i - 2) in ("mid", "early", "late"):
            return i - 2
        return i - 1 if self._word(i - 1) in ("early", "late", "mid", "last", "next", "this", "that", "coming") else i

    # -- weekdays, seasons ---------------------------------------------------------------------

    def weekday(self, i: int) -> None:
        """*on Tuesday*, *next Friday*, *the following Monday*; a weekday before a full date is part of it."""
        view = self.view
        word, prev = view.lower[i], self._word(i - 1)
        if not view.text[i][:1].isupper() or prev in _NO_DAY or (len(word) <= 5 and self._word(i + 1) != "."):
            return
        if _DATE_FOLLOWS.match(view.raw, view.end[i]):
            return
        number, day = cal.WEEKDAYS[word], None
        strict = prev in ("last", "next", "coming", "following", "previous")
        if prev in ("following", "previous"):
            if self.seen.named and self.seen.precision == "day":
                day = cal.weekday_near(self.seen.named, number, ahead=prev == "following", strict=True)
        elif self.published:
            ahead = prev in ("next", "coming") or (prev != "last" and lies_ahead(view, i))
            day = cal.weekday_near(self.published, number, ahead=ahead, strict=strict)
        self._add(i - (strict or prev == "this"), i + 1, day, "day")

    def season(self, i: int) -> None:
        """*last summer*, *in the spring of 2014*; not *the fall of Saigon*, not *the Arab Spring*."""
        view, seen = self.view, self.published
        first, prev = self._qualified(i), self._word(i - 1)
        month = cal.SEASONS[view.lower[i]]
        year = _AFTER_YEAR.match(view.raw, view.end[i])
        if year and (prev in ("in", "the", "of", "since", "by") or first < i or view.ent[i] == "DATE"):
            self._add(first, self._token_after(year.end(), i), made(int(year.group(1)), month), "month")
            return
        named = prev in _BEFORE_SEASON
        named = named or (prev == "the" and self._word(i - 2) in ("in", "during", "since", "by"))
        if not named or self._word(i + 1) == "of" or view.pos[i] == "VERB":
            return
        day = None
        if seen and prev == "this":
            day = cal.season_of(seen, month)
        elif prev == "that":
            named_year = self.seen.precision == "year"
            day = self.seen.named and (
                made(self.seen.named.year, month) if named_year else cal.season_of(self.seen.named, month)
            )
        elif seen:
            ahead = prev in ("next", "coming") or (prev != "last" and lies_ahead(view, i))
            day = cal.season_near(seen, month, ahead=ahead, over=prev == "last")
        self._add(first, i + 1, day, "month")


_HANDLERS: dict[str, Callable[[_Search, int], None]] = {
    **{word + point: _Search.month for word in cal.MONTHS for point in ("", ".")},
    **dict.fromkeys(cal.WEEKDAYS, _Search.weekday),
    **dict.fromkeys(cal.SEASONS, _Search.season),
    **dict.fromkeys(RELATIVE, _Search.relative),
}
