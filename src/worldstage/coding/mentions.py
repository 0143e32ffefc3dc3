"""Actors named in a parsed document: names, titles with names, groups of people, pronouns."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from worldstage.coding.known_names import dateline, usable
from worldstage.coding.pronouns import couple, is_couple, referent
from worldstage.coding.titles import full_name_start, left_edge, role_at, title_before
from worldstage.coding.view import View
from worldstage.core.records import Actor
from worldstage.reference.actors import Directory, Hit, Resolution
from worldstage.reference.roles import Role

_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod"})
_OF = frozenset({"of", "in", "from", "for", "to", "at"})
# *Talks in Vienna* take place there; *talks with Vienna* are held with Austria's government.
_WHERE = frozenset({"in", "at", "near", "outside", "around", "inside", "across", "throughout"})
_NAMES = frozenset({"PERSON", "ORG"})
_LANDS = frozenset({"state", "region", "capital"})
_LANDS_AND_BODIES = _LANDS | {"organisation", "group"}


@dataclass(slots=True)
class Mention:
    """A noun phrase that stands for one actor or several.

    Attributes
    ----------
    first, last
        Half-open token range of the phrase; `head` is the token that it hangs on in the tree.
    actors
        What it resolved to (one per country in *Russian and French warplanes*).
    kind
        ``name``, ``role`` (a title, body or group of people), ``pronoun`` or ``unknown``.
    hit
        The known name in it, for resolving again on another date.
    """

    first: int
    last: int
    head: int
    actors: tuple[Actor, ...]
    kind: str
    plural: bool = False
    person: bool = False
    hit: Hit | None = None
    reason: str = ""


@dataclass(slots=True)
class _Named:
    """A known name at its head token, and what it resolved to."""

    hit: Hit
    head: int
    resolution: Resolution


class MentionFinder:
    """Finds the actors of documents with one directory.

    Parameters
    ----------
    directory
        Who is who.
    """

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    def find(self, view: View, day: dt.date | None) -> list[Mention]:
        """The mentions of a document published on `day`, in order of their heads."""
        return _Search(self.directory, view, day).run()


class _Search:
    """The state of one search: what was met so far in the document."""

    def __init__(self, directory: Directory, view: View, day: dt.date | None) -> None:
        self.directory, self.view, self.day = directory, view, day
        self.persons: dict[str, Actor] = {}
        self.known: set[str] = set()
        self.context: Counter[str] = Counter()
        self.by_head: dict[int, tuple[Hit, int, int]] = {}
        self.mentions: list[Mention] = []
        self.taken: set[int] = set()

    def run(self) -> list[Mention]:
        self.taken.update(dateline(self.view))
        hits = list(usable(self.view, self.directory.scan(self.view.raw), self.taken))
        self._learn_context(hit for hit, _, _ in hits)
        for hit, i, j in hits:
            self.by_head[self._phrase_head(i, j)] = (hit, i, j)
        for i, pos in enumerate(self.view.pos):
            if i in self.taken:
                continue
            if i in self.by_head:
                self._named(i)
            elif pos in ("NOUN", "PROPN"):
                self._role_or_unknown(i)
            elif pos == "PRON":
                self._pronoun(i)
        return self.mentions

    def _learn_context(self, hits: Iterable[Hit]) -> None:
        for hit in hits:
            codes = {e.country for e in hit.entries if e.valid(self.day) and e.country}
            if len(codes) == 1:
                self.context[codes.pop()] += 1
            self.known.update(e.person for e in hit.entries if e.kind == "leader" and e.person)

    def _phrase_head(self, i: int, j: int) -> int:
        """The token of a name on which its phrase hangs in the tree."""
        view = self.view
        for t in range(i, j):
            h = view.head[t]
            if h == t or not i <= h < j:
                return t
        return j - 1

    def _add(
        self, first: int, head: int, actors: tuple[Actor, ...], kind: str, *, last: int = 0, plural: bool = False,
        person: bool = False, hit: Hit | None = None, reason: str = "",
    ) -> None:  # fmt: skip
        """Add a mention; its range ends after its head, if no other `last` is given."""
        self.taken.add(head)
        self.mentions.append(Mention(first, last or head + 1, head, actors, kind, plural, person, hit, reason))

    # -- names ---------------------------------------------------------------------------------

    def _named(self, i: int) -> None:
        """A known name at its head token: as it is, or as part of a larger phrase."""
        view = self.view
        hit, first, last = self.by_head[i]
        head = self._holder(i)
        if head != i and head in self.by_head:
            outer = self.by_head[head][0]
            if any(e.kind in ("leader", "surname") for e in outer.entries) or outer.start <= hit.start < outer.end:
                return
        resolution = self._resolve(hit)
        if resolution.kind == "capital" and head == i and view.dep[i] == "pobj" and view.lower[view.head[i]] in _WHERE:
            return
        if head != i and head not in self.by_head:
            role = role_at(view, head)
            person = view.ent[head] == "PERSON" and view.pos[head] == "PROPN"
            if role or person:
                self._phrase(head, [_Named(hit, i, resolution)], role)
                return
        self._add_name(hit, first, last, i, resolution)

    def _holder(self, i: int) -> int:
        """The head of the noun phrase that the name at token `i` is part of; itself where it stands alone."""
        view, head = self.view, i
        while view.dep[head] in _INSIDE and view.head[head] != head and head not in self.taken:
            up = view.head[head]
            if view.pos[up] not in ("NOUN", "PROPN") or view.sent[up] != view.sent[i]:
                break
            head = up
            if head in self.by_head:
                break
        return head

    def _resolve(self, hit: Hit) -> Resolution:
        met = self.persons.get(hit.alias)
        if met is not None and any(e.kind == "surname" for e in hit.entries):
            reason = f"named before as {met.person}"
            return Resolution(met.code, met.name, met.country, met.sector, "leader", reason, met.person, met.office)
        return self.directory.resolve(
            hit.entries, alias=hit.alias, day=self.day, context=self.context, known=self.known
        )

    def _add_name(self, hit: Hit, first: int, last: int, head: int, resolution: Resolution) -> None:
        if resolution.code is None:
            nobody = Actor(None, hit.alias, text=hit.alias)
            self._add(first, head, (nobody,), "unknown", last=last, reason=resolution.reason)
            return
        view, person = self.view, resolution.person
        sector, start = resolution.sector, first
        if person:
            start = left_edge(view, first)
            title = title_before(view, first)
            former = "former" in view.lower[max(0, first - 5) : first]
            if title and sector in ("UNK", "ELI") and not former:
                sector = title.sector
        actor = self._actor(resolution, sector, person, resolution.office, view.words(start, last))
        if person:
            self._remember(person, actor)
        self._add(
            first, head, (actor,), "name", last=last, person=person is not None, hit=hit, reason=resolution.reason
        )

    @staticmethod
    def _actor(who: Resolution, sector: str, person: str | None, office: str | None, text: str) -> Actor:
        return Actor(who.code, who.name, who.country, sector, person, office, text)

    def _remember(self, person: str, actor: Actor) -> None:
        self.persons[person] = actor
        self.persons[person.split()[-1]] = actor

    # -- titles, bodies, people ------------------------------------------------------------------

    def _phrase(self, head: int, named: list[_Named], role: tuple[Role, int] | None) -> None:
        """*Russian and French warplanes*, *Turkey's foreign ministry*, *Dutch minister Bert Koenders*."""
        view = self.view
        if head in self.taken:
            return
        self._coordinated(named)
        first = min(left_edge(view, head), *(left_edge(view, one.head) for one in named))
        person = view.ent[head] == "PERSON" and view.pos[head] == "PROPN"
        name = view.words(full_name_start(view, head), head + 1) if person else None
        title = role[0] if role else None
        if person and title is None:
            title = next((r[0] for t in range(head - 1, first - 1, -1) if (r := role_at(view, t))), None)
        office = title.phrase if title and title.kind == "title" and not person else None
        text = view.words(first, head + 1)
        self.taken.update(one.head for one in named)
        actors = tuple(
            self._actor(who, _sector(title, who), name or who.person, office, text)
            for who in (one.resolution for one in named)
            if who.code is not None
        )
        if not actors:
            self._role_or_unknown(head)
            return
        if name:
            self._remember(name, actors[0])
        plural = view.tag[head] in ("NNS", "NNPS") or len(actors) > 1
        self._add(
            first, head, actors, "name" if name else "role", plural=plural,
            person=bool(name) or (title is not None and title.kind == "title" and not plural),
            hit=named[0].hit, reason=named[0].resolution.reason,
        )  # fmt: skip

    def _coordinated(self, named: list[_Named]) -> None:
        """Add the names that stand beside the first one: *French* in *Russian and French warplanes*."""
        for c in self.view.children[named[0].head]:
            if self.view.dep[c] == "conj" and c in self.by_head:
                hit = self.by_head[c][0]
                named.append(_Named(hit, c, self._resolve(hit)))

    def _role_or_unknown(self, i: int) -> None:
        view = self.view
        if is_couple(view, i) and self._couple(i):
            return
        if view.dep[i] in ("compound", "amod", "nmod") and view.pos[view.head[i]] in ("NOUN", "PROPN"):
            return
        role = role_at(view, i)
        if role is None:
            if view.ent[i] in _NAMES and view.pos[i] == "PROPN":
                self._unknown_name(i)
            return
        named = self._country_inside(i)
        if named:
            self._phrase(i, named, role)
        else:
            self._generic(i, role)

    def _country_inside(self, i: int) -> list[_Named]:
        """A known name that says whose body or people this is: *the army of Sudan*, *rebels in Mali*."""
        view = self.view
        out: list[_Named] = []
        for c in view.children[i]:
            if view.dep[c] in ("poss", "amod", "compound", "nmod") and c in self.by_head:
                hit = self.by_head[c][0]
                out.append(_Named(hit, c, self._resolve(hit)))
            elif view.dep[c] == "prep" and view.lower[c] in _OF:
                kinds = _LANDS_AND_BODIES if view.lower[c] == "of" else _LANDS
                for g in view.children[c]:
                    if view.dep[g] == "pobj" and g in self.by_head:
                        hit = self.by_head[g][0]
                        resolution = self._resolve(hit)
                        if resolution.kind in kinds:
                            out.append(_Named(hit, g, resolution))
        return [one for one in out if one.resolution.code][:3]

    def _generic(self, i: int, role: tuple[Role, int]) -> None:
        """People or a body without a country of their own: those of the place or state spoken of."""
        view, (kind, first) = self.view, role
        plural = view.tag[i] in ("NNS", "NNPS")
        first = min(first, left_edge(view, i))
        text = view.words(first, i + 1)
        person = kind.kind == "title" and not plural
        if person and (view.lower[max(first - 1, 0)] in ("the", "his", "her") or first == i == self._sentence_start(i)):
            bearer = self._bearer(kind)
            if bearer is not None:
                reason = f"the {kind.phrase} named before: {bearer.person}"
                self._add(first, i, (replace(bearer, text=text),), "role", person=True, reason=reason)
                return
        country = self._surrounding_country(i)
        name = self.directory.name_of(country) if country else text
        actor = Actor(country, name, country, kind.sector, None, kind.phrase if person else None, text)
        why = "country from the surroundings" if country else "no country known"
        self._add(
            first, i, (actor,), "role", plural=plural, person=person, reason=f"{kind.kind} {kind.phrase!r}; {why}"
        )

    def _sentence_start(self, i: int) -> int:
        return self.view.sents[self.view.sent[i]][0]

    def _bearer(self, kind: Role) -> Actor | None:
        for m in reversed(self.mentions):
            a = m.actors[0]
            if m.person and a.person and a.office and kind.phrase.split()[-1] in a.office.lower().split():
                return a
        return None

    def _surrounding_country(self, i: int) -> str | None:
        """The country nearest in the sentence, or else the last one before it, or else the document's main one."""
        view = self.view
        b, e = view.sents[view.sent[i]]
        nearest: tuple[int, str] | None = None
        for head, (hit, _, _) in self.by_head.items():
            if not b <= head < e:
                continue
            resolution = self._resolve(hit)
            if resolution.country and resolution.kind in ("state", "region", "capital", "demonym", "seat"):
                # A place (*in Mali*) says more about whose people these are than an actor of the sentence.
                distance = abs(head - i) + (0 if view.dep[head] == "pobj" else 20)
                if nearest is None or distance < nearest[0]:
                    nearest = (distance, resolution.country)
        if nearest:
            return nearest[1]
        for m in reversed(self.mentions):
            if m.kind != "pronoun" and m.actors[0].country and view.sent[m.head] >= view.sent[i] - 2:
                return m.actors[0].country
        return self.context.most_common(1)[0][0] if self.context else None

    # -- names that no table knows -----------------------------------------------------------------

    def _unknown_name(self, i: int) -> None:
        view = self.view
        person = view.ent[i] == "PERSON"
        first = full_name_start(view, i) if person else left_edge(view, i)
        name = view.words(first, i + 1)
        met = self.persons.get(name) or self.persons.get(view.text[i])
        if met is not None:
            reason = f"named before as {met.person}"
            self._add(first, i, (replace(met, text=name),), "name", person=True, reason=reason)
            return
        role = title_before(view, first) if person else None
        role, country = self._apposition(i, role)
        if country is None and role is not None:
            country = self._surrounding_country(i)
        actor = Actor(
            country, self.directory.name_of(country) if country else name, country, role.sector if role else "UNK",
            name if person else None, role.phrase if role and role.kind == "title" else None, name,
        )  # fmt: skip
        if person and country:
            self._remember(name, actor)
        reason = f"title {role.phrase!r}" if role else "not in the tables"
        self._add(first, i, (actor,), "name" if country else "unknown", person=person, reason=reason)

    def _apposition(self, i: int, role: Role | None) -> tuple[Role | None, str | None]:
        """What *Anna Berg, the Swedish envoy* says of a name: its role, where none is known yet, and country."""
        country = None
        for c in self.view.children[i]:
            if self.view.dep[c] == "appos" and (found := role_at(self.view, c)):
                role = role or found[0]
                inside = self._country_inside(c)
                country = inside[0].resolution.code if inside else country
        return role, country

    # -- pronouns ----------------------------------------------------------------------------------

    def _pronoun(self, i: int) -> None:
        found = referent(self.view, i, self.mentions)
        if found is None:
            return
        actors = tuple(replace(a, text=self.view.text[i]) for a in found.actors)
        self._add(
            i, i, actors, "pronoun", plural=found.plural, person=found.person, hit=found.hit,
            reason=f"{self.view.lower[i]!r} stands for {found.actors[0].text!r}",
        )  # fmt: skip

    def _couple(self, i: int) -> bool:
        """*The two countries*, *both presidents*: the last two states named before, each once."""
        found = couple(self.view, i, self.mentions)
        if len(found) < 2:
            return False
        first = min(*self.view.children[i], i)
        text = self.view.words(first, i + 1)
        actors = tuple(replace(m.actors[0], text=text) for m in found)
        self._add(first, i, actors, "pronoun", plural=True, reason=f"{text!r} stands for the two named before")
        return True


def _sector(title: Role | None, who: Resolution) -> str:
    """The sector of a title or body of an actor; armed groups and organisations keep their own."""
    if title is None or (title.kind == "thing" and who.kind == "group"):
        return who.sector
    if who.sector in ("REB", "IGO", "NGO") and who.kind in ("group", "organisation") and title.sector != "CVL":
        return who.sector
    return title.sector
