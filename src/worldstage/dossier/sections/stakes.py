"""Who gains and who loses between two scenarios, with the chances and the reader's warning."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from worldstage.charts.ranges import Ranged, ranges
from worldstage.dossier import links, words
from worldstage.dossier.book import Book
from worldstage.dossier.content import Bounds, StakesTable
from worldstage.dossier.grid import Column, Grid
from worldstage.dossier.picture import Picture, picture
from worldstage.dossier.section import Section, fill

_SHIFTS = 5
_COLUMNS = (
    Column("name", "Actor"),
    Column(
        "gain", "Gain", True,
        "How many points of 100 closer the issues end to where the actor wanted them, weighted by its salience: the "
        "median of the draws.",
    ),
    Column("range", "90 % range", True, "From the 5 % to the 95 % quantile of the draws."),
    Column("up", "Gains in", True, "Share of draws in which the actor gains."),
    Column("winner", "Top winner in", True, "Share of draws in which nobody gains more."),
    Column("loser", "Top loser in", True, "Share of draws in which nobody loses more."),
    Column("driver", "Mostly through", False, "The issue that makes up most of it."),
)  # fmt: skip


def render(book: Book) -> Markup:
    """One part per pair of scenarios."""
    return fill("stakes.html.j2", {"parts": [_part(book, n, s) for n, s in enumerate(book.content.stakes, 1)]})


def _part(book: Book, n: int, s: StakesTable) -> dict[str, Any]:
    questions = {i.key: i.question for i in book.content.issues}
    model, draws = s.result.parameters.get("model", ""), s.result.parameters.get("draws", 0)
    return {
        "anchor": links.anchor("stakes", f"{n}"),
        "first": s.first,
        "second": s.second,
        "text": s.result.text,
        "basis": f"Outcomes by the {'weighted ' if model == 'mean' else ''}{model}, {words.plural(int(draws), 'draw')} "
        "of every position, salience and capability within its range.",
        "outcomes": Grid(
            "Where the issues end",
            (Column("issue", "Issue"), Column("first", s.first, True), Column("second", s.second, True)),
            [
                {"issue": questions.get(key, key), "first": _bounds(one), "second": _bounds(two)}
                for key, (one, two) in s.outcomes.items()
            ],
        ),
        "picture": _picture(n, s),
        "grid": Grid(f"From {s.first} to {s.second}", _COLUMNS, [_row(r) for r in s.result.table.rows]),
        "shifts": [
            f"{actor} alone would shift “{questions.get(issue, issue)}” by {words.number(shift, 1)} points."
            for issue, actor, shift in s.shifts[:_SHIFTS]
        ],
        "warnings": s.result.warnings,
    }


def _row(row: Any) -> dict[str, str]:
    return {
        "name": str(row["name"]),
        "gain": words.number(row["gain"], 1),
        "range": f"{words.number(row['low'], 1)} to {words.number(row['high'], 1)}",
        "up": f"{row['up']:.0%}".replace("%", " %"),
        "winner": f"{row['top_winner']:.0%}".replace("%", " %"),
        "loser": f"{row['top_loser']:.0%}".replace("%", " %"),
        "driver": str(row["driver"] or "–"),
    }


def _bounds(found: Bounds) -> str:
    return f"{found[1]:.0f} ({found[0]:.0f} to {found[2]:.0f})"


def _picture(n: int, s: StakesTable) -> Picture:
    marks = [Ranged(str(r["name"]), "gain", r["gain"], r["low"], r["high"]) for r in s.result.table.rows]
    reach = max([1.0, *(abs(v) for m in marks for v in (m.low, m.high))]) * 1.05
    return picture(
        lambda width: ranges(
            marks, domain=(-reach, reach), rules=(0.0,), width=width, title="points of 100 gained (or lost, left of 0)"
        ),
        ident=f"stakes-{n}",
        title=f"Gains and losses from {s.first} to {s.second}",
        description=f"For {words.plural(len(marks), 'actor')} the gain with its 90 % range. The numbers stand in the "
        "table.",
        caption="Each mark is the median of the draws, each line holds 90 % of them; a line that crosses 0 leaves open "
        "whether the actor gains or loses.",
    )


SECTION = Section("stakes", 64, "Who gains, who loses", render)
