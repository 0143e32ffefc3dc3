"""How all charts look: colours with a meaning, fonts, axes.

Blue is cooperation, orange is conflict; the light shade is words, the dark one deeds. No chart leaves the meaning to
colour alone: direction, shape, dashes or a label say it too. Text has a contrast of at least 4.5:1 to white, marks
that carry data (or their outlines) at least 3:1.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

INK = "#1f2328"
SOFT = "#57606a"
RULE = "#8c959f"
GRID = "#e3e6ea"
LAND = "#eef0f2"
PAPER = "#ffffff"
FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"

QUAD_FILL: Mapping[str, str] = MappingProxyType({
    "verbal cooperation": "#a9cdea", "material cooperation": "#12538f",
    "verbal conflict": "#fcc48d", "material conflict": "#b04a06",
})  # fmt: skip
COOPERATION = QUAD_FILL["material cooperation"]
CONFLICT = QUAD_FILL["material conflict"]
# The light shades alone are too pale for white paper: every mark has the outline of its dark one.
QUAD_LINE: Mapping[str, str] = MappingProxyType({
    quad: COOPERATION if quad.endswith("cooperation") else CONFLICT for quad in QUAD_FILL
})  # fmt: skip
COOPERATIVE = ("verbal cooperation", "material cooperation")
CONFLICTUAL = ("verbal conflict", "material conflict")

QUADS = (*COOPERATIVE, *CONFLICTUAL)

# Not from the system's locale: a chart is the same on every machine.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

WIDE = 720
NARROW = 330
"""Widths of the two drawings of each chart, in pixels: for paper and screens, and for telephones."""


def visible(text: str) -> str:
    """The text in one line and of visible characters only, as the renderer needs it.

    Control, format, surrogate, private and unassigned code points become spaces. The last are no nicety: measuring
    U+FFFF ends the renderer, and the whole program with it.
    """
    return " ".join("".join(" " if unicodedata.category(c).startswith("C") else c for c in text).split())


def label(text: str, longest: int = 28) -> str:
    """Text from outside as it may stand in a chart: visible characters only, and few."""
    text = visible(text[: 10 * longest])
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def config() -> dict[str, Any]:
    """The configuration that every chart is drawn with."""
    text = {
        "labelColor": INK,
        "labelFontSize": 12,
        "titleColor": SOFT,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "font": FONT,
        "background": PAPER,
        "aria": False,
        "view": {"stroke": None},
        "axis": {**text, "gridColor": GRID, "domainColor": RULE, "tickColor": RULE, "labelLimit": 200},
        "legend": {**text, "symbolStrokeWidth": 1, "labelLimit": 220},
        "title": {"color": INK, "fontSize": 13, "fontWeight": "bold", "anchor": "start"},
        "text": {"color": INK, "fontSize": 12},
    }


def is_narrow(width: int) -> bool:
    """Whether a drawing of this width is for telephones: fewer ticks, legends in two columns, panels stacked."""
    return width < 500
