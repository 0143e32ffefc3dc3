"""The annotated test documents: their parser; `python -m benchmarks.coder.documents [FILE …]` checks them.

The format is told in `README.md` beside this file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from worldstage.core.errors import InputError, nearest
from worldstage.core.records import SECTORS, STATUSES
from worldstage.reference.plover import TYPES
from worldstage.reference.tables import rows, state_names

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
SECOND = HERE / "second"
KINDS = tuple("news briefing analysis interview wire broadcast communique chronology background editorial".split())
HEADER = ("title", "publisher", "date", "kind")
COLUMNS = tuple("type mode status actors recipients date place deaths injured attribution evidence".split())
RULE = "====="
DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
COUNT = re.compile(r"(\d+)(-(\d+)?)?")

T = TypeVar("T")
Count = tuple[int, int | None]
"""Lowest and highest number told; the highest is None for *at least*."""


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One annotated event; `start` and `end` bound its evidence in the document's text.

    `date` keeps the precision written (year, month or day); `place` is name and state (None at sea);
    None is *not told*.
    """

    type: str
    modes: tuple[str, ...]
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: str | None
    place: tuple[str, str | None] | None
    deaths: Count | None
    injured: Count | None
    attribution: str | None
    evidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TestDocument:
    """One document with all its events, in the order of the file."""

    __test__ = False

    name: str
    title: str
    publisher: str
    date: dt.date
    kind: str
    text: str
    events: tuple[GoldEvent, ...]


def parse(source: str, name: str) -> TestDocument:
    """The document in a file's text.

    Raises
    ------
    InputError
        With the line at which the file departs from the format.
    """
    lines = source.splitlines()
    head = _header(lines, name)
    rules = [i for i, line in enumerate(lines) if line.strip() == RULE]
    if len(rules) != 1:
        raise InputError(f"{name}: {len(rules)} lines {RULE!r}.", expected="exactly one, between text and events")
    text = "\n".join(lines[len(HEADER) + 1 : rules[0]]).strip()
    if not text:
        raise InputError(f"{name}: no text.", expected=f"paragraphs before {RULE!r}")
    events = parse_events(lines[rules[0] + 1 :], text, name, first=rules[0] + 2)
    date = dt.date.fromisoformat(head["date"])
    return TestDocument(name, head["title"], head["publisher"], date, head["kind"], text, events)


def parse_events(lines: Iterable[str], text: str, name: str, *, first: int = 1) -> tuple[GoldEvent, ...]:
    """The events on annotation lines, their evidence found in `text`; `first` is the first line's number.

    Raises
    ------
    InputError
        With all faulty lines.
    """
    events: list[GoldEvent] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=first):
        if line.strip():
            try:
                events.append(_event(line, text, f"{name}, line {number}"))
            except InputError as error:
                faults.append(str(error))
    if faults:
        raise InputError("\n".join(faults))
    return tuple(events)


def load(path: Path) -> TestDocument:
    """The document in a file."""
    return parse(path.read_text(encoding="utf-8"), path.stem)


def load_all(folder: Path = DOCUMENTS) -> list[TestDocument]:
    """All documents of a folder, by name."""
    return [load(path) for path in sorted(folder.glob("*.txt"))]


def load_second(document: TestDocument, folder: Path = SECOND) -> TestDocument | None:
    """The same text with the second annotator's events; None where there is no second annotation."""
    path = folder / f"{document.name}.txt"
    if not path.exists():
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    return replace(document, events=parse_events(lines, document.text, f"second/{document.name}"))


