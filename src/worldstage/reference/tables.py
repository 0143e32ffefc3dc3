"""The tables of facts in ``reference/data``: reading them into plain records."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from worldstage.core.errors import ConfigError
from worldstage.core.records import SECTORS

NEVER = dt.date.min
ALWAYS = dt.date.max


@dataclass(frozen=True, slots=True)
class Entry:
    """What one name can stand for, and when.

    Attributes
    ----------
    kind
        ``state``, ``demonym``, ``capital``, ``seat``, ``leader``, ``surname``, ``group``, ``organisation``,
        ``region`` or ``case``.
    first, last
        The days, both included, between which the name stands for this.
    """

    alias: str
    code: str | None
    name: str
    country: str | None
    sector: str
    kind: str
    person: str | None = None
    office: str | None = None
    first: dt.date = NEVER
    last: dt.date = ALWAYS

    def valid(self, day: dt.date | None) -> bool:
        """Whether the name stands for this on that day (on any day, where none is given)."""
        return day is None or self.first <= day <= self.last


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped table."""
    text = files("worldstage.reference").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text))


def forms(cell: str) -> list[str]:
    """The members of a list cell, ``a|b|c``."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def first_day(cell: str) -> dt.date:
    """The first day of a date, month or year; the beginning of time for an empty cell."""
    return _day(cell, last=False)


def last_day(cell: str) -> dt.date:
    """The last day of a date, month or year; the end of time for an empty cell."""
    return _day(cell, last=True)


def _day(cell: str, *, last: bool) -> dt.date:
    cell = cell.strip()
    if not cell:
        return ALWAYS if last else NEVER
    year, *rest = (int(part) for part in cell.split("-"))
    if len(rest) == 2:
        return dt.date(year, *rest)
    if len(rest) > 2:
        raise ValueError(f"{cell!r} is no date")
    month = rest[0] if rest else (12 if last else 1)
    return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)


@cache
def states() -> tuple[dict[str, str], ...]:
    """The rows of the table of states, former states, territories and contested entities."""
    return tuple(rows("countries"))


@cache
def state_names() -> dict[str, str]:
    """Code → usual English name, of every state and territory."""
    return {row["code"]: row["name"] for row in states()}


@cache
def members(code: str) -> frozenset[str]:
    """Codes of the states that belong to an organisation, as far as the table lists them."""
    for row in rows("organisations"):
        if row["code"] == code:
            return frozenset(forms(row["members"]))
    return frozenset()


def case_entries(path: Path) -> list[Entry]:
    """The actors and aliases that a case adds (``actors.csv``).

    Raises
    ------
    ConfigError
        If the header, a sector or a date is not as it should be; the message names the line.
    """
    needed = ["alias", "code", "name", "country", "sector", "from", "to"]
    out = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in needed if column not in (reader.fieldnames or [])]
        if missing:
            raise ConfigError(
                f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.",
                expected="a header " + ",".join(needed),
            )
        for number, row in enumerate(reader, 2):
            cell = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) or value is None}
            sector = cell["sector"] or "UNK"
            if not cell["alias"] or not cell["code"]:
                raise ConfigError(f"{path}, line {number}: alias and code may not be empty.")
            if sector not in SECTORS:
                raise ConfigError(f"{path}, line {number}: unknown sector {sector!r}.", expected=", ".join(SECTORS))
            try:
                span = first_day(cell["from"]), last_day(cell["to"])
            except ValueError:
                raise ConfigError(
                    f"{path}, line {number}: {cell['from']!r} to {cell['to']!r} are no dates.",
                    expected="YYYY, YYYY-MM or YYYY-MM-DD, or nothing",
                ) from None
            name = cell["name"] or cell["alias"]
            for alias in forms(cell["alias"]):
                out.append(Entry(alias, cell["code"], name, cell["country"] or None, sector, "case", None, None, *span))
    return out
