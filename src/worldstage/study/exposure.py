"""Which states of a case are exposed to a threat: distance, borders, attacks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import ConfigError, InputError, WindowError
from worldstage.core.results import Finding, Result, Table
from worldstage.reference.borders import CREDIT
from worldstage.reference.tables import state_names
from worldstage.reference.tables import states as state_rows
from worldstage.roles.distance import holds
from worldstage.roles.exposure import Attack, Base, Exposed, exposed
from worldstage.study.effect_data import code_in, times_in_data

if TYPE_CHECKING:
    from worldstage.study.case import Case

COLUMNS: Mapping[str, str] = {
    "state": "state",
    "attacks": "attacks",
    "soil": "on its soil",
    "abroad": "on its people elsewhere",
    "deaths": "deaths, at least",
    "possible": "attackers not named",
    "contiguity": "contiguity",
    "border_km": "km from border",
    "capital_km": "km from capital",
}
# So many events with a place are needed to say where somebody stands by them; the fewest countries that hold half.
_LEAST_PLACED = 3
_MOST_HOSTS = 3
# Attackers of these sectors are somebody in general: gunmen, people, not known.
_NOBODY = ("REB", "CVL", "UNK")


def exposure(
    case: Case,
    *,
    threat: str,
    at: Sequence[str] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
    limit: int | None = 20,
) -> Result:
    """The states by how exposed they are to a threat.

    Parameters
    ----------
    threat
        Name or code of an actor.
    at
        Where it stands: names of places or countries. If not given: a state's own land; a group's country, where the
        tables name one; else the countries in which most attacks on it happened (or, without any, its own acts).
    first, last
        The days of the attacks counted; all, if not given.
    limit
        So many states; None for all.

    Raises
    ------
    ConfigError, InputError, UnknownNameError, WindowError
        Where nothing tells where the threat stands; for an unknown place or name; for days in the wrong order.
    """
    if first and last and last < first:
        raise WindowError(f"The window ends ({last}) before it begins ({first}).")
    code = code_in(case, threat)
    name = case.directory.name_of(code)
    rows = _rows(case, code, first, last)
    base, hosts, told = _base(code, name, at, rows)
    attacks = [_attack(r, code) for r in rows if r["type"] == "ASSAULT" and r["acts"]] + _unnamed(
        case, code, first, last
    )
    known = [r["code"] for r in state_rows() if r["kind"] == "state" and not r["to"] and r["code"] != code]
    found = exposed(known, base, attacks, hosts=hosts)
    shown = found[:limit] if limit else found
    warnings = _warnings(case, code, name, rows, attacks)
    return Result(
        _sentence(name, found, told),
        Table(COLUMNS, [_row(e) for e in shown], caption=f"States exposed to {name}, the most exposed first"),
        parameters={"threat": code, "stands": told, "from": str(first) if first else None,
                    "to": str(last) if last else None, "attacks": sum(a.named for a in attacks)},
        warnings=tuple(warnings),
        findings=tuple(_finding(name, e) for e in shown if e.attacks or e.possible),
        events=tuple(dict.fromkeys(i for e in shown for i in e.events)),
    )  # fmt: skip


def _rows(case: Case, code: str, first: dt.date | None, last: dt.date | None) -> list[dict[str, Any]]:
    """The events that the threat takes part in, each once, with those on the other side."""
    import narwhals as nw

    keys = ["event", "document"]
    with case.store() as store:
        parties = store.frame("event_actors")
        mine = parties.filter(nw.col("code") == code).select(*keys).unique()
        events = store.frame("events").filter((nw.col("status") == "occurred") & (nw.col("id") == nw.col("cluster")))
        if first is not None:
            events = events.filter(nw.col("date") >= first)
        if last is not None:
            events = events.filter(nw.col("date") <= last)
        wanted = ("type", "date", "place", "place_country", "lat", "lon", "deaths_low")
        events = events.rename({"id": "event"}).select(*keys, *wanted).join(mine, on=keys, how="inner")
        found = {(r["event"], r["document"]): r for r in events.collect().to_arrow().to_pylist()}
        sides = parties.join(mine, on=keys, how="inner").select(*keys, "side", "code", "country")
        for r in found.values():
            r["hit"], r["acts"], r["suffers"] = set(), False, False
        for s in sides.collect().to_arrow().to_pylist():
            event = found.get((s["event"], s["document"]))
            if event is None:
                continue
            if s["code"] == code:
                event["acts" if s["side"] == "actor" else "suffers"] = True
            elif s["side"] == "recipient":
                event["hit"] |= {s["country"], s["code"]} - {None}
    return sorted(found.values(), key=lambda r: (r["date"] or dt.date.max, r["event"]))


def _unnamed(case: Case, code: str, first: dt.date | None, last: dt.date | None) -> list[Attack]:
    """Attacks by nobody in particular (bombers, gunmen) with a place, in reports that name the threat."""
    import narwhals as nw

    keys = ["event", "document"]
    with case.store() as store:
        naming = store.frame("mentions").filter(nw.col("code") == code).select("document").unique()
        parties = store.frame("event_actors")
        mine = parties.filter(nw.col("code") == code).select(*keys).unique()
        acting = (
            parties.filter((nw.col("side") == "actor") & ~nw.col("sector").is_in(list(_NOBODY))).select(*keys).unique()
        )
        events = store.frame("events").filter(
            (nw.col("status") == "occurred") & (nw.col("id") == nw.col("cluster")) & (nw.col("type") == "ASSAULT")
            & ~nw.col("place_country").is_null()
        ).rename({"id": "event"})  # fmt: skip
        events = events.select(*keys, "date", "place_country", "deaths_low").join(naming, on="document", how="inner")
        events = events.join(mine, on=keys, how="anti").join(acting, on=keys, how="anti")
        found = events.collect().to_arrow().to_pylist()
    inside = [
        r
        for r in found
        if (not first or (r["date"] and r["date"] >= first)) and (not last or (r["date"] and r["date"] <= last))
    ]
    return [
        Attack(r["event"], r["place_country"], frozenset(), int(r["deaths_low"] or 0), named=False)
        for r in sorted(inside, key=lambda r: r["event"])
    ]


def _attack(r: Mapping[str, Any], threat: str) -> Attack:
    return Attack(r["event"], r["place_country"], frozenset(r["hit"]) - {threat}, int(r["deaths_low"] or 0))


def _base(
    code: str, name: str, at: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> tuple[Base, frozenset[str], str]:
    """Where the threat stands, the countries of that, and how it is known."""
    if at:
        return _named(at)
    states = state_names()
    if code in states:
        return Base((code,)), frozenset(), f"in {states[code]}"
    # Where a group is attacked it stands; where it attacks it may only have struck.
    fought = [r for r in rows if r["type"] == "ASSAULT" and r["suffers"] and r["place_country"] in states]
    own = [r for r in rows if r["acts"] and r["place_country"] in states]
    for found, why in ((fought, "where it was attacked"), (own, "where it acted")):
        if len(found) >= _LEAST_PLACED:
            hosts = _half(Counter(r["place_country"] for r in found))
            return Base(hosts), frozenset(), f"in {_listed([states[h] for h in hosts])} ({why}, {len(found)} events)"
    home = _home(code)
    if home in states:
        return Base((home,)), frozenset(), f"in {states[home]} (from the table of groups)"
    raise ConfigError(
        f"The data do not tell where {name} stands: fewer than {_LEAST_PLACED} of its events have a place.",
        hint="give --at PLACE, for example --at Syria --at Mosul",
    )


def _half(counts: Counter[str]) -> tuple[str, ...]:
    """The fewest countries that hold half of the events."""
    out: list[str] = []
    for country, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:_MOST_HOSTS]:
        out.append(country)
        if 2 * sum(counts[c] for c in out) >= counts.total():
            break
    return tuple(out)


def _home(code: str) -> str:
    from worldstage.reference.tables import rows as table

    return next((r["country"] for r in table("groups") if r["code"] == code), "")


def _named(at: Sequence[str]) -> tuple[Base, frozenset[str], str]:
    from worldstage.reference.places import Gazetteer

    gazetteer = Gazetteer()
    countries: list[str] = []
    told: list[str] = []
    points: list[tuple[float, float]] = []
    hosts: set[str] = set()
    for place in at:
        spot = gazetteer.choose(place)
        if spot is None:
            raise InputError(f"Unknown place {place!r}.", hint="the English name of a town, region or country")
        where = state_names().get(spot.country or "", "")
        told.append(spot.name if spot.kind == "country" or not where else f"{spot.name} ({where})")
        if spot.kind == "country" and spot.country:
            countries.append(spot.country)
        elif spot.lat is not None and spot.lon is not None:
            points.append((spot.lat, spot.lon))
            hosts |= {spot.country} if spot.country and holds(spot.country, (spot.lat, spot.lon)) else set()
        else:
            raise InputError(f"{place!r} has no coordinates.", hint="name a town or a country")
    return Base(tuple(countries), tuple(points)), frozenset(hosts), f"at {_listed(told)}, as given"


def _row(e: Exposed) -> dict[str, Any]:
    return {
        "state": state_names().get(e.code, e.code), "code": e.code, "attacks": e.attacks, "soil": e.soil,
        "abroad": e.abroad, "deaths": e.deaths, "possible": e.possible, "contiguity": e.contiguity,
        "border_km": None if e.border_km is None else round(e.border_km),
        "capital_km": None if e.capital_km is None else round(e.capital_km), "events": list(e.events),
    }  # fmt: skip


def _sentence(name: str, found: Sequence[Exposed], told: str) -> str:
    names = state_names()
    struck = [e for e in found if e.attacks]
    near = sorted(
        (e for e in found if not e.contiguity and e.border_km is not None), key=lambda e: e.border_km or 0.0
    )[:3]  # fmt: skip
    parts = [f"{name} stands {told}"]
    if struck:
        most = ", ".join(f"{names[e.code]} {e.attacks}" for e in struck[:4])
        parts.append(f"attacks reported on the soil or people of {len(struck)} states, most: {most}")
    else:
        parts.append("no attack by it on a state is reported")
    possible = [e for e in found if e.possible]
    if possible:
        most = ", ".join(f"{names[e.code]} {e.possible}" for e in possible[:4])
        parts.append(f"attacks by unnamed attackers in reports that name it: {most}")
    neighbours = [names[e.code] for e in found if e.contiguity == "neighbour"]
    if neighbours:
        parts.append(f"neighbours: {_listed(neighbours[:8])}{' and others' if len(neighbours) > 8 else ''}")
    if near:
        parts.append("next nearest: " + ", ".join(f"{names[e.code]} {e.border_km:,.0f} km" for e in near))
    return "; ".join(parts) + "."


def _finding(name: str, e: Exposed) -> Finding:
    state = state_names()[e.code]
    where = f"{e.soil} on its soil, {e.abroad} on its people elsewhere"
    deaths = f", at least {e.deaths} deaths" if e.deaths else ""
    more = f"; {e.possible} by attackers not named" if e.possible else ""
    text = f"{state}: {e.attacks} attacks by {name} ({where}){deaths}{more}."
    return Finding(state, text, "unknown", e.events, e.attacks + e.possible / 2)


def _warnings(
    case: Case, code: str, name: str, rows: Sequence[Mapping[str, Any]], attacks: Sequence[Attack]
) -> list[str]:
    out = []
    if not times_in_data(case, code):
        out.append(f"{name} takes part in no event of these data: only distances are told.")
    elif not rows:
        out.append(f"{name} takes part in no event between these days: only distances are told.")
    unplaced, named = sum(a.place is None for a in attacks), sum(a.named for a in attacks)
    if unplaced:
        out.append(f"Of {named} attacks {unplaced} have no place: they count where people of a state were hit.")
    if len(attacks) > named:
        out.append(
            f"{len(attacks) - named} attacks by attackers that the event does not name are counted apart, because the "
            f"report names {name}: whose they were has to be read there."
        )
    out.append(
        "Attacks are those reported: attention differs between countries. The order is no measure of risk to come."
    )
    out.append(f"Distances run along great circles from generalised outlines, right to some 30 km. {CREDIT}")
    return out


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
