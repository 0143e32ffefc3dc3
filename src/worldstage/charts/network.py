"""Who deals with whom around one actor, in two stretches of time side by side."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldstage.charts.parts import chosen, lettering, pixels, values
from worldstage.charts.theme import CONFLICT, COOPERATION, INK, PAPER, SOFT, WIDE, is_narrow, label

if TYPE_CHECKING:
    from worldstage.charts.parts import Drawing

# A mean score between these bounds is called neither: scores run from -10 to 10.
NEUTRAL = 1.0
KINDS: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "mostly cooperation": (COOPERATION, (1, 0)),
    "mixed": (SOFT, (2, 3)),
    "mostly conflict": (CONFLICT, (7, 4)),
}
_LETTERING: Mapping[str, Mapping[str, Any]] = {
    "left": {"align": "right", "dx": -10},
    "right": {"align": "left", "dx": 10},
    "middle": {"align": "center", "dy": -19, "fontWeight": "bold"},
}
_THICKEST, _MARGIN_X, _MARGIN_Y = 6.5, 84, 26


@dataclass(frozen=True, slots=True)
class Edge:
    """Events and their mean score between two actors, by name."""

    a: str
    b: str
    events: int
    score: float

    @property
    def kind(self) -> str:
        """What the relation mostly was, one of `KINDS`."""
        return (
            "mostly cooperation" if self.score >= NEUTRAL else "mostly conflict" if self.score <= -NEUTRAL else "mixed"
        )


def network(panels: Sequence[tuple[str, Sequence[Edge]]], focus: str, *, width: int = WIDE) -> Drawing:
    """The focus actor in the middle, the others around it; everybody keeps their place from panel to panel.

    Parameters
    ----------
    panels
        Title and edges of each stretch of time.
    focus
        The name in the middle.

    Returns
    -------
    altair.ConcatChart
        Thickness of a line: how many events. Solid blue: mostly cooperation; dashed orange: mostly conflict; dotted
        grey: neither. The number after a name: events with the focus actor in that stretch.
    """
    import altair as alt

    everything = [e for _, edges in panels for e in edges]
    size = width - 10 if is_narrow(width) else (width - 30) // 2
    places = _around(ring_order(everything, focus), focus, size)
    most = max((e.events for e in everything), default=1)
    drawn = [
        _panel(title, edges, focus, places, size=size, most=most, legend=i == 0, narrow=is_narrow(width))
        for i, (title, edges) in enumerate(panels)
    ]
    return alt.vconcat(*drawn, spacing=16) if is_narrow(width) else alt.hconcat(*drawn, spacing=16)


def ring_order(edges: Sequence[Edge], focus: str) -> list[str]:
    """The partners in an order that puts next to each other those who deal most with each other.

    Greedy: from the one with most events on, each time the one most tied to the last; ties by events, then name.
    """
    ties, total = Counter[tuple[str, str]](), Counter[str]()
    for e in edges:
        for a, b in ((e.a, e.b), (e.b, e.a)):
            ties[a, b] += e.events
            total[a] += e.events
    left = sorted((n for n in total if n != focus), key=lambda n: (-total[n], n))
    out: list[str] = []
    while left:
        last = out[-1] if out else left[0]
        best = max(left, key=lambda n: ties[last, n] if n != last else math.inf)
        left.remove(best)
        out.append(best)
    return out


def _height(size: int) -> int:
    return round(size * 0.86)


def _around(names: Sequence[str], focus: str, size: int) -> dict[str, tuple[float, float, float]]:
    """Name → x and y in pixels from the upper left, and the angle; on an ellipse that leaves room for the names."""
    middle_x, middle_y = size / 2, _height(size) / 2
    radius_x, radius_y = middle_x - _MARGIN_X, middle_y - _MARGIN_Y
    out = {focus: (middle_x, middle_y, 0.0)}
    for i, name in enumerate(names):
        # Half a step from the top: with an even number nobody's name stands straight above or below.
        angle = 2 * math.pi * (i + 0.5) / len(names) - math.pi / 2
        out[name] = (middle_x + radius_x * math.cos(angle), middle_y + radius_y * math.sin(angle), angle)
    return out


def _panel(
    title: str, edges: Sequence[Edge], focus: str, places: Mapping[str, tuple[float, float, float]],
    *, size: int, most: int, legend: bool, narrow: bool,
) -> Drawing:  # fmt: skip
    import altair as alt

    key = None
    if legend:
        key = alt.Legend(
            title=None, orient="top" if narrow else "bottom", direction="horizontal", symbolType="stroke",
            symbolSize=400, symbolStrokeWidth=3, columns=2 if narrow else 3,
        )  # fmt: skip
    lines = (
        alt.Chart(values(_lines(edges, focus, places, most)))
        .mark_rule()
        .encode(
            **pixels(), x2="x2:Q", y2="y2:Q",
            color=alt.Color("kind:N", scale=chosen(KINDS, [c for c, _ in KINDS.values()]), legend=key),
            strokeDash=alt.StrokeDash("kind:N", scale=chosen(KINDS, [d for _, d in KINDS.values()]), legend=key),
            size=alt.Size("thickness:Q", scale=None, legend=None),
            opacity=alt.Opacity("opacity:Q", scale=None, legend=None),
        )
    )  # fmt: skip
    nodes = _nodes(edges, focus, places)
    dots = alt.Chart(values(nodes)).mark_point(stroke=PAPER, strokeWidth=1.5, opacity=1)
    dots = dots.encode(
        **pixels(),
        size=alt.Size("size:Q", scale=None, legend=None),
        fill=alt.Fill("fill:N", scale=None, legend=None),
    )
    texts = []
    for side, look in _LETTERING.items():
        texts += lettering(values([n for n in nodes if n["side"] == side]), pixels(), field="text", **look)
    named = alt.Title(label(title, 56), fontSize=13, offset=6)
    return alt.layer(lines, dots, *texts).properties(width=size, height=_height(size), title=named)


def _lines(
    edges: Sequence[Edge], focus: str, places: Mapping[str, tuple[float, float, float]], most: int
) -> list[dict[str, Any]]:
    """What is drawn per edge; those of the focus actor come last, on top."""
    out = []
    for e in sorted(edges, key=lambda e: focus in (e.a, e.b)):
        (x, y, _), (x2, y2, _) = places[e.a], places[e.b]
        thickness = 1 + (_THICKEST - 1) * math.sqrt(e.events / most)
        opacity = 0.95 if focus in (e.a, e.b) else 0.45
        out.append({"x": x, "y": y, "x2": x2, "y2": y2, "kind": e.kind, "thickness": thickness, "opacity": opacity})
    return out


def _nodes(edges: Sequence[Edge], focus: str, places: Mapping[str, tuple[float, float, float]]) -> list[dict[str, Any]]:
    with_focus = Counter[str]()
    for e in edges:
        if focus in (e.a, e.b):
            with_focus[e.b if e.a == focus else e.a] += e.events
    out = []
    for name, (x, y, angle) in places.items():
        middle = name == focus
        text = label(name, 20) if middle else f"{label(name, 16)} ({with_focus[name]})"
        side = "middle" if middle else "right" if math.cos(angle) >= 0 else "left"
        fill = INK if middle or with_focus[name] else "#b6bcc4"
        out.append({"x": x, "y": y, "text": text, "side": side, "size": 300 if middle else 90, "fill": fill})
    return out
