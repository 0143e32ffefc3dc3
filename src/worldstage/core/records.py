"""The records that flow through the program: one frozen class per word of the design.

Spans are half-open character offsets into `Document.text`. ``None`` means *not known* or *not found in the
source*, never zero.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Status = Literal["occurred", "planned", "hypothetical", "denied", "historical"]
STATUSES: tuple[str, ...] = get_args(Status)

DatePrecision = Literal["day", "week", "month", "year", "unknown"]

SECTORS: tuple[str, ...] = (
    "GOV", "LEG", "JUD", "MIL", "POL", "SPY", "OPP", "REB", "PTY", "CVL",
    "BUS", "MED", "EDU", "REL", "ELI", "IGO", "NGO", "MNC", "REF", "UNK",
)  # fmt: skip


def digest(*parts: object) -> str:
    """A stable id of 16 hexadecimal digits from the parts, in order."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """One article or report.

    Attributes
    ----------
    id
        First 16 digits of `sha256`, which is taken over date of publication, outlet and text: the same agency copy
        in ten outlets is ten documents, the same article read twice is one.
    published_from
        Where the date came from: ``option``, ``metadata``, ``date line``, ``file name`` or ``none``.
    language
        ISO 639-1 code; only ``en`` is coded.
    source
        The path or address that it was read from.
    duplicate_of
        Id of the document that this one repeats (wire copy), if any.
    """

    id: str
    sha256: str
    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: dt.date | None = None
    published_from: str = "none"
    language: str = "en"
    source: str = ""
    kind: str = "text"
    duplicate_of: str | None = None

    @staticmethod
    def make(text: str, *, published: dt.date | None = None, publisher: str | None = None, **fields: Any) -> Document:
        """A document whose id and hash follow from its text, date and outlet."""
        key = f"{published or ''}\x1f{publisher or ''}\x1f{text}"
        full = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return Document(id=full[:16], sha256=full, text=text, published=published, publisher=publisher, **fields)


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that could not be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a record comes from: a span of a document, or the row of an imported file."""

    document: str | None = None
    start: int | None = None
    end: int | None = None
    text: str | None = None
    dataset: str | None = None
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as resolved on the date of the event; `text` is how the source put it."""

    code: str | None
    name: str
    country: str | None = None
    sector: str = "UNK"
    person: str | None = None
    office: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happened; coordinates in degrees."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """A count known within bounds; ``high`` is None for *at least*."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that one actor (or several together) did: what, how, why, who, whom, when, where, says who."""

    id: str
    type: str
    quad: str
    score: float
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    date: dt.date | None
    evidence: tuple[Evidence, ...]
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    date_precision: DatePrecision = "day"
    status: Status = "occurred"
    place: Place | None = None
    deaths: Range | None = None
    injured: Range | None = None
    attribution: str | None = None
    dataset: str = "articles"
    publisher: str | None = None
    source_score: float | None = None
    confidence: float = 1.0
    coder: str = ""
    trigger: tuple[int, int] | None = dataclasses.field(default=None, compare=False)

    FIELDS = (
        "id", "type", "mode", "context", "quad", "score", "actors", "recipients", "date", "date_precision",
        "status", "place", "deaths", "injured", "attribution", "dataset", "publisher", "source_score",
        "evidence", "confidence", "coder",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """What an actor said; `firmness` runs from 0 (hedged) to 1 (flat threat or pledge)."""

    id: str
    speaker: Actor
    text: str
    quoted: bool
    verb: str
    firmness: float
    evidence: Evidence
    target: Actor | None = None
    date: dt.date | None = None
    event: str | None = None

    FIELDS = ("id", "speaker", "text", "quoted", "verb", "target", "firmness", "date", "event", "evidence")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text reports, and who counted."""

    id: str
    unit: str
    what: str
    evidence: Evidence
    value: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None
    source: str | None = None
    date: dt.date | None = None

    FIELDS = ("id", "value", "low", "high", "unit", "qualifier", "what", "source", "date", "evidence")


@dataclass(frozen=True, slots=True)
class Mention:
    """How often a name was met in a document, and what it resolved to (code None: to nothing)."""

    name: str
    code: str | None
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An analyst's verdict on an event.

    Attributes
    ----------
    trigger
        Span of the words in the document that told the event; by it the verdict finds the event again after re-coding.
    verdict
        ``accept``, ``correct`` or ``reject``.
    original, corrected
        What the coder had said; what holds instead (None where the event was rejected).
    """

    number: int
    document: str
    trigger: tuple[int, int]
    verdict: str
    original: Event
    corrected: Event | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """All that was coded from one document."""

    document: str
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    mentions: tuple[Mention, ...] = ()


def as_json(value: Any) -> Any:
    """A record as plain JSON types: fields in the order of the design, dates in ISO form, floats rounded.

    Scores and confidences are rounded to 4 digits, so that output is the same on every machine.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = getattr(type(value), "FIELDS", None) or [f.name for f in dataclasses.fields(value)]
        return {name: as_json(getattr(value, name)) for name in names}
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, float):
        return round(value, 4)
    return value
