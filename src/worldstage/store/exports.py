"""Events out of the store: each once, with all its evidence, straight from DuckDB to the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from worldstage.core.errors import InputError
from worldstage.exchange import icews, own, plover_json
from worldstage.store.filters import EventFilter

# A `;` or a `\` within a member of a list cell is marked by a `\`; see `worldstage.exchange.cells`.
_ESCAPED = "replace(replace(coalesce({0}::VARCHAR, ''), '\\', '\\\\'), ';', '\\;')"


def _list(column: str) -> str:
    """A list as one cell."""
    return (
        f"coalesce(list_aggregate(list_transform({column}, lambda x: {_ESCAPED.format('x')}), 'string_agg', ';'), '')"
    )


def _grouped(side: str) -> str:
    """The parties of a side as cells, one row per event."""
    cells = ", ".join(f"string_agg({_ESCAPED.format(c)}, ';' ORDER BY position) AS {c}" for c in own.PARTY)
    return f"(SELECT event, {cells} FROM sides WHERE side = '{side}' GROUP BY event) {side}"


def _single(side: str) -> str:
    """The parties of a side, one row each, by the source's own name."""
    return f"""(SELECT event, position, sector, country, coalesce(nullif(text, ''), name) AS name
        FROM sides WHERE side = '{side}') {side}"""


def _prepare(db: Any, wanted: EventFilter) -> None:
    """The chosen events as temporary tables: ``chosen`` (one row each), ``sides``, ``proof``."""
    where, values = wanted.where()
    db.execute(f"CREATE OR REPLACE TEMP TABLE wanted AS SELECT DISTINCT cluster FROM events e WHERE {where}", values)
    # Of an event that several documents tell: the place of the first that gives one, the toll of the latest.
    db.execute(
        """CREATE OR REPLACE TEMP TABLE chosen AS
        WITH rows AS (
            SELECT e.*, d.published AS told, d.number FROM events e SEMI JOIN wanted USING (cluster)
            LEFT JOIN documents d ON d.id = e.document),
        several AS (
            SELECT cluster, max(confidence) AS confidence,
                first(struct_pack(place, place_country, lat, lon) ORDER BY id <> cluster, told NULLS LAST, number)
                    FILTER (place IS NOT NULL) AS site,
                last(struct_pack(deaths_low, deaths_high) ORDER BY id = cluster DESC, told NULLS LAST, number)
                    FILTER (deaths_low IS NOT NULL OR deaths_high IS NOT NULL) AS deaths,
                last(struct_pack(injured_low, injured_high) ORDER BY id = cluster DESC, told NULLS LAST, number)
                    FILTER (injured_low IS NOT NULL OR injured_high IS NOT NULL) AS injured,
                first(attribution ORDER BY id <> cluster, told NULLS LAST, number)
                    FILTER (attribution IS NOT NULL) AS attribution
            FROM rows GROUP BY cluster HAVING count(*) > 1)
        SELECT r.* EXCLUDE (told, number) REPLACE (
            coalesce(s.site.place, r.place) AS place, coalesce(s.site.place_country, r.place_country) AS place_country,
            coalesce(s.site.lat, r.lat) AS lat, coalesce(s.site.lon, r.lon) AS lon,
            CASE WHEN s.deaths IS NULL THEN r.deaths_low ELSE s.deaths.deaths_low END AS deaths_low,
            CASE WHEN s.deaths IS NULL THEN r.deaths_high ELSE s.deaths.deaths_high END AS deaths_high,
            CASE WHEN s.injured IS NULL THEN r.injured_low ELSE s.injured.injured_low END AS injured_low,
            CASE WHEN s.injured IS NULL THEN r.injured_high ELSE s.injured.injured_high END AS injured_high,
            coalesce(s.attribution, r.attribution) AS attribution,
            coalesce(s.confidence, r.confidence) AS confidence)
        FROM rows r LEFT JOIN several s USING (cluster) WHERE r.id = r.cluster"""
    )
    db.execute(
        "CREATE OR REPLACE TEMP TABLE sides AS SELECT a.* FROM event_actors a SEMI JOIN chosen c"
        " ON c.id = a.event AND c.document = a.document"
    )
    db.execute(
        """CREATE OR REPLACE TEMP TABLE proof AS
        SELECT e.cluster AS event, list(struct_pack(document := v.document, start := v.first, "end" := v.last,
            text := v.text, dataset := v.dataset, row := v.source_row)
            ORDER BY e.id <> e.cluster, d.published NULLS LAST, d.number, v.position) AS list
        FROM (SELECT id, cluster, document FROM events SEMI JOIN wanted USING (cluster)) e
        JOIN evidence v ON v.event = e.id LEFT JOIN documents d ON d.id = e.document GROUP BY e.cluster"""
    )


_JOINED = """FROM chosen r LEFT JOIN proof p ON p.event = r.id LEFT JOIN {actor} ON actor.event = r.id
    LEFT JOIN {recipient} ON recipient.event = r.id ORDER BY r.date, r.id"""


