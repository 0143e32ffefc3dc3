"""The content of a dossier with everything that its sections look up: names, numbers, what stands behind what."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import get_args

from markupsafe import Markup

from worldstage.core.periods import Unit, Window, period_start
from worldstage.core.records import Document, Event
from worldstage.core.results import Result
from worldstage.dossier import links, words
from worldstage.dossier.content import Content
from worldstage.dossier.dyads import ALL, Pair, by_pair, codes_of, pair, pairs

_SHOWN_REFERENCES = 12


class Book:
    """Look-ups over one `Content`, made once and shared by all sections."""

    def __init__(self, content: Content) -> None:
        self.content = content
        order = sorted(content.events, key=lambda e: (e.status != "occurred", e.date or dt.date.max, e.id))
        self.numbers = {event.id: n for n, event in enumerate(order, 1)}
        self.events = {event.id: event for event in order}
        self.occurred = [e for e in order if e.status == "occurred"]
        self.others = [e for e in order if e.status != "occurred"]
        dated = sorted(content.documents, key=lambda d: (d.published or dt.date.max, d.title or "", d.id))
        self.documents = {d.id: d for d in dated}
        self.document_numbers = {d.id: n for n, d in enumerate(dated, 1)}

    @cached_property
    def names(self) -> dict[str, str]:
        """Code → name, each name once: two actors of one name carry their codes as well."""
        found = {code: name for e in self.content.events for code, name in _named(e)}
        found |= {code: name for code, name in self.content.names.items() if name}
        often = Counter(found.values())
        return {code: f"{name} ({code})" if often[name] > 1 else name for code, name in found.items()}

    def name(self, code: str) -> str:
        """The usual name of an actor."""
        return self.names.get(code, code)

    @property
    def focus(self) -> str | None:
        """The name of the focus actor."""
        return self.name(self.content.focus) if self.content.focus else None

    @property
    def unit(self) -> Unit:
        """The unit of time; a week, where the content names none that is known."""
        unit = self.content.unit
        return unit if unit in get_args(Unit) else "week"  # type: ignore[return-value]

    @cached_property
    def window(self) -> Window | None:
        """The days that are compared."""
        return Window(*self.content.window) if self.content.window else None

    @cached_property
    def _periods(self) -> frozenset[dt.date]:
        return frozenset(self.window.periods(self.unit)) if self.window else frozenset()

    def inside(self, event: Event) -> bool:
        """Whether an event lies in one of the window's periods; without a window every dated event does."""
        if event.date is None:
            return False
        return self.window is None or period_start(event.date, self.unit) in self._periods

    @cached_property
    def counted(self) -> list[Event]:
        """The events that relations are measured on: happened, dated, inside, with two identified sides."""
        return [e for e in self.occurred if self.inside(e) and pairs(e)]

    @cached_property
    def by_pair(self) -> dict[Pair, list[Event]]:
        """Pair of codes → the counted events between them."""
        return by_pair(self.counted)

    @cached_property
    def of_focus(self) -> list[Event]:
        """The counted events that the focus actor has a part in with somebody."""
        focus = self.content.focus
        return [e for e in self.counted if any(focus in one for one in pairs(e))] if focus else []

    @cached_property
    def partners(self) -> list[str]:
        """Codes of those whom the focus actor deals with, the most frequent first."""
        focus = self.content.focus
        found = {(a if b == focus else b): len(es) for (a, b), es in self.by_pair.items() if focus in (a, b)}
        return sorted(found, key=lambda code: (-found[code], self.name(code)))

    @cached_property
    def by_document(self) -> dict[str, list[Event]]:
        """Document → the events that it tells."""
        out: dict[str, list[Event]] = defaultdict(list)
        for event in self.events.values():
            for document in dict.fromkeys(v.document for v in event.evidence if v.document):
                out[document].append(event)
        return out

    def relation(self, result: Result, label: str) -> tuple[str, list[Event]] | None:
        """The anchor and the events behind the row of a result that carries this label."""
        row = next((r for r in result.table.rows if r.get("dyad") == label), {"dyad": label})
        codes = codes_of(row, self.names, self.content.focus)
        if codes is None:
            return None
        a, b = codes
        events = self.of_focus if b == ALL and a == self.content.focus else self.by_pair.get(pair(a, b), [])
        return (self.pair_anchor(a, b), events) if events else None

    def pair_anchor(self, a: str, b: str) -> str:
        """Where the events between two actors are listed."""
        return links.anchor("between", *((a, ALL) if b == ALL else pair(a, b)))

    @property
    def all_anchor(self) -> str:
        """Where the events of the focus actor with anybody are listed."""
        return self.pair_anchor(self.content.focus or "", ALL)

    def event_link(self, event: Event) -> Markup:
        """``E12``, linked to the event."""
        return links.to(links.anchor("event", event.id), f"E{self.numbers[event.id]}")

    def event_links(self, events: Iterable[Event], most: int = _SHOWN_REFERENCES) -> Markup:
        """``E1, E2, E7``, linked; of a long row the first ones, and how many more there are."""
        events = list(events)
        shown = Markup(", ").join(self.event_link(e) for e in events[:most])
        return shown + Markup(" and {} more").format(words.number(len(events) - most)) if len(events) > most else shown

    @cached_property
    def _months(self) -> frozenset[dt.date]:
        return frozenset(e.date.replace(day=1) for e in self.occurred if e.date and self.inside(e))

    def period_link(self, period: dt.date) -> Markup:
        """The first day of a period, linked to the list of its month if there is one."""
        label, month = words.whole(words.day(period)), period.replace(day=1)
        return links.to(month_anchor(month), label) if month in self._months else Markup("{}").format(label)

    def document_link(self, document: Document | str, text: str | None = None) -> Markup:
        """``D12``, linked to the entry of the document; plain text for one that is not in the case any more."""
        ident = document if isinstance(document, str) else document.id
        if ident not in self.documents:
            return Markup("{}").format(text or "a document no longer in the case")
        return links.to(links.anchor("document", ident), text or f"D{self.document_numbers[ident]}")


def _named(event: Event) -> Iterable[tuple[str, str]]:
    return ((a.code, a.name) for a in (*event.actors, *event.recipients) if a.code)


def title_of(document: Document) -> str:
    """Its title, or how it begins."""
    if document.title and document.title.strip():
        return document.title.strip()
    start = " ".join(document.text[:200].split())
    return (start[:70].rsplit(" ", 1)[0] + " …") if start else "Untitled"


def month_anchor(day: dt.date) -> str:
    """Where the events of a month are listed."""
    return f"month-{day:%Y-%m}"


def by_month(events: Sequence[Event]) -> dict[dt.date | None, list[Event]]:
    """First day of the month → its events; None holds those without a date, and comes last."""
    out: dict[dt.date | None, list[Event]] = {}
    for event in sorted(events, key=lambda e: e.date or dt.date.max):
        out.setdefault(event.date.replace(day=1) if event.date else None, []).append(event)
    return out
