"""False alarms at placebo dates and dyads of an ICEWS extract, and onsets that are known to be real."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.effects import rivals
from worldstage.effects.calibration import TOO_FEW, Calibration, Panel, Span, calibrate
from worldstage.effects.counts import STEADY, count_effects, effect_on, steadiness
from worldstage.effects.filter import Grid
from worldstage.effects.volume import exposures

OUTCOMES = {
    "all": None,
    "cooperation": ("verbal_cooperation", "material_cooperation"),
    "conflict": ("verbal_conflict", "material_conflict"),
}
ONSETS = (
    ("CHN", "JPN", dt.date(2012, 9, 11)), ("SDN", "SSD", dt.date(2012, 4, 10)), ("FRA", "MLI", dt.date(2013, 1, 11)),
    ("ISR", "PSE", dt.date(2014, 7, 8)),
)  # fmt: skip
# Classes by events in the year before.
CLASSES = ((0, 1), (1, 6), (6, 13), (13, 26), (26, 52), (52, 104), (104, 208), (208, 10**9))
GRID = Grid.of(7)
# As the command does by default: a year before, two for a steady series; twelve weeks after with the first six.
PAST, LONGER, AFTER, SHORTER = 52, 104, 12, 6


def load(events: Path, entities: Path) -> pd.DataFrame:
    """Events with the countries of both sides, and the day since the first."""
    code = pd.read_csv(entities).set_index("entity")["country"].to_dict()
    table = pd.read_csv(events, sep="\t", dtype=str)
    table["a"], table["b"] = table["source"].map(code), table["target"].map(code)
    table = table.dropna(subset=["a", "b"])
    days = pd.to_datetime(table["date"])
    table["day"] = (days - days.min()).dt.days
    table.attrs["first"] = days.min().date()
    return table


def panel_of(table: pd.DataFrame, quads: tuple[str, ...] | None, *, offset: int = 0) -> tuple[Panel, list[str]]:
    """Weekly counts of all dyads, weeks counted from `offset` days after the first."""
    weeks = (int(table["day"].max()) + 1 - offset) // 7
    week = (table["day"].to_numpy() - offset) // 7
    inside = (week >= 0) & (week < weeks)
    total = np.bincount(week[inside], minlength=weeks).astype(float)
    two = (table["a"] != table["b"]).to_numpy() & inside
    if quads:
        two &= table["quad"].isin(quads).to_numpy()
    pair = [f"{min(a, b)}-{max(a, b)}" for a, b in zip(table["a"][two], table["b"][two], strict=True)]
    codes, names = pd.factorize(np.array(pair))
    counts = np.zeros((len(names), weeks))
    np.add.at(counts, (codes, week[two]), 1)
    return Panel(counts, exposures(counts, total)), list(names)


def false_alarms(table: pd.DataFrame, outcome: str, *, per_class: int = 150, seed: int = 3) -> list[dict[str, float]]:
    """Per class of dyads: pairs drawn, answered, and the share of alarms of this test and of the usual ones."""
    panel, _ = panel_of(table, OUTCOMES[outcome])
    rng = np.random.default_rng(seed)
    splits = np.arange(54, panel.counts.shape[1] - AFTER, 9)
    drawn: dict[int, list[tuple[int, ...]]] = {}
    usual: dict[int, list[tuple[bool, bool]]] = {}
    for split in splits:
        span = Span(int(split), PAST, AFTER, SHORTER)
        before = panel.counts[:, span.first : span.split].sum(1)
        total = before + panel.counts[:, span.split : span.end].sum(1)
        for low, high in CLASSES:
            members = np.flatnonzero((before >= low) & (before < high) & (total > 0))
            members = rng.permutation(members)[: max(1, per_class // len(splits))] if len(members) else members
            told = members[total[members] >= TOO_FEW]
            alarms = _alarms(panel, told, span, before)
            drawn.setdefault(low, []).append((len(members), len(told), alarms))
            for i in told:
                one = panel.counts[i, span.first : span.split], panel.counts[i, span.split : span.end]
                usual.setdefault(low, []).append((rivals.welch(*one) < 0.05, rivals.before_after(*one)[3] < 0.05))
    rows = []
    for low, found in drawn.items():
        pairs, answered, alarms = np.array(found).sum(0)
        naive = np.array(usual.get(low, [(False, False)])).mean(0)
        rows.append({"from": low, "pairs": int(pairs), "answered": int(answered), "alarms": int(alarms),
                     "of_answered": alarms / max(answered, 1), "of_all": alarms / max(pairs, 1),
                     "welch": naive[0], "poisson": naive[1]})  # fmt: skip
    return rows


def _alarms(panel: Panel, rows: np.ndarray, span: Span, before: np.ndarray) -> int:
    """Alarms among these rows, those of the same rounded activity calibrated together."""
    alarms = 0
    groups = np.round(np.log2(before[rows] + 0.5) * 2)
    for g in np.unique(groups):
        at = rows[groups == g]
        calibration = _taught(panel, at, span)
        longer = replace(span, before=min(LONGER, span.split))
        steady = steadiness(panel.counts[at], panel.exposure[at], span, GRID, calibration) > STEADY
        for one, members in ((span, at[~steady]), (longer, at[steady])):
            if len(members):
                told = calibration if one == span else _taught(panel, members, one)
                found = count_effects(panel.counts[members], panel.exposure[members], one, GRID, told)
                alarms += sum(f.verdict in ("rose", "fell") for f in found)
    return alarms


def _taught(panel: Panel, rows: np.ndarray, span: Span) -> Calibration:
    activity = float(np.median(panel.counts[rows, span.first : span.split].sum(1)))
    return calibrate(panel, span, activity, GRID, most=300)


def onsets(table: pd.DataFrame) -> list[dict[str, object]]:
    """The known onsets, conflict and material conflict: by default, and over 12 and over 6 weeks alone."""
    rows = []
    for a, b, day in ONSETS:
        for name, quads in (("conflict", OUTCOMES["conflict"]), ("material conflict", ("material_conflict",))):
            offset = (day - table.attrs["first"]).days
            panel, names = panel_of(table, quads, offset=offset % 7)
            split = offset // 7
            row = names.index(f"{min(a, b)}-{max(a, b)}")
            for tested, after, shorter in (
                ("default", AFTER, SHORTER),
                ("12 alone", AFTER, 0),
                ("6 alone", SHORTER, 0),
            ):
                span = Span(split, min(PAST, split), after, shorter)
                f, c = effect_on(panel, row, span, GRID, longer=min(LONGER, split))
                rows.append({"dyad": f"{a}-{b}", "outcome": name, "tested": tested, "weeks": f.periods,
                             "before": f.before, "after": f.after, "expected": f.expected, "ratio": f.ratio,
                             "low": f.low, "high": f.high, "p": f.p, "placebos": len(c.placebos.dyads),
                             "verdict": f.verdict})  # fmt: skip
    return rows
