"""An analyst's review of events: changing a field, keeping verdicts, handing them on as training rows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from worldstage.core.errors import ConfigError, InputError, unknown_name
from worldstage.core.records import SECTORS, STATUSES, Actor, Correction, Event, Place
from worldstage.reference.plover import event_type, quad, score

if TYPE_CHECKING:
    from worldstage.study.case import Case

ANALYST = "analyst"
FIELDS = ("type", "mode", "status", "actors", "recipients", "date", "place")


def accepted(event: Event) -> Event:
    """The event as one that the analyst vouches for."""
    return replace(event, confidence=1.0, coder=ANALYST)


def changed(case: Case, event: Event, changes: Mapping[str, str]) -> Event:
    """The event with fields set from what the analyst typed.

    Parameters
    ----------
    changes
        Field (one of `FIELDS`) → value as text; empty for nobody, nowhere, no mode, no date. Several parties are
        joined by ``;``, each a name, a code, or ``KEN:POL`` for a sector of a state.

    Raises
    ------
    ConfigError, UnknownNameError
        For an unknown field, type, mode, status, actor, sector or date; the event stays as it is.
    """
    for field, value in changes.items():
        if field not in FIELDS:
            raise unknown_name("field", field, FIELDS)
        event = _SETTERS[field](case, event, value.strip())
    if not event.actors and not event.recipients:
        raise ConfigError("An event needs an actor or a recipient.", hint="reject it, if nobody did anything")
    return replace(event, quad=quad(event.type), score=score(event.type, event.mode))


def _type(_: Case, event: Event, value: str) -> Event:
    kind = event_type(value.upper())
    kept = tuple(m for m in event.mode if m in kind.modes)
    return replace(event, type=kind.name, mode=kept)


def _mode(_: Case, event: Event, value: str) -> Event:
    modes = tuple(value.replace(",", " ").split())
    known = event_type(event.type).modes
    for mode in modes:
        if mode not in known:
            raise unknown_name(f"mode of {event.type}", mode, known)
    return replace(event, mode=modes)


def _status(_: Case, event: Event, value: str) -> Event:
    if value not in STATUSES:
        raise unknown_name("status", value, STATUSES)
    return replace(event, status=value)  # type: ignore[arg-type]


def _date(_: Case, event: Event, value: str) -> Event:
    if not value:
        return replace(event, date=None, date_precision="unknown")
    try:
        return replace(event, date=dt.date.fromisoformat(value), date_precision="day")
    except ValueError:
        raise ConfigError(f"{value!r} is not a date.", expected="YYYY-MM-DD, for example 2015-11-13") from None


def _place(_: Case, event: Event, value: str) -> Event:
    from worldstage.reference import places

    if not value:
        return replace(event, place=None)
    spots = places.default().spots(value)
    return replace(event, place=spots[0].place() if spots else Place(value))


def _actors(case: Case, event: Event, value: str) -> Event:
    return replace(event, actors=parties(case, value, event.date))


def _recipients(case: Case, event: Event, value: str) -> Event:
    return replace(event, recipients=parties(case, value, event.date))


_SETTERS: Mapping[str, Callable[[Case, Event, str], Event]] = {
    "type": _type, "mode": _mode, "status": _status, "actors": _actors, "recipients": _recipients, "date": _date,
    "place": _place,
}  # fmt: skip


def parties(case: Case, text: str, day: dt.date | None) -> tuple[Actor, ...]:
    """Actors from what the analyst typed: names or codes joined by ``;``, ``KEN:POL`` for a sector of a state."""
    return tuple(_party(case, name.strip(), day) for name in text.split(";") if name.strip())


def _party(case: Case, text: str, day: dt.date | None) -> Actor:
    sectored = re.fullmatch(r"(.+):([A-Za-z]{3})", text)
    name, sector = (sectored[1].strip(), sectored[2].upper()) if sectored else (text, "")
    if sector and sector not in SECTORS:
        raise unknown_name("sector", sector, SECTORS)
    directory = case.directory
    found = directory.lookup(name)
    if not found:
        code = directory.code_of(name, day=day)
        return Actor(code, directory.name_of(code), sector=sector or "GOV", text=name)
    one = directory.resolve(found, alias=name, day=day)
    if one.code is None:
        raise InputError(f"{name!r} may stand for several: {one.reason}", hint="give a code")
    return Actor(one.code, one.name, one.country, sector or one.sector, one.person, one.office, name)


def training_rows(verdicts: list[Correction], text_of: Callable[[str], str | None]) -> Iterator[str]:
    """The verdicts as labelled sentences in the format of ``training/GUIDE.md``, one block of lines each.

    Parties that do not stand in the sentence by name (a pronoun, a name from a sentence before) are left out; a
    verdict without any such party gives no row.
    """
    for one in verdicts:
        told = one.corrected or one.original
        if not told.evidence or told.evidence[0].text is None or told.evidence[0].start is None:
            continue
        sentence = " ".join(told.evidence[0].text.split())
        whole = text_of(one.document)
        trigger = " ".join(whole[slice(*one.trigger)].split()) if whole else ""
        sides = [
            "; ".join(a.text for a in side if a.text and a.text in sentence) for side in (told.actors, told.recipients)
        ]
        if not any(sides) or not trigger or trigger not in sentence or any(c in sentence[:1] for c in "# "):
            continue
        pair = f"  {sides[0]} > {sides[1]}"
        label = (
            "NONE" if one.verdict == "reject" else f"{' '.join([told.type, *told.mode])} | {told.status} | {trigger}"
        )
        yield f"{sentence}\n{pair} | {label}\n"
