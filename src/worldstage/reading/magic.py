"""What the first bytes tell: what is never read (archives, pictures, programs), and the root of markup."""

from __future__ import annotations

import re

_UNPACK = "{}: unpack it and add what is inside"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (rb"PK\x03\x04", _UNPACK.format("a zip archive (or an office document, which is one)")),
    (rb"PK\x05\x06", "an empty zip archive"),
    (rb"\x1f\x8b", _UNPACK.format("a gzip archive")),
    (rb"BZh[1-9]1AY&SY", _UNPACK.format("a bzip2 archive")),
    (rb"\xfd7zXZ\x00", _UNPACK.format("an xz archive")),
    (rb"7z\xbc\xaf\x27\x1c", _UNPACK.format("a 7z archive")),
    (rb"Rar!\x1a\x07", _UNPACK.format("a rar archive")),
    (rb"\x28\xb5\x2f\xfd", _UNPACK.format("a zstd archive")),
    (rb".{257}ustar", _UNPACK.format("a tar archive")),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document: save it as PDF or plain text"),
    (rb"\{\\rtf", "a rich text document: save it as PDF or plain text"),
    (rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP", "a picture"),
    (rb"RIFF....(?:WAVE|AVI )|ID3[\x02-\x04]|OggS\x00|....ftyp", "a sound, film or picture file"),
    (rb"\x7fELF|MZ\x90\x00", "a program"),
    (rb"SQLite format 3\x00|.{8}DUCK", "a database"),
    (rb"PAR1\x15|ARROW1\x00", "a table (Parquet or Arrow), not a report"),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), what) for pattern, what in _MAGIC)


def foreign(head: bytes) -> str | None:
    """Why bytes that begin like this are not read; None if nothing speaks against them."""
    return next((what for pattern, what in _PATTERNS if pattern.match(head)), None)


def root(opening: str) -> str | None:
    """The name of the outermost element of XML or HTML, in small letters; None where there is no markup.

    A document type counts where it says HTML, whatever follows.
    """
    at = 0
    while opening.startswith("<", at):
        if opening.startswith("<?", at):
            end = opening.find("?>", at)
        elif opening.startswith("<!--", at):
            end = opening.find("-->", at)
        elif opening[at : at + 9].lower() == "<!doctype":
            if opening[at + 9 : at + 20].split()[:1] and opening[at + 9 : at + 20].split()[0].lower().startswith(
                "html"
            ):
                return "html"
            inner = opening.find("[", at, opening.find(">", at))
            end = opening.find(">", opening.find("]", inner)) if inner >= 0 else opening.find(">", at)
        else:
            name = re.match(r"<([A-Za-z][\w:.-]{0,40})", opening[at : at + 50])
            return name[1].lower() if name else None
        if end < 0:
            return None
        after = re.compile(r"[?\->]{1,3}\s*").match(opening, end)
        at = after.end() if after else end + 1
    return None
