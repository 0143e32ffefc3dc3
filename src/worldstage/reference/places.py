"""Places and where they are: cities, capitals, regions and countries, found by name and surroundings."""

from __future__ import annotations

import gzip
import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal

from worldstage.core.errors import InputError
from worldstage.core.records import Place
from worldstage.reference.tables import forms, rows, states
from worldstage.reference.usage import STANDING_ALONE, SUCCESSORS, US_STATES, USUAL_NAMES

Kind = Literal["city", "capital", "landmark", "region", "country"]
BUILT = Path(__file__).parent / "data" / "places.tsv.gz"

# What a kind weighs beside the logarithm of a city's population (*Paris*: 6.3, a town of 15,000: 4.2).
_COUNTRY, _REGION, _REGION_ALIAS, _LANDMARK = 8.0, 6.3, 5.0, 5.2
_CAPITAL_BONUS = 0.6
_STANDING_ALONE_BONUS = 1.0
_OTHER_NAME_MALUS = 1.5
# American towns are named with their state, and the United States are named in half of all reports.
_WITHOUT_STATE_MALUS, _AMERICAN_METROPOLIS = 0.8, 5.7
# A country named around a place speaks for it, more so if named often, up to a hundredfold of population.
_NAMED, _NAMED_AGAIN, _NAMED_MOST = 0.75, 0.5, 2.0
_NO_LETTERS = str.maketrans({"-": " ", "’": None, "'": None, "‘": None, "`": None, "ʻ": None, "ʼ": None, ".": None})
_SPECIAL = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae"})
_TRANSLITERATION = frozenset("āēīōūḩţẕḑḥṭĀĪŪḨŢ‘’`ʻʼ")
# Cities of fewer than 80,000 (as a logarithm) are taken on trust only while fewer than three countries are named.
_WELL_KNOWN, _ENOUGH = 4.9, 3


