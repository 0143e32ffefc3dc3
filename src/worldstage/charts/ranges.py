"""Values with their ranges on a straight line: one row per name, one mark per state of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldstage.charts.parts import chosen, values
from worldstage.charts.theme import GRID, INK, SOFT, WIDE, is_narrow, label

if TYPE_CHECKING:
    from worldstage.charts.parts import Drawing

_ROW = 30
# Two states of one row lie this far apart, in pixels, so that neither hides the other.
_APART = 10


@dataclass(frozen=True, slots=True)
class Ranged:
    """One mark: the row it stands in, which state it shows, its value and the range of it."""

    name: str
    state: str
    value: float
    low: float
    high: float


def ranges(
    found: Sequence[Ranged],
    *,
    domain: tuple[float, float],
    rules: Sequence[float] = (),
    title: str = "",
    width: int = WIDE,
) -> Drawing:
    """One row per name, in the order given; ranges as lines, values as marks.

    Parameters
    ----------
    domain
        The two ends of the axis; what lies beyond is cut.
    rules
        Places on the axis that are marked by a dashed line.
    title
        Of the axis; the narrow drawing has none.

    Returns
    -------
    altair.LayerChart
    """
    import altair as alt

    names = list(dict.fromkeys(r.name for r in found))
    states = list(dict.fromkeys(r.state for r in found))
    rows = [_row(r, names, states, domain) for r in found]
    narrow = is_narrow(width)
    height = _ROW * len(names)
    axis = alt.Axis(title=None if narrow else title or None, gridColor=GRID, tickCount=5)
    scale = alt.Scale(domain=list(domain), nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    place = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], reverse=True, nice=False), axis=None)
    base = alt.Chart(values(rows))
    marks = alt.Chart(values([{"at": r} for r in rules])).mark_rule(color=SOFT, strokeDash=[4, 3]).encode(x=x("at"))
    lines = base.mark_rule(color=INK, strokeWidth=1.4).encode(x=x("low"), x2="high:Q", y=place)
    key = alt.Legend(title=None, orient="top", symbolStrokeColor=INK) if len(states) > 1 else None
    dots = base.mark_point(size=80, stroke=INK, strokeWidth=1.5, opacity=1).encode(
        x=x("value"),
        y=place,
        fill=alt.Fill("state:N", scale=chosen(states, [GRID, INK][-len(states) :]), legend=key),
        shape=alt.Shape("state:N", scale=chosen(states, ["circle", "diamond"][-len(states) :]), legend=key),
    )
    heads = [{"name": label(n, 16 if narrow else 28), "y": _ROW * (i + 0.5)} for i, n in enumerate(names)]
    words = (
        alt.Chart(values(heads))
        .mark_text(align="right", dx=-10, color=INK)
        .encode(x=alt.value(0), y=place, text="name:N")
    )
    plot = width - (130 if narrow else 230)
    return alt.layer(marks, lines, dots, words).properties(width=plot, height=height)


def _row(r: Ranged, names: Sequence[str], states: Sequence[str], domain: tuple[float, float]) -> dict[str, float | str]:
    def inside(v: float) -> float:
        return min(max(v, domain[0]), domain[1])

    shift = _APART * (states.index(r.state) - (len(states) - 1) / 2)
    return {
        "state": r.state, "value": inside(r.value), "low": inside(r.low), "high": inside(r.high),
        "y": _ROW * (names.index(r.name) + 0.5) + shift,
    }  # fmt: skip
