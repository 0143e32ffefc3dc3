"""A question about an effect: what is asked, filled in from the case, and the data that it is answered from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Unpack

from worldstage.core.errors import ConfigError, WindowError
from worldstage.core.periods import Window
from worldstage.effects.volume import LEAST_VOLUME
from worldstage.study import effect_data as data_of
from worldstage.study.effect_clock import DAYS, Clock
from worldstage.study.effect_data import Days, code_in, quads_of
from worldstage.study.effect_result import Asked, Wanted
from worldstage.study.relations import Counting, chosen_shock, tally, volume_of
from worldstage.study.settings import Shock

if TYPE_CHECKING:
    from worldstage.study.case import Case

# Periods before and after that are compared, if the data go so far; chosen on placebos (docs/explanation/effects.md).
BEFORE: Mapping[str, int] = {"day": 364, "week": 52, "month": 24}
AFTER: Mapping[str, int] = {"day": 84, "week": 12, "month": 3}
# Tested along, as the beginning of the stretch after: what passes within weeks drowns in three months.
SHORTER: Mapping[str, int] = {"day": 42, "week": 6, "month": 1}
_CLOSE_DAYS = 28


def ask(case: Case, *, anybody: bool = False, **wanted: Unpack[Wanted]) -> Asked:
    """What is asked, with the rest filled in from the case; see `effect`. With `anybody` no focus is needed."""
    name = wanted.get("focus") or case.settings.focus
    if not name and not anybody:
        raise ConfigError("No actor: the case has no focus.", hint="give --focus NAME, or set focus in case.toml")
    partner = wanted.get("partner")
    code, other = code_in(case, name) if name else "", code_in(case, partner) if partner else None
    if code == other:
        raise ConfigError(f"Focus and partner are the same: {code}.", hint="leave --partner out for everybody")
    outcome = wanted.get("outcome", "all")
    quads_of(outcome)
    hit = chosen_shock(case, wanted.get("shock"))
    unit = wanted.get("unit") or case.settings.unit
    also = (Shock(str(d), d) for d in wanted.get("also", ()))
    known = {s.date: s for s in (*case.settings.shocks, *also) if s.date != hit.date}
    others = tuple(known[d] for d in sorted(known))
    before, after = wanted.get("before"), wanted.get("after")
    if after is None:
        gaps = [(s.date - hit.date).days for s in others if s.date > hit.date]
        clear = [g // DAYS[unit] for g in gaps if g >= _CLOSE_DAYS]
        after = min([AFTER[unit], *clear])
    return Asked(
        code,
        other,
        outcome.strip().casefold().replace("_", "-").replace(" ", "-"),
        hit,
        others,
        unit,
        before or BEFORE[unit],
        after,
        wanted.get("directed", False),
        volume_of(wanted.get("volume"), normalise=wanted.get("normalise", True)),
        wanted.get("duplicates", "merged"),
        shorter=SHORTER[unit] if wanted.get("after") is None else 0,
        extend=before is None,
    )


@dataclass(frozen=True, slots=True)
class Data:
    """What a question is answered from: counts per day, from when to when they go, and the periods about the shock.

    Attributes
    ----------
    groups
        Source → its group, where sources are told apart.
    """

    days: Days
    window: Window
    clock: Clock
    counting: Counting
    groups: Mapping[str, str] | None = None


def laid_out(case: Case, asked: Asked, counting: Counting | None = None) -> Data:
    """The counts of all relations of a case, laid out for a question.

    Parameters
    ----------
    counting
        How many events count, where that is known from a question that counts and measures alike.

    Raises
    ------
    ConfigError
        For an unknown volume or treatment of duplicates.
    WindowError
        If the case has no dated event.
    """
    counting, by_source = counting or tally(case, asked.duplicates, asked.volume), asked.volume == "source"
    days = data_of.day_counts(
        case, asked.outcome, directed=asked.directed, duplicates=asked.duplicates, by_source=by_source
    )  # fmt: skip
    window = data_of.covered(days, case.settings.window)
    if window is None:
        raise WindowError("The case has no dated event.", hint="`worldstage code`, or `worldstage import`")
    groups = None
    if by_source:
        all_told = days.volume.sum()
        periods = (window.last - window.first).days / DAYS[asked.unit]
        days, groups = days.of_constant_sources(asked.shock.date, LEAST_VOLUME * periods)
        counting = replace(counting, left_out=int(all_told - days.volume.sum()), sources=tuple(days.sources))
    return Data(days, window, Clock.of(asked.shock.date, asked.unit, window), counting, groups)
