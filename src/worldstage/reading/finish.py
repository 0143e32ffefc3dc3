"""From what a reader found to a document: cleaned, dated, in a known language, of a sensible length."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from worldstage.core.records import Document, Skipped
from worldstage.reading import dateline, dates, heading, normal
from worldstage.reading.language import language
from worldstage.reading.raw import Draft

LONGEST = 200_000
LEAST_WORDS = 3
_LEAST_LETTERS = 12
_WORD = re.compile(r"[^\W\d_]{2,}")


def finish(draft: Draft, source: str, *, published: dt.date | None = None) -> Document | Skipped:
    """The document that a draft makes, or why it makes none.

    Parameters
    ----------
    source
        Path or address of the file or page that held it.
    published
        The date of publication that the user gave; it goes before all others.
    """
    name = f"{source}:{draft.part}" if draft.part else source
    text = normal.clean(draft.text)
    if len(text) > LONGEST:
        return Skipped(name, f"longer than {LONGEST:,} characters ({len(text):,}): split it into its articles")
    found = heading.take(text, title=normal.line(draft.title))
    body = normal.paragraphs(found.text, wrapped=draft.wrapped)
    if reason := _too_little(body):
        return Skipped(name, reason)
    address = _web(draft.address) or _web(found.address) or (name if _web(source) else None)
    above = next((line for one in draft.lead if (line := dateline.parse(normal.clean(one)))), None)
    day, origin = _date(
        draft, found.stated, (found.published, above.day if above else None), published, address or source
    )
    publisher = normal.line(draft.publisher or found.publisher or (above.publisher if above else None))
    return Document.make(
        body,
        published=day,
        published_from=origin,
        title=normal.line(found.title),
        publisher=publisher or (_host(address) if address else None),
        author=normal.line(draft.author or found.author or (above.author if above else None)),
        language=language(body, declared=draft.language or found.language),
        source=_web(draft.address) or _web(found.address) or name,
        kind=draft.kind,
    )


def _too_little(text: str) -> str | None:
    """Why a text is too short to be one; None if it is long enough."""
    words = _WORD.findall(text)
    letters = sum(len(word) for word in words)
    if not words:
        return "no text in it"
    # Scripts without spaces hold many words in one run of letters.
    if len(words) < LEAST_WORDS and (text.isascii() or letters < _LEAST_LETTERS):
        return f"fewer than {LEAST_WORDS} words"
    return "hardly any words in it" if letters < len(re.sub(r"\s", "", text)) * 0.4 else None


def _date(
    draft: Draft,
    stated: dt.date | None,
    lines: tuple[dt.date | None, ...],
    given: dt.date | None,
    source: str,
) -> tuple[dt.date | None, str]:
    """The date of publication and where it comes from: option, metadata, date line, file name, in this order."""
    if given:
        return given, "option"  # the user's own word; any other may be a slip of a machine
    candidates = (
        *((day, "metadata") for day in (draft.published, stated)),
        *((day, "date line") for day in lines),
        (draft.guess, "metadata"),
        (dates.of_name(source), "file name"),
    )
    return next(((day, origin) for day, origin in candidates if dates.believable(day)), (None, "none"))


def _web(address: str | None) -> str | None:
    """The address without a password in it, if it is one of the web; only such may become links."""
    try:
        parts = urlsplit((address or "").strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        return parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]).geturl()
    except ValueError:
        return None


def _host(address: str) -> str:
    return re.sub(r"^www\.", "", urlsplit(address).hostname or "")
