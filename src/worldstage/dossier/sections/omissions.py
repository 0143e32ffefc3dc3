"""What was left out, and why."""

from __future__ import annotations

from markupsafe import Markup

from worldstage.core.records import STATUSES
from worldstage.dossier import links, words
from worldstage.dossier.book import Book, title_of
from worldstage.dossier.dyads import pairs
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.section import Section, fill
from worldstage.dossier.sentences import shortened

_NAMES = 60


def render(book: Book) -> Markup:
    """Inputs not read, documents not coded, names not resolved, events not counted."""
    content = book.content
    foreign = [d for d in book.documents.values() if d.language != "en"]
    silent = [d for d in book.documents.values() if d.language == "en" and d.id not in book.by_document]
    return fill(
        "omissions.html.j2",
        {
            "skipped": _skipped(book) if content.skipped else None,
            "foreign": [(book.document_link(d, title_of(d)), words.language(d.language)) for d in foreign],
            "pending": content.pending,
            "silent": [book.document_link(d, title_of(d)) for d in silent],
            "names": _names(book) if content.unresolved else None,
            "more_names": max(0, len(content.unresolved) - _NAMES),
            "statuses": _statuses(book),
            "one_sided": sum(not pairs(e) for e in book.occurred),
            "undated": sum(e.date is None for e in book.occurred),
            "outside": sum(e.date is not None and not book.inside(e) for e in book.occurred),
        },
    )


def _skipped(book: Book) -> Grid:
    columns = (Column("source", "Input"), Column("reason", "Why it was not read"))
    rows: list[dict[str, Cell]] = [
        {"source": shortened(s.source, 200), "reason": shortened(s.reason, 300)} for s in book.content.skipped
    ]
    return Grid("Inputs that could not be read", columns, rows)


def _names(book: Book) -> Grid:
    columns = (Column("name", "Name"), Column("count", "Times", True), Column("reason", "Why"))
    found = sorted(book.content.unresolved, key=lambda m: (-m.count, m.name))
    rows: list[dict[str, Cell]] = [
        {"name": shortened(m.name, 80), "count": words.number(m.count), "reason": shortened(m.reason, 200)}
        for m in found[:_NAMES]
    ]
    return Grid("Names that resolved to nobody, by frequency", columns, rows)


def _statuses(book: Book) -> Grid:
    columns = (Column("status", "Status"), Column("count", "Events", True), Column("meaning", "Meaning"))
    rows: list[dict[str, Cell]] = []
    for status in STATUSES[1:]:
        n, listed = book.content.statuses.get(status, 0), any(e.status == status for e in book.others)
        shown = words.number(n)
        rows.append({
            "status": words.STATUSES[status], "count": links.to(f"status-{status}", shown) if listed else shown,
            "meaning": words.STATUS_MEANINGS[status],
        })  # fmt: skip
    return Grid("Events that are listed, and not counted", columns, rows)


SECTION = Section("left-out", 90, "What was left out, and why", render)
