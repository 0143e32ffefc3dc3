"""JSON: one report in each record, in an array, in a list within an object, or one a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from worldstage.core.errors import InputError
from worldstage.core.records import Skipped
from worldstage.reading import fields
from worldstage.reading.decode import decode
from worldstage.reading.raw import Draft, Raw, Reader

_LARGEST = 64_000_000
_LONGEST_LINE = 8_000_000
_LISTS = ("articles", "items", "results", "docs", "documents", "data", "entries", "records", "hits", "response")
_TAGS = re.compile(
    r"<(?:p|br|div|span|a|em|strong|h\d|ul|li|script|img|b|i)\b[^>]{0,500}>|</(?:p|div|span)>", re.IGNORECASE
)
_LINE_ENDINGS = (".jsonl", ".ndjson", ".jl")


def read(raw: Raw) -> Iterator[Draft | Skipped]:
    """One draft for each record that has a text; a record that is none is skipped, and the rest goes on.

    The keys may be spelt in many ways (see `worldstage.reading.fields`): text, title, date, outlet, author, url,
    language. A file with one record a line is read line by line, however long it is.
    """
    if _by_lines(raw):
        yield from _lines(raw)
        return
    text = decode(raw.read(_LARGEST), declared=raw.charset)
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise InputError(f"broken JSON ({_why(error)})") from error
    records = _records(data)
    if not records:
        raise InputError("JSON without a report in it: records with a text, title and date are read")
    for number, record in enumerate(records, 1):
        yield draft(record, raw.source, str(number) if len(records) > 1 else "")


def _by_lines(raw: Raw) -> bool:
    """Whether there is a record a line: so says the ending, or the first line is a whole object."""
    if b"\x00" in raw.head[:64]:
        return False  # UTF-16: line ends are no single bytes
    if raw.ending in _LINE_ENDINGS:
        return True
    line, end, _ = raw.opening.partition("\n")
    return bool(end) and isinstance(_loaded(line), dict)


def _lines(raw: Raw) -> Iterator[Draft | Skipped]:
    for number, line in enumerate(raw.lines(_LONGEST_LINE), 1):
        name = f"{raw.source}:{number}"
        if line is None:
            yield Skipped(name, f"a line of more than {_LONGEST_LINE // 1_000_000} MB")
            continue
        if not line.strip():
            continue
        try:
            record = json.loads(decode(line, declared=raw.charset), strict=False)
        except InputError as error:
            yield Skipped(name, error.message)
        except (ValueError, RecursionError) as error:
            yield Skipped(name, f"broken JSON ({_why(error)})")
        else:
            yield draft(record, raw.source, str(number))


def draft(record: object, source: str, part: str) -> Draft | Skipped:
    """The report in one record."""
    name = f"{source}:{part}" if part else source
    if not isinstance(record, dict):
        return Skipped(name, "no JSON object, so no report")
    said = fields.of(record)
    if said.text is None:
        keys = ", ".join(str(key)[:30] for key in list(record)[:8])
        return Skipped(
            name, f"no text in the record: it is expected under text, body or content (keys: {keys or 'none'})"
        )
    text = said.text
    if marked := bool(_TAGS.search(text[:20_000])):
        from worldstage.reading.html import fragment

        text = fragment(text)
    return Draft(
        text,
        "json",
        wrapped=not marked,
        title=said.title,
        publisher=said.publisher,
        author=said.author,
        published=said.published,
        language=said.language,
        address=said.address,
        part=part,
    )


def _records(data: object) -> list[object]:
    """The records in a JSON value: itself, its members, or those of the list that it wraps."""
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        return []
    for key in () if isinstance(data.get("text") or data.get("body"), str) else _LISTS:
        inner = data.get(key)
        if isinstance(inner, dict) and (found := _records(inner)) and found != [inner]:
            return found
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            return inner
    return [data]


def _loaded(line: str) -> object:
    try:
        return json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return None


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    return str(error)[:100] if isinstance(error, json.JSONDecodeError) else "a number of too many digits"


def _claims(raw: Raw) -> bool:
    """Whether it begins as records do; text may begin with a bracket too."""
    return bool(re.match(r"\{\s*(?:\"|\})|\[\s*(?:\{|\])", raw.opening))


READER = Reader(name="json", endings=(".json", *_LINE_ENDINGS), claims=_claims, read=read, order=40)
