"""Counts in numerals and words, with what qualifies them: *at least 130*, *two dozen*, *between 10 and 15*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from worldstage.core.records import Range

_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", *_TEENS)
_SMALL = {word: value for value, word in enumerate(_UNITS)}
_DECADES = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * value for value, word in enumerate(_DECADES, 2)}
_FIRST_TEN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_IRREGULAR = ("eleventh", "twelfth", *(word + "th" for word in _TEENS[3:]), "twentieth")
ORDINALS: dict[str, int] = {word: value for value, word in enumerate((*_FIRST_TEN, *_IRREGULAR), 1)}
_TIMES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9}
# Plurals without a number mean at least twice their base: *dozens* is 24 or more.
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000, "tens": 20}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
_DECIMAL = re.compile(r"\d{1,6}\.\d{1,3}")
_SPAN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})[-–—](\d{1,3}(?:,\d{3})+|\d{1,9})")
_DASHES = frozenset({"-", "–", "—", "to"})

# What may stand before a number, and how it bounds it.
_QUALIFIERS = {
    "least": "at least|no fewer than|no less than|not less than|not fewer than|a minimum of",
    "above": "more than|over|above|upwards of|upward of|in excess of|exceeding|well over",
    "most": "up to|as many as|as much as|at most|no more than|not more than|a maximum of",
    "below": "fewer than|less than|under|below",
    "about": "about|around|some|nearly|almost|roughly|approximately|circa|close to|"
    "an estimated|estimated|only|just|another|the|all|a total of",
}


def _by_last_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in _QUALIFIERS.items():
        for phrase in phrases.split("|"):
            parts = tuple(phrase.split())
            table.setdefault(parts[-1], []).append((parts, kind))
    for found in table.values():
        found.sort(key=lambda pair: -len(pair[0]))
    return table


_BEFORE = _by_last_word()
STARTS = frozenset({*_SMALL, *_TENS, *_TIMES, *_VAGUE, "a", "an", "half", "several"}) - {"zero"}


@dataclass(frozen=True, slots=True)
class Count:
    """A number as the text puts it: half-open token range, with its qualifier, and the bounds that it gives."""

    first: int
    last: int
    range: Range


def starts_number(word: str) -> bool:
    """Whether a token in lower case may begin a number."""
    return word in STARTS or "0" <= word[:1] <= "9"


def number_at(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """The exact number that begins at token `i`, and the index after it.

    >>> number_at("twenty - one people".split(), 0), number_at("1.2 million".split(), 0), number_at(["a", "dozen"], 0)
    ((21, 3), (1200000, 2), (12, 2))
    """
    n = len(words)
    word = words[i]
    if "0" <= word[:1] <= "9":
        return _numeral(words, i)
    if word == "half" and i + 2 < n and words[i + 1] in ("a", "-") and words[i + 2] == "dozen":
        return 6, i + 3
    if word in ("a", "an"):
        if i + 1 < n and words[i + 1] == "couple":
            return 2, i + 3 if i + 2 < n and words[i + 2] == "of" else i + 2
        if i + 1 >= n or words[i + 1] not in _TIMES:
            return None
        return _scaled(words, i + 1, 1)
    below = _below_hundred(words, i)
    return _scaled(words, below[1], below[0]) if below else None


def _numeral(words: Sequence[str], i: int) -> tuple[int, int] | None:
    word = words[i]
    after = words[i + 1] if i + 1 < len(words) else ""
    if _DIGITS.fullmatch(word):
        value = int(word.replace(",", ""))
        return (value * _TIMES[after], i + 2) if after in _TIMES else (value, i + 1)
    if _DECIMAL.fullmatch(word) and after in ("thousand", "million", "billion"):
        return round(float(word) * _TIMES[after]), i + 2
    return None


def _below_hundred(words: Sequence[str], i: int) -> tuple[int, int] | None:
    word = words[i]
    if word in _SMALL:
        return _SMALL[word], i + 1
    if word not in _TENS:
        tens, dash, unit = word.partition("-")
        return (_TENS[tens] + _SMALL[unit], i + 1) if dash and tens in _TENS and 0 < _SMALL.get(unit, 0) < 10 else None
    value, j = _TENS[word], i + 1
    if j < len(words) and words[j] == "-":
        j += 1
    if j < len(words) and 0 < _SMALL.get(words[j], 0) < 10:
        return value + _SMALL[words[j]], j + 1
    return value, i + 1


def _scaled(words: Sequence[str], j: int, value: int) -> tuple[int, int]:
    """Read *hundred*, *thousand and five*, … after a number below a hundred."""
    total, group, n = 0, value, len(words)
    while j < n:
        scale = _TIMES.get(words[j])
        if scale is not None:
            group *= scale
            if scale >= 1000:
                total, group = total + group, 0
            j += 1
            continue
        k = j + 1 if words[j] == "and" and j + 1 < n else j
        more = _below_hundred(words, k) if (group >= 100 or total) and group % 100 == 0 else None
        if more is None or (k == j and words[j - 1] not in _TIMES) or (k > j and words[j - 1] == "dozen"):
            break
        group += more[0]
        j = more[1]
    return total + group, j


def count_at(words: Sequence[str], i: int) -> Count | None:
    """The count that begins at token `i` (its number, not its qualifier), with what stands around it.

    Parameters
    ----------
    words
        Tokens in lower case.

    Returns
    -------
    Count or None
        None for what is no whole number, and for the first part of a compound such as *12-year-old*. *Dozens*,
        *scores*, *hundreds* and the like have a lower bound of twice their base and no upper one; *several dozen*
        and *a few dozen* likewise. *About*, *some* and *nearly* are taken at their word.
    """
    span = _SPAN.fullmatch(words[i])
    if span:
        low, high = (int(part.replace(",", "")) for part in span.groups())
        return _around(words, i, i + 1, low, high) if low <= high else None
    vague = _vague(words, i)
    if vague:
        return _around(words, i, vague[1], vague[0], None)
    found = number_at(words, i)
    if found is None:
        return None
    value, j = found
    n = len(words)
    if j + 1 < n and words[j] in _DASHES and (i == 0 or words[i - 1] not in ("from", "to")):
        other = number_at(words, j + 1) if starts_number(words[j + 1]) else None
        if other and value < other[0] and not _joined(words, other[1]):
            return _around(words, i, other[1], value, other[0])
    if _joined(words, j):
        return None
    if j + 1 < n and words[j] == "and" and i and words[i - 1] == "between":
        other = number_at(words, j + 1)
        if other and value <= other[0]:
            return Count(i - 1, other[1], Range(value, other[0]))
    return _around(words, i, j, value, value)


def _joined(words: Sequence[str], j: int) -> bool:
    """Whether a hyphen ties the number before `j` to a word: *12-year-old*."""
    return j + 1 < len(words) and words[j] in ("-", "–") and words[j + 1][:1].isalpha()


def _vague(words: Sequence[str], i: int) -> tuple[int, int] | None:
    word, n = words[i], len(words)
    if word in ("several", "few") or (word == "a" and i + 1 < n and words[i + 1] == "few"):
        j = i + 2 if word == "a" else i + 1
        return (2 * _TIMES[words[j]], j + 1) if j < n and words[j] in _TIMES and words[j] != "score" else None
    low = _VAGUE.get(word)
    if low is None:
        return None
    j = i + 1
    if j + 1 < n and words[j] == "of" and words[j + 1] in ("thousands", "millions") and word != "millions":
        return low * _TIMES[words[j + 1][:-1]], j + 2
    return None if word == "tens" else (low, j)


def _around(words: Sequence[str], i: int, j: int, low: int, high: int | None) -> Count:
    """Apply what stands before and after the number."""
    first, kind = i, "about"
    for _ in range(2):
        before = _qualifier(words, first)
        if before is None:
            break
        first, found = before
        kind = found if kind == "about" else kind
    n = len(words)
    if j + 1 < n and words[j] == "or" and words[j + 1] in ("more", "so", "fewer", "less"):
        kind = {"more": "least", "so": kind}.get(words[j + 1], "most")
        j += 2
    elif j < n and words[j] in ("+", "plus"):
        kind, j = "least", j + 1
    if kind == "least" or (high is None and kind in ("about", "most", "below")):
        return Count(first, j, Range(low, None))
    if kind == "above":
        return Count(first, j, Range(low + 1 if high == low else low, None))
    if kind == "most":
        return Count(first, j, Range(None if high == low else low, high))
    if kind == "below" and high is not None:
        return Count(first, j, Range(None, max(high - 1, 0)))
    return Count(first, j, Range(low, high))


def _qualifier(words: Sequence[str], i: int) -> tuple[int, str] | None:
    """The qualifier that ends before token `i`: its first token and kind."""
    for phrase, kind in _BEFORE.get(words[i - 1], ()) if i else ():
        first = i - len(phrase)
        if first >= 0 and tuple(words[first:i]) == phrase:
            return first, kind
    return None
