"""Who has most to gain and most to lose between two scenarios of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldstage.core.errors import ConfigError
from worldstage.core.results import Finding, Result, Table
from worldstage.strategy.accuracy import caution
from worldstage.strategy.issues import BEFORE, NOW
from worldstage.strategy.pilot import affordable
from worldstage.strategy.scenarios import lineage
from worldstage.strategy.stakes import Stakes, compare
from worldstage.study.bargaining import case_scenarios, pair_of_tables
from worldstage.study.positions import Positions, code_of, name_of, positions

if TYPE_CHECKING:
    from worldstage.study.case import Case

DRAWS = 2000
COLUMNS = {
    "name": "Actor",
    "gain": "Gain",
    "low": "5 %",
    "high": "95 %",
    "up": "Gains in",
    "top_winner": "Top winner in",
    "top_loser": "Top loser in",
    "driver": "Mostly through",
}
# An actor with fewer suggestions than this on all issues rests on next to nothing.
_THIN = 2


@dataclass(frozen=True)
class CaseStakes:
    """Two scenarios of a case compared.

    Attributes
    ----------
    first, second
        Names of the scenarios: from the first to the second.
    names
        Actor → name.
    adversary
        What the actor named as adversary would prefer, in a sentence; empty if none was named.
    """

    first: str
    second: str
    found: Stakes
    names: Mapping[str, str]
    result: Result
    adversary: str = ""
    positions: Sequence[Positions] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and texts."""
        s = self.found
        return {
            "text": self.result.text,
            "parameters": dict(self.result.parameters),
            "outcomes": {
                issue: {
                    name: {"forecast": o.median, "low": o.low, "high": o.high, "discord": o.discord}
                    for name, o in ((self.first, s.first[issue]), (self.second, s.second[issue]))
                }
                for issue in s.first
            },
            "stakes": [{**dict(row), "by_issue": dict(one.by_issue)} for row, one in self._rows()],
            "drivers": [
                {"issue": d.issue, "actor": d.actor, "name": self.names[d.actor], "shift": d.shift} for d in s.drivers
            ],
            "adversary": self.adversary or None,
            "warnings": list(self.result.warnings),
        }

    def _rows(self) -> Any:
        return zip(self.result.table.rows, self.found.stakes, strict=True)


def stakes(
    case: Case,
    *,
    scenario: str = NOW,
    against: str = BEFORE,
    model: str = "mean",
    draws: int | None = DRAWS,
    adversary: str | None = None,
    shock: dt.date | None = None,
    seed: int = 0,
    found: Sequence[Positions] | None = None,
) -> CaseStakes:
    """Compare a scenario with another, over all issues of the case.

    Parameters
    ----------
    scenario, against
        Where one goes to and where one starts from; ``before`` and ``now`` are built in.
    model
        Of bargaining; see `worldstage.strategy.models`.
    draws
        None for as many as take some ten seconds.
    adversary
        An actor of whom it is asked which of the two it would prefer.
    found
        The positions, if they have been read already.

    Raises
    ------
    ConfigError, UnknownNameError
        For a scenario or actor that is not known; if no issue can be forecast.
    """
    scenarios = case_scenarios(case)
    for name in (scenario, against):
        lineage(name, scenarios)
    found = positions(case, shock=shock, seed=seed) if found is None else found
    pair = pair_of_tables(found, against, scenario, scenarios)
    first, second = pair.tables
    if not first:
        raise ConfigError(
            f"No issue of {case.folder / 'case.toml'} has two actors with a position.",
            hint="`worldstage positions` shows what is known; add [[positions]] to case.toml",
        )

    def work(n: int) -> Stakes:
        return compare(first, second, model=model, draws=n, seed=seed, drawn=pair.drawn)

    draws = affordable(work) if draws is None else draws
    done = work(draws)
    names = {s.actor: name_of(case, s.actor) for s in done.stakes}
    warnings = [*pair.left_out, *_guesses(found, names, first), caution(model)]
    result = Result(
        text=_text(done, names, against, scenario),
        table=Table(COLUMNS, _table_rows(done, names), f"From {against} to {scenario}, in points of 100"),
        parameters={
            "scenario": scenario, "against": against, "model": model, "draws": draws, "seed": seed,
            "issues": list(first), "shock": str(found[0].shock.date), "shock_name": found[0].shock.name,
        },
        warnings=tuple(warnings),
        findings=_findings(done, names, against, scenario),
    )  # fmt: skip
    enemy = _adversary(done, code_of(case, adversary), case, against, scenario) if adversary else ""
    return CaseStakes(against, scenario, done, names, result, enemy, tuple(found))


