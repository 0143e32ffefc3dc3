"""Who counted, and what a number says: the context of a figure in its sentence."""

from __future__ import annotations

from collections.abc import Mapping

from worldstage.coding.mentions import Mention
from worldstage.coding.sayings import SAYING
from worldstage.coding.shares import pollster
from worldstage.coding.spans import clip
from worldstage.coding.view import View
from worldstage.coding.words import words

_TELLS = SAYING | {"find", "show", "put", "count", "calculate"}
_OWN_CLAUSE = words("advcl conj parataxis relcl")
_LEAD = words(
    "that and but , ; : — – - ( “ \" ‘ ' of which who with as while whereas though although because if when where "
    "said for"
)
_TAIL = words(", ; : — – - . ( ” \" ’ ' and but to by at from in of for with ! ?") | {")"}
_POLLS = words("poll survey study census report data figure statistic count tally result finding")
# Those whose opinion is counted do not count.
_ASKED = words("total percent % majority half third quarter respondent rest other number share")
_LONGEST = 45
_FEWEST = 3


def counted_by(view: View, at: int, by_head: Mapping[int, Mention]) -> str | None:
    """Who says the number at token `at`: the subject of the reporting verb above it, or *according to* whom."""
    node = at
    while True:
        for c in view.children[node]:
            if view.lower[c] == "according":
                found = _according(view, c, by_head)
                if found:
                    return found
            elif view.dep[c] in ("parataxis", "advcl") and view.pos[c] == "VERB" and view.lemma[c] in _TELLS:
                as_said = view.dep[c] == "parataxis" or any(view.lower[g] == "as" for g in view.children[c])
                found = _subject(view, c, by_head) if as_said else None
                if found:
                    return found
        label, up = view.dep[node], view.head[node]
        if up == node:
            return None
        if label in ("ccomp", "pcomp", "dobj", "nsubj") and view.pos[up] == "VERB" and view.lemma[up] in _TELLS:
            named = label == "ccomp" or (label == "dobj" and view.lemma[up] in ("report", "put", "count", "estimate"))
            found = _subject(view, up, by_head) if named else None
            if found:
                return found
        node = up


def _according(view: View, i: int, by_head: Mapping[int, Mention]) -> str | None:
    for to in (i, *view.children[i]):
        for g in view.children[to]:
            if view.dep[g] == "pobj":
                return _name(view, g, by_head)
    return None


def _subject(view: View, verb: int, by_head: Mapping[int, Mention]) -> str | None:
    node = verb
    for _ in range(3):
        for c in view.children[node]:
            if view.dep[c] == "nsubj":
                return _name(view, c, by_head)
        if view.dep[node] not in ("conj", "xcomp", "advcl", "pcomp"):
            break
        node = view.head[node]
    return None


def _name(view: View, i: int, by_head: Mapping[int, Mention]) -> str | None:
    """The name of a source, without article; the house of a poll."""
    if view.lemma[i] in _POLLS:
        return pollster(view, view.sent[i])
    if view.lemma[i] in _ASKED or view.ent[i] in ("PERCENT", "CARDINAL"):
        return None
    m = by_head.get(i)
    if m is not None and m.kind == "pronoun":
        actor = m.actors[0]
        return actor.person or actor.name
    if view.pos[i] not in ("NOUN", "PROPN"):
        return None
    left = m.first if m is not None else view.edges(i)[0]
    last = max(i + 1, m.last) if m is not None else i + 1
    while left < last - 1 and (view.lower[left] in ("the", "a", "an") or not view.text[left][0].isalnum()):
        left += 1
    return " ".join(view.words(max(left, last - 8), last).split())


def clause_of(view: View, first: int, last: int) -> str:
    """What the number in the half-open tokens ``first:last`` says: the words of its clause.

    The number is left out where it stands at either end of the clause (*58 percent of* | *Russians approve*).
    """
    node = first
    for k in range(first, last):
        if not first <= view.head[k] < last or view.head[k] == k:
            node = k
            break
    while view.head[node] != node and view.pos[node] not in ("VERB", "AUX"):
        node = view.head[node]
    while view.dep[node] in ("aux", "auxpass", "xcomp", "pcomp", "acl", "prep") and view.head[node] != node:
        node = view.head[node]
        while view.head[node] != node and view.pos[node] not in ("VERB", "AUX"):
            node = view.head[node]
    for _ in range(3):
        left, right = _bounds(view, node, first, last)
        what = _without_number(view, left, right, first, last)
        if what.count(" ") < _FEWEST - 1:
            left, right = _trim(view, left, right)
            what = " ".join(view.words(left, right).split())
        if what.count(" ") >= _FEWEST - 1 or view.head[node] == node:
            break
        # Too little to understand: *… and 200 wounded*.
        node = view.head[node]
        while view.head[node] != node and view.pos[node] not in ("VERB", "AUX"):
            node = view.head[node]
    if what.count(" ") < _FEWEST - 1:
        b, e = clip(view, *view.sents[view.sent[first]], first)
        what = _without_number(view, max(b, first - _LONGEST), min(e, last + _LONGEST), first, last)
    return what


def _bounds(view: View, node: int, first: int, last: int) -> tuple[int, int]:
    """The clause of a verb without the clauses joined to it that do not hold the number."""
    b, e = view.sents[view.sent[node]]
    left, right = view.edges(node)
    left, right = clip(view, max(left, b), min(right, e), first)
    for c in view.children[node]:
        inner_left, inner_right = view.edges(c)
        joined = (view.dep[c] in _OWN_CLAUSE and view.pos[c] in ("VERB", "AUX")) or view.lower[c] == "according"
        if not joined or inner_left <= first < inner_right:
            continue
        if inner_left >= last:
            right = min(right, inner_left)
        elif inner_right <= first:
            left = max(left, inner_right)
    for k in range(left, right):
        if view.text[k] == ";":
            left, right = (k + 1, right) if k < first else (left, min(k, right))
    left, right = min(left, first), max(right, last)
    return max(left, first - _LONGEST), min(right, last + _LONGEST)


def _without_number(view: View, left: int, right: int, first: int, last: int) -> str:
    left, right = _trim(view, left, right)
    if left < first and all(view.tag[k] in ("DT", "PRP$") for k in range(left, first)):
        left = first
    if left >= first and right > last:
        left = last
    elif right <= last and left < first:
        right = first
        if view.lower[right - 1] in ("from", "to", "at"):
            right -= 1
    left, right = _trim(view, left, right)
    if right <= left:
        left, right = first, last
    what = " ".join(view.words(left, right).split())
    return what[: what.rindex("(")].rstrip(" ,") if what.count("(") > what.count(")") and what.rindex("(") > 0 else what


def _trim(view: View, left: int, right: int) -> tuple[int, int]:
    while left < right and (view.lower[left] in _LEAD or not view.text[left].strip()):
        left += 1
    while right > left and (
        (view.lower[right - 1] in _TAIL and view.dep[right - 1] != "prt") or not view.text[right - 1].strip()
    ):
        right -= 1
    return left, right
