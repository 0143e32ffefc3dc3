"""The table of a comparison across a shock: what is before beside what is after, and links to the events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from worldstage.core.results import Result
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.grid import Cell, Column, Grid

TOO_FEW = "too few to tell"
_NEEDED = frozenset({
    "dyad", "before", "after", "expected", "ratio", "low", "high", "cooperation_before", "cooperation_after",
    "conflict_before", "conflict_after", "score_before", "score_after", "share_before", "share_after", "verdict",
})  # fmt: skip
_MEANINGS: Mapping[str, tuple[str, str]] = {
    "verdict": (
        "Verdict",
        "Rose or fell: the whole interval of the ratio lies above or below 1. No clear change: it holds 1. Too few to "
        "tell: there are so few events or periods that no interval is given.",
    ),
    "events": (
        "Events before → after",
        "Events between the two that are reported as having happened, before and after. An event with several "
        "partners counts once with each of them. The number leads to the list.",
    ),
    "ratio": (
        "Ratio (95 % interval)",
        "Events after over events expected. The interval comes from a model of counts that allows for bursts; of 100 "
        "such intervals some 95 hold the true ratio.",
    ),
    "expected": (
        "Expected after",
        "How many there would have been after, had the rate stayed as it was before.",
    ),
    "cooperation": ("Cooperation", "Of the events before → after, those of cooperation, in words or deeds."),
    "conflict": ("Conflict", "Of the events before → after, those of conflict, in words or deeds."),
    "score": (
        "Mean score",
        "Mean intensity before → after, on the scale of the PLOVER ontology from −10 (most hostile) to 10 (most "
        "cooperative).",
    ),
    "share": (
        "Share of all",
        "Share before → after of all events between identified actors, whoever they are, in per cent.",
    ),
}
_COLUMNS = tuple(Column(key, heading, key != "verdict", meaning) for key, (heading, meaning) in _MEANINGS.items())


def compares(result: Result) -> bool:
    """Whether a result is such a comparison; other tables are printed as they are."""
    return set(result.table.columns) >= _NEEDED


def anchor_of(i: int) -> str:
    """The anchor of the comparison with that index."""
    return f"shock-{i + 1}"


def row_anchor(i: int, result: Result, label: str) -> str | None:
    """The anchor of the row that carries this label."""
    for n, row in enumerate(result.table.rows, 1):
        if row.get("dyad") == label:
            return f"{anchor_of(i)}-row-{n}"
    return None


def shock_of(result: Result) -> str:
    """``Paris attacks, 13 November 2015``."""
    named, date = str(result.parameters.get("shock_name", "")), str(result.parameters.get("shock", ""))
    try:
        said = words.day(dt.date.fromisoformat(date))
    except ValueError:
        said = date
    return ", ".join(part for part in (named if named != date else "", said) if part) or "the shock"


def without_focus(book: Book, label: str) -> str:
    """The label of a relation without the focus actor's name, which all of them share."""
    for sign in ("–", "→"):
        start = f"{book.focus} {sign} "
        if book.focus and label.startswith(start):
            return label[len(start) :]
    return label.removeprefix(f"{book.focus}, ").capitalize() if label == f"{book.focus}, all relations" else label


def grid(book: Book, i: int, result: Result) -> Grid:
    """The table of a result, each row with its anchor."""
    relation = Column("dyad", "Partner" if book.focus else "Relation")
    draw, columns = (_row, (relation, *_COLUMNS)) if compares(result) else (_plain_row, _plain_columns(result))
    rows: list[dict[str, Cell]] = []
    for n, row in enumerate(result.table.rows, 1):
        rows.append({"id": f"{anchor_of(i)}-row-{n}", **draw(book, result, row)})
    return Grid(result.table.caption, columns, rows)


def _row(book: Book, result: Result, row: Mapping[str, Any]) -> dict[str, Cell]:
    behind = book.relation(result, str(row["dyad"]))
    events = _moved(row, "before", "after")
    return {
        "dyad": without_focus(book, str(row["dyad"])), "events": links.to(behind[0], events) if behind else events,
        "expected": _number(row["expected"], 1), "ratio": _ratio(row),
        "cooperation": _moved(row, "cooperation_before", "cooperation_after"),
        "conflict": _moved(row, "conflict_before", "conflict_after"),
        "score": _moved(row, "score_before", "score_after"),
        "share": f"{_moved(row, 'share_before', 'share_after')} %", "verdict": _verdict(str(row["verdict"])),
    }  # fmt: skip


def _verdict(verdict: str) -> str:
    sign = next((s for s, word in words.ARROWS.values() if word == verdict), "")
    return f"{sign} {verdict}".strip()


def _moved(row: Mapping[str, Any], before: str, after: str) -> str:
    said = ("none" if row[key] is None else _number(row[key], 1) for key in (before, after))
    return " → ".join(said)


def _number(value: object, decimals: int = 0) -> str:
    """A number with so many decimals; other values as they are, and a dash for none."""
    if isinstance(value, int | float):
        return words.number(value, decimals if isinstance(value, float) else 0)
    return "–" if value is None else str(value)


def _ratio(row: Mapping[str, Any]) -> str:
    if row["verdict"] == TOO_FEW:
        return "–"
    said = "none before" if row["ratio"] is None else _number(row["ratio"], 2)
    low = _number(row["low"] or 0.0, 2)
    return f"{said} ({low} or more)" if row["high"] is None else f"{said} ({low}–{_number(row['high'], 2)})"


def _plain_columns(result: Result) -> tuple[Column, ...]:
    rows = result.table.rows
    return tuple(
        Column(key, heading, all(isinstance(row.get(key), int | float) for row in rows))
        for key, heading in result.table.columns.items()
    )


def _plain_row(_book: Book, result: Result, row: Mapping[str, Any]) -> dict[str, Cell]:
    return {key: _number(row.get(key), 2) for key in result.table.columns}
