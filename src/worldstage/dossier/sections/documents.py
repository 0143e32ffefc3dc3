"""The documents that everything rests on."""

from __future__ import annotations

from pathlib import PureWindowsPath

from markupsafe import Markup

from worldstage.core.records import Document
from worldstage.dossier import links, words
from worldstage.dossier.book import Book, title_of
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.section import Section, fill
from worldstage.dossier.sentences import shortened

_OPEN = 150
_COLUMNS = (
    Column("number", "No."), Column("title", "Title"), Column("outlet", "Outlet"), Column("date", "Published"),
    Column("dated", "Date taken from"), Column("language", "Language"), Column("repeats", "Repeats"),
    Column("events", "Events told"),
)  # fmt: skip


def render(book: Book) -> Markup:
    """The table, by date of publication."""
    rows = [_row(book, d) for d in book.documents.values()]
    outlets = {d.publisher for d in book.documents.values() if d.publisher}
    repeated = sum(d.duplicate_of is not None for d in book.documents.values())
    grid = Grid("Documents, by date of publication", _COLUMNS, rows)
    return fill(
        "documents.html.j2",
        {
            "grid": grid if rows else None,
            "open": len(rows) <= _OPEN,
            "total": len(rows),
            "outlets": len(outlets),
            "repeated": repeated,
        },
    )


def _row(book: Book, d: Document) -> dict[str, Cell]:
    title = links.out(d.source, shortened(title_of(d), 200))
    by = Markup('<span class="by">{}</span>').format(shortened(d.author, 100)) if d.author else ""
    file = "" if links.outside(d.source) else _file(d.source)
    from_file = Markup('<span class="by">{}</span>').format(file) if file else ""
    return {
        "id": links.anchor("document", d.id),
        "number": f"D{book.document_numbers[d.id]}",
        "title": Markup("{}{}{}").format(title, by, from_file),
        "outlet": d.publisher or "–",
        "date": words.day(d.published),
        "dated": words.DATED_FROM.get(d.published_from, d.published_from),
        "language": words.language(d.language),
        "repeats": book.document_link(d.duplicate_of) if d.duplicate_of else "–",
        "events": book.event_links(book.by_document.get(d.id, ()), most=200) or "none",
    }


def _file(source: str) -> str:
    """The name of the file: where it lay on somebody's computer is nobody else's business."""
    return shortened(PureWindowsPath(source).name, 80)


SECTION = Section("documents", 80, "Documents", render)
