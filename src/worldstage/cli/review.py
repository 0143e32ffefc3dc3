"""`worldstage review`: go through events by doubt; accept, correct or reject them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from worldstage.cli.common import (
    case_of,
    chosen_events,
    echo_csv,
    echo_json,
    echo_table,
    event_filters,
    formats,
    plural,
    say,
)
from worldstage.core.errors import ConfigError, WorldstageError

if TYPE_CHECKING:
    from worldstage.core.records import Event
    from worldstage.study import Case

_COLUMNS = {
    "id": "event",
    "confidence": "conf.",
    "date": "date",
    "type": "type",
    "who": "who",
    "status": "status",
    "text": "sentence",
}
_KEYS = {"t": "type", "m": "mode", "s": "status", "w": "actors", "h": "recipients", "d": "date", "p": "place"}
_HELP = """\
  a  accept: it is right, or right as now corrected      x  reject: nothing of the kind happened
  t  type     m  mode     s  status     w  who did it     h  to whom     d  date     p  place
  k  skip to the next     u  undo the last verdict      q  quit
  Parties: names or codes, several joined by ';', a sector of a state as KEN:POL. Empty: nobody, nowhere, none."""


@click.command()
@event_filters
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many events.")
@click.option("--list", "listing", is_flag=True, help="Only list them, the most doubtful first.")
@click.option("--event", "event_id", metavar="ID", help="Judge this one event, with --accept, --reject or --set.")
@click.option("--accept", "verdict", flag_value="accept", help="The event is right.")
@click.option("--reject", "verdict", flag_value="reject", help="Nothing of the kind happened.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="Correct a field; may be repeated.")
@click.option("--undo", is_flag=True, help="Take the latest verdict back.")
@click.option("--export", metavar="FILE", help="Write the verdicts as training rows; - for standard output.")
@formats
@click.pass_context
def command(
    ctx: click.Context, /, limit: int, listing: bool, event_id: str | None, verdict: str | None,
    changes: tuple[str, ...],
    undo: bool, export: str | None, as_: str | None, **filters: Any,
) -> None:  # fmt: skip
    """Review events by doubt: accept, correct or reject them. Verdicts survive re-coding and teach `worldstage train`.

    Without options: one event after the other, the most doubtful first, with single keys. Filters as in `events`.
    """
    case = case_of(ctx)
    if undo:
        back = case.undo_review()
        say(f"Took back: {back.verdict} of {_line(back.original)}." if back else "There is no verdict to take back.")
    elif export:
        _export(case, export)
    elif event_id:
        _judge_one(case, event_id, verdict, changes)
    elif verdict or changes:
        raise ConfigError(
            "--accept, --reject and --set need an event.", hint="--event ID; `worldstage review --list` shows ids"
        )
    else:
        if not filters["statuses"]:
            filters["statuses"] = ("any",)
        queue = case.doubtful(chosen_events(case, **filters), limit=limit)
        if listing or as_:
            _show(queue, as_)
        else:
            _ask(case, queue)


def _show(queue: Sequence[tuple[str, Event]], as_: str | None) -> None:
    rows = [
        {
            "id": e.id, "confidence": round(e.confidence, 2), "date": e.date.isoformat() if e.date else None,
            "type": " ".join([e.type, *e.mode]), "who": _who(e), "status": e.status, "text": _sentence(e),
        }
        for _, e in queue
    ]  # fmt: skip
    if as_ == "json":
        echo_json([e for _, e in queue])
    elif as_ == "csv":
        echo_csv(list(_COLUMNS), rows)
    elif rows:
        echo_table(_COLUMNS, rows)
    say(f"{plural(len(rows), 'event')} to review.")


def _judge_one(case: Case, event_id: str, verdict: str | None, changes: Sequence[str]) -> None:
    pairs = dict(_pair(c) for c in changes)
    if verdict == "reject" and pairs:
        raise ConfigError("--reject and --set exclude each other.")
    if not verdict and not pairs:
        raise ConfigError("What is the verdict?", expected="--accept, --reject, or --set FIELD=VALUE")
    document, event = case.told(event_id)
    done = case.judge(document, event, "reject" if verdict == "reject" else "accept", pairs)
    say(f"Rejected {_line(event)}." if done is None else f"Kept {_line(done)}.")
    case.relink()


def _pair(text: str) -> tuple[str, str]:
    field, sign, value = text.partition("=")
    if not sign:
        raise ConfigError(f"--set {text!r} has no value.", expected="FIELD=VALUE, for example type=AID")
    return field.strip(), value


def _ask(case: Case, queue: Sequence[tuple[str, Event]]) -> None:
    if not queue:
        say("Nothing to review: every event has a verdict, or the filters leave none.")
        return
    click.echo(_HELP)
    given = 0
    try:
        for k, (document, event) in enumerate(queue, 1):
            answer = _one(case, document, event, f"[{k}/{len(queue)}]")
            if answer == "q":
                break
            given += answer in ("a", "x")
    finally:
        case.relink()
        say(f"{plural(given, 'verdict')} kept. `worldstage review --undo` takes the latest back.")


def _one(case: Case, document: str, event: Event, mark: str) -> str:
    """Ask about one event until there is a verdict, or none is wanted; returns the key that ended it."""
    changes: dict[str, str] = {}
    shown = event
    while True:
        where = f"  at {shown.place.name}" if shown.place else ""
        what = " ".join([shown.type, *shown.mode])
        click.echo(
            f"\n{mark} conf. {event.confidence:.2f}  {shown.date or 'no date'}  {what}  "
            f"{shown.status}  {_who(shown)}{where}"
        )
        click.echo(f"    {_sentence(event)}")
        key = click.prompt("verdict", prompt_suffix=" [a x t m s w h d p k u q ?] ").strip().lower()[:1]
        if key in ("a", "x"):
            case.judge(document, event, "reject" if key == "x" else "accept", {} if key == "x" else changes)
            return str(key)
        if key in ("k", "q"):
            return str(key)
        if key == "u":
            back = case.undo_review()
            say(
                f"Took back: {back.verdict} of {_line(back.original)}." if back else "There is no verdict to take back."
            )
        elif key in _KEYS:
            field = _KEYS[key]
            attempt = {**changes, field: click.prompt(field, default="", show_default=False)}
            try:
                shown = case.corrected(event, attempt)
                changes = attempt
            except WorldstageError as error:
                say(f"Error: {error}")
        else:
            click.echo(_HELP)


def _export(case: Case, target: str) -> None:
    from pathlib import Path

    blocks = list(case.training_rows())
    text = "\n".join(blocks)
    if target == "-":
        click.echo(text, nl=False)
    else:
        Path(target).write_text(text, encoding="utf-8")
    say(f"{plural(len(blocks), 'labelled sentence')} from {plural(len(case.verdicts()), 'verdict')}.")


def _who(e: Event) -> str:
    one, two = ("; ".join(f"{a.code or a.text}:{a.sector}" for a in side) or "–" for side in (e.actors, e.recipients))
    return f"{one} → {two}"


def _sentence(e: Event) -> str:
    """The sentence with the word that tells the event between marks."""
    if not e.evidence or e.evidence[0].text is None:
        return ""
    v = e.evidence[0]
    text = v.text or ""
    if e.trigger and v.start is not None and v.start <= e.trigger[0] and e.trigger[1] <= v.start + len(text):
        first, last = e.trigger[0] - v.start, e.trigger[1] - v.start
        text = f"{text[:first]}»{text[first:last]}«{text[last:]}"
    return " ".join(text.split())


def _line(e: Event) -> str:
    return f"{e.type} {_who(e)} ({e.status})"
