"""The SQL of a bulk import: what a layout compiles to, and the statements that are the same for all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from worldstage.core.errors import InputError
from worldstage.exchange.mapping import Layout, folded

# What DuckDB's reader says of a line that it refuses.
REASONS = {
    "MISSING COLUMNS": "too few columns", "TOO MANY COLUMNS": "too many columns",
    "UNQUOTED VALUE": "quotation marks do not close", "INVALID UNICODE": "not in the file's encoding",
    "LINE SIZE OVER MAXIMUM": "line too long", "INVALID STATE": "quotation marks within a value", "CAST": "no text",
    "INVALID ENCODING": "not in the file's encoding",
}  # fmt: skip

LOOKUPS = (
    """CREATE OR REPLACE TEMP TABLE kinds (key VARCHAR, type VARCHAR, mode VARCHAR[], context VARCHAR[], quad VARCHAR,
        score DOUBLE, status VARCHAR, refused VARCHAR)""",
    """CREATE OR REPLACE TEMP TABLE spans (key VARCHAR, first DATE, last DATE, position INTEGER, code VARCHAR,
        name VARCHAR, country VARCHAR, sector VARCHAR, person VARCHAR, office VARCHAR, text VARCHAR,
        reason VARCHAR)""",
    "CREATE OR REPLACE TEMP TABLE lands (key VARCHAR, code VARCHAR)",
    # Hashes of the ids that the store has: numbers are far quicker to look through than the ids themselves.
    """CREATE OR REPLACE TEMP TABLE met AS
        SELECT hash(id) AS h FROM events UNION ALL SELECT hash(id) FROM reports""",
)

# A row is refused for the first thing that is wrong with it.
_REASON = """CASE WHEN s.short THEN 'too few columns' WHEN s.id IS NULL THEN 'no id'
    WHEN s.date IS NULL AND s.day IS NULL THEN 'no date'
    WHEN s.date IS NULL THEN 'not a date' ELSE k.refused END"""
_JOINED = "stage s LEFT JOIN kinds k ON k.key = s.kind"
REFUSED = f"SELECT {_REASON}, count(*) FROM {_JOINED} WHERE {_REASON} IS NOT NULL GROUP BY ALL"

# What becomes of the rows of a part that are kept; the parts of a layout that need knowledge are joined by their keys.
FRESH = f"""CREATE OR REPLACE TEMP VIEW fresh AS
    SELECT s.*, k.type, k.mode, k.context, k.quad, k.score, k.status, l.code AS country_code
    FROM {_JOINED} LEFT JOIN lands l ON l.key = s.country
    WHERE {_REASON} IS NULL AND s.rowid NOT IN (SELECT number FROM dropped)"""
# Where one key stands more than once in a part, one of its rows is taken, the same in every run.
DROPPED = """CREATE OR REPLACE TEMP TABLE dropped AS
    SELECT number FROM (
        SELECT rowid AS number, row_number() OVER (PARTITION BY id ORDER BY kind, actor, recipient, text) AS n
        FROM stage
        WHERE hash(id) IN (SELECT h FROM (SELECT hash(id) AS h FROM stage) GROUP BY h HAVING count(*) > 1))
    WHERE n > 1"""
MAY_BE_KNOWN = "SELECT count(*) FROM stage WHERE hash(id) IN (SELECT h FROM met)"
MET = "INSERT INTO met SELECT hash(id) FROM fresh"
KNOWN = """INSERT INTO dropped
    SELECT s.rowid FROM stage s SEMI JOIN events USING (id)
    UNION ALL SELECT s.rowid FROM stage s SEMI JOIN reports USING (id)"""
# Events, rows without one, first and last day, and how many different events these are to the eye.
SUMMARY = """SELECT count(type), count(*) - count(type), min(date), max(date),
    count(DISTINCT CASE WHEN type IS NOT NULL THEN hash(date, actor, recipient, type, mode, place, lat, lon) END)
    FROM fresh"""
EVENTS = """INSERT INTO events BY NAME SELECT id, ? AS document, type, mode, context, quad, score, date,
        date_trunc('week', date)::DATE AS week, date_trunc('month', date)::DATE AS month,
        coalesce(date_precision, 'day') AS date_precision, status, place, country_code AS place_country, lat, lon,
        deaths_low, deaths_high, injured_low, injured_high, attribution, coalesce(dataset, ?) AS dataset, publisher,
        source_score, coalesce(confidence, 1.0) AS confidence, coalesce(coder, ?) AS coder, id AS cluster
    FROM fresh WHERE type IS NOT NULL"""
_PARTY = "p.position, p.code, p.name, p.country, p.sector, p.person, p.office, p.text"
# An event whose actor the source does not name keeps a nameless one: who acted is not known, that it happened is.
ACTORS = """INSERT INTO event_actors SELECT f.id, ?, 'actor', coalesce(p.position, 0), p.code,
        coalesce(p.name, 'unidentified'), p.country, coalesce(p.sector, 'UNK'), p.person, p.office,
        coalesce(p.text, '')
    FROM fresh f LEFT JOIN spans p ON p.key = f.actor AND f.date BETWEEN p.first AND p.last
    WHERE f.type IS NOT NULL"""
RECIPIENTS = f"""INSERT INTO event_actors SELECT f.id, ?, 'recipient', {_PARTY}
    FROM fresh f JOIN spans p ON p.key = f.recipient AND f.date BETWEEN p.first AND p.last
    WHERE f.type IS NOT NULL"""
EVIDENCE = """INSERT INTO evidence SELECT id, NULL, 0, NULL, NULL, text, coalesce(dataset, ?), source_row
    FROM fresh WHERE type IS NOT NULL AND evidence IS NULL"""
# Our own exports carry the evidence whole.
OWN_EVIDENCE = """INSERT INTO evidence
    SELECT id, v.document, position, v.start, v.end, v.text, v.dataset, v.row FROM (
        SELECT id, unnest(list) AS v, generate_subscripts(list, 1) - 1 AS position FROM (
            SELECT id, from_json(evidence, '[{"document": "VARCHAR", "start": "INTEGER", "end": "INTEGER",
                "text": "VARCHAR", "dataset": "VARCHAR", "row": "VARCHAR"}]') AS list
            FROM fresh WHERE type IS NOT NULL AND evidence IS NOT NULL))"""
REPORTS = """INSERT INTO reports SELECT id, coalesce(dataset, ?), date, date_trunc('week', date)::DATE,
        date_trunc('month', date)::DATE, publisher FROM fresh WHERE type IS NULL"""
NAMES = """INSERT INTO mentions SELECT ?, any_value(p.text), p.code, count(*), any_value(p.reason)
    FROM (SELECT actor AS key, date FROM fresh UNION ALL SELECT recipient, date FROM fresh) f
    JOIN spans p ON p.key = f.key AND f.date BETWEEN p.first AND p.last
    WHERE p.text <> '' GROUP BY p.text, p.code"""
JOIN_NAMES = """CREATE OR REPLACE TEMP TABLE joined AS
    SELECT document, name, code, sum(count)::INTEGER AS count, min(reason) AS reason
    FROM mentions WHERE document = ? GROUP BY ALL"""

_NEW_MENTIONS = """(SELECT * FROM stage WHERE id IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY id, text, source_row ORDER BY text) = 1) s
    ANTI JOIN (SELECT event, text, source_row FROM evidence WHERE position > 0) e
        ON e.event = s.id AND e.text IS NOT DISTINCT FROM s.text AND e.source_row = s.source_row"""
MENTIONS_REFUSED = "SELECT 'no id', count(*) FROM stage WHERE id IS NULL HAVING count(*) > 0"
NEW_MENTIONS_COUNT = f"SELECT count(*) FROM {_NEW_MENTIONS}"
MENTIONS = f"INSERT INTO evidence SELECT id, NULL, 1, NULL, NULL, text, ?, source_row FROM {_NEW_MENTIONS}"

_NUMBERS = ("lat", "lon", "source_score", "confidence")
_COUNTS = ("deaths_low", "deaths_high", "injured_low", "injured_high")


def KINDS(pa: Any) -> Any:  # noqa: N802
    """Arrow schema of the lookup of kinds."""
    text = pa.string()
    return pa.schema([("key", text), ("type", text), ("mode", pa.list_(text)), ("context", pa.list_(text)),
                      ("quad", text), ("score", pa.float64()), ("status", text), ("refused", text)])  # fmt: skip


def SPANS(pa: Any) -> Any:  # noqa: N802
    """Arrow schema of the lookup of parties."""
    text = ("code", "name", "country", "sector", "person", "office", "text", "reason")
    return pa.schema([("key", pa.string()), ("first", pa.date32()), ("last", pa.date32()), ("position", pa.int32()),
                      *((t, pa.string()) for t in text)])  # fmt: skip


def LANDS(pa: Any) -> Any:  # noqa: N802
    """Arrow schema of the lookup of countries."""
    return pa.schema([("key", pa.string()), ("code", pa.string())])


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class Compiled:
    """A layout as the query that reads a part of a file into the table ``stage``.

    Parameters
    ----------
    columns
        The columns of the file in their order; where two have one name, the first is meant.
    """

    def __init__(self, layout: Layout, columns: Sequence[str]) -> None:
        self.layout, self.width = layout, len(columns)
        self.position: dict[str, int] = {}
        for i, name in enumerate(columns):
            self.position.setdefault(name.casefold(), i)
        for i, name in enumerate(columns):
            self.position.setdefault(folded(name), i)
        for name in layout.needed():
            if self.at(name) is None:
                raise InputError(
                    f"This is no {layout.title}: it has no column {name!r}.", expected=", ".join(layout.columns)
                )

    def at(self, column: str | None) -> int | None:
        """Where a column stands, however its name is written; None if the file has it not."""
        if column is None:
            return None
        return self.position.get(column.casefold(), self.position.get(folded(column)))

    def text(self, column: str | None) -> str:
        """A column's trimmed text, NULL where it is missing."""
        at = self.at(column)
        if at is None:
            return "NULL::VARCHAR"
        bare = f"nullif(trim(c{at}), '')" if self.layout.trim else f"nullif(c{at}, '')"
        if not self.layout.missing:
            return bare
        tokens = ", ".join(_literal(m) for m in self.layout.missing)
        return f"(CASE WHEN {bare} IN ({tokens}) THEN NULL ELSE {bare} END)"

    def together(self, columns: Sequence[str]) -> str:
        """Several columns as one value to look up: raw, since the few distinct ones are cleaned when they are asked."""
        if not columns:
            return "NULL::VARCHAR"
        parts = [f"c{at}" if (at := self.at(c)) is not None else "''" for c in columns]
        return parts[0] if len(parts) == 1 else f"concat_ws(chr(31), {', '.join(parts)})"

    def day(self, column: str | None) -> str:
        """A column's day."""
        text, styles = self.text(column), self.layout.date_styles
        if styles == ("%Y-%m-%d",):
            return f"try_cast({text} AS DATE)"
        return f"try_strptime({text}, [{', '.join(_literal(s) for s in styles)}])::DATE"

    def _id(self) -> tuple[str, str]:
        """The event's id, and what names the row in its source."""
        prefix = "" if self.layout.own_ids else f"{_literal(self.layout.dataset + '-')} || "
        if self.layout.key:
            keys = [self.text(c) for c in self.layout.key]
            key = " || '-' || ".join(keys)
            row = " || ' ' || ".join(f"coalesce({self.text(c)}, '')" for c in self.layout.row)
            return f"{prefix}{key}", row or key
        everything = ", ".join(f"c{i}" for i in range(self.width))
        return f"{prefix}substr(md5(concat_ws(chr(31), {everything})), 1, 16)", "NULL::VARCHAR"

    def _host(self, column: str | None) -> str:
        """A publisher's name; of an address, its host."""
        text = self.text(column)
        if text.startswith("NULL"):
            return text
        return (
            f"(CASE WHEN starts_with({text}, 'http') THEN"
            f" lower(replace(split_part({text}, '/', 3), 'www.', '')) ELSE {text} END)"
        )

    def _fields(self) -> str:
        f = self.layout.fields
        parts = [f"{self._host(f.get('publisher'))} AS publisher"]
        for name in _NUMBERS:
            given = f.get("score" if name == "source_score" else name)
            parts.append(f"try_cast({self.text(given)} AS DOUBLE) AS {name}")
        parts += [f"{self._count(n)} AS {n}" for n in _COUNTS]
        parts += [f"{self.text(f.get(n))} AS {n}" for n in ("attribution", "coder", "dataset")]
        evidence = self.text(f.get("evidence"))
        parts.append(f"CASE WHEN json_valid({evidence}) THEN {evidence} END AS evidence")
        place = [self.text(c) for c in self.layout.place]
        parts.append(f"coalesce({', '.join([*place, 'NULL'])}) AS place")
        return ", ".join(parts)

    def _count(self, name: str) -> str:
        """A count of persons; bounds that the source has the wrong way round are turned."""
        bounds = [f"try_cast({self.text(self.layout.fields.get(n))} AS DOUBLE)"
                  for n in (f"{name.partition('_')[0]}_low", f"{name.partition('_')[0]}_high")]  # fmt: skip
        own = bounds[0 if name.endswith("low") else 1]
        turned = f"{'least' if name.endswith('low') else 'greatest'}({', '.join(bounds)})"
        return f"try_cast(CASE WHEN {own} IS NOT NULL THEN {turned} END AS INTEGER)"

    def _precision(self) -> str:
        """How exactly the day is known; an event over several days is known to the week or the month."""
        layout, told = self.layout, "NULL::VARCHAR"
        if layout.precision:
            column, words = layout.precision
            cases = " ".join(f"WHEN {_literal(k)} THEN {_literal(v)}" for k, v in words.items())
            told = f"CASE {self.text(column)} {cases} END"
        if layout.last_day and self.at(layout.last_day) is not None:
            days = f"({self.day(layout.last_day)} - {self.day(layout.date)})"
            told = (
                f"CASE WHEN {days} > 31 THEN 'year' WHEN {days} > 6 AND {told} <> 'year' THEN 'month'"
                f" WHEN {days} > 0 AND {told} = 'day' THEN 'week' ELSE {told} END"
            )
        return told

    def stage(self, path: Path, *, skip: int = 0) -> str:
        """The statement that makes ``stage`` from a file."""
        layout = self.layout
        key, row = self._id()
        source = self._reader(path, skip)
        text = self.text(layout.fields.get("text"))
        # Padding would pass a row that breaks off early: the last column that must be there says so.
        short = f"c{self.width - 1 - layout.optional} IS NULL" if layout.optional else "FALSE"
        select = (
            f"SELECT {short} AS short, {key} AS id, {self.text(layout.date)} AS day, {self.day(layout.date)} AS date,"
            f" {self._precision()} AS date_precision, {self.together(layout.kind_from)} AS kind,"
            f" {self.together(layout.actor_from)} AS actor, {self.together(layout.recipient_from)} AS recipient,"
            f" {self.text(layout.country_from)} AS country, {text} AS text, {row} AS source_row, {self._fields()}"
            f" FROM {source}"
        )
        if not layout.key:
            # Rows without a key are told apart by their order among their like, so that a second import finds them.
            select = (
                "SELECT * EXCLUDE (n) REPLACE (id || CASE WHEN n > 1 THEN '.' || n ELSE '' END AS id, id AS source_row)"
                f" FROM (SELECT *, row_number() OVER (PARTITION BY id) AS n FROM ({select}))"
            )
        return f"CREATE TEMP TABLE stage AS {select}"

    def _reader(self, path: Path, skip: int) -> str:
        layout = self.layout
        if layout.reader == "parquet":
            cells = ", ".join(f"coalesce(\"{name}\"::VARCHAR, '') AS c{i}" for i, name in enumerate(layout.columns))
            return f"(SELECT {cells} FROM read_parquet({_literal(str(path))}))"
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(self.width))
        return (
            f"read_csv({_literal(str(path))}, columns={{{columns}}}, auto_detect=false, header=false, skip={skip},"
            f" delim={_literal(layout.delimiter)}, quote={_literal(layout.quote)}, escape={_literal(layout.quote)},"
            f" compression='none', encoding='{layout.encoding}', null_padding={str(layout.optional > 0).lower()},"
            f" nullstr={_literal(chr(30))}, strict_mode=true,"
            " ignore_errors=true, store_rejects=true, rejects_table='rejects', rejects_scan='reject_scans',"
            " rejects_limit=0, max_line_size=2097152)"
        )
