"""Sentences with the words marked that an event was coded from."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 900
"""Characters of a sentence that are shown; some texts have no full stop for pages."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in three parts; `mark` is empty where the place of the event words is not known."""

    before: str
    mark: str
    after: str


def marked(text: str, start: int | None, trigger: tuple[int, int] | None) -> Marked:
    """Mark the event words.

    Parameters
    ----------
    start
        Where the sentence begins in its document.
    trigger
        Half-open span of the event words in the document.

    Returns
    -------
    Marked
        Of a sentence longer than `LONGEST`, the part around the mark, with … where it was cut.
    """
    if trigger is None or start is None or not 0 <= trigger[0] - start < trigger[1] - start <= len(text):
        return Marked(_head(text, LONGEST), "", "")
    first, last = trigger[0] - start, trigger[1] - start
    before, mark, after = text[:first], text[first:last], text[last:]
    if len(text) > LONGEST:
        before, mark, after = _tail(before, LONGEST // 2), _head(mark, LONGEST // 2), _head(after, LONGEST // 2)
    return Marked(before, mark, after)


def shortened(text: str, longest: int = LONGEST) -> str:
    """The text, or its beginning and …"""
    return _head(text, longest)


def _head(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    cut = text[:longest]
    # A cut between words, if there are any.
    space = cut.rfind(" ")
    return (cut[:space] if space > longest // 2 else cut).rstrip() + " …"


def _tail(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    cut = text[-longest:]
    space = cut.find(" ")
    return "… " + (cut[space:] if 0 <= space < longest // 2 else cut).lstrip()
