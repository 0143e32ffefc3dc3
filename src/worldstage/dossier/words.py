"""The dossier's wording: codes, dates and numbers as an editor would write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from worldstage.core.records import Range

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
UNKNOWN_DATE = "date not known"

TYPES: Mapping[str, str] = {
    "AGREE": "Agreement", "CONSULT": "Talks", "SUPPORT": "Support in words", "CONCEDE": "Concession",
    "COOPERATE": "Working together", "AID": "Aid", "RETREAT": "Easing or retreat", "REQUEST": "Demand or request",
    "ACCUSE": "Accusation or criticism", "REJECT": "Refusal", "THREATEN": "Threat", "PROTEST": "Protest",
    "SANCTION": "Sanction or breaking off", "MOBILIZE": "Mobilisation", "COERCE": "Coercion", "ASSAULT": "Attack",
}  # fmt: skip
# Only modes whose PLOVER name does not read as a word by itself.
MODES: Mapping[str, str] = {
    "third-party": "through a third party", "phone": "by telephone", "disarm": "disarmament", "resign": "resignation",
    "demo": "demonstration", "hunger": "hunger strike", "relations": "over relations", "restrict": "restriction",
    "primitive": "simple weapons", "aerial": "from the air", "explosives": "explosives", "cyber": "cyberattack",
    "heavy-weapons": "heavy weapons", "convict": "conviction", "withdraw": "withdrawal", "martial-law": "martial law",
    "yield": "to yield", "assist": "for assistance", "change": "for a change", "meet": "for a meeting",
    "discontinue": "breaking off", "access": "granting access", "seize": "seizure", "vandalize": "vandalism",
    "obstruct": "obstruction", "abduct": "abduction", "destroy": "destruction", "deport": "deportation",
    "withhold": "withholding", "censor": "censorship", "expel": "expulsion", "disapprove": "disapproval",
    "allege": "allegation", "investigate": "investigation", "unconventional": "unconventional weapons",
}  # fmt: skip
SECTORS: Mapping[str, str] = {
    "GOV": "government", "LEG": "parliament", "JUD": "courts", "MIL": "military", "POL": "police",
    "SPY": "intelligence service", "OPP": "opposition", "REB": "armed group", "PTY": "party", "CVL": "civilians",
    "BUS": "business", "MED": "media", "EDU": "education", "REL": "religious body", "ELI": "elites",
    "IGO": "international organisation", "NGO": "non-governmental organisation", "MNC": "multinational company",
    "REF": "refugees", "UNK": "",
}  # fmt: skip
STATUSES: Mapping[str, str] = {
    "occurred": "happened, as reported", "planned": "planned", "hypothetical": "hypothetical",
    "denied": "denied or negated", "historical": "background from earlier times",
}  # fmt: skip
STATUS_MEANINGS: Mapping[str, str] = {
    "planned": "announced or expected, not reported as done",
    "hypothetical": "spoken of as possible, conditional or feared",
    "denied": "said not to have happened",
    "historical": "over a year before the report, or background without a date",
}
DATED_FROM: Mapping[str, str] = {
    "option": "given when it was added", "metadata": "the file’s own data", "date line": "its date line",
    "file name": "the file’s name", "none": "not found",
}  # fmt: skip
LANGUAGES: Mapping[str, str] = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "ar": "Arabic",
    "fa": "Persian", "he": "Hebrew", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "el": "Greek",
}  # fmt: skip
UNITS: Mapping[str, str] = {"day": "per day", "week": "per week", "month": "per month"}
ARROWS: Mapping[str, tuple[str, str]] = {
    "up": ("▲", "rose"), "down": ("▼", "fell"), "flat": ("■", "no clear change"), "unknown": ("?", "too few to tell"),
}  # fmt: skip


def number(n: float, decimals: int | None = None) -> str:
    """A number with commas for thousands and a true minus sign.

    Without `decimals`, whole numbers have none, and others up to two.
    """
    if decimals is not None:
        text = f"{n:,.{decimals}f}"
    else:
        text = f"{n:,.0f}" if float(n).is_integer() else f"{n:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") if text.strip("-0.,") else text.lstrip("-")


def spelt(n: int) -> str:
    """Numbers up to ten as words."""
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return names[n] if 0 <= n < len(names) else number(n)


def plural(n: int, one: str, many: str | None = None) -> str:
    """``1 event``, ``2 events``; `many` for words that do not take an *s*."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def listed(words: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def day(date: dt.date | None) -> str:
    """``24 November 2015``."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}" if date else UNKNOWN_DATE


def month(date: dt.date) -> str:
    """``November 2015``."""
    return f"{MONTHS[date.month - 1]} {date.year}"


def moment(date: dt.date | None, precision: str) -> str:
    """A date as exactly as it is known."""
    if date is None or precision == "unknown":
        return UNKNOWN_DATE
    if precision == "week":
        return f"week of {day(date)}"
    return month(date) if precision == "month" else str(date.year) if precision == "year" else day(date)


def count(found: Range | None) -> str:
    """``at least 4``, ``up to 10``, ``4 to 6``, ``4``; empty where nothing is known."""
    if found is None or (found.low is None and found.high is None):
        return ""
    if found.high is None:
        return f"at least {number(found.low or 0)}"
    if found.low is None:
        return f"up to {number(found.high)}"
    return number(found.low) if found.low == found.high else f"{number(found.low)} to {number(found.high)}"


def event_type(name: str, modes: tuple[str, ...] = ()) -> str:
    """``Attack (from the air)``; a type from elsewhere stands as it is, in lower case but for its first letter."""
    plain = TYPES.get(name, name.replace("_", " ").capitalize())
    said = [MODES.get(m, m.replace("-", " ").replace("_", " ")) for m in modes]
    return f"{plain} ({', '.join(said)})" if said else plain


def confidence(value: float) -> str:
    """The coder's confidence in words and as a number."""
    return f"{confidence_class(value)} ({value:.2f})"


def confidence_class(value: float) -> str:
    """``high`` from 0.8, ``fair`` from 0.5, else ``low``."""
    return "high" if value >= 0.8 else "fair" if value >= 0.5 else "low"


def firmness(value: float) -> str:
    """Five steps from hedged to flat."""
    steps = ((0.2, "hedged"), (0.4, "cautious"), (0.6, "plain"), (0.8, "firm"))
    return next((word for bound, word in steps if value < bound), "flat")


def whole(text: str) -> str:
    """The text in one line, for narrow columns."""
    return text.replace(" ", "\u00a0")


def tidy(text: str) -> str:
    """The text with per cent signs that do not leave their number at the end of a line."""
    return text.replace(" %", "\u00a0%")


def language(code: str) -> str:
    """Its English name, or the code."""
    return LANGUAGES.get(code, code or "not known")
