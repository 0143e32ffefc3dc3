"""Shares in words (*two thirds*, *one in five*, *a majority*), and who polled."""

from __future__ import annotations

from collections.abc import Iterator

from worldstage.coding.amounts import Amount, qualifier_before
from worldstage.coding.numbers import number_at
from worldstage.coding.view import View
from worldstage.coding.words import words

_FRACTIONS = words("third thirds quarter quarters fifth fifths tenth tenths")
STARTS = _FRACTIONS | {"half", "majority"}
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_MOST = words(
    "the a an vast large clear slim small overwhelming narrow big solid comfortable bare huge great absolute simple "
    "strong"
)
OPINION = words(
    "say support back favour favor oppose approve disapprove want believe think agree disagree reject see trust "
    "fear prefer expect feel consider regard vote view blame hope doubt"
)
_NOT_HALF = words(
    "an a hour year decade day million billion dozen century way brother sister time past - mast point centuries"
)
_POLL = words("poll survey barometer pollster census referendum plebiscite study tracker")
_POLL_VERBS = words("find show suggest indicate reveal put say conduct publish carry poll survey release commission")
POLLSTERS = words(
    "levada vtsiom vciom wciom fom romir ifop ipsos elabe odoxa bva csa opinionway harris gallup pew yougov icm "
    "comres opinium survation forsa emnid infratest dimap allensbach insa metropoll konda gezici orb quinnipiac "
    "rasmussen zogby eurobarometer latinobarometro latinobarómetro afrobarometer razumkov kiis gfk tns kantar norc "
    "surveymonkey cvoter datafolha ibope nanos léger leger newspoll verian populus savanta redfield techne populace "
    "cbos ibris maptive nielsen"
)


def share_at(view: View, i: int) -> Amount | None:
    """A share in words at token `i`, as an amount in per cent; *a majority* is known to be over 50 only."""
    word = view.lower[i]
    b, end = view.sents[view.sent[i]]
    if word == "majority":
        return _majority(view, i, b, end)
    if word == "half":
        return _half(view, i, b, end)
    if word in STARTS:
        return _fraction(view, i, b, end)
    for k in (i + 1, i + 2):
        if k < end and view.lower[k] in _FRACTIONS and (k == i + 1 or view.lower[i + 1] == "-"):
            return _fraction(view, k, b, end)
    return _in_ratio(view, i, end)


def _majority(view: View, i: int, b: int, end: int) -> Amount | None:
    k = i
    while k > b and view.lower[k - 1] in _MOST:
        k -= 1
    if k == i or view.lower[k] not in ("a", "an", "the"):
        return None
    of = view.lower[i + 1 : i + 2] == ["of"]
    verb = view.head[i]
    speaks = view.dep[i] == "nsubj" and view.lemma[verb] in OPINION
    people = of and i + 2 < end and view.lower[i + 2 : i + 3] != ["seats"] and view.tag[i + 2] != "CD"
    if not (people or speaks) or (view.dep[i] == "dobj" and not of):
        return None
    return Amount(k, k, i + 1, None, 50.0, None, None)


def _half(view: View, i: int, b: int, end: int) -> Amount | None:
    if (
        i + 1 >= end
        or view.lower[i + 1] in _NOT_HALF
        or (i > b and view.lower[i - 1] in ("-", "first", "second", "other", "and", "in", "by"))
    ):
        return None
    following = view.lower[i + 1]
    counted = following in ("of", "the", "its", "their", "all") or view.tag[i + 1] in ("NNS", "NNPS")
    if not counted or (following == "the" and view.lower[i + 2 : i + 3] == ["time"]):
        return None
    begin, qualifier = qualifier_before(view, i)
    return Amount(begin, i, i + 1, 50.0, None, None, qualifier)


