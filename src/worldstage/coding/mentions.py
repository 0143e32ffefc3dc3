"""Actors named in a parsed document: names, titles with names, groups of people, pronouns."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from worldstage.coding.view import View
from worldstage.core.records import Actor
from worldstage.reference.actors import Directory, Hit, Resolution
from worldstage.reference.roles import Role, by_last_word, roles

_INSIDE = frozenset({"compound", "amod", "nmod", "poss", "nummod", "quantmod"})
# *US-backed rebels* are not the United States; nor are *anti-Russian* protesters Russia.
_FOREIGN_PREFIX = frozenset({"pro", "anti", "ex", "non"})
_OF = frozenset({"of", "in", "from", "for", "to", "at"})
# A dateline is no longer than this, in tokens.
_DATELINE = 12
# *Talks in Vienna* take place there; *talks with Vienna* are held with Austria's government.
_WHERE = frozenset({"in", "at", "near", "outside", "around", "inside", "across", "throughout"})
_NAMES = frozenset({"PERSON", "ORG"})
_COUPLES = frozenset({"country", "nation", "state", "side", "government", "leader", "president", "minister", "power", "neighbour", "neighbor", "capital", "army", "man", "party", "ally", "rival"})  # fmt: skip


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


class MentionFinder:
    """Finds the actors of documents with one directory.

    Parameters
    ----------
    directory
        Who is who.
    """

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._roles = roles()
        self._phrases = by_last_word()

    def find(self, view: View, day: dt.date | None) -> list[Mention]:
        """The mentions of a document published on `day`, in order of their heads."""
        return _Search(self, view, day).run()

    def role_at(self, view: View, i: int) -> tuple[Role, int] | None:
        """The role that ends at token `i`, and its first token: the longest phrase that the table knows."""
        lemma = view.lemma[i]
        found = self._phrases.get(lemma)
        if found is None:
            found = self._phrases.get(view.lower[i])
            if found is None:
                return None
        for words in found:
            n = len(words)
            first = i - n + 1
            if first < 0:
                continue
            if n == 1 or all(w in (view.lower[first + k], view.lemma[first + k]) for k, w in enumerate(words[:-1])):
                return self._roles[" ".join(words).replace(" - ", "-")], first
        return None


class _Search:
    """The state of one search: what was met so far in the document."""

    def __init__(self, finder: MentionFinder, view: View, day: dt.date | None) -> None:
        self.finder, self.view, self.day = finder, view, day
        self.directory = finder.directory
        self.persons: dict[str, Actor] = {}
        self.known: set[str] = set()
        self.context: Counter[str] = Counter()
        self.by_head: dict[int, list[tuple[Hit, int, int]]] = {}
        self.mentions: list[Mention] = []
        self.taken: set[int] = set()

    def run(self) -> list[Mention]:
        self._skip_dateline()
        hits = self._usable(self.directory.scan(self.view.raw))
        self._learn_context(hits)
        for hit, i, j in hits:
            self.by_head.setdefault(self._phrase_head(i, j), []).append((hit, i, j))
        for k, (b, e) in enumerate(self.view.sents):
            self._sentence(k, b, e)
        return self.mentions

    def _skip_dateline(self) -> None:
        """Take *VERSAILLES, France —* before the first sentence out of play: it says where, not who."""
        view = self.view
        for i in range(min(len(view), _DATELINE)):
            if view.text[i] in ("—", "–", "--", "-") and view.start[i] > view.end[i - 1] > 0 and view.text[0].isupper() and len(view.text[0]) > 2:
                self.taken.update(range(i))
                return

    def _usable(self, hits: Iterable[Hit]) -> list[tuple[Hit, int, int]]:
        view, starts, out = self.view, self.view.start, []
        for hit in hits:
            i = bisect_left(starts, hit.start)
            j = bisect_left(starts, hit.end)
            if i in self.taken:
                continue
            if i == j or i >= len(view) or view.start[i] != hit.start:
                continue
            if view.ent[i] in ("DATE", "TIME", "MONEY", "PERCENT", "LANGUAGE", "WORK_OF_ART") and hit.entries[0].kind != "demonym":
                continue
            if j < len(view) and view.lower[j] == "-" and j + 1 < len(view) and view.pos[j + 1] in ("VERB", "ADJ") and view.start[j] == view.end[j - 1]:
                continue
            if i >= 2 and view.lower[i - 1] == "-" and view.lower[i - 2] in _FOREIGN_PREFIX:
                continue
            if self._part_of_other_name(hit, i, j):
                continue
            out.append((hit, i, j))
        return out

    def _part_of_other_name(self, hit: Hit, i: int, j: int) -> bool:
        """*Jordan* in *Michael Jordan*; *Georgia* in *Georgia Meloni*: a person's name that is not in the table."""
        view = self.view
        if view.ent[i] != "PERSON" or any(e.kind == "leader" for e in hit.entries):
            return False
        before = i > 0 and view.ent[i - 1] == "PERSON" and view.pos[i - 1] == "PROPN" and view.text[i - 1][:1].isupper()
        after = j < len(view) and view.ent[j] == "PERSON" and view.pos[j] == "PROPN" and view.dep[j - 1] == "compound"
        if before and self.finder.role_at(view, i - 1):
            before = False
        surname = any(e.kind == "surname" for e in hit.entries)
        return after or (before and not surname) or (before and surname and not self._initials(hit, i))

    def _initials(self, hit: Hit, i: int) -> bool:
        """Whether the first name before a surname fits one of its bearers."""
        first = self.view.text[i - 1]
        return any(e.person and e.person.split()[0][:2].casefold() == first[:2].casefold() for e in hit.entries)

    def _learn_context(self, hits: Iterable[tuple[Hit, int, int]]) -> None:
        for hit, _, _ in hits:
            codes = {e.country for e in hit.entries if e.valid(self.day) and e.country}
            if len(codes) == 1:
                self.context[codes.pop()] += 1
            for e in hit.entries:
                if e.kind == "leader" and e.person:
                    self.known.add(e.person)

    def _phrase_head(self, i: int, j: int) -> int:
        """The token of a name on which its phrase hangs in the tree."""
        view = self.view
        for t in range(i, j):
            h = view.head[t]
            if h == t or not i <= h < j:
                return t
        return j - 1

    def _sentence(self, k: int, b: int, e: int) -> None:
        view = self.view
        for i in range(b, e):
            if i in self.taken:
                continue
            pos = view.pos[i]
            if i in self.by_head:
                self._named(i)
            elif pos in ("NOUN", "PROPN"):
                self._role_or_unknown(i)
            elif pos == "PRON":
                self._pronoun(i)

    # -- names ---------------------------------------------------------------------------------

    def _named(self, i: int) -> None:
        """A known name at its head token: as it is, or as part of a larger phrase."""
        view = self.view
        hit, first, last = self.by_head[i][-1]
        head = i
        while view.dep[head] in _INSIDE and view.head[head] != head and head not in self.taken:
            up = view.head[head]
            if view.pos[up] not in ("NOUN", "PROPN") or view.sent[up] != view.sent[i]:
                break
            head = up
            if head in self.by_head:
                break
        if head != i and head in self.by_head:
            outer = self.by_head[head][-1][0]
            if any(e.kind in ("leader", "surname") for e in outer.entries) or outer.start <= hit.start < outer.end:
                return
        resolution = self._resolve(hit)
        if resolution.kind == "capital" and head == i and view.dep[i] == "pobj" and view.lower[view.head[i]] in _WHERE:
            return
        if head != i and head not in self.by_head:
            role = self.finder.role_at(view, head)
            person = view.ent[head] == "PERSON" and view.pos[head] == "PROPN"
            if role or person:
                self._phrase(head, [(hit, i, resolution)], role)
                return
        self._add_name(hit, first, last, i, resolution)

    def _resolve(self, hit: Hit) -> Resolution:
        met = self.persons.get(hit.alias)
        if met is not None and any(e.kind == "surname" for e in hit.entries):
            return Resolution(met.code, met.name, met.country, met.sector, "leader", f"named before as {met.person}", met.person, met.office)
        return self.directory.resolve(hit.entries, alias=hit.alias, day=self.day, context=self.context, known=self.known)

    def _add_name(self, hit: Hit, first: int, last: int, head: int, resolution: Resolution) -> None:
        if resolution.code is None:
            self._add(first, last, head, (Actor(None, hit.alias, text=hit.alias),), "unknown", reason=resolution.reason)
            return
        sector = resolution.sector
        title = self._title_before(first) if resolution.person else None
        if title and resolution.sector in ("UNK", "ELI") and "former" not in self.view.lower[max(0, first - 5) : first]:
            sector = title.sector
        start = self._left_edge(first) if resolution.person else first
        actor = Actor(resolution.code, resolution.name, resolution.country, sector, resolution.person, resolution.office, self.view.words(start, last))
        if resolution.person:
            self._remember(resolution.person, actor)
        self._add(first, last, head, (actor,), "name", person=resolution.person is not None, hit=hit, reason=resolution.reason)

    def _remember(self, person: str, actor: Actor) -> None:
        self.persons[person] = actor
        self.persons[person.split()[-1]] = actor

    def _title_before(self, first: int) -> Role | None:
        found = self.finder.role_at(self.view, first - 1) if first else None
        return found[0] if found else None

    def _left_edge(self, i: int) -> int:
        """The first token of the titles and modifiers before a name."""
        view = self.view
        while i > 0 and view.pos[i - 1] in ("PROPN", "NOUN", "ADJ") and view.sent[i - 1] == view.sent[i] and view.dep[i - 1] in ("compound", "amod", "nmod"):
            i -= 1
        return i

    # -- titles, bodies, people ------------------------------------------------------------------

    def _phrase(self, head: int, named: list[tuple[Hit, int, Resolution]], role: tuple[Role, int] | None) -> None:
        """A phrase such as *Russian and French warplanes*, *Turkey's foreign ministry*, *Dutch minister Bert Koenders*."""
        view = self.view
        if head in self.taken:
            return
        for c in view.children[named[0][1]]:
            if view.dep[c] == "conj" and c in self.by_head:
                other = self.by_head[c][-1][0]
                named.append((other, c, self._resolve(other)))
        first = min(self._left_edge(head), *(self._left_edge(i) for _, i, _ in named))
        person = view.ent[head] == "PERSON" and view.pos[head] == "PROPN"
        name = self._full_name(head) if person else None
        title = role[0] if role else None
        if person and title is None:
            title = next((r[0] for t in range(head - 1, first - 1, -1) if (r := self.finder.role_at(view, t))), None)
        actors = []
        for _, i, resolution in named:
            self.taken.add(i)
            if resolution.code is None:
                continue
            sector = title.sector if title else resolution.sector
            if title and title.kind == "thing" and resolution.kind == "group":
                sector = resolution.sector
            if resolution.sector in ("REB", "IGO", "NGO") and resolution.kind in ("group", "organisation") and sector not in ("CVL",):
                sector = resolution.sector
            office = title.phrase if title and title.kind == "title" and not person else None
            actors.append(Actor(resolution.code, resolution.name, resolution.country, sector, name or resolution.person, office, view.words(first, head + 1)))
        if not actors:
            self._role_or_unknown(head)
            return
        if name:
            self._remember(name, actors[0])
        plural = view.tag[head] in ("NNS", "NNPS") or len(actors) > 1
        self._add(first, head + 1, head, tuple(actors), "name" if name else "role", plural=plural, person=bool(name) or bool(title and title.kind == "title" and not plural), hit=named[0][0], reason=named[0][2].reason)

    def _full_name(self, head: int) -> str:
        view = self.view
        first = head
        while first > 0 and view.ent[first - 1] == "PERSON" and view.pos[first - 1] == "PROPN" and not self.finder.role_at(view, first - 1):
            first -= 1
        return view.words(first, head + 1)

    def _role_or_unknown(self, i: int) -> None:
        view = self.view
        if view.lemma[i] in _COUPLES and view.tag[i] == "NNS" and self._couple(i):
            return
        if view.dep[i] in ("compound", "amod", "nmod") and view.pos[view.head[i]] in ("NOUN", "PROPN"):
            return
        role = self.finder.role_at(view, i)
        if role is None:
            if view.ent[i] in _NAMES and view.pos[i] == "PROPN":
                self._unknown_name(i)
            return
        named = self._country_inside(i)
        if named:
            self._phrase(i, named, role)
        else:
            self._generic(i, role)

    def _couple(self, i: int) -> bool:
        """*The two countries*, *both presidents*: the last two states named before, each once."""
        view = self.view
        if not any(view.lower[c] in ("two", "both") for c in view.children[i]):
            return False
        found: list[Mention] = []
        for m in reversed(self.mentions):
            if view.sent[i] - view.sent[m.head] > 3 or len(found) == 2:
                break
            a = m.actors[0]
            fits = m.kind in ("name", "role") and a.country is not None and len(m.actors) == 1
            if fits and all(a.code != f.actors[0].code for f in found):
                found.append(m)
        if len(found) < 2:
            return False
        first = min(view.children[i], default=i)
        text = view.words(min(first, i), i + 1)
        actors = tuple(replace(m.actors[0], text=text) for m in reversed(found))
        self._add(min(first, i), i + 1, i, actors, "pronoun", plural=True, reason=f"{text!r} stands for the two named before")
        return True

    def _country_inside(self, i: int) -> list[tuple[Hit, int, Resolution]]:
        """A known name that says whose body or people this is: *the army of Sudan*, *rebels in Mali*."""
        view, out = self.view, []
        for c in view.children[i]:
            if view.dep[c] in ("poss", "amod", "compound", "nmod") and c in self.by_head:
                hit = self.by_head[c][-1][0]
                out.append((hit, c, self._resolve(hit)))
            elif view.dep[c] == "prep" and view.lower[c] in _OF:
                for g in view.children[c]:
                    if view.dep[g] == "pobj" and g in self.by_head:
                        hit = self.by_head[g][-1][0]
                        resolution = self._resolve(hit)
                        if resolution.kind in ("state", "region", "capital", "organisation", "group") and (view.lower[c] == "of" or resolution.kind in ("state", "region", "capital")):
                            out.append((hit, g, resolution))
        return [entry for entry in out if entry[2].code][:3]

    def _generic(self, i: int, role: tuple[Role, int]) -> None:
        """People or a body without a country of their own: those of the place or state spoken of."""
        view = self.view
        plural = view.tag[i] in ("NNS", "NNPS")
        country = self._surrounding_country(i)
        first = min(role[1], self._left_edge(i))
        text = view.words(first, i + 1)
        kind = role[0]
        person = kind.kind == "title" and not plural
        if (person and view.lower[max(first - 1, 0)] in ("the", "his", "her")) or (person and first == i == view.sents[view.sent[i]][0]):
            bearer = self._bearer(kind)
            if bearer is not None:
                self._add(first, i + 1, i, (replace(bearer, text=text),), "role", person=True, reason=f"the {kind.phrase} named before: {bearer.person}")
                return
        name = self.directory.name_of(country) if country else text
        actor = Actor(country, name, country, kind.sector, None, kind.phrase if person else None, text)
        reason = f"{kind.kind} {kind.phrase!r}; country from the surroundings" if country else f"{kind.kind} {kind.phrase!r}; no country known"
        self._add(first, i + 1, i, (actor,), "role", plural=plural, person=person, reason=reason)

    def _bearer(self, kind: Role) -> Actor | None:
        for m in reversed(self.mentions):
            a = m.actors[0]
            if m.person and a.person and a.office and kind.phrase.split()[-1] in a.office.lower().split():
                return a
        return None

    def _surrounding_country(self, i: int) -> str | None:
        """The country last named in the sentence before `i`, or first after it, or else the document's main one."""
        view = self.view
        b, e = view.sents[view.sent[i]]
        nearest: tuple[int, str] | None = None
        for head, found in self.by_head.items():
            if not b <= head < e:
                continue
            resolution = self._resolve(found[-1][0])
            if resolution.country and resolution.kind in ("state", "region", "capital", "demonym", "seat"):
                place = view.dep[head] == "pobj"
                distance = abs(head - i) + (0 if place else 20)
                if nearest is None or distance < nearest[0]:
                    nearest = (distance, resolution.country)
        if nearest:
            return nearest[1]
        for m in reversed(self.mentions):
            if m.kind != "pronoun" and m.actors[0].country and view.sent[m.head] >= view.sent[i] - 2:
                return m.actors[0].country
        return self.context.most_common(1)[0][0] if self.context else None

    def _unknown_name(self, i: int) -> None:
        view = self.view
        name = self._full_name(i) if view.ent[i] == "PERSON" else view.words(self._left_edge(i), i + 1)
        met = self.persons.get(name) or self.persons.get(view.text[i])
        first = i - len(name.split()) + 1 if view.ent[i] == "PERSON" else self._left_edge(i)
        first = max(first, 0)
        person = view.ent[i] == "PERSON"
        if met is not None:
            self._add(first, i + 1, i, (replace(met, text=view.words(first, i + 1)),), "name", person=True, reason=f"named before as {met.person}")
            return
        role = self._title_before(first) if person else None
        country = None
        for c in view.children[i]:
            if view.dep[c] == "appos":
                role_found = self.finder.role_at(view, c)
                if role_found:
                    role = role or role_found[0]
                    inside = self._country_inside(c)
                    country = inside[0][2].code if inside else country
        if country is None and role is not None:
            country = self._surrounding_country(i)
        actor = Actor(country, self.directory.name_of(country) if country else name, country, role.sector if role else "UNK", name if person else None, role.phrase if role and role.kind == "title" else None, name)
        if person and country:
            self._remember(name, actor)
        reason = f"title {role.phrase!r}" if role else "not in the tables"
        self._add(first, i + 1, i, (actor,), "name" if country else "unknown", person=person, reason=reason)

    # -- pronouns ----------------------------------------------------------------------------------

    def _pronoun(self, i: int) -> None:
        view = self.view
        low = view.lower[i]
        if low in ("he", "she", "him", "her", "his"):
            found = self._antecedent(i, lambda m: m.person and not m.plural)
        elif low in ("they", "them", "their"):
            found = self._antecedent(i, lambda m: m.plural or len(m.actors) > 1)
        elif low in ("it", "its"):
            found = self._antecedent(i, lambda m: not m.person and not m.plural)
        else:
            return
        if found is None:
            return
        actors = tuple(replace(a, text=view.text[i]) for a in found.actors)
        self._add(i, i + 1, i, actors, "pronoun", plural=found.plural, person=found.person, hit=found.hit, reason=f"{low!r} stands for {found.actors[0].text!r}")

    def _antecedent(self, i: int, fits: Callable[[Mention], bool]) -> Mention | None:
        """The nearest fitting mention of this sentence or the two before; a subject before any other."""
        view = self.view
        best: tuple[float, Mention] | None = None
        for m in self.mentions[-14:]:
            back = view.sent[i] - view.sent[m.head]
            if back > 2 or m.kind == "unknown" or not fits(m):
                continue
            subject = view.dep[m.head] in ("nsubj", "nsubjpass")
            cost = back * 10 - (6 if subject else 0) + (i - m.head) / 50
            if best is None or cost < best[0]:
                best = (cost, m)
        return best[1] if best else None

    def _add(self, first: int, last: int, head: int, actors: tuple[Actor, ...], kind: str, *, plural: bool = False, person: bool = False, hit: Hit | None = None, reason: str = "") -> None:
        self.taken.add(head)
        self.mentions.append(Mention(first, last, head, actors, kind, plural, person, hit, reason))
