"""Tables of coalitions: sizes with propensities, and signed edges, read from CSV and checked.

What is missing or odd is either an error that says where, or a stated treatment with a warning: a blank propensity is
taken from its mirror cell, else it is 0; propensities that are not symmetric stand as given; an edge given twice
with one sign counts once; an edge from an actor to itself is dropped.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError, unknown_name

_SIGNS = {
    **dict.fromkeys(("+", "1", "+1", "1.0", "+1.0", "positive", "pos"), 1),
    **dict.fromkeys(("-", "−", "-1", "−1", "-1.0", "negative", "neg"), -1),
}
# No more names than this in one warning.
_SHOWN = 5


@dataclass(frozen=True)
class CoalitionTable:
    """Actors with their sizes and their propensities to work together.

    Attributes
    ----------
    names
        One per actor.
    sizes
        Shape ``(n,)``, none negative; any unit.
    propensities
        Shape ``(n, n)``: how much the row's actor is inclined to work with the column's, above 0, or against it,
        below 0. The diagonal is not used. Need not be symmetric.
    warnings
        What was assumed.

    Raises
    ------
    InputError
        If shapes disagree, a number is not finite, a size is negative or there are fewer than two actors.
    """

    names: tuple[str, ...]
    sizes: NDArray[np.float64]
    propensities: NDArray[np.float64]
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.names)
        if n < 2:
            raise InputError(
                f"A coalition needs at least two actors; {n} given.", expected="one row per actor, two or more"
            )
        if self.sizes.shape != (n,) or self.propensities.shape != (n, n):
            raise InputError(
                f"{n} actors with sizes of shape {self.sizes.shape} and propensities {self.propensities.shape}."
            )
        if not (np.isfinite(self.sizes).all() and np.isfinite(self.propensities).all()):
            raise InputError("A size or propensity is not a finite number.")
        if (self.sizes < 0).any():
            bad = self.names[int(np.argmax(self.sizes < 0))]
            raise InputError(f"The size of {bad} is negative.", expected="0 or more")

    def weights(self) -> NDArray[np.float64]:
        """What a pair adds to the energy when kept apart, counted in one direction: symmetric, diagonal 0.

        Energies sum over ordered pairs, so that only the mean of the two directions enters.
        """
        mean = (self.propensities + self.propensities.T) / 2
        weights: NDArray[np.float64] = mean * np.outer(self.sizes, self.sizes)
        np.fill_diagonal(weights, 0.0)
        return weights


@dataclass(frozen=True)
class SignedEdges:
    """An undirected network with ties of two signs.

    Attributes
    ----------
    names
        One per actor, in the order of first mention.
    ends
        Shape ``(m, 2)``: indices into `names`, the first as given first; no pair twice, no pair of one actor.
    signs
        Shape ``(m,)``: 1 or -1.
    """

    names: tuple[str, ...]
    ends: NDArray[np.int64]
    signs: NDArray[np.int64]
    warnings: tuple[str, ...] = ()


def read_table(sizes: Path | str, propensities: Path | str) -> CoalitionTable:
    """Read a file ``actor,size`` and a square table of propensities with names on both sides.

    Raises
    ------
    InputError
        If a file cannot be read, a column is missing, a cell is no number, or a name stands twice.
    UnknownNameError
        If the two files do not name the same actors.
    """
    found = _sizes(Path(sizes))
    names = tuple(found)
    matrix = _square(Path(propensities), names)
    matrix, warnings = _filled(matrix, names)
    return CoalitionTable(names, np.array(list(found.values())), matrix, warnings)


def _sizes(path: Path) -> dict[str, float]:
    sizes: dict[str, float] = {}
    for line, row in _records(path, ("actor", "size")):
        name = row["actor"]
        if not name:
            raise InputError(f"{path}, line {line}: no actor is named.")
        if name in sizes:
            raise InputError(f"{path}, line {line}: {name} stands twice.", expected="one row per actor")
        size = _number(row["size"], f"{path}, line {line}: the size of {name}")
        if size is None:
            raise InputError(f"{path}, line {line}: {name} has no size.", expected="a number, 0 or more")
        if size < 0:
            raise InputError(f"{path}, line {line}: the size of {name} is negative: {size:g}.", expected="0 or more")
        sizes[name] = size
    return sizes


def _square(path: Path, names: Sequence[str]) -> NDArray[np.float64]:
    """The table in the order of `names`; cells that are blank, or whose row or column is missing, are NaN."""
    rows = _cells(path)
    if not rows:
        raise InputError(f"{path} is empty.", expected="a square table with the actors' names on both sides")
    header = [cell.strip() for cell in rows[0][1][1:]]
    while header and not header[-1]:
        header.pop()
    _known_once(header, names, f"{path}, header")
    index = {name: i for i, name in enumerate(names)}
    matrix = np.full((len(names), len(names)), np.nan)
    seen: list[str] = []
    for line, cells in rows[1:]:
        name, values = cells[0].strip(), cells[1:]
        if any(v.strip() for v in values[len(header) :]):
            raise InputError(f"{path}, line {line}: more cells than the header has names.")
        seen.append(name)
        _known_once(seen, names, f"{path}, line {line}")
        for column, text in zip(header, values, strict=False):
            value = _number(text, f"{path}, line {line}: the propensity of {name} for {column}")
            matrix[index[name], index[column]] = np.nan if value is None else value
    lost = [n for n in names if n not in seen and n not in header]
    if lost:
        raise InputError(
            f"{path} has no row and no column for {_listed(lost)}.",
            expected="every actor of the table of sizes",
            hint="add them, with blank cells where nothing is known, or take them out of the sizes",
        )
    return matrix


def _known_once(found: Sequence[str], names: Sequence[str], where: str) -> None:
    for name in found:
        if name not in names:
            raise unknown_name(f"actor ({where})", name, names, hint="the same names as in the table of sizes")
        if found.count(name) > 1:
            raise InputError(f"{where}: {name} stands twice.", expected="each name once")


def _filled(matrix: NDArray[np.float64], names: Sequence[str]) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Blanks from the mirror cell, else 0; and what is to be said about it."""
    np.fill_diagonal(matrix, 0.0)
    full = np.where(np.isnan(matrix), matrix.T, matrix)
    blank = [f"{names[i]}–{names[j]}" for i, j in np.argwhere(np.triu(np.isnan(full)))]
    uneven = [f"{names[i]}–{names[j]}" for i, j in np.argwhere(np.triu(~np.isclose(full, full.T, equal_nan=True)))]
    warnings = []
    if blank:
        warnings.append(f"No propensity for {_listed(blank)}, in neither direction: taken as 0.")
    if uneven:
        warnings.append(
            f"Propensities differ by direction for {_listed(uneven)}: taken as given; energies add up both "
            "directions, and who would leave goes by each actor's own."
        )
    return np.nan_to_num(full), tuple(warnings)


