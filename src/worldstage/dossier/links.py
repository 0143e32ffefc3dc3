"""Anchors inside the page, and links out of it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup

from worldstage.core.records import digest

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"'`\\]")


def anchor(kind: str, *keys: str) -> str:
    """An ``id`` from keys of any kind: the keys themselves where they are plain, else a hash of them."""
    if all(_PLAIN.fullmatch(key) for key in keys):
        return "-".join((kind, *keys))
    return f"{kind}-{digest(*keys)}"


def outside(address: str | None) -> str | None:
    """The address, if it is one of the web (http, https) and nothing else hides in it; else None."""
    if not address or _UNSAFE.search(address):
        return None
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and named else None


def to(where: str, text: str) -> Markup:
    """A link to an anchor of this page; the text is escaped."""
    return Markup('<a href="#{}">{}</a>').format(where, text)


def out(address: str | None, text: str) -> Markup:
    """A link out of the page where the address is safe, else the text alone; both escaped."""
    safe = outside(address)
    if safe is None:
        return Markup("{}").format(text)
    return Markup('<a href="{}" rel="noopener noreferrer external">{}</a>').format(safe, text)
