"""The challenge model: Bueno de Mesquita's expected-utility model as Scholz, Calbert and Smith rebuilt it.

Each round every actor compares what it would gain by challenging each other one with what the other would gain by
challenging it; it then yields to, compromises with or gives in to one of them. Issues are played one by one.

Four variants. ``published`` is the code that reproduces the published rounds, defects included: capitulation can never
happen, a compromise is chosen by how low its position is, and chances are so small that nearly every challenge is won
by the target's indifference alone. ``capitulation`` repairs the first, ``least-move`` the first two, ``repaired`` all
three: it takes the chance of success as the paper prints it.

Source: the code of J. McKibben, which follows Scholz's; the primary articles were not read.
"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from worldstage.core.errors import InputError, unknown_name
from worldstage.strategy import challenge_kernel as kernel
from worldstage.strategy.challenge_kernel import Round, Rules
from worldstage.strategy.draws import Sample
from worldstage.strategy.result import STILL, Bargain, Turn, cycle, on_issue, show
from worldstage.strategy.slabs import in_slabs
from worldstage.strategy.tables import ActorTable

Floats = NDArray[np.float64]
VARIANTS = {
    "published": Rules(all_pairs=True, capitulation=False, least_move=False),
    "capitulation": Rules(all_pairs=True, capitulation=True, least_move=False),
    "least-move": Rules(all_pairs=True, capitulation=True, least_move=True),
    "repaired": Rules(all_pairs=False, capitulation=True, least_move=True),
}
METHOD = (
    "In each round every actor weighs challenging each other one against being challenged, and yields, compromises or "
    "capitulates accordingly; all move at once (Scholz, Calbert and Smith's reconstruction of Bueno de Mesquita)."
)
TURNS = 10
# How far to look on for a cycle, in rounds; the emission case repeats after 18.
AHEAD = 300


def rules_of(variant: str) -> Rules:
    """The rules of a variant.

    Raises
    ------
    UnknownNameError
        If there is none of that name.
    """
    if variant not in VARIANTS:
        raise unknown_name("variant", variant, VARIANTS)
    return VARIANTS[variant]


def run(table: ActorTable, *, variant: str = "published", turns: int = TURNS) -> Bargain:
    """Play so many rounds on each issue, and look on to see whether the positions come to rest or run in a circle.

    Raises
    ------
    InputError
        If `turns` is below 1.
    UnknownNameError
        If there is no such variant.
    """
    rules = rules_of(variant)
    if turns < 1:
        raise InputError(f"{turns} turns.", expected="1 or more")
    positions = np.repeat(table.position[None], turns + 1, axis=0)
    moves: list[list[str]] = [[] for _ in range(turns + 1)]
    endings, at_rest = [], True
    for k, issue in enumerate(table.issues):
        rows = _ranked(table, k)
        span = float(np.ptp(table.position[rows, k])) if len(rows) else 0.0
        if span == 0:
            continue
        history, rounds = _play(table, k, rows, rules, max(turns, AHEAD))
        for t in range(1, turns + 1):
            positions[t, rows, k] = history[t]
            moves[t] += _sentences(table, k, rows, history[t - 1], rounds[t - 1])
        ending, resting = _ending(history, turns, span)
        endings.append(f"{issue}: {ending}" if len(table.issues) > 1 else ending)
        at_rest &= resting
    return Bargain(
        model="challenge",
        method=METHOD,
        parameters={"variant": variant, "turns": turns, **asdict(rules)},
        table=table,
        turns=tuple(Turn(p, tuple(m)) for p, m in zip(positions, moves, strict=True)),
        converged=at_rest,
        ending=" ".join(endings),
        warnings=table.warnings,
    )


def settle(sample: Sample, *, variant: str = "published", turns: int = TURNS) -> tuple[Floats, NDArray[np.bool_]]:
    """Positions of every draw after so many rounds, and whether nobody moved in the last of them."""
    rules = rules_of(variant)
    final = sample.position.copy()
    resting = np.ones(len(final), dtype=bool)
    has_say: NDArray[np.bool_] = np.any(sample.weight > 0, axis=0)
    for k in range(final.shape[2]):
        rows = np.flatnonzero(has_say[:, k])
        if len(rows) < 2:
            continue
        x, s = sample.position[:, rows, k], sample.salience[:, rows, k]
        span = np.ptp(x, axis=1)
        span = np.where(span > 0, span, 1.0)

        def rounds(
            part: slice, x: Floats = x, s: Floats = s, span: Floats = span, rows: NDArray[np.intp] = rows
        ) -> Floats:
            before = after = x[part]
            for _ in range(turns):
                before = after
                after = kernel.play(before, sample.capability[part][:, rows], s[part], span[part], rules).position
            return np.stack([before, after], axis=1)

        last = in_slabs(rounds, len(x), len(rows) ** 2)
        final[:, rows, k] = last[:, 1]
        resting &= np.abs(last[:, 1] - last[:, 0]).max(axis=1) <= STILL * span
    return final, resting


def _ranked(table: ActorTable, k: int) -> NDArray[np.intp]:
    """The actors with a say on an issue, in an order of their own, so that the table's order cannot matter."""
    rows = np.flatnonzero(table.weight[:, k] > 0)
    names = np.array([table.actors[i] for i in rows], dtype=object)
    by_name = rows[np.argsort(names, kind="stable")] if len(rows) else rows
    keys = (table.salience[by_name, k], table.capability[by_name], table.position[by_name, k])
    return by_name[np.lexsort(keys)]


