"""A case and its verbs: what the command line does, as methods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import ConfigError, InputError
from worldstage.core.records import Correction, Document, Event, Figure, Mention, Skipped, Statement
from worldstage.core.results import Result
from worldstage.study import settings as settings_file
from worldstage.study.ledger import Ledger
from worldstage.study.settings import Settings

if TYPE_CHECKING:
    from worldstage.coding.coder import Coder
    from worldstage.coding.model import Bundle
    from worldstage.reference.actors import Directory, Resolution
    from worldstage.store import EventFilter, Store
    from worldstage.study.effect_result import Effect
    from worldstage.study.exchange import Exported
    from worldstage.study.importing import Imported
    from worldstage.study.positions import Positions
    from worldstage.study.roles import Roles
    from worldstage.study.stakes import CaseStakes
    from worldstage.study.train import Trained

SETTINGS, STORE, ACTORS = "case.toml", "case.duckdb", "actors.csv"
_BATCH = 25
Progress = Callable[[int, int | None], None]


def _silent(_done: int, _total: int | None) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Added:
    """What `Case.add` did: documents added, known before, linked as near-duplicates, not English, skipped."""

    added: int = 0
    known: int = 0
    duplicates: int = 0
    foreign: int = 0
    undated: int = 0
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class Coded:
    """What `Case.code` did."""

    documents: int = 0
    events: int = 0
    statements: int = 0
    figures: int = 0
    distinct: int = 0


@dataclass(frozen=True)
class Removed:
    """What `Case.remove` did, with what it found nothing for."""

    documents: int = 0
    unknown: tuple[str, ...] = field(default=())


class Case:
    """One study: a folder with its settings and its store.

    Parameters
    ----------
    folder
        The folder; use `Case.find` to look for it upward from where one stands.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.settings: Settings = settings_file.read(self.folder / SETTINGS)

    # -- making and finding ------------------------------------------------------------------------

    @staticmethod
    def init(folder: str | Path, *, question: str = "", focus: str | None = None, shock: dt.date | None = None) -> Case:
        """Make a case in a new or existing folder.

        Raises
        ------
        ConfigError
            If the folder holds a case already, or the focus is unknown.
        """
        from worldstage.store import Store

        folder = Path(folder)
        target = folder / SETTINGS
        if target.exists():
            raise ConfigError(f"{folder} holds a case already.", hint="choose another folder, or use that case")
        if focus:
            from worldstage.reference.actors import default

            default().code_of(focus)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target.write_text(settings_file.template(question, focus, shock), encoding="utf-8")
        except OSError as error:
            raise InputError(f"{folder} cannot be made: {error.strerror}.") from error
        with Store.open(folder / STORE, create=True):
            pass
        return Case(folder)

    @staticmethod
    def find(start: str | Path | None = None) -> Case:
        """The case that holds a folder: there or above, as git finds a repository.

        Raises
        ------
        ConfigError
            If there is none.
        """
        begin = Path(start) if start else Path.cwd()
        for folder in (begin.resolve(), *begin.resolve().parents):
            if (folder / SETTINGS).is_file():
                return Case(folder)
        raise ConfigError(
            f"There is no case in {begin} or above it.",
            expected=f"a folder with {SETTINGS}",
            hint="`worldstage init DIR`, or -C DIR to name another folder",
        )

    # -- parts -----------------------------------------------------------------------------------------

    def store(self, *, write: bool = False) -> Store:
        """The store, open; close it soon. Made where the case has settings but no store yet."""
        from worldstage.store import Store

        path = self.folder / STORE
        if not path.exists():
            with Store.open(path, create=True):
                pass
        return Store.open(path, read_only=not write)

    @cached_property
    def directory(self) -> Directory:
        """Who is who, with the case's own ``actors.csv``."""
        from worldstage.reference.actors import default

        path = self.folder / ACTORS
        return default().extended(path) if path.is_file() else default()

    @cached_property
    def coder(self) -> Coder:
        """The coder of this case."""
        from worldstage.coding.coder import Coder

        return Coder(directory=self.directory, parser=self.settings.parser, bundle=self._own_bundle())

    def _own_bundle(self) -> Bundle | None:
        """The models that were trained for this case, if any."""
        from worldstage.coding.model import Bundle
        from worldstage.study.train import WEIGHTS

        path = self.folder / WEIGHTS
        return Bundle.load(path.read_bytes(), source=str(path)) if path.is_file() else None

    @property
    def focus(self) -> str | None:
        """Code of the focus actor."""
        return self.directory.code_of(self.settings.focus) if self.settings.focus else None

    # -- verbs -----------------------------------------------------------------------------------------

    def add(
        self, sources: Iterable[str | Path], *, published: dt.date | None = None, progress: Progress = _silent
    ) -> Added:
        """Read sources into the store; what is there already adds nothing, what cannot be read is skipped."""
        from worldstage.reading import read
        from worldstage.reading.duplicates import Linker

        sources = [str(s) for s in sources]
        total = Added()
        with Ledger(self, "add", {"sources": sources, "published": published}) as ledger:
            with self.store() as store:
                linker = Linker(store.signatures())
            for batch in _batches(read(sources, published=published), _BATCH):
                total = _sum(total, self._add_batch(batch, linker))
                progress(total.added + total.known, None)
            ledger.counts = {
                "added": total.added,
                "known": total.known,
                "duplicates": total.duplicates,
                "skipped": len(total.skipped),
            }
        return total

    def _add_batch(self, batch: Sequence[Document | Skipped], linker: Any) -> Added:
        documents = [d for d in batch if isinstance(d, Document)]
        skipped = tuple(s for s in batch if isinstance(s, Skipped))
        with self.store(write=True) as store:
            linked, signatures = linker.link(documents)
            added, known = store.add_documents(linked, signatures)
            if skipped:
                store.note_skipped(skipped)
        return Added(
            added, known, sum(d.duplicate_of is not None for d in linked), sum(d.language != "en" for d in documents),
            sum(d.published is None for d in documents), skipped,
        )  # fmt: skip

    def remove(self, names: Sequence[str]) -> Removed:
        """Remove documents by id (or its beginning) or source, with all that was coded from them."""
        with Ledger(self, "remove", {"names": list(names)}) as ledger, self.store(write=True) as store:
            everything = store.documents()
            ids, unknown = set(), []
            for name in names:
                found = {d.id for d in everything if _answers(d, name)}
                ids |= found
                if not found:
                    unknown.append(name)
            count = store.remove_documents(sorted(ids))
            store.link_events()
            ledger.counts = {"removed": count}
        return Removed(count, tuple(unknown))

    def code(self, *, workers: int = 1, again: bool = False, progress: Progress = _silent) -> Coded:
        """Code the documents that this version has not coded (all of them with `again`).

        Batches are saved as they are done: a run that is interrupted goes on where it stopped.
        """
        version = self.coder.version
        documents = events = statements = figures = 0
        with Ledger(self, "code", {"workers": workers, "coder": version, "again": again}) as ledger:
            with self.store() as store:
                pending = store.documents() if again else list(store.pending(version))
            pending = [d for d in pending if d.language == "en"]
            progress(0, len(pending))
            for codings in _batches(self.coder.code(pending, workers=workers), _BATCH):
                with self.store(write=True) as store:
                    store.save_codings(codings, version)
                documents += len(codings)
                events += sum(len(c.events) for c in codings)
                statements += sum(len(c.statements) for c in codings)
                figures += sum(len(c.figures) for c in codings)
                progress(documents, len(pending))
            with self.store(write=True) as store:
                distinct = store.link_events()
            ledger.counts = {"documents": documents, "events": events, "statements": statements, "figures": figures}
        return Coded(documents, events, statements, figures, distinct)

    def events(self, wanted: EventFilter | None = None) -> list[Event]:
        """Events, each once, with the evidence of all documents that tell it."""
        from worldstage.store import EventFilter

        with self.store() as store:
            return store.events(wanted or EventFilter())

    def statements(self, *, speaker: str | None = None) -> list[Statement]:
        """What was said, by date."""
        with self.store() as store:
            return store.statements(speaker=self.directory.code_of(speaker) if speaker else None)

    def figures(self) -> list[Figure]:
        """Numbers that the documents report."""
        with self.store() as store:
            return store.figures()

    def documents(self) -> list[Document]:
        """The documents, oldest first."""
        with self.store() as store:
            return store.documents()

    def actors(self) -> list[Mention]:
        """Names in the documents with what they resolved to, the most frequent first."""
        with self.store() as store:
            return store.mentions()

    def explain(self, name: str, *, day: dt.date | None = None) -> Resolution:
        """Why a name resolves as it does."""
        found = self.directory.lookup(name)
        if not found:
            self.directory.code_of(name)
        return self.directory.resolve(found, alias=name, day=day)

    def train(
        self,
        *,
        corrections: bool = True,
        files: Sequence[str | Path] = (),
        note: Callable[[str], None] | None = None,
    ) -> Trained:
        """Train the case's own coder; see `worldstage.study.train`."""
        from worldstage.study.train import train

        done = train(self, corrections=corrections, files=files, note=note or (lambda _: None))
        self.__dict__.pop("coder", None)
        return done

    def reset_coder(self) -> bool:
        """Go back to the package's coder; whether there was one of the case."""
        from worldstage.study.train import WEIGHTS

        path = self.folder / WEIGHTS
        there = path.is_file()
        path.unlink(missing_ok=True)
        self.__dict__.pop("coder", None)
        return there

    def doubtful(self, wanted: EventFilter, *, limit: int | None = None) -> list[tuple[str, Event]]:
        """Events without a verdict, each with its document, the most doubtful first."""
        with self.store() as store:
            return store.doubtful(wanted, limit)

    def told(self, event_id: str) -> tuple[str, Event]:
        """A coded event (by its id or the beginning of it) as one document tells it, with that document.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        with self.store() as store:
            return store.told(event_id)

    def corrected(self, event: Event, changes: Mapping[str, str]) -> Event:
        """The event with the fields changed; see `worldstage.study.review.changed`."""
        from worldstage.study.review import changed

        return changed(self, event, changes)

    def judge(
        self, document: str, event: Event, verdict: str, changes: Mapping[str, str] | None = None
    ) -> Event | None:
        """Keep an analyst's verdict (``accept`` or ``reject``, with changes to correct); returns what holds now."""
        from worldstage.study.review import accepted

        if verdict == "reject":
            holds = None
        else:
            holds = accepted(self.corrected(event, changes) if changes else event)
            verdict = "correct" if changes else "accept"
        with self.store(write=True) as store:
            store.correct(document, event, verdict, holds)
        return holds

    def verdicts(self) -> list[Correction]:
        """The analyst's verdicts, in the order in which they were given."""
        with self.store() as store:
            return store.corrections()

    def undo_review(self) -> Correction | None:
        """Take the latest verdict back; None where there is none."""
        with self.store(write=True) as store:
            back = store.undo_correction()
            store.link_events()
        return back

    def relink(self) -> int:
        """Join the events that several documents tell anew; returns how many distinct events there are."""
        with self.store(write=True) as store:
            return store.link_events()

    def training_rows(self) -> list[str]:
        """The verdicts as labelled sentences, see `worldstage.study.review.training_rows`."""
        from worldstage.study.review import training_rows

        verdicts = self.verdicts()
        with self.store() as store:
            texts = {d.id: d.text for d in store.documents(ids=sorted({v.document for v in verdicts}))}
        return list(training_rows(verdicts, texts.get))

    def relations(self, **options: Any) -> Result:
        """How relations stood and how they moved; see `worldstage.study.relations`."""
        from worldstage.study.relations import relations

        return relations(self, **options)

    def effect(self, **options: Any) -> Effect:
        """What a shock changed, against what would have been expected; see `worldstage.study.effects`."""
        from worldstage.study.effects import effect

        return effect(self, **options)

    def scan(self, **options: Any) -> Result:
        """Which relations a shock moved, the surest first; see `worldstage.study.effect_scan`."""
        from worldstage.study.effect_scan import scan

        return scan(self, **options)

    def roles(self, **options: Any) -> Roles:
        """An actor's place in the network of relations, before and after a shock; see `worldstage.study.roles`."""
        from worldstage.study.roles import roles

        return roles(self, **options)

    def positions(self, **options: Any) -> list[Positions]:
        """Where actors stand on the issues of the case; see `worldstage.study.positions`."""
        from worldstage.study.positions import positions

        return positions(self, **options)

    def stakes(self, **options: Any) -> CaseStakes:
        """Who gains and who loses between two scenarios; see `worldstage.study.stakes`."""
        from worldstage.study.stakes import stakes

        return stakes(self, **options)

    def import_events(self, sources: Iterable[str | Path], **options: Any) -> Imported:
        """Import event data of others; see `worldstage.study.importing.import_events`."""
        from worldstage.study.importing import import_events

        return import_events(self, sources, **options)

    def export(self, path: str | Path, **options: Any) -> Exported:
        """Write events or relations to a file with its codebook; see `worldstage.study.exchange.export`."""
        from worldstage.study.exchange import export

        return export(self, path, **options)

    def dossier(self, path: str | Path | None = None) -> Path:
        """Write the dossier; returns its path."""
        from worldstage.study.dossier import write_dossier

        return write_dossier(self, Path(path) if path else self.folder / "dossier.html")

    def info(self) -> dict[str, Any]:
        """What the case holds: settings, counts, runs, skipped inputs."""
        with self.store() as store:
            return {
                "folder": str(self.folder),
                "question": self.settings.question,
                "focus": self.focus,
                "unit": self.settings.unit,
                "counts": store.counts(),
                "pending": store.count_pending(self.coder.version),
                "skipped": [{"source": s.source, "reason": s.reason} for s in store.skipped()],
                "runs": store.runs(),
            }


def _answers(document: Document, name: str) -> bool:
    """Whether a document goes by a name: its id or the beginning of it, its source, its file (or a record in it)."""
    source = document.source
    by_id = len(name) >= 4 and document.id.startswith(name)
    return (
        by_id or source == name or source.endswith("/" + name) or source.startswith(name + ":") or f"/{name}:" in source
    )


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _sum(one: Added, two: Added) -> Added:
    return Added(
        one.added + two.added,
        one.known + two.known,
        one.duplicates + two.duplicates,
        one.foreign + two.foreign,
        one.undated + two.undated,
        one.skipped + two.skipped,
    )
