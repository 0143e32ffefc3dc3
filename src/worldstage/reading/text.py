"""Plain text: one report a file."""

from __future__ import annotations

from collections.abc import Iterator

from worldstage.core.records import Skipped
from worldstage.reading.decode import decode
from worldstage.reading.raw import Draft, Raw, Reader

# A report of the greatest length in the widest encoding, with room for indents.
LARGEST = 2_000_000


def read(raw: Raw) -> Iterator[Draft | Skipped]:
    """The text of the file, as it is: markup in it is text like any other."""
    yield Draft(decode(raw.read(LARGEST), declared=raw.charset), "text", wrapped=True)


def _claims(_raw: Raw) -> bool:
    return False


READER = Reader(name="text", endings=(".txt", ".text", ".asc", ""), claims=_claims, read=read, order=90)