def fingerprint(folder: Path = DOCUMENTS) -> str:
    """SHA-256 over names and bytes of all files of the test set: floors are pinned with it."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.txt")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _header(lines: list[str], name: str) -> dict[str, str]:
    head: dict[str, str] = {}
    for number, key in enumerate(HEADER, start=1):
        line = lines[number - 1] if len(lines) >= number else ""
        got, colon, value = line.partition(":")
        if not colon or got != key or not value.strip():
            raise InputError(f"{name}, line {number}: {line[:60]!r}.", expected=f"{key}: …")
        head[key] = value.strip()
    if len(lines) <= len(HEADER) or lines[len(HEADER)].strip():
        raise InputError(f"{name}, line {len(HEADER) + 1}: text at once.", expected="a blank line after the header")
    _known(head["kind"], KINDS, "kind", f"{name}, line 4")
    if len(head["date"]) != len("2000-01-01"):
        raise InputError(f"{name}, line 3: date {head['date']!r}.", expected="YYYY-MM-DD")
    _date(head["date"], f"{name}, line 3")
    return head


def _event(line: str, text: str, where: str) -> GoldEvent:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != len(COLUMNS):
        raise InputError(f"{where}: {len(cells)} columns.", expected=f"{len(COLUMNS)}: " + " | ".join(COLUMNS))
    kind, modes, status, actors, recipients, date, place, deaths, injured, attribution, evidence = cells
    _known(kind, TYPES, "type", where)
    mode_names = () if modes == "-" else tuple(modes.split())
    for mode in mode_names:
        _known(mode, TYPES[kind].modes, f"mode of {kind}", where)
    _known(status, STATUSES, "status", where)
    start, end = _find(evidence, text, where)
    return GoldEvent(
        kind,
        mode_names,
        status,
        _codes(actors, where),
        _codes(recipients, where),
        _optional(date, _date, where),
        _optional(place, _place, where),
        _optional(deaths, _count, where),
        _optional(injured, _count, where),
        _optional(attribution, lambda cell, _: cell, where),
        text[start:end],
        start,
        end,
    )


def _optional(cell: str, read: Callable[[str, str], T], where: str) -> T | None:
    if not cell:
        raise InputError(f"{where}: an empty column.", expected="'-' where nothing is told")
    return None if cell == "-" else read(cell, where)


def _known(value: str, known: Iterable[str], what: str, where: str) -> None:
    known = list(known)
    if value not in known:
        shown = nearest(value, known) or known[:24]
        raise InputError(f"{where}: unknown {what} {value!r}.", expected=" or ".join(shown) or "none")


def _codes(cell: str, where: str) -> tuple[str, ...]:
    if not cell:
        raise InputError(f"{where}: an empty column.", expected="'-' where nobody is told")
    found = () if cell == "-" else tuple(part.strip() for part in cell.split(","))
    for code in found:
        country, colon, sector = code.partition(":")
        if not colon:
            _known(code, _all_codes(), "actor code", where)
            continue
        _known(sector, SECTORS, f"sector in {code!r}", where)
        if country != "?":
            _known(country, state_names(), f"state in {code!r}", where)
    if len(set(found)) != len(found):
        raise InputError(f"{where}: an actor named twice in {cell!r}.", expected="each code once")
    return found


@cache
def _all_codes() -> frozenset[str]:
    named = {row["code"] for table in ("groups", "organisations") for row in rows(table)}
    return frozenset(named | set(state_names()))


def _date(cell: str, where: str) -> str:
    try:
        if not DAY.fullmatch(cell):
            raise ValueError(cell)
        dt.date.fromisoformat(cell + "-01" * (2 - cell.count("-")))
    except ValueError:
        raise InputError(f"{where}: bad date {cell!r}.", expected="YYYY, YYYY-MM, YYYY-MM-DD or -") from None
    return cell


def _place(cell: str, where: str) -> tuple[str, str | None]:
    name, slash, state = cell.rpartition("/")
    if not slash or not name:
        raise InputError(f"{where}: bad place {cell!r}.", expected="Name/ISO3, or Name/- for a sea or a river")
    if state == "-":
        return name, None
    _known(state, state_names(), f"state in {cell!r}", where)
    return name, state


def _count(cell: str, where: str) -> Count:
    match = COUNT.fullmatch(cell)
    if not match:
        raise InputError(f"{where}: bad count {cell!r}.", expected="4, 4- (at least) or 3-5")
    low = int(match[1])
    high = low if match[2] is None else int(match[3]) if match[3] else None
    if high is not None and high < low:
        raise InputError(f"{where}: bad count {cell!r}.", expected="the lower number first")
    return low, high


def _find(evidence: str, text: str, where: str) -> tuple[int, int]:
    """The one place of the evidence in the text, any white space standing for any other."""
    words = evidence.split()
    if not words:
        raise InputError(f"{where}: no evidence.", expected="words of the text")
    pattern = r"\s+".join(re.escape(word) for word in words)
    spots = [match.span() for match in re.finditer(pattern, text)]
    if len(spots) != 1:
        raise InputError(
            f"{where}: evidence found {len(spots)} times: {evidence!r}.",
            expected="words that stand exactly once in the text",
        )
    return spots[0]


def main(paths: list[str]) -> int:
    """Check files (all of them, if none is named): print every fault, then the counts."""
    faults, documents = 0, []
    for path in [Path(p) for p in paths] or sorted(DOCUMENTS.glob("*.txt")):
        try:
            document = load(path)
            second = load_second(document) if not paths else None
        except InputError as error:
            faults += 1
            print(error, file=sys.stderr)
            continue
        documents.append(document)
        words = len(document.text.split())
        told = "" if second is None else f", second annotator {len(second.events)}"
        print(f"{document.name}: {document.kind}, {words} words, {len(document.events)} events{told}")
    print(f"{len(documents)} documents, {sum(len(d.events) for d in documents)} events, {faults} files with faults")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
