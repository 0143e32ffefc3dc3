"""The files in a folder, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from worldstage.core.records import Skipped

# What lies in a folder to explain it is no report; named by the user, it is read.
_ABOUT = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "contributing", "authors"})
_SETTINGS = "case.toml"
_OWN = frozenset({_SETTINGS, "actors.csv", "case.duckdb", "case.duckdb.wal", "dossier.html"})


def files(folder: Path) -> Iterator[Path | Skipped]:
    """The regular files in a folder and the folders in it, sorted by name.

    Hidden files and folders and those of a case itself are passed over; links to folders are not followed, so that no
    walk is endless.
    """
    waiting: list[Path | Skipped] = [folder]
    folders = {folder}
    while waiting:
        item = waiting.pop()
        if isinstance(item, Skipped) or item not in folders:
            yield item
            continue
        try:
            entries = sorted(os.scandir(item), key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(str(item), f"cannot be opened ({error.strerror})")
            continue
        is_case = any(entry.name == _SETTINGS for entry in entries)
        wanted = [e for e in entries if not e.name.startswith(".") and not (is_case and e.name in _OWN)]
        folders.update(item / entry.name for entry in wanted if entry.is_dir(follow_symlinks=False))
        # The last in is the first out.
        waiting += [_looked_at(entry, item / entry.name) for entry in reversed(wanted)]


def _looked_at(entry: os.DirEntry[str], path: Path) -> Path | Skipped:
    """The path of an entry of a folder, unless it is something that is not read."""
    if entry.is_dir(follow_symlinks=False):
        return path
    if not entry.is_file():
        return Skipped(str(path), "a link to a folder, not followed" if entry.is_dir() else "no regular file")
    if path.stem.lower() in _ABOUT:
        return Skipped(str(path), "a file about the folder, not a report: name it to read it all the same")
    return path
