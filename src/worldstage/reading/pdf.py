"""PDF: the text of its pages, without running heads and page numbers."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from worldstage.core.errors import InputError
from worldstage.core.records import Skipped
from worldstage.reading.raw import Draft, Raw, Reader

if TYPE_CHECKING:
    from pypdf import PageObject

_LARGEST = 64_000_000
_MOST_PAGES = 300
_SECONDS = 30.0
# As many characters as a document may have, and some: reading on would be for nothing.
_MOST_CHARACTERS = 400_000
# pypdf's guards against decompression bombs, drawn tighter.
_LIMITS = {
    "maximum_declared_stream_length": 20_000_000,
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_parsing_work_maximum_count": 1_000_000,
}
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?$", re.IGNORECASE)
_REPEATED = 3


def read(raw: Raw) -> Iterator[Draft | Skipped]:
    """The text of all pages.

    The dates that a PDF carries are those of its making, not of publication, and its title is often that of a
    template: neither is used.

    Raises
    ------
    InputError
        If it is locked, broken, too long, or holds pictures of text.
    """
    if not _claims(raw):
        raise InputError("no PDF, whatever its name says")
    pages = _drop_running(_pages(raw.read(_LARGEST)))
    text = "\n".join(pages)
    if not text.strip():
        raise InputError("a PDF without text: scanned pages need text recognition (OCR) first")
    yield Draft(text, "pdf", wrapped=True)


def _pages(data: bytes) -> list[str]:
    from pypdf import PdfReader, apply_configuration, get_configuration
    from pypdf.errors import LimitReachedError, PyPdfError

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    deadline = time.monotonic() + _SECONDS
    try:
        with apply_configuration(get_configuration().with_overwrites(**_LIMITS)):
            book = PdfReader(io.BytesIO(data), strict=False)
            if book.is_encrypted and not book.decrypt(""):
                raise InputError("a locked PDF: remove its password first")
            if len(book.pages) > _MOST_PAGES:
                raise InputError(f"a PDF of {len(book.pages)} pages (at most {_MOST_PAGES} are read): split it")
            return _texts(book.pages, deadline)
    except LimitReachedError as error:
        raise InputError("a PDF that unpacks to more than is safe: refused") from error
    except PyPdfError as error:
        raise InputError(f"a broken PDF ({' '.join(str(error).split())[:120] or type(error).__name__})") from error


def _texts(pages: Iterable[PageObject], deadline: float) -> list[str]:
    def watch(*_: object) -> None:
        if time.monotonic() > deadline:
            raise InputError(f"its text was not found within {_SECONDS:.0f} seconds: save it as plain text")

    texts: list[str] = []
    size = 0
    for page in pages:
        watch()
        texts.append(page.extract_text(visitor_operand_before=watch))
        size += len(texts[-1])
        if size > _MOST_CHARACTERS:
            break
    return texts


def _drop_running(pages: list[str]) -> list[str]:
    """The pages without page numbers, and without first and last lines that return on page after page."""
    split = [[line.strip() for line in page.splitlines()] for page in pages]
    edges = Counter(_edge(line) for lines in split for line in {*_standing(lines)[:2], *_standing(lines)[-2:]})
    kept = []
    for lines in split:
        standing = _standing(lines)
        running = {*standing[:2], *standing[-2:]}
        kept.append(
            "\n".join(
                line
                for line in lines
                if line not in running or not (_PAGE_NUMBER.match(line) or edges[_edge(line)] >= _REPEATED)
            )
        )
    return kept


def _standing(lines: list[str]) -> list[str]:
    return [line for line in lines if line]


def _edge(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _claims(raw: Raw) -> bool:
    return b"%PDF-" in raw.head[:1024]


READER = Reader(name="pdf", endings=(".pdf",), claims=_claims, read=read, order=10)
