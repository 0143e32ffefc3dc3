"""Four digits that are a year, and decades: told from counts, resolutions, hours and models by what stands around."""

from __future__ import annotations

from dataclasses import dataclass

from worldstage.coding.view import View
from worldstage.coding.words import words

_IN = words(
    "in since until till during by before after of around throughout circa early late mid year years from between "
    "spring summer autumn fall winter through"
)
_SURE = words("in since until till during early late mid year circa throughout")
_NUMBERED = words(
    "resolution resolutions article articles section flight page pages room model version route highway convoy "
    "number no no. nos. paragraph train hotline channel class unit boeing windows unsc unscr decree law bill "
    "order brigade battalion regiment chapter code extension"
)
_MEASURED = words(
    "% percent per km kilometres kilometers kilometre kilometer miles mile metres meters metre meter feet tonnes "
    "tons ton tonne barrels acres hectares gmt hours hrs local utc est cet ist degrees dollars euros pounds "
    "roubles rubles yen francs marks lire mw megawatts kg kilograms kilos square cubic times or words points "
    "votes seats more other others"
)
# Plurals that a year may stand before: *the 1999 elections*. Before any other, it is a count.
_YEARLY = words(
    "elections talks protests attacks riots floods wars clashes polls sanctions bombings killings hearings "
    "figures games olympics accords treaties agreements borders lines results estimates demonstrations massacres "
    "uprisings strikes fires earthquakes reforms championships finals revolutions negotiations amendments laws "
    "hostilities purges trials events levels prices primaries midterms"
)
_DETERMINERS = words("the a an his her its their our 's ’s that this")
_UNLIKE = frozenset({"MONEY", "PERCENT", "QUANTITY", "ORDINAL", "TIME"})


@dataclass(frozen=True, slots=True)
class Year:
    """A year and the half-open token range that names it."""

    year: int
    first: int
    last: int


def read_year(view: View, i: int, value: int) -> Year | None:
    """The year that begins in token `i`, or None where the number is something else.

    A span of years (*1999-2003*) is its first.
    """
    lower, n = view.lower, len(view)
    prev = lower[i - 1] if i else ""
    last = i + 1
    if last + 1 < n and lower[last] in ("-", "–", "—", "/"):
        if not lower[last + 1][:1].isdigit() or not lower[last + 1].isdigit():
            if view.start[last] == view.end[i]:
                return None
        elif len(lower[last + 1]) in (2, 4):
            last += 2
    after = lower[last] if last < n else ""
    if view.ent[i] in _UNLIKE or after in _MEASURED or _numbered(lower, i):
        return None
    if last < n and view.tag[last] in ("NNS", "NNPS") and after not in _YEARLY:
        return None
    first = i
    if prev in ("early", "late", "mid") or (prev in ("-", "–") and i > 1 and lower[i - 2] in ("mid", "early", "late")):
        first = i - 1 if prev not in ("-", "–") else i - 2
    if view.ent[i] == "DATE":
        return Year(value, first, last)
    if not 1700 <= value <= 2100:
        return None
    if prev in _SURE or "mid-" in lower[i] or (prev in _IN and view.ent[i] != "CARDINAL"):
        return Year(value, first, last)
    if prev in ("and", "to", "or", ",") and i > 1 and _is_year(lower[i - 2]) and view.ent[i] != "CARDINAL":
        return Year(value, first, last)
    if prev in _DETERMINERS and last < n and view.pos[last] in ("NOUN", "PROPN", "ADJ") and view.ent[i] != "CARDINAL":
        return Year(value, first, last)
    return None


def read_decade(view: View, i: int, text: str) -> tuple[int, int]:
    """First token and year of *1990s*, *'90s*, *the late 1980s*."""
    value = int(text) if len(text) == 4 else 1900 + int(text[-2:])
    first = i
    prev, before = (view.lower[i - 1] if i else ""), (view.lower[i - 2] if i > 1 else "")
    part = prev
    if view.lower[i].startswith("mid-"):
        part = "mid"
    elif prev in ("-", "–") and before in ("mid", "early", "late"):
        part, first = before, i - 2
    elif prev in ("early", "late", "mid"):
        first = i - 1
    return first, value + {"mid": 4, "late": 7}.get(part, 0)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and "1500" <= word <= "2199"


def _numbered(lower: list[str], i: int) -> bool:
    """*Resolutions 1970 and 1973*, *flight 1549*."""
    j = i - 1
    while j > 0 and i - j < 8 and (lower[j] in ("and", ",", "or", "(", "#", "s") or lower[j].isdigit()):
        j -= 1
    return j >= 0 and lower[j] in _NUMBERED
