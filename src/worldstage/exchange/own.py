"""Our own table of events, as CSV or Parquet: one row per event, actors and evidence as lists in cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from worldstage.exchange import cells
from worldstage.exchange.mapping import Kind, Layout, Party, Span, Values, always
from worldstage.exchange.parties import Resolver

PARTY = ("code", "name", "country", "sector", "person", "office", "text")
# Column → (what it holds, unit or form), in the order of the file: the codebook of our table.
COLUMNS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "id": ("what identifies the event", "text"),
    "type": ("PLOVER event type", "one of 16"),
    "mode": ("PLOVER modes", "list"),
    "context": ("PLOVER contexts", "list"),
    "quad": ("quad class", "verbal or material, cooperation or conflict"),
    "score": ("intensity of the type and mode by PLOVER", "-10 (conflict) to 10 (cooperation)"),
    "date": ("day of the event; the first, where it took several", "YYYY-MM-DD"),
    "date_precision": ("how exactly the day is known", "day, week, month, year, unknown"),
    "status": ("whether it happened", "occurred, planned, hypothetical, denied, historical"),
    **{
        f"{side}_{name}": (f"of each {side}: {what}", form)
        for side in ("actor", "recipient")
        for name, what, form in (
            ("code", "code", "list of ISO 3166 alpha-3 codes for states, own codes for others"),
            ("name", "usual name", "list"), ("country", "country", "list of ISO 3166 alpha-3 codes"),
            ("sector", "sector of society", "list; see the reference of events"),
            ("person", "person, if one is named", "list"), ("office", "office held on the day", "list"),
            ("text", "as the source puts it", "list"),
        )
    },
    "place": ("where it happened", "name"),
    "place_country": ("country of the place", "ISO 3166 alpha-3 code"),
    "lat": ("latitude", "degrees north"),
    "lon": ("longitude", "degrees east"),
    "deaths_low": ("deaths, at least", "persons; empty: not known"),
    "deaths_high": ("deaths, at most", "persons; empty: not known"),
    "injured_low": ("injured, at least", "persons; empty: not known"),
    "injured_high": ("injured, at most", "persons; empty: not known"),
    "attribution": ("who says so", "text"),
    "dataset": ("where the event comes from", "articles, or the name of the data set"),
    "publisher": ("who reported it", "name or host"),
    "source_score": ("the data set's own intensity", "its own scale: ICEWS and GDELT Goldstein's, UCDP best deaths"),
    "confidence": ("of the coder; 1 for imported events", "0 to 1"),
    "coder": ("what coded it", "name and version"),
    "evidence": ("what the event rests on: spans of documents, or rows of data sets", "list in JSON"),
})  # fmt: skip


def party(resolver: Resolver, values: Values) -> list[Span]:
    """Lists of codes, names, … of the same length."""
    lists = [cells.split(v) for v in values]
    size = max((len(one) for one in lists), default=0)
    lists = [one + [""] * (size - len(one)) for one in lists]
    parties = []
    for code, name, country, sector, person, office, text in zip(*lists, strict=True):
        parties.append(
            Party(
                code or None, name, country or None, sector or "UNK", person or None, office or None, text, "exported"
            )
        )
    return always(*parties)


def kind(values: Values) -> Kind:
    """Type, modes, contexts, status, taken as they are."""
    name, modes, contexts, status = values
    if not name:
        return Kind(refused="no event type")
    return Kind(name, tuple(cells.split(modes)), tuple(cells.split(contexts)), None, status or "occurred")


LAYOUT = Layout(
    name="worldstage",
    title="worldstage table",
    dataset="worldstage",
    columns=tuple(COLUMNS),
    own_ids=True,
    key=("id",),
    date="date",
    precision=("date_precision", {p: p for p in ("day", "week", "month", "year", "unknown")}),
    kind_from=("type", "mode", "context", "status"),
    kind=kind,
    actor_from=tuple(f"actor_{c}" for c in PARTY),
    recipient_from=tuple(f"recipient_{c}" for c in PARTY),
    parties=party,
    place=("place",),
    country_from="place_country",
    country=lambda _, text: text,
    fields={
        "score": "source_score", "publisher": "publisher", "lat": "lat", "lon": "lon",
        **{k: k for k in ("deaths_low", "deaths_high", "injured_low", "injured_high", "attribution", "dataset",
                          "confidence", "coder", "evidence")},
    },
    cite="",
)  # fmt: skip
PARQUET = replace(LAYOUT, name="worldstage-parquet", reader="parquet")
