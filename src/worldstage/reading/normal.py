"""Clean text: one form of Unicode, no control characters, paragraphs separated by one blank line."""

from __future__ import annotations

import re
import unicodedata

_REMOVED = (
    *(c for c in range(0x20) if chr(c) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f"),
    *(c for c in range(0x7F, 0xA0) if c != 0x85),
    0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF,
    *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF, *range(0xE0000, 0xE0080),
)  # fmt: skip
_SPACES = (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_BREAKS = (0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0x2028, 0x2029)
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_REMOVED, None),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_BREAKS, "\n"),
    **_LIGATURES,
}
# A letter with hundreds of accents makes composing them slow in the square of their number: no word has them.
_LONGEST_WORD = 200
_BULLET = re.compile(r"(?:[-*•‣▪●–]|\d{1,2}[.)])\s+")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
# Wider than this, or where most lines end a sentence, line ends are those of paragraphs.
_WIDEST, _MOSTLY = 160, 0.7
_COMPOUNDS = frozenset(
    ("backed", "led", "based", "held", "controlled", "made", "born", "language", "speaking", "brokered", "sponsored",
     "funded", "supported", "mediated", "style", "era", "run", "owned", "mandated", "imposed", "general", "minister")
)  # fmt: skip


def clean(text: str) -> str:
    """Unicode NFC without control or invisible characters; every kind of space and line end made one.

    Single line ends stay; blank lines are never doubled.
    """
    text = text.replace("\r\n", "\n")
    if not text.isascii():
        # Halves of surrogate pairs, which JSON can spell out, cannot be stored: pairs are joined, halves replaced.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = re.sub(r"\S+", _composed, text)
    text = text.translate(_TABLE)
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _composed(match: re.Match[str]) -> str:
    word = match.group()
    return word if word.isascii() or len(word) > _LONGEST_WORD else unicodedata.normalize("NFC", word)


def line(text: str | None, *, longest: int = 300) -> str | None:
    """A clean single line, for titles and names; None if nothing is left, cut if too long."""
    if not text:
        return None
    text = " ".join(clean(text[: longest * 20]).split())
    return (text if len(text) <= longest else text[: longest - 1] + "…") or None


def paragraphs(text: str, *, wrapped: bool = False) -> str:
    """The text with each paragraph on one line and one blank line between them.

    Parameters
    ----------
    wrapped
        Whether lines may have been broken at a width (plain text, PDF). Then a line is joined with the next where
        the next word would not have fitted; otherwise every line is a paragraph.
    """
    if not wrapped:
        return "\n\n".join(part for part in text.split("\n") if part)
    lines = text.split("\n")
    width = _width(lines)
    ended = sum(1 for one in lines if _ENDS.search(one))
    if width > _WIDEST or ended > _MOSTLY * sum(1 for one in lines if one):
        return "\n\n".join(one for one in lines if one)
    found: list[str] = []
    last = ""
    for current in lines:
        if found and current and last and _continues(last, current, width):
            found[-1] = _joined(found[-1], current)
        elif current:
            found.append(current)
        last = current
    return "\n\n".join(found)


def _joined(one: str, two: str) -> str:
    """Two lines as one; a word broken between them becomes whole, a compound (``Saudi-led``) keeps its hyphen."""
    if not re.search(r"[^\W\d_]-$", one) or not two[0].islower():
        return f"{one} {two}"
    rest = re.match(r"\w+", two)
    return one + two if rest and rest.group() in _COMPOUNDS else one[:-1] + two


def _width(lines: list[str]) -> int:
    """The width at which lines were broken: the length that one line in ten exceeds."""
    lengths = sorted(len(one) for one in lines if one)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _continues(last: str, current: str, width: int) -> bool:
    """Whether a line end between two lines is only a matter of width."""
    if _BULLET.match(current):
        return False
    room = width - len(last) - len(current.split(" ", 1)[0]) - 1
    if room < max(8, width * 0.15):
        return True
    return not _ENDS.search(last) and current[0].islower()
