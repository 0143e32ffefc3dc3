"""Where things happen: datelines, *in*, *near*, *outside* a place, *the Syrian city of Raqqa*, *Idlib province*."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from worldstage.coding.datelines import find_datelines
from worldstage.coding.mentions import Mention
from worldstage.coding.view import View
from worldstage.coding.whereabouts import PLACE_NOUNS, REGION_NOUNS, governor, is_happening, is_taken, says_where
from worldstage.coding.words import words
from worldstage.core.records import Place
from worldstage.reference.actors import Directory
from worldstage.reference.places import Gazetteer, Spot, default, fold, is_far_fetched
from worldstage.reference.tables import rows
from worldstage.reference.usage import SUCCESSORS, US_STATES

_LABELS = frozenset({"GPE", "LOC", "FAC"})
# Labels that the small models confuse with those of places; then a preposition must vouch for the name.
_DOUBTFUL = frozenset({"", "ORG", "PERSON", "NORP", "PRODUCT", "LANGUAGE"})
_VOUCHING = words("in at near outside inside around")
# Words that are also names of towns, and stand after *in* for something else.
_COMMON = words(
    "congress parliament senate government police court church justice union liberty independence commerce hope "
    "industry progress normal orange republic central victory universal mission young west east north south bay "
    "power of most split bath reading mobile nice god state nation house chamber council cabinet assembly "
    "ministry army navy general may march august sunday monday friday english french arabic russian spanish "
    "german chinese christmas easter ramadan portuguese italian dutch turkish hebrew persian farsi urdu hindi "
    "bengali swahili korean japanese latin greek polish welsh irish kurdish pashto tamil punjabi danish swedish"
)
_COMPASS = words(
    "northern southern eastern western central north south east west northeastern northwestern southeastern "
    "southwestern north-eastern north-western south-eastern south-western upper lower greater inner outer rural "
    "downtown mainland the"
)
_LONGEST = 6
_NEVER = _COMPASS | {"republic", "state", "states", "kingdom", "union", "city", "islands", "sea"}
_TAILS = frozenset({"'s", "’s", ",", ".", "-"})
# What may follow the name of a town within the name of a site: *Damascus International Airport*.
_GENERIC = PLACE_NOUNS | {"international", "military", "air"}
_PLACE_KINDS = frozenset({"state", "region", "capital"})
_GIVING = frozenset({"NORP", "GPE"})
_NO_SEATS = words(
    "council assembly committee affairs court agency commission yuan saud curia makhzen one ministry office"
)


@dataclass(slots=True)
class Located:
    """A named place.

    Attributes
    ----------
    first, last
        Half-open token range of the name; `head` is the token by which it hangs in the tree.
    located
        Whether the text says that something happens there: by a preposition, a verb of reaching, or a dateline.
    broad
        Whether it is a country or region rather than a town.
    """

    head: int
    first: int
    last: int
    place: Place
    located: bool
    broad: bool


class PlaceFinder:
    """Finds the places of documents.

    Parameters
    ----------
    directory
        Who is who, for the countries that adjectives and possessors name.
    gazetteer
        The places; the package's own where none is given.
    """

    def __init__(self, directory: Directory, *, gazetteer: Gazetteer | None = None) -> None:
        self.directory = directory
        self.gazetteer = gazetteer or default()

    def find(self, view: View, mentions: Sequence[Mention]) -> list[Located]:
        """The places of a document, in order of their names; those that nobody knows are left out."""
        return _Search(self, view, mentions).run()


class _Search:
    """The state of one search."""

    def __init__(self, finder: PlaceFinder, view: View, mentions: Sequence[Mention]) -> None:
        self.gazetteer, self.directory, self.view = finder.gazetteer, finder.directory, view
        self.mentions = [m for m in mentions if m.kind == "name"]
        self.countries = Counter(
            a.country for m in mentions if m.kind in ("name", "role") for a in m.actors if a.country
        )
        self.named = {t: m for m in self.mentions for t in range(m.first, m.last)}
        self.tokens: set[int] = set()  # of names of places, for lists of them
        self.out: list[Located] = []

    def run(self) -> list[Located]:
        self._datelines()
        found = []
        for run in self._runs():
            hit = self._name(*run)
            if hit:
                found.append(hit)
                self.tokens.update(range(hit[0], hit[1]))
        for first, last, spot in found:
            self._add(first, last, spot)
        self._seats()
        self.out.sort(key=lambda p: p.first)
        return self.out

    def _word(self, i: int) -> str:
        return self.view.lower[i] if 0 <= i < len(self.view) else ""

    # -- names -----------------------------------------------------------------------------------

    def _runs(self) -> Iterator[tuple[int, int, bool]]:
        """Half-open token ranges that may name a place, and whether the words around vouch for it, not its label."""
        view, n, i = self.view, len(self.view), 0
        labels, pos = view.ent, view.pos
        known = {m.first: m.last for m in self.mentions if m.hit and any(e.kind in _PLACE_KINDS for e in m.hit.entries)}
        while i < n:
            if i in known and i not in self.tokens and not self._within_site(i, known[i]):
                yield i, known[i], False
                i = known[i]
                continue
            label = labels[i]
            place = label in _LABELS
            if (not place and (pos[i] != "PROPN" or label not in _DOUBTFUL)) or i in self.tokens:
                i += 1
                continue
            last = i + 1
            while last < n and labels[last] == label and view.sent[last] == view.sent[i] and last not in known:
                if not place and pos[last] != "PROPN" and not self._hyphen(last):
                    break
                last += 1
            if place or self._vouched(i, last):
                yield i, last, not place
            i = last

    def _within_site(self, first: int, last: int) -> bool:
        """*Africa* in *Africa Unity Square*: part of a longer name."""
        view = self.view
        longer = view.pos[last : last + 1] == ["PROPN"] and view.ent[last] == view.ent[first] != ""
        return longer and view.lower[last] not in _GENERIC

    def _hyphen(self, i: int) -> bool:
        view = self.view
        return view.text[i] == "-" and view.pos[i + 1 : i + 2] == ["PROPN"] and view.start[i] == view.end[i - 1]

    def _vouched(self, first: int, last: int) -> bool:
        """Whether the words around show that a name is that of a place, whatever its label."""
        view, prev = self.view, self._word(first - 1)
        if prev in _VOUCHING or (prev == "of" and view.lemma[first - 2] in PLACE_NOUNS):
            return True
        if view.ent[first] == "PERSON" and last - first > 1 and not any(map(self._hyphen, range(first, last - 1))):
            return False
        head = self._head(first, last)
        above = view.head[head]
        if view.dep[head] in ("conj", "appos"):
            return above in self.tokens
        return is_taken(view, head) and not any(e.person for e in self.directory.lookup(view.words(first, last)))

    def _name(self, first: int, last: int, vouched: bool) -> tuple[int, int, Spot] | None:
        """The place that a run of tokens names: itself, without its compass word, or without *airport* and the like."""
        view = self.view
        while last > first and view.lower[last - 1] in _TAILS:
            last -= 1
        while first < last and view.lower[first] == "the":
            first += 1
        if last == first or last - first > _LONGEST or self._is_other(last - 1):
            return None
        plain = fold(view.words(first, last))
        if plain in _NEVER or (vouched and (plain in _COMMON or self._is_body(last - 1))):
            return None
        starts = [first] + ([first + 1] if last - first > 1 and view.lower[first] in _COMPASS else [])
        ends = [longer, last] if (longer := self._hyphenated(last)) > last else [last]
        while not vouched and ends[-1] - first > 1 and view.lower[ends[-1] - 1] in _GENERIC:
            ends.append(ends[-1] - 1)
        for end in ends:
            for start in starts:
                spot = self._spot(start, end) if start < end else None
                if spot:
                    return start, end, spot
        return None

    def _hyphenated(self, last: int) -> int:
        """The end of a name of which the parser took only the part before a hyphen: *Mazar-i-Sharif*."""
        view = self.view
        while (
            last + 1 < len(view)
            and view.text[last] == "-"
            and view.start[last] == view.end[last - 1]
            and view.start[last + 1] == view.end[last]
            and view.text[last + 1].isalpha()
        ):
            last += 2
        return last

    def _mention(self, i: int) -> list[Mention]:
        return [self.named[i]] if i in self.named else []

    def _is_other(self, i: int) -> bool:
        """Whether the directory knows the name as that of a person or a seat of power."""
        return any(
            any(a.person for a in m.actors) or (m.hit is not None and m.hit.alias in _seats()) for m in self._mention(i)
        )

    def _is_body(self, i: int) -> bool:
        """Whether the directory knows the name as that of a body or group."""
        return any(e.kind in ("organisation", "group") for m in self._mention(i) if m.hit for e in m.hit.entries)

    def _spot(self, first: int, last: int) -> Spot | None:
        view = self.view
        name = view.words(first, last)
        after = self._word(last)
        country, area = self._outside(last)
        within = self._within(first, last)
        if after in REGION_NOUNS:
            region = self._choose(f"{name} {after}", within or country)
            if region is not None and region.kind == "region":
                return region
        spot = self._choose(name, within or country, area)
        if spot is None or (spot.kind == "country" and view.pos[last - 1] not in ("PROPN", "NOUN")):
            return None
        if is_far_fetched(spot, self.countries):
            return None
        if within and spot.country != within and spot.country not in SUCCESSORS.get(within, ()):
            return None
        if after in REGION_NOUNS and spot.kind in ("city", "capital"):
            return replace(spot, name=f"{spot.name} {after}", kind="region")
        return spot

    def _choose(self, name: str, country: str | None, area: str | None = None) -> Spot | None:
        spot = self.gazetteer.choose(name, countries=self.countries, country=country, area=area)
        return spot or (self.gazetteer.choose(name, countries=self.countries) if country else None)

    def _outside(self, last: int) -> tuple[str | None, str | None]:
        """The country, and the American state, that stands after a name: *Paris, Texas*, *Minsk, Belarus*."""
        view = self.view
        if self._word(last) != "," or last + 1 >= len(view) or view.ent[last + 1] not in _LABELS:
            return None, None
        end = last + 2
        while end < len(view) and view.ent[end] == view.ent[last + 1] and view.pos[end] == "PROPN":
            end += 1
        outer = view.words(last + 1, end)
        area = US_STATES.get(fold(outer))
        if area and self.countries["USA"] >= self.countries["GEO"]:
            return "USA", area
        spot = self.gazetteer.choose(outer)
        return (spot.country, None) if spot and spot.kind == "country" else (None, None)

    def _within(self, first: int, last: int) -> str | None:
        """The country that an adjective or possessor before the name gives: *the Syrian city of …*, *Iraq's …*."""
        view = self.view
        head = self._head(first, last)
        node = governor(view, head, frozenset())
        for c in (*view.children[node], *(view.children[head] if node != head else ())):
            if view.dep[c] in ("amod", "poss", "compound", "nmod") and not first <= c < last and view.ent[c] in _GIVING:
                for entry in self.directory.lookup(view.text[c]):
                    if entry.kind in ("demonym", "state"):
                        return entry.country
        for m in self._mention(last - 1):
            if m.hit and m.actors[0].country and any(e.kind in _PLACE_KINDS for e in m.hit.entries):
                return (
                    m.actors[0].country
                    if self.gazetteer.choose(view.words(first, last), country=m.actors[0].country)
                    else None
                )
        return None

    def _head(self, first: int, last: int) -> int:
        """The token of a range by which it hangs in the tree."""
        return next(
            (t for t in range(first, last) if not first <= self.view.head[t] < last or self.view.head[t] == t), last - 1
        )

    # -- where -----------------------------------------------------------------------------------

    def _add(self, first: int, last: int, spot: Spot) -> None:
        view = self.view
        head = self._head(first, last)
        node = governor(view, head, self.tokens)
        located = says_where(view, node, kind=spot.kind)
        if located or spot.kind in ("city", "landmark") or (spot.kind == "capital" and is_happening(view, head)):
            self.out.append(Located(head, first, last, spot.place(), located, spot.broad))

    def _datelines(self) -> None:
        view = self.view
        for line in find_datelines(view.raw):
            area = US_STATES.get(fold(line.outer)) if line.outer else None
            spot = self.gazetteer.choose(
                line.name, countries=self.countries, area=area, country="USA" if area else None
            )
            if spot is None or (spot.broad and not line.sure) or fold(line.name) in _COMMON:
                continue
            first, last = bisect_left(view.start, line.start), bisect_left(view.start, line.end)
            if last > first and view.start[first] == line.start:
                self.tokens.update(range(first, bisect_left(view.start, line.stop)))
                self.out.append(Located(self._head(first, last), first, last, spot.place(), True, spot.broad))

    def _seats(self) -> None:
        """*At the Kremlin*: a seat of power is a place, too, where a preposition says so."""
        for m in self.mentions:
            alias = m.hit.alias if m.hit else ""
            if alias not in _seats() or self.view.dep[m.head] != "pobj" or m.head in self.tokens:
                continue
            if not says_where(self.view, m.head, kind="capital"):
                continue
            country = m.actors[0].country
            spot = next((s for s in self.gazetteer.spots(alias) if s.kind == "landmark"), None)
            spot = spot or (self.gazetteer.capital(country) if country else None)
            if spot:
                place = Place(alias, spot.country, spot.lat, spot.lon)
                self.out.append(Located(m.head, m.first, m.last, place, True, False))


@cache
def _seats() -> frozenset[str]:
    """Names of buildings and streets that stand for governments."""
    return frozenset(
        row["alias"]
        for row in rows("seats")
        if row["kind"] in ("seat", "palace") and _NO_SEATS.isdisjoint(row["alias"].lower().split())
    )
