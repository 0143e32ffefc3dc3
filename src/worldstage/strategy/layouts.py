"""The layouts of a table of actors: which column holds what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError, nearest
from worldstage.strategy.grid import Grid
from worldstage.strategy.tables import QUANTITIES, ActorTable, Quantity

Floats = NDArray[np.float64]

NAMES = {
    "actor": ("actor", "actors", "name", "stakeholder", "player"),
    "issue": ("issue", "dimension"),
    "capability": ("capability", "capabilities", "influence", "power", "resources", "capacity"),
    "position": ("position", "pos", "preference"),
    "salience": ("salience", "saliency", "sal"),
}
_IGNORED = ("description", "desc", "comment", "note", "source")
_PLAIN = "actor,capability,position,salience; or with a column issue; or KTAB's columns"
# Rounding of percentages to two decimals may push a sum a little over 100.
_SLACK = 0.01


@dataclass(frozen=True)
class _Cell:
    """Where a number stands."""

    line: int
    column: str
    text: str


def parse(grid: Grid, *, percent: bool = False) -> ActorTable:
    """The table in a grid, whichever layout it has.

    Raises
    ------
    InputError
        If the layout is none of those known, or a cell is wrong.
    """
    rows = list(grid.rows)
    if _is_ktab(rows):
        return _own(grid, rows)
    line, header = rows[0]
    _some_rows(grid, rows)
    _no_doubles(grid, line, header)
    columns = {h.casefold(): i for i, h in enumerate(header) if h}
    pairs = _pairs(header)
    if pairs and not _find(columns, "position"):
        return _wide(grid, rows, columns, pairs)
    if _find(columns, "issue"):
        return _long(grid, rows, columns, percent=percent)
    return _plain(grid, rows, columns, percent=percent)


def _some_rows(grid: Grid, rows: Sequence[tuple[int, tuple[str, ...]]]) -> None:
    if len(rows) < 2:
        raise InputError(f"{grid.path} has a header but no rows.", expected="one row for each actor")


def _is_ktab(rows: Sequence[tuple[int, tuple[str, ...]]]) -> bool:
    """Whether the first line names the scenario and counts actors and issues, and the header comes second."""
    if len(rows) < 2 or len(rows[0][1]) < 4 or not rows[1][1]:
        return False
    counts = rows[0][1][2:4]
    return all(c.isdigit() for c in counts) and rows[1][1][0].casefold() in NAMES["actor"]


def _find(columns: dict[str, int], word: str, suffix: str = "") -> str:
    """The column that goes by one of the names of a quantity; empty where there is none."""
    return next((n + suffix for n in NAMES[word] if n + suffix in columns), "")


def _no_doubles(grid: Grid, line: int, header: Sequence[str]) -> None:
    for name, times in Counter(h.casefold() for h in header if h).items():
        if times > 1:
            shown = next(h for h in header if h.casefold() == name)
            raise InputError(
                f"{grid.path}, line {line}: {times} columns are called {shown!r}.",
                expected="each issue with a name of its own, and one column for each thing",
            )


def _pairs(header: Sequence[str]) -> list[tuple[str, int, int]]:
    """Issues of a wide header with the indices of their position and salience."""
    found: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for i, title in enumerate(header):
        match = re.fullmatch(r"(.+?)[\s_:.-]+(position|salience)", title, re.IGNORECASE)
        if match:
            key = match[1].casefold()
            names.setdefault(key, match[1])
            found.setdefault(key, {})[match[2].casefold()] = i
    return [(names[k], v["position"], v["salience"]) for k, v in found.items() if len(v) == 2]


def _own(grid: Grid, rows: list[tuple[int, tuple[str, ...]]]) -> ActorTable:
    """KTAB's own layout: columns count by their place, an issue is called what its position's column is called."""
    actors, issues = (int(c) for c in rows[0][1][2:4])
    line, header = rows[1]
    _some_rows(grid, rows[1:])
    if len(header) != 3 + 2 * issues or len(rows) - 2 != actors:
        found = f"{max(len(header) - 3, 0) / 2:g} issues and {len(rows) - 2} actors"
        raise InputError(
            f"{grid.path}: the first line announces {issues} issues and {actors} actors; there are {found}.",
            expected="actor, description, influence, then a position and a salience for each issue",
        )
    _no_doubles(grid, line, header[3::2])
    pairs = [(header[i], i, i + 1) for i in range(3, len(header), 2)]
    named = (header[0], "description", *header[2:])
    return _wide(grid, [(line, named), *rows[2:]], {header[0].casefold(): 0, "influence": 2}, pairs)


def _required(grid: Grid, columns: dict[str, int], *words: str) -> list[str]:
    found = {w: _find(columns, w) for w in words}
    missing = [w for w, name in found.items() if not name]
    if missing:
        close = [c for w in missing for c in nearest(w, columns)]
        raise InputError(
            f"{grid.path}: no column for {', '.join(missing)}. The header has: {', '.join(columns) or 'nothing'}.",
            expected=_PLAIN,
            hint=f"call {close[0]!r} {missing[0]!r}" if close else "",
        )
    return [found[w] for w in words]


def _cell(line: int, row: Sequence[str], columns: dict[str, int], name: str) -> _Cell:
    i = columns[name]
    return _Cell(line, name, row[i] if i < len(row) else "")


def _value(grid: Grid, cell: _Cell, actor: str) -> float:
    if not cell.text:
        raise InputError(
            f"{grid.path}, line {cell.line}: {actor} has no {cell.column}.",
            expected="a number in every cell",
            hint="give salience 0 to an actor that does not care, or leave its row out",
        )
    return grid.number(cell.text, cell.line, cell.column)


def _actor(grid: Grid, line: int, row: Sequence[str], place: int) -> str:
    if len(row) <= place or not row[place]:
        raise InputError(f"{grid.path}, line {line}: no actor.", expected="a name in every row")
    return row[place]


def _no_longer(grid: Grid, rows: Sequence[tuple[int, tuple[str, ...]]]) -> None:
    width = len(rows[0][1])
    for line, row in rows[1:]:
        if len(row) > width:
            raise InputError(
                f"{grid.path}, line {line}: {len(row)} cells, the header has {width}.",
                hint="put a cell that holds a comma into quotation marks",
            )


def _plain(
    grid: Grid, rows: list[tuple[int, tuple[str, ...]]], columns: dict[str, int], *, percent: bool
) -> ActorTable:
    actor, *_ = _required(grid, columns, "actor", *QUANTITIES)
    _no_longer(grid, rows)
    lines: dict[str, int] = {}
    found = []
    for line, row in rows[1:]:
        name = _once(grid, lines, _actor(grid, line, row, columns[actor]), line)
        found.append(_three(grid, line, row, columns, name, percent=percent))
    values = np.array(found)[:, None, :, :]
    return _build(grid, tuple(lines), ("position",), values)


def _long(grid: Grid, rows: list[tuple[int, tuple[str, ...]]], columns: dict[str, int], *, percent: bool) -> ActorTable:
    actor, issue, *_ = _required(grid, columns, "actor", "issue", *QUANTITIES)
    _no_longer(grid, rows)
    cells: dict[tuple[str, str], int] = {}
    found: dict[tuple[str, str], Floats] = {}
    for line, row in rows[1:]:
        name = _actor(grid, line, row, columns[actor])
        what = _cell(line, row, columns, issue).text
        if not what:
            raise InputError(f"{grid.path}, line {line}: no issue.", expected="the name of an issue in every row")
        if (name, what) in cells:
            raise InputError(f"{grid.path}, lines {cells[name, what]} and {line}: {name} stands twice for {what}.")
        cells[name, what] = line
        found[name, what] = _three(grid, line, row, columns, name, percent=percent)
    actors, issues = (tuple(dict.fromkeys(pair[k] for pair in cells)) for k in (0, 1))
    values = np.full((len(actors), len(issues), 3, 3), np.nan)
    values[:, :, 2] = 0.0
    for (name, what), three in found.items():
        values[actors.index(name), issues.index(what)] = three
    for i, name in enumerate(actors):
        given = values[i, :, 0][~np.isnan(values[i, :, 0, 1])]
        if np.ptp(given, axis=0).any():
            raise InputError(f"{grid.path}: {name} has several capabilities.", expected="one for all issues")
        values[i, :, 0] = given[0]
    return _build(grid, actors, issues, values)


def _wide(
    grid: Grid, rows: list[tuple[int, tuple[str, ...]]], columns: dict[str, int], pairs: list[tuple[str, int, int]]
) -> ActorTable:
    actor, capability = _required(grid, columns, "actor", "capability")
    _no_longer(grid, rows)
    header = rows[0][1]
    known = {columns[actor], columns[capability]}
    known |= {i for _, *both in pairs for i in both}
    odd = [h for i, h in enumerate(header) if h and i not in known and h.casefold() not in _IGNORED]
    if odd:
        raise InputError(
            f"{grid.path}: column {odd[0]!r} belongs to no issue.",
            expected="a position and a salience for each issue, named alike: X position, X salience",
        )
    lines: dict[str, int] = {}
    values = np.empty((len(rows) - 1, len(pairs), 3))
    for i, (line, row) in enumerate(rows[1:]):
        name = _once(grid, lines, _actor(grid, line, row, columns[actor]), line)
        values[i, :, 0] = _value(grid, _cell(line, row, columns, capability), name)
        for k, (_, *both) in enumerate(pairs):
            for q, place in enumerate(both, 1):
                text = row[place] if place < len(row) else ""
                values[i, k, q] = _value(grid, _Cell(line, header[place], text), name)
    values[:, :, 2], warnings = _percentages(grid, values[:, :, 2], list(lines.items()))
    spread = np.repeat(values[..., None], 3, axis=-1)
    return _build(grid, tuple(lines), tuple(p[0] for p in pairs), spread, warnings)


def _percentages(grid: Grid, salience: Floats, lines: list[tuple[str, int]]) -> tuple[Floats, tuple[str, ...]]:
    """Shares of 1 from KTAB's percentages; a table with none above 1 holds shares already."""
    if salience.max() <= 1:
        return salience, ("No salience is above 1; saliences are taken as shares of 1, not as percentages.",)
    total = salience.sum(axis=1)
    for (name, line), row, summed in zip(lines, salience, total, strict=True):
        if row.min() < 0 or row.max() > 100:
            worst = row.min() if row.min() < 0 else row.max()
            raise InputError(f"{grid.path}, line {line}: salience {worst:g} of {name}.", expected="from 0 to 100")
        if summed > 100 + _SLACK:
            raise InputError(
                f"{grid.path}, line {line}: the saliences of {name} add up to {summed:g}.",
                expected="at most 100 over all issues: nobody has more attention than that",
            )
    return salience / 100.0, ()


