"""Where it happened: a map, a closer look at the region where most did, and the table of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from worldstage.charts.places import Spotted, border_data, close_up, places_map
from worldstage.core.records import Event, Place
from worldstage.dossier import words
from worldstage.dossier.book import Book
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill
from worldstage.reference.borders import CAUTION, CREDIT

_OPEN = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and the events there."""

    place: Place
    events: tuple[Event, ...]

    @property
    def cooperation(self) -> int:
        """How many of the events are of cooperation."""
        return sum(e.quad.endswith("cooperation") for e in self.events)


def render(book: Book) -> Markup:
    """The maps and the table."""
    events = [e for e in book.occurred if book.inside(e)]
    spots = _spots(events)
    drawn = [
        Spotted(s.place.name, s.place.lon, s.place.lat, s.cooperation, len(s.events) - s.cooperation)
        for s in spots
        if s.place.lat is not None and s.place.lon is not None
    ]
    maps = [_picture("map", drawn, "Where events happened")] if drawn else []
    closer = close_up(drawn)
    if closer:
        maps.append(_picture("map-close", closer, "A closer look at the region where most happened"))
    return fill(
        "places.html.j2",
        {
            "maps": maps,
            "caution": f"{CAUTION} {CREDIT}",
            "grid": _grid(book, spots) if spots else None,
            "open": len(spots) <= _OPEN,
            "placed": sum(len(s.events) for s in spots),
            "total": len(events),
        },
    )


def _spots(events: Sequence[Event]) -> list[Spot]:
    found: dict[tuple[str, str | None], tuple[Place, list[Event]]] = {}
    for event in events:
        if event.place:
            key = event.place.name, event.place.country
            found.setdefault(key, (event.place, []))[1].append(event)
    spots = [Spot(place, tuple(here)) for place, here in found.values()]
    return sorted(spots, key=lambda s: (-len(s.events), s.place.name, s.place.country or ""))


def _picture(ident: str, drawn: Sequence[Spotted], title: str) -> Picture:
    return picture(
        lambda width: places_map(drawn, width=width),
        ident=ident,
        title=title,
        description=f"A map with {words.plural(len(drawn), 'place')}. The numbers stand in the table.",
        caption=f"{title}. The larger the mark, the more events (number in brackets, where there is room for a name). "
        "Blue circles: mostly cooperation; orange diamonds: mostly conflict; grey squares: as much of either.",
        data=border_data(),
    )


def _grid(book: Book, spots: Sequence[Spot]) -> Grid:
    columns = (
        Column("place", "Place"), Column("country", "Country"), Column("events", "Events", True),
        Column("cooperation", "Cooperation", True), Column("conflict", "Conflict", True), Column("which", "Which"),
    )  # fmt: skip
    rows: list[dict[str, Cell]] = [
        {
            "place": s.place.name if s.place.lat is not None else f"{s.place.name} (not on the map)",
            "country": book.name(s.place.country) if s.place.country else "–",
            "events": words.number(len(s.events)),
            "cooperation": words.number(s.cooperation),
            "conflict": words.number(len(s.events) - s.cooperation),
            "which": book.event_links(s.events, most=len(s.events)),
        }
        for s in spots
    ]
    return Grid("Places and the events there", columns, rows)


SECTION = Section("places", 50, "Where it happened", render)
