"""Lines that say when and by whom a report was published: ``Example Gazette, November 17, 2015``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from worldstage.reading import dates

_LONGEST, _MOST_WORDS = 160, 24
_LABEL = re.compile(
    r"(?:^|(?<=[\s(|·•—–-]))(?:(?:first|originally|last|date|and)\s+)*(?P<label>published|posted|issued|released|created"
    r"|filed|written|updated|modified|date of publication|publication date|publish(?:ing)? date|pub date|date)"
    r"(?:\s+(?:on|at))?\s*:?\s*$",
    re.IGNORECASE,
)
_LATER = re.compile(r"updated|modified", re.IGNORECASE)
_CUT = re.compile(r"\s*[·•|‧∙;]\s*|\s+(?:[-–—]{1,2}|/)\s+|\s*[–—]\s*|\t+")
_BY = re.compile(r"by:?\s+(?P<who>\S.{1,80})$", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:written for|written by|compiled by|edited by|for immediate release|all rights|copyright|©|\(c\)|updated\b"
    r"|last updated|\d+\s*(?:min(?:ute)?s?\b|words\b|comments?\b)|exclusive$|analysis$|opinion$|background$"
    r"|press release$|(?:a|an|\d+)\s+(?:year|month|week|day|hour|minute)s?\s+ago$|\w+ staff$|story code|share\b|print\b"
    r"|photo|source:|dispatch no|no\. \d)",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\s(?:and\b|staff|newsroom|correspondents?|reporters?|writers?|bureau|desk)(?=\s|$)", re.IGNORECASE
)
_CREDIT = re.compile(
    r"\(?(?:(?:additional |with )?(?:reporting|writing|editing|translated|compiled)(?: and \w+)? by\b|our standards:)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\(?\d\d?[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{1,4}T|UTC|Z)?\)?$", re.IGNORECASE)
_SECTIONS = frozenset(
    ("world", "politics", "news", "opinion", "europe", "asia", "africa", "americas", "business", "national",
     "international", "home", "middle east", "world news")
)  # fmt: skip
# A name before a comma may be a place (``Paris, 17 November 2015``); with one of these words it is an outlet.
_OUTLET = re.compile(
    r"\b(?:times|post|gazette|news|newswire|wire|agency|press|herald|tribune|journal|guardian|daily|telegraph|reuters"
    r"|ap|afp|upi|tass|itar|interfax|xinhua|anadolu|irna|sana|bbc|cnn|cbs|nbc|abc|npr|monitor|review|chronicle|observer"
    r"|independent|mail|radio|television|tv|broadcasting|bulletin|service|report|magazine|today|standard|star|globe"
    r"|examiner|dispatch|courier|insider|online|media|network|ministry|department|institute|jazeera|mirror|economist)\b"
    r"|\.(?:com|org|net|info|co\.\w\w)\b|^the\s(?!hague\b)",
    re.IGNORECASE,
)
# The place in capitals, perhaps country, day and agency, and then a dash.
_WIRE = re.compile(
    r"[A-Z][A-Z'’.\-]{2,}(?:[ /][A-Z][A-Z'’.\-]+){0,3}(?:,\s[A-Z][a-z.]+){0,2}"
    r"(?:,?\s(?:[A-Z][a-z]{2,8}\.?\s\d\d?|\d\d?\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?\.?)?"
    r"\s*(?:\([^)]{2,40}\)|/[A-Z ]{2,20}/)?\s*(?:[—–]|--?(?=\s)|(?<=/)\.)"
)
_AGENCY = re.compile(r"[(/](?P<agency>[A-Z][\w.&’' ]{1,40}?)[)/]")


@dataclass(frozen=True, slots=True)
class DateLine:
    """What a date line says.

    Attributes
    ----------
    published
        Whether it calls the date that of publication.
    bare
        Whether it holds a date and nothing else, as the sub-headings of a chronology do too.
    """

    day: dt.date
    publisher: str | None = None
    author: str | None = None
    published: bool = False
    bare: bool = False


def parse(line: str) -> DateLine | None:
    """What a line says of its report's publication; None for a line that is anything else.

    Apart from the date it may hold labels, outlets, authors, times and notes, between commas, dashes, dots or bars;
    a sentence that only mentions a date is no date line.
    """
    if len(line) > _LONGEST or len(line.split()) > _MOST_WORDS:
        return None
    found = dates.find(line)
    if not found:
        return None
    rest, labels = _without(line, found)
    pieces = _pieces(rest)
    if pieces is None:
        return None
    said = next((f for f, label in zip(found, labels, strict=True) if label and not _LATER.search(label)), None)
    publisher = author = None
    for piece, alone in pieces:
        if by := _BY.match(piece):
            author = author or by["who"].strip()
        elif not (_NOTE.match(piece) or _TIME.match(piece) or piece.lower() in _SECTIONS):
            if not _name_like(piece):
                return None
            if publisher is None and (alone or _OUTLET.search(piece)):
                publisher = piece
    bare = not any(labels) and all(_TIME.match(piece) or _NOTE.match(piece) for piece, _ in pieces)
    return DateLine((said or found[0]).day, publisher, author, published=said is not None, bare=bare)


def _without(line: str, found: list[dates.Found]) -> tuple[str, list[str | None]]:
    """The line with each date replaced by a bar, and the label that stood before each."""
    labels: list[str | None] = []
    kept, at = "", 0
    for one in found:
        before = line[at : one.first]
        label = _LABEL.search(before)
        labels.append(label["label"] if label else None)
        kept += (before[: label.start()] if label else before) + "\0"
        at = one.last
    return kept + line[at:], labels


# Words that tie a date to an outlet or author, instead of a mark between them.
_TIES = (
    (re.compile(r"^source:?\s+([^\0]{2,60}?)[\s,]*\0", re.IGNORECASE), "\\1 · \0"),
    (re.compile(r"\s+(?:on|at)\s+\0", re.IGNORECASE), " · \0"),
    (re.compile(r"\0\s+by\s+", re.IGNORECASE), "\0 · by "),
    (re.compile(r"^(?:posted|published|written|filed)\s+by\s+", re.IGNORECASE), "by "),
)


def _pieces(rest: str) -> list[tuple[str, bool]] | None:
    """What stands around the dates, each piece with whether more than a comma sets it apart.

    None where a date is part of a phrase (``the attacks of 13 November 2015``), so that the line is no date line.
    """
    pieces: list[tuple[str, bool]] = []
    for tie, apart in _TIES:
        rest = tie.sub(apart, rest)
    for strong in _CUT.split(rest):
        if not strong.strip(" ,()."):
            continue
        parts = strong.split(",")
        for at, part in enumerate(parts):
            # A date must have its place between separators to itself.
            if "\0" in part and re.search(r"[^\s\0()\[\].:]", part):
                opened = re.sub(r"\0", " ", part).strip()
                if not re.fullmatch(r"\(.*\)|\[.*\]", opened):
                    return None
            piece = part.replace("\0", "").strip(" ()[]\t")
            if piece.strip("."):
                pieces.append((piece, len(parts) == 1 or (at == 0 and "\0" not in strong)))
    return pieces


def _name_like(piece: str) -> bool:
    """Whether a piece may be the name of an outlet, a place or a person: few words, in capitals."""
    words = piece.split()
    if len(words) > 7 or len(piece) > 60 or piece[-1] in "?!:" or (piece[-1] == "." and len(words) > 3):
        return False
    return all(not word[0].islower() for word in words if len(word) > 3) and any(c.isalpha() for c in piece)


def author_of(line: str) -> str | None:
    """The author that a by-line (``By Ann Example``) names; None if the line is none."""
    match = _BY.match(line)
    if not match or len(line.split()) > 10 or line.endswith((".", "?", "!", ":")):
        return None
    who = match["who"].strip()
    return who if _name_like(_STAFF.sub("", _CUT.split(who.split(",")[0])[0])) else None


def is_note(line: str) -> bool:
    """Whether a line is a note about the report (``Written for demonstration``) and no part of it."""
    if _CREDIT.match(line):
        return len(line) <= 300
    return len(line) <= 80 and not line.endswith((".", "?", "!")) and bool(_NOTE.match(line))


def is_wire(line: str) -> bool:
    """Whether a line opens as the first of a wire report does: ``MOSCOW (Wire) —``."""
    return _WIRE.match(line) is not None


def wire(line: str) -> tuple[dt.date | None, str | None]:
    """Date, with a year only, and agency in the dateline of a wire report: ``LONDON, Nov 13, 2015 (Wire) —``."""
    match = _WIRE.match(line)
    if not match:
        return None, None
    found = dates.find(match.group())
    agency = _AGENCY.search(match.group())
    return (found[0].day if found else None), (agency["agency"].strip() if agency else None)
