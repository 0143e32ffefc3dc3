"""Event data into a case: files grouped by how they are read, taken in part by part, and accounted for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from worldstage.core.errors import ConfigError, InputError
from worldstage.core.records import Skipped
from worldstage.exchange import files, registry, table
from worldstage.exchange.detect import Found
from worldstage.exchange.jsonlines import flattened
from worldstage.exchange.parties import Resolver
from worldstage.store.imports import Counts, Importer
from worldstage.study.ledger import Ledger

if TYPE_CHECKING:
    from worldstage.store import Store
    from worldstage.study.case import Case

Progress = Callable[[int, int | None], None]
# Files below this size that are read alike are taken in together: a day of GDELT 2.0 is 96 of them.
_SMALL = 16 * 1024 * 1024


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Attributes
    ----------
    counts
        Rows, and what became of them.
    formats
        The formats that were met.
    unresolved
        How many names of the data sets resolved to nobody.
    frequent
        The most frequent of them, with their counts.
    skipped
        Files that could not be read, where there were several.
    """

    counts: Counts
    formats: tuple[str, ...] = ()
    files: int = 0
    unresolved: int = 0
    frequent: tuple[tuple[str, int], ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class _Item:
    """A file, or a member of an archive, and how it is read."""

    path: Path
    member: str | None
    found: Found
    size: int

    @property
    def name(self) -> str:
        return f"{self.path}:{self.member}" if self.member else str(self.path)


def import_events(
    case: Case,
    sources: Iterable[str | Path],
    *,
    format: str | None = None,
    mapping: str | None = None,
    dataset: str | None = None,
    replace: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> Imported:
    """Import event data; what is there already adds nothing.

    Parameters
    ----------
    sources
        Files, and folders of them.
    format
        Name of the format; found out, if not given. ``csv`` needs a `mapping`.
    mapping
        ``FIELD=COLUMN`` pairs or a TOML file, for a table of any kind.
    dataset
        What the events carry as ``dataset``; otherwise the format's own, or for a table the name of the file.
    replace
        Take rows that are there already anew, for example after a change of ``actors.csv``.

    Raises
    ------
    InputError
        If the file cannot be read, or is in no known format; of several files, such are skipped.
    """
    paths = _paths(sources)
    pairs = table.parse_map(mapping) if mapping else None
    if format == "csv" and pairs is None:
        raise ConfigError(
            "A table needs a mapping.",
            expected="--map FIELD=COLUMN,… or --map FILE.toml",
            hint="--map date=date,actor=source,recipient=target,event=event_text",
        )
    skipped: list[Skipped] = []
    items: list[_Item] = []
    for path in paths:
        try:
            for member in files.members(path):
                found = registry.find(path, member=member, name=format, pairs=pairs, dataset=dataset)
                items.append(_Item(path, member, found, files.size(path, member)))
        except InputError as error:
            if len(paths) == 1:
                raise
            skipped.append(Skipped(str(path), error.message.removeprefix(f"{path} ")))
    parameters = {"sources": [str(p) for p in paths], "format": format, "map": pairs, "replace": replace}
    with Ledger(case, "import", parameters) as ledger, tempfile.TemporaryDirectory(dir=case.folder) as folder:
        with case.store(write=True) as store:
            run = _Run(store, Resolver(case.directory), Path(folder), replace, sum(i.size for i in items), progress)
            for group in _groups(items):
                run.take(group, skipped, alone=len(paths) == 1)
            if skipped:
                store.note_skipped(skipped)
            unresolved, frequent = run.end()
        total = run.total
        ledger.counts = {k: getattr(total, k) for k in ("rows", "events", "known", "reports", "mentions")}
        ledger.counts |= {"refused": total.refused.total(), "skipped": len(skipped)}
    formats = tuple(dict.fromkeys(i.found.layout.title for i in items))
    return Imported(total, formats, len(items), unresolved, frequent, tuple(skipped))


class _Run:
    """One import: the importers by layout, the sums, and how far it is."""

    def __init__(
        self, store: Store, resolver: Resolver, folder: Path, replace: bool, everything: int, progress: Progress
    ) -> None:
        self.store, self.resolver, self.folder, self.replace = store, resolver, folder, replace
        self.everything, self.progress, self.done = everything, progress, 0
        self.total = Counts()
        self.importer: Importer | None = None
        self.datasets: dict[str, tuple[int, list[tuple[str, int]]]] = {}

    def take(self, group: Sequence[_Item], skipped: list[Skipped], *, alone: bool) -> None:
        """Take in files that are read alike."""
        found = group[0].found
        importer = self._importer(found)
        counts, skip, before = Counts(), found.skip, self.done
        self.progress(self.done, self.everything)
        try:
            for part in self._parts(group, skipped):
                read = part.stat().st_size
                counts.add(self._part(importer, part, skip))
                skip = 0
                self.done = min(self.done + read, before + sum(i.size for i in group))
                self.progress(self.done, self.everything)
        except InputError as error:
            if alone:
                raise
            skipped.append(Skipped(group[0].name, error.message.removeprefix(f"{group[0].path} ")))
        self.done = before + sum(i.size for i in group)
        self.progress(self.done, self.everything)
        importer.note(group[0].name if len(group) == 1 else f"{group[0].name} … {group[-1].name}", counts)
        self.total.add(counts)

    def _importer(self, found: Found) -> Importer:
        """The importer of the last layout goes on: it knows the names that it has met."""
        have = self.importer
        if have is None or (have.layout, have.columns) != (found.layout, found.columns):
            self._finish()
            self.importer = Importer.on(self.store, found.layout, found.columns, self.resolver, replace=self.replace)
        assert self.importer is not None
        return self.importer

    def _parts(self, group: Sequence[_Item], skipped: list[Skipped]) -> Iterator[Path]:
        first = group[0]
        if len(group) == 1:
            yield from files.parts(first.path, self.folder, member=first.member, quote=first.found.layout.quote)
            return
        target = self.folder / "part"
        broken = files.joined([(i.path, i.member) for i in group], target, header=first.found.skip > 0)
        skipped += [Skipped(group[n].name, why) for n, why in broken]
        yield target
        target.unlink()

    def _part(self, importer: Importer, part: Path, skip: int) -> Counts:
        counts = Counts()
        if importer.layout.flatten is not None:
            rows = self.folder / "rows"
            counts.refused = flattened(part, rows, importer.layout)
            counts.rows = counts.refused.total()
            part = rows
        counts.add(importer.take(part, skip=skip))
        return counts

    def _finish(self) -> None:
        if self.importer is not None:
            self.importer.finish()
            self.datasets[self.importer.layout.dataset] = self.importer.unresolved()

    def end(self) -> tuple[int, tuple[tuple[str, int], ...]]:
        """How many names resolved to nobody, and the most frequent."""
        self._finish()
        most = sorted((n for _, names in self.datasets.values() for n in names), key=lambda n: (-n[1], n[0]))
        return sum(n for n, _ in self.datasets.values()), tuple(most[:20])


def _groups(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Small files in a row that are read alike, together up to the size of a part; others alone."""
    group: list[_Item] = []
    for item in items:
        fits = group and (
            item.found == group[0].found
            # Rows without a key are told apart by their order in a file: its own, or a second import would not match.
            and item.found.layout.key
            and item.found.layout.reader != "parquet"
            and item.size < _SMALL
            and sum(i.size for i in group) + item.size <= files.PART
        )
        if group and not (fits and group[0].size < _SMALL):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _paths(sources: Iterable[str | Path]) -> Sequence[Path]:
    out: list[Path] = []
    for source in map(Path, sources):
        if source.is_dir():
            out += sorted(p for p in source.rglob("*") if p.is_file() and not p.name.startswith("."))
        elif source.is_file():
            out.append(source)
        else:
            raise InputError(f"There is no file {source}.")
    if not out:
        raise InputError("There is nothing to import.", expected="a file, or a folder with files")
    return out
