"""What was said, by speaker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from worldstage.core.records import Statement
from worldstage.dossier import links, words
from worldstage.dossier.book import Book, title_of
from worldstage.dossier.section import Section, fill
from worldstage.dossier.sentences import shortened
from worldstage.dossier.story import party

_OPEN = 30


def render(book: Book) -> Markup:
    """Statements grouped by speaker: the focus actor's first, then those who speak most."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in book.content.statements:
        groups[_speaker(statement, book)].append(statement)
    focus = book.focus
    order = sorted(groups, key=lambda key: (key[1] != focus, -len(groups[key]), key))
    return fill(
        "statements.html.j2",
        {
            "speakers": [_group(book, key, groups[key]) for key in order],
            "total": len(book.content.statements),
            "open": len(book.content.statements) <= _OPEN,
        },
    )


def _speaker(statement: Statement, book: Book) -> tuple[str, str]:
    """Who speaks, and for whom: person (or the report's words) and actor."""
    actor = statement.speaker
    return actor.person or "", party(actor, book).name


def _group(book: Book, key: tuple[str, str], statements: Sequence[Statement]) -> dict[str, Any]:
    person, actor = key
    offices = dict.fromkeys(s.speaker.office for s in statements if s.speaker.office)
    detail = ", ".join((*offices, actor)) if person else ""
    ordered = sorted(statements, key=lambda s: (s.date is None, s.date, s.id))
    return {
        "anchor": links.anchor("speaker", person or "-", actor),
        "name": person or actor,
        "detail": detail,
        "count": len(statements),
        "quoted": sum(s.quoted for s in statements),
        "statements": [_said(book, s) for s in ordered],
    }


def _said(book: Book, s: Statement) -> dict[str, Any]:
    document = book.documents.get(s.evidence.document or "")
    event = book.events.get(s.event or "")
    as_told = s.speaker.text if s.speaker.text and not s.speaker.person else ""
    return {
        "anchor": links.anchor("statement", s.id),
        "date": words.day(s.date),
        "iso": s.date.isoformat() if s.date else "",
        "text": shortened(s.text.strip(" “”\"'")),
        "quoted": s.quoted,
        "verb": s.verb,
        "as_told": as_told,
        "target": party(s.target, book).name if s.target else "",
        "firmness": f"{words.firmness(s.firmness)} ({s.firmness:.2f})",
        "source": book.document_link(document or s.evidence.document or "", title_of(document) if document else None),
        "outlet": (document.publisher or "") if document else "",
        "event": book.event_link(event) if event else "",
    }


SECTION = Section("statements", 60, "What was said", render)
