"""RSS and Atom feeds: one report for each entry."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from worldstage.core.errors import InputError
from worldstage.core.records import Skipped
from worldstage.reading import dates
from worldstage.reading.decode import decode
from worldstage.reading.html import fragment
from worldstage.reading.magic import root
from worldstage.reading.raw import Draft, Raw, Reader

_LARGEST = 20_000_000
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_ROOTS = frozenset({"rss", "feed", "atom:feed", "rdf:rdf"})


def read(raw: Raw) -> Iterator[Draft | Skipped]:
    """One draft for each entry, with the text that the feed itself carries.

    Raises
    ------
    InputError
        If the feed declares entities, which may be a trap, or holds no entry.
    """
    import feedparser

    data = raw.read(_LARGEST)
    declared = _DECLARED.match(data)
    text = decode(data, declared=declared[1].decode("ascii") if declared else raw.charset)
    _refuse_entities(text)
    # A stream, never a string: that would be taken for the name of a file or an address, and opened.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")), response_headers={"content-type": "application/xml; charset=utf-8"}
    )
    if not found.entries:
        raise InputError("a feed without entries" if found.version else "a broken feed")
    publisher = found.feed.get("title")
    for number, entry in enumerate(found.entries, 1):
        yield _draft(entry, publisher, found.feed.get("language"), str(number))


def _refuse_entities(text: str) -> None:
    """Raise `InputError` where a feed declares entities or points outside itself."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    message = "a feed that declares entities, which can be a trap: refused"
    if "<!ENTITY" in text.upper():
        raise InputError(message)
    try:
        fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except DefusedXmlException as error:
        raise InputError(message) from error
    except (ParseError, ValueError):
        return  # feeds with small errors are common, and feedparser mends them


def _draft(entry: Mapping[str, Any], publisher: str | None, language: str | None, part: str) -> Draft:
    content = max((c.get("value") or "" for c in entry.get("content", [])), key=len, default="")
    summary = entry.get("summary") or ""
    source = entry.get("source")
    return Draft(
        fragment(content if len(content) > len(summary) else summary),
        "feed",
        title=fragment(entry.get("title") or "").replace("\n", " "),
        publisher=(source.get("title") if source else None) or publisher,
        author=entry.get("author"),
        published=_day(entry),
        language=language,
        address=entry.get("link"),
        part=part,
    )


def _day(entry: Mapping[str, Any]) -> dt.date | None:
    """The entry's date, in the time zone in which the feed gives it."""
    for key in ("published", "updated", "created"):
        if day := dates.of_value(entry.get(key)):
            return day
        if parsed := entry.get(f"{key}_parsed"):
            try:
                return dt.date(*parsed[:3])
            except ValueError:
                continue
    return None


def _claims(raw: Raw) -> bool:
    return root(raw.opening) in _ROOTS


READER = Reader(name="feed", endings=(".rss", ".atom"), claims=_claims, read=read, order=20)
