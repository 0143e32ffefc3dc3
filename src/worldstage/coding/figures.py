"""Figures that a text reports: shares, counts, money, measures; what they say and who counted."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence

from worldstage.coding import amounts as am
from worldstage.coding import shares
from worldstage.coding.amounts import Amount, amounts_at
from worldstage.coding.dates import When
from worldstage.coding.dating import day_of
from worldstage.coding.harm import harm
from worldstage.coding.mentions import Mention
from worldstage.coding.sources import clause_of, counted_by
from worldstage.coding.spans import sentences
from worldstage.coding.units import Counted, counted_noun, later_percent, measure, money, percent, plural
from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.core.records import Document, Evidence, Figure, digest

_STARTS = am.STARTS | shares.STARTS
# A number after one of these is a name: *Resolution 2254*, *page 3*.
_LABELS = words(
    "resolution article section chapter paragraph page flight number no no. nos nos. # № phase stage level category "
    "class row room route highway channel annex protocol item verse volume version act grade line gate terminal "
    "pier route aged age ages article appendix figure table group camp block sector zone bus train unit battalion "
    "brigade boeing airbus tupolev sukhoi ilyushin antonov embraer bombardier mig su tu il f t s b kh rs ss"
)
_CLOCK = words("a.m. p.m. am pm a.m p.m gmt utc o'clock o’clock hrs cet est edt local noon")
_DEFINITE = words("the these those both its their his her our my first last next past previous other")
_YEAR_BEFORE = words("in since of by until till from during early late mid for 's ’s after before the and to")
_VOTING = words("vote pass approve adopt reject back endorse ratify defeat carry")
_TOTALS = words("number total count tally")
_PEOPLE = words(
    "people respondent voter citizen public adult resident household population respondents muslim christian"
)
_RATED = words("support approval rating popularity trust confidence")
_YEAR = re.compile(r"19\d\d|20\d\d|2100", re.ASCII)
_SMALL = 12
# What the parser takes for a sentence of more tokens than this is a table or a list.
_TABLE = 400
# A date after one of these is not that of the number: *since 2011*, *more than in June*.
_BOUNDS = words("since until till than")


def find_figures(view: View, document: Document, mentions: Sequence[Mention], *, whens: Sequence[When]) -> list[Figure]:
    """The figures of a document, in the order of their numbers.

    Parameters
    ----------
    view
        The parse of ``document.text``.
    mentions, whens
        Its actors, for who counted, and its dates, which are no figures.

    Returns
    -------
    list of Figure
        ``value``, or ``low`` and ``high`` for ranges; *dozens* has a low end only, and so has *a majority* (50).
    """
    starts = [
        i for i, word in enumerate(view.lower) if view.tag[i] == "CD" or word in _STARTS or "0" <= word[:1] <= "9"
    ]
    return _Search(view, document, mentions, whens).run(starts) if starts else []


class _Search:
    def __init__(self, view: View, document: Document, mentions: Sequence[Mention], whens: Sequence[When]) -> None:
        self.view, self.document = view, document
        self.whens = sorted((w for w in whens if w.day is not None), key=lambda w: w.first)
        self._when_at = [w.first for w in self.whens]
        self.by_head = {m.head: m for m in mentions}
        self.dated = {t for w in whens for t in range(w.first, w.last)}
        self.pollsters: dict[int, str | None] = {}
        self.out: dict[str, Figure] = {}

    def run(self, starts: list[int]) -> list[Figure]:
        done = 0
        for i in starts:
            b, e = self.view.sents[self.view.sent[i]]
            if i < done or i in self.dated or e - b > _TABLE:
                continue
            share = shares.share_at(self.view, i)
            if share is not None:
                done = max(done, share.last)
                self._add(share, Counted("percent", -1, share.last))
            elif self.view.tag[i] == "CD" or self.view.lower[i] not in shares.STARTS:
                done = max(done, self._amounts(i))
        return list(self.out.values())

    def _amounts(self, i: int) -> int:
        """Add the amounts at token `i`; returns the token after them."""
        view = self.view
        found = amounts_at(view, i)
        if not found:
            return i + 1
        last = found[-1]
        end = view.sents[view.sent[i]][1]
        counted = self._unit(last, end)
        if counted is None and len(found) == 2:
            counted = self._votes(found)
        if counted is None:
            return last.last
        for amount in found:
            self._add(amount, counted)
        j = counted.last
        if counted.unit == "votes" and view.lower[j : j + 1] == ["to"] and view.tag[j + 1 : j + 2] == ["CD"]:
            for other in amounts_at(view, j + 1):
                self._add(other, Counted("votes", -1, other.last))
                return other.last
        return last.last

    # -- units ---------------------------------------------------------------------------------------

    def _unit(self, a: Amount, end: int) -> Counted | None:
        view, j = self.view, a.last
        after = percent(view, j, end)
        if after > j or later_percent(view, j, end):
            points = view.lower[after : after + 1] == ["points"]
            return Counted("percentage points" if points else "percent", -1, after + points)
        if view.lower[j : j + 2] in (["percentage", "points"], ["percentage", "point"]) and j + 2 <= end:
            return Counted("percentage points", -1, j + 2)
        if self._part_of_name(a):
            return None
        priced = money(view, a.sign, a.begin if not a.sign else a.first, j, end)
        if priced is not None:
            return priced
        if self._no_count(a, end):
            return None
        return measure(view, j, end) or self._counted(a, j, end)

    def _counted(self, a: Amount, j: int, end: int) -> Counted | None:
        view = self.view
        if j < end and view.lower[j] in ("-", "–", "—", "/") and view.start[j] == view.end[j - 1]:
            return None
        counted = counted_noun(view, j, end, single=a.value == 1)
        node = counted.head if counted is not None else self._node(a)
        state = harm(view, node, counted.last if counted is not None else j, own=range(a.first, a.last))
        if counted is None:
            if state or (a.value is None and a.high is None and view.dep[node] in ("nsubj", "nsubjpass")):
                # *Hundreds were arrested*: people.
                return None if view.lower[j : j + 1] == ["of"] else Counted(f"people {state}".strip(), -1, j)
            return self._total(node, j)
        if state:
            head = view.lemma[counted.head] if view.tag[counted.head] != "NNPS" else view.text[counted.head]
            noun = (
                "people" if head in ("life", "other", "victim", "person") else plural(head) if head.islower() else head
            )
            noun = view.lower[counted.head] if view.tag[counted.head] == "NNS" and noun != "people" else noun
            return Counted(f"{noun} {state}", counted.head, counted.last)
        if a.value == 1 or self._definite(a) or self._speaking(a, counted.head):
            return None
        condition, _, people = counted.unit.partition(" ")
        if people and condition in ("injured", "wounded"):
            counted.unit = f"{people} injured"
        return counted

    def _node(self, a: Amount) -> int:
        """The token of the number on which it hangs in the tree."""
        for k in range(a.first, a.last):
            if not a.first <= self.view.head[k] < a.last:
                return k
        return a.last - 1

    def _total(self, node: int, last: int) -> Counted | None:
        """*The number of refugees rose to 4 million.*"""
        view = self.view
        if view.dep[node] not in ("pobj", "attr", "dobj"):
            return None
        verb = view.head[node] if view.dep[node] != "pobj" else view.head[view.head[node]]
        for c in view.children[verb]:
            if view.dep[c] == "nsubj" and view.lemma[c] in _TOTALS:
                for p in view.children[c]:
                    for g in view.children[p] if view.lower[p] == "of" else ():
                        if view.tag[g] in ("NNS", "NNPS"):
                            return Counted(view.lower[g] if view.tag[g] == "NNS" else view.text[g], -1, last)
        return None

    def _votes(self, found: list[Amount]) -> Counted | None:
        """*voted 397 to 223*, *passed it 15-0*."""
        view, node = self.view, found[0].first
        for _ in range(4):
            node = view.head[node]
            if view.lemma[node] in _VOTING:
                return Counted("votes", -1, found[-1].last)
        return None

    # -- what is no figure -----------------------------------------------------------------------------

    def _part_of_name(self, a: Amount) -> bool:
        """*Su-24*, *Resolution 2254*, *Boeing 737*, a phone number, the number of an item in a list."""
        view, i = self.view, a.first
        b, end = view.sents[view.sent[i]]
        if a.last < end and view.tag[a.last] == "CD" and view.start[a.last] - view.end[a.last - 1] <= 1:
            return True
        line_start = i == 0 or "\n" in view.raw[view.end[i - 1] : view.start[i]] or "\n" in view.text[i - 1]
        if line_start and view.lower[a.last : a.last + 1] in (["."], [")"]):
            return True
        if i == b or a.sign:
            return False
        before = view.text[i - 1]
        glued = view.end[i - 1] == view.start[i]
        if glued and (before in "-–—/.:+" or before.isalnum()) and i - 1 > b and not view.text[i - 2].isspace():
            return True
        if before == "+" or view.lower[i - 1] in _LABELS or (view.tag[i - 1] == "CD" and not a.qualifier):
            return True
        if view.lower[i - 1] == "of" and i - 2 >= b and view.text[i - 2] in ("Group", "P5", "Gang", "Big"):
            return True
        if view.tag[i - 1] not in ("NNP", "NNPS") or a.qualifier:
            return False
        return (
            view.head[i] == i - 1
            or view.dep[i - 1] in ("compound", "nmod", "nummod")
            or (view.dep[i - 1] in ("ROOT", "appos") and view.dep[i] != "nummod")
        )

    def _no_count(self, a: Amount, end: int) -> bool:
        """Times of day, ages between commas, years."""
        view, j = self.view, a.last
        following = view.lower[j] if j < end else ""
        if following in _CLOCK or ":" in view.text[a.first]:
            return True
        if (
            view.text[a.first - 1 : a.first] == [","]
            and following in (",", ")", ".")
            and view.ent[a.first - 2] == "PERSON"
        ):
            return True
        return self._year(a) and (view.tag[j : j + 1] not in (["NNS"], ["JJ"]) or not self._people_follow(j, end))

    def _year(self, a: Amount) -> bool:
        view = self.view
        text = view.text[a.first]
        if a.last > a.first + 1 or a.sign or a.qualifier or not _YEAR.fullmatch(text):
            return False
        return a.first == 0 or view.lower[a.first - 1] in _YEAR_BEFORE or view.ent[a.first] == "DATE"

    def _people_follow(self, j: int, end: int) -> bool:
        view = self.view
        return any(
            view.lemma[k] in _PEOPLE or view.lemma[k] in ("troop", "soldier", "man", "refugee")
            for k in range(j, min(end, j + 3))
        )

    def _definite(self, a: Amount) -> bool:
        """*the two sides*, *the first three*: who they are is known, the number tells nothing."""
        view = self.view
        known = a.begin > 0 and view.lower[a.begin - 1] in _DEFINITE
        return known and a.value is not None and a.value <= _SMALL and not a.qualifier

    def _speaking(self, a: Amount, head: int) -> bool:
        """*Two officials said …*"""
        view = self.view
        few = a.value is not None and a.value <= _SMALL
        return few and view.dep[head] == "nsubj" and view.lemma[view.head[head]] in ("say", "tell", "add")

    # -- the record ------------------------------------------------------------------------------------

    def _add(self, a: Amount, counted: Counted) -> None:
        view, document = self.view, self.document
        k = view.sent[a.first]
        start, end = sentences(view, a.first, a.last - 1)
        text = view.raw[start:end]
        last = max(counted.last if counted.head < 0 else a.last, a.last)
        name = digest(document.id, view.start[a.first], counted.unit)
        self.out.setdefault(
            name,
            Figure(
                id=name,
                unit=counted.unit,
                what=clause_of(view, a.begin, last),
                evidence=Evidence(document.id, start, end, text),
                value=a.value,
                low=a.low,
                high=a.high,
                qualifier=a.qualifier,
                source=self._source(a.first, k, counted.unit),
                date=self._day(a.first, k),
            ),
        )

    def _source(self, at: int, k: int, unit: str) -> str | None:
        if unit == "percent":
            named = self._pollster(k)
            if named:
                return named
        found = counted_by(self.view, at, self.by_head)
        if found or unit != "percent":
            return found
        polled = shares.polled(self.view, k)
        if not (polled or self._of_people(at, k)):
            return None
        for other in (k - 1, k - 2, k - 3, k + 1) if polled else (k - 1, k + 1):
            if 0 <= other < len(self.view.sents):
                named = self._pollster(other)
                if named:
                    return named
        return None

    def _pollster(self, k: int) -> str | None:
        if k not in self.pollsters:
            self.pollsters[k] = shares.pollster(self.view, k)
        return self.pollsters[k]

    def _of_people(self, at: int, k: int) -> bool:
        """Whether a share is one of people asked: *58 percent of Russians*, *support fell to 66 percent*."""
        view = self.view
        b, e = view.sents[k]
        return any(
            view.tag[i] == "NNPS"
            or view.lemma[i] in _PEOPLE
            or view.lemma[i] in _RATED
            or view.lemma[i] in shares.OPINION
            for i in range(max(b, at - 15), min(e, at + 15))
        )

    def _day(self, at: int, k: int) -> dt.date | None:
        """The day that the number is of: of the nearest date in its sentence with no other number between."""
        b, e = self.view.sents[k]
        here = self.whens[bisect_left(self._when_at, b) : bisect_left(self._when_at, e)]
        near = [w for w in here if self._own_date(at, w)]
        return (
            day_of(min(near, key=lambda w: abs(w.first - at)), self.document.published)
            if near
            else self.document.published
        )

    def _own_date(self, at: int, w: When) -> bool:
        lower, tag, published = self.view.lower, self.view.tag, self.document.published
        if published is not None and w.day is not None and w.day > published:
            return False
        if any(lower[t] in _BOUNDS for t in range(max(at + 1, w.first - 2), w.first + 1)):
            return False
        if any(lower[t] in _BOUNDS for t in self.view.ancestors(w.last - 1)[:4]):
            return False
        if w.precision == "year" and self.view.dep[w.last - 1] in ("nummod", "compound", "nmod", "amod"):
            return False
        if w.first < at:
            return True
        return not any(tag[t] == "CD" and tag[t - 1] != "CD" for t in range(at + 1, w.first))
