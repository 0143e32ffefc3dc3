"""Opening, filling and asking the store."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from worldstage.core.errors import StoreError, UnknownNameError
from worldstage.core.records import Coding, Correction, Document, Event, Figure, Mention, Skipped, Statement
from worldstage.store import convert, corrections, schema
from worldstage.store.filters import EventFilter

_DOCUMENT = (
    "id, sha256, text, title, publisher, author, published, published_from, language, source, kind, duplicate_of"
)


class Store:
    """A case's store.

    Use `Store.open`; as a context manager it closes itself. Writers hold the file alone, so keep sessions short.
    """

    def __init__(self, connection: Any, path: Path) -> None:
        self._db = connection
        self._frames: Any = None
        self.path = path

    @staticmethod
    def open(path: Path, *, read_only: bool = False, create: bool = False) -> Store:
        """Open a store, bringing it up to the present schema when it may be written.

        Raises
        ------
        StoreError
            If it is missing, held by another process, damaged, or made by a newer program.
        """
        import duckdb

        if not path.exists() and not create:
            raise StoreError(f"There is no store at {path}.", hint="`worldstage init DIR` makes a case")
        try:
            connection = duckdb.connect(str(path), read_only=read_only)
        except duckdb.IOException as error:
            text = str(error)
            if "lock" in text.lower():
                raise StoreError(
                    f"{path} is in use by another process.",
                    hint="wait for the other command to end, then run this again",
                ) from error
            raise StoreError(
                f"{path} cannot be opened as a store: {text.splitlines()[0]}",
                hint="restore it from a copy, or make a new case",
            ) from error
        except duckdb.Error as error:
            raise StoreError(
                f"{path} is no store of worldstage: {str(error).splitlines()[0]}",
                hint="restore it from a copy, or make a new case",
            ) from error
        connection.execute("SET preserve_insertion_order = true")
        if read_only:
            if schema.version_of(connection) != schema.VERSION:
                connection.close()
                with Store.open(path):
                    pass
                return Store.open(path, read_only=True)
        else:
            schema.migrate(connection)
        return Store(connection, path)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Any]:
        self._db.execute("BEGIN")
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            self._db.execute("ROLLBACK")
            raise

    # -- documents ---------------------------------------------------------------------------------

    def add_documents(
        self, documents: Sequence[Document], signatures: Mapping[str, Sequence[int]] | None = None
    ) -> tuple[int, int]:
        """Add documents that are not there yet, all or none.

        Parameters
        ----------
        signatures
            Document id → signature for finding near-duplicates.

        Returns
        -------
        (added, known)
            How many were new, and how many were there already (by id).
        """
        known = {row[0] for row in self._db.execute("SELECT id FROM documents").fetchall()}
        fresh: dict[str, Document] = {}
        for document in documents:
            if document.id not in known:
                fresh.setdefault(document.id, document)
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
        with self._transaction() as db:
            last = db.execute("SELECT coalesce(max(number), 0) FROM documents").fetchall()[0][0]
            for number, d in enumerate(fresh.values(), last + 1):
                db.execute(
                    "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)",
                    [
                        d.id,
                        d.sha256,
                        d.title,
                        d.publisher,
                        d.author,
                        d.published,
                        d.published_from,
                        d.language,
                        d.source,
                        d.kind,
                        d.duplicate_of,
                        d.text,
                        now,
                        number,
                    ],
                )
                if signatures and d.id in signatures:
                    db.execute("INSERT INTO signatures VALUES (?, ?)", [d.id, list(signatures[d.id])])
        return len(fresh), len(documents) - len(fresh)

    def remove_documents(self, ids: Sequence[str]) -> int:
        """Remove documents and all that was coded from them; returns how many were there."""
        if not ids:
            return 0
        marks = ", ".join("?" * len(ids))
        with self._transaction() as db:
            there = db.execute(f"SELECT count(*) FROM documents WHERE id IN ({marks})", list(ids)).fetchall()[0][0]
            for table in ("events", "event_actors", "evidence", "statements", "figures", "mentions", "signatures"):
                db.execute(f"DELETE FROM {table} WHERE document IN ({marks})", list(ids))
            db.execute(f"DELETE FROM documents WHERE id IN ({marks})", list(ids))
            db.execute(f"UPDATE documents SET duplicate_of = NULL WHERE duplicate_of IN ({marks})", list(ids))
        return int(there)

    def documents(self, *, ids: Sequence[str] | None = None) -> list[Document]:
        """The documents, oldest publication first; all, or those with the given ids."""
        where, values = ("", [])
        if ids is not None:
            where, values = f"WHERE id IN ({', '.join('?' * len(ids))})" if ids else "WHERE FALSE", list(ids)
        found = self._db.execute(
            f"SELECT {_DOCUMENT} FROM documents {where} ORDER BY published NULLS LAST, number", values
        ).fetchall()
        return [convert.document(row) for row in found]

    def signatures(self) -> dict[str, list[int]]:
        """Document id → signature."""
        return dict(self._db.execute("SELECT document, signature FROM signatures").fetchall())

    def pending(self, coder: str) -> Iterator[Document]:
        """English documents that this version of the coder has not coded, in the order in which they were added."""
        ids = [
            r[0]
            for r in self._db.execute(
                "SELECT id FROM documents WHERE language = 'en' AND coder IS DISTINCT FROM ? ORDER BY number", [coder]
            ).fetchall()
        ]
        for one in ids:
            for row in self._db.execute(f"SELECT {_DOCUMENT} FROM documents WHERE id = ?", [one]).fetchall():
                yield convert.document(row)

    def count_pending(self, coder: str) -> int:
        """How many documents `pending` would give."""
        query = "SELECT count(*) FROM documents WHERE language = 'en' AND coder IS DISTINCT FROM ?"
        return int(self._db.execute(query, [coder]).fetchall()[0][0])

    # -- codings -------------------------------------------------------------------------------------

    def save_codings(self, codings: Sequence[Coding], coder: str) -> None:
        """Replace all that was coded from these documents, in one transaction."""
        if not codings:
            return
        ids = [c.document for c in codings]
        marks = ", ".join("?" * len(ids))
        with self._transaction() as db:
            for table in ("events", "event_actors", "evidence", "statements", "figures", "mentions"):
                db.execute(f"DELETE FROM {table} WHERE document IN ({marks})", ids)
            for table, rows in convert.rows(corrections.in_force(db, codings)).items():
                if rows:
                    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            db.execute(f"UPDATE documents SET coder = ? WHERE id IN ({marks})", [coder, *ids])

    def link_events(self) -> int:
        """Give events that several documents tell the same cluster; returns how many clusters there are.

        The same event: type, status, actors, recipients and day are the same, and the places, where both are known,
        do not differ. The rows stay as they are; only the mark that joins them is set anew.
        """
        from worldstage.store.linking import clusters

        rows = self._db.execute(
            """SELECT e.id, e.document, e.type, e.status, e.date, e.date_precision, e.place,
                 coalesce((SELECT string_agg(coalesce(code, name) || '/' || sector, ','
                    ORDER BY coalesce(code, name), sector)
                    FROM event_actors a WHERE a.event = e.id AND a.document = e.document AND side = 'actor'), ''),
                 coalesce((SELECT string_agg(coalesce(code, name) || '/' || sector, ','
                    ORDER BY coalesce(code, name), sector)
                    FROM event_actors a WHERE a.event = e.id AND a.document = e.document AND side = 'recipient'), '')
               FROM events e JOIN documents d ON d.id = e.document
               ORDER BY d.published NULLS LAST, d.number, e.trigger_start, e.id"""
        ).fetchall()
        of = clusters(rows)
        with self._transaction() as db:
            if of:
                db.execute("CREATE OR REPLACE TEMP TABLE linked (id VARCHAR, cluster VARCHAR)")
                db.executemany("INSERT INTO linked VALUES (?, ?)", list(of.items()))
                db.execute(
                    "UPDATE events SET cluster = linked.cluster FROM linked WHERE linked.id = events.id"
                    " AND events.cluster IS DISTINCT FROM linked.cluster"
                )
                db.execute("DROP TABLE linked")
        return len(set(of.values()))

    def events(self, wanted: EventFilter = EventFilter()) -> list[Event]:  # noqa: B008  (frozen)
        """Events, each with the evidence of all documents that tell it, by date."""
        where, values = wanted.where()
        keys = self._db.execute(f"SELECT DISTINCT cluster FROM events e WHERE {where}", values).fetchall()
        return convert.merged_events(self._db, [k[0] for k in keys])

    def frame(self, table: str) -> Any:
        """A table as a lazy Narwhals frame over DuckDB.

        Raises
        ------
        StoreError
            For a table that the store has not.
        """
        import narwhals as nw

        if table not in (*schema.TABLES, *schema.VIEWS):
            raise StoreError(f"The store has no table {table!r}.", expected=", ".join(schema.TABLES))
        # A cursor of its own: DuckDB lets no relation run while a result of the same connection is open.
        if self._frames is None:
            self._frames = self._db.cursor()
        return nw.from_native(self._frames.table(table))

    def statements(self, *, speaker: str | None = None) -> list[Statement]:
        """Statements by date; all, or those of one actor."""
        where, values = ("WHERE speaker = ?", [speaker]) if speaker else ("", [])
        found = self._db.execute(
            f"SELECT record FROM statements {where} ORDER BY date NULLS LAST, id", values
        ).fetchall()
        return [convert.statement(json.loads(r[0])) for r in found]

    def figures(self) -> list[Figure]:
        """Figures by date."""
        found = self._db.execute("SELECT record FROM figures ORDER BY date NULLS LAST, id").fetchall()
        return [convert.figure(json.loads(r[0])) for r in found]

    def mentions(self) -> list[Mention]:
        """Names with what they resolved to, over all documents, the most frequent first."""
        found = self._db.execute(
            "SELECT name, code, sum(count)::INTEGER, min(reason) FROM mentions"
            " GROUP BY name, code ORDER BY 3 DESC, 1, 2"
        ).fetchall()
        return [Mention(*row) for row in found]

    def search(self, words: str, *, limit: int = 50) -> list[tuple[str, int, str]]:
        """Sentences of events and statements that hold all the words, as (document, start, sentence)."""
        terms = words.lower().split()
        if not terms:
            return []
        where = " AND ".join(["contains(lower(text), ?)"] * len(terms))
        found = self._db.execute(
            f"SELECT DISTINCT document, first, text FROM evidence WHERE {where} ORDER BY document, first LIMIT ?",
            [*terms, limit],
        ).fetchall()
        return [(row[0], row[1], row[2]) for row in found]

    # -- review ----------------------------------------------------------------------------------------

    def doubtful(self, wanted: EventFilter, limit: int | None = None) -> list[tuple[str, Event]]:
        """Events of documents on which no verdict was given, with their document, the most doubtful first."""
        where, values = wanted.where()
        found = self._db.execute(
            f"""SELECT e.document, e.id FROM events e WHERE {where} AND e.trigger_start IS NOT NULL AND NOT EXISTS
                (SELECT 1 FROM corrections c WHERE c.document = e.document AND c.first = e.trigger_start
                 AND c.last = e.trigger_end) ORDER BY e.confidence, e.id LIMIT {limit or 1_000_000}""",
            values,
        ).fetchall()
        events = convert.single_events(self._db, [key for _, key in found])
        return [(document, events[key]) for document, key in found]

    def told(self, event_id: str) -> tuple[str, Event]:
        """An event by its id or the beginning of it, as its document tells it, with that document.

        Raises
        ------
        UnknownNameError
            If no coded event has that id, or several begin so.
        """
        found = self._db.execute(
            "SELECT document, id FROM events WHERE starts_with(id, ?) AND trigger_start IS NOT NULL LIMIT 2", [event_id]
        ).fetchall()
        if len(found) != 1 or not event_id:
            many = "Several coded events have an id that begins" if found else "No coded event has an id that begins"
            raise UnknownNameError(f"{many} with {event_id!r}.", hint="`worldstage events --csv` lists ids")
        return found[0][0], convert.single_events(self._db, [found[0][1]])[found[0][1]]

    def corrections(self) -> list[Correction]:
        """The analyst's verdicts, in the order in which they were given."""
        return corrections.read(self._db)

    def correct(self, document: str, original: Event, verdict: str, corrected: Event | None = None) -> int:
        """Keep a verdict on an event of a document and put it in force; returns the verdict's number."""
        with self._transaction() as db:
            return corrections.add(db, document, original, verdict, corrected)

    def undo_correction(self) -> Correction | None:
        """Take the latest verdict back; None where there is none."""
        with self._transaction() as db:
            return corrections.undo(db)

    # -- ledger ----------------------------------------------------------------------------------------

    def record_run(
        self,
        command: str,
        *,
        started: dt.datetime,
        seconds: float,
        version: str,
        parameters: Mapping[str, Any],
        counts: Mapping[str, int],
        outcome: str = "done",
    ) -> None:
        """Add a run to the ledger."""
        with self._transaction() as db:
            number = db.execute("SELECT coalesce(max(number), 0) + 1 FROM runs").fetchall()[0][0]
            db.execute(
                "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    number,
                    command,
                    started,
                    seconds,
                    version,
                    json.dumps(dict(parameters), default=str, sort_keys=True),
                    json.dumps(dict(counts), sort_keys=True),
                    outcome,
                ],
            )

    def runs(self) -> list[dict[str, Any]]:
        """The ledger, oldest run first."""
        found = self._db.execute("SELECT * FROM runs ORDER BY number")
        names = [c[0] for c in found.description]
        out = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        for row in out:
            row["parameters"], row["counts"] = json.loads(row["parameters"]), json.loads(row["counts"])
        return out

    def note_skipped(self, skipped: Iterable[Skipped]) -> None:
        """Remember inputs that could not be read; one row per source and reason."""
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
        with self._transaction() as db:
            for one in skipped:
                db.execute("DELETE FROM skipped WHERE source = ? AND reason = ?", [one.source, one.reason])
                db.execute("INSERT INTO skipped VALUES (?, ?, ?)", [one.source, one.reason, now])

    def skipped(self) -> list[Skipped]:
        """Inputs that could not be read."""
        return [
            Skipped(*row)
            for row in self._db.execute("SELECT source, reason FROM skipped ORDER BY noticed, source").fetchall()
        ]

    def counts(self) -> dict[str, int]:
        """Rows per table, and events after joining those that several documents tell."""
        out = {name: int(self._db.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]) for name in schema.TABLES}
        out["distinct_events"] = int(self._db.execute("SELECT count(DISTINCT cluster) FROM events").fetchall()[0][0])
        return out
