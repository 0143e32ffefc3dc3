"""The dossier as one HTML file: no network, no script."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from worldstage.core import plugins
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.content import Content
from worldstage.dossier.section import Section, fill
from worldstage.dossier.sections.record import citation

GROUP = "sections"
_FIRST = "in-short"
# Neither HTML nor UTF-8 has a place for control characters and halves of surrogate pairs.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sections() -> tuple[Section, ...]:
    """All sections, the built-in ones and those of other packages, in the order in which they are printed.

    Raises
    ------
    ConfigError
        If the built-in ones are not registered, or if something registered is no `Section`.
    """
    return tuple(sorted(plugins.collect(GROUP, Section, needed=_FIRST), key=lambda s: (s.order, s.key)))


def render(content: Content) -> str:
    """The whole page.

    Everything in it comes from `content`; text from outside is escaped, and of addresses only those of the web are
    linked.

    Returns
    -------
    str
        HTML, encodable as UTF-8.

    Raises
    ------
    ConfigError
        If the sections are not registered.
    """
    book = Book(content)
    drawn = [{"key": s.key, "number": n, "title": s.title, "html": s.render(book)} for n, s in enumerate(sections(), 1)]
    # A style sheet of this package; it holds nothing from outside.
    style = Markup(files("worldstage.dossier").joinpath("style.css").read_text(encoding="utf-8"))  # noqa: S704
    context = {
        "question": content.question, "notices": content.notices, "facts": _facts(book), "style": style,
        "sections": drawn, "citation": citation(book), "version": content.versions.get("worldstage", ""),
    }  # fmt: skip
    return _FORBIDDEN.sub("\ufffd", fill("page.html.j2", context))


def _facts(book: Book) -> list[tuple[str, Any]]:
    """What the dossier rests on, as terms and descriptions."""
    content, out = book.content, []
    if book.focus:
        out.append(("Focus actor", book.focus))
    if content.window:
        first, last = content.window
        out.append(("Window", f"{words.day(first)} to {words.day(last)}, {words.UNITS[book.unit]}"))
    if content.shocks:
        name = "Shock" if len(content.shocks) == 1 else "Shocks"
        out.append((name, "; ".join(f"{name}, {words.day(date)}" for name, date in content.shocks)))
    basis = [links.to("documents", words.plural(len(book.documents), "document"))]
    basis.append(links.to("events", words.plural(len(book.occurred), "event") + " reported as having happened"))
    if book.others:
        basis.append(links.to("not-counted", f"{words.number(len(book.others))} not counted"))
    basis.append(links.to("statements", words.plural(len(content.statements), "statement")))
    basis.append(links.to("figures", words.plural(len(content.figures), "figure")))
    out.append(("Basis", Markup(", ").join(basis)))
    if content.written:
        out.append(("Written", words.day(content.written)))
    return out
