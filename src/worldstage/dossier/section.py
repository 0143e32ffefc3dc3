"""What a section of the dossier is, and how it is drawn from a template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from worldstage.dossier import words
from worldstage.dossier.book import Book


@dataclass(frozen=True, slots=True)
class Section:
    """A section, registered as an entry point of ``worldstage.sections``.

    Attributes
    ----------
    key
        Its anchor; plain letters and hyphens.
    order
        Where it stands; the built-in ones stand at 10, 20, …
    title
        Its heading, and its line in the list of contents.
    render
        What it prints, given the book; outside text must be escaped in it.
    """

    key: str
    order: int
    title: str
    render: Callable[[Book], Markup]


@cache
def environment() -> Environment:
    """The templates' environment: everything is escaped that is not marked as safe, and nothing may be undefined."""
    made = Environment(
        loader=PackageLoader("worldstage.dossier", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"plural": words.plural, "day": words.day, "number": words.number, "tidy": words.tidy}
    return made


def fill(template: str, context: Mapping[str, Any]) -> Markup:
    """Draw a template of this package."""
    return Markup(environment().get_template(template).render(context))  # noqa: S704  (autoescape is on)
