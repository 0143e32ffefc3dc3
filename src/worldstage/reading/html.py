"""Web pages: the article without what surrounds it, and what the page says of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import InputError
from worldstage.core.records import Skipped
from worldstage.reading import page
from worldstage.reading.decode import decode
from worldstage.reading.magic import root
from worldstage.reading.raw import Draft, Raw, Reader

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LARGEST = 10_000_000
_LEAST_WORDS = 20
_LEAD = 12
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_ROOTS = frozenset({"html", "head", "body", "title", "meta", "article", "main"})
_DROPPED = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video",
    "form", "button", "select", "textarea", "nav", "aside", "footer", "figure", "head", "dialog",
)  # fmt: skip
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
     "wbr")
)  # fmt: skip


def read(raw: Raw) -> Iterator[Draft | Skipped]:
    """The article of the page.

    Raises
    ------
    InputError
        If there is no text on it.
    """
    data = raw.read(_LARGEST)
    declared = _DECLARED.search(data[:4096])
    text = decode(data, declared=declared[1].decode("ascii") if declared else raw.charset)
    tree = parse(text)
    if tree is None:
        raise InputError("a page without text")
    said = page.about(tree)
    article, title, author, guess = _article(text)
    article = _without(article, said.title, title, *_headings(tree))
    visible = blocks(tree) if said.published is None or len(article.split()) < _LEAST_WORDS else []
    if visible and len(article.split()) < _LEAST_WORDS:
        # So little was found that it may be anything; on a small page, what is seen is the better choice.
        whole = "\n\n".join(visible)
        article = whole if not article or len(whole.split()) < 3 * _LEAST_WORDS else article
    yield Draft(
        article,
        "html",
        title=said.title or title,
        publisher=said.publisher,
        author=said.author or author,
        published=said.published,
        guess=guess,
        lead=_lead(visible, said.title or title),
        language=said.language,
    )


def parse(text: str) -> HtmlElement | None:
    """The tree of a page; None if there is nothing in it. Never fetches anything."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        # As bytes with a known encoding, so that what the page declares is not applied a second time.
        return document_fromstring(
            text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8", no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def blocks(tree: HtmlElement) -> list[str]:
    """The visible text of a tree, one string for each block; without scripts, menus and footers."""
    from lxml import etree

    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    for action, node in walk:
        space = "" if node.tag in _INLINE else "\n"
        if action == "start":
            dropped = node.tag in _DROPPED
            pieces.append(space + ("" if dropped else _flat(node.text)))
            if dropped:
                walk.skip_subtree()
        else:
            pieces.append((space if action == "end" else "") + _flat(node.tail))
    return [one for line in "".join(pieces).split("\n") if (one := " ".join(line.split()))]


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def fragment(markup: str) -> str:
    """The text of a piece of HTML, its paragraphs apart by blank lines."""
    tree = parse(f"<div>{markup}</div>")
    return "" if tree is None else "\n\n".join(blocks(tree))


def _headings(tree: HtmlElement) -> list[str]:
    return [" ".join(one.text_content().split()) for one in tree.iter("h1")][:3]


def _without(article: str, *titles: str | None) -> str:
    """The text without the titles of the page, where it begins with them."""
    known = {" ".join(title.split()).casefold() for title in titles if title}
    parts = article.split("\n\n")
    return "\n\n".join([part for part in parts[:4] if part.casefold() not in known] + parts[4:])


def _lead(visible: list[str], title: str | None) -> tuple[str, ...]:
    """The lines under the page's heading, where a date line stands; none if the heading is not found."""
    known = " ".join((title or "").split()).casefold()
    at = next((at for at, one in enumerate(visible) if known and one.casefold() == known), None)
    return () if at is None else tuple(visible[at + 1 : at + 1 + _LEAD])


def _article(text: str) -> tuple[str, str | None, str | None, Any]:
    """Text, title, author and likely date, as trafilatura finds them; the text is empty if it finds none."""
    from trafilatura import bare_extraction

    from worldstage.reading import dates

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    found = bare_extraction(
        re.sub(r"^\s*<\?xml[^>]*\?>", "", text),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):
        return "", None, None, None
    lines = (_row(line) for line in (found.text or "").split("\n"))
    return "\n\n".join(line for line in lines if line), found.title, found.author, dates.of_value(found.date)


def _row(line: str) -> str:
    """A line of extracted text without the marks of tables and lists."""
    line = line.strip()
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return "" if all(re.fullmatch(r":?-*:?", cell) for cell in cells) else " | ".join(cells)
    return re.sub(r"^[-*•]\s+", "", line)


def _claims(raw: Raw) -> bool:
    return root(raw.opening) in _ROOTS


READER = Reader(name="html", endings=(".html", ".htm", ".xhtml"), claims=_claims, read=read, order=30)
