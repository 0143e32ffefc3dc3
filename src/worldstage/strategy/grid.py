"""A CSV file as a grid of stripped cells: encodings, separators, numbers, with errors that name the place."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

from worldstage.core.errors import InputError

SEPARATORS = ",;\t|"


@dataclass(frozen=True)
class Grid:
    """The rows of a file.

    Attributes
    ----------
    rows
        Each with its line number; blank lines are left out, trailing empty cells are cut.
    decimal_comma
        Whether ``0,8`` is a number, as it is where cells are not separated by commas.
    """

    path: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    decimal_comma: bool
    warnings: tuple[str, ...] = ()

    def number(self, text: str, line: int, column: str) -> float:
        """The number in a cell.

        Raises
        ------
        InputError
            If it is none, or not finite.
        """
        plain = text.replace("\N{MINUS SIGN}", "-")
        if self.decimal_comma and "," in plain and "." not in plain:
            plain = plain.replace(",", ".")
        try:
            # Python reads 1_000 as a number; a table does not mean one.
            value = float(plain) if "_" not in plain else math.nan
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        raise InputError(
            f"{self.path}, line {line}, column {column!r}: {text!r} is not a number.",
            expected="a finite number such as 0.8 or 45",
            hint="write numbers without units, thousands separators or a percent sign" if text else "",
        )


def read_grid(path: str | Path) -> Grid:
    """Read a CSV file with commas, semicolons, tabs or bars, in UTF-8, UTF-16 or Windows-1252.

    Raises
    ------
    InputError
        If the file cannot be read, is empty, or is no text.
    """
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error
    text, warnings = _decode(data, name)
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise InputError(
            f"{name} is empty.", expected="a table with a header, such as actor,capability,position,salience"
        )
    separator = _separator(lines)
    rows = []
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True, strict=True)
        for cells in reader:
            stripped = [" ".join(c.split()) for c in cells]
            while stripped and not stripped[-1]:
                stripped.pop()
            if stripped:
                rows.append((reader.line_num, tuple(stripped)))
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}.", hint="check the quotation marks") from error
    return Grid(name, tuple(rows), separator != ",", tuple(warnings))


def _decode(data: bytes, name: str) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data:
        raise InputError(f"{name} is not a text file.", expected="a CSV file", hint="export the sheet as CSV")
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        if encoding == "utf-16":
            raise InputError(f"{name} is cut off or is not UTF-16: {error.reason}.") from error
    text = data.decode("cp1252", errors="replace")
    return text, [f"{name} is not UTF-8; it was read as Windows-1252. Check names with accents."]


def _separator(lines: list[str]) -> str:
    """What stands most often in the first lines, outside of quotation marks."""
    head = "\n".join([line for line in lines if line.strip()][:5])
    bare = "".join(head.split('"')[::2])
    return max(SEPARATORS, key=lambda s: (bare.count(s), s == ","))