def read_edges(path: Path | str) -> SignedEdges:
    """Read a file ``from,to,sign``; signs are ``+``/``-``, ``1``/``-1`` or ``positive``/``negative``.

    Raises
    ------
    InputError
        If the file cannot be read, a sign is none, or one pair has both signs.
    """
    path = Path(path)
    found: list[tuple[str, str, int]] = []
    lines: list[int] = []
    for line, row in _records(path, ("from", "to", "sign")):
        sign = _SIGNS.get(row["sign"].casefold())
        if sign is None:
            raise InputError(
                f"{path}, line {line}: {row['sign']!r} is no sign.", expected="+ or -, 1 or -1, positive or negative"
            )
        if not (row["from"] and row["to"]):
            raise InputError(f"{path}, line {line}: an end of the edge has no name.")
        found.append((row["from"], row["to"], sign))
        lines.append(line)
    return signed_edges(found, where=str(path), lines=lines)


def signed_edges(
    edges: Sequence[tuple[str, str, int]], *, where: str = "edges", lines: Sequence[int] | None = None
) -> SignedEdges:
    """Check edges (from, to, 1 or -1) and number their ends. A pair is the same in either direction.

    Raises
    ------
    InputError
        If one pair has both signs, or no edge between two actors is left.
    """
    lines = lines or range(1, len(edges) + 1)
    names: dict[str, int] = {}
    kept: dict[frozenset[str], tuple[str, str, int, int]] = {}
    selves, doubles = [], []
    for (a, b, sign), line in zip(edges, lines, strict=True):
        names.setdefault(a, len(names))
        names.setdefault(b, len(names))
        pair = frozenset((a, b))
        if a == b:
            selves.append(a)
        elif pair not in kept:
            kept[pair] = (a, b, sign, line)
        elif kept[pair][2] == sign:
            doubles.append(f"{a}–{b}")
        else:
            raise InputError(
                f"{where}, lines {kept[pair][3]} and {line}: {a} and {b} are tied with both signs.",
                expected="one sign per pair, whichever way round it is written",
                hint="keep the one that outweighs the other",
            )
    if not kept:
        raise InputError(f"{where}: no edge between two actors.", expected="rows from,to,sign")
    warnings = []
    if selves:
        warnings.append(f"Edges from an actor to itself are dropped: {_listed(selves)}.")
    if doubles:
        warnings.append(f"Given more than once with one sign, counted once: {_listed(doubles)}.")
    ends = np.array([(names[a], names[b]) for a, b, _, _ in kept.values()], dtype=np.int64)
    signs = np.array([sign for _, _, sign, _ in kept.values()], dtype=np.int64)
    return SignedEdges(tuple(names), ends, signs, tuple(warnings))


def parse_blocs(text: str, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Blocs written as ``A,B|C,D``; names that contain commas or bars cannot be written so.

    Raises
    ------
    InputError
        If an actor stands twice or nowhere.
    UnknownNameError
        For a name that is not an actor's.
    """
    blocs = tuple(tuple(n.strip() for n in bloc.split(",") if n.strip()) for bloc in text.split("|"))
    found = [name for bloc in blocs for name in bloc]
    _known_once(found, names, "partition")
    lost = [n for n in names if n not in found]
    if lost:
        raise InputError(f"The partition leaves out {_listed(lost)}.", expected="every actor in one bloc: 'A,B|C,D'")
    return tuple(bloc for bloc in blocs if bloc)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _number(text: str, what: str) -> float | None:
    text = text.strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"{what} is no number: {text!r}.", expected="a number with a decimal point") from None
    if not math.isfinite(value):
        raise InputError(f"{what} is not finite: {text!r}.", expected="a finite number")
    return value


def _cells(path: Path) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, with their line numbers; comma, semicolon or tab between cells."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text: {error.reason}.") from error
    head = text.lstrip().split("\n", 1)[0]
    mark = next((m for m in ",;\t" if m in head), ",")
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: {error}.") from error


def _records(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows as mappings from the needed columns, whatever their order and case."""
    rows = _cells(path)
    if not rows:
        raise InputError(f"{path} is empty.", expected=f"a header {','.join(needed)} and one row each")
    header = [cell.strip().casefold() for cell in rows[0][1]]
    missing = [name for name in needed if name not in header]
    if missing:
        raise InputError(
            f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.",
            expected=f"a header {','.join(needed)}",
        )
    places = {name: header.index(name) for name in needed}
    for line, row in rows[1:]:
        yield line, {name: row[at].strip() if at < len(row) else "" for name, at in places.items()}