def _play(
    table: ActorTable, k: int, rows: NDArray[np.intp], rules: Rules, turns: int
) -> tuple[list[Floats], list[Round]]:
    x, capability, salience = table.position[None, rows, k], table.capability[None, rows], table.salience[None, rows, k]
    span = np.ptp(x, axis=1)
    history, rounds = [x[0]], []
    for t in range(1, turns + 1):
        done = kernel.play(x, capability, salience, span, rules)
        history.append(done.position[0])
        rounds.append(done)
        if np.array_equal(done.position, x):
            # The rules have no memory: who rests once rests for ever.
            rest = turns - t
            return history + [x[0]] * rest, rounds + [done] * rest
        x = done.position
    return history, rounds


def _ending(history: list[Floats], turns: int, span: float) -> tuple[str, bool]:
    """How it ends in words, and whether the positions are at rest by the last round asked for."""
    found = cycle(history, span)
    if found is None:
        return f"Still moving after {len(history) - 1} rounds, without repeating itself.", False
    start, period = found
    if period > 1:
        return f"It does not settle: from round {start} on the positions repeat every {period} rounds.", False
    if start > turns:
        return f"Still moving after {turns} rounds; at rest from round {start} on.", False
    if start == 0:
        return "Nobody ever moves.", True
    return f"At rest from round {start} on.", True


def _sentences(table: ActorTable, k: int, rows: NDArray[np.intp], before: Floats, done: Round) -> list[str]:
    texts = []
    names = [table.actors[i] for i in rows]
    for i, actor in enumerate(names):
        kind, j = int(done.kind[0, i]), int(done.partner[0, i])
        start, end = show(before[i]), show(done.position[0, i])
        if kind == kernel.NONE or done.position[0, i] == before[i]:
            continue
        other, gain, threat = names[j], float(done.gain[0, i]), float(done.threat[0, i])
        if kind == kernel.CONFLICT:
            why = f"gives way to {other}: it expects {gain:+.2f} from a challenge, {other} {threat:+.2f}"
        elif kind == kernel.COMPROMISE:
            why = f"compromises with {other}: a challenge promises it {gain:+.2f}, {other} {threat:+.2f}"
        else:
            why = f"capitulates to {other}: a challenge costs it {-gain:.2f}, more than {other} gains ({threat:.2f})"
        texts.append(f"{actor} moves from {start} to {end}{on_issue(table, k)} and {why}.")
    return texts
