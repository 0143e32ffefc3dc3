"""Made-up issues whose outcomes are drawn from a mixture that is known."""

import numpy as np

from worldstage.strategy.decisions.issue import make_issue
from worldstage.strategy.decisions.mixture import FEATURES, mix

TRUTH = {"held": 0.8, "middle": -1.0, "distance": -4.0, "reference": 1.0}
SCORES = np.array([TRUTH.get(name, 0.0) for name in FEATURES])


def issues(count, seed):
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        n = int(rng.integers(3, 25))
        marks = rng.choice([0.0, 20, 30, 40, 50, 60, 70, 80, 100], int(rng.integers(2, 6)), replace=False)
        x, s = rng.choice(marks, n, p=rng.dirichlet(np.ones(len(marks)))), rng.integers(1, 101, n)
        reference = float(rng.choice([0.0, 100.0])) if rng.random() < 0.7 else None
        made.append(make_issue(x, s, reference=reference))
    return made


def outcomes(made, seed, scores=SCORES):
    rng = np.random.default_rng(seed)
    return np.array(
        [mix(issue, scores, "truth").quantile(u) for issue, u in zip(made, rng.random(len(made)), strict=True)]
    )
