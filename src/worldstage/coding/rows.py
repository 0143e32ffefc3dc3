"""The labelled sentences of `training/`: reading and checking their format (see ``training/GUIDE.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from worldstage.core.errors import InputError
from worldstage.core.records import STATUSES
from worldstage.reference.plover import TYPES

NONE = "NONE"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """What happens between actors and recipients of one sentence; spans are half-open character offsets."""

    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    type: str
    mode: tuple[str, ...] = ()
    status: str = "occurred"
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence and where it stands."""

    text: str
    pairs: tuple[Pair, ...]
    source: str = ""


def read(paths: Iterable[Path]) -> Iterator[Sentence]:
    """All sentences of the files, in order.

    Raises
    ------
    InputError
        At the first line that breaks the format, with file and line.
    """
    for path in paths:
        yield from parse(path.read_text(encoding="utf-8"), source=path.name)


def parse(text: str, *, source: str = "") -> Iterator[Sentence]:
    """The sentences in a text in the format of the guide."""
    sentence, where = "", ""
    pairs: list[Pair] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        place = f"{source}:{number}"
        if line.startswith("#"):
            continue
        if not line.strip():
            if sentence:
                if not pairs:
                    raise InputError(f"{where}: sentence without a pair.", expected="indented lines below it")
                yield Sentence(sentence, tuple(pairs), where)
            sentence, pairs = "", []
        elif line[0].isspace():
            if not sentence:
                raise InputError(f"{place}: pair without a sentence above it.")
            pairs.append(_pair(line.strip(), sentence, place))
        elif sentence:
            raise InputError(f"{place}: two sentences without an empty line between them.")
        else:
            sentence, where = line.strip(), place


def _pair(line: str, sentence: str, place: str) -> Pair:
    fields = [part.strip() for part in line.split("|")]
    if ">" not in fields[0]:
        raise InputError(f"{place}: no '>' between actor and recipient.", expected="actor > recipient | TYPE …")
    left, right = fields[0].split(">", 1)
    actors = tuple(find(name, sentence, place) for name in _names(left))
    recipients = tuple(find(name, sentence, place) for name in _names(right))
    if not actors and not recipients:
        raise InputError(f"{place}: neither actor nor recipient.")
    kind, *modes = fields[1].split() if len(fields) > 1 and fields[1] else [""]
    if kind == NONE:
        return Pair(actors, recipients, NONE)
    if kind not in TYPES:
        raise InputError(f"{place}: unknown type {kind!r}.", expected=", ".join([*TYPES, NONE]))
    for mode in modes:
        if mode not in TYPES[kind].modes:
            raise InputError(f"{place}: {kind} has no mode {mode!r}.", expected=", ".join(TYPES[kind].modes) or "none")
    if len(fields) != 4:
        raise InputError(f"{place}: {len(fields)} fields.", expected="4: pair | TYPE mode | status | trigger")
    if fields[2] not in STATUSES:
        raise InputError(f"{place}: unknown status {fields[2]!r}.", expected=", ".join(STATUSES))
    return Pair(actors, recipients, kind, tuple(modes), fields[2], find(fields[3], sentence, place))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(";") if name.strip()]


def find(name: str, sentence: str, place: str = "") -> Span:
    """Span of the words in the sentence; ``name#2`` is their second occurrence.

    Whole words are preferred to parts of words (*US* is not found in *USSR* where *US* also stands alone).
    """
    match = re.fullmatch(r"(.*)#(\d)", name, re.DOTALL)
    words, nth = (match[1], int(match[2])) if match else (name, 1)
    spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", sentence)]
    if len(spans) < nth:
        spans = [m.span() for m in re.finditer(re.escape(words), sentence)]
    if len(spans) < nth:
        raise InputError(f"{place}: {name!r} does not stand in the sentence.")
    return spans[nth - 1]
