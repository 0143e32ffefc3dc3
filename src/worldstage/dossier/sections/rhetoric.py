"""How actors speak: tone and firmness before and after the shock, and words that echo earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from worldstage.charts.ranges import Ranged, ranges
from worldstage.dossier import links, words
from worldstage.dossier.book import Book, title_of
from worldstage.dossier.content import EchoLine, Mean, Quote, RhetoricLine, VoiceLine
from worldstage.dossier.grid import Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill
from worldstage.dossier.sentences import shortened

# Voices with fewer acts before or after are in the table, not in the picture.
_LEAST, _DRAWN = 5, 10
_TONES = {"up": "▲ milder", "down": "▼ harsher"}
_FIRMNESS = {"up": "▲ firmer", "down": "▼ more hedged"}


def render(book: Book) -> Markup:
    """Tone, then firmness, then echoes."""
    found = book.content.rhetoric
    return fill("rhetoric.html.j2", {"r": _whole(book, found) if found else None})


def _whole(book: Book, r: RhetoricLine) -> dict[str, Any]:
    name, day = r.shock
    return {
        "text": r.text,
        "shock": f"{name}, {words.day(day)}",
        "picture": _picture(r),
        "tone": _grid("Tone of verbal acts", r.tone, 1, _TONES),
        "pairs": _grid("Tone towards whom", r.pairs, 1, _TONES, target=True),
        "firmness": _grid("Firmness of statements", r.firmness, 2, _FIRMNESS),
        "echoes": [_echo(book, e) for e in r.echoes],
        "pointers": [_echo(book, e) for e in r.pointers],
        "warnings": r.warnings,
    }


def _grid(
    caption: str, voices: Sequence[VoiceLine], digits: int, moved: dict[str, str], *, target: bool = False
) -> Grid | None:
    if not voices:
        return None
    scale = "−10 (threat) to 10 (pledge)" if digits == 1 else "0 (hedged) to 1 (flat)"
    columns = [Column("name", "Speaker")]
    if target:
        columns.append(Column("target", "Towards"))
    columns += [
        Column("whole", "Mean", True, f"{scale}, with the 90 % range of the mean and the number of acts behind it."),
        Column("before", "Before", True, "The same before the shock."),
        Column("after", "After", True, "The same since the shock."),
        Column("moved", "Moved", False, "Whether before and after differ with 95 % certainty; from three acts on."),
    ]
    rows = [
        {
            "name": v.name, "target": v.target or "", "moved": moved.get(v.moved, v.moved),
            "whole": _mean(v.whole, digits), "before": _mean(v.before, digits), "after": _mean(v.after, digits),
        }
        for v in voices
    ]  # fmt: skip
    return Grid(caption, columns, rows)


def _mean(found: Mean | None, digits: int) -> str:
    if found is None:
        return "–"
    mean, low, high = (words.number(v, digits) for v in found[:3])
    return f"{mean} ({low} to {high}); {words.number(found[3])}"


def _picture(r: RhetoricLine) -> Picture | None:
    often = [v for v in r.tone if v.before and v.after and min(v.before[3], v.after[3]) >= _LEAST]
    drawn = sorted(often, key=lambda v: -v.whole[3])[:_DRAWN]
    shown = [v for v in r.tone if v in drawn]
    marks = [
        Ranged(v.name, state, found[0], found[1], found[2])
        for v in shown
        for state, found in (("before", v.before), ("after", v.after))
        if found
    ]
    if not marks:
        return None
    reach = max(2.0, *(abs(edge) for m in marks for edge in (m.low, m.high))) * 1.05
    return picture(
        lambda width: ranges(
            marks,
            domain=(-reach, reach),
            rules=(0.0,),
            width=width,
            title="harsher ← mean intensity of verbal acts → milder",
        ),
        ident="tone",
        title="Tone of the actors before and after the shock",
        description=f"For {words.plural(len(shown), 'actor')} the mean intensity of verbal acts with its 90 % range. "
        "The numbers stand in the table.",
        caption=f"Actors with {_LEAST} verbal acts or more before and after; open circles stand before the shock, "
        "filled diamonds after it; lines are 90 % ranges.",
    )


def _echo(book: Book, e: EchoLine) -> dict[str, Any]:
    earlier = _quote(book, e.earlier) if e.earlier else None
    own = e.earlier is not None and e.earlier.name == e.later.name
    if e.cue:
        head = f"{e.later.name}: “{e.cue}”"
    else:
        head = f"{e.later.name} echoes {'its own words' if own else e.earlier.name if e.earlier else ''}"
    return {
        "head": head,
        "shared": ", ".join(e.shared),
        "likeness": "" if e.likeness is None else words.number(e.likeness, 2),
        "earlier": earlier,
        "later": _quote(book, e.later),
    }


def _quote(book: Book, q: Quote) -> dict[str, Any]:
    document = book.documents.get(q.document)
    return {
        "name": q.name,
        "date": words.day(q.date),
        "iso": q.date.isoformat() if q.date else "",
        "text": shortened(q.text),
        "source": book.document_link(document or q.document, title_of(document) if document else None),
        "link": links.to(links.anchor("statement", q.record), "statement"),
    }


SECTION = Section("rhetoric", 61, "How they speak", render)
