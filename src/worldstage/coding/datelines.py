"""The place at the head of a report: ``MOSCOW — ``, ``PARIS, Nov. 14 (Wire) - ``, ``KABUL: ``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]+(?:[ -][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’]*){0,3}"
_TITLE = r"[A-ZÀ-ÖØ-Þ][\w'’]+(?:[ -][A-Za-zÀ-ÖØ-öø-ÿ][\w'’]*){0,3}"
# After the place: its state or country, the date, the agency, each between commas or in brackets; then a dash.
_REST = r"(?P<rest>(?:,\s*[^\n,—–:()]{2,26}?){0,3})\s*(?P<wire>\([^()\n]{1,60}\))?"
_DASH = r"\s*(?:—|–|--|(?<=[\s)])-)\s*(?=\S)"
_CAPITALS = re.compile(rf"(?P<place>{_UPPER})(?:/{_UPPER})*{_REST}(?:{_DASH}|\s*:\s+(?=\S))")
_CASED = re.compile(rf"(?P<place>{_TITLE}){_REST}{_DASH}")
_PARAGRAPH = re.compile(r"(?:\A|\n)[ \t]*(?=[A-ZÀ-ÖØ-Þ])")
# A dateline stands at the head of a report, below its headline and byline at most.
_PARAGRAPHS = 4


@dataclass(frozen=True, slots=True)
class Dateline:
    """The name in a dateline, as half-open span of characters, and the state or country named after it.

    The report itself begins at character `stop`.

    Attributes
    ----------
    sure
        Whether its form alone shows it: capitals, or an agency in brackets.
    """

    start: int
    end: int
    stop: int
    name: str
    outer: str
    sure: bool


def find_datelines(raw: str) -> Iterator[Dateline]:
    """What looks like a dateline at the head of the first paragraphs of a text."""
    for number, paragraph in enumerate(_PARAGRAPH.finditer(raw)):
        if number == _PARAGRAPHS:
            return
        capitals = _CAPITALS.match(raw, paragraph.end())
        match = capitals or _CASED.match(raw, paragraph.end())
        if match:
            outer = match["rest"].split(",")[1].strip() if match["rest"] else ""
            sure = capitals is not None or match["wire"] is not None
            yield Dateline(match.start("place"), match.end("place"), match.end(), match["place"], outer, sure)
