"""Where the issues would end: the models side by side, and which input drives the outcome."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from worldstage.charts.ranges import Ranged, ranges
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.content import BargainLine
from worldstage.dossier.grid import Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill

_MODELS = {
    "mean": "Weighted mean", "median": "Weighted median", "nash": "Nash bargaining", "challenge": "Challenge model",
    "smp": "Spatial model", "exchange": "Exchange of support", "middle of the line": "Always the middle",
}  # fmt: skip
_COLUMNS = (
    Column("model", "Model"),
    Column("outcome", "Outcome", True, "On the line from 0 to 100, from the likeliest positions as they stand."),
    Column(
        "range", "Median and 90 % range", True,
        "Over draws of every position, salience and capability. Some suggestions are turned round in each draw, as "
        "often as the reader errs, which pulls towards the middle.",
    ),
    Column(
        "error", "Usual error", True,
        "Mean distance from the outcome, in points of 100, on 154 EU decisions with known outcomes.",
    ),
)  # fmt: skip
_SHARES = (
    Column("cell", "Input"),
    Column("alone", "Alone", True, "Share of the outcome’s variance that would go if this were known."),
    Column("range", "90 % range", True, "Of that share, by bootstrap; below 0 % is sampling error."),
    Column("total", "With others", True, "Share of the variance that would stay if all else were known."),
)


def render(book: Book) -> Markup:
    """One part per issue."""
    return fill("bargaining.html.j2", {"parts": [_part(b) for b in book.content.bargains]})


def _part(b: BargainLine) -> dict[str, Any]:
    rows = [
        {
            "model": _MODELS.get(model, model),
            "outcome": words.number(outcome, 0),
            "range": f"{spread[1]:.0f} ({spread[0]:.0f} to {spread[2]:.0f})" if spread else "–",
            "error": words.number(error, 1) if error is not None else "–",
        }
        for model, outcome, spread, error in b.models
    ]
    shares = [
        {"cell": cell, "alone": _percent(s[1]), "range": f"{_percent(s[0])} to {_percent(s[2])}", "total": _percent(t)}
        for cell, s, t in b.shares
    ]
    return {
        "anchor": links.anchor("bargain", b.key),
        "question": b.question,
        "picture": _picture(b),
        "grid": Grid("Where it would end, by model", _COLUMNS, rows),
        "driven": b.driven,
        "shares": Grid("What drives the weighted mean", _SHARES, shares) if shares else None,
        "basis": f"Ranges from {words.plural(b.draws, 'draw')}; shares of variance from {words.plural(b.runs, 'run')}.",
        "warnings": (*b.warnings, b.caution),
    }


def _percent(share: float) -> str:
    return f"{words.number(100 * share, 0)} %"


def _picture(b: BargainLine) -> Picture | None:
    marks = [
        Ranged(_MODELS.get(model, model), "outcome", spread[1], spread[0], spread[2])
        for model, _, spread, _ in b.models
        if spread
    ]
    if not marks:
        return None
    return picture(
        lambda width: ranges(
            marks, domain=(0.0, 100.0), rules=(50.0,), width=width, title="0: low end … 100: high end"
        ),
        ident=links.anchor("outcome", b.key),
        title=f"Where it would end: {b.question}",
        description=f"For {words.plural(len(marks), 'model')} the median outcome with its 90 % range. The numbers "
        "stand in the table.",
        caption="Marks are medians over draws of every uncertain input, lines hold 90 % of them; the dashed line is "
        "the middle.",
    )


SECTION = Section("bargaining", 63, "Where it would end", render)
