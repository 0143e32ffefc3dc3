"""The names in a document that the directory knows: which of them are names of actors there, and of whom."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from worldstage.coding.datelines import find_datelines
from worldstage.coding.titles import MEN, WOMEN, role_at
from worldstage.coding.view import View
from worldstage.core.records import Actor
from worldstage.reference.actors import Directory, Hit, Resolution
from worldstage.reference.places import default as gazetteer
from worldstage.reference.places import is_far_fetched

# *US-backed rebels* are not the United States; nor are *anti-Russian* protesters Russia.
_FOREIGN_PREFIX = frozenset({"pro", "anti", "ex", "non"})
_NO_ACTORS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "LANGUAGE", "WORK_OF_ART"})
# Labels that small models give to states by mistake (*in Niger*), hardly ever rightly.
_NO_DATES = frozenset({"DATE", "TIME"})
_LANDS = frozenset({"state", "region", "capital"})
_LANDS_AND_BODIES = _LANDS | {"organisation", "group"}
_WHERE = frozenset({"in", "at", "near", "outside", "around", "across", "throughout", "of"})
# How many tokens from people or a body the place stands that is theirs.
_BESIDE = 8
_OF_OFFICE = frozenset({"of", "for"})
# How much more a name counts that stands in the sentences right before.
_LATELY = 2
_OF = frozenset({"of", "in", "from", "for", "to", "at"})


@dataclass(slots=True)
class Named:
    """A known name: its half-open range of tokens, the token by which it hangs in the tree, and whom it stands for."""

    hit: Hit
    first: int
    last: int
    head: int
    resolution: Resolution


class KnownNames:
    """The known names of one document.

    Parameters
    ----------
    day
        Date of publication: names stand for what they stood for on that day.

    Attributes
    ----------
    inside
        Tokens of the names, other than those by which they hang in the tree.
    countries
        How often the document names each country.
    """

    def __init__(self, directory: Directory, view: View, day: dt.date | None) -> None:
        self._directory, self._view, self._day = directory, view, day
        self.inside: set[int] = set()
        self._hits: dict[int, tuple[Hit, int, int]] = {}
        self._starts: dict[int, Hit] = {}
        self._persons: dict[str, Actor] = {}
        self._full_names: set[str] = set()
        self.countries: Counter[str] = Counter()
        out_of_play = self._skip_datelines()
        for hit, first, last in _usable(view, directory.scan(view.raw), out_of_play):
            head = _phrase_head(view, first, last)
            self._hits[head] = (hit, first, last)
            self._starts[first] = hit
            self.inside.update(t for t in range(first, last) if t != head)
            self._learn(hit)
        self.inside |= out_of_play

    def _learn(self, hit: Hit) -> None:
        codes = {e.country for e in hit.entries if e.valid(self._day) and e.country}
        if len(codes) == 1:
            self.countries[codes.pop()] += 1
        self._full_names.update(e.person for e in hit.entries if e.kind == "leader" and e.person)

    def _skip_datelines(self) -> set[int]:
        """Tokens of datelines (*VERSAILLES, France —*): they say where, not who; but police there are of that country.

        A bare *NATO —* or *US:* is none.
        """
        view = self._view
        out: set[int] = set()
        for line in find_datelines(view.raw):
            entries = self._directory.lookup(line.name)
            bare = not any(c.isalnum() for c in view.raw[line.end : line.stop])
            abbreviation = bool(entries) and entries[0].alias == line.name
            if line.sure and not (bare and abbreviation):
                out.update(range(bisect_left(view.start, line.start), bisect_left(view.start, line.stop)))
                self.countries.update({e.country for e in entries if e.valid(self._day) and e.country})
        return out

    def __contains__(self, head: int) -> bool:
        return head in self._hits

    def hit(self, head: int) -> Hit:
        """The name that hangs on a token."""
        return self._hits[head][0]

    def at(self, head: int) -> Named:
        """The name that hangs on a token, with whom it stands for."""
        hit, first, last = self._hits[head]
        return Named(hit, first, last, head, self.resolve(hit))

    def resolve(self, hit: Hit) -> Resolution:
        """Whom a name stands for, given those that were named before."""
        met = self._persons.get(hit.alias)
        if met is not None and any(e.kind == "surname" for e in hit.entries):
            reason = f"named before as {met.person}"
            return Resolution(met.code, met.name, met.country, met.sector, "leader", reason, met.person, met.office)
        return self._directory.resolve(
            hit.entries, alias=hit.alias, day=self._day, context=self.countries, known=self._full_names
        )

    # -- persons ---------------------------------------------------------------------------------

    def starts_person(self, i: int) -> bool:
        """Whether a person's name begins at token `i`."""
        if i in self._starts:
            return any(e.kind in ("leader", "surname") for e in self._starts[i].entries)
        view = self._view
        return i < len(view) and view.ent[i] == "PERSON" and view.pos[i] == "PROPN" and i not in self.inside

    def remember(self, person: str, actor: Actor) -> None:
        """Note who a person is, for when the surname alone follows."""
        self._persons[person] = actor
        self._persons[person.split()[-1]] = actor

    def met(self, name: str) -> Actor | None:
        """The person of that full name or surname who was named before."""
        return self._persons.get(name)

    # -- countries -------------------------------------------------------------------------------

    def owners(self, i: int, *, deep: bool = True) -> list[Named]:
        """The names that say whose body or people token `i` is: *the army of Sudan*, *rebels in Mali*.

        Also through one noun between (`deep`): *the ministers for trade of Peru*, *the head of Kenya's police*.
        """
        view = self._view
        out: list[Named] = []
        for c in view.children[i]:
            if view.dep[c] in ("poss", "amod", "compound", "nmod") and c in self:
                out.append(self.at(c))
            elif view.dep[c] == "prep" and view.lower[c] in _OF:
                kinds = _LANDS_AND_BODIES if view.lower[c] == "of" else _LANDS
                for g in view.children[c]:
                    if view.dep[g] != "pobj":
                        continue
                    if g in self:
                        named = self.at(g)
                        if named.resolution.kind in kinds:
                            out.append(named)
                    elif deep and view.pos[g] in ("NOUN", "PROPN") and view.lower[c] in _OF_OFFICE:
                        out.extend(self.owners(g, deep=False))
        return [named for named in out if named.resolution.code][:3]

    def place_beside(self, i: int) -> str | None:
        """The country of the place named right beside token `i` in its sentence: *rebels killed two men in Mali*."""
        view = self._view
        b, e = view.sents[view.sent[i]]
        nearest: tuple[int, str] | None = None
        for at in range(max(b, i - _BESIDE), min(e, i + _BESIDE + 1)):
            if view.dep[at] != "pobj" or view.lower[view.head[at]] not in _WHERE:
                continue
            country = self._land(at) if at in self._hits else self._town(at)
            if country and (nearest is None or abs(at - i) < nearest[0]):
                nearest = (abs(at - i), country)
        return nearest[1] if nearest else None

    def _land(self, i: int) -> str | None:
        who = self.resolve(self._hits[i][0])
        return who.country if who.kind in _LANDS or who.kind == "seat" else None

    def _town(self, i: int) -> str | None:
        """The country of the town whose name ends at token `i`; None for a small one where others may be meant."""
        view = self._view
        if view.pos[i] != "PROPN" or view.ent[i] not in ("GPE", "LOC", "FAC"):
            return None
        first = i
        while first > 0 and view.dep[first - 1] == "compound" and view.ent[first - 1] == view.ent[i]:
            first -= 1
        spot = gazetteer().choose(view.words(first, i + 1), countries=self.countries)
        return spot.country if spot and not is_far_fetched(spot, self.countries) else None

    def main_countries(self, n: int) -> list[str]:
        """The countries that the document names most often."""
        return [code for code, _ in self.countries.most_common(n)]

    def main_country(self, near: Iterable[str] = ()) -> str | None:
        """The country that the document names most often, those named `near` by counted more."""
        counts = self.countries
        lately = list(near)
        if lately:
            counts = counts.copy()
            for code in lately:
                counts[code] += _LATELY
        return counts.most_common(1)[0][0] if counts else None


