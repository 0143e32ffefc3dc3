"""Bias, coverage, false alarms and power on simulated data, against the usual tests and an oracle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import stats

from benchmarks.effects import rivals
from benchmarks.effects.simulate import AFTER, BEFORE, KINDS, PAST, SHORTER, negative_binomial, simulate
from worldstage.effects.calibration import Calibration, Panel, Span, calibrate
from worldstage.effects.counts import STEADY, scores, steadiness
from worldstage.effects.filter import Grid
from worldstage.effects.scan import scan
from worldstage.effects.volume import exposures

SPAN = Span(PAST, BEFORE, AFTER, SHORTER)
GRID = Grid.of(7)
BUSY = 1.0
_ALARM = 1.959964


def coverage(*, sets: int = 6, seed: int = 1) -> dict[str, dict[str, float]]:
    """Per kind: coverage of the 95 % interval (busy and sparse dyads), false alarms, bias, and the naive coverage."""
    out = {}
    for kind in KINDS:
        rng = np.random.default_rng(seed)
        rows: list[tuple[float, ...]] = []
        for s in range(sets):
            data = simulate(kind, rng, ratio=(2.0, 0.5)[s % 2])
            panel = Panel(data.counts, exposures(data.counts, data.total))
            found = scan(panel, np.arange(len(data.counts)), SPAN, GRID)
            for i, f in enumerate(found):
                before, after = data.counts[i, SPAN.first : SPAN.split], data.counts[i, SPAN.split :]
                naive = rivals.before_after(before, after)
                did = rivals.differences(data.counts, i, SPAN.split, SPAN.first)
                true = data.ratio[i]
                rows.append((
                    data.rate[i], true, f.low <= true <= f.high, naive[1] <= true <= naive[2], did[1] <= true <= did[2],
                    f.verdict in ("rose", "fell"), naive[3] < 0.05, did[3] < 0.05, f.verdict == "too few to tell",
                    np.log((f.after + 0.5) / (f.expected + 0.5) / true),
                ))  # fmt: skip
        table = np.array(rows, dtype=float)
        busy, null = table[:, 0] >= BUSY, table[:, 1] == 1
        out[kind] = {
            "cover_busy": table[busy, 2].mean(), "cover_sparse": table[~busy, 2].mean(),
            "naive_cover_busy": table[busy, 3].mean(), "did_cover_busy": table[busy, 4].mean(),
            "false_alarms": table[null, 5].mean(), "naive_false_alarms": table[null, 6].mean(),
            "did_false_alarms": table[null, 7].mean(), "abstained": table[:, 8].mean(),
            "bias_log_busy": float(np.median(table[busy, 9])),
        }  # fmt: skip
    pooled = {k: float(np.mean([row[k] for row in out.values()])) for k in next(iter(out.values()))}
    return {**out, "all kinds": pooled}


def power(*, dyads: int = 2000, rate: float = 5.0, past: int = BEFORE, seed: int = 2) -> dict[float, dict[str, float]]:
    """Power for a doubling over 12 weeks, beside that of a test that knows rate and dispersion.

    *alone*: the series is all there is. *among others*: it is calibrated on forty dyads of its kind, ten times anew.
    *steady* is the share of series for which the command takes the longer past. The oracle knows that the change lasts.
    """
    out = {}
    span = Span(past, past, AFTER, SHORTER)
    for dispersion in (0.0, 0.5, 1.0, 2.0):
        rng = np.random.default_rng(seed)
        early = negative_binomial(rng, rate, dispersion, (dyads, past))
        counts = np.concatenate([early, negative_binomial(rng, 2 * rate, dispersion, (dyads, AFTER))], axis=1)
        same = np.concatenate([early, negative_binomial(rng, rate, dispersion, (dyads, AFTER))], axis=1)
        calibrations = {
            "alone": [Calibration.alone(GRID.prior, span)],
            "among_others": [],
        }
        for _ in range(10):
            others = negative_binomial(rng, rate, dispersion, (40, past + PAST + AFTER))
            panel = Panel(others, np.ones_like(others))
            calibrations["among_others"].append(calibrate(panel, replace(span, split=past + PAST), rate * past, GRID))
        known = (
            stats.nbinom(AFTER / dispersion, 1 / (1 + dispersion * rate)) if dispersion else stats.poisson(rate * AFTER)
        )
        total = counts[:, past:].sum(1)
        row = {"oracle": float(((total > known.ppf(0.975)) | (total < known.ppf(0.025))).mean())}
        sure = steadiness(counts, np.ones_like(counts), span, GRID, calibrations["alone"][0])
        row["steady"] = float((sure > STEADY).mean())
        for name, found in calibrations.items():
            parts = np.array_split(np.arange(dyads), len(found))
            hits, alarms = (
                np.concatenate([np.abs(scores(y[i], np.ones_like(y[i]), span, GRID, c)) > _ALARM
                                for i, c in zip(parts, found, strict=True)])
                for y in (counts, same)
            )  # fmt: skip
            row |= {name: float(hits.mean()), f"{name}_of_oracle": float(hits.mean()) / row["oracle"],
                    f"{name}_false_alarms": float(alarms.mean()),
                    f"{name}_scale": float(np.mean([c.scales[0] for c in found]))}  # fmt: skip
        out[dispersion] = row
    return out
