"""POLECAT: the successor of ICEWS, coded in PLOVER."""

from __future__ import annotations

from worldstage.core.records import SECTORS
from worldstage.exchange import events, sectors
from worldstage.exchange.mapping import Layout, Span, Values, always, split, together
from worldstage.exchange.parties import Resolver, country

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def party(resolver: Resolver, values: Values) -> list[Span]:
    """Names, countries and primary sectors; several are parted by ``;``."""
    names, countries, told, raw = (split(v) for v in values)
    if not names:
        names = raw or countries
    parties = []
    for i, name in enumerate(names):
        country = countries[i] if i < len(countries) else (countries[0] if len(countries) == 1 else "")
        word = told[i] if i < len(told) else (told[0] if told else "")
        sector = word if word in SECTORS else sectors.CAMEO_ROLES.get(word, sectors.by_words(word) if word else "UNK")
        parties.append(resolver.named(name, country=resolver.country(country), sector=sector))
    return together(parties) if parties else always()


LAYOUT = Layout(
    name="polecat",
    title="POLECAT",
    dataset="POLECAT",
    columns=COLUMNS,
    delimiter="\t",
    quote="",
    key=("Event ID",),
    date="Event Date",
    date_styles=("%Y-%m-%d", "%m/%d/%Y"),
    kind_from=("Event Type", "Event Mode", "Contexts"),
    kind=events.from_plover,
    actor_from=("Actor Name", "Actor Country", "Primary Actor Sector", "Actor Name Raw"),
    recipient_from=("Recipient Name", "Recipient Country", "Primary Recipient Sector", "Recipient Name Raw"),
    parties=party,
    place=("Placename", "City", "District", "Province", "Country"),
    country_from="Country",
    country=country,
    fields={"score": "Intensity", "publisher": "Source", "lat": "Latitude", "lon": "Longitude"},
    missing=("None", "NA"),
    cite="Halterman, Bagozzi, Beger, Schrodt and Scarborough: POLECAT, Harvard Dataverse; its terms are on its page "
    "there.",
)  # fmt: skip
