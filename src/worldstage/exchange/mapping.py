"""What a format is: which columns it has, and which of them fill which field of an event.

A layout computes nothing over rows. Plain fields name their columns; what needs knowledge (types, actors, countries)
is a function over the *distinct* values of some columns, so that a file of millions of rows asks it a few thousand
times.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from worldstage.exchange.parties import Resolver

Values = tuple[str, ...]
Reader = Literal["csv", "json", "parquet"]
ISO = ("%Y-%m-%d",)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is told: a PLOVER type with modes and contexts; type None is counted as reporting and is no event.

    Attributes
    ----------
    refused
        Why rows of this kind are refused, if they are.
    status
        One of `worldstage.core.records.STATUSES`.
    """

    type: str | None = None
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    refused: str | None = None
    status: str = "occurred"


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as resolved, with what the source calls it."""

    code: str | None
    name: str
    country: str | None = None
    sector: str = "UNK"
    person: str | None = None
    office: str | None = None
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Who is meant between two days, both included."""

    first: dt.date
    last: dt.date
    parties: tuple[Party, ...]


def always(*parties: Party) -> list[Span]:
    """The same parties on every day."""
    return [Span(dt.date.min, dt.date.max, parties)]


def together(found: Sequence[Sequence[Span]]) -> list[Span]:
    """Several actors side by side, each as it is meant on the day."""
    if len(found) == 1:
        return list(found[0])
    edges = sorted({dt.date.min, *(s.first for spans in found for s in spans)})
    ends = [*(e - dt.timedelta(days=1) for e in edges[1:]), dt.date.max]
    return [
        Span(first, last, tuple(p for spans in found for s in spans if s.first <= first <= s.last for p in s.parties))
        for first, last in zip(edges, ends, strict=True)
    ]


PartyRule = Callable[["Resolver", Values], list[Span]]
KindRule = Callable[[Values], Kind]
CountryRule = Callable[["Resolver", str], "str | None"]


@dataclass(frozen=True)
class Layout:
    """A format and version of event data.

    Attributes
    ----------
    name, title, dataset
        How it is asked for; what it is called; what its events carry as ``dataset``.
    columns
        The published columns in their order; needed where files have no header.
    header
        Whether files carry a header row.
    delimiter, quote
        Of the text; an empty quote: none.
    row
        Columns that name the row in its source; those of the key, if not given.
    key
        Columns that together identify a row; none: the row itself, and the how many-th of its like.
    date, date_styles
        Column of the day of the event, and how it is written (``strptime``).
    last_day, precision
        Column of the last day, for events over several; column with the source's word for precision, and what its
        words mean.
    kind_from, kind, actor_from, recipient_from, parties
        Columns, and the rule over their distinct values.
    place, country_from, country
        Columns for the place's name (the first that is filled); the column and the rule for its country.
    fields
        Plain columns: ``score, publisher, lat, lon, deaths_low, deaths_high, injured_low, injured_high, attribution,
        text, confidence, coder, dataset, evidence`` (a list in JSON). Of an address as ``publisher`` the host is kept.
    missing
        What stands for a missing value, besides nothing at all.
    cite
        What to cite, and who allows what.
    """

    name: str
    title: str
    dataset: str
    columns: tuple[str, ...]
    date: str
    kind_from: tuple[str, ...]
    kind: KindRule
    actor_from: tuple[str, ...]
    recipient_from: tuple[str, ...]
    parties: PartyRule
    header: bool = True
    delimiter: str = ","
    quote: str = '"'
    key: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    date_styles: tuple[str, ...] = ISO
    last_day: str | None = None
    precision: tuple[str, Mapping[str, str]] | None = None
    place: tuple[str, ...] = ()
    country_from: str | None = None
    country: CountryRule | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    cite: str = ""
    reader: Reader = "csv"
    encoding: str = "utf-8"
    # Whether values may have blanks around them; a fifth of the time of reading goes into looking.
    trim: bool = True
    # How many columns at the end of a row may be missing.
    optional: int = 0
    # Record → cells in the order of `columns`, for formats of JSON lines.
    flatten: Callable[[Mapping[str, Any]], Mapping[str, str]] | None = None
    # Ids of our own exports are kept as they are; those of others get the dataset in front.
    own_ids: bool = False
    mentions: bool = False

    def needed(self) -> list[str]:
        """Columns without which a file cannot be this."""
        return [c for c in (*self.key, self.date, *self.kind_from[:1]) if c]


def folded(name: str) -> str:
    """A column's name without case, blanks and signs: ``Event ID``, ``event_id`` and ``Event.ID`` are one."""
    return re.sub(r"[^a-z0-9]", "", name.casefold()) or name


def split(cell: str, separator: str = ";") -> tuple[str, ...]:
    """The members of a list cell, trimmed, without empty ones."""
    return tuple(part.strip() for part in cell.split(separator) if part.strip())
