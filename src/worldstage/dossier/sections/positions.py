"""Who stands where on the issues: a line per issue, actors before and after, and the sentences behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from worldstage.charts.ranges import Ranged, ranges
from worldstage.dossier import links, words
from worldstage.dossier.book import Book, title_of
from worldstage.dossier.content import ActorLine, Bounds, IssueLine, Sentence
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill
from worldstage.dossier.sentences import shortened

_BEFORE, _AFTER = "before", "after"
_LINE = (0.0, 100.0)
_SOURCES: Mapping[str, str] = {
    "documents": "documents", "override": "the analyst", "carried": "taken as unmoved", "none": "no evidence",
}  # fmt: skip
_MOVED: Mapping[str, str] = {"up": "▲ towards the high end", "down": "▼ towards the low end", "override": "–"}
_COLUMNS = (
    Column("actor", "Actor"),
    Column("before", "Before", True, "Position before the shock on the line from 0 to 100, with its 90 % range."),
    Column("after", "After", True, "Position since the shock."),
    Column(
        "moved", "Moved", False,
        "Whether 95 % of the draws lie on one side of no change, with at least two sentences before and after.",
    ),
    Column(
        "salience", "Salience", True,
        "How much of what the actor says and does is about the issue; 1 is the largest share of any actor and issue.",
    ),
    Column("sentences", "Sentences", True, "Statements and acts that suggest a position, before and after."),
    Column("source", "From", False, "Documents, the analyst, or taken as unmoved where heard on one side only."),
)  # fmt: skip


def render(book: Book) -> Markup:
    """One part per issue."""
    return fill("positions.html.j2", {"issues": [_part(book, i) for i in book.content.issues]})


def _part(book: Book, issue: IssueLine) -> dict[str, Any]:
    held = [a for a in issue.actors if a.before or a.now]
    name, day = issue.shock
    return {
        "anchor": links.anchor("issue", issue.key),
        "question": issue.question,
        "low": issue.low,
        "high": issue.high,
        "marks": [(words.number(value), text) for value, text in issue.marks],
        "shock": f"{name}, {words.day(day)}",
        "moves": [_move(a, issue) for a in held if a.moved in ("up", "down")],
        "picture": _picture(issue, held) if held else None,
        "grid": Grid(f"Positions before and after {name}", _COLUMNS, [_row(a) for a in held]) if held else None,
        "actors": [_evidence(book, issue, a) for a in issue.actors if a.evidence or a.given],
        "warnings": issue.warnings,
    }


def _move(a: ActorLine, issue: IssueLine) -> str:
    assert a.before is not None
    assert a.now is not None
    before, after = a.counts
    return (
        f"{a.name}: from {a.before[1]:.0f} to {a.now[1]:.0f} after {words.day(issue.shock[1])}; "
        f"{words.plural(before, 'sentence')} before, {words.number(after)} after."
    )


def _picture(issue: IssueLine, held: Sequence[ActorLine]) -> Picture:
    marks = [
        Ranged(a.name, state, bounds[1], bounds[0], bounds[2])
        for a in held
        for state, bounds in ((_BEFORE, a.before), (_AFTER, a.now))
        if bounds
    ]
    places = [value for value, _ in issue.marks]
    return picture(
        lambda width: ranges(
            marks, domain=_LINE, rules=places, width=width, title=f"0: {issue.low} … 100: {issue.high}"
        ),
        ident=links.anchor("line", issue.key),
        title=f"Positions: {issue.question}",
        description=f"For {words.plural(len(held), 'actor')} the position before and after the shock with its 90 % "
        "range. The numbers stand in the table.",
        caption="Open circles stand before the shock, filled diamonds after it; lines are 90 % ranges.",
    )


def _row(a: ActorLine) -> dict[str, Cell]:
    source = dict.fromkeys(_SOURCES.get(s, s) for s in a.sources)
    return {
        "actor": a.name,
        "before": _bounds(a.before),
        "after": _bounds(a.now),
        "moved": _MOVED.get(a.moved, a.moved),
        "salience": words.number(a.salience[1], 2),
        "sentences": f"{words.number(a.counts[0])} + {words.number(a.counts[1])}",
        "source": ", ".join(source),
    }


def _bounds(found: Bounds | None) -> str:
    return f"{found[1]:.0f} ({found[0]:.0f} to {found[2]:.0f})" if found else "–"


def _evidence(book: Book, issue: IssueLine, a: ActorLine) -> dict[str, Any]:
    leaning = sum(s.position is not None for s in a.evidence)
    return {
        "anchor": links.anchor("stand", issue.key, a.name),
        "name": a.name,
        "count": len(a.evidence),
        "leaning": leaning,
        "given": [f"{what} given by the analyst{': ' + why if why else ''}" for what, why in a.given.items()],
        "sentences": [_sentence(book, s) for s in a.evidence],
    }


def _sentence(book: Book, s: Sentence) -> dict[str, Any]:
    document = book.documents.get(s.document or "")
    event = book.events.get(s.record) if s.kind == "event" else None
    return {
        "date": words.day(s.date),
        "iso": s.date.isoformat() if s.date else "",
        "text": shortened(" ".join(s.text.split())),
        "position": "takes no side" if s.position is None else f"suggests {s.position:.0f}",
        "why": ", ".join(s.why),
        "firmness": f"{words.firmness(s.firmness)} ({s.firmness:.2f})",
        "source": book.document_link(document or s.document or "", title_of(document) if document else None),
        "link": book.event_link(event)
        if event
        else links.to(links.anchor("statement", s.record), "statement")
        if s.kind == "statement"
        else "",
    }


SECTION = Section("positions", 62, "Who stands where", render)
