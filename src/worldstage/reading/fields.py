"""Named values, as in JSON records, front matter and mail-like headers → what a document says of itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from worldstage.reading import dates

# Spellings in use, best first; compared in small letters, without spaces, dashes and underscores.
_KEYS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "contenttext", "contenthtml", "fulltext", "articlebody", "article", "story",
             "maintext", "summary", "description"),
    "title": ("title", "headline", "head"),
    "published": ("published", "publishedat", "datepublished", "publisheddate", "publicationdate", "pubdate", "date",
                  "publishdate", "webpublicationdate", "timestamp", "created", "createdat"),
    "publisher": ("outlet", "publisher", "source", "publication", "sitename", "sourcename", "agency", "newspaper"),
    "author": ("author", "authors", "byline", "by", "creator"),
    "language": ("language", "lang", "inlanguage"),
    "address": ("url", "link", "address", "weburl", "href", "permalink"),
}  # fmt: skip
_LINK = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fields:
    """What named values say; None where they say nothing."""

    text: str | None = None
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    address: str | None = None


def of(values: Mapping[Any, Any]) -> Fields:
    """Read the values under any of the spellings of their keys."""
    known = {re.sub(r"[\s_-]", "", str(key)).lower(): value for key, value in values.items()}
    found: dict[str, Any] = {}
    for name, keys in _KEYS.items():
        for key in keys:
            value = dates.of_value(known.get(key)) if name == "published" else _text(known.get(key), name)
            if value:
                found[name] = value
                break
    return Fields(**found)


def _text(value: object, name: str) -> str | None:
    """A value as text: lists are joined (paragraphs by blank lines, names by commas), of an object its name counts."""
    if isinstance(value, str):
        value = value.strip()
        return None if not value or (name in ("publisher", "author") and _LINK.match(value)) else value
    if isinstance(value, list):
        parts = [part for item in value[:10_000] if (part := _text(item, name) if not isinstance(item, list) else None)]
        return ("\n\n" if name == "text" else ", ").join(parts) or None
    if isinstance(value, Mapping):
        return next((v.strip() for k in ("name", "title", "text", "value") if isinstance(v := value.get(k), str)), None)
    return None


def looks_named(line: str) -> tuple[str, str] | None:
    """Key and value of a line such as ``Date: 2015-11-17``, if the key is known; None for any other line."""
    match = re.match(r"([A-Za-z][A-Za-z _-]{1,20}):\s+(\S.*)$", line)
    if not match:
        return None
    key = re.sub(r"[\s_-]", "", match[1]).lower()
    known = any(key in keys for name, keys in _KEYS.items() if name != "text")
    return (key, match[2].strip().strip("\"'")) if known else None
