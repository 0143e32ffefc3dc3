"""A map of where events happened."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldstage.charts.lettering import Spot, letter
from worldstage.charts.parts import chosen, lettering, pixels, values
from worldstage.charts.projection import Frame, frame
from worldstage.charts.theme import CONFLICT, COOPERATION, LAND, PAPER, RULE, SOFT, WIDE, is_narrow, label
from worldstage.reference.borders import borders

if TYPE_CHECKING:
    from worldstage.charts.parts import Drawing

# What most events of a place were: fill and shape.
KINDS: Mapping[str, tuple[str, str]] = {
    "mostly cooperation": (COOPERATION, "circle"),
    "as much of either": (SOFT, "square"),
    "mostly conflict": (CONFLICT, "diamond"),
}
# Borders are named data, given to `to_svg`: Altair would check each of their coordinates against its schema.
BORDERS = "borders"
_SMALLEST, _LARGEST = 60.0, 900.0


@dataclass(frozen=True, slots=True)
class Spotted:
    """A place and how many events of cooperation and of conflict happened there; degrees east and north."""

    name: str
    lon: float
    lat: float
    cooperation: int
    conflict: int

    @property
    def events(self) -> int:
        """All events there."""
        return self.cooperation + self.conflict

    @property
    def kind(self) -> str:
        """What most of them were, one of `KINDS`."""
        if self.cooperation == self.conflict:
            return "as much of either"
        return "mostly cooperation" if self.cooperation > self.conflict else "mostly conflict"


def close_up(places: Sequence[Spotted]) -> list[Spotted]:
    """The places of the region where most happened, if a closer look at it would show more; else none.

    That is the box around the middle 70 % of events (by longitude and by latitude), if it is less than half as wide
    as the box around all, and holds at least three places.
    """
    if len(places) < 4:
        return []
    west, east = _middle([(p.lon, p.events) for p in places])
    south, north = _middle([(p.lat, p.events) for p in places])
    inside = [p for p in places if west <= p.lon <= east and south <= p.lat <= north]
    wide = max(p.lon for p in places) - min(p.lon for p in places)
    return inside if len(inside) >= 3 and east - west < wide / 2 else []


def _middle(values: Sequence[tuple[float, int]], share: float = 0.7) -> tuple[float, float]:
    """The bounds of the middle share of weighted values."""
    values, total = sorted(values), sum(n for _, n in values)
    tail, run, low, high = total * (1 - share) / 2, 0, values[0][0], values[-1][0]
    for value, n in values:
        if run <= tail < run + n:
            low = value
        if run < total - tail <= run + n:
            high = value
        run += n
    return low, high


def places_map(places: Sequence[Spotted], *, width: int = WIDE) -> Drawing:
    """The places, larger where more happened; colour and shape say what most of it was.

    Parameters
    ----------
    places
        At least one.

    Returns
    -------
    altair.LayerChart
        It refers to the data set `BORDERS`: draw it with ``to_svg(…, data=border_data())``.
    """
    import altair as alt

    tallest = round(width * (1.1 if is_narrow(width) else 0.62))
    view = frame([(p.lon, p.lat) for p in places], width=width, tallest=tallest)
    shapes = alt.Chart(alt.NamedData(BORDERS)).mark_geoshape(fill=LAND, stroke=RULE, strokeWidth=0.6, clip=True)
    land = shapes.project(
        type=view.kind, scale=view.scale, translate=list(view.translate), precision=0.7,
        clipExtent=[[-5, -5], [view.width + 5, view.height + 5]],
    )  # fmt: skip
    marks, names = _marks(places, view)
    key = alt.Legend(
        title=None, orient="top", direction="horizontal", symbolSize=110, columns=2 if is_narrow(width) else 3
    )
    points = (
        alt.Chart(values(marks))
        .mark_point(filled=True, opacity=0.82, stroke=PAPER, strokeWidth=1)
        .encode(
            **pixels(),
            size=alt.Size("size:Q", scale=None, legend=None),
            color=alt.Color("kind:N", scale=chosen(KINDS, [c for c, _ in KINDS.values()]), legend=key),
            shape=alt.Shape("kind:N", scale=chosen(KINDS, [s for _, s in KINDS.values()]), legend=key),
        )
    )
    texts = []
    for align in ("left", "right", "center"):
        rows = values([n for n in names if n["align"] == align])
        texts += lettering(rows, pixels(), field="name", align=align, baseline="middle")
    return alt.layer(land, points, *texts).properties(width=view.width, height=view.height)


def border_data() -> dict[str, Any]:
    """The data set that `places_map` refers to."""
    return {BORDERS: borders()["features"]}


def _marks(places: Sequence[Spotted], view: Frame) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is drawn at each place, the largest beneath the smaller, and which names stand beside."""
    most = max(p.events for p in places)
    ordered = sorted(places, key=lambda p: (-p.events, p.name))
    marks, spots = [], []
    for p in ordered:
        x, y = view.xy(p.lon, p.lat)
        size = max(_SMALLEST, _LARGEST * p.events / max(most, 8))
        marks.append({"x": x, "y": y, "size": size, "kind": p.kind})
        spots.append(Spot(x, y, math.sqrt(size / math.pi), f"{label(p.name, 18)} ({p.events})"))
    names = letter(spots, width=view.width, height=view.height)
    return marks, [{"x": n.x, "y": n.y, "align": n.align, "name": n.name} for n in names]
