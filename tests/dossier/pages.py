"""Reading a page back: a small tree of its elements, enough to ask what is where."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input", "area", "base", "col", "embed", "source", "track", "wbr"}


class Page(HTMLParser):
    """Every element with its attributes, and text; refuses elements that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        if self._open:
            raise ValueError(f"not closed: {self._open}")

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self._open or self._open[-1] != tag:
            raise ValueError(f"</{tag}> closes {self._open[-3:]}")
        self._open.pop()

    def handle_data(self, data):
        self.texts.append((tuple(self._open), data))

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    def text(self, *tags):
        """All text inside elements of these kinds (of any kind, if none is named), in one line."""
        found = [data for path, data in self.texts if not tags or any(t in path for t in tags)]
        return " ".join(" ".join(found).replace("\u00a0", " ").split())

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.elements if attrs.get("id")]

    @property
    def targets(self):
        return {a["href"][1:] for a in self.all("a") if (a.get("href") or "").startswith("#")}