def _phrase_head(view: View, first: int, last: int) -> int:
    """The token of a name on which its phrase hangs in the tree; the last, where the parse tears it apart."""
    tops = [t for t in range(first, last) if view.head[t] == t or not first <= view.head[t] < last]
    return next((t for t in reversed(tops) if view.pos[t] in ("PROPN", "NOUN", "ADJ")), tops[0] if tops else last - 1)


def _usable(view: View, hits: Iterable[Hit], out_of_play: Collection[int]) -> Iterator[tuple[Hit, int, int]]:
    """Hits that name an actor, each with its half-open range of tokens."""
    starts, n = view.start, len(view)
    for hit in hits:
        i = bisect_left(starts, hit.start)
        j = bisect_left(starts, hit.end)
        if i in out_of_play or i == j or i >= n or starts[i] != hit.start:
            continue
        if view.ent[i] in _NO_ACTORS and _is_no_actor(view.ent[i], hit):
            continue
        if _is_backer(view, j) or (i >= 2 and view.lower[i - 1] == "-" and view.lower[i - 2] in _FOREIGN_PREFIX):
            continue
        # *He*, *Top* and *Key* are surnames, too.
        word = view.pos[i] != "PROPN" and view.ent[i] != "PERSON"
        if word and all(e.kind == "surname" for e in hit.entries):
            continue
        if not _part_of_other_name(view, hit, i, j):
            yield hit, i, j


def _is_no_actor(label: str, hit: Hit) -> bool:
    kind = hit.entries[0].kind
    return kind != "demonym" and not (kind == "state" and label in _NO_DATES)


def _is_backer(view: View, j: int) -> bool:
    """Whether the name that ends before token `j` is only a part of *US-backed*; *Saudi-led* troops are Saudi, too."""
    if j + 1 >= len(view) or view.lower[j] != "-" or view.start[j] != view.end[j - 1]:
        return False
    return view.pos[j + 1] in ("VERB", "ADJ") and view.lower[j + 1] != "led"


def _part_of_other_name(view: View, hit: Hit, i: int, j: int) -> bool:
    """*Jordan* in *Michael Jordan*; *Georgia* in *Georgia Meloni*: a person's name that is not in the table."""
    if view.ent[i] != "PERSON" or any(e.kind == "leader" for e in hit.entries):
        return False
    before = i > 0 and view.ent[i - 1] == "PERSON" and view.pos[i - 1] == "PROPN" and view.text[i - 1][:1].isupper()
    after = j < len(view) and view.ent[j] == "PERSON" and view.pos[j] == "PROPN" and view.dep[j - 1] == "compound"
    if before and (view.lower[i - 1] in MEN or view.lower[i - 1] in WOMEN or role_at(view, i - 1)):
        before = False
    surname = any(e.kind == "surname" for e in hit.entries)
    return after or (before and not surname) or (before and surname and not _first_name_fits(view, hit, i))


def _first_name_fits(view: View, hit: Hit, i: int) -> bool:
    """Whether the first name before a surname fits one of its bearers."""
    first = view.text[i - 1]
    return any(e.person and e.person.split()[0][:2].casefold() == first[:2].casefold() for e in hit.entries)
