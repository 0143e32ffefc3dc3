"""What the same test says where nothing happened: other dyads of like activity, at other dates.

Their pasts say how much such series vary and drift (an empirical-Bayes prior), and the scores that they get across
dates without a shock say how far the model's tails can be trusted (a scale for the scores of each horizon, and one for
what two horizons say together).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from worldstage.effects.filter import Array, Grid, Past, filter_past
from worldstage.effects.horizons import combined
from worldstage.effects.predictive import Predictive, predict

# Fewer events on both sides together say nothing. Placebos are held to the same condition, so that false alarms are
# counted among the questions that were answered.
TOO_FEW = 6
MOST = 600
_ENOUGH = 60
# Pasts of placebos are not cut below so many times the stretch after.
_LEAST_PAST = 4
_LIKE = 2.0
_NORMAL = 1.959964
# How many placebos the model's own word is worth; and, for pasts so thin that only a surge is answered at all, where
# the placebos are a selection of surges and have to be believed, together with a stricter quantile.
_OWN_WORD, _QUANTILE = 20.0, 0.95
_OWN_WORD_THIN, _QUANTILE_THIN = 2.0, 0.97
_SCALES = (0.7, 4.0)
# Without placebos. The model alone is a little wide of a series that is just what it assumes.
ALONE = 0.96
# The last part of the stretch before a shock, as a share of the one after, may hold its shadow: no placebo looks there.
_SHADOW = 1 / 3


NDArrayInt = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Panel:
    """Counts of many dyads (or actors) per period.

    Attributes
    ----------
    counts, exposure
        Shape ``(dyads, periods)``.
    """

    counts: Array
    exposure: Array


@dataclass(frozen=True, slots=True)
class Span:
    """Where before and after lie.

    Attributes
    ----------
    split
        First period after the shock.
    shorter
        How many periods after make up the second, shorter horizon that is tested along; 0 for none.
    """

    split: int
    before: int
    after: int
    shorter: int = 0

    @property
    def first(self) -> int:
        """First period before."""
        return self.split - self.before

    @property
    def end(self) -> int:
        """One past the last period after."""
        return self.split + self.after

    @property
    def horizons(self) -> tuple[int, ...]:
        """Periods after of each horizon, the longest first."""
        return (self.after, self.shorter) if self.shorter else (self.after,)

    @property
    def correlation(self) -> float:
        """Of the scores of the two horizons, where the counts of periods are independent: one total holds the other."""
        return float(np.sqrt(self.shorter / self.after))

    @property
    def shadow(self) -> int:
        """The last periods before the shock, which may foretell it."""
        return max(1, round(self.after * _SHADOW))

    def clear(self, splits: NDArrayInt) -> NDArrayInt:
        """Of these first periods after, those whose windows hold neither the shock's stretch nor its shadow."""
        early = splits + self.after <= self.split - self.shadow
        return splits[early | (splits - self.before >= self.end)]


@dataclass(frozen=True, slots=True)
class Placebos:
    """Pairs of dyad and date without a shock.

    Attributes
    ----------
    dyads, splits
        Row of the panel and first period after, shape ``(placebos,)``.
    scores
        Of each horizon under the calibrated prior, not yet scaled; shape ``(placebos, horizons)``.
    """

    dyads: NDArrayInt
    splits: NDArrayInt
    scores: Array


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the comparison series teach.

    Attributes
    ----------
    prior
        Weights of the grid's pairs, summing to 1.
    scales
        What the scores of each horizon are divided by.
    joint
        What the combined score of two horizons is divided by; 1 for one.
    placebos
        The pairs of dyad and date that the scales come from; may be empty.
    series
        How many different series taught the prior.
    """

    prior: Array
    scales: tuple[float, ...]
    joint: float
    placebos: Placebos
    series: int

    @staticmethod
    def alone(prior: Array, span: Span, series: int = 0) -> Calibration:
        """Without placebos: the model's own tails."""
        none = np.zeros(0, dtype=np.int64)
        horizons = len(span.horizons)
        return Calibration(prior, (ALONE,) * horizons, 1.0, Placebos(none, none, np.zeros((0, horizons))), series)

    @property
    def least_p(self) -> float:
        """No probability below this can be told from so many placebos, or from the model's own word."""
        return 1 / (max(len(self.placebos.dyads), _OWN_WORD) + 1)

    def probability(self, scores: Array) -> Array:
        """Of scores as far out, on either side, without a change."""
        from scipy.special import ndtr

        return np.asarray(np.clip(2 * ndtr(-np.abs(scores)), self.least_p, 1.0))

    def calibrated(self, raw: Array, span: Span) -> Array:
        """One calibrated score per series, of one horizon or of two together.

        Parameters
        ----------
        raw
            The model's scores, shape ``(series, horizons)``.
        """
        scaled = raw / np.array(self.scales[: raw.shape[1]])
        return combined(scaled, span.correlation) / self.joint if raw.shape[1] > 1 else scaled[:, 0]


