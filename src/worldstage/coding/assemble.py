"""From what predicates tell to event records: date, place, casualties, attribution, evidence; repetitions merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from worldstage.coding.casualties import Toll
from worldstage.coding.dates import When
from worldstage.coding.extract import Told
from worldstage.coding.mentions import Mention
from worldstage.coding.places import Located
from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.core.records import Actor, DatePrecision, Document, Event, Evidence, Place, Range, Status, digest
from worldstage.reference.actors import Directory
from worldstage.reference.plover import TYPES, quad, score

_LONG_AGO = 366
_OTHER_CLAUSE = 9
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "attr"})
# What hangs by these labels is another's doing, at another's place.
_OTHER_SUBJECT = frozenset({"relcl", "ccomp", "csubj", "parataxis"})
_REPORTING = words("say report tell announce state add claim confirm note declare write reveal disclose allege accord")
_HARMFUL = frozenset({"ASSAULT", "PROTEST", "COERCE"})


class Assembler:
    """Builds the events of one document.

    Parameters
    ----------
    directory
        Who is who, for events of other days than the report's.
    coder
        Name and version that each event carries.
    """

    def __init__(self, directory: Directory, coder: str) -> None:
        self.directory = directory
        self.coder = coder

    def events(
        self,
        view: View,
        document: Document,
        told: Sequence[Told],
        *,
        mentions: Sequence[Mention],
        whens: Sequence[When],
        places: Sequence[Located],
        tolls: Sequence[Toll],
        contexts: Sequence[tuple[str, ...]],
    ) -> list[Event]:
        """The events, in the order of their triggers; `contexts` has one entry per sentence."""
        out = []
        harmed = _harmed(view, told, tolls)
        for one in told:
            day, precision = self._date(view, one, whens, document.published)
            actors = self._parties(one.actors, day, document.published)
            recipients = self._parties(one.recipients, day, document.published)
            actors, recipients = _sides(one, actors, recipients)
            if not actors and not recipients:
                continue
            deaths, injured = harmed.get((one.at, "deaths")), harmed.get((one.at, "injured"))
            start, end, text = view.sentence(view.sent[one.at])
            trigger = (view.start[one.at], view.end[one.at])
            out.append(
                Event(
                    id=digest(
                        document.id,
                        *trigger,
                        *(a.code or a.name for a in actors),
                        "→",
                        *(a.code or a.name for a in recipients),
                    ),
                    type=one.type,
                    mode=one.mode,
                    context=contexts[view.sent[one.at]],
                    quad=quad(one.type),
                    score=score(one.type, one.mode),
                    actors=tuple(actors),
                    recipients=tuple(recipients),
                    date=day,
                    date_precision=precision,
                    status=_status(one, day, document.published),
                    place=_place(view, one, places),
                    deaths=deaths,
                    injured=injured,
                    attribution=_attribution(view, one, mentions),
                    publisher=document.publisher,
                    evidence=(Evidence(document.id, start, end, text),),
                    confidence=one.confidence,
                    coder=self.coder,
                    trigger=trigger,
                )
            )
        return merge(out)

    def _date(
        self, view: View, one: Told, whens: Sequence[When], published: dt.date | None
    ) -> tuple[dt.date | None, DatePrecision]:
        """The date that the predicate's own clause gives, else a clause above it, else the report's."""
        b, e = view.sents[view.sent[one.at]]
        ranked = [(_when_rank(view, one.at, w.first), abs(w.first - one.at), w) for w in whens if b <= w.first < e]
        near = [r for r in ranked if r[0] < _OTHER_CLAUSE]
        if near:
            best = min(near, key=lambda r: r[:2])[2]
            return best.day, best.precision
        return published, "day" if published else "unknown"

    def _parties(self, found: Sequence[Mention], day: dt.date | None, published: dt.date | None) -> list[Actor]:
        far = day is not None and published is not None and abs((published - day).days) > 60
        out: list[Actor] = []
        for m in found:
            for actor in m.actors:
                if far and m.hit is not None and actor.person:
                    again = self.directory.resolve(m.hit.entries, alias=m.hit.alias, day=day, known={actor.person})
                    if again.code:
                        actor = replace(
                            actor,
                            code=again.code,
                            name=again.name,
                            country=again.country,
                            sector=again.sector,
                            office=again.office,
                        )
                if not any((actor.code, actor.sector, actor.person) == (a.code, a.sector, a.person) for a in out):
                    out.append(actor)
        return _without_bare_titles(out)


def _without_bare_titles(actors: list[Actor]) -> list[Actor]:
    """*The Turkish foreign minister, Mevlut Cavusoglu* is one actor, not two."""
    persons = {(a.code, a.sector) for a in actors if a.person}
    return [a for a in actors if a.person or not a.office or (a.code, a.sector) not in persons]


def _sides(one: Told, actors: list[Actor], recipients: list[Actor]) -> tuple[list[Actor], list[Actor]]:
    """Nobody stands on both sides, save where one body of a state acts on another; a mutual act has only actors."""
    recipients = [
        r
        for r in recipients
        if not any((r.code or r.name, r.sector, r.person) == (a.code or a.name, a.sector, a.person) for a in actors)
    ]
    # Two who are attacked did not do it; two between whom there is fighting did.
    mutual = "cooperation" in quad(one.type) or any(prep == "between" for prep, _ in one.frame.preps)
    if not actors and mutual and TYPES[one.type].reciprocal and len(recipients) > 1:
        return recipients, []
    return actors, recipients


def _status(one: Told, day: dt.date | None, published: dt.date | None) -> Status:
    """The model's status, corrected by the dates: what happened over a year ago is historical."""
    status = one.status
    if day is not None and published is not None:
        if status == "occurred" and (published - day).days > _LONG_AGO:
            return "historical"
        if status == "occurred" and (day - published).days > 1:
            return "planned"
    return status  # type: ignore[return-value]


