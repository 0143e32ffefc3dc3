"""Markdown: paragraphs without markup; front matter and the first heading tell the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from worldstage.core.records import Skipped
from worldstage.reading import fields
from worldstage.reading.decode import decode
from worldstage.reading.raw import Draft, Raw, Reader

if TYPE_CHECKING:
    from markdown_it.token import Token

_LARGEST = 2_000_000
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"#{1,3}\s+\S")


def read(raw: Raw) -> Iterator[Draft | Skipped]:
    """The text of the file without its markup."""
    text = decode(raw.read(_LARGEST), declared=raw.charset).replace("\r\n", "\n").replace("\x00", "")
    front, text = _front_matter(text)
    said = fields.of(front)
    title, body = plain(text)
    yield Draft(
        body,
        "markdown",
        title=said.title or title,
        publisher=said.publisher,
        author=said.author,
        published=said.published,
        language=said.language,
        address=said.address,
    )


def plain(text: str) -> tuple[str | None, str]:
    """The title (a first heading, if it is of the first level) and the text, its paragraphs apart by blank lines.

    Links keep their words and pictures go; a row of a table is a line; what HTML there is loses its tags.
    """
    from markdown_it import MarkdownIt

    # An indented paragraph in a report is no code.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")
    tokens = parser.parse(text)
    title = None
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = _inline(tokens[1].children or []) or None
        tokens = tokens[3:]
    return title, "\n\n".join(part for part in _blocks(tokens) if part)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield " | ".join(row)
            row = None
        elif token.type == "inline":
            text = _inline(token.children or [])
            if row is None:
                yield text
            else:
                row.append(text)
        elif token.type == "fence":
            yield token.content
        elif token.type == "html_block":
            yield _tags_gone(token.content)


def _inline(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
    return "".join(parts).strip()


def _tags_gone(markup: str) -> str:
    from worldstage.reading.html import fragment

    return fragment(markup)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The named values between two rules at the top, and the rest; no values where that is no front matter."""
    match = _FRONT.match(text)
    named = dict(filter(None, map(fields.looks_named, match[1].split("\n")))) if match else {}
    return (named, text[match.end() :]) if match and named else ({}, text)


def _claims(raw: Raw) -> bool:
    """By content only where the name says nothing, as on standard input."""
    if raw.ending:
        return False
    return bool(_HEADING.match(raw.opening) or _front_matter(raw.opening.replace("\r\n", "\n"))[0])


READER = Reader(name="markdown", endings=(".md", ".markdown", ".mkd", ".mdown"), claims=_claims, read=read, order=60)
