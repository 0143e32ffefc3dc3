"""Records to rows of the store and back."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from worldstage.core.records import Actor, Coding, Document, Event, Evidence, Figure, Place, Range, Statement, as_json
from worldstage.store.linking import week_and_month

_BATCH = 500


def document(row: Sequence[Any]) -> Document:
    """A document from a row in the order of the record's fields."""
    return Document(*row)


def rows(codings: Sequence[Coding]) -> dict[str, list[list[Any]]]:
    """Table → rows to insert."""
    out: dict[str, list[list[Any]]] = {
        name: [] for name in ("events", "event_actors", "evidence", "statements", "figures", "mentions")
    }
    for coding in codings:
        for event in coding.events:
            _event_rows(event, coding.document, out)
        for s in coding.statements:
            out["statements"].append(
                [
                    s.id,
                    coding.document,
                    json.dumps(as_json(s)),
                    s.speaker.code,
                    s.speaker.person,
                    s.target.code if s.target else None,
                    s.date,
                    s.firmness,
                    s.quoted,
                ]
            )
        for f in coding.figures:
            out["figures"].append([f.id, coding.document, json.dumps(as_json(f)), f.unit, f.date])
        for m in coding.mentions:
            out["mentions"].append([coding.document, m.name, m.code, m.count, m.reason])
    return out


def _event_rows(e: Event, document: str, out: dict[str, list[list[Any]]]) -> None:
    week, month = week_and_month(e.date)
    place = e.place or Place("", None)
    deaths, injured = e.deaths or Range(None, None), e.injured or Range(None, None)
    trigger = e.trigger or (None, None)
    out["events"].append([
        e.id, document, e.type, list(e.mode), list(e.context), e.quad, e.score, e.date, week, month, e.date_precision,
        e.status, place.name or None, place.country, place.lat, place.lon, deaths.low, deaths.high, injured.low,
        injured.high, e.attribution, e.dataset, e.publisher, e.source_score, e.confidence, e.coder, *trigger, e.id,
    ])  # fmt: skip
    for side, actors in (("actor", e.actors), ("recipient", e.recipients)):
        for position, a in enumerate(actors):
            out["event_actors"].append(
                [e.id, document, side, position, a.code, a.name, a.country, a.sector, a.person, a.office, a.text]
            )
    for position, v in enumerate(e.evidence):
        out["evidence"].append([e.id, v.document or document, position, v.start, v.end, v.text, v.dataset, v.row])


def merged_events(db: Any, clusters: Sequence[str]) -> list[Event]:
    """The events of these clusters, each with the evidence of all its rows, by date and id."""
    out: list[Event] = []
    for begin in range(0, len(clusters), _BATCH):
        out.extend(_merged(db, clusters[begin : begin + _BATCH], "cluster"))
    return sorted(out, key=lambda e: (e.date or dt.date.max, e.id))


def single_events(db: Any, ids: Sequence[str]) -> dict[str, Event]:
    """Id → the event as its one document tells it."""
    out: dict[str, Event] = {}
    for begin in range(0, len(ids), _BATCH):
        out.update((e.id, e) for e in _merged(db, ids[begin : begin + _BATCH], "id"))
    return out


def _merged(db: Any, keys: Sequence[str], column: str) -> list[Event]:
    """The events whose rows share a value of the column (``cluster`` or ``id``)."""
    marks = ", ".join("?" * len(keys))
    found = _dicts(
        db,
        f"""SELECT e.*, d.published FROM events e LEFT JOIN documents d ON d.id = e.document
        WHERE e.{column} IN ({marks})
        ORDER BY (e.id = e.cluster) DESC, d.published NULLS LAST, d.number""",
        keys,
    )
    ids = [row["id"] for row in found]
    marks = ", ".join("?" * len(ids))
    actors: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    for row in _dicts(db, f"SELECT * FROM event_actors WHERE event IN ({marks}) ORDER BY event, side, position", ids):
        actors[row["event"], row["side"]].append(
            Actor(row["code"], row["name"], row["country"], row["sector"], row["person"], row["office"], row["text"])
        )
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for row in _dicts(db, f"SELECT * FROM evidence WHERE event IN ({marks}) ORDER BY event, position", ids):
        evidence[row["event"]].append(
            Evidence(row["document"], row["first"], row["last"], row["text"], row["dataset"], row["source_row"])
        )
    by_key: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in found:
        by_key[row[column]].append(row)
    return [_event(rows, actors, evidence) for rows in by_key.values()]


def _event(
    rows: Sequence[Mapping[str, Any]],
    actors: Mapping[tuple[str, str], Sequence[Actor]],
    evidence: Mapping[str, Sequence[Evidence]],
) -> Event:
    r = rows[0]
    placed = next((x for x in rows if x["place"]), None)
    trigger = (r["trigger_start"], r["trigger_end"]) if r["trigger_start"] is not None else None
    return Event(
        id=r["id"], type=r["type"], quad=r["quad"], score=r["score"],
        actors=tuple(actors.get((r["id"], "actor"), ())), recipients=tuple(actors.get((r["id"], "recipient"), ())),
        date=r["date"], evidence=tuple(v for x in rows for v in evidence.get(x["id"], ())),
        mode=tuple(r["mode"]), context=tuple(r["context"]), date_precision=r["date_precision"], status=r["status"],
        place=Place(placed["place"], placed["place_country"], placed["lat"], placed["lon"]) if placed else None,
        deaths=_range(rows, "deaths"), injured=_range(rows, "injured"),
        attribution=next((x["attribution"] for x in rows if x["attribution"]), None), dataset=r["dataset"],
        publisher=r["publisher"], source_score=r["source_score"], confidence=max(x["confidence"] for x in rows),
        coder=r["coder"], trigger=trigger,
    )  # fmt: skip


def _range(rows: Sequence[Mapping[str, Any]], kind: str) -> Range | None:
    """The count of the latest report that gives one: tolls are corrected as days pass."""
    for row in reversed(rows):
        if row[f"{kind}_low"] is not None or row[f"{kind}_high"] is not None:
            return Range(row[f"{kind}_low"], row[f"{kind}_high"])
    return None


def _dicts(db: Any, query: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    if not values:
        return []
    found = db.execute(query, list(values))
    names = [c[0] for c in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _date(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def event(record: Mapping[str, Any]) -> Event:
    """An event from its JSON form, with its trigger where the form has one."""
    values = dict(record)
    for side in ("actors", "recipients"):
        values[side] = tuple(Actor(**a) for a in values[side])
    for counted in ("deaths", "injured"):
        values[counted] = Range(**values[counted]) if values[counted] else None
    values["place"] = Place(**values["place"]) if values["place"] else None
    values["date"] = _date(values["date"])
    values["evidence"] = tuple(Evidence(**v) for v in values["evidence"])
    values["mode"], values["context"] = tuple(values["mode"]), tuple(values["context"])
    trigger = values.get("trigger")
    values["trigger"] = (trigger[0], trigger[1]) if trigger else None
    return Event(**values)


def statement(record: Mapping[str, Any]) -> Statement:
    """A statement from its JSON form."""
    values = dict(record)
    values["speaker"] = Actor(**values["speaker"])
    values["target"] = Actor(**values["target"]) if values["target"] else None
    values["date"] = _date(values["date"])
    values["evidence"] = Evidence(**values["evidence"])
    return Statement(**values)


def figure(record: Mapping[str, Any]) -> Figure:
    """A figure from its JSON form."""
    values = dict(record)
    values["date"] = _date(values["date"])
    values["evidence"] = Evidence(**values["evidence"])
    return Figure(**values)
