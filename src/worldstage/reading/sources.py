"""What the user names (files, folders, addresses, standard input) → documents, one source after the other."""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from worldstage.core.errors import ConfigError, InputError
from worldstage.core.records import Document, Skipped
from worldstage.reading import folder, registry, web
from worldstage.reading.finish import finish
from worldstage.reading.raw import Draft, Raw

STANDARD_INPUT = "-"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_IN_MEMORY, _MOST_PIPED = 16_000_000, 2_000_000_000


def read(
    sources: Iterable[str | Path], *, published: dt.date | None = None, follow: bool = False
) -> Iterator[Document | Skipped]:
    """Read documents from files, folders, web addresses and standard input (``-``), in the order given.

    Parameters
    ----------
    published
        The date of publication of all of them; it goes before any that they carry.
    follow
        Fetch the page that each entry of a feed links to, for its whole text.

    Yields
    ------
    Document or Skipped
        Whatever cannot be read is skipped with its reason, and the rest goes on. One file is in memory at a time, and
        of files with one record a line one record.

    Raises
    ------
    ConfigError
        If the readers are not installed as they should be.
    """
    registry.readers()
    for source in [sources] if isinstance(sources, str | Path) else sources:
        yield from _source(source, _Wish(published, follow))


def read_file(path: Path, *, named: bool, published: dt.date | None = None) -> Iterator[Document | Skipped]:
    """Read the documents of one file, as `read` does.

    Parameters
    ----------
    named
        The user named the file itself, not a folder that it lies in.
    """
    registry.readers()
    yield from _from(_printable(str(path)), partial(_opened, path, named=named), _Wish(published))


@dataclass(frozen=True, slots=True)
class _Wish:
    """How the user wants things read; `typed` is the host in the address that they gave."""

    published: dt.date | None = None
    follow: bool = False
    typed: str | None = None


def _source(source: str | Path, wish: _Wish) -> Iterator[Document | Skipped]:
    name = _printable(str(source))
    if isinstance(source, str) and source == STANDARD_INPUT:
        yield from _from(name, _piped, wish)
    elif isinstance(source, str) and (scheme := _SCHEME.match(source)):
        if scheme[1].lower() not in ("http", "https"):
            yield Skipped(name, f"{scheme[1]} addresses are not read, only http and https")
            return
        typed = web.host_of(source)
        yield from _from(name, partial(web.fetch, source, typed=typed), replace(wish, typed=typed))
    elif not str(source).strip():
        yield Skipped(name, "an empty name")
    elif os.path.isdir(source):
        yield from _folder(Path(source), wish)
    else:
        yield from _from(name, partial(_opened, Path(source), named=True), wish)


def _folder(path: Path, wish: _Wish) -> Iterator[Document | Skipped]:
    empty = True
    for item in folder.files(path):
        empty = False
        if isinstance(item, Skipped):
            yield Skipped(_printable(item.source), item.reason)
        else:
            yield from _from(_printable(str(item)), partial(_opened, item, named=False), wish)
    if empty:
        yield Skipped(_printable(str(path)), "a folder without files")


def _from(name: str, open_it: Callable[[], Raw], wish: _Wish) -> Iterator[Document | Skipped]:
    """The documents of one file or page; whatever goes wrong with it ends in `Skipped`."""
    empty = True
    try:
        raw = open_it()
        with raw.stream:
            for item in registry.choose(raw).read(raw):
                empty = False
                if isinstance(item, Skipped):
                    yield item
                elif item.kind == "feed" and wish.follow and item.address:
                    yield from _followed(name, item, wish)
                else:
                    yield _finished(name, item, wish)
    except ConfigError:
        raise
    except Exception as error:  # noqa: BLE001 - parsers of other people's formats fail in every way; the run goes on
        yield Skipped(name, _reason(error))
    else:
        if empty:
            yield Skipped(name, "no report in it")


def _finished(name: str, draft: Draft, wish: _Wish) -> Document | Skipped:
    try:
        return finish(draft, name, published=wish.published)
    except Exception as error:  # noqa: BLE001 - one record must not end the file that holds it
        return Skipped(f"{name}:{draft.part}" if draft.part else name, _reason(error))


def _followed(name: str, entry: Draft, wish: _Wish) -> Iterator[Document | Skipped]:
    """The page that an entry of a feed links to; the entry itself where the page cannot be had."""
    address = entry.address or ""
    try:
        raw = web.fetch(address, typed=wish.typed)
        pages = [item for item in registry.choose(raw).read(raw) if isinstance(item, Draft)]
    except Exception as error:  # noqa: BLE001 - as for a page that the user named
        yield Skipped(address, f"{_reason(error)}; the text in the feed was taken instead")
        pages = []
    for page in pages[:1] or [entry]:
        whole = replace(
            page, title=entry.title or page.title, published=entry.published or page.published, address=address
        )
        yield _finished(name, whole, wish)


def _reason(error: Exception) -> str:
    """Why a source cannot be read, for its reader."""
    if isinstance(error, InputError):
        return error.message
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or type(error).__name__})"
    said = " ".join(str(error).split())[:120]
    return f"broken in a way that its reader does not know ({type(error).__name__}{': ' if said else ''}{said})"


def _opened(path: Path, *, named: bool) -> Raw:
    """A file, open.

    Raises
    ------
    InputError
        If it is not there, or no file that can be read to an end.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        hint = "; write https:// before an address" if str(path).startswith("www.") else ""
        raise InputError(f"there is no such file or folder{hint}") from None
    except ValueError as error:
        raise InputError("no path can look like this") from error
    name = _printable(str(path))
    if stat.S_ISFIFO(mode) and named:
        with path.open("rb") as pipe:
            return Raw.make(name, path.name, _spooled(pipe))
    if not stat.S_ISREG(mode):
        raise InputError("no regular file")
    return Raw.make(name, _printable(path.name), path.open("rb"), named=named)


def _piped() -> Raw:
    return Raw.make(STANDARD_INPUT, "", _spooled(sys.stdin.buffer))


def _spooled(stream: BinaryIO) -> BinaryIO:
    """A stream copied to where it can be read twice: memory while it is small, else a temporary file.

    Raises
    ------
    InputError
        If it does not end within 2 GB.
    """
    copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    while chunk := stream.read(1 << 20):
        copy.write(chunk)
        if copy.tell() > _MOST_PIPED:
            raise InputError(f"more than {_MOST_PIPED // 1_000_000_000} GB")
    return cast(BinaryIO, copy)


def _printable(name: str) -> str:
    """A path as text that can be stored: bytes in it that are no UTF-8 are replaced."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
