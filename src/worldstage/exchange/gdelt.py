"""GDELT: events of versions 1.0 and 2.0, and the mentions of 2.0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from worldstage.exchange import events, sectors
from worldstage.exchange.detect import Sample
from worldstage.exchange.mapping import Kind, Layout, Span, Values, always
from worldstage.exchange.parties import Resolver

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
          "Type2Code", "Type3Code")  # fmt: skip
_EVENT = ("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
          "NumSources", "NumArticles", "AvgTone")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_GEO2 = (*_GEO[:4], "ADM2Code", *_GEO[4:])


def _columns(geo: tuple[str, ...]) -> tuple[str, ...]:
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor{n}{c}" for n in (1, 2) for c in _ACTOR), *_EVENT,
        *(f"{who}Geo_{c}" for who in ("Actor1", "Actor2", "Action") for c in geo), "DATEADDED", "SOURCEURL",
    )  # fmt: skip


COLUMNS_1, COLUMNS_2 = _columns(_GEO), _columns(_GEO2)
MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
# Known groups of CAMEO → the name under which our directory has them.
_GROUPS: Mapping[str, str] = MappingProxyType({
    "UNO": "United Nations", "NAT": "NATO", "EEC": "European Union", "EUR": "European Union", "ALQ": "al-Qaeda",
    "IRC": "ICRC", "HRW": "Human Rights Watch", "AMN": "Amnesty International", "WHO": "World Health Organization",
    "IMF": "International Monetary Fund", "WBK": "World Bank", "WTO": "World Trade Organization",
    "AFU": "African Union", "OAU": "African Union", "ARL": "Arab League", "ASN": "ASEAN", "OPC": "OPEC",
    "IAE": "International Atomic Energy Agency", "ICC": "International Criminal Court", "HEZ": "Hezbollah",
    "HMS": "Hamas", "TAL": "Taliban", "PKK": "Kurdistan Workers' Party", "LTT": "Liberation Tigers of Tamil Eelam",
    "OSC": "OSCE", "OAS": "Organization of American States", "CIS": "Commonwealth of Independent States",
    "ECW": "ECOWAS", "GCC": "Gulf Cooperation Council", "SCO": "Shanghai Cooperation Organisation",
    "RCR": "ICRC", "MSF": "Médecins Sans Frontières", "GOE": "G8", "GSE": "G7", "FLN": "FLN", "PLO": "PLO",
    "BKO": "Boko Haram", "SHB": "al-Shabaab",
})  # fmt: skip


def party(resolver: Resolver, values: Values) -> list[Span]:
    """Name, country, known group, roles."""
    name, country, group, *roles = values
    sector = sectors.by_roles(tuple(roles))
    code = resolver.coded("cameo", country) or resolver.coded("iso3", country) if country else None
    if group in _GROUPS and not code:
        found = resolver.directory.lookup(_GROUPS[group])
        if found:
            return resolver.named(_GROUPS[group])
    if code:
        text = name.title() or resolver.state(code).name
        known = resolver.state(code)
        return always(replace(known, text=text, sector=sector if sector != "UNK" else "GOV"))
    if not name:
        return always(*([resolver.unknown(group or country, sector)] if group or country else []))
    return resolver.named(name, sector=sector)


_COMMON = Layout(
    name="gdelt2",
    title="GDELT 2.0 events",
    dataset="GDELT",
    columns=COLUMNS_2,
    header=False,
    delimiter="\t",
    quote="",
    key=("GLOBALEVENTID",),
    date="SQLDATE",
    date_styles=("%Y%m%d",),
    kind_from=("EventCode",),
    kind=events.from_cameo,
    trim=False,
    actor_from=("Actor1Name", "Actor1CountryCode", "Actor1KnownGroupCode", "Actor1Type1Code",
                "Actor1Type2Code", "Actor1Type3Code"),
    recipient_from=("Actor2Name", "Actor2CountryCode", "Actor2KnownGroupCode", "Actor2Type1Code",
                    "Actor2Type2Code", "Actor2Type3Code"),
    parties=party,
    place=("ActionGeo_FullName",),
    country_from="ActionGeo_CountryCode",
    # GDELT's places have FIPS codes: IS is Israel, AS Australia, CH China.
    country=lambda resolver, text: resolver.coded("fips", text),
    fields={
        "score": "GoldsteinScale", "publisher": "SOURCEURL", "lat": "ActionGeo_Lat", "lon": "ActionGeo_Long",
        "text": "SOURCEURL",
    },
    cite="The GDELT Project (gdeltproject.org): free for any use with citation of the project and a link to it.",
)  # fmt: skip
GDELT2 = _COMMON
# Daily files before April 2013 have no column of addresses.
GDELT1 = replace(_COMMON, name="gdelt1", title="GDELT 1.0 events", columns=COLUMNS_1, optional=1)
MENTION = replace(
    _COMMON, name="gdelt-mentions", title="GDELT 2.0 mentions", columns=MENTIONS, mentions=True,
    row=("MentionTimeDate", "SentenceID"), date="MentionTimeDate", date_styles=("%Y%m%d%H%M%S",), kind_from=(),
    kind=lambda _: Kind(), actor_from=(), recipient_from=(), place=(), country_from=None, country=None,
    fields={"publisher": "MentionSourceName", "text": "MentionIdentifier"},
)  # fmt: skip
LAYOUTS = (GDELT2, GDELT1, MENTION)
_DAY, _SECOND, _NUMBER = re.compile(r"(?:19|20)\d{6}"), re.compile(r"(?:19|20)\d{12}"), re.compile(r"\d+")


def without_header(sample: Sample) -> Layout | None:
    """The version of a file that begins with its first row: by the number of its columns and what they hold."""
    rows = [r for r in sample.rows if len(r) == sample.width]
    for layout in LAYOUTS:
        day = _SECOND if layout.mentions else _DAY
        if 0 <= len(layout.columns) - sample.width <= layout.optional and sum(
            bool(_NUMBER.fullmatch(r[0]) and day.fullmatch(r[2 if layout.mentions else 1])) for r in rows
        ) * 2 > len(rows):
            return layout
    return None
