"""Coding a corpus without a case: documents that can be coded, and their records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from worldstage.core.records import Document, Skipped


@dataclass
class CorpusCoding:
    """What comes back from coding a corpus.

    Attributes
    ----------
    records
        Events, statements or figures, or their JSON forms, in the order of the files; to be read once.
    skipped
        Inputs that could not be read; complete once `records` is at its end.
    undated
        Documents without a date of publication; likewise.
    """

    records: Iterator[Any] = field(default_factory=lambda: iter(()))
    skipped: list[Skipped] = field(default_factory=list)
    undated: int = 0


def english(items: Iterable[Document | Skipped]) -> Iterator[Document | Skipped]:
    """What was read, with documents in other languages skipped: the coder knows English only."""
    for item in items:
        if isinstance(item, Document) and item.language != "en":
            yield Skipped(item.source, f"language is {item.language!r}; only English is coded")
        else:
            yield item


def code_here(
    files: Sequence[str],
    *,
    what: str = "events",
    published: dt.date | None = None,
    least: float | None = None,
    workers: int = 1,
    fast: bool = False,
) -> CorpusCoding:
    """Code files on this machine.

    Parameters
    ----------
    files
        Files, folders, web addresses, ``-``.
    what
        ``events``, ``statements`` or ``figures``: the records that are wanted.
    least
        Events less certain than this are left out; the coder's own limit, if not given.
    fast
        Leave out the reader of whole sentences.
    """
    from worldstage.coding.coder import Coder
    from worldstage.coding.extract import LEAST
    from worldstage.reading import read

    coding = CorpusCoding()

    def documents() -> Iterator[Document]:
        for item in english(read(files, published=published)):
            if isinstance(item, Skipped):
                coding.skipped.append(item)
            else:
                coding.undated += item.published is None
                yield item

    codings = Coder(least=LEAST if least is None else least, fast=fast).code(documents(), workers=workers)
    coding.records = (record for one in codings for record in getattr(one, what))
    return coding