def _clause_distance(view: View, at: int, other: int) -> int:
    """Steps in the tree from a token up to the predicate; 9 where it hangs elsewhere."""
    node = other
    for steps in range(8):
        if node == at:
            return steps
        if view.head[node] == node:
            break
        node = view.head[node]
    return 9


def _governing(view: View, i: int) -> int:
    """The verb whose clause a token stands in; the root of the sentence where there is none above it."""
    node = view.head[i]
    while view.pos[node] not in ("VERB", "AUX") and view.head[node] != node:
        node = view.head[node]
    return node


def _when_rank(view: View, at: int, when: int) -> int:
    """How well a date fits a predicate: 0 in its own phrase, 1 beside a coordinated verb, 2–4 in a clause above.

    A date in another clause (*the group that killed 129 three days earlier*) does not fit at all.
    """
    left, right = view.edges(at)
    verb = _governing(view, when)
    if verb == at or (view.pos[at] not in ("VERB", "AUX") and left <= when < right):
        return 0
    node, steps = at, 0
    while view.head[node] != node:
        label = view.dep[node]
        node = view.head[node]
        if view.pos[node] in ("VERB", "AUX"):
            steps += 0 if label == "conj" else 1
            if node == verb:
                return 1 + min(steps, 3)
    return _OTHER_CLAUSE


def _place(view: View, one: Told, places: Sequence[Located]) -> Place | None:
    """The place named in the predicate's clause, or else in the dateline.

    Those of *in*, *at*, *near* go before others, towns before countries.
    """
    b, e = view.sents[view.sent[one.at]]
    parties = {i for m in (*one.actors, *one.recipients) if m.kind == "name" for i in range(m.first, m.last)}
    near = [
        p
        for p in places
        if b <= p.head < e
        and (p.head not in parties or p.located)
        and (p.first == b or _same_clause(view, one.at, p.head))
    ]
    if not near:
        return None

    def fit(p: Located) -> tuple[bool, bool, bool, int, int]:
        # A located name that opens a sentence is that of a dateline.
        return p.first == b, not p.located, p.broad, _clause_distance(view, one.at, p.head), abs(p.head - one.at)

    return min(near, key=fit).place