def _table_rows(done: Stakes, names: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = []
    for s in done.stakes:
        most = max(s.by_issue, key=lambda issue: abs(s.by_issue[issue]))
        rows.append(
            {
                "actor": s.actor,
                "name": names[s.actor],
                "gain": round(s.gain, 2) + 0.0,
                "low": round(s.low, 2) + 0.0,
                "high": round(s.high, 2) + 0.0,
                "up": round(s.up, 3),
                "top_winner": round(s.top_winner, 3),
                "top_loser": round(s.top_loser, 3),
                "driver": most if abs(s.by_issue[most]) >= 0.005 else None,
            }
        )
    return rows


def _text(done: Stakes, names: Mapping[str, str], first: str, second: str) -> str:
    if not any(abs(s.gain) > 0.005 for s in done.stakes):
        return f"From {first} to {second} nothing changes that any actor would feel."
    most_up = max(done.stakes, key=lambda s: (s.top_winner, s.gain))
    most_down = max(done.stakes, key=lambda s: (s.top_loser, -s.gain))
    parts = []
    if most_up.top_winner > 0:
        parts.append(
            f"most to gain has {names[most_up.actor]} ({most_up.gain:+.1f} points, {most_up.low:+.1f} to "
            f"{most_up.high:+.1f}; top winner in {most_up.top_winner:.0%} of draws)"
        )
    if most_down.top_loser > 0:
        parts.append(
            f"most to lose {names[most_down.actor]} ({most_down.gain:+.1f} points, {most_down.low:+.1f} to "
            f"{most_down.high:+.1f}; top loser in {most_down.top_loser:.0%})"
        )
    sure = any(s.low > 0 or s.high < 0 for s in done.stakes)
    doubt = "" if sure else " No gain or loss is sure: every range holds 0."
    return f"From {first} to {second}: " + ", ".join(parts) + "." + doubt


def _findings(done: Stakes, names: Mapping[str, str], first: str, second: str) -> tuple[Finding, ...]:
    out = []
    for s in done.stakes:
        sure = "up" if s.low > 0 else "down" if s.high < 0 else "flat"
        size = f"{s.gain:+.1f} points from {first} to {second}"
        text = f"{names[s.actor]}: {size} (90 % of draws {s.low:+.1f} to {s.high:+.1f})."
        out.append(Finding(names[s.actor], text, sure, weight=abs(s.gain)))  # type: ignore[arg-type]
    return tuple(out)


def _guesses(found: Sequence[Positions], names: Mapping[str, str], kept: Mapping[str, Any]) -> list[str]:
    """Where inputs are guesses rather than evidence."""
    out = list(dict.fromkeys(w for p in found if p.issue.key in kept for w in p.warnings))
    counts: dict[str, int] = {}
    for p in found:
        for s in p.standings:
            own = 100 if "position" in s.given else s.before.n + s.now.n
            counts[s.actor] = counts.get(s.actor, 0) + own
    thin = sorted(names[a] for a, n in counts.items() if n < _THIN and a in names)
    if thin:
        out.append(f"One sentence carries all that is said of {', '.join(thin)}.")
    return out


def _adversary(done: Stakes, actor: str, case: Case, first: str, second: str) -> str:
    """Which scenario an adversary would prefer: by its own positions, else by where the others are most divided."""
    name = name_of(case, actor)
    own = next((s for s in done.stakes if s.actor == actor), None)
    if own is not None:
        better = second if own.gain > 0 else first
        return f"{name} would prefer {better}: {own.gain:+.1f} points from {first} to {second} by its own positions."
    one, two = (sum(o.discord for o in side.values()) / len(side) for side in (done.first, done.second))
    if abs(two - one) < 0.5:
        return f"{name} has no position of its own on these issues, and the parties are as divided in both scenarios."
    better = second if two > one else first
    return (
        f"{name} has no position of its own on these issues. If it wants the others divided, it would prefer {better}: "
        f"they stand {one:.0f} points from the outcome on average in {first}, {two:.0f} in {second}."
    )