def _flat() -> str:
    """The query of our own table, columns in the order of its codebook."""
    made = {
        "mode": _list("r.mode"),
        "context": _list("r.context"),
        "evidence": "to_json(coalesce(p.list, []))::VARCHAR",
    }
    made |= {f"{side}_{c}": f"{side}.{c}" for side in ("actor", "recipient") for c in own.PARTY}
    parts = [f"{made.get(name, f'r.{name}')} AS {name}" for name in own.COLUMNS]
    joined = _JOINED.format(actor=_grouped("actor"), recipient=_grouped("recipient"))
    return f"SELECT {', '.join(parts)} {joined}"


def table(db: Any, wanted: EventFilter, path: Path, *, parquet: bool = False) -> int:
    """Our own table as CSV or Parquet; returns how many events."""
    _prepare(db, wanted)
    form = "FORMAT parquet, COMPRESSION zstd" if parquet else "FORMAT csv, HEADER true, NULLSTR ''"
    return _copied(db, _flat(), path, form)


def _copied(db: Any, query: str, path: Path, form: str) -> int:
    import duckdb

    quoted = str(path).replace("'", "''")
    try:
        return int(db.execute(f"COPY ({query}) TO '{quoted}' ({form})").fetchall()[0][0])
    except duckdb.IOException as error:
        raise InputError(f"{path} cannot be written: {str(error).splitlines()[0]}.") from error


_ICEWS = {
    # One row per pair: an id of its own for each.
    "Event ID": "r.id || CASE WHEN actor.position + coalesce(recipient.position, 0) = 0 THEN ''"
    " ELSE '.' || actor.position || '.' || coalesce(recipient.position, 0) END",
    "Event Date": "strftime(r.date, '%Y-%m-%d')",
    "Source Name": "actor.name",
    "Source Sectors": "actor.sector",
    "Source Country": "actor.country",
    "Event Text": "r.type || coalesce(' ' || nullif({mode}, ''), '')",
    "CAMEO Code": "NULL",
    "Intensity": "r.score",
    "Target Name": "recipient.name",
    "Target Sectors": "recipient.sector",
    "Target Country": "recipient.country",
    "Story ID": "p.list[1].document",
    "Sentence Number": "p.list[1].start",
    "Publisher": "r.publisher",
    "City": "r.place",
    "District": "NULL",
    "Province": "NULL",
    "Country": "r.place_country",
    "Latitude": "r.lat",
    "Longitude": "r.lon",
}


def icews_like(db: Any, wanted: EventFilter, path: Path) -> int:
    """A tab-separated file with ICEWS's columns, one row per actor and recipient; returns how many rows.

    A PLOVER type stands where ICEWS has its event text: our events have no CAMEO code.
    """
    _prepare(db, wanted)
    mode = _list("r.mode")
    # Tabs and line breaks cannot stand in a file without quotation marks.
    parts = [
        f"coalesce(regexp_replace(({_ICEWS[n].format(mode=mode)})::VARCHAR, '[\\t\\r\\n]+', ' ', 'g'), 'NA') AS \"{n}\""
        for n in icews.COLUMNS
    ]
    joined = _JOINED.format(actor=_single("actor"), recipient=_single("recipient"))
    query = f"SELECT {', '.join(parts)} {joined}, actor.position, recipient.position"
    return _copied(db, query, path, "FORMAT csv, HEADER true, DELIMITER '\t', QUOTE ''")


def plover_lines(db: Any, wanted: EventFilter, path: Path) -> int:
    """PLOVER as JSON lines; returns how many events."""
    _prepare(db, wanted)
    struct = ", ".join(f"{c} := {c}" for c in own.PARTY)
    side = (
        "(SELECT event, list(struct_pack({0}) ORDER BY position) AS list FROM sides WHERE side = '{1}' GROUP BY event)"
        " {1}"
    )
    joined = _JOINED.format(actor=side.format(struct, "actor"), recipient=side.format(struct, "recipient"))
    found = db.execute(f"SELECT r.*, actor.list AS actors, recipient.list AS recipients, p.list AS evidence {joined}")
    names = [c[0] for c in found.description]
    count = 0
    with path.open("w", encoding="utf-8") as out:
        while rows := found.fetchmany(5000):
            for row in rows:
                record = plover_json.record(dict(zip(names, row, strict=True)))
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += len(rows)
    return count


def frames(db: Any, wanted: EventFilter) -> tuple[Any, Any]:
    """The chosen events and their parties as lazy Narwhals frames over Arrow, for what is counted over them."""
    import narwhals as nw

    _prepare(db, wanted)
    events = db.sql("SELECT id, cluster, document, date, week, month, quad, type, score, status FROM chosen")
    sides = db.sql("SELECT event, document, side, position, code FROM sides")
    return nw.from_native(events.to_arrow_table()).lazy(), nw.from_native(sides.to_arrow_table()).lazy()


def sources(db: Any) -> list[tuple[str, int, str]]:
    """Data sets of the chosen events, how many events each gave, and what to cite for it."""
    return [
        (str(dataset), int(n), str(cite or ""))
        for dataset, n, cite in db.execute(
            "SELECT c.dataset, count(*), (SELECT max(i.cite) FROM imports i WHERE i.dataset = c.dataset)"
            " FROM chosen c GROUP BY c.dataset ORDER BY c.dataset"
        ).fetchall()
    ]
