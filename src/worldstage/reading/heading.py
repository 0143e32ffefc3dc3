"""Title, date line, by-line and notes above and below a text: recognised, and taken out of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from worldstage.reading import dateline, fields
from worldstage.reading.dateline import DateLine

_TOP, _BOTTOM, _MOST_FIELDS = 8, 4, 12
_LONGEST_TITLE, _MOST_TITLE_WORDS = 180, 28
_LEAST_BODY_WORDS = 6
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}$|\b(?:Inc|Corp|Jr|Sr|St)\.$")


@dataclass
class Heading:
    """What was recognised around a text, and the text without it.

    Attributes
    ----------
    published
        From a date line.
    stated
        From a block of fields (``Date: 2015-11-17``), which counts as metadata.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: dt.date | None = None
    stated: dt.date | None = None
    language: str | None = None
    address: str | None = None
    gone: set[int] = field(default_factory=set, repr=False)


def take(text: str, *, title: str | None = None) -> Heading:
    """Recognise what stands above and below a text.

    Parameters
    ----------
    text
        Clean text, its lines as the source broke them.
    title
        The title, where it is known already: then only that line is taken for one.
    """
    lines = text.split("\n")
    heading = Heading(text, title=title)
    _take_fields(lines, heading)
    _take_top(lines, heading)
    _take_bottom(lines, heading)
    _take_title(lines, heading)
    _take_wire(lines, heading)
    heading.text = "\n".join("" if at in heading.gone else one for at, one in enumerate(lines)).strip()
    return heading


def _standing(lines: list[str], heading: Heading) -> list[int]:
    """Numbers of the lines that hold text and were not taken."""
    return [at for at, one in enumerate(lines) if one and at not in heading.gone]


def _take_fields(lines: list[str], heading: Heading) -> None:
    """A block of at least two fields at the very top, as in a mail: ``Title: …``, ``Date: …``."""
    start = next((at for at, one in enumerate(lines) if one), 0)
    found: dict[str, str] = {}
    end = start
    while end < min(start + _MOST_FIELDS, len(lines)) and (named := fields.looks_named(lines[end])):
        found.setdefault(*named)
        end += 1
    if len(found) < 2 or (end < len(lines) and lines[end]):
        return
    said = fields.of(found)
    heading.gone.update(range(start, end))
    heading.title = heading.title or said.title
    heading.publisher, heading.author, heading.stated = said.publisher, said.author, said.published
    heading.language, heading.address = said.language, said.address


def _take_top(lines: list[str], heading: Heading) -> None:
    """The date lines, by-lines and notes among the first lines."""
    before: list[str] = []
    found: list[DateLine] = []
    chronology = _is_chronology(lines)
    for at in _standing(lines, heading)[:_TOP]:
        one = lines[at]
        dated = dateline.parse(one)
        if dated and not (dated.bare and chronology) and _may_follow(before):
            found.append(dated)
            heading.gone.add(at)
        elif ((who := dateline.author_of(one)) or dateline.is_note(one)) and _may_follow(before):
            heading.author = heading.author or who
            heading.gone.add(at)
        else:
            before.append(one)
    # What was printed on the day of reading, or updated since, is later than the day of publication.
    for dated in sorted(found, key=lambda line: (not line.published, line.day)):
        _note_date(dated, heading)


def _is_chronology(lines: list[str]) -> bool:
    """Whether dates stand alone among the lines of the text, as sub-headings."""
    days = {dated.day for one in lines if len(one) < 40 and (dated := dateline.parse(one)) and dated.bare}
    return len(days) > 2


def _may_follow(before: list[str]) -> bool:
    """Whether these lines are all heading: titles, perhaps one sentence that sums up, but no text yet."""
    if len(before) > 3 or any(len(one) > 300 or dateline.is_wire(one) for one in before):
        return False
    return sum(not _title_like(one) for one in before) <= 1


def _note_date(found: DateLine, heading: Heading) -> None:
    heading.published = heading.published or found.day
    heading.publisher = heading.publisher or found.publisher
    heading.author = heading.author or found.author


def _take_bottom(lines: list[str], heading: Heading) -> None:
    """Notes and a date line that names outlet, author or label below the text."""
    standing = _standing(lines, heading)
    for at in reversed(standing[1:][-_BOTTOM:]):
        dated = dateline.parse(lines[at])
        if dated and not dated.bare:
            _note_date(dated, heading)
        elif not dateline.is_note(lines[at]):
            return
        heading.gone.add(at)


def _take_title(lines: list[str], heading: Heading) -> None:
    """The title: the line known as such, or a first line that stands apart and is no sentence."""
    standing = _standing(lines, heading)
    if not standing:
        return
    first = standing[0]
    if heading.title is not None:
        known = _folded(heading.title)
        repeats = {at for at in standing[:_TOP] if _folded(lines[at]) == known}
        heading.gone.update(repeats if len(repeats) < len(standing) else ())
        return
    if not _may_be_title(lines, standing, heading):
        return
    # A word or two above the title name the section (``World``), and go with it.
    if len(lines[first].split()) <= 3 and len(standing) > 1 and len(lines[standing[1]].split()) > 4:
        heading.gone.add(first)
        if _may_be_title(lines, standing[1:], heading):
            first = standing[1]
        else:
            heading.gone.discard(first)
    heading.title = re.sub(r"^(?:#+\s+|(?:headline|title):\s*)", "", lines[first], flags=re.IGNORECASE)
    known = _folded(heading.title)
    heading.gone.update(at for at in standing[:_TOP] if _folded(lines[at]) == known or at == first)


def _may_be_title(lines: list[str], standing: list[int], heading: Heading) -> bool:
    """Whether the first line that stands is set apart from a text below it, and reads like a title."""
    first = standing[0]
    body = sum(len(lines[at].split()) for at in standing[1:])
    below = lines[first + 1] if first + 1 < len(lines) else ""
    apart = not below or first + 1 in heading.gone or dateline.is_wire(below)
    return apart and body >= _LEAST_BODY_WORDS and _title_like(lines[first])


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _title_like(one: str) -> bool:
    if len(one) > _LONGEST_TITLE or len(one.split()) > _MOST_TITLE_WORDS or dateline.is_wire(one):
        return False
    if one.endswith((",", ";", ":")):
        return False
    return one.endswith(("?", "!", "?’", "?”")) or not _SENTENCE_END.search(one) or bool(_ABBREVIATION.search(one))


def _take_wire(lines: list[str], heading: Heading) -> None:
    """Date and agency from the dateline in which a wire report begins; it stays in the text."""
    for at in _standing(lines, heading)[:2]:
        day, agency = dateline.wire(lines[at])
        heading.published = heading.published or day
        heading.publisher = heading.publisher or agency
