"""Who is meant by a name: on which date, in which surroundings, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from worldstage.core.errors import unknown_name
from worldstage.reference import entries as shipped
from worldstage.reference.tables import Entry, case_entries

# Where several entries fit, the kind that news most often means comes first.
_RANK = {
    "case": 0, "leader": 1, "state": 2, "demonym": 2, "group": 3, "organisation": 3, "seat": 4, "capital": 5,
    "surname": 6, "region": 7,
}  # fmt: skip
# Kinds of name that are not the usual name of the code that they stand for.
_BORROWED = frozenset({"surname", "leader", "region", "capital", "seat"})
_YEAR = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text: half-open character span and all that it can stand for."""

    start: int
    end: int
    alias: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name resolved to, and the sentence that says why; `code` is None where it did not."""

    code: str | None
    name: str
    country: str | None
    sector: str
    kind: str
    reason: str
    person: str | None = None
    office: str | None = None
    candidates: tuple[Entry, ...] = field(default=(), compare=False)


def unresolved(name: str, reason: str, candidates: Iterable[Entry] = ()) -> Resolution:
    """A resolution that says why there is none."""
    return Resolution(None, name, None, "UNK", "unknown", reason, candidates=tuple(candidates))


class Directory:
    """All known names, and how to choose among what they stand for.

    Parameters
    ----------
    entries
        The entries, later ones of equal standing after earlier ones.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        import ahocorasick_rs

        table: dict[str, list[Entry]] = {}
        for entry in entries:
            table.setdefault(entry.alias, []).append(entry)
        self._table = {alias: tuple(found) for alias, found in table.items()}
        self._folded: dict[str, list[str]] = {}
        for alias in self._table:
            self._folded.setdefault(alias.casefold(), []).append(alias)
        self._aliases = list(self._table)
        self._automaton = ahocorasick_rs.AhoCorasick(self._aliases)
        self._codes: dict[str, Entry] = {
            e.code: e for found in self._table.values() for e in found if e.code and e.kind not in _BORROWED
        }

    def __len__(self) -> int:
        return len(self._table)

    def lookup(self, alias: str) -> tuple[Entry, ...]:
        """All that an alias can stand for; nothing for an unknown one. Case matters first, then does not."""
        exact = self._table.get(alias)
        if exact:
            return exact
        return tuple(e for other in self._folded.get(alias.casefold(), ()) for e in self._table[other])

    def scan(self, text: str) -> list[Hit]:
        """Known names in a text, whole words only, the longest where they overlap, in order."""
        found: list[tuple[int, int, int, int]] = []
        n = len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            before = text[start - 1] if start else " "
            after = text[end] if end < n else " "
            if before.isalnum() or before in "_@#" or after.isalnum() or after == "_":
                continue
            # *The West Bank* is not *the West*: a leading article lends no precedence.
            article = 4 if text[start : start + 4] in ("the ", "The ") else 0
            found.append((start + article, -end, start, index))
        found.sort()
        hits, last = [], 0
        for _, minus_end, start, index in found:
            if start < last:
                continue
            alias = self._aliases[index]
            hits.append(Hit(start, -minus_end, alias, self._table[alias]))
            last = -minus_end
        return hits

    def resolve(
        self,
        entries: Sequence[Entry],
        *,
        alias: str = "",
        day: dt.date | None = None,
        context: Mapping[str, int] | None = None,
        known: frozenset[str] | set[str] = frozenset(),
    ) -> Resolution:
        """Choose among the entries of one name.

        Parameters
        ----------
        day
            The date of the event; offices and states are those of that day.
        context
            How often each country is named in the surroundings, by code.
        known
            Full names of persons met before in the same document.
        """
        alias = alias or (entries[0].alias if entries else "")
        pool = [e for e in entries if e.kind != "surname" or e.person in known or not shipped.needs_full_name(e.alias)]
        if not pool:
            return unresolved(alias, "a surname too common to stand alone", entries)
        context = context or {}
        current = [e for e in pool if e.valid(day)]
        if not current:
            return self._out_of_time(pool, alias, day, context, known)
        best = min(current, key=lambda e: self._order(e, context, known, day))
        rivals = {e.code for e in current} - {best.code}
        reason = f"{best.alias!r} is a {_KIND[best.kind]} of {best.name}"
        if best.person:
            reason = f"{best.person}, {best.office or 'no office'} of {best.name}"
        if day:
            reason += f" on {day}"
        if rivals:
            others = ", ".join(sorted(str(code) for code in rivals))
            weight = context.get(best.country or best.code or "", 0)
            reason += f"; preferred to {others}" + (f" ({weight} mentions around it)" if weight else "")
        return _resolution(best, reason, current)

    def _order(
        self, e: Entry, context: Mapping[str, int], known: Iterable[str], day: dt.date | None
    ) -> tuple[object, ...]:
        weight = context.get(e.country or "", 0) + context.get(e.code or "", 0)
        if e.kind in ("state", "demonym") and weight:
            weight += 1
        # Among offices held at once, the one taken last is the one by which the person is known.
        recent = -(e.first.toordinal() if day else e.last.toordinal())
        return (e.kind != "case", e.person not in known if e.person else False, -weight, _RANK[e.kind], recent, e.name)

    def _out_of_time(
        self, pool: Sequence[Entry], alias: str, day: dt.date | None, context: Mapping[str, int], known: Iterable[str]
    ) -> Resolution:
        """What a name stands for on a day when none of its entries holds: former leaders, states to come."""
        assert day is not None

        def distance(e: Entry) -> int:
            return (day - e.last).days if e.last < day else (e.first - day).days

        best = min(
            pool,
            key=lambda e: (
                e.person not in known if e.person else False,
                distance(e),
                self._order(e, context, known, day),
            ),
        )
        if best.person:
            if best.kind == "surname" and best.person not in known and distance(best) > 20 * 366:
                return unresolved(alias, f"{best.person} was out of office for {distance(best) // 365} years", pool)
            former = best.last < day
            reason = f"{best.person}, {'formerly' if former else 'later'} {best.office} of {best.name}"
            base = replace(best, office=None, sector="ELI" if former and best.sector in ("GOV", "IGO") else best.sector)
            return _resolution(base, reason, pool)
        if best.kind in ("state", "demonym", "capital") or distance(best) <= _YEAR.days:
            return _resolution(
                best, f"{best.alias!r} is a {_KIND[best.kind]} of {best.name}, though not on {day}", pool
            )
        return unresolved(alias, f"{best.name} did not exist on {day}", pool)

    def code_of(self, name: str, *, day: dt.date | None = None) -> str:
        """The code for a name or code given by a user.

        Raises
        ------
        UnknownNameError
            If nothing answers to it; the message names the nearest.
        """
        if name in self._codes or name.upper() in self._codes:
            return name if name in self._codes else name.upper()
        found = self.lookup(name)
        if found:
            resolution = self.resolve(found, alias=name, day=day)
            if resolution.code:
                return resolution.code
        raise unknown_name(
            "actor", name, [*self._codes, *self._table],
            hint="`worldstage actors` lists those of the case; actors.csv in the case adds new ones",
        )  # fmt: skip

    def name_of(self, code: str | None) -> str:
        """The usual name for a code, the code itself where it has none."""
        entry = self._codes.get(code) if code else None
        return entry.name if entry else (code or "unknown")

    def extended(self, path: Path) -> Directory:
        """A directory that also knows the actors of a case's ``actors.csv``."""
        added = case_entries(path)
        return Directory([*(e for found in self._table.values() for e in found), *added])


_KIND = {
    "case": "name, given in actors.csv,", "leader": "name", "state": "name", "demonym": "name for the people",
    "group": "name", "organisation": "name", "seat": "body or seat", "capital": "capital", "surname": "surname",
    "region": "region",
}  # fmt: skip


def _resolution(e: Entry, reason: str, pool: Iterable[Entry]) -> Resolution:
    return Resolution(e.code, e.name, e.country, e.sector, e.kind, reason, e.person, e.office, tuple(pool))


@cache
def default() -> Directory:
    """The directory of everything shipped with the package and added by plug-ins."""
    return Directory(shipped.all_entries())
