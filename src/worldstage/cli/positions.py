"""`worldstage positions`: who stands where on an issue, before and after the shock, with the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from worldstage.cli.common import DATE, case_of, echo_csv, echo_json, echo_table, formats, say

if TYPE_CHECKING:
    from worldstage.strategy.issues import Span
    from worldstage.strategy.positions import Standing
    from worldstage.strategy.reading import Bearing
    from worldstage.study.positions import Positions
    from worldstage.study.rhetoric import Rhetoric

_COLUMNS = {
    "name": "Actor",
    "before": "Before",
    "now": "After",
    "moved": "Moved",
    "salience": "Salience",
    "capability": "Capability",
    "n": "Sentences",
    "source": "Source",
}
_PLAIN = (
    "actor", "issue", "capability", "position", "salience", "position_low", "position_high",
    "salience_low", "salience_high", "capability_low", "capability_high",
)  # fmt: skip
_VOICES = (
    "measure", "speaker", "name", "target", "target_name", "mean", "low", "high", "n", "before_mean", "before_low",
    "before_high", "before_n", "after_mean", "after_low", "after_high", "after_n", "moved",
)  # fmt: skip
_HEADINGS = {
    "speaker": "Speaker", "target": "Towards", "whole": "Mean (range), acts", "before": "Before", "after": "After",
    "moved": "Moved",
}  # fmt: skip
_TONES = {"tone": {"up": "milder", "down": "harsher"}, "firmness": {"up": "firmer", "down": "more hedged"}}
_NO_POSITION = "no evidence"


@click.command()
@click.option("--issue", metavar="KEY", help="Only this issue.")
@click.option("--shock", type=DATE, help="The date that parts before and after; the case's first shock, if not given.")
@click.option("--evidence", is_flag=True, help="List the sentences that positions rest on.")
@click.option("--rhetoric", is_flag=True, help="Instead: who speaks how bluntly, whose tone moved, and echoes.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Fixes the draws behind intervals.")
@formats
@click.pass_context
def command(
    ctx: click.Context, /, issue: str | None, evidence: bool, rhetoric: bool, as_: str | None, **options: Any
) -> None:
    """Show where actors stand on the issues of the case, read from what they said and did.

    A position lies between 0 (the issue's low end) and 100 (its high end), with its 90 % range. --csv writes the table
    of the present positions that `worldstage bargain --table` reads. --rhetoric needs no issue.
    """
    if rhetoric:
        if issue or evidence:
            raise click.UsageError("--rhetoric goes without --issue and --evidence.")
        _rhetoric(ctx, options["shock"], as_)
        return
    from worldstage.study.positions import positions

    found = positions(case_of(ctx), issue=issue, **options)
    if as_ == "json":
        echo_json([_json(p) for p in found])
    elif as_ == "csv":
        echo_csv(_PLAIN, [row for p in found for row in _plain(p)])
    else:
        for p in found:
            _show(p, evidence=evidence)
    for warning in dict.fromkeys(w for p in found for w in p.warnings):
        say(f"Note: {warning}")


def _rhetoric(ctx: click.Context, shock: Any, as_: str | None) -> None:
    from worldstage.study.rhetoric import rhetoric

    found = rhetoric(case_of(ctx), shock=shock)
    rows = found.rows()
    if as_ == "json":
        echo_json(found.as_json())
    elif as_ == "csv":
        echo_csv(_VOICES, rows)
    else:
        for measure, title in (
            ("tone", "Tone of verbal acts, -10 (threat) to 10 (pledge), the bluntest first"),
            ("firmness", "Firmness of statements, 0 (hedged) to 1 (flat)"),
        ):
            chosen = [
                _voice(r) for r in rows if r["measure"] == measure and not (measure == "firmness" and r["target"])
            ]
            echo_table(_HEADINGS, chosen, title=f"{title}; before and after {found.shock.name}, 90 % ranges")
        _tell_echoes(found)
        click.echo(found.text)
    for warning in found.warnings:
        say(f"Note: {warning}")


def _voice(row: Mapping[str, Any]) -> dict[str, Any]:
    digits = 1 if row["measure"] == "tone" else 2

    def told(key: str) -> str:
        if row[f"{key}mean"] is None:
            return "–"
        mean, low, high = (f"{row[key + part]:.{digits}f}" for part in ("mean", "low", "high"))
        return f"{mean} ({low} to {high}), {row[key + 'n']}"

    return {
        "speaker": row["name"], "target": row["target_name"] or "all", "whole": told(""), "before": told("before_"),
        "after": told("after_"), "moved": _TONES[row["measure"]].get(row["moved"], row["moved"]),
    }  # fmt: skip


def _tell_echoes(found: Rhetoric) -> None:
    for e in found.echoes:
        whose = "its own words" if e.same_speaker else f"words of {found.names[e.earlier.speaker]}"
        click.echo(f"{found.names[e.later.speaker]} echoes {whose} ({', '.join(e.shared)}; likeness {e.likeness:.2f}):")
        for s in (e.earlier, e.later):
            click.echo(f"  {s.date}  {s.sentence}  [{found.documents[s.document]}]")
    for p in found.pointers:
        click.echo(f"{found.names[p.said.speaker]} points back ({p.cue}{f', {p.year}' if p.year else ''}):")
        click.echo(f"  {p.said.date}  {p.said.sentence}  [{found.documents[p.said.document]}]")
        if p.earlier:
            s = p.earlier.earlier
            click.echo(f"  perhaps to {s.date}  {s.sentence}  [{found.documents[s.document]}]")


def _show(p: Positions, *, evidence: bool) -> None:
    click.echo(f"{p.issue.question}  0: {p.issue.low}. 100: {p.issue.high}.")
    for value, text in p.issue.marks:
        click.echo(f"  {value:g}: {text}")
    if p.standings:
        echo_table(_COLUMNS, [_row(p, s) for s in p.standings], title=f"{p.issue.key}, before and after {p.shock.name}")
    for s in p.standings:
        if s.moved in ("up", "down"):
            click.echo(moved(p, s))
    if evidence:
        _evidence(p)


def moved(p: Positions, s: Standing) -> str:
    """``France: from 10 to 45 after 13 November 2015; 4 sentences before, 5 after.``"""
    first, last = s.before.position, s.now.position
    assert first is not None
    assert last is not None
    return (
        f"{p.names[s.actor]}: from {first.mode:.0f} to {last.mode:.0f} after {p.shock.date}; "
        f"{s.before.n} sentences before, {s.now.n} after."
    )


def _row(p: Positions, s: Standing) -> dict[str, Any]:
    sources = dict.fromkeys(h.source for h in (s.before, s.now) if h.source != "none")
    return {
        "name": p.names[s.actor],
        "before": _range(s.before.position),
        "now": _range(s.now.position),
        "moved": s.moved,
        "salience": round(s.salience["now"].mode, 2),
        "capability": s.capability["now"].mode,
        "n": f"{s.before.n} + {s.now.n}",
        "source": ", ".join(sources) or _NO_POSITION,
    }


def _range(span: Span | None) -> str:
    return f"{span.mode:.0f} ({span.low:.0f}–{span.high:.0f})" if span else _NO_POSITION


def _evidence(p: Positions) -> None:
    for s in p.standings:
        click.echo(f"\n{p.names[s.actor]}")
        for b in s.evidence:
            where = "no lean" if b.position is None else f"{b.position:.0f}"
            why = f" ({', '.join(b.why)})" if b.why else ""
            click.echo(f"  {b.date}  {where}{why}  {b.kind}, firmness {b.firmness:.2f}: {' '.join(b.text.split())}")
        for what, why in s.given.items():
            click.echo(f"  {what} given by the analyst{': ' + why if why else ''}")


def _plain(p: Positions) -> list[dict[str, Any]]:
    rows = []
    for s in p.standings:
        if s.now.position is None:
            continue
        row: dict[str, Any] = {"actor": p.names[s.actor], "issue": p.issue.key}
        for name, span in (
            ("position", s.now.position), ("salience", s.salience["now"]), ("capability", s.capability["now"]),
        ):  # fmt: skip
            row |= {name: round(span.mode, 4), f"{name}_low": round(span.low, 4), f"{name}_high": round(span.high, 4)}
        rows.append(row)
    return rows


def _json(p: Positions) -> dict[str, Any]:
    return {
        "issue": {"key": p.issue.key, "question": p.issue.question, "low": p.issue.low, "high": p.issue.high}
        | {"marks": [{"value": value, "text": text} for value, text in p.issue.marks]},
        "shock": {"name": p.shock.name, "date": p.shock.date},
        "actors": [
            {
                "actor": s.actor,
                "name": p.names[s.actor],
                "before": s.before,
                "now": s.now,
                "moved": s.moved,
                "salience": s.salience,
                "capability": s.capability,
                "given": s.given,
                "evidence": [_told(b) for b in s.evidence],
            }
            for s in p.standings
        ],
        "warnings": p.warnings,
    }


def _told(b: Bearing) -> dict[str, Any]:
    names = ("date", "position", "spread", "weight", "firmness", "why", "kind", "record", "document", "start", "text")
    return {name: getattr(b, name) for name in names}
