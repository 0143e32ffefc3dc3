"""How sure one can be: what limits the numbers."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from worldstage.dossier import words
from worldstage.dossier.book import Book
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.section import Section, fill


def render(book: Book) -> Markup:
    """Reporting, coding, volume, small numbers; then the warnings of this case."""
    found = Counter(words.confidence_class(e.confidence) for e in book.occurred)
    bounds = {"high": "0.80 and more", "fair": "0.50 to 0.79", "low": "under 0.50"}
    columns = (Column("class", "Confidence"), Column("bounds", "Value"), Column("count", "Events", True))
    rows: list[dict[str, Cell]] = [
        {"class": name, "bounds": said, "count": words.number(found[name])} for name, said in bounds.items()
    ]
    results = book.content.relations
    cautions = dict.fromkeys((*book.content.warnings, *(w for r in results for w in r.warnings)))
    outlets = {d.publisher for d in book.documents.values() if d.publisher}
    return fill(
        "certainty.html.j2",
        {
            "grid": Grid("Events that happened, by the coder’s confidence", columns, rows),
            "cautions": list(cautions),
            "outlets": len(outlets),
            "documents": len(book.documents),
            "single": sum(len({v.document or v.row for v in e.evidence}) < 2 for e in book.occurred),
            "total": len(book.occurred),
            "normalised": any(r.parameters.get("normalised") for r in results),
        },
    )


SECTION = Section("certainty", 100, "How sure one can be", render)
