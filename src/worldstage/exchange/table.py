"""Any table: its columns named by a mapping that the user gives."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from worldstage.core.errors import ConfigError, unknown_name
from worldstage.exchange import events
from worldstage.exchange.mapping import KindRule, Layout
from worldstage.exchange.parties import country, plain

# Fields that a mapping may name, with what they are.
FIELDS: Mapping[str, str] = {
    "date": "day of the event",
    "actor": "name or code of who acts",
    "recipient": "name or code of who receives",
    "event": "what happened: an event text, a CAMEO code or a PLOVER type",
    "cameo": "CAMEO code, as text",
    "type": "PLOVER type",
    "mode": "PLOVER modes, parted by ;",
    "context": "PLOVER contexts, parted by ;",
    "score": "the source's own intensity",
    "id": "what identifies the row",
    "publisher": "who reported it, or its address",
    "place": "name of the place",
    "country": "the place's country",
    "lat": "latitude in degrees",
    "lon": "longitude in degrees",
    "deaths": "deaths",
    "text": "the source's own words",
}
_KINDS: tuple[tuple[str, KindRule], ...] = (
    ("type", events.from_plover), ("cameo", events.from_cameo), ("event", events.from_text),
)  # fmt: skip
_STYLES = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d %B %Y", "%d-%B-%Y")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]\d{4}")
AMERICAN, BRITISH = ("%m/%d/%Y",), ("%d/%m/%Y", "%d.%m.%Y")


def parse_map(text: str) -> dict[str, str]:
    """Field → column, from ``date=day,actor=source`` or the path of a TOML file with the same pairs.

    Raises
    ------
    ConfigError, UnknownNameError
        If it is neither, or names a field that events have not.
    """
    if text.endswith(".toml"):
        try:
            pairs = tomllib.loads(Path(text).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{text} cannot be read as a mapping: {error}.") from error
        pairs = {str(k): str(v) for k, v in pairs.items()}
    else:
        pairs = {}
        for part in text.split(","):
            key, equals, value = part.partition("=")
            if not equals or not key.strip() or not value.strip():
                raise ConfigError(
                    f"{part.strip()!r} is no part of a mapping.",
                    expected="FIELD=COLUMN pairs, parted by commas",
                    hint="--map date=date,actor=source,recipient=target,event=event_text",
                )
            pairs[key.strip()] = value.strip()
    for key in pairs:
        if key not in FIELDS:
            raise unknown_name("field in --map", key, FIELDS)
    lacking = [f for f in ("date", "actor") if f not in pairs]
    if lacking or not any(k in pairs for k, _ in _KINDS):
        lacking += [] if any(k in pairs for k, _ in _KINDS) else ["event (or cameo, or type)"]
        raise ConfigError(
            f"The mapping does not name {' and '.join(lacking)}.",
            expected="date, actor, recipient and one of event, cameo, type",
        )
    return pairs


def layout(pairs: Mapping[str, str], columns: Iterable[str], *, dataset: str, path: str = "the file") -> Layout:
    """The layout of a table with these columns.

    Parameters
    ----------
    pairs
        Field → column, from `parse_map`.

    Raises
    ------
    UnknownNameError
        If the table has no such column.
    """
    columns = list(columns)
    by_fold = {c.casefold(): c for c in columns}
    found: dict[str, str] = {}
    for field, column in pairs.items():
        if column.casefold() not in by_fold:
            raise unknown_name(f"column of {path}", column, columns, hint="its columns: " + ", ".join(columns))
        found[field] = by_fold[column.casefold()]
    told, rule = next((found[k], r) for k, r in _KINDS if k in found)
    more = [found[k] for k in ("mode", "context") if k in found] if "type" in found else []
    if "cameo" in found and "type" not in found and "event" in found:
        more = [found["event"]]
    plain_fields: tuple[str, ...] = ("score", "publisher", "lat", "lon", "text")
    fields: dict[str, str] = {k: found[k] for k in plain_fields if k in found}
    if "text" not in fields:
        fields["text"] = found.get("event", told)
    if "deaths" in found:
        fields |= {"deaths_low": found["deaths"], "deaths_high": found["deaths"]}
    return Layout(
        name="csv", title="table", dataset=dataset, columns=tuple(columns),
        key=(found["id"],) if "id" in found else (), date=found["date"], date_styles=_STYLES,
        kind_from=(told, *more), kind=rule,
        actor_from=(found["actor"],), recipient_from=(found["recipient"],) if "recipient" in found else (),
        parties=plain, place=(found["place"],) if "place" in found else (),
        country_from=found.get("country"), country=country,
        fields=fields, missing=("NA", "NULL", "None"), cite="",
    )  # fmt: skip


def dated(layout: Layout, rows: Sequence[Sequence[str]]) -> Layout:
    """The layout with its dates read as the table writes them.

    ``3/4/2015`` is the fourth of March, unless some first number is above 12 and no second one is.
    """
    header = [c.strip().casefold() for c in rows[0]]
    at = header.index(layout.date.casefold())
    parts = [_SLASHED.match(r[at].strip()) for r in rows[1:] if len(r) > at]
    firsts = [int(m[1]) for m in parts if m]
    seconds = [int(m[2]) for m in parts if m]
    british = any(n > 12 for n in firsts) and not any(n > 12 for n in seconds)
    return replace(layout, date_styles=(*_STYLES, *(BRITISH if british else AMERICAN)))
