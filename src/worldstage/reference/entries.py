"""All names that the package knows, as entries: one function per table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from worldstage.core.errors import WorldstageError
from worldstage.core.plugins import load, names
from worldstage.reference.tables import Entry, first_day, forms, last_day, rows, states

# Particles that belong to a surname: *de Gaulle*, *al-Assad*, *von der Leyen*.
_PARTICLES = frozenset("de da di du van von der den del della le la bin ibn al el ben ter dos st".split())
_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr."})
_NUMERAL = re.compile("[IVXL]+")
_EAST_ASIAN = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "KHM"})
# Surnames that are also everyday words or first names; alone they resolve only after the full name was met.
_COMMON = frozenset(
    """
    Brown May Bush Ford Grey Gray White Black Green King Young Long Rice Price Major Hill Rose Day Park Lee Li Kim
    Said Salam Ali Hope Bishop Marshall Christian Martin John Paul George Michel Bos Moon No Ban Tang Roy Song Yang
    Ma Hu Khan Singh Islam Carter Baker Taylor Johnson Smith Jones Hassan Hussein Mohammed Muhammad Ahmed Mahmoud
    Abdullah Ibrahim Amin Saleh Nasser Peter Rao Wang Zhang Chen Xu An Noor Musa Than Top Key Power Means Banks La
    Begin Royal Muslim Lake Struck Junior Pace Snow Wine Dan Christopher Hunt Sessions Francis Lie Mills Jihad Stern
    Craft Holder Dual Horn Pot Sen Straw Slot Gabriel Hammer Hook Summers Rage Sands Darling Coats Eden Bravo Tenet
    Pol Poe Bio Trinidad Basra Constant Duke Hong Fox Richard Henry Joseph Kashmiri Turk Cleaver Cleverly Gallant
    Costa Sa Thu Cano Adam Mohamed Mohammad
    """.split()
)


def surname(person: str, code: str = "") -> str:
    """The part of a name by which newspapers call a person; the whole of a monarch's or pope's.

    >>> surname("Bashar al-Assad"), surname("Charles de Gaulle"), surname("Xi Jinping", "CHN")
    ('al-Assad', 'de Gaulle', 'Xi')
    >>> surname("Ferdinand Marcos Jr."), surname("Pope John Paul II")
    ('Marcos', 'Pope John Paul II')
    """
    parts = [part for part in person.split() if part not in _SUFFIXES]
    if len(parts) == 1 or _NUMERAL.fullmatch(parts[-1]):
        return person
    if code in _EAST_ASIAN and len(parts) in (2, 3) and "-" not in parts[0]:
        return parts[0]
    first = len(parts) - 1
    while first > 1 and parts[first - 1].lower() in _PARTICLES:
        first -= 1
    return " ".join(parts[first:])


def _surname_forms(person: str, code: str = "") -> list[str]:
    """The surname with and without its article: *al-Assad*, *Assad*."""
    last = surname(person, code)
    article, hyphen, bare = last.partition("-")
    return [last, bare] if hyphen and article.lower() in ("al", "el") else [last]


def state_entries() -> Iterator[Entry]:
    """Names, adjectives and capitals of states."""
    for row in states():
        code, name = row["code"], row["name"]
        span = first_day(row["from"]), last_day(row["to"])
        for alias in dict.fromkeys([name, *forms(row["names"])]):
            yield Entry(alias, code, name, code, "GOV", "state", None, None, *span)
        for alias in forms(row["demonyms"]):
            yield Entry(alias, code, name, code, "GOV", "demonym", None, None, *span)
        for alias in dict.fromkeys([*forms(row["capital"]), *forms(row["capital_names"])]):
            if alias not in (name, *forms(row["names"])):
                yield Entry(alias, code, name, code, "GOV", "capital", None, None, *span)


def seat_entries() -> Iterator[Entry]:
    """Seats of power and other bodies that stand for a part of a state."""
    from worldstage.reference.tables import state_names

    known = state_names()
    for row in rows("seats"):
        span = first_day(row["from"]), last_day(row["to"])
        code = row["code"] or None
        country = code if code in known else None
        for alias in forms(row["alias"]):
            yield Entry(
                alias,
                code,
                known.get(row["code"], row["code"]),
                country,
                row["sector"] or "GOV",
                "seat",
                None,
                None,
                *span,
            )


def leader_entries() -> Iterator[Entry]:
    """Persons in office: under their full names, other forms, and surnames."""
    from worldstage.reference.tables import state_names

    known = state_names()
    for row in rows("leaders"):
        code = row["code"]
        country = code if code in known else None
        span = first_day(row["from"]), last_day(row["to"])
        about = (known.get(code, code), country, row["sector"] or "GOV")
        full = [row["person"], *forms(row["aliases"])]
        for alias in dict.fromkeys(full):
            kind = "leader" if " " in alias or "-" in alias else "surname"
            yield Entry(alias, code, about[0], about[1], about[2], kind, row["person"], row["office"], *span)
        for alias in _surname_forms(row["person"], code):
            if alias not in full:
                yield Entry(alias, code, about[0], about[1], about[2], "surname", row["person"], row["office"], *span)


def group_entries() -> Iterator[Entry]:
    """Armed groups, and their leaders."""
    for row in rows("groups"):
        span = first_day(row["from"]), last_day(row["to"])
        about = (row["code"], row["name"], row["country"] or None, row["sector"] or "REB")
        for alias in dict.fromkeys([row["name"], *forms(row["aliases"])]):
            yield Entry(alias, *about, "group", None, None, *span)
        for person in forms(row["leaders"]):
            yield Entry(person, *about, "leader", person, "leader", *span)
            for last in _surname_forms(person):
                if last != person:
                    yield Entry(last, *about, "surname", person, "leader", *span)


def organisation_entries() -> Iterator[Entry]:
    """International organisations, alliances, blocs, companies and aid groups."""
    for row in rows("organisations"):
        span = first_day(row["from"]), last_day(row["to"])
        for alias in dict.fromkeys([row["name"], *forms(row["aliases"])]):
            yield Entry(
                alias,
                row["code"],
                row["name"],
                row["country"] or None,
                row["sector"] or "IGO",
                "organisation",
                None,
                None,
                *span,
            )


def region_entries() -> Iterator[Entry]:
    """Areas below or across states: places first of all, and actors where they act (*Catalonia*)."""
    from worldstage.reference.tables import state_names

    known = state_names()
    for row in rows("regions"):
        code = row["country"] or None
        for alias in dict.fromkeys([row["name"], *forms(row["aliases"])]):
            yield Entry(alias, code, known.get(row["country"], row["name"]), code, "UNK", "region")


def plugin_entries() -> Iterator[Entry]:
    """Entries that other packages add through the entry-point group ``worldstage.actors``."""
    for name in names("actors"):
        added = load("actors", name)()
        for entry in added:
            if not isinstance(entry, Entry):
                raise WorldstageError(
                    f"The plug-in {name!r} of worldstage.actors gave {type(entry).__name__}.", expected="Entry records"
                )
            yield entry


def needs_full_name(alias: str) -> bool:
    """Whether a surname is too common a word to stand for a leader unless the full name was met before."""
    return alias in _COMMON or len(alias) < 3


def all_entries() -> Iterator[Entry]:
    """Every entry of every shipped table, then those of plug-ins."""
    yield from state_entries()
    yield from seat_entries()
    yield from leader_entries()
    yield from group_entries()
    yield from organisation_entries()
    yield from region_entries()
    yield from plugin_entries()
