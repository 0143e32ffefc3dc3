"""Who is meant by the actors of other data sets: names, roles with their country, codes."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence

from worldstage.exchange import sectors
from worldstage.exchange.mapping import Party, Span, Values, always
from worldstage.reference.actors import Directory
from worldstage.reference.tables import Entry, state_names, states

_ROLE_OF = re.compile(r"(?P<role>.+?)\s*\((?P<where>[^()]*(?:\([^()]*\)[^()]*)?)\)\s*")
_ABOUT_A_YEAR = dt.timedelta(days=367)
_DAY = dt.timedelta(days=1)
_STATES = frozenset({"state", "demonym"})
_OF_PERSONS = frozenset({"leader", "surname"})
# Countries as ICEWS, POLECAT, ACLED and UCDP write them, where our table has another name.
_OTHER_COUNTRIES = {
    "palestinian territory, occupied": "PSE", "occupied palestinian territory": "PSE", "palestinian territories": "PSE",
    "democratic republic of congo": "COD", "dr congo (zaire)": "COD", "congo, the democratic republic of the": "COD",
    "republic of congo": "COG", "macedonia": "MKD", "russia (soviet union)": "RUS", "yemen (north yemen)": "YEM",
    "cambodia (kampuchea)": "KHM", "myanmar (burma)": "MMR", "madagascar (malagasy)": "MDG",
    "serbia (yugoslavia)": "SRB",
    "bosnia-herzegovina": "BIH", "zimbabwe (rhodesia)": "ZWE", "vatican city": "VAT", "hong kong": "HKG",
    "laos": "LAO", "kyrgyz republic": "KGZ", "slovak republic": "SVK", "micronesia": "FSM", "cote d'ivoire": "CIV",
    "ivory coast": "CIV", "brunei": "BRN", "east timor": "TLS", "swaziland": "SWZ", "czech republic": "CZE",
}  # fmt: skip


class Resolver:
    """Finds states, sectors and persons for the names in event data.

    Parameters
    ----------
    directory
        Who is who; with the case's own ``actors.csv`` where there is one.
    """

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._countries: dict[str, str | None] = {}
        # Where a state that is no more shares its number with one that is (Soviet Union, Russia), the latter holds.
        rows = sorted(states(), key=lambda r: r["to"] == "")
        self._by = {
            kind: {r[kind]: r["code"] for r in rows if r[kind]} for kind in ("iso2", "iso3", "cameo", "fips", "gw")
        }

    # -- countries ---------------------------------------------------------------------------------

    def country(self, text: str) -> str | None:
        """Code of the state that a country's name, or its ISO 3166 alpha-3 code, stands for."""
        text = text.strip()
        if text not in self._countries:
            self._countries[text] = self._find_country(text)
        return self._countries[text]

    def _find_country(self, text: str) -> str | None:
        if not text:
            return None
        if text in state_names() or text in self._by["iso3"]:
            return self._by["iso3"].get(text, text)
        if text.casefold() in _OTHER_COUNTRIES:
            return _OTHER_COUNTRIES[text.casefold()]
        for name in (text, text.partition(" (")[0]):
            found = [e for e in self.directory.lookup(name) if e.kind in ("state", "case") and e.country]
            if found:
                return max(found, key=lambda e: e.last).country
        return None

    def coded(self, system: str, code: str) -> str | None:
        """Code of the state that has this code in another system: ``iso2``, ``cameo``, ``fips`` or ``gw``."""
        return self._by[system].get(code.strip())

    # -- names -------------------------------------------------------------------------------------

    def named(self, name: str, *, country: str | None = None, sector: str = "UNK") -> list[Span]:
        """Who a name stands for, and when.

        Parameters
        ----------
        country, sector
            What the source says of the actor, if it does; a country overrules our reading of the name.
        """
        name = " ".join(name.split())
        if not name:
            return always()
        role = _ROLE_OF.fullmatch(name)
        if role and not self.directory.lookup(name):
            return self._role(name, role["role"], role["where"], country, sector)
        entries = self._fitting(name, country) or self._otherwise(name, country)
        if entries:
            return self._dated(name, entries, country, sector)
        if country:
            return always(self._of(country, name, _known(sector, sectors.by_words(name)), "its country is given"))
        return always(self._by_parts(name, sector))

    def _role(self, name: str, role: str, where: str, country: str | None, sector: str) -> list[Span]:
        """*Police (Australia)*, *Combatant (Taliban)*, *Foreign Affairs (Turkey)*."""
        told = sectors.by_words(role)
        sector = told if told != "UNK" else sector
        code = country or self.country(where)
        if code:
            return always(self._of(code, name, sector, f"{role!r} of {where}"))
        entries = [e for e in self.directory.lookup(where) if e.kind not in _OF_PERSONS]
        if not entries:
            return always(self._by_parts(name, sector))
        out = self._dated(where, entries, None, "UNK")
        return [
            Span(
                s.first, s.last, tuple(_renamed(p, name, told if p.country == p.code else p.sector) for p in s.parties)
            )
            for s in out
        ]

    def _fitting(self, name: str, country: str | None) -> list[Entry]:
        """What our directory has under a name, without what the source's country contradicts."""
        found = self.directory.lookup(name)
        if country is None:
            return list(found)
        return [e for e in found if e.country == country or (e.country is None and e.kind != "region")]

    def _otherwise(self, name: str, country: str | None) -> list[Entry]:
        """Persons under another form of their name: *Dmitry Anatolyevich Medvedev*, *Ma Ying Jeou*, *Mélenchon*."""
        words = name.split()
        if not 2 <= len(words) <= 5:
            return []
        forms = [f"{words[0]} {words[-1]}", " ".join([*words[:-2], f"{words[-2]}-{words[-1]}"])]
        for form in (_bare(name), *forms, *map(_bare, forms)):
            if form != name:
                found = [e for e in self._fitting(form, country) if e.kind == "leader"]
                if found:
                    return found
        return []

    def _dated(self, name: str, entries: Sequence[Entry], country: str | None, sector: str) -> list[Span]:
        """The resolution between every two days on which it may change."""
        out: list[Span] = []
        edges = _edges(entries)
        for begin, end in zip(edges, [*(e - _DAY for e in edges[1:]), dt.date.max], strict=True):
            r = self.directory.resolve(entries, alias=name, day=end if begin == dt.date.min else begin)
            code, where = r.code, r.country
            if code is None and country:
                code = where = country
            part = r.sector if r.person or sector in ("UNK", r.sector) or where != code else sector
            party = Party(code, r.name if code else name, where, part, r.person, r.office, name, r.reason)
            if out and _same(out[-1].parties[0], party):
                out[-1] = Span(out[-1].first, end, out[-1].parties)
            else:
                out.append(Span(begin, end, (party,)))
        return out

    def _by_parts(self, name: str, sector: str) -> Party:
        """*Israeli Defense Forces*, *Communist Party of China*: the country named within a name."""
        hits = [(hit, [e for e in hit.entries if e.kind in _STATES and e.country]) for hit in self.directory.scan(name)]
        states_named = {e.country for _, found in hits for e in found}
        if len(states_named) == 1:
            hit = next(h for h, found in hits if found)
            rest = " ".join((name[: hit.start] + name[hit.end :]).split())
            (code,) = states_named
            told = sectors.by_words(rest)
            return self._of(str(code), name, told if told != "UNK" else sector, f"{name[hit.start : hit.end]!r} in it")
        known = sector if sector != "UNK" else sectors.by_words(name)
        return self.unknown(name, known)

    def _of(self, country: str, text: str, sector: str, reason: str) -> Party:
        name = state_names().get(country, country)
        return Party(country, name, country, "GOV" if text == name and sector == "UNK" else sector, None, None, text,
                     reason)  # fmt: skip

    def unknown(self, text: str, sector: str = "UNK") -> Party:
        """A party that nobody is known for."""
        return Party(None, text, None, sector, text=text, reason="nobody known by this name")

    def state(self, code: str, *, text: str = "", sector: str = "UNK", reason: str = "coded") -> Party:
        """A party of a state, by its code."""
        return self._of(code, text or state_names().get(code, code), sector, reason)


