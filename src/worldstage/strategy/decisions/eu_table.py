"""Tables in the columns of the data on decision-making in the European Union (DEU), read as issues.

One row per issue. ``prnr`` and ``isnr`` name proposal and issue; ``pcom``, ``pep``, ``pat`` … are positions of
Commission, Parliament and member states, ``scom``, ``sep``, ``sat`` … their saliences; ``rp`` is the reference point,
``out`` the outcome; all 0–100. Only ``prnr``, ``isnr`` and one column of positions must be there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from worldstage.core.errors import InputError, nearest
from worldstage.strategy.decisions.distribution import HIGH, LOW, Floats
from worldstage.strategy.decisions.issue import Issue, make_issue
from worldstage.strategy.grid import Grid, read_grid

MISSING = frozenset({"", ".", "-", "na", "n/a", "nan", "none", "null", "missing", "#n/a"})
PROPOSER, CHAMBER = "com", "ep"
# A column named p and one of these is one of positions even without its column of saliences; some states have
# two codes (el and gr, cr and hr, bu and bg, uk and gb).
ACTORS = frozenset(
    "com ep at be bg bu cr cy cz de dk ee el es fi fr gb gr hr hu ie it lt lu lv mt nl pl pt ro se si sk uk".split()
)


@dataclass(frozen=True, eq=False)
class Row:
    """One issue of the table.

    Attributes
    ----------
    issue
        ``None`` if nobody's position is known.
    outcome
        0–100, if known.
    """

    prnr: str
    isnr: str
    issue: Issue | None
    outcome: float | None


@dataclass(frozen=True)
class Columns:
    """Where in a row things stand; -1 for what is absent."""

    prnr: int
    isnr: int
    actors: tuple[str, ...]
    positions: tuple[int, ...]
    saliences: tuple[int, ...]
    reference: int
    outcome: int
    names: tuple[str, ...]


def read_issues(path: str | Path, capabilities: Mapping[str, float] | None = None) -> Iterator[Row]:
    """The issues of a file, in its order.

    Parameters
    ----------
    capabilities
        Weight of an actor by its code in the header (``com``, ``ep``, ``fr`` …); all count alike without.

    Raises
    ------
    InputError
        If the file cannot be read as such a table; the message names line and column.
    """
    grid = read_grid(path)
    (_, header), *rows = grid.rows
    columns = _columns(grid.path, header)
    power = _powers(columns.actors, capabilities)
    if not rows:
        raise InputError(f"{grid.path} has a header and no rows.", expected="one row for each issue")
    for line, cells in rows:
        yield _row(grid, line, cells, columns, power)


def _row(grid: Grid, line: int, cells: tuple[str, ...], columns: Columns, power: Floats | None) -> Row:
    if len(cells) > len(columns.names):
        raise InputError(
            f"{grid.path}, line {line}: {len(cells)} cells under {len(columns.names)} headings.",
            hint="a decimal comma in a file with commas between cells needs quotation marks",
        )

    def value(at: int) -> float:
        return _value(grid, line, columns.names[at], cells[at]) if 0 <= at < len(cells) else float("nan")

    positions = np.array([value(at) for at in columns.positions])
    saliences = np.array([value(at) for at in columns.saliences])
    # A body that does not care has no say here either.
    says = dict(zip(columns.actors, np.where(saliences == 0, np.nan, positions).tolist(), strict=True))
    issue = None
    if bool((~np.isnan(positions)).any()):
        saliences = saliences if bool((saliences > 0).any()) else np.ones_like(saliences)
        issue = _issue(grid.path, line, positions, saliences, power, value(columns.reference), says)
    outcome = value(columns.outcome)
    name = [cells[at] if at < len(cells) else "" for at in (columns.prnr, columns.isnr)]
    return Row(name[0], name[1], issue, None if np.isnan(outcome) else outcome)


def _issue(
    path: str,
    line: int,
    positions: Floats,
    saliences: Floats,
    power: Floats | None,
    reference: float,
    says: Mapping[str, float],
) -> Issue | None:
    counts = ~np.isnan(positions) & (saliences != 0)
    if power is not None:
        counts &= power != 0
    if not counts.any():
        return None
    try:
        return make_issue(
            positions, saliences, power, reference, proposer=says.get(PROPOSER), chamber=says.get(CHAMBER)
        )
    except InputError as error:
        raise InputError(f"{path}, line {line}: {error.message}", expected=error.expected, hint=error.hint) from error


def _columns(path: str, header: tuple[str, ...]) -> Columns:
    names = [h.casefold() for h in header]
    doubled = sorted({n for n in names if n and names.count(n) > 1})
    if doubled:
        raise InputError(f"{path}: the column {doubled[0]!r} stands twice.", expected="one column of each name")
    where = {name: i for i, name in enumerate(names)}
    for needed in ("prnr", "isnr"):
        if needed not in where:
            close = ", ".join(nearest(needed, [n for n in names if n]))
            raise InputError(
                f"{path} has no column {needed!r}.",
                expected="columns prnr, isnr, and positions such as pcom, pep, pde with saliences scom, sep, sde",
                hint=f"is it called {close}?" if close else "check the first line and the separator",
            )
    actors = [n[1:] for n in names if n[:1] == "p" and (n[1:] in ACTORS or (len(n) == 3 and f"s{n[1:]}" in where))]
    if not actors:
        raise InputError(
            f"{path} has no column of positions.",
            expected="columns such as pcom, pep, pde with saliences scom, sep, sde",
        )
    return Columns(
        where["prnr"],
        where["isnr"],
        tuple(actors),
        tuple(where[f"p{a}"] for a in actors),
        tuple(where.get(f"s{a}", -1) for a in actors),
        where.get("rp", -1),
        where.get("out", -1),
        header,
    )


def _powers(actors: tuple[str, ...], capabilities: Mapping[str, float] | None) -> Floats | None:
    if capabilities is None:
        return None
    given = {k.casefold(): v for k, v in capabilities.items()}
    for name in given:
        if name not in actors:
            raise InputError(f"A capability is given for {name!r}, which has no column of positions.")
    return np.array([given.get(a, np.nan) for a in actors], dtype=float)


def _value(grid: Grid, line: int, column: str, text: str) -> float:
    plain = text.replace("\N{MINUS SIGN}", "-")
    if plain.casefold() in MISSING:
        return float("nan")
    # In this table nothing reaches a thousand: a single comma is a decimal one, whatever separates the cells.
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    value = grid.number(plain, line, column)
    if not LOW <= value <= HIGH:
        raise InputError(
            f"{grid.path}, line {line}, column {column!r}: {text} lies off the line.", expected="a number from 0 to 100"
        )
    return value
