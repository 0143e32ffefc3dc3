"""Whose people or bodies they are that stand in a text without a country of their own: *its army*, *the police*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from worldstage.coding.view import View
from worldstage.coding.words import words
from worldstage.core.records import Actor
from worldstage.reference.actors import Directory, Resolution
from worldstage.reference.roles import Role

if TYPE_CHECKING:
    from worldstage.coding.mentions import Mention

# What an organisation that was named may be called in short, by its sector.
_CALLED = {
    **dict.fromkeys(words("group movement militia militant rebel insurgent faction"), frozenset({"REB", "PTY", "OPP"})),
    **dict.fromkeys(words("bloc organisation organization agency alliance union"), frozenset({"IGO", "NGO"})),
}
# How many sentences back: a name in short (*the Council*), a common noun (*the group*), the same words.
_LONG, _SHORT = 30, 3
_CALLED_SENTENCES = 8
_ORGANISED = frozenset({"REB", "IGO", "NGO", "MNC", "BUS"})


def possessor(view: View, i: int, by_head: Mapping[int, Mention]) -> Mention | None:
    """The actor before *'s*, or *its* or *his*, whose people or body token `i` is; None where nobody is named so."""
    for c in view.children[i]:
        if view.dep[c] == "poss" and c in by_head:
            found = by_head[c]
            return found if found.kind != "unknown" and any(a.country or a.code for a in found.actors) else None
    return None


def called_before(view: View, i: int, before: tuple[int, tuple[Actor, ...]] | None) -> tuple[Actor, ...]:
    """Whom the document called so `before`, where token `i` has *the*: *the ministers* after *those of Peru and Chile*.

    Only several, or a group: a single state's people are found by its country.
    """
    if before is None or not any(view.lower[c] == "the" for c in view.children[i]):
        return ()
    at, actors = before
    telling = len(actors) > 1 or any(a.code != a.country for a in actors)
    return actors if telling and view.sent[i] - view.sent[at] <= _CALLED_SENTENCES else ()


def short_for(view: View, i: int, mentions: Sequence[Mention]) -> tuple[Actor, ...]:
    """Whom a definite noun stands for that is short for a name before it.

    *The Council* is the Security Council, *the movement* the armed group last named; nobody where none was.
    """
    low = view.lower[i]
    name = view.text[i][:1].isupper() and i > 0 and view.lower[i - 1] == "the"
    kinds = frozenset() if name else _CALLED.get(low, frozenset())
    if not (kinds or name) or not any(view.lower[c] == "the" for c in view.children[i]):
        return ()
    for m in reversed(mentions):
        if view.sent[i] - view.sent[m.head] > (_LONG if name else _SHORT):
            break
        a = m.actors[0]
        if m.kind != "name" or m.person or a.code is None or a.code == a.country:
            continue
        if a.sector in kinds or (name and m.last - m.first > 1 and view.lower[m.last - 1] == low):
            return (a,)
    return ()


def owned(directory: Directory, owner: Actor, role: Role, text: str, *, holder: bool) -> Actor:
    """People or a body of `owner`: *his fighters* are those of his group, *its police* those of its state."""
    office = role.phrase if holder else None
    if owner.code and owner.code != owner.country and owner.sector in _ORGANISED:
        return replace(owner, person=None, office=office, text=text)
    country = owner.country or owner.code
    name = directory.name_of(country) if country else text
    return Actor(country, name, country, role.sector, None, office, text)


def sector_of(title: Role | None, who: Resolution) -> str:
    """The sector of a title or body of an actor; armed groups and organisations keep their own."""
    if title is None or (title.kind == "thing" and who.kind == "group"):
        return who.sector
    if who.sector in ("REB", "IGO", "NGO") and who.kind in ("group", "organisation") and title.sector != "CVL":
        return who.sector
    return title.sector


def actor_of(who: Resolution, sector: str, person: str | None, office: str | None, text: str) -> Actor:
    """The actor that a name stands for, with the sector and office that the words around it give."""
    return Actor(who.code, who.name, who.country, sector, person, office, text)
