"""Event data of others into the store: a layout compiled to one vectorised pass over each part of a file."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from worldstage.core.errors import InputError
from worldstage.exchange.mapping import Kind, Layout, Span
from worldstage.exchange.parties import Resolver
from worldstage.reference import plover
from worldstage.store import importsql

# Between the values of several columns that are looked up together: no text has it.
MARK = "\x1f"
_MEMORY = "1000MB"
# Events between two tidyings of the file.
_TIDY = 2_500_000
CODER = "imported"


@dataclass
class Counts:
    """What became of the rows of a file.

    Attributes
    ----------
    events, known, reports
        Rows that became events; that were there already; that tell no event and count as reporting only.
    refused
        Reason → rows.
    mentions
        Rows that name a further source of an event.
    repeats
        Among the new events, those that repeat another's day, parties, kind and place in the same part of the file.
    """

    rows: int = 0
    events: int = 0
    known: int = 0
    reports: int = 0
    mentions: int = 0
    repeats: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    first: dt.date | None = None
    last: dt.date | None = None

    def add(self, other: Counts) -> None:
        """Count another part in."""
        for name in ("rows", "events", "known", "reports", "mentions", "repeats"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.refused.update(other.refused)
        self.first = min((d for d in (self.first, other.first) if d), default=None)
        self.last = max((d for d in (self.last, other.last) if d), default=None)


class Importer:
    """Takes files of one layout into an open store, part by part; each part is one transaction.

    Parameters
    ----------
    db
        The store's connection.
    columns
        The columns of the files in their order.
    resolver
        Who is who.
    replace
        Take what is there already anew instead of leaving it.
    """

    def __init__(
        self, db: Any, layout: Layout, columns: Sequence[str], resolver: Resolver, *, replace: bool = False
    ) -> None:
        self.db, self.layout, self.resolver, self.replace = db, layout, resolver, replace
        self.columns = tuple(columns)
        self.since = 0
        self.sql = importsql.Compiled(layout, columns)
        self.document = f"import:{layout.dataset}"
        # For the rest of the session, its end included, when DuckDB tidies the file up: order does not matter, and
        # memory is bounded.
        for statement in (f"SET memory_limit = '{_MEMORY}'", "SET preserve_insertion_order = false"):
            db.execute(statement)
        for statement in importsql.LOOKUPS:
            db.execute(statement)

    @staticmethod
    def on(
        store: Any, layout: Layout, columns: Sequence[str], resolver: Resolver, *, replace: bool = False
    ) -> Importer:
        """An importer on an open store."""
        return Importer(store._db, layout, columns, resolver, replace=replace)

    def take(self, path: Path, *, skip: int = 0) -> Counts:
        """Import one part.

        Parameters
        ----------
        skip
            Lines to leave out at the beginning: the header.
        """
        import duckdb

        db = self.db
        db.execute("DROP VIEW IF EXISTS temp.fresh")
        for name in ("stage", "rejects", "reject_scans"):
            db.execute(f"DROP TABLE IF EXISTS temp.{name}")
        try:
            db.execute(self.sql.stage(path, skip=skip))
        except duckdb.Error as error:
            raise InputError(f"{path} cannot be read: {str(error).splitlines()[0]}") from error
        counts = Counts(rows=self._one("SELECT count(*) FROM stage"))
        self._rejected(counts)
        if self.layout.mentions:
            self._mentions(counts)
            return counts
        self._look_up()
        db.execute("BEGIN")
        try:
            self._keep(counts)
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("DROP VIEW fresh")
        db.execute("DROP TABLE stage")
        self.since += counts.events
        if self.since > _TIDY:
            # DuckDB joins small row groups when it tidies up: all of them at the end would take gigabytes.
            db.execute("CHECKPOINT")
            self.since = 0
        return counts

    def _one(self, query: str) -> int:
        return int(self.db.execute(query).fetchall()[0][0] or 0)

    def _rejected(self, counts: Counts) -> None:
        """Lines that the reader of the text refused."""
        if self.layout.reader == "parquet":
            return
        for kind, lines in self.db.execute(
            "SELECT error_type, count(DISTINCT line) FROM rejects GROUP BY ALL"
        ).fetchall():
            counts.refused[importsql.REASONS.get(str(kind), str(kind).lower().replace("_", " "))] += lines
            counts.rows += lines

    # -- what needs knowledge: asked once per distinct value ---------------------------------------

    def _look_up(self) -> None:
        import pyarrow as pa

        kinds = self._unknown("kind", "kinds")
        self._insert("kinds", importsql.KINDS(pa), [_kind_row(k, self._kind(k)) for k in kinds])
        for side in ("actor", "recipient"):
            rows = [r for key in self._unknown(side, "spans") for r in self._span_rows(key)]
            self._insert("spans", importsql.SPANS(pa), rows)
        if self.layout.country is not None:
            rule = self.layout.country
            self._insert(
                "lands", importsql.LANDS(pa), [(c, rule(self.resolver, c)) for c in self._unknown("country", "lands")]
            )

    def _unknown(self, column: str, table: str) -> list[str]:
        found = self.db.execute(
            f"SELECT DISTINCT {column} FROM stage WHERE {column} IS NOT NULL"
            f" AND {column} NOT IN (SELECT key FROM {table}) ORDER BY 1"
        ).fetchall()
        return [r[0] for r in found]

    def _kind(self, key: str) -> Kind:
        return self.layout.kind(self._values(key))

    def _values(self, key: str) -> tuple[str, ...]:
        """The columns that were looked up together, trimmed, without what stands for a missing value."""
        values = (" ".join(v.split()) for v in key.split(MARK))
        return tuple("" if v in self.layout.missing else v for v in values)

    def _span_rows(self, key: str) -> Iterator[tuple[Any, ...]]:
        spans: Iterable[Span] = self.layout.parties(self.resolver, self._values(key))
        some = False
        for span in spans:
            for position, p in enumerate(span.parties):
                some = True
                yield (key, span.first, span.last, position, p.code, p.name, p.country, p.sector, p.person, p.office,
                       p.text, p.reason)  # fmt: skip
        if not some:
            # A row of its own, so that the key counts as known; no day lies in it.
            yield (key, dt.date.max, dt.date.min, 0, None, "", None, "UNK", None, None, "", "")

    def _insert(self, table: str, schema: Any, rows: Sequence[tuple[Any, ...]]) -> None:
        import pyarrow as pa

        if not rows:
            return
        columns = list(zip(*rows, strict=True))
        arrow = pa.table([pa.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)
        self.db.register("incoming", arrow)
        self.db.execute(f"INSERT INTO {table} SELECT * FROM incoming")
        self.db.unregister("incoming")

    # -- keeping ---------------------------------------------------------------------------------------

    def _keep(self, counts: Counts) -> None:
        db, document, dataset = self.db, self.document, self.layout.dataset
        for reason, n in db.execute(importsql.REFUSED).fetchall():
            counts.refused[reason] += n
        db.execute(importsql.DROPPED)
        db.execute(importsql.FRESH)
        if self.replace:
            for table, column in (
                ("events", "id"),
                ("event_actors", "event"),
                ("evidence", "event"),
                ("reports", "id"),
            ):
                db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM fresh)")
        elif self._one(importsql.MAY_BE_KNOWN):
            db.execute(importsql.KNOWN)
        good = counts.rows - counts.refused.total()
        counts.events, counts.reports, counts.first, counts.last, distinct = db.execute(importsql.SUMMARY).fetchall()[0]
        counts.repeats = counts.events - distinct
        counts.known = good - counts.events - counts.reports
        db.execute(importsql.EVENTS, [document, dataset, f"{CODER} {self.layout.name}"])
        db.execute(importsql.ACTORS, [document])
        db.execute(importsql.RECIPIENTS, [document])
        db.execute(importsql.EVIDENCE, [dataset])
        db.execute(importsql.OWN_EVIDENCE)
        db.execute(importsql.REPORTS, [dataset])
        db.execute(importsql.NAMES, [document])
        db.execute(importsql.MET)

    def _mentions(self, counts: Counts) -> None:
        """Further sources of events that are told elsewhere: evidence of their own."""
        counts.refused.update(dict(self.db.execute(importsql.MENTIONS_REFUSED).fetchall()))
        counts.mentions = self._one(importsql.NEW_MENTIONS_COUNT)
        self.db.execute(importsql.MENTIONS, [self.layout.dataset])
        counts.known = counts.rows - counts.refused.total() - counts.mentions

    def note(self, source: str, counts: Counts) -> None:
        """Keep what became of a file."""
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
        numbers = {k: getattr(counts, k) for k in ("rows", "events", "known", "reports", "mentions", "repeats")}
        self.db.execute(
            "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?)",
            [self.layout.dataset, self.layout.name, source, now, self.layout.cite, json.dumps(numbers),
             json.dumps(dict(counts.refused), sort_keys=True)],
        )  # fmt: skip

    def finish(self) -> None:
        """Join the counts of names that several parts gave."""
        db = self.db
        db.execute("BEGIN")
        try:
            db.execute(importsql.JOIN_NAMES, [self.document])
            db.execute("DELETE FROM mentions WHERE document = ?", [self.document])
            db.execute("INSERT INTO mentions SELECT * FROM joined")
            db.execute("DROP TABLE joined")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise

    def unresolved(self) -> tuple[int, list[tuple[str, int]]]:
        """How many names of this data set resolved to nobody, and the most frequent with their counts."""
        found = self.db.execute(
            "SELECT name, count FROM mentions WHERE document = ? AND code IS NULL ORDER BY count DESC, name",
            [self.document],
        ).fetchall()
        return len(found), [(r[0], r[1]) for r in found[:20]]


def _kind_row(key: str, kind: Kind) -> tuple[Any, ...]:
    known = kind.type in plover.TYPES if kind.type else False
    return (
        key, kind.type, list(kind.mode), list(kind.context), plover.quad(kind.type) if known and kind.type else None,
        plover.score(kind.type, kind.mode) if known and kind.type else None, kind.status, kind.refused,
    )  # fmt: skip
