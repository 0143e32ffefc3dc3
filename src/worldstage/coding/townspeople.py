"""Towns that something is done to, or that do something: *shelled Kharkiv*, *Eilat protested*."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from worldstage.coding.mentions import Mention
from worldstage.coding.places import Located
from worldstage.coding.view import View
from worldstage.core.records import Actor
from worldstage.reference.actors import Directory

# What stands after these is where something happens, not to whom.
_WHERE = frozenset({"in", "at", "near", "outside", "inside", "around", "within"})


def settled(view: View, mentions: Sequence[Mention], places: Iterable[Located], directory: Directory) -> list[Mention]:
    """The mentions, with towns that something may be done to, or that may do something, standing for their people.

    Names that are in no table of actors but in the gazetteer are settled; those that were taken for no actor at all
    are added. The mentions stay in the order of their heads.
    """
    there = {p.head: p for p in places if p.place.country and not p.broad}
    out = [_settled(m, there[m.head], directory) if m.head in there and _is_open(m) else m for m in mentions]
    covered = {t for m in mentions for t in (*range(m.first, m.last), m.head)}
    for head, place in there.items():
        if head not in covered and _may_be_party(view, place):
            first, last = place.first, place.last
            nobody = Actor(None, place.place.name, text=view.words(first, last))
            out.append(_settled(Mention(first, last, head, (nobody,), "unknown"), place, directory))
    return sorted(out, key=lambda m: m.head)


def _may_be_party(view: View, place: Located) -> bool:
    """Whether a name is more than the place where something happens, or that of a dateline."""
    head = place.head
    if place.first == view.sents[view.sent[head]][0] and place.located:
        return False
    while view.dep[head] in ("conj", "appos") and view.head[head] != head:
        head = view.head[head]
    return not (view.dep[head] == "pobj" and view.lower[view.head[head]] in _WHERE)


def _is_open(m: Mention) -> bool:
    """Whether a name was found in no table; the small parsers take many a town for a person."""
    return m.hit is None and m.kind in ("unknown", "name") and m.actors[0].office is None


def _settled(m: Mention, there: Located, directory: Directory) -> Mention:
    country = there.place.country
    assert country is not None
    who = Actor(country, directory.name_of(country), country, "UNK", text=m.actors[0].text)
    return replace(m, actors=(who,), kind="name", person=False, reason=f"{there.place.name} is a place in {who.name}")
