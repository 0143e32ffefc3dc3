"""What goes with every export: its columns, units, versions, and what to cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from worldstage.exchange import graphs, icews, own

_TITLES = {
    "csv": "events as a table (CSV)", "parquet": "events as a table (Parquet)",
    "jsonl": "events in PLOVER (JSON lines)",
    "tab": "events with ICEWS's columns (tab-separated)",
    "graphml": "relations as a graph (GraphML)",
    "gexf": "relations as a graph over time (GEXF)",
}  # fmt: skip
_PLOVER = {
    "id, date, event, mode, context": ("PLOVER's own fields; status stands in `mode` as future, …", "see PLOVER"),
    "quad_code": ("1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", "1 to 4"),
    "event_scale": ("intensity of type and mode by PLOVER", "-10 (conflict) to 10 (cooperation)"),
    "actor, recipient": ("entities: PLOVER's fields, and code, name, country, sector, person, office, text", "list"),
    "event_loc": ("place, country (ISO 3166 alpha-3)", "degrees"),
    "size": ("dead and injured: at least, at most; null: not known", "persons"),
    "event_text, cite_info, coder": ("the sentence; who published it; what coded it", "text"),
    "worldstage": ("status, date_precision, dataset, score (the data set's own), confidence, evidence", "our own"),
}
_ICEWS = {
    **dict.fromkeys(icews.COLUMNS, ("as in ICEWS", "text")),
    "Event ID": ("our id; one row per pair of actor and recipient", "text"),
    "Event Text": ("PLOVER type and modes", "text"),
    "CAMEO Code": ("empty: PLOVER has no CAMEO code", "NA"),
    "Intensity": ("intensity by PLOVER", "-10 to 10"),
    "Source Sectors": ("our sector", "code"),
    "Source Country": ("ISO 3166 alpha-3", "code"),
    "Target Sectors": ("our sector", "code"),
    "Target Country": ("ISO 3166 alpha-3", "code"),
    "City": ("place", "name"),
}
_GRAPH = {"label": ("usual name of the actor", "text"), **{k: (t, kind) for k, (t, kind) in graphs.EDGE.items()}}
_COLUMNS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "csv": own.COLUMNS, "parquet": own.COLUMNS, "jsonl": _PLOVER, "tab": _ICEWS,
    "graphml": {**_GRAPH, "weight": ("as events", "number")},
    "gexf": {**_GRAPH, "spells": ("periods in which there are events", "days")},
}  # fmt: skip


def text(
    kind: str,
    *,
    name: str,
    count: int,
    version: str,
    made: str,
    chosen: Mapping[str, object],
    sources: Sequence[tuple[str, int, str]],
) -> str:
    """The codebook of one exported file, in Markdown.

    Parameters
    ----------
    count
        Events, rows or edges that it has.
    chosen
        Conditions on the events, as far as given.
    sources
        Data set, how many events it gave, what to cite.
    """
    given = "; ".join(f"{k}: {v}" for k, v in chosen.items() if v) or "none"
    lines = [
        f"# {name}", "", f"{_TITLES[kind][0].upper()}{_TITLES[kind][1:]}: {count:,} {_unit(kind)}.", "",
        f"Written on {made} by worldstage {version}. Conditions: {given}.",
        "Event types: PLOVER, Open Event Data Alliance, draft of 2021; CAMEO codes of imported data mapped by the "
        "Alliance's table of 2021.", "",
        "| column | what it holds | unit or form |", "|---|---|---|",
        *(f"| `{c}` | {what} | {form} |" for c, (what, form) in _COLUMNS[kind].items()), "",
    ]  # fmt: skip
    if kind in ("csv", "parquet"):
        lines += ["Members of a list are parted by `;`; a `;` or `\\` within one has a `\\` before it.", ""]
    lines += ["## What to cite", "", f"- worldstage {version} (CITATION.cff in its repository)",
              "- PLOVER Codebook, Open Event Data Alliance (CC BY-SA 4.0)"]  # fmt: skip
    for dataset, n, cite in sources:
        default = "the outlets of the articles" if dataset == "articles" else "its publisher"
        lines.append(f"- {dataset} ({n:,} events): {cite or default}")
    return "\n".join(lines) + "\n"


def _unit(kind: str) -> str:
    return {"tab": "rows", "graphml": "edges", "gexf": "edges"}.get(kind, "events")
