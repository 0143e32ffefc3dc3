"""Change across a shock: one mark with its interval per relation, on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldstage.charts.parts import chosen, values
from worldstage.charts.theme import GRID, INK, SOFT, WIDE, is_narrow, label

if TYPE_CHECKING:
    import altair as alt

    from worldstage.charts.parts import Drawing

SHAPES: Mapping[str, str] = {"rose": "triangle-up", "fell": "triangle-down", "no clear change": "square"}
_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
_ROW = 26


@dataclass(frozen=True, slots=True)
class Ratio:
    """Rate after over rate before, with its interval; None for what is unbounded or was not measured."""

    name: str
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str


def ratios(found: Sequence[Ratio], *, width: int = WIDE) -> Drawing:
    """One row per relation: the interval as a line, the estimate as one of `SHAPES`, the numbers beside them.

    An interval without an end, or with one off the scale, ends in an arrow; a relation without events before has no
    estimate. The narrow drawing leaves out the numbers.

    Returns
    -------
    altair.LayerChart
    """
    import altair as alt

    low, high = _domain(found)
    rows = [_row(r, low, high) for r in found]
    narrow = is_narrow(width)
    scale = alt.Scale(type="log", domain=[low, high], nice=False)
    axis = alt.Axis(
        title=None if narrow else "times as many as expected from before (logarithmic scale)", gridColor=GRID,
        values=[t for t in _TICKS if low <= t <= high], labelExpr="'×' + datum.label", format="~g",
    )  # fmt: skip
    names = alt.Axis(title=None, ticks=False, domain=False, labelPadding=10, labelLimit=120 if narrow else 220)
    y = alt.Y("name:N", sort=[r["name"] for r in rows], axis=names)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    base = alt.Chart(values(rows))
    even = alt.Chart(values([{"one": 1}])).mark_rule(color=SOFT, strokeDash=[4, 3]).encode(x=x("one"))
    lines = base.mark_rule(color=INK, strokeWidth=1.6).encode(x=x("low"), x2="high:Q", y=y)
    arrows = [
        alt.Chart(values([r for r in rows if r[f"open_{side}"]]))
        .mark_point(shape=shape, filled=True, size=36, color=INK, opacity=1)
        .encode(x=x(side), y=y)
        for side, shape in (("low", "triangle-left"), ("high", "triangle-right"))
    ]
    key = alt.Legend(title=None, orient="top", symbolFillColor=INK, symbolStrokeColor=INK)
    marks = alt.Chart(values([r for r in rows if r["ratio"] is not None]))
    dots = marks.mark_point(filled=True, color=INK, size=90, opacity=1).encode(
        x=x("ratio"), y=y, shape=alt.Shape("verdict:N", scale=chosen(SHAPES, list(SHAPES.values())), legend=key)
    )
    plot = width - (130 if narrow else 290)
    layers = [even, lines, *arrows, dots]
    if not narrow:
        words = base.mark_text(align="left", dx=10, color=INK)
        layers.append(words.encode(x=alt.value(plot), y=y, text="words:N"))
    return alt.layer(*layers).properties(width=plot, height=_ROW * len(rows))


def _domain(found: Sequence[Ratio]) -> tuple[float, float]:
    """Bounds of the axis: at least a half to double, and as wide as estimates and intervals up to a hundredfold."""
    seen = [v for r in found for v in (r.ratio, r.low, r.high) if v is not None and _TICKS[0] <= v <= _TICKS[-1]]
    return min([0.5, *seen]) * 0.9, max([2.0, *seen]) * 1.1


def _row(r: Ratio, low: float, high: float) -> dict[str, Any]:
    open_low, open_high = r.low is None or r.low < low, r.high is None or r.high > high
    shown = f"{r.ratio:.2f}" if r.ratio is not None else "none before"
    upto = f"–{r.high:.2f}" if r.high is not None else " or more"
    return {
        "name": label(r.name), "ratio": None if r.ratio is None else min(max(r.ratio, low), high),
        "low": low if open_low else r.low, "high": high if open_high else r.high,
        "open_low": open_low, "open_high": open_high, "verdict": r.verdict,
        "words": f"{shown} ({r.low or 0:.2f}{upto})",
    }  # fmt: skip