@dataclass(frozen=True, slots=True)
class Spot:
    """What one name can be.

    Attributes
    ----------
    name
        The usual English name.
    kind
        ``capital`` and ``city`` come from the gazetteer, ``landmark`` is a smaller place that news names.
    area
        First-level division (GeoNames code; for the United States the postal code of the state).
    weight
        How likely the name means this, other things equal: about the decimal logarithm of the population.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    kind: Kind
    area: str = ""
    weight: float = 0.0

    @property
    def broad(self) -> bool:
        """Whether it is a country or region rather than a town."""
        return self.kind in ("region", "country")

    def place(self) -> Place:
        """The record that events carry."""
        return Place(self.name, self.country, self.lat, self.lon)


@lru_cache(20_000)
def fold(name: str) -> str:
    """A name without case, article, accents, points, hyphens and apostrophes; *St.* written out.

    >>> fold("Deir ez-Zor"), fold("Ḩamāh"), fold("St. Petersburg")
    ('deir ez zor', 'hamah', 'saint petersburg')
    """
    name = name.lower()
    if not name.isascii():
        spread = unicodedata.normalize("NFKD", name.translate(_SPECIAL)).lower()
        name = "".join(c for c in spread if not unicodedata.combining(c))
    words = name.translate(_NO_LETTERS).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join("saint" if w == "st" else w for w in words)


def is_far_fetched(spot: Spot, countries: Mapping[str, int]) -> bool:
    """Whether a small town lies in a country that the text never names, though it names others.

    Then another place of the name is meant. `countries` says how often each is named.
    """
    if spot.kind != "city" or spot.weight >= _WELL_KNOWN or sum(countries.values()) < _ENOUGH:
        return False
    return not any(spot.country == c or spot.country in SUCCESSORS.get(c, ()) for c in countries)


class Gazetteer:
    """Places by name; read at first use.

    Parameters
    ----------
    path
        The file that the build wrote; the package's own where none is given.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or BUILT
        self._cache: dict[str, tuple[Spot, ...]] = {}

    def find(
        self,
        name: str,
        *,
        countries: Mapping[str, int] | None = None,
        country: str | None = None,
        area: str | None = None,
    ) -> Place | None:
        """The place that a name most likely means.

        Parameters
        ----------
        countries
            How often each country (by code) is named around; decides before population does.
        country
            The country that the text itself gives (*the Syrian city of …*): nothing outside it is taken.
        area
            Its first-level division, where the text gives it (``TX`` for *Paris, Texas*).

        Returns
        -------
        Place or None
            None for a name that is not known, or not known there.

        Raises
        ------
        InputError
            If the file of cities is missing or damaged.
        """
        spot = self.choose(name, countries=countries, country=country, area=area)
        return spot.place() if spot else None

    def choose(
        self,
        name: str,
        *,
        countries: Mapping[str, int] | None = None,
        country: str | None = None,
        area: str | None = None,
    ) -> Spot | None:
        """As `find`, with what kind of place it is; *Paris, Texas* and *Minsk, Belarus* give their own hints."""
        found = self.spots(name)
        if not found and "," in name:
            name, _, outer = name.rpartition(",")
            found = self.spots(name)
            area = area or US_STATES.get(fold(outer))
            country = country or ("USA" if area else self._country(outer))
        if country:
            within = SUCCESSORS.get(country, (country,))
            found = tuple(s for s in found if s.country in within or s.country == country)
        if area:
            found = tuple(s for s in found if s.area == area) or found
        elif not country:
            found = tuple(map(_without_state, found))
        named = _with_successors(countries) if countries else {}
        return max(found, key=lambda s: s.weight + _support(named.get(s.country or "", 0)), default=None)

    def capital(self, country: str) -> Spot | None:
        """The first capital of a present state."""
        for row in _sovereign():
            if row["code"] == country:
                names = forms(row["capital"])
                return self.choose(names[0], country=country) if names else None
        return None

    def _country(self, name: str) -> str | None:
        return next((s.country for s in self.spots(name) if s.kind == "country"), None)

    def spots(self, name: str) -> tuple[Spot, ...]:
        """All that a name can be."""
        key = fold(name)
        found = self._cache.get(key)
        if found is None:
            found = (*self._fixed.get(key, ()), *self._cities(key, name))
            if len(self._cache) < 50_000:
                self._cache[key] = found
        return found

    def __contains__(self, name: str) -> bool:
        key = fold(name)
        return key in self._fixed or key in self._index

    # -- the tables ------------------------------------------------------------------------------

    @cached_property
    def _lines(self) -> list[str]:
        try:
            with gzip.open(self.path, "rt", encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            raise InputError(
                f"The gazetteer {self.path} is missing.",
                expected="the file of cities that is written when the package is built",
                hint="reinstall worldstage; in a clone, `pip install -e .` writes it",
            ) from None
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise InputError(
                f"The gazetteer {self.path} cannot be read: {error}.",
                expected="the compressed table that is written when the package is built",
                hint="reinstall worldstage",
            ) from error

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """Folded name → numbers of the lines."""
        index: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            cells = line.split("\t")
            if len(cells) != 7:
                raise InputError(
                    f"{self.path}, line {number + 1}: {len(cells)} cells.", expected="7", hint="reinstall worldstage"
                )
            for key in {fold.__wrapped__(cells[0]), *map(fold.__wrapped__, cells[1].split("|"))}:
                if key:
                    index.setdefault(key, []).append(number)
        return index

    def _cities(self, key: str, name: str) -> Iterator[Spot]:
        codes, capitals = _codes(), self._capital_lines
        for number in self._index.get(key, ()):
            own, _, iso2, lat, lon, population, area = self._lines[number].split("\t")
            usual = forms(USUAL_NAMES.get((own, iso2), ""))
            if number in capitals:
                usual.insert(0, capitals[number])
            primary = key == fold(own) or any(key == fold(other) for other in usual)
            weight = math.log10(max(int(population), 1000)) - (0.0 if primary else _OTHER_NAME_MALUS)
            weight += _CAPITAL_BONUS if number in capitals else 0.0
            shown = usual[0] if usual else _plain(own) if primary else _cased(name)
            if (fold(shown), codes.get(iso2)) in _standing_alone():
                weight += _STANDING_ALONE_BONUS if primary else 0.0
            kind: Kind = "capital" if number in capitals else "city"
            yield Spot(shown, codes.get(iso2), float(lat), float(lon), kind, area, weight)

    @cached_property
    def _capital_lines(self) -> dict[int, str]:
        """Line of a present capital → its usual name."""
        return {line: name for name, line in self._capital_rows if line is not None}

    @cached_property
    def _capital_rows(self) -> list[tuple[str, int | None]]:
        """Each present capital with its line in the table of cities (the most populous of that name there)."""
        out = []
        for row in _sovereign():
            for capital in forms(row["capital"]):
                lines = (self._line(name, row["iso2"]) for name in (capital, *forms(row["capital_names"])))
                out.append((capital, next((line for line in lines if line is not None), None)))
        return out

    def _line(self, name: str, iso2: str) -> int | None:
        """The most populous city of a name in a country."""
        lines = [n for n in self._index.get(fold(name), ()) if self._lines[n].split("\t")[2] == iso2]
        return max(lines, key=lambda n: int(self._lines[n].split("\t")[5]), default=None)

    @cached_property
    def _fixed(self) -> dict[str, tuple[Spot, ...]]:
        """Folded name → the countries, regions, landmarks and small capitals of that name."""
        table: dict[str, dict[Spot, None]] = {}
        for alias, spot in (*_countries(), *_regions(), *_landmarks(), *self._capital_aliases()):
            table.setdefault(fold(alias), {})[spot] = None
        return {key: tuple(found) for key, found in table.items()}

    def _capital_aliases(self) -> Iterator[tuple[str, Spot]]:
        """Names of present capitals that the table of cities lacks; where it lacks the city, so are its coordinates."""
        known = dict(self._capital_rows)
        for row in _sovereign():
            for capital in forms(row["capital"]):
                line = known[capital]
                lat = lon = None
                if line is not None:
                    lat, lon = (float(cell) for cell in self._lines[line].split("\t")[3:5])
                spot = Spot(capital, row["code"], lat, lon, "capital", "", 5.0 + _CAPITAL_BONUS)
                for alias in dict.fromkeys([capital, *forms(row["capital_names"])]):
                    if self._line(alias, row["iso2"]) is None:
                        yield alias, spot


def _without_state(spot: Spot) -> Spot:
    small = spot.kind == "city" and spot.country == "USA" and spot.weight < _AMERICAN_METROPOLIS
    return replace(spot, weight=spot.weight - _WITHOUT_STATE_MALUS) if small else spot


@cache
def _standing_alone() -> frozenset[tuple[str, str]]:
    return frozenset((fold(name), country) for name, country in STANDING_ALONE)


def _support(count: int) -> float:
    return min(_NAMED_MOST, _NAMED + _NAMED_AGAIN * math.log2(count)) if count > 0 else 0.0


def _with_successors(countries: Mapping[str, int]) -> dict[str, int]:
    """Mentions of a former state count for the states that followed it."""
    named = dict(countries)
    for code, count in countries.items():
        for later in SUCCESSORS.get(code, ()):
            named[later] = named.get(later, 0) + count
    return named


@cache
def _codes() -> dict[str, str]:
    """ISO alpha-2 → code of the present state or territory."""
    return {row["iso2"]: row["code"] for row in states() if row["iso2"] and not row["to"]}


def _sovereign() -> list[dict[str, str]]:
    """Rows of the present states, and of contested ones that have a code of ISO."""
    return [row for row in states() if row["iso2"] and not row["to"] and row["kind"] != "territory"]


def _countries() -> Iterator[tuple[str, Spot]]:
    for row in states():
        # States without a code of ISO are shown where the states that have one hold the ground.
        code = row["iso3"] or next(iter(SUCCESSORS.get(row["code"], ())), row["code"])
        kind: Kind = "country" if row["iso3"] or row["iso2"] else "region"
        spot = Spot(row["name"], code, None, None, kind, "", _COUNTRY - (1.0 if row["to"] else 0.0))
        for alias in dict.fromkeys([row["name"], *forms(row["names"])]):
            yield alias, spot


def _regions() -> Iterator[tuple[str, Spot]]:
    for row in rows("regions"):
        where = row["name"], row["country"] or None, _number(row["lat"]), _number(row["lon"])
        yield row["name"], Spot(*where, "region", "", _REGION)
        for alias in forms(row["aliases"]):
            yield alias, Spot(*where, "region", "", _REGION_ALIAS)


def _landmarks() -> Iterator[tuple[str, Spot]]:
    for row in rows("landmarks"):
        where = row["name"], row["country"] or None, _number(row["lat"]), _number(row["lon"])
        for alias in (row["name"], *forms(row["aliases"])):
            yield alias, Spot(*where, "landmark", "", _LANDMARK)


def _number(cell: str) -> float | None:
    return float(cell) if cell.strip() else None


def _plain(name: str) -> str:
    """A name without the marks of transliteration (*Kandahār*), with those of its own spelling (*Bogotá*)."""
    if name.isascii() or _TRANSLITERATION.isdisjoint(name):
        return name
    spread = unicodedata.normalize("NFKD", name.replace("’s ", "'s "))
    return "".join(c for c in spread if not unicodedata.combining(c) and c not in "‘’`ʻʼ")


def _cased(name: str) -> str:
    """A name in capitals, as in a dateline, in the usual case."""
    return name.title() if name.isupper() else name


@cache
def default() -> Gazetteer:
    """The gazetteer shipped with the package."""
    return Gazetteer()
