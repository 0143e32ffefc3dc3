"""Numbers that the reports give: casualties, shares in polls, forces."""

from __future__ import annotations

from markupsafe import Markup

from worldstage.core.records import Figure
from worldstage.dossier import links, words
from worldstage.dossier.book import Book, title_of
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.section import Section, fill
from worldstage.dossier.sentences import shortened

_OPEN = 40
_COLUMNS = (
    Column("value", "Number"), Column("what", "What is counted"), Column("counter", "Who counted"),
    Column("date", "Date"), Column("sentence", "Sentence"), Column("document", "Document"),
)  # fmt: skip


def render(book: Book) -> Markup:
    """The table, by date."""
    figures = sorted(book.content.figures, key=lambda f: (f.date is None, f.date, f.id))
    grid = Grid("Figures in the reports", _COLUMNS, [_row(book, f) for f in figures])
    return fill("figures.html.j2", {"grid": grid if figures else None, "open": len(figures) <= _OPEN})


def _row(book: Book, f: Figure) -> dict[str, Cell]:
    document = book.documents.get(f.evidence.document or "")
    source = book.document_link(document or f.evidence.document or "", title_of(document) if document else None)
    return {
        "id": links.anchor("figure", f.id),
        "value": Markup("<strong>{}</strong> {}").format(amount(f), f.unit),
        "what": shortened(f.what, 140) or "–",
        "counter": f.source or "not said",
        "date": words.day(f.date),
        "sentence": shortened(f.evidence.text or "", 400),
        "document": source,
    }


def amount(f: Figure) -> str:
    """The number with its qualifier: ``about 21``, ``at least 4``, ``10 to 12``, ``over 130``."""
    if f.value is not None:
        said = words.number(f.value)
    elif f.low is not None and f.high is not None:
        said = f"{words.number(f.low)} to {words.number(f.high)}"
    elif f.low is not None or f.high is not None:
        said = words.number(f.low if f.low is not None else f.high or 0)
        if not f.qualifier:
            return f"{'at least' if f.low is not None else 'up to'} {said}"
    else:
        said = "–"
    return f"{f.qualifier} {said}" if f.qualifier else said


SECTION = Section("figures", 70, "Figures in the reports", render)