def _once(grid: Grid, lines: dict[str, int], name: str, line: int) -> str:
    if name in lines:
        raise InputError(
            f"{grid.path}, lines {lines[name]} and {line}: {name} stands twice.",
            expected="one row for each actor, or a column issue",
        )
    lines[name] = line
    return name


def _three(grid: Grid, line: int, row: Sequence[str], columns: dict[str, int], actor: str, *, percent: bool) -> Floats:
    """Low, mode and high of capability, position and salience; shape ``(3, 3)``."""
    values = np.array([_span(grid, line, row, columns, actor, q) for q in QUANTITIES])
    top = 100.0 if percent else 1.0
    salience = values[2]
    if salience.max() > top or salience.min() < 0:
        worst = salience.max() if salience.max() > top else salience.min()
        hint = "" if percent or worst > 100 else "--percent, if saliences are percentages"
        raise InputError(
            f"{grid.path}, line {line}: salience {worst:g} of {actor}.", expected=f"from 0 to {top:g}", hint=hint
        )
    if values[0].min() < 0:
        raise InputError(f"{grid.path}, line {line}: capability {values[0].min():g} of {actor}.", expected="0 or more")
    values[2] = salience / top
    return values


def _span(
    grid: Grid, line: int, row: Sequence[str], columns: dict[str, int], actor: str, quantity: Quantity
) -> tuple[float, float, float]:
    mode = _value(grid, _cell(line, row, columns, _find(columns, quantity)), actor)
    ends = []
    for suffix in ("_low", "_high"):
        name = _find(columns, quantity, suffix)
        text = _cell(line, row, columns, name).text if name else ""
        ends.append(grid.number(text, line, name) if text else mode)
    low, high = ends
    if not low <= mode <= high:
        raise InputError(
            f"{grid.path}, line {line}: {quantity} {mode:g} of {actor} is not between {low:g} and {high:g}.",
            expected="low ≤ value ≤ high",
        )
    return low, mode, high


def _build(
    grid: Grid, actors: tuple[str, ...], issues: tuple[str, ...], values: Floats, warnings: tuple[str, ...] = ()
) -> ActorTable:
    """The table from low, mode and high of each cell; `values` has shape ``(actors, issues, 3, 3)``."""
    low, mode, high = (values[..., k] for k in range(3))
    part = np.nan_to_num(high - low, nan=0.0)
    ranges = {}
    for q, name in enumerate(QUANTITIES):
        if part[..., q].any():
            pick = (slice(None), 0, q) if name == "capability" else (slice(None), slice(None), q)
            ranges[name] = (low[pick].copy(), high[pick].copy())
    return ActorTable(
        actors=actors,
        issues=issues,
        capability=mode[:, 0, 0].copy(),
        position=mode[:, :, 1].copy(),
        salience=mode[:, :, 2].copy(),
        ranges=ranges,
        source=grid.path,
        warnings=(*grid.warnings, *warnings),
    )
