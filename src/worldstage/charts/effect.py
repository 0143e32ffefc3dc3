"""An effect: what was observed, what was expected without the shock, and the band of what is ordinary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldstage.charts.parts import lettering, values
from worldstage.charts.theme import COOPERATION, GRID, INK, SOFT, WIDE, is_narrow

if TYPE_CHECKING:
    import altair as alt

    from worldstage.charts.parts import Drawing

_HEIGHT = 230
# A band that reaches far beyond all that was seen would press the rest flat: it is cut.
_ROOM = 1.6


@dataclass(frozen=True, slots=True)
class Period:
    """One period; before the shock nothing is expected, and nothing is observed where there was no event to score."""

    period: dt.date
    observed: float | None
    expected: float | None = None
    low: float | None = None
    high: float | None = None


def effect_chart(periods: Sequence[Period], shock: dt.date, *, width: int = WIDE, title: str = "events") -> Drawing:
    """Observed values as a line with points, the expected ones dashed, in a band; the shock as a rule.

    Returns
    -------
    altair.LayerChart
    """
    import altair as alt

    seen = [v for p in periods for v in (p.observed, p.expected) if v is not None]
    top, bottom = max([1.0, *seen]) * _ROOM, min([0.0, *seen]) * _ROOM
    rows = [_row(p, bottom, top) for p in periods]
    narrow = is_narrow(width)
    axis = alt.Axis(title=None, format="%b %Y", tickCount=4 if narrow else 8, grid=False)
    x = alt.X("period:T", axis=axis)

    def y(field: str) -> alt.Y:
        scale = alt.Scale(domain=[bottom, top], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=alt.Axis(title=title, gridColor=GRID, tickCount=5))

    base = alt.Chart(values(rows))
    later = alt.Chart(values([r for r in rows if r["expected"] is not None]))
    band = later.mark_area(color=COOPERATION, opacity=0.18).encode(x=x, y=y("low"), y2="high:Q")
    expected = later.mark_line(color=COOPERATION, strokeDash=[6, 3], strokeWidth=2).encode(x=x, y=y("expected"))
    observed = base.mark_line(color=INK, strokeWidth=1.5, point={"color": INK, "size": 18}).encode(x=x, y=y("observed"))
    mark = values([{"period": shock.isoformat(), "name": "shock"}])
    rule = alt.Chart(mark).mark_rule(color=SOFT, strokeDash=[3, 3]).encode(x=x)
    name = lettering(mark, {"x": x, "y": alt.value(0)}, field="name", align="left", baseline="top", dx=4)
    return alt.layer(band, rule, expected, observed, *name).properties(width=width - 60, height=_HEIGHT)


def _row(p: Period, bottom: float, top: float) -> dict[str, Any]:
    def kept(value: float | None) -> float | None:
        return None if value is None else min(max(value, bottom), top)

    return {
        "period": p.period.isoformat(), "observed": p.observed, "expected": p.expected,
        "low": kept(p.low), "high": kept(p.high),
    }  # fmt: skip
