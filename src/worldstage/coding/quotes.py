"""Quotations in a text: which words stand between quotation marks.

Works on characters, not on the parse, because a quotation may run over several sentences or paragraphs. Double
marks (``“ ”``, ``„ “``, ``« »``, straight ones, and two single ones as old wire copy has them) are read first, single
marks where no double ones are open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

# A pair of marks further apart than this is two stray marks.
_LONGEST = 4000
_LONGEST_SINGLE = 1000
_DOUBLE = re.compile(r"[\"“”„«»]|``|(?<!')''(?!')")
_SINGLE_OPEN = re.compile(
    r"(?<![\w.,!?;:…)\]’'‘])[‘‚'](?=[\w“\"$£€…])"
    # Neither decades and clipped words ('90s, 'em) nor the ayn of Arabic names ('Abd).
    r"(?!(?:\d0s|\d\d|[eE]m|[tT]il|[tT]is|[tT]was|[cC]ause|[nN]|A(?:bd|li|mr|yn|in)|Izz|Umar|Uthman)\b)"
)
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?;:…)\]—–%-])[’'](?![\w’'])")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_OPENS_LIKE = frozenset(" \t\n\r\f\v\xa0([{—–-:/‘'")
_CLOSED_BY = {"“": '”"“', "„": '“”"', "«": "»", "»": "«", "``": ("''", '"', "``"), "''": ("''",), "”": "”", '"': '"”'}


@dataclass(slots=True)
class Quote:
    """Words in quotation marks.

    Attributes
    ----------
    start, end
        Half-open character span of the words, without marks and surrounding white space.
    left, right
        Half-open span with the marks.
    follows
        Whether the quotation goes on from the one before it, which its paragraph's end cut off.
    """

    start: int
    end: int
    left: int
    right: int
    follows: bool = False


def find_quotes(text: str) -> list[Quote]:
    """All quotations, in order and without overlap; a quotation inside another is part of the outer one."""
    if not any(mark in text for mark in "\"“„«‘'`”"):
        return []
    out = list(_double(text))
    singles = list(_single(text))
    if singles:
        out = _merged(out, singles)
    return out


def _trimmed(text: str, left: int, right: int, inner_left: int, inner_right: int, follows: bool) -> Quote | None:
    words = text[inner_left:inner_right]
    start = inner_left + len(words) - len(words.lstrip())
    end = inner_left + len(words.rstrip())
    if end <= start or not any(c.isalnum() for c in words):
        return None
    return Quote(start, end, left, right, follows)


def _opening(text: str, start: int, end: int, mark: str) -> bool:
    """Whether a mark can open a quotation, judged by what stands around it."""
    if mark in ("“", "„", "«", "``"):
        return True
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if mark == "»":
        return False
    return before in _OPENS_LIKE and (not after.isspace() or before.isspace())


def _closing(text: str, start: int, end: int, mark: str, opener: str) -> bool:
    """Whether a mark can close what `opener` opened."""
    if mark not in _CLOSED_BY[opener]:
        return False
    if mark == "“" and opener == "“":
        return False
    before = text[start - 1]
    after = text[end] if end < len(text) else " "
    if mark in ('"', "''"):
        return (not before.isspace() or after.isspace()) and not after.isalnum()
    return True


def _double(text: str) -> Iterator[Quote]:
    opened: tuple[int, int, str, bool] | None = None
    for match in _DOUBLE.finditer(text):
        start, end, mark = match.start(), match.end(), match.group()
        if opened is None:
            if _opening(text, start, end, mark):
                opened = (start, end, mark, False)
            continue
        left, inner, opener, follows = opened
        line_start = "\n" in text[inner : min(start, inner + 2 * _LONGEST)] and _begins_line(text, start)
        if line_start and _opening(text, start, end, mark):
            # A paragraph that opens a quotation while one is open: the speech goes on.
            stop = start
            while text[stop - 1].isspace():
                stop -= 1
            if start - left > _LONGEST or _BLANK_LINE.search(text, inner, stop):
                stop = _paragraph_end(text, inner)
                goes_on = False
            else:
                goes_on = True
            cut = _trimmed(text, left, stop, inner, stop, follows)
            if cut and (goes_on or _speech_like(opener, text, left)):
                yield cut
            opened = (start, end, mark, goes_on)
        elif start - left > _LONGEST:
            opened = (start, end, mark, False) if _opening(text, start, end, mark) else None
        elif _closing(text, start, end, mark, opener):
            yield from _by_paragraph(text, left, inner, start, end, follows)
            opened = None
        elif _opening(text, start, end, mark):
            opened = (start, end, mark, False)
    if opened is not None:
        left, inner, opener, follows = opened
        stop = _paragraph_end(text, inner)
        cut = _trimmed(text, left, stop, inner, stop, follows)
        if cut and stop - inner <= _LONGEST and _speech_like(opener, text, left):
            yield cut


def _speech_like(opener: str, text: str, left: int) -> bool:
    """Whether an unclosed mark is worth believing: a curly one, or one that begins a line."""
    return opener in ("“", "„", "«", "``") or _begins_line(text, left)


def _begins_line(text: str, at: int) -> bool:
    """Whether only white space stands before a position in its line (of which the last hundred characters count)."""
    line = text[max(0, at - 100) : at]
    return not line[line.rfind("\n") + 1 :].strip()


def _paragraph_end(text: str, start: int) -> int:
    match = _BLANK_LINE.search(text, start)
    stop = match.start() if match else len(text)
    return start + len(text[start:stop].rstrip())


def _by_paragraph(text: str, left: int, inner: int, close: int, right: int, follows: bool) -> Iterator[Quote]:
    """One quotation per paragraph of what stands between two marks."""
    position = inner
    for gap in _BLANK_LINE.finditer(text, inner, close):
        cut = _trimmed(text, left, gap.start(), position, gap.start(), follows)
        if cut:
            yield cut
            follows = True
        left = position = gap.end()
    cut = _trimmed(text, left, right, position, close, follows)
    if cut:
        yield cut


def _single(text: str) -> Iterator[Quote]:
    """Quotations in single marks; each must close within its paragraph."""
    last = 0
    for match in _SINGLE_OPEN.finditer(text):
        start = match.start()
        if start < last:
            continue
        stop = text.find("\n\n", start, start + _LONGEST_SINGLE)
        stop = min(len(text), start + _LONGEST_SINGLE) if stop < 0 else stop
        close = _single_close(text, start + 1, stop)
        if close < 0:
            continue
        cut = _trimmed(text, start, close + 1, start + 1, close, False)
        if cut:
            yield cut
            last = close + 1


def _single_close(text: str, start: int, stop: int) -> int:
    """Position of the mark that closes, -1 for none.

    A mark after *s* may be a possessive (*the rebels' leader*), so it closes only for want of a better one, and
    only what a comma, a colon or a new line led in.
    """
    possessive = -1
    for match in _SINGLE_CLOSE.finditer(text, start, stop):
        at = match.start()
        if possessive >= 0 and _SINGLE_OPEN.search(text, possessive + 1, at):
            break
        if text[at - 1] not in "sS" or text[at + 1 : at + 2] != " ":
            return at
        if possessive < 0:
            possessive = at
    led_in = text[: start - 1].rstrip(" ")[-1:] in ("", "\n", ",", ":")
    return possessive if led_in else -1


def _merged(doubles: list[Quote], singles: list[Quote]) -> list[Quote]:
    """Both kinds in order: of two that overlap the one that holds the other stays, else the double one."""
    kept: list[Quote] = []
    starts = [q.left for q in doubles]
    swallowed: set[int] = set()
    for single in singles:
        k = max(bisect_left(starts, single.left) - 1, 0)
        clash = False
        inside = []
        while k < len(doubles) and doubles[k].left < single.right:
            d = doubles[k]
            if d.right > single.left:
                if single.left <= d.left and d.right <= single.right:
                    inside.append(k)
                else:
                    clash = True
            k += 1
        if not clash:
            kept.append(single)
            swallowed.update(inside)
    return sorted([*kept, *(d for k, d in enumerate(doubles) if k not in swallowed)], key=lambda q: q.left)
