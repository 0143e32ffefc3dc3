"""PLOVER as JSON lines: of the code book, of NGEC, and our own records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from worldstage.core.records import SECTORS
from worldstage.exchange import events, sectors
from worldstage.exchange.mapping import Kind, Layout, Party, Span, Values, always, together
from worldstage.exchange.parties import Resolver, country
from worldstage.reference.plover import QUADS

COLUMNS = (
    "id", "date", "date_precision", "type", "mode", "context", "status", "actor", "recipient", "place", "country",
    "lat", "lon", "score", "publisher", "text", "deaths_low", "deaths_high", "injured_low", "injured_high",
    "attribution", "dataset", "confidence", "coder", "evidence",
)  # fmt: skip
_OURS = ("code", "name", "country", "sector", "person", "office", "text")
_PRECISION = {p: p for p in ("day", "week", "month", "year", "unknown")}


def flatten(record: Mapping[str, Any]) -> dict[str, str]:
    """A record as text cells; which of the three kinds it is shows in its keys."""
    if "actors" in record:
        cells = _ours(record)
    elif "event_type" in record:
        cells = _ngec(record)
    else:
        cells = _plover(record)
    return {name: _cell(cells.get(name)) for name in COLUMNS}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _joined(value: Any) -> str:
    return ";".join(str(v) for v in _listed(value))


def _block(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A block of a record, the first of a list of them; nothing where it is missing or of another form."""
    found = record.get(name)
    if isinstance(found, list) and found:
        found = found[0]
    return found if isinstance(found, Mapping) else {}


def _bounds(name: str, value: Any) -> dict[str, Any]:
    """A count as one number, a range of ours, or nothing."""
    if isinstance(value, Mapping):
        return {f"{name}_low": value.get("low"), f"{name}_high": value.get("high")}
    return {f"{name}_low": value, f"{name}_high": value} if value is not None else {}


def _foreign(r: Mapping[str, Any]) -> str | None:
    """An id that cannot be one of ours."""
    return f"PLOVER-{r['id']}" if r.get("id") not in (None, "") else None


def _ours(r: Mapping[str, Any]) -> dict[str, Any]:
    place = r.get("place") or {}
    return {
        **{k: r.get(k) for k in ("id", "date", "date_precision", "type", "status", "publisher", "attribution",
                                 "dataset", "confidence", "coder")},
        "mode": _joined(r.get("mode")), "context": _joined(r.get("context")), "score": r.get("source_score"),
        "actor": _listed(r.get("actors")), "recipient": _listed(r.get("recipients")), "place": place.get("name"),
        "country": place.get("country"), "lat": place.get("lat"), "lon": place.get("lon"),
        **_bounds("deaths", r.get("deaths")), **_bounds("injured", r.get("injured")),
        "evidence": _listed(r.get("evidence")),
        "text": next((e.get("text") for e in _listed(r.get("evidence")) if e.get("text")), None),
    }  # fmt: skip


def _plover(r: Mapping[str, Any]) -> dict[str, Any]:
    place, size = _block(r, "event_loc") or _block(r, "eventLoc"), _block(r, "size")
    cited, more = _block(r, "cite_info"), _block(r, "worldstage")
    return {
        "id": r.get("id") if more else _foreign(r), "date": r.get("date"), "type": r.get("event"),
        "mode": _joined(r.get("mode")), "context": _joined(r.get("context")),
        "actor": _listed(r.get("actor", r.get("source"))),
        "recipient": _listed(r.get("recipient", r.get("target"))),
        "place": place.get("resolved_place") or place.get("extracted_place") or place.get("city"),
        "country": place.get("country_code") or place.get("country"), "lat": place.get("lat"), "lon": place.get("lon"),
        **_bounds("deaths", size.get("dead")), **_bounds("injured", size.get("injured")),
        "publisher": cited.get("publication") or cited.get("url"),
        "text": r.get("event_text") or r.get("eventText") or r.get("text"),
        # The code book's own scale; where the file is ours, the source's stands beside it.
        "score": r.get("event_scale"), "coder": r.get("coder"),
        **{k: v for k, v in more.items() if k in COLUMNS},
    }  # fmt: skip


def _ngec(r: Mapping[str, Any]) -> dict[str, Any]:
    told = r.get("attributes") or {}
    place = r.get("event_geolocation") or {}
    place = (place.get("geo") or place) if isinstance(place, Mapping) else {}

    def side(key: str) -> list[dict[str, Any]]:
        return [
            {"name": e.get("wiki") or e.get("text"), "text": e.get("text"), "country": e.get("country"),
             "sector": e.get("code_1")}
            for e in _listed(told.get(key)) if isinstance(e, Mapping)
        ]  # fmt: skip

    return {
        "id": _foreign(r), "date": r.get("date_resolved") or r.get("date") or r.get("pub_date"),
        "type": r.get("event_type"), "mode": _joined(r.get("event_mode")), "context": _joined(r.get("contexts")),
        "actor": side("ACTOR"), "recipient": side("RECIP"), "publisher": r.get("publisher"),
        "text": r.get("event_text"), "place": place.get("resolved_placename") or place.get("name"),
        "country": place.get("country_code3") or place.get("country"), "lat": place.get("lat"), "lon": place.get("lon"),
    }  # fmt: skip


