"""Pieces that several charts are put together from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from worldstage.charts.theme import INK, PAPER

if TYPE_CHECKING:
    import altair as alt

    Drawing = alt.LayerChart | alt.FacetChart | alt.VConcatChart | alt.HConcatChart


def values(rows: Sequence[Mapping[str, Any]]) -> alt.Data:
    """Rows as the data of a chart."""
    import altair as alt

    return alt.Data(values=[dict(row) for row in rows])  # type: ignore[no-untyped-call]


def pixels(x: str = "x", y: str = "y") -> dict[str, alt.X | alt.Y]:
    """Channels for fields that hold pixels from the upper left corner."""
    import altair as alt

    return {"x": alt.X(f"{x}:Q", scale=None, axis=None), "y": alt.Y(f"{y}:Q", scale=None, axis=None)}


def chosen(domain: Iterable[str], given: Sequence[Any]) -> alt.Scale:
    """A scale that gives each name its own value, whether or not it occurs."""
    import altair as alt

    return alt.Scale(domain=list(domain), range=list(given))


def lettering(data: alt.Data, where: Mapping[str, Any], *, field: str, **look: Any) -> list[alt.Chart]:
    """Text with a rim of paper, so that what it lies upon does not strike it through.

    Parameters
    ----------
    where
        The channels that place it.
    field
        The field that holds the text.
    look
        Properties of the text mark.
    """
    import altair as alt

    base = alt.Chart(data).encode(text=f"{field}:N", **where)
    rim: dict[str, Any] = {**look, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
    plain: dict[str, Any] = {**look, "color": INK}
    return [base.mark_text(**rim), base.mark_text(**plain)]