def _same_clause(view: View, at: int, i: int) -> bool:
    """Whether what stands at token `i` is said of the predicate, not of one that it governs or that governs it.

    *In Mali* is said of both verbs in *In Mali, the army said gunmen had killed two men*, *in Cairo* only of the
    first in *He said in Cairo that gunmen had killed two men* and in *shelled rebels in Cairo and left*.
    """
    above = [at, *view.ancestors(at)]
    verb = above[1] if view.pos[at] == "NOUN" and view.dep[at] in _ARGUMENTS else at
    node, label = i, ""
    while node not in above:
        label = view.dep[node]
        if label in _OTHER_SUBJECT or view.head[node] == node:
            return False
        node = view.head[node]
    if label in _ARGUMENTS and node not in (at, verb):
        return False
    if all(view.dep[n] not in _OTHER_SUBJECT for n in above[: above.index(node)]):
        return True
    subject = next((c for c in view.children[node] if view.dep[c] in ("nsubj", "nsubjpass")), node)
    return view.edges(i)[1] <= view.edges(subject)[0]


def _harmed(view: View, told: Sequence[Told], tolls: Sequence[Toll]) -> dict[tuple[int, str], Range]:
    """Predicate and kind → deaths or injured; each count belongs to the one harmful act nearest to it."""
    out: dict[tuple[int, str], Range] = {}
    for toll in tolls:
        near = [t.at for t in told if t.type in _HARMFUL and view.sent[t.at] == view.sent[toll.at]]
        if near:
            at = min(near, key=lambda n: (_clause_distance(view, n, toll.at), abs(n - toll.at)))
            out.setdefault((at, toll.kind), toll.count)
    return out


def _attribution(view: View, one: Told, mentions: Sequence[Mention]) -> str | None:
    """Who says so: the subject of the reporting verb above the predicate, or *according to …*."""
    by_head = {m.head: m for m in mentions}
    node = one.at
    while view.head[node] != node:
        label = view.dep[node]
        node = view.head[node]
        if view.lemma[node] in _REPORTING and label in ("ccomp", "advcl", "conj", "parataxis", "xcomp"):
            for c in view.children[node]:
                if view.dep[c] == "nsubj":
                    return None if any(c == m.head for m in one.actors) else _called(view, c, by_head)
    for c in view.children[node]:
        if view.dep[c] == "prep" and view.lower[c] == "according":
            for to in view.children[c]:
                for g in view.children[to]:
                    if view.dep[g] == "pobj":
                        return _called(view, g, by_head)
        if view.lemma[c] in _REPORTING and view.dep[c] in ("ccomp", "parataxis"):
            for g in view.children[c]:
                if view.dep[g] == "nsubj":
                    return _called(view, g, by_head)
    return None


def _called(view: View, i: int, by_head: Mapping[int, Mention]) -> str | None:
    """How the text calls the source at token `i`; the name that a pronoun stands for, None where that is unknown."""
    source = by_head.get(i)
    if source is None and view.pos[i] == "PRON":
        return None
    if source is not None:
        who = source.actors[0]
        if source.kind != "pronoun":
            return who.text
        return who.person or (f"{who.office} of {who.name}" if who.office else who.name)
    left, right = view.edges(i)
    return view.words(left, min(right, i + 6))


def merge(events: Sequence[Event]) -> list[Event]:
    """Events that one document tells twice, as one with all their evidence; the first telling keeps its id."""
    out: list[Event] = []
    alike: dict[tuple[object, ...], list[int]] = {}
    for event in events:
        key = (event.type, event.status, event.date, _whom(event.actors), _whom(event.recipients))
        places = alike.setdefault(key, [])
        at = next((k for k in places if _same_place(out[k], event)), None)
        if at is None:
            places.append(len(out))
            out.append(event)
        else:
            out[at] = _joined(out[at], event)
    return out


def _whom(actors: Sequence[Actor]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((a.code or a.name, a.sector) for a in actors))


def _same_place(one: Event, other: Event) -> bool:
    return one.place is None or other.place is None or one.place.name == other.place.name


def _joined(first: Event, again: Event) -> Event:
    mode = first.mode or again.mode
    return replace(
        first,
        mode=mode,
        score=score(first.type, mode),
        evidence=first.evidence + tuple(e for e in again.evidence if e not in first.evidence),
        place=first.place or again.place,
        deaths=first.deaths or again.deaths,
        injured=first.injured or again.injured,
        attribution=first.attribution or again.attribution,
        confidence=max(first.confidence, again.confidence),
    )
