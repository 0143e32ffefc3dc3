"""What a web page says of its article: JSON-LD, meta tags, `time` elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from worldstage.reading import dates, fields

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|Posting)$")
_MOST_NODES = 5_000
_LINK = re.compile(r"https?://", re.IGNORECASE)
# Names of meta tags (name, property, itemprop), the best first.
_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title", "parsely-title", "headline"),
    "published": (
        "article:published_time", "og:article:published_time", "article:published", "og:published_time",
        "datepublished",
        "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "dc.date.issued",
        "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "pubdate", "publishdate",
        "publish-date", "publish_date", "publication_date", "article.published", "article_date_original",
        "originalpublicationdate",
        "displaydate", "date",
    ),
    "publisher": (
        "og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher", "outlet",
        "application-name",
    ),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl"),
}  # fmt: skip


def about(tree: HtmlElement) -> fields.Fields:
    """What the page says of itself; JSON-LD goes before meta tags, these before `time` elements."""
    linked = _linked(tree)
    meta = _meta(tree)

    def first(name: str) -> str | None:
        return next((meta[key] for key in _META[name] if meta.get(key) and not _LINK.match(meta[key])), None)

    marked = next(iter(tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")), None)
    dated = (dates.of_value(meta.get(key)) for key in _META["published"])
    published = linked.published or next((day for day in dated if day), None) or dates.of_value(marked)
    publisher = first("publisher") or linked.publisher
    author = linked.author or first("author")
    return fields.Fields(
        title=_without_outlet(linked.title or first("title"), publisher),
        published=published,
        publisher=publisher,
        author=author,
        language=tree.get("lang") or tree.get("xml:lang") or meta.get("og:locale") or None,
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        content = (node.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            if content and node.get(attribute):
                found.setdefault(node.get(attribute).strip().lower(), content)
    return found


def _linked(tree: HtmlElement) -> fields.Fields:
    """The first article that the page's JSON-LD describes."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # a broken block says nothing; the meta tags still may
        for node in _nodes(data):
            kinds = node.get("@type")
            if any(
                isinstance(kind, str) and _ARTICLES.search(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                said = {
                    key: node.get(key) for key in ("headline", "datePublished", "publisher", "author", "inLanguage")
                }
                return fields.of(said)
    return fields.Fields()


def _nodes(data: object) -> Iterator[Mapping[str, Any]]:
    """All objects in JSON-LD, outer ones first."""
    waiting: list[object] = [data]
    seen = 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _without_outlet(title: str | None, publisher: str | None) -> str | None:
    """``Jets strike Raqqa | Example Gazette`` → ``Jets strike Raqqa``."""
    if not title or not publisher:
        return title
    return re.sub(rf"\s*[|\-–—·:]\s*{re.escape(publisher)}\s*$", "", title, flags=re.IGNORECASE) or title
