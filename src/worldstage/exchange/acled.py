"""ACLED: armed conflict, demonstrations and related developments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from worldstage.exchange import sectors
from worldstage.exchange.mapping import Kind, Layout, Span, Values, always, split, together
from worldstage.exchange.parties import Resolver, country

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
# Type or sub-type → PLOVER type and mode, by our reading of the names; None: a development, and no act of one actor.
_KINDS: Mapping[str, tuple[str, str] | None] = MappingProxyType({
    "armed clash": ("ASSAULT", ""), "government regains territory": ("ASSAULT", ""),
    "non-state actor overtakes territory": ("ASSAULT", ""), "air/drone strike": ("ASSAULT", "aerial"),
    "suicide bomb": ("ASSAULT", "suicide-attack"), "shelling/artillery/missile attack": ("ASSAULT", "heavy-weapons"),
    "remote explosive/landmine/ied": ("ASSAULT", "explosives"), "grenade": ("ASSAULT", "explosives"),
    "chemical weapon": ("ASSAULT", "unconventional"), "attack": ("ASSAULT", ""),
    "abduction/forced disappearance": ("ASSAULT", "abduct"), "sexual violence": ("ASSAULT", "sexual"),
    "peaceful protest": ("PROTEST", "demo"), "protest with intervention": ("PROTEST", "demo"),
    "excessive force against protesters": ("PROTEST", "demo"), "violent demonstration": ("PROTEST", "riot"),
    "mob violence": ("ASSAULT", "beat"), "agreement": ("AGREE", ""), "arrests": ("COERCE", "arrest"),
    "headquarters or base established": ("MOBILIZE", ""), "looting/property destruction": ("ASSAULT", "destroy"),
    "non-violent transfer of territory": ("RETREAT", "withdraw"), "change to group/activity": None,
    "disrupted weapons use": None, "other": None, "battles": ("ASSAULT", ""),
    "explosions/remote violence": ("ASSAULT", "explosives"), "violence against civilians": ("ASSAULT", ""),
    "protests": ("PROTEST", ""), "riots": ("PROTEST", "riot"), "strategic developments": None,
})  # fmt: skip
# ``inter`` as number (until 2023) and as word.
_INTER: Mapping[str, str] = MappingProxyType({
    "1": "GOV", "2": "REB", "3": "REB", "4": "REB", "5": "CVL", "6": "CVL", "7": "CVL", "8": "UNK",
    "state forces": "MIL", "rebel group": "REB", "political militia": "REB", "identity militia": "REB",
    "rioters": "CVL", "protesters": "CVL",
    "civilians": "CVL", "external/other forces": "UNK",
})  # fmt: skip
_YEARS = re.compile(r"\s*\((?:\d{4})?\s*-\s*(?:\d{4})?\)")


def kind(values: Values) -> Kind:
    """By the sub-type, or else the type."""
    for value in values:
        name = value.strip().casefold()
        if name in _KINDS:
            found = _KINDS[name]
            return Kind(found[0], (found[1],) if found[1] else ()) if found else Kind()
    told = values[0] or values[-1]
    return Kind(refused=f"unknown event type: {told}" if told else "no event")


def party(resolver: Resolver, values: Values) -> list[Span]:
    """Actor, those associated with it, and what sort it is."""
    name, others, inter = values
    told = _INTER.get(inter.strip().casefold(), "UNK")
    parties = []
    for one in (name, *split(others)):
        bare = _YEARS.sub("", one).strip()
        if not bare:
            continue
        known = sectors.by_words(bare.partition(" of ")[0].partition(" (")[0])
        spans = resolver.named(bare, sector=known if known != "UNK" else told)
        parties.append(spans)
    return together(parties) if parties else always()


LAYOUT = Layout(
    name="acled",
    title="ACLED",
    dataset="ACLED",
    columns=COLUMNS,
    key=("event_id_cnty",),
    date="event_date",
    date_styles=("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d/%m/%Y"),
    precision=("time_precision", {"1": "day", "2": "week", "3": "month"}),
    kind_from=("sub_event_type", "event_type"),
    kind=kind,
    actor_from=("actor1", "assoc_actor_1", "inter1"),
    recipient_from=("actor2", "assoc_actor_2", "inter2"),
    parties=party,
    place=("location", "admin3", "admin2", "admin1", "country"),
    country_from="country",
    country=country,
    fields={
        "publisher": "source", "lat": "latitude", "lon": "longitude", "text": "notes", "deaths_low": "fatalities",
        "deaths_high": "fatalities",
    },
    missing=("NA",),
    cite="Armed Conflict Location & Event Data (ACLED), acleddata.com. Its terms forbid passing rows on: do not "
    "publish an export that holds them.",
)  # fmt: skip