def calibrate(
    panel: Panel, span: Span, activity: float, grid: Grid, *, leave: int | None = None, most: int = MOST
) -> Calibration:
    """Learn prior and scale for a test of a series with so many events before.

    Parameters
    ----------
    activity
        Events before the shock of the series under test.
    leave
        Row of the panel that is under test and kept out.
    most
        Placebos.

    Notes
    -----
    Placebo windows never hold the stretch after the shock nor the last weeks before it, so that what the shock did to
    other dyads, or what led up to it, does not pass for ordinary variation.
    """
    if not span.before or not span.after:
        return Calibration.alone(grid.prior, span)
    placed, dyads, splits = _placed(panel, span, activity, leave, most)
    counts, exposure = _cut(panel, dyads, splits, placed)
    past = filter_past(counts[:, : placed.before], exposure[:, : placed.before], grid)
    here, seen = _neighbours(panel, span, activity, leave, most // 2)
    likelihood = past.likelihood
    if len(here):
        own = filter_past(
            panel.counts[here, span.first : span.split], panel.exposure[here, span.first : span.split], grid
        )
        likelihood = np.concatenate([likelihood, own.likelihood])
    teachers = np.concatenate([dyads, here])
    prior = empirical_prior(likelihood, teachers, grid.prior)
    if not len(dyads):
        return Calibration.alone(prior, span, seen)
    ahead = ahead_of(past, exposure[:, placed.before :], placed, grid, prior)
    placebos = Placebos(dyads, splits, raw_scores(ahead, counts[:, placed.before :], placed))
    return Calibration(prior, *scales_of(placebos, span, activity), placebos, len(set(teachers)))


def ahead_of(past: Past, exposure: Array, span: Span, grid: Grid, prior: Array) -> list[Predictive]:
    """What the model expects over each horizon.

    Parameters
    ----------
    exposure
        After the shock, shape ``(series, periods)``.
    """
    return [predict(past, exposure[:, :periods], grid, np.log(prior)) for periods in span.horizons]


def raw_scores(ahead: Sequence[Predictive], counts: Array, span: Span) -> Array:
    """The model's own scores, shape ``(series, horizons)``.

    Parameters
    ----------
    counts
        After the shock, shape ``(series, periods)``.
    """
    totals = (counts[:, :periods].sum(1) for periods in span.horizons)
    return np.stack([one.score(total) for one, total in zip(ahead, totals, strict=True)], axis=1)


def empirical_prior(likelihood: Array, teachers: NDArrayInt, start: Array, *, worth: float = 2.0) -> Array:
    """Weights of the grid's pairs that the comparison series make likely.

    Parameters
    ----------
    likelihood
        Logarithms, shape ``(rows, pairs)``.
    teachers
        Which series each row comes from: each series counts once, however many rows it has.
    start
        Weights before the data; they count as `worth` series.

    References
    ----------
    Expectation–maximisation for mixing proportions: textbook material, from general knowledge.
    """
    if not len(likelihood):
        return start
    _, index, count = np.unique(teachers, return_inverse=True, return_counts=True)
    say = 1.0 / count[index]
    given = np.exp(likelihood - likelihood.max(1, keepdims=True))
    weight = start.copy()
    for _ in range(60):
        parts = given * weight
        parts *= (say / parts.sum(1))[:, None]
        weight = (parts.sum(0) + worth * start) / (say.sum() + worth)
    return weight


def _splits(panel: Panel, span: Span) -> NDArrayInt:
    """First periods after of the placebo dates: a few periods apart, and clear of the shock."""
    periods = panel.counts.shape[1]
    step = max(1, span.after // 2)
    early = np.arange(span.split - span.shadow - span.after, span.before - 1, -step)
    late = np.arange(span.end + span.before, periods - span.after + 1, step)
    return np.concatenate([early, late]).astype(np.int64)


def _placed(
    panel: Panel, span: Span, activity: float, leave: int | None, most: int
) -> tuple[Span, NDArrayInt, NDArrayInt]:
    """Placebos with pasts as long as those of the question, or half as long where there would be too few."""
    while True:
        dyads, splits = _alike(panel, span, activity, leave, most)
        half = span.before // 2
        if len(dyads) >= _ENOUGH or half < _LEAST_PAST * span.after:
            return span, dyads, splits
        span, activity = replace(span, before=half), activity * half / span.before


def _alike(panel: Panel, span: Span, activity: float, leave: int | None, most: int) -> tuple[NDArrayInt, NDArrayInt]:
    splits = _splits(panel, span)
    none = np.zeros(0, dtype=np.int64)
    if not len(splits) or not len(panel.counts):
        return none, none
    sums = np.concatenate([np.zeros((len(panel.counts), 1)), np.cumsum(panel.counts, axis=1)], axis=1)
    before = sums[:, splits] - sums[:, splits - span.before]
    after = sums[:, splits + span.after] - sums[:, splits]
    far = _distance(before, activity)
    usable = (before + after >= TOO_FEW) & (far <= np.log(_LIKE))
    if leave is not None:
        usable[leave] = False
    rows, columns = np.nonzero(usable)
    if len(rows) > most:
        # Nearest first would take many dates of few dyads: take at random among the alike.
        chosen = np.sort(np.random.default_rng(0).permutation(len(rows))[:most])
        rows, columns = rows[chosen], columns[chosen]
    return rows.astype(np.int64), splits[columns]


def _neighbours(panel: Panel, span: Span, activity: float, leave: int | None, most: int) -> tuple[NDArrayInt, int]:
    """Rows whose own past before the shock is as active: they teach the prior, whatever the shock did to them."""
    before = panel.counts[:, span.first : span.split].sum(1)
    near = _distance(before, activity) <= np.log(_LIKE)
    if leave is not None and len(near):
        near[leave] = False
    rows = np.flatnonzero(near).astype(np.int64)
    if len(rows) > most:
        rows = np.sort(np.random.default_rng(1).permutation(rows)[:most])
    return rows, len(rows)


def _distance(before: Array, activity: float) -> Array:
    """How unlike the activity is; series without any past are like one another only."""
    far: Array = np.abs(np.log((before + 0.5) / (activity + 0.5)))
    return np.where((before == 0) == (activity == 0), far, np.inf)


def _cut(panel: Panel, dyads: NDArrayInt, splits: NDArrayInt, span: Span) -> tuple[Array, Array]:
    at = splits[:, None] + np.arange(-span.before, span.after)[None, :]
    return panel.counts[dyads[:, None], at], panel.exposure[dyads[:, None], at]


def scales_of(placebos: Placebos, span: Span, activity: float) -> tuple[tuple[float, ...], float]:
    """By how much the scores of placebos spread beyond the model's word, per horizon and together.

    The scales are near those of the model alone where there are few placebos.
    """
    n = len(span.horizons)
    if not len(placebos.dyads):
        return (ALONE,) * n, 1.0
    thin = activity < TOO_FEW
    apart = len(set(zip(placebos.dyads.tolist(), (placebos.splits // max(span.after, 1)).tolist(), strict=True)))
    trusted = apart / (apart + (_OWN_WORD_THIN if thin else _OWN_WORD))
    each = [_scale(scores, trusted, ALONE, thin=thin) for scores in placebos.scores.T]
    if n == 1:
        return tuple(each), 1.0
    together = combined(placebos.scores / np.array(each), span.correlation)
    return tuple(each), _scale(together, trusted, 1.0, thin=thin)


def _scale(scores: Array, trusted: float, own: float, *, thin: bool) -> float:
    """A quantile of the scores over that of a normal distribution, drawn towards the model's `own` scale."""
    found = float(np.quantile(np.abs(scores), _QUANTILE_THIN if thin else _QUANTILE, method="higher"))
    told = trusted * np.log(max(found / _NORMAL, 0.1)) + (1 - trusted) * np.log(own)
    return float(np.clip(np.exp(told), *_SCALES))
