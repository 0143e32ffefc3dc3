"""UCDP GED: deadly events of organised violence."""

from __future__ import annotations

import re
from dataclasses import replace

from worldstage.exchange.detect import Sample
from worldstage.exchange.mapping import Kind, Layout, Span, Values, always
from worldstage.exchange.parties import Resolver, country

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
_GOVERNMENT = re.compile(r"Government of (?:the )?(?P<country>.+)", re.IGNORECASE)


def kind(values: Values) -> Kind:
    """State-based (1), between groups (2) or against civilians (3): all are force of arms."""
    if values[0].strip() not in ("1", "2", "3"):
        return Kind(refused=f"unknown type of violence: {values[0]}")
    return Kind("ASSAULT", (), ("military",) if values[0] == "1" else ())


def party(resolver: Resolver, values: Values) -> list[Span]:
    """Side, its Gleditsch–Ward number, and the country of the event."""
    name, number, country = values
    if not name:
        return always()
    code = resolver.coded("gw", number.partition(".")[0]) if number else None
    government = _GOVERNMENT.fullmatch(name)
    if government:
        code = code or resolver.country(government["country"])
        return always(resolver.state(code, text=name, sector="GOV")) if code else resolver.named(name, sector="GOV")
    if name.casefold() == "civilians":
        code = resolver.country(country)
        return always(resolver.state(code, text=name, sector="CVL") if code else resolver.unknown(name, "CVL"))
    return resolver.named(name, sector="REB")


LAYOUT = Layout(
    name="ucdp",
    title="UCDP GED",
    dataset="UCDP",
    columns=COLUMNS,
    key=("id",),
    date="date_start",
    date_styles=("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f"),
    last_day="date_end",
    precision=("date_prec", {"1": "day", "2": "week", "3": "week", "4": "month", "5": "year"}),
    kind_from=("type_of_violence",),
    kind=kind,
    actor_from=("side_a", "gwnoa", "country"),
    recipient_from=("side_b", "gwnob", "country"),
    parties=party,
    place=("where_coordinates", "adm_2", "adm_1", "country"),
    country_from="country",
    country=country,
    fields={
        "score": "best", "publisher": "source_office", "lat": "latitude", "lon": "longitude",
        "text": "source_headline", "deaths_low": "low", "deaths_high": "high",
    },
    cite="Sundberg and Melander 2013, Introducing the UCDP Georeferenced Event Dataset, Journal of Peace Research "
    "50(4); with the version of the release, from ucdp.uu.se.",
)  # fmt: skip


def without_header(sample: Sample) -> Layout | None:
    """Some monthly releases have no header row; their columns are those of the yearly ones."""
    where = COLUMNS.index("geom_wkt")
    if sample.width == len(COLUMNS) and any(r[where].startswith("POINT") for r in sample.rows[:5] if len(r) > where):
        return replace(LAYOUT, header=False)
    return None