def _bare(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _edges(entries: Iterable[Entry]) -> list[dt.date]:
    """Days on which the meaning of a name may change."""
    edges = {dt.date.min}
    for e in entries:
        if e.first > dt.date.min:
            edges.add(e.first)
            if e.first - dt.date.min > _ABOUT_A_YEAR:
                edges.add(e.first - _ABOUT_A_YEAR)
        if e.last < dt.date.max:
            edges.add(e.last + _DAY)
            if dt.date.max - e.last > 2 * _ABOUT_A_YEAR:
                edges.add(e.last + _ABOUT_A_YEAR)
    return sorted(edges)


def _same(one: Party, two: Party) -> bool:
    return (one.code, one.country, one.sector, one.person, one.office) == (
        two.code, two.country, two.sector, two.person, two.office
    )  # fmt: skip


def _renamed(p: Party, text: str, sector: str) -> Party:
    return Party(p.code, p.name, p.country, sector, None, None, text, p.reason)


def _known(*found: str) -> str:
    return next((s for s in found if s != "UNK"), "UNK")


def country(resolver: Resolver, text: str) -> str | None:
    """The rule for a column of countries' names or ISO 3166 codes."""
    return resolver.country(text)


def plain(resolver: Resolver, values: Values) -> list[Span]:
    """The rule for a single column of names or codes."""
    name = values[0].strip()
    if not name:
        return always()
    if len(name) == 3 and name.isupper():
        code = resolver.country(name) or resolver.coded("cameo", name)
        if code:
            return always(resolver.state(code, text=name, sector="GOV"))
    return resolver.named(name)
