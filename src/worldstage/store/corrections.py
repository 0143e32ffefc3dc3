"""An analyst's verdicts on events: kept beside them, and put in force again whenever a document is coded anew."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from worldstage.core.records import Coding, Correction, Event
from worldstage.store import convert

_TABLES = (("events", "id"), ("event_actors", "event"), ("evidence", "event"))


def read(db: Any, documents: Sequence[str] | None = None) -> list[Correction]:
    """The verdicts in the order in which they were given; all, or those on the documents."""
    where, values = "", []
    if documents is not None:
        where, values = (
            f"WHERE document IN ({', '.join('?' * len(documents))})" if documents else "WHERE FALSE",
            [*documents],
        )
    found = db.execute(
        f"SELECT number, document, first, last, verdict, original, corrected FROM corrections {where} ORDER BY number",
        values,
    ).fetchall()
    return [
        Correction(
            number, document, (first, last), verdict, convert.event(json.loads(original)),
            convert.event(json.loads(corrected)) if corrected else None,
        )
        for number, document, first, last, verdict, original, corrected in found
    ]  # fmt: skip


def add(db: Any, document: str, original: Event, verdict: str, corrected: Event | None) -> int:
    """Write a verdict and put it in force; a former verdict on the same words gives way. Returns its number."""
    trigger = original.trigger or (None, None)
    former = [c for c in read(db, [document]) if c.trigger == trigger]
    first = former[0].original if former else original
    db.execute("DELETE FROM corrections WHERE document = ? AND first = ? AND last = ?", [document, *trigger])
    number: int = db.execute("SELECT coalesce(max(number), 0) + 1 FROM corrections").fetchall()[0][0]
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    db.execute(
        "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [number, document, *trigger, verdict, _text(first), _text(corrected) if corrected else None, now],
    )
    _put(db, document, original.id, corrected)
    return number


def undo(db: Any) -> Correction | None:
    """Take the latest verdict back and restore what the coder had said; None where there is none."""
    given = read(db)
    if not given:
        return None
    last = given[-1]
    db.execute("DELETE FROM corrections WHERE number = ?", [last.number])
    _put(db, last.document, (last.corrected or last.original).id, last.original)
    return last


def in_force(db: Any, codings: Sequence[Coding]) -> list[Coding]:
    """The codings with the verdicts on their documents put in force."""
    by_document: dict[str, list[Correction]] = defaultdict(list)
    for one in read(db, [c.document for c in codings]):
        by_document[one.document].append(one)
    return [
        replace(c, events=tuple(_with_verdicts(c.events, by_document[c.document]))) if c.document in by_document else c
        for c in codings
    ]


def _with_verdicts(events: Iterable[Event], verdicts: Sequence[Correction]) -> list[Event]:
    """The events without those judged, and what the analyst put in their place, in the order of the text."""
    kept = [e for e in events if not any(_same_words(e.trigger, v.trigger) for v in verdicts)]
    kept += [v.corrected for v in verdicts if v.corrected is not None]
    return sorted(kept, key=lambda e: e.trigger or (0, 0))


def _same_words(one: tuple[int, int] | None, other: tuple[int, int]) -> bool:
    return one is not None and one[0] < other[1] and other[0] < one[1]


def _put(db: Any, document: str, old: str, event: Event | None) -> None:
    """Replace an event's rows in one document, or remove them."""
    for name in {old, event.id if event else old}:
        for table, key in _TABLES:
            db.execute(f"DELETE FROM {table} WHERE {key} = ? AND document = ?", [name, document])
    if event is not None:
        for table, rows in convert.rows([Coding(document, (event,))]).items():
            for row in rows:
                db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _text(event: Event) -> str:
    # Unlike `as_json` with nothing rounded: taking a verdict back restores the event to the last digit.
    return json.dumps(dataclasses.asdict(event), ensure_ascii=False, default=str)
