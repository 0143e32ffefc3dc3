"""Bytes → text: byte order mark, UTF-8, the declared encoding, then a guess; mixtures are repaired."""

from __future__ import annotations

import codecs
import re

from worldstage.core.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs that are no encodings of texts, or that hide one text inside another.
_REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7", "undefined", "mbcs", "oem"})
_MOST_BAD = 0.01
_SAMPLE = 1 << 18
_REPAIR = "worldstage-windows-1252"
_HIGH, _LETTERS, _RUNS = re.compile(rb"[\x80-\xff]"), re.compile(rb"[A-Za-z]"), re.compile(rb"[\xc0-\xff]{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text that the bytes hold.

    Parameters
    ----------
    declared
        The encoding that the source or its server claims; used where the bytes are not plain UTF-8.

    Raises
    ------
    InputError
        If the bytes are no text, or more than 1 % of the characters stay unreadable.
    """
    text = _decoded(data, declared)
    size = max(len(text), 1)
    if len(_CONTROL.findall(text)) > max(size * _MOST_BAD, 3):
        raise InputError("binary data, not text")
    bad = text.count("\ufffd")
    if bad > size * _MOST_BAD:
        raise InputError(f"its encoding cannot be told: {bad} of {size} characters are unreadable; save it as UTF-8")
    return text


def opening(head: bytes) -> str:
    """The beginning of a file as text, without leading space; good enough for its markup to be seen."""
    mark, encoding = _mark(head)
    encoding = encoding or _wide(head) or "utf-8"
    return head[mark:].decode(encoding, "replace").lstrip("\ufeff \t\r\n\f\v")


def _mark(data: bytes) -> tuple[int, str | None]:
    """Length of the byte order mark, and the encoding that it names."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return len(mark), encoding
    return 0, None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every second byte is zero."""
    sample = data[:4096]
    if b"\x00" not in sample or len(sample) < 8:
        return None
    half = len(sample) / 2
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _decoded(data: bytes, declared: str | None) -> str:
    mark, encoding = _mark(data)
    encoding = encoding or _wide(data)
    if encoding and encoding != "utf-8":
        return data[mark:].decode(encoding, "replace")
    data = data[mark:]
    if (escaped := _codec(declared)) and escaped.startswith(("iso2022", "hz")):
        return data.decode(escaped, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:_SAMPLE]:
        raise InputError("binary data, not text")
    return _mixed(data) or _as_declared(data, declared) or _guessed(data)


def _codec(name: str | None) -> str | None:
    """The codec of a declared encoding; Latin-1 is read as Windows-1252, as browsers do."""
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip(" '\"")).name
    except (LookupError, ValueError):
        return None
    if found in _REFUSED:
        return None
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def _as_declared(data: bytes, declared: str | None) -> str | None:
    codec = _codec(declared)
    if codec is None:
        return None
    try:
        # Some codecs (hex, zlib) turn bytes into bytes; they raise LookupError here.
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _mixed(data: bytes) -> str | None:
    """UTF-8 with a few bytes of Windows-1252 in it, as pasted texts often are; None if it is not that."""
    plain = data.decode("utf-8", "replace")
    bad = plain.count("\ufffd")
    good = sum(1 for character in plain if character > "\x7f") - bad
    if good < bad or bad > max(len(plain) * _MOST_BAD, 3):
        return None
    return data.decode("utf-8", _REPAIR)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Error handler: reads the bytes that are no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_REPAIR, _as_windows)


def _guessed(data: bytes) -> str:
    sample = data[:_SAMPLE]
    # Single accents and curly quotes among plain letters are Western; other scripts come in runs of high bytes.
    if len(_HIGH.findall(sample)) <= len(_LETTERS.findall(sample)) * 0.4 and not _RUNS.search(sample):
        return data.decode("cp1252", "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise InputError("its encoding cannot be told: save it as UTF-8")
    return data.decode(best.encoding, "replace")
