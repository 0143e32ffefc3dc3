"""ICEWS: events as released by the Integrated Crisis Early Warning System, 1995 to 2023."""

from __future__ import annotations

from worldstage.exchange import events, sectors
from worldstage.exchange.mapping import Layout, Span, Values, always
from worldstage.exchange.parties import Resolver, country

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def party(resolver: Resolver, values: Values) -> list[Span]:
    """Name, list of sectors, country."""
    name, told, country = values
    if not name:
        code = resolver.country(country)
        return always(resolver.state(code, sector=sectors.by_list(told))) if code else always()
    return resolver.named(name, country=resolver.country(country), sector=sectors.by_list(told))


LAYOUT = Layout(
    name="icews",
    title="ICEWS",
    dataset="ICEWS",
    columns=COLUMNS,
    delimiter="\t",
    quote="",
    # The id alone is not unique: 145,312 stand twice, with different dates.
    key=("Event ID", "Event Date"),
    date="Event Date",
    date_styles=("%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%d %H:%M:%S"),
    kind_from=("CAMEO Code", "Event Text"),
    kind=events.from_cameo,
    actor_from=("Source Name", "Source Sectors", "Source Country"),
    recipient_from=("Target Name", "Target Sectors", "Target Country"),
    parties=party,
    place=("City", "District", "Province", "Country"),
    country_from="Country",
    country=country,
    fields={
        "score": "Intensity", "publisher": "Publisher", "lat": "Latitude", "lon": "Longitude", "text": "Event Text",
    },
    missing=("NA", "NULL", "None"),
    cite="Boschee, Lautenschlager, O'Brien, Shellman, Starz and Ward: ICEWS Coded Event Data, Harvard Dataverse; its "
    "terms are on its page there.",
)  # fmt: skip
