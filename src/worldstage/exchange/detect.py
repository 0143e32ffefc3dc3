"""Which format a file is in, by its header and its width; its delimiter, encoding and columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from worldstage.core.errors import InputError
from worldstage.exchange import files
from worldstage.exchange.mapping import Layout, folded

_DELIMITERS = ("\t", ",", ";", "|")


@dataclass(frozen=True)
class Sample:
    """The beginning of a file as text.

    Attributes
    ----------
    rows
        Its first rows, split; the first of them may be a header.
    """

    path: str
    encoding: str
    delimiter: str
    quote: str
    rows: tuple[tuple[str, ...], ...]
    text: str

    @property
    def width(self) -> int:
        """How many columns most rows have."""
        return Counter(len(r) for r in self.rows).most_common(1)[0][0] if self.rows else 0


@dataclass(frozen=True)
class Found:
    """A file that is understood: its layout as it is there, its columns, and the lines before the first row."""

    layout: Layout
    columns: tuple[str, ...]
    skip: int


def read_sample(path: Path, member: str | None = None) -> Sample:
    """Look at the beginning of a file.

    Raises
    ------
    InputError
        If it is empty or no text.
    """
    where = f"{path}:{member}" if member else str(path)
    data = files.sample(path, member)
    if not data.strip():
        raise InputError(f"{where} is empty.")
    if data.count(b"\x00") > len(data) // 100:
        raise InputError(f"{where} is no text.", expected="a table as text, gzipped or zipped, or Parquet")
    try:
        text, encoding = data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        # A stray byte among much that is UTF-8 costs its line; a file in Latin-1 has many.
        broken = data.decode("utf-8", "replace").count("�")
        wide = sum(b >= 0xC2 for b in data)
        encoding = "utf-8" if broken <= max(1, wide // 10) and error.start > 0 else "latin-1"
        text = data.decode(encoding, "replace")
    text = text.removeprefix("﻿")
    lines = text.splitlines()[:400]
    first = lines[0]
    delimiter = max(_DELIMITERS, key=lambda d: (first.count(d), -_DELIMITERS.index(d)))
    if first.count(delimiter) == 0:
        delimiter = ","
    quote = '"' if _quoted(lines, delimiter) else ""
    csv.field_size_limit(max(csv.field_size_limit(), len(data) + 1))
    head = io.StringIO("\n".join(lines), newline="")
    try:
        rows = [
            tuple(r) for r in csv.reader(head, delimiter=delimiter, quotechar='"', quoting=3 if not quote else 0) if r
        ]
    except csv.Error as error:
        raise InputError(f"{where} is no table: {error}.") from error
    return Sample(where, encoding, delimiter, quote, tuple(rows[:-1] if len(rows) > 300 else rows), text)


def _quoted(lines: Sequence[str], delimiter: str) -> bool:
    """Whether quotation marks enclose values here, rather than stand within them."""
    opening = sum(line.startswith('"') + line.count(delimiter + '"') for line in lines)
    closing = sum(line.endswith('"') + line.count('"' + delimiter) for line in lines)
    if delimiter != "\t":
        return True
    return opening > 0 and closing >= opening / 2 and opening > len(lines) / 4


def as_found(layout: Layout, sample: Sample) -> Found:
    """The layout with delimiter, encoding and columns as this file has them.

    Extra columns beyond the header (some releases have trailing tabs) get names of their own.
    """
    names = [c.strip() for c in sample.rows[0]] if layout.header else list(layout.columns)
    width = Counter(len(r) for r in sample.rows[1:]).most_common(1)[0][0] if len(sample.rows) > 1 else len(names)
    names = [*names, *(f"extra {i}" for i in range(width - len(names)))]
    there = replace(
        layout, delimiter=sample.delimiter, encoding=sample.encoding,
        quote=sample.quote if sample.delimiter == "\t" else '"',
    )  # fmt: skip
    return Found(there, tuple(names), 1 if layout.header else 0)


def matches(layout: Layout, sample: Sample) -> float:
    """How surely a file has this layout, from 0 to 1: the share of its columns that stand in the header."""
    if layout.reader != "csv" or not sample.rows:
        return 0.0
    header = {folded(c) for c in sample.rows[0]}
    if any(folded(c) not in header for c in layout.needed()):
        return 0.0
    return len(header & {folded(c) for c in layout.columns}) / len(layout.columns)
