"""Which states are exposed to the main threat of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from worldstage.charts.roles import Struck, attacks
from worldstage.core.results import Result
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.grid import Cell, Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill

_COLUMNS = (
    Column("state", "State"),
    Column("attacks", "Attacks", True, "Attacks by the threat on the state's soil, or on its people elsewhere."),
    Column("where", "On its soil + elsewhere", True, "Elsewhere includes attacks of which the place is not known."),
    Column("deaths", "Deaths, at least", True, "As reported in these attacks, of whatever nationality."),
    Column(
        "possible", "Attackers not named", True,
        "Attacks on its soil by attackers that the event does not name, in reports that name the threat.",
    ),
    Column("contiguity", "Contiguity", False, "Host: the threat stands there. Neighbour: has a land border with one."),
    Column("border_km", "km from border", True, "From the state's nearest border to where the threat stands."),
    Column("capital_km", "km from capital", True, "From its capital."),
    Column("events", "Events"),
)  # fmt: skip
_DRAWN = 12


def render(book: Book) -> Markup:
    """The sentence, the picture, the table."""
    parts = [_part(book, n, result) for n, result in enumerate(book.content.exposure, 1)]
    return fill("exposure.html.j2", {"parts": parts})


def _part(book: Book, n: int, result: Result) -> dict[str, Any]:
    rows = result.table.rows
    return {
        "anchor": links.anchor("exposure", f"{n}"), "text": result.text, "picture": _picture(n, result),
        "grid": Grid(result.table.caption, _COLUMNS, [_row(book, r) for r in rows]), "warnings": result.warnings,
    }  # fmt: skip


def _picture(n: int, result: Result) -> Picture | None:
    struck = [
        Struck(str(r["state"]), r["soil"], r["abroad"], r["possible"])
        for r in result.table.rows
        if r["attacks"] or r["possible"]
    ][:_DRAWN]
    if not struck:
        return None
    return picture(
        lambda width: attacks(struck, width=width),
        ident=f"exposure-{n}",
        title=result.table.caption,
        description=f"For {words.plural(len(struck), 'state')} the attacks reported. The numbers stand in the table.",
        caption="Dark: on its soil; light: on its people elsewhere; empty: on its soil, by attackers that the event "
        "does not name, in reports that name the threat.",
    )


def _row(book: Book, r: Mapping[str, Any]) -> dict[str, Cell]:
    events = [book.events[i] for i in r["events"] if i in book.events]
    return {
        "state": str(r["state"]), "attacks": str(r["attacks"]), "where": f"{r['soil']} + {r['abroad']}",
        "deaths": words.number(r["deaths"]), "possible": str(r["possible"]), "contiguity": r["contiguity"] or "–",
        "border_km": _far(r["border_km"]), "capital_km": _far(r["capital_km"]),
        "events": book.event_links(events) if events else "–",
    }  # fmt: skip


def _far(km: int | None) -> str:
    return "–" if km is None else words.number(km)


SECTION = Section("exposure", 46, "Who is exposed to the threat", render)
