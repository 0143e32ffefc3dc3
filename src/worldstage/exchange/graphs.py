"""Relations as graphs that Gephi and other programs open: GraphML, and GEXF with time.

References
----------
GraphML and GEXF 1.3 as documented by their projects (from general knowledge; the files are checked by reading them
back with networkx).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

# Column → (title, type) of what an edge carries.
EDGE: Mapping[str, tuple[str, str]] = {
    "events": ("events from the first to the second", "long"),
    "verbal_cooperation": ("of them verbal cooperation", "long"),
    "material_cooperation": ("of them material cooperation", "long"),
    "verbal_conflict": ("of them verbal conflict", "long"),
    "material_conflict": ("of them material conflict", "long"),
    "mean_score": ("mean score, -10 (conflict) to 10 (cooperation)", "double"),
}
# What XML 1.0 cannot hold.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Step:
    """Events of one quad class from `a` to `b` in one period."""

    period: dt.date
    a: str
    b: str
    quad: str
    count: int
    score: float


def _sums(steps: Iterable[Step]) -> dict[tuple[str, str], dict[str, float]]:
    """Dyad → the values of its edge."""
    out: dict[tuple[str, str], dict[str, float]] = {}
    for s in steps:
        edge = out.setdefault((s.a, s.b), dict.fromkeys(EDGE, 0.0))
        edge["events"] += s.count
        edge[s.quad.replace(" ", "_")] += s.count
        edge["mean_score"] += s.score
    for edge in out.values():
        edge["mean_score"] /= edge["events"]
    return out


def _value(name: str, value: float) -> str:
    return f"{value:.6g}" if EDGE[name][1] == "double" else str(int(value))


def _clean(text: str) -> str:
    return _UNFIT.sub("", text)


def graphml(steps: Iterable[Step], names: Mapping[str, str], path: Path) -> int:
    """Write a directed graph; returns how many edges.

    Parameters
    ----------
    names
        Code of an actor → its usual name.
    """
    edges = _sums(steps)
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    ET.SubElement(root, "key", {"id": "label", "for": "node", "attr.name": "label", "attr.type": "string"})
    for key, (_, kind) in EDGE.items():
        ET.SubElement(root, "key", {"id": key, "for": "edge", "attr.name": key, "attr.type": kind})
    ET.SubElement(root, "key", {"id": "weight", "for": "edge", "attr.name": "weight", "attr.type": "double"})
    graph = ET.SubElement(root, "graph", id="relations", edgedefault="directed")
    for code in sorted({c for dyad in edges for c in dyad}):
        node = ET.SubElement(graph, "node", id=_clean(code))
        ET.SubElement(node, "data", key="label").text = _clean(names.get(code, code))
    for (a, b), values in sorted(edges.items()):
        edge = ET.SubElement(graph, "edge", source=_clean(a), target=_clean(b))
        for key, value in values.items():
            ET.SubElement(edge, "data", key=key).text = _value(key, value)
        ET.SubElement(edge, "data", key="weight").text = _value("events", values["events"])
    _write(root, path)
    return len(edges)


def gexf(steps: Iterable[Step], names: Mapping[str, str], path: Path, *, ends: Mapping[dt.date, dt.date]) -> int:
    """Write a directed graph whose edges come, change and go with the periods; returns how many edges.

    Parameters
    ----------
    ends
        First day of each period → its last day.
    """
    steps = list(steps)
    root = ET.Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "worldstage"
    graph = ET.SubElement(root, "graph", {"mode": "dynamic", "defaultedgetype": "directed", "timeformat": "date",
                                          "timerepresentation": "interval"})  # fmt: skip
    if steps:
        graph.set("start", min(s.period for s in steps).isoformat())
        graph.set("end", max(ends[s.period] for s in steps).isoformat())
    attributes = ET.SubElement(graph, "attributes", {"class": "edge", "mode": "dynamic"})
    for key, (_, kind) in EDGE.items():
        ET.SubElement(attributes, "attribute", id=key, title=key, type=kind)
    nodes, edges = ET.SubElement(graph, "nodes"), ET.SubElement(graph, "edges")
    total = _sums(steps)
    by_dyad: dict[tuple[str, str], dict[dt.date, list[Step]]] = {}
    active: dict[str, set[dt.date]] = {}
    for s in steps:
        by_dyad.setdefault((s.a, s.b), {}).setdefault(s.period, []).append(s)
        for code in (s.a, s.b):
            active.setdefault(code, set()).add(s.period)
    for code in sorted(active):
        node = ET.SubElement(nodes, "node", id=_clean(code), label=_clean(names.get(code, code)))
        _spells(node, active[code], ends)
    for number, (dyad, periods) in enumerate(sorted(by_dyad.items())):
        edge = ET.SubElement(edges, "edge", id=str(number), source=_clean(dyad[0]), target=_clean(dyad[1]),
                             weight=_value("events", total[dyad]["events"]))  # fmt: skip
        values = ET.SubElement(edge, "attvalues")
        for period in sorted(periods):
            (sums,) = _sums(periods[period]).values()
            span = {"start": period.isoformat(), "end": ends[period].isoformat()}
            for key, value in sums.items():
                ET.SubElement(values, "attvalue", {"for": key, "value": _value(key, value), **span})
        _spells(edge, periods, ends)
    _write(root, path)
    return len(by_dyad)


def _spells(parent: ET.Element, periods: Iterable[dt.date], ends: Mapping[dt.date, dt.date]) -> None:
    """When something is there; periods that follow each other are one spell."""
    runs: list[list[dt.date]] = []
    for period in sorted(periods):
        if runs and runs[-1][1] + dt.timedelta(days=1) == period:
            runs[-1][1] = ends[period]
        else:
            runs.append([period, ends[period]])
    spells = ET.SubElement(parent, "spells")
    for first, last in runs:
        ET.SubElement(spells, "spell", start=first.isoformat(), end=last.isoformat())


def _write(root: ET.Element, path: Path) -> None:
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
