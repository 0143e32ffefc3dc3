"""The tables of the store, and the steps from each version of them to the next."""

from __future__ import annotations

from typing import Any

from worldstage.core.errors import StoreError

# Each entry brings a store from the version before to its own; the first makes an empty store. Entries are
# never changed once released: a new version is a new entry.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key VARCHAR, value VARCHAR)",
        """CREATE TABLE documents (
            id VARCHAR, sha256 VARCHAR, title VARCHAR, publisher VARCHAR, author VARCHAR, published DATE,
            published_from VARCHAR, language VARCHAR, source VARCHAR, kind VARCHAR, duplicate_of VARCHAR,
            text VARCHAR, added TIMESTAMP, coder VARCHAR, number BIGINT)""",
        "CREATE TABLE signatures (document VARCHAR, signature UINTEGER[])",
        """CREATE TABLE events (
            id VARCHAR, document VARCHAR, type VARCHAR, mode VARCHAR[], context VARCHAR[], quad VARCHAR,
            score DOUBLE, date DATE, week DATE, month DATE, date_precision VARCHAR, status VARCHAR,
            place VARCHAR, place_country VARCHAR, lat DOUBLE, lon DOUBLE,
            deaths_low INTEGER, deaths_high INTEGER, injured_low INTEGER, injured_high INTEGER,
            attribution VARCHAR, dataset VARCHAR, publisher VARCHAR, source_score DOUBLE, confidence DOUBLE,
            coder VARCHAR, trigger_start INTEGER, trigger_end INTEGER, cluster VARCHAR)""",
        """CREATE TABLE event_actors (
            event VARCHAR, document VARCHAR, side VARCHAR, position INTEGER, code VARCHAR, name VARCHAR,
            country VARCHAR, sector VARCHAR, person VARCHAR, office VARCHAR, text VARCHAR)""",
        """CREATE TABLE evidence (
            event VARCHAR, document VARCHAR, position INTEGER, first INTEGER, last INTEGER, text VARCHAR,
            dataset VARCHAR, source_row VARCHAR)""",
        """CREATE TABLE statements (
            id VARCHAR, document VARCHAR, record JSON, speaker VARCHAR, person VARCHAR, target VARCHAR, date DATE,
            firmness DOUBLE, quoted BOOLEAN)""",
        "CREATE TABLE figures (id VARCHAR, document VARCHAR, record JSON, unit VARCHAR, date DATE)",
        "CREATE TABLE mentions (document VARCHAR, name VARCHAR, code VARCHAR, count INTEGER, reason VARCHAR)",
        """CREATE TABLE runs (
            number BIGINT, command VARCHAR, started TIMESTAMP, seconds DOUBLE, version VARCHAR, parameters JSON,
            counts JSON, outcome VARCHAR)""",
        "CREATE TABLE skipped (source VARCHAR, reason VARCHAR, noticed TIMESTAMP)",
    ),
    (
        """CREATE TABLE corrections (
            number BIGINT, document VARCHAR, first INTEGER, last INTEGER, verdict VARCHAR, original JSON,
            corrected JSON, noted TIMESTAMP)""",
    ),
    (
        # Rows of imported files that tell no event of PLOVER: counted in the volume of reporting only.
        "CREATE TABLE reports (id VARCHAR, dataset VARCHAR, date DATE, week DATE, month DATE, publisher VARCHAR)",
        """CREATE TABLE imports (
            dataset VARCHAR, format VARCHAR, source VARCHAR, imported TIMESTAMP, cite VARCHAR, counts JSON,
            refused JSON)""",
        """CREATE VIEW volume AS
            SELECT date, week, month, dataset, publisher, count(*) AS reports, count(*) FILTER (coded) AS events
            FROM (SELECT date, week, month, dataset, publisher, true AS coded FROM events
                  UNION ALL SELECT date, week, month, dataset, publisher, false AS coded FROM reports)
            WHERE date IS NOT NULL GROUP BY ALL""",
    ),
)
VERSION = len(MIGRATIONS)
TABLES = (
    "documents",
    "signatures",
    "events",
    "event_actors",
    "evidence",
    "statements",
    "figures",
    "mentions",
    "runs",
    "skipped",
    "corrections",
    "reports",
    "imports",
)
VIEWS = ("volume",)


def version_of(connection: Any) -> int:
    """The schema version of an open store; 0 for an empty file."""
    made = connection.execute("SELECT count(*) FROM information_schema.tables WHERE table_name = 'meta'").fetchall()[0][
        0
    ]
    if not made:
        return 0
    rows = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall()
    return int(rows[0][0]) if rows else 0


def migrate(connection: Any) -> None:
    """Bring an open store up to the present version, each step in one transaction.

    Raises
    ------
    StoreError
        If the store was made by a newer program.
    """
    have = version_of(connection)
    if have > VERSION:
        raise StoreError(
            f"The store has schema version {have}; this program knows versions up to {VERSION}.",
            hint="update worldstage",
        )
    for number in range(have, VERSION):
        connection.execute("BEGIN")
        try:
            for statement in MIGRATIONS[number]:
                connection.execute(statement)
            connection.execute("DELETE FROM meta WHERE key = 'schema'")
            connection.execute("INSERT INTO meta VALUES ('schema', ?)", [str(number + 1)])
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
