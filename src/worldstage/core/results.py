"""What a stage returns: a table, a sentence, its parameters, its warnings and its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Direction = Literal["up", "down", "flat", "unknown"]


@dataclass(frozen=True)
class Table:
    """A table with the order, titles and definitions of its columns.

    Attributes
    ----------
    rows
        One mapping per row; keys are the names in `columns`.
    columns
        Column name → heading, in the order of display.
    """

    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
    caption: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing worth saying first: an arrow, a sentence, the events behind it.

    Attributes
    ----------
    direction
        ``up`` and ``down`` speak of the quantity named in `title`; ``unknown`` where too little is known.
    events
        Ids of the events that the sentence rests on.
    weight
        How much it matters, for the order of display; larger first.
    """

    title: str
    text: str
    direction: Direction
    events: tuple[str, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True)
class Result:
    """The outcome of one analysis, ready to print: it can be quoted, tabulated and traced."""

    text: str
    table: Table
    parameters: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    events: tuple[str, ...] = ()
