"""A bound on frustration with two blocs from a semidefinite relaxation: strong where ties are dense.

With sides s of 1 and -1 frustration is (sum of |w| − ½ s'Ws) / 2. Let each side be a unit vector instead of a number:
the maximum of s'Ws can only rise, and is found by turning one vector at a time towards the weighted sum of its
neighbours (the mixing method of Wang, Chang and Kolter 2017). The lengths of those sums, made feasible by the least
eigenvalue, are a dual solution; so the bound holds whether or not the search has converged.
"""

from __future__ import annotations

import numpy as np

from worldstage.strategy.signed_graph import Part

_SWEEPS = 400
_STILL = 1e-7
_MOST_VERTICES = 1_000


def semidefinite_bound(part: Part, *, seed: int = 0) -> float:
    """No division into two blocs has less frustration; 0 for parts too large to try."""
    weights = part.matrix().astype(float)
    n = len(weights)
    if n > _MOST_VERTICES:
        return 0.0
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(n, int(np.ceil(np.sqrt(2 * n))) + 1))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for _ in range(min(_SWEEPS, 60_000 // n)):
        moved = 0.0
        for i in range(n):
            pull = weights[i] @ vectors
            length = float(np.sqrt(pull @ pull))
            if length > 0:
                new = pull / length
                step = new - vectors[i]
                moved += float(step @ step)
                vectors[i] = new
        if moved < _STILL * n:
            break
    dual = np.linalg.norm(weights @ vectors, axis=1)
    slack = float(np.linalg.eigvalsh(np.diag(dual) - weights)[0])
    highest = float(dual.sum()) - n * min(0.0, slack)
    return (float(np.abs(part.weights).sum()) - highest / 2) / 2
