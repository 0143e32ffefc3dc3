"""Tables of actors for tests."""

import numpy as np
from tests.strategy.by_hand import EMISSION

from worldstage.strategy.tables import ActorTable


def table(rows, line=(0.0, 100.0), **more):
    """A table of one issue from rows of name, capability, position, salience."""
    names, capability, position, salience = zip(*rows, strict=True)
    return ActorTable(
        actors=tuple(names),
        issues=("issue",),
        capability=np.array(capability, dtype=float),
        position=np.array(position, dtype=float)[:, None],
        salience=np.array(salience, dtype=float)[:, None],
        line=line,
        **more,
    )


def emission():
    """The emission case."""
    return table(EMISSION)


def random_table(seed, actors, issues=1):
    """A table drawn at random, without ties."""
    random = np.random.default_rng(seed)
    salience = random.uniform(0.1, 1.0, (actors, issues))
    salience *= random.uniform(0.3, 0.95, (actors, 1)) / salience.sum(axis=1, keepdims=True)
    return ActorTable(
        actors=tuple(f"actor {i}" for i in range(actors)),
        issues=tuple(f"issue {k}" for k in range(issues)),
        capability=random.uniform(1, 100, actors),
        position=random.uniform(0, 100, (actors, issues)),
        salience=salience,
    )


def changed(base, **changes):
    """A table with some of its parts replaced."""
    from dataclasses import replace

    return replace(base, **changes)


def reordered(base, order):
    """The same actors in another order."""
    order = np.asarray(order)
    return changed(
        base,
        actors=tuple(base.actors[i] for i in order),
        capability=base.capability[order],
        position=base.position[order],
        salience=base.salience[order],
    )


def mirrored(base):
    """The same with the line turned round."""
    return changed(base, position=sum(base.line) - base.position)


def with_dummy(base, position=55.5):
    """The same with one actor more that has no capability."""
    issues = len(base.issues)
    return changed(
        base,
        actors=(*base.actors, "dummy"),
        capability=np.append(base.capability, 0.0),
        position=np.vstack([base.position, np.full((1, issues), position)]),
        salience=np.vstack([base.salience, np.full((1, issues), 0.5 / issues)]),
    )
