"""What ten thousand draws of a bargaining table cost, and whether the models give the published figures."""

from __future__ import annotations

import time

import numpy as np
from tests.strategy.by_hand import EMISSION_MEANS, EMISSION_MEDIANS, smp_turn
from tests.strategy.tables import emission, random_table

from worldstage.strategy import challenge, smp
from worldstage.strategy.draws import draw
from worldstage.strategy.tables import ActorTable


def challenge_draws(draws: int = 10_000) -> dict[str, float]:
    """Seconds for so many draws of the emission case, ten rounds each."""
    return _timed("challenge", emission(), draws)


def smp_draws(draws: int = 10_000, actors: int = 26) -> dict[str, float]:
    """Seconds for so many draws of a table of one issue, each played until it is quiet."""
    return _timed("smp", random_table(0, actors), draws)


def published_rounds() -> dict[str, float]:
    """Largest difference from the published means and medians of the emission case, in years."""
    bargain = challenge.run(emission())
    means = [abs(float(bargain.mean(t)[0]) - v) for t, v in enumerate(EMISSION_MEANS)]
    medians = [abs(float(bargain.median(t)[0]) - v) for t, v in enumerate(EMISSION_MEDIANS)]
    return {"mean": max(means), "median": max(medians)}


def spatial_rules(turns: int = 6) -> dict[str, float]:
    """Largest difference of the fast code from the rules in plain loops, on a line of 100."""
    worst = 0.0
    for seed, actors, issues in ((1, 10, 1), (2, 8, 2), (3, 7, 3)):
        base = random_table(seed, actors, issues)
        told = smp.run(base, turns=turns).turns
        x = (base.position / 100).tolist()
        for turn in told[1:]:
            x = smp_turn(base.capability.tolist(), x, base.salience.tolist())
            worst = max(worst, float(np.abs(np.array(x) * 100 - turn.positions).max()))
    return {"difference": worst}


def _timed(model: str, table: ActorTable, draws: int) -> dict[str, float]:
    sample = draw(table, draws)
    settle = {"challenge": challenge.settle, "smp": smp.settle}[model]
    wall, cpu = time.perf_counter(), time.process_time()
    _, resting = settle(sample)
    return {
        "draws": float(draws),
        "seconds": time.perf_counter() - wall,
        "processor_seconds": time.process_time() - cpu,
        "converged": float(resting.mean()),
    }
