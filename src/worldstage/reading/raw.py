"""What a reader is given (`Raw`), what it gives (`Draft`), and what it says of itself (`Reader`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

from worldstage.core.errors import InputError
from worldstage.core.records import Skipped

HEAD = 1 << 16
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Raw:
    """One file, page or stream, still as bytes.

    Attributes
    ----------
    source
        The path or address that it came from.
    name
        The last part of the path or address; its ending helps where the content does not tell the format.
    stream
        The bytes, seekable, at their beginning.
    head
        The first 64 KiB.
    opening
        `head` as text, without leading space: enough to tell the format.
    charset
        The encoding that a server declared.
    named
        Whether the user named it, rather than a folder that holds it.
    """

    source: str
    name: str
    stream: BinaryIO
    head: bytes
    opening: str
    charset: str | None = None
    named: bool = True

    @staticmethod
    def make(source: str, name: str, stream: BinaryIO, *, charset: str | None = None, named: bool = True) -> Raw:
        """Look at the beginning of a seekable stream and put it back to its beginning."""
        from worldstage.reading.decode import opening

        stream.seek(0)
        head = stream.read(HEAD)
        stream.seek(0)
        return Raw(source, name, stream, head, opening(head), charset, named)

    @property
    def ending(self) -> str:
        """The ending of the name in small letters, with its dot; empty if there is none."""
        return PurePosixPath(self.name).suffix.lower()

    def read(self, limit: int) -> bytes:
        """All the bytes.

        Raises
        ------
        InputError
            If there are more than `limit` of them.
        """
        self.stream.seek(0)
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(f"larger than {limit // _MEGABYTE} MB: split it")
        return data

    def lines(self, limit: int) -> Iterator[bytes | None]:
        """The lines, one in memory at a time; None for a line of more than `limit` bytes."""
        self.stream.seek(0)
        while line := self.stream.readline(limit + 1):
            if len(line) <= limit:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(limit)
            yield None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader found: a text with what its source says of it, not yet cleaned or checked.

    Attributes
    ----------
    text
        Paragraphs, separated by blank lines.
    wrapped
        Whether lines within a paragraph were broken at a width and are to be joined again.
    published
        The date of publication that the metadata give.
    guess
        A date that the page suggests, believed only where neither metadata nor a date line give one.
    lead
        Lines that stand above the text on a page, and may hold a date line.
    language
        The language that the source declares.
    part
        Which part of the source this is (a line, an entry), where it has several.
    address
        The text's own web address, where that is not the source.
    """

    text: str
    kind: str
    wrapped: bool = False
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: dt.date | None = None
    guess: dt.date | None = None
    lead: tuple[str, ...] = field(default=(), repr=False)
    language: str | None = None
    part: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One format; registered in the entry-point group ``worldstage.readers``.

    Attributes
    ----------
    name
        What the format is called.
    endings
        Endings of its files, in small letters, with the dot.
    claims
        Whether the content (`Raw.head`, `Raw.opening`) is of this format without doubt.
    read
        Gives the texts in it; `Skipped` for a part that cannot be read. Raises `InputError` where the whole cannot.
    order
        Readers of lower order are asked first.
    """

    name: str
    endings: tuple[str, ...]
    claims: Callable[[Raw], bool]
    read: Callable[[Raw], Iterator[Draft | Skipped]]
    order: int = 50
