"""First of all: what moved, in one sentence each, and what the comparison can bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from worldstage.core.results import Finding, Result
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.comparison import anchor_of, row_anchor, shock_of, without_focus
from worldstage.dossier.section import Section, fill

_STEADY_SHOWN = 2
"""So many findings of no change are shown among the others; the rest is folded."""


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with its arrow and the way to its evidence."""

    arrow: str
    word: str
    direction: str
    about: str
    text: str
    evidence: Markup


def render(book: Book) -> Markup:
    """The findings of each comparison, the weightiest first; those that say too little in one line."""
    results = list(enumerate(book.content.relations))
    groups = [_group(book, i, result) for i, result in results]
    cautions = dict.fromkeys(w for w in (*book.content.warnings, *(w for _, r in results for w in r.warnings)))
    return fill("findings.html.j2", {"groups": groups, "cautions": list(cautions)})


def _group(book: Book, i: int, result: Result) -> dict[str, Any]:
    found = sorted(result.findings, key=lambda f: -f.weight)
    items = [(f.direction, _item(book, i, result, f)) for f in found if f.direction != "unknown"]
    steady = [item for direction, item in items if direction == "flat"]
    # To fold a single one would save no line.
    folded = steady[_STEADY_SHOWN:] if len(steady) > _STEADY_SHOWN + 1 else []
    shown = [item for _, item in items if item not in folded]
    few = [f for f in found if f.direction == "unknown"]
    return {
        "name": shock_of(result),
        "anchor": anchor_of(i),
        "items": shown,
        "steady": folded,
        "few": Markup(", ").join(_few(book, i, result, f) for f in few),
    }


def _item(book: Book, i: int, result: Result, finding: Finding) -> Item:
    arrow, word = words.ARROWS[finding.direction]
    parts = []
    own = [book.events[ident] for ident in finding.events if ident in book.events]
    behind = book.relation(result, finding.title)
    if own:
        parts.append(Markup("Evidence: ") + book.event_links(own))
    elif behind:
        anchor, events = behind
        each = ", some with several partners" if anchor == book.all_anchor else ""
        parts.append(links.to(anchor, f"the {words.plural(len(events), 'event')} behind it") + each)
    row = row_anchor(i, result, finding.title)
    if row:
        parts.append(links.to(row, "its row in the table"))
    # The relation's name is set apart; whatever says it otherwise is printed as it is.
    start = f"{finding.title}: "
    about, text = (start, finding.text[len(start) :]) if finding.text.startswith(start) else ("", finding.text)
    return Item(arrow, word, finding.direction, about, text, Markup(" · ").join(parts))


def _few(book: Book, i: int, result: Result, finding: Finding) -> Markup:
    label = without_focus(book, finding.title)
    behind = book.relation(result, finding.title)
    if behind:
        anchor, events = behind
        return links.to(anchor, f"{label} ({words.plural(len(events), 'event')})")
    row = row_anchor(i, result, finding.title)
    return links.to(row, label) if row else Markup("{}").format(label)


SECTION = Section("in-short", 10, "In short", render)
