"""A chart's specification → SVG that can stand inside a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from worldstage.charts.theme import config, visible

if TYPE_CHECKING:
    from worldstage.charts.parts import Drawing

_NAMESPACED = re.compile(r"\{[^}]*\}")
_DECIMALS = re.compile(r"(\d+\.\d)\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
# Measures that a drawing of a few hundred pixels needs no more than one decimal of.
_MEASURES = frozenset({"d", "x2", "y2", "transform"})


def to_svg(chart: Drawing, *, ident: str, title: str, description: str, data: Mapping[str, Any] | None = None) -> str:
    """Draw an Altair chart.

    Parameters
    ----------
    ident
        Prefix for every ``id`` in the drawing, so that several can stand in one page.
    title, description
        What a reader who cannot see the picture is told.
    data
        Named data sets that the chart refers to.

    Returns
    -------
    str
        An ``<svg role="img">`` element without namespaces, fixed size or links: it scales to the width of its
        container, up to its own.
    """
    import vl_convert
    from defusedxml.ElementTree import fromstring

    # Its parts were checked against the schema when they were made.
    spec = {**_visible(chart.to_dict(validate=False)), "config": config()}
    spec["datasets"] = {**spec.get("datasets", {}), **(data or {})}
    # No addresses are allowed: a chart holds its data, and drawing one never asks the network.
    drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return _prepared(fromstring(drawn), ident, title, description)


def _visible(part: Any) -> Any:
    """A specification with all its texts fit for the renderer, wherever they stand."""
    if isinstance(part, str):
        return part if part.isascii() and part.isprintable() else visible(part)
    if isinstance(part, dict):
        return {key: _visible(value) for key, value in part.items()}
    return [_visible(value) for value in part] if isinstance(part, list) else part


def _prepared(root: ElementTree.Element, ident: str, title: str, description: str) -> str:
    # Vega numbers its ids through all drawings of a process; here they begin anew, so that a page can be made again.
    ids = {e.get("id", ""): f"{ident}-{n}" for n, e in enumerate(root.iterfind(".//*[@id]"), 1)}
    for element in root.iter():
        element.tag = _NAMESPACED.sub("", element.tag)
        for key in list(element.attrib):
            value = element.attrib.pop(key)
            name = _NAMESPACED.sub("", key)
            if name.startswith("aria-") or name in ("role", "href", "pointer-events"):
                continue
            if name == "id":
                value = ids[value]
            elif name in _MEASURES:
                value = _DECIMALS.sub(r"\1", value)
            element.set(name, _REFERENCE.sub(lambda found: f"url(#{ids[found[1]]})", value))
    width, height = root.get("width"), root.get("height")
    root.attrib.clear()
    root.attrib.update({
        "class": "chart", "role": "img", "aria-labelledby": f"{ident}-title {ident}-desc",
        "viewBox": f"0 0 {width} {height}", "style": f"max-width:{width}px",
    })  # fmt: skip
    for i, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(tag, {"id": f"{ident}-{tag}"})
        element.text = text
        root.insert(i, element)
    return ElementTree.tostring(root, encoding="unicode")
