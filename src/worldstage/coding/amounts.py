"""Amounts as a text puts them: values, ranges, changes, with their qualifiers and currency.

Unlike `numbers`, which bounds whole numbers for casualty counts, this keeps fractions and the words of the qualifier.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from worldstage.coding.numbers import number_at
from worldstage.coding.view import View
from worldstage.coding.words import words

_NUMERAL = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(bn|mn|tn|trn|bln|mln|m|b|k)?", re.ASCII)
_SPAN = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)[-–—](\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)", re.ASCII)
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "m.": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "bn.": 1e9,
    "bln": 1e9,
    "mln": 1e6,
    "trln": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
_VAGUE = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "millions": 2e6,
    "billions": 2e9,
    "tens": 20.0,
}
_FEW = {"dozen": 24.0, "hundred": 200.0, "thousand": 2e3, "million": 2e6, "billion": 2e9}
_DASHES = words("- – —")
_LINKS = _DASHES | {"to", "or", "and"}
_CHANGE = words(
    "rise fall drop increase decrease decline grow go jump climb cut reduce raise slip plunge surge slump widen "
    "shrink soar sink dip edge tumble double halve ease slide lower boost expand swell move change up down growth "
    "reduction"
)
_CURRENCY_SIGN = re.compile(r"(?:[A-Z]{1,3})?[$€£¥₽₹₺₴₪]")
_QUALIFIERS = tuple(
    sorted(
        (
            "at least|more than|over|about|around|some|nearly|almost|roughly|approximately|an estimated|estimated|"
            "up to|as many as|as much as|as few as|as little as|fewer than|less than|under|below|above|close to|"
            "just over|just under|well over|no fewer than|no less than|not less than|no more than|not more than|"
            "at most|upwards of|in excess of|only|just|circa|a minimum of|a maximum of|barely|an average of|a record|"
            "some more than|a reported|reportedly|a total of|exactly|slightly more than|slightly less than|"
            "slightly over|slightly under|little more than|a little over|a little under|well above|well below"
        ).split("|"),
        key=lambda phrase: -len(phrase.split()),
    )
)
_BY_LAST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in _QUALIFIERS:
    _BY_LAST.setdefault(_phrase.split()[-1], []).append(tuple(_phrase.split()))
_OR = {"more": "at least", "so": "about", "fewer": "up to", "less": "up to"}
_TOPICAL = words("talk speak fight argue quarrel worry warn complain tell hear preside talks dispute question concern")
_ARTICLE = words("a an the")
_EXACT = words("reportedly reported record exactly") | {"total of"}
STARTS = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen hundred thousand "
    "million billion several few"
) | frozenset(_VAGUE)


@dataclass(slots=True)
class Amount:
    """A number in a text.

    Attributes
    ----------
    begin, first, last
        Tokens: `begin` with qualifier and currency sign, ``first:last`` the number (or range) itself, half-open.
    value, low, high
        The value, or what is known of its bounds.
    qualifier
        The words before it that make it less exact, in lower case and without article.
    sign
        Currency sign before it, ``""`` for none.
    """

    begin: int
    first: int
    last: int
    value: float | None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None
    sign: str = ""


def amounts_at(view: View, i: int) -> list[Amount]:
    """The amounts that begin at token `i`: one, two for a change (*from 72 to 66*), none where there is no number."""
    lower = view.lower
    end = view.sents[view.sent[i]][1]
    span = _SPAN.fullmatch(lower[i])
    if span:
        low, high = (float(part.replace(",", "")) for part in span.groups())
        scale, last = _scale(view, i + 1, end, bool(_sign(view, i)))
        return [_qualified(view, Amount(i, i, last, None, low * scale, high * scale))] if low < high else []
    vague = _vague(view, i, end)
    if vague is not None:
        return [vague]
    one = _number(view, i, end)
    if one is None or (one[1] < end and lower[one[1]] in _DASHES and _hyphenated_word(view, one[1], end)):
        return [] if one is None else [_qualified(view, Amount(i, i, one[1], one[0]))]
    return _with_second(view, i, one[0], one[1], end)


def _hyphenated_word(view: View, j: int, end: int) -> bool:
    return j + 1 < end and view.text[j + 1][:1].isalpha() and view.start[j + 1] == view.end[j]


def _number(view: View, i: int, end: int) -> tuple[float, int] | None:
    """An exact number and the token after it."""
    word = view.lower[i]
    match = _NUMERAL.fullmatch(word)
    if match:
        value = float(match[1].replace(",", ""))
        if match[2]:
            return value * _SHORT[match[2]], i + 1
        scale, last = _scale(view, i + 1, end, bool(_sign(view, i)))
        return value * scale, last
    if word not in STARTS and "-" not in word:
        return None
    if word == "one" and view.lower[i + 1 : i + 2] == ["-"]:
        return None
    start = i
    if word in SCALES or word == "dozen":
        # *a million*, *half a million*: the article belongs to the number.
        if i == 0 or view.lower[i - 1] not in ("a", "an"):
            return None
        start = i - 1
    found = number_at(view.lower, start)
    if found is None or found[1] <= i or found[1] > end:
        return None
    value = float(found[0])
    if start < i and i >= 2 and view.lower[i - 2] == "half":
        value /= 2
    return value, found[1]


def _scale(view: View, j: int, end: int, money: bool) -> tuple[float, int]:
    """The factor of *million*, *bn*, … at token `j`, and the token after it."""
    if j >= end:
        return 1.0, j
    word = view.lower[j]
    if word in SCALES:
        more, last = _scale(view, j + 1, end, money) if word in ("hundred", "thousand") else (1.0, j + 1)
        return SCALES[word] * more, last
    if word == "-" and j + 1 < end and view.lower[j + 1] in SCALES:
        return SCALES[view.lower[j + 1]], j + 2
    if word == "dozen":
        return 12.0, j + 1
    counted = j + 1 < end and view.tag[j + 1] in ("NNS", "NNPS")
    if word in _SHORT and view.start[j] == view.end[j - 1] and (money or counted):
        return _SHORT[word], j + 1
    return 1.0, j


def _vague(view: View, i: int, end: int) -> Amount | None:
    """*Dozens*, *hundreds of thousands*, *several hundred*, *a few dozen*: at least twice the base."""
    lower = view.lower
    word = lower[i]
    if word in ("several", "few"):
        low = _FEW.get(lower[i + 1]) if i + 1 < end else None
        return None if low is None else Amount(i, i, i + 2, None, low)
    low = _VAGUE.get(word)
    if low is None or (i and lower[i - 1] in _DASHES):
        return None
    if i + 2 < end and lower[i + 1] == "of" and lower[i + 2] in ("thousands", "millions", "billions"):
        return _qualified(view, Amount(i, i, i + 3, None, low * SCALES[lower[i + 2][:-1]]))
    return None if word == "tens" else _qualified(view, Amount(i, i, i + 1, None, low))


def _with_second(view: View, i: int, value: float, last: int, end: int) -> list[Amount]:
    """Add the other end of a range, or the other value of a change."""
    lower = view.lower
    percent = last < end and lower[last] == "%"
    joint = last + percent
    if joint + 1 < end and lower[joint] in _LINKS:
        link = lower[joint]
        second = joint + 1 + bool(_CURRENCY_SIGN.fullmatch(view.text[joint + 1]))
        other = _number(view, second, end) if second < end else None
        if other is not None and (not percent or _percent_at(view, other[1], end)):
            high, stop = other
            base = _base(view, second)
            low = value * high / base if _base(view, i) == value < base else value
            if (low > high and link not in ("or", "and")) or (link == "to" and _changes(view, i)):
                old = _qualified(view, Amount(i, i, last, low))
                return [old, Amount(second, second, stop, high, sign=_sign(view, second) or old.sign)]
            before = lower[i - 1 - bool(_sign(view, i))] if i else ""
            far = link == "or" and high - low > low
            if low < high and not far and (link != "and" or before == "between"):
                return [_qualified(view, Amount(i, i, stop, None, low, high))]
    return [_qualified(view, Amount(i, i, last, value))]


def _base(view: View, i: int) -> float:
    """The number at token `i` without its scale; a value that is never equal to another where it is in words."""
    match = _NUMERAL.fullmatch(view.lower[i])
    if match:
        return float(match[1].replace(",", ""))
    found = number_at([view.lower[i], ""], 0)
    return float(found[0]) if found else -1.0


def _percent_at(view: View, j: int, end: int) -> bool:
    return j < end and view.lower[j] in ("%", "percent", "per", "pct")


def _changes(view: View, i: int) -> bool:
    """Whether something rises or falls *from* the number at token `i`."""
    node = i
    for _ in range(5):
        if view.head[node] == node:
            break
        node = view.head[node]
        if view.lemma[node] in _CHANGE:
            return True
        if view.pos[node] == "VERB":
            break
    return False


def _sign(view: View, i: int) -> str:
    return view.text[i - 1] if i and _CURRENCY_SIGN.fullmatch(view.text[i - 1]) else ""


def qualifier_before(view: View, begin: int) -> tuple[int, str | None]:
    """Where the qualifier that ends before token `begin` begins, and the qualifier without article, if any."""
    lower = view.lower
    if begin >= len(lower):
        return begin, None
    b = view.sents[view.sent[begin]][0]
    found: list[str] = []
    if begin > b and _particle(view, begin - 1):
        return begin, None
    for _ in range(2):
        options = _BY_LAST.get(lower[begin - 1], ()) if begin > b else ()
        phrase = next((p for p in options if begin - len(p) >= b and tuple(lower[begin - len(p) : begin]) == p), None)
        if phrase is None:
            break
        found.insert(0, " ".join(phrase[1:] if phrase[0] in _ARTICLE else phrase))
        begin -= len(phrase)
    if begin > b and lower[begin - 1] in _ARTICLE and found and found[0] in ("estimated", "reported"):
        begin -= 1
    return begin, " ".join(q for q in found if q not in _EXACT) or None


def _particle(view: View, i: int) -> bool:
    """*handed over 21 barracks*, *talks about 12 islands*: no qualifier."""
    if view.dep[i] == "prt":
        return True
    return view.dep[i] == "prep" and view.lemma[view.head[i]] in _TOPICAL


def _qualified(view: View, amount: Amount) -> Amount:
    """Add currency sign and qualifier."""
    lower = view.lower
    amount.sign = _sign(view, amount.first)
    begin = amount.first - bool(amount.sign)
    b, end = view.sents[view.sent[amount.first]]
    if begin > b and lower[begin - 1] in ("a", "an", "between", "from"):
        article = lower[begin - 1] in ("a", "an")
        begin -= not article or lower[amount.first] in SCALES or lower[amount.first] == "dozen"
        if article and begin > b and lower[begin - 1] == "half":
            begin -= 1
    if begin > b and lower[begin - 1] == "minus" and amount.value is not None:
        begin, amount.value = begin - 1, -amount.value
    amount.begin, amount.qualifier = qualifier_before(view, begin)
    last, after = amount.last, None
    if last + 1 < end and lower[last] == "or" and lower[last + 1] in _OR:
        after, amount.last = _OR[lower[last + 1]], last + 2
    elif last < end and lower[last] in ("+", "plus") and view.start[last] == view.end[last - 1]:
        after, amount.last = "at least", last + 1
    amount.qualifier = amount.qualifier or after
    return amount