def _fraction(view: View, i: int, b: int, end: int) -> Amount | None:
    """*two thirds of*, *a quarter of*, *two-thirds of*, not *a third time* and *a two-thirds majority*."""
    part = _PARTS[view.lower[i].rstrip("s")]
    first = i - 1
    if first >= b and view.lower[first] == "-":
        first -= 1
    if first < b or i + 2 >= end or view.tag[i + 2] == "CD":
        return None
    if view.lower[i + 1] != "of" and not (view.lower[i].endswith("s") and view.dep[i] == "nsubj"):
        return None
    top = 1.0 if view.lower[first] in ("a", "one") else None
    if top is None:
        found = number_at(view.lower[first : first + 1], 0)
        top = float(found[0]) if found else None
    if top is None or not 0 < top < part:
        return None
    begin, qualifier = qualifier_before(view, first)
    return Amount(begin, first, i + 1, round(100 * top / part, 4), None, None, qualifier)


def _in_ratio(view: View, i: int, end: int) -> Amount | None:
    """*one in five*, *nine out of ten*: small numbers, the first below the second."""
    one = number_at(view.lower, i) if view.tag[i] == "CD" else None
    if one is None or one[1] + 1 >= end:
        return None
    j = one[1]
    if view.lower[j] == "in":
        j += 1
    elif (view.lower[j : j + 2] == ["out", "of"] and j + 2 < end) or (
        view.lower[j] == "of" and view.lower[j + 1 : j + 2] == ["every"] and j + 2 < end
    ):
        j += 2
    else:
        return None
    if view.lower[j] == "every" and j + 1 < end:
        j += 1
    other = number_at(view.lower, j)
    if other is None or not 0 < one[0] < other[0] <= 100 or other[0] not in (*range(2, 13), 20, 100):
        return None
    if other[1] < end and (
        view.tag[other[1]] in ("NN",)
        or view.lemma[other[1]] in ("day", "year", "month", "week", "hour", "game", "%", "percent")
    ):
        return None
    begin, qualifier = qualifier_before(view, i)
    return Amount(begin, i, other[1], round(100 * one[0] / other[0], 4), None, None, qualifier)


# -- who polled -------------------------------------------------------------------------------------


def pollster(view: View, k: int) -> str | None:
    """The pollster that sentence `k` names: a known house, or whose poll or survey it is."""
    b, e = view.sents[k]
    for i in range(b, e):
        if view.lower[i] in POLLSTERS and view.text[i][:1].isupper():
            return _house(view, i, b, e)
    for i in range(b, e):
        if view.lemma[i] in _POLL:
            for c in _owners(view, i):
                return _house(view, c, b, e)
    return None


def polled(view: View, k: int) -> bool:
    """Whether sentence `k` speaks of a poll."""
    b, e = view.sents[k]
    return any(
        view.lemma[i] in _POLL or (view.lower[i] in POLLSTERS and view.text[i][:1].isupper()) for i in range(b, e)
    )


def _owners(view: View, i: int) -> Iterator[int]:
    """Names before *poll* or after *by*, *from*: *a Sova poll*, *a survey carried out by Sova*."""
    for c in view.children[i]:
        if view.dep[c] in ("compound", "poss", "nmod") and view.pos[c] == "PROPN":
            yield c
    for c in view.children[i]:
        verb = c if view.dep[c] == "acl" and view.lemma[c] in _POLL_VERBS else i
        for p in view.children[verb] if verb == c else (c,):
            if view.lower[p] in ("by", "from") and view.dep[p] in ("agent", "prep"):
                yield from (g for g in view.children[p] if view.dep[g] == "pobj" and view.pos[g] == "PROPN")


def _house(view: View, i: int, b: int, e: int) -> str:
    """The whole name around one of its tokens."""
    first, last = i, i + 1
    while first > b and view.pos[first - 1] == "PROPN" and view.lemma[first - 1] not in _POLL:
        first -= 1
    while last < e and view.pos[last] == "PROPN" and view.lemma[last] not in _POLL:
        last += 1
    return view.words(first, last)
