"""GDELT's public table in a warehouse such as BigQuery, as frames: Ibis, the adaptor, makes the warehouse's SQL.

Nothing is downloaded but the result. Of the parties only the states are known here: GDELT's columns of country codes.
"""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module
from typing import Any

from worldstage.core.errors import ConfigError, InputError
from worldstage.reference.plover import quad, score
from worldstage.reference.tables import forms, rows, states
from worldstage.store.engines import Frames

# Columns of GDELT's table of events that are asked for; `SQLDATE` is a number, 20151113.
COLUMNS = ("SQLDATE", "EventCode", "Actor1CountryCode", "Actor2CountryCode")


def gdelt_frames(table: Any) -> Frames:
    """GDELT's events between states as frames for `worldstage.relations.dyads.cell_rows`.

    CAMEO codes become quad classes and scores of PLOVER, as on import; public statements (01) are no events and left
    out. GDELT's rows are reports: what it repeats is counted again.

    Parameters
    ----------
    table
        An Ibis table with the columns of GDELT 2.0's ``events``.

    Raises
    ------
    ConfigError, InputError
        If Ibis is not installed; for a table without the columns.
    """
    import narwhals as nw

    try:
        ibis = import_module("ibis")
    except ImportError as error:
        raise ConfigError(
            "Tables of a warehouse need Ibis, which is not installed.",
            hint="pip install 'ibis-framework[bigquery]' 'sqlglot<29'",
        ) from error
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise InputError(f"The table has no column {', '.join(missing)}.", expected="GDELT's table of events")

    quads: dict[str, list[str]] = defaultdict(list)
    scores: dict[float, list[str]] = defaultdict(list)
    for row in rows("cameo"):
        if row["type"]:
            quads[quad(row["type"])].append(row["code"])
            scores[score(row["type"], forms(row["mode"]))].append(row["code"])
    # Most codes of countries are the same in CAMEO and in ISO 3166.
    other = {r["cameo"]: r["code"] for r in states() if r["cameo"] and r["cameo"] != r["code"] and len(r["code"]) == 3}
    code = table.EventCode.cast("string")
    day = table.SQLDATE.cast("string").as_date("%Y%m%d")

    def chosen(groups: dict[Any, list[str]]) -> Any:
        return ibis.cases(*((code.isin(sorted(members)), value) for value, members in sorted(groups.items())))

    def land(column: Any) -> Any:
        return column.substitute(other).fill_null("")

    events = table.select(
        date=day,
        week=day.truncate("W"),
        month=day.truncate("M"),
        quad=chosen(quads),
        score=chosen(scores),
        status=ibis.literal("occurred"),
        actor=land(table.Actor1CountryCode),
        recipient=land(table.Actor2CountryCode),
    )
    return Frames(nw.from_native(events.filter(events.quad.notnull())), single=True)
