"""What happened: the timeline, each event with its sentence, the lists behind the numbers, what was not counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from worldstage.charts.theme import CONFLICTUAL, COOPERATIVE
from worldstage.charts.timeline import Bar, Span, timeline
from worldstage.core.records import STATUSES, Event
from worldstage.dossier import words
from worldstage.dossier.book import Book, by_month, month_anchor
from worldstage.dossier.dyads import pair
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill
from worldstage.dossier.story import party, story

_OPEN = 60
"""Lists of up to so many events stand open; longer ones are folded."""
_QUADS = (*COOPERATIVE, *CONFLICTUAL)


def render(book: Book) -> Markup:
    """The timeline with its table, events by month, events by relation, events not counted."""
    inside = [e for e in book.occurred if e.date is None or book.inside(e)]
    outside = [e for e in book.occurred if e.date is not None and not book.inside(e)]
    return fill(
        "events.html.j2",
        {
            "picture": _picture(book),
            "grid": _grid(book),
            "months": [_month(book, first, events) for first, events in by_month(inside).items()],
            "outside": [_month(book, first, events, "outside-") for first, events in by_month(outside).items()],
            "relations": _relations(book),
            "others": [_status(book, status) for status in STATUSES[1:]],
            "total": len(book.occurred),
            "open": len(book.occurred) <= _OPEN,
            "focus": book.focus,
            "unit": book.unit,
        },
    )


def _picture(book: Book) -> Picture | None:
    content = book.content
    if not content.window or not (content.series or any(content.volume.values())):
        return None
    bars = [Bar(p.period, p.quad, p.count) for p in content.series]
    span = Span(*content.window, book.unit, content.shocks)
    per = words.UNITS[book.unit]
    shocks = words.listed([f"{name} on {words.day(date)}" for name, date in content.shocks])
    return picture(
        lambda width: timeline(bars, content.volume, span, width=width),
        ident="timeline",
        title=f"Events between {book.focus} and others, {per}" if bars else f"All events reported, {per}",
        description="Bars above the line for cooperation, below it for conflict; grey bars for all events reported. "
        + (f"Marked: {shocks}. " if shocks else "")
        + "The numbers stand in the table.",
        caption=(f"Events between {book.focus} and others, {per}, by kind: " if bars else f"Events {per}. ")
        + ("above the line cooperation, below it conflict; dark are deeds, light are words. " if bars else "")
        + "Grey: all events between identified actors, a measure of how much was reported.",
    )


def _grid(book: Book) -> Grid:
    content = book.content
    counts = Counter[tuple[dt.date, str]]()
    for point in content.series:
        counts[point.period, point.quad] += point.count
    columns = [Column("period", f"{book.unit.capitalize()} from")]
    columns += [Column(quad, quad.capitalize(), True) for quad in _QUADS] if content.series else []
    columns.append(Column("volume", "All events reported", True))
    rows: list[dict[str, Cell]] = []
    for period in sorted({*content.volume, *(period for period, _ in counts)}):
        row: dict[str, Cell] = {quad: str(counts[period, quad]) for quad in _QUADS}
        row["period"] = book.period_link(period)
        row["volume"] = words.number(content.volume.get(period, 0))
        rows.append(row)
    who = f"Events between {book.focus} and others" if content.series else "Events"
    return Grid(f"{who}, {words.UNITS[book.unit]}", columns, rows, stacked=False)


def _month(book: Book, first: dt.date | None, events: Sequence[Event], prefix: str = "") -> dict[str, Any]:
    """A month's events, those of the focus actor before the others."""
    focus = book.content.focus
    own: list[Event] = []
    rest: list[Event] = []
    for event in events:
        with_focus = focus is not None and any(a.code == focus for a in (*event.actors, *event.recipients))
        (own if with_focus else rest).append(event)
    return {
        "anchor": prefix + (month_anchor(first) if first else "undated"),
        "title": words.month(first) if first else "Date not known",
        "count": len(events),
        "with_focus": len(own),
        "own": [story(e, book) for e in own],
        "rest": [story(e, book) for e in rest],
    }


def _relations(book: Book) -> list[dict[str, Any]]:
    """For every pair that the dossier gives a number of: its events, with the shocks between them."""
    focus, out = book.content.focus, []
    if focus and book.of_focus:
        title = f"{book.focus}, all relations"
        out.append(_list(book, book.all_anchor, title, book.of_focus))
    pairs = [(focus, code) for code in book.partners] if focus else []
    pairs += [(k.a, k.b) for k in book.content.links if focus not in (k.a, k.b)]
    for a, b in pairs:
        anchor = book.pair_anchor(a, b)
        events = book.by_pair.get(pair(a, b), [])
        if events and all(one["anchor"] != anchor for one in out):
            out.append(_list(book, anchor, f"{book.name(a)} – {book.name(b)}", events))
    return out


def _list(book: Book, anchor: str, title: str, events: Sequence[Event]) -> dict[str, Any]:
    lines: list[dict[str, Any]] = []
    shocks = sorted(book.content.shocks, key=lambda shock: shock[1])
    for event in sorted(events, key=lambda e: e.date or dt.date.max):
        while shocks and event.date and event.date >= shocks[0][1]:
            name, date = shocks.pop(0)
            lines.append({"shock": f"{words.day(date)}: {name}"})
        lines.append({
            "link": book.event_link(event), "date": words.moment(event.date, event.date_precision),
            "kind": words.event_type(event.type, event.mode), "quad": event.quad,
            "quad_class": event.quad.replace(" ", "-"),
            "who": words.listed([party(a, book).name for a in event.actors]),
            "whom": words.listed([party(a, book).name for a in event.recipients]),
        })  # fmt: skip
    return {"anchor": anchor, "title": title, "count": len(events), "lines": lines}


def _status(book: Book, status: str) -> dict[str, Any]:
    events = [e for e in book.others if e.status == status]
    return {
        "anchor": f"status-{status}",
        "title": words.STATUSES[status].capitalize(),
        "meaning": words.STATUS_MEANINGS[status],
        "count": len(events),
        "stories": [story(e, book) for e in events],
    }


SECTION = Section("events", 20, "What happened", render)
