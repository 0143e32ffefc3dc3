"""A chart in the page: drawn twice, for wide and for narrow screens, of which the style sheet shows one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from worldstage.charts.svg import to_svg
from worldstage.charts.theme import NARROW, WIDE

if TYPE_CHECKING:
    from worldstage.charts.parts import Drawing


@dataclass(frozen=True, slots=True)
class Picture:
    """Two drawings of one chart, and the line beneath."""

    wide: Markup
    narrow: Markup
    caption: str


def picture(
    draw: Callable[[int], Drawing], *, ident: str, title: str, description: str, caption: str,
    data: Mapping[str, Any] | None = None,
) -> Picture:  # fmt: skip
    """Draw a chart for paper and for telephones.

    Parameters
    ----------
    draw
        Makes the chart for a width in pixels.
    ident
        Unique among the pictures of the page.
    title, description
        What those are told who cannot see it; its numbers stand in the table beneath it.
    caption
        The line beneath: how to read it.
    data
        Named data sets that the chart refers to.
    """

    def drawn(size: str, width: int) -> Markup:
        # The drawing is made here, from text that Vega and the XML writer have escaped.
        svg = to_svg(draw(width), ident=f"{ident}-{size}", title=title, description=description, data=data)
        return Markup(svg)  # noqa: S704

    return Picture(drawn("wide", WIDE), drawn("narrow", NARROW), caption)
