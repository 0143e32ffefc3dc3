"""Relations before and after each shock: table, picture of the ratios, and the series of the main partners."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from worldstage.charts.ratios import Ratio, ratios
from worldstage.charts.timeline import Bar, Span, partners
from worldstage.core.results import Result
from worldstage.dossier import comparison, links, words
from worldstage.dossier.book import Book
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill

_PANELS = 6


def render(book: Book) -> Markup:
    """One part per shock, then the series."""
    parts = [_part(book, i, result) for i, result in enumerate(book.content.relations)]
    return fill("relations.html.j2", {"parts": parts, "series": _series(book), "focus": book.focus})


def _part(book: Book, i: int, result: Result) -> dict[str, Any]:
    rows = result.table.rows
    few = [comparison.without_focus(book, str(r["dyad"])) for r in rows if r.get("verdict") == comparison.TOO_FEW]
    return {
        "anchor": comparison.anchor_of(i),
        "name": comparison.shock_of(result),
        "text": result.text,
        "grid": comparison.grid(book, i, result),
        "picture": _ratios(book, i, result) if comparison.compares(result) else None,
        "few": words.listed(few),
        "basis": _basis(book, result),
        "warnings": result.warnings,
    }


def _basis(book: Book, result: Result) -> list[str]:
    """How the comparison was made, in sentences."""
    p, out = result.parameters, []
    unit = str(p.get("unit", book.unit))
    if p.get("from") and p.get("to"):
        first, last = (words.day(dt.date.fromisoformat(str(p[key]))) for key in ("from", "to"))
        out.append(f"Compared are the {unit}s from {first} to {last}.")
    if p.get("after"):
        start = words.day(dt.date.fromisoformat(str(p["after"])))
        out.append(f"The first {unit} that counts as after begins on {start}.")
    if p.get("normalised"):
        out.append("Rates are per event reported: a relation rises when its share of the news does, not with the news.")
    elif "normalised" in p:
        out.append(f"Rates are {words.UNITS.get(unit, unit)}, whatever the volume of reporting.")
    if p.get("directed"):
        out.append("Only what the first of the two does to the second is counted.")
    return out


def _ratios(book: Book, i: int, result: Result) -> Picture | None:
    found = [
        Ratio(comparison.without_focus(book, str(r["dyad"])), r["ratio"], r["low"], r["high"], str(r["verdict"]))
        for r in result.table.rows
        if r["verdict"] != comparison.TOO_FEW
    ]
    if not found:
        return None
    return picture(
        lambda width: ratios(found, width=width),
        ident=f"ratios-{i + 1}",
        title=f"Events after {comparison.shock_of(result)} over events expected",
        description=f"For {words.plural(len(found), 'relation')} the ratio of events after to events expected from "
        "before, with its 95 % interval. The numbers stand in the table.",
        caption="Each mark is the ratio of events after to events expected from before, each line its 95 % interval; "
        "an arrow means that the interval goes on. A line that crosses ×1 shows no clear change.",
    )


def _series(book: Book) -> dict[str, Any] | None:
    content = book.content
    if not content.series or not content.window:
        return None
    total = Counter[str]()
    for point in content.series:
        total[point.partner] += point.count
    chosen = sorted(total, key=lambda code: (-total[code], code))[:_PANELS]
    panels: Sequence[tuple[str, Sequence[Bar]]] = [
        (book.name(code), [Bar(p.period, p.quad, p.count) for p in content.series if p.partner == code])
        for code in chosen
    ]
    span = Span(*content.window, book.unit, content.shocks)
    names = words.listed([name for name, _ in panels])
    drawn = picture(
        lambda width: partners(panels, span, width=width),
        ident="partners",
        title=f"Events between {book.focus} and {names}, {words.UNITS[book.unit]}",
        description="One row of bars per partner: cooperation above the line, conflict below. The numbers stand in "
        "the table.",
        caption=f"The {'partner' if len(panels) == 1 else f'{words.spelt(len(panels))} partners'} with most events, "
        "all on one scale. Above the line cooperation, below it conflict; dark are deeds, light are words.",
    )
    focus = content.focus or ""
    lists = [links.to(book.pair_anchor(focus, code), book.name(code)) for code in chosen if code in book.partners]
    return {"picture": drawn, "grid": _series_grid(book, chosen), "lists": Markup(", ").join(lists)}


def _series_grid(book: Book, chosen: Sequence[str]) -> Grid:
    counts = Counter[tuple[dt.date, str]]()
    for point in book.content.series:
        counts[point.period, point.partner] += point.count
    columns = [Column("period", f"{book.unit.capitalize()} from")]
    columns += [Column(f"p{n}", book.name(code), True) for n, code in enumerate(chosen)]
    rows: list[dict[str, Cell]] = [
        {"period": book.period_link(period), **{f"p{n}": str(counts[period, code]) for n, code in enumerate(chosen)}}
        for period in sorted({period for period, _ in counts})
    ]
    return Grid(f"Events with {book.focus}, {words.UNITS[book.unit]}", columns, rows, stacked=False)


SECTION = Section("relations", 30, "Relations before and after", render)
