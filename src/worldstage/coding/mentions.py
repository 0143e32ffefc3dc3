"""Actors named in a parsed document: names, titles with names, groups of people, pronouns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from worldstage.coding.belonging import actor_of, called_before, owned, possessor, sector_of, short_for
from worldstage.coding.known_names import KnownNames, Named
from worldstage.coding.pronouns import couple, is_couple, number_of, referent
from worldstage.coding.titles import full_name_start, left_edge, name_goes_on, role_at, role_headed, title_before
from worldstage.coding.view import View
from worldstage.core.records import Actor
from worldstage.reference.actors import Directory, Hit
from worldstage.reference.roles import Role

_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod"})
# *Talks in Vienna* take place there; *talks with Vienna* are held with Austria's government.
_WHERE = frozenset({"in", "at", "near", "outside", "around", "inside", "across", "throughout"})
_NAMES = frozenset({"PERSON", "ORG"})
# How many mentions back *the minister* may have been named.
_BEARERS = 200
_FORMER = frozenset({"former", "formerly", "ex", "ousted", "deposed", "retired"})


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
    what
        Of a role, its kind: ``title``, ``body``, ``people`` or ``thing``.
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
    what: str = ""


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
        self.directory, self.view = directory, view
        self.names = KnownNames(directory, view, day)
        self.mentions: list[Mention] = []
        self.by_head: dict[int, Mention] = {}
        self.taken: set[int] = set(self.names.inside)
        # Possessors that are part of a larger phrase: *its* in *its army*.
        self.absorbed: set[int] = set()
        # What the document has called so, and whose it was: *rebels* after *Chadian rebels*.
        self.called: dict[str, tuple[int, tuple[Actor, ...]]] = {}

    def run(self) -> list[Mention]:
        for i, pos in enumerate(self.view.pos):
            if i in self.taken:
                continue
            if i in self.names:
                self._named(self.names.at(i))
            elif pos in ("NOUN", "PROPN"):
                self._role_or_unknown(i)
            elif pos == "PRON":
                self._pronoun(i)
        return [m for m in self.mentions if m.head not in self.absorbed]

    def _add(
        self, first: int, head: int, actors: tuple[Actor, ...], kind: str, *, last: int = 0, plural: bool = False,
        person: bool = False, hit: Hit | None = None, reason: str = "", what: str = "",
    ) -> None:  # fmt: skip
        """Add a mention; its range ends after its head, if no other `last` is given."""
        self.taken.add(head)
        found = Mention(first, last or head + 1, head, actors, kind, plural, person, hit, reason, what)
        self.mentions.append(found)
        self.by_head[head] = found

    # -- names ---------------------------------------------------------------------------------

    def _named(self, name: Named) -> None:
        """A known name: as it is, or as part of a larger phrase."""
        view, i, hit, who = self.view, name.head, name.hit, name.resolution
        head = self._holder(i)
        if head != i and head in self.names:
            outer = self.names.hit(head)
            if any(e.kind in ("leader", "surname") for e in outer.entries) or outer.start <= hit.start < outer.end:
                return
        if who.kind == "capital" and head == i and view.dep[i] == "pobj" and view.lower[view.head[i]] in _WHERE:
            return
        if head != i and head not in self.names:
            role = role_headed(view, head)
            if role or self._is_person(head):
                self._phrase(head, [name], role)
                return
        self._add_name(name)

    def _is_person(self, i: int) -> bool:
        return self.view.ent[i] == "PERSON" and self.view.pos[i] == "PROPN"

    def _holder(self, i: int) -> int:
        """The head of the noun phrase that the name at token `i` is part of; itself where it stands alone."""
        view, head = self.view, i
        if view.lower[i + 1 : i + 3] == ["-", "led"] and view.pos[view.head[i + 2]] in ("NOUN", "PROPN"):
            return view.head[i + 2]
        while view.dep[head] in _INSIDE and view.head[head] != head and head not in self.taken:
            up = view.head[head]
            if view.pos[up] not in ("NOUN", "PROPN") or view.sent[up] != view.sent[i]:
                break
            head = up
            if head in self.names:
                break
        return head

    def _add_name(self, name: Named) -> None:
        view, first, last, who = self.view, name.first, name.last, name.resolution
        if who.code is None:
            nobody = Actor(None, name.hit.alias, text=name.hit.alias)
            self._add(first, name.head, (nobody,), "unknown", last=last, reason=who.reason)
            return
        sector, start = who.sector, first
        if who.person:
            start = left_edge(view, first)
            title = title_before(view, first)
            former = not _FORMER.isdisjoint(view.lower[max(0, first - 5) : first])
            if title and sector in ("UNK", "ELI") and not former:
                sector = title.sector
        actor = actor_of(who, sector, who.person, who.office, view.words(start, last))
        if who.person:
            self.names.remember(who.person, actor)
        self._add(
            first, name.head, (actor,), "name", last=last, person=who.person is not None, hit=name.hit,
            reason=who.reason,
        )  # fmt: skip

    # -- titles, bodies, people ------------------------------------------------------------------

    def _phrase(self, head: int, named: list[Named], role: tuple[Role, int, int] | None) -> None:
        """*Russian and French warplanes*, *Turkey's foreign ministry*, *Dutch minister Bert Koenders*."""
        view = self.view
        if head in self.taken:
            return
        named = self._coordinated(head, named)
        self.taken.update(one.head for one in named)
        if self._introduces(head, role):
            return
        first = min(left_edge(view, head), *(left_edge(view, one.first) for one in named if one.head < head), head)
        last = role[2] if role else head + 1
        person = self._is_person(head)
        name = view.words(full_name_start(view, head), head + 1) if person else None
        title = role[0] if role else None
        if person and title is None:
            title = next((r[0] for t in range(head - 1, first - 1, -1) if (r := role_at(view, t))), None)
        plural = view.tag[head] in ("NNS", "NNPS")
        holder = title is not None and title.kind == "title" and not plural
        office = title.phrase if title and holder else None
        text = view.words(first, last)
        actors = tuple(
            actor_of(who, sector_of(title, who), name or who.person, office, text)
            for who in (one.resolution for one in named)
            if who.code is not None
        )
        if not actors:
            self._role_or_unknown(head)
            return
        if name:
            self.names.remember(name, actors[0])
        several = plural or len(actors) > 1
        if title is not None and not name:
            self.called[title.phrase] = (head, actors)
        self._add(
            first, head, actors, "name" if name else "role", last=last, plural=several,
            person=bool(name) or (holder and not several), hit=named[0].hit, reason=named[0].resolution.reason,
            what=title.kind if title and not name else "",
        )  # fmt: skip

    def _coordinated(self, head: int, named: list[Named]) -> list[Named]:
        """Those names and the ones listed with them: *French and British* in *Russian, French and British jets*."""
        view, out = self.view, list(named)
        heads = [one.head for one in out]
        for c in view.children[head]:
            # Without a comma the second names a part of the first: *Iraqi Kurdish forces*.
            listed = c > 0 and view.lower[c - 1] in (",", "and", "or") and view.dep[c] in _INSIDE
            if listed and c in self.names and c not in heads:
                heads.append(c)
        for at in heads:
            heads.extend(c for c in view.children[at] if view.dep[c] == "conj" and c in self.names and c not in heads)
        out.extend(self.names.at(c) for c in heads[len(out) :])
        return out

    def _introduces(self, i: int, role: tuple[Role, int, int] | None) -> bool:
        """Whether a title stands right before its bearer's name, which the parser did not see: the name takes it."""
        if role is None or role[0].kind != "title" or self.view.tag[i] in ("NNS", "NNPS"):
            return False
        after = role[2]
        return (
            after < len(self.view)
            and self.view.sent[after] == self.view.sent[i]
            and not self._is_person(i)
            and self.names.starts_person(after)
        )

    def _role_or_unknown(self, i: int) -> None:
        view = self.view
        if is_couple(view, i) and self._couple(i):
            return
        if view.dep[i] in ("compound", "amod", "nmod") and view.pos[view.head[i]] in ("NOUN", "PROPN"):
            return
        role = role_headed(view, i)
        if role is None:
            # *State* of *Secretary of State* ends a title, but is no name.
            name = view.pos[i] == "PROPN" and (view.ent[i] in _NAMES or self.names.met(view.text[i]) is not None)
            if name and not name_goes_on(view, i) and not role_at(view, i):
                self._unknown_name(i)
            return
        if self._introduces(i, role):
            return
        owners = self.names.owners(i)
        if owners:
            self._phrase(i, owners, role)
        else:
            self._generic(i, role)

    def _generic(self, i: int, role: tuple[Role, int, int]) -> None:
        """People or a body without a country of their own: those of the place or state spoken of."""
        view, (kind, first, last) = self.view, role
        plural = view.tag[i] in ("NNS", "NNPS")
        first = min(first, left_edge(view, i))
        text = view.words(first, last)
        person = kind.kind == "title" and not plural
        if person and (view.lower[max(first - 1, 0)] == "the" or first == i == self._sentence_start(i)):
            bearer = self._bearer(kind)
            if bearer is not None:
                reason = f"the {kind.phrase} named before: {bearer.person}"
                self._add(first, i, (replace(bearer, text=text),), "role", last=last, person=True, reason=reason)
                return
        owner = possessor(view, i, self.by_head)
        if owner is not None:
            self._owned(i, role, owner, first)
            return
        before = called_before(view, i, self.called.get(kind.phrase)) or short_for(view, i, self.mentions)
        if before:
            actors = tuple(replace(a, text=text) for a in before)
            self._add(
                first, i, actors, "role", last=last, plural=plural or len(actors) > 1, person=person,
                reason=f"the {kind.phrase} spoken of before",
            )  # fmt: skip
            return
        country = self._surrounding_country(i)
        name = self.directory.name_of(country) if country else text
        actor = Actor(country, name, country, kind.sector, None, kind.phrase if person else None, text)
        why = "country from the surroundings" if country else "no country known"
        self._add(
            first, i, (actor,), "role", last=last, plural=plural, person=person,
            reason=f"{kind.kind} {kind.phrase!r}; {why}", what=kind.kind,
        )  # fmt: skip

    def _owned(self, i: int, role: tuple[Role, int, int], owner: Mention, first: int) -> None:
        """*Its army*, *the group's fighters*: those of whom the possessor stands for."""
        kind, _, last = role
        plural = self.view.tag[i] in ("NNS", "NNPS")
        holder = kind.kind == "title" and not plural
        text = self.view.words(first, last)
        actors = tuple(owned(self.directory, a, kind, text, holder=holder) for a in owner.actors if a.country or a.code)
        self.absorbed.add(owner.head)
        self.called[kind.phrase] = (i, actors)
        self._add(
            first, i, actors, "role", last=last, plural=plural or len(actors) > 1, person=holder and len(actors) == 1,
            reason=f"{kind.kind} {kind.phrase!r} of {owner.actors[0].text!r}", what=kind.kind,
        )  # fmt: skip

    def _sentence_start(self, i: int) -> int:
        return self.view.sents[self.view.sent[i]][0]

    def _bearer(self, kind: Role) -> Actor | None:
        """The person last named whose office is called so: *the minister*, *the prime minister*."""
        called = set(kind.phrase.split())
        for m in self.mentions[: -_BEARERS - 1 : -1]:
            a = m.actors[0]
            if m.person and a.person and a.office and called <= set(a.office.lower().split()):
                return a
        return None

    def _surrounding_country(self, i: int) -> str | None:
        """The country of the place beside token `i`, or else the one most spoken of here and in the document."""
        return self.names.place_beside(i) or self.names.main_country(self._lately(i))

    def _lately(self, i: int) -> Iterator[str]:
        """Countries of the names in the sentence of token `i`, so far, and in the two before."""
        for m in reversed(self.mentions):
            if self.view.sent[m.head] < self.view.sent[i] - 2:
                return
            country = m.actors[0].country
            if m.kind == "name" and country:
                yield country

    # -- names that no table knows -----------------------------------------------------------------

    def _unknown_name(self, i: int) -> None:
        view = self.view
        person = view.ent[i] == "PERSON"
        first = full_name_start(view, i) if person else left_edge(view, i)
        name = view.words(first, i + 1)
        met = self.names.met(name) or self.names.met(view.text[i])
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
            self.names.remember(name, actor)
        reason = f"title {role.phrase!r}" if role else "not in the tables"
        self._add(first, i, (actor,), "name" if country else "unknown", person=person, reason=reason)

    def _apposition(self, i: int, role: Role | None) -> tuple[Role | None, str | None]:
        """The role, where none is known yet, and country that the words beside a name give it.

        *Anna Berg, the Swedish envoy* and *the Swedish envoy, Anna Berg*.
        """
        view, country = self.view, None
        for c in view.children[i]:
            if view.dep[c] == "appos" and (found := role_headed(view, c)):
                role = role or found[0]
                owners = self.names.owners(c)
                country = owners[0].resolution.code if owners else country
        if view.dep[i] == "appos" and role is None and (found := role_headed(view, view.head[i])):
            before = next((m for m in reversed(self.mentions) if m.head == view.head[i]), None)
            if before is not None and not before.plural:
                role, country = found[0], before.actors[0].country
        return role, country

    # -- pronouns ----------------------------------------------------------------------------------

    def _pronoun(self, i: int) -> None:
        found = referent(self.view, i, self.mentions)
        if not found:
            return
        actors = tuple(replace(a, text=self.view.text[i]) for m in found for a in m.actors)
        first, several = found[0], len(found) > 1
        self._add(
            i, i, actors, "pronoun", plural=first.plural or several, person=first.person and not several,
            hit=None if several else first.hit,
            reason=f"{self.view.lower[i]!r} stands for {first.actors[0].text!r}",
        )  # fmt: skip

    def _couple(self, i: int) -> bool:
        """*The two countries*, *both presidents*: states named before, or those that the document is about."""
        found = couple(self.view, i, self.mentions, self.names.countries)
        first = min(*self.view.children[i], i)
        text = self.view.words(first, i + 1)
        actors = tuple(replace(m.actors[0], text=text) for m in found)
        if len(found) < number_of(self.view, i):
            main = self.names.main_countries(number_of(self.view, i))
            if len(main) < 2:
                return False
            actors = tuple(Actor(c, self.directory.name_of(c), c, "GOV", text=text) for c in main)
        self._add(first, i, actors, "pronoun", plural=True, reason=f"{text!r} stands for {len(actors)} named")
        return True
