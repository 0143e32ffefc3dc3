"""What moved across a shock: one row per measure or part with its place before and after; attacks by state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldstage.charts.parts import chosen, values
from worldstage.charts.theme import CONFLICT, GRID, INK, PAPER, QUAD_FILL, RULE, WIDE, is_narrow, label

if TYPE_CHECKING:
    import altair as alt

    from worldstage.charts.parts import Drawing

_ROW = 26
_SIDES: Mapping[str, str] = {"before": PAPER, "after": INK}
_ATTACKS: Mapping[str, str] = {
    "on its soil": CONFLICT,
    "on its people elsewhere": QUAD_FILL["verbal conflict"],
    "attackers not named": PAPER,
}


@dataclass(frozen=True, slots=True)
class Shift:
    """One row: a value before and after (None: not measured), and what is written beside it."""

    name: str
    before: float | None
    after: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Struck:
    """Attacks suffered by one state: on its soil, on its people elsewhere, by attackers that nobody names."""

    name: str
    soil: int
    abroad: int
    possible: int


def shifts(found: Sequence[Shift], *, title: str, width: int = WIDE, ranks: bool = False) -> Drawing:
    """One row per entry: an empty mark for before, a full one for after, joined by a line.

    Parameters
    ----------
    title
        What the axis measures.
    ranks
        The values are ranks: 1 stands at the right.

    Returns
    -------
    altair.LayerChart
    """
    import altair as alt

    narrow = is_narrow(width)
    seen = [v for s in found for v in (s.before, s.after) if v is not None]
    # Rank 1 must not be cut off at the edge.
    domain = [max([10.0, *seen]) * 1.04, 0.5] if ranks else [0.0, max([1.0, *seen]) * 1.04]
    names = [label(s.name, 36) for s in found]
    axis = alt.Axis(title=None if narrow else title, gridColor=GRID, tickCount=5 if narrow else 9, format="~f")
    y_axis = alt.Axis(title=None, ticks=False, domain=False, labelPadding=10, labelLimit=140 if narrow else 220)
    y = alt.Y("name:N", sort=names, axis=y_axis)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=domain, nice=False), axis=axis)

    rows = [
        {"name": n, "before": s.before, "after": s.after, "words": s.words} for n, s in zip(names, found, strict=True)
    ]
    both = alt.Chart(values([r for r in rows if r["before"] is not None and r["after"] is not None]))
    lines = both.mark_rule(color=RULE, strokeWidth=2).encode(x=x("before"), x2="after:Q", y=y)
    points = [
        {"name": r["name"], "value": r[side], "side": side} for side in _SIDES for r in rows if r[side] is not None
    ]
    legend = alt.Legend(title=None, orient="top", symbolStrokeColor=INK, symbolType="circle")
    marks = alt.Chart(values(points)).mark_point(filled=True, stroke=INK, strokeWidth=1.5, size=80, opacity=1)
    dots = marks.encode(
        x=x("value"), y=y, fill=alt.Fill("side:N", scale=chosen(_SIDES, list(_SIDES.values())), legend=legend)
    )
    plot = width - (150 if narrow else 380)
    layers: list[Any] = [lines, dots]
    if not narrow:
        beside = alt.Chart(values(rows)).mark_text(align="left", dx=10, color=INK)
        layers.append(beside.encode(x=alt.value(plot), y=y, text="words:N"))
    return alt.layer(*layers).properties(width=plot, height=_ROW * max(1, len(rows)))


def attacks(found: Sequence[Struck], *, width: int = WIDE) -> Drawing:
    """One bar per state: attacks on its soil, on its people elsewhere, and by attackers that nobody names.

    Returns
    -------
    altair.LayerChart
    """
    import altair as alt

    narrow = is_narrow(width)
    names = [label(s.name) for s in found]
    kinds = list(_ATTACKS)
    rows = [
        {"name": name, "kind": kind, "count": count, "order": kinds.index(kind)}
        for name, s in zip(names, found, strict=True)
        for kind, count in zip(kinds, (s.soil, s.abroad, s.possible), strict=True)
        if count
    ]
    legend = alt.Legend(title=None, orient="top", symbolStrokeColor=CONFLICT, columns=1 if narrow else 3)
    axis = alt.Axis(title=None if narrow else "attacks reported", gridColor=GRID, tickMinStep=1, format="~f")
    y = alt.Axis(title=None, ticks=False, domain=False, labelPadding=10, labelLimit=120 if narrow else 200)
    bars = (
        alt.Chart(values(rows))
        .mark_bar(stroke=CONFLICT, strokeWidth=1)
        .encode(
            x=alt.X("count:Q", stack="zero", axis=axis),
            y=alt.Y("name:N", sort=names, axis=y),
            fill=alt.Fill("kind:N", scale=chosen(_ATTACKS, list(_ATTACKS.values())), legend=legend),
            order=alt.Order("order:Q"),
        )
    )
    return alt.layer(bars).properties(width=width - (130 if narrow else 220), height=_ROW * max(1, len(names)))
