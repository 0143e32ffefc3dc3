"""Events over time: cooperation upwards, conflict downwards, shocks as rules."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldstage.charts.parts import chosen, lettering, values
from worldstage.charts.theme import (
    CONFLICTUAL,
    COOPERATIVE,
    INK,
    MONTHS,
    QUAD_FILL,
    QUAD_LINE,
    QUADS,
    RULE,
    SOFT,
    WIDE,
    is_narrow,
    label,
)
from worldstage.core.periods import Unit, next_period, period_start

if TYPE_CHECKING:
    import altair as alt

    from worldstage.charts.parts import Drawing

# From the zero line outwards: deeds, then words.
_OUTWARDS = (COOPERATIVE[::-1], CONFLICTUAL[::-1])
_LINE = 15
_LETTER = 6.3
_FIELD = "kind"


@dataclass(frozen=True, slots=True)
class Bar:
    """How many events of one quad class one period has."""

    period: dt.date
    quad: str
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """What the time axis covers, and what is marked on it."""

    first: dt.date
    last: dt.date
    unit: Unit
    shocks: Sequence[tuple[str, dt.date]] = ()

    @property
    def edges(self) -> tuple[dt.date, dt.date]:
        """The first day of the first period, and the first day after the last."""
        return period_start(self.first, self.unit), next_period(period_start(self.last, self.unit), self.unit)

    def place(self, day: dt.date) -> float:
        """Where a day stands on the axis, from 0 to 1."""
        first, end = self.edges
        return (day - first).days / (end - first).days


def timeline(bars: Iterable[Bar], volume: Mapping[dt.date, int], span: Span, *, width: int = WIDE) -> Drawing:
    """Events by quad class per period, above the volume of all reporting.

    Returns
    -------
    altair.VConcatChart
        Bars from the zero line up (cooperation) and down (conflict), and grey bars of all events reported.
    """
    import altair as alt

    bars = list(bars)
    panels: list[Any] = []
    if bars:
        top = _bars(bars, span, width=width, height=230, limits=_limits([bars]), dated=not volume, legend=True)
        panels.append(alt.layer(*top, *_shocks(span, width, 230, named=True)))
    if volume:
        panels.append(_volume(volume, span, width, named=not bars))
    return alt.vconcat(*panels, spacing=14)


def partners(panels: Sequence[tuple[str, Sequence[Bar]]], span: Span, *, width: int = WIDE) -> Drawing:
    """The same bars for one partner after another, all on one scale.

    Parameters
    ----------
    panels
        Name and bars of each partner, in the order of display.

    Returns
    -------
    altair.VConcatChart
    """
    import altair as alt

    limits, height, drawn = _limits([bars for _, bars in panels]), 64, []
    for i, (name, bars) in enumerate(panels):
        first, last = i == 0, i == len(panels) - 1
        layers = _bars(bars, span, width=width, height=height, limits=limits, dated=last, legend=first)
        corner = {"x": alt.value(0), "y": alt.value(0)}
        name_row = values([{"name": label(name)}])
        caption = lettering(
            name_row, corner, field="name", align="left", baseline="top", dx=4, dy=-3, fontWeight="bold"
        )
        drawn.append(alt.layer(*layers, *_shocks(span, width, height, named=first), *caption))
    return alt.vconcat(*drawn, spacing=8)


def _moment(day: dt.date) -> str:
    # A bare date would be read as midnight in Greenwich, and drawn a day early west of it.
    return f"{day}T00:00:00"


def _limits(panels: Iterable[Sequence[Bar]]) -> tuple[int, int]:
    """The most events of conflict and of cooperation that any period of any panel has; at least 1 each."""
    down = up = 1
    for bars in panels:
        sums = Counter[tuple[dt.date, bool]]()
        for bar in bars:
            sums[bar.period, bar.quad in COOPERATIVE] += bar.count
        up = max([up, *(n for (_, good), n in sums.items() if good)])
        down = max([down, *(n for (_, good), n in sums.items() if not good)])
    return down, up


def _stacked(bars: Sequence[Bar], span: Span) -> list[dict[str, Any]]:
    """Bars as rectangles: from, to, low, high."""
    counts = Counter[tuple[dt.date, str]]()
    for bar in bars:
        counts[bar.period, bar.quad] += bar.count
    rows = []
    for period in sorted({bar.period for bar in bars}):
        ends = {"from": _moment(period), "to": _moment(next_period(period, span.unit))}
        for side, sign in zip(_OUTWARDS, (1, -1), strict=True):
            base = 0
            for quad in side:
                if n := counts[period, quad]:
                    rows.append({**ends, _FIELD: quad, "low": sign * base, "high": sign * (base + n)})
                    base += n
    return rows


def _time(span: Span, *, dated: bool, width: int) -> alt.X:
    import altair as alt

    first, end = span.edges
    days = (end - first).days
    # Labels of months need some 60 pixels each; on long axes years do.
    step = max(1, round(60 * days / 30.4 / width + 0.4))
    axis = alt.Axis(
        title=None, grid=False, labels=dated, ticks=dated, domain=dated,
        format="%Y" if days > 1200 else "%b %Y" if days > 50 else "%-d %b",
        tickCount={"interval": "month", "step": step} if 50 < days <= 1200 else 6, labelOverlap=True, labelFlush=False,
    )  # fmt: skip
    return alt.X("from:T", scale=alt.Scale(domain=[_moment(first), _moment(end)], nice=False), axis=axis)


def _bars(
    bars: Sequence[Bar], span: Span, *, width: int, height: int, limits: tuple[int, int], dated: bool, legend: bool
) -> list[alt.Chart]:
    import altair as alt

    down, up = limits
    key = None
    if legend:
        key = alt.Legend(
            orient="top", title=None, direction="horizontal", symbolType="square", symbolSize=130,
            columns=2 if is_narrow(width) else 4, offset=14,
        )  # fmt: skip
    small = height < 100
    axis = alt.Axis(
        title=None if small else "← conflict · events · cooperation →", tickMinStep=1, tickCount=3 if small else 6,
        labelExpr="format(abs(datum.value), ',d')", domain=False, ticks=False,
    )  # fmt: skip
    marks = (
        alt.Chart(values(_stacked(bars, span)))
        .mark_rect(strokeWidth=1)
        .encode(
            x=_time(span, dated=dated, width=width), x2="to:T",
            y=alt.Y("low:Q", scale=alt.Scale(domain=[-down, up], nice=False), axis=axis), y2="high:Q",
            fill=alt.Fill(f"{_FIELD}:N", scale=chosen(QUADS, [QUAD_FILL[q] for q in QUADS]), legend=key),
            stroke=alt.Stroke(f"{_FIELD}:N", scale=chosen(QUADS, [QUAD_LINE[q] for q in QUADS]), legend=key),
        )
        .properties(width=width - 60, height=height)
    )  # fmt: skip
    zero = alt.Chart(values([{"y": 0}])).mark_rule(color=INK, strokeWidth=1).encode(y="y:Q")
    return [marks, zero]


def _shocks(span: Span, width: int, height: int, *, named: bool) -> list[alt.Chart]:
    """Dashed rules, each under its own line of text: the texts of neighbouring shocks never lie upon each other."""
    import altair as alt

    first, end = span.edges
    inside = sorted((s for s in span.shocks if first <= s[1] < end), key=lambda s: s[1])
    texts = [f"{label(name)}, {day.day} {MONTHS[day.month - 1]}" for name, day in inside]
    plot = width - 60
    rightwards = all(
        span.place(day) * plot + _LETTER * len(t) < plot + 10 for t, (_, day) in zip(texts, inside, strict=True)
    )
    layers = []
    for i, (text, (_, day)) in enumerate(zip(texts, inside, strict=True)):
        # A text that runs rightwards would cross the rule of the next shock, were that to reach as high.
        row = i if rightwards else len(inside) - 1 - i
        top = -_LINE * (len(inside) - row) if named else 0
        data = values([{"from": _moment(day), "text": text}])
        x = _time(span, dated=False, width=width)
        rule = alt.Chart(data).mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.2)
        layers.append(rule.encode(x=x, y=alt.value(top), y2=alt.value(height)))
        if named:
            way: dict[str, Any] = {"align": "left", "dx": 4} if rightwards else {"align": "right", "dx": -4}
            mark = alt.Chart(data).mark_text(baseline="top", fontWeight="bold", **way)
            layers.append(mark.encode(x=x, y=alt.value(top), text="text:N"))
    return layers


def _volume(volume: Mapping[dt.date, int], span: Span, width: int, *, named: bool) -> Drawing:
    import altair as alt

    rows = [{"from": _moment(p), "to": _moment(next_period(p, span.unit)), "n": n} for p, n in sorted(volume.items())]
    axis = alt.Axis(title=None, tickMinStep=1, tickCount=2, domain=False, ticks=False, format=",d")
    marks = alt.Chart(values(rows)).mark_rect(fill=RULE, stroke=SOFT, strokeWidth=1)
    drawn = marks.encode(
        x=_time(span, dated=True, width=width), x2="to:T", y=alt.Y("zero:Q", axis=axis), y2="n:Q",
    ).transform_calculate(zero="0")  # fmt: skip
    title = alt.Title("All events reported, whoever took part", fontSize=12, fontWeight="normal", color=SOFT)
    layers = [drawn, *_shocks(span, width, 46, named=named)]
    return alt.layer(*layers).properties(width=width - 60, height=46, title=title)
