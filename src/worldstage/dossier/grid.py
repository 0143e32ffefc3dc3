"""Tables as the templates draw them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

Cell = str | Markup


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, whether it holds numbers, and what it means."""

    key: str
    heading: str
    numeric: bool = False
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes
    ----------
    rows
        One mapping per row from the columns' keys to text (escaped when drawn) or markup (not escaped). The key ``id``
        gives the row an anchor.
    stacked
        On a telephone each row becomes a card with headings before its values; else the table scrolls sideways.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Cell]]
    stacked: bool = True
    notes: Sequence[str] = field(default=())