_AUXILIARY = {"historical": "historical", "planned": "future", "hypothetical": "hypothetical", "denied": "negation"}


def record(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the store, with its parties and evidence, in PLOVER's fields.

    What PLOVER has not stands in a block of our own, so that nothing is lost.
    """
    evidence = list(row["evidence"] or ())
    auxiliary = [_AUXILIARY[row["status"]]] if row["status"] in _AUXILIARY else []
    out: dict[str, Any] = {
        "id": row["id"], "date": row["date"].isoformat() if row["date"] else None, "event": row["type"],
        "mode": [*row["mode"], *auxiliary], "context": list(row["context"]), "quad_code": _quad_code(row["quad"]),
        "event_scale": row["score"], "actor": [_as_entity(a) for a in row["actors"] or ()],
        "recipient": [_as_entity(a) for a in row["recipients"] or ()],
    }  # fmt: skip
    if row["place"] or row["place_country"]:
        out["event_loc"] = {"resolved_place": row["place"], "country_code": row["place_country"], "lat": row["lat"],
                            "lon": row["lon"]}  # fmt: skip
    counts = {name: {"low": row[f"{ours}_low"], "high": row[f"{ours}_high"]}
              for name, ours in (("dead", "deaths"), ("injured", "injured"))
              if row[f"{ours}_low"] is not None or row[f"{ours}_high"] is not None}  # fmt: skip
    if counts:
        out["size"] = counts
    out["event_text"] = next((e["text"] for e in evidence if e["text"]), None)
    out["cite_info"] = {"publication": row["publisher"], "corpus": row["dataset"]}
    out["coder"] = row["coder"]
    out["worldstage"] = {
        "status": row["status"], "date_precision": row["date_precision"], "dataset": row["dataset"],
        "score": row["source_score"], "confidence": row["confidence"], "attribution": row["attribution"],
        "evidence": evidence,
    }  # fmt: skip
    return out


def _quad_code(quad: str | None) -> int | None:
    return QUADS.index(quad) + 1 if quad in QUADS else None


def _as_entity(actor: Mapping[str, Any]) -> dict[str, Any]:
    return {**actor, "entity_text": actor["text"], "identifier_text": actor["person"] or actor["name"]}


def party(resolver: Resolver, values: Values) -> list[Span]:
    """A list of entities in JSON."""
    try:
        entities = json.loads(values[0]) if values[0] else []
    except json.JSONDecodeError:
        return resolver.named(values[0])
    return together(found) if (found := [_entity(resolver, e) for e in _listed(entities)]) else always()


def _entity(resolver: Resolver, entity: Any) -> list[Span]:
    if not isinstance(entity, Mapping):
        return resolver.named(str(entity))
    if set(_OURS) <= set(entity):
        code, name, country, sector, person, office, text = (entity[k] for k in _OURS)
        return always(Party(code, name or "", country, sector or "UNK", person, office, text or "", "as exported"))
    keys = {k.casefold().replace("_", ""): v for k, v in entity.items() if v not in (None, "")}
    text = str(next((keys[k] for k in ("identifiertext", "entityname", "name", "entitytext", "rawtext", "actortext",
                                       "text") if k in keys), ""))  # fmt: skip
    code = str(keys.get("code", keys.get("countrycode", "")))
    told = str(keys.get("sector", keys.get("sectorcode", "")))
    sector = told if told in SECTORS else sectors.CAMEO_ROLES.get(told, "UNK")
    country = resolver.country(str(keys.get("country", ""))) or resolver.country(code) or resolver.country(code[:3])
    return resolver.named(text or code, country=country, sector=sector)


def kind(values: Values) -> Kind:
    """Type, modes, contexts, and a status where the record says it."""
    found = events.from_plover(values[:3])
    if found.refused or not values[3]:
        return found
    return Kind(found.type, found.mode, found.context, None, values[3])


LAYOUT = Layout(
    name="plover",
    title="PLOVER",
    dataset="PLOVER",
    reader="json",
    flatten=flatten,
    columns=COLUMNS,
    own_ids=True,
    key=("id",),
    date="date",
    date_styles=("%Y-%m-%d", "%Y%m%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"),
    precision=("date_precision", _PRECISION),
    kind_from=("type", "mode", "context", "status"),
    kind=kind,
    actor_from=("actor",),
    recipient_from=("recipient",),
    parties=party,
    place=("place",),
    country_from="country",
    country=country,
    fields={
        "score": "score", "publisher": "publisher", "lat": "lat", "lon": "lon", "text": "text",
        **{k: k for k in ("deaths_low", "deaths_high", "injured_low", "injured_high", "attribution", "dataset",
                          "confidence", "coder", "evidence")},
    },
    cite="Coded in PLOVER (Open Event Data Alliance); cite also what each event names as its data set.",
)  # fmt: skip
