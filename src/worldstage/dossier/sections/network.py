"""Who deals with whom around the focus actor, before and after the first shock."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from worldstage.charts.network import Edge, network
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.content import Link
from worldstage.dossier.dyads import pair
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill


def render(book: Book) -> Markup:
    """The picture and its table."""
    context: dict[str, Any] = {"picture": None, "grid": None, "focus": book.focus}
    if book.focus and book.content.links:
        context |= {"picture": _picture(book, book.focus), "grid": _grid(book)}
    return fill("network.html.j2", context)


def _stretches(book: Book) -> list[tuple[str, str]]:
    """Key and title of each stretch of time."""
    if not book.content.shocks:
        return [("before", "The whole window")]
    name, date = book.content.shocks[0]
    return [("before", f"Before {words.day(date)} ({name})"), ("after", f"From {words.day(date)} on")]


def _picture(book: Book, focus: str) -> Picture:
    panels = [
        (
            title,
            [Edge(book.name(k.a), book.name(k.b), k.events, k.score) for k in book.content.links if k.stretch == key],
        )
        for key, title in _stretches(book)
    ]
    others = {code for k in book.content.links for code in (k.a, k.b)} - {book.content.focus}
    return picture(
        lambda width: network(panels, focus, width=width),
        ident="network",
        title=f"{focus} and those it deals with: {'; '.join(title for title, _ in panels)}",
        description=f"{focus} in the middle, {words.plural(len(others), 'other actor')} around it, joined by lines. "
        "The numbers stand in the table.",
        caption=f"The thicker the line, the more events. In brackets: events with {focus} in that stretch of time. "
        "Solid blue lines are mostly cooperation, dashed orange ones mostly conflict, dotted grey ones neither (mean "
        "score between −1 and 1). Paler lines join the others with each other.",
    )


def _grid(book: Book) -> Grid:
    focus = book.content.focus
    found: dict[tuple[str, str], dict[str, Link]] = {}
    for k in book.content.links:
        found.setdefault((k.a, k.b), {})[k.stretch] = k
    order = sorted(found, key=lambda p: (focus not in p, -sum(k.events for k in found[p].values()), p))
    columns = [Column("pair", "Between")]
    for key, title in _stretches(book):
        columns += [
            Column(f"{key}_events", f"Events: {title[0].lower()}{title[1:]}", True),
            Column(f"{key}_score", "Mean score", True),
        ]
    rows: list[dict[str, Cell]] = []
    for a, b in order:
        first, second = (b, a) if b == focus else (a, b)
        row: dict[str, Cell] = {"pair": f"{book.name(first)} – {book.name(second)}"}
        for key in ("before", "after"):
            link = found[a, b].get(key)
            events = words.number(link.events) if link else "0"
            known = link and pair(a, b) in book.by_pair
            row[f"{key}_events"] = links.to(book.pair_anchor(a, b), events) if known else events
            row[f"{key}_score"] = words.number(link.score, 1) if link else "–"
        rows.append(row)
    return Grid(f"Events and mean scores around {book.focus}", columns, rows, stacked=False)


SECTION = Section("network", 40, "The network around the focus actor", render)
