"""One event as it is told: date, kind, who did it to whom, the sentence, the sources."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from worldstage.core.records import Actor, Event, Evidence
from worldstage.dossier import links, words
from worldstage.dossier.book import Book, title_of
from worldstage.dossier.sentences import Marked, marked, shortened


@dataclass(frozen=True, slots=True)
class Party:
    """An actor: the name by which it counts, and what the report calls it."""

    name: str
    detail: str
    known: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A document that tells the event."""

    entry: Markup
    outlet: str
    date: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Story:
    """An event in words, ready for the template `event.html.j2`."""

    anchor: str
    number: int
    iso: str
    date: str
    kind: str
    quad: str
    quad_class: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    sentence: Marked
    sources: tuple[Source, ...]
    status: str
    place: str
    tolls: str
    attribution: str
    confidence: str


def story(event: Event, book: Book) -> Story:
    """Put one event into words."""
    first = event.evidence[0] if event.evidence else Evidence()
    return Story(
        anchor=links.anchor("event", event.id), number=book.numbers[event.id],
        iso=event.date.isoformat() if event.date else "", date=words.moment(event.date, event.date_precision),
        kind=words.event_type(event.type, event.mode), quad=event.quad, quad_class=event.quad.replace(" ", "-"),
        actors=tuple(party(a, book) for a in event.actors), recipients=tuple(party(a, book) for a in event.recipients),
        sentence=marked(first.text or "", first.start, event.trigger), sources=_sources(event, first, book),
        status=words.STATUSES.get(event.status, event.status), place=_place(event, book), tolls=_tolls(event),
        attribution=event.attribution or "", confidence=words.confidence(event.confidence),
    )  # fmt: skip


def party(actor: Actor, book: Book) -> Party:
    """An actor in words: ``Russia`` (Vladimir Putin, President; government)."""
    name = book.name(actor.code) if actor.code else actor.name or actor.text or "somebody"
    person = ", ".join(part for part in (actor.person, actor.office) if part)
    sector = words.SECTORS.get(actor.sector, actor.sector)
    # A report's own words help where the name is another: "the Kremlin", "the jets".
    said = f"“{actor.text}”" if actor.text and not person and actor.text.casefold() != name.casefold() else ""
    unknown = "" if actor.code else "not identified"
    return Party(name, "; ".join(part for part in (person, said, sector, unknown) if part), actor.code is not None)


def _place(event: Event, book: Book) -> str:
    if event.place is None:
        return ""
    country = book.name(event.place.country) if event.place.country else ""
    return event.place.name if country in ("", event.place.name) else f"{event.place.name}, {country}"


def _tolls(event: Event) -> str:
    found = ((words.count(event.deaths), "killed"), (words.count(event.injured), "injured"))
    return ", ".join(f"{n} {what}" for n, what in found if n)


def _sources(event: Event, first: Evidence, book: Book) -> tuple[Source, ...]:
    """One entry per document or row, the first one without its sentence: that one is printed large."""
    out, seen = [], set()
    for evidence in event.evidence:
        key = evidence.document or (evidence.dataset, evidence.row)
        if key in seen:
            continue
        seen.add(key)
        sentence = "" if evidence is first or evidence.text == first.text else shortened(evidence.text or "", 400)
        document = book.documents.get(evidence.document or "")
        if document:
            entry = book.document_link(document, title_of(document))
            out.append(Source(entry, document.publisher or "", words.day(document.published), sentence))
        elif evidence.document:
            out.append(Source(book.document_link(evidence.document), "", "", sentence))
        else:
            row = f"{evidence.dataset or 'a data set'}, row {evidence.row or 'not named'}"
            out.append(Source(Markup("{}").format(row), "", "", sentence))
    return tuple(out)
