"""Made-up event data of many actors, with or without a planted change."""

import numpy as np

from worldstage.reference.plover import QUADS
from worldstage.roles.events import DyadEvents


def events_from(rows, names):
    """Events from rows ``(day, a, b, quad, score, talk)``, none of them joint."""
    rows = sorted(rows)
    day, a, b, quad, score, talk = (np.array(c) for c in zip(*rows, strict=True)) if rows else [np.zeros(0)] * 6
    n = len(rows)
    whole = [x.astype(np.int64) for x in (day, a, b, quad)]
    return DyadEvents(
        *whole, score.astype(float), talk.astype(bool), np.zeros(n, dtype=bool), np.arange(n), names,
        [f"e{i}" for i in range(n)],
    )  # fmt: skip


def world(seed, days=600, actors=25, rate=0.12, *, planted=None, shock=500, bursts=True):
    """Events of random pairs with actors of unequal activity.

    Parameters
    ----------
    planted
        ``(actor, factor)``: from `shock` on this actor has so many times as many events, with new partners.
    bursts
        Let activity drift, as news does.
    """
    rng = np.random.default_rng(seed)
    weight = rng.gamma(1.0, 1.0, actors) + 0.2
    pair = np.outer(weight, weight) * rng.gamma(0.6, 1.0, (actors, actors))
    np.fill_diagonal(pair, 0.0)
    pair *= rate * actors / pair.sum()
    drift = np.exp(np.cumsum(rng.normal(0, 0.02, days)) * bursts)
    hostile = rng.random((actors, actors)) < 0.3
    rows = []
    for day in range(days):
        rates = pair * 20 * drift[day]
        if planted and day >= shock:
            rates = rates.copy()
            who, factor = planted
            rates[who] = np.maximum(rates[who], rates[who].mean()) * factor
            rates[who, who] = 0.0
        for a, b in zip(*np.nonzero(counts := rng.poisson(rates)), strict=True):
            for _ in range(counts[a, b]):
                bad = hostile[a, b] and rng.random() < 0.7
                quad = QUADS.index("material conflict" if bad else "verbal cooperation")
                rows.append((day, int(a), int(b), quad, -6.0 if bad else 3.0, not bad and rng.random() < 0.5))
    return events_from(rows, [f"A{i:02}" for i in range(actors)])
