"""`worldstage classify`: what happens between actors and recipients given with their sentences."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from typing import IO

import click

from worldstage.core.errors import InputError

_NEEDED = ("sentence", "actor", "recipient")
_ADDED = ("type", "p_event", "mode", "status", "confidence")


@click.command()
@click.option(
    "--input",
    "-i",
    "path",
    required=True,
    metavar="FILE",
    help="TSV with the columns sentence, actor, recipient; - for standard input.",
)
@click.option("--fast", is_flag=True, help="Leave the encoders out: some six times as fast, less often right.")
def command(path: str, fast: bool) -> None:
    """Classify pairs: TSV in, the same rows with type, p_event, mode, status and confidence added out.

    One row for each row, in the same order, with all other columns kept. `type` is the best PLOVER type and never
    empty; `p_event` is the probability that anything happens between the two at all.
    """
    from worldstage.coding.classify import classify_stream

    file = _open(path)
    with file:
        rows, columns = _rows(file, path)
        kept: list[list[str]] = []
        # Columns of our names that the input has already are replaced, not doubled.
        others = [i for i, c in enumerate(columns) if c not in _ADDED]
        place = {name: columns.index(name) for name in _NEEDED}

        def pairs() -> Iterator[tuple[str, str, str]]:
            for row in rows:
                kept.append(row)
                yield row[place["sentence"]], row[place["actor"]], row[place["recipient"]]

        out = csv.writer(
            sys.stdout, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None, escapechar=None
        )
        out.writerow([*(columns[i] for i in others), *_ADDED])
        for result in classify_stream(pairs(), fast=fast):
            row = kept.pop(0)
            out.writerow(
                [
                    *(row[i] for i in others),
                    result.type,
                    f"{result.p_event:.4f}",
                    result.mode,
                    result.status,
                    f"{result.confidence:.4f}",
                ]
            )


def _open(path: str) -> IO[str]:
    if path == "-":
        return sys.stdin
    try:
        return open(path, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def _rows(file: IO[str], path: str) -> tuple[Iterator[list[str]], list[str]]:
    """The rows, each of the header's length, and the header. Quotation marks are taken as they stand."""
    lines = (line.rstrip("\r\n") for line in file)
    try:
        header = next(lines, "").split("\t")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text: {error.reason}.") from error
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise InputError(
            f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.",
            expected="tab-separated columns sentence, actor, recipient, with a header",
        )

    def rows() -> Iterator[list[str]]:
        for number, line in enumerate(lines, 2):
            cells = line.split("\t")
            if len(cells) != len(header):
                raise InputError(
                    f"{path}, line {number}: {len(cells)} columns, the header has {len(header)}.",
                    expected="tab-separated rows of equal length",
                )
            yield cells

    return rows(), header
